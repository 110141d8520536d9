"""The collector rests while an item is made, and is afterwards as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from khaldun.collector import between_collections


def _running(times: int) -> Iterator[bool]:
    for _ in range(times):
        yield gc.isenabled()


def test_it_rests_while_an_item_is_made_and_runs_between_two() -> None:
    gc.enable()
    seen = [(inside, gc.isenabled()) for inside in between_collections(_running(2))]
    assert seen == [(False, True), (False, True)]
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        assert [gc.isenabled() for _ in between_collections(_running(1))] == [False]
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_runs_again_after_a_fault_and_for_a_reader_who_stops_early() -> None:
    gc.enable()

    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    steps = between_collections(broken())
    assert next(steps) == 1
    with pytest.raises(ValueError, match="no more"):
        next(steps)
    assert gc.isenabled()
    left = between_collections(_running(5))
    next(left)
    del left
    assert gc.isenabled()


def test_it_is_called_where_nobody_else_sets_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.enable()
    seen: list[int] = []
    monkeypatch.setattr("khaldun.collector._MANY", -1)
    monkeypatch.setattr(gc, "collect", seen.append)
    assert len(list(between_collections(iter([[], []])))) == 2
    assert seen == [0, 0]
