"""Names of places told in one breath, as an address is: "Tall Asfar (Salamiyah, Hama)", "in Kafra in the Idlib
countryside", "Old Minyat village, Minyat Township, Rakhine State".

What stands in one chain is one whereabouts, told ever more widely. Names joined by "and" are several.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc

from khaldun.annotate.place_reading import DIRECTIONAL
from khaldun.annotate.place_words import place_words

_LONGEST_GAP = 12  # tokens between two names of a chain
_LINKS = frozenset(
    ", ( ) - in of at on by near the a an s 's about around some located situated lying just inside outside also "
    "small main local whole rest".split()
)


def chained(doc: Doc, names: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The numbers of `names` (first and last token, last excluded, in text order) in groups told together."""
    groups: list[list[int]] = []
    for n, (first, _) in enumerate(names):
        if groups and _linked(doc, names[groups[-1][-1]][1], first):
            groups[-1].append(n)
        else:
            groups.append([n])
    return groups


def _linked(doc: Doc, end: int, start: int) -> bool:
    if not 0 <= start - end <= _LONGEST_GAP or (end < len(doc) and doc[end].sent != doc[start].sent):
        return False
    gap = [token.lower_ for token in doc[end:start]]
    # ", in the port of Y" goes on with the whereabouts; "X (A), Y" does not
    if ")" in gap and gap[-1] != ")" and not {"in", "of", "near", "at", "("} & set(gap[gap.index(")") :]):
        return False
    return all(word in _link_words() or word[0].isdigit() for word in gap)


@cache
def _link_words() -> frozenset[str]:
    words = place_words()
    near = {word for phrase in words.near for word in phrase}
    return _LINKS | set(words.kinds) | words.directions | DIRECTIONAL | words.units | near | words.near_after
