"""All that a store holds on one actor."""

from __future__ import annotations

from typing import TypedDict

from khaldun.export import rows
from khaldun.export.shapes import ActorRow, ClaimRow, ControlRow, EventRow, RelationRow
from khaldun.names import name_key
from khaldun.workflow.holdings import Holdings
from khaldun.workflow.joining import merged
from khaldun.workflow.selection import Selection, ids_named


class Dossier(TypedDict):
    """`actors` holds more than one only where a name is not settled to one actor."""

    actors: list[ActorRow]
    relations: list[RelationRow]
    control: list[ControlRow]
    events: list[EventRow]
    says: list[ClaimRow]
    about: list[ClaimRow]


def dossier_of(holdings: Holdings, actor: str) -> Dossier:
    """The dossier of the actor of that name or id. Raises NotFound."""
    records = list(holdings.records(Selection(actor=actor)))
    ids = ids_named(records, "actors", actor)
    claims = [row for record in records for row in rows.claim_rows(record)]
    actors = merged([row for record in records for row in rows.actor_rows(record) if row["id"] in ids])
    names = {name_key(row["name"]) for row in actors}
    events = [row for record in records for row in rows.event_rows(record)]
    return Dossier(
        actors=actors,
        relations=[row for record in records for row in rows.relation_rows(record)],
        control=[row for record in records for row in rows.control_rows(record)],
        events=sorted(events, key=lambda row: (row["latest"] or row["earliest"] or "9999", row["id"])),
        says=[row for row in claims if name_key(row["speaker"] or "") in names],
        about=[row for row in claims if name_key(row["speaker"] or "") not in names],
    )
