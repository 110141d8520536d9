"""The encoder's graph: it computes what the layers say, in numbers that fit every processor."""

from __future__ import annotations

import math

import numpy as np
import pytest
from training.graph import FAR, TOP, Encoder, Floats, Layer, encoder_model, evened, in_seven_bits

SIZE, WIDE, HEADS = 32, 64, 4
_erf = np.vectorize(math.erf)


def _drawn(*shape: int, seed: int, scale: float = 0.3) -> Floats:
    return (np.random.default_rng(seed).normal(0, scale, shape)).astype(np.float32)


def _pair(rows: int, columns: int, seed: int) -> tuple[Floats, Floats]:
    return _drawn(rows, columns, seed=seed), _drawn(columns, seed=seed + 1)


def _norm(seed: int) -> tuple[Floats, Floats]:
    return 1 + _drawn(SIZE, seed=seed, scale=0.1), _drawn(SIZE, seed=seed + 1, scale=0.1)


def _small_layer(seed: int, reach_up: Floats, *, seen: int = SIZE) -> Layer:
    """A layer whose heads see that many channels together."""
    return Layer(
        query=_pair(SIZE, seen, seed),
        key=_pair(SIZE, seen, seed + 2),
        value=_pair(SIZE, seen, seed + 4),
        merge=_pair(seen, SIZE, seed + 6),
        merge_norm=_norm(seed + 8),
        up=_pair(SIZE, WIDE, seed + 10),
        down=_pair(WIDE, SIZE, seed + 12),
        down_norm=_norm(seed + 14),
        reach_up=reach_up,
        reach_down=np.ones(WIDE, np.float32),
    )


def _small_encoder(reach_up: Floats) -> Encoder:
    return Encoder(
        words=_drawn(50, SIZE, seed=1),
        places=_drawn(12, SIZE, seed=2),
        norm=_norm(3),
        case=_drawn(5, SIZE, seed=5),
        layers=[_small_layer(20, reach_up), _small_layer(50, reach_up, seen=SIZE - SIZE // HEADS)],
        told_above=1,
        head=SIZE // HEADS,
    )


def _normed(values: Floats, arrays: tuple[Floats, Floats]) -> Floats:
    middle = values - values.mean(-1, keepdims=True)
    found: Floats = middle / np.sqrt((middle**2).mean(-1, keepdims=True) + 1e-12) * arrays[0] + arrays[1]
    return found


def _in_full(made_of: Encoder, ids: list[int], case: list[int]) -> Floats:
    """What the graph computes, in plain numpy without 8-bit numbers."""
    hidden = _normed(made_of.words[ids] + made_of.places[: len(ids)], made_of.norm)
    for number, layer in enumerate(made_of.layers):
        if number == made_of.told_above:
            hidden = hidden + made_of.case[case]
        query, key, value = (
            (hidden @ weight + bias).reshape(len(ids), -1, SIZE // HEADS).transpose(1, 0, 2)
            for weight, bias in (layer.query, layer.key, layer.value)
        )
        near = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(SIZE / HEADS))
        seen = (near / near.sum(-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(len(ids), -1)
        middle = _normed(seen @ layer.merge[0] + layer.merge[1] + hidden, layer.merge_norm)
        wide = middle @ layer.up[0] + layer.up[1]
        bent = wide * 0.5 * (1 + _erf(wide / math.sqrt(2)))
        hidden = _normed(bent @ layer.down[0] + layer.down[1] + middle, layer.down_norm)
    return hidden


@pytest.mark.parametrize("far", [1.0, 9.0])
def test_the_graph_computes_the_layers_to_within_what_eight_bits_allow(far: float) -> None:
    pytest.importorskip("onnx", reason="belongs to the training extra")
    from onnxruntime import InferenceSession

    reach = np.ones(SIZE, np.float32)
    reach[3] = far
    made_of = _small_encoder(reach)
    session = InferenceSession(encoder_model(made_of).SerializeToString(), providers=["CPUExecutionProvider"])
    ids, case = [4, 17, 17, 0, 49, 8, 30], [0, 1, 2, 3, 4, 1, 0]
    (found,) = session.run(["hidden"], {"ids": np.array([ids]), "case": np.array([case])})
    wanted = _in_full(made_of, ids, case)
    assert found.shape == (1, len(ids), SIZE)
    assert np.sqrt(((found[0] - wanted) ** 2).mean()) < 0.06 * wanted.std()


def test_two_products_never_leave_sixteen_bits() -> None:
    whole, scale = in_seven_bits(_drawn(SIZE, WIDE, seed=7))
    assert np.abs(whole).max() == TOP
    assert 2 * 255 * TOP < 2**15
    assert np.abs(whole * scale - _drawn(SIZE, WIDE, seed=7)).max() <= scale.max() / 2 + 1e-6


def test_only_channels_that_run_far_beyond_the_others_are_evened() -> None:
    by = evened(np.array([1, 1, 1, 1.9, 30], np.float32))
    assert list(by) == [1, 1, 1, 1, pytest.approx(30 / FAR)]
