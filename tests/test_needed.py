"""What an expression needs is in every text in which it matches."""

from __future__ import annotations

import re

import pytest

from khaldun.annotate.times.rules import rules
from khaldun.ingest.cues import lexicon
from khaldun.needed import Needed, finder, in_small, needed


@pytest.mark.parametrize(
    ("pattern", "flags", "choices"),
    [
        (r"\b(?:one|three) days? ago", 0, [(("ago",), ()), (("day",), ()), (("one", "three"), ())]),
        (r"shell(?:s|ed)", re.I, [((), ("shell",))]),
        (r"(?i:fired) on the Port", 0, [(("on the Port",), ()), ((), ("fired",))]),
        (r"(?:the )?[(\[]\d+", 0, [(("(", "["), ())]),
        (r"(?:dawn|\d+)", 0, []),
        (r"(?:raid)?(?!shell)\w+", 0, []),
        (r"(?:of the )+raids", 0, [(("of the",), ()), (("raids",), ())]),
    ],
)
def test_what_is_needed(pattern: str, flags: int, choices: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    found = needed(pattern, flags)
    assert set(found.choices) == set(choices)
    assert found == Needed(found.choices)


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, 3 MAY 2014, two and a half weeks ago, they left at 5 p.m., four o'clock by others.",
        "Shelling went on overnight and until late March, the third quarter of 2013, in the summer of '98.",
        "in the ſummer of 1815 and on Fr\u0131day, two wee\u212as ago, before noon",
        "FILE PHOTO: a market in Tarsin. REUTERS/Ada Moen\n(Reporting by Jane Roe)\n\u00a9 2018 Harbour Post",
        "Three shells hit the market (Reuters)\nRead Also\nSIGN UP for Tide [photo: AFP] Copyright 2018",
    ],
)
def test_no_match_is_lost(text: str) -> None:
    of_times = [(rule.id, rule.pattern, rule.needed) for rule in rules()]
    of_furniture = [(c.id, c.pattern, c.needed) for c in (*lexicon().at("line"), *lexicon().at("inside"))]
    small = in_small(text)
    for name, pattern, least in (*of_times, *of_furniture):
        found = any(pattern.finditer(text)) or any(map(pattern.fullmatch, text.split("\n")))
        assert least.is_in(text, small) == least.is_in(text) >= found, name


def test_a_finder_finds_the_same() -> None:
    of_members = finder(re.compile(r"\b(?i:fighters|guards) of the (?P<name>[A-Z]\w+)"))
    assert [m["name"] for m in of_members("Guards of the Falcons met FIGHTERS of the Dawn.")] == ["Falcons", "Dawn"]
    assert not list(of_members("Nobody came."))
