"""Windows into tensors, and the fixed order in which a training run sees them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from khaldun.annotate.learned.pieces import CLS, SEP, WINDOW, distance_bucket
from training.examples import IGNORED, Labelled, Window, cut_up

BATCH_PIECES = 2048
HIDE_CASE = 0.3
"""Share of windows whose letters are not told, so that the case head learns and capitals do not become a crutch."""


@dataclass(frozen=True)
class Arguments:
    """Anchors of one task in a batch: row, place, label of manner, distances and roles of all tokens."""

    row: Tensor
    at: Tensor
    manner: Tensor
    distance: Tensor
    roles: Tensor


@dataclass(frozen=True)
class Batch:
    """Tensors [B, L]; heads that nothing in the batch teaches are absent from `tags`."""

    ids: Tensor
    case: Tensor
    mask: Tensor
    tags: dict[str, Tensor]
    incident: Tensor | None
    arguments: dict[str, Arguments]


def order(sets: dict[str, list[Labelled]], passes: Mapping[str, int], *, seed: int) -> list[list[Window]]:
    """The batches of a stage, the sources spread evenly over it. The same for the same arguments."""
    placed = []
    for name, count in passes.items():
        batches = [b for turn in range(count) for b in _one_pass(sets.get(name, []), f"{seed}/{name}/{turn}")]
        placed += [((i + 0.5) / len(batches), name, b) for i, b in enumerate(batches)]
    return [batch for _, _, batch in sorted(placed, key=lambda p: p[:2])]


def _one_pass(labelled: Sequence[Labelled], seed: str) -> list[list[Window]]:
    chance = random.Random(seed)
    found = [w for one in labelled for w in cut_up(one, offset=chance.randrange(WINDOW // 2))]
    chance.shuffle(found)
    batches = []
    for at in range(0, len(found), 200):
        batches += list(_filled(sorted(found[at : at + 200], key=lambda w: w.end - w.start)))
    chance.shuffle(batches)
    return batches


def _filled(found: Sequence[Window]) -> Iterator[list[Window]]:
    batch: list[Window] = []
    for window in found:
        if batch and (len(batch) + 1) * (window.end - window.start + 2) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def collate(found: Sequence[Window], *, seed: str) -> Batch:
    """The tensors of some windows."""
    chance = random.Random(seed)
    width = max(w.end - w.start for w in found) + 2
    shape = (len(found), width)
    ids, case, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    tags: dict[str, np.ndarray] = {}
    incident = None
    for row, w in enumerate(found):
        size = w.end - w.start
        pieces = w.of.pieces
        ids[row, : size + 2] = [CLS, *pieces.ids[w.start : w.end], SEP]
        mask[row, : size + 2] = 1
        told = pieces.case[w.start : w.end]
        if chance.random() >= HIDE_CASE:
            case[row, 1 : size + 1] = told
        elif "case" in w.of.example.heads:
            known = np.where(pieces.first[w.start : w.end] & (told > 0), told - 1, IGNORED)
            tags.setdefault("case", np.full(shape, IGNORED))[row, 1 : size + 1] = known
        for name, values in w.of.tags.items():
            tags.setdefault(name, np.full(shape, IGNORED))[row, 1 : size + 1] = values[w.start : w.end]
        if w.of.incident is not None:
            if incident is None:
                incident = np.full((*shape, w.of.incident.shape[1]), float(IGNORED), np.float32)
            part = w.of.incident[w.start : w.end].copy()
            part[~pieces.first[w.start : w.end]] = IGNORED
            incident[row, 1 : size + 1] = part
    tensors = {name: torch.from_numpy(values) for name, values in tags.items()}
    return Batch(
        torch.from_numpy(ids), torch.from_numpy(case), torch.from_numpy(mask), tensors,
        None if incident is None else torch.from_numpy(incident), _arguments(found, width),
    )  # fmt: skip


def _arguments(found: Sequence[Window], width: int) -> dict[str, Arguments]:
    made: dict[str, Arguments] = {}
    for task in ("cue", "trigger", "tie"):
        rows = [
            (row, piece - w.start + 1, manner, roles[w.start : w.end])
            for row, w in enumerate(found)
            for piece, _, manner, roles in w.of.anchors.get(task, ())
            if w.start <= piece < w.end
        ]
        if rows:
            places = np.array([r[1] for r in rows])
            roles = np.full((len(rows), width), IGNORED)
            for i, r in enumerate(rows):
                roles[i, 1 : len(r[3]) + 1] = r[3]
            distance = distance_bucket(np.arange(width)[None] - places[:, None])
            made[task] = Arguments(
                *(
                    torch.from_numpy(np.asarray(v))
                    for v in ([r[0] for r in rows], places, [r[2] for r in rows], distance, roles)
                )
            )
    return made
