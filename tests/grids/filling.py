"""Fills frames with words and judges what is read: one construction, many sentences.

A grid is a frame with slots and, for every slot, what may stand there. README.md explains the fields.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from check import SECTIONS, Item
from folding import ProbeError
from probing import Outcome, Probe, check_form, run

HERE = Path(__file__).parent
KEYS = frozenset("id frame slots sample expect absent only may published".split())
SAMPLE = 40
"""How many sentences of a grid are drawn, if it does not say."""
PUBLISHED = "2016-04-20"
"""Day of publication of every sentence that does not give another; a Wednesday."""


@dataclass(frozen=True)
class Value:
    """What may stand in a slot: the words, what the record is to call them, and what they ask for besides."""

    say: str
    name: str
    event: Item = field(default_factory=dict)
    """Fields of the first event that the grid expects."""
    expect: Item = field(default_factory=dict)
    absent: Item = field(default_factory=dict)
    only: Mapping[str, int] = field(default_factory=dict)
    """How many more items there may be."""


@dataclass(frozen=True)
class Grid:
    """A frame with its slots, and what every filling of it must give."""

    id: str
    area: str
    frame: str
    slots: Mapping[str, Sequence[Value]]
    sample: int
    published: str
    expect: Item
    absent: Item
    only: Mapping[str, int]
    may: Item


@dataclass(frozen=True)
class Filling:
    """One sentence of a grid, with the value in each slot and what it must give."""

    values: Mapping[str, Value]
    probe: Probe


# ------------------------------------------------------------------------------------------------ reading


def load(folder: Path = HERE) -> tuple[Grid, ...]:
    """All grids in the order of files and lines; a file has the name of its area. Raises ProbeError."""
    grids = tuple(
        _grid(path.stem, raw)
        for path in sorted(folder.glob("*.yaml"))
        for raw in yaml.safe_load(path.read_text("utf-8"))
    )
    if len({g.id for g in grids}) < len(grids):
        raise ProbeError("two grids have the same id")
    return grids


def _grid(area: str, raw: Mapping[str, Any]) -> Grid:
    if not raw.keys() <= KEYS or not {"id", "frame", "slots"} <= raw.keys():
        raise ProbeError(f"{raw.get('id')}: a grid has id, frame, slots, and of {sorted(KEYS)} what it needs")
    slots = {name: tuple(map(_value, values)) for name, values in raw["slots"].items()}
    named = {name for _, name, _, _ in string.Formatter().parse(raw["frame"]) if name}
    if named != slots.keys():
        raise ProbeError(f"{raw['id']}: the frame names {sorted(named)}, the slots are {sorted(slots)}")
    asked = (raw.get(key, {}) for key in ("expect", "absent", "only", "may"))
    sample, day = int(raw.get("sample", SAMPLE)), str(raw.get("published", PUBLISHED))
    grid = Grid(raw["id"], area, raw["frame"], slots, sample, day, *asked)
    for filling in fillings(grid):
        check_form(filling.probe)
    return grid


def _value(raw: str | Mapping[str, Any]) -> Value:
    if isinstance(raw, str):
        return Value(raw, raw)
    asked = (raw.get(key, {}) for key in ("event", "expect", "absent", "only"))
    return Value(raw["say"], raw.get("name", raw["say"]), *asked)


# ------------------------------------------------------------------------------------------------ filling


def fillings(grid: Grid) -> Iterator[Filling]:
    """As many fillings as the grid asks for, the same ones every time, no sentence twice; each value has its turn."""
    drawn = random.Random(grid.id)
    turns = {name: _turns(values, drawn) for name, values in grid.slots.items()}
    told: set[str] = set()
    for _ in range(4 * grid.sample):
        values = {name: next(turn) for name, turn in turns.items()}
        probe = _probe(grid, values, len(told))
        if probe.text not in told:
            told.add(probe.text)
            yield Filling(values, probe)
        if len(told) == grid.sample:
            return


def _turns(values: Sequence[Value], drawn: random.Random) -> Iterator[Value]:
    """The values in one shuffled order after another."""
    while True:
        yield from drawn.sample(values, len(values))


def _probe(grid: Grid, values: Mapping[str, Value], number: int) -> Probe:
    text = grid.frame.format(**{name: value.say for name, value in values.items()})
    own = tuple(values.values())
    return Probe(
        f"{grid.id}/{number}",
        grid.area,
        text[0].upper() + text[1:],
        published=grid.published,
        expect=_filled(_told_more(_together(grid.expect, *(v.expect for v in own)), own), values),
        absent=_filled(_together(grid.absent, *(v.absent for v in own)), values),
        only={s: n + sum(v.only.get(s, 0) for v in own) for s, n in grid.only.items()},
        may=_filled(grid.may, values),
    )


def _told_more(expect: Item, own: Sequence[Value]) -> Item:
    """The same with the fields that the values add to its first event."""
    added = {key: field for value in own for key, field in value.event.items()}
    if not added:
        return expect
    if not expect["events"]:
        raise ProbeError("a value adds to an event, and none is expected")
    first, *others = expect["events"]
    return {**expect, "events": [{**first, **added}, *others]}


def _together(*some: Item) -> Item:
    """Everything that several ask for."""
    unknown = {section for one in some for section in one} - set(SECTIONS)
    if unknown:
        raise ProbeError(f"there is no section {', '.join(sorted(unknown))}")
    return {section: [item for one in some for item in one.get(section, ())] for section in SECTIONS}


def _filled(wanted: Any, values: Mapping[str, Value]) -> Any:
    """With the name of its value for every `$slot`."""
    if isinstance(wanted, str):
        return re.sub(r"\$(\w+)", lambda m: values[m[1]].name, wanted)
    if isinstance(wanted, Mapping):
        return {key: _filled(value, values) for key, value in wanted.items()}
    return [_filled(w, values) for w in wanted] if isinstance(wanted, list) else wanted


Judged: TypeAlias = tuple[Filling, Outcome]
"""A sentence and what was read in it."""


def judged(grid: Grid) -> list[Judged]:
    """Every filling of a grid with what was read."""
    return [(filling, run(filling.probe)) for filling in fillings(grid)]


# ------------------------------------------------------------------------------------------------ floors

FLOORS = HERE / "floors"
"""One file an area: of every grid how many sentences are right, and of how many."""


def sunk(found: Mapping[str, Sequence[Judged]], floors: Mapping[str, Sequence[int]]) -> list[str]:
    """The grids of which fewer are right than their floor says."""
    now = {name: sum(outcome.right for _, outcome in pairs) for name, pairs in found.items()}
    below = {name: right for name, (right, _) in floors.items() if now.get(name, 0) < right}
    return [f"{name}: {now.get(name, 0)}, floor {right}" for name, right in below.items()]


def load_floors() -> dict[str, Sequence[int]]:
    """The floors of all areas, by grid."""
    files = sorted(FLOORS.glob("*.json"))
    return {name: floor for path in files for name, floor in json.loads(path.read_text("utf-8")).items()}


def save_floors(grids: Iterable[Grid], found: Mapping[str, Sequence[Judged]]) -> None:
    """Writes what was measured, for every area of which all grids were."""
    by_area: dict[str, list[Grid]] = defaultdict(list)
    for grid in grids:
        by_area[grid.area].append(grid)
    for area, own in by_area.items():
        if all(grid.id in found for grid in own):
            kept = {g.id: (sum(o.right for _, o in found[g.id]), len(found[g.id])) for g in own}
            lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(kept[name])}" for name in sorted(kept))
            (FLOORS / f"{area}.json").write_text(f"{{\n{lines}\n}}\n", "utf-8")
