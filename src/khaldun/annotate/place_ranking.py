"""Which entry of the gazetteer a name stands for.

One name has one meaning throughout a report. Candidates are weighed by what the report says about countries, by
the name that follows ("Paris, Texas"), by the kind word, by population, by how exactly the name fits, and, in a
second round, by how near they lie to places that are already settled.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khaldun.annotate.gazetteer import Entry, Gazetteer
from khaldun.annotate.gazetteer_tables import countries, division_names
from khaldun.annotate.naming import fold
from khaldun.annotate.place_spotting import Spotted

Key = tuple[str, str]
"""A folded name, and the level that its kind word gave."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry and how well it fits, 0 to 1."""

    entry: Entry
    score: float


# Weights, set on half of the development news of the place benchmark and checked on the other half.
_POPULATION, _FIT, _CONTEXT, _CONTAINER, _NEARNESS, _LEVEL = 1.0, 1.0, 1.2, 2.5, 0.8, 1.0
_PRIOR = {"country": 1.6, "continent": 1.4, "region": 1.3, "adm1": 0.75, "sea": 1.3, "river": 1.2}
_NEAR_KM = 150.0
_NAMESAKE_POPULATION = 15_000
_KEPT = 5


def rank(spotted: Sequence[Spotted], gazetteer: Gazetteer) -> Mapping[Key, tuple[Ranked, ...]]:
    """For each name with its level, the candidates, best first; none where the gazetteer has nothing."""
    groups: dict[Key, list[Spotted]] = defaultdict(list)
    for place in spotted:
        if place.people is None:
            groups[key_of(place)].append(place)
    people = Counter(p.people for p in spotted if p.people)
    candidates = {key: _candidates(key, group, gazetteer) for key, group in groups.items()}
    context = _context(groups, candidates, people)
    candidates = {
        key: found or _by_sound(group, gazetteer, context)
        for (key, group), found in zip(groups.items(), candidates.values(), strict=True)
    }
    first = {key: _order(key, groups[key], found, context, []) for key, found in candidates.items()}
    anchors = [r[0].entry for r in first.values() if r and r[0].entry.locus.kind not in ("country", "region")]
    return {key: _order(key, groups[key], found, context, anchors) for key, found in candidates.items()}


def key_of(place: Spotted) -> Key:
    """What the places of one meaning share within a report."""
    return fold(place.name), place.level if place.level in ("adm1", "adm2") else ""


def _candidates(key: Key, group: Sequence[Spotted], gazetteer: Gazetteer) -> tuple[Entry, ...]:
    found = gazetteer.named(group[0].name)
    if key[1] == "adm1":
        divisions = tuple(e for e in found if e.locus.kind in ("adm1", "region", "country"))
        return divisions or found
    return found


def _by_sound(group: Sequence[Spotted], gazetteer: Gazetteer, context: Mapping[str, float]) -> tuple[Entry, ...]:
    near = {iso2 for iso2, weight in context.items() if weight >= 0.1}
    return gazetteer.sounding(group[0].name, near)


def _context(
    groups: Mapping[Key, Sequence[Spotted]], candidates: Mapping[Key, tuple[Entry, ...]], people: Counter[str | None]
) -> dict[str, float]:
    """How much of the report is about each country, 0 to 1: names of countries, demonyms, plain cities."""
    weight: dict[str, float] = defaultdict(float)
    for iso2, times in people.items():
        weight[iso2] += 0.7 * math.sqrt(times)
    for key, group in groups.items():
        for iso2, sure in _plainly_in(candidates[key]).items():
            weight[iso2] += sure * math.sqrt(len(group))
        for place in group:
            if place.container:
                weight_of_container = _plainly_in(_named(candidates, place.container))
                for iso2, sure in weight_of_container.items():
                    weight[iso2] += 0.5 * sure
    total = sum(weight.values())
    return {iso2: value / total for iso2, value in sorted(weight.items())} if total else {}


def _named(candidates: Mapping[Key, tuple[Entry, ...]], name: str) -> tuple[Entry, ...]:
    return candidates.get((fold(name), ""), ())


