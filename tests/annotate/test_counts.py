"""Counts as ranges: every example of the lexicon, then the bounds and what is no count."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from khaldun.annotate.actors.counts import find_counts, number_of
from khaldun.annotate.kit import load_pipeline
from khaldun.annotate.words import words_of
from khaldun.knowledge import load_data
from khaldun.model import Quantity, Span

DATA = load_data("lexicons/en/counts.yaml")


@cache
def pipeline() -> Language:
    return load_pipeline()


def counts(text: str, times: tuple[Span, ...] = ()) -> list[tuple[str, Quantity | None]]:
    return [(f.span.of(text), f.value) for f in find_counts(words_of(pipeline()(text)), times)]


@pytest.mark.parametrize("case", [*DATA["examples"], *DATA["counterexamples"]], ids=lambda c: c["text"])
def test_the_lexicon_counts_its_examples(case: Mapping[str, Any]) -> None:
    assert counts(case["text"]) == [(q, Quantity(low, best, high)) for q, low, best, high in case["counts"]]


@pytest.mark.parametrize("words", sorted(DATA["vague"]))
def test_vague_amounts_are_their_range(words: str) -> None:
    text = f"They found {words} of them."
    low, best, high = DATA["vague"][words]
    assert Quantity(low, best, high) in [value for _, value in counts(text)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("at_least", Quantity(40, 40, None)),
        ("more_than", Quantity(41, None, None)),
        ("at_most", Quantity(None, None, 40)),
        ("less_than", Quantity(None, None, 39)),
        ("about", Quantity(40, 40, 40)),
    ],
)
def test_words_that_bound_a_number(name: str, expected: Quantity) -> None:
    for words in DATA["bounds"][name]:
        assert counts(f"They saw {words} 40 boats.") == [(f"{words} 40", expected)]


@pytest.mark.parametrize(
    ("words", "value"),
    [("seven", 7), ("twenty-two", 22), ("two hundred and five", 205), ("three thousand", 3000), ("hundred", 100)],
)
def test_numbers_in_words(words: str, value: int) -> None:
    assert number_of(words) == value


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 3 March 2015.",
        "He is 45 years old.",
        "The town lies 30 km away.",
        "Brigade 55 left.",
        "It cost $400.",
        "About 12% agreed.",
        "The 82nd Division came.",
        "At 10:30 the siren went.",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert counts(text) == []


def test_a_number_inside_a_time_is_no_count() -> None:
    text = "They came back 14 dawns later."
    assert counts(text) != []
    assert counts(text, (Span(15, 29),)) == []


@given(st.integers(min_value=3, max_value=1899))
def test_plain_figures_are_exact(n: int) -> None:
    assert counts(f"They freed {n:,} sailors.") == [(f"{n:,}", Quantity(n, n, n))]


@given(
    st.lists(
        st.sampled_from(["at least ", "7 ", "dozens ", "of ", "and ", "between ", "1,000 ", "no ", "."]), max_size=9
    )
)
def test_counts_are_grounded_and_never_cross(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = find_counts(words_of(pipeline()(text)), ())
    for first, second in pairwise(found):
        assert first.span.end <= second.span.start
    for item in found:
        value = item.value
        assert value is not None
        assert value.low is None or value.high is None or value.low <= value.high
        assert item.span.of(text).strip()
