"""Places in the text, with their precision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from khaldun.annotate.ground import finding_id
from khaldun.annotate.places.addresses import Address, addresses, keep_to_addresses, told_locus
from khaldun.annotate.places.grounds import grounds_told
from khaldun.annotate.places.holders import Holding, held_locus, holdings, is_far_off, keep_to_holders
from khaldun.annotate.places.looks import Spotted
from khaldun.annotate.places.precision import beside, is_between, is_near
from khaldun.annotate.places.ranking import Key, Ranked, key_of, km_between, one_sense, rank
from khaldun.annotate.places.sites import town_of
from khaldun.annotate.places.spotting import spot
from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.tables.gazetteer import Gazetteer
from khaldun.annotate.tables.naming import fold, sound_of
from khaldun.model import Candidate, Locus, Mention, PlacePrecision, Report

_MADE_BY = "places"
# "between X and Y" says where something happened only while the two lie near each other: flights go between capitals.
_BETWEEN_KM = 250
_LEVEL_PRECISION: dict[str, PlacePrecision] = {"adm1": "adm1", "adm2": "adm2", "region": "region"}


def find_places(parse: Parse, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The mentions of places in text order; they never overlap.

    Names have form ``name``. Words for a country's people and things ("Syrian", "US" in "US airstrikes") and
    names inside an organisation's ("Benghazi Defence Brigades") have form ``description``: they tell where a report
    plays, and name no place of it. Each mention's `value` is a `Locus`; one name has one entry throughout a
    report at one point, but precision is the mention's own ("12 km west of X" is near X). Names that are plainly
    places and stand in no gazetteer come with no point and precision ``unknown``.
    """
    spotted = spot(parse, gazetteer)
    ranked = rank(spotted, gazetteer, grounds_told(passage.doc.text for passage in parse.passages))
    held = holdings(spotted, ranked)
    told = addresses(spotted)
    ranked = keep_to_holders(spotted, held, ranked, gazetteer)
    ranked = one_sense(keep_to_addresses(spotted, told, ranked, gazetteer, {n for n in held if held[n].firm}))
    home = _only_country(spotted, ranked)
    beside = _beside(spotted, held, told, ranked)
    loci = [_locus(place, ranked, gazetteer, beside, home, spotted) for place in spotted]
    return tuple(
        _mention(parse.report, place, locus, ranked.get(key_of(place), ()))
        for place, locus in zip(spotted, _as_mentioned(spotted, loci), strict=True)
    )


def _mention(report: Report, place: Spotted, locus: Locus, ranked: Sequence[Ranked]) -> Mention:
    candidates = tuple(Candidate(r.entry.id, r.score) for r in ranked)
    if place.people is not None:
        candidates = (Candidate(locus.identifier or f"geonames:{locus.geonames}", 1.0),)
    return Mention(
        id=finding_id(report, "place", place.span),
        span=place.span,
        quote=place.span.of(report.text),
        kind="place",
        form=place.form,
        value=locus,
        candidates=candidates,
        made_by=_MADE_BY,
    )


def _beside(
    spotted: Sequence[Spotted],
    held: Mapping[int, Holding],
    told: Mapping[int, Address],
    ranked: Mapping[Key, tuple[Ranked, ...]],
) -> dict[str, Locus]:
    """By their sound, the names that only the place told with them locates."""
    found: dict[str, Locus] = {}
    for n, holding in held.items():
        locus = held_locus(spotted[n].name, holding, ranked) if not ranked.get(key_of(spotted[n])) else None
        if locus is not None:
            found.setdefault(sound_of(spotted[n].name), locus)
    for n, address in told.items():
        if is_far_off(held.get(n)):
            continue
        locus = told_locus(spotted[n], address, ranked) if not ranked.get(key_of(spotted[n])) else None
        if locus is not None:
            found.setdefault(sound_of(spotted[n].name), locus)
    return found


def _locus(
    place: Spotted,
    ranked: Mapping[Key, tuple[Ranked, ...]],
    gazetteer: Gazetteer,
    beside: Mapping[str, Locus],
    home: str | None,
    spotted: Sequence[Spotted],
) -> Locus:
    if place.people is not None:
        entry = gazetteer.playing(place.people)
        return entry.locus if entry else Locus(place.name, kind="country", precision="country")
    found = ranked.get(key_of(place), ())
    if found:
        return found[0].entry.locus
    if (near := beside.get(sound_of(place.name))) is not None:
        return replace(near, name=place.name)
    if (at := _town_of_site(place, spotted, ranked)) is not None:
        return Locus(place.name, at.country_iso2, at.lat, at.lon, kind="place", precision="near")
    return Locus(place.name, _country_told(place, gazetteer) or home, kind="place", precision="unknown")


def _town_of_site(site: Spotted, spotted: Sequence[Spotted], ranked: Mapping[Key, tuple[Ranked, ...]]) -> Locus | None:
    """Where "*Mosul* University" stands, or "the Salam hospital in the heart of *Mosul*": in the town that it goes by,
    if the report names it, else in the only one of its sentence."""
    town = town_of(site.name)
    if town is None:
        return None
    beside = [p for p in spotted if p.passage is site.passage and p.people is None and p is not site]
    sentence = site.passage.doc[site.first].sent
    beside = [p for p in beside if sentence.start <= p.first < sentence.end and town_of(p.name) is None]
    keys = [(fold(town), ""), *(dict.fromkeys(map(key_of, beside)) if len({p.name for p in beside}) == 1 else ())]
    found = (ranked[key][0].entry.locus for key in keys if ranked.get(key))
    return next((at for at in found if at.kind in _TOWNS), None)


_TOWNS = frozenset({"city", "town", "village"})


def _country_told(place: Spotted, gazetteer: Gazetteer) -> str | None:
    """The country of the areas that the text gives an unknown name: "Kompiembiga (Pama, Burkina Faso)"."""
    for name in reversed(place.containers):
        held = {e.locus.country_iso2 for e in gazetteer.named(name) if e.locus.kind in ("country", "adm1")}
        if len(held) == 1:
            return next(iter(held))
    return None


def _as_mentioned(spotted: Sequence[Spotted], loci: Sequence[Locus]) -> list[Locus]:
    """The loci with the precision that the words round each name give them."""
    mentioned = list(loci)
    for n, place in enumerate(spotted):
        if place.people is None and is_near(place):
            mentioned[n] = beside(loci[n])
        elif place.level == "adm2" and loci[n].precision == "exact" and loci[n].kind != "neighbourhood":
            mentioned[n] = replace(loci[n], precision="adm2")
    for n in range(len(spotted) - 1):
        unknown = loci[n].lat is None or loci[n + 1].lat is None
        if is_between(spotted[n], spotted[n + 1]) and (unknown or km_between(loci[n], loci[n + 1]) <= _BETWEEN_KM):
            mentioned[n], mentioned[n + 1] = beside(loci[n]), beside(loci[n + 1])
    return mentioned


def _only_country(spotted: Sequence[Spotted], ranked: Mapping[Key, tuple[Ranked, ...]]) -> str | None:
    """The country of a report that names one alone, and twice: the context of names that no gazetteer has."""
    named = [place.people.removeprefix("country:") for place in spotted if place.people]
    for place in spotted:
        found = ranked.get(key_of(place), ()) if place.people is None else ()
        if found and found[0].entry.locus.kind in ("country", "adm1"):
            named.append(found[0].entry.locus.country_iso2 or "")
    return named[0] if len(named) > 1 and len(set(named)) == 1 else None
