"""Makes the classifier of ties: `python -m training.ties --data ../shared` (a few minutes; after the weights).

Pairs of mentions of a sentence are labelled by re3d's relations, once between the mentions that the house finds and
once between the marked ones. One logistic regression for each label; the least probability is the best one over
documents left out in turn, which is printed. Needs the `training` extra (scikit-learn). Same data, same weights.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from khaldun.annotate import layers
from khaldun.annotate.kit import Kit, load_kit
from khaldun.annotate.learned.labels import UNDIRECTED_TIES
from khaldun.annotate.learned.pairs import features
from khaldun.annotate.learned.reader import MODELS
from khaldun.annotate.learned.ties import FILE
from khaldun.annotate.meet.relations import pairs_in
from khaldun.ingest import read
from khaldun.model import Annotation, Mention, MentionKind, Report, Span
from training.sources import held_out, re3d, rows_of

FOLDS = 6
FEWEST = 6
"""How many pairs, over both views, must have a feature for it to get a weight."""
RARE = 8
"""Labels of fewer pairs, over both views, are not learned."""
STRENGTH = 0.5
SMALLEST = 0.01
"""Features whose weights are all smaller are left out."""
WEIGHT = 0.8
"""How much recall counts beside precision: a wrong tie costs more than a missed one."""
STEPS = tuple(round(0.08 + 0.02 * n, 2) for n in range(22))

_MARKED: Mapping[str, MentionKind] = {
    "Person": "actor", "Organisation": "actor", "Location": "place", "Weapon": "weapon",
    "MilitaryPlatform": "weapon", "Vehicle": "weapon", "Quantity": "count", "Nationality": "place",
}  # fmt: skip
_ENDS = ("source", "target")

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A pair: where its ends stand, what holds of it, and its label; None where the label is open."""

    ends: tuple[Span, Span]
    features: frozenset[str]
    label: str | None = None


Items: TypeAlias = list[Item]


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m training.ties", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder with bench/")
    ask.add_argument("--out", type=Path, default=MODELS, help="folder of the weights")
    given = ask.parse_args()
    rows = [row for row in rows_of(given.data / "bench", "re3d") if (e := re3d(row)) is not None and not held_out(e)]
    kit = replace(load_kit(), ties=None)
    found = {row["id"]: views(row, kit) for row in rows}
    gold = {row["id"]: len(_relations(row)) for row in rows}
    least = crossed(found, gold)
    given.out.mkdir(parents=True, exist_ok=True)
    write(fit([view for pair in found.values() for view in pair]), least, given.out / FILE)


# ------------------------------------------------------------------------------------------------ examples


def views(row: Row, kit: Kit) -> tuple[Items, Items]:
    """The labelled pairs of a document: between the mentions that the house finds, and between the marked ones."""
    report = read(row["text"].encode(), input_id=row["id"], media_type="text/plain")
    if not isinstance(report, Report) or report.text != row["text"]:
        raise SystemExit(f"{row['id']} is not read character for character")
    annotation, parse = layers(report, kit)
    marked = replace(annotation, mentions=_marked(row, annotation))
    return _labelled(row, annotation, parse), _labelled(row, marked, parse)


def _labelled(row: Row, annotation: Annotation, parse: Any) -> Items:
    items = [
        Item((pair.left.mention.span, pair.right.mention.span), features(pair, sight).names)
        for pair, sight in pairs_in(annotation, parse)
    ]
    labels: list[str | None] = ["none"] * len(items)
    for kind, source, target in _relations(row):
        fits = [(score, n, label) for n, item in enumerate(items) for score, label in _fits(item, kind, source, target)]
        best = max((score for score, _, _ in fits), default=0.0)
        for score, number, label in fits:
            if score == best:
                labels[number] = label
            elif labels[number] == "none":
                labels[number] = None  # a worse cut of the same two: neither an example nor a counterexample
    return [replace(item, label=label) for item, label in zip(items, labels, strict=True)]


def _relations(row: Row) -> list[tuple[str, Span, Span]]:
    return [(r["type"], _span(r["source"]), _span(r["target"])) for r in row["relations"]]


def _span(end: Row) -> Span:
    return Span(end["start"], end["end"])


def _fits(item: Item, kind: str, source: Span, target: Span) -> Iterator[tuple[float, str]]:
    """How well a pair fits a marked relation, in both directions, with the label that it then has."""
    left, right = item.ends
    for mark, ends in ((">", (source, target)), ("<", (target, source))):
        score = min(_likeness(left, ends[0]), _likeness(right, ends[1]))
        if score > 0:
            yield score, kind if kind in UNDIRECTED_TIES else kind + mark


def _likeness(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))


