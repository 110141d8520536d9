"""What the evidence for one event amounts to, who says what a claim or a relation says, and what contradicts what,
as plain rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypedDict

from khaldun.assess import assess, contradictions, load_rules, scene_of
from khaldun.assess.scene import Scene
from khaldun.errors import NotFound
from khaldun.export import rows
from khaldun.export.shapes import ClaimRow, ControlRow, EventRow, RelationRow
from khaldun.ledger import events_of
from khaldun.model import Assessment, Claim, Event
from khaldun.workflow.holdings import Holdings


class Telling(TypedDict):
    """One claim that tells of a happening. `interest` is the speaker's: self_serving, against_interest, neutral or
    unknown; `because` is the sentence of the rule that says so."""

    voice: list[str]
    factuality: str
    quote: str
    report: str
    interest: str
    because: str


class Contradiction(TypedDict):
    """Two claims that cannot both be true as worded. `field` is what they differ in."""

    field: str
    answer: str
    left: Telling
    right: Telling
    because: list[str]


class Why(TypedDict):
    """One happening: what it rests on, and what speaks against it. `type` is the plain name of its kind; `events` are
    the rows of the reports that tell of it: who, whom, where and when."""

    happening: str
    kind: str
    type: str
    events: list[EventRow]
    answer: str
    corroboration: str
    origins: int
    tellings: list[Telling]
    contradictions: list[Contradiction]
    because: list[str]
    rules: str


class Said(TypedDict):
    """One claim, relation or state of control as a report words it. `manner` is the stance of a claim, the factuality
    of a relation, the status of a state of control; `events` are those that the words of a claim tell of."""

    id: str
    family: Literal["claim", "relation", "control"]
    what: str
    manner: str
    voice: list[str]
    quote: str
    report: str
    events: list[EventRow]


def said(holdings: Holdings, wanted: str) -> Said | None:
    """The claim, relation or state of control of that id or its beginning; None for an event's. Raises NotFound."""
    found: list[Said] = []
    for record in holdings.records():
        events = {row["id"]: row for row in rows.event_rows(record)}
        if any(id.startswith(wanted) for id in events):
            return None
        found += (each for each in _said_in(record, events) if each["id"].startswith(wanted))
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(f"'{wanted}' fits {len(found)} findings: give more of the id")
    raise NotFound(f"nothing has the id '{wanted}'; see: khaldun events, khaldun claims or khaldun relations")


def _said_in(record: rows.Record, events: Mapping[str, EventRow]) -> Iterator[Said]:
    for c in rows.claim_rows(record):
        told = [events[id] for id in c["about"] if id in events]
        what = f"{c['speaker'] or 'an unnamed source'}, by “{c['cue']}”" if c["cue"] else c["speaker"] or "a claim"
        yield _said(c, "claim", what, c["stance"], c["content"], told)
    for r in rows.relation_rows(record):
        what = f"{r['source']} {r['type'].replace('_', ' ')} {r['target']}"
        yield _said(r, "relation", what, r["factuality"], r["quote"], [])
    for s in rows.control_rows(record):
        yield _said(s, "control", f"{s['actor']}, {s['place']}", s["status"], s["quote"], [])


def _said(
    row: ClaimRow | RelationRow | ControlRow,
    family: Literal["claim", "relation", "control"],
    what: str,
    manner: str,
    quote: str,
    events: list[EventRow],
) -> Said:
    return Said(
        id=row["id"],
        family=family,
        what=what,
        manner=manner,
        voice=row["voice"],
        quote=quote,
        report=row["report"],
        events=events,
    )


def why(holdings: Holdings, event: str) -> Why:
    """What the happening that an event belongs to rests on, by its id or the beginning of it. Raises NotFound."""
    view, rules = holdings.view, load_rules()
    scene = scene_of(view, holdings.kinds)
    claims = {claim.id: claim for claim in view.claims()}
    listed = holdings.events()
    found = _happening(listed, event, claims, scene)
    canonical = scene.ledger.canonical(found.claims[0])
    ids = {id for claim in found.claims for id in (claim, scene.ledger.canonical(claim))}
    corroboration, *others = assess(found, view, rules, scene=scene)
    interests = {row.about: row for row in others if row.question == "interest"}
    told = {id: _telling(claims[id], interests.get(id), scene) for id in found.claims}
    kind = holdings.kinds.get(found.kind)
    return Why(
        happening=canonical,
        kind=found.kind,
        type=kind.plain if kind is not None else found.kind,
        events=[row for row in listed if row["happening"] in ids],
        answer=corroboration.answer,
        corroboration=corroboration.values["corroboration"],
        origins=int(corroboration.values["origins"]),
        tellings=list(told.values()),
        contradictions=[_contradiction(row, told) for row in others if row.question == "contradiction"],
        because=list(corroboration.because),
        rules=corroboration.rules,
    )


def all_contradictions(holdings: Holdings) -> list[Contradiction]:
    """Everything in the store that cannot both be true as worded, events first, then who holds what."""
    view, rules = holdings.view, load_rules()
    scene = scene_of(view, holdings.kinds)
    told = {claim.id: _telling(claim, None, scene) for claim in view.claims()}
    return [_contradiction(row, told) for row in contradictions(view, rules=rules, scene=scene)]


def _happening(listed: list[EventRow], wanted: str, claims: dict[str, Claim], scene: Scene) -> Event:
    """The claims of all reports about the happening that an event of one report tells of."""
    found = {row["happening"] for row in listed if row["id"].startswith(wanted)}
    if len(found) != 1:
        raise NotFound(
            f"'{wanted}' fits {len(found)} happenings: give more of the id"
            if found
            else f"no event '{wanted}'; see: khaldun events"
        )
    events = events_of(claims.values(), scene.ledger)
    canonical = scene.ledger.canonical
    return next(event for event in events if any({claim, canonical(claim)} & found for claim in event.claims))


def _telling(claim: Claim, interest: Assessment | None, scene: Scene) -> Telling:
    return Telling(
        voice=[name for voice in claim.voice if (name := scene.name(voice))],  # an outlet may have none
        factuality=claim.factuality,
        quote=claim.quote,
        report=claim.report,
        interest=interest.values["interest"] if interest else "unknown",
        because=interest.answer if interest else "",
    )


def _contradiction(row: Assessment, told: dict[str, Telling]) -> Contradiction:
    return Contradiction(
        field=row.values["field"],
        answer=row.answer,
        left=told[row.supporting[0]],
        right=told[row.opposing[0]],
        because=list(row.because),
    )
