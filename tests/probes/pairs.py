"""Two records that should say the same, up to the words and names of their texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from check import SYMMETRIC, Fault, Held, Item, Record
from folding import fold

Renaming = Mapping[tuple[str, ...], tuple[str, ...]]
Row = tuple[str, ...]


def renaming(pairs: Mapping[str, str]) -> Renaming:
    """Names of the other text, folded, to those of the first."""
    return {fold(a): fold(b) for a, b in pairs.items()}


def rename(name: tuple[str, ...], names: Renaming) -> tuple[str, ...]:
    """The name with each run of words that has another name exchanged, the longest first; nothing twice."""
    out: list[str] = []
    i = 0
    while i < len(name):
        old = max((o for o in names if name[i : i + len(o)] == o), key=len, default=None)
        out += names[old] if old else name[i : i + 1]
        i += len(old) if old else 1
    return tuple(out)


def rows(record: Record, names: Renaming) -> dict[str, list[Row]]:
    """A record up to its words: what two texts that say the same must have in common."""
    held = Held(record)

    def name(ref: str | None) -> str:
        return "" if ref is None else " ".join(rename(fold(held.names_of(ref)[0]), names))

    def voice(refs: Iterable[str]) -> str:
        return " < ".join(map(name, refs))

    def group(refs: Iterable[str]) -> str:
        return " + ".join(sorted(map(name, refs)))

    def plain(item: Item, *keys: str) -> list[str]:
        return [str(item[key]) for key in keys]

    def count(item: Item, key: str) -> str:
        return f"{item[key]['low']}-{item[key]['high']}" if item[key] else ""

    def event(e: Item) -> Row:
        days = plain(e, "type", "factuality", "negated", "distanced", "earliest", "latest")
        who = [group(e["actor"]), group(e["target"]), name(e["place"]), voice(e["source"])]
        return (*days, *who, count(e, "fatalities"), count(e, "injured"))

    def tie(r: Item) -> Row:
        ends = [name(r["source"]), name(r["target"])]
        return (r["type"], *(sorted(ends) if r["type"] in SYMMETRIC else ends), voice(r["according_to"]))

    def state(c: Item) -> Row:
        return (
            name(c["place"]),
            name(c["actor"]),
            *plain(c, "status", "distanced", "latest"),
            voice(c["according_to"]),
        )

    made = {
        "events": [event(e) for e in record["events"]],
        "relations": [tie(r) for r in record["relations"]],
        "control": [state(c) for c in record["control"]],
        "claims": [(voice([c["speaker"], *c["via"]]), *plain(c, "medium", "stance")) for c in record["claims"]],
        "places": [(name(p["id"]), *plain(p, "lat", "lon", "precision")) for p in record["places"]],
        "times": [tuple(plain(t, "earliest", "latest")) for t in record["times"]],
    }
    return {section: sorted(found) for section, found in made.items()}


def differs(first: Record, other: Record, names: Renaming) -> list[Fault]:
    """Where two records that should be the same up to the words are not."""
    a, b = rows(first, {}), rows(other, names)
    return [
        Fault(
            "differs",
            s,
            f"only first {[r for r in a[s] if r not in b[s]]}, only other {[r for r in b[s] if r not in a[s]]}",
        )
        for s in a
        if a[s] != b[s]
    ]
