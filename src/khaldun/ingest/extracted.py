"""What a format gives: a text and what the format itself knows about it."""

from __future__ import annotations

from dataclasses import dataclass

from khaldun.model import Dropped, Part


@dataclass(frozen=True, slots=True)
class Extracted:
    """The visible text of one input, and the format's own metadata.

    `marks` are stretches of `text` whose kind the format shows (a caption, a quoted mail); `weak_marks` hold only where
    the text's own cues say nothing else. `published` is the date as
    the format gives it, unread.
    """

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    marks: tuple[Part, ...] = ()
    weak_marks: tuple[Part, ...] = ()
    dropped: tuple[Dropped, ...] = ()
