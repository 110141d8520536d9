"""Measures every step on labelled data and says where a figure has sunk below its floor.

    python eval/run.py --data DIR --split dev [--only polnear geo] [--json report.json] [--limit 50] [--quick]

`DIR` holds `bench/` and `gold/` (default: $KHALDUN_SHARED, else the folder `shared` beside the repository). Each
benchmark's own scorer does the scoring. Exit status 0: all well; 1: a fault, or a figure below its floor; 2: wrong
call. What is absent is reported and stops nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from floors import (
    Outcome,
    digest,
    figure,
    floors_of,
    is_below,
    load_floors,
    raised,
    save_floors,
)
from khaldun.annotate.kit import Kit
from khaldun.config import settings
from khaldun.ingest import Unread, read_inputs
from khaldun.workflow.extraction import extract_reports, kit_of
from stories import story_texts, tell
from texts import OWN, Text, load_rows, read_texts, sampled, words, write_gold, write_rows
from yardsticks import BENCHMARKS, GOLD_FIGURES, STORIES_FIGURES, Benchmark, Readings

KEYS = (*(b.key for b in BENCHMARKS), "stories", "gold", "own")
_SCORER_SECONDS = 3600


class AbsentError(Exception):
    """Data or a scorer that is not there."""


@dataclass
class Run:
    """What one call is asked for, and what its benchmarks share."""

    data: Path
    split: str
    work: Path
    limit: int | None
    quick: bool
    kit: Kit
    _read: dict[tuple[Text, ...], Readings] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What floors are kept under."""
        if self.quick:
            return f"{self.split}-quick"
        return self.split if self.limit is None else f"{self.split}-{self.limit}"

    def readings(self, texts: tuple[Text, ...], label: str) -> tuple[Readings, bool]:
        """What is found in the texts, and whether they were read for it: the next key may be given the same ones."""
        held = self._read.get(texts)
        if held is not None:
            return held, False
        self._read.clear()
        self._read[texts] = read_texts(texts, self.kit, label)
        return self._read[texts], True


# ------------------------------------------------------------------------------------------------ one benchmark


def measure(benchmark: Benchmark, run: Run) -> Outcome:
    """Reads the texts, writes the predictions, has them scored. Raises AbsentError."""
    folder = run.data / "bench" / benchmark.folder
    source, scorer = folder / f"{run.split}.jsonl", folder / "score.py"
    _there(source, scorer)
    limit = benchmark.quick if run.quick else run.limit
    rows = sampled(load_rows(source), limit, benchmark.group)
    texts = tuple(benchmark.given(row) for row in rows)
    started = time.monotonic()
    found, read_anew = run.readings(texts, benchmark.key)
    gold, predicted = run.work / f"{benchmark.key}.gold.jsonl", run.work / f"{benchmark.key}.jsonl"
    write_rows(benchmark.predict(rows, found), predicted)
    seconds = time.monotonic() - started
    write_rows(rows, gold)
    result = json.loads(_score(scorer, str(gold), str(predicted), *benchmark.scorer_flags))
    return Outcome(
        benchmark.key,
        result,
        {path: figure(result, path) for path in benchmark.figures},
        digest([gold.read_bytes()]),
        len(rows),
        sum(isinstance(outcome, Unread) for outcome in found.values()),
        words(texts),
        seconds,
        read_anew,
    )


