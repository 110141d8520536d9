"""What is told twice becomes one event; what happened twice stays two."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from khaldun.ledger import Ledger, events_of
from khaldun.model import Judgement
from khaldun.resolve import MAKERS, group_events, resolve, resolve_events

REPORTS = yaml.safe_load(Path(__file__).with_name("retellings.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["name"])
def test_one_report(short: Any, report: dict[str, Any]) -> None:
    made = [short.claim(c, id=f"c{n}") for n, c in enumerate(report["told"])]
    events = group_events(made, short.entities(made))
    assert [list(e.claims) for e in events] == [[f"c{n}" for n in group] for group in report["groups"]]


def test_an_event_is_named_after_its_smallest_claim_and_takes_the_narrower_kind(short: Any) -> None:
    first = short.claim({"kind": "assault.attack", "actor": ["front"], "place": ["Qasr Tal"], "day": 4}, id="c9")
    second = short.claim({"kind": "execution", "actor": ["front"], "place": ["Qasr Tal"], "day": 4}, id="c1", at=900)
    alone = group_events([second])
    both = group_events([first, second])
    assert len(both) == 2  # kinds that cannot be one
    assert alone[0].id in {e.id for e in both}


SIDES = st.lists(st.sampled_from(["front", "army", "gunmen"]), max_size=2, unique=True)
SHORTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["assault.attack", "assault.killing", "assault.aerial", "protest"]),
        "actor": SIDES,
        "target": SIDES,
        "place": st.lists(st.sampled_from(["Qasr Tal", "Wadi Umm", "Libya"]), max_size=1),
        "at": st.integers(0, 3000),
    },
    optional={"day": st.integers(1, 8), "killed": st.integers(1, 4)},
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SHORTS, max_size=9))
def test_every_claim_is_in_one_event_and_the_result_repeats(short: Any, shorts: list[dict[str, Any]]) -> None:
    claims = [short.claim(s, id=f"c{n}") for n, s in enumerate(shorts)]
    events = group_events(claims, short.entities(claims))
    assert sorted(id for e in events for id in e.claims) == [c.id for c in claims]
    assert events == group_events(claims, short.entities(claims))
    for event in events:
        own = [c for c in claims if c.id in event.claims]
        assert event.kind in {c.kind for c in own}
        days = {c.when.earliest for c in own if c.when.earliest}
        assert not days or max(days).toordinal() - min(days).toordinal() <= 2 * len(own)


# ------------------------------------------------------------------------------------------------ many
# reports


def two_reports(short: Any, second: dict[str, Any], decided: list[Judgement] | None = None) -> Any:
    told = {"kind": "assault.explosives", "target": ["army"], "place": ["Qasr Tal"], "day": 4, "killed": 6}
    first = short.claim(told, id="c1", report="r1")
    other = short.claim({**told, **second}, id="c2", report="r2")
    return short.memory(
        {"r1": [first], "r2": [other]},
        {"r1": short.entities([first]), "r2": short.entities([other])},
        decided or [],
    )


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ({}, True),
        ({"kind": "assault.killing"}, True),
        ({"day": 9}, False),
        ({"place": ["Wadi Umm"]}, False),
        ({"killed": 7, "days": [1, 20]}, False),  # neither a day nor a toll in common
        ({"target": ["front"]}, False),
        ({"modality": "planned"}, False),
    ],
)
def test_two_reports_on_one_happening(short: Any, second: dict[str, Any], same: bool) -> None:
    rows = list(resolve_events(two_reports(short, second)))
    assert [(r.left, r.right, r.verdict) for r in rows] == ([("c1", "c2", "SAME")] if same else [])
    assert all("(same_place)" in r.because and r.by == "rule:one_happening" and r.at is None for r in rows)


def test_a_little_too_little_is_a_question(short: Any) -> None:
    told = {"kind": "assault.explosives", "place": ["Qasr Tal"], "day": 4}
    first, second = short.claim(told, id="c1", report="r1"), short.claim(told, id="c2", report="r2", at=900)
    view = short.memory({"r1": [first], "r2": [second]}, {"r1": short.entities([first])})
    assert [(r.verdict, r.score < 0.75) for r in resolve_events(view)] == [("SUGGESTED", True)]


def test_what_two_reports_tell_at_their_head_of_one_day_and_town_is_one(short: Any) -> None:
    told = {"kind": "assault.explosives", "place": ["Qasr Tal"], "day": 4}
    first, second = short.claim(told, id="c1", report="r1"), short.claim(told, id="c2", report="r2", at=90)
    view = short.memory({"r1": [first], "r2": [second]}, {"r1": short.entities([first])})
    assert [r.verdict for r in resolve_events(view)] == ["SAME"]


def test_a_vague_report_joins_no_two_of_different_days(short: Any) -> None:
    told = {"kind": "assault.explosives", "target": ["army"], "place": ["Qasr Tal"], "killed": 12}
    times: dict[str, dict[str, Any]] = {"r1": {"day": 4}, "r2": {"days": [1, 10]}, "r3": {"day": 8}}
    claims = {r: [short.claim({**told, **when}, id=f"c{r}", report=r)] for r, when in times.items()}
    view = short.memory(claims, {"r1": short.entities(claims["r1"])})
    rows = list(resolve_events(view))
    assert [r.verdict for r in rows] == ["SAME"]
    assert "cr2" in (rows[0].left, rows[0].right)


def test_a_high_toll_of_one_day_brings_reports_together_without_a_name(short: Any) -> None:
    told = {"kind": "assault.explosives", "day": 4, "killed": 31, "target": ["civilians"], "actor": ["gunmen"]}
    claims = {r: [short.claim(told, id=f"c{r}", report=r)] for r in ("r1", "r2")}
    view = short.memory(claims, {"r1": short.entities(claims["r1"])})
    assert [r.verdict for r in resolve_events(view)] == ["SAME"]


def test_names_judged_the_same_bring_two_reports_together(short: Any) -> None:
    view = two_reports(short, {"place": ["the harbour"], "target": ["the garrison"]})
    assert list(resolve_events(view)) == []
    same = [
        Judgement("the harbour", "Qasr Tal", "SAME", 1.0, "", "analyst"),
        Judgement("the garrison", "army", "SAME", 1.0, "", "analyst"),
    ]
    view = two_reports(short, {"place": ["the harbour"], "target": ["the garrison"]}, same)
    assert [r.verdict for r in resolve_events(view)] == ["SAME"]


def test_judgements_give_the_events_that_grouping_gives(short: Any) -> None:
    told = {"kind": "assault.attack", "actor": ["front"], "place": ["Qasr Tal"], "day": 4}
    claims = [short.claim(told, id=f"c{n}", at=n * 700) for n in range(3)]
    view = short.memory({"r1": claims}, {"r1": short.entities(claims)})
    ledger = Ledger(resolve_events(view))
    assert events_of(claims, ledger) == group_events(claims, short.entities(claims))


def test_resolve_decides_names_before_happenings_and_a_person_overrules_both(short: Any) -> None:
    told = {"kind": "assault.explosives", "day": 4, "killed": 6}
    first = short.claim({**told, "target": ["Harbour Guard"]}, id="c1", report="r1")
    second = short.claim({**told, "target": ["the Harbour Guard"]}, id="c2", report="r2")
    known = {"r1": short.entities([first]), "r2": short.entities([second])}
    apart = Judgement(
        "Harbour Guard", "the Harbour Guard", "DIFFERENT", 1.0, "two of them", "analyst", datetime(2024, 1, 1)
    )
    rows = list(resolve(short.memory({"r1": [first], "r2": [second]}, known)))
    assert [(r.left, r.right, r.verdict) for r in rows] == [
        ("Harbour Guard", "the Harbour Guard", "SAME"),
        ("c1", "c2", "SAME"),
    ]
    assert {r.by for r in rows} <= set(MAKERS)
    rows = list(resolve(short.memory({"r1": [first], "r2": [second]}, known, [apart])))
    assert [r.left for r in rows] == ["Harbour Guard"]  # still proposed, and overruled
