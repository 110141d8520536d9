"""Whether an entry of the trigger table fits the words at a trigger: its needs, its bars, and what is no deed."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.events.asides import is_aside, is_forecast, is_made_to
from khaldun.annotate.events.drafts import Draft, deed_words
from khaldun.annotate.events.fictions import is_fiction
from khaldun.annotate.events.figures import is_figure
from khaldun.annotate.events.substance import is_done_by_a_deed
from khaldun.annotate.events.unnamed_doers import may_be_unnamed
from khaldun.annotate.grammar.plans import is_to_be_done
from khaldun.annotate.grammar.questions import is_definite
from khaldun.annotate.grammar.syntax import Arguments, phrase
from khaldun.annotate.grammar.trigger_table import Entry, is_listed, kind_of, table_of
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.roles.fillers import CONDITIONS, Fillers
from khaldun.annotate.sayings.saying import asks_for_silence
from khaldun.annotate.words import Token

_BY_ARMS = frozenset(f"assault.{means}" for means in ("aerial", "chemical", "drone", "firearms", "shelling"))
_SEVERAL = 2
_BLASTS = frozenset({"assault.explosives", "assault.suicide"})


def fits(entry: Entry, draft: Draft, fillers: Fillers) -> bool:
    """True where what fills the functions is what the entry needs, and nothing bars it."""
    if (
        draft.tolls
        and not kind_of(entry, draft.trigger.head).violent
        and entry.kind.split(".")[0] in {"retreat", "movement", "mobilize"}
    ):
        return False  # "leaving at least eleven dead" is no departure
    if _is_of_force(entry) and is_figure(draft.trigger.head, _beside(draft), fillers, sure=_is_sure(entry, draft)):
        return False
    if is_fiction(draft.trigger.head) or _is_asked_after(draft):
        return False
    if not draft.trigger.verbal and draft.trigger.head.lemma_ == "toll" and not draft.tolls:
        return False  # "as *the death toll* in the south has mounted"
    if entry.kind == "threaten" and is_forecast(draft.trigger.head):
        return False
    if is_done_by_a_deed(entry.kind, draft):
        return False
    if entry.kind == "reject" and asks_for_silence(draft.trigger.head):
        return False
    if is_aside(draft.trigger.head) or (entry.kind == "mobilize" and is_to_be_done(draft.trigger.head)):
        return False
    if entry.kind == "protest" and is_made_to(draft.trigger.head):
        return False
    if entry.kind == "movement" and _only_tells_which(draft.trigger.head, fillers):
        return False
    if entry.kind in _STANDING and _tells_who(draft.trigger.head):
        return False
    if entry.kind == "mobilize" and draft.trigger.head.dep_ == "acl" and draft.trigger.head.tag_ == "VBN":
        return False  # "visited troops *deployed* in the valley": which troops
    if entry.kind == "consult.meet" and _is_met_by(draft.trigger.head):
        return False
    if entry.kind == "displacement" and _tells_of_whom(draft.trigger.head):
        return False
    for function, bar in entry.bars.items():
        barred = table_of(draft.trigger.head).lists.get(bar, frozenset())
        filling = [t for t in draft.functions.get(function, ()) if bar != "culprit" or not _is_anothers(t)]
        if any(is_listed(t, barred) or (bar in CONDITIONS and fillers.meets(bar, t)) for t in filling):
            return False
    for functions, condition in entry.needs.items():
        tokens = [t for function in functions.split("|") for t in draft.functions.get(function, ())]
        listed = table_of(draft.trigger.head).lists.get(condition)
        if listed is not None and not any(is_listed(t, listed) for t in tokens):
            return False
        if listed is None and not any(fillers.meets(condition, token) for token in tokens):
            if condition == "people" and "P" in functions and _killed_somebody(draft, tokens, fillers):
                continue  # "shot dead a khasadar": who is killed is somebody, whatever the word
            if may_be_unnamed(entry, functions, condition, draft, fillers):
                continue  # "food *was delivered* to Brak on Monday"
            return False
    if entry.agents:
        words = {" ".join(t.lower_ for t in _as_seen(a))[-40:] for a in draft.functions.get("A", ())}
        return any(f" {agent}{many} " in f" {word} " for word in words for agent in entry.agents for many in ("", "s"))
    return not entry.weak or _conflict_near(entry, draft, fillers)


def _killed_somebody(draft: Draft, hit: Sequence[Token], fillers: Fillers) -> bool:
    """False where it is ground that the deed was done to, and others died of it: "captured *the town*, killing 12"."""
    killed = any(t.of == "killed" for t in draft.tolls)
    return killed and bool(hit) and not any(fillers.meets("place", t) for t in hit)


def _as_seen(agent: Token) -> list[Token]:
    """The phrase of somebody with what they wear: "a man *wearing an explosive vest*"."""
    worn = (t for c in agent.children if c.dep_ == "acl" and c.lemma_ in _WEARING for t in c.subtree)
    return [*phrase(agent), *worn]


_WEARING = frozenset({"wear", "carry", "strap"})


def _beside(draft: Draft) -> Arguments:
    """What fills the functions, but for the words of the deed itself: "traded *fire*"."""
    own = draft.trigger.tokens
    if len(own) < _SEVERAL:
        return draft.functions
    return {f: left for f, tokens in draft.functions.items() if (left := tuple(t for t in tokens if t not in own))}


def _is_asked_after(draft: Draft) -> bool:
    """ "Determines *what planes* carried out raids": how somebody goes about it, and no raids told."""
    if draft.trigger.verbal or draft.carrier is None or is_definite(draft.trigger.head):
        return False
    around = (draft.carrier, *draft.functions.get("A", ()))
    return draft.carrier.dep_ == "ccomp" and any(c.lower_ in {"what", "which"} for t in around for c in t.children)


def _only_tells_which(verb: Token, fillers: Fillers) -> bool:
    """ "Hit two vehicles *that had departed* the base": which vehicles; "fighters who had crossed" crossed."""
    thing = verb.dep_ in {"relcl", "acl"} and verb.head.pos_ == "NOUN" and not fillers.meets("people", verb.head)
    return thing and verb.head.dep_ in {"dobj", "nsubjpass", "pobj"}


def _is_met_by(verb: Token) -> bool:
    """ "The troops *were met by* gunmen", "marchers *were met by* police": whom they came upon, and no talks."""
    return verb.lemma_ == "meet" and any(c.dep_ == "agent" for c in verb.children)


_STANDING = frozenset({"support", "assault.clash", "investigate", "request", "aid", "training"})
"""Kinds that last: a participle of one of them only tells who does another deed."""


def _tells_who(participle: Token) -> bool:
    """ "Rebels *backed* by Chad captured Brak", "insurgents *fighting* the army ambushed a convoy", "protesters
    *demanding* his release blocked the road": who they are, and a tie rather than a deed of that day."""
    doer = participle.head
    if participle.dep_ != "acl" or participle.tag_ not in {"VBG", "VBN"} or doer.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return doer.i < participle.i and doer.head.i > participle.i and match(doer.head) is not None


