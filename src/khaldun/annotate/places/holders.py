"""The place that a text says another one lies in or by: "the Zahra quarter of Homs", "Tokhar, a village near Manbij".

What is told so outweighs a gazetteer: a namesake far from the place told with the name is another place, and a
name that stands in no gazetteer lies, for all that the report tells, where its holder does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.places.looks import Spotted
from khaldun.annotate.places.ranking import Key, Ranked, is_anchor, key_of, km_between
from khaldun.annotate.tables.gazetteer import Entry, Gazetteer
from khaldun.model import Locus, PlacePrecision

# A namesake farther from its holder than this is another place; farther for provinces, whose point is one of many.
_FAR_KM, _FAR_KM_OF_DIVISION, _FAR_KM_WITHIN_TOWN = 150, 300, 15
_ROUGHLY, _KM_A_MILE = 1.5, 1.609  # by road it is farther than as the crow flies, and reports round
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_LONGEST_GAP = 14  # tokens between the two names
_BIG = 100_000
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LIES = frozenset({"just", "located", "lying", "situated"})
_BESIDE_MEASURE = frozenset({"to", "the", "about", "some", "around", "(", ")", "-", "from"})
_BESIDE_NEAR = frozenset({"on", "in", "at", "the", "to", "just"})


@dataclass(frozen=True, slots=True)
class Holding:
    """`holder` is the place named with a name; `within` that the name is a part of it (a quarter, a district).

    `firm` is false where only a comma or a possessive tells so; `km` is the distance told ("400 km north of Bamako").
    """

    holder: Spotted
    within: bool
    firm: bool
    km: float | None = None


def holdings(spotted: Sequence[Spotted], ranked: Mapping[Key, tuple[Ranked, ...]]) -> dict[int, Holding]:
    """The holder of each name that is told with one, by the name's number in `spotted`."""
    found: dict[int, Holding] = {}
    for n, (left, right) in enumerate(pairwise(spotted)):
        if left.people is not None or right.people is not None or left.passage is not right.passage:
            continue
        if not 0 <= right.first - left.last <= _LONGEST_GAP:
            continue
        before, after = _told_after(left, right, spotted[n + 2 :]), _told_before(left, right)
        if before is not None and after is not None and _size(left, ranked) > _size(right, ranked):
            before = None  # "the Homs quarter of Zahra" and "the Zahra quarter of Homs" are built alike
        if before is not None:
            found.setdefault(n, before)
        elif after is not None:
            found.setdefault(n + 1, after)
    return found


def _size(place: Spotted, ranked: Mapping[Key, tuple[Ranked, ...]]) -> int:
    found = ranked.get(key_of(place), ())
    return found[0].entry.locus.population or 1 if found else 0


def _told_after(name: Spotted, holder: Spotted, following: Sequence[Spotted]) -> Holding | None:
    """ "the Zahra quarter of Homs", "Sabboura, an area outside Damascus", "Akrama, Homs"."""
    between = name.passage.doc[name.last : holder.first]
    words = [token.lower_ for token in between]
    if words in ([","], ["("]):
        return None if _goes_on(name, holder, following) else Holding(holder, within=False, firm=False)
    kinds = place_words().kinds
    kind = words[0] if words and words[0] in kinds else _district(name) or _named_as(name)
    rest = words[1:] if kind and words and words[0] == kind else words
    if rest[:1] in ([","], ["("]):
        apposed = _apposed(rest[1:]) if rest[1:2] and rest[1] in ("a", "an", "the") else 0
        if apposed is None or any(token.tag_ in _FINITE for token in between):
            return None
        kind, rest = (rest[apposed] if apposed else kind), rest[apposed + 1 :]
    relation = _relation([word for word in rest if word not in _LIES])
    if relation is None or (relation == "of" and not kind):
        return None
    within = kind in place_words().parts and relation in ("in", "of")
    return Holding(holder, within, firm=True, km=_told_km(words))


def _told_km(words: Sequence[str]) -> float | None:
    """The first distance in figures among the words between two names, in kilometres."""
    units = place_words().units
    for figure, unit in pairwise(words):
        if unit in units and _FIGURE.fullmatch(figure):
            whole = figure.replace(",", "") if _THOUSANDS.fullmatch(figure) else figure.replace(",", ".")
            return float(whole) * (_KM_A_MILE if unit.startswith("mi") else 1.0)
    return None


def _apposed(words: Sequence[str]) -> int | None:
    """Where, counted from the comma, the kind word of "a rebel-held village near" stands."""
    kinds = place_words().kinds
    return next((n + 1 for n, word in enumerate(words[:8]) if word in kinds), None)


def _relation(words: list[str]) -> str | None:
    """What the words before a holder's name say: "in", "of" or "near"; None where they say something else."""
    lexicon = place_words()
    while words and (words[-1] in lexicon.kinds or words[-1] in lexicon.directions or words[-1] in ("the", "-")):
        words = words[:-1]
        if words[-1:] == ["of"] and len(words) > 1 and words[-2] in lexicon.kinds:
            words = words[:-1]
    if words[-1:] == ["of"] and len(words) > 1 and words[-2] in lexicon.kinds:
        return _relation(words[:-1])
    if words in (["in"], ["inside"], ["within"]):
        return "in"
    if words == ["of"]:
        return "of"
    phrase = next((p for p in lexicon.near if tuple(words[len(words) - len(p) :]) == p and len(p) <= len(words)), None)
    if phrase is not None and set(words[: len(words) - len(phrase)]) <= _BESIDE_NEAR:
        return "near"
    if len(words) > 1 and words[-1] == "of" and words[-2] in lexicon.directions:
        told = [w for w in words[:-2] if w not in lexicon.units and w not in _BESIDE_MEASURE]
        return "near" if all(w[0].isdigit() or w in lexicon.directions for w in told) else None
    return None


