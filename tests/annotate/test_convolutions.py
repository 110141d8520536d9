"""The merged layers give what the pipeline's own give, whatever else is in the batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy

from khaldun.annotate.kit import DEFAULT_PIPELINE
from khaldun.annotate.reading.convolutions import merge_convolutions

TEXTS = (
    "Rebels shelled the market of Balad on Monday, and two traders died.",
    "He fled.",
    "Police said that eleven people were hurt when the army fired on the crowd near the bridge.",
)


@pytest.fixture(scope="module")
def steps() -> tuple[Any, Any, Any]:
    """The tokens of the texts, the pipeline's network, and the same with merged layers."""
    plain, merged = spacy.load(DEFAULT_PIPELINE), spacy.load(DEFAULT_PIPELINE)
    merge_convolutions(merged)
    docs = [plain.make_doc(text) for text in TEXTS]
    return docs, plain.get_pipe("tok2vec"), merged.get_pipe("tok2vec")


def test_every_layer_is_merged(steps: tuple[Any, Any, Any]) -> None:
    assert sum(node.name.startswith("merged(") for node in steps[2].model.walk()) == 4


def test_the_vectors_are_the_pipelines_up_to_the_last_bits(steps: tuple[Any, Any, Any]) -> None:
    docs, plain, merged = steps
    for expected, found in zip(plain.predict(docs), merged.predict(docs), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-5)


def test_what_else_is_in_the_batch_changes_nothing(steps: tuple[Any, Any, Any]) -> None:
    docs, _, merged = steps
    for doc, found in zip(docs, merged.predict(docs), strict=True):
        np.testing.assert_array_equal(merged.predict([doc])[0], found)
