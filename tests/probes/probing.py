"""Reads the probes, runs them through the Python interface, and counts what is wholly right."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, TypeAlias

import yaml

import khaldun
from check import FIELDS, SECTIONS, Fault, Item, Record, missing, present, too_many
from folding import ProbeError
from pairs import differs, renaming

HERE = Path(__file__).parent
FLOOR = HERE / "floor.json"
SILENT = frozenset({"furniture", "non-conflict"})
"""Capabilities whose probes expect that nothing is found."""
KEYS = frozenset("id text published outlet title expect absent only may same names swap".split())
Half = Literal["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
HALVES: tuple[Half, ...] = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l")
READ: tuple[Half, ...] = HALVES[::2]
"""Halves whose failures developers look at; the others are only counted."""
SERIES = (".", "second", "third", "fourth", "fifth", "sixth")
"""Folders of probes in the order they were written; each has its own two halves."""
Floors: TypeAlias = Mapping[str, Mapping[str, Sequence[int]]]
TOGETHER = {"first to third": (0, 1, 2), "fourth": (3,), "fifth": (4,), "sixth": (5,)}
"""Series whose floors are kept together: a new one must not hide what an older one loses."""


@dataclass(frozen=True)
class Probe:
    """A short text and what its record must, may and must not hold; README.md explains the fields."""

    id: str
    capability: str
    text: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    expect: Item = field(default_factory=dict)
    absent: Item = field(default_factory=dict)
    only: Item = field(default_factory=dict)
    may: Item = field(default_factory=dict)
    same: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    swap: tuple[str, ...] = ()
    series: int = 0

    @property
    def half(self) -> Half:
        """One of the two halves of its series, by a hash of the id."""
        return HALVES[2 * self.series + int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 2]

    @property
    def looked_at(self) -> bool:
        return self.half in READ

    def others(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The texts that must give the same record, each with its names for those of the first text."""
        for text in self.same:
            yield text, self.names
        if self.swap:
            a, b = self.swap
            yield exchange(self.text, a, b), {a: b, b: a}


def exchange(text: str, a: str, b: str) -> str:
    """The text with the two names in one another's place."""
    other = {a: b, b: a}
    return re.sub(f"{re.escape(a)}|{re.escape(b)}", lambda m: other[m[0]], text)


# ------------------------------------------------------------------------------------------------ reading


def load(folder: Path = HERE) -> tuple[Probe, ...]:
    """All probes, in the order of files and lines; a file has the name of its capability. Raises ProbeError."""
    probes = [
        replace(_probe(path.stem, raw), series=series)
        for series, name in enumerate(SERIES)
        for path in sorted((folder / name).glob("*.yaml"))
        for raw in yaml.safe_load(path.read_text("utf-8"))
    ]
    twice = [id for id, n in Counter(p.id for p in probes).items() if n > 1]
    if twice:
        raise ProbeError(f"two probes have the id {', '.join(twice)}")
    return tuple(probes)


def _probe(capability: str, raw: Mapping[str, Any]) -> Probe:
    if not raw.keys() <= KEYS or "id" not in raw or "text" not in raw:
        raise ProbeError(f"{raw.get('id')}: a probe has id and text, and of {sorted(KEYS)} what it needs")
    given = {**raw, "same": tuple(raw.get("same", ())), "swap": tuple(raw.get("swap", ()))}
    day = raw.get("published")
    probe = Probe(**{**given, "capability": capability, "published": None if day is None else str(day)})
    check_form(probe)
    return probe


def check_form(probe: Probe) -> None:
    """Raises ProbeError where a probe asks for what no record holds, or for nothing."""
    expected = [probe.expect, *probe.expect.get("any_of", ())]
    for wanted in (*expected, probe.absent, probe.may):
        for section, items in wanted.items():
            if section != "any_of":
                _check_items(probe.id, section, items)
    if not probe.only.keys() <= set(SECTIONS):
        raise ProbeError(f"{probe.id}: only: {dict(probe.only)} names no section")
    if not any(expected) and probe.capability not in SILENT:
        raise ProbeError(f"{probe.id}: nothing is expected")
    if not (probe.absent or probe.only or probe.same or probe.swap):
        raise ProbeError(f"{probe.id}: nothing could be wrong (give absent or only)")


