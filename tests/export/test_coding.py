"""Coded rows: which events are one row, every rule with its examples, and the names of parties."""

from __future__ import annotations

from typing import Any

import pytest

from khaldun.export.coding import Facts, coded_rows, head_of, revised_sub_type
from khaldun.export.parties import class_of, is_told_by
from khaldun.knowledge import load_data

from .by_hand import KIND_OF, RULES, actor, event, record

SUB_TYPES = load_data("rules/acled.yaml")["sub_types"]


@pytest.mark.parametrize("rule", RULES["revisions"], ids=lambda rule: str(rule["why"]))
def test_examples_of_the_revisions(rule: dict[str, Any]) -> None:
    for example in [*rule["examples"], *rule["counterexamples"]]:
        given: dict[str, Any] = {k: v for k, v in example.items() if k not in {"start", "becomes"}}
        given = {k: frozenset(v) if isinstance(v, list) else v for k, v in given.items()}
        facts = Facts(**given)
        assert revised_sub_type(example["start"], facts) == example["becomes"], example


def test_revisions_speak_of_sub_types() -> None:
    for rule in RULES["revisions"]:
        starts = [rule["start"]] if isinstance(rule["start"], str) else rule["start"]
        assert {*starts, rule["becomes"]} <= set(SUB_TYPES)


def test_what_overtakes_what_speaks_of_sub_types() -> None:
    overtakes = RULES["heads"]["overtakes"]
    assert {*overtakes, *(sub for subs in overtakes.values() for sub in subs)} <= set(SUB_TYPES)
    assert not any(later in overtakes.get(first, ()) for later, subs in overtakes.items() for first in subs)


@pytest.mark.parametrize("example", RULES["heads"]["examples"], ids=lambda e: str(e["heads"]))
def test_which_event_heads_the_row(example: dict[str, Any]) -> None:
    told = [event(str(n), sub, at=n * 30) for n, sub in enumerate(example["told"])]
    assert head_of(told)["kind"] == KIND_OF[example["heads"]], example


CLASS_EXAMPLES = [
    example for rule in RULES["classes"].values() for example in (*rule["examples"], *rule.get("counterexamples", ()))
]


@pytest.mark.parametrize("example", CLASS_EXAMPLES, ids=lambda e: f"{e['name']}-{e['side']}")
def test_examples_of_the_classes(example: dict[str, Any]) -> None:
    assert class_of(example["name"], example["type"], example["start"], example["side"]) == example["class"]


BELONGING = [*RULES["belongs"]["examples"], *RULES["belongs"]["counterexamples"]]


@pytest.mark.parametrize("example", BELONGING, ids=lambda e: str(e["name"]))
def test_who_is_told_by_a_part_in_a_group(example: dict[str, Any]) -> None:
    assert is_told_by(example["name"], example["group"]) == example["belongs"]


def test_leaders_of_a_group_are_no_civilians() -> None:
    people = (
        actor("x", "Red Front", "armed_group"),
        actor("y", "Omar Adan", "person"),
        actor("z", "army", "state_force"),
    )
    told = record(event("a", "Attack", actor=["z"], target=["y"]), actors=people)
    (row,) = coded_rows({**told, "relations": [{"type": "leads", "source": "y", "target": "x", "to": None}]})
    assert [(p.name, p.type, p.id) for p in row.target] == [("Red Front", "armed_group", "y")]
    (row,) = coded_rows(told)
    assert [p.klass for p in row.target] == ["civilians"]


@pytest.mark.parametrize("force", RULES["forces"], ids=lambda force: str(force["row"]))
def test_forces_of_rival_governments_are_military_forces(force: dict[str, Any]) -> None:
    told = event("a", "Armed clash", actor=["x"])
    (row,) = coded_rows(record(told, actors=(actor("x", force["names"][0], "armed_group"),)))
    assert [(p.name, p.klass) for p in row.actor] == [(force["row"], "military")]


def test_conventions_name_classes_and_sub_types() -> None:
    for rule in RULES["conventions"]:
        subs = [rule["sub_type"]] if isinstance(rule["sub_type"], str) else rule["sub_type"]
        assert set(subs) <= set(SUB_TYPES)
        assert {rule[side] for side in ("actor1", "actor2") if side in rule} <= set(RULES["classes"])
