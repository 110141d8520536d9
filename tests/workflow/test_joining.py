"""Records of several reports under shared ids and names: nothing that was found is changed by it."""

from __future__ import annotations

from typing import Any

from khaldun.ledger import Ledger
from khaldun.model import Entity, Event, Judgement, Name
from khaldun.workflow.joining import happenings_of, joined, shared_names


def _actor(id: str, name: str) -> Entity:
    return Entity(id, "actor", name, (Name(name),))


def _record() -> dict[str, Any]:
    return {
        "actors": [
            {"id": "b1", "name": "IS", "aliases": ["IS"], "type": None},
            {"id": "b2", "name": "Daesh", "aliases": ["Daesh"], "type": "armed_group"},
        ],
        "places": [],
        "events": [{"id": "e1", "actor": ["b1"], "target": ["b2"], "evidence": "b1 is no id here, but IS"}],
    }


LEDGER = Ledger([Judgement("a1", "b1", "SAME", 1, "", "test"), Judgement("b1", "b2", "SAME", 1, "", "test")])


def test_the_name_most_reports_use() -> None:
    entities = [_actor("a1", "Islamic State"), _actor("b1", "IS"), _actor("b2", "Islamic State"), _actor("c1", "Army")]
    shared = shared_names(entities, LEDGER)
    assert shared["b1"] == ("a1", "Islamic State")
    assert shared["c1"] == ("c1", "Army")


def test_a_place_goes_by_its_printed_name() -> None:
    place = Entity("p", "place", "Darnah", (Name("Derna"), Name("the eastern city", "description")))
    assert shared_names([place], LEDGER)["p"] == ("p", "Derna")


def test_two_actors_of_one_report_that_are_the_same_become_one() -> None:
    record = joined(_record(), {"b1": ("a1", "Islamic State"), "b2": ("a1", "Islamic State")}, {"e1": "h"})
    assert record["actors"] == [
        {"id": "a1", "name": "Islamic State", "aliases": ["IS", "Daesh"], "type": "armed_group"}
    ]
    [event] = record["events"]
    assert (event["actor"], event["target"], event["happening"]) == (["a1"], ["a1"], "h")
    assert event["evidence"] == "b1 is no id here, but IS"


def test_events_of_one_happening_share_its_id() -> None:
    ledger = Ledger([Judgement("c1", "c3", "SAME", 1, "", "test")])
    found = happenings_of(
        [Event("e1", "k", ("c2", "c1")), Event("e2", "k", ("c3",)), Event("e3", "k", ("c4",))], (), ledger
    )
    assert found == {"e1": "c1", "e2": "c1", "e3": "c4"}
