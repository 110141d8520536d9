"""Who does what goes by where the words put them, not by who they are: swapped actors swap in the record, no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pytest

Pair: TypeAlias = tuple[str, str]

# {a} and {b} change places.
FIGHTING = (
    "{a} attacked {b} near Sirte on Friday.",
    "{a} shelled positions of {b} outside Derna on 12 May 2018.",
    "{b} were attacked by {a} in Sirte.",
    "{a} killed nine fighters of {b} in an ambush near Tripoli.",
    "{a} captured the town of Bin Jawad from {b}.",
    "{a} clashed with {b} in Benghazi on Monday.",
    "{a} withdrew from Derna after fighting with {b}.",
    "{a} denied that {b} had seized the port of Sirte.",
    "{a} claimed responsibility for a bombing that killed four members of {b}.",
    "{a} accused {b} of shelling a hospital in Misrata.",
    "A spokesman for {a} told Reuters that {b} had shelled Sirte.",
    "If {a} attacked {b}, the talks would fail.",
    "{a} will attack {b} next week, residents said.",
    "{a} did not attack {b} in Sirte.",
    "{a} and {b} signed a ceasefire on Sunday.",
    "An air strike by {a} killed 12 members of {b} in Sirte.",
    "{a} released six prisoners to {b} on Thursday.",
    "Residents said {a} had taken two fighters of {b} hostage in Sabratha.",
)
SIDES: tuple[Pair, ...] = (
    ("the Turkish army", "the Falcon Brigade"),
    ("the Islamic State", "Hezbollah"),
    ("the Israeli army", "Hamas"),
    ("the Russian army", "the Ukrainian army"),
    ("government forces", "the rebels"),
    ("Boko Haram", "the Nigerian army"),
)
PEOPLE = (
    "{a} stabbed {b} in Derna on Friday.",
    "{b} were stabbed by {a} in the market of Derna.",
    "{a} shot dead {b} outside a shop in Tripoli on Monday.",
    "Police in Tripoli arrested {a} for the killing of {b}.",
    "Gunmen abducted {a} near Sirte, and {b} were wounded.",
    "{a} protested in Benghazi on Sunday against {b}.",
)
KINDS_OF_PEOPLE: tuple[Pair, ...] = (
    ("three men", "three women"),
    ("two Muslims", "two Christians"),
    ("two Sunnis", "two Shiites"),
    ("two Hindus", "two Jews"),
    ("two Syrians", "two Germans"),
    ("two Afghans", "two Nigerians"),
)
PERSONS = (
    "{a} told reporters in Tripoli on Monday that {b} had been abducted.",
    "{a} accused {b} of ordering the raid on the camp.",
    "{a} was killed in Sirte on 3 May 2018, {b} said.",
    "{a} met {b} in Cairo on Sunday.",
    "{a}, the commander of the Falcon Brigade, arrested {b}.",
)
NAMES: tuple[Pair, ...] = (
    ("Omar Saleh", "Leila Saleh"),
    ("Mary Johnson", "Peter Johnson"),
    ("Fatima Hassan", "David Cohen"),
)
SWAPS = [
    (frame, pair)
    for frames, pairs in ((FIGHTING, SIDES), (PEOPLE, KINDS_OF_PEOPLE), (PERSONS, NAMES))
    for frame in frames
    for pair in pairs
]


def texts(frame: str, pair: Pair) -> Pair:
    """The sentence with the pair in its two places, either way round."""
    first, second = pair
    return _sentence(frame, first, second), _sentence(frame, second, first)


def _sentence(frame: str, a: str, b: str) -> str:
    text = frame.format(a=a, b=b)
    return text[:1].upper() + text[1:]


def slots(pair: Pair) -> Mapping[str, str]:
    """The words of a text and the place in it that stands for them."""
    return {pair[0]: "A", pair[1]: "B"}


_PHRASE = "a common noun takes the place behind it into its phrase, as the parser has it: “the rebels in Sirte”"
KNOWN_GAPS = {
    ("{b} were attacked by {a} in Sirte.", "government forces"): _PHRASE,
    ("{a} clashed with {b} in Benghazi on Monday.", "government forces"): _PHRASE,
}


def _cases() -> list[Any]:
    found = []
    for frame, pair in SWAPS:
        gap = KNOWN_GAPS.get((frame, pair[0]))
        marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
        found.append(pytest.param(frame, pair, id=texts(frame, pair)[0], marks=marks))
    return found


@pytest.fixture(scope="module")
def read(reader: Any) -> dict[str, dict[str, Any]]:
    """All sentences, read in one batch."""
    sentences = list(dict.fromkeys(text for frame, pair in SWAPS for text in texts(frame, pair)))
    return dict(zip(sentences, reader.records(sentences), strict=True))


@pytest.mark.parametrize(("frame", "pair"), _cases())
def test_swapped_actors_swap_in_the_record_and_nothing_else_changes(
    frame: str, pair: Pair, read: dict[str, dict[str, Any]], placed: Callable[..., dict[str, Any]]
) -> None:
    one, other = (read[text] for text in texts(frame, pair))
    here, there = placed(one, slots(pair)), placed(other, slots(pair[::-1]))
    assert here["events"] or here["claims"], "nothing is found, so nothing is tested"
    assert {"A", "B"} & set(here["who"])
    assert here == there


def test_the_shape_tells_who_did_it_to_whom(reader: Any, placed: Callable[..., dict[str, Any]]) -> None:
    """The comparison is sharp: read without swapping the labels, a swapped sentence is another record."""
    pair = SIDES[0]
    one, other = (placed(reader.record(text), slots(pair)) for text in texts(FIGHTING[0], pair))
    assert one["events"][0]["actor"] == ["A"]
    assert one["events"][0]["target"] == ["B"]
    assert one != other
