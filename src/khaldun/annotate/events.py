"""Event mentions: a trigger, its roles, its time and place, and how the words present it.

One happening told by several words of a sentence is one frame: an event noun takes over the verb that carries it
("launched an attack on", "clashes broke out"), the verb that says whom it reached ("the blast hit a convoy") and
the verb of killing beside it ("killed 13 in clashes").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from khaldun.annotate.asides import is_errand_of_visit
from khaldun.annotate.backgrounds import is_background
from khaldun.annotate.beside import is_of_content, is_set_apart
from khaldun.annotate.by_place import each_place
from khaldun.annotate.carrier_words import carrier_words, speaks
from khaldun.annotate.carriers import aims_of, carrier_of, is_means, is_modifier, is_siege_of_another, joined_noun
from khaldun.annotate.circumstances import time_of
from khaldun.annotate.control_keeping import lasting_verbs, lasts_on
from khaldun.annotate.deed_kinds import only_attempted, sharpened_by_means
from khaldun.annotate.endings import no_later
from khaldun.annotate.event_drafts import Draft, deed_words, draft_of, is_own_deed
from khaldun.annotate.event_fit import fits
from khaldun.annotate.event_places import place_of
from khaldun.annotate.event_roles import (
    both_as_sides,
    role_actors,
    with_those_hurt,
    without_holders,
    without_overlap,
    without_own_dead,
)
from khaldun.annotate.event_substance import is_nobodys, is_of_unknown_ground, says_something
from khaldun.annotate.evidence import evidence_of
from khaldun.annotate.extent import OF_GROUND, extent_of, settled_ground
from khaldun.annotate.factuality import Reading, read_factuality
from khaldun.annotate.fillers import Fillers
from khaldun.annotate.ground import finding_id
from khaldun.annotate.habits import HABIT, is_habit
from khaldun.annotate.means import is_one_bomber, kind_by_means, wrecks_besides
from khaldun.annotate.modality import is_condition
from khaldun.annotate.moves import is_political, party_below, promised_or_threatened, within_moves
from khaldun.annotate.objects import BESIDE, things_in
from khaldun.annotate.other_scenes import is_elsewhere
from khaldun.annotate.outcomes import (
    deaths_besides,
    deaths_in_the_fight,
    deaths_in_which,
    deaths_it_led_to,
    deaths_when,
    results_among,
    ruin_among,
)
from khaldun.annotate.scenes import is_wide
from khaldun.annotate.struck import BY_MEANS, struck_owners
from khaldun.annotate.syntax import arguments, conjuncts, phrase
from khaldun.annotate.told_once import told_once
from khaldun.annotate.told_with import told_with
from khaldun.annotate.toll_notes import without_parts
from khaldun.annotate.tolls import takes_lives
from khaldun.annotate.trigger_table import Entry, table_of
from khaldun.annotate.triggers import Trigger, matches
from khaldun.annotate.words import Token, Tokens
from khaldun.model import Frame, Mention, Report, When

_BY_ARMS = frozenset(f"assault.{means}" for means in ("aerial", "chemical", "drone", "firearms", "shelling"))
_AT_CROWDS = frozenset({"assault.crowd", "assault.firearms"})
_BLASTS = frozenset({"assault.explosives", "assault.suicide"})


def find_events(sentence: Tokens, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The event frames of one sentence in text order, without their attributions."""
    triggers = [t for t in matches(sentence) if not (is_modifier(t) or _is_named(t, fillers) or _lasts(t))]
    if not triggers:
        return
    inside = {t.i for trigger in triggers if trigger.verbal for t in trigger.tokens}
    inside -= {t.head.i for t in triggers if is_siege_of_another(t)}
    harmless = _made_harmless(triggers, fillers)
    triggers = [t for t in triggers if t.verbal or t.head.i not in inside | harmless]
    nominal = {t.head.i: t for t in triggers if not t.verbal}
    carriers = {t.head.i: carrier_of(t) for t in nominal.values()}
    taken = {verb.i for verb in carriers.values() if verb is not None and not speaks(verb)}
    taken |= {t.head.i for t in triggers if t.verbal and wrecks_besides(t, taken)}
    taken |= {aim.i for noun, verb in carriers.items() for aim in aims_of(nominal[noun]) if aim is not verb}
    joined: dict[int, Trigger] = {}
    for trigger in triggers:
        if trigger.verbal and trigger.head.i not in taken:
            noun = joined_noun(trigger, nominal)
            if noun is not None:
                joined.setdefault(noun.head.i, trigger)
                taken.add(trigger.head.i)
    by_verb = {t.head.i: t for t in triggers if t.verbal}
    triggers = [t for t in triggers if carriers.get(t.head.i) is not None or not is_means(t, by_verb, joined)]
    results = results_among(triggers, {*taken, *(t.head.i for t in triggers)})
    led_by = {**carriers, **{noun: verb.head for noun, verb in joined.items()}}
    results |= deaths_it_led_to(nominal, led_by) | deaths_in_which(nominal, triggers)
    results |= deaths_besides(nominal, carriers) | deaths_when(triggers, carriers)
    blows = {verb.i for i, verb in carriers.items() if verb is not None and _is_blow(i, verb, nominal)}
    results |= ruin_among(triggers, blows, results)
    results |= deaths_in_the_fight(nominal, triggers)
    told: list[tuple[Trigger, Frame]] = []
    within: set[int] = set()
    for trigger in triggers:
        if trigger.verbal and (trigger.head.i in taken or trigger.head.i in results or trigger.head.i in within):
            continue
        killing = joined.get(trigger.head.i)
        carrier = killing.head if killing is not None else carriers.get(trigger.head.i)
        own = {trigger.head.i, carrier.i if carrier is not None else -1}
        outcomes = [t for t in triggers if results.get(t.head.i) in own]
        frame = _frame(draft_of(trigger, carrier, outcomes, fillers), fillers, report)
        if frame is None:  # "killed two men in a joint operation", "a revolt killed two": a noun that tells nothing
            verb = killing or _killing_by_itself(trigger, carrier, by_verb, fillers)
            frame = _frame(draft_of(verb, None, outcomes, fillers), fillers, report) if verb is not None else None
        if frame is not None and is_habit(trigger, frame):
            frame = replace(frame, values={**frame.values, HABIT: "yes"})
        if frame is None:  # what it led to is told on its own then
            results = {outcome: cause for outcome, cause in results.items() if cause not in own}
        else:
            told.append((trigger, frame))
            within |= {t.i for t in trigger.tokens if t.pos_ == "VERB"}  # "were *forced to march*" is no march
    yield from each_place(within_moves(without_parts(told_once(told), fillers)), fillers, report)


