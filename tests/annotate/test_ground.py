"""The grounding check: nothing that does not stand in the text, character for character, gets through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.annotate.claims import claims
from khaldun.annotate.ground import check_annotation, check_quote, check_span, finding_id
from khaldun.errors import UngroundedQuote
from khaldun.model import Annotation, Attribution, Frame, Mention, Part, Quantity, Report, Span, Toll

TEXT = "The brigade seized the fort, its spokesman said."
REPORT = Report("r1", "in", "", TEXT, (Part("body", Span(0, len(TEXT))),))
BEYOND = Span(len(TEXT) - 3, len(TEXT) + 1)
EMPTY = Span(4, 4)
BAD = pytest.mark.parametrize("bad", [BEYOND, EMPTY], ids=["beyond", "empty"])


def at(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span(start, start + len(quote))


def mention(quote: str = "brigade", span: Span | None = None) -> Mention:
    return Mention("m1", at(quote) if span is None else span, quote, "actor")


def frame(**changes: object) -> Frame:
    whole = Frame("f1", "control.gain", at("seized"), at("The brigade seized the fort"), {"actor": (mention(),)})
    return replace(whole, **changes)  # type: ignore[arg-type]


def attribution(**changes: object) -> Attribution:
    whole = Attribution("a1", (at("its spokesman"),), (at("said"),), (at("The brigade seized the fort"),))
    return replace(whole, **changes)  # type: ignore[arg-type]


SOUND = Annotation(REPORT, (Span(0, len(TEXT)),), (mention(),), (), (attribution(),), (frame(),))


def test_what_stands_in_the_text_comes_back_unchanged() -> None:
    assert check_annotation(SOUND) is SOUND


@pytest.mark.parametrize("quote", ["Brigade", "brigade ", "the brigade", "fort", "", "brıgade"])
def test_a_quotation_of_other_words_cannot_pass(quote: str) -> None:
    with pytest.raises(UngroundedQuote, match="report r1"):
        check_annotation(replace(SOUND, mentions=(mention(quote, at("brigade")),)))


def test_a_shifted_quotation_cannot_pass() -> None:
    with pytest.raises(UngroundedQuote):
        check_quote(REPORT, Span(at("brigade").start + 1, at("brigade").end + 1), "brigade")


@BAD
def test_a_span_outside_the_text_cannot_pass(bad: Span) -> None:
    with pytest.raises(UngroundedQuote, match="is not in the text"):
        check_span(REPORT, bad)


@BAD
@pytest.mark.parametrize("field", ["source", "cue", "content"])
def test_every_piece_of_an_attribution_is_checked(bad: Span, field: str) -> None:
    pieces = (at("brigade"), bad)
    with pytest.raises(UngroundedQuote):
        check_annotation(replace(SOUND, attributions=(attribution(**{field: pieces}),)))


@BAD
def test_every_span_of_a_frame_is_checked(bad: Span) -> None:
    toll = Toll("killed", Quantity(1, 1, 1), bad)
    for broken in (
        frame(trigger=bad),
        frame(evidence=bad),
        frame(tolls=(toll,)),
        frame(roles={"actor": (mention(),), "target": (mention("x", bad),)}),
    ):
        with pytest.raises(UngroundedQuote):
            check_annotation(replace(SOUND, frames=(broken,)))


@BAD
def test_sentences_and_mentions_are_checked(bad: Span) -> None:
    with pytest.raises(UngroundedQuote):
        check_annotation(replace(SOUND, sentences=(bad,)))
    with pytest.raises(UngroundedQuote):
        check_annotation(replace(SOUND, mentions=(mention("brigade", bad),)))


def test_no_claim_is_made_of_words_outside_the_text() -> None:
    with pytest.raises(UngroundedQuote):
        list(claims(replace(SOUND, attributions=(), frames=(frame(evidence=BEYOND),))))


def test_what_annotation_gives_is_grounded(annotated: Callable[[str], Annotation]) -> None:
    found = annotated("The army seized Sirte on Friday, killing nine rebels, a spokesman for the army said.")
    assert found.frames
    assert found.attributions
    assert check_annotation(found) is found


@given(st.text(), st.integers(0, 50), st.integers(0, 50), st.text(max_size=5))
def test_only_the_very_words_pass(text: str, start: int, length: int, quote: str) -> None:
    report = replace(REPORT, text=text)
    span = Span(start, start + length)
    if length and span.end <= len(text) and text[span.start : span.end] == quote:
        check_quote(report, span, quote)
    else:
        with pytest.raises(UngroundedQuote):
            check_quote(report, span, quote)


@given(st.text(min_size=1), st.data())
def test_the_very_words_always_pass(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    check_quote(replace(REPORT, text=text), Span(start, end), text[start:end])


def test_ids_depend_on_report_kind_and_place_alone() -> None:
    one = finding_id(REPORT, "event:siege", at("brigade"))
    assert one == finding_id(replace(REPORT, outlet="Wire", title="Fort falls"), "event:siege", at("brigade"))
    others = {
        finding_id(replace(REPORT, id="r2"), "event:siege", at("brigade")),
        finding_id(REPORT, "event:raid", at("brigade")),
        finding_id(REPORT, "event:siege", at("fort")),
    }
    assert len(others | {one}) == 4
