"""The frame of one event: its draft, filled with parties, scene, day and manner, if enough is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from khaldun.annotate.events.deed_kinds import only_attempted, sharpened_by_means
from khaldun.annotate.events.drafts import Draft
from khaldun.annotate.events.evidence import evidence_of, with_whole_times
from khaldun.annotate.events.means import is_one_bomber, kind_by_means
from khaldun.annotate.events.move_modes import mode_of
from khaldun.annotate.events.moves import is_political, promised_or_threatened
from khaldun.annotate.events.scene import Scene, scene_of
from khaldun.annotate.events.sides import Roles, parties_of
from khaldun.annotate.events.substance import is_nobodys, says_something
from khaldun.annotate.events.told import how_told, is_no_event, is_unclaimed
from khaldun.annotate.grammar.backgrounds import is_background
from khaldun.annotate.grammar.factuality import Reading
from khaldun.annotate.grammar.syntax import arguments, conjuncts, phrase
from khaldun.annotate.grammar.trigger_table import Entry, table_of
from khaldun.annotate.ground import finding_id
from khaldun.annotate.roles.carrier_words import carrier_words
from khaldun.annotate.roles.extent import OF_GROUND, extent_of, settled_ground
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.objects import BESIDE, things_in
from khaldun.annotate.roles.told_with import told_with
from khaldun.annotate.scenes.circumstances import time_of
from khaldun.annotate.scenes.endings import no_later
from khaldun.annotate.words import Token
from khaldun.model import Frame, Mention, Report, When
from khaldun.ontology import Kind

_BLASTS = frozenset({"assault.explosives", "assault.suicide"})


def filled(entry: Entry, draft: Draft, fillers: Fillers, report: Report) -> Frame | None:
    """The frame that `entry` makes of `draft`; None where it tells of no event after all."""
    head = draft.trigger.head
    meant = _kind_meant(entry, draft, fillers)
    kind = table_of(head).kinds[only_attempted(meant, head)]
    things = _things(entry, draft, fillers, report) if kind.violent or "object" in kind.roles else ()
    roles = parties_of(entry, draft, kind, fillers)
    if kind.id == "accuse" and not roles.keys() & {"actor", "target", "object"}:
        return None  # "the bombing of the embassy *was blamed* on them": the bombing's row says who is blamed
    reading = how_told(draft, kind, only_tried=kind.id != meant)
    if is_unclaimed(draft):
        roles.pop("actor", None)
    if entry.denied and not reading.negated:
        return None
    if entry.denied and kind.id == "retreat.withdraw":
        reading = replace(reading, negated=False)  # "will *not stay* in the town": they will leave it
    if is_no_event(kind, reading, draft):
        return None
    scene = scene_of(entry, draft, kind, roles.get("actor", ()), fillers)
    place, inferred = scene.place, scene.inferred
    reach = fillers.passage.span(phrase(head))  # "a planned offensive *against Raqqa* has been postponed"
    placed = place is not None and (not inferred or reach.contains(place.span))
    told_of = (
        draft.trigger.verbal or draft.tolls or entry.denied or placed or things or {"actor", "target"} & set(roles)
    )
    if not told_of and is_nobodys(head, kind, reading):
        return None
    if place is not None:
        roles["place"] = (place,) if inferred else (place, *_other_ground(kind.id, scene.given, place, fillers))
    if things:
        roles["object"] = things
    when = no_later(head, time_of(draft.carrier or head, fillers, report, reading, head), fillers)
    when = _by_now(when, reading, report)
    told = entry.denied or says_something(roles, draft, fillers, inferred)
    if not told and not _is_dated_and_placed(entry, draft, kind, roles, when):
        return None
    return _frame_of(entry, draft, kind, roles, scene, when, reading, fillers, report, placed=placed)


def _by_now(when: When, reading: Reading, report: Report) -> When:
    """ "They battled on *in the months that followed*": what happened after something had done so when it was told."""
    told = report.published.latest
    after = when.basis in {"relative", "narrative"} and when.span is not None and when.latest is None
    if told is None or not after or reading.modality != "actual" or when.earliest is None or when.earliest > told:
        return when
    if when.span is not None and when.span.of(report.text).casefold().startswith("since"):
        return when  # "has besieged the town *since mid-January*": it goes on
    return replace(when, latest=told)


def _kind_meant(entry: Entry, draft: Draft, fillers: Fillers) -> str:
    """The entry's kind, sharpened by the means, and by what is promised or threatened."""
    own = sharpened_by_means(entry.kind, draft, fillers)
    bombers = any(is_one_bomber(t, fillers) for t in draft.functions.get("A", ()))
    meant = own if bombers else kind_by_means(own, draft.carrier or draft.trigger.head)
    return promised_or_threatened(meant, draft.trigger, draft.functions)


def _is_dated_and_placed(entry: Entry, draft: Draft, kind: Kind, roles: Roles, when: When) -> bool:
    """ "Food *was delivered* to Brak on Monday": by nobody who is named, but on a day of its own."""
    dated = when.basis != "published" and when.known
    somewhere = "place" in roles and (kind.id == "aid" or not is_political(kind))
    return dated and draft.trigger.verbal and bool(entry.needs or somewhere)


