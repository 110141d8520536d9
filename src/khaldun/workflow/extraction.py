"""From reports to records, in the order of the inputs.

Nothing is lost in silence: whatever goes in comes out, as a record or as an `Unread` with the reason.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias, TypeGuard, TypeVar

from khaldun.annotate import annotate_many
from khaldun.annotate.claims import claims
from khaldun.annotate.codebook import load_codebook
from khaldun.annotate.kit import Kit, load_kit, with_codebook
from khaldun.annotate.learned.reader import MODELS
from khaldun.annotate.tables.gazetteer_build import ensure_gazetteer
from khaldun.collector import between_collections
from khaldun.config import Learned
from khaldun.errors import KhaldunError
from khaldun.export.record import build_record
from khaldun.ingest import Unread
from khaldun.model import Annotation, Claim, Event, Report
from khaldun.ontology import Kinds, kinds
from khaldun.resolve import group_events

T = TypeVar("T")


Record: TypeAlias = dict[str, Any]
"""The public record of one report, or `{input_id, error}` where an input could not be read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One report with everything that was found in it."""

    annotation: Annotation
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    kinds: Kinds = field(default_factory=kinds)
    """All kinds that it was read with."""

    @property
    def report(self) -> Report:
        return self.annotation.report


def kit_of(
    pipeline: str, kinds: Path | None = None, *, learned: Learned = "on", tell: Callable[[str], None] | None = None
) -> Kit:
    """The kit with that language pipeline, loaded once per process (a few seconds), and the kinds of that folder.

    `tell` is called with what is being made on first use. The folder is read at every call. Raises InvalidKnowledge
    where one of its files is broken.
    """
    if tell is not None:
        ensure_gazetteer(tell)
    kit = _house_kit(pipeline, learned)
    return kit if kinds is None else with_codebook(kit, load_codebook(kinds))


@cache
def _house_kit(pipeline: str, learned: Learned) -> Kit:
    return load_kit(pipeline, models=None if learned == "off" else MODELS, learned_events=learned == "all")


def extract_reports(inputs: Iterable[Report | Unread], kit: Kit) -> Iterator[Record]:
    """One record per input, in order; an input that cannot be read gives `{input_id, error}`."""
    # when a record is out, what it was made from is gone: the collector has less to walk
    yield from between_collections(map(record_of, _readings(inputs, kit)))


def record_of(outcome: Reading | Unread) -> Record:
    """The public shape of one outcome."""
    if isinstance(outcome, Unread):
        return {"input_id": outcome.input_id, "error": outcome.error}
    return {**build_record(outcome.annotation, outcome.claims, outcome.events, outcome.kinds)}


def readings(inputs: Iterable[Report | Unread], kit: Kit) -> Iterator[Reading | Unread]:
    """Everything found in each input, in order.

    A report that is kept but not read (`Report.unread`: another language, say) comes out with empty layers.
    A fault in one report makes it an `Unread`, and the batch goes on.
    """
    yield from between_collections(_readings(inputs, kit))


def _readings(inputs: Iterable[Report | Unread], kit: Kit) -> Iterator[Reading | Unread]:
    def annotate(reports: Iterable[Report]) -> Iterator[Annotation]:
        return annotate_many(reports, kit)

    return map(partial(_read, known=kit.codebook.kinds), annotated(inputs, annotate))


def _read(outcome: Annotation | Unread, known: Kinds) -> Reading | Unread:
    return outcome if isinstance(outcome, Unread) else _guarded(outcome.report, partial(_claimed, outcome, known))


def _claimed(annotation: Annotation, known: Kinds) -> Reading:
    found = tuple(claims(annotation, known))
    return Reading(annotation, found, group_events(found, annotation.entities), known)


# ------------------------------------------------------------------------------------------------ order and faults

Annotate: TypeAlias = Callable[[Iterable[Report]], Iterator[Annotation]]
_Waiting: TypeAlias = deque[Report | Unread | Exception]


def annotated(inputs: Iterable[Report | Unread], annotate: Annotate) -> Iterator[Annotation | Unread]:
    """The annotations in the order of the inputs, although `annotate` takes reports ahead in batches.

    Where a batch breaks, its reports are annotated one by one, so that only the faulty one is lost.
    An exception of `inputs` itself comes through once everything before it is out.
    """
    rest, waiting = iter(inputs), _Waiting()
    done = annotate(_taken(rest, waiting))
    while True:
        try:
            annotation, broken = next(done, None), False
        except Exception:  # noqa: BLE001 - which report it was, and why, comes out one by one below
            annotation, broken = None, True
        if annotation is not None:
            yield from _passed(waiting)
            waiting.popleft()
            yield annotation
        elif broken and waiting:
            yield from _one_by_one(waiting, annotate)
            done = annotate(_taken(rest, waiting))
        else:
            yield from _passed(waiting)
            return


def _taken(inputs: Iterator[Report | Unread], waiting: _Waiting) -> Iterator[Report]:
    """Hands out the reports to be annotated and notes all inputs, in order, in `waiting`."""
    while True:
        try:
            item = next(inputs, None)
        except Exception as fault:  # noqa: BLE001 - raised again by `_passed`, in its turn
            waiting.append(fault)
            return
        if item is None:
            return
        waiting.append(item)
        if _to_annotate(item):
            yield item


def _to_annotate(item: Report | Unread | Exception) -> TypeGuard[Report]:
    return isinstance(item, Report) and item.unread is None


def _passed(waiting: _Waiting) -> Iterator[Annotation | Unread]:
    """What stands before the next report to be annotated: inputs that need no annotation."""
    while waiting and not _to_annotate(waiting[0]):
        item = waiting.popleft()
        if isinstance(item, Exception):
            raise item
        yield Annotation(item) if isinstance(item, Report) else item


def _one_by_one(waiting: _Waiting, annotate: Annotate) -> Iterator[Annotation | Unread]:
    while waiting:
        yield from _passed(waiting)
        if waiting:
            report = waiting.popleft()
            assert isinstance(report, Report)
            yield _guarded(report, partial(_first, annotate, report))


def _first(annotate: Annotate, report: Report) -> Annotation:
    return next(annotate([report]))


def _guarded(report: Report, step: Callable[[], T]) -> T | Unread:
    """What `step` gives, or the report as unread with the reason."""
    try:
        return step()
    except KhaldunError as problem:
        return Unread(report.input_id, str(problem))
    except Exception as fault:  # noqa: BLE001 - one report's fault must not cost the batch; exit status tells
        return Unread(report.input_id, f"internal fault, please report it: {type(fault).__name__}: {fault}")
