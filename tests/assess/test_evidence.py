"""Origins, corroboration and contradictions on small records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from khaldun.assess import assess, contradictions, independent_voices, interest, load_rules, scene_of
from khaldun.assess.scene import body_told, is_copy
from khaldun.ledger import Ledger, events_of
from khaldun.model import Judgement, Quantity, Toll

RULES = load_rules()
STRIKE = {"kind": "assault.shelling", "actor": ["army"], "target": ["civilians"], "place": ["Qasr Tal"]}


def test_ten_outlets_with_one_agency_line_are_one_origin(make: Any) -> None:
    view = make([{**STRIKE, "by": ["observatory"], "report": f"r{n}"} for n in range(1, 11)])
    (origin,) = independent_voices(view.claimed, view)
    assert (origin.id, len(origin.claims), len(origin.reports)) == ("observatory", 10, 10)


def test_a_copied_report_is_the_one_it_copies(make: Any) -> None:
    text = "The market in the old town burned for two days after the shells fell, and nobody came to put the fire out."
    other = "Shops reopened along the harbour on Sunday while crews cleared glass from the road by the northern gate."
    claims = [{**STRIKE, "report": r} for r in ("r1", "r2", "r3")]
    view = make(claims, texts={"r1": text, "r2": f"{text} More soon.", "r3": other})
    origins = independent_voices(view.claimed, view)
    assert [o.reports for o in origins] == [("r1", "r2"), ("r3",)]
    assert origins[0].because == ("own_sentence", "copied_text")


@pytest.mark.parametrize(
    ("left", "right", "copy"),
    [
        (
            "the army shelled the old market on Monday morning",
            "The army shelled the old market on Monday morning.",
            True,
        ),
        (
            "the army shelled the old market on Monday morning",
            "the front shelled the new market on Sunday night",
            False,
        ),
        ("too short", "too short", False),
    ],
)
def test_copies(left: str, right: str, copy: bool) -> None:
    assert is_copy(left, right) is copy


def test_two_names_judged_one_are_one_origin_until_it_is_taken_back(make: Any) -> None:
    claims = [{**STRIKE, "by": ["observatory"]}, {**STRIKE, "by": ["Coast Radio"], "report": "r2"}]
    same = Judgement("observatory", "Coast Radio", "SAME", 1.0, "", "analyst")
    assert len(independent_voices(make(claims).claimed, make(claims))) == 2
    view = make(claims, decided=[same])
    assert len(independent_voices(view.claimed, view)) == 1


def test_assess_gives_corroboration_contradictions_and_interests(make: Any) -> None:
    view = make(
        [
            {**STRIKE, "by": ["front"], "killed": 12},
            {**STRIKE, "by": ["army"], "negated": True, "report": "r2"},
            {**STRIKE, "by": ["observatory"], "killed": 7, "report": "r2"},
        ],
        ties=[["front", "fights", "army"]],
    )
    found = assess(view.event(), view, RULES)
    assert [(a.question, next(iter(a.values.values()))) for a in found] == [
        ("corroboration", "several origins one side"),
        ("contradiction", "denial"),
        ("contradiction", "toll"),
        ("contradiction", "denial"),
        ("interest", "self_serving"),
        ("interest", "self_serving"),
        ("interest", "neutral"),
    ]
    assert found[0].opposing == ("c1",)
    assert found[2].answer == "The figures cannot both be true. front: 12 killed; observatory: 7 killed."
    assert found == assess(view.event(), view, RULES)


def test_contradictions_over_the_record_use_the_judgements(make: Any) -> None:
    claims = [
        {**STRIKE, "by": ["front"], "killed": 12},
        {**STRIKE, "by": ["observatory"], "killed": 7, "report": "r2"},
    ]
    assert contradictions(make(claims)) == ()
    view = make(claims, decided=[Judgement("c0", "c1", "SAME", 1.0, "", "rule:x")])
    (row,) = contradictions(view)
    (event,) = events_of(view.claims(), Ledger(view.judgements()))
    assert (row.about, row.supporting, row.opposing) == (event.id, ("c0",), ("c1",))


def test_one_origin_against_another_is_one_row_with_all_the_claims_of_both(make: Any) -> None:
    view = make(
        [
            {**STRIKE, "by": ["front"], "killed": 12},
            {**STRIKE, "by": ["observatory"], "killed": 7, "report": "r2"},
            {**STRIKE, "by": ["front"], "killed": 12, "report": "r3"},
        ]
    )
    (row,) = [a for a in assess(view.event(), view, RULES) if a.question == "contradiction"]
    assert (row.supporting, row.opposing) == (("c0", "c2"), ("c1",))


def test_one_of_several_figures_is_no_whole_that_a_part_could_be_above(make: Any) -> None:
    """ "15 herders were killed and six others": neither figure is that of all the dead."""
    view = make(
        [
            {**STRIKE, "by": ["front"], "killed": 6, "said": "6 others were killed"},
            {**STRIKE, "by": ["observatory"], "killed": 21, "who": ["civilians"], "report": "r2"},
        ]
    )
    assert [a for a in assess(view.event(), view, RULES) if a.question == "contradiction"] == []


def test_the_death_toll_of_a_report_is_that_of_the_dead_it_told_of(make: Any) -> None:
    """ "12 civilians died, the front said. The observatory said *the death toll* had risen to 20": of the same."""
    told = {**STRIKE, "by": ["front"], "killed": 12, "who": ["civilians"]}
    risen = {**STRIKE, "by": ["observatory"], "killed": 20, "said": "the death toll has risen to 20"}
    for more, apart in ((risen, 1), ({**risen, "said": "20 people were killed"}, 0)):
        view = make([told, more])
        found = [a for a in assess(view.event(), view, RULES) if a.question == "contradiction"]
        assert len(found) == apart


def test_a_coalition_is_on_the_side_of_the_state_that_leads_it(make: Any) -> None:
    claims = [
        {"kind": "assault.aerial", "actor": ["Libya"], "by": ["front"]},
        {"kind": "assault.aerial", "actor": ["Libya-led alliance"], "by": ["observatory"], "report": "r2"},
    ]
    view = make(claims)
    assert [a for a in assess(view.event(), view, RULES) if a.question == "contradiction"] == []


def test_dozens_have_no_upper_end(make: Any) -> None:
    view = make([{**STRIKE, "by": ["front"]}, {**STRIKE, "by": ["observatory"], "killed": 160, "report": "r2"}])
    dozens = Toll("killed", Quantity(12, None, 99), view.claimed[0].span)
    view = replace(view, claimed=(replace(view.claimed[0], tolls=(dozens,)), view.claimed[1]))
    assert [a for a in assess(view.event(), view, RULES) if a.question == "contradiction"] == []


def test_who_came_to_no_harm_does_not_speak_against_the_happening(make: Any) -> None:
    spared = {"kind": "assault.killing", "negated": True, "said": "no Maltese sailors were killed", "by": ["army"]}
    view = make([{**STRIKE, "by": ["front"], "killed": 12, "said": "the strike killed 12 herders"}, spared])
    found = assess(view.event(), view, RULES)
    assert found[0].opposing == ()
    assert not [a for a in found if a.question == "contradiction"]


def test_figures_that_can_both_be_true_are_no_contradiction(make: Any) -> None:
    view = make(
        [
            {**STRIKE, "by": ["front"], "at_least": 5},
            {**STRIKE, "by": ["observatory"], "killed": 7, "report": "r2"},
            {**STRIKE, "by": ["observatory"], "killed": 9, "report": "r3"},  # the same source, later
        ]
    )
    assert [a for a in assess(view.event(), view, RULES) if a.question == "contradiction"] == []


def test_a_denied_claim_never_corroborates(make: Any) -> None:
    view = make([{**STRIKE, "by": ["army"], "denied": True}, {**STRIKE, "by": ["front"], "factuality": "planned"}])
    found = assess(view.event(), view, RULES)[0]
    assert (found.values["corroboration"], found.supporting, found.opposing) == ("none", (), ("c0",))


def test_the_loss_of_an_ally_is_a_loss_but_a_denied_tie_makes_no_ally(make: Any) -> None:
    told = {"kind": "retreat.withdraw", "actor": ["army"], "by": ["brigade"]}
    tie = {"kind": "allied_with", "source": ["brigade"], "target": ["army"]}
    for ties, rule in (([], "stake_unknown"), ([tie], "own_loss"), ([{**tie, "denied": True}], "stake_unknown")):
        view = make([told, *ties])
        assert interest(view.claimed[0], scene_of(view)).rule == rule


def test_figures_of_two_reports_are_apart_once_though_a_headline_repeats_a_source(make: Any) -> None:
    view = make(
        [
            {**STRIKE, "killed": 12},
            {**STRIKE, "by": ["residents"], "killed": 12},
            {**STRIKE, "by": ["observatory"], "killed": 7, "report": "r2"},
        ]
    )
    (row,) = [a for a in assess(view.event(), view, RULES) if a.question == "contradiction"]
    assert row.answer == "The figures cannot both be true. residents: 12 killed; observatory: 7 killed."
    assert (set(row.supporting), row.opposing) == ({"c0", "c1"}, ("c2",))


def test_who_speaks_is_named_and_the_agency_is_the_carrier(make: Any) -> None:
    view = make([{**STRIKE, "by": ["soldiers", "Coast Radio"]}, {**STRIKE, "by": ["residents", "Coast Radio"]}])
    origins = independent_voices(view.claimed, view)
    assert [o.name for o in origins] == ["soldiers (through Coast Radio)", "residents (through Coast Radio)"]
    assert [o.speakers for o in origins] == [("r1/soldiers",), ("r1/residents",)]
    assert [o.because for o in origins] == [("party_through_carrier",), ("one_carrier",)]


@pytest.mark.parametrize(
    ("description", "body"),
    [
        ("an army source", "army"),
        ("senior police officials", "police"),
        ("An international coalition source", "international coalition"),
        ("a source in the interior ministry", "interior ministry"),
        ("a commander of the Falcon Brigade", "falcon brigade"),
        ("a former army officer", "former army"),
        ("a village elder", None),
        ("a source close to the army", None),
    ],
)
def test_the_body_by_which_somebody_is_told(description: str, body: str | None) -> None:
    assert body_told(description) == body


def test_who_is_told_by_a_body_shares_its_interest(make: Any) -> None:
    blames = {"kind": "assault.shelling", "actor": ["front"], "target": ["civilians"]}
    ties = [["front", "fights", "army"]]
    for source, rule in (("an army source", "blames_enemy"), ("a former army officer", "stake_unknown")):
        view = make([{**blames, "by": [source]}, {"kind": "assault.shelling", "actor": ["army"]}], ties=ties)
        assert interest(view.claimed[0], scene_of(view)).rule == rule
