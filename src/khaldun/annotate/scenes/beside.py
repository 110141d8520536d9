"""Days that only bound a happening: "*After* rebels shelled the port on Sunday, the government vowed to strike back".

Sunday is the day of the shelling. The vow came then or later, up to publication, and nobody says when. Those hurt by
what is told first were hurt by it, so that its day is theirs ("two people died *after* a bomb went off on Monday").
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.sayings.cues import load_lexicon
from khaldun.annotate.tables.toll_words import by_verb
from khaldun.annotate.words import Token
from khaldun.model import Mention, When

Side = Literal["after", "before"]
_JUDGING = frozenset({"accuse", "praise", "deny"})
_SIDES: dict[str, Side] = {"after": "after", "since": "after", "before": "before", "until": "before"}
_MARKED = frozenset({"mark", "advmod", "prep"})
_LONGEST_CLIMB = 10


def bounded(trigger: Token, time: Mention, published: date | None, fillers: Fillers) -> When | None:
    """The interval of a happening that came after, or before, the one that `time` dates; None where it dates both."""
    when = time.when
    tokens = fillers.passage.tokens(time.span)
    if when is None or when.earliest is None or when.latest is None or tokens is None:
        return None
    side = "before" if _is_judged(trigger, tokens.root) else _side(tokens.root, trigger)
    if side == "before":
        return replace(when, earliest=None)
    if side is None or (published is not None and when.earliest > published):
        return None
    return replace(when, latest=published)


def is_set_apart(place: Mention, trigger: Token, fillers: Fillers) -> bool:
    """True for a place of what a happening came after: "recalled its envoy *after* jets bombed Derna"."""
    tokens = fillers.passage.tokens(place.span)
    if tokens is None or tokens[0].sent is not trigger.sent:
        return False
    clauses = (a for a in (tokens.root, *tokens.root.ancestors) if _of_clause(a) is not None)
    return any(c != trigger and not c.is_ancestor(trigger) for c in clauses)


_SPOKEN = frozenset({"request", "accuse", "reject", "threaten", "media.release"})
_MADE = frozenset({"agree", "support", "concede", "consult.meet", "consult.visit"})
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "relcl", "advcl", "pcomp"})
_WHERE_SAID = frozenset({"in", "at", "near", "outside", "from"})


def is_of_content(kind: str, place: Mention, head: Token, fillers: Fillers) -> bool:
    """True for a place of what is only spoken of: "accused Israel of bombing *Derna*", "urged it to leave *Brak*", "met
    to discuss a withdrawal from *Brak*"; not for "signed a deal *in Brak*", "warned *in Brak* that …"."""
    if kind not in _SPOKEN | _MADE or head.pos_ not in {"VERB", "AUX"}:
        return False
    tokens = fillers.passage.tokens(place.span)
    if tokens is None or not head.is_ancestor(tokens.root):
        return False
    path = [tokens.root, *tokens.root.ancestors]
    below = path[: next((i for i, t in enumerate(path) if t == head), 0)]
    if kind in _MADE or (below[-1].dep_ == "advcl" and below[-1].i < head.i):
        return any(t.dep_ in _CLAUSES and t.pos_ in {"VERB", "AUX"} and t.i > head.i for t in below)
    if below[-1].dep_ in {"nsubj", "nsubjpass", "agent"}:
        return any(t.dep_ in _CLAUSES for t in below)
    return not (below[-1].dep_ == "prep" and below[-1].lower_ in _WHERE_SAID)


def _side(time: Token, trigger: Token) -> Side | None:
    """On which side of what the time dates the trigger lies, if it is another happening."""
    if by_verb().get(trigger.lemma_) in {"killed", "injured"} and not _goes_on(trigger):
        return None
    current = time.head
    for _ in range(_LONGEST_CLIMB):
        if current == trigger or current.is_ancestor(trigger) or current.head == current:
            return None
        side = _of_clause(current) or _of_noun(current, time)
        if side is not None:
            return side
        current = current.head
    return None


def _is_judged(noun: Token, time: Token) -> bool:
    """ "The minister *on Friday* condemned the raid": the raid was on that day or before it."""
    if noun.pos_ != "NOUN" or noun.dep_ not in {"dobj", "pobj"} or noun.is_ancestor(time) or time.i > noun.i:
        return False
    verb = clause_head(noun)
    if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"} or not verb.is_ancestor(time):
        return False
    return judges(verb)


def judges(verb: Token) -> bool:
    """True for a verb that condemns, praises or denies: it is about a deed and no part of it."""
    return any(sense.stance in _JUDGING for sense in load_lexicon().senses(verb.lemma_, verb.text))


def _of_clause(verb: Token) -> Side | None:
    """ "*After* rebels shelled the port on Sunday", "*after* seizing it in May"."""
    if verb.dep_ == "pcomp":
        return _SIDES.get(verb.head.lower_)
    if verb.dep_ != "advcl" or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        return None
    return next((_SIDES[c.lower_] for c in verb.children if c.lower_ in _SIDES and c.dep_ in _MARKED), None)


def _of_noun(noun: Token, time: Token) -> Side | None:
    """ "*since* the February 1 coup"."""
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ != "pobj" or noun.head.lower_ != "since":
        return None
    return "after" if time.i < noun.i else None


def _goes_on(verb: Token) -> bool:
    """ "*Has killed* 750 people since the coup of 1 February"."""
    return any(c.lower_ in {"has", "have"} for c in verb.children)
