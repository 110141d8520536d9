"""Places that a sentence names and that are no place of the happening told: where a speaker sits, and where something
else took place days before or after."""

from __future__ import annotations

from collections.abc import Iterable

from khaldun.annotate.grammar.syntax import clause_head, conjuncts
from khaldun.annotate.roles.fillers import GROUPS, Fillers
from khaldun.annotate.scenes.measured import apart_in
from khaldun.annotate.words import Token
from khaldun.model import Mention, Span

_SPOKEN = frozenset({"request", "accuse", "reject", "threaten", "media.release", "support", "concede", "agree"})


def is_elsewhere(kind: str, place: Mention, trigger: Token, doers: Iterable[Mention], fillers: Fillers) -> bool:
    """Whether `place` tells where another happening of the sentence was, or where those sit who only speak."""
    return (kind in _SPOKEN and _is_seat(place, trigger, doers, fillers)) or _is_days_apart(place, trigger, fillers)


def _is_seat(place: Mention, verb: Token, doers: Iterable[Mention], fillers: Fillers) -> bool:
    """ "The parliament *in Tripoli* condemned the raid", "the council *in Derna* issued a statement": which it is,
    and not where it spoke. Residents of a town who complain do so there."""
    tokens = fillers.passage.tokens(place.span)
    if tokens is None:
        return False
    speaking = [m for m in doers if fillers.type_of(m) in GROUPS and m.form != "pronoun"]
    if any(m.span.contains(place.span) and m.span != place.span for m in speaking):
        return True
    if _is_field(tokens.root):
        return True
    subjects = [s for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} for s in conjuncts(c)]
    holder = next((s for s in subjects if s.is_ancestor(tokens.root)), None)
    return holder is not None and any(m in speaking for m in fillers.actors.get(holder.i, ()))


def _is_field(place: Token) -> bool:
    """ "Her deputy director *for Africa* called for an inquiry": what she is responsible for."""
    head = place
    while head.dep_ == "conj":
        head = head.head
    governor = head.head
    return head.dep_ == "pobj" and governor.lower_ == "for" and governor.head.dep_ in {"appos", "nsubj"}


def _is_days_apart(place: Mention, trigger: Token, fillers: Fillers) -> bool:
    """ "Jets bombed *Derna* on Monday, a day after the group had released a video": that was not there."""
    if any(t.lower_ == "there" and t.dep_ != "expl" for t in clause_head(trigger).subtree):
        return False  # "visited Brak two days after gunmen killed nine farmers *there*"
    return told_apart(place.span, fillers.passage.at(trigger), fillers.passage.span(trigger.sent), fillers.text)


def told_apart(one: Span, other: Span, sentence: Span, text: str) -> bool:
    """Whether two words of a sentence tell of happenings that lie days apart by its own words."""
    apart = apart_in(sentence, text)
    return apart is not None and not apart.most and apart.scope.contains(one) != apart.scope.contains(other)
