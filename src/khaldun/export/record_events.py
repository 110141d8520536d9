"""One row an event: the fields computed from the claims that are about one happening.

The best told claim leads; what it leaves open is filled from the others. No field is averaged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khaldun.calendar import Season, month_days, season_days, week_days, year_days
from khaldun.export import record_shape as shape
from khaldun.export.plover import plover_type
from khaldun.export.record_tolls import harm, spoken, tolls
from khaldun.model import Annotation, Claim, Span, When, make_id
from khaldun.ontology import Kind, Kinds, stand_in

# The stronger the voice's commitment, the earlier; a happening asserted once is not made doubtful by a claim.
_STRENGTH = ("asserted", "reported", "claimed", "planned", "possible", "denied")


@dataclass(frozen=True, slots=True)
class _Told:
    """What rows need of the report: its sentences in text order, actors' types by id, triggers by the claims' ids."""

    sentences: Sequence[Span]
    types: Mapping[str, str]
    triggers: Mapping[str, Span]


def event_parts(
    grouped: Iterable[tuple[str, Sequence[Claim]]], known: Kinds, annotation: Annotation
) -> Iterator[shape.EventPart]:
    """The rows of the given events, each with its claims, in the given order. `known` are all kinds."""
    told = _Told(
        annotation.sentences,
        {e.id: e.type for e in annotation.entities if e.type is not None},
        {make_id(annotation.report.id, frame.kind, frame.id): frame.trigger for frame in annotation.frames},
    )
    for id, claims in grouped:
        if claims:
            yield _event(id, sorted(claims, key=_rank), known, told)


Grouped = list[tuple[str, list[Claim]]]


def apart_by_manner(grouped: Grouped) -> Grouped:
    """What is said outright, kept at arm's length, denied or negated makes a row each: none may hide another.

    So does what only a weaker voice says of who did it: "a bomb killed nine" and "*the front claimed* the attack".
    """
    rows: Grouped = []
    for id, claims in grouped:
        kinds: dict[tuple[bool, bool, bool, bool], list[Claim]] = {}
        laid = _laid_to_somebody(claims)
        for claim in claims:
            manner = claim.manner
            key = (manner.distanced, claim.factuality == "denied", manner.negated, claim.id in laid)
            kinds.setdefault(key, []).append(claim)
        for number, kind in enumerate(sorted(kinds)):
            rows.append((id if number == 0 else make_id(id, *kind), kinds[kind]))
    return rows


def _laid_to_somebody(claims: Sequence[Claim]) -> frozenset[str]:
    """The claims by which somebody owns up to a deed, or charges others with it than whom a stronger voice names."""
    strength = _STRENGTH.index(min(claims, key=_rank).factuality)
    known = {id for c in claims if _STRENGTH.index(c.factuality) <= strength for id in c.roles.get("actor", ())}
    named = [c for c in claims if c.roles.get("actor") and "actor" not in c.manner.inferred]
    weaker = (c for c in named if c.factuality in ("reported", "claimed") and _STRENGTH.index(c.factuality) > strength)
    owning = (c for c in weaker if c.voice[0] in c.roles["actor"] or c.stance == "accuse")
    return frozenset(c.id for c in owning if known.isdisjoint(c.roles["actor"])) | _laid_by_the_other(named)


def _laid_by_the_other(named: Sequence[Claim]) -> frozenset[str]:
    """The claims of one who lays it to another than the first who speaks: "the army blamed rebels; *the rebels said the
    army did it*"."""
    if not named or named[0].factuality != "claimed":
        return frozenset()
    first = named[0]
    others = (c for c in named if c.factuality == "claimed" and c.voice[:1] != first.voice[:1])
    return frozenset(c.id for c in others if set(first.roles["actor"]).isdisjoint(c.roles["actor"]))