def _is_blow(noun: int, verb: Token, nominal: Mapping[int, Trigger]) -> bool:
    """True for the verb of a blow that is told by a noun: "*the strikes* killed four", "carried out *air raids*"."""
    return noun < verb.i or any(e.kind in _BY_ARMS for e in nominal[noun].entries)


def _is_named(trigger: Trigger, fillers: Fillers) -> bool:
    """ "The *Rally* of the Clans", "the *March* 23 Movement": a word of a name tells of no event; nor does what a body
    is said to be, "the Falcon Force, *an operation* of the council"."""
    if trigger.verbal:
        return False
    if trigger.head.dep_ == "appos" and (body := fillers.actor(trigger.head.head)) is not None and body.form == "name":
        return True
    if trigger.head.pos_ != "PROPN":
        return False
    return any(m.form == "name" and m.kind == "actor" for m in fillers.actors.get(trigger.head.i, ()))


def _lasts(trigger: Trigger) -> bool:
    """ "The zone that Turkey *occupies*", "has *occupied* the Heights since 1967": a state of things, and no deed."""
    verb = trigger.head
    if not trigger.verbal or verb.lemma_ not in lasting_verbs():
        return False
    return verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ == "VBG" and verb.dep_ == "acl") or lasts_on(verb)


def _made_harmless(triggers: Sequence[Trigger], fillers: Fillers) -> set[int]:
    """The arms that are found, seized or defused, and so did not go off: "defused two *bombs* near the school"."""
    return {
        inner.i
        for trigger in triggers
        if trigger.verbal and any(e.kind == "weapons.disrupted" for e in trigger.entries)
        for token in arguments(trigger.head).get("P", ())
        if fillers.meets("weapon", token)
        for inner in token.subtree
    }


def _killing_by_itself(
    trigger: Trigger, carrier: Token | None, verbs: Mapping[int, Trigger], fillers: Fillers
) -> Trigger | None:
    """The verb that tells of people hurt where its noun alone says too little: "*a revolt* in Brak *killed* two"."""
    if carrier is None or trigger.verbal or not takes_lives(carrier) or not all(e.needs for e in trigger.entries):
        return None
    hurt = arguments(carrier).get("P", ())
    return verbs.get(carrier.i) if any(fillers.meets("people", t) for t in hurt) else None


def _frame(draft: Draft, fillers: Fillers, report: Report) -> Frame | None:
    for entry in draft.trigger.entries:
        if fits(entry, draft, fillers):
            return _filled(entry, draft, fillers, report)
    return None


