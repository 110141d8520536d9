"""Who holds what, as rows of the record: one a place, actor, status and first voice, and one more for each return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from khaldun.export import record_shape as shape
from khaldun.export.plain import iso, pair
from khaldun.export.record_tolls import spoken
from khaldun.model import Claim, Span

_TURNS = {"control.holds": "control.lost", "control.lost": "control.holds"}


def control_parts(claims: Sequence[Claim], titles: Sequence[Span]) -> list[tuple[shape.ControlPart, list[Claim]]]:
    """The rows, each with the claims it stands for; a headline adds none for a place and status that the body has."""
    told = [c for c in claims if c.family == "control" and is_row(c) and c.roles["actor"] and c.roles["place"]]
    body = {(c.kind, c.roles["place"]) for c in told if not c.span.within_any(titles)}
    rows: dict[tuple[str, str, str, str], list[list[Claim]]] = {}
    for claim in told:
        if claim.span.within_any(titles) and (claim.kind, claim.roles["place"]) in body:
            continue
        stretches = rows.setdefault((*_whose(claim), claim.kind, next(iter(spoken(claim)), "")), [])
        turns = _turns(claim, told)
        same = next((s for s in stretches if not _is_parted(s[0], claim, turns)), None)
        if same is None:
            stretches.append([claim])
        else:
            same.append(claim)
    whole = [stretch for stretches in rows.values() for stretch in stretches]
    return [(_state(stretch[0], _turned(stretch[0], told)), stretch) for stretch in whole]


def is_row(claim: Claim) -> bool:
    """A denied, negated, planned or merely possible tie or state is no row; what was said of it stays a claim."""
    return not claim.manner.negated and claim.factuality not in {"denied", "planned", "possible"}


def _whose(claim: Claim) -> tuple[str, str]:
    return claim.roles["place"][0], claim.roles["actor"][0]


def _turns(claim: Claim, told: Iterable[Claim]) -> list[date]:
    """The days on which the same actor is told to have come to the opposite of `claim` in the same place."""
    other = _TURNS.get(claim.kind)
    return [c.when.earliest for c in told if c.kind == other and _whose(c) == _whose(claim) and c.when.earliest]


def _is_parted(first: Claim, claim: Claim, turns: Iterable[date]) -> bool:
    """ "Rebels *captured* Derna in March 2014, lost it in May and *recaptured* it in June 2015": two holdings."""
    if first.when.earliest is None or claim.when.earliest is None:
        return False
    begins, again = sorted((first.when.earliest, claim.when.earliest))
    return any(begins < turn < again for turn in turns)


def _turned(claim: Claim, told: Iterable[Claim]) -> Claim | None:
    """The first telling by which the state was over: "took Qasr in March 2014 and *lost it in May*"."""
    begun, other = claim.when.earliest, _TURNS.get(claim.kind)
    later = [
        c
        for c in told
        if c.kind == other and _whose(c) == _whose(claim) and begun and c.when.earliest and c.when.earliest > begun
    ]
    return min(later, key=lambda c: (c.when.earliest or date.max, c.span.start), default=None)


def _state(claim: Claim, turned: Claim | None) -> shape.ControlPart:
    ended = turned.values.get("begun_by") or iso(turned.when.earliest) if turned is not None else None
    return {
        "id": claim.id,
        "place": claim.roles["place"][0],
        "place_precision": claim.values.get("place_precision"),
        "actor": claim.roles["actor"][0],
        "status": claim.kind.removeprefix("control."),
        "earliest": iso(claim.when.earliest),
        "latest": min(filter(None, (iso(claim.when.latest), ended)), default=None),
        "begun_by": claim.values.get("begun_by"),
        "past": "past" in claim.values or turned is not None,
        "according_to": spoken(claim),
        "inferred": bool(claim.manner.inferred),
        "distanced": claim.manner.distanced,
        "score": claim.score,
        "evidence": claim.quote,
        "evidence_span": pair(claim.span),
        "made_by": claim.made_by,
    }
