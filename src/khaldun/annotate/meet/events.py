"""Event frames by rule and events proposed by the learned layer, put together sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from khaldun.annotate.grammar.factuality import Reading, read_factuality
from khaldun.annotate.grammar.trigger_table import table_of
from khaldun.annotate.ground import finding_id
from khaldun.annotate.learned.anchored import ProposedEvent
from khaldun.annotate.meet.mentions import head_of
from khaldun.annotate.roles.fillers import ARMED, Fillers
from khaldun.annotate.sayings.saying import tokens_between
from khaldun.annotate.scenes.circumstances import time_of
from khaldun.annotate.scenes.event_places import place_of
from khaldun.annotate.words import Tokens
from khaldun.model import Frame, Mention, Modality, Quantity, Report, Span, Toll
from khaldun.ontology import Kind, Kinds

ADDED_FROM = 0.6
"""An event that no rule found is added from this probability on (docs/learned.md says on what it was set)."""

SHARPENED_FROM = 0.7
"""A general kind by rule ("attack") becomes the layer's particular one ("shelling") from here on."""

ROLE_FROM = 0.6

_GENERAL = frozenset(("assault.attack", "assault.killing", "assault.offensive"))
_MODALITY: Mapping[str, Modality] = {"planned": "planned", "possible": "possible"}
_WORDS = frozenset("request reject accuse threaten support agree concede consult media sanction investigate".split())
"""Kinds of words and politics: without an actor they say too little to be a row."""

_PARTIES = frozenset((*ARMED, "organisation", "person"))

_ADDED = frozenset(("displacement", "weapons.disrupted", "loot"))
"""Kinds that the layer may add though they are not violent. Of words and politics the rules' vocabulary knows more."""

_TOLLS = ("killed", "injured", "captured", "displaced")


def put_together(
    frames: Iterable[Frame],
    proposals: Sequence[ProposedEvent],
    sentence: Tokens,
    fillers: Fillers,
    report: Report,
) -> Iterator[Frame]:
    """The rules' frames, each with what the layer adds to it; then the layer's own."""
    reach, kinds = fillers.passage.span(sentence), table_of(sentence[0]).kinds
    left = [p for p in proposals if reach.contains(p.trigger) and not _is_of_words(p.kind)]
    kept: list[Frame] = []
    for frame in frames:
        match = _match(frame, left)
        if match is None:
            kept.append(frame)
        else:
            left.remove(match)
            kept.append(_agreed(frame, match, fillers, kinds, reach))
    yield from kept
    for proposal in left:
        added_kind = kinds[proposal.kind].violent or proposal.kind in _ADDED
        if proposal.score >= ADDED_FROM and added_kind and not any(_told_by(frame, proposal, kinds) for frame in kept):
            added = _new(proposal, sentence, fillers, report)
            if added is not None:
                kept.append(added)
                yield added


def _match(frame: Frame, proposals: Sequence[ProposedEvent]) -> ProposedEvent | None:
    fitting = [p for p in proposals if p.trigger.overlaps(frame.trigger)]
    return max(fitting, key=lambda p: (p.kind == frame.kind, p.score), default=None)


def _told_by(frame: Frame, proposal: ProposedEvent, kinds: Kinds) -> bool:
    """True where a frame of the sentence tells the happening by another of its words: "*killed* two in a *raid*"."""
    if not frame.evidence.contains(proposal.trigger):
        return False
    return kinds[frame.kind].plover_type == kinds[proposal.kind].plover_type


def _agreed(frame: Frame, proposal: ProposedEvent, fillers: Fillers, kinds: Kinds, within: Span) -> Frame:
    """The rule's frame: what it left open is filled, a general kind sharpened."""
    roles = {**frame.roles, **_roles(proposal, fillers, within), **_own_roles(frame)}
    kind = frame.kind
    if kind in _GENERAL and proposal.kind_score >= SHARPENED_FROM and _is_particular(proposal.kind):
        kind = proposal.kind
    inferred = frame.inferred - {"place"} if roles.get("place") != frame.roles.get("place") else frame.inferred
    return replace(
        frame,
        kind=kind,
        mode=kinds[kind].plover_mode,
        roles=_apart(roles),
        tolls=frame.tolls or _tolls(proposal, fillers),
        inferred=inferred,
        made_by=f"{frame.made_by}+learned",
    )


def _is_particular(kind: str) -> bool:
    """A kind of attack by its means; taking a place or putting somebody to death is more than a means."""
    return kind.startswith("assault.") and kind not in _GENERAL and kind != "assault.clash"


def _own_roles(frame: Frame) -> dict[str, tuple[Mention, ...]]:
    """What the rule filled by words; a place that it only inferred yields to one that is said."""
    return {role: m for role, m in frame.roles.items() if m and not (role == "place" and "place" in frame.inferred)}


def _apart(roles: Mapping[str, tuple[Mention, ...]]) -> dict[str, tuple[Mention, ...]]:
    """No target is also an actor, unless both sides are both (two-sided kinds give the same tuple twice)."""
    actors, targets = roles.get("actor", ()), roles.get("target", ())
    if actors == targets:
        return dict(roles)
    doers = {m.entity or m.id for m in actors}
    rest = tuple(m for m in targets if (m.entity or m.id) not in doers)
    return {**{r: m for r, m in roles.items() if r != "target"}, **({"target": rest} if rest else {})}


