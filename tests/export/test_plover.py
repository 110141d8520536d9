"""Events as PLOVER codes them: the written rules and their examples, and the two sides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from khaldun.annotate import annotate
from khaldun.annotate.kit import Kit, load_kit
from khaldun.export.plover import Coded, plover_events, plover_type
from khaldun.knowledge import load_data
from khaldun.model import Part, Report, Span, When, make_id
from khaldun.ontology import kind

RULES: dict[str, Any] = load_data("rules/plover.yaml")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit()


def coded(text: str, kit: Kit) -> list[Coded]:
    """The coded events of a report of one sentence."""
    day = date(2018, 5, 14)
    part = Part("body", Span(0, len(text)))
    report = Report(make_id(text), "text", "", text, (part,), outlet="Wire", published=When(day, day, "metadata"))
    return list(plover_events(annotate(report, kit)))


@pytest.mark.parametrize("row", RULES["examples"], ids=lambda r: str(r["type"]))
def test_examples_get_their_type(row: dict[str, str], kit: Kit) -> None:
    assert row["type"] in {event.type for event in coded(row["text"], kit)}


@pytest.mark.parametrize("row", RULES["counterexamples"], ids=lambda r: str(r["type"]))
def test_counterexamples_do_not(row: dict[str, str], kit: Kit) -> None:
    assert row["type"] not in {event.type for event in coded(row["text"], kit)}


def test_what_is_asked_feared_or_conditional_is_not_coded() -> None:
    assert plover_type(kind("assault.attack"), "feared", {}, negated=False) is None
    assert plover_type(kind("assault.attack"), "actual", {}, negated=False) == "ASSAULT"


def test_a_negated_conflict_is_nothing_and_a_negated_favour_a_refusal() -> None:
    assert plover_type(kind("assault.attack"), "actual", {}, negated=True) is None
    assert plover_type(kind("aid"), "planned", {}, negated=True) == "REJECT"


@pytest.mark.parametrize(
    ("text", "type", "source", "target"),
    [
        ("Peru has issued an ultimatum to Ecuador.", "THREATEN", {"PER"}, {"ECU"}),
        ("Chilean officials urged Bolivia to reopen the pass.", "REQUEST", {"CHL"}, {"BOL"}),
        ("The government of Ghana agreed to lift duties on goods from Togo, Benin and Niger.", "AGREE", {"GHA"},
         {"TGO", "BEN", "NER"}),
        ("Warsaw rejected a Czech proposal for a joint mine.", "REJECT", {"POL"}, {"CZE"}),
        ("The United Nations condemned Laos over the dam.", "ACCUSE", {"IGO"}, {"LAO"}),
        ("Algeria recalled its ambassador from Rabat.", "SANCTION", {"DZA"}, {"MAR"}),
    ],
)  # fmt: skip
def test_both_sides_have_their_countries(text: str, type: str, source: set[str], target: set[str], kit: Kit) -> None:
    events = [e for e in coded(text, kit) if e.type == type]
    assert events, [e.type for e in coded(text, kit)]
    assert {p.country for p in events[0].sources} == source
    assert {p.country for p in events[0].targets} == target


def test_two_that_agree_are_reciprocal(kit: Kit) -> None:
    (event,) = (e for e in coded("Norway and Iceland agreed on a fishing zone.", kit) if e.type == "AGREE")
    assert event.reciprocal
    assert {p.country for p in event.sources} == {"NOR", "ISL"}


def test_sectors_by_the_words_of_a_party(kit: Kit) -> None:
    (event,) = coded("Egyptian police arrested three students.", kit)
    assert [p.sector for p in event.sources] == ["COP"]
    assert [p.sector for p in event.targets] == ["EDU"]
    assert [p.country for p in event.targets] == ["EGY"]
    assert event.targets[0].inferred


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Chile chastised Bolivia for the closure of the pass.", "disapprove"),
        ("Chile criticised Bolivia.", "disapprove"),
        ("Chile accused Bolivia of theft.", "allege"),
        ("The preacher called on the Islamic State to repent.", "change"),
    ],
)
def test_the_word_of_a_move_says_its_mode(text: str, mode: str, kit: Kit) -> None:
    assert mode in {event.mode for event in coded(text, kit)}
