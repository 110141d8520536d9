"""Every cue of the lexicon keeps out what its examples mark with ⟦…⟧, and nothing of its counter-examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from khaldun.ingest.cues import LEXICON, lexicon
from khaldun.ingest.furniture import split_parts
from khaldun.knowledge import load_data
from khaldun.model import READ_PARTS, Span

_MARKED = re.compile(r"⟦(.*?)⟧", re.S)
_CUES: list[dict[str, Any]] = load_data(LEXICON)["cues"]


def _example(given: str | dict[str, str]) -> dict[str, str]:
    return {"text": given} if isinstance(given, str) else given


def _cases(field: str) -> list[Any]:
    return [
        pytest.param(cue["id"], cue["kind"], _example(given), id=f"{cue['id']}-{number}")
        for cue in _CUES
        for number, given in enumerate(cue.get(field, ()))
    ]


def _unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without its marks, and where they stood."""
    spans: list[Span] = []
    text = ""
    place = 0
    for match in _MARKED.finditer(marked):
        text += marked[place : match.start()]
        spans.append(Span(len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        place = match.end()
    return text + marked[place:], spans


@pytest.mark.parametrize(("name", "kind", "example"), _cases("examples"))
def test_example_is_kept_apart(name: str, kind: str, example: dict[str, str]) -> None:
    text, marked = _unmarked(example["text"])
    layout = split_parts(text, title=example.get("title"), outlet=example.get("outlet"))
    kinds = {place: part.kind for part in layout.parts for place in range(part.span.start, part.span.end)}
    for place, letter in enumerate(text):
        if letter.isspace():
            continue
        inside = any(span.start <= place < span.end for span in marked)
        assert (kinds[place] not in ("body", "title")) if inside else (kinds[place] in READ_PARTS), text[place:][:60]
    assert kind in {kinds.get(place) for span in marked for place in range(span.start, span.end)}, name


@pytest.mark.parametrize(("name", "kind", "example"), _cases("counterexamples"))
def test_counterexample_is_read(name: str, kind: str, example: dict[str, str]) -> None:
    parts = split_parts(example["text"], title=example.get("title"), outlet=example.get("outlet")).parts
    assert {part.kind for part in parts} <= ({"title", "body"} if kind == "dateline" else READ_PARTS), name


def test_words_are_strings_and_not_yaml_booleans() -> None:
    words = load_data(LEXICON)["words"]
    assert all(isinstance(word, str) for row in words.values() for word in row)
    assert "on" in lexicon().small_words
    assert "On" in lexicon().openers


def test_ids_are_unique() -> None:
    names = [cue["id"] for cue in _CUES]
    assert len(names) == len(set(names))
