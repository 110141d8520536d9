"""The encoder and its heads, loaded once, and what they say of a text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from khaldun.annotate.learned.pieces import CLS, MARGIN, PARAGRAPH_BREAK, SEP, Pieces, cut, distance_bucket, windows
from khaldun.model import Report, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]

MODELS = Path(__file__).resolve().parent.parent / "models"

REACH = {"cue": 192, "trigger": 96, "tie": 96}
"""How many word pieces on each side of an anchor may be something to it."""

_ASKED = ("entity", "role", "incident", "said", "cue")
"""The tag heads that are asked of the words of every report."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is loaded once: tokenizer, encoder session and the arrays of the heads."""

    tokenizer: Tokenizer
    session: InferenceSession
    heads: Mapping[str, Floats]


@dataclass(frozen=True)
class Reading:
    """A text in pieces and the encoder's hidden state for each, [pieces, size]; heads are run over it."""

    text: str
    pieces: Pieces
    hidden: Floats
    heads: Mapping[str, Floats]

    @cached_property
    def words(self) -> NDArray[np.int64]:
        """The first piece of every word."""
        return np.flatnonzero(self.pieces.first)

    @cached_property
    def states(self) -> Floats:
        """The hidden state of every word, that of its first piece, [words, size]."""
        return self.hidden[self.words]

    @cached_property
    def edges(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where each word begins in the text, and where it ends."""
        return self.pieces.starts[self.words].tolist(), self.ends[self.words].tolist()

    def span(self, first: int, last: int) -> Span:
        """Where the words from number `first` to number `last` stand."""
        starts, ends = self.edges
        return Span(starts[first], ends[last])

    @cached_property
    def told(self) -> Mapping[str, Floats]:
        """What the heads that every report is asked say of its words, by name, [words, labels], without their biases.

        One product of matrices for all of them, which is quicker than one for each.
        """
        scores, start = self.states @ self.heads["words.weight"], 0
        found: dict[str, Floats] = {}
        for name in _ASKED:
            end = start + len(self.heads[f"tags.{name}.bias"])
            found[name] = scores[:, start:end]
            start = end
        return {**found, "names": scores[:, start:]}

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """Where the word that starts at each piece ends, in code points (meaningful at first pieces)."""
        ends = self.pieces.ends.copy()
        for at in range(len(ends) - 2, -1, -1):
            if not self.pieces.first[at + 1] and self.pieces.ids[at + 1] != PARAGRAPH_BREAK:
                ends[at] = ends[at + 1]
        return ends


@contextmanager
def _every_core() -> Iterator[None]:
    """Lets a process that is tied to some cores run on all of them for a moment.

    onnxruntime 1.32 looks for matrix tiles while it is imported, by moving a thread from core to core; tied to one it
    finds none, and a window takes a quarter longer with the same numbers (`docs/learned.md`). The tie is put back after
    the import; nothing else runs outside it.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    with suppress(OSError):  # where the system forbids it nothing is lost but time
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def load_reader(folder: Path = MODELS) -> Reader | None:
    """The reader with the weights in `folder`; None where there are none."""
    if not (folder / "encoder.onnx").exists():
        return None
    with _every_core():
        from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # the graph is written fused; a higher level would put in the slow kind of layer norm (training/graph.py)
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_BASIC
    with np.load(folder / "heads.npz") as kept:
        # kept column by column; a product with rows is quicker
        heads = _side_by_side({name: np.ascontiguousarray(kept[name], np.float32) for name in kept.files})
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    session = InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
    return Reader(tokenizer, session, heads)


def _side_by_side(heads: Mapping[str, Floats]) -> Mapping[str, Floats]:
    """The heads, what is asked of the same words as one matrix ("word": token and left; "at": anchor and right;
    "words": the tags of every report, then the names, by the word before, itself and the one behind): one product of
    matrices takes three quarters of the time of two."""
    found = dict(heads)
    for task in REACH:
        for name, parts in (("word", ("token", "left")), ("at", ("anchor", "right"))):
            for kind in ("weight", "bias"):
                found[f"{task}.{name}.{kind}"] = np.concatenate([found.pop(f"{task}.{p}.{kind}") for p in parts], -1)
    near = found.pop("names.near.weight", None)
    names = np.split(near, 3) if near is not None else ()
    found["words.weight"] = np.concatenate([*(found.pop(f"tags.{name}.weight") for name in _ASKED), *names], -1)
    return found


def read_report(report: Report, reader: Reader | None) -> Reading | None:
    """The reading of the parts of a report that yield facts; None without learned layers."""
    if reader is None:
        return None
    return read(report.text, reader, [(p.span.start, p.span.end) for p in report.read_parts()])


def read(text: str, reader: Reader, regions: Sequence[tuple[int, int]] | None = None) -> Reading:
    """The encoder's reading of a text, window by window: what shares a batch never changes what is found."""
    pieces = cut(text, reader.tokenizer, regions)
    parts: list[Floats] = []
    for start, end in windows(len(pieces)) if len(pieces) else ():
        found = _window(pieces, start, end, reader.session)
        if parts:
            parts[-1] = parts[-1][: len(parts[-1]) - MARGIN]
            found = found[MARGIN:]
        parts.append(found)
    hidden = parts[0] if len(parts) == 1 else np.concatenate(parts or [np.zeros((0, 0), np.float32)])
    return Reading(text, pieces, hidden, reader.heads)


def _window(pieces: Pieces, start: int, end: int, session: Any) -> Floats:
    ids = np.zeros((1, end - start + 2), np.int64)
    case = np.zeros(ids.shape, np.int64)
    ids[0, 0], ids[0, 1:-1], ids[0, -1] = CLS, pieces.ids[start:end], SEP
    case[0, 1:-1] = pieces.case[start:end]
    (hidden,) = session.run(["hidden"], {"ids": ids, "case": case})
    found: Floats = hidden[0, 1:-1]
    return found


def tag_scores(reading: Reading, name: str) -> Floats:
    """[words, labels], the head's unscaled scores."""
    bias = reading.heads[f"tags.{name}.bias"]
    if name in _ASKED:
        return reading.told[name] + bias
    scores: Floats = reading.states @ reading.heads[f"tags.{name}.weight"] + bias
    return scores


def shares(scores: Floats) -> Floats:
    """Scores as probabilities over the second axis, which is short: by columns it takes half the time."""
    columns = scores.T.copy(order="C")
    columns -= np.maximum.reduce(columns)
    np.exp(columns, out=columns)
    columns /= np.add.reduce(columns)
    return columns.T.copy(order="C")


def mean(values: Floats) -> float:
    """The mean of some numbers, as numpy has it but without its checks, which take most of the time of a few."""
    return float(np.float32(np.add.reduce(values) / len(values)))


@dataclass(frozen=True, slots=True)
class Roles:
    """What the words round one anchor are to it: first pieces [n], and a probability for each role [n, roles]."""

    words: NDArray[np.int64]
    shares: Floats
    first: int = 0
    """Which of the text's words the first one is."""


def argument_shares(reading: Reading, task: str, anchors: Sequence[int]) -> list[Roles]:
    """For each anchor piece, what the words within reach are to it."""
    if not anchors:
        return []
    heads, words, distance = reading.heads, reading.words, reading.heads[f"{task}.distance"]
    width = distance.shape[1]
    by_word = _linear(heads, f"{task}.word", reading.states)
    by_anchor = _linear(heads, f"{task}.at", reading.hidden[list(anchors)])
    token, left = np.ascontiguousarray(by_word[:, :width]), by_word[:, width:]  # many anchors read the same rows
    near, right = by_anchor[:, :width], by_anchor[:, width:]
    weight, bias = heads[f"{task}.out.weight"], heads[f"{task}.out.bias"]
    places, reach = np.array(anchors), REACH[task]
    lows, highs = (np.searchsorted(words, places + by).tolist() for by in (-reach, reach))
    buckets = _buckets(reach)
    scores = []
    for anchor, low, high, own, times in zip(anchors, lows, highs, near, right, strict=True):
        added = (distance + own).take(buckets[words[low:high] - (anchor - reach)], 0)
        added += token[low:high]
        np.maximum(added, 0, out=added)
        scores.append(added @ weight[:width] + left[low:high] @ (times[:, None] * weight[width:]))
    found = shares(np.concatenate(scores) + bias)
    ends = accumulate(map(len, scores))
    return [
        Roles(words[low:high], found[end - (high - low) : end], low)
        for low, high, end in zip(lows, highs, ends, strict=True)
    ]


@cache
def _buckets(reach: int) -> NDArray[np.int64]:
    return distance_bucket(np.arange(-reach, reach))


def _linear(heads: Mapping[str, Floats], name: str, values: Floats) -> Floats:
    found: Floats = values @ heads[f"{name}.weight"]
    found += heads[f"{name}.bias"]
    return found
