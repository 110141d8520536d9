"""Which characters of a text are which part. The first to claim a character keeps it; what nobody claims is body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from khaldun.model import Part, PartKind, Span

_KINDS: tuple[PartKind, ...] = (
    "body", "title", "byline", "dateline", "caption", "embedded_post", "related_links", "tag_line",
    "navigation", "author_note", "comment", "boilerplate",
)  # fmt: skip
# Code 0 is "not claimed yet"; each kind has two codes, so that two neighbours of one kind can be told apart.
_CODE = {kind: 2 * place + 1 for place, kind in enumerate(_KINDS)}
_RUN = re.compile(rb"(.)\1*", re.S)


@dataclass(slots=True)
class Canvas:
    """One byte for each character of `text`: the kind that claimed it."""

    text: str
    paint: bytearray = field(init=False)
    authors: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.paint = bytearray(len(self.text))

    def claim(self, start: int, end: int, kind: PartKind, author: str | None = None) -> None:
        """Claims what is still free of `[start, end)`. With an `author`, the stretch is a part of its own."""
        code = _CODE[kind]
        if author is not None:
            self.authors[start] = author
            if start > 0 and self._code_before(start) == code:
                code += 1
        if not any(self.paint[start:end]):
            self.paint[start:end] = bytes([code]) * (end - start)
            return
        for run in re.finditer(rb"\x00+", bytes(self.paint[start:end])):
            self.paint[start + run.start() : start + run.end()] = bytes([code]) * (run.end() - run.start())

    def is_free(self, start: int, end: int) -> bool:
        return not any(self.paint[start:end])

    def free_from(self, position: int) -> int:
        """The first position of the free stretch that ends at `position`."""
        while position > 0 and self.paint[position - 1] == 0:
            position -= 1
        return position

    def kind_before(self, position: int) -> PartKind | None:
        """The kind of the nearest non-blank character before `position`; None where that one is free."""
        while position > 0 and self.text[position - 1].isspace():
            position -= 1
        code = self.paint[position - 1] if position > 0 else 0
        return _KINDS[(code - 1) // 2] if code else None

    def parts(self) -> tuple[Part, ...]:
        """The parts in text order. They cover every character that is not blank and begin and end with one."""
        found: list[tuple[int, int, int]] = []
        for run in _RUN.finditer(bytes(self.paint)):
            code = run.group()[0] or _CODE["body"]
            start, end = self._trim(run.start(), run.end())
            if start == end:
                continue
            if found and found[-1][2] == code:
                found[-1] = (found[-1][0], end, code)
            else:
                found.append((start, end, code))
        return tuple(
            Part(_KINDS[(code - 1) // 2], Span(start, end), self.authors.get(start)) for start, end, code in found
        )

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        piece = self.text[start:end]
        left = len(piece) - len(piece.lstrip())
        return start + left, start + left + len(piece.strip())

    def _code_before(self, start: int) -> int:
        while start > 0 and self.text[start - 1].isspace():
            start -= 1
        return self.paint[start - 1] if start else 0
