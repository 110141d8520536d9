"""Commas and apostrophes that a scraper dropped are read as if they were there, and quoted as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from khaldun.annotate.reading.legible import reading_copy
from khaldun.annotate.reading.lost_marks import LEXICON
from khaldun.knowledge import load_data
from khaldun.model import Annotation, Part, Report, Span


def _read(text: str) -> str:
    return reading_copy(Report("r", "r", "", text, (Part("body", Span(0, len(text))),))).text


def _examples() -> Iterator[tuple[str, str]]:
    for row in load_data(LEXICON).values():
        for example in (*row.get("examples", ()), *row.get("counterexamples", ())):
            yield example["text"], example.get("reads", example["text"])


@pytest.mark.parametrize(("text", "read"), list(_examples()))
def test_marks_are_put_back(text: str, read: str) -> None:
    assert _read(text) == read


@pytest.mark.parametrize("read", [read for _, read in _examples()])
def test_marks_that_are_there_stay(read: str) -> None:
    assert _read(read) == read


def test_a_summary_that_runs_into_the_first_sentence_ends_before_it() -> None:
    lead = "Mortar shells fired from the hills have killed two shepherds"
    assert _read(f"{lead} {lead} a village elder said.") == f"{lead}. {lead}, a village elder said."


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Shells killed four farmers an army source in Taiz told Reuters on Friday.",
            "army source in Taiz",
            "Shells killed four farmers",
        ),
        (
            "Rebels took the dam said Omar Haddad spokesman for the Northern Brigade.",
            "Omar Haddad spokesman for the Northern Brigade",
            "Rebels took the dam",
        ),
    ],
)
def test_who_says_so_is_no_victim(
    annotated: Callable[[str], Annotation], text: str, speaker: str, content: str
) -> None:
    found = annotated(text)
    (said,) = found.attributions
    assert [span.of(text).removeprefix("an ") for span in said.source] == [speaker]
    assert [span.of(text) for span in said.content] == [content]


def test_quotations_come_from_the_text_as_received(annotated: Callable[[str], Annotation]) -> None:
    text = "Assads forces shelled Syrias north and the UN doesnt know how many fled."
    found = annotated(text)
    assert all(mention.span.of(text) == mention.quote for mention in found.mentions)
    assert {name.text for entity in found.entities for name in entity.names} >= {"Assads forces"}
