"""The fitting of scores: shares drawn towards those above them, whatever the order, tried on texts not fitted on."""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from calibrate import diagram, summary, written
from fitting import LEAST, SHRINK, Given, Judged, brier, constant, distance, fit, reliability, tried
from khaldun.likelihood import Way, chance


def judged(labels: tuple[str, ...], right: int, wrong: int, finding: str = "time") -> list[Judged]:
    way = Way(finding, labels)
    return [Judged(way, n < right, "set", f"text{n}") for n in range(right + wrong)]


def test_a_share_is_drawn_towards_the_one_above_it_and_a_rare_way_has_none() -> None:
    rows = [*judged(("DATE", "stated"), 90, 10), *judged(("DATE", "none"), 1, LEAST - 2)]
    shares = fit(rows)["time"].shares
    assert "DATE/none" not in shares
    assert shares["DATE/stated"] == round((90 + SHRINK * shares["DATE"]) / (100 + SHRINK), 3)


def test_what_nobody_judged_is_as_likely_as_not_and_control_leans_on_events() -> None:
    tables = fit(judged(("rule",), 90, 10, "event"))
    assert tables["relation"].shares == {"": 0.5}
    assert tables["control"].shares == {"": tables["event"].shares[""]}


WAYS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"]), st.booleans(), st.integers(0, 9)), max_size=60
)


@settings(deadline=None)
@given(WAYS, st.randoms(use_true_random=False))
def test_the_order_of_findings_is_of_no_account(found: Sequence[tuple[str, str, bool, int]], random: object) -> None:
    rows = [Judged(Way("place", (a, b)), right, "set", str(text)) for a, b, right, text in found]
    turned = list(rows)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert fit(rows) == fit(turned)


def test_no_text_is_on_both_sides() -> None:
    assert {Judged(Way("time", ()), right, "s", "one").half for right in (True, False)} in ({0}, {1})
    assert {Judged(Way("time", ()), True, "s", str(n)).half for n in range(20)} == {0, 1}


def test_scores_of_findings_made_in_two_ways_come_near_their_shares() -> None:
    rows = [*judged(("a",), 180, 20), *judged(("b",), 60, 140)]
    held = tried(rows)["time"]
    assert len(held) == len(rows)
    assert brier(held) < constant(held)


def test_a_score_that_keeps_its_word_has_no_distance() -> None:
    assert distance([Given(0.75, right) for right in (True, True, True, False)]) == 0
    assert list(reliability([Given(0.2, False), Given(0.25, True)])) == [(0.225, 0.5, 2)]


def test_what_is_written_is_read_again() -> None:
    rows = [*judged(("DATE", "stated"), 90, 10), *judged(("both",), 5, 5, "attribution")]
    tables = fit(rows)
    data = yaml.safe_load("\n".join(written(tables)))["findings"]
    assert data["time"]["shares"] == tables["time"].shares
    assert [tuple(s) for s in data["attribution"]["steps"]["both"]] == list(tables["attribution"].steps["both"])
    assert chance(Way("time", ("DATE", "stated")), tables) == round(tables["time"].shares["DATE/stated"], 2)


def test_the_tables_for_the_docs() -> None:
    held = {"time": [Given(0.9, n < 9) for n in range(10)]}
    assert list(diagram(held))[2] == "| time | .90 | .90 | 10 | ██████████████████ |"
    assert next(line for line in summary(judged(("DATE",), 9, 1), held) if "time" in line).startswith(
        "| time (set) | 10 | .900 | .000 |"
    )
