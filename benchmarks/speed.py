"""How fast `extract` is on one core, beside the language pipeline alone, and how long one report takes from cold.

    python benchmarks/speed.py [--data FOLDER] [--rounds N] [--json FILE] [--profile]

The texts are the bundled samples, or the reports in `FOLDER`. Work is timed in a process of its own, tied to one
core, in seconds of that core, so that other programs do not count. Exit status 0: all aims are met; 1: one is not.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
AIMS: Mapping[str, tuple[str, float]] = {
    "ratio": ("at least", 0.5),
    "peak_memory_gb": ("at most", 0.9),
    "cold_start_s": ("at most", 3.0),
}
"""Words per second beside the pipeline alone; the most memory held; one report by a fresh process."""

_WORST = 12
_Place: TypeAlias = tuple[str, int, str]
_Entry: TypeAlias = tuple[int, int, float, float, Mapping[_Place, tuple[int, int, float, float]]]


# ------------------------------------------------------------------------------------------------ in the tied process


def timed(folder: Path, rounds: int, *, profile: bool) -> dict[str, Any]:
    """Both measures over the same texts, round by round in turn; of each the best round counts."""
    import spacy

    from khaldun.config import settings
    from khaldun.ingest import read_inputs
    from khaldun.model import Report
    from khaldun.workflow.extraction import extract_reports, kit_of

    started = time.process_time()
    chosen = settings()
    kit = kit_of(chosen.pipeline, learned=chosen.learned)
    loading = time.process_time() - started

    def reports() -> list[Report]:
        return [found for found in read_inputs([str(folder)]) if isinstance(found, Report) and not found.unread]

    def extract() -> None:
        for _ in extract_reports(reports(), kit):
            pass

    texts = [part.span.of(report.text) for report in reports() for part in report.read_parts()]
    words = sum(len(text.split()) for text in texts)

    def pipeline() -> None:
        for _ in plain.pipe(texts, batch_size=64):
            pass

    started = time.process_time()
    extract()
    first = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # before the yardstick takes memory of its own
    plain = spacy.load(settings().pipeline)  # as it is published: `kit.nlp` is quicker
    pipeline()
    found: dict[str, list[float]] = {"extract": [], "pipeline": []}
    for _ in range(rounds):
        found["pipeline"].append(_seconds(pipeline))
        found["extract"].append(_seconds(extract))
    pace = {name: words / min(seconds) for name, seconds in found.items()}
    return {
        "reports": len(reports()),
        "words": words,
        "rounds": rounds,
        "load_s": round(loading, 2),
        "first_round_s": round(first, 2),
        "extract_words_per_s": round(pace["extract"]),
        "pipeline_words_per_s": round(pace["pipeline"]),
        "ratio": round(pace["extract"] / pace["pipeline"], 3),
        "peak_memory_gb": round(peak / 1024**2, 3),
        "worst": list(_worst(extract)) if profile else [],
    }


def _seconds(step: Callable[[], None]) -> float:
    started = time.process_time()
    step()
    return time.process_time() - started


def _worst(step: Callable[[], None]) -> Iterator[dict[str, Any]]:
    """Khaldun's functions that take most time by themselves, what they call outside Khaldun counted to them."""
    profiler = cProfile.Profile()
    profiler.runcall(step)
    stats: Mapping[_Place, _Entry] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    total = sum(entry[2] for entry in stats.values())
    by_itself = {place: entry[2] for place, entry in stats.items() if _is_own(place)}
    calling_back = {caller for place in by_itself for caller in stats[place][4] if not _is_own(caller)}
    for place, entry in stats.items():
        for caller, (_, _, within, altogether) in entry[4].items():
            if not _is_own(place) and caller in by_itself:
                by_itself[caller] += within if place in calling_back else altogether
    for place in sorted(by_itself, key=lambda p: (-by_itself[p], p))[:_WORST]:
        file, line, name = place
        yield {
            "where": f"{file.split('/khaldun/')[-1]}:{line}",
            "function": name,
            "calls": stats[place][1],
            "share": round(by_itself[place] / total, 3),
            "with_callees": round(stats[place][3] / total, 3),
        }


def _is_own(place: _Place) -> bool:
    return "/khaldun/" in place[0]


# ------------------------------------------------------------------------------------------------ from outside


def run_tied(folder: Path, rounds: int, *, profile: bool) -> dict[str, Any]:
    """`timed` in a fresh process on one core."""
    command = [sys.executable, __file__, "--data", str(folder), "--rounds", str(rounds), "--tied"]
    done = subprocess.run(
        [*command, *(["--profile"] if profile else [])],
        env={**os.environ, **ONE_THREAD},
        stdout=subprocess.PIPE,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def cold_start(report: Path) -> dict[str, float]:
    """`khaldun extract` on one report by a fresh process: with the gazetteer still to be built, and built."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "KHALDUN_CACHE": cache}
        first, memory = _fresh(report, environment)
        later = min(_fresh(report, environment)[0] for _ in range(3))
    return {"cold_start_s": later, "first_use_s": first, "first_use_memory_gb": memory}


def _fresh(report: Path, environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds by the clock, and the most memory held in GB."""
    command = [sys.executable, "-c", "from khaldun.cli import main; main()", "extract", str(report)]
    started = time.monotonic()
    with subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return round(time.monotonic() - started, 2), round(used.ru_maxrss / 1024**2, 3)


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The table."""
    yield f"{'':24}{'measured':>10}   aim"
    for name, value in found.items():
        if name != "worst":
            aim = (
                f"{AIMS[name][0]} {AIMS[name][1]}: {'met' if is_met(name, value) else 'not met'}"
                if name in AIMS
                else ""
            )
            yield f"{name:24}{value:>10}   {aim}".rstrip()
    for row in found["worst"]:
        share = f"{row['share']:.1%} by itself, {row['with_callees']:.1%} with callees"
        yield f"  {row['where']:44} {row['function']:28} {row['calls']:>8} calls, {share}"


def is_met(name: str, value: float) -> bool:
    """Whether a measure meets its aim."""
    bound, aim = AIMS[name]
    return value >= aim if bound == "at least" else value <= aim


def first_report(folder: Path) -> Path:
    """The first plain text of a folder."""
    return next(iter(sorted(folder.rglob("*.txt"))))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; gives back the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--data", type=Path, default=SAMPLES, help="folder with reports (default: the samples)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--profile", action="store_true", help="list the functions that take most of the time")
    parser.add_argument("--tied", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.tied:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        print(json.dumps(timed(asked.data, asked.rounds, profile=asked.profile)))
        return 0
    found = run_tied(asked.data, asked.rounds, profile=asked.profile) | cold_start(first_report(asked.data))
    print("\n".join(lines(found)))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return int(not all(is_met(name, found[name]) for name in AIMS))


if __name__ == "__main__":
    sys.exit(main())
