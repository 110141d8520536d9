"""How exact a mention of a place is: "near X", "the outskirts of X", "12 km west of X", "a district of X".

The point stays that of the place that is named, as coders of conflict do it; `near` says that the happening was by
it. The words themselves stand in the report for whoever wants to measure on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from khaldun.annotate.places.lexicon import PlaceWords, place_words
from khaldun.annotate.places.looks import Spotted
from khaldun.model import Locus

_WINDOW = 14  # tokens looked back for "about 12 kilometres (7 miles) north-west of the town of"
_SPELLED = frozenset(
    "a one two three four five six seven eight nine ten dozen fifteen twenty thirty forty fifty hundred".split()
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def is_near(place: Spotted) -> bool:
    """True where the words round a name put something by it rather than in it."""
    words = place_words()
    lower = [token.lower_ for token in place.passage.doc[max(0, place.first - _WINDOW) : place.first]]
    if _some_part(lower, words):
        return True
    lower = _without_kind_words(lower, words)
    if _on_a_way(place, lower, words):
        return True
    if len(lower) >= 2 and lower[-1] in ("of", "from"):
        directed, rest = _direction(lower[:-1], words)
        if _distance(rest, words) or (directed and lower[-1] == "of"):
            return True
    if any(size <= len(lower) and tuple(lower[-size:]) in phrases for size, phrases in _near_by_size().items()):
        return True
    return _near_after(place, words)


def _on_a_way(place: Spotted, lower: list[str], words: PlaceWords) -> bool:
    """ "the *Kaduna*-*Abuja* road", "the road from *Gao* to *Ansongo*"."""
    after = [token.lower_ for token in place.passage.doc[place.last : place.last + 5]]
    if after[:1] == ["-"] or lower[-1:] == ["-"] or place.passage.doc[place.first - 1].text == "-":
        return any(word in words.ways for word in after)
    return len(lower) > 1 and lower[-1] in ("from", "to", "between") and lower[-2] in words.ways


@cache
def _near_by_size() -> Mapping[int, frozenset[tuple[str, ...]]]:
    """The phrases that put something by a place, by how many words they have."""
    near = place_words().near
    return {size: frozenset(p for p in near if len(p) == size) for size in sorted(set(map(len, near)))}


def _some_part(lower: list[str], words: PlaceWords) -> bool:
    """ "a northern district of X", "two quarters of X": a part that is not named."""
    if len(lower) < 3 or lower[-1] != "of" or lower[-2].removesuffix("s") not in words.parts:
        return False
    before = [word for word in lower[:-2] if word not in words.directions and word != "-"]
    return lower[-2].endswith("s") or before[-1:] in (["a"], ["an"], ["one"], ["another"])


def _near_after(place: Spotted, words: PlaceWords) -> bool:
    """ "Aleppo's western countryside", "the Hama countryside", "Mosul's northern districts"."""
    after = [token.lower_ for token in place.passage.doc[place.last : place.last + 8]]
    if _lies_outside(after, words):
        return True
    owns = after[:1] in (["'s"], ["'"])
    while after and (after[0] in ("'s", "'", "-") or after[0] in words.directions):
        after = after[1:]
    if not after:
        return False
    return after[0] in words.near_after or (owns and after[0].endswith("s") and after[0][:-1] in words.parts)


def _lies_outside(after: list[str], words: PlaceWords) -> bool:
    """ "Fatayih, on the eastern outskirts of Derna": an area by a town, whatever the point of the gazetteer."""
    rest = [word for word in after if word not in words.directions and word not in (",", "on", "the", "-")]
    led = after[:1] == [","] and "on" in after[1:2]
    return led and rest[:1] != [] and rest[0] in words.near_after and rest[1:2] == ["of"]


def _without_kind_words(lower: list[str], words: PlaceWords) -> list[str]:
    """Takes "the", "the city of", "the northern town of" off the end."""
    while lower:
        if lower[-1] in ("the", "-") or (lower[-1] in words.kinds and lower[-1] not in ("suburbs",)):
            lower = lower[:-1]
        elif lower[-1] == "of" and len(lower) > 1 and lower[-2] in words.kinds and lower[-2] != "suburbs":
            lower = lower[:-2]
        elif lower[-1] in words.demonyms:  # "on the outskirts of the northern *Malian* town of Ber"
            lower = lower[:-1]
        elif lower[-1].endswith("ern") and len(lower) > 1 and lower[-1] in words.directions:
            lower = lower[:-1]
        else:
            break
    return lower


def _direction(lower: list[str], words: PlaceWords) -> tuple[bool, list[str]]:
    """Whether `lower` ends with a direction, and what stands before it; "north-east" is three tokens."""
    for size in (3, 1):
        word = "".join(lower[len(lower) - size :]) if len(lower) >= size else ""
        if word in words.directions:
            rest = lower[: len(lower) - size]
            return True, rest[:-2] if rest[-2:] == ["to", "the"] else rest
    return False, lower


def _distance(lower: list[str], words: PlaceWords) -> bool:
    """True where a measure ends `lower`: "12 km", "some ten miles", "12 kilometres (7 miles)"."""
    if lower and lower[-1] == ")":
        opening = max((i for i, word in enumerate(lower) if word == "("), default=0)
        lower = lower[:opening]
    if len(lower) < 2 or lower[-1] not in words.units:
        return False
    figure = lower[-3] if lower[-2] == "-" and len(lower) > 2 else lower[-2]
    return figure in _SPELLED or _NUMBER.fullmatch(figure) is not None


def beside(locus: Locus) -> Locus:
    """The place as a mention near it has it; of areas nothing is near."""
    return replace(locus, precision="near") if locus.precision in ("exact", "near", "adm2") else locus


def is_between(first: Spotted, second: Spotted) -> bool:
    """True for the two names of "between X and Y"."""
    doc, words = first.passage.doc, place_words()
    if first.passage is not second.passage or second.first - first.last > 3:
        return False
    lower = [token.lower_ for token in doc[max(0, first.first - 5) : first.first]]
    lower = _without_kind_words(lower, words)
    joined = [token.lower_ for token in doc[first.last : second.first] if token.lower_ != "the"]
    return bool(lower) and lower[-1] in words.between and joined == ["and"]
