"""Copies of frozen values are those that the standard library makes."""

from __future__ import annotations

import dataclasses

import pytest

from khaldun.copies import quickly_made, replace
from khaldun.model import Frame, Mention, Span

ARMY = Mention("m1", Span(4, 8), "army", "actor", head=Span(4, 8), fills={"organisation": 0.6})
ATTACK = Frame("f1", "assault.attack", Span(9, 17), Span(0, 30), {"actor": (ARMY,)})


def test_a_copy_is_what_the_standard_library_makes_and_leaves_the_value_as_it_was() -> None:
    before = dataclasses.replace(ATTACK)
    for changes in ({}, {"score": 0.4}, {"roles": {}, "negated": True, "made_by": "rule"}):
        assert replace(ATTACK, **changes) == dataclasses.replace(ATTACK, **changes)
    assert before == ATTACK
    assert hash(replace(ARMY, score=0.4)) == hash(dataclasses.replace(ARMY, score=0.4))


def test_a_copy_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(ARMY, score=0.4).score = 0.5  # type: ignore[misc]


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        replace(ARMY, skore=0.4)  # type: ignore[call-arg]


def test_a_kind_that_checks_its_fields_is_refused() -> None:
    with pytest.raises(TypeError):
        replace(Span(2, 4), end=1)


def test_a_kind_that_is_quickly_made_is_the_kind_that_the_standard_library_makes() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Plain:
        name: str
        number: int = 4
        parts: list[str] = dataclasses.field(default_factory=list)

    @quickly_made
    @dataclasses.dataclass(frozen=True, slots=True)
    class Quick:
        name: str
        number: int = 4
        parts: list[str] = dataclasses.field(default_factory=list)

    for given in ({"name": "a"}, {"name": "a", "number": 5}, {"name": "a", "parts": ["b"]}):
        assert dataclasses.asdict(Quick(**given)) == dataclasses.asdict(Plain(**given))
    assert Quick("a", 5, ["b"]) == Quick(name="a", number=5, parts=["b"]) != Quick("a", 5)
    assert Quick("a").parts is not Quick("a").parts
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]
    with pytest.raises(dataclasses.FrozenInstanceError):
        Quick("a").name = "b"  # type: ignore[misc]


def test_a_kind_with_checks_of_its_own_is_not_quickly_made() -> None:
    with pytest.raises(TypeError):
        quickly_made(Span)
