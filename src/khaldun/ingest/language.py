"""Which language a report is in. Only English is read; other languages are kept and marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from khaldun.model import READ_PARTS, Part

_SAMPLE = 4_000
_FEWEST_WORDS = 8
# A language other than English must be this sure of itself; names alone (Arabic, Turkish) are not enough.
_SURE = 0.85
# Words of English that neighbouring languages lack ("in", "was", "a" and "on" are Dutch, German or French as well).
# Of 4,760 English reports of seven collections one in two hundred has a smaller share of them, and is then judged by
# the detector; sentences of other languages have nearly none.
_ENGLISH = frozenset(
    "the of and to that for with by as at from were it has have been had be said which are this their they after "
    "its will than would could about into when".split()
)
_ENGLISH_SHARE = 0.12
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "he": "Hebrew", "it": "Italian", "nl": "Dutch", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish",
    "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def find_language(text: str, parts: Sequence[Part]) -> str:
    """The ISO 639-1 code of the language of the parts that are read; "en" for short texts that do not say."""
    words = _WORD.findall(_sample(text, parts))
    lower = [word.lower() for word in words]
    if len(words) < _FEWEST_WORDS and all(word.isascii() for word in words):
        return "en"
    if lower and sum(map(_ENGLISH.__contains__, lower)) / len(lower) >= _ENGLISH_SHARE:
        return "en"
    best = _detector().compute_language_confidence_values(" ".join(words))[0]
    code = str(best.language.iso_code_639_1.name).lower()
    return code if best.value >= _SURE else "en"


def unread_reason(language: str) -> str | None:
    """Why a report in `language` is kept but not read, in prose; None for English."""
    if language == "en":
        return None
    return f"text is {_NAMES.get(language, language)} ({language}); only English is read"


def _sample(text: str, parts: Sequence[Part]) -> str:
    pieces: list[str] = []
    length = 0
    for part in parts:
        if part.kind in READ_PARTS and length < _SAMPLE:
            piece = text[part.span.start : min(part.span.end, part.span.start + _SAMPLE - length)]
            pieces.append(piece)
            length += len(piece)
    return " ".join(pieces)


@cache
def _detector() -> Any:
    # Loaded at the first text that is not plainly English: it takes two seconds and 200 MB.
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in sorted(_NAMES)]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