def _marked(row: Row, annotation: Annotation) -> tuple[Mention, ...]:
    """The marked entities as mentions; form and entity are those of the found mention that shares most with each."""
    ends = [(r[end]["start"], r[end]["end"], "Organisation") for r in row["relations"] for end in _ENDS]
    typed = {(e["start"], e["end"]): e["type"] for e in row["entities"]}
    spans = sorted({(s, e, typed.get((s, e), t)) for s, e, t in ends} | {(s, e, t) for (s, e), t in typed.items()})
    return tuple(_mention(Span(s, e), t, annotation) for s, e, t in spans if t in _MARKED)


def _mention(span: Span, type: str, annotation: Annotation) -> Mention:
    quote = span.of(annotation.report.text)
    like = max(
        (m for m in annotation.mentions if m.kind in _MARKED.values() and m.span.overlaps(span)),
        key=lambda m: (_likeness(m.span, span), m.kind == "actor"),
        default=Mention("", span, quote, "actor", form="name" if quote[0].isupper() else "description"),
    )
    made = f"learned:{type}"
    return replace(like, id=f"{span.start}", span=span, quote=quote, kind=_MARKED[type], head=None, made_by=made)


# ------------------------------------------------------------------------------------------------ weights


@dataclass(frozen=True)
class Weights:
    """What is learned: a row of weights for each feature, a column for each label."""

    names: list[str]
    labels: list[str]
    weights: Any
    bias: Any

    def shares(self, items: Sequence[Item]) -> Any:
        scores = matrix(items, {name: n for n, name in enumerate(self.names)}) @ self.weights + self.bias
        return 1 / (1 + np.exp(-scores))


def fit(examples: Iterable[Items]) -> Weights:
    """One logistic regression for each label against all others."""
    items = [item for each in examples for item in each if item.label is not None]
    counted = Counter(name for item in items for name in item.features)
    names = sorted(name for name, times in counted.items() if times >= FEWEST)
    held = matrix(items, {name: n for n, name in enumerate(names)})
    wanted = np.array([item.label for item in items])
    times = Counter(str(label) for label in wanted)
    labels = sorted(label for label, count in times.items() if label != "none" and count >= RARE)
    columns, bias = [], []
    for label in labels:
        model = LogisticRegression(C=STRENGTH / 2, solver="liblinear", intercept_scaling=5, random_state=0)
        model.fit(held, wanted == label)
        columns.append(model.coef_[0])
        bias.append(model.intercept_[0])
    return Weights(names, labels, np.stack(columns, 1), np.array(bias))


def matrix(items: Sequence[Item], columns: Mapping[str, int]) -> Any:
    rows = [sorted(columns[name] for name in item.features if name in columns) for item in items]
    ends = np.cumsum([0, *map(len, rows)]).astype(np.int32)
    where = np.array([column for row in rows for column in row], np.int32)
    return csr_matrix((np.ones(len(where)), where, ends), shape=(len(items), len(columns)))


def crossed(found: Mapping[str, tuple[Items, Items]], gold: Mapping[str, int]) -> float:
    """The least probability with the best F1 over documents left out in turn; prints what is reached."""
    order = sorted(found, key=lambda id: hashlib.sha1(id.encode()).hexdigest())
    told: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        tried = order[fold::FOLDS]
        weights = fit(view for id in order if id not in tried for view in found[id])
        for id in tried:
            items = found[id][0]
            for item, shares in zip(items, weights.shares(items) if items else (), strict=True):
                told.append((float(shares.max()), item.label == weights.labels[int(shares.argmax())]))
    wanted = sum(gold.values())
    least = max(STEPS, key=lambda step: _worth(*_reached(told, step, wanted)))
    for step in (least, 0.3, 0.5, 0.7):
        precision, recall = _reached(told, step, wanted)
        print(f"from {step}: precision {precision:.3f}, recall {recall:.3f}")
    return least


def _reached(told: Sequence[tuple[float, bool]], least: float, wanted: int) -> tuple[float, float]:
    given = [right for share, right in told if share >= least]
    return sum(given) / max(len(given), 1), sum(given) / wanted


def _worth(precision: float, recall: float) -> float:
    """The F measure with WEIGHT as its beta."""
    return (1 + WEIGHT**2) * precision * recall / max(WEIGHT**2 * precision + recall, 1e-9)


def write(learned: Weights, least: float, path: Path) -> None:
    keep = np.abs(learned.weights).max(1) >= SMALLEST
    names = [name for name, kept in zip(learned.names, keep, strict=True) if kept]
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names).encode("utf-8"), np.uint8),
        labels=np.array(learned.labels),
        weights=learned.weights[keep].astype(np.float16),
        bias=learned.bias.astype(np.float32),
        least=np.float32(least),
    )
    print(f"{len(names)} features, {len(learned.labels)} labels, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
