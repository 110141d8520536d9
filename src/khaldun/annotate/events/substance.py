"""Whether the words of an event tell anything of it, or only point back to it: "the attack", "after the blast"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from khaldun.annotate.events.drafts import Draft, deed_words
from khaldun.annotate.grammar.factuality import Reading
from khaldun.annotate.grammar.passives import is_passive
from khaldun.annotate.grammar.questions import is_definite
from khaldun.annotate.grammar.trigger_table import kind_of, table
from khaldun.annotate.grammar.triggers import match, verb_key
from khaldun.annotate.roles.carrier_words import carrier_words
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.scenes.circumstances import is_dated
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Mention
from khaldun.ontology import Kind

_CROWDS = frozenset({"protest", "protest.strike", "protest.hunger", "riot"})


@cache
def _awaited() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "awaiting")


def says_something(
    roles: Mapping[str, tuple[Mention, ...]], draft: Draft, fillers: Fillers, inferred_place: bool
) -> bool:
    """A bare back-reference ("the attack", "after the blast") tells nothing new and makes no frame."""
    if draft.trigger.verbal:
        if (
            roles.get("actor")
            or roles.get("target")
            or roles.get("object")
            or draft.tolls
            or (roles.get("place") and not inferred_place)
        ):
            return True
        if draft.trigger.entries[0].kind == "coerce.curfew":
            return True  # "a curfew was declared in 11 villages"
        told = [t for f in ("A", "P") for t in draft.functions.get(f, ())]
        people = any(
            fillers.meets("people", t) or t.lemma_.lower() in deed_words().weapons for t in told if t.pos_ == "NOUN"
        )
        kind = kind_of(draft.trigger.entries[-1], draft.trigger.head)
        struck = roles.get("place") and any(t.pos_ == "NOUN" for t in draft.functions.get("P", ()))
        if kind.violent and (struck or _is_aimed(draft)):
            return True  # "tanks entered Gaza City; *the enclave was bombed*"
        if kind.id in _LIFTED and roles.get("place"):
            return True  # "the siege that rebels had imposed on Brak *was lifted*"
        return people and (kind.violent or kind.id in _CROWDS or kind.id in _OF_PEOPLE)
    own = roles.get("actor") or roles.get("target") or draft.tolls
    if own or (draft.trigger.entries[0].needs and roles.get("place") and not inferred_place):
        return True
    if draft.trigger.entries[0].kind.startswith("assault.") and is_dated(draft.trigger.head, fillers):
        return True  # "said after *Wednesday's* shoot-out"
    if _goes_on_with_it(draft) and (inferred_place or not roles.get("place")):
        return False
    if draft.carrier is not None and {verb_key(draft.carrier), draft.carrier.lemma_} & (table().occur | table().reach):
        nowhere = not roles.get("object") and (inferred_place or not roles.get("place"))
        return not _only_follows(draft, nowhere)
    if draft.carrier is not None and draft.carrier.lemma_ in carrier_words().telling and is_passive(draft.carrier):
        return True  # "heavy artillery fire was reported in the suburbs"
    if draft.carrier is not None and draft.trigger.entries[0].kind in _CROWDS and draft.functions.get("A"):
        return True  # "several dozen lecturers staged protests"
    if roles.get("place") and any(c.dep_ == "acl" and c.lemma_ in _awaited() for c in draft.trigger.head.children):
        return True  # "a protest *planned* for Friday in Brak was banned"
    if _has_own_words(draft) or (_is_done_to_what_follows(draft) and (roles.get("place") or roles.get("object"))):
        return True
    placed = bool(roles.get("object")) or (bool(roles.get("place")) and not inferred_place)
    return not is_definite(draft.trigger.head) and (placed or _happened_somewhere(draft))


_LIFTED = frozenset({"retreat.withdraw"})
_OF_PEOPLE = frozenset({"recruitment", "training"})


def _is_aimed(draft: Draft) -> bool:
    """ "Two rockets *were fired at Green Camp*": what was fired, and at what, whoever did it and wherever that is."""
    if len(draft.trigger.tokens) < 2 or not is_passive(draft.trigger.head):
        return False
    at = (t for f in ("at", "into", "toward", "towards") for t in draft.functions.get(f, ()))
    return any(t.pos_ in {"NOUN", "PROPN"} and t.ent_type_ not in {"DATE", "TIME"} for t in at)


def is_nobodys(noun: Token, kind: Kind, reading: Reading) -> bool:
    """What has not happened, and is nobody's to do or to suffer, is no event: "prevented *the loss* of the hills"."""
    forceful = kind.violent or kind.id.startswith(("retreat.withdraw", "control.", "siege"))
    known = any(c.lower_ == "the" for c in noun.children)  # "if they were to claim *the blast* in the port"
    return forceful and (reading.negated or (reading.modality != "actual" and not known))


