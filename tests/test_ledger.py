"""The ledger: a pure function of its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.ledger import Ledger, events_of
from khaldun.model import Claim, Judgement, Span, Verdict

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def row(left: str, right: str, verdict: Verdict, *, score: float = 0.9, day: int | None = None) -> Judgement:
    at = None if day is None else NOON + timedelta(days=day)
    return Judgement(left, right, verdict, score, "a reason", "rule:test" if at is None else "analyst", at)


def test_an_id_without_rows_stands_for_itself() -> None:
    ledger = Ledger([])
    assert ledger.canonical("x") == "x"
    assert ledger.cluster("x") == ("x",)
    assert ledger.verdict("x", "y") is None
    assert ledger.verdict("x", "x") == "SAME"


def test_a_chain_joins_under_the_smallest_id() -> None:
    ledger = Ledger([row("c", "b", "SAME"), row("b", "a", "SAME"), row("x", "y", "SAME")])
    assert ledger.cluster("c") == ("a", "b", "c")
    assert {ledger.canonical(i) for i in "abc"} == {"a"}
    assert ledger.verdict("a", "c") == "SAME"
    assert ledger.verdict("a", "x") is None


def test_the_later_row_holds_whichever_way_the_pair_is_written() -> None:
    ledger = Ledger([row("a", "b", "SAME", day=1), row("b", "a", "DIFFERENT", day=2)])
    assert ledger.verdict("a", "b") == "DIFFERENT"
    assert [r.verdict for r in ledger.history("a", "b")] == ["SAME", "DIFFERENT"]


def test_a_person_overrules_a_rule_and_may_leave_it_open_again() -> None:
    rows = [row("a", "b", "SAME", score=1.0), row("a", "b", "UNSURE", score=0.1, day=0)]
    assert Ledger(rows).verdict("a", "b") == "UNSURE"
    assert Ledger(rows).canonical("b") == "b"


@pytest.mark.parametrize(("verdict", "day", "asked"), [("SUGGESTED", None, 1), ("UNSURE", 0, 1), ("UNSURE", None, 0)])
def test_an_open_question_joins_nothing(verdict: Verdict, day: int | None, asked: int) -> None:
    ledger = Ledger([row("a", "b", verdict, day=day)])
    assert ledger.cluster("a") == ("a",)
    assert len(ledger.open()) == asked


def test_a_question_settled_through_a_chain_is_open_no_longer() -> None:
    rows = [row("a", "c", "SUGGESTED"), row("a", "b", "SAME"), row("b", "c", "SAME")]
    assert Ledger(rows).open() == ()


def test_different_cuts_the_weakest_link_of_a_chain_and_says_so() -> None:
    weak, strong = row("a", "b", "SAME", score=0.7), row("b", "c", "SAME", score=0.9)
    apart = row("a", "c", "DIFFERENT", score=0.2)
    for order in permutations([weak, strong, apart]):
        ledger = Ledger(order)
        assert ledger.cluster("b") == ("b", "c")
        assert ledger.verdict("a", "b") == "DIFFERENT"
        (conflict,) = ledger.conflicts
        assert (conflict.set_aside, conflict.kept_apart) == (weak, apart)


def test_a_persons_link_is_kept_before_a_rules() -> None:
    rows = [
        row("a", "b", "SAME", score=0.1, day=0),
        row("b", "c", "SAME", score=1.0),
        row("a", "c", "DIFFERENT"),
    ]
    ledger = Ledger(rows)
    assert ledger.cluster("b") == ("a", "b")
    assert ledger.verdict("b", "c") == "DIFFERENT"


def test_merge_then_take_back_restores_what_was_before() -> None:
    before = [row("a", "b", "SAME"), row("c", "d", "SAME"), row("a", "e", "DIFFERENT")]
    merged = [*before, row("b", "c", "SAME", day=1)]
    assert Ledger(merged).cluster("d") == ("a", "b", "c", "d")
    taken_back = Ledger([*merged, row("b", "c", "UNSURE", day=2)])
    for name in "abcde":
        assert taken_back.cluster(name) == Ledger(before).cluster(name)


IDS = st.sampled_from("abcdefg")
ROWS = st.lists(
    st.builds(
        row,
        IDS,
        IDS,
        st.sampled_from(["SAME", "SAME", "DIFFERENT", "UNSURE", "SUGGESTED"]),
        score=st.sampled_from([0.2, 0.5, 0.9]),
        day=st.none() | st.integers(0, 3),
    ),
    max_size=14,
)


def picture(ledger: Ledger) -> object:
    names = "abcdefg"
    verdicts = [ledger.verdict(a, b) for a in names for b in names]
    return verdicts, [ledger.cluster(n) for n in names], ledger.conflicts, ledger.open()


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Judgement], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert picture(Ledger(shuffled)) == picture(Ledger(rows))
    assert picture(Ledger([*rows, *rows])) == picture(Ledger(rows))


@given(ROWS)
def test_no_cluster_holds_a_pair_kept_apart(rows: list[Judgement]) -> None:
    ledger = Ledger(rows)
    for one in rows:
        if one.left != one.right and ledger.history(one.left, one.right)[-1].verdict == "DIFFERENT":
            assert ledger.canonical(one.left) != ledger.canonical(one.right)
            assert ledger.verdict(one.left, one.right) == "DIFFERENT"


@given(ROWS)
def test_clusters_are_a_partition_named_after_their_smallest_id(rows: list[Judgement]) -> None:
    ledger = Ledger(rows)
    for name in "abcdefg":
        cluster = ledger.cluster(name)
        assert name in cluster
        assert ledger.canonical(name) == min(cluster)
        assert all(ledger.cluster(other) == cluster for other in cluster)


@given(ROWS, IDS, IDS)
def test_undecided_later_means_as_if_never_joined(rows: list[Judgement], left: str, right: str) -> None:
    without = [r for r in rows if {r.left, r.right} != {left, right}]
    undone = [*rows, row(left, right, "SAME", day=8), row(left, right, "UNSURE", day=9)]
    assert [Ledger(undone).cluster(n) for n in "abcdefg"] == [Ledger(without).cluster(n) for n in "abcdefg"]


@given(ROWS, st.integers(0, 20))
def test_taking_back_is_as_if_never_given_and_can_be_taken_back_itself(rows: list[Judgement], place: int) -> None:
    undone = rows[place % len(rows)] if rows else row("a", "b", "SAME")
    undo = replace(undone, by="analyst", at=NOON, takes_back=undone.id)
    redo = replace(undo, by="editor", takes_back=undo.id)
    without = [r for r in rows if r.id != undone.id]
    for given_, same_as in ((rows, without), ([], [])):
        after = Ledger([*given_, undo])
        before = Ledger(same_as)
        assert [after.cluster(n) for n in "abcdefg"] == [before.cluster(n) for n in "abcdefg"]
        assert after.open() == before.open()
    again = Ledger([*rows, undo, redo])
    assert again.taken_back == {undo.id}
    assert [again.cluster(n) for n in "abcdefg"] == [Ledger(rows).cluster(n) for n in "abcdefg"]


def test_a_rule_that_says_the_same_again_stays_taken_back() -> None:
    first = row("a", "b", "SAME", score=0.8)
    undo = replace(first, by="analyst", at=NOON, takes_back=first.id)
    assert Ledger([first, undo, row("b", "a", "SAME", score=0.7)]).verdict("a", "b") is None
    assert Ledger([first, undo, row("a", "b", "SAME", day=3)]).verdict("a", "b") == "SAME"


def claim(id: str, kind: str = "assault.aerial") -> Claim:
    return Claim(id, "r", "event", kind, Span(0, 3), "hit", ("outlet:X",), {})


def test_events_group_claims_and_take_the_most_specific_kind() -> None:
    claims = [claim("c2", "assault"), claim("c1"), claim("c3", "protest.demo")]
    events = events_of(claims, Ledger([row("c1", "c2", "SAME")]))
    assert [(e.kind, e.claims) for e in events] == [
        ("assault.aerial", ("c2", "c1")),
        ("protest.demo", ("c3",)),
    ]
    alone = events_of(claims, Ledger([]))
    assert alone[1].id == events[0].id  # named after the smallest claim id, whatever else joins
