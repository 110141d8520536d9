"""The learned layers: pieces, windows and decoding by hand-made scores; and, with weights, what they must see."""

from __future__ import annotations

import os
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.annotate.learned.pieces import MARGIN, WINDOW, distance_bucket, windows, written
from khaldun.annotate.learned.reader import MODELS, Reader, Roles, load_reader, read
from khaldun.annotate.learned.smooth import best_roles
from khaldun.annotate.learned.sources import read_roles


@given(st.integers(min_value=1, max_value=5000))
def test_windows_cover_every_piece_and_leave_no_seam_without_margin(count: int) -> None:
    found = list(windows(count))
    assert found[0][0] == 0
    assert found[-1][1] == count
    for (start, end), (following, last) in pairwise(found):
        assert end - start <= WINDOW
        assert following == end - 2 * MARGIN
        assert last > end


def test_distances_are_told_apart_near_and_by_doubling_far() -> None:
    steps = np.array([-300, -65, -2, -1, 0, 1, 2, 5, 6, 300])
    assert list(distance_bucket(steps)) == [0, 0, 9, 10, 11, 12, 13, 16, 16, 22]


@pytest.mark.parametrize(
    ("word", "case"), [("gunmen", 1), ("Derna", 2), ("A", 2), ("MSC", 3), ("McCain", 4), ("12", 1), ("iPhone", 4)]
)
def test_how_a_word_is_written(word: str, case: int) -> None:
    assert written(word) == case


def test_one_doubtful_word_makes_no_gap() -> None:
    content, none = [0.05, 0.0, 0.0, 0.95], [0.9, 0.0, 0.0, 0.1]
    doubtful = [0.55, 0.0, 0.0, 0.45]
    shares = np.array([none, content, doubtful, content, none], dtype=np.float32)
    (best,) = best_roles([Roles(np.arange(5), shares)], [2.0] * 4)
    assert list(best) == [0, 3, 3, 3, 0]


def test_anchors_of_unequal_reach_are_read_apart() -> None:
    short = Roles(np.arange(2), np.array([[0.9, 0.1], [0.1, 0.9]], dtype=np.float32))
    long = Roles(np.arange(3), np.array([[0.1, 0.9], [0.1, 0.9], [0.1, 0.9]], dtype=np.float32))
    assert [list(b) for b in best_roles([short, long], [0.1, 0.1])] == [[0, 1], [1, 1, 1]]


NONE, SOURCE, CUE, CONTENT = ([0.94 if i == role else 0.02 for i in range(4)] for role in range(4))
DOUBTFUL = [0.45, 0.51, 0.02, 0.02]
OUT, BEGINS, GOES_ON = ([0.9 if i == tag else 0.1 / 6 for i in range(7)] for tag in range(3))


def as_read(roles: list[list[float]], tags: list[list[float]], anchor: int) -> list[int]:
    """What the words are to the cue at `anchor`: 0 nothing, 1 source, 2 cue, 3 content."""
    found = Roles(np.arange(len(roles)), np.array(roles, dtype=np.float32))
    (best,) = read_roles([found], [anchor], np.array(tags, dtype=np.float32))
    return [int(role) for role in best]


def test_the_source_is_one_stretch() -> None:
    # two stretches look like sources by themselves; the tags know of one
    roles = [SOURCE, SOURCE, NONE, CUE, CONTENT, SOURCE]
    tags = [BEGINS, GOES_ON, OUT, OUT, OUT, OUT]
    assert as_read(roles, tags, 3) == [1, 1, 0, 2, 3, 3]


def test_a_source_begins_and_ends_where_the_tags_say() -> None:
    roles = [DOUBTFUL, SOURCE, SOURCE, DOUBTFUL, CUE, CONTENT]
    assert as_read(roles, [OUT, BEGINS, GOES_ON, OUT, OUT, OUT], 4) == [0, 1, 1, 0, 2, 3]
    assert as_read(roles, [BEGINS, GOES_ON, GOES_ON, GOES_ON, OUT, OUT], 4) == [1, 1, 1, 1, 2, 3]


def test_no_source_is_better_than_an_unlikely_one() -> None:
    assert as_read([NONE, DOUBTFUL, CUE, CONTENT], [OUT, OUT, OUT, OUT], 2) == [0, 0, 2, 3]


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = load_reader(MODELS)
    assert found is not None, "the weights are part of the package"
    return found


def test_a_reading_has_one_state_for_each_piece_and_no_piece_outside_the_regions(reader: Reader) -> None:
    text = "Menu Sport Weather\n\nRebels shelled the market, residents said.\n\nShare this"
    start = text.index("Rebels")
    end = text.index("\n\nShare")
    reading = read(text, reader, [(start, end)])
    assert len(reading.hidden) == len(reading.pieces)
    assert reading.pieces.starts.min() >= start
    assert reading.pieces.ends.max() <= end


def test_a_long_text_is_read_window_by_window_into_one_state_a_piece(reader: Reader) -> None:
    text = "The governor said that talks would go on in the port. " * 60
    reading = read(text, reader)
    assert len(reading.pieces) > 3 * WINDOW
    assert len(reading.hidden) == len(reading.pieces)


def test_an_empty_text_gives_an_empty_reading(reader: Reader) -> None:
    assert len(read("", reader).pieces) == 0


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system ties no process to a core")
def test_a_process_tied_to_one_core_stays_tied() -> None:
    allowed = os.sched_getaffinity(0)
    one = {min(allowed)}
    os.sched_setaffinity(0, one)
    try:
        load_reader()
        assert os.sched_getaffinity(0) == one
    finally:
        os.sched_setaffinity(0, allowed)
