"""Fits what makes an incident's row and what fills its cells, on the reports of MUC-4 that are not held out.

    python eval/fit_incidents.py --data DIR            # cross-validated figures, five folds by the reports' ids
    python eval/fit_incidents.py --data DIR --write    # and data/rules/incident_weights.yaml from all of them
    python eval/fit_incidents.py --data DIR --held-out # fits nothing: the rows as they are, on tst1 and tst2

Each finding on a row or a candidate filler gets a weight by logistic regression with a fixed penalty, so there is no
chance in it. A row is right when the benchmark's own alignment gives it a template of its type; a filler when it is a
string of the key in its cell. Thresholds are those of the best F1 over the folds' own predictions. Fit anew whenever
event kinds, triggers or the weights of the layer change. `--keep DIR` keeps the readings, which take half an hour.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import numpy as np
import yaml
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ablation import scorer
from formats_events import muc4, muc4_template
from khaldun.annotate.kit import load_kit
from khaldun.export.incident_candidates import candidates_of
from khaldun.export.incident_fillers import ruled_fillings
from khaldun.export.incident_rules import CELLS, Cell, load_incident_rules
from khaldun.export.incident_scene import scene_of
from khaldun.export.incident_weighing import Place, Weighed, weighed
from khaldun.export.incidents import Incident, incidents
from khaldun.model import Annotation, Event
from khaldun.workflow.extraction import Reading
from texts import Row, Text, load_rows, read_only, read_texts

TABLE = Path(__file__).resolve().parent.parent / "src/khaldun/data/rules/incident_weights.yaml"
FOLDS = 5
PENALTY = {"rows": 3.0, "cells": 4.0}
FEWEST = 5
"""A finding on fewer rows or candidates than this gets no weight."""
DOUBT = 2.0
"""How far below the threshold a cell's sum may be for a rule's filler to stay (from 1.2 to 2 half a point worse over
the folds; the layer has seen these reports and is surer of them than of new ones, so the rules keep more of a say)."""
SLOTS = {"individual": "PerpInd", "organisation": "PerpOrg", "person": "Victim", "thing": "Target",
         "instrument": "Weapon"}  # fmt: skip
HEAD = """# What each finding on an incident's row (export/incident_findings.py) and on a candidate for one of its cells
# (export/incident_cells.py) weighs. Made by `python eval/fit_incidents.py --data DIR --write`.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its rows, news or not, and which of them are right."""

    row: Row
    reading: Reading
    rows: tuple[Incident, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to be weighed."""

    report: str
    findings: frozenset[str]
    right: bool


Counts: TypeAlias = tuple[int, int, int]
"""Fillers that are right, made and wanted."""


@dataclass(frozen=True, slots=True)
class Fitted:
    weights: Mapping[str, float]

    def weigh(self, findings: Iterable[str]) -> float:
        return sum(self.weights.get(f, 0.0) for f in findings)


# ------------------------------------------------------------------------------------------------ reading


def held_out(id: str) -> bool:
    return id.startswith(("TST1", "TST2"))


def read_all(rows: Sequence[Row], keep: Path | None) -> dict[str, Reading]:
    """The readings by id; those kept are not made again."""
    found = {r["id"]: _kept(keep / r["id"]) for r in rows if keep and (keep / r["id"]).exists()}
    left = [r for r in rows if r["id"] not in found]
    if left:
        texts = [Text(r["id"], r["text"]) for r in left]
        for id, reading in read_only(read_texts(texts, load_kit(), "muc4")):
            found[id] = reading
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / id).write_bytes(pickle.dumps((reading.annotation, reading.events)))
    return found


def _kept(path: Path) -> Reading:
    annotation, events = pickle.loads(path.read_bytes())
    assert isinstance(annotation, Annotation)
    assert all(isinstance(e, Event) for e in events)
    return Reading(annotation, (), events)


def told(row: Row, reading: Reading, score: ModuleType) -> Told:
    rows = incidents(reading.annotation, reading.events, all_told=True)
    return Told(row, reading, rows, tuple(_right(row["events"], [muc4_template(r, row["text"]) for r in rows], score)))


def _right(gold: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], score: ModuleType) -> list[bool]:
    found = [False] * len(rows)
    if not gold or not rows:
        return found
    agree = [[score.cmp(g, p) for p in rows] for g in gold]
    worth = [
        [4 * f["type"] + 2 * f["fill"] + 1.5 * f["date"] + f["place"] + 0.5 * f["country"] for f in a] for a in agree
    ]
    for left, right in score.assign(worth):
        found[right] = bool(agree[left][right]["type"])
    return found


# ------------------------------------------------------------------------------------------------ fitting


def fold_of(id: str) -> int:
    return int(hashlib.sha1(id.encode()).hexdigest(), 16) % FOLDS


def fit(cases: Sequence[Case], penalty: float) -> Fitted:
    """Logistic regression by Newton's method."""
    counts: dict[str, int] = {}
    for case in cases:
        for finding in case.findings:
            counts[finding] = counts.get(finding, 0) + 1
    names = sorted(f for f, n in counts.items() if n >= FEWEST)
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(cases), len(names)))
    for at, case in enumerate(cases):
        x[at, [column[f] for f in case.findings if f in column]] = 1
    y = np.array([case.right for case in cases], float)
    weights: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(30):
        likely = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (likely - y) + penalty * weights
        bend = (x * (likely * (1 - likely))[:, None]).T @ x + penalty * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max(initial=0) < 1e-6:
            break
    return Fitted({name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005})


