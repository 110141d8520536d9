"""Who is who, over reports: same on strong evidence, asked on weak, apart where told apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from khaldun.knowledge import load_data
from khaldun.ledger import Ledger
from khaldun.model import Entity, Locus, Name, Part, Report, Span
from khaldun.resolve import resolve_entities
from khaldun.resolve.block import Named, named_in
from khaldun.resolve.entities import compare_names, load_entity_rules

DATA = load_data("rules/entity_identity.yaml")
CASES = [
    pytest.param(finding["id"], pair, expected, id=f"{finding['id']}-{which}-{n}")
    for finding in DATA["findings"]
    for which, expected in (("examples", True), ("counterexamples", False))
    for n, pair in enumerate(finding.get(which, []))
]


def entity(short: Mapping[str, Any], id: str = "") -> Entity:
    kind = short.get("kind", "actor")
    acronyms = short.get("acronym", ())
    names = tuple(Name(n, "acronym" if n in acronyms else "name") for n in short["names"])
    lat, lon = short.get("at", (None, None))
    point = Locus(short["names"][0], short.get("country"), lat, lon, geonames=short.get("geonames"))
    return Entity(
        id or short["names"][0], kind, short["names"][0], names, short.get("type"),
        None if kind == "place" else short.get("country"), known_as=short.get("known_as"),
        point=point if kind == "place" else None, private=short.get("private", False),
    )  # fmt: skip


def read_in(short: Mapping[str, Any], id: str, report: str) -> Named:
    """The entity in a report of that text, in which the places are named as well."""
    text = short.get("text", "")
    places = [entity({"kind": "place", "names": [name]}) for name in short.get("places", ())]
    told = Report(id=report, input_id=report, raw="", text=text, parts=(Part("body", Span(0, len(text))),))
    return next(named_in(told, [entity(short, id), *places]))


def test_a_council_in_a_town_is_the_council_of_that_town() -> None:
    pair: tuple[Mapping[str, Any], ...] = (
        {
            "names": ["Elders Shura Council", "ESC"],
            "text": "The Elders Shura Council (ESC) in Qasr.",
            "places": ["Qasr"],
        },
        {"names": ["Qasr Elders Shura Council"]},
    )
    left, right = (read_in(s, f"e{n}", f"r{n}") for n, s in enumerate(pair))
    assert compare_names(left, right, load_entity_rules()).found("same_full_name")


@pytest.mark.parametrize(("finding", "pair", "expected"), CASES)
def test_a_finding_is_made_where_it_should_be(finding: str, pair: list[dict[str, Any]], expected: bool) -> None:
    left, right = (read_in(s, f"e{n}", s.get("report", f"r{n}")) for n, s in enumerate(pair, 1))
    for one, other in ((left, right), (right, left)):
        comparison = compare_names(one, other, load_entity_rules())
        assert comparison.found(finding) is expected, comparison.because


def rows(short: Any, *reports: list[dict[str, Any]], outlets: Mapping[str, str] | None = None) -> list[tuple[str, ...]]:
    known = {f"r{n}": [entity(e, f"r{n}/{e['names'][0]}") for e in entities] for n, entities in enumerate(reports, 1)}
    view = short.memory(known=known, outlets=outlets or {})
    return [(j.left, j.right, j.verdict) for j in resolve_entities(view)]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ({"names": ["Harbour Martyrs Front"]}, {"names": ["Harbour Martyrs Front"]}, "SAME"),
        ({"names": ["Daesh"], "known_as": "islamic-state"}, {"names": ["ISIS"], "known_as": "islamic-state"}, "SAME"),
        ({"names": ["HMF"], "acronym": ["HMF"]}, {"names": ["HMF"], "acronym": ["HMF"]}, "SUGGESTED"),
        ({"names": ["HMF"], "acronym": ["HMF"]}, {"names": ["Harbour Martyrs Front"]}, "SUGGESTED"),
        ({"names": ["Salim Harb"], "type": "person"}, {"names": ["Harb"], "type": "person"}, "SUGGESTED"),
        ({"names": ["Burkan"]}, {"names": ["Burkan"]}, "SUGGESTED"),
        ({"names": ["Ministry of Defence"], "country": "LBY"}, {"names": ["Ministry of Defence"], "country": "EGY"},
         "DIFFERENT"),
        ({"names": ["Ministry of Defence"], "country": "LBY"}, {"names": ["Ministry of Defence"]}, None),
        ({"kind": "place", "names": ["Surt"], "geonames": 7}, {"kind": "place", "names": ["Sirte"], "geonames": 7},
         "SAME"),
        ({"kind": "place", "names": ["Sirte"]}, {"kind": "place", "names": ["Sirte"]}, "SUGGESTED"),
        ({"names": ["Libya"]}, {"kind": "place", "names": ["Libya"]}, None),
        ({"names": ["Salim Harb"], "type": "person"}, {"names": ["Omar Harb"], "type": "person"}, None),
        ({"names": ["Amal Said"], "type": "person", "private": True},
         {"names": ["Amal Said"], "type": "person", "private": True}, None),
    ],
)  # fmt: skip
def test_two_reports(short: Any, first: dict[str, Any], second: dict[str, Any], verdict: str | None) -> None:
    assert [row[2] for row in rows(short, [first], [second])] == ([verdict] if verdict else [])


def test_within_a_report_an_acronym_and_its_name_are_one(short: Any) -> None:
    found = rows(short, [{"names": ["Harbour Martyrs Front"]}, {"names": ["HMF"], "acronym": ["HMF"]}])
    assert found == [("r1/HMF", "r1/Harbour Martyrs Front", "SAME")]


def test_a_name_that_would_join_two_is_left_to_a_person(short: Any) -> None:
    front = "Harbour Martyrs Front"
    found = rows(
        short,
        [{"names": [front], "country": "LBY"}],
        [{"names": [front]}],
        [{"names": [front], "country": "EGY"}],
    )
    assert sorted(row[2] for row in found) == ["DIFFERENT", "SUGGESTED", "SUGGESTED"]


def test_an_outlet_quoted_by_name_is_the_outlet(short: Any) -> None:
    media = {"names": ["Coast Daily"], "type": "media"}
    assert rows(short, [media], outlets={"r1": "The Coast Daily"}) == [
        ("outlet:The Coast Daily", "r1/Coast Daily", "SAME")
    ]


def test_many_reports_on_one_group_cost_one_row_each(short: Any) -> None:
    reports = [[{"names": ["ISIS"], "known_as": "islamic-state", "type": "armed_group"}]] * 300
    known = {f"r{n:03}": [entity(e, f"r{n:03}") for e in entities] for n, entities in enumerate(reports)}
    found = list(resolve_entities(short.memory(known=known)))
    assert len(found) == 299
    assert len(Ledger(found).cluster("r000")) == 300


def test_a_surname_of_a_crowd_brings_no_one_together(short: Any) -> None:
    crowd = [[{"names": ["Ahmed"], "type": "person", "country": f"C{n}"}] for n in range(20)]
    assert rows(short, *crowd) == []


def test_the_same_view_gives_the_same_rows(short: Any) -> None:
    reports = [[{"names": ["Burkan", "HMF"]}, {"names": ["Harbour Martyrs Front"]}], [{"names": ["HMF"]}]]
    assert rows(short, *reports) == rows(short, *reports)
