"""One row for a happening that several reports tell: the rows of the reports that are judged to be of one happening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from khaldun.export.coding import Coded
from khaldun.export.parties import RULES
from khaldun.knowledge import load_data


@dataclass(frozen=True, slots=True)
class Told:
    """A coded row of one report."""

    coded: Coded
    report: str
    row: dict[str, Any]

    @property
    def happenings(self) -> frozenset[str]:
        """Those of its events; a further row that several parties did each for itself has none of its own."""
        told = self.coded.events if not self.coded.part else ()
        return frozenset(str(e["happening"]) for e in told if e.get("happening"))


def by_happening(told: Iterable[Told]) -> list[list[Told]]:
    """The rows that tell of one happening together, the one to go by first; two rows of one report stay apart."""
    groups: list[list[Told]] = []
    telling: dict[str, list[list[Told]]] = {}
    for one in told:
        same = (group for happening in sorted(one.happenings) for group in telling.get(happening, ()))
        home = next((group for group in same if all(one.report != other.report for other in group)), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(one)
        for happening in one.happenings:
            telling.setdefault(happening, []).append(home)
    return [_led(group) for group in groups]


def _led(group: list[Told]) -> list[Told]:
    """The rows, first the one whose sub-type overtakes those of the others, as among the events of one row."""
    overtakes = load_data(RULES)["heads"]["overtakes"]
    lead = group[0]
    for other in group[1:]:
        if lead.coded.sub_type in overtakes.get(other.coded.sub_type, ()):
            lead = other
    return [lead, *(one for one in group if one is not lead)]


def joined(group: Sequence[Told], column: str) -> str | None:
    """What the rows have in a column, each once."""
    return "; ".join(dict.fromkeys(str(one.row[column]) for one in group if one.row[column])) or None


def filled(group: Sequence[Told], fields: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The first row, with each set of columns that it leaves empty as the next row has it.

    Who stands on one side of the first row does not fill the other: whoever left a town is not who took it from him.
    """
    row = dict(group[0].row)
    for columns in fields:
        taken = {row.get(own[0]) for own in fields if own is not columns}
        has = next((one.row for one in group if one.row.get(columns[0]) and one.row[columns[0]] not in taken), None)
        if has is not None:
            row |= {column: has.get(column) for column in columns}
    return row
