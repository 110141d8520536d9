"""Reading into a store: each report whole or not at all, then the decisions about who is who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from khaldun.annotate.kit import Kit
from khaldun.errors import UngroundedQuote
from khaldun.export.phrases import counted
from khaldun.ingest import Unread
from khaldun.model import Report
from khaldun.resolve import resolve_entities, resolve_events
from khaldun.store import Store, Writer
from khaldun.workflow.extraction import Reading, readings, record_of

Progress = Callable[[], None]

_ONE = {"events": "event", "claims": "claim", "relations": "relation", "states of control": "state of control"}
"""The names of what is counted, in the singular."""


@dataclass
class Summary:
    """What one run of reading did. `added` counts the reports that were read as new, changed or known, `kept_unread`
    are those kept without being read, `found` counts the rows of the records."""

    added: Counter[str] = field(default_factory=Counter)
    unread: list[Unread] = field(default_factory=list)
    kept_unread: list[tuple[str, str]] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    judgements: int = 0

    @property
    def read(self) -> int:
        return sum(self.added.values())

    def values(self) -> dict[str, Any]:
        """The same in plain values."""
        return {
            "read": dict(sorted(self.added.items())),
            "found": dict(self.found),
            "left_out": dict(sorted(self.dropped.items())),
            "kept_unread": [{"input_id": id, "reason": reason} for id, reason in self.kept_unread],
            "unread": [{"input_id": unread.input_id, "error": unread.error} for unread in self.unread],
            "judgements": self.judgements,
        }


def read_into(
    store: Store, inputs: Iterable[Report | Unread], kit: Kit, *, progress: Progress = lambda: None
) -> Summary:
    """Reads all inputs into the store, in order, and decides who is who over the whole store.

    Reports that are in already change nothing. Whatever could not be read is noted in the store and in the summary.
    """
    summary = Summary()
    with store.writer() as writer:
        for outcome in readings(inputs, kit):
            _keep(writer, outcome, summary)
            progress()
    if summary.added["new"] or summary.added["changed"]:
        summary.judgements = resolve_into(store)
    return summary


def resolve_into(store: Store) -> int:
    """Adds the decisions that the rules propose and that are not in yet: who is who, then which claims tell of one
    happening. Returns how many."""
    with store.writer() as writer:
        entities = writer.add_judgements(tuple(resolve_entities(store.view())))
        return entities + writer.add_judgements(tuple(resolve_events(store.view())))


def _keep(writer: Writer, outcome: Reading | Unread, summary: Summary) -> None:
    if isinstance(outcome, Reading):
        try:
            state = writer.add(outcome.annotation, outcome.claims)
        except UngroundedQuote as problem:
            outcome = Unread(outcome.report.input_id, str(problem))
        else:
            _count(outcome, state, summary)
    if isinstance(outcome, Unread):
        writer.record_unread(outcome.input_id, outcome.error)
        summary.unread.append(outcome)


def _count(reading: Reading, state: str, summary: Summary) -> None:
    report = reading.report
    if report.unread is not None:
        summary.kept_unread.append((report.input_id, report.unread))
        return
    summary.added[state] += 1
    summary.dropped.update(dropped.reason for dropped in report.dropped)
    record = record_of(reading)  # what is told twice is one row there, and so one here
    summary.found.update(
        {
            "events": len(record["events"]),
            "claims": len(record["claims"]),
            "relations": len(record["relations"]),
            "states of control": len(record["control"]),
        }
    )


def summary_lines(summary: Summary) -> Iterator[str]:
    """The summary in words: what was read, found, left out, and why."""
    parts = ", ".join(f"{count} {what}" for what, count in sorted(summary.added.items()))
    read = f"{counted(summary.read, 'report')} read ({parts})" if summary.read else "no report read"
    yield f"{read}, {len(summary.kept_unread)} kept and not read" if summary.kept_unread else read
    if summary.read:
        yield "found: " + ", ".join(counted(count, _ONE[what], what) for what, count in summary.found.items())
    for reason, count in sorted(summary.dropped.items()):
        yield f"left out: {count} × {reason}"
    for input_id, reason in summary.kept_unread:
        yield f"kept, not read: {input_id}: {reason}"
    for unread in summary.unread:
        yield f"unreadable: {unread.input_id}: {unread.error}"
    if summary.judgements:
        yield f"{counted(summary.judgements, 'decision')} about who and what is the same"
