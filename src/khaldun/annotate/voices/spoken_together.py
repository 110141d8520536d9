"""Who else speaks: each of "the police and the army said", also where the parse lost the list."""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.actors.named_phrases import beside
from khaldun.annotate.sayings.saying import children
from khaldun.annotate.words import Token

_SUBJECTS = ("nsubj", "nsubjpass")


def joined_with(speaker: Token) -> Iterator[Token]:
    """The heads of the others that speak with `speaker`."""
    yield from _conjuncts(speaker)
    if speaker.dep_ not in _SUBJECTS:
        return
    verb = speaker.head
    yield from _further_subjects(speaker, verb)
    yield from _read_as_apposition(speaker, verb)


def _conjuncts(head: Token) -> Iterator[Token]:
    for other in children(head, "conj"):
        yield other
        yield from _conjuncts(other)


def _further_subjects(speaker: Token, verb: Token) -> Iterator[Token]:
    """ "*The army*, the police and the mayor said": two subjects of one verb."""
    subjects = [s for s in children(verb, *_SUBJECTS) if s.i < verb.i]
    last = subjects[-1] if subjects else speaker
    if len(subjects) < 2 or not children(last, "cc"):
        return
    for other in subjects:
        if other != speaker and other.left_edge.i > 0 and "," in (beside(other.left_edge, -1), beside(other, 1)):
            yield other
            yield from _conjuncts(other)


def _read_as_apposition(speaker: Token, verb: Token) -> Iterator[Token]:
    """ "The ministry, *the municipality of Misrata* and *the parliament* condemned it": an aside ends in a comma."""
    aside = next((c for c in children(speaker, "appos") if beside(c.left_edge, -1) == ","), None)
    if aside is None or speaker.right_edge.i + 1 > verb.i or verb.doc[speaker.right_edge.i].text == ",":
        return
    if speaker.right_edge.i + 1 < verb.i and verb.doc[speaker.right_edge.i + 1].text == ",":
        return
    last = next((t for t in aside.subtree if t.dep_ == "conj" and t.i > aside.i and t.tag_ != "JJ"), None)
    if last is not None and any(c.dep_ in {"det", "poss"} for c in last.children):
        yield aside
        yield last
