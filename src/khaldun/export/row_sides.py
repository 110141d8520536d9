"""Several parties on one side of a row who are no allies: one or the other did it, or each did it for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from khaldun.export.parties import RULES, Party
from khaldun.knowledge import load_data

_OR = re.compile(r"\W*\bor\b[^.;]{0,12}")


def either_or(
    side: tuple[Party, ...], event: Mapping[str, Any], mentions: Iterable[Mapping[str, Any]]
) -> tuple[Party, ...]:
    """The side, as one party under ACLED's "A and/or B" where the words leave open which of them it was.

    "strikes by the front or the guard hit the mill"
    """
    ids = {party.id for party in side}
    if len(ids) < 2:
        return side
    start, end = event["evidence_span"]
    spans = sorted(m["span"] for m in mentions if m["entity"] in ids and start <= m["span"][0] and m["span"][1] <= end)
    gaps = (event["evidence"][a[1] - start : b[0] - start] for a, b in pairwise(spans))
    if not any(_OR.fullmatch(gap) for gap in gaps):
        return side
    return (replace(side[0], name=" and/or ".join(party.name for party in side)),)


def are_many(events: Sequence[Mapping[str, Any]]) -> bool:
    """True where the words tell of the same deed again and again: "strikes by A, B and C have *repeatedly* hit it"."""
    words = " ".join(str(e["evidence"]) for e in events).casefold()
    return any(re.search(rf"\b{cue}\b", words) for cue in load_data(RULES)["many"]["words"])
