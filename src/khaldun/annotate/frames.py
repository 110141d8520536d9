"""Events, relations and states of control, each tied to the attribution whose content it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from khaldun.annotate.control import find as control
from khaldun.annotate.control import states as control_states
from khaldun.annotate.control.foes import with_foes
from khaldun.annotate.control.settled import with_last_word
from khaldun.annotate.events import find as events
from khaldun.annotate.events.filling import STANDING
from khaldun.annotate.events.toll_notes import settle_tolls
from khaldun.annotate.learned.anchored import propose_events
from khaldun.annotate.learned.reader import Reading
from khaldun.annotate.meet.events import put_together
from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.roles.fillers import cast_of, fillers_of
from khaldun.annotate.sayings.saying import WEAKEST_CLAIM
from khaldun.annotate.scenes.both_sides import with_both_sides
from khaldun.annotate.scenes.dateline_place import home_of, set_here
from khaldun.annotate.scenes.fought_out import with_fought_out
from khaldun.annotate.scenes.history import with_history
from khaldun.annotate.scenes.near_it import set_near
from khaldun.annotate.scenes.sideless import with_sides
from khaldun.annotate.scenes.thread import Thread, follow, go_on
from khaldun.annotate.scenes.untold import with_doers
from khaldun.annotate.ties import find as relations
from khaldun.annotate.ties.fights import between_bodies
from khaldun.annotate.times.beginnings import after_what_led
from khaldun.annotate.voices.glosses import Gloss, glosses
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import ActorType, Attribution, Entity, Frame, Mention, Span, When, hull
from khaldun.ontology import Kinds

# Parties that announce a change of control as their own deed when they name no one else.
_PARTIES = {"armed_group", "state_force", "government", "state"}
_WANTING = frozenset({"threaten", "call", "question"})
_DENIABLE = frozenset(("assert", "accuse"))
_BOASTED = frozenset({"assault.offensive", "assault.attack", "assault.killing", "assault.explosives"})
_MARKS = frozenset('"“”«»„')


@cache
def _avowing() -> frozenset[str]:
    return word_list("lexicons/en/carriers.yaml", "avowing")


@cache
def _boasting() -> frozenset[str]:
    return word_list("lexicons/en/carriers.yaml", "boasting")


def find_frames(
    parse: Parse,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    attributions: Sequence[Attribution],
    kinds: Kinds,
    reading: Reading | None = None,
) -> tuple[Frame, ...]:
    """The frames in text order: first those that the words state, then those that follow from them."""
    types = {entity.id: entity.type for entity in entities}
    voices = Voices(attributions, types, mentions, parse.report.text)
    sources = [s for a in attributions for s in a.source]
    written = (m.span for m in mentions if m.kind == "time" and m.span.within_any(sources))
    said_at = frozenset({*written, *(a.when.span for a in attributions if a.when.span is not None)})
    proposed = propose_events(reading) if reading is not None else ()
    found: list[Frame] = []
    thread, home = Thread(), home_of(parse.report, mentions)
    cast = cast_of(mentions, entities, parse.report.text, said_at)
    for passage in parse.passages:
        of_passage = fillers_of(passage, cast)
        thread = thread.next_paragraph()
        of_events: list[Frame] = []
        for sentence in passage.doc.sents:
            fillers = of_passage.within(passage.span(sentence))
            stated = events.find_events(sentence, fillers, parse.report)
            told = tuple(put_together(stated, proposed, sentence, fillers, parse.report))
            told = set_near(go_on(set_here(told, home, fillers), thread, fillers), fillers)
            thread = follow(told, thread, fillers)
            added = glosses(sentence, passage)
            later = [g for g in added if g.kind != "aside"]
            here = passage.span(sentence)
            happened = tuple(_marked_as_inferred(voices.attach(frame, later), here) for frame in told)
            of_events += (frame for frame in happened if STANDING not in frame.values)
            states = (
                *relations.find_relations(sentence, fillers, parse.report),
                *set_near(tuple(control.find_control(sentence, fillers, parse.report)), fillers),
            )
            found += (voices.attach(frame, added) for frame in after_what_led(states, happened))
            follow_on = (
                *relations.from_events(happened, types, fillers.mentions, parse.report, kinds),
                *control_states.from_events(happened, types, parse.report),
            )
            found += (voices.attach(frame, later) for frame in follow_on)
        settled = settle_tolls(of_events, of_passage, parse.report)
        found += (*settled[: len(of_events)], *map(voices.attach, settled[len(of_events) :]))
    ordered = sorted(_unique(iter(found)), key=lambda f: (f.trigger.start, f.kind, f.id))
    ordered = _without_unclaimed(ordered, attributions, parse.report.text)
    by_id = {e.id: e for e in entities}
    done = with_foes(with_doers(ordered, parse, by_id, attributions), by_id)
    done = with_last_word(done, parse, by_id)
    done = with_fought_out(with_both_sides(done, parse, types), parse, types)
    done = with_sides(done, parse, by_id)
    return with_history(between_bodies(done, mentions, entities), parse, attributions, kinds)


def _marked_as_inferred(frame: Frame, sentence: Span) -> Frame:
    """The frame; that its actor is named in another sentence only is said."""
    elsewhere = any(not sentence.contains(m.span) for m in frame.roles.get("actor", ()))
    return replace(frame, inferred=frame.inferred | {"actor"}) if elsewhere else frame


def _unique(frames: Iterator[Frame]) -> Iterator[Frame]:
    seen: set[str] = set()
    for frame in frames:
        if frame.id not in seen:
            seen.add(frame.id)
            yield frame


class Voices:
    """Finds the attribution that a frame stands in, and the marks of hedging and distance on its words."""

    def __init__(
        self,
        attributions: Sequence[Attribution],
        types: Mapping[str, ActorType | None],
        mentions: Sequence[Mention],
        text: str,
    ) -> None:
        self._text = text
        self._types = types
        self._mentions = [m for m in mentions if m.kind == "actor"]
        marks = ("hedge", "distance")
        # what only the layer found at a cue that no lexicon knows is a thought or a deed, not a voice
        unheard = [
            a
            for a in attributions
            if a.made_by == "learned" and (a.weight < WEAKEST_CLAIM or not (a.source or a.speaker))
        ]
        silent = [a for a in attributions if a.speaker is None and _is_of_nobody(a, text)]
        self._speaking = [
            a for a in attributions if not a.made_by.startswith(marks) and a not in unheard and a not in silent
        ]
        self._hedges = [a for a in attributions if a.made_by.startswith("hedge")]
        self._distances = [a for a in attributions if a.made_by.startswith("distance")]

    def attach(self, frame: Frame, added: Sequence[Gloss] = ()) -> Frame:
        """The frame with its attribution, and `hedged` and `distanced` where its trigger is so marked.

        What the reporter `added` to somebody's words is nobody's but his own, unless it is quoted.
        """
        holding = (a for a in self._speaking if _holds(a, frame.trigger))
        around = [a for a in holding if not self._is_added(a, frame, added) and not _is_study_of(a, frame, added)]
        heard = [a for a in around if a.polarity == "positive"] or around
        innermost = _denied(min(heard, key=lambda a: sum(map(len, a.content)), default=None), around)
        evidence = frame.evidence
        if innermost is not None:
            evidence = _within(evidence, frame.trigger, innermost)
            frame = _until_said(self._with_inferred_actor(frame, innermost), innermost.when)
        if "actor" in frame.inferred and not frame.roles.get("actor"):
            frame = replace(frame, inferred=frame.inferred - {"actor"})
        taken = any(g.kind in {"taken", "asked"} and g.span.contains(frame.trigger) for g in added)
        hedged = frame.hedged or (not taken and any(_holds(a, frame.trigger) for a in self._hedges))
        distanced = frame.distanced or any(_holds(a, frame.trigger) for a in self._distances)
        attribution = innermost.id if innermost is not None else None
        if attribution is frame.attribution is None and (hedged, distanced) == (frame.hedged, frame.distanced):
            return frame  # the reporter's own words, as most are
        return replace(frame, attribution=attribution, evidence=evidence, hedged=hedged, distanced=distanced)

    def _is_added(self, attribution: Attribution, frame: Frame, added: Iterable[Gloss]) -> bool:
        glossed = any(
            gloss.span.contains(frame.trigger) and _is_beside(piece, gloss, frame.trigger, attribution)
            for gloss in added
            if gloss.kind != "studied"
            if gloss.kind not in {"ground", "past"} or attribution.stance in _WANTING
            if gloss.kind != "asked" or _does_not_tell(attribution)
            for piece in attribution.content
        )
        return glossed and not any(_in_quotes(piece, self._text) for piece in attribution.content)

    def _with_inferred_actor(self, frame: Frame, attribution: Attribution) -> Frame:
        """A party that announces a change of control and names nobody means itself: "announced the capture of X"; so
        does one that boasts of blows: "tallying the operations carried out against the army"."""
        speaker = attribution.speaker
        kind = self._types.get(speaker or "")
        verb = attribution.made_by.removesuffix("+learned").rpartition(":")[2]
        # a body unknown to be armed may be
        told = kind in _PARTIES or (kind == "organisation" and verb in _avowing())
        struck = {m.entity for m in frame.roles.get("target", ())}
        boasts = verb in _boasting() and frame.kind in _BOASTED and struck and speaker not in struck
        if not told or not ("actor" in frame.inferred or (boasts and not frame.roles.get("actor"))):
            return frame
        own = [m for m in self._mentions if m.entity == speaker and m.form != "pronoun"]
        nearest = min(own, key=lambda m: abs(m.span.start - frame.trigger.start), default=None)
        if attribution.polarity == "negative":
            return frame  # "could neither confirm nor deny the capture of the town"
        if nearest is None or attribution.stance not in {"assert", "praise"}:
            return frame
        return replace(frame, roles={**frame.roles, "actor": (nearest,)}, inferred=frame.inferred | {"actor"})


def _until_said(frame: Frame, said: When) -> Frame:
    """ "On *Monday* the police said that two men had been killed": by that day, whenever it was published."""
    known = frame.when.latest
    if frame.modality != "actual" or frame.when.basis != "published" or said.latest is None or known is None:
        return frame
    return replace(frame, when=replace(frame.when, latest=said.latest)) if said.latest < known else frame


def _is_study_of(attribution: Attribution, frame: Frame, added: Iterable[Gloss]) -> bool:
    """ "Rejected *a report on the raid*": what is rejected is the report, and the raid is taken for known."""
    about = (g for g in added if g.kind == "studied" and g.span.contains(frame.trigger))
    return attribution.stance != "assert" and any(g.span.within_any(attribution.content) for g in about)


def _does_not_tell(attribution: Attribution) -> bool:
    """ "*Could not say* who fired", "*asked* why they fired": by whoever it is, it is not told."""
    asks = attribution.stance in {"question", "call"}
    return asks or attribution.polarity == "negative" or not attribution.determinate


def _is_beside(piece: Span, gloss: Gloss, trigger: Span, attribution: Attribution) -> bool:
    """Whether what was added reaches beyond somebody's words; a ground, if they threaten, is none of them: "vowed
    revenge *after jets bombed the port*"."""
    if gloss.kind == "ground" and attribution.stance == "threaten" and gloss.span.contains(piece):
        return not gloss.span.overlaps(hull(attribution.cue))
    if gloss.kind == "past":
        return gloss.span.contains(trigger) and not gloss.span.overlaps(hull(attribution.cue))
    return _reaches_past(piece, gloss) and (
        piece.contains(gloss.span) or (gloss.kind == "ground" and piece.contains(trigger))
    )


