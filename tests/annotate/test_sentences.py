"""Where sentences begin and end: abbreviations, broken lines, headings."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from khaldun.annotate.kit import load_pipeline
from khaldun.annotate.reading.sentences import parse_reports
from khaldun.knowledge import load_data
from khaldun.model import Part, Report, Span

ABBREVIATIONS = load_data("lexicons/en/abbreviations.yaml")


@cache
def pipeline() -> Language:
    return load_pipeline()


def sentences(text: str) -> list[str]:
    report = Report(id="r", input_id="r", raw="", text=text, parts=(Part("body", Span(0, len(text))),))
    parse = next(parse_reports([report], pipeline()))
    return [passage.span(sentence).of(text).strip() for passage, sentence in parse.sentences()]


def entries(key: str) -> list[str]:
    return [sentence for kind in ABBREVIATIONS.values() for sentence in kind.get(key, ())]


@pytest.mark.parametrize("text", entries("examples"))
def test_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("text", entries("counterexamples"))
def test_abbreviation_that_ends_a_sentence(text: str) -> None:
    assert len(sentences(text)) == 2


def test_no_at_the_end_of_a_sentence() -> None:
    assert sentences("The envoy said no. The general left.") == ["The envoy said no.", "The general left."]


@pytest.mark.parametrize("broken", ["\n", " \n ", "\r\n"])
def test_line_break_inside_a_sentence(broken: str) -> None:
    text = f"Airstrikes by the U.S.-led{broken}coalition{broken}hit nine trucks near the port."
    assert sentences(text) == [text]


def test_heading_between_lines() -> None:
    text = (
        "The army left the port on Monday.\nFighters in a Next Phase\n"
        "Elsewhere in the campaign, the army took the hill above the town from the militia."
    )
    assert sentences(text) == text.split("\n")


def test_text_broken_by_hand_has_no_headings() -> None:
    text = "The general left the port.\nThe envoy of the league met\nAnn Lee in the town on Monday."
    assert len(sentences(text)) == 2


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["Maj.", "U.S.", "No.", "4", "The army left.", "Ann Lee", '"', "\n", " "]), max_size=12)
)
def test_sentences_cover_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
