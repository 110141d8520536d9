"""Claims and entities written short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from khaldun.model import (
    Annotation,
    Claim,
    Entity,
    Judgement,
    Locus,
    Manner,
    Name,
    Part,
    Quantity,
    Report,
    Span,
    Toll,
    When,
)

UNNAMED = {
    "police",
    "gunmen",
    "soldiers",
    "civilians",
    "fighters",
    "residents",
    "a judge",
    "the judge",
    "two policemen",
}
OF_THE_STATE = {"police"}
PERSONS = {"Salim Harb", "Omar Saleh"}
PLACES = {
    "Qasr Tal": Locus("Qasr Tal", "LY", 32.0, 22.0, "town"),
    "Tal Mill": Locus("Tal Mill", "LY", 32.05, 22.05, "village"),
    "Wadi Umm": Locus("Wadi Umm", "LY", 30.0, 20.0, "town"),
    "Libya": Locus("Libya", "LY", 27.0, 17.0, "country", "country"),
    "Syria": Locus("Syria", "SY", 35.0, 38.0, "country", "country"),
    "the harbour": None,
}


def entity_of(name: str, **more: Any) -> Entity:
    if name in PLACES:
        return Entity(name, "place", name, (Name(name),), point=PLACES[name])
    form: Any = "description" if name in UNNAMED else "name"
    sort: Any = "person" if name in PERSONS else "state_force" if name in OF_THE_STATE else "armed_group"
    return Entity(name, "actor", name, (Name(name, form),), sort, **more)


def claim_of(short: Mapping[str, Any], *, id: str = "c1", report: str = "r1", at: int = 0) -> Claim:
    """`kind, actor, target, place, day | days | published (of March 2019) | year, killed, said, voice, at, modality,
    negated, denied`."""
    said = str(short.get("said", "x"))
    start = int(short.get("at", at))
    first, last = short.get("days", [short.get("day")] * 2)
    when = When(date(2019, 3, first), date(2019, 3, last), "stated") if first else When()
    if "year" in short:
        when = When(date(short["year"], 1, 1), date(short["year"], 12, 31), "relative")
    if "published" in short:
        when = When(None, date(2019, 3, short["published"]), "published")
    killed = short.get("killed")
    tolls = (Toll("killed", Quantity(killed, killed, killed), Span(start, start + 1)),) if killed else ()
    return Claim(
        id, short.get("report", report), short.get("family", "event"), short["kind"],
        Span(start, start + len(said)), said,
        (*short.get("voice", ()), "outlet:Coast Daily"),
        {role: tuple(short[role]) for role in ("actor", "target", "place", "source") if role in short},
        tolls=tolls, when=when, factuality="denied" if short.get("denied") else "asserted",
        manner=Manner(negated=bool(short.get("negated")), modality=short.get("modality", "actual")),
    )  # fmt: skip


def entities_in(claims: Iterable[Claim]) -> list[Entity]:
    ids = dict.fromkeys(id for c in claims for filling in c.roles.values() for id in filling)
    return [entity_of(id) for id in ids]


@dataclass(frozen=True)
class Memory:
    """A `View` held in memory: claims by report, entities by report."""

    claimed: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    known: Mapping[str, Sequence[Entity]] = field(default_factory=dict)
    decided: Sequence[Judgement] = ()
    outlets: Mapping[str, str] = field(default_factory=dict)

    def reports(self) -> Iterator[Report]:
        for id in dict.fromkeys((*self.claimed, *self.known)):
            yield Report(id, id, "", "", (Part("body", Span(0, 0)),), outlet=self.outlets.get(id))

    def annotation(self, report: str) -> Annotation:
        own = next(r for r in self.reports() if r.id == report)
        return Annotation(own, entities=tuple(self.known.get(report, ())))

    def entities(self, report: str | None = None) -> Iterator[Entity]:
        for id in [report] if report is not None else list(self.known):
            yield from self.known.get(id, ())

    def claims(self, report: str | None = None) -> Iterator[Claim]:
        for id in [report] if report is not None else list(self.claimed):
            yield from self.claimed.get(id, ())

    def judgements(self) -> Iterator[Judgement]:
        yield from self.decided


@pytest.fixture(scope="session")
def short() -> Any:
    """The builders, for tests that write claims short."""

    class Short:
        claim = staticmethod(claim_of)
        entity = staticmethod(entity_of)
        entities = staticmethod(entities_in)
        memory = Memory

    return Short
