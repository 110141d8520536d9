"""What comes out of a store: views, filters, search and sums."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from khaldun.errors import NotFound
from khaldun.model import Annotation, Claim, Entity, Judgement, Name, Part, Report, Span, View, When, make_id
from khaldun.store import ClaimFilter, Store, StoreView

Add = Callable[..., None]


def entity(report: str, name: str, kind: Any = "actor", known_as: str | None = None) -> Entity:
    return Entity(f"{report}-{name}", kind, name, (Name(name),), known_as=known_as)


@pytest.fixture
def filled(store: Store) -> StoreView:
    """Three reports: two of them on one town under two spellings, judged to be the same."""
    with store.writer() as writer:
        for n, (town, actor, kind, day) in enumerate(
            [
                ("Qasr Tal", "Harbour Front", "assault.aerial", date(2019, 3, 4)),
                ("Kasr Tell", "Coast Guard", "assaulted", date(2019, 6, 1)),
                ("Wadi Umm", "Harbour Front", "assault.aerial", None),
            ]
        ):
            text = f"{actor} struck {town}, it said.\nA naïve line about the “sea”."
            report = Report(make_id(text), f"{n}", "", text, (Part("body", Span(0, len(text))),), f"Title {n}")
            r = report.id
            place, who = entity(r, town, "place"), entity(r, actor, known_as=f"known_{n}")
            when = When(day, day, "stated") if day else When()
            claim = Claim(f"claim{n}", r, "event", kind, Span(0, len(actor)), actor, (who.id, "outlet:Coast Daily"),
                          {"actor": (who.id,), "place": (place.id,)}, when=when)  # fmt: skip
            own = Claim(f"own{n}", r, "control", "control.holds", Span(0, len(actor)), actor, ("outlet:Coast Daily",),
                        {"actor": (who.id,), "place": (place.id,)}, when=When(None, date(2019, 4, 1)))  # fmt: skip
            writer.add(Annotation(report, entities=(place, who)), (claim, own))
        towns = sorted(e.id for e in store.view().entities() if e.name in ("Qasr Tal", "Kasr Tell"))
        writer.add_judgements([Judgement(towns[0], towns[1], "SAME", 0.9, "two spellings", "rule:test")])
    return store.view()


def ids(view: StoreView, **wanted: Any) -> list[str]:
    return [claim.id for claim in view.find_claims(ClaimFilter(**wanted))]


def test_a_store_view_is_a_view(store: Store) -> None:
    view: View = store.view()
    assert list(view.reports()) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["claim0", "own0", "claim1", "own1", "claim2", "own2"]),
        ({"place": "qasr tal"}, ["claim0", "own0", "claim1", "own1"]),
        ({"place": "Wadi Umm", "family": "event"}, ["claim2"]),
        ({"actor": "the Harbour Front", "family": "event"}, ["claim0", "claim2"]),
        ({"actor": "known_1", "family": "event"}, ["claim1"]),
        ({"speaker": "Harbour Front"}, ["claim0", "claim2"]),
        ({"speaker": "outlet:Coast Daily"}, ["own0", "own1", "own2"]),
        ({"kind": "assault"}, ["claim0", "claim2"]),
        ({"kind": "assault.aerial"}, ["claim0", "claim2"]),
        ({"since": date(2019, 3, 4), "until": date(2019, 3, 4)}, ["claim0", "own0", "own1", "own2"]),
        ({"since": date(2019, 4, 2)}, ["claim1"]),
        ({"since": date(2019, 4, 2), "undated": True}, ["claim1", "claim2"]),
        ({"words": "guard"}, ["claim1", "own1"]),
        ({"limit": 2, "offset": 1}, ["own0", "claim1"]),
    ],
)
def test_claims_are_found_by(filled: StoreView, wanted: dict[str, Any], found: list[str]) -> None:
    assert ids(filled, **wanted) == found


def test_a_name_nobody_has_gets_the_nearest_ones(filled: StoreView) -> None:
    with pytest.raises(NotFound, match=r"no place called 'Wadi Um' in the record; nearest: Wadi Umm"):
        ids(filled, place="Wadi Um")
    with pytest.raises(NotFound, match="no place called 'Coast Guard'"):  # it is an actor
        ids(filled, place="Coast Guard")
    with pytest.raises(NotFound, match="no report 'x'"):
        filled.annotation("x")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("struck", ["Title 0", "Title 1", "Title 2"]),
        ("harbour umm", ["Title 2"]),
        ('"Qasr Tal"', ["Title 0"]),
        ('"Tal Qasr"', []),
        ("stru", []),
        ('NOT AND ( * "', []),
        ("", []),
    ],
)
def test_words_are_searched(filled: StoreView, words: str, titles: list[str]) -> None:
    hits = filled.search(words)
    assert [hit.title for hit in hits] == titles
    for hit in hits:
        assert hit.span.of(filled.report(hit.report).text) == hit.quote
        assert hit.quote


def test_sums(filled: StoreView) -> None:
    counts = filled.counts()
    assert (counts.reports, counts.entities, counts.claims) == (3, 6, {"control": 3, "event": 3})


def test_many_reports_come_in_order_of_arrival(store: Store) -> None:
    with store.writer() as writer:
        for n in range(450):
            text = f"Line {n}"
            writer.add(Annotation(Report(make_id(text), str(n), "", text, ())), ())
    assert [r.input_id for r in store.view().reports()] == [str(n) for n in range(450)]
