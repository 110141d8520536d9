"""People of whom only the number is told: who is a group of its own, and who is one told of before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khaldun.model import Annotation

Annotated = Callable[[str], Annotation]


def _sufferers(found: Annotation) -> list[str]:
    names = {e.id: e.name for e in found.entities}
    return sorted({names[m.entity] for f in found.frames for m in f.roles.get("target", ()) if m.entity})


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Gunmen killed a judge in Sirte and took away six others.", ["judge", "six others"]),
        ("The rebels detained 112 others in Brak.", ["112 others"]),
        ("The council put the toll in Brak at 14 dead and 17 abducted.", ["17 abducted"]),
        ("Another 38 people were seized at checkpoints near Brak.", ["Another 38 people"]),
        ("Armed men abducted four staff of a clinic near Brak.", ["four staff"]),
        # near misses: nothing is done to them that makes a group of them
        ("Nine were killed in Brak.", []),
        ("A blast in Brak killed nine people.", []),
        ("A siege of a hotel left 21 people dead in Brak.", []),
    ],
)
def test_a_group_is_told_by_its_number(text: str, who: list[str], annotated: Annotated) -> None:
    assert _sufferers(annotated(text)) == who


def test_those_let_go_are_some_of_those_seized(annotated: Annotated) -> None:
    text = "Armed men abducted four nurses near Brak on Monday. Two were freed three days later."
    frame = next(f for f in annotated(text).frames if f.kind == "retreat.release")
    taken = next(m for m in annotated(text).mentions if m.quote == "four nurses")
    assert [m.entity for m in frame.roles["target"]] == [taken.entity]


def test_more_let_go_than_were_seized_are_others(annotated: Annotated) -> None:
    text = "Armed men abducted two nurses near Brak on Monday. Nine were freed in Sirte."
    frame = next(f for f in annotated(text).frames if f.kind == "retreat.release")
    assert "target" not in frame.roles


def test_those_counted_are_named_without_where_they_were(annotated: Annotated) -> None:
    found = annotated("Rockets killed at least four people in the town of Brak on Monday.")
    group = next(e for e in found.entities if e.kind == "actor")
    assert group.name == "at least four people"
    assert {n.text for n in group.names} >= {"at least four people", "four people", "people in the town of Brak"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Tens of thousands fled the town of Brak.", "Tens of thousands"),
        ("Some 900 people have left their homes in Brak since Monday.", "Some 900 people"),
    ],
)
def test_those_who_flee_are_a_group(text: str, who: str, annotated: Annotated) -> None:
    found = annotated(text)
    assert [e.name for e in found.entities if e.kind == "actor"] == [who]
    assert [f.kind for f in found.frames] == ["displacement"]


def test_those_killed_beside_the_one_aimed_at_suffer_too(annotated: Annotated) -> None:
    assert _sufferers(annotated("Jets bombed a clinic run by Hamas in Brak, killing two nurses.")) == [
        "Hamas",
        "two nurses",
    ]


def test_bodies_are_no_body(annotated: Annotated) -> None:
    found = annotated("Police found the bodies of 18 men near Brak.")
    assert sorted(e.name for e in found.entities if e.kind == "actor") == ["18 men", "Police"]
