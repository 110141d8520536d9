"""Rules only, learned layers only, both: each on the texts of dev that no layer was trained on, with intervals.

    python eval/ablation.py --data DIR [--only polnear ...] [--json FILE] [--draws 200]

A text is held out by its id (`training/sources.py`). "Learned only" renames what the layers propose, without any rule;
"both" is what users get by default, without learned events. Thresholds of the attribution layer were chosen on 60
of the held-out articles, so its rows lean upward a little. Intervals are the middle 95 % of scores over texts drawn
with replacement.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from training.sources import READERS, held_out

from floors import figure
from khaldun.annotate.kit import Kit, load_kit
from khaldun.annotate.learned.anchored import propose_events
from khaldun.annotate.learned.attribution import propose_attributions
from khaldun.annotate.learned.reader import Reading, read
from khaldun.annotate.learned.tagged import tag_entities
from khaldun.model import Span
from khaldun.ontology import kind
from texts import Row, load_rows, read_texts
from yardsticks import BENCHMARKS, Benchmark

SETS = ("polnear", "re3d", "plover")
FIGURES: Mapping[str, tuple[str, ...]] = {
    "polnear": ("pair.iou50.f1", "content.soft.f1", "source.exact.f1", "cue.exact.f1"),
    "re3d": (
        "entities.strict.micro.f1",
        "entities.overlap.micro.f1",
        "relations.overlap.micro.f1",
        "relations.core_overlap.micro.f1",
    ),
    "plover": ("headline.event_type_f1", "headline.event_type_macro_f1"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One system on one set: figure -> (value, low, high)."""

    set: str
    system: str
    texts: int
    figures: dict[str, tuple[float, float, float]]


# ------------------------------------------------------------------------------------------------ learned only


def only_attributions(reading: Reading) -> Row:
    """As the corpus has it, none within another's content: of two the one with the longer content."""
    kept: list[Span] = []
    rows = []
    found = sorted(propose_attributions(reading), key=lambda a: -sum(map(len, a.content)))
    for one in found:
        if not any(span.contains(Span(one.cue[0].start, one.cue[0].start)) for span in kept):
            kept += one.content
            rows.append({k: [[s.start, s.end] for s in getattr(one, k)] for k in ("source", "cue", "content")})
    return {"attributions": rows}


def only_phrases(reading: Reading) -> Row:
    return {
        "entities": [{"start": p.span.start, "end": p.span.end, "type": p.type} for p in tag_entities(reading)],
        "relations": [],
    }


def only_events(reading: Reading) -> Row:
    return {"events": [{"type": kind(e.kind).plover_type} for e in propose_events(reading) if kind(e.kind).plover_type]}


LEARNED: Mapping[str, Callable[[Reading], Row]] = {
    "polnear": only_attributions,
    "re3d": only_phrases,
    "plover": only_events,
}

# ------------------------------------------------------------------------------------------------ measuring


def held_out_rows(data: Path, name: str) -> list[Row]:
    """The lines of dev that trained nothing."""
    rows = []
    for row in load_rows(data / "bench" / name / "dev.jsonl"):
        example = READERS[name](dict(row))
        if name == "plover" and row["meta"]["source"] != "PLOVER_GSR_CAMEO":
            continue
        if example is None or held_out(example):
            rows.append(row)
    return rows


def predictions(name: str, rows: Sequence[Row], kit: Kit) -> Iterator[tuple[str, list[Row]]]:
    """System name and its predictions, for rules, layers and both."""
    benchmark = next(b for b in BENCHMARKS if b.key == name)
    for system, chosen in (("rules", replace(kit, reader=None)), ("both", kit)):
        yield system, _predicted(benchmark, rows, chosen)
    assert kit.reader is not None
    yield "learned", [{"id": r["id"], **LEARNED[name](read(r["text"], kit.reader))} for r in rows]


def _predicted(benchmark: Benchmark, rows: Sequence[Row], kit: Kit) -> list[Row]:
    found = read_texts([benchmark.given(row) for row in rows], kit, benchmark.key)
    return list(benchmark.predict(rows, found))


def scorer(path: Path) -> ModuleType:
    """The benchmark's own scorer as a module, so that it can be asked again and again."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def scored(made: ModuleType, gold: Sequence[Row], predicted: Sequence[Row]) -> Any:
    return made.score({r["id"]: r for r in gold}, {r["id"]: r for r in predicted})


def drawn(rows: Sequence[Row], predicted: Sequence[Row], draw: int) -> tuple[list[Row], list[Row]]:
    """As many texts as there are, drawn with replacement, each draw under an id of its own."""
    by_id = {r["id"]: r for r in predicted}
    chosen = random.Random(draw).choices(rows, k=len(rows))
    gold: list[Row] = [{**r, "id": f"{i}/{r['id']}"} for i, r in enumerate(chosen)]
    found: list[Row] = [{**by_id[r["id"]], "id": f"{i}/{r['id']}"} for i, r in enumerate(chosen) if r["id"] in by_id]
    return gold, found


def measure(name: str, data: Path, kit: Kit, draws: int) -> Iterator[Measured]:
    """All systems on one set."""
    rows = held_out_rows(data, name)
    made = scorer(data / "bench" / name / "score.py")
    for system, predicted in predictions(name, rows, kit):
        whole = scored(made, rows, predicted)
        again = [scored(made, *drawn(rows, predicted, n)) for n in range(draws)]
        figures = {f: (figure(whole, f) or 0.0, *_middle([figure(a, f) or 0.0 for a in again])) for f in FIGURES[name]}
        yield Measured(name, system, len(rows), figures)


def _middle(values: Iterable[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return (ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered))]) if ordered else (0.0, 0.0)


def table(found: Sequence[Measured]) -> Iterator[str]:
    yield "| set (texts) | figure | rules | learned | both |"
    yield "|---|---|---|---|---|"
    for name in dict.fromkeys(m.set for m in found):
        systems = {m.system: m for m in found if m.set == name}
        for path in FIGURES[name]:
            cells = [_cell(systems[s].figures[path], s, path) for s in ("rules", "learned", "both")]
            yield f"| {name} ({systems['both'].texts}) | `{path}` | {' | '.join(cells)} |"


def _cell(value: tuple[float, float, float], system: str, path: str) -> str:
    if system == "learned" and path.startswith("relations."):
        return "–"  # the layer tells ties of what the rules have read, none by itself
    return f"{value[0]:.3f} ({value[1]:.2f}–{value[2]:.2f})".replace("0.", ".")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--only", nargs="+", choices=SETS, default=SETS)
    ask.add_argument("--json", type=Path)
    ask.add_argument("--draws", type=int, default=200)
    given = ask.parse_args()
    kit = load_kit()
    if kit.reader is None:
        print("there are no weights to compare with: see training/README.md", file=sys.stderr)
        return 1
    found = [m for name in given.only for m in measure(name, given.data, kit, given.draws)]
    print("\n".join(table(found)))
    if given.json:
        rows = [{"set": m.set, "system": m.system, "texts": m.texts, **m.figures} for m in found]
        given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
