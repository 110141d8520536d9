"""Prints what the probes measure, and the failures of halves a, c, e, g, i and k with what was expected and found.

    python tests/probes/report.py [--capability negation] [--half a|b|...|l] [--only ID ...] [--look-at-all]
    python tests/probes/report.py --set-floors

Halves b, d, f, h, j and l are only counted, so that they stay a measure: --look-at-all alone shows their texts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from check import Held, Item
from folding import fold
from probing import HALVES, Outcome, floors_of, load, run, save_floors, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0, whatever the probes say; the floors are for the tests."""
    asked = _parser().parse_args(arguments)
    chosen = [
        p
        for p in load()
        if asked.capability in (None, p.capability)
        and asked.half in (None, p.half)
        and (not asked.only or p.id in asked.only)
    ]
    outcomes = [run(p) for p in chosen]
    shown = [o for o in outcomes if not o.right and (o.probe.looked_at or asked.look_at_all)]
    sys.stdout.write("\n".join([*map(failure, shown), table(outcomes), ""]))
    if asked.set_floors and len(outcomes) == len(load()):
        save_floors(floors_of(outcomes))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--capability", help="only the probes of this file")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--only", nargs="*", default=[], metavar="ID")
    parser.add_argument(
        "--look-at-all", action="store_true", help="print failures of halves b, d, f, h, j and l as well"
    )
    parser.add_argument("--set-floors", action="store_true", help="write what was measured to floor.json")
    return parser


def failure(outcome: Outcome) -> str:
    """A failed probe: its text, what is wrong, and the record in short."""
    probe = outcome.probe
    others = [f"  also   {text}" for text, _ in probe.others()]
    faults = [f"  {fault}" for fault in outcome.faults]
    found = [f"    {line}" for line in in_short(outcome)]
    head = f"{probe.id} ({probe.capability}, {probe.outlet}, {probe.published})"
    return "\n".join([head, f"  text   {probe.text.strip()}", *others, *faults, "  found", *found, ""])


def in_short(outcome: Outcome) -> Iterator[str]:
    """The record of a probe, a line an item."""
    held = Held(outcome.record)

    def name(value: Any) -> Any:
        names = held.names.get(value) if isinstance(value, str) else None
        return names[0] if names else value

    def line(section: str, item: Item, keys: Iterable[str]) -> str:
        fields = [
            f"{k}={[name(v) for v in item[k]] if isinstance(item[k], list) else name(item[k])}" for k in keys if item[k]
        ]
        return f"{section}: {', '.join(fields)}"

    for section, keys in SHOWN.items():
        for item in outcome.record[section]:
            yield line(section, item, keys.split())
    for actor in outcome.record["actors"]:
        aliases = [a for a in actor["aliases"] if fold(a) != fold(actor["name"])]
        yield f"actor: {actor['name']} = {aliases} {actor['type']}"


SHOWN = {
    "events": "type factuality negated distanced actor target place earliest latest source tolls evidence made_by",
    "claims": "speaker via medium cue content stance",
    "attributions": "speaker via medium stance polarity determinate made_by",
    "relations": "type source target according_to from to evidence made_by",
    "control": "place actor status according_to distanced earliest latest evidence",
    "places": "name country_iso2 kind precision lat lon",
    "times": "quote earliest latest",
}

if __name__ == "__main__":
    sys.exit(main())
