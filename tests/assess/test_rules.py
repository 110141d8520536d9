"""Every rule on the examples that stand beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from khaldun.assess import (
    contradictions,
    contradictions_of,
    control,
    corroboration,
    independent_voices,
    interest,
    load_rules,
    scene_of,
)
from khaldun.assess.figures import cannot_both_be
from khaldun.assess.rules import are_several
from khaldun.knowledge import load_data
from khaldun.model import Claim, Quantity, Span, Toll
from khaldun.ontology import kinds

ENTRIES = load_data("rules/assess.yaml")["rules"]
RULES = load_rules()


def cases(answer: str) -> list[Any]:
    return [
        pytest.param(id, entry[answer], example, which == "examples", id=f"{id}-{which}-{n}")
        for id, entry in ENTRIES.items()
        if answer in entry
        for which in ("examples", "counterexamples")
        for n, example in enumerate(entry.get(which, ()))
    ]


def made(make: Any, example: dict[str, Any]) -> Any:
    more = {key: example[key] for key in ("ties", "credits", "suggested") if key in example}
    return make(example["claims"], **more)


def test_every_rule_is_of_one_sort_and_has_both_kinds_of_example() -> None:
    sorts = {"interest", "origins", "corroboration", "contradiction", "control"}
    for id, entry in ENTRIES.items():
        assert len(sorts & set(entry)) == 1, id
        assert entry["examples"], id
        assert entry["counterexamples"], id


def test_effects_are_of_kinds_that_there_are() -> None:
    known = set(kinds()) | {k.split(".")[0] for k in kinds()} | {"control.transfer"}
    assert set(RULES.effects) <= known
    assert RULES.effect("assault.aerial", "target") == "is harmed"
    assert RULES.effect("consult.meet", "actor") is None


@pytest.mark.parametrize(("rule", "value", "example", "fires"), cases("interest"))
def test_interest(make: Any, rule: str, value: str, example: dict[str, Any], fires: bool) -> None:
    view = make([example["claim"]], ties=example.get("ties", ()))
    found = interest(view.claimed[0], scene_of(view), RULES)
    assert (found.rule == rule) is fires, found
    if fires:
        assert found.value == value


@pytest.mark.parametrize(("rule", "value", "example", "fires"), cases("origins"))
def test_origins(make: Any, rule: str, value: int, example: dict[str, Any], fires: bool) -> None:
    view = made(make, example)
    origins = independent_voices([c for c in view.claimed if c.family == "event"], view)
    assert len(origins) == (value if fires else example.get("origins", 2))
    if fires:
        assert rule in origins[0].because


@pytest.mark.parametrize(("rule", "value", "example", "fires"), cases("corroboration"))
def test_corroboration(make: Any, rule: str, value: str, example: dict[str, Any], fires: bool) -> None:
    view = made(make, example)
    found = corroboration(view.event(), view, RULES)
    assert (found.because[0] == rule) is fires, found
    if fires:
        assert found.values["corroboration"] == value
        assert RULES.says[rule] in found.answer


@pytest.mark.parametrize(("rule", "value", "example", "fires"), cases("contradiction"))
def test_contradiction(make: Any, rule: str, value: str, example: dict[str, Any], fires: bool) -> None:
    view = made(make, example)
    rows = contradictions_of(view.event(), view, RULES) if value != "control" else contradictions(view)
    found = [row for row in rows if rule in row.because]
    assert bool(found) is fires, rows
    if fires:
        assert found[0].values["field"] == value
        assert {*found[0].supporting, *found[0].opposing} == {"c0", "c1"}


@pytest.mark.parametrize(("rule", "value", "example", "fires"), cases("control"))
def test_control(make: Any, rule: str, value: dict[str, str], example: dict[str, Any], fires: bool) -> None:
    view = made(make, example)
    as_of = date(2019, 3, example["as_of"]) if "as_of" in example else None
    found = control("Qasr Tal", view, RULES, as_of=as_of)
    assert (value.items() <= found.values.items()) is fires, found.answer
    if fires:
        assert rule in found.because


@pytest.mark.parametrize("example", load_data("rules/assess.yaml")["revising"]["examples"])
def test_a_toll_told_as_risen_takes_the_place_of_an_earlier_one(make: Any, example: str) -> None:
    assert not _tolls_apart(make, example, later=True)
    assert _tolls_apart(make, example, later=False)  # what came out before cannot have been revised


@pytest.mark.parametrize("example", load_data("rules/assess.yaml")["revising"]["counterexamples"])
def test_another_toll_is_no_revision(make: Any, example: str) -> None:
    assert _tolls_apart(make, example, later=True)


def _tolls_apart(make: Any, said: str, *, later: bool) -> bool:
    killing = {"kind": "assault.killing", "day": 3}
    claims = [
        {**killing, "by": ["front"], "report": "r1", "killed": 40},
        {**killing, "by": ["ministry"], "report": "r2", "killed": 42, "said": said},
    ]
    view = make(claims, out={"r1": date(2019, 3, 4), "r2": date(2019, 3, 5 if later else 3)})
    return any("tolls_apart" in row.because for row in contradictions(view, [view.event("assault.killing")]))


SEVERAL = load_data("rules/assess.yaml")["several"]


@pytest.mark.parametrize("name", [*SEVERAL["examples"], *SEVERAL["counterexamples"]])
def test_several_people_take_a_plural_verb(name: str) -> None:
    assert are_several(name) is (name in SEVERAL["examples"])


@pytest.mark.parametrize(("later", "apart"), [("Nine guards", True), ("Nine herders", False)])
def test_two_voices_count_the_same_people_by_one_noun(make: Any, later: str, apart: bool) -> None:
    def claim(by: str, said: str, n: int, whose: str) -> Claim:
        toll = Toll("killed", Quantity(n, n, n), Span(0, said.index(" ")), whose)
        voice = (by, "outlet:Coast Daily")
        return Claim(by, "r1", "event", "assault.killing", Span(0, len(said)), said, voice, {}, tolls=(toll,))

    first, second = claim("army", "Four guards died", 4, "post"), claim("nurse", f"{later} died", 9, "army")
    assert cannot_both_be(first, first.tolls[0], second, second.tolls[0], scene_of(make([]))) is apart
