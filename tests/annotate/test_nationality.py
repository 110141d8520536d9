"""The country of an actor by the words of its phrase."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from khaldun.annotate import annotate
from khaldun.annotate.actors.nationality import country_in
from khaldun.annotate.kit import Kit, load_kit
from khaldun.knowledge import load_data
from khaldun.model import Part, Report, Span, When, make_id


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit()


def countries(text: str, kit: Kit) -> dict[str, str | None]:
    """The country of each actor of a report of one sentence, by the actor's name."""
    day = date(2018, 5, 14)
    part = Part("body", Span(0, len(text)))
    report = Report(make_id(text), "text", "", text, (part,), outlet="Wire", published=When(day, day, "metadata"))
    return {e.name: e.country_iso3 for e in annotate(report, kit).entities if e.kind == "actor"}


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Kenyan police", "KEN"),
        ("Bosnian Serbs", "BIH"),
        ("the president of Armenia", "ARM"),
        ("U.S. soldiers", "USA"),
        ("North Korean troops", "PRK"),
        ("ethnic Albanians", None),
        ("Turkish-backed rebels", None),
        ("the envoy to Libya", None),
        ("among us", None),
        ("Deborah Brown", None),
    ],
)
def test_the_first_telling_word_gives_the_country(words: str, country: str | None) -> None:
    assert country_in(words) == country


@pytest.mark.parametrize("row", load_data("actors/leaders.yaml")["examples"], ids=lambda r: str(r["text"])[:30])
def test_leaders_and_seats_tell_their_country(row: dict[str, Any]) -> None:
    assert country_in(row["text"]) == row["country"]


@pytest.mark.parametrize("row", load_data("actors/leaders.yaml")["counterexamples"], ids=lambda r: str(r["text"])[:30])
def test_common_names_tell_none(row: dict[str, Any]) -> None:
    assert country_in(row["text"]) != row["not"]


def test_no_surname_of_two_countries_is_read() -> None:
    assert country_in("Mr Gandhi") == "IND"
    assert country_in("Mr Castro") is None


@pytest.mark.parametrize(
    ("text", "actor", "country"),
    [
        ("Serbian President Marko Ilic promised reforms.", "Serbian President Marko Ilic", "SRB"),
        ("Ugandan rebels abducted two nurses near the river.", "Ugandan rebels", "UGA"),
        ("The Kremlin denied that it had sent the planes.", "Kremlin", "RUS"),
    ],
)
def test_an_actor_has_the_country_of_its_words(text: str, actor: str, country: str, kit: Kit) -> None:
    found = countries(text, kit)
    assert any(name in actor or actor in name for name, code in found.items() if code == country), found
