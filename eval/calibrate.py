"""How likely a finding of each kind is right, by the way in which it was made, on labelled texts.

    python eval/calibrate.py --data DIR            # fits on one half, tries on the other, and back
    python eval/calibrate.py --data DIR --write    # fits on both halves and writes data/rules/scores.yaml

Prints the tables of docs/learned.md. What counts as right is said in `judging.py`, one judge a set; how shares are made
of it in `fitting.py`. ACLED's notes, and the events of the reports annotated whole, measure the table and set no figure
of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fitting import FINDINGS, Given, Judged, brier, constant, distance, fit, measured, reliability, tried
from judging import JUDGES, WHOLE
from khaldun.annotate.kit import load_kit
from khaldun.likelihood import Table

TABLE = Path(__file__).resolve().parent.parent / "src/khaldun/data/rules/scores.yaml"

_FEWEST = 10
"""Tenths with fewer findings are no line of the diagram."""


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    kit = load_kit()
    rows = [row for judge in JUDGES for row in judge(given.data, kit)]
    fitting = [row for row in rows if fitted(row)]
    tables, held = fit(fitting), tried(fitting)
    beside = {
        f"event, measured only ({name})": measured((r for r in rows if r.set == name and not fitted(r)), tables)
        for name in sorted({r.set for r in rows if not fitted(r)})
    }
    print("\n".join([*summary(fitting, {**{f: held[f] for f in FINDINGS if f in held}, **beside}), "", *diagram(held)]))
    if given.write:
        TABLE.write_text("\n".join(written(tables)) + "\n", encoding="utf-8")
    return 0


def fitted(row: Judged) -> bool:
    """Whether a finding makes the table. ACLED's notes only measure it, and so do events of the whole reports."""
    return row.set != "acled" and not (row.set in WHOLE and row.way.finding == "event")


def summary(rows: Sequence[Judged], given: Mapping[str, Sequence[Given]]) -> Iterator[str]:
    """One line a kind: by which sets it was judged, how often it is right, how far scores are from that."""
    yield "| finding (judged by) | findings | right | distance | Brier | of one score for all |"
    yield "|---|---|---|---|---|---|"
    for name, found in given.items():
        sets = ", ".join(sorted({r.set for r in rows if r.way.finding == name}))
        right = sum(g.right for g in found) / len(found)
        figures = (right, distance(found), brier(found), constant(found))
        shown = " | ".join(f"{f:.3f}".removeprefix("0") for f in figures)
        yield f"| {name}{f' ({sets})' if sets else ''} | {len(found)} | {shown} |"


def diagram(held: Mapping[str, Sequence[Given]]) -> Iterator[str]:
    """The reliability diagram of every kind."""
    yield "| finding | given | right | findings | |"
    yield "|---|---|---|---|---|"
    for finding in FINDINGS:
        for score, right, count in reliability(held.get(finding, ())):
            if count >= _FEWEST:
                bar = "█" * round(right * 20)
                yield f"| {finding} | {_two(score)} | {_two(right)} | {count} | {bar} |"


def _two(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


def written(tables: Mapping[str, Table]) -> Iterator[str]:
    """The lines of `data/rules/scores.yaml`."""
    yield "# How likely a finding is right: made by `python eval/calibrate.py --write`, read by annotate/scores.py."
    yield "# shares: the way in which it was made, from the general to the particular -> share of right ones."
    yield "# steps: who made it -> [the layer's score, share of right findings on held-out texts], read along the line."
    yield "findings:"
    for finding, table in tables.items():
        yield f"  {finding}:"
        if table.steps:
            yield "    steps:"
            yield from (f"      {who}: {[list(s) for s in found]}" for who, found in table.steps.items())
        else:
            yield "    shares:"
            yield from (f'      "{path}": {share}' for path, share in table.shares.items())


if __name__ == "__main__":
    sys.exit(main())