def _filled(entry: Entry, draft: Draft, fillers: Fillers, report: Report) -> Frame | None:
    own = sharpened_by_means(entry.kind, draft, fillers)
    bombers = any(is_one_bomber(t, fillers) for t in draft.functions.get("A", ()))
    meant = own if bombers else kind_by_means(own, draft.carrier or draft.trigger.head)
    sharpened = promised_or_threatened(meant, draft.trigger, draft.functions)
    head = draft.trigger.head
    attempted = only_attempted(sharpened, head)
    kind = table_of(head).kinds[attempted]
    roles: dict[str, tuple[Mention, ...]] = {}
    for role in ("actor", "target"):
        found = role_actors(entry.args.get(role, ()), draft.functions, fillers, role, fires=kind.violent)
        if role == "actor" and kind.plover_type in _NOT_BY_MEDIA:
            found = tuple(m for m in found if fillers.type_of(m) != "media")  # "state radio *announced the arrest*"
        if found:
            roles[role] = found
    things = _things(entry, draft, fillers, report) if kind.violent or "object" in kind.roles else ()
    if "target" not in roles and kind.id in _AT_CROWDS:
        crowd = role_actors(("crowd",), draft.functions, fillers, "target")
        roles |= {"target": crowd} if crowd else {}
    if "target" not in roles and kind.id in BY_MEANS and (owners := struck_owners(head, draft.carrier, fillers)):
        roles["target"] = owners  # "shells fell on an *army* base"
    suffered = () if kind.id.startswith("retreat.") else role_actors(("outcome",), draft.functions, fillers, "target")
    if suffered and not (kind.two_sided and ("target" in roles or len(roles.get("actor", ())) > 1)):
        roles["target"] = with_those_hurt(roles.get("target", ()), suffered, fillers)
    if draft.tolls and (kept := without_holders(roles.get("target", ()), fillers)) is not None:
        roles["target"] = kept
    directed = entry.political and (
        "target" in roles or ("infinitive" in draft.functions and len(roles.get("actor", ())) < 2)
    )
    roles = roles if kind.two_sided else without_own_dead(roles, fillers)
    roles = (
        both_as_sides(roles)
        if kind.two_sided and not directed
        else without_overlap(roles, "actor" if draft.trigger.verbal or is_own_deed(draft) else "target")
    )
    left = kind.id == "retreat.withdraw"  # whom they had taken the place from is none of their leaving it
    if draft.trigger.verbal and "target" not in roles and "actor" in roles and is_political(kind) and not left:
        below = party_below(head, fillers, roles["actor"])
        roles = {**roles, "target": below} if below else roles
    if kind.id == "accuse" and not roles.keys() & {"actor", "target", "object"}:
        return None  # "the bombing of the embassy *was blamed* on them": the bombing's row says who is blamed
    reading = read_factuality(head, draft.carrier, draft.trigger.tokens)
    if reading.negated and draft.carrier is not None and speaks(draft.carrier):
        reading = read_factuality(head, None, draft.trigger.tokens)  # "*nobody* claimed responsibility for the attack"
    if reading.negated and draft.carrier is not None and draft.carrier.lemma_ == "claim" and head.dep_ == "nsubjpass":
        reading = read_factuality(head, None, draft.trigger.tokens)  # "the attack has *not been claimed* by anybody"
        roles.pop("actor", None)
    if reading.negated and not draft.trigger.verbal and draft.carrier is not None and takes_lives(draft.carrier):
        reading = replace(reading, negated=False)  # "*no one* was killed when a rocket hit the port": it was hit
    if reading.modality == "possible" and draft.tolls and not draft.trigger.verbal and _is_only_suspected(head):
        reading = replace(reading, modality="actual")  # "*a suspected* air strike killed two": they are dead
    if reading.vain and attempted != sharpened:
        reading = replace(reading, negated=False)  # "tried in vain to take the port": it was attacked
    if reading.modality == "actual" and not kind.violent and _is_only_tried(draft.carrier or head):
        reading = replace(reading, modality="planned")  # "are *trying to* broker a truce"
    if entry.denied and not reading.negated:
        return None
    if entry.denied and kind.id == "retreat.withdraw":
        reading = replace(reading, negated=False)  # "will *not stay* in the town": they will leave it
    if reading.negated and (kind.id == "movement" or (reading.modality == "possible" and not draft.trigger.verbal)):
        return None  # "had *not been able to enter* the base", "to prevent *any possible violence*"
    if kind.id == "consult.meet" and reading.modality == "planned" and is_errand_of_visit(head):
        return None
    if kind.id.split(".")[0] in _CONCESSIONS and reading.modality == "conditional" and is_condition(head):
        return None  # "*if* the government *cooperates*, the troops will leave": on what terms, and no move yet
    given = [t for f in entry.args.get("place", ()) for t in draft.functions.get(f, ())]
    fired_into = [t for t in given if kind.violent and (p := fillers.place(t)) is not None and is_wide(p)]
    if kind.violent:  # "abducted from *villages in Shan State*, outside Lashio": the finer place is told apart
        given = [t for t in given if (p := fillers.place(t)) is None or not is_wide(p)]
    bound_for = _destinations(entry, draft, fillers)
    leaving = kind.id == "retreat.withdraw"
    place, inferred = place_of(draft.carrier or head, fillers, given, bound_for, own=leaving)
    if draft.carrier is not None and (place is None or inferred):
        nearer, nearer_inferred = place_of(head, fillers, given, bound_for)
        place, inferred = (nearer, nearer_inferred) if nearer is not None and not nearer_inferred else (place, inferred)
    if fired_into and (place is None or inferred):  # "militants in Gaza fired rockets *into Israel*"
        place, inferred = fillers.place(fired_into[0]), False
    if inferred and place is not None and place in bound_for:
        place = None  # "fled to the capital" says where they went, not what they left
    if inferred and place is not None and not kind.violent and is_set_apart(place, head, fillers):
        place = None
    if place is not None and not given and is_of_content(kind.id, place, draft.carrier or head, fillers):
        place = None
    if place is not None and not given and is_elsewhere(kind.id, place, head, roles.get("actor", ()), fillers):
        place = None
    if inferred and is_of_unknown_ground(kind.id, draft, fillers):
        place = None  # "bombed *Heiban* while troops attacked Kauda": it was not at Kauda
    reach = fillers.passage.span(phrase(head))  # "a planned offensive *against Raqqa* has been postponed"
    where = place is not None and (not inferred or reach.contains(place.span))
    told_of = draft.trigger.verbal or draft.tolls or entry.denied or where or things or {"actor", "target"} & set(roles)
    if not told_of and is_nobodys(head, kind, reading):
        return None
    if place is not None:
        roles["place"] = (place,) if inferred else (place, *_other_ground(kind.id, given, place, fillers))
    if things:
        roles["object"] = things
    when = no_later(head, time_of(draft.carrier or head, fillers, report, reading, head), fillers)
    dated = when.basis != "published" and when.known
    told = entry.denied or says_something(roles, draft, fillers, inferred)
    somewhere = "place" in roles and (kind.id == "aid" or not is_political(kind))
    on_its_day = dated and draft.trigger.verbal and (entry.needs or somewhere)  # "food *was delivered* to it on Monday"
    if not told and not on_its_day:
        return None
    trigger = fillers.passage.span(draft.trigger.tokens)
    fill = (m for role, mentions in roles.items() if role != "place" or not inferred for m in mentions)
    evidence = evidence_of(draft.trigger, draft.carrier, draft.tolls, fill, fillers.passage)
    arms = tuple(m for m in fillers.mentions if m.kind == "weapon" and evidence.contains(m.span))
    if arms and kind.violent:
        roles["instrument"] = arms
    return Frame(
        id=finding_id(report, f"event:{kind.id}", trigger),
        kind=kind.id,
        mode=kind.plover_mode,
        values={
            **_values(entry, kind.id, draft.trigger.tokens, given, place, fillers),
            **told_with(kind.id, roles, evidence, fillers),
            **({STANDING: "yes"} if _stands(kind.id, draft, when, placed=where) else {}),
        },
        trigger=trigger,
        evidence=evidence,
        roles=roles,
        tolls=draft.tolls,
        inferred=frozenset(_inferred(kind.id, draft, roles, place_inferred=inferred and place is not None)),
        when=when,
        negated=reading.negated,
        modality=reading.modality,
        hedged=reading.hedged,
        background=is_background(head, draft.carrier),
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
_CONCESSIONS = frozenset({"agree", "concede", "consult", "cooperate", "support"})
_NOT_BY_MEDIA = frozenset({"ASSAULT", "COERCE", "RETREAT"})


_BEGINNING = frozenset({"begin", "start"})


def _is_only_suspected(deed: Token) -> bool:
    return deed.dep_ == "nsubj" and takes_lives(deed.head) and any(c.lower_ == "suspected" for c in deed.children)


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


def _destinations(entry: Entry, draft: Draft, fillers: Fillers) -> list[Mention | None]:
    functions = entry.args.get("destination", ()) if entry.kind.startswith("retreat.") else ()
    return [fillers.place(t) for f in functions if f != "P" for t in draft.functions.get(f, ())]


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


def _is_only_tried(verb: Token) -> bool:
    """Who tries to come to terms or to get away has yet to, unlike who tries to storm a town."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in deed_words().trying and verb.pos_ == "VERB"


def _weight(draft: Draft, roles: Mapping[str, tuple[Mention, ...]], reading: Reading) -> float:
    """How much is said: the more, the better a telling of its happening. No likelihood (see `scores`)."""
    weight = 0.5 + 0.15 * sum(bool(roles.get(r)) for r in ("actor", "target", "place"))
    return round(min(0.95, weight - (0.1 if reading.hedged else 0.0) - (0.0 if draft.trigger.verbal else 0.05)), 2)
