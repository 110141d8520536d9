"""Names as printed, folded so that one name's spellings meet: case, accents, hyphens, articles, lost apostrophes.

"Al-Qa'ida", "al Qaida" and (where a feed has stripped its apostrophes) "Al-Qaidas" fold to the same words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The Arabic article, assimilated or not ("ash-Sham"), the English ones, and "the so-called".
ARTICLES = frozenset({"the", "a", "an", "al", "el", "ul", "as", "ash", "ad", "ar", "at", "az", "so-called"})
ENGLISH_ARTICLES = frozenset({"the", "a", "an"})
# Words that join the parts of a person's name and are never a name by themselves.
PARTICLES = frozenset(
    "al el ul ad ash as ar an at az bin ibn ben bint abu abou abul abd abdel abdul umm "
    "von van der de la del da do dos".split()
)

_WORD = re.compile(r"\w+(?:['’`]\w+)*")
_WORD_OR_INITIALS = re.compile(r"(?:[A-Z]\.){2,}|" + _WORD.pattern)
_POSSESSIVE = re.compile(r"['’]s$|['’]$")


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word without case, accents, apostrophes and possessive."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"['’`‘.]", "", plain)


@lru_cache(maxsize=65536)
def fold_name(name: str) -> tuple[str, ...]:
    """The words of a name without articles; with them when nothing else is left ("The The")."""
    words = tuple(fold_word(w) for w in _WORD.findall(_join_initials(name)))
    kept = tuple(w for w in words if w and w not in ARTICLES)
    return kept or words


@lru_cache(maxsize=64)  # of each passage it is asked twice
def words_of(text: str) -> tuple[tuple[int, int, str], ...]:
    """The words of a text with where they stand: (start, end, folded). Initials ("U.S.") are one word."""
    return tuple([(*m.span(), fold_word(m.group())) for m in _WORD_OR_INITIALS.finditer(text)])


def initials(words: tuple[str, ...] | list[str]) -> str:
    """The acronym that the words of a name would give, small words left out."""
    return "".join(w[0] for w in words if w not in _SMALL).upper()


def is_acronym(text: str) -> bool:
    """True for "SDF", "U.N.", "M23", "ISIS": two to seven characters, capitals and digits."""
    plain = text.replace(".", "")
    return (
        2 <= len(plain) <= 7 and plain.isalnum() and plain.upper() == plain and sum(c.isalpha() for c in plain) >= 2
    ) or (2 <= len(plain) <= 4 and plain.isalnum() and plain[0].isupper() and plain[1:].isdigit())


@lru_cache(maxsize=16)  # of one passage it is asked several times
def is_shouting(text: str) -> bool:
    """True where a text is in capitals throughout, so that capitals tell no names."""
    if 10 * sum(map(text.count, "aeinorst")) > len(text):  # most are told by these, at a tenth of the cost
        return False
    letters = [*filter(str.isalpha, text)]
    return len(letters) > 20 and sum(map(str.isupper, letters)) > 0.9 * len(letters)


def bare(text: str) -> str:
    """A phrase without its leading English article."""
    first, _, rest = text.partition(" ")
    return rest.lstrip() if rest and first.casefold() in ENGLISH_ARTICLES else text


def _join_initials(name: str) -> str:
    return re.sub(r"\b((?:[A-Z]\.){2,})", lambda m: m.group(1).replace(".", "") + " ", name)


_SMALL = frozenset({"of", "the", "and", "for", "in", "to", "de", "la", "al", "el", "on"})
