"""What a store holds, as records and as plain rows.

Reading only: nothing here changes the store. The records are made anew from annotations and claims, with actors and
places that were judged to be the same under one id and one name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any, Self, TypeVar

from khaldun.assess import Scene, control, control_timeline, load_rules, scene_of
from khaldun.errors import NotFound
from khaldun.export import rows
from khaldun.export.record import build_record
from khaldun.export.shapes import (
    ActorRow,
    ClaimRow,
    ControlRow,
    EventRow,
    IncidentRow,
    PlaceRow,
    RelationRow,
    ReportRow,
)
from khaldun.ledger import Ledger
from khaldun.ontology import Kinds, kinds
from khaldun.own_kinds import own_kinds, with_own
from khaldun.resolve import group_events
from khaldun.store import Store, StoreView, open_store
from khaldun.workflow.findings import ControlFinding, control_finding
from khaldun.workflow.joining import SharedNames, happenings_of, joined, merged, shared_names
from khaldun.workflow.selection import Record, Selection, not_found, select

T = TypeVar("T")


@dataclass(frozen=True)
class Holdings:
    """The read side of one store: `records` is the whole, the other methods give rows for a data frame.

    Names are matched without regard to case and accents; `since` and `until` ask what may lie between them.
    """

    store: Store
    kinds: Kinds = field(default_factory=kinds)
    """All kinds, the user's own among them; an event of another kind goes by its id."""

    @cached_property
    def view(self) -> StoreView:
        return self.store.view()

    @cached_property
    def _ledger(self) -> Ledger:
        return self.view.ledger()

    @cached_property
    def _shared(self) -> SharedNames:
        return shared_names(self.view.entities(), self._ledger)

    def records(self, selection: Selection = Selection()) -> Iterator[Record]:  # noqa: B008 - frozen
        """One record per report, in order of arrival, with what fits the selection."""
        return select((self._record(report.id) for report in self.view.reports()), selection)

    def record(self, report: str) -> Record:
        """The record of one report, by its id, the beginning of it, or the name it came under."""
        return self._record(self._report_id(report))

    def _record(self, report: str) -> Record:
        annotation, claims = self.view.annotation(report), tuple(self.view.claims(report))
        events = group_events(claims, annotation.entities)
        happenings = happenings_of(events, claims, self._ledger)
        return joined({**build_record(annotation, claims, events, self.kinds)}, self._shared, happenings)

    def _report_id(self, wanted: str) -> str:
        reports = [(report.id, report.input_id) for report in self.view.reports()]
        for fits in (
            [id for id, name in reports if wanted in (id, name)],
            [id for id, _ in reports if id.startswith(wanted)],
            [id for id, name in reports if wanted in (PurePath(name).name, PurePath(name).stem)],
        ):
            if len(fits) == 1:
                return fits[0]
            if fits:
                raise NotFound(f"'{wanted}' fits {len(fits)} reports: {', '.join(fits)}")
        raise not_found("reports", wanted, (PurePath(name).name for _, name in reports))

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -------------------------------------------------------------------------------------------- rows

    def reports(self, **wanted: Any) -> list[ReportRow]:
        """One row per report."""
        return [rows.report_row(record) for record in self.records(selection_of(**wanted))]

    def events(self, **wanted: Any) -> list[EventRow]:
        """One row per event and report. `wanted`: place, actor, speaker, kind, since, until."""
        return self._rows(rows.event_rows, wanted)

    def incidents(self, **wanted: Any) -> list[IncidentRow]:
        """One row per incident that a report tells as news, the same as `incidents.csv` of an export."""
        return self._rows(rows.incident_rows, wanted)

    def claims(self, **wanted: Any) -> list[ClaimRow]:
        """One row per thing that someone other than the report says."""
        return self._rows(rows.claim_rows, wanted)

    def relations(self, **wanted: Any) -> list[RelationRow]:
        """One row per tie between two actors."""
        return self._rows(rows.relation_rows, wanted)

    def control(self, **wanted: Any) -> list[ControlRow]:
        """One row per statement about who holds a place."""
        return self._rows(rows.control_rows, wanted)

    def assessed_control(self, place: str | None = None, *, as_of: date | None = None) -> list[ControlFinding]:
        """Who holds the place on that day, by the rules of assessment; without a day, one row per state in turn.

        Without a place: every place of which anything is said. Raises NotFound.
        """
        rules, scene = load_rules(), scene_of(self.view, self.kinds)
        if place is not None and as_of is None:
            found = control_timeline(place, self.view, rules, scene=scene)
        else:
            places = [place] if place is not None else self._places_told_of(scene)
            found = tuple(control(name, self.view, rules, as_of=as_of, scene=scene) for name in places)
        quotes = {claim.id: claim.quote for claim in self.view.claims()}
        names = dict(self._shared.values())
        return [control_finding(assessment, quotes, names) for assessment in found]

    def _places_told_of(self, scene: Scene) -> list[str]:
        told = (c for c in self.view.claims() if c.family == "control")
        return list(dict.fromkeys(scene.ledger.canonical(place) for c in told for place in c.roles.get("place", ())))

    def actors(self, **wanted: Any) -> list[ActorRow]:
        """One row per actor, over all reports."""
        return merged(self._rows(rows.actor_rows, wanted))

    def places(self, **wanted: Any) -> list[PlaceRow]:
        """One row per place, over all reports."""
        return merged(self._rows(rows.place_rows, wanted))

    def _rows(self, rows_of: Callable[[Record], Iterator[T]], wanted: dict[str, Any]) -> list[T]:
        return [row for record in self.records(selection_of(**wanted)) for row in rows_of(record)]


def open_holdings(where: str | Path, *, own: Path | None = None) -> Holdings:
    """The read side of the store at that path or address; `own` is a folder with kinds of the user's own.

    Raises StoreProblem when there is no store, InvalidKnowledge where a file of the folder is broken.
    """
    return Holdings(open_store(where, create=False), with_own(own_kinds(own)))


def selection_of(
    *,
    place: str | None = None,
    actor: str | None = None,
    speaker: str | None = None,
    kind: str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
) -> Selection:
    """A selection from plain values; days may be ISO strings."""
    return Selection(place, actor, speaker, kind, _day(since), _day(until))


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