def _reaches_past(piece: Span, gloss: Gloss) -> bool:
    return piece.start < gloss.span.start or (gloss.kind == "asked" and piece.start == gloss.span.start)


def _is_of_nobody(attribution: Attribution, text: str) -> bool:
    """ "*No group* has claimed responsibility for the bombing": there was one, whoever did it."""
    if "responsib" not in hull(attribution.content).of(text).split(" for ")[0]:
        return False
    return any(s.of(text).lower().startswith(_NOBODY) for s in attribution.source)


_NOBODY = ("nobody", "no one", "no-one", "none", "no ", "neither", "not one")


def _without_unclaimed(frames: list[Frame], attributions: Sequence[Attribution], text: str) -> list[Frame]:
    """Without "the attack" that *nobody has claimed responsibility for*, where the report has told one: it is that."""
    unclaimed = [a for a in attributions if a.speaker is None and _is_of_nobody(a, text)]
    if not unclaimed:
        return frames
    deeds = [f for f in frames if f.kind.startswith(_DEEDS) and f.modality == "actual" and not f.negated]
    return [
        f
        for f in frames
        if f.kind not in _ANY_ATTACK
        or f.roles.keys() - f.inferred
        or not any(_holds(a, f.trigger) for a in unclaimed)
        or deeds[:1] in ([], [f])
    ]


_DEEDS = ("assault.", "execution", "loot", "mob")
_ANY_ATTACK = frozenset({"assault.attack", "assault.killing", "assault.explosives"})


def _denied(innermost: Attribution | None, around: Sequence[Attribution]) -> Attribution | None:
    """ "Denied *the army's claim* that it shelled the port": it is the denial that tells of the shelling."""
    if innermost is None or innermost.stance not in _DENIABLE or not innermost.made_by.startswith("noun:"):
        return innermost
    outer = next((a for a in around if a.id == innermost.parent), None)
    return outer if outer is not None and outer.stance == "deny" else innermost


def _holds(attribution: Attribution, trigger: Span) -> bool:
    return trigger.within_any(attribution.content)


def _in_quotes(piece: Span, text: str) -> bool:
    return any(mark in _MARKS for mark in text[max(0, piece.start - 1) : piece.start + 1])


def _within(evidence: Span, trigger: Span, attribution: Attribution) -> Span:
    """The evidence without the words of the cue: the part of it that lies in the content piece of the trigger."""
    piece = next(p for p in attribution.content if p.contains(trigger))
    start, end = max(evidence.start, piece.start), min(evidence.end, piece.end)
    return hull([trigger, Span(start, end)]) if start < end else trigger