def _frame_of(
    entry: Entry,
    draft: Draft,
    kind: Kind,
    roles: Roles,
    scene: Scene,
    when: When,
    reading: Reading,
    fillers: Fillers,
    report: Report,
    *,
    placed: bool,
) -> Frame:
    trigger = fillers.passage.span(draft.trigger.tokens)
    fill = (m for role, mentions in roles.items() if role != "place" or not scene.inferred for m in mentions)
    evidence = evidence_of(draft.trigger, draft.carrier, draft.tolls, fill, fillers.passage)
    evidence = with_whole_times(evidence, fillers.mentions)
    arms = tuple(m for m in fillers.mentions if m.kind == "weapon" and evidence.contains(m.span))
    if arms and kind.violent:
        roles = {**roles, "instrument": arms}
    place_inferred = scene.inferred and scene.place is not None
    return Frame(
        id=finding_id(report, f"event:{kind.id}", trigger),
        kind=kind.id,
        mode=mode_of(kind, draft.trigger.head),
        values={
            **_values(entry, kind.id, draft.trigger.tokens, scene.given, scene.place, fillers),
            **told_with(kind.id, roles, evidence, fillers),
            **({STANDING: "yes"} if _stands(kind.id, draft, when, placed=placed) else {}),
        },
        trigger=trigger,
        evidence=evidence,
        roles=roles,
        tolls=draft.tolls,
        inferred=frozenset(_inferred(kind.id, draft, roles, place_inferred=place_inferred)),
        when=when,
        negated=reading.negated,
        modality=reading.modality,
        hedged=reading.hedged,
        background=is_background(draft.trigger.head, draft.carrier),
        weight=_weight(draft, roles, reading),
        made_by=f"rule:triggers/{kind.id}",
    )


STANDING = "standing"
"""The key of a frame that only says who fights whom, and that is kept as a tie."""


def _stands(kind: str, draft: Draft, when: When, *, placed: bool) -> bool:
    """ "A militia *fighting the rebels* lost two men", "the group, which *is fighting* the army": who is at war, and no
    clash of any day or place."""
    verb = draft.trigger.head
    if kind != "assault.clash" or not draft.trigger.verbal or verb.lemma_ not in _AT_WAR or draft.tolls or placed:
        return False
    goes_on = verb.tag_ in {"VBG", "VBZ", "VBP"} and not any(c.lower_ in _PAST for c in verb.children)
    return verb.dep_ in {"acl", "relcl"} and goes_on and (when.basis == "published" or not when.known)


_AT_WAR = frozenset({"fight", "battle", "combat"})
_PAST = frozenset({"was", "were", "been", "had"})


_BEGINNING = frozenset({"begin", "start"})


_SIEGES = frozenset({"siege", "blockade", "encirclement"})


def _values(
    entry: Entry, kind: str, own: Sequence[Token], given: Sequence[Token], place: Mention | None, fillers: Fillers
) -> dict[str, str]:
    values = {} if entry.plover is None else {"plover": entry.plover}
    if entry.kind == "retreat.withdraw" and any(t.lemma_ in _SIEGES for t in own):
        values["siege"] = "ended"
    if kind == "control.gain" and own[0].dep_ == "xcomp" and own[0].head.lemma_ in _BEGINNING:
        return {**values, "extent": "part"}  # "*began to recapture* the town": it has yet to be held
    if place is not None and kind in OF_GROUND and (taken := extent_of(kind, given, place, fillers)) != "whole":
        values["extent"] = taken
    return values


def _other_ground(kind: str, given: Sequence[Token], place: Mention, fillers: Fillers) -> tuple[Mention, ...]:
    """The other places of a list: "captured Qasr *and Brak*", "took the towns of Qasr *and Brak*"."""
    if kind not in OF_GROUND or fillers.places[1:] == ():
        return ()
    listed = [e for t in given for e in (conjuncts(_named_by(t)) if t.i not in fillers.loci else (t,))]
    named = dict.fromkeys(fillers.loci[t.i] for t in listed if t.i in fillers.loci)
    return tuple(m for m in named if m.entity != place.entity) if len(named) > 1 and place in named else ()


def _named_by(kind: Token) -> Token:
    """ "the towns of *Qasr*", "two towns: *Qasr* and Brak": the name behind a kind word, or else the word
    itself."""
    if kind.pos_ not in {"NOUN", "PROPN"} or kind.lemma_.lower() not in settled_ground():
        return kind
    of = [g for c in kind.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]
    return next(iter(of or [c for c in kind.children if c.dep_ == "appos"]), kind)


def _things(entry: Entry, draft: Draft, fillers: Fillers, report: Report) -> tuple[Mention, ...]:
    """The buildings, lines and vehicles struck; of a blast also those it went off at."""
    functions = [*entry.args.get("target", ()), *entry.args.get("object", ()), "outcome"]
    if entry.kind in _BLASTS:
        functions += BESIDE
    tokens = (t for function in dict.fromkeys(functions) for t in draft.functions.get(function, ()))
    return things_in(tokens, fillers, report)


def _inferred(kind: str, draft: Draft, roles: Mapping[str, object], *, place_inferred: bool) -> Iterator[str]:
    """Roles that no word fills: a place from the sentence; the taker in "announced the capture of the port"."""
    if place_inferred:
        yield "place"
    if not kind.startswith("control."):
        return
    if draft.trigger.verbal:
        if "actor" not in roles and draft.trigger.head.lemma_ in carrier_words().regaining:
            yield "actor"
    else:
        announced = draft.carrier is not None and draft.carrier.lemma_ in carrier_words().proclaiming
        if "actor" not in roles or (announced and not arguments(draft.trigger.head).get("A")):
            yield "actor"


def _weight(draft: Draft, roles: Mapping[str, tuple[Mention, ...]], reading: Reading) -> float:
    """How much is said: the more, the better a telling of its happening. No likelihood (see `scores`)."""
    weight = 0.5 + 0.15 * sum(bool(roles.get(r)) for r in ("actor", "target", "place"))
    return round(min(0.95, weight - (0.1 if reading.hedged else 0.0) - (0.0 if draft.trigger.verbal else 0.05)), 2)