def measure_stories(run: Run) -> Outcome:
    """The stories, each read, resolved and assessed by itself. Raises AbsentError."""
    gold, scorer = run.data / "bench" / "stories" / run.split, run.data / "bench" / "stories" / "score.py"
    _there(gold, scorer)
    folders = sorted(folder for folder in gold.iterdir() if (folder / "reports.json").exists())
    folders = folders[: None if run.quick else run.limit]
    out = run.work / "stories"
    out.mkdir(parents=True, exist_ok=True)
    started, size = time.monotonic(), 0
    for folder in folders:
        texts = story_texts(folder)
        size += words(texts)
        record = tell(texts, run.kit, f"stories {folder.name}")
        (out / f"{folder.name}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    seconds = time.monotonic() - started
    chosen = _linked(run.work / "stories.gold", folders)
    result = _scored_to_file(scorer, chosen, out)
    figures = {path: figure(result, path) for path in STORIES_FIGURES}
    data = digest((folder / "gold.json").read_bytes() for folder in folders)
    return Outcome("stories", result, figures, data, len(folders), 0, size, seconds)


def measure_whole(key: str, folder: Path, run: Run) -> Outcome:
    """Whole records as `extract` gives them, against reports annotated by hand. Raises AbsentError."""
    docs, gold, scorer = folder / "docs", folder / "gold", run.data / "gold" / "score.py"
    _there(docs, gold, scorer)
    paths = sorted(docs.glob("*.txt"))[: None if run.quick else run.limit]
    out = run.work / key
    out.mkdir(parents=True, exist_ok=True)
    started, unread = time.monotonic(), 0
    inputs = read_inputs([str(path) for path in paths])
    for path, record in zip(paths, extract_reports(inputs, run.kit), strict=True):
        unread += "error" in record
        (out / f"{path.stem}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    seconds = time.monotonic() - started
    chosen = run.work / f"{key}.gold"
    write_gold(paths, gold, chosen)
    result = _scored_to_file(scorer, chosen, out)
    figures = {path: figure(result, path) for path in GOLD_FIGURES}
    data = digest((gold / f"{path.stem}.gold.json").read_bytes() for path in paths)
    size = sum(len(path.read_text(encoding="utf-8").split()) for path in paths)
    return Outcome(key, result, figures, data, len(paths), unread, size, seconds)


def _there(*paths: Path) -> None:
    for path in paths:
        if not path.exists():
            raise AbsentError(f"no {path}")


def _linked(folder: Path, items: Sequence[Path]) -> Path:
    """A folder with links to the chosen items: the gold of a sample."""
    folder.mkdir(parents=True, exist_ok=True)
    for item in items:
        link = folder / item.name
        if not link.exists():
            link.symlink_to(item.resolve())
    return folder


def _score(scorer: Path, *arguments: str) -> str:
    """What the scorer prints. Raises RuntimeError with its last words where it fails."""
    command = [sys.executable, str(scorer), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SCORER_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{scorer} failed: {done.stderr.strip()[-500:]}")
    return done.stdout


def _scored_to_file(scorer: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    report = predicted.with_suffix(".report.json")
    _score(scorer, "--gold", str(gold), "--sys", str(predicted), "--json", str(report))
    result: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return result


# ------------------------------------------------------------------------------------------------ all of them


def outcomes(keys: Sequence[str], run: Run) -> Iterator[Outcome]:
    """One outcome a key, in order; a fault in one is recorded and the others go on."""
    steps: dict[str, Callable[[], Outcome]] = {b.key: partial(measure, b, run) for b in BENCHMARKS}
    whole = {"gold": run.data / "gold", "own": OWN}
    steps["stories"] = partial(measure_stories, run)
    steps |= {key: partial(measure_whole, key, folder, run) for key, folder in whole.items()}
    for key in KEYS:
        if key in keys:
            yield _guarded(key, steps[key])


def _guarded(key: str, step: Callable[[], Outcome]) -> Outcome:
    try:
        return step()
    except AbsentError as absent:
        return Outcome(key, {"absent": str(absent)}, {})
    except Exception as fault:  # noqa: BLE001 - one benchmark's fault must not cost the others; the status tells
        return Outcome(key, {"error": f"{type(fault).__name__}: {fault}"}, {})


def table(found: Sequence[Outcome], run: str, floors: dict[str, Any]) -> Iterator[str]:
    """The lines of the table, one a headline figure."""
    size = f"{'docs':>6} {'words':>8} {'s':>7} {'words/s':>8}"
    yield f"{'benchmark':20} {'figure':38} {'value':>6} {'floor':>6} {'':6}{size}"
    for outcome in found:
        held = floors_of(floors, run, outcome)
        pace = f"{outcome.words / outcome.seconds:.0f}" if outcome.seconds and outcome.read_anew else "-"
        size = f"{outcome.documents:6} {outcome.words:8} {outcome.seconds:7.0f} {pace:>8}"
        if not outcome.figures:
            yield f"{outcome.key:20} {next(f'{k}: {v}' for k, v in outcome.result.items())}"
        for path, value in outcome.figures.items():
            floor = held.get(path)
            state = "" if floor is None else "below" if is_below(value, floor, floors["tolerance"]) else "ok"
            yield f"{outcome.key:20} {path:38} {_number(value):>6} {_number(floor):>6} {state:6}{size}".rstrip()
            size = ""
        if outcome.unread:
            yield f"{outcome.key:20} {outcome.unread} texts could not be read"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def sunk(found: Sequence[Outcome], run: str, floors: dict[str, Any]) -> bool:
    """True where a figure is below its floor."""
    return any(
        is_below(outcome.figures.get(path), floor, floors["tolerance"])
        for outcome in found
        for path, floor in floors_of(floors, run, outcome).items()
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what is asked for and gives back the exit status."""
    asked = _parser().parse_args(arguments)
    data = Path(asked.data)
    if not data.is_dir():
        print(f"no folder {data}: give --data, or set KHALDUN_SHARED", file=sys.stderr)
        return 2
    with nullcontext(asked.keep) if asked.keep else tempfile.TemporaryDirectory() as work:
        chosen = settings()
        kit = kit_of(chosen.pipeline, learned=chosen.learned)
        run = Run(data, asked.split, Path(work), asked.limit, asked.quick, kit)
        run.work.mkdir(parents=True, exist_ok=True)
        found = list(outcomes(asked.only or KEYS, run))
    floors = load_floors()
    print("\n".join(table(found, run.name, floors)))
    if asked.json:
        report = {outcome.key: outcome.result for outcome in found}
        Path(asked.json).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if asked.update_floors:
        save_floors(raised(floors, run.name, found, allow_regression=asked.allow_regression))
        if asked.allow_regression:
            return int(any(outcome.failed for outcome in found))
    return int(any(outcome.failed for outcome in found) or sunk(found, run.name, floors))


def _parser() -> argparse.ArgumentParser:
    beside = Path(__file__).resolve().parents[1].parent / "shared"
    parser = argparse.ArgumentParser(prog="eval/run.py", description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument(
        "--data", default=os.environ.get("KHALDUN_SHARED") or beside, help="folder with bench/ and gold/"
    )
    parser.add_argument("--split", default="dev", help="which lines: dev, heldout (default: dev)")
    parser.add_argument("--only", nargs="+", choices=KEYS, metavar="NAME", help=f"of {', '.join(KEYS)}")
    parser.add_argument("--json", metavar="FILE", help="write what every scorer says, by key, into this file")
    parser.add_argument("--limit", type=int, metavar="N", help="about N texts of each, chosen by a hash of their ids")
    parser.add_argument("--quick", action="store_true", help="a small fixed sample of each: some three minutes")
    parser.add_argument("--keep", metavar="DIR", help="keep predictions and samples in this folder")
    parser.add_argument("--update-floors", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update-floors: lower them as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
