"""The names that others may rely on. A change here is a change of the interface and belongs in CHANGELOG.md."""

from __future__ import annotations

import inspect
from typing import get_type_hints

import khaldun
from khaldun.export import record_shape
from khaldun.export.tables import TABLES, columns
from khaldun.workflow.holdings import Holdings


def _public(thing: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(thing) if not name.startswith("_")}


def test_the_package() -> None:
    assert khaldun.__all__ == ["__version__", "extract", "open"]
    parameters = inspect.signature(khaldun.extract).parameters
    assert list(parameters) == ["text", "title", "outlet", "published", "url", "input_id", "kinds"]


def test_what_open_gives() -> None:
    assert _public(Holdings) == {
        "actors",
        "assessed_control",
        "claims",
        "close",
        "control",
        "events",
        "incidents",
        "places",
        "record",
        "records",
        "relations",
        "reports",
        "view",
    }


def test_the_parts_of_a_record() -> None:
    assert list(get_type_hints(record_shape.Record)) == [
        "report",
        "mentions",
        "actors",
        "places",
        "times",
        "attributions",
        "events",
        "claims",
        "relations",
        "control",
        "ties",
        "incidents",
    ]


def test_the_tables_and_their_first_columns() -> None:
    assert list(TABLES) == [
        "reports",
        "events",
        "incidents",
        "claims",
        "relations",
        "control",
        "actors",
        "places",
        "times",
        "mentions",
        "attributions",
    ]
    assert columns("events") == (
        "id", "happening", "report", "outlet", "published", "type", "plover_type", "plover_mode", "actor", "target",
        "place", "country_iso2", "lat", "lon", "place_precision", "earliest", "latest", "date_precision", "killed_low",
        "killed_best", "killed_high", "killed_according_to", "injured_low", "injured_best", "injured_high",
        "injured_according_to", "factuality", "negated", "distanced", "inferred", "voice", "quote", "start", "end",
        "score", "made_by",
    )  # fmt: skip
