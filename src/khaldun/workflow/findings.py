"""Assessments as plain rows, with the words they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from khaldun.model import Assessment


class PossibleState(TypedDict):
    """A state that began on some day from `since` to `by`, and so may hold on the day asked for."""

    status: str
    actor: str | None
    since: str | None
    by: str | None


class ControlFinding(TypedDict):
    """Who is thought to hold a place, from what is said.

    `since` and `until` are the first and last day that something was told of this state; after `until` nothing is
    known. `since_is` is "day" where words name that day, "earliest" where it was no earlier, "latest" where it was so
    by then; `since_by` is the last day on which it may have begun. `possibly` tells of another state that may have
    begun by the day asked for, or not. `voices` counts independent origins; `because` names the rules; the quotations
    are those of the claims.
    """

    place: str
    status: str
    actor: str | None
    basis: str | None
    since: str | None
    since_is: str | None
    since_by: str | None
    until: str | None
    as_of: str | None
    possibly: PossibleState | None
    answer: str
    voices: int
    according_to: str | None
    because: list[str]
    supporting: list[str]
    opposing: list[str]
    rules: str


def control_finding(assessment: Assessment, quotes: Mapping[str, str], names: Mapping[str, str]) -> ControlFinding:
    """One assessment of control as a row; `quotes` are the claims' words and `names` the shared names, by id."""
    values = assessment.values
    return ControlFinding(
        place=names.get(assessment.about, values["place"]),
        status=values["status"],
        actor=names.get(values.get("actor", ""), values.get("actor_name")),
        basis=values.get("basis"),
        since=values.get("from"),
        since_is=values.get("from_is"),
        since_by=values.get("from_by"),
        until=values.get("to", values.get("last")),
        as_of=assessment.as_of.isoformat() if assessment.as_of else None,
        possibly=_possible(values, names),
        answer=assessment.answer,
        voices=int(values["voices"]),
        according_to=values.get("according_to"),
        because=list(assessment.because),
        supporting=_words(assessment.supporting, quotes),
        opposing=_words(assessment.opposing, quotes),
        rules=assessment.rules,
    )


def _possible(values: Mapping[str, str], names: Mapping[str, str]) -> PossibleState | None:
    if "possibly" not in values:
        return None
    return PossibleState(
        status=values["possibly"],
        actor=names.get(values.get("possibly_actor", ""), values.get("possibly_actor_name")),
        since=values.get("possibly_since"),
        by=values.get("possibly_by"),
    )


def _words(claims: Iterable[str], quotes: Mapping[str, str]) -> list[str]:
    return [quotes[id] for id in claims if id in quotes]
