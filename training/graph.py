"""The encoder as an ONNX graph of few, fused operators: `encoder_model` writes it from arrays.

Written out and not traced: what a tracer leaves behind (shapes computed at run time, masks, checks) keeps the operators
from being fused. Four choices carry the speed:

- Weights are signed with seven bits, a scale for each column. Signed ones are what the 8-bit instructions of processors
  take (twice as fast as unsigned ones where there are such instructions); with seven bits the sum of two products never
  leaves 16 bits (2 x 255 x 64 < 2^15), where processors without them would cut it off: all give the same sums.
- Activations are put in eight bits by what the window holds. A channel that runs far beyond the others would leave
  these a few steps only, so it is divided by a number of its own first, and its weights multiplied (`evened`).
- A layer norm stands as two plain operators: the fused one of onnxruntime 1.32 takes five times as long. The session
  must not fuse them again (`reader.load_reader`).
- Words are kept as a row of 8-bit numbers with a scale each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

MICROSOFT = "com.microsoft"
TOP = 64
"""The largest weight in seven bits."""

FAR = 2.0
"""A channel is evened where its greatest value is more than this many times the median channel's."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's arrays, matrices as [in, out]. `reach_up` and `reach_down` are the greatest absolute value in each
    channel of what the two matrices of the feed-forward part are given."""

    query: tuple[Floats, Floats]
    key: tuple[Floats, Floats]
    value: tuple[Floats, Floats]
    merge: tuple[Floats, Floats]
    merge_norm: tuple[Floats, Floats]
    up: tuple[Floats, Floats]
    down: tuple[Floats, Floats]
    down_norm: tuple[Floats, Floats]
    reach_up: Floats
    reach_down: Floats


@dataclass(frozen=True, slots=True)
class Encoder:
    """What an encoder is made of. How words are written (`case`) is added above the lowest `told_above` layers."""

    words: Floats
    places: Floats
    norm: tuple[Floats, Floats]
    case: Floats
    layers: Sequence[Layer]
    told_above: int
    head: int
    """How many channels a head of attention has; layers may have different numbers of heads."""
    epsilon: float = 1e-12


def evened(reach: Floats) -> Floats:
    """By what each channel is divided: 1, or more for those that run far beyond the others."""
    found: Floats = np.maximum(1.0, reach / (FAR * np.median(reach))).astype(np.float32)
    return found


def in_seven_bits(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """[in, out] -> whole numbers from -64 to 64, and the scale of each column."""
    scale = np.maximum(np.abs(weight).max(0), 1e-12).astype(np.float32) / TOP
    return np.round(weight / scale).astype(np.int8), scale


@dataclass
class _Graph:
    """Operators and constants in the order of writing."""

    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def constant(self, name: str, values: Any) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], *outputs: str, domain: str = "", **settings: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, outputs, name=outputs[0], domain=domain, **settings))
        return outputs[0]

    def bytes_of(self, given: str) -> tuple[str, str, str]:
        """What is given in eight bits, its scale and its zero, by what the window holds."""
        names = (f"{given}.bytes", f"{given}.scale", f"{given}.zero")
        self.add("DynamicQuantizeLinear", [given], *names)
        return names

    def linear(self, given: tuple[str, str, str], name: str, arrays: tuple[Floats, Floats]) -> str:
        """What is given in eight bits, for several matrices, times one of them."""
        weight, scale, zero, bias = self._kept(name, arrays)
        inputs = [given[0], weight, given[1], scale, given[2], zero, bias]
        return self.add("MatMulIntegerToFloat", inputs, name, domain=MICROSOFT)

    def only_linear(self, given: str, name: str, arrays: tuple[Floats, Floats]) -> str:
        """What is given times the only matrix that it is for: the same numbers by one operator in place of two."""
        return self.add("DynamicQuantizeMatMul", [given, *self._kept(name, arrays)], name, domain=MICROSOFT)

    def evened_linear(self, given: str, name: str, arrays: tuple[Floats, Floats], reach: Floats) -> str:
        by = evened(reach)
        even = self.add("Mul", [given, self.constant(f"{name}.evened_by", 1 / by)], f"{name}.even")
        return self.only_linear(even, name, (arrays[0] * by[:, None], arrays[1]))

    def _kept(self, name: str, arrays: tuple[Floats, Floats]) -> list[str]:
        weight, scale = in_seven_bits(arrays[0])
        return [
            self.constant(f"{name}.weight", weight),
            self.constant(f"{name}.weight_scale", scale),
            self.constant(f"{name}.weight_zero", np.zeros(len(scale), np.int8)),
            self.constant(f"{name}.bias", arrays[1]),
        ]

    def norm(self, left: str, right: str, name: str, arrays: tuple[Floats, Floats], epsilon: float) -> str:
        both = self.add("Add", [left, right], f"{name}.sum")
        kept = [self.constant(f"{name}.weight", arrays[0]), self.constant(f"{name}.bias", arrays[1])]
        return self.add("LayerNormalization", [both, *kept], name, epsilon=epsilon, axis=-1)


def encoder_model(made_of: Encoder) -> Any:
    """The graph: `ids` and `case` of one window, [1, pieces] each, to `hidden`, [1, pieces, size]."""
    from onnx import TensorProto, helper

    graph = _Graph()
    hidden = _embedded(graph, made_of)
    for number, layer in enumerate(made_of.layers):
        if number == made_of.told_above:
            written = graph.add("Gather", [graph.constant("cases", made_of.case), "case"], "written")
            hidden = graph.add("Add", [hidden, written], "told")
        hidden = _layer(graph, f"layer{number}", hidden, layer, made_of)
    graph.add("Identity", [hidden], "hidden")
    whole = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "pieces"]) for name in ("ids", "case")],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [1, "pieces", made_of.words.shape[1]])],
        graph.constants,
    )
    operators = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(whole, opset_imports=operators, ir_version=9, producer_name="khaldun")


def _embedded(graph: _Graph, made_of: Encoder) -> str:
    from onnx import TensorProto

    scale = np.maximum(np.abs(made_of.words).max(1, keepdims=True), 1e-12).astype(np.float32) / 127
    rows = graph.constant("words", np.round(made_of.words / scale).astype(np.int8))
    graph.add("Gather", [rows, "ids"], "word_bytes")
    graph.add("Gather", [graph.constant("words_scale", scale), "ids"], "word_scale")
    graph.add("Cast", ["word_bytes"], "word_steps", to=TensorProto.FLOAT)
    graph.add("Mul", ["word_steps", "word_scale"], "word")
    graph.add("Shape", ["ids"], "pieces", start=1)
    zero = graph.constant("zero", np.zeros(1, np.int64))
    graph.add("Slice", [graph.constant("places", made_of.places), zero, "pieces", zero], "place")
    return graph.norm("word", "place", "embedded", made_of.norm, made_of.epsilon)


def _layer(graph: _Graph, name: str, hidden: str, layer: Layer, made_of: Encoder) -> str:
    small = graph.bytes_of(hidden)
    parts = {"query": layer.query, "key": layer.key, "value": layer.value}
    heads = layer.query[0].shape[1] // made_of.head
    looked = [graph.linear(small, f"{name}.{part}", arrays) for part, arrays in parts.items()]
    seen = graph.add("MultiHeadAttention", looked, f"{name}.seen", domain=MICROSOFT, num_heads=heads)
    merged = graph.only_linear(seen, f"{name}.merge", layer.merge)
    middle = graph.norm(merged, hidden, f"{name}.merge_norm", layer.merge_norm, made_of.epsilon)
    wide = graph.evened_linear(middle, f"{name}.up", layer.up, layer.reach_up)
    bent = graph.add("Gelu", [wide], f"{name}.bent", domain=MICROSOFT)
    narrow = graph.evened_linear(bent, f"{name}.down", layer.down, layer.reach_down)
    return graph.norm(narrow, middle, f"{name}.down_norm", layer.down_norm, made_of.epsilon)
