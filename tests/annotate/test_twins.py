"""States that share a name, on the examples beside them."""

from __future__ import annotations

from typing import Any

import pytest

import khaldun
from khaldun.knowledge import load_data

TWINS = load_data("actors/states.yaml")["twins"]


@pytest.mark.parametrize("example", [e for row in TWINS for e in row["examples"]], ids=lambda e: e["text"])
def test_the_other_places_tell_which_is_meant(example: dict[str, Any]) -> None:
    record = khaldun.extract(example["text"])
    assert example["country"] in {actor.get("country_iso3") for actor in record["actors"]}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Protesters marched in Pointe-Noire, Congo, on Monday.", "Congo", "CG"),
        ("Rebels took the town of Sake in eastern Congo on Monday.", "Congo", "CD"),
        ("Police in Atlanta, Georgia, arrested three men.", "Georgia", "US"),
        ("Police in Gori, Georgia, arrested three men.", "Georgia", "GE"),
    ],
)
def test_a_place_of_two_states(text: str, name: str, country: str) -> None:
    record = khaldun.extract(text)
    assert {p["country_iso2"] for p in record["places"] if p["name"] == name} == {country}