def _plainly_in(entries: Sequence[Entry]) -> dict[str, float]:
    """The country that candidates point to, where there is little doubt; and how little."""
    known = [e for e in entries if e.locus.country_iso2]
    for entry in known:
        if entry.locus.kind == "country":
            return {str(entry.locus.country_iso2): 1.0}
    shares: Counter[str] = Counter()
    for entry in known:
        shares[str(entry.locus.country_iso2)] += _size(entry) * int(entry.fit * 10)
    total = sum(shares.values())
    return {iso2: 0.6 * share / total for iso2, share in shares.items() if share / total >= 0.5}


def _size(entry: Entry) -> int:
    if entry.locus.kind == "adm1":
        return 300_000
    if entry.id.startswith("khaldun:"):
        return 50_000
    return entry.locus.population or 500


def _order(
    key: Key, group: Sequence[Spotted], entries: Sequence[Entry], context: Mapping[str, float], anchors: Sequence[Entry]
) -> tuple[Ranked, ...]:
    containers = {fold(p.container) for p in group if p.container}
    level = key[1] or next((p.level for p in group if p.level), None)
    scored = [
        Ranked(e, _score(e, level, containers, context, [a for a in anchors if fold(a.locus.name) != key[0]]))
        for e in entries
    ]
    scored = _towns_before_namesakes(scored, level)
    scored.sort(key=lambda r: (-r.score, -(r.entry.locus.population or 0), r.entry.id))
    return tuple(Ranked(r.entry, round(1 / (1 + math.exp(-2 * (r.score - 1.5))), 3)) for r in scored[:_KEPT])


def _score(
    entry: Entry, level: str | None, containers: set[str], context: Mapping[str, float], anchors: Sequence[Entry]
) -> float:
    locus = entry.locus
    score = _POPULATION * min(math.log10(_size(entry) + 1) / 7, 1.0) + _FIT * (entry.fit - 0.5)
    score += _PRIOR.get(locus.kind, 0.0)
    score += _CONTEXT * math.sqrt(context.get(locus.country_iso2 or "", 0.0))
    if containers and containers & _holders(entry):
        score += _CONTAINER
    if level is not None:
        score += _LEVEL * _level_fit(level, locus.kind)
    if anchors and locus.lat is not None and locus.kind not in ("country", "continent"):
        score += _NEARNESS * _nearness(entry, anchors)
    return score


def _level_fit(level: str, kind: str) -> float:
    settled = kind in ("city", "town", "village", "settlement", "neighbourhood", "camp")
    if level == "settlement":
        return 1.0 if settled else -1.0
    if level in ("adm1", "region"):
        return 1.0 if kind in ("adm1", "region") else -0.5
    return 0.0


def _holders(entry: Entry) -> frozenset[str]:
    """The folded names of the country and of the division in which the entry lies."""
    iso2 = entry.locus.country_iso2
    country = countries().get(iso2 or "")
    names = {country.name, *country.aliases} if country else set()
    folded = {fold(n) for n in names}
    return frozenset(folded | {fold(n) for n in division_names().get(entry.division or "", ())})


def _nearness(entry: Entry, anchors: Sequence[Entry]) -> float:
    """1 beside another settled place of the report, falling with the distance to the nearest."""
    distances = [km_between(entry, a) for a in anchors if a.id != entry.id]
    return math.exp(-min(distances) / _NEAR_KM) if distances else 0.0


def km_between(one: Entry, other: Entry) -> float:
    """Kilometres between two entries on a sphere; infinite where one has no point."""
    a, b = one.locus, other.locus
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def _towns_before_namesakes(scored: list[Ranked], level: str | None) -> list[Ranked]:
    """A bare "Aleppo" is the city, not the province of that name round it; "Anbar" has no such city."""
    if level is not None:
        return scored
    towns = {
        r.entry.division for r in scored
        if r.entry.locus.kind in ("city", "town") and (r.entry.locus.population or 0) >= _NAMESAKE_POPULATION
    }  # fmt: skip
    return [
        r if r.entry.locus.kind != "adm1" or r.entry.division not in towns else Ranked(r.entry, r.score - 1.0)
        for r in scored
    ]
