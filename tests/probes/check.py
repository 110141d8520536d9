"""Whether a record holds what a probe expects and nothing that it forbids. The keys are explained in README.md.

A wanted item is a mapping of fields; it fits an item of the record where every field does. Wanted items are given to
items of the record one to one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from folding import name_fits, read_days, read_range

Item = Mapping[str, Any]
Record = Mapping[str, Any]

SYMMETRIC = frozenset({"allied_with", "rival_of", "fights"})


@dataclass(frozen=True)
class Held:
    """A record, and the names that its ids stand for."""

    record: Record

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        listed = [*self.record["actors"], *self.record["places"]]
        return {i["id"]: (i["name"], *i["aliases"]) for i in listed}

    def names_of(self, ref: str) -> tuple[str, ...]:
        return self.names.get(ref, (ref,))


# ------------------------------------------------------------------------------------------------ fields

Test = Callable[[Held, Any, Item], bool]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _refs(key: str, held: Held, wanted: Any, item: Item, *, others: bool = False) -> bool:
    """The names in a slot: all that are wanted and, unless `others`, none besides."""
    found = [held.names_of(ref) for ref in _listed(item.get(key))]
    names = _listed(wanted)
    missing = [w for w in names if not any(name_fits(w, f) for f in found)]
    extra = [f for f in found if not any(name_fits(w, f) for w in names)]
    return not missing and (others or not extra)


def _chain(key: str, held: Held, wanted: Any, item: Item) -> bool:
    """A voice: its first name where one is wanted, the whole chain in order where a list is."""
    found = [held.names_of(ref) for ref in _listed(item.get(key))]
    if isinstance(wanted, str):
        return bool(found) and name_fits(wanted, found[0])
    return len(found) == len(_listed(wanted)) and all(map(name_fits, _listed(wanted), found))


def _place(key: str, held: Held, wanted: Any, item: Item) -> bool:
    ref = item.get(key)
    return ref is None if wanted is None else ref is not None and name_fits(wanted, held.names_of(ref))


def _value(key: str, _: Held, wanted: Any, item: Item) -> bool:
    found = item.get(key)
    return found in wanted if isinstance(wanted, list) else bool(found == wanted)


def _flag(key: str, _: Held, wanted: Any, item: Item) -> bool:
    return bool(item.get(key)) is wanted


def _words(key: str, _: Held, wanted: Any, item: Item) -> bool:
    """The words wanted stand in the words found, in any case; of a list, all."""
    found = " ".join(str(item.get(key) or "").casefold().split())
    return all(" ".join(str(w).casefold().split()) in found for w in _listed(wanted))


def _spans(key: str, held: Held, wanted: Any, item: Item) -> bool:
    text = held.record.get("text", "")
    return _words("words", held, wanted, {"words": " ".join(text[a:b] for a, b in item.get(key) or ())})


# ------------------------------------------------------------------------------------------------ days


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))


def _date(keys: tuple[str, str], _: Held, wanted: Any, item: Item) -> bool:
    """In `within` the interval found may be narrower than the one wanted; otherwise the two are the same."""
    found = (_day(item.get(keys[0])), _day(item.get(keys[1])))
    if wanted is None:
        return found == (None, None)
    if isinstance(wanted, Mapping):
        low, high = read_days(wanted["within"])
        return (low is None or (found[0] is not None and found[0] >= low)) and (
            high is None or (found[1] is not None and found[1] <= high)
        )
    return found == read_days(wanted)


# ------------------------------------------------------------------------------------------------ numbers


def _counts(wanted: Any, found: Item) -> bool:
    low, high = read_range(wanted)
    return found["high"] == high and (found["low"] == low or (low is None and (found["low"] or 0) <= 1))


def _toll(of: str, key: str, _: Held, wanted: Any, item: Item) -> bool:
    tolls = [t for t in item.get("tolls") or () if t["of"] == of] + [t for t in [item.get(key)] if t]
    either = wanted if isinstance(wanted, list) else [wanted]
    return any(not tolls if w is None else any(_counts(w, t) for t in tolls) for w in either)


def _tolls(held: Held, wanted: Any, item: Item) -> bool:
    return not unmatched(_listed(wanted), item.get("tolls") or (), partial(fits, "tolls", held))


def _near(_: Held, wanted: Any, item: Item) -> bool:
    """Within half a degree of the latitude and longitude wanted."""
    found = item.get("lat"), item.get("lon")
    return None not in found and all(
        abs(float(f) - w) <= 0.5 for f, w in zip(found, wanted, strict=True) if f is not None
    )


# ------------------------------------------------------------------------------------------------ items


def _aliases(held: Held, wanted: Any, item: Item) -> bool:
    return all(name_fits(w, held.names_of(item["id"])) for w in _listed(wanted))


def _unaliased(held: Held, wanted: Any, item: Item) -> bool:
    return not any(name_fits(w, held.names_of(item["id"])) for w in _listed(wanted))


def _offices(held: Held, wanted: Any, item: Item) -> bool:
    offices = [*item["roles"], {"title": item["role"]}] if item.get("role") else item["roles"]
    return not unmatched(_listed(wanted), offices, partial(fits, "offices", held))


def _located(_: Held, wanted: Any, item: Item) -> bool:
    return (item.get("lat") is not None) is wanted


def _parent(_: Held, wanted: Any, item: Item) -> bool:
    return (item.get("parent") is not None) is wanted


def _own_name(held: Held, wanted: Any, item: Item) -> bool:
    return name_fits(wanted, held.names_of(item["id"]))


_DAYS = partial(_date, ("earliest", "latest"))
_VOICE = partial(_chain, "according_to")

FIELDS: Mapping[str, Mapping[str, Test]] = {
    "events": {
        **{key: partial(_value, key) for key in ("type", "factuality", "date_precision", "place_precision")},
        **{key: partial(_flag, key) for key in ("negated", "distanced")},
        **{key: partial(_refs, key) for key in ("actor", "target")},
        **{f"{key}_has": partial(_refs, key, others=True) for key in ("actor", "target")},
        "place": partial(_place, "place"),
        "date": _DAYS,
        "source": partial(_chain, "source"),
        "killed": partial(_toll, "killed", "fatalities"),
        "injured": partial(_toll, "injured", "injured"),
        "captured": partial(_toll, "captured", "captured"),
        "tolls": _tolls,
        "evidence": partial(_words, "evidence"),
    },
    "claims": {
        **{key: partial(_value, key) for key in ("stance", "medium", "access")},
        **{key: partial(_words, key) for key in ("cue", "content")},
        "speaker": partial(_place, "speaker"),
        "via": partial(_chain, "via"),
        "date": partial(_date, ("date_earliest", "date_latest")),
    },
    "attributions": {
        **{key: partial(_value, key) for key in ("stance", "medium", "polarity", "type")},
        **{key: partial(_spans, f"{key}_spans") for key in ("source", "cue", "content")},
        "speaker": partial(_place, "speaker"),
        "via": partial(_chain, "via"),
        "determinate": partial(_flag, "determinate"),
        "parent": _parent,
    },
    "relations": {
        "type": partial(_value, "type"),
        "source": partial(_place, "source"),
        "target": partial(_place, "target"),
        "date": partial(_date, ("from", "to")),
        "according_to": _VOICE,
        "evidence": partial(_words, "evidence"),
    },
    "control": {
        **{key: partial(_value, key) for key in ("status", "inferred")},
        **{key: partial(_place, key) for key in ("place", "actor")},
        "distanced": partial(_flag, "distanced"),
        "date": _DAYS,
        "according_to": _VOICE,
        "evidence": partial(_words, "evidence"),
    },
    "actors": {
        "name": _own_name,
        "aliases": _aliases,
        "not": _unaliased,
        "type": partial(_value, "type"),
        "country": partial(_value, "country_iso3"),
        "private": partial(_flag, "private"),
        "offices": _offices,
    },
    "places": {
        "name": _own_name,
        "aliases": _aliases,
        "not": _unaliased,
        "kind": partial(_value, "kind"),
        "country": partial(_value, "country_iso2"),
        "precision": partial(_value, "precision"),
        "located": _located,
        "near": _near,
    },
    "times": {
        **{key: partial(_value, key) for key in ("type", "value")},
        "quote": partial(_words, "quote"),
        "date": _DAYS,
    },
    "mentions": {"kind": partial(_value, "kind"), "quote": partial(_words, "quote")},
    "tolls": {
        "of": partial(_value, "of"),
        "n": lambda _, wanted, item: _counts(wanted, item),
        "who": partial(_place, "who"),
        "according_to": _VOICE,
    },
    "offices": {"title": partial(_words, "title"), "of": partial(_place, "of"), "date": partial(_date, ("from", "to"))},
}  # fmt: skip
"""Section of the record, field of a wanted item, test."""

SECTIONS = tuple(section for section in FIELDS if section not in {"tolls", "offices"})


def fits(section: str, held: Held, wanted: Item, item: Item) -> bool:
    """True where every wanted field fits; under `any_of`, where one of the alternatives does beside the rest."""
    turned = section == "relations" and item["type"] in SYMMETRIC
    ways = [item, {**item, "source": item["target"], "target": item["source"]}] if turned else [item]
    return any(_fits(section, held, wanted, way) for way in ways)


def _fits(section: str, held: Held, wanted: Item, item: Item) -> bool:
    return all(
        fits_any(section, held, value, item) if key == "any_of" else FIELDS[section][key](held, value, item)
        for key, value in wanted.items()
    )


def fits_any(section: str, held: Held, alternatives: Iterable[Item], item: Item) -> bool:
    return any(fits(section, held, alternative, item) for alternative in alternatives)


def unmatched(wanted: Sequence[Item], found: Sequence[Item], fit: Callable[[Item, Item], bool]) -> list[Item]:
    """The wanted items that are left over when as many as can be have an item of their own."""
    edges = [[j for j, item in enumerate(found) if fit(w, item)] for w in wanted]
    taken: dict[int, int] = {}

    def give(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or give(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    return [w for i, w in enumerate(wanted) if not give(i, set())]


# ------------------------------------------------------------------------------------------------ verdict


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `kind` is missing, present, too_many or differs."""

    kind: str
    section: str
    detail: str = field(default="")

    def __str__(self) -> str:
        return f"{self.kind} {self.section}: {self.detail}"


def missing(expect: Item, record: Record) -> list[Fault]:
    """What is expected and not there. Under `any_of` one of several expectations is to hold."""
    held = Held(record)
    faults = [
        Fault("missing", section, str(dict(item)))
        for section in SECTIONS
        for item in unmatched(expect.get(section, ()), record[section], partial(fits, section, held))
    ]
    ways = [missing(way, record) for way in expect.get("any_of", ())]
    return faults + (min(ways, key=len) if ways and all(ways) else [])


def present(absent: Item, record: Record) -> list[Fault]:
    """What is forbidden and there all the same."""
    held = Held(record)
    return [
        Fault("present", section, str(dict(item)))
        for section, items in absent.items()
        for item in items
        if any(fits(section, held, item, found) for found in record[section])
    ]


def too_many(only: Item, may: Item, record: Record) -> list[Fault]:
    """Sections with more items than allowed, those that may be there besides not counted."""
    held = Held(record)
    counted = {
        section: sum(not fits_any(section, held, may.get(section, ()), item) for item in record[section])
        for section in only
    }
    return [Fault("too_many", s, f"{n} instead of {only[s]}") for s, n in counted.items() if n > only[s]]
