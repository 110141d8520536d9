"""The vector that each word enters the pipeline's network with, computed once for each form instead of each token.

A fourth of the network's time goes into vectors that follow from a word's features alone (its norm, prefix, suffix,
shape and blank). `remember_embeddings` keeps them by features. What comes out is the same, bit for bit: the network
multiplies row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc
from thinc.api import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_MOST = 20_000
"""Forms kept, 8 MB of them; all are forgotten when a batch finds more."""


def remember_embeddings(nlp: Language) -> None:
    """Puts the memory before the embedding of `nlp`, where that is of the kind which looks at features of words."""
    step: Any = nlp.get_pipe("tok2vec") if nlp.has_pipe("tok2vec") else None
    if not isinstance(step, Tok2Vec) or not step.model.layers:
        return
    embed = step.model.layers[0]
    if embed.layers and embed.layers[0].name == "extract_features":
        known = _Known(embed)
        step.model.replace_node(embed, Model(f"remembered({embed.name})", known.forward, layers=[embed]))


@dataclass(slots=True)
class _Known:
    """The embedding and what it has said so far: the row in `vectors` for the features of each form."""

    embed: Model[Any, Any]
    rows: dict[bytes, int] = field(default_factory=dict)
    vectors: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def forward(
        self, _: Model[Any, Any], docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[Floats], Callable[..., Any]]:
        """The layer: the vectors of the words of each doc."""
        if is_train:
            trained: tuple[list[Floats], Callable[..., Any]] = self.embed(docs, is_train)
            return trained
        features = self.embed.layers[0].predict(docs)
        table = np.ascontiguousarray(np.concatenate(features))
        forms = table.view(f"V{table.itemsize * table.shape[1]}").ravel().tolist()
        if len(self.rows) > _MOST:
            self.rows.clear()
        new = [form for form in dict.fromkeys(forms) if form not in self.rows]
        if new:
            self._learn(new, table)
        found = self.vectors[np.fromiter(map(self.rows.__getitem__, forms), np.int64, len(forms))]
        return np.split(found, np.cumsum([len(each) for each in features[:-1]])), _untrained

    def _learn(self, new: Sequence[bytes], like: NDArray[np.uint64]) -> None:
        found: Any = [np.frombuffer(b"".join(new), like.dtype).reshape(-1, like.shape[1])]
        for layer in self.embed.layers[1:]:
            found = layer.predict(found)
        self.vectors = np.concatenate([self.vectors[: len(self.rows)], *found]) if self.rows else found[0]
        self.rows.update(zip(new, count(len(self.rows)), strict=False))


def _untrained(_: Any) -> Any:
    raise NotImplementedError("remembered embeddings are not trained")
