"""A rule is only passed over where it cannot match."""

from __future__ import annotations

import re

import pytest

from khaldun.annotate.timex_grammar import rules
from khaldun.annotate.timex_needs import DIGIT, by_gram, held, needs_of


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?:the )?(?:may|march) \d\d", [{"may", "march"}, {DIGIT}]),
        (r"(?:\d+|some) days? (?:ago|back)", [{DIGIT, "some"}, {"ago", "back"}]),
        (r"wee[kn]s", [{"weeks", "weens"}]),
        (r"(?:x+)?", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, words: list[set[str]]) -> None:
    needs = needs_of(pattern)
    assert all(any(wanted <= {w.strip() for w in choice} for choice in needs) for wanted in words)
    assert bool(needs) == bool(words)


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, 3 MAY 2014, two weeks ago, they left at 5 p.m.",
        "Shelling went on overnight and until late March, the third quarter of 2013.",
        "The day before, in the summer of '98, nothing.",
        "Until now, hardly anything has been said of the last three years.",
        "in the ſummer of 1815 and on Fr\u0131day, two wee\u212as ago",
        "No word of time.",
    ],
)
def test_no_match_is_lost(text: str) -> None:
    words = held(text, by_gram(rule.needs for rule in rules()))
    passed_over = [rule for rule in rules() if not rule.may_match(words)]
    assert passed_over
    assert not [rule.id for rule in passed_over if rule.pattern.search(text)]


def test_parts_of_longer_words_count() -> None:
    assert held("midweek of 1", by_gram([(frozenset({"week", "weak", DIGIT}),)])) == {"week", DIGIT}


def test_digits_of_other_scripts_count() -> None:
    assert re.search(r"\d", "\u0663")
    assert DIGIT in held("\u0663", by_gram([(frozenset({DIGIT}),)]))
