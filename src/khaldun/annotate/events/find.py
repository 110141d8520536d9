"""Event mentions: a trigger, its roles, its time and place, and how the words present it.

One happening told by several words of a sentence is one frame: an event noun takes over the verb that carries it
("launched an attack on", "clashes broke out"), the verb that says whom it reached ("the blast hit a convoy") and
the verb of killing beside it ("killed 13 in clashes").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from khaldun.annotate.control.keeping import lasting_verbs, lasts_on
from khaldun.annotate.events.by_place import each_place
from khaldun.annotate.events.drafts import Draft, draft_of
from khaldun.annotate.events.filling import filled
from khaldun.annotate.events.fit import fits
from khaldun.annotate.events.means import wrecks_besides
from khaldun.annotate.events.moves import within_moves
from khaldun.annotate.events.outcomes import (
    deaths_besides,
    deaths_in_the_fight,
    deaths_in_which,
    deaths_it_led_to,
    deaths_when,
    results_among,
    ruin_among,
)
from khaldun.annotate.events.told_once import told_once
from khaldun.annotate.events.toll_notes import without_parts
from khaldun.annotate.grammar.habits import HABIT, is_habit
from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.grammar.triggers import Trigger, matches
from khaldun.annotate.roles.carrier_words import speaks
from khaldun.annotate.roles.carriers import aims_of, carrier_of, is_means, is_modifier, is_siege_of_another, joined_noun
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.tolls import takes_lives
from khaldun.annotate.words import Token, Tokens
from khaldun.model import Frame, Report

_BY_ARMS = frozenset(f"assault.{means}" for means in ("aerial", "chemical", "drone", "firearms", "shelling"))


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
            return filled(entry, draft, fillers, report)
    return None
