"""The words that tell a happening: its trigger, what fills its roles, and the verb that gives its toll."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from khaldun.annotate.sentences import Passage
from khaldun.annotate.syntax import behind, phrase
from khaldun.annotate.triggers import Trigger
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
    return hull(spans)


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
