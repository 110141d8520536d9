"""Runs the walks: sentences with what the record of them must and must not hold (see walks/README.md).

One test a walk. A walk with `known_gap` is expected to fail for that reason, and fails the run once it
passes, so that gaps are closed and never forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

import khaldun
from expectations import CHECKS, LISTS, SINGULAR, Item, Walk, failures

WALKS = Path(__file__).parent / "walks"
TOP_KEYS = set("name kind sentence published outlet title trap expect known_gap".split())


def _read_walks() -> Iterator[Walk]:
    for path in sorted(WALKS.glob("*.yaml")):
        for walk in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield {"file": path.name, **walk}


ALL_WALKS = tuple(_read_walks())


each_walk = pytest.mark.parametrize(
    "number", range(len(ALL_WALKS)), ids=[f"{w['file'][:-5]}: {w['name']}" for w in ALL_WALKS]
)


@cache
def _record_of(number: int) -> Item:
    walk = ALL_WALKS[number]
    published = walk.get("published")
    return khaldun.extract(  # loads its kit once a process
        walk["sentence"],
        published=None if published is None else str(published),
        outlet=walk.get("outlet"),
        title=walk.get("title"),
    )


@each_walk
def test_walk(number: int) -> None:
    walk = ALL_WALKS[number]
    found = failures(_record_of(number), walk)
    told = f"{walk['sentence'].strip()}\n  - " + "\n  - ".join(found)
    gap = walk.get("known_gap")
    if gap and found:
        pytest.xfail(f"known gap: {gap}\n  {told}")
    if gap:
        pytest.fail(f"'{walk['name']}' passes now: take out its known_gap ({gap})", pytrace=False)
    if found:
        pytest.fail(told, pytrace=False)


@each_walk
def test_the_record_of_a_walk_is_whole(number: int) -> None:
    """Every id resolves within the record, and every quotation stands at its span."""
    record, text = _record_of(number), ALL_WALKS[number]["sentence"]
    known = {item["id"] for kind in ("actors", "places") for item in record[kind]}
    assert {ref for ref in _references(record) if ref not in known} == set()
    for kind, field in (("events", "evidence"), ("relations", "evidence"), ("control", "evidence"), ("claims", "cue")):
        for item in record[kind]:
            start, end = item[f"{field}_span"]
            assert text[start:end] == item[field]


def _references(record: Item) -> Iterator[str]:
    """The ids by which a record's rows point at its actors and places."""
    slots = ("actor", "target", "source", "place", "speaker", "via", "according_to", "who", "entity")
    rows = [row for kind in LISTS - {"tolls"} for row in record[kind]]
    tolls = [toll for event in record["events"] for toll in event["tolls"]]
    for row in (*rows, *tolls):
        for slot in slots:
            value = row.get(slot)
            yield from (value if isinstance(value, list) else [value] if value else [])


@each_walk
def test_walk_is_well_formed(number: int) -> None:
    walk = ALL_WALKS[number]
    assert {"name", "kind", "sentence", "expect"} <= set(walk)
    assert set(walk) - {"file"} <= TOP_KEYS
    expect = walk["expect"]
    assert set(expect) <= LISTS | {"absent", "nothing"}
    for kind in LISTS & set(expect):
        for expected in expect[kind]:
            assert expected, f"an empty expectation of {kind} can't fail"
            assert set(expected) <= set(CHECKS[kind]), f"unknown keys of {kind}: {expected}"
    for unwanted in expect.get("absent", ()):
        for singular, pattern in unwanted.items():
            assert set(pattern) <= set(CHECKS[SINGULAR[singular]]), f"unknown keys: {unwanted}"
    if walk.get("trap"):
        assert LISTS & set(expect), "a trap says what must be found as well"
        assert {"absent", "nothing"} & set(expect), "a trap says what must not be found"


def test_walks_are_many_and_their_names_differ() -> None:
    names = [walk["name"] for walk in ALL_WALKS]
    assert len(names) == len(set(names))
    assert len(names) >= 44
    assert sum(bool(walk.get("trap")) for walk in ALL_WALKS) >= 14


CHECKER: Walk = yaml.safe_load((WALKS / "checker" / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("expect", CHECKER["fit"], ids=str)
def test_a_fitting_expectation_is_met(expect: Item) -> None:
    assert failures(CHECKER["record"], {"sentence": "", "expect": expect}) == []


@pytest.mark.parametrize("expect", CHECKER["misfit"], ids=str)
def test_an_expectation_that_does_not_fit_is_told(expect: Item) -> None:
    (told,) = failures(CHECKER["record"], {"sentence": "", "expect": expect})
    assert told
