"""Events, relations and states of control, each tied to the attribution whose content it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from khaldun.annotate import control, events, relations
from khaldun.annotate.fillers import fillers_of
from khaldun.annotate.sentences import Parse
from khaldun.model import Attribution, Entity, Frame, Mention, Span, hull


def find_frames(
    parse: Parse, mentions: Sequence[Mention], entities: Sequence[Entity], attributions: Sequence[Attribution]
) -> tuple[Frame, ...]:
    """The frames in text order: first those that the words state, then those that follow from them."""
    types = {entity.id: entity.type for entity in entities}
    found: list[Frame] = []
    for passage in parse.passages:
        fillers = fillers_of(passage, mentions, entities, parse.report.text)
        for sentence in passage.doc.sents:
            happened = tuple(events.find_events(sentence, fillers, parse.report))
            found += happened
            found += relations.find_relations(sentence, fillers, parse.report)
            found += control.find_control(sentence, fillers, parse.report)
            found += relations.from_events(happened, types, parse.report)
            found += control.from_events(happened, types, parse.report)
    voices = _Voices(attributions)
    return tuple(sorted(_unique(map(voices.attach, found)), key=lambda f: (f.trigger.start, f.kind, f.id)))


def _unique(frames: Iterator[Frame]) -> Iterator[Frame]:
    seen: set[str] = set()
    for frame in frames:
        if frame.id not in seen:
            seen.add(frame.id)
            yield frame


class _Voices:
    """Finds the attribution that a frame stands in, and the marks of hedging and distance on its words."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        marks = ("hedge", "distance")
        self._speaking = [a for a in attributions if not a.made_by.startswith(marks)]
        self._hedges = [a for a in attributions if a.made_by.startswith("hedge")]
        self._distances = [a for a in attributions if a.made_by.startswith("distance")]

    def attach(self, frame: Frame) -> Frame:
        """The frame with its attribution, and `hedged` and `distanced` where its trigger is so marked."""
        around = [a for a in self._speaking if _holds(a, frame.trigger)]
        innermost = min(around, key=lambda a: sum(map(len, a.content)), default=None)
        evidence = frame.evidence
        if innermost is not None:
            evidence = _within(evidence, frame.trigger, innermost)
        return replace(
            frame,
            attribution=innermost.id if innermost else None,
            evidence=evidence,
            hedged=frame.hedged or any(_holds(a, frame.trigger) for a in self._hedges),
            distanced=frame.distanced or any(_holds(a, frame.trigger) for a in self._distances),
        )


def _holds(attribution: Attribution, trigger: Span) -> bool:
    return any(piece.contains(trigger) for piece in attribution.content)


def _within(evidence: Span, trigger: Span, attribution: Attribution) -> Span:
    """The evidence without the words of the cue: the part of it that lies in the content piece of the trigger."""
    piece = next(p for p in attribution.content if p.contains(trigger))
    start, end = max(evidence.start, piece.start), min(evidence.end, piece.end)
    return hull([trigger, Span(start, end)]) if start < end else trigger
