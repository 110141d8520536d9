"""Who holds a place, according to whom: the answers in words, and the series over time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khaldun.assess import control, control_timeline, load_rules
from khaldun.errors import NotFound
from khaldun.model import Judgement, When

RULES = load_rules()
GAIN = {"by": ["front"], "kind": "control.gain", "actor": ["front"], "place": ["Qasr Tal"], "day": 4}
FIGHT = [["front", "fights", "army"]]


def march(day: int) -> date:
    return date(2019, 3, day)


def answer(make: Any, *claims: dict[str, Any], as_of: int | None = None, **more: Any) -> str:
    view = make(claims, **more)
    return control("Qasr Tal", view, RULES, as_of=march(as_of) if as_of else None).answer


def test_a_party_that_announces_its_victory_in_words_the_outlet_will_not_own(make: Any) -> None:
    assert answer(make, {**GAIN, "distanced": True}, as_of=4) == (
        "claimed by front; one independent voice, which is a party to the fight; the outlet keeps its distance"
    )


def test_a_second_outlet_with_the_same_statement_changes_nothing(make: Any) -> None:
    once = answer(make, {**GAIN, "distanced": True}, as_of=4)
    assert answer(make, {**GAIN, "distanced": True}, {**GAIN, "report": "r2"}, as_of=4) == once


def test_a_spokesman_is_no_second_voice(make: Any) -> None:
    ties = [["Salim Harb", "spokesman_of", "front"]]
    found = answer(make, GAIN, {**GAIN, "by": ["Salim Harb"], "report": "r2"}, ties=ties)
    assert found == "claimed by front; one independent voice, which is a party to the fight"


def test_a_resident_who_says_that_fighting_went_on_makes_it_contested(make: Any) -> None:
    fights = {"by": ["residents"], "kind": "control.contested", "actor": ["army"], "place": ["Qasr Tal"], "day": 5}
    assert answer(make, GAIN, {**fights, "report": "r2"}) == (
        "contested: front says front holds it, residents say army is fighting for it; "
        "one independent voice, which is a party to the fight"
    )


def test_the_loser_who_says_that_it_withdrew_confirms_it_against_its_interest(make: Any) -> None:
    withdrew = {"by": ["army"], "kind": "retreat.withdraw", "actor": ["army"], "place": ["Qasr Tal"], "day": 4}
    assert answer(make, GAIN, {**withdrew, "report": "r2"}, ties=FIGHT) == (
        "held by front, which is admitted against interest; according to front and army; "
        "2 independent voices, all of them known as party to the fight"
    )


def test_a_monitor_says_so(make: Any) -> None:
    found = answer(make, {**GAIN, "by": ["observatory"], "hedged": True}, as_of=9)
    assert found == (
        "held by front, according to observatory; one independent voice, which is not known as a party to the fight; "
        "the outlet hedges it; last told of 2019-03-04, and nothing later is known"
    )


def test_an_ally_that_says_so_claims_it(make: Any) -> None:
    found = answer(make, {**GAIN, "by": ["army"], "actor": ["brigade"]})
    assert found.startswith("held by brigade, as army claims; one independent voice")


def test_a_denial_of_the_loss_makes_it_contested(make: Any) -> None:
    denies = {"by": ["army"], "kind": "retreat.withdraw", "actor": ["army"], "place": ["Qasr Tal"], "day": 4}
    found = answer(make, GAIN, {**denies, "negated": True, "report": "r2"}, ties=FIGHT)
    assert found.startswith("contested: front says front holds it, army denies that army has lost it")


def test_only_the_day_of_publication_is_known(make: Any) -> None:
    told = {**GAIN, "when": When(None, march(20), "published"), "day": None}
    view = make([told])
    assert control("Qasr Tal", view, RULES, as_of=march(19)).values["status"] == "unknown"
    assert control("Qasr Tal", view, RULES, as_of=march(20)).values["status"] == "holds"


def test_supporting_and_opposing_claims_are_named(make: Any) -> None:
    holds = {"by": ["army"], "kind": "control.holds", "actor": ["army"], "place": ["Qasr Tal"], "day": 6}
    found = control("Qasr Tal", make([GAIN, {**holds, "report": "r2"}], ties=FIGHT), RULES)
    assert (found.supporting, found.opposing) == (("c1",), ("c0",))
    assert found.about == "Qasr Tal"
    assert found.rules == "khaldun 1"
    assert set(found.because) <= set(RULES.says)


def test_those_who_take_it_together_by_the_same_words_hold_it_jointly(make: Any) -> None:
    together = {**GAIN, "actor": ["front", "brigade"]}
    assert answer(make, together, as_of=4).startswith("claimed by ")
    assert answer(make, together, as_of=4, ties=[["front", "fights", "brigade"]]).startswith("contested: ")


def test_a_report_that_tells_of_loser_and_winner_in_turn_tells_of_no_contest(make: Any) -> None:
    lasts = {"kind": "control.gain", "actor": ["front"], "place": ["Qasr Tal"], "day": 1}
    view = make([lasts, {**GAIN, "by": ["observatory"], "actor": ["army"]}])
    assert control("Qasr Tal", view, RULES, as_of=march(4)).values["status"] == "holds"


def test_a_place_that_is_not_there_or_is_two(make: Any) -> None:
    with pytest.raises(NotFound, match="no place called 'Nowhere'"):
        control("Nowhere", make([GAIN]), RULES)
    view = make([GAIN])
    twin = [Judgement("a", "b", "SAME", 1.0, "", "x")]
    assert control("qasr tal", make([GAIN], decided=twin), RULES).values["status"] == "holds"
    assert control("Wadi Umm", view, RULES).answer == "unknown: nothing is told of who holds it"


def test_a_state_told_of_an_interval_lasts_until_the_next_begins(make: Any) -> None:
    stays = {"by": ["observatory"], "kind": "control.present", "actor": ["front"], "place": ["Qasr Tal"]}
    told = {**stays, "when": When(march(1), march(28), "stated"), "day": None}
    view = make([told, {**GAIN, "actor": ["army"], "by": ["observatory"], "day": 20, "report": "r2"}])
    series = control_timeline("Qasr Tal", view, RULES)
    assert [(s.values["status"], s.values["from"], s.values["to"]) for s in series] == [
        ("present", "2019-03-01", "2019-03-19"),
        ("holds", "2019-03-20", "2019-03-20"),
    ]
    for day, status in ((1, "present"), (19, "present"), (20, "holds")):
        assert control("Qasr Tal", view, RULES, as_of=march(day)).values["status"] == status
    [alone] = control_timeline("Qasr Tal", make([told]), RULES)
    assert alone.values["to"] == "2019-03-28"


def test_a_town_that_changed_hands(make: Any) -> None:
    view = make(
        [
            {"by": ["observatory"], "kind": "control.holds", "actor": ["army"], "place": ["Qasr Tal"], "day": 1},
            {**GAIN, "target": ["army"], "day": 10},
            {"by": ["observatory"], "kind": "control.holds", "actor": ["front"], "place": ["Qasr Tal"], "day": 12},
            {"by": ["observatory"], "kind": "control.lost", "actor": ["front"], "place": ["Qasr Tal"], "day": 29},
        ],
        ties=FIGHT,
    )
    series = control_timeline("Qasr Tal", view, RULES)
    assert [(s.values["status"], s.values["actor"], s.values["from"], s.values["to"]) for s in series] == [
        ("holds", "army", "2019-03-01", "2019-03-01"),
        ("holds", "front", "2019-03-10", "2019-03-10"),  # its own word
        ("holds", "front", "2019-03-12", "2019-03-12"),  # a monitor's
        ("lost", "front", "2019-03-29", "2019-03-29"),
    ]
    assert [s.values.get("basis") for s in series] == ["reported", "claimed", "reported", None]


KINDS = ["control.gain", "control.holds", "control.lost", "control.contested", "control.present", "retreat.withdraw",
         "assault.clash", "siege"]  # fmt: skip
SHORTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "actor": st.sampled_from([["front"], ["army"], ["brigade"]]),
        "by": st.sampled_from([[], ["front"], ["army"], ["observatory"], ["residents"]]),
        "place": st.just(["Qasr Tal"]),
        "report": st.sampled_from(["r1", "r2"]),
    },
    optional={"day": st.integers(1, 31), "negated": st.booleans(), "modality": st.sampled_from(["actual", "planned"])},
)


@settings(max_examples=80, deadline=None)
@given(st.lists(SHORTS, min_size=1, max_size=7))
def test_any_record_gets_an_answer_that_rests_on_its_claims(make: Any, shorts: list[dict[str, Any]]) -> None:
    view = make(shorts, ties=FIGHT)
    for found in (control("Qasr Tal", view, RULES), *control_timeline("Qasr Tal", view, RULES)):
        ids = {c.id for c in view.claimed}
        assert {*found.supporting, *found.opposing} <= ids
        assert (found.values["status"] == "unknown") == (not found.supporting)
        assert set(found.because) <= set(RULES.says)
        assert found == control("Qasr Tal", view, RULES) or "from" in found.values


@settings(max_examples=60, deadline=None)
@given(st.lists(SHORTS, min_size=1, max_size=6), st.integers(1, 31))
def test_what_is_told_of_later_days_changes_no_earlier_answer(
    make: Any, shorts: list[dict[str, Any]], day: int
) -> None:
    dated = [{**s, "day": s.get("day", 15)} for s in shorts]
    before = [s for s in dated if s["day"] <= day]
    if before:
        whole = control("Qasr Tal", make(dated), RULES, as_of=march(day))
        part = control("Qasr Tal", make(before), RULES, as_of=march(day))
        assert (whole.values["status"], whole.values.get("actor")) == (part.values["status"], part.values.get("actor"))


def test_what_a_party_told_an_agency_is_claimed_by_the_party(make: Any) -> None:
    told = {"kind": "control.holds", "actor": ["soldiers"], "place": ["Qasr Tal"], "by": ["soldiers", "Coast Radio"]}
    assert answer(make, told) == "claimed by soldiers; one independent voice, which is a party to the fight"


TAKEN = {"by": ["observatory"], "kind": "control.gain", "actor": ["army"], "target": ["front"], "place": ["Qasr Tal"]}
SOME_DAY = {**TAKEN, "days": [5, 25], "report": "r2"}


def test_what_changed_on_some_day_of_several_is_only_possible_before_the_last_of_them(make: Any) -> None:
    assert answer(make, SOME_DAY, as_of=10) == (
        "unknown; possibly held by army since some day from 2019-03-05 to 2019-03-25, according to observatory"
    )
    assert answer(make, SOME_DAY, as_of=4).startswith("unknown: nothing is told")
    assert answer(make, SOME_DAY, as_of=25).startswith("held by army, according to observatory")


def test_who_held_it_before_is_still_said_to_while_the_change_is_only_possible(make: Any) -> None:
    held = {"by": ["residents"], "kind": "control.holds", "actor": ["front"], "place": ["Qasr Tal"], "day": 2}
    found = control("Qasr Tal", make([held, SOME_DAY]), RULES, as_of=march(10))
    assert (found.values["status"], found.values["actor"]) == ("holds", "front")
    assert {k: v for k, v in found.values.items() if k.startswith("possibly")} == {
        "possibly": "holds",
        "possibly_actor": "army",
        "possibly_actor_name": "army",
        "possibly_since": "2019-03-05",
        "possibly_by": "2019-03-25",
    }
    assert set(found.supporting) == {"c0", "c1"}


def test_a_timeline_says_by_when_a_state_had_begun(make: Any) -> None:
    [state] = control_timeline("Qasr Tal", make([SOME_DAY]), RULES)
    assert [state.values.get(key) for key in ("from", "from_is", "from_by")] == ["2019-03-05", "earliest", "2019-03-25"]
