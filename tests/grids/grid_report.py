"""Prints what the grids measure: the share of each that is wholly right, the values that fail most, and failures.

python tests/grids/grid_report.py [--area control] [--grid town-taken] [--show 5]
python tests/grids/grid_report.py [--area control] --set-floors
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "probes")]

from filling import Judged, judged, load, save_floors  # noqa: E402 - found by the line above
from probing import share  # noqa: E402
from report import failure  # noqa: E402

_TOLD = 3
"""How many of the values that fail most are named."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0, whatever the grids say; the floors are for the tests."""
    asked = _parser().parse_args(arguments)
    chosen = [g for g in load() if asked.area in (None, g.area) and asked.grid in (None, g.id)]
    found = {grid.id: judged(grid) for grid in chosen}
    for name, outcomes in found.items():
        for _, outcome in [pair for pair in outcomes if not pair[1].right][: asked.show]:
            sys.stdout.write(f"{failure(outcome)}\n")
        worst = "; ".join(_worst(outcomes))
        sys.stdout.write(f"{name:28s}{share(o for _, o in outcomes)!s:18s}{worst}\n")
    sys.stdout.write(f"{'all':28s}{share(o for some in found.values() for _, o in some)}\n")
    if asked.set_floors:
        save_floors(load(), found)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--area", help="only the grids of this file")
    parser.add_argument("--grid", help="only this grid")
    parser.add_argument("--show", type=int, default=2, help="how many failures of each grid are printed")
    parser.add_argument("--set-floors", action="store_true", help="write what was measured to floors/")
    return parser


def _worst(outcomes: Sequence[Judged]) -> Iterator[str]:
    """The values whose sentences fail most often."""
    tried: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for filling, outcome in outcomes:
        for slot, value in filling.values.items():
            tried[slot, value.say].append(not outcome.right)
    ranked = sorted(tried.items(), key=lambda pair: -sum(pair[1]) / len(pair[1]))
    for (slot, say), failed in ranked[:_TOLD]:
        if any(failed):
            yield f"{slot} '{say}' {sum(failed)} of {len(failed)}"


if __name__ == "__main__":
    sys.exit(main())
