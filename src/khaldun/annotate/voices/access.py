"""How the reporter came by somebody's words: he has the document before him, or others pass it on.

"A statement *seen by* the Harbour Post", "a video (*shown below*)": seen. "Told *Reuters*", "*was quoted as saying*",
"a nurse said *that villagers had told her*": relayed. Otherwise the words do not say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from khaldun.knowledge import word_list
from khaldun.model import Attribution, Span, hull

Access = Literal["seen", "relayed"]
_MEDIA = "lexicons/en/media.yaml"
_BEHIND = 70  # characters behind the cue in which the document may be described


def access_of(saying: Attribution, parent: Attribution | None, text: str, sentences: Sequence[Span]) -> Access | None:
    """How the report came by the saying, by its own words; None where they do not tell."""
    own = _around(saying, text, sentences)
    if _seen().search(own):
        return "seen"
    handed_on = parent is not None and parent.speaker is not None and parent.speaker != saying.speaker
    if saying.via or handed_on or _relayed().search(own):
        return "relayed"
    return None


def _around(saying: Attribution, text: str, sentences: Sequence[Span]) -> str:
    """The words of source and cue, and a few behind them, without what is said."""
    whole = hull([*saying.source, *saying.cue])
    home = next((s for s in sentences if s.contains(saying.cue[0]) or s.overlaps(whole)), whole)
    end = min(home.end, whole.end + _BEHIND)
    start = max(home.start, whole.start)
    kept, at = [], start
    for piece in sorted(saying.content):
        if piece.end <= at or piece.start >= end:
            continue
        kept.append(text[at : max(at, piece.start)])
        at = max(at, piece.end)
    return " ".join((*kept, text[at:end] if at < end else ""))


@cache
def _seen() -> re.Pattern[str]:
    return _any_of("seen")


@cache
def _relayed() -> re.Pattern[str]:
    return _any_of("relayed")


def _any_of(name: str) -> re.Pattern[str]:
    words = sorted(word_list(_MEDIA, name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.I)
