"""Quotation marks in every convention that reaches us."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from khaldun.annotate.reading.sentences import parse_reports
from khaldun.annotate.sayings.quotes import find_quotations, near
from khaldun.model import Part, Report, Span

BLANK: Language = spacy.blank("en")


def pieces(text: str) -> list[list[str]]:
    report = Report(id="r", input_id="r", raw="", text=text, parts=(Part("body", Span(0, len(text))),))
    parse = next(parse_reports([report], BLANK))
    return [[piece.of(text) for piece in quotation.pieces] for quotation in find_quotations(parse)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We are here,” he said.", [["We are here,"]]),
        ('He said "we are here" and "go home".', [["we are here"], ["go home"]]),
        ("They found ``a great deal,'' he said.", [["a great deal,"]]),
        ('The army ""never"" came.', [["never"]]),
        ("'We won't leave the valley,' she said.", [["We won't leave the valley,"]]),
        ("‘We won’t leave the valley,’ she said.", [["We won’t leave the valley,"]]),
        ("The rebels' camp and the boys' school were shelled.", []),
        ("He ruled in the '90s and left.", []),
        ("«We are here», he said.", [["We are here"]]),
        ("A stray “mark in a line.", []),
        ("“He told me ‘go home’ twice,” she said.", [["He told me ‘go home’ twice,"]]),
    ],
)
def test_pairs_marks(text: str, expected: list[list[str]]) -> None:
    assert pieces(text) == expected


def test_long_quotation_repeats_its_opening_mark() -> None:
    text = "“The first day was calm.\n\n“The second was not.\n\n“Then we left,” he said. “All of us.”"
    assert pieces(text) == [
        ["The first day was calm.", "The second was not.", "Then we left,"],
        ["All of us."],
    ]


def test_open_mark_does_not_reach_into_a_paragraph_without_one() -> None:
    assert pieces("“The first day was calm.\n\nThe second “was not” calm.") == [["was not"]]


def test_marks_of_a_table_export_are_not_quotation() -> None:
    text = '"The bloc said it had ""clearly shown"" that it was elsewhere."\n"""Even then,"" said the envoy. ""Go."""'
    assert pieces(text) == [["clearly shown"], ["Even then,"], ["Go."]]


@given(st.text(alphabet="ab .,\n\"“”‘’'`«»", max_size=80))
def test_quotations_lie_in_the_text_in_order(text: str) -> None:
    report = Report(id="r", input_id="r", raw="", text=text, parts=(Part("body", Span(0, len(text))),))
    found = find_quotations(next(parse_reports([report], BLANK)))
    ends = 0
    for quotation in found:
        assert quotation.outer.start >= ends
        assert quotation.outer.end <= len(text)
        assert all(quotation.outer.contains(piece) for piece in quotation.pieces)
        ends = quotation.outer.end


def test_near_gives_the_quotations_that_a_span_touches() -> None:
    text = "“One,” he said. “Two,” he said. “Three,” he said."
    report = Report(id="r", input_id="r", raw="", text=text, parts=(Part("body", Span(0, len(text))),))
    quotations = find_quotations(next(parse_reports([report], BLANK)))
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            span = Span(start, end)
            assert list(near(quotations, span)) == [q for q in quotations if q.outer.overlaps(span)]
