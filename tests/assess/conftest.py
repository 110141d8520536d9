"""Small records written short, as the examples of `data/rules/assess.yaml` are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from khaldun.model import (
    Annotation,
    Claim,
    Entity,
    Event,
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
from khaldun.ontology import kinds

UNNAMED = {
    "hospital officials",
    "state television",
    "officials",
    "two officials",
    "governor",
    "a source",
    "a witness",
    "civilians",
    "residents",
    "soldiers",
    "gunmen",
    "an army source",
    "a military source",
    "a former army officer",
}
TYPES: Mapping[str, Any] = {
    "front": "armed_group", "brigade": "armed_group", "army": "state_force", "ministry": "government",
    "civilians": "population", "residents": "population", "soldiers": "state_force", "observatory": "organisation",
    "Salim Harb": "person", "Omar Saleh": "person", "Coast Radio": "media",
    "hospital officials": "person", "state television": "media",
    "officials": "person", "two officials": "person", "governor": "person", "a source": "person", "a witness": "person",
    "Libya": "state", "Libya-led alliance": "armed_group",
    "an army source": "person", "a military source": "person", "a former army officer": "person",
}  # fmt: skip
PLACES = {"Qasr Tal", "Wadi Umm"}


def identity(name: str, report: str) -> str:
    """The people one report calls "residents" are not those of another."""
    return f"{report}/{name}" if name in UNNAMED else name


def entity(name: str, report: str) -> Entity:
    id = identity(name, report)
    if name in PLACES:
        return Entity(id, "place", name, (Name(name),), point=Locus(name, "LY", 32.0, 22.0, "town"))
    form: Any = "description" if name in UNNAMED else "name"
    country = "LBY" if name in ("army", "ministry", "Libya") else None
    return Entity(id, "actor", name, (Name(name, form),), TYPES.get(name), country)


@dataclass(frozen=True)
class Record:
    """A `View` held in memory."""

    reported: Sequence[Report]
    known: Mapping[str, Sequence[Entity]]
    claimed: Sequence[Claim]
    decided: Sequence[Judgement] = ()

    def reports(self) -> Iterator[Report]:
        yield from self.reported

    def annotation(self, report: str) -> Annotation:
        return Annotation(next(r for r in self.reported if r.id == report), entities=tuple(self.known[report]))

    def entities(self, report: str | None = None) -> Iterator[Entity]:
        for id, entities in self.known.items():
            if report in (None, id):
                yield from entities

    def claims(self, report: str | None = None) -> Iterator[Claim]:
        yield from (c for c in self.claimed if report in (None, c.report))

    def judgements(self) -> Iterator[Judgement]:
        yield from self.decided

    def event(self, kind: str = "assault.attack") -> Event:
        """One event of all claims about happenings."""
        return Event("happening", kind, tuple(c.id for c in self.claimed if c.family == "event"))


def claim(short: Mapping[str, Any], id: str, at: int) -> Claim:
    report, kind = short.get("report", "r1"), short.get("kind", "assault.attack")
    said = short.get("said", f"words {at}")
    day = short.get("day")
    unknown = When(None, date(2019, 3, short["published"]), "published") if "published" in short else When()
    roles = {
        r: tuple(identity(n, report) for n in short[r]) for r in ("actor", "target", "place", "source") if r in short
    }
    low, high = short.get("killed", short.get("at_least")), short.get("killed")
    who = identity(short["who"][0], report) if "who" in short else None
    tolls = (Toll("killed", Quantity(low, low, high), Span(at, at + 1), who),) if low is not None else ()
    if "days" in short:
        first, last = (date(2019, 3, n) for n in short["days"])
        unknown = When(first, last, "stated")
    known = kinds().get(kind)
    return Claim(
        id, report, known.family if known else "saying", kind, Span(at, at + len(said)), said,
        (*(identity(n, report) for n in short.get("by", ())), f"outlet:Outlet {report}"), roles, tolls=tolls,
        when=When(date(2019, 3, day), date(2019, 3, day), "stated") if day else short.get("when", unknown),
        factuality=short.get("factuality", "denied" if short.get("denied") else "asserted"),
        manner=Manner(bool(short.get("negated")), short.get("modality", "actual"), bool(short.get("hedged")),
                      bool(short.get("distanced"))),
    )  # fmt: skip


def record(shorts: Sequence[Mapping[str, Any]], **more: Any) -> Record:
    """`ties`: [source, kind, target]; `credits`: bylines, `out`: days, `texts`: by report; `decided`: judgements."""
    claims = [claim(s, f"c{n}", 100 * n) for n, s in enumerate(shorts)]
    for n, (source, kind, target) in enumerate(more.get("ties", ())):
        roles = {"source": (source,), "target": (target,)}
        claims.append(Claim(f"t{n}", "r1", "relation", kind, Span(0, 1), "x", ("outlet:Outlet r1",), roles))
    ids = list(dict.fromkeys(c.report for c in claims))
    texts, credits, out = more.get("texts", {}), more.get("credits", {}), more.get("out", {})
    heads = [c for c, s in zip(claims, shorts, strict=False) if s.get("headline")]
    reports = [
        Report(r, r, "", texts.get(r, ""), (Part("body", Span(0, len(texts.get(r, "")))),
               *(Part("title", c.span) for c in heads if c.report == r)), outlet=f"Outlet {r}",
               author=credits.get(r), published=When(None, out.get(r, more.get("published")), "metadata"))
        for r in ids
    ]  # fmt: skip
    names = [*TYPES, "gunmen", *PLACES]
    known = {r: [entity(n, r) for n in names] for r in ids}
    suggested = [Judgement(a, b, "SUGGESTED", 0.4, "", "rule:x") for a, b in more.get("suggested", ())]
    return Record(reports, known, claims, (*more.get("decided", ()), *suggested))


@pytest.fixture(scope="session")
def make() -> Any:
    """`make(claims, ties=…)` gives a record."""
    return record