def _check_items(id: str, section: str, items: Sequence[Item]) -> None:
    if section not in FIELDS:
        raise ProbeError(f"{id}: there is no section {section}")
    for item in items:
        for alternative in (item, *item.get("any_of", ())):
            unknown = alternative.keys() - FIELDS[section].keys() - {"any_of"}
            if unknown:
                raise ProbeError(f"{id}: {section} has no {', '.join(sorted(unknown))}")
        for key, inner in (("tolls", "tolls"), ("offices", "offices")):
            if key in item:
                _check_items(id, inner, item[key])


# ------------------------------------------------------------------------------------------------ running


@dataclass(frozen=True)
class Outcome:
    probe: Probe
    record: Record
    faults: tuple[Fault, ...]

    @property
    def right(self) -> bool:
        return not self.faults


def run(probe: Probe) -> Outcome:
    """Reads the text, and those that must say the same, and judges the record."""
    record = _record(probe, probe.text)
    faults = [
        *missing(probe.expect, record),
        *present(probe.absent, record),
        *too_many(probe.only, probe.may, record),
    ]
    for text, names in probe.others():
        faults += differs(record, _record(probe, text), renaming(names))
    return Outcome(probe, record, tuple(faults))


def _record(probe: Probe, text: str) -> Record:
    record = khaldun.extract(text, outlet=probe.outlet, published=probe.published, title=probe.title, input_id="probe")
    return {**record, "text": text}


# ------------------------------------------------------------------------------------------------ counting


@dataclass(frozen=True)
class Share:
    """How many probes of so many are wholly right."""

    right: int
    of: int

    def __str__(self) -> str:
        return f"{self.right:3d}/{self.of:<3d} {self.right / self.of:6.1%}" if self.of else "  -"

    @property
    def value(self) -> Fraction:
        return Fraction(self.right, self.of) if self.of else Fraction(1)


def share(outcomes: Iterable[Outcome]) -> Share:
    right = [o.right for o in outcomes]
    return Share(sum(right), len(right))


def by_capability(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    names = sorted({o.probe.capability for o in outcomes})
    return {name: [o for o in outcomes if o.probe.capability == name] for name in names}


def table(outcomes: Sequence[Outcome]) -> str:
    """One line a capability and one for all: wholly right in each half and together."""

    def line(name: str, some: Sequence[Outcome]) -> str:
        halves = [share(o for o in some if o.probe.half == half) for half in HALVES]
        return f"{name:24s}" + "".join(f"{s!s:18s}" for s in (*halves, share(some))).rstrip()

    head = f"{'wholly right':24s}" + "".join(f"{f'half {half}':18s}" for half in HALVES) + "all"
    return "\n".join([head, *(line(n, some) for n, some in by_capability(outcomes).items()), line("all", outcomes)])


def floors_of(outcomes: Sequence[Outcome]) -> Floors:
    """What is to be kept of each group of series: right and of, in all and by capability."""
    return {
        name: {which: (s.right, s.of) for which, s in shares.items()} for name, shares in _in_groups(outcomes).items()
    }


def _in_groups(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Share]]:
    groups = {name: [o for o in outcomes if o.probe.series in series] for name, series in TOGETHER.items()}
    return {
        name: {"all": share(some), **{n: share(own) for n, own in by_capability(some).items()}}
        for name, some in groups.items()
        if some
    }


def sunk(outcomes: Sequence[Outcome], floors: Floors) -> list[str]:
    """The shares that lie below their floor."""
    now = _in_groups(outcomes)
    below = []
    for group, kept in floors.items():
        for name, pair in kept.items():
            floor, found = Share(*pair), now.get(group, {}).get(name)
            if found is None or found.value < floor.value:
                below.append(f"{name} ({group}): {found or 'no probes'}, floor {floor}")
    return below


def load_floors() -> Floors:
    floors: Floors = json.loads(FLOOR.read_text("utf-8"))
    return floors


def save_floors(floors: Floors) -> None:
    FLOOR.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
