"""The words that tell a happening: its trigger, what fills its roles, and the verb that gives its toll."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from khaldun.annotate.grammar.syntax import behind, phrase
from khaldun.annotate.grammar.triggers import Trigger
from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Mention, Span, Toll, hull


@cache
def _handing() -> frozenset[str]:
    return word_list("lexicons/en/carriers.yaml", "handing")


@cache
def _referring() -> frozenset[str]:
    return word_list("lexicons/en/carriers.yaml", "referring")


def evidence_of(
    trigger: Trigger, carrier: Token | None, tolls: Sequence[Toll], fillers: Iterable[Mention], passage: Passage
) -> Span:
    """The stretch from the first to the last of these words, within the sentence but for tolls told beside it."""
    head = trigger.head
    spans = [passage.span(trigger.tokens)]
    if not is_handed_on(head):  # what follows is who the matter is handed to
        spans.append(passage.span(phrase(head)))
    if carrier is not None:
        spans.append(passage.span(phrase(carrier)))
    sentence = passage.span(head.sent)
    spans += [m.span for m in fillers if sentence.contains(m.span)]
    own = passage.span(phrase(head))
    for toll in tolls:  # "shelled the port in revenge for *the killing of their commander*": that is all
        spans += [toll.span, *(() if own.contains(toll.span) else _told_by(toll, head, passage))]
    return _rounded(hull(spans), passage)


def with_whole_times(told: Span, mentions: Iterable[Mention]) -> Span:
    """The same to the end of a time in whose words it ends: "over the past year *and a half*"."""
    torn = (m.span.end for m in mentions if m.kind == "time" and m.span.start < told.end < m.span.end)
    return Span(told.start, max(torn, default=told.end))


_MODIFYING = frozenset({"acl", "relcl"})
_SHORT_CLAUSE = 5  # words: "in the months *that followed*"
_PAIRS = (("“", "”"), ('"', '"'), ("(", ")"), ("[", "]"))


def _rounded(told: Span, passage: Passage) -> Span:
    """The stretch without a torn end: with the short clause that says which is meant ("pictures of locals *celebrating
    their departure*"), and with the quotation mark or bracket that closes, or opens, what it holds only half of."""
    words = passage.tokens(told)
    if words is None:
        return told
    clause = next((c for c in words[-1].children if c.dep_ in _MODIFYING and c.i > words[-1].i), None)
    short = clause is not None and clause.left_edge.i == words.end and clause.right_edge.i - words.end < _SHORT_CLAUSE
    if clause is not None and short:
        told = Span(told.start, passage.at(clause.right_edge).end)
    return _closed(told, passage)


def _closed(told: Span, passage: Passage) -> Span:
    text, start, end = passage.doc.text, told.start - passage.base, told.end - passage.base
    for opening, closing in _PAIRS:
        inside = text[start:end]
        half = inside.count(opening) % 2 if opening == closing else inside.count(opening) - inside.count(closing)
        behind = end + (text[end : end + 1] in (".", ",") and text[end + 1 : end + 2] == closing)
        if half > 0 and text[behind : behind + 1] == closing:
            end = behind + 1
        elif half and start > 0 and text[start - 1] == opening:
            start -= 1
    return Span(passage.base + start, passage.base + end)


def _told_by(toll: Toll, head: Token, passage: Passage) -> Iterator[Span]:
    """The verb over a trigger that gives its toll: "*raised* the number of dead from the bombings to 42"."""
    tokens = passage.tokens(toll.span)
    verb = next((a for a in tokens.root.ancestors if a.pos_ == "VERB"), None) if tokens is not None else None
    if verb is not None and verb.is_ancestor(head):
        yield passage.at(verb)


def handed_to(verb: Token, matters: Iterable[Token]) -> list[Token]:
    """Whom a matter is handed to, where the parser hangs them on it: "*referred* the dispute over his visit *to* X"."""
    if verb.lemma_ not in _referring():
        return []
    return behind(matters, "to")


def is_handed_on(noun: Token) -> bool:
    """ "*referred* the dispute over his visit *to* the elders": the elders are told of the visit, and not visited."""
    above = noun
    while above.dep_ in {"pobj", "prep", "dobj", "conj"} and above.head != above:
        above = above.head
        if above.lemma_ in _handing():
            return not any(c.dep_ in {"prep", "dative"} and c.lower_ == "to" for c in above.children)
    return False
