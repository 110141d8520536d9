"""Actors and their ties as a graph in time (GEXF for Gephi and others).

A tie has the days it is said to hold; open ends stay open. Who says so and the words are attributes of the tie, so
that a tie on one party's word can be told from one that the report states. Ties with different voices are parallel
edges, never added up into one weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx

from khaldun.export import rows
from khaldun.export.losses import Loss, counted
from khaldun.export.shapes import ControlRow, RelationRow


def actor_graph(records: Iterable[rows.Record]) -> tuple[nx.MultiDiGraph[str], tuple[Loss, ...]]:
    """Actors and held places as nodes; relations and states of control as edges; and what did not fit."""
    records = list(records)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(mode="dynamic", name="Khaldun")
    for record in records:
        _add_actors(graph, record)
        _add_edges(graph, record)
    return graph, counted(_losses(records))


def write_gexf(records: Iterable[rows.Record], path: Path) -> tuple[Loss, ...]:
    """Writes the graph as GEXF 1.2 with spells."""
    graph, losses = actor_graph(records)
    nx.write_gexf(graph, path, version="1.2draft")
    return losses


def _add_actors(graph: nx.MultiDiGraph[str], record: rows.Record) -> None:
    for actor in rows.actor_rows(record):
        if actor["id"] not in graph:
            graph.add_node(
                actor["id"],
                label=actor["name"],
                kind="actor",
                type=actor["type"] or "",
                country=actor["country_iso3"] or "",
                also="; ".join(actor["aliases"]),
            )


def _add_edges(graph: nx.MultiDiGraph[str], record: rows.Record) -> None:
    places = {place["id"]: place["name"] for place in record["places"]}
    for tie, row in zip(record["relations"], rows.relation_rows(record), strict=True):
        if tie.get("source") and tie.get("target"):
            graph.add_edge(tie["source"], tie["target"], key=row["id"], **_tie(row))
    for state, held in zip(record["control"], rows.control_rows(record), strict=True):
        if state.get("actor") and state.get("place"):
            graph.add_node(state["place"], label=places.get(state["place"], state["place"]), kind="place")
            graph.add_edge(state["actor"], state["place"], key=held["id"], **_state(held))


def _tie(row: RelationRow) -> dict[str, Any]:
    return {"label": row["type"], **_evidence(row), **_spell(row["since"], row["until"])}


def _state(row: ControlRow) -> dict[str, Any]:
    return {"label": row["status"], **_evidence(row), **_spell(row["earliest"], row["latest"])}


def _evidence(row: RelationRow | ControlRow) -> dict[str, Any]:
    return {"row": row["id"], "voice": " > ".join(row["voice"]), "quote": _xml_safe(row["quote"])}


def _spell(start: str | None, end: str | None) -> dict[str, str]:
    """The ends that are known; a missing attribute is an open end. The days as printed stay in `days`."""
    known = {"start": start, "end": end}
    return {"days": f"{start or '..'}/{end or '..'}", **{key: day for key, day in known.items() if day}}


def _xml_safe(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")


def _losses(records: Iterable[rows.Record]) -> Iterator[tuple[str, str]]:
    for record in records:
        for tie in record["relations"]:
            if not (tie.get("source") and tie.get("target")):
                yield "relations", "one end is not an actor of the record"
        for state in record["control"]:
            if not (state.get("actor") and state.get("place")):
                yield "states of control", "the holder or the place is not named"
        yield from (("events", "not a tie; left out") for _ in record["events"])
        yield from (("claims", "not a tie; left out") for _ in record["claims"])
