"""Actors named by what they are: noun phrases on the heads of the lexicon ("rival jihadists inside the port")."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from khaldun.annotate.found import Found
from khaldun.annotate.known import Spotted
from khaldun.annotate.noun_phrases import (
    acts,
    identifying,
    left_edge,
    premodifiers,
    relative_end,
    says,
    tail_end,
)
from khaldun.annotate.nouns import NounReading, lemma_in, read_noun, words_under
from khaldun.model import Span

_MODIFIES = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})


def find_descriptions(doc: Doc, known: Sequence[Spotted], names: Sequence[Found]) -> list[Found]:
    """Descriptive phrases. One on a name's own forces ("Peshmerga fighters") has that name as its head."""
    held: list[Found] = []
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            continue
        reading = read_noun(token.text)
        if reading is None or not _heads_phrase(token, reading):
            continue
        found = _describe(doc, token, reading, known, names)
        if found is not None:
            held.append(found)
    return held


def _heads_phrase(token: Token, reading: NounReading) -> bool:
    """True unless the noun only modifies another ("rebel broadcast", "spokesman Ali Saad")."""
    if token.pos_ in ("ADJ", "VERB"):
        return token.pos_ == "ADJ" and reading.plural and token.dep_ not in _MODIFIES
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
        return False
    follower = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return not (follower is not None and follower.text == "-" and not token.whitespace_)


def _describe(
    doc: Doc, head: Token, reading: NounReading, known: Sequence[Spotted], names: Sequence[Found]
) -> Found | None:
    start = left_edge(head)
    owner = _own_name(doc, head, start, known, names)
    if owner is not None and lemma_in(head.text, words_under("own_forces")):
        first = min(doc[start].idx, owner.start)
        return Found(Span(first, head.idx + len(head.text)), "own-force", "description", head=owner, rank=2)
    tail = tail_end(head, reading.entry.tails | reading.entry.needs_tail)
    if not _stands(head, reading, start, has_tail=tail > head.i + 1):
        return None
    end = tail if tail > head.i + 1 else _defining_clause(head, reading)
    last = doc[end - 1]
    span = Span(doc[start].idx, last.idx + len(last.text))
    head_span = Span(head.idx, head.idx + len(head.text))
    form = "name" if _is_name(head, start) else "description"
    return Found(span, f"noun:{reading.word}", form, head=head_span if head_span != span else None, rank=4)


def _own_name(doc: Doc, head: Token, start: int, known: Sequence[Spotted], names: Sequence[Found]) -> Span | None:
    """The name right before the head ("SDF troops", "Daesh terrorist group")."""
    left = doc[start].idx
    spans = [k.span for k in known] + [f.span for f in names if f.rule.startswith("org")]
    for span in sorted(spans, key=lambda s: -s.end):
        between = doc.text[span.end : head.idx]
        if span.end <= head.idx and span.start >= left - 4 and _short(between):
            return span
    return None


def _short(between: str) -> bool:
    words = between.split()
    return (
        len(words) <= 2
        and "," not in between
        and "'s" not in between
        and all(w.islower() or w[:1] == "(" or w.isalpha() for w in words)
        and not between.startswith("-")
    )


def _stands(head: Token, reading: NounReading, start: int, *, has_tail: bool) -> bool:
    entry = reading.entry
    before = premodifiers(head, start)
    if entry.only_many and not reading.plural:
        return False
    if entry.needs_tail and not has_tail:
        return False
    if entry.needs_say and not says(head):
        return False
    if entry.needs_modifier and not before and not has_tail:
        return False
    if not entry.needs_act:
        return True
    return any(identifying(t) for t in before) or acts(head)


def _defining_clause(head: Token, reading: NounReading) -> int:
    return relative_end(head) if reading.entry.private and not reading.plural else head.i + 1


def _is_name(head: Token, start: int) -> bool:
    words = [t for t in head.doc[start : head.i + 1] if t.is_alpha]
    return len(words) > 1 and all(t.text[:1].isupper() for t in words if t.lower_ not in ("of", "for", "al", "the"))
