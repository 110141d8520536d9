"""Things that are struck, on the examples of `lexicons/en/objects.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from khaldun.knowledge import load_data
from khaldun.model import Annotation

_WORDS = load_data("lexicons/en/objects.yaml")
_ROWS = [*_WORDS["things"], _WORDS["fronts"]]


def _things(annotation: Annotation) -> set[str]:
    return {m.quote for frame in annotation.frames for m in frame.roles.get("object", ())}


@pytest.mark.parametrize("example", [e for row in _ROWS for e in row["examples"]], ids=lambda e: e["text"][:30])
def test_things_are_quoted_without_article_and_number(
    example: dict[str, Any], annotated: Callable[[str], Annotation]
) -> None:
    assert set(example["finds"]) <= _things(annotated(example["text"]))


@pytest.mark.parametrize("example", [e for row in _ROWS for e in row.get("counterexamples", ())], ids=str)
def test_other_words_are_no_things(example: dict[str, Any], annotated: Callable[[str], Annotation]) -> None:
    assert _things(annotated(example["text"])).isdisjoint(example["not"])
