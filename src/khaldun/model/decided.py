"""What is decided and thought about claims: events, judgements, assessments; and the view on a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from khaldun.copies import quickly_made
from khaldun.model.annotation import Annotation, Entity
from khaldun.model.said import Claim
from khaldun.model.text import Report, make_id
from khaldun.model.vocabulary import Verdict


@quickly_made
@dataclass(frozen=True, slots=True)
class Event:
    """The claims judged to be about one happening. It holds no facts of its own: its fields are computed."""

    id: str
    kind: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision about two ids. Never edited: a later row about the same pair supersedes it.

    `at` is given by the caller (None for decisions made by rule, so that the same input gives the same record).
    `takes_back` is the id of a judgement that is to count no more; such a row decides nothing itself.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    because: str
    by: str
    at: datetime | None = None
    takes_back: str | None = None

    @property
    def id(self) -> str:
        """What a judgement is taken back by: the same for a rule that says the same again with another score."""
        pair = sorted((self.left, self.right))
        return make_id("judgement", *pair, self.verdict, self.by, self.at and self.at.isoformat(), self.takes_back)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the evidence amounts to, under named rules; deletable and remade identically.

    `about` is an event or a place id, `question` what was asked ("control"), `answer` the finding in prose,
    `values` the same in fields, `supporting` and `opposing` claim ids, `because` rule ids.
    """

    about: str
    question: str
    answer: str
    values: Mapping[str, str] = field(default_factory=dict)
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    as_of: date | None = None
    rules: str = ""


class View(Protocol):
    """What resolve, assess and export read. The store satisfies it; so does anything held in memory."""

    def reports(self) -> Iterator[Report]: ...

    def annotation(self, report: str) -> Annotation: ...

    def entities(self, report: str | None = None) -> Iterator[Entity]: ...

    def claims(self, report: str | None = None) -> Iterator[Claim]: ...

    def judgements(self) -> Iterator[Judgement]: ...
