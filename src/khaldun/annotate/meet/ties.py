"""Relation frames by rule and ties proposed by the learned layer.

The layer names no word that states a tie: trigger and evidence of a frame of its own are the stretch from one party
to the other. A tie is added where both ends are parties of the report and of the sorts that the kind joins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from khaldun.annotate.factuality import read_factuality
from khaldun.annotate.ground import finding_id
from khaldun.annotate.learned.anchored import ProposedTie
from khaldun.annotate.learned.tagged import Tagged
from khaldun.annotate.lookup import Lookup, look_up, tokens_of
from khaldun.annotate.meet.mentions import head_of
from khaldun.annotate.sentences import Parse
from khaldun.annotate.syntax import clause_head
from khaldun.model import ActorType, Frame, Mention, Span, hull
from khaldun.ontology import kind as ontology_kind

ADDED_FROM = 0.5
"""A tie that no rule found is added from this probability on (held-out re3d documents; docs/learned.md)."""

_ARMED = frozenset({"armed_group", "state_force", "state", "government"})
_BODIES = _ARMED | {"organisation", "media"}
_FAR = 300
"""Characters within which both ends of a tie lie."""


def put_together(
    frames: Sequence[Frame],
    proposals: Sequence[ProposedTie],
    parse: Parse,
    mentions: Sequence[Mention],
    types: Mapping[str, ActorType | None],
) -> tuple[list[Frame], list[Frame]]:
    """The given frames, marked where the layer finds the same tie, and the ties that only the layer finds."""
    lookup = look_up(parse)
    kept = {_key(f): f for f in reversed(frames) if ontology_kind(f.kind).family == "relation"}
    agreed: dict[str, Frame] = {}
    added: dict[tuple[str, ...], Frame] = {}
    for proposal in sorted(proposals, key=lambda t: -t.score):
        frame = _frame(proposal, lookup, mentions, types)
        if frame is None:
            continue
        held = kept.get(_key(frame))
        if held is not None:
            agreed[held.id] = replace(held, made_by=f"{held.made_by}+learned")
        elif proposal.score >= ADDED_FROM:
            added.setdefault(_key(frame), frame)
    return [agreed.get(f.id, f) for f in frames], list(added.values())


def _key(frame: Frame) -> tuple[str, ...]:
    """Kind and parties: the same pair and kind is one tie."""
    pair = [m.entity or m.id for role in ("source", "target") for m in frame.roles.get(role, ())[:1]]
    return (frame.kind, *(sorted(pair) if ontology_kind(frame.kind).symmetric else pair))


def _frame(
    tie: ProposedTie, lookup: Lookup, mentions: Sequence[Mention], types: Mapping[str, ActorType | None]
) -> Frame | None:
    source, target = (_party(p, lookup, mentions) for p in (tie.source, tie.target))
    reach = hull([tie.source.span, tie.target.span])
    if source is None or target is None or source.entity == target.entity or len(reach) > _FAR:
        return None
    kind = _kind(tie.type, types.get(source.entity or ""), types.get(target.entity or ""))
    if kind is None or lookup.sentence(source.span) != lookup.sentence(target.span) or not _told(reach, lookup):
        return None
    return Frame(
        id=finding_id(lookup.parse.report, f"relation:{kind}:{source.id}:{target.id}", reach),
        kind=kind,
        trigger=reach,
        evidence=reach,
        roles={"source": (source,), "target": (target,)},
        score=round(0.8 * tie.score, 2),
        made_by=f"learned:{tie.type}",
    )


def _party(phrase: Tagged, lookup: Lookup, mentions: Sequence[Mention]) -> Mention | None:
    """The actor that the phrase names: the one that holds its head word, else the only one inside."""
    passage = lookup.passage(phrase.span)
    tokens = tokens_of(passage, phrase.span) if passage is not None else None
    head = head_of(tokens) if tokens is not None else None
    if head is None or passage is None:
        return None
    inside = [m for m in mentions if m.kind == "actor" and m.entity and phrase.span.overlaps(m.span)]
    holding = [m for m in inside if m.span.overlaps(passage.at(head))]
    if holding:
        return max(holding, key=lambda m: len(m.span))
    return inside[0] if len(inside) == 1 else None


def _kind(type: str, source: ActorType | None, target: ActorType | None) -> str | None:
    """Our kind for a tie of re3d's type between parties of these sorts; None where we have none."""
    if type == "FightingAgainst" and {source, target} <= _ARMED:
        return "fights"
    if type == "AlliesOf" and {source, target} <= _BODIES:
        return "allied_with"
    if type == "BelongsTo" and target in _BODIES:
        return "member_of" if source in ("person", "population") else "part_of" if source in _BODIES else None
    if type == "InChargeOf" and source == "person" and target in _BODIES:
        return "commands" if target in ("armed_group", "state_force") else "leads"
    return None


def _told(reach: Span, lookup: Lookup) -> bool:
    """True unless the clause that joins the parties denies the tie or only plans or fears it."""
    passage = lookup.passage(reach)
    tokens = tokens_of(passage, reach) if passage is not None else None
    if tokens is None:
        return False
    reading = read_factuality(clause_head(tokens.root))
    return not reading.negated and reading.modality == "actual"


# ------------------------------------------------------------------------------------------------ whereabouts

_AT = re.compile(r"(?: [\w-]+){0,6} (?:in|at|near|inside|on|across|around|throughout) (?:the )?", re.IGNORECASE)


def find_whereabouts(mentions: Sequence[Mention], parse: Parse) -> Iterator[Frame]:
    """Who is where: a party, a few words of which the last is a preposition of place, a place: "residents *in* X".

    Right in half of the cases on held-out re3d documents (0.49 with whole phrases), so a light tie: the record lists
    no relation for it, and it makes nobody an actor of the report.
    """
    lookup = look_up(parse)
    text = parse.report.text
    ordered = sorted((m for m in mentions if m.kind in ("actor", "place")), key=lambda m: (m.span.start, -m.span.end))
    for place in (m for m in ordered if m.kind == "place" and m.form == "name"):
        before = [m for m in ordered if m.kind == "actor" and m.span.end < place.span.start]
        party = max(before, key=lambda m: (m.span.end, len(m.span)), default=None)
        if party is None or not _AT.fullmatch(text[party.span.end : place.span.start]):
            continue
        if lookup.sentence(party.span) != lookup.sentence(place.span):
            continue
        reach = hull([party.span, place.span])
        yield Frame(
            id=finding_id(parse.report, f"relation:located_at:{party.id}:{place.id}", reach),
            kind="located_at",
            trigger=reach,
            evidence=reach,
            roles={"source": (party,), "target": (place,)},
            score=0.5,
            made_by="rule:relations/located_at",
        )
