"""Remembered embeddings are what the pipeline's own layer says, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language

from khaldun.annotate.kit import DEFAULT_PIPELINE
from khaldun.annotate.reading import embeddings
from khaldun.annotate.reading.embeddings import remember_embeddings

TEXTS = (
    "The brigade's men were shelling two villages when the ceasefire that they had signed was broken.",
    "",
    "The brigade  left the two villages. The villages were broken, she said.",
    "No.",
)


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    stock, remembering = (spacy.load(DEFAULT_PIPELINE, exclude=("ner",)) for _ in range(2))
    remember_embeddings(remembering)
    return stock, remembering


@pytest.mark.parametrize("most", [1000, 0])
def test_same_vectors_when_new_remembered_and_forgotten(
    pipelines: tuple[Language, Language], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(embeddings, "_MOST", most)
    stock, remembering = pipelines
    expected = [doc.tensor for doc in stock.pipe(TEXTS)]
    for batch_size in (1, 2, 64):
        found = [doc.tensor for doc in remembering.pipe(TEXTS, batch_size=batch_size)]
        assert all(map(np.array_equal, found, expected))


def test_a_pipeline_of_another_kind_is_left_alone() -> None:
    blank = spacy.blank("en")
    remember_embeddings(blank)
    assert blank.pipe_names == []
