"""Names of places told in one breath, as an address is: "Tall Asfar (Salamiyah, Hama)", "in Kafra in the Idlib
countryside", "Old Minyat village, Minyat Township, Rakhine State".

What stands in one chain is one whereabouts, told ever more widely. Names joined by "and" are several.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.places.reading import DIRECTIONAL
from khaldun.annotate.words import Doc

_LONGEST_GAP = 12  # tokens between two names of a chain
_LONGEST_UNKNOWN = 5
_LINKS = frozenset(
    ", ( ) - in of at on by near the a an s 's about around some located situated lying just inside outside also "
    "small main local whole rest".split()
)


def chained(doc: Doc, names: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The numbers of `names` (first and last token, last excluded, in text order) in groups told together."""
    groups: list[list[int]] = []
    for n, (first, _) in enumerate(names):
        if groups and linked(doc, names[groups[-1][-1]][1], first):
            groups[-1].append(n)
        else:
            groups.append([n])
    return groups


def linked(doc: Doc, end: int, start: int) -> bool:
    """True where nothing but words of whereabouts stands between a name that ends at `end` and one at `start`."""
    if not 0 <= start - end <= _LONGEST_GAP or (end < len(doc) and doc[end].sent != doc[start].sent):
        return False
    gap = _without_remarks(_without_unknown_names(doc, end, start))
    # ", in the port of Y" goes on with the whereabouts; "X (A), Y" does not
    if ")" in gap and gap[-1] != ")" and not {"in", "of", "near", "at", "("} & set(gap[gap.index(")") :]):
        return False
    return all(word in _link_words() or word[0].isdigit() for word in gap)


def _without_unknown_names(doc: Doc, end: int, start: int) -> list[str]:
    """The gap in lower case, without capitalised words that a bracket or comma parts from the second name: in
    "Oba town in Idemi South LGA (Anambra)" the middle one is a name that the gazetteer lacks."""
    gap = doc[end:start]
    words = [token for token in gap if not (token.text[0].isupper() or token.text == "-")]
    parted = len(gap) > 1 and gap[-1].text in (",", "(")
    return [token.lower_ for token in (words if parted and len(gap) - len(words) <= _LONGEST_UNKNOWN else gap)]


def _without_remarks(gap: list[str]) -> list[str]:
    """Without a bracket that opens and closes: "Sinem village (Kurdish name) of Sason"."""
    while "(" in gap and ")" in gap[gap.index("(") :]:
        opening = gap.index("(")
        gap = gap[:opening] + gap[gap.index(")", opening) + 1 :]
    return gap


@cache
def _link_words() -> frozenset[str]:
    words = place_words()
    near = {word for phrase in words.near for word in phrase}
    return _LINKS | set(words.kinds) | words.directions | DIRECTIONAL | words.units | near | words.near_after
