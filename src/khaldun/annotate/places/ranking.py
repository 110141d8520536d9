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
from functools import lru_cache

from khaldun.annotate.places.looks import Spotted
from khaldun.annotate.places.twins import meant_by
from khaldun.annotate.tables.gazetteer import Entry, Gazetteer
from khaldun.annotate.tables.gazetteer_tables import countries, division_names
from khaldun.annotate.tables.naming import fold, skeleton
from khaldun.copies import quickly_made, replace
from khaldun.model import Locus

Key = tuple[str, str]
"""A folded name, and the level that its kind word gave ("adm1", "adm2") or nothing."""

_PEOPLE: Key = ("", "people")  # what demonyms, and the areas told with names, say about countries


@quickly_made
@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry and how well it fits, 0 to 1."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for one candidate of a name rather than another.

    `context` is the share of each country in the rest of the report, `own` the country that the name alone points
    to, `containers` the folded names told with it, `anchors` the places settled in the first round.
    """

    name: str
    level: str | None
    containers: frozenset[str]
    context: Mapping[str, float]
    own: frozenset[str]
    anchors: tuple[Entry, ...] = ()

    def sounds_like(self, other: str) -> bool:
        return skeleton(self.name) == skeleton(fold(other))


# Weights, set on half of the development news of the place benchmark and checked on the other half.
_POPULATION, _FIT, _CONTEXT, _CONTAINER, _NEARNESS, _LEVEL = 1.0, 1.0, 1.2, 2.5, 0.8, 1.0
_PRIOR = {"country": 1.6, "continent": 1.4, "union": 1.4, "region": 1.3, "adm1": 0.75, "sea": 1.3, "river": 1.2}
_NEAR_KM = 150.0
_TOWN, _NAMESAKE_POPULATION, _SMALL, _KNOWN, _BIG, _GREAT_CITY = 5_000, 15_000, 20_000, 40_000, 100_000, 400_000
# A first-level division and a town of our own table, weighed against the populations of cities.
_SIZES = {
    "country": 50_000_000, "continent": 50_000_000, "union": 50_000_000, "adm1": 300_000, "region": 2_000_000,
    "sea": 2_000_000, "river": 2_000_000, "desert": 1_000_000, "peninsula": 1_000_000,
}  # fmt: skip
_OWN_SIZE, _UNKNOWN_SIZE = 50_000, 500
_SETTLED = frozenset({"city", "town", "village", "settlement", "neighbourhood", "camp", "oasis", "port"})
_CAPITAL, _UNUSUAL, _NAMESAKE = 0.6, 0.4, 1.5
_LONG_ENOUGH = 4  # letters of a name that is compared by sound
_OTHER_NAME = 0.9  # the fit of names that GeoNames lists beside an entry's own
_OWN_NAME, _LEAST, _TIMES = 0.95, 1_000, 3
_KEPT = 5
_SOUND_SHARE = 0.1  # share of a report that a country must have before names are sought by their sound in it


def rank(
    spotted: Sequence[Spotted], gazetteer: Gazetteer, grounds: Mapping[str, float] | None = None
) -> Mapping[Key, tuple[Ranked, ...]]:
    """For each name with its level, the candidates, best first; none where the gazetteer has nothing.

    `grounds` are the countries that the report speaks of by other names than those of places, and how strongly.
    """
    groups: dict[Key, list[Spotted]] = defaultdict(list)
    for place in spotted:
        if place.people is None:
            groups[key_of(place)].append(place)
    entries = {key: _candidates(key, group, gazetteer) for key, group in groups.items()}
    twins = meant_by({key[0]: found for key, found in entries.items() if key[1] != "adm1"}, gazetteer)
    entries |= {key: twins[key[0]] for key in entries if key[0] in twins and key[1] != "adm1"}
    told = _told_countries(groups, entries, spotted, gazetteer)
    for iso2, weight in (grounds or {}).items():
        told[_PEOPLE][iso2] += weight
    near = sorted(iso2 for iso2, share in _shares(told, None).items() if share >= _SOUND_SHARE)
    for key, group in groups.items():
        entries[key] = entries[key] or gazetteer.sounding(group[0].name, near)
    evidence = {
        key: _evidence(key, group, _shares(told, key), entries[key], gazetteer) for key, group in groups.items()
    }
    first = {key: _order(found, evidence[key]) for key, found in entries.items()}
    anchors = [(key, found[0].entry) for key, found in first.items() if found and is_anchor(found[0].entry)]
    others = {key: tuple(a for k, a in anchors if k[0] != key[0]) for key in groups}
    return {
        key: _order(found, replace(evidence[key], anchors=others[key])) if found and others[key] else first[key]
        for key, found in entries.items()
    }


def one_sense(ranked: Mapping[Key, tuple[Ranked, ...]]) -> dict[Key, tuple[Ranked, ...]]:
    """The same with one meaning for what sounds the same: "Mezze" is what "Mezzeh" is, and "Raqa" what "Raqqa" is."""
    result = dict(ranked)
    best: dict[Key, tuple[Ranked, ...]] = {}
    for key, found in ranked.items():
        sound = (skeleton(key[0]), key[1])
        if found and (sound not in best or found[0].score > best[sound][0].score):
            best[sound] = found
    for key, found in ranked.items():
        same = best.get((skeleton(key[0]), key[1]), ())
        if len(key[0]) >= _LONG_ENOUGH and same and same != found and not _two_places(found, same):
            result[key] = same
    return result


def _two_places(found: Sequence[Ranked], same: Sequence[Ranked]) -> bool:
    """Both are towns of that very spelling: two places whose names happen to sound alike."""
    return bool(found) and all(
        e.fit >= 1.0 and (e.locus.population or 0) >= _TOWN for e in (found[0].entry, same[0].entry)
    )


def key_of(place: Spotted) -> Key:
    """What the mentions of one meaning share within a report."""
    return fold(place.name), place.level if place.level in ("adm1", "adm2") else ""


def _candidates(key: Key, group: Sequence[Spotted], gazetteer: Gazetteer) -> tuple[Entry, ...]:
    found = gazetteer.named(group[0].name)
    if key[1] == "adm1":
        return tuple(e for e in found if e.locus.kind in ("adm1", "region", "country")) or found
    return found


def _evidence(
    key: Key,
    group: Sequence[Spotted],
    context: Mapping[str, float],
    entries: Sequence[Entry],
    gazetteer: Gazetteer,
) -> _Evidence:
    level = key[1] or next((p.level for p in group if p.level in ("settlement", "region")), None)
    return _Evidence(
        key[0],
        level,
        frozenset(holder for p in group for name in p.containers for holder in _told_holders(name, gazetteer)),
        context,
        frozenset(_plainly_in(entries, _TOWN)),
    )


def _told_holders(name: str, gazetteer: Gazetteer) -> set[str]:
    """The folded name, and of a region the country it lies in ("Erbil, Kurdistan Region"); none of a region that
    lies in several countries ("Sinjar, Kurdistan"): it rules no town out."""
    regions = [e.locus for e in gazetteer.named(name) if e.locus.kind == "region" and e.fit >= _OTHER_NAME]
    if any(region.country_iso2 is None for region in regions):
        return set()
    held = (countries().get(region.country_iso2 or "") for region in regions)
    return {fold(name), *(fold(country.name) for country in held if country)}


def is_anchor(entry: Entry) -> bool:
    """True for what other places can be told by: settlements and first-level divisions."""
    return entry.locus.kind in _SETTLED or entry.locus.kind == "adm1"


# ------------------------------------------------------------------------------------------------ countries


def _told_countries(
    groups: Mapping[Key, Sequence[Spotted]],
    entries: Mapping[Key, tuple[Entry, ...]],
    spotted: Sequence[Spotted],
    gazetteer: Gazetteer,
) -> dict[Key, dict[str, float]]:
    """What each name says about countries: its own, its demonyms, cities that are plainly in it."""
    told: dict[Key, dict[str, float]] = {_PEOPLE: defaultdict(float)}
    people = Counter(p.people for p in spotted if p.people and p.people.startswith("country:"))
    for role, times in people.items():
        told[_PEOPLE][role.removeprefix("country:")] += 0.7 * math.sqrt(times)
    for key, group in groups.items():
        told[key] = {iso2: sure * math.sqrt(len(group)) for iso2, sure in _plainly_in(entries[key]).items()}
        for holder in sorted({name for place in group for name in place.containers}):
            for iso2, sure in _plainly_in(gazetteer.named(holder)).items():
                told[_PEOPLE][iso2] += 0.5 * sure
    return told


def _shares(told: Mapping[Key, Mapping[str, float]], but: Key | None) -> dict[str, float]:
    """How much of the report is about each country, 0 to 1, leaving out what the name `but` itself would say."""
    weight: dict[str, float] = defaultdict(float)
    for key, says in told.items():
        if key != but:
            for iso2, value in says.items():
                weight[iso2] += value
    total = sum(weight.values())
    return {iso2: value / total for iso2, value in sorted(weight.items())} if total else {}


def _plainly_in(entries: Sequence[Entry], least: int = _SMALL) -> dict[str, float]:
    """The country that candidates point to where there is little doubt; and how little.

    Places of fewer than `least` people tell nothing: each would speak for its own country.
    """
    shares: Counter[str] = Counter()
    for entry in (e for e in entries if e.fit >= 0.8 and _size(e) >= least):
        iso2 = entry.locus.country_iso2
        if iso2 and entry.locus.kind == "country":
            return {iso2: 1.0}
        if iso2:
            shares[iso2] += _size(entry) * int(entry.fit * 10)
    total = sum(shares.values())
    return {iso2: 0.6 * share / total for iso2, share in shares.items() if share / total >= 0.5}


# ------------------------------------------------------------------------------------------------ weighing


def _order(entries: Sequence[Entry], evidence: _Evidence) -> tuple[Ranked, ...]:
    division_too = any(e.locus.kind == "adm1" and e.fit >= 0.9 for e in entries)
    meant = [e for e in entries if _plausible(e, evidence)] or _outstanding(entries, evidence)
    meant = _without_hamlets(meant, evidence)
    scored = [Ranked(e, _score(e, evidence, division_too)) for e in meant]
    scored = _towns_before_namesakes(scored, evidence)
    scored.sort(key=lambda r: (-r.score, -(r.entry.locus.population or 0), r.entry.id))
    return tuple(Ranked(r.entry, _squeeze(r.score)) for r in scored[:_KEPT])


def _without_hamlets(entries: list[Entry], evidence: _Evidence) -> list[Entry]:
    """ "*Kabul*, not far from the US embassy": a great city of that very name is no hamlet of a country spoken of."""
    if evidence.level is not None or evidence.containers:
        return entries
    great = any(e.fit >= 1.0 and e.locus.kind == "city" and _size(e) >= _GREAT_CITY for e in entries)
    return [e for e in entries if _size(e) >= _SMALL] if great else entries


def _squeeze(score: float) -> float:
    return round(1 / (1 + math.exp(-2 * (score - 1.5))), 3)


def _score(entry: Entry, evidence: _Evidence, division_too: bool) -> float:
    locus = entry.locus
    score = _POPULATION * min(math.log10(_size(entry) + 1) / 7, 1.0) + _FIT * (entry.fit - 0.5)
    if _size(entry) < _KNOWN and entry.fit == _OTHER_NAME and not evidence.sounds_like(locus.name):
        score -= _UNUSUAL
    score += _PRIOR.get(locus.kind, 0.0) if locus.lat is not None else 0.0
    if locus.kind == "city" and fold(locus.name) in _capital_of(locus.country_iso2):
        score += _CAPITAL
    score += _CONTEXT * math.sqrt(evidence.context.get(locus.country_iso2 or "", 0.0))
    # In "Ohio, Texas and Utah" no Ohio of Texas is meant: there what follows a division's name is the next of a list.
    if evidence.containers & _holders(locus.country_iso2, entry.division) and not (
        division_too and _size(entry) < _SMALL
    ):
        score += _CONTAINER if locus.kind != "country" else 0.0
    if evidence.level is not None:
        score += _LEVEL * _level_fit(evidence.level, locus.kind)
    if evidence.anchors and is_anchor(entry):
        score += _NEARNESS * _nearness(entry, evidence.anchors)
    return score


def _plausible(entry: Entry, evidence: _Evidence) -> bool:
    """False for small places of countries that the report does not speak of: most likely a namesake is meant that
    the gazetteer lacks. "Banga (Berberati)" is no town of the Philippines."""
    locus = entry.locus
    if locus.kind in _SIZES or locus.country_iso2 is None:
        return True
    if evidence.containers:
        if evidence.containers & _holders(locus.country_iso2, entry.division):
            return True
        if _size(entry) < _SMALL or entry.fit < 0.95:
            return False
    if evidence.context.get(locus.country_iso2, 0.0) > 0:
        return True
    if not evidence.context and locus.country_iso2 in evidence.own and entry.fit >= 0.8:
        return True
    if not evidence.context and entry.id.startswith("khaldun:") and entry.fit >= _OWN_NAME:
        return True  # our own table lists what reports of conflict name, and no hamlets
    if _next_door(entry, evidence):
        return True
    if evidence.level == "adm2" and evidence.context:
        return False  # "*Kani township*" in a report on Myanmar is no city of Japan
    return _size(entry) >= (_BIG if entry.fit >= 0.95 else _GREAT_CITY)


def _next_door(entry: Entry, evidence: _Evidence) -> bool:
    """ "Russian forces took *Bakhmut*": a town so named in a neighbour of a country spoken of."""
    iso2 = entry.locus.country_iso2 or ""
    if entry.fit < _OTHER_NAME or _size(entry) < _NAMESAKE_POPULATION or iso2 not in evidence.own:
        return False
    country = countries().get(iso2)
    return country is not None and any(evidence.context.get(each, 0.0) > 0 for each in country.neighbours)


def _outstanding(entries: Sequence[Entry], evidence: _Evidence) -> list[Entry]:
    """Where a report speaks of no country, the town of that very name beside which its namesakes are hamlets; where it
    speaks of others ("*Rwandan* troops drove the rebels out of Bria"), only a town of some size."""
    if evidence.containers or (evidence.level == "adm2" and evidence.context):
        return []
    least = _NAMESAKE_POPULATION if evidence.context else _LEAST
    own = [e for e in entries if e.fit >= _OWN_NAME and e.locus.kind in _SETTLED]
    own.sort(key=lambda e: (-_size(e), e.id))
    rest = max((_size(e) for e in own if e.locus.country_iso2 != own[0].locus.country_iso2), default=0)
    return own[:1] if own and _size(own[0]) >= max(least, _TIMES * rest) else []


def _size(entry: Entry) -> int:
    by_kind = _SIZES.get(entry.locus.kind)
    if by_kind is not None:
        return by_kind
    return _OWN_SIZE if entry.id.startswith("khaldun:") else entry.locus.population or _UNKNOWN_SIZE


def _level_fit(level: str, kind: str) -> float:
    if level == "settlement":
        return 1.0 if kind in _SETTLED else -1.0
    if level in ("adm1", "region"):
        return 1.0 if kind in ("adm1", "region") else -0.5
    return 0.0


@lru_cache(maxsize=300)
def _capital_of(iso2: str | None) -> frozenset[str]:
    """The folded name of a country's capital, with and without what stands after a comma."""
    country = countries().get(iso2 or "")
    return frozenset((fold(country.capital), fold(country.capital.split(",")[0]))) if country else frozenset()


