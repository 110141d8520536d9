"""Names that the text itself gives, and what only looks like one."""

from __future__ import annotations

import pytest

from khaldun.annotate.actors.given_names import find_armed, find_called


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("A group calling itself the Sons of Idlib shelled the port.", "Sons of Idlib", "org:called"),
        ("A militant group named Red Dawn attacked the port.", "Red Dawn", "org:called"),
        ("The rebel group known as Red Dawn to the police attacked the port.", "Red Dawn", "org:called"),
        ("The commander, who styles himself Abu Noor, fled.", "Abu Noor", "person:called"),
    ],
)
def test_what_a_group_calls_itself_is_its_name(text: str, name: str, rule: str) -> None:
    assert [(found.span.of(text), found.rule) for found in find_called(text, ())] == [(name, rule)]


@pytest.mark.parametrize(
    "text",
    [
        "The rebel group named Omar Saleh its commander in Idlib.",
        "The parliamentary group called Israel to stop shelling Gaza.",
        "A rebel group called Monday for a ceasefire in Idlib.",
    ],
)
def test_whom_a_group_names_or_calls_is_not_the_group(text: str) -> None:
    assert not list(find_called(text, ()))


def test_a_word_for_fighters_opens_the_name_of_a_group() -> None:
    text = "Fighters of Jund al-Sahil shelled the port."
    assert [found.span.of(text) for found in find_armed(text, ())] == ["Jund al-Sahil"]
