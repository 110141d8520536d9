"""Who else speaks: each of "the police and the army said", also where the parse lost the list."""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.saying import children
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
        if other != speaker and other.left_edge.i > 0 and "," in (other.left_edge.nbor(-1).text, other.nbor(1).text):
            yield other
            yield from _conjuncts(other)


def _read_as_apposition(speaker: Token, verb: Token) -> Iterator[Token]:
    """ "The ministry, *the municipality of Misrata* and *the parliament* condemned it": an aside ends in a comma."""
    beside = next((c for c in children(speaker, "appos") if c.left_edge.nbor(-1).text == ","), None)
    if beside is None or speaker.right_edge.nbor(1).i > verb.i or verb.doc[speaker.right_edge.i].text == ",":
        return
    if speaker.right_edge.i + 1 < verb.i and verb.doc[speaker.right_edge.i + 1].text == ",":
        return
    last = next((t for t in beside.subtree if t.dep_ == "conj" and t.i > beside.i and t.tag_ != "JJ"), None)
    if last is not None and any(c.dep_ in {"det", "poss"} for c in last.children):
        yield beside
        yield last