@lru_cache(maxsize=5_000)
def _holders(iso2: str | None, division: str | None) -> frozenset[str]:
    """The folded names of a country and of a division."""
    country = countries().get(iso2 or "")
    names = [country.name, *country.aliases] if country else []
    return frozenset(fold(name) for name in [*names, *division_names().get(division or "", ())])


def _nearness(entry: Entry, anchors: Sequence[Entry]) -> float:
    """1 beside another settled place of the report, falling with the distance to the nearest."""
    distances = [km_between(entry.locus, a.locus) for a in anchors if a.id != entry.id]
    return math.exp(-min(distances) / _NEAR_KM) if distances else 0.0


def km_between(a: Locus, b: Locus) -> float:
    """Kilometres between two places on a sphere; infinite where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def _towns_before_namesakes(scored: list[Ranked], evidence: _Evidence) -> list[Ranked]:
    """A bare "Aleppo" is the city, not the province of that name round it, and a bare "Washington" the capital.

    Nor is a bare "La Paz" a department of a country that the report does not speak of.
    """
    if evidence.level is not None:
        return scored
    cities = [r.entry for r in scored if r.entry.locus.kind in ("city", "town") and r.entry.fit >= 0.8]
    around = {e.division for e in cities if (e.locus.population or 0) >= _NAMESAKE_POPULATION}
    great = {e.locus.country_iso2 for e in cities if (e.locus.population or 0) >= _GREAT_CITY}

    def outshone(entry: Entry) -> bool:
        country = entry.locus.country_iso2
        spoken_of = evidence.context.get(country or "", 0.0) > 0
        return entry.locus.kind == "adm1" and (
            entry.division in around or country in great or (bool(great) and not spoken_of)
        )

    return [replace(r, score=r.score - _NAMESAKE) if outshone(r.entry) else r for r in scored]
