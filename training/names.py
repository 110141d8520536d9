"""Makes the head of names: `python -m training.names --data ../shared` (a quarter of an hour; after the weights).

The encoder stays as it is. Its states are read over texts that may train weights, labelled by what the language
pipeline's own recogniser finds there, mended by what the house finds: a place with a point in the gazetteer is no
person, whom a title or an office tells is one, and a body of the knowledge files is a body. A small network over each
word and its two neighbours learns the labels. Needs the `training` extra (torch). Same data, same machine, same head.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from khaldun.annotate import layers
from khaldun.annotate.kit import Kit, load_kit, load_pipeline
from khaldun.annotate.learned.labels import NAME_TYPES
from khaldun.annotate.learned.names import HEAD
from khaldun.annotate.learned.reader import MODELS, Reading, read_report
from khaldun.annotate.reading.sentences import Parse
from khaldun.ingest import read
from khaldun.model import Annotation, Locus, Mention, Report, Span
from training.sources import held_out, own, polnear, re3d, rows_of

MOST = {
    "own": 9_999,
    "re3d": 99,
    "plover": 400,
    "temporal": 30,
    "muc4": 120,
    "geo": 802,
    "polnear": 815,
    "gvc": 436,
    "ecbplus": 250,
}
"""How many texts of each set are read; those kept for measuring are left out."""

WIDTH = 64
EPOCHS = 3
BATCH, BLOCK = 4096, 256
RATE = 2e-3
_WIDE = frozenset(("region", "water", "mountain", "continent"))
_BODIES = frozenset(("armed_group", "state_force", "organisation", "media", "government"))

Floats: TypeAlias = NDArray[np.float32]
Labels: TypeAlias = NDArray[np.int64]
Row: TypeAlias = dict[str, Any]


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m training.names", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder with bench/")
    ask.add_argument("--out", type=Path, default=MODELS, help="folder of the weights")
    given = ask.parse_args()
    kit = replace(load_kit(), nlp=load_pipeline(), learned_names=False, ties=None)
    found = [example for text in texts(given.data / "bench") if (example := labelled(text, kit)) is not None]
    states, labels = (np.concatenate(part) for part in zip(*found, strict=True))
    print(f"{len(labels)} words, {int((labels > 0).sum())} of them in names")
    write(fit(states, labels), given.out)


def texts(bench: Path) -> Iterator[str]:
    """The texts that may train weights, without those kept for measuring."""
    yield from (e.text for e in own(Path(__file__).parent / "sentences") if not e.text.isupper())
    for name, most in MOST.items():
        if name == "own":
            continue
        teaching = (row for row in rows_of(bench, name) if _may_teach(name, row))
        yield from (row["text"] for row in islice(teaching, most))


def _may_teach(name: str, row: Row) -> bool:
    if name == "polnear":
        return not held_out(polnear(row))
    if name == "re3d":
        example = re3d(row)
        return example is not None and not held_out(example)
    if name == "plover":
        return bool(row["meta"]["source"] == "PLOVER_GSR_CAMEO")
    if name == "temporal":
        return "wikiwars" in json.dumps([row["id"], row.get("meta")]).lower()
    return name != "muc4" or not re.match("TST[12]", row["id"])


# ------------------------------------------------------------------------------------------------ labels


def labelled(text: str, kit: Kit) -> tuple[Floats, Labels] | None:
    """The encoder's states for the words of a text, [words, size], and their tags; None for a text that is not read."""
    report = read(text.encode(), input_id="text", media_type="text/plain")
    if not isinstance(report, Report):
        return None
    annotation, parse = layers(report, kit)
    reading = read_report(parse.report, kit.reader)
    if reading is None or not len(reading.words):
        return None
    starts = reading.pieces.starts[reading.words]
    tags = np.zeros(len(starts), np.int64)
    for span, kind in (*_recognised(parse), *_mended(annotation)):
        _tag(tags, np.flatnonzero((starts >= span.start) & (starts < span.end)), kind)
    return _states(reading), tags


