"""The countries that a report's groups and forces say it plays in, from `data/places/grounds.yaml`."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from khaldun.annotate.reading.starts import finder
from khaldun.knowledge import load_data

_WEIGHT = 0.5
_FALLING = 0.5  # what each further country of a group weighs beside the one before it


def grounds_told(texts: Iterable[str]) -> Mapping[str, float]:
    """How strongly names in the texts speak for each country (ISO 3166 alpha-2)."""
    named = Counter(match.group() for text in texts for match in _names()(text))
    told: dict[str, float] = defaultdict(float)
    for name, times in sorted(named.items()):
        for n, iso2 in enumerate(_grounds()[name]):
            told[iso2] += _WEIGHT * math.sqrt(times) * _FALLING**n
    return dict(sorted(told.items()))


@cache
def _grounds() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in load_data("places/grounds.yaml")["grounds"]:
        for name in entry["names"]:
            found.setdefault(str(name), tuple(entry["countries"]))
    return found


@cache
def _names() -> Callable[[str], Iterable[re.Match[str]]]:
    names = sorted(_grounds(), key=lambda n: (-len(n), n))
    return finder(re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w])"))
