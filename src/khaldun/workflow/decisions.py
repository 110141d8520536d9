"""Judgements as people see them: what was decided of whom, whether it counts, and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias, TypedDict

from khaldun.errors import NotFound
from khaldun.ledger import Ledger
from khaldun.model import Judgement, Verdict
from khaldun.store import Store, StoreView
from khaldun.workflow.holdings import Holdings

_Names: TypeAlias = Mapping[str, tuple[str, str | None]]

State = Literal["counts", "set aside", "superseded", "taken back"]
"""A row counts; is set aside because a DIFFERENT forbids what it would join; a later row about the same pair holds;
or somebody took it back."""


class JudgementRow(TypedDict):
    """One judgement. `left_name` and `right_name` are the name of an actor or place, or the words of a claim;
    `left_report` and `right_report` say whose, None for an outlet itself.

    `takes_back` is the id of the judgement that this row undoes, and `gives_again` is true where that undid one itself;
    `at` is None for what a rule decided.
    """

    id: str
    left: str
    left_name: str
    left_report: str | None
    verdict: Verdict
    right: str
    right_name: str
    right_report: str | None
    score: float
    because: str
    by: str
    at: str | None
    takes_back: str | None
    gives_again: bool
    state: State


def judgements(holdings: Holdings, *, about: str | None = None, every: bool = False) -> list[JudgementRow]:
    """The judgements that count or are set aside, oldest first; with `every`, all that were ever added.

    `about` is a name, or an id as the rows have it. Raises NotFound for a name that nothing is called.
    """
    view = holdings.view
    ledger, names, undoings = view.ledger(), _names(view), _undoings(view)
    wanted = None if about is None else _ids_about(view, about, names)
    found = (
        _row(judgement, ledger, names, undoings)
        for judgement in view.judgements(every=every)
        if wanted is None or not wanted.isdisjoint((judgement.left, judgement.right))
    )
    return [row for row in found if every or row["state"] in {"counts", "set aside"}]


def take_back(store: Store, wanted: str, *, by: str, at: datetime, because: str = "taken back") -> JudgementRow:
    """Appends a row that undoes the judgement of that id, or the beginning of it, and returns the new row.

    Everything is then as if the judgement had never been given; taking the new row back gives it again. Raises
    NotFound where no judgement or more than one has that id, or where it is taken back already.
    """
    view = store.view()
    undone = _judgement(view, wanted)
    row = Judgement(undone.left, undone.right, undone.verdict, 1.0, because, by, at, takes_back=undone.id)
    with store.writer() as writer:
        writer.add_judgements([row])
    return _row(row, view.ledger(), _names(view), _undoings(view))


def _undoings(view: StoreView) -> frozenset[str]:
    return frozenset(row.id for row in view.judgements(every=True) if row.takes_back)


def _judgement(view: StoreView, wanted: str) -> Judgement:
    found = {row.id: row for row in view.judgements(every=True) if wanted and row.id.startswith(wanted)}
    if len(found) != 1:
        raise NotFound(
            f"'{wanted}' fits {len(found)} judgements: give more of the id"
            if found
            else f"no judgement '{wanted}'; see: khaldun judgements --all"
        )
    [(id, row)] = found.items()
    if id in view.ledger().taken_back:
        undoing = next(r.id for r in view.judgements(every=True) if r.takes_back == id)
        raise NotFound(f"judgement '{wanted}' is taken back already; to give it again: khaldun undo {undoing[:8]}")
    return row


def _row(judgement: Judgement, ledger: Ledger, names: _Names, undoings: frozenset[str]) -> JudgementRow:
    left, left_report = _named(judgement.left, names)
    right, right_report = _named(judgement.right, names)
    return JudgementRow(
        id=judgement.id,
        left=judgement.left,
        left_name=left,
        left_report=left_report,
        verdict=judgement.verdict,
        right=judgement.right,
        right_name=right,
        right_report=right_report,
        score=judgement.score,
        because=judgement.because,
        by=judgement.by,
        at=judgement.at.isoformat() if judgement.at else None,
        takes_back=judgement.takes_back,
        gives_again=judgement.takes_back in undoings,
        state=_state(judgement, ledger),
    )


def _state(row: Judgement, ledger: Ledger) -> State:
    if row.id in ledger.taken_back:
        return "taken back"
    if row.takes_back is not None:
        return "counts"
    if ledger.history(row.left, row.right)[-1] != row:
        return "superseded"
    return "set aside" if any(row == conflict.set_aside for conflict in ledger.conflicts) else "counts"


def _named(id: str, names: _Names) -> tuple[str, str | None]:
    return names.get(id, (id.removeprefix("outlet:"), None))


def _names(view: StoreView) -> _Names:
    """What a judgement can be about, in words, and the report that it stands in."""
    found: dict[str, tuple[str, str | None]] = {}
    for report in view.reports():
        found.update((entity.id, (entity.name, report.id)) for entity in view.entities(report.id))
        found.update((claim.id, (" ".join(claim.quote.split()), report.id)) for claim in view.claims(report.id))
    return found


def _ids_about(view: StoreView, about: str, names: _Names) -> frozenset[str]:
    return frozenset([about]) if about in names else frozenset(view.find_entities(about))
