"""What an address tells of the names in it: "Kompia (Pama, Est)", "Yae Lin village, Myebon Township, Rakhine State".

The wider areas told with a name settle which of its namesakes is meant, and where it lies when the gazetteer lacks
it: then at the point of the smallest area told that is known, which is said of the place and never taken for its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from khaldun.annotate.places.chains import chained
from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.places.looks import Spotted
from khaldun.annotate.places.ranking import Key, Ranked, is_anchor, key_of, km_between
from khaldun.annotate.tables.gazetteer import Entry, Gazetteer
from khaldun.model import Locus, PlacePrecision

# Farther than this from a district's seat, or from the middle of a first-level division, is another place.
_FAR_KM, _FAR_KM_OF_DIVISION = 120, 350
_BIG = 100_000
_BY = frozenset("near outside km kms kilometres kilometers miles from north south east west".split())


@dataclass(frozen=True, slots=True)
class Address:
    """The names told after a name, from near to far, and before it; `link` is what stands before the first."""

    wider: tuple[Spotted, ...]
    before: tuple[Spotted, ...]
    link: frozenset[str]


def addresses(spotted: Sequence[Spotted]) -> dict[int, Address]:
    """The address of each name that is told in one breath with others, by its number in `spotted`."""
    found: dict[int, Address] = {}
    numbered = [(n, place) for n, place in enumerate(spotted) if place.people is None]
    for _, members in groupby(numbered, key=lambda item: id(item[1].passage)):
        group = list(members)
        for chain in chained(group[0][1].passage.doc, [(p.first, p.last) for _, p in group]):
            if len(chain) > 1 and not _is_list([group[i][1] for i in chain]):
                found |= dict(_in_chain([group[i] for i in chain]))
    return found


def _in_chain(chain: Sequence[tuple[int, Spotted]]) -> Iterable[tuple[int, Address]]:
    for at, (n, place) in enumerate(chain):
        wider = tuple(p for _, p in chain[at + 1 :])
        doc = place.passage.doc
        link = frozenset(token.lower_ for token in doc[place.last : wider[0].first]) if wider else frozenset()
        yield n, Address(wider, tuple(p for _, p in chain[:at]), link)


def _is_list(chain: Sequence[Spotted]) -> bool:
    """ "in Derna, Sirte and Brak" is several places; "in Kompia, Est, and fled" is one."""
    doc, last = chain[0].passage.doc, chain[-1].last
    gaps = {token.lower_ for a, b in pairwise(chain) for token in doc[a.last : b.first]}
    follows = doc[last].lower_ if last < len(doc) else ""
    return gaps == {","} and follows in ("and", "or", "&") and last + 1 < len(doc) and doc[last + 1].text[0].isupper()


# ------------------------------------------------------------------------------------------------ which is meant


def keep_to_addresses(
    spotted: Sequence[Spotted],
    told: Mapping[int, Address],
    ranked: Mapping[Key, tuple[Ranked, ...]],
    gazetteer: Gazetteer,
    held: Collection[int],
) -> dict[Key, tuple[Ranked, ...]]:
    """The candidates of each name, without those that lie outside of the areas told with it.

    A name in `held` that has none left is no namesake elsewhere: what holds it has ruled these out.
    """
    result = dict(ranked)
    for n in sorted(told, reverse=True):  # the wider area first: it settles the next
        key, areas = key_of(spotted[n]), _areas(told[n], result)
        found = result.get(key, ())
        if not areas or (_is_wide(found[0].entry) if found else n in held):
            continue
        if found and (_lies_in(found[0].entry, areas) or _is_great(found[0].entry, areas)):
            continue
        inside = [r for r in found if _lies_in(r.entry, areas)]
        result[key] = tuple(inside) or _namesakes(spotted[n], areas, gazetteer)
    return result


def _areas(address: Address, ranked: Mapping[Key, tuple[Ranked, ...]]) -> list[Entry]:
    """The entries of the areas that a name is told to lie in: divisions and countries, else towns in brackets."""
    if address.link & _BY:
        return []
    tops = [found[0].entry for place in address.wider if (found := ranked.get(key_of(place), ()))]
    return [e for e in tops if _is_wide(e)] or [e for e in tops if is_anchor(e) and "(" in address.link]


def _is_wide(entry: Entry) -> bool:
    return entry.locus.kind in ("country", "adm1")


def _lies_in(entry: Entry, areas: Sequence[Entry]) -> bool:
    return all(_within(entry, area) for area in areas)


def _within(entry: Entry, area: Entry) -> bool:
    if area.id == entry.id or entry.locus.kind in ("region", "mountains", "river"):
        return True
    if area.locus.country_iso2 != entry.locus.country_iso2:
        return False
    if area.locus.kind == "country":
        return True
    if area.locus.kind == "adm1":
        km = km_between(entry.locus, area.locus)
        if entry.division is None or area.division is None:  # of our own tables
            return km <= _FAR_KM_OF_DIVISION
        return entry.division == area.division or km <= _FAR_KM
    return km_between(entry.locus, area.locus) <= _FAR_KM


def _is_great(entry: Entry, areas: Sequence[Entry]) -> bool:
    """A city of the same country keeps its place against a small one told beside it."""
    great = (entry.locus.population or 0) >= _BIG
    return great and not any(_is_wide(a) for a in areas)


def _namesakes(name: Spotted, areas: Sequence[Entry], gazetteer: Gazetteer) -> tuple[Ranked, ...]:
    countries = sorted({a.locus.country_iso2 for a in areas if a.locus.country_iso2})
    entries = [*gazetteer.named(name.name), *gazetteer.sounding(name.name, countries)]
    near = {e.id: e for e in reversed(entries) if _lies_in(e, areas) and e.locus.kind != "country"}
    ordered = sorted(near.values(), key=lambda e: (-e.fit, -(e.locus.population or 0), e.id))
    return tuple(Ranked(e, round(e.fit / 2, 3)) for e in ordered[:5])


# ------------------------------------------------------------------------------------------------ where it lies


def told_locus(name: Spotted, address: Address, ranked: Mapping[Key, tuple[Ranked, ...]]) -> Locus | None:
    """The point of the smallest known area told with a name that the gazetteer lacks; no more exact than that."""
    known = [(p, found[0].entry) for p in address.wider if (found := ranked.get(key_of(p), ()))]
    # "the Borno village of Kawuri": the area may stand before
    known += [(p, found[0].entry) for p in reversed(address.before) if (found := ranked.get(key_of(p), ()))]
    known = [(p, e) for p, e in known if is_anchor(e) and e.locus.lat is not None]
    seats = [(p, e) for p, e in known if e.locus.kind != "adm1"]
    divisions = [e for _, e in known if e.locus.kind == "adm1"]
    seats = [(p, e) for p, e in seats if all(_within(e, division) for division in divisions)]
    if seats:
        holder, seat = seats[0]
        return _at(name, seat, "near" if _is_by(name, holder) else "adm2")
    return _at(name, divisions[0], "adm1") if divisions else None


def _at(name: Spotted, entry: Entry, precision: PlacePrecision) -> Locus:
    at = entry.locus
    return Locus(name.name, at.country_iso2, at.lat, at.lon, kind="place", precision=precision)


def _is_by(name: Spotted, holder: Spotted) -> bool:
    first, last = (name.last, holder.first) if name.last <= holder.first else (holder.last, name.first)
    words = {token.lower_ for token in name.passage.doc[first:last]}
    return bool(words & _BY) and not words & {"("} and bool(words & (place_words().units | {"near", "outside", "from"}))
