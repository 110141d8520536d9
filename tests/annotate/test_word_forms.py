"""Remembered forms are what the pipeline's own ruler and lemmatizer say."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Token

from khaldun.annotate.kit import DEFAULT_PIPELINE
from khaldun.annotate.reading.word_forms import remember_forms

TEXTS = (
    "The brigade's men were shelling two villages when the ceasefire that they had signed was broken.",
    "There were no survivors, and there is nothing left to burn, she said.",
    "Let's go home, y'all; you got ta leave, or they ain't gonna wait. C'm on!",
    "It does what it did; who has been there?  He'd have done it himself.",
    "Nothin' doin', the ol' driver said  of  the shellings.",
)


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    stock, remembering = spacy.load(DEFAULT_PIPELINE), spacy.load(DEFAULT_PIPELINE)
    remember_forms(remembering)
    return stock, remembering


def test_one_step_stands_for_two(pipelines: tuple[Language, Language]) -> None:
    assert {"attribute_ruler", "lemmatizer"}.isdisjoint(pipelines[1].pipe_names)
    assert len(pipelines[1].pipe_names) == len(pipelines[0].pipe_names) - 1


@pytest.mark.parametrize("text", TEXTS)
def test_same_forms_when_new_and_when_remembered(pipelines: tuple[Language, Language], text: str) -> None:
    stock, remembering = pipelines
    expected = [_read(token) for token in stock(text)]
    assert [_read(token) for token in remembering(text)] == expected
    assert [_read(token) for token in remembering(text)] == expected


def test_a_pipeline_of_another_kind_is_left_alone() -> None:
    blank = spacy.blank("en")
    remember_forms(blank)
    assert blank.pipe_names == []


def _read(token: Token) -> tuple[str, ...]:
    return (token.text, token.tag_, token.pos_, str(token.morph), token.lemma_, token.dep_, token.ent_type_)
