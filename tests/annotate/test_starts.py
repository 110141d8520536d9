"""A rule is tried wherever it can match, and hardly anywhere else."""

from __future__ import annotations

import re

import pytest

from khaldun.annotate.reading.starts import beginnings, starts_of
from khaldun.annotate.times.rules import rules


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"(?:the )?(?:may|march) \d\d", {"the ma", "may 0", "march 0"}),
        (r"(?:\d+|some) days? (?:ago|back)", {"0", "some da"}),
        (r"wee[kn]s(?!\w)", {"weeks ", "weens "}),
        (r"(?:late|mid)(?:\s*-\s*|\s+)april", {"late ap", "mid ap"}),
        (r"(?<!\d)['’]\d\d", {"'", "’"}),
        (r"(?:two )+days", {"two "}),
        (r"(?:two )*days", {"t", "days "}),
        (r"(?:x+)?", None),
        (r".may", None),
        (r"\s+may", None),
    ],
)
def test_what_a_match_begins_with(pattern: str, letters: set[str] | None) -> None:
    assert beginnings(pattern) == letters


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, 3 MAY 2014, two weeks ago, they left at 5 p.m.",
        "Shelling went on overnight and until late March, the third quarter of 2013.",
        "The day before, in the summer of '98, nothing; in mid-April or the late 1990s, much.",
        "Until now, hardly anything has been said of the last three years.",
        "in the ſummer of 1815 and on Fr\u0131day, two wee\u212as ago",
        "at\n8 a.m. on the\t1st of May, from 5-7 June, ten years later. On \u0663 May",
        "No word of time.",
    ],
)
def test_no_match_is_lost(text: str) -> None:
    patterns = [rule.pattern for rule in rules()]
    starts = starts_of([pattern.pattern for pattern in patterns])
    places = starts.in_text(text)
    assert not starts.everywhere
    assert sum(map(len, places.values())) < len(patterns) * len(text.split())
    for number, pattern in enumerate(patterns):
        assert {match.start() for match in pattern.finditer(text)} <= set(places.get(number, ()))


def test_what_tells_nothing_is_tried_everywhere() -> None:
    starts = starts_of([r"(?<!\w)(?:may)(?!\w)", r"(?<!\w)(?:\W+)(?!\w)"])
    assert starts.everywhere == (1,)
    assert starts.in_text("It may, in May.") == {0: [3, 11]}


def test_digits_of_other_scripts_count() -> None:
    assert re.search(r"\d", "\u0663")
    assert starts_of([r"(?<!\w)\d(?!\w)"]).in_text("\u0663") == {0: [0]}
