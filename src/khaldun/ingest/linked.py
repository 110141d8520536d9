"""Headlines of other stories between the paragraphs of a body, each in a line of its own and without a full stop."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.ingest.canvas import Canvas
from khaldun.ingest.cues import Lexicon
from khaldun.model import Span

_FEWEST, _MOST = 4, 16
_ENDED = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_WORD = re.compile(r"[^\W\d_]+")
_LONGER = 4
_BESIDE = ("navigation", "caption", "related_links")


def claim_linked(canvas: Canvas, lines: Sequence[Span], words: Lexicon) -> None:
    """Claims such lines: below a menu entry or a caption ("Read More »"), or with capitals to all their longer words.

    A subheading is claimed with them: it says nothing that the text below it does not.
    """
    text = canvas.text
    prose = [n for n, line in enumerate(lines) if canvas.is_free(line.start, line.end) and _is_prose(line.of(text))]
    if not prose:
        return
    for place in range(prose[0] + 1, prose[-1]):
        line = lines[place]
        words_of_line = line.of(text)
        if not canvas.is_free(line.start, line.end) or _ENDED.search(words_of_line):
            continue
        if not _FEWEST <= len(words_of_line.split()) <= _MOST or not words_of_line[0].isupper():
            continue
        below_entry = canvas.kind_before(lines[place - 1].end) in _BESIDE
        if below_entry or _is_titled(words_of_line, words):
            canvas.claim(line.start, line.end, "related_links")


def _is_prose(line: str) -> bool:
    return len(line.split()) > _MOST or (len(line.split()) >= _FEWEST and line.rstrip("\"'”’)]")[-1:] in ".!?")


def _is_titled(line: str, words: Lexicon) -> bool:
    """True for "Army Retakes Hilltop near Tarsin": of its words only small ones are in lower case."""
    longer = [word for word in _WORD.findall(line) if len(word) >= _LONGER and word not in words.small_words]
    return len(longer) >= _FEWEST - 1 and all(word[0].isupper() for word in longer)
