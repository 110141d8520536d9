"""Copies of frozen values are those that the standard library makes."""

from __future__ import annotations

import dataclasses

import pytest

from khaldun.copies import replace
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