def out_of_fold(cases: Sequence[Case], penalty: float) -> list[float]:
    """Each case weighed by weights that were fitted on the other folds."""
    made = {n: fit([c for c in cases if fold_of(c.report) != n], penalty) for n in range(FOLDS)}
    return [made[fold_of(c.report)].weigh(c.findings) for c in cases]


def best_threshold(tried: Iterable[float], figure: Callable[[float], float]) -> float:
    return max(((figure(t), -t) for t in tried), key=lambda found: found[0])[1] * -1


# ------------------------------------------------------------------------------------------------ rows


def row_cases(every: Sequence[Told], *, layered: bool) -> list[Case]:
    return [
        Case(t.row["id"], frozenset(f for f in row.findings if layered or not f.startswith("layer_")), right)
        for t in every
        for row, right in zip(t.rows, t.right, strict=True)
    ]


def fit_rows(
    every: Sequence[Told], score: ModuleType, *, layered: bool
) -> tuple[dict[str, Any], dict[str, list[bool]]]:
    """Weights and threshold, and which rows of each report are kept when weighed out of fold."""
    cases = row_cases(every, layered=layered)
    sums = iter(out_of_fold(cases, PENALTY["rows"]))
    scored = {t.row["id"]: [next(sums) for _ in t.rows] for t in every}

    def figure(threshold: float) -> float:
        found = score.templates(_gold(every), _templates(every, scored, threshold))
        return float(found["incident_type"]["f1"] + found["row_type_date_country"]["f1"])

    threshold = best_threshold([round(float(t), 1) for t in np.arange(-1.4, 0.6, 0.1)], figure)
    found = score.templates(_gold(every), _templates(every, scored, threshold))
    names = ("incident_type", "row_type_date_country", "date_same_day", "place", "document_relevance")
    print(f"rows, {'with the layer' if layered else 'by rule'}:", {n: found[n]["f1"] for n in names}, flush=True)
    table = {"threshold": threshold, "weights": dict(fit(cases, PENALTY["rows"]).weights)}
    return table, {id: [s >= threshold for s in sums_] for id, sums_ in scored.items()}


def _gold(every: Sequence[Told]) -> dict[str, Row]:
    return {t.row["id"]: t.row for t in every}


def _templates(every: Sequence[Told], scored: Mapping[str, Sequence[float]], threshold: float) -> dict[str, Any]:
    def kept(t: Told) -> list[Mapping[str, Any]]:
        sums = scored[t.row["id"]]
        return [muc4_template(r, t.row["text"]) for r, s in zip(t.rows, sums, strict=True) if s >= threshold]

    return {t.row["id"]: {"events": kept(t)} for t in every}


# ------------------------------------------------------------------------------------------------ cells


def cell_items(every: Sequence[Told], kept: Mapping[str, Sequence[bool]]) -> Iterator[tuple[Told, Weighed]]:
    rules = load_incident_rules()
    for t in every:
        scene = scene_of(t.reading.annotation, rules)
        candidates = candidates_of(scene)
        news = [row for row, keep in zip(t.rows, kept[t.row["id"]], strict=True) if keep]
        for row in news:
            others = [o.frames for o in t.rows if o is not row]
            place = Place(row.type, row.frames, [n.frames for n in news if n is not row], others)
            ruled = ruled_fillings(row.frames, scene)
            yield from ((t, w) for w in weighed(place, ruled, candidates, scene))


