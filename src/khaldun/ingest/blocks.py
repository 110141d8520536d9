"""What each block of a page is: by its mark-up first, then by trafilatura's judgement of what the article's body is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khaldun.ingest.comments import author_of_line
from khaldun.ingest.markup import Hint
from khaldun.model import Part, PartKind, Span

BETWEEN_BLOCKS = "\n\n"

_WORD = re.compile(r"\w+")
_PROSE_WORDS = 10
_OF_SINGLE_BLOCKS = frozenset({"caption", "comment", "embedded_post", "byline"})
_MISLEADING = frozenset({"navigation", "related_links", "boilerplate"})
# Beyond this many comparisons of characters only whole paragraphs are looked up (a page made to cost time).
_MOST_COMPARED = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of visible text and what the mark-up around it says it is; `author` when it opens a comment."""

    text: str
    hint: Hint
    author: str | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    """The body as trafilatura sees it, in folded words."""

    lines: frozenset[str]
    whole: str

    def holds(self, text: str) -> bool:
        folded = _fold(text)
        return bool(folded) and (folded in self.lines or folded in self.whole)


def body_of(page: str) -> list[str]:
    """The paragraphs that trafilatura takes for the article's body."""
    import trafilatura

    found = trafilatura.extract(
        page, output_format="txt", include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    return [line for line in (found or "").splitlines() if line.strip()]


def mark_blocks(
    blocks: Sequence[Block], body: Sequence[str], title: str | None
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Marks for the blocks that are not body: those of the mark-up, and those that only trafilatura leaves out.

    The text's own cues come before the second, since a date line above the body is left out as well.
    """
    lines = [_fold(line) for line in body]
    whole = " ".join(lines)
    affordable = len(blocks) * len(whole) <= _MOST_COMPARED
    judged = _Judged(frozenset(lines), whole if affordable else "")
    kinds = [_kind(block, judged) for block in blocks]
    prose = [place for place, block in enumerate(blocks) if kinds[place] is None and _is_prose(block.text)]
    if not prose:  # the mark-up misleads (everything inside a "menu"): keep only what it says of single blocks
        kinds = [kind if kind in _OF_SINGLE_BLOCKS else None for kind in kinds]
        prose = list(range(len(blocks)))
    placed = list(_placed(blocks))
    sure = [
        Part(kind, span) for kind, span in zip(kinds, placed, strict=True) if kind not in (None, "comment") and kind
    ]
    outside = [place for place in range(len(blocks)) if not prose[0] <= place <= prose[-1]]
    weak = [
        Part("navigation", placed[place])
        for place in outside
        if kinds[place] is None and lines and _is_aside(blocks[place], judged, title)
    ]
    return tuple(sorted([*sure, *_comments(blocks, kinds, placed)], key=lambda part: part.span)), tuple(weak)


def _comments(blocks: Sequence[Block], kinds: Sequence[Hint], placed: Sequence[Span]) -> list[Part]:
    """Runs of comment blocks, cut where a block names the author of the next comment."""
    parts: list[Part] = []
    for place, block in enumerate(blocks):
        if kinds[place] != "comment":
            continue
        author = block.author or author_of_line(block.text.split("\n")[0])
        runs_on = place > 0 and kinds[place - 1] == "comment" and bool(parts)
        if runs_on and author is None:
            parts[-1] = Part("comment", Span(parts[-1].span.start, placed[place].end), parts[-1].author)
        else:
            parts.append(Part("comment", placed[place], author))
    return parts


def _kind(block: Block, judged: _Judged) -> PartKind | None:
    if block.hint == "title":
        return None
    if block.hint in _MISLEADING and _is_prose(block.text) and judged.holds(block.text):
        return None
    return block.hint


def _is_aside(block: Block, judged: _Judged, title: str | None) -> bool:
    if block.hint == "title" or _is_prose(block.text) or _fold(block.text) == _fold(title or ""):
        return False
    return not judged.holds(block.text)


def _placed(blocks: Sequence[Block]) -> Iterator[Span]:
    start = 0
    for block in blocks:
        yield Span(start, start + len(block.text))
        start += len(block.text) + len(BETWEEN_BLOCKS)


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _PROSE_WORDS and text.rstrip("\"'”’)] ")[-1:] in ".!?…"


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()