def _tells_of_whom(verb: Token) -> bool:
    """ "*Villagers who had fled* said the camp was full", "civilians who escape are questioned": who they are, of
    however many; "*900 people who had fled* came back" counts those who did."""
    if verb.dep_ != "relcl" or not any(c.dep_ == "nsubj" and c.lower_ in {"who", "that"} for c in verb.children):
        return False
    return verb.head.tag_ == "NNS" and not any(c.dep_ in {"nummod", "amod", "det"} for c in verb.head.children)


def _is_anothers(men: Token) -> bool:
    """ "*Haftar's* men fled" tells of a force, "two men fled" of culprits."""
    return any(c.dep_ == "poss" and c.pos_ in {"PROPN", "NOUN"} for c in men.children)


def _is_of_force(entry: Entry) -> bool:
    return entry.kind.startswith(("assault.", "control.", "retreat.")) or entry.kind in {"siege", "coerce.seize"}


def _is_sure(entry: Entry, draft: Draft) -> bool:
    """True where a toll or the word itself says that arms were used: "an *air strike*", "a parcel *exploded*"."""
    if draft.tolls or entry.kind in _BLASTS:
        return True
    return (not draft.trigger.verbal or draft.trigger.head.tag_ == "VBG") and entry.kind in _BY_ARMS


def _conflict_near(entry: Entry, draft: Draft, fillers: Fillers) -> bool:
    """A weak trigger counts beside a party to the conflict, its aircraft or guns, or a toll."""
    if draft.tolls:
        return True
    agents = [t for name in dict.fromkeys(("A", *entry.args.get("actor", ()))) for t in draft.functions.get(name, ())]
    if any(t.lemma_.lower() in deed_words().weapons for t in agents):
        return True
    parties = [fillers.type_of(m) for t in agents for m in fillers.actors_in(t)]
    return any(p in {"armed_group", "state_force", "state"} for p in parties)
