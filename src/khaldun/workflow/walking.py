"""Every step for one sentence, without a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khaldun.annotate.kit import Kit
from khaldun.assess import control, load_rules, scene_of
from khaldun.errors import NotFound, UnreadableInput
from khaldun.export.steps import Steps
from khaldun.ingest import Unread, read
from khaldun.model import Annotation, Assessment, Claim, Entity, Judgement, Report
from khaldun.ontology import Kinds
from khaldun.resolve import resolve_entities
from khaldun.workflow.extraction import Reading, readings


@dataclass(frozen=True, slots=True)
class Memory:
    """A `View` of a few readings held in memory."""

    readings: tuple[Reading, ...]
    decided: tuple[Judgement, ...] = ()

    def reports(self) -> Iterator[Report]:
        return (reading.report for reading in self.readings)

    def annotation(self, report: str) -> Annotation:
        for reading in self.readings:
            if reading.report.id == report:
                return reading.annotation
        raise NotFound(f"no report '{report}'")

    def entities(self, report: str | None = None) -> Iterator[Entity]:
        return (entity for reading in self._of(report) for entity in reading.annotation.entities)

    def claims(self, report: str | None = None) -> Iterator[Claim]:
        return (claim for reading in self._of(report) for claim in reading.claims)

    def judgements(self) -> Iterator[Judgement]:
        return iter(self.decided)

    def _of(self, report: str | None) -> Iterator[Reading]:
        return (reading for reading in self.readings if report in (None, reading.report.id))


def walk(sentence: str, kit: Kit, *, published: str | None = None, outlet: str | None = None) -> Steps:
    """Reads one sentence as if it were a whole report, keeping what every step found.

    Raises UnreadableInput where it is no text.
    """
    raw = sentence.encode("utf-8", "surrogatepass")
    report = read(raw, input_id="sentence", media_type="text/plain; charset=utf-8", outlet=outlet, published=published)
    reading = next(readings([report], kit))
    if isinstance(reading, Unread):
        raise UnreadableInput(reading.error)
    judgements = tuple(resolve_entities(Memory((reading,))))
    return Steps(
        reading.annotation, reading.claims, judgements, _assessed(Memory((reading,), judgements), reading.kinds)
    )


def _assessed(view: Memory, known: Kinds) -> tuple[Assessment, ...]:
    """Who holds the places of which the claims say something."""
    places = dict.fromkeys(
        place for claim in view.claims() if claim.family == "control" for place in claim.roles.get("place", ())
    )
    rules, scene = load_rules(), scene_of(view, known)
    return tuple(control(place, view, rules, scene=scene) for place in places)