def _states(reading: Reading) -> Floats:
    return reading.hidden[reading.words].astype(np.float16)


def _recognised(parse: Parse) -> Iterator[tuple[Span, int]]:
    for passage in parse.passages:
        for name in passage.doc.ents:
            if name.label_ in NAME_TYPES:
                yield passage.span(name), NAME_TYPES.index(name.label_)


def _mended(annotation: Annotation) -> Iterator[tuple[Span, int]]:
    types = {e.id: e.type for e in annotation.entities}
    for mention in annotation.mentions:
        if mention.form in ("name", "acronym") and not mention.made_by.startswith("learned"):
            kind = _kind(mention, types.get(mention.entity or ""))
            if kind is not None:
                yield mention.head or mention.span, NAME_TYPES.index(kind)


def _kind(mention: Mention, type: str | None) -> str | None:
    if not mention.quote[:1].isupper():
        return None
    if isinstance(mention.value, Locus) and mention.value.lat is not None:
        return "LOC" if mention.value.kind in _WIDE else "GPE"
    if mention.kind != "actor" or mention.form != "name":
        return None
    return "PERSON" if type == "person" else "ORG" if type in _BODIES else None


def _tag(tags: Labels, words: NDArray[np.int64], kind: int) -> None:
    """Tags some words as one name; names that it cuts are taken away whole."""
    if not len(words):
        return
    first, last = int(words[0]), int(words[-1]) + 1
    while first > 0 and tags[first] > 0 and tags[first] % 2 == 0:
        first -= 1
    while last < len(tags) and tags[last] > 0 and tags[last] % 2 == 0:
        last += 1
    tags[first:last] = 0
    tags[words] = 2 * kind + 2
    tags[words[0]] = 2 * kind + 1


# ------------------------------------------------------------------------------------------------ the head


class Head(nn.Module):
    """A word's tag from the states of the word before it, its own and the one behind."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.near = nn.Linear(3 * size, WIDTH)
        self.out = nn.Linear(WIDTH, 2 * len(NAME_TYPES) + 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor) -> Tensor:
        """[words, 3 * size] -> [words, tags]"""
        found: Tensor = self.out(self.drop(torch.relu(self.near(states))))
        return found


def fit(states: NDArray[np.float16], labels: Labels) -> Head:
    """The head after `EPOCHS` passes, in blocks of neighbouring words."""
    torch.manual_seed(0)
    chance = np.random.default_rng(0)
    head = Head(states.shape[1])
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    blocks = len(labels) // BLOCK
    steps = EPOCHS * (blocks * BLOCK // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.1)
    for step in range(steps):
        chosen = chance.choice(blocks, BATCH // BLOCK, replace=False)
        words = (chosen[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        loss = nn.functional.cross_entropy(head(_around(states, words)), torch.from_numpy(labels[words]))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        pace.step()
        if step % 200 == 0:
            print(f"step {step}/{steps}  {float(loss.detach()):.3f}", flush=True)
    return head.eval()


def _around(states: NDArray[np.float16], words: NDArray[np.int64]) -> Tensor:
    near = [states[np.clip(words + by, 0, len(states) - 1)] for by in (-1, 0, 1)]
    return torch.from_numpy(np.concatenate(near, 1).astype(np.float32))


def write(head: Head, folder: Path) -> None:
    """Puts the head beside the others."""
    path = folder / "heads.npz"
    with np.load(path) as kept:
        arrays = {name: kept[name] for name in kept.files if not name.startswith(f"{HEAD}.")}
    for part, layer in (("near", head.near), ("out", head.out)):
        arrays[f"{HEAD}.{part}.weight"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"{HEAD}.{part}.bias"] = layer.bias.detach().numpy().astype(np.float16)
    np.savez(path, **arrays)


if __name__ == "__main__":
    main()
