"""The functions that the clause around an event noun lends to it: whose deed it is, whom it reached."""

from __future__ import annotations

from collections.abc import Sequence, Set

from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.syntax import Arguments, arguments, behind
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.grammar.triggers import Trigger, verb_key
from khaldun.annotate.roles.carrier_words import ascribed_to, carrier_words, handiwork, is_of_crowds, speaks
from khaldun.annotate.slips.subjects import spokesmen
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list


def _is_hypothetical(verb: Token) -> bool:
    return read_factuality(verb).modality != "actual"


def owners_of(noun: Token, doers: Sequence[Token]) -> tuple[Token, ...]:
    """ "*The army* tightened its siege": whose the deed is, where a pronoun says that it is the subject's; who foiled
    "their attack" did not make it."""
    if (
        noun.head.lemma_ in carrier_words().greeting | word_list("lexicons/en/deeds.yaml", "warding")
        or noun.dep_ != "dobj"
        or not doers
        or not all(t.tag_ == "PRP$" and t.lower_ in _ITS for t in doers)
    ):
        return ()
    return arguments(noun.head).get("A", ())


_ITS = frozenset({"its", "their", "his", "her"})


def side_served(noun: Token, kinds: Set[str]) -> tuple[Token, ...]:
    """Whose deed it is by the clause that the event noun stands in: "*the army* supported them with air strikes", "the
    capture of the hill enabled *the army* to besiege the town"."""
    if noun.dep_ == "pobj" and noun.head.lower_ in _WITH and noun.head.dep_ == "prep":
        verb = noun.head.head
        answers = verb.pos_ == "VERB" and verb.lemma_ in carrier_words().answering
        return arguments(verb).get("A", ()) if answers and any(k.startswith("assault.") for k in kinds) else ()
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and kinds == {"support"}:
        above = noun.head.head  # "*jets* bombed a camp, *jets* flew raids *in support* of the rebels"
        return arguments(above).get("A", ()) or arguments(above.head).get("A", ())
    if noun.dep_ == "nsubj" and "control.gain" in kinds and noun.head.lemma_ in carrier_words().serving:
        told = arguments(noun.head)
        return told.get("P", ()) or told.get("dative", ()) or told.get("inner", ())
    return ()


_WITH = frozenset({"with", "through", "by"})


def side_helped(noun: Token, kinds: Set[str]) -> tuple[Token, ...]:
    """ "*The rebels* took the town with the *support* of Oman": who has the help that a clause tells of by the way."""
    if kinds != {"support"} or noun.dep_ != "pobj" or noun.head.lower_ != "with" or noun.head.head.pos_ != "VERB":
        return ()
    return arguments(noun.head.head).get("A", ())


def side_of_clause(noun: Token) -> tuple[Token, ...]:
    """The subject that a fight in a phrase of its clause belongs to: "took the hill after *fighting* with rebels"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"after", "in", "during", "amid"} else None
    if verb is None or verb.pos_ != "VERB":
        return ()
    found = arguments(verb)
    caught = verb.lemma_ in carrier_words().embroiling  # "*is locked* in a battle with the rebels"
    return found.get("A", ()) or (found.get("P", ()) if caught else ())


def _spoken_for(speaker: Token) -> tuple[Token, ...]:
    """For whom a spokesman owns up to a deed: "Omar Saleh, *a Front spokesman*, claimed the attack"; else himself."""
    for word in (speaker, *(c for c in speaker.children if c.dep_ in {"appos", "compound"})):
        if word.lemma_.lower() not in spokesmen():
            continue
        for_whom = [g for c in word.children if c.lower_ in {"for", "of"} for g in c.children if g.dep_ == "pobj"]
        around = [*word.children, *speaker.children]
        named = [c for c in around if c.dep_ in {"compound", "poss", "nmod"} and c.pos_ == "PROPN" and c.i < word.i]
        if whom := for_whom or named:
            return (whom[-1],)
    return (speaker,)


def lent_by(carrier: Token, trigger: Trigger) -> Arguments:
    """The functions that a carrying verb lends to its event noun."""
    beside = carrier_words()
    if carrier.lemma_ in beside.ascribing and trigger.head.dep_ in {"dobj", "nsubjpass"}:
        return {"A": ascribed_to(carrier)}
    if carrier.lemma_ == "be" and trigger.head.dep_ == "nsubj" and (work := handiwork(carrier)) is not None:
        return {"A": arguments(work).get("of", ()) or arguments(work).get("poss", ())}
    if carrier.lemma_ in beside.accusing:
        return {"A": arguments(carrier).get("P", ())}
    if speaks(carrier) and _is_hypothetical(carrier):
        return {}
    if speaks(carrier):
        return {"A": tuple(w for t in arguments(carrier).get("A", ()) for w in _spoken_for(t))}
    own = set(trigger.tokens)
    lent: dict[str, tuple[Token, ...]] = {}
    for name, tokens in arguments(carrier).items():
        others = tuple(t for t in tokens if t not in own and not _below_trigger(t, own, carrier))
        if not others:
            continue
        if name == "A" and carrier.lemma_ in beside.telling:
            continue  # "the raid was reported by the agency"
        if name == "A" and carrier.lemma_ in beside.proclaiming and arguments(trigger.head).get("A"):
            continue  # "the council announced the army's capture of the port": the council took nothing
        if carrier.lemma_ == "pit" and name == "P" and (foes := behind(others, "against")):
            lent["against"] = tuple(foes)  # "pits the army *against the rebels*", hung on the army
        if carrier.lemma_ in {"subject", "pit"} and name == "P":
            lent["P" if carrier.lemma_ == "subject" else "A"] = others  # "*detainees* were subjected to torture"
            continue
        if name == "A" and carrier.lemma_ in beside.brokering:
            continue  # "elders *brokered* a truce between the clans"
        if carrier.lemma_ in beside.readying and name == "A" and arguments(trigger.head).get("A"):
            continue
        undergone = trigger.head.head.lower_ == "under" and carrier.lemma_ in beside.enduring
        wards_off = bool({carrier.lemma_, verb_key(carrier)} & table().defence)
        if name == "A" and (undergone or wards_off or carrier.lemma_ in beside.undergoing):
            lent["P"] = others  # "twelve soldiers *died* in a blast" did not do it
        elif name == "by" and undergone:
            lent["A"] = others  # "came under bombardment *by the army*"
        elif name == "P" and carrier.lemma_ not in table().reach and verb_key(carrier) not in table().reach:
            continue
        else:
            lent[name] = others
    if "P" in lent and all("of" in e.args.get("actor", ()) and is_of_crowds(e.kind) for e in trigger.entries):
        del lent["P"]  # "five *policemen* were hurt when a march turned violent" did not march
    if "P" in lent:
        taken = any("on" in entry.args.get("target", ()) for entry in trigger.entries)
        struck = "on" if taken else "of"
        lent[struck] = (*lent.get(struck, ()), *lent.pop("P"))
    return lent


def _below_trigger(token: Token, own: set[Token], carrier: Token) -> bool:
    """True for a word inside the event noun's own phrase; one reached through the carrier itself is not."""
    for ancestor in token.ancestors:
        if ancestor == carrier:
            return False
        if ancestor in own:
            return True
    return False
