"""One way of writing a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.counting import words_for_people
from khaldun.knowledge import load_data
from khaldun.names import acronym_of, is_acronym, name_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("the Harbour Front", "harbour front"),
        ("Abu Muhammad al-Adnani's", "abu muhammad al adnani"),
        ("Abdel Fattah el-Sisi", "abdel fattah al sisi"),
        ("Sana\u2019a", "sanaa"),
        ("the rebels\u2019", "rebels"),
        ("Zürich", "zurich"),
        ("U.N.", "u n"),
        ("…", ""),
        ("Theodore", "theodore"),
    ],
)
def test_keys(text: str, key: str) -> None:
    assert name_key(text) == key


@given(st.text(max_size=40))
def test_a_key_is_its_own_key_but_for_a_second_article(text: str) -> None:
    key = name_key(text)
    assert key == key.strip()
    assert name_key(f"  {text} ") == key


@pytest.mark.parametrize(
    ("text", "expected"), [("MSC", True), ("U.N.", True), ("G7", True), ("Msc", False), ("X", False)]
)
def test_acronyms(text: str, expected: bool) -> None:
    assert is_acronym(text) is expected


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("HMF", "Harbour Martyrs Front", True),
        ("HMF", "Harbour Martyrs Front in Derna", True),
        ("CPR", "Council for the Protection of Ruins", True),
        ("CFTPOR", "Council for the Protection of Ruins", True),
        ("HMF", "Harbour Front", False),
        ("H", "Harbour", False),
        ("HF", "Front of the Harbour", False),
    ],
)
def test_an_acronym_spells_a_name(short: str, long: str, expected: bool) -> None:
    assert acronym_of(short, long) is expected


WHOM = load_data("lexicons/en/counts.yaml")["anyone"]


@pytest.mark.parametrize("phrase", WHOM["examples"])
def test_whom_a_count_of_anyone_is_of(phrase: str) -> None:
    assert words_for_people(phrase) == frozenset()


@pytest.mark.parametrize("phrase", WHOM["counterexamples"])
def test_whom_a_count_of_some_people_is_of(phrase: str) -> None:
    assert words_for_people(phrase) == {phrase.split()[-1]}
