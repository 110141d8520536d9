"""The place that a dateline names is the "here" of what stands below it.

"GAZA CITY (Wire) - Missiles hit a police station *here* on Monday": in Gaza City. Quoted words have their own "here".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token
from khaldun.model import Frame, Mention, Report

_MARKS = '"“”'


def home_of(report: Report, mentions: Sequence[Mention]) -> Mention | None:
    """The first place that the report's dateline names."""
    lines = [part.span for part in report.parts if part.kind == "dateline"]
    if not lines:
        return None
    return next((m for m in mentions if m.kind == "place" and m.form == "name" and m.span.within_any(lines)), None)


def set_here(frames: tuple[Frame, ...], home: Mention | None, fillers: Fillers) -> tuple[Frame, ...]:
    """The frames of a sentence; those that took place "here" have the dateline's place, unless they name their own."""
    if home is None or not frames:
        return frames
    sentence = fillers.passage.tokens(frames[0].trigger)
    words = [t for t in sentence.root.sent if t.lower_ == "here" and not _is_quoted(t)] if sentence is not None else []
    return tuple(_set(frame, words, home, fillers) for frame in frames) if words else frames


def _set(frame: Frame, words: Sequence[Token], home: Mention, fillers: Fillers) -> Frame:
    tokens = fillers.passage.tokens(frame.trigger)
    told = bool(frame.roles.get("place")) and "place" not in frame.inferred
    if tokens is None or told or not any(clause_head(word) == clause_head(tokens.root) for word in words):
        return frame
    return replace(frame, roles={**frame.roles, "place": (home,)}, inferred=frame.inferred - {"place"})


def _is_quoted(word: Token) -> bool:
    before = word.doc[word.sent.start : word.i]
    return sum(t.text in _MARKS for t in before) % 2 == 1
