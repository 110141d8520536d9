"""States that share a name or an adjective: "Congo", "Congolese", "Georgia", "Korea".

Which of them is meant is told by the other places of the report: with Brazzaville it is the Republic of the Congo, with
Beni the Democratic Republic. The first of a row is meant where nothing tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.tables.gazetteer import Entry, Gazetteer
from khaldun.annotate.tables.gazetteer_tables import countries
from khaldun.annotate.tables.naming import fold
from khaldun.copies import replace
from khaldun.knowledge import load_data
from khaldun.model import Entity, Locus, Mention
from khaldun.names import name_key

_TOWNS = frozenset({"city", "town"})
_SIZE = 20_000


@dataclass(frozen=True, slots=True)
class _Twins:
    """`words` are shared; each of `options` is a country ("CD") or a first-level division ("US.GA"), `own` the
    words that only one of them has."""

    words: frozenset[str]
    options: tuple[str, ...]
    own: Mapping[str, tuple[str, ...]]


@cache
def _twins() -> tuple[_Twins, ...]:
    rows = load_data("actors/states.yaml")["twins"]
    return tuple(_Twins(frozenset(r["words"]), tuple(r["options"]), r.get("own", {})) for r in rows)


@cache
def _shared() -> frozenset[str]:
    return frozenset().union(*(t.words for t in _twins()))


def meant_by(names: Mapping[str, Sequence[Entry]], gazetteer: Gazetteer) -> dict[str, tuple[Entry, ...]]:
    """For each folded name of twins among the names of a report, what it means there."""
    found: dict[str, tuple[Entry, ...]] = {}
    for twins in _twins():
        for name in twins.words & set(names):
            votes = Counter[str]()
            for other, entries in names.items():
                if other not in twins.words:
                    votes.update({o for o in twins.options if any(_is_town_in(e, o) for e in entries)})
                    votes.update(o for o in twins.options if other in map(fold, twins.own.get(o, ())))
            best = max(twins.options, key=lambda o: (votes[o], -twins.options.index(o)))
            entry = _entry(best, names[name], gazetteer)
            if entry is not None and (votes[best] or best == twins.options[0]):
                found[name] = (entry,)
    return found


def _is_town_in(entry: Entry, option: str) -> bool:
    """A town of some size, which a report may well name."""
    return entry.fit == 1.0 and entry.locus.kind in _TOWNS and (entry.locus.population or 0) > _SIZE and (
        entry.division == option or entry.locus.country_iso2 == option
    )  # fmt: skip


def _entry(option: str, entries: Sequence[Entry], gazetteer: Gazetteer) -> Entry | None:
    if "." in option:
        return next((e for e in entries if e.division == option and e.locus.kind == "adm1"), None)
    return gazetteer.country(option)


def of_told_twin(entities: Iterable[Entity], mentions: Sequence[Mention]) -> list[Entity]:
    """The entities, and those told by a word that states share with the one whose places the report names."""
    named = (m for m in mentions if m.kind == "place" and m.form == "name" and name_key(m.quote) not in _shared())
    told = Counter(m.value.country_iso2 for m in named if isinstance(m.value, Locus))
    return [_of_twin(entity, told) if entity.country_iso3 is not None else entity for entity in entities]


def _of_twin(entity: Entity, told: Mapping[str | None, int]) -> Entity:
    table = countries()
    words = {w for n in entity.names for w in name_key(n.text).split()}
    for twins in _twins():
        options = [o for o in twins.options if o in table]
        iso3 = {table[o].iso3: o for o in options}
        if entity.known_as is not None or entity.country_iso3 not in iso3 or not words & twins.words:
            continue
        text = " ".join(name_key(n.text) for n in entity.names)
        if any(name_key(w) in text for own in twins.own.values() for w in own):
            continue
        best = max(options, key=lambda o: (told.get(o, 0), -options.index(o)))
        elsewhere = [o for o in twins.options if "." in o and told.get(o.partition(".")[0], 0) > told.get(best, 0)]
        other = table[elsewhere[0].partition(".")[0]].iso3 if elsewhere else table[best].iso3
        return replace(entity, country_iso3=other)
    return entity