def without_echoes(grouped: Grouped, titles: Sequence[Span]) -> Grouped:
    """Joins a headline's event to the event of the body that it announces: same family, a party in common.

    A headline shortens and drops hedges, so the body's telling leads; what the body does not repeat stays.
    """
    body = [(id, claims) for id, claims in grouped if not _only_in(claims, titles)]
    kept: Grouped = list(body)
    for id, claims in grouped:
        if _only_in(claims, titles) and not any(_echoes(claims, told) for _, told in body):
            kept.append((id, claims))
    inside = {id: [c for c in claims if not c.span.within_any(titles)] or claims for id, claims in kept}
    order = {id: n for n, (id, _) in enumerate(grouped)}
    return sorted(((id, inside[id]) for id, _ in kept), key=lambda row: order[row[0]])


def _only_in(claims: Sequence[Claim], titles: Sequence[Span]) -> bool:
    return bool(claims) and all(c.span.within_any(titles) for c in claims)


def _echoes(headline: Sequence[Claim], body: Sequence[Claim]) -> bool:
    return any(
        a.kind.split(".")[0] == b.kind.split(".")[0] and (_parties(a) & _parties(b) or not _parties(a))
        for a in headline
        for b in body
    )


def _parties(claim: Claim) -> set[str]:
    return {entity for role in ("actor", "target") for entity in claim.roles.get(role, ())}


def _rank(claim: Claim) -> tuple[int, int, float, int]:
    """Best told first: by roles that its words fill, by commitment, by weight, by place in the text."""
    filled = (bool(claim.roles.get(r)) and r not in claim.manner.inferred for r in ("actor", "target", "place"))
    told = sum(filled) + bool(claim.tolls)
    return (-told, _STRENGTH.index(claim.factuality), -claim.weight, claim.span.start)


def _precision(placed: Claim) -> str | None:
    """How exactly it is known where: a place that the passage only leads one to is no exact one."""
    said = placed.values.get("place_precision")
    return "near" if said == "exact" and "place" in placed.manner.inferred else said


def _event(id: str, claims: Sequence[Claim], known: Kinds, told: _Told) -> shape.EventPart:
    lead = claims[0]
    trigger = told.triggers.get(lead.id, lead.span)
    counted = [c for c in claims if c.factuality != "denied" and not c.manner.negated]
    # what one party alone alleges must not fill a row that another voice asserts
    claims = [c for c in claims if _STRENGTH.index(c.factuality) <= _STRENGTH.index(lead.factuality)]
    lead_kind = _kind_of(lead, claims)
    kind = known.get(lead_kind) or stand_in(lead_kind, lead.family)
    when = _interval(claims)
    placed = next((c for c in claims if c.roles.get("place")), None)
    actor, target = _sides(claims, kind)
    return {
        "id": id,
        "type": kind.plain,
        "kind": lead_kind,
        "plover": _plover(lead, kind),
        "acled": kind.acled,
        "actor": actor,
        "target": target,
        "instruments": _told(claims, "instrument"),
        "objects": _told(claims, "object"),
        "place": placed.roles["place"][0] if placed else None,
        "place_precision": _precision(placed) if placed else None,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "date_precision": date_precision(when),
        "fatalities": harm(counted, "killed", told.types),
        "injured": harm(counted, "injured", told.types),
        "tolls": tolls(counted),
        "factuality": lead.factuality,
        "negated": lead.manner.negated,
        "distanced": lead.manner.distanced,
        "background": all(c.manner.background or "history" in c.values for c in claims),
        "history": all("history" in c.values for c in claims),
        "inferred": sorted(lead.manner.inferred),
        "source": spoken(lead),
        "evidence": lead.quote,
        "evidence_span": [lead.span.start, lead.span.end],
        "trigger_span": [trigger.start, trigger.end],
        "sentence_span": _sentence(lead.span, told.sentences),
        "score": max(c.score for c in claims),
        "made_by": lead.made_by,
    }


