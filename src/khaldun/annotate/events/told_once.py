"""What two words of one sentence tell is told once: the mine stepped on, the saying whose content is the event."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from khaldun.annotate.events.one_deed import with_one_deed
from khaldun.annotate.grammar.questions import is_to_infinitive
from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.grammar.triggers import Trigger
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.model import Frame

_SEVERAL = 2


def told_once(told: Sequence[tuple[Trigger, Frame]]) -> list[tuple[Trigger, Frame]]:
    """Without what another word of the sentence tells already."""
    return with_one_deed(_without_echoes(_without_presenting(told)))


def _without_presenting(told: Sequence[tuple[Trigger, Frame]]) -> list[tuple[Trigger, Frame]]:
    """Without "the ministry *announced that* rebels had shelled the port": a claim, whose event is the shelling.

    What one announces of oneself ("announced that it would withdraw") is a move of one's own.
    """
    left_out: set[int] = set()
    for trigger, frame in told:
        clause = next((c for c in trigger.head.children if c.dep_ == "ccomp"), None)
        if frame.kind != "media.release" or clause is None:
            continue
        speakers = {m.entity or m.id for m in frame.roles.get("actor", ())}
        inner = [f for t, f in told if t.head == clause or clause.is_ancestor(t.head)]
        own = any(m.entity in speakers for f in inner for m in f.roles.get("actor", ()))
        if inner and not own:
            left_out.add(trigger.head.i)
    return [(t, f) for t, f in told if t.head.i not in left_out or f.kind != "media.release"]


def _without_echoes(told: Sequence[tuple[Trigger, Frame]]) -> list[tuple[Trigger, Frame]]:
    """Without what another word of the sentence tells already: "stepped on *a mine*", "were killed *when their bus hit*
    a mine"."""
    kinds = {(t.head.i, f.kind) for t, f in told if t.verbal}
    told = [(t, f) for t, f in told if not _is_set_off(t, f, told)]
    told = [(t, f) for t, f in told if not (_is_aim(t.head) and (t.head.head.i, f.kind) in kinds)]
    deeds = {t.head.i for t, f in told if t.verbal and f.kind.startswith("assault.")}
    told = [(t, f) for t, f in told if not (f.kind == "assault.clash" and _is_setting(t, f, deeds))]
    done = any(f.kind.startswith("assault.") and not f.negated for _, f in told)
    told = [(t, f) for t, f in told if not (done and _harms_nobody(f))]
    told = [(t, f) for t, f in told if not (f.kind == "assault.attack" and _only_opens(t, f, told))]
    told = _with_slogans(told)
    blasts = [(t, f) for t, f in told if f.kind == "assault.explosives"]
    if len(blasts) < _SEVERAL:
        return list(told)
    verbs = {t.head.i: t for t, _ in blasts if t.verbal}
    again = {
        noun.i
        for verb in verbs.values()
        for entry in verb.entries
        for function in entry.args.get("instrument", ())
        for noun in arguments(verb.head).get(function, ())
        if noun.lemma_.lower() in table().lists["explosive"]
    }
    again |= {i for i, t in verbs.items() if t.head.dep_ == "advcl" and t.head.head.i in verbs and t.head.head.i != i}
    return [(t, f) for t, f in told if t.head.i not in again or f.kind != "assault.explosives"]


def _is_set_off(noun: Trigger, frame: Frame, told: Sequence[tuple[Trigger, Frame]]) -> bool:
    """ "Two bombers detonated *an explosives-laden car* at the gate": what the verb of the blast set off."""
    if noun.verbal or frame.kind != "assault.explosives" or noun.head.dep_ != "dobj":
        return False
    return any(t.verbal and t.head is noun.head.head and f.kind in _BLASTS for t, f in told)


_BLASTS = frozenset({"assault.explosives", "assault.suicide"})


def _with_slogans(told: Sequence[tuple[Trigger, Frame]]) -> list[tuple[Trigger, Frame]]:
    """One protest where a participle tells how it went: "marched in Tunis, *chanting slogans* against the king"."""
    kept = list(told)
    for trigger, frame in told:
        how = trigger.head
        while how.dep_ == "conj" and how.tag_ == "VBG":
            how = how.head  # "carrying banners and *chanting slogans*"
        if frame.kind != "protest" or how.dep_ != "advcl" or how.tag_ != "VBG":
            continue
        for at, (first, march) in enumerate(kept):
            main = first.head if first.verbal else first.head.head
            if march.kind in _MARCHES and first is not trigger and main == how.head:
                target = frame.roles.get("target", ())
                if target and not march.roles.get("target"):
                    kept[at] = (first, replace(march, roles={**march.roles, "target": target}))
                kept.remove((trigger, frame))
                break
    return kept


_MARCHES = frozenset({"protest", "protest.strike"})


def _only_opens(noun: Trigger, frame: Frame, told: Sequence[tuple[Trigger, Frame]]) -> bool:
    """ "*In a separate attack*, a mine killed two near Brak": the clause that it opens tells what it was."""
    opening = noun.head.head
    if noun.verbal or frame.tolls or frame.roles.get("actor") or noun.head.dep_ != "pobj" or opening.lower_ != "in":
        return False
    clause = opening.head
    return noun.head.i < clause.i and any(
        f.kind.startswith("assault.") and t.head.i > noun.head.i and clause in (t.head, t.head.head) for t, f in told
    )


def _harms_nobody(frame: Frame) -> bool:
    """ "Jets bombed the camp but *no fighters were hurt*": a strike, and no second thing that was not."""
    return frame.kind == "assault.killing" and frame.negated and not frame.roles.keys() & {"actor", "target"}


def _is_setting(clash: Trigger, frame: Frame, deeds: Collection[int]) -> bool:
    """ "Soldiers shot dead four gunmen *in a gun battle*": the fight in which they did, which has no other sides."""
    noun = clash.head
    if clash.verbal or noun.dep_ != "pobj" or noun.head.lower_ not in {"in", "during"}:
        return False
    over = noun.head.head
    if over.dep_ in {"acomp", "oprd", "advmod", "dobj"}:
        over = over.head  # hung on "shot *dead*", on "shot dead four *gunmen*"
    return over.i in deeds and not frame.roles.keys() & {"actor", "target"}


def _is_aim(verb: Token) -> bool:
    """ "Used batons *to break up* a rally": what a deed of the same kind was for."""
    return verb.tag_ == "VB" and verb.dep_ in {"advcl", "xcomp"} and is_to_infinitive(verb)
