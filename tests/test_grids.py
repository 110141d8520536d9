"""One construction, many sentences: of no grid may fewer be right than were (see grids/README.md)."""

from __future__ import annotations

from typing import Any

import pytest

from filling import Judged, _grid, fillings, judged, load, load_floors, sunk
from folding import ProbeError

RAW: dict[str, Any] = {
    "id": "shelled",
    "frame": "{doer} shelled {place}{toll}.",
    "sample": 6,
    "slots": {
        "doer": ["rebels", {"say": "the Syrian army", "name": "Syrian army"}],
        "place": ["Sirte", "Derna"],
        "toll": ["", {"say": ", killing nine people", "event": {"killed": 9}}],
    },
    "expect": {"events": [{"type": "bombing", "actor": "$doer", "place": "$place"}]},
    "only": {"events": 1},
}


@pytest.fixture(scope="module")
def found() -> dict[str, list[Judged]]:
    return {grid.id: judged(grid) for grid in load()}


def test_no_grid_sinks(found: dict[str, list[Judged]]) -> None:
    assert sunk(found, load_floors()) == []


def test_every_grid_has_a_floor(found: dict[str, list[Judged]]) -> None:
    assert {name: len(pairs) for name, pairs in found.items()} == {name: n for name, (_, n) in load_floors().items()}


def test_fillings_are_the_same_every_time_and_each_value_has_its_turn() -> None:
    first, second = (list(fillings(_grid("attacks", RAW))) for _ in range(2))
    assert [f.probe for f in first] == [f.probe for f in second]
    assert len({f.probe.text for f in first}) == 6
    assert {f.values["doer"].name for f in first} == {"rebels", "Syrian army"}


def test_what_a_value_asks_for_is_asked_of_its_sentences() -> None:
    with_toll = [f for f in fillings(_grid("attacks", RAW)) if f.values["toll"].say]
    assert with_toll
    for filling in with_toll:
        assert filling.probe.text.startswith(("Rebels", "The Syrian army"))
        place = filling.values["place"].name
        assert [(e["place"], e["killed"]) for e in filling.probe.expect["events"]] == [(place, 9)]


@pytest.mark.parametrize(
    "broken",
    [
        {"frame": "{doer} shelled {town}."},
        {"colour": "red"},
        {"expect": {"weather": [{}]}},
        {"expect": {"events": [{"x": 1}]}},
    ],
)
def test_a_grid_that_is_not_well_formed(broken: dict[str, Any]) -> None:
    with pytest.raises(ProbeError):
        _grid("attacks", {**RAW, **broken})
