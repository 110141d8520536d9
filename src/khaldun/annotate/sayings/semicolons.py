"""Two sayings that a semicolon keeps apart: each has its own side of it.

"Five were killed, *said the army*; four were killed, *said the rebels*": the parser hangs either half on the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from khaldun.annotate.sayings.saying import Saying
from khaldun.model import Span, hull


def kept_apart(sayings: Sequence[Saying], text: str) -> list[Saying]:
    """The sayings, those whose cue follows its words without what lies beyond a semicolon, on another's side."""
    if ";" not in text:
        return list(sayings)
    behind = [s for s in sayings if s.cue and s.content and s.content[0].end <= hull(s.cue).start]
    return [_on_its_side(s, behind, text) if s in behind else s for s in sayings]


def _on_its_side(saying: Saying, others: Sequence[Saying], text: str) -> Saying:
    first, last = 0, len(text)
    for start, end in _sides(saying, others, text):
        first, last = max(first, start), min(last, end)
    content = tuple(kept for piece in saying.content if (kept := _within(piece, first, last, text)) is not None)
    if not content or content == saying.content:
        return saying
    head = saying.content_head
    if head is not None and not saying.passage.at(head).within_any(content):
        tokens = saying.passage.tokens(content[-1])
        head = tokens.root if tokens is not None else None
    return replace(saying, content=content, content_head=head)


def _sides(saying: Saying, others: Sequence[Saying], text: str) -> Iterator[tuple[int, int]]:
    """From where to where each other saying of the sentence leaves room."""
    own = hull(saying.cue)
    for other in others:
        cue = hull(other.cue)
        if other.head.sent is not saying.head.sent or cue.overlaps(own):
            continue
        early, late = sorted((own, cue), key=lambda span: span.start)
        at = text.find(";", early.end, late.start)
        if at >= 0:
            yield (0, at) if own is early else (at + 1, len(text))


def _within(piece: Span, first: int, last: int, text: str) -> Span | None:
    """The part of a piece between two places without blanks at its ends, or None."""
    start, end = max(piece.start, first), min(piece.end, last)
    words = text[start:end].strip() if start < end else ""
    return Span(at := text.index(words, start), at + len(words)) if words else None