def _new(proposal: ProposedEvent, sentence: Tokens, fillers: Fillers, report: Report) -> Frame | None:
    """A frame of the layer's own; None where no role that matters is filled by a mention."""
    head = head_of(tokens_between(fillers.passage, proposal.trigger))
    if head is None:
        return None
    roles = _roles(proposal, fillers, fillers.passage.span(sentence))
    kind = table_of(head).kinds[proposal.kind]
    if kind.two_sided:
        roles = _both_sides(roles)
    roles = _apart(roles) if not kind.two_sided else roles
    reading = _reading(read_factuality(head), proposal)
    inferred: frozenset[str] = frozenset()
    if "place" not in roles:
        place, guessed = place_of(head, fillers)
        if place is not None:
            roles["place"] = (place,)
            inferred = frozenset({"place"}) if guessed else inferred
    tolls = _tolls(proposal, fillers)
    if not _says_enough(kind, roles, fillers):
        return None
    return Frame(
        id=finding_id(report, f"event:{kind.id}", proposal.trigger),
        kind=kind.id,
        mode=kind.plover_mode,
        trigger=proposal.trigger,
        evidence=fillers.passage.span(sentence),
        roles=roles,
        tolls=tolls,
        inferred=inferred,
        when=time_of(head, fillers, report, reading),
        negated=reading.negated,
        modality=reading.modality,
        hedged=reading.hedged,
        weight=round(0.9 * proposal.score, 2),
        made_by="learned",
    )


def _is_of_words(kind: str) -> bool:
    return kind.split(".")[0] in _WORDS


def _says_enough(kind: Kind, roles: Mapping[str, tuple[Mention, ...]], fillers: Fillers) -> bool:
    """Beside the rules' own words a row needs more than a word of war, of which sport and trade are full: a party to a
    conflict, or people to whom violence is done; for words and politics, somebody who speaks or acts."""
    types = {role: {fillers.type_of(m) for m in roles.get(role, ())} for role in ("actor", "target")}
    if _is_of_words(kind.id):
        return bool(types["actor"] & _PARTIES)
    if kind.id.startswith("control."):
        return bool(types["actor"] & ARMED)
    suffered = kind.violent and bool(types["target"] & {"person", "population"})
    return suffered or bool((types["actor"] | types["target"]) & ARMED) or (bool(types["actor"]) and not kind.violent)


def _reading(reading: Reading, proposal: ProposedEvent) -> Reading:
    """The rules' reading of the clause; where they see plain fact, the layer's."""
    if reading.negated or reading.modality != "actual":
        return reading
    return replace(
        reading,
        negated=proposal.factuality == "denied",
        modality=_MODALITY.get(proposal.factuality, "actual"),
    )


def _both_sides(roles: dict[str, tuple[Mention, ...]]) -> dict[str, tuple[Mention, ...]]:
    both = tuple({m.entity or m.id: m for m in (*roles.get("actor", ()), *roles.get("target", ()))}.values())
    rest = {role: m for role, m in roles.items() if role not in ("actor", "target")}
    return {**rest, "actor": both, "target": both} if len(both) > 1 else {**rest, **({"actor": both} if both else {})}


# ------------------------------------------------------------------------------------------------ mentions


def _roles(proposal: ProposedEvent, fillers: Fillers, within: Span) -> dict[str, tuple[Mention, ...]]:
    """The mentions of the sentence `within` that fill the roles of a proposal, in text order."""
    found: dict[str, tuple[Mention, ...]] = {}
    for role, spans in proposal.roles.items():
        sure = [span for span, share in spans if share >= ROLE_FROM and within.contains(span)]
        if role in ("actor", "target", "object"):
            mentions = [m for span in sure for m in _actors(span, fillers)]
        elif role == "place":
            mentions = [m for span in sure[:1] for m in _places(span, fillers)]
        elif role == "instrument":
            mentions = [m for span in sure for m in fillers.mentions if m.kind == "weapon" and span.contains(m.span)]
        else:
            continue
        if mentions:
            found[role] = tuple(dict.fromkeys(mentions))
    return found


def _actors(span: Span, fillers: Fillers) -> tuple[Mention, ...]:
    head = head_of(tokens_between(fillers.passage, span))
    return fillers.actors_in(head) if head is not None else ()


def _places(span: Span, fillers: Fillers) -> tuple[Mention, ...]:
    head = head_of(tokens_between(fillers.passage, span))
    place = fillers.place(head) if head is not None else None
    if place is not None:
        return (place,)
    inside = [m for m in fillers.mentions if m.kind == "place" and m.form != "description" and span.contains(m.span)]
    return tuple(inside[:1])


def _tolls(proposal: ProposedEvent, fillers: Fillers) -> tuple[Toll, ...]:
    found = []
    for category in _TOLLS:
        for span, share in proposal.roles.get(category, ()):
            count = next((m for m in fillers.mentions if m.kind == "count" and span.overlaps(m.span)), None)
            if share >= ROLE_FROM and count is not None and isinstance(count.value, Quantity):
                who = _actors(span, fillers)
                found.append(Toll(category, count.value, count.span, who[0].entity if who else None))  # type: ignore[arg-type]
    return tuple(dict.fromkeys(found))
