"""`data/rules/incidents.yaml`, laid out for use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from khaldun.knowledge import load_data

_FILE = "rules/incidents.yaml"
_WEIGHTS = "rules/incident_weights.yaml"

Cell: TypeAlias = Literal["individual", "organisation", "person", "thing", "instrument"]
"""What a filler is to its row: a perpetrator of either sort, a victim, a thing struck, a means."""

CELLS: tuple[Cell, ...] = ("individual", "organisation", "person", "thing", "instrument")


@dataclass(frozen=True, slots=True)
class Revision:
    """A type that the trigger's words or the arms give, whatever the kind of event."""

    type: str
    kinds: frozenset[str]
    trigger: re.Pattern[str] | None
    instrument: re.Pattern[str] | None

    def fits(self, kind: str, trigger: str, arms: str) -> bool:
        """True where an event of `kind` with these words is of this type."""
        if kind not in self.kinds:
            return False
        if self.trigger is not None and not self.trigger.search(trigger):
            return False
        return self.instrument is None or self.instrument.search(arms) is not None


@dataclass(frozen=True, slots=True)
class Weights:
    """What findings weigh, and the sum that they must reach."""

    weights: Mapping[str, float]
    threshold: float

    def weigh(self, findings: Iterable[str]) -> float:
        """The sum of what the findings weigh, above the threshold."""
        return sum(self.weights.get(finding, 0.0) for finding in sorted(findings)) - self.threshold


@dataclass(frozen=True, slots=True)
class CellRules:
    """What fills a cell; what a rule put there stays as long as the sum is not below `doubted`."""

    weights: Weights
    doubted: float


@dataclass(frozen=True, slots=True)
class IncidentRules:
    """Which events are incidents, of which type, and what makes them news."""

    types: Mapping[str, str]
    """Incident type by kind of event."""
    vague: frozenset[str]
    revisions: tuple[Revision, ...]
    bodies: frozenset[str]
    armed_words: frozenset[str]
    grounds: Mapping[str, str]
    """Names of groups, and the country (ISO alpha-2) that they act in most."""
    rows: Weights
    """What makes a row of a report that the learned layer has read; `rows_by_rule` of one that it has not."""
    rows_by_rule: Weights
    cells: Mapping[Cell, CellRules]

    def may_tell(self, kind: str) -> bool:
        """True where an event of the kind may be an incident, whatever its words."""
        return kind in self.types or any(kind in revision.kinds for revision in self.revisions)

    def type_of(self, kind: str, trigger: str, arms: str) -> str | None:
        """The type of an event, or None where it is no incident."""
        for revision in self.revisions:
            if revision.fits(kind, trigger, arms):
                return revision.type
        return self.types.get(kind)


@cache
def load_incident_rules() -> IncidentRules:
    """The rules. Raises InvalidKnowledge when the file is broken."""
    data: dict[str, Any] = load_data(_FILE)
    weights: dict[str, Any] = load_data(_WEIGHTS)
    return IncidentRules(
        types={kind: type for type, kinds in data["types"].items() for kind in kinds},
        vague=frozenset(data["vague"]),
        revisions=tuple(_revision(row) for row in data["revisions"]),
        bodies=frozenset(data["bodies"]),
        armed_words=frozenset(data["armed_words"]),
        grounds=_grounds(),
        rows=_weights(weights["rows"]["with_layer"]),
        rows_by_rule=_weights(weights["rows"]["by_rule"]),
        cells={
            cell: CellRules(_weights(row), float(row["doubted"]) - float(row["threshold"]))
            for cell in CELLS
            for row in (weights["cells"][cell],)
        },
    )


def _weights(row: Mapping[str, Any]) -> Weights:
    return Weights({finding: float(weight) for finding, weight in row["weights"].items()}, float(row["threshold"]))


def _grounds() -> Mapping[str, str]:
    rows = load_data("places/grounds.yaml")["grounds"]
    return {name.casefold(): row["countries"][0] for row in rows for name in row["names"]}


def _revision(row: Mapping[str, Any]) -> Revision:
    trigger, instrument = (re.compile(row[k], re.IGNORECASE) if k in row else None for k in ("trigger", "instrument"))
    return Revision(row["type"], frozenset(row["kinds"]), trigger, instrument)
