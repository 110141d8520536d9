"""One way of writing a name, so that two spellings of it can be compared.

A key is for looking up and comparing only; it is never shown, and two equal keys are not yet one actor:
that is a judgement.
"""

from __future__ import annotations

import re
import unicodedata

# Signs for ʿayn and hamza, and every kind of apostrophe, are dropped: Sana'a, Sanaʿa and Sanaa are one
# spelling.
_DROPPED = str.maketrans(dict.fromkeys("'’‘ʼʻʿʾ`´"))
# Only the curly and the straight apostrophe make a possessive; "Derna's" is Derna, "the rebels'" the rebels.
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])(?!\w)")
_NOT_WORD = re.compile(r"[^\w]+")
# "el-Sisi" and "al-Sisi" transliterate one article.
_ARTICLE = re.compile(r"\bel(?= )")


def name_key(text: str) -> str:
    """The name in lower case, without accents, apostrophes, possessive, punctuation or a leading "the".

    `"Abu Muhammad al-Adnani's"` gives `"abu muhammad al adnani"`. Empty where nothing is left.
    """
    plain = _POSSESSIVE.sub("", text).translate(_DROPPED)
    plain = plain.casefold()
    if not plain.isascii():  # most names are, and have no accents to take off
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = _NOT_WORD.sub(" ", plain).strip()
    return _ARTICLE.sub("al", plain).removeprefix("the ")


def is_acronym(text: str) -> bool:
    """True for a short run of capitals, digits aside: "MSC", "YPG", "G7", "U.N."."""
    letters = text.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 8 and letters.isalnum() and letters.isupper()


def acronym_of(short: str, long: str) -> bool:
    """True where the initials of `long`, with or without its small words, spell `short`.

    "MSC" of "Mujahideen Shura Council in Derna": a tail after a preposition may be left out.
    """
    letters = [c for c in short.casefold() if c.isalnum()]
    if len(letters) < 2:
        return False
    words = [w for w in re.split(r"[\s\-/]+", long) if w and w[0].isalnum()]
    large = [w for w in words if w[0].isupper() or w[0].isdigit()]
    return any(_initials_begin(letters, chosen) for chosen in (words, large))


def _initials_begin(letters: list[str], words: list[str]) -> bool:
    initials = [w[0].casefold() for w in words]
    return len(initials) >= len(letters) >= 2 and initials[: len(letters)] == letters
