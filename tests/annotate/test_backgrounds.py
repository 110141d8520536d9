"""Which events are told only as the ground of others: every example of the lexicon."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language

from khaldun.annotate.grammar.backgrounds import is_background
from khaldun.annotate.kit import load_pipeline
from khaldun.annotate.words import words_of
from khaldun.knowledge import load_data

WORDS = load_data("lexicons/en/backgrounds.yaml")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.mark.parametrize("example", [*WORDS["examples"], *WORDS["counterexamples"]], ids=lambda e: str(e["text"]))
def test_examples_of_background(example: dict[str, Any], nlp: Language) -> None:
    word = example.get("background") or example["not"]
    (token,) = (t for t in words_of(nlp(example["text"])) if t.text == word)
    assert is_background(token) is ("background" in example)
