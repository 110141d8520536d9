"""Takes `known_gap` out of the walks that pass by now.

``pytest -q tests/test_walks.py | python scripts/close_gaps.py`` reads which they are from what the runner says,
changes those lines of the YAML files and nothing else, and prints the names.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

WALKS = Path(__file__).parents[1] / "tests" / "walks"
_PASSES = re.compile(r"'(?P<name>[^\n]+)' passes now: take out its known_gap")


def main() -> None:
    """Reads the runner's report from standard input."""
    closed = {match["name"] for match in _PASSES.finditer(sys.stdin.read())}
    for path in sorted(WALKS.glob("*.yaml")):
        before = path.read_text(encoding="utf-8").splitlines(keepends=True)
        after = list(_without_gaps(before, closed))
        if after != before:
            path.write_text("".join(after), encoding="utf-8")
    sys.stdout.writelines(f"closed: {name}\n" for name in sorted(closed))


def _without_gaps(lines: Iterable[str], closed: set[str]) -> Iterator[str]:
    name = ""
    for line in lines:
        if line.startswith("- name: "):
            name = line.removeprefix("- name: ").strip()
        if not (line.startswith("  known_gap: ") and name in closed):
            yield line


if __name__ == "__main__":
    main()
