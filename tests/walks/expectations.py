"""Compares a record with what a walk expects of it: which expectations are not met, told in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

Item = Mapping[str, Any]
Walk = dict[str, Any]

HAPPENED = {"asserted", "reported", "claimed"}
SYMMETRIC = {"allied_with", "rival_of", "fights"}
LISTS = {"events", "claims", "attributions", "relations", "control", "actors", "places", "times", "tolls"}
SINGULAR = {name.removesuffix("s"): name for name in LISTS} | {"control": "control"}
"""The list of a record by the word for one of its rows."""


def fold(name: str) -> str:
    """A name without case, accents, articles, possessives and punctuation: "the Al-Nusra's" is "nusra"."""
    plain = unicodedata.normalize("NFKD", name).translate({0x2019: "'", 0x2018: "'"})
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[^\w]+", " ", re.sub(r"'s\b|(?<=s)'(?!\w)", "", plain)).split()
    kept = [w for w in words if w not in {"the", "a", "an", "al", "el", "ash", "as", "ar", "at", "ad"}]
    return " ".join(kept or words)


def _options(expected: str) -> list[str]:
    """ "A | B" reads: either will do."""
    return [part.strip() for part in expected.split("|")]


class _Record:
    """A public record with its ids resolved to the names an analyst reads."""

    def __init__(self, record: Item, text: str) -> None:
        self.record, self.text = record, text
        self.names = {
            item["id"]: {fold(n) for n in (item["name"], *item.get("aliases", ()))}
            for kind in ("actors", "places")
            for item in record.get(kind, ())
        }
        self.printed = {i["id"]: i["name"] for k in ("actors", "places") for i in record.get(k, ())}

    def items(self, kind: str) -> list[Item]:
        if kind == "tolls":
            return [{**toll, "event": e["type"]} for e in self.record["events"] for toll in e["tolls"]]
        return list(self.record[kind])

    def is_named(self, ref: str | None, expected: str | None) -> bool:
        """True where the actor or place `ref` bears one of the expected names (`null`: there is none)."""
        if ref is None or expected is None:
            return ref is expected
        return any(fold(option) in self.names.get(ref, {fold(ref)}) for option in _options(expected))

    def name(self, ref: Any) -> Any:
        if isinstance(ref, list):
            return [self.name(r) for r in ref]
        return self.printed.get(ref, ref) if isinstance(ref, str) else ref


Check = Callable[[_Record, Item, Any], bool]


def _same_names(field: str) -> Check:
    """Exactly these, in any order."""

    def check(record: _Record, item: Item, expected: Sequence[str]) -> bool:
        refs = item[field]
        return all(any(record.is_named(r, e) for e in expected) for r in refs) and _includes(field)(
            record, item, expected
        )

    return check


def _includes(field: str) -> Check:
    """These at least."""

    def check(record: _Record, item: Item, expected: Sequence[str]) -> bool:
        return all(any(record.is_named(r, e) for r in item[field]) for e in expected)

    return check


def _same_chain(field: str) -> Check:
    """Exactly these, in this order (a chain of voices)."""

    def check(record: _Record, item: Item, expected: Sequence[str]) -> bool:
        refs = item[field]
        return len(refs) == len(expected) and all(map(record.is_named, refs, expected))

    return check


def _named(field: str) -> Check:
    return lambda record, item, expected: record.is_named(item[field], expected)


def _one_of(field: str) -> Check:
    def check(_record: _Record, item: Item, expected: Any) -> bool:
        if isinstance(expected, str):
            return item[field] in _options(expected)
        return bool(item[field] == expected)

    return check


def _contains(field: str) -> Check:
    """The words stand in the field, whatever their case and marks."""
    return lambda _record, item, expected: _holds(item[field] or "", expected)


def _holds(text: str, words: str) -> bool:
    return any(_marks(option) in _marks(text) for option in _options(words))


def _marks(text: str) -> str:
    straight = {0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x0A: " "}
    return " ".join(text.translate(straight).casefold().split())


def _day(field: str) -> Check:
    """A day, `null` for an open end, or "A .. B": a day from A to B."""

    def check(_record: _Record, item: Item, expected: date | str | None) -> bool:
        found = item[field]
        if expected is None or found is None:
            return found is expected
        first, _, last = str(expected).partition(" .. ")
        return bool(first <= found <= (last or first))

    return check


def _range(field: str) -> Check:
    """A range of people: `null`, {low, high}, or "none" (not given, or nought)."""

    def check(_record: _Record, item: Item, expected: Item | str | None) -> bool:
        found = item[field]
        if expected == "none":
            return found is None or (found["low"] in {0, None} and found["high"] == 0)
        if expected is None or found is None:
            return found is expected
        assert not isinstance(expected, str)
        return all(found[end] == expected[end] for end in expected)

    return check


def _tolls(record: _Record, item: Item, expected: Sequence[Item]) -> bool:
    return all(any(not differences(record, "tolls", t, e) for t in item["tolls"]) for e in expected)


def _roles(record: _Record, item: Item, expected: Sequence[Item]) -> bool:
    def fits(role: Item, wanted: Item) -> bool:
        named = "of" not in wanted or record.is_named(role["of"], wanted["of"])
        days = all(_day(end)(record, role, wanted[end]) for end in ("from", "to") if end in wanted)
        return named and days and _contains("title")(record, role, wanted.get("title", ""))

    return all(any(fits(role, wanted) for role in item["roles"]) for wanted in expected)


def _near(_record: _Record, item: Item, expected: Sequence[float]) -> bool:
    """[lat, lon, degrees]: within so many degrees of that point."""
    *point, reach = expected
    found = (item["lat"], item["lon"])
    return None not in found and all(abs(a - b) <= reach for a, b in zip(found, point, strict=True))


def _attributed_words(which: str) -> Check:
    def check(record: _Record, item: Item, expected: str) -> bool:
        return _holds(" … ".join(record.text[start:end] for start, end in item[which]), expected)

    return check


def _each(check: Callable[[str], Check], *fields: str) -> dict[str, Check]:
    return {field: check(field) for field in fields}


CHECKS: dict[str, dict[str, Check]] = {
    "events": {
        **_each(
            _one_of, "type", "date_precision", "place_precision", "factuality", "negated", "distanced", "background"
        ),
        **_each(_same_names, "actor", "target"),
        **_each(_day, "earliest", "latest"),
        **_each(_range, "fatalities", "injured"),
        "actor_includes": _includes("actor"),
        "target_includes": _includes("target"),
        "source": _same_chain("source"),
        "source_includes": _includes("source"),
        "place": _named("place"),
        "plover": lambda r, i, e: all(_one_of(k)(r, i["plover"] or {k: None}, v) for k, v in e.items()),
        "happened": lambda _r, i, e: (i["factuality"] in HAPPENED and not i["negated"]) is e,
        "inferred": lambda _r, i, e: sorted(i["inferred"]) == sorted(e),
        "tolls": _tolls,
        "evidence_contains": _contains("evidence"),
    },
    "claims": {
        **_each(_one_of, "stance", "medium"),
        **_each(_day, "date_earliest", "date_latest"),
        "speaker": _named("speaker"),
        "via": _same_chain("via"),
        "cue": _contains("cue"),
        "content_contains": _contains("content"),
    },
    "attributions": {
        **_each(_one_of, "stance", "medium"),
        "speaker": _named("speaker"),
        "via": _same_chain("via"),
        "cue": _attributed_words("cue_spans"),
        "content_contains": _attributed_words("content_spans"),
    },
    "relations": {
        "type": _one_of("type"),
        **_each(_named, "source", "target"),
        **_each(_day, "from", "to"),
        "according_to": _same_chain("according_to"),
        "evidence_contains": _contains("evidence"),
    },
    "control": {
        **_each(_one_of, "status", "distanced", "past"),
        **_each(_day, "begun_by"),
        "inferred": lambda _r, i, e: bool(i["inferred"]) is e,
        **_each(_named, "place", "actor"),
        **_each(_day, "earliest", "latest"),
        "according_to": _same_chain("according_to"),
        "evidence_contains": _contains("evidence"),
    },
    "actors": {
        **_each(_one_of, "type", "private", "country_iso3"),
        "name": _named("id"),
        "aliases_include": lambda r, i, e: all(r.is_named(i["id"], name) for name in e),
        "aliases_exclude": lambda r, i, e: not any(r.is_named(i["id"], name) for name in e),
        "roles": _roles,
    },
    "places": {
        **_each(_one_of, "precision", "country_iso2", "kind"),
        "name": _named("id"),
        "near": _near,
    },
    "times": {
        **_each(_day, "earliest", "latest"),
        **_each(_one_of, "type", "basis"),
        "quote_contains": _contains("quote"),
    },
    "tolls": {
        **_each(_one_of, "of", "low", "high", "event"),
        "who": _named("who"),
        "according_to": _same_chain("according_to"),
    },
}
_LOOSE = {"actor": "actor_includes", "target": "target_includes", "source": "source_includes"}


def differences(record: _Record, kind: str, item: Item, expected: Item) -> list[str]:
    """What keeps `item` from being what was expected: empty where it fits."""
    checks = CHECKS[kind]
    return [
        f"{key}: expected {want!r}, found {record.name(item.get(_field(kind, key)))!r}"
        for key, want in _both_ways(record, kind, item, expected).items()
        if not checks[key](record, item, want)
    ]


def _field(kind: str, key: str) -> str:
    if kind == "actors":
        return {"name": "name", "aliases_include": "aliases", "aliases_exclude": "aliases"}.get(key, key)
    if key == "happened":
        return "factuality"
    found = key.removesuffix("_includes").removesuffix("_contains")
    return {"cue": "cue_spans", "content": "content_spans"}.get(found, found) if kind == "attributions" else found


def _both_ways(record: _Record, kind: str, item: Item, expected: Item) -> Item:
    """For a relation without direction, the expectation turned round where that fits better."""
    if kind != "relations" or expected.get("type") not in SYMMETRIC or not {"source", "target"} <= set(expected):
        return expected
    turned = {**expected, "source": expected["target"], "target": expected["source"]}
    return turned if record.is_named(item["source"], turned["source"]) else expected


def _assign(fits: list[list[int]], taken: frozenset[int] = frozenset()) -> bool:
    """True where each expectation can have an item of its own."""
    if not fits:
        return True
    return any(_assign(fits[1:], taken | {i}) for i in fits[0] if i not in taken)


def _missing(record: _Record, kind: str, expectations: Sequence[Item]) -> Iterator[str]:
    items = record.items(kind)
    fits: list[list[int]] = []
    for expected in expectations:
        found = [differences(record, kind, item, expected) for item in items]
        fits.append([i for i, lacking in enumerate(found) if not lacking])
        if not fits[-1]:
            yield f"{kind}: no {dict(expected)}\n      {_nearest(record, items, found)}"
    if all(fits) and not _assign(fits):
        yield f"{kind}: {len(expectations)} expected, but some fit only the same item"


def _nearest(record: _Record, items: Sequence[Item], found: Sequence[Sequence[str]]) -> str:
    if not items:
        return "the record holds none"
    best = min(range(len(items)), key=lambda i: (len(found[i]), i))
    return f"nearest: {_show(record, items[best])}\n      {'; '.join(found[best])}"


def _present(record: _Record, kind: str, unwanted: Item) -> Iterator[str]:
    loose = {_LOOSE.get(k, k) if kind == "events" else k: v for k, v in unwanted.items()}
    for item in record.items(kind):
        if not differences(record, kind, item, loose):
            yield f"{kind}: must not hold {dict(unwanted)}, but does: {_show(record, item)}"


def _show(record: _Record, item: Item) -> str:
    hidden = ("id", "score", "made_by", "span", "spans", "evidence_span", "about", "identifiers")
    return str({k: record.name(v) for k, v in item.items() if k not in hidden and v not in (None, [], {})})


def failures(record: Item, walk: Walk) -> list[str]:
    """Every expectation of `walk` that `record` does not meet, in words."""
    read = _Record(record, walk["sentence"])
    expect = dict(walk["expect"])
    absent, nothing = expect.pop("absent", ()), expect.pop("nothing", ())
    found = [line for kind, expectations in expect.items() for line in _missing(read, kind, expectations)]
    for unwanted in absent:
        for singular, pattern in unwanted.items():
            found += _present(read, SINGULAR[singular], pattern)
    for kind in nothing:
        found += [f"{kind}: must be empty, holds {_show(read, item)}" for item in read.items(kind)]
    return found