def _only_follows(draft: Draft, nowhere: bool) -> bool:
    """ "*The attack came* a day after the rebels seized eight men": of the attack it is only told when. "*The
    withdrawal came* after talks" takes up who withdrew."""
    if not nowhere or not draft.trigger.entries[0].kind.startswith("assault."):
        return False
    return draft.carrier is not None and draft.carrier.lemma_ in {"come", "follow"} and is_definite(draft.trigger.head)


def _goes_on_with_it(draft: Draft) -> bool:
    """Clashes that only carry on what was told: "had not got in *as clashes continued*"."""
    carrier = draft.carrier
    if carrier is None or draft.trigger.entries[0].kind != "assault.clash":
        return False
    return carrier.lemma_ == "continue" and carrier.dep_ == "advcl"


# Functions that no deed fills.
_DEEDLESS = {"threaten": "A", "organisation.split": "P"}


def is_done_by_a_deed(kind: str, draft: Draft) -> bool:
    """ "*A siege* that threatens the town" threatens nobody, and who joins *a fight* joins no body."""
    told = draft.functions.get(_DEEDLESS.get(kind, ""), ()) if draft.trigger.verbal else ()
    found = ((t, match(t)) for t in told if t.pos_ in {"NOUN", "PROPN"})
    return any(f is not None and not f.verbal and kind_of(f.entries[0], t).violent for t, f in found)


def _happened_somewhere(draft: Draft) -> bool:
    """True where a verb of occurrence or reach says where or what, by a common noun: "exploded outside the court"."""
    carrier = draft.carrier
    if carrier is None or not {verb_key(carrier), carrier.lemma_} & (table().occur | table().reach):
        return False
    return any(
        c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in {"in", "at", "near", "outside", "on"})
        for c in carrier.children
    )


def _is_done_to_what_follows(draft: Draft) -> bool:
    """ "Since the *bombing of* the embassy in Nairobi", "there was no *shelling of* Donetsk"."""
    of = draft.functions.get("of", ())
    violent = draft.trigger.entries[0].kind.startswith(("assault.", "loot", "siege"))
    return violent and any(t.pos_ in {"NOUN", "PROPN"} and t.ent_type_ != "DATE" for t in of)


def _has_own_words(draft: Draft) -> bool:
    """True where an event noun says whom or what it struck, even if that is no party: "the raid on the depot"."""
    head = draft.trigger.head
    return any(
        child.dep_ == "prep" and child.lower_ in {"on", "against", "at", "in", "near", "outside"}
        for child in head.children
        if any(g.dep_ == "pobj" and g.pos_ in {"NOUN", "PROPN"} for g in child.children)
    )


_STRIKING = frozenset(f"assault.{means}" for means in ("attack", "aerial", "chemical", "drone", "firearms", "shelling"))


def is_of_unknown_ground(kind: str, draft: Draft, fillers: Fillers) -> bool:
    """True where what was struck goes by a name that is on no map."""
    if kind not in _STRIKING or not draft.trigger.verbal:
        return False
    struck = draft.functions.get("P", ())
    return any(t.tag_ == "NNP" and not fillers.actors_in(t) and fillers.place(t) is None for t in struck)
