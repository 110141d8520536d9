"""Deeds told without a doer, whom the report has named elsewhere. Who is so found is inferred, as the record says.

* A definite noun takes up a deed told before: "Gunmen raided Kafra. *The raid* lasted two hours."
* What befell people in its course: "Gunmen raided Kafra … and *20 children were abducted*."
* What a side wards off comes from its only enemy in the report: "they fought off *a counterattack*".
* "Turkish jets bombed a camp near Zakho. Nine people were killed *in raids* on a village nearby.": a report that
  names one side as striking from the air, and no other, tells of its raids also where it does not say so.

A deed of another time or of another place is left as it is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from khaldun.annotate.grammar.questions import is_definite
from khaldun.annotate.grammar.triggers import verb_key
from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.scenes.opponents import Opponents
from khaldun.annotate.scenes.where import grain
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.knowledge import load_data, word_list
from khaldun.model import Attribution, Entity, Frame, Mention, When

_FROM_AIR = "assault.aerial"
_GENERAL = frozenset({"assault.attack", "assault.explosives"})
_RAIDED = frozenset({_FROM_AIR, "assault.attack"})
_OUTCOME = "assault.killing"
_LOSS = "control.loss"
_ON_A_RAID = frozenset({"assault.abduct", "loot", "assault.sexual"})
_APART = timedelta(days=7)
_DAY = timedelta(days=1)
_WINDOW = 8  # sentences that a definite noun reaches back
_COUNTRY = 3
_STEM = 4  # letters that "shelling" and "shelled" share


def with_doers(
    frames: Sequence[Frame], parse: Parse, entities: Mapping[str, Entity], attributions: Sequence[Attribution]
) -> tuple[Frame, ...]:
    """The frames in text order; deeds told without an actor have the one whom the report tells."""
    if all(_has_doer(f) for f in frames):
        return tuple(frames)
    starts = [passage.span(sentence).start for passage, sentence in parse.sentences()]
    story = _Story(parse, starts, Opponents(frames, entities), {a.id: a for a in attributions})
    told: list[Frame] = []
    for frame in frames:
        told.append(frame if _has_doer(frame) else _with_doer(frame, told, story))
    return _flown(told, story)


def _has_doer(frame: Frame) -> bool:
    if frame.modality != "actual" or frame.negated:
        return True
    if frame.kind == _LOSS:
        return bool(frame.roles.get("target"))
    return bool(frame.roles.get("actor")) or not frame.kind.startswith(("assault.", "loot", "siege"))


@dataclass(frozen=True)
class _Story:
    """What the rules ask of a report."""

    parse: Parse
    starts: Sequence[int]
    """Where its sentences begin."""
    opponents: Opponents
    attributions: Mapping[str, Attribution]

    def sentence(self, frame: Frame) -> int:
        """The number of the sentence that holds the trigger."""
        return bisect_right(self.starts, frame.trigger.start)

    def noun(self, frame: Frame) -> Token | None:
        """The noun that tells the deed; None where a verb does."""
        root = self.root(frame)
        told = root is not None and (root.pos_ in ("NOUN", "PROPN") or any(c.dep_ == "det" for c in root.lefts))
        return root if told else None

    def stance(self, frame: Frame) -> str | None:
        """How the frame is said: "assert", "accuse" …"""
        said = self.attributions.get(frame.attribution or "")
        return said.stance if said is not None else None

    def speaker(self, frame: Frame) -> str | None:
        """The entity that says it."""
        said = self.attributions.get(frame.attribution or "")
        return said.speaker if said is not None else None

    def root(self, frame: Frame) -> Token | None:
        passage = self.parse.passage_at(frame.trigger)
        tokens = passage.tokens(frame.trigger) if passage is not None else None
        return tokens.root if tokens is not None else None


def _with_doer(frame: Frame, told: Sequence[Frame], story: _Story) -> Frame:
    if frame.kind == _LOSS:
        return _lost_to(frame, told, story)
    if (warded := _warded_off(frame, told, story)) is not None:
        return warded
    if _is_of_enemy(frame, story) and (enemy := story.opponents.of(_ours(frame, told, story))):
        return _done_by(frame, enemy, frame.kind, frame.mode)
    first = _taken_up(frame, told, story) or _in_its_course(frame, told, story)
    if first is None:
        return frame
    kind = first.kind if frame.kind in _GENERAL and first.kind.startswith("assault.") else frame.kind
    return _done_by(frame, first.roles["actor"], kind, first.mode if kind == first.kind else frame.mode)


def _done_by(frame: Frame, doers: tuple[Mention, ...], kind: str, mode: str | None) -> Frame:
    suffering = {m.entity for m in frame.roles.get("target", ())}
    if any(m.entity in suffering for m in doers):
        return frame
    roles = {**frame.roles, "actor": doers}
    return replace(frame, kind=kind, mode=mode, roles=roles, inferred=frame.inferred | {"actor"})


# ------------------------------------------------------------------------------------------------ told before


@cache
def _anaphors() -> Mapping[str, tuple[str, ...]]:
    """The nouns that can take up what was told, with the kinds that they may stand for."""
    data: Mapping[str, Any] = load_data("rules/event_identity.yaml")
    return {a["noun"].split()[-1]: tuple(a["kinds"]) for a in data["anaphors"] if "with" not in a}


def _taken_up(frame: Frame, told: Sequence[Frame], story: _Story) -> Frame | None:
    """What "the attack" tells of: a deed of one doer told before, by the same word or else as the noun may."""
    noun = story.noun(frame)
    kinds = _anaphors().get(noun.lemma_.lower()) if noun is not None else None
    if noun is None or kinds is None or not _takes_up(noun) or _is_avenged(noun):
        return None
    here = story.sentence(frame)
    fitting = [f for f in told if f.kind.startswith(kinds) and 1 <= here - story.sentence(f) <= _WINDOW]
    fitting = [f for f in fitting if not _is_other(frame, f) and (f.kind != _OUTCOME or f.roles.get("actor"))]
    stem = noun.lemma_.lower()[:_STEM]
    text = story.parse.report.text
    pool = (
        [f for f in fitting if stem in f.trigger.of(text).lower()]
        or [f for f in fitting if f.kind == frame.kind]
        or fitting
    )
    near = [f for f in pool if here - story.sentence(f) <= 1 and not _is_old(f, story)]
    for chosen in (pool, near):
        if chosen and all(_is_told_plainly(f, story) for f in chosen) and len({_doers(f) for f in chosen}) == 1:
            return chosen[-1]
    return None


def _takes_up(noun: Token) -> bool:
    """ "*The* raid", "*these* attacks"; not "the first attack", "the deadliest attack", "the killing of a mayor"."""
    if not is_definite(noun):
        return False
    if any(c.tag_ in ("JJS", "JJR") or c.lower_ in _another() for c in noun.lefts):
        return False
    return noun.lemma_ == "siege" or all(c.lower_ != "of" for c in noun.rights)


def _is_avenged(noun: Token) -> bool:
    """ "Bombed the camp in retaliation *for the attack*": by those who are bombed now."""
    over = noun.head.head if noun.dep_ == "pobj" else noun.head
    return over.lemma_.lower() in word_list("lexicons/en/deeds.yaml", "avenging")


@cache
def _another() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "another")


def _doers(frame: Frame) -> frozenset[str]:
    return frozenset(m.entity or m.id for m in frame.roles.get("actor", ()))


def _is_told_plainly(frame: Frame, story: _Story) -> bool:
    """True where the doer is named and not only blamed or guessed at."""
    blamed = story.stance(frame) == "accuse"
    return bool(frame.roles.get("actor")) and not (frame.hedged or frame.distanced or blamed)


def _is_other(frame: Frame, first: Frame) -> bool:
    """True for a deed of another place or another time."""
    here, there = _places(frame), _places(first)
    return bool(here and there and not here & there) or _is_of_another_time(frame.when, first.when, _DAY)


def _places(frame: Frame) -> frozenset[str | None]:
    """The places finer than a province that the words give."""
    named = frame.roles.get("place", ()) if "place" not in frame.inferred else ()
    return frozenset(m.entity for m in named if grain(m) < _COUNTRY)


def _is_old(frame: Frame, story: _Story) -> bool:
    """True for what is told as long past: no story goes on with "the attack" of last year."""
    news = story.parse.report.published.latest
    return news is not None and frame.when.latest is not None and frame.when.latest + _OLD < news


_OLD = timedelta(days=30)


def _in_its_course(frame: Frame, told: Sequence[Frame], story: _Story) -> Frame | None:
    """ "Gunmen raided Kafra. *20 children were abducted*.": by those who raided it."""
    if frame.kind not in _ON_A_RAID or any(f.kind == frame.kind and not f.roles.get("actor") for f in told):
        return None
    here, places = story.sentence(frame), _places(frame)
    near = [f for f in told if f.kind.startswith("assault.") and f.kind not in _FROM_AFAR and places <= _places(f)]
    near = [f for f in near if here - story.sentence(f) <= 1]
    if not near or not all(_is_told_plainly(f, story) and not _is_other(frame, f) for f in near):
        return None
    return near[-1] if len({_doers(f) for f in near}) == 1 and near[-1].kind != "assault.clash" else None


_FROM_AFAR = frozenset({"assault.aerial", "assault.drone", "assault.shelling"})


# ------------------------------------------------------------------------------------------------ warded off


@cache
def _warding() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "warding")


def _warded_off(frame: Frame, told: Sequence[Frame], story: _Story) -> Frame | None:
    """What a side "fought off", or says that it was fought off, with its only enemy as the doer."""
    if not _is_warded_off(frame, story):
        return None
    own = [m.entity for m in frame.roles.get("target", ())]
    if not own:
        before = [f for f in told if _is_warded_off(f, story)]
        if before and story.sentence(frame) - story.sentence(before[-1]) <= 1 and before[-1].roles.get("actor"):
            return _done_by(frame, before[-1].roles["actor"], frame.kind, frame.mode)
        own = [story.speaker(frame)]
    enemy = story.opponents.of(own)
    return _done_by(frame, enemy, frame.kind, frame.mode) if enemy else None


def _lost_to(frame: Frame, told: Sequence[Frame], story: _Story) -> Frame:
    """ "Two months after *losing* the town": to whoever is told to have taken it, or else to its only enemy."""
    losers = [m.entity for m in frame.roles.get("actor", ())]
    where = {m.entity for m in frame.roles.get("place", ())}
    taking = [f for f in told if f.kind == "control.gain" and where & {m.entity for m in f.roles.get("place", ())}]
    takers = [f.roles["actor"] for f in taking if f.roles.get("actor") and f.roles["actor"][0].entity not in losers]
    enemy = takers[-1] if takers else story.opponents.of(losers)
    roles = {**frame.roles, "target": enemy}
    return replace(frame, roles=roles, inferred=frame.inferred | {"target"}) if enemy else frame


def _is_of_enemy(frame: Frame, story: _Story) -> bool:
    """ "*The enemy* shelled the suburbs"."""
    root = story.root(frame)
    return root is not None and any(c.dep_ == "nsubj" and c.lemma_.lower() == "enemy" for c in root.lefts)


def _ours(frame: Frame, told: Sequence[Frame], story: _Story) -> list[str | None]:
    """Whose enemy it is: the party that speaks, else the one that did what was told last."""
    speaker = story.speaker(frame)
    if story.opponents.is_party(speaker):
        return [speaker]
    here = story.sentence(frame)
    near = [f for f in told if here - story.sentence(f) <= 1 and f.roles.get("actor") and "actor" not in f.inferred]
    return [m.entity for m in near[-1].roles["actor"]] if near else []


def _is_warded_off(frame: Frame, story: _Story) -> bool:
    noun = story.noun(frame)
    while noun is not None and noun.dep_ == "conj":
        noun = noun.head
    if noun is None or noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    return bool({noun.head.lemma_, verb_key(noun.head)} & _warding())


# ------------------------------------------------------------------------------------------------ from the air


@cache
def _raids() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "flown")


def _flown(frames: Sequence[Frame], story: _Story) -> tuple[Frame, ...]:
    """The frames; raids told without an actor have the only one whom the report tells to fly any."""
    flown = [f for f in frames if f.kind == _FROM_AIR and f.modality == "actual" and not f.negated]
    named = {m.entity for f in flown for m in f.roles.get("actor", ())}
    first = next((f for f in flown if len(f.roles.get("actor", ())) == 1), None)
    if first is None or len(named) != 1:
        return tuple(frames)
    flyer = first.roles["actor"]
    return tuple(_done_by(f, flyer, _FROM_AIR, first.mode) if _is_one_more(f, first, story) else f for f in frames)


def _is_one_more(frame: Frame, first: Frame, story: _Story) -> bool:
    """True for a raid told later, without an actor and of no other time."""
    if frame.kind not in _RAIDED or frame.roles.get("actor") or frame.trigger.start <= first.trigger.start:
        return False
    if frame.background or frame.modality != "actual" or _is_of_another_time(frame.when, first.when, _APART):
        return False
    noun = story.noun(frame)
    return noun is not None and (frame.kind == _FROM_AIR or noun.lemma_.lower() in _raids())


def _is_of_another_time(when: When, other: When, apart: timedelta) -> bool:
    if when.basis not in ("stated", "relative"):
        return False
    if when.latest is not None and other.earliest is not None and when.latest + apart < other.earliest:
        return True
    return when.earliest is not None and other.latest is not None and when.earliest - apart > other.latest
