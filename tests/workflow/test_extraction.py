"""Whatever goes in comes out, in order, and one faulty report costs only itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.errors import UngroundedQuote
from khaldun.ingest import Unread
from khaldun.model import Annotation, Report
from khaldun.workflow.extraction import annotated

BATCH = 3


def _report(name: str, unread: str | None = None) -> Report:
    return Report(id=name, input_id=name, raw="", text="", parts=(), unread=unread)


def _annotate(reports: Iterable[Report]) -> Iterator[Annotation]:
    """Takes reports ahead in batches as the parser does, and breaks on some."""
    waiting = iter(reports)
    while batch := list(islice(waiting, BATCH)):
        for report in batch:
            if report.id.startswith("fault"):
                raise UngroundedQuote(f"{report.id}: quotation off by one")
            if report.id.startswith("bug"):
                raise ZeroDivisionError("oops")
        yield from (Annotation(report) for report in batch)


def _outcome(item: Annotation | Unread) -> str:
    return item.report.id if isinstance(item, Annotation) else f"{item.input_id}: {item.error}"


def _item(name: str) -> Report | Unread:
    if name.startswith("unread"):
        return Unread(name, "empty")
    return _report(name, "in French" if name.startswith("foreign") else None)


def test_order_is_that_of_the_inputs() -> None:
    names = ["unread1", "a", "b", "unread2", "foreign", "c", "d", "unread3"]
    outcomes = [_outcome(item) for item in annotated(map(_item, names), _annotate)]
    assert outcomes == ["unread1: empty", "a", "b", "unread2: empty", "foreign", "c", "d", "unread3: empty"]


def test_a_fault_costs_one_report_only() -> None:
    names = ["a", "fault1", "b", "bug1", "c", "d", "e", "f", "bug2", "unread1"]
    outcomes = [_outcome(item) for item in annotated(map(_item, names), _annotate)]
    assert outcomes == [
        "a",
        "fault1: fault1: quotation off by one",
        "b",
        "bug1: internal fault, please report it: ZeroDivisionError: oops",
        "c",
        "d",
        "e",
        "f",
        "bug2: internal fault, please report it: ZeroDivisionError: oops",
        "unread1: empty",
    ]


def test_a_fault_of_the_inputs_comes_through_after_what_came_before() -> None:
    def inputs() -> Iterator[Report | Unread]:
        yield _report("a")
        yield Unread("b", "empty")
        raise PermissionError("the disk is gone")

    seen: list[str] = []
    with pytest.raises(PermissionError, match="the disk is gone"):
        seen.extend(_outcome(item) for item in annotated(inputs(), _annotate))
    found = annotated(inputs(), _annotate)
    assert [_outcome(next(found)), _outcome(next(found))] == ["a", "b: empty"]


@given(st.lists(st.sampled_from(["ok", "fault", "bug", "unread", "foreign"]), max_size=12))
def test_as_many_come_out_as_go_in(kinds: list[str]) -> None:
    names = [f"{kind}{number}" for number, kind in enumerate(kinds)]
    outcomes = [_outcome(item) for item in annotated(map(_item, names), _annotate)]
    assert [outcome.split(":")[0] for outcome in outcomes] == names


def test_inputs_are_taken_as_they_are_needed() -> None:
    taken: list[str] = []

    def inputs() -> Iterator[Report | Unread]:
        for number in range(100):
            taken.append(str(number))
            yield _report(str(number))

    next(annotated(inputs(), _annotate))
    assert len(taken) == BATCH
