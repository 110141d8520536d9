"""Likelihoods read off the table of measured shares, and the ways in which findings are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from khaldun.annotate.scores import maker, way_of_frame, way_of_mention, ways
from khaldun.knowledge import load_data
from khaldun.likelihood import Table, Way, along, chance, likelihood
from khaldun.model import Annotation, Candidate, Frame, Locus, Mention, Span, Timex, When


@pytest.mark.parametrize(
    ("made_by", "share", "who"),
    [
        ("verb:say", 0.0, "rule"),
        ("verb:say", -1.0, "alone"),
        ("verb:say+learned", 0.8, "both"),
        ("learned", 0.8, "learned"),
        ("quote", 0.8, "both"),
        ("goes_on", 0.0, "rule"),
        ("hedge:reportedly", 0.0, "hedge"),
        ("distance:marks", -1.0, "hedge"),
    ],
)
def test_who_made_it(made_by: str, share: float, who: str) -> None:
    assert maker(made_by, share) == who


def test_between_steps_along_the_line_and_level_beyond_them() -> None:
    steps = [(0.4, 0.5), (0.8, 0.9)]
    assert [along(steps, x) for x in (0.0, 0.4, 0.6, 0.8, 1.0)] == [0.5, 0.5, 0.7, 0.9, 0.9]


def test_the_table_never_falls_with_the_layers_score_and_stays_between_0_and_1() -> None:
    for who in ("learned", "both"):
        values = [likelihood(Way("attribution", (who,), x / 20)) for x in range(21)]
        assert values == sorted(values)
        assert 0 < values[0] <= values[-1] < 1


def test_a_way_that_nobody_judged_has_the_share_of_the_way_above_it() -> None:
    tables = {"time": Table({"": 0.8, "DATE": 0.9, "DATE/stated": 0.95}, {})}
    assert chance(Way("time", ("DATE", "stated", "month")), tables) == 0.95
    assert chance(Way("time", ("DATE", "none", "year")), tables) == 0.9
    assert chance(Way("time", ("SET",)), tables) == 0.8


def test_every_share_of_the_table_is_a_probability_and_has_one_above_it() -> None:
    data: Any = load_data("rules/scores.yaml")
    for finding, rows in data["findings"].items():
        shares = rows.get("shares")
        if shares is not None:
            assert "" in shares, finding
            assert all(0 < share < 1 for share in shares.values()), finding
            assert all(path.rpartition("/")[0] in shares for path in shares), finding


# ------------------------------------------------------------------------------------------------ ways

_AT = Span(0, 4)


def place(*scores: float, made_by: str = "places", point: Locus | None = None) -> Mention:
    candidates = tuple(Candidate(f"geonames:{n}", s) for n, s in enumerate(scores))
    locus = point or Locus("Derna", "LY", 32.8, 22.6, kind="city")
    return Mention("m", _AT, "Dern", "place", value=locus, candidates=candidates, made_by=made_by)


@pytest.mark.parametrize(
    ("mention", "layered", "labels"),
    [
        (place(0.95), False, ("other", "good", "one")),
        (place(0.95, 0.4), True, ("other", "good", "clear")),
        (place(0.8, 0.7), True, ("other", "poor", "close")),
        (place(), True, ("other", "beside")),
        (place(1.0, point=Locus("Libya", "LY", 27.0, 17.0, kind="country")), True, ("country", "good", "one")),
        (place(point=Locus("Qarnah", precision="unknown")), False, ("unlocated",)),
        (place(point=Locus("Qarnah", precision="unknown")), True, ("unlocated", "unseen")),
        (place(point=Locus("Qarnah"), made_by="places+learned:Location"), True, ("unlocated", "agreed")),
        (place(point=Locus("Qarnah"), made_by="places+learned:Organisation"), True, ("unlocated", "otherwise")),
        (place(made_by="learned:Location"), True, ("learned",)),
    ],
)
def test_ways_of_places(mention: Mention, layered: bool, labels: tuple[str, ...]) -> None:
    assert way_of_mention(mention, None, layered=layered) == Way("place", labels)


def test_the_way_of_a_time_is_its_basis_and_its_rule() -> None:
    mention = Mention("m", _AT, "2014", "time", form="value", when=When(basis="stated"), value=Timex("DATE", "2014"),
                      made_by="times.year.bare")  # fmt: skip
    assert way_of_mention(mention, None, layered=True) == Way("time", ("DATE", "stated", "year"))


def test_the_way_of_an_event_is_its_family_and_manner() -> None:
    army = Mention("a", _AT, "army", "actor")
    frame = Frame(
        "f", "assault.aerial", _AT, _AT, {"actor": (army,), "place": (place(0.9),)}, made_by="rule:triggers/x"
    )
    assert way_of_frame(frame).labels == ("rule", "violent", "actual", "ASSAULT")
    assert way_of_frame(replace(frame, negated=True)).labels[2] == "negated"
    assert way_of_frame(replace(frame, modality="planned", made_by="learned")).labels[:3] == (
        "learned", "violent", "unreal")  # fmt: skip


def test_a_tie_read_off_an_event_is_told_from_a_stated_one() -> None:
    frame = Frame("f", "fights", _AT, _AT, {}, made_by="rule:relations/from-assault.clash")
    assert way_of_frame(frame) == Way("relation", ("from-event", "fights"))
    assert way_of_frame(replace(frame, made_by="rule:relations/fights")).labels[0] == "stated"


def test_every_finding_of_a_report_has_a_score_off_the_table(annotated: Callable[[str], Annotation]) -> None:
    annotation = annotated("On 3 May 2021, gunmen killed four soldiers near Derna, the army said.")
    found = {**{m.id: m.score for m in annotation.mentions}, **{f.id: f.score for f in annotation.frames},
             **{a.id: a.score for a in annotation.attributions}}  # fmt: skip
    assert annotation.frames
    assert annotation.attributions
    assert found == {id: likelihood(way) for id, way in ways(annotation, layered=False)}
    assert all(m.score == found[m.id] for f in annotation.frames for filled in f.roles.values() for m in filled)