def fit_cells(every: Sequence[Told], kept: Mapping[str, Sequence[bool]], score: ModuleType) -> dict[str, Any]:
    items = list(cell_items(every, kept))
    fitted = {cell: _fit_cell(cell, [i for i in items if i[1].cell == cell], every, score) for cell in CELLS}
    right, made, wanted = (sum(counts[n] for _, counts in fitted.values()) for n in range(3))
    print(f"fillers: {2 * right / max(made + wanted, 1):.3f}")
    return {cell: table for cell, (table, _) in fitted.items()}


def _fit_cell(
    cell: Cell, items: Sequence[tuple[Told, Weighed]], every: Sequence[Told], score: ModuleType
) -> tuple[dict[str, Any], Counts]:
    cases = [Case(t.row["id"], w.findings, _fills(t, w, score)) for t, w in items]
    sums = out_of_fold(cases, PENALTY["cells"])
    gold = {t.row["id"]: score.fillers(t.row)[SLOTS[cell]] for t in every}

    def counts(threshold: float) -> Counts:
        found: dict[str, dict[str, None]] = {id: {} for id in gold}
        for (t, w), s in zip(items, sums, strict=True):
            if s >= threshold - (DOUBT if w.ruled else 0) and (w.candidate.named or cell != "person"):
                found[t.row["id"]][w.candidate.span.of(t.row["text"])] = None
        pairs = [(gold[id], score.clusters(list(quotes))) for id, quotes in found.items()]
        return sum(score.ceaf(g, p) for g, p in pairs), sum(len(p) for _, p in pairs), sum(len(g) for g, _ in pairs)

    def figure(threshold: float) -> float:
        right, made, wanted = counts(threshold)
        return 2 * right / max(made + wanted, 1)

    threshold = best_threshold([round(float(t), 1) for t in np.arange(-2.4, 0.6, 0.2)], figure)
    print(f"{cell}: {figure(threshold):.3f} of {len(cases)}, {sum(c.right for c in cases)} right", flush=True)
    weights = dict(fit(cases, PENALTY["cells"]).weights)
    return {"threshold": threshold, "doubted": round(threshold - DOUBT, 1), "weights": weights}, counts(threshold)


def _fills(t: Told, w: Weighed, score: ModuleType) -> bool:
    slot = SLOTS[w.cell]
    strings = {m for filler in score.fillers(t.row)[slot] for m in filler}
    for event in t.row["events"]:
        strings |= {m for filler in event["slots"].get(slot, ()) for m in score.gold_mentions(filler)}
    return score.norm(w.candidate.span.of(t.row["text"])) in strings


# ------------------------------------------------------------------------------------------------ the command


def measure(rows: Sequence[Row], keep: Path | None, score: ModuleType) -> None:
    """The benchmark's figures on the given reports with the weights as they stand."""
    made = {id: muc4(reading) for id, reading in read_all(rows, keep).items()}
    found = score.score({r["id"]: r for r in rows}, made)
    figures = {**found["headline"], "date_same_day_f1": found["templates"]["date_same_day"]["f1"]}
    print(json.dumps({"reports": len(made), **figures}, indent=1))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, required=True, help="folder with bench/")
    ask.add_argument("--keep", type=Path, help="folder for the readings, to fit again without reading again")
    ask.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    ask.add_argument("--held-out", action="store_true", help="measure on tst1 and tst2 instead of fitting")
    given = ask.parse_args()
    folder = given.data / "bench" / "muc4"
    score = scorer(folder / "score.py")
    rows = [r for r in load_rows(folder / "dev.jsonl") if held_out(r["id"]) is given.held_out]
    if given.held_out:
        measure(rows, given.keep, score)
        return
    readings = read_all(rows, given.keep)
    every = [told(r, readings[r["id"]], score) for r in rows if r["id"] in readings]
    by_rule, _ = fit_rows(every, score, layered=False)
    with_layer, kept = fit_rows(every, score, layered=True)
    tables = {"rows": {"by_rule": by_rule, "with_layer": with_layer}, "cells": fit_cells(every, kept, score)}
    if given.write:
        TABLE.write_text(HEAD + yaml.safe_dump(tables, sort_keys=False, width=120), encoding="utf-8")
        print(json.dumps({"written": TABLE.name, "reports": len(every)}))


if __name__ == "__main__":
    main()
