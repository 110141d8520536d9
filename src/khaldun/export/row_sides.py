"""The sides of a row beyond who is named as its party: several who are no allies, and who did it by telling of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def doer_by_telling(head: Mapping[str, Any], record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who did what nobody is said to have done, known by how he tells of it; None where nobody is.

    An armed group's newsletter counts "the operations carried out against the guard", which it fights; and who puts
    out videos of "boys who were detained" holds them.
    """
    actors: dict[str, Mapping[str, Any]] = {actor["id"]: actor for actor in record["actors"]}
    teller = str(next(iter(head.get("source") or ()), ""))
    if _is_foe(actors.get(teller, {}), head, record):
        return actors[teller]
    return next(iter(_showing(head, record, actors)), None)


def _is_foe(teller: Mapping[str, Any], head: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """True for an armed group that fights all those whom the deed was done to."""
    foes = load_data(RULES)["foes"]
    ties = [{t["source"], t["target"]} for t in record.get("relations", ()) if t.get("type") in foes]
    fought = (any({teller.get("id"), id} == ends for ends in ties) for id in head["target"])
    return teller.get("type") == "armed_group" and bool(head["target"]) and all(fought)


def _showing(
    head: Mapping[str, Any], record: Mapping[str, Any], actors: Mapping[str, Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """The armed bodies whose videos or pictures, told of before in the sentence, show the people who are held."""
    rule = load_data(RULES)["shown"]
    works = [e for e in record["events"] if e["kind"] == "media.release" and head["kind"] in rule["kinds"]]
    for work in works:
        words = str(work["evidence"]).casefold()
        before = work["sentence_span"] == head["sentence_span"] and work["evidence_span"][0] < head["evidence_span"][0]
        if before and any(re.search(rf"\b{word}", words) for word in rule["words"]):
            yield from (actors[id] for id in work["actor"] if actors[id].get("type") in {"armed_group", "state_force"})
