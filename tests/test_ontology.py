"""The ontology: every kind is complete, its mappings are real labels, and broken entries are all named at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from khaldun import ontology
from khaldun.annotate.grammar.trigger_table import table
from khaldun.errors import InvalidKnowledge
from khaldun.model import Family
from khaldun.ontology import SAYING, Kind, kind, kinds

# PLOVER 2.0's event types.
PLOVER = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT".split()
)
RELATIONS = frozenset(
    "member_of part_of leads commands spokesman_of affiliated_with allied_with rival_of fights founded loyal_to "
    "liaison_of former_member_of successor_of holds_office".split()
)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, dict[str, Any]]]:
    """Data files by name that stand in for the installed ones, empty to begin with."""
    files: dict[str, dict[str, Any]] = {f"ontology/{name}.yaml": {} for name in ("events", "relations", "control")}
    monkeypatch.setattr(ontology, "load_data", files.__getitem__)
    kinds.cache_clear()
    yield files
    kinds.cache_clear()


def test_events_come_first() -> None:
    families = [k.family for k in kinds().values()]
    assert families == sorted(families, key=["event", "relation", "control"].index)
    assert set(families) | {SAYING} == set(get_args(Family))


def test_the_relations_and_states_of_the_record_are_there() -> None:
    assert {k.id for k in kinds().values() if k.family == "relation"} == RELATIONS
    states = {k.id.removeprefix("control.") for k in kinds().values() if k.family == "control"}
    assert states == {"holds", "lost", "contested", "present"}


@pytest.mark.parametrize("found", kinds().values(), ids=lambda k: k.id)
def test_a_kind_is_complete(found: Kind) -> None:
    assert found.label
    assert found.plain
    assert found.definition.endswith(".")
    assert found.example.endswith((".", "!", "”", '"'))
    assert found.counterexample != found.example
    assert found.roles
    assert found.plover_type is None or found.plover_type in PLOVER
    assert found.plover_mode is None or found.plover_type is not None


def test_only_relations_are_symmetric_and_only_events_two_sided() -> None:
    assert {k.family for k in kinds().values() if k.symmetric} == {"relation"}
    assert {k.family for k in kinds().values() if k.two_sided or k.violent} == {"event"}


def test_every_event_kind_can_be_evoked() -> None:
    evoked = {entry.kind for entry in table().entries}
    unreachable = {k.id for k in kinds().values() if k.family == "event"} - evoked
    assert unreachable <= {"other"}


def test_an_unknown_kind_names_the_next_step() -> None:
    with pytest.raises(InvalidKnowledge, match=r"no kind 'weather\.storm'.*data/ontology"):
        kind("weather.storm")


def test_broken_entries_are_all_named_at_once(given: dict[str, dict[str, Any]]) -> None:
    given["ontology/events.yaml"] = {"flood": {"label": "flood"}, "quake": None}
    given["ontology/relations.yaml"] = {"cousin_of": {"label": "cousin of", "definition": "Kin.", "example": "A."}}
    with pytest.raises(InvalidKnowledge) as caught:
        kinds()
    assert "events.yaml: flood: 'definition'" in str(caught.value)
    assert "events.yaml: quake" in str(caught.value)
    assert "cousin_of" not in str(caught.value)


def test_what_an_entry_leaves_out(given: dict[str, dict[str, Any]]) -> None:
    given["ontology/relations.yaml"] = {"cousin_of": {"label": "cousin of", "definition": "Kin.", "example": "A."}}
    assert kind("cousin_of") == Kind(
        "cousin_of", "relation", "cousin of", "Kin.", plain="cousin of", example="A.", roles=("source", "target")
    )
