"""How likely attributions are right, by who made them and the layer's score, on articles that trained nothing.

    python eval/calibrate.py --data DIR            # fits on one half, tries on the other, and back
    python eval/calibrate.py --data DIR --write    # fits on both halves and writes data/rules/scores.yaml

An attribution is right when source and content overlap a gold attribution's by half or more (both without a source:
content alone), as the benchmark's own `attribution.iou50` has it. The corpus knows none within another, so those that
stand in what another says are not judged.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ablation import held_out_rows, scorer
from khaldun.annotate.kit import load_kit
from khaldun.annotate.scores import Steps, along, maker
from khaldun.model import Attribution, Span
from texts import Row, Text, read_only, read_texts

BINS = 5
TABLE = Path(__file__).resolve().parent.parent / "src/khaldun/data/rules/scores.yaml"

Judged: TypeAlias = tuple[str, float, bool]
"""Who made it, the layer's score, is it right."""


def judged(data: Path) -> Iterator[tuple[str, list[Judged]]]:
    """Each held-out article with its attributions judged."""
    rows = held_out_rows(data, "polnear")
    made = scorer(data / "bench" / "polnear" / "score.py")
    kit = load_kit()
    for each in (kit, replace(kit, reader=None)):
        found = dict(read_only(read_texts([Text(r["id"], r["text"]) for r in rows], each, "polnear")))
        for row in rows:
            if row["id"] in found:
                yield row["id"], list(_judge(row, found[row["id"]].annotation.attributions, made))


def _judge(row: Row, attributions: Sequence[Attribution], made: object) -> Iterator[Judged]:
    doc = made.Doc(row["text"])  # type: ignore[attr-defined]
    gold = [(doc.cover(a["source"]), doc.cover(a["content"])) for a in row["attributions"]]
    groups: dict[tuple[object, ...], list[Attribution]] = defaultdict(list)
    for one in attributions:
        groups[one.source, one.cue].append(one)
    for same in groups.values():
        if not same[0].made_by.startswith("distance") and same[0].parent is None:
            source = doc.cover(_pairs(same[0].source))
            content = doc.cover(_pairs(tuple(s for a in same for s in a.content)))
            right = any(_half(made, source, s) and _half(made, content, c) for s, c in gold)
            yield maker(same[0].made_by, same[0].share), same[0].share, right


def _half(made: object, left: frozenset[int], right: frozenset[int]) -> bool:
    return (not left and not right) or made.iou(left, right) >= 0.5  # type: ignore[attr-defined]


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def fit(rows: Sequence[Judged]) -> dict[str, Steps]:
    """For each maker the share of right ones in bins of equal size, by mean score; never falling with the score."""
    steps: dict[str, Steps] = {}
    for who in ("alone", "rule", "learned", "both", "hedge"):
        mine = sorted((share, right) for w, share, right in rows if w == who)
        bins = BINS if who in ("learned", "both") else 1
        size = max(1, -(-len(mine) // bins))
        parts = [mine[i : i + size] for i in range(0, len(mine), size)] or [[(0.0, False), (0.0, True)]]
        points = [(sum(s for s, _ in p) / len(p), (1 + sum(r for _, r in p)) / (2 + len(p))) for p in parts]
        steps[who] = [(round(a, 3), round(max(b for _, b in points[: i + 1]), 3)) for i, (a, b) in enumerate(points)]
    return steps


def reliability(rows: Sequence[Judged], steps: dict[str, Steps]) -> Iterator[tuple[float, float, int]]:
    """Mean given probability, share of right ones and number, in tenths of the given probability."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for who, share, right in rows:
        given = along(steps[who], share)
        bins[min(9, int(given * 10))].append((given, right))
    for _, found in sorted(bins.items()):
        yield sum(g for g, _ in found) / len(found), sum(r for _, r in found) / len(found), len(found)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    halves: tuple[list[Judged], list[Judged]] = ([], [])
    for name, rows in judged(given.data):
        halves[int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2].extend(rows)
    table = [r for a, b in (halves, halves[::-1]) for r in reliability(b, fit(a))]
    merged: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for row in table:
        merged[min(9, int(row[0] * 10))].append(row)
    print("| given | right | findings | |\n|---|---|---|---|")
    total, off = sum(n for *_, n in table), 0.0
    for _, found in sorted(merged.items()):
        count = sum(n for *_, n in found)
        mean, right = (sum(f[i] * f[2] for f in found) / count for i in (0, 1))
        off += abs(mean - right) * count / total
        print(f"| {mean:.2f} | {right:.2f} | {count} | {'█' * round(right * 20)} |")
    print(f"\nmean distance between given and right: {off:.3f} over {total} attributions")
    if given.write:
        write(fit([*halves[0], *halves[1]]))
    return 0


def write(steps: dict[str, Steps]) -> None:
    lines = [
        "# How likely a finding is right: `eval/calibrate.py --write` makes this, annotate/scores.py reads it.",
        "# steps: who made it -> [the layer's score, share of right findings on held-out texts], read along the line.",
        "findings:",
        "  attribution:",
        "    steps:",
        *(f"      {who}: {[list(s) for s in found]}" for who, found in steps.items()),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
