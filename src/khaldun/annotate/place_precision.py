"""How exact a mention of a place is: "near X", "the outskirts of X", "12 km west of X", "between X and Y"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from khaldun.annotate.place_spotting import Spotted
from khaldun.annotate.place_words import PlaceWords, place_words
from khaldun.model import Locus

_KM_OF_A_DEGREE = 111.195
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SPELLED = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
_WINDOW = 14  # tokens looked back for "about 12 kilometres (7 miles) north-west of the town of"


@dataclass(frozen=True, slots=True)
class Widening:
    """What stands before a name: only `near`, or also how far off (km) and where to (degrees from north)."""

    km: float | None = None
    degrees: float | None = None


def widening(place: Spotted) -> Widening | None:
    """The words before the name that make it less than exact; None where there are none."""
    words = place_words()
    lower = [token.lower_ for token in place.passage.doc[max(0, place.first - _WINDOW) : place.first]]
    lower = _without_kind_words(lower, words)
    if len(lower) >= 2 and lower[-1] in ("of", "from"):
        degrees, rest = _direction(lower[:-1], words)
        km = _distance(rest, words)
        if km is not None or (degrees is not None and lower[-1] == "of"):
            return Widening(km, degrees)
    if any(tuple(lower[len(lower) - len(phrase) :]) == phrase for phrase in words.near if len(phrase) <= len(lower)):
        return Widening()
    return Widening() if _near_after(place, words) else None


def _near_after(place: Spotted, words: PlaceWords) -> bool:
    """ "Aleppo's western countryside", "the Hama countryside"."""
    after = [token.lower_ for token in place.passage.doc[place.last : place.last + 3]]
    while after and (after[0] == "'s" or after[0] in words.directions):
        after = after[1:]
    return bool(after) and after[0] in words.near_after


def _without_kind_words(lower: list[str], words: PlaceWords) -> list[str]:
    """Takes "the", "the city of", "the northern town of" off the end."""
    while lower:
        if lower[-1] in ("the", "-") or (lower[-1] in words.kinds and lower[-1] not in ("suburbs",)):
            lower = lower[:-1]
        elif lower[-1] == "of" and len(lower) > 1 and lower[-2] in words.kinds and lower[-2] != "suburbs":
            lower = lower[:-2]
        elif lower[-1].endswith("ern") and len(lower) > 1 and lower[-1] in words.directions:
            lower = lower[:-1]
        else:
            break
    return lower


def _direction(lower: list[str], words: PlaceWords) -> tuple[float | None, list[str]]:
    for size in (3, 1):  # "north - east" as the tokenizer has it, and "northeast"
        word = "".join(lower[len(lower) - size :]) if len(lower) >= size else ""
        if word in words.directions:
            rest = lower[: len(lower) - size]
            return words.directions[word], rest[:-2] if rest[-2:] == ["to", "the"] else rest
    return None, lower


def _distance(lower: list[str], words: PlaceWords) -> float | None:
    """The kilometres that end `lower`: "12 km", "some ten miles", "12 kilometres (7 miles)"."""
    if lower and lower[-1] == ")":
        opening = max((i for i, word in enumerate(lower) if word == "("), default=0)
        lower = lower[:opening]
    if len(lower) < 2 or lower[-1] not in words.units:
        return None
    figure = lower[-3] if lower[-2] == "-" and len(lower) > 2 else lower[-2]
    metres = words.units[lower[-1]]
    if figure in _SPELLED:
        return _SPELLED[figure] * metres / 1000
    return float(figure.replace(",", ".")) * metres / 1000 if _NUMBER.fullmatch(figure) else None


def widen(locus: Locus, by: Widening) -> Locus:
    """The place of a mention near `locus`: moved where distance and direction are told, else only less exact."""
    if locus.precision not in ("exact", "near", "adm2"):
        return locus
    if by.km is None or by.degrees is None or locus.lat is None or locus.lon is None:
        return replace(locus, precision="near")
    angle = math.radians(by.degrees)
    lat = locus.lat + by.km * math.cos(angle) / _KM_OF_A_DEGREE
    lon = locus.lon + by.km * math.sin(angle) / (_KM_OF_A_DEGREE * math.cos(math.radians(locus.lat)))
    return replace(locus, lat=round(lat, 4), lon=round((lon + 180) % 360 - 180, 4), precision="near")


def is_between(first: Spotted, second: Spotted) -> bool:
    """True for the two names of "between X and Y"."""
    doc, words = first.passage.doc, place_words()
    if first.passage is not second.passage or second.first - first.last > 3:
        return False
    lower = [token.lower_ for token in doc[max(0, first.first - 5) : first.first]]
    lower = _without_kind_words(lower, words)
    joined = [token.lower_ for token in doc[first.last : second.first] if token.lower_ != "the"]
    return bool(lower) and lower[-1] in words.between and joined == ["and"]


def middle(one: Locus, other: Locus) -> Locus:
    """`one`, moved half-way to `other`; unmoved where either has no point or both are areas."""
    if one.precision not in ("exact", "near") or other.precision not in ("exact", "near"):
        return one
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return replace(one, precision="near")
    if abs(one.lon - other.lon) > 180:  # across the date line the plain mean lies on the wrong side
        return replace(one, precision="near")
    return replace(
        one, lat=round((one.lat + other.lat) / 2, 4), lon=round((one.lon + other.lon) / 2, 4), precision="near"
    )