def _goes_on(name: Spotted, holder: Spotted, following: Sequence[Spotted]) -> bool:
    """ "in Derna, Sirte and Brak": a list, of which no name holds another."""
    doc = name.passage.doc
    before = doc[name.first - 1].lower_ if name.first else ""
    after = doc[holder.last].lower_ if holder.last < len(doc) else ""
    listed = after == "," and bool(following) and following[0].first == holder.last + 1
    return before in (",", "and", "or") or after in ("and", "or", "&") or listed


def _district(name: Spotted) -> str:
    """The kind word that is part of a mention ("Zahraa district")."""
    return name.passage.doc[name.last - 1].lower_ if name.level in ("adm1", "adm2") else ""


def _named_as(name: Spotted) -> str:
    """The kind word that ends a name of several words: "the Old *City* of Mosul"."""
    last = name.passage.doc[name.last - 1].lower_
    return last if name.last - name.first > 1 and last in place_words().kinds else ""


def _told_before(holder: Spotted, name: Spotted) -> Holding | None:
    """ "Homs's Zahra quarter", "the Aleppo province village of Tokhar"."""
    doc, lexicon = name.passage.doc, place_words()
    words = [token.lower_ for token in doc[holder.last : name.first]]
    owns = words[:1] in (["'s"], ["'"])
    rest = [word for word in words[owns:] if word not in lexicon.directions and word != "-"]
    named = rest[0] if len(rest) == 2 and rest[0] in lexicon.kinds and rest[1] == "of" else None
    if (rest and named is None) or not (owns or named):
        return None
    behind = doc[name.last].lower_ if name.last < len(doc) else ""
    kind = named or (behind if behind in lexicon.kinds else None) or _district(name)
    return Holding(holder, kind in lexicon.parts, firm=kind is not None)


# ------------------------------------------------------------------------------------------------ what follows


def keep_to_holders(
    spotted: Sequence[Spotted],
    held: Mapping[int, Holding],
    ranked: Mapping[Key, tuple[Ranked, ...]],
    gazetteer: Gazetteer,
) -> dict[Key, tuple[Ranked, ...]]:
    """The candidates of each name, without those that lie far from the place that is told with it."""
    result = dict(ranked)
    for n, holding in held.items():
        holder = _settled_entry(holding.holder, ranked)
        if holder is None or not (holding.firm or not result.get(key_of(spotted[n]))):
            continue
        found = result.get(key_of(spotted[n]), ())
        if found and found[0].entry.locus.kind == "country":
            continue  # "in *Syria*, near Shaddadi": where the town lies, and no place by it
        if found and (_lies_by(found[0].entry, holder, holding) or _is_great(found[0].entry, holding)):
            continue
        result[key_of(spotted[n])] = _namesakes_by(spotted[n], holder, holding, gazetteer)
    return result


def _namesakes_by(name: Spotted, holder: Entry, holding: Holding, gazetteer: Gazetteer) -> tuple[Ranked, ...]:
    iso2 = holder.locus.country_iso2
    entries = gazetteer.named(name.name) or gazetteer.sounding(name.name, [iso2] if iso2 else [])
    return tuple(Ranked(e, round(e.fit / 2, 3)) for e in entries if e.id != holder.id and _lies_by(e, holder, holding))


def _settled_entry(holder: Spotted, ranked: Mapping[Key, tuple[Ranked, ...]]) -> Entry | None:
    """The entry of a holder that is a town or a first-level division; a country holds too much to tell a point."""
    found = ranked.get(key_of(holder), ())
    return found[0].entry if found and is_anchor(found[0].entry) and found[0].entry.locus.lat is not None else None


def _lies_by(entry: Entry, holder: Entry, holding: Holding) -> bool:
    if entry.locus.kind == "adm1":
        return holder.id == entry.id or not holding.within
    km = km_between(entry.locus, holder.locus)
    if holder.locus.kind == "adm1":
        return entry.division == holder.division if entry.division else km <= _FAR_KM_OF_DIVISION
    if holding.km is not None and holding.km > _FAR_KM:
        return km <= _ROUGHLY * holding.km
    return km <= (_FAR_KM_WITHIN_TOWN if holding.within and entry.locus.kind != "neighbourhood" else _FAR_KM)


def _is_great(entry: Entry, holding: Holding) -> bool:
    """A great city keeps its place, whatever small place is told beside it."""
    return not holding.within and (entry.locus.population or 0) >= _BIG


def is_far_off(holding: Holding | None) -> bool:
    """ "400 km north of *Bamako*": the point of what holds it tells nothing of where that is."""
    return holding is not None and (holding.km or 0) > _FAR_KM


def held_locus(name: str, holding: Holding, ranked: Mapping[Key, tuple[Ranked, ...]]) -> Locus | None:
    """Where an unlocated name lies as far as its holder tells: at the holder's point, and no more exact than that."""
    holder = _settled_entry(holding.holder, ranked)
    if holder is None or is_far_off(holding):
        return None
    at = holder.locus
    precision: PlacePrecision = "adm1" if at.kind == "adm1" else "near"
    return Locus(name, at.country_iso2, at.lat, at.lon, kind="place", precision=precision)