def _told(claims: Sequence[Claim], role: str) -> list[str]:
    """What the tellings name for a role that things fill, in their own words."""
    return list(dict.fromkeys(word for c in claims for word in c.values.get(role, "").splitlines()))


def _sentence(span: Span, sentences: Sequence[Span]) -> list[int]:
    """The sentence in which the words begin, with all of the words; the words alone where no sentence has them."""
    at = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
    if at < 0 or sentences[at].end <= span.start:
        return [span.start, span.end]
    return [sentences[at].start, max(sentences[at].end, span.end)]


# Kinds that say nothing of the means, and those that say it: one happening that is told by both is of the second.
_STEPS = frozenset({"assault.offensive", "siege"})
_GAIN = "control.gain"
_GENERAL = frozenset({"assault.killing", "assault.attack"})
_BY_MEANS = frozenset(
    {"assault.aerial", "assault.drone", "assault.explosives", "assault.suicide", "assault.shelling", "assault.chemical"}
)


def _kind_of(lead: Claim, claims: Sequence[Claim]) -> str:
    """The kind of the best told claim, sharpened by another that says by what means it was done.

    What was gained is more than the step by which it was: "severed the road when they *seized* a hill".
    """
    if lead.kind in _STEPS and any(c.kind == _GAIN for c in claims):
        return _GAIN
    if lead.kind not in _GENERAL:
        return lead.kind
    return next((c.kind for c in claims if c.kind in _BY_MEANS), lead.kind)


def _plover(claim: Claim, kind: Kind) -> shape.PloverPart:
    """The type by the written rules; the mode is that of the kind and goes with the kind's own type only."""
    type = plover_type(kind, claim.manner.modality, claim.values, negated=claim.manner.negated)
    return {"type": type, "mode": (claim.mode or kind.plover_mode) if type == kind.plover_type else None}


def _sides(claims: Sequence[Claim], kind: Kind) -> tuple[list[str], list[str]]:
    """Actor and target by the best told claims that give them; who suffered by one is not the actor by another.

    "Seven guards were killed, and *the guards* drove the attackers out": those who answered did not kill their own.
    """
    actor, target = _role(claims, "actor"), _role(claims, "target")
    best = next((c for c in claims if c.roles.get("actor") or c.roles.get("target")), None)
    if best is None or kind.two_sided or best.roles.get("actor"):
        # "gunmen stormed a barracks. Five soldiers and two *of the gunmen* were killed": not by themselves
        others = [id for id in target if id not in actor]
        return actor, target if kind.two_sided or not others else others
    doers = ([id for id in c.roles.get("actor", ()) if id not in target] for c in claims)
    return next(filter(None, doers), []), target


def _role(claims: Sequence[Claim], role: str) -> list[str]:
    return list(next((c.roles[role] for c in claims if c.roles.get(role)), ()))


def _interval(claims: Sequence[Claim]) -> When:
    """The narrowest stated interval among the claims, else what is known of the lead."""
    stated = [c.when for c in claims if c.when.basis not in {"published", "none"} and c.when.known]
    if not stated:
        return claims[0].when
    return min(stated, key=_width)


def _width(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 10**6
    return (when.latest - when.earliest).days


def date_precision(when: When) -> str:
    """day | week | month | season | year | range | before | after | unknown."""
    if when.earliest is None and when.latest is None:
        return "unknown"
    if when.earliest is None:
        return "before"
    if when.latest is None:
        return "after"
    return _calendar_unit(when.earliest, when.latest)


_SEASONS: tuple[Season, ...] = ("SP", "SU", "FA", "WI")


def _calendar_unit(first: date, last: date) -> str:
    days = (first, last)
    if first == last:
        return "day"
    if (last - first).days == 6 or days == week_days(first):
        return "week"
    if days == month_days(first.year, first.month):
        return "month"
    if days == year_days(first.year):
        return "year"
    if any(days == season_days(first.year, season) for season in _SEASONS):
        return "season"
    return "range"
