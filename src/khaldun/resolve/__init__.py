"""Proposes judgements about who and what is the same; never edits a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khaldun.model import Annotation, Claim, Entity, Judgement, Report, View
from khaldun.resolve.entities import resolve_entities
from khaldun.resolve.events import group_events, resolve_events

__all__ = ["MAKERS", "group_events", "resolve", "resolve_entities", "resolve_events"]

MAKERS = ("rule:name", "rule:outlet_name", "rule:one_telling", "rule:one_happening")
"""Who signs what `resolve` proposes: given the whole record, what they do not say any more no longer stands."""


def resolve(view: View) -> Iterator[Judgement]:
    """All that the rules propose: who is who first, then, on the strength of that, which claims tell of one happening.

    The same view gives the same rows. What a person decided, in the view's judgements, holds against them.
    """
    names = tuple(resolve_entities(view))
    yield from names
    yield from resolve_events(_Decided(view, names))


@dataclass(frozen=True, slots=True)
class _Decided:
    """A view with more judgements in it."""

    view: View
    more: tuple[Judgement, ...]

    def reports(self) -> Iterator[Report]:
        return self.view.reports()

    def annotation(self, report: str) -> Annotation:
        return self.view.annotation(report)

    def entities(self, report: str | None = None) -> Iterator[Entity]:
        return self.view.entities(report)

    def claims(self, report: str | None = None) -> Iterator[Claim]:
        return self.view.claims(report)

    def judgements(self) -> Iterator[Judgement]:
        yield from self.view.judgements()
        yield from self.more
