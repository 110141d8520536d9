"""Who holds a place: every entry of the lexicon, what follows from events, and what asserts no control."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

import khaldun
from khaldun.knowledge import load_data
from khaldun.model import Annotation, Frame
from khaldun.ontology import kind

LEXICON: Mapping[str, Any] = load_data("lexicons/en/control.yaml")
PARTS = ("participles", "predicates", "nouns", "phrases", "divided")
EXAMPLES = [
    (row["status"], example["text"], example["actor"], example["place"])
    for part in PARTS
    for row in LEXICON[part]
    for example in row["examples"]
]
BY_LIST = [
    (status, example["text"], example["actor"], example["place"], which == "examples")
    for status, name in (
        ("present", "there"),
        ("present", "seen"),
        ("present", "everywhere"),
        ("holds", "keeping"),
        ("holds", "lasting"),
        ("holds", "making"),
    )
    for which in ("examples", "counterexamples")
    for example in LEXICON[name][which]
]
Annotated = Callable[[str], Annotation]
State = tuple[str, str, str]


def frames(annotation: Annotation) -> list[Frame]:
    return [frame for frame in annotation.frames if kind(frame.kind).family == "control"]


def states(annotation: Annotation) -> set[State]:
    """(actor, status, place) of every state, by the words of the mentions."""
    return {
        (f.roles["actor"][0].quote, f.kind.removeprefix("control."), f.roles["place"][0].quote)
        for f in frames(annotation)
    }


@pytest.mark.parametrize("part", PARTS)
def test_every_entry_is_of_a_known_status_and_has_examples(part: str) -> None:
    for row in LEXICON[part]:
        assert kind(f"control.{row['status']}").family == "control"
        assert row["examples"], row


@pytest.mark.parametrize(("status", "sentence", "actor", "place"), EXAMPLES)
def test_an_entry_finds_holder_and_place_of_its_examples(
    annotated: Annotated, status: str, sentence: str, actor: str, place: str
) -> None:
    found = states(annotated(sentence))
    assert any(actor in a and s == status and place in p for a, s, p in found), found


@pytest.mark.parametrize(("status", "sentence", "actor", "place", "so"), BY_LIST)
def test_a_list_tells_where_somebody_is_or_holds(
    annotated: Annotated, status: str, sentence: str, actor: str, place: str, so: bool
) -> None:
    found = states(annotated(sentence))
    assert any(actor in a and s == status and place in p for a, s, p in found) is so, found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The army captured Tripoli from the rebels.", {("army", "holds", "Tripoli"), ("rebels", "lost", "Tripoli")}),
        ("Tripoli fell to the rebels on Friday.", {("rebels", "holds", "Tripoli")}),
        ("The army lost Tripoli to the rebels.", {("army", "lost", "Tripoli"), ("rebels", "holds", "Tripoli")}),
        ("The rebels withdrew from Tripoli.", {("rebels", "lost", "Tripoli")}),
        ("The army besieged Tripoli.", {("army", "contested", "Tripoli")}),
        ("The army has control of Tripoli.", {("army", "holds", "Tripoli")}),
        ("The army no longer controls Tripoli.", {("army", "lost", "Tripoli")}),
        ("Tripoli is controlled by the army.", {("army", "holds", "Tripoli")}),
    ],
)
def test_states_and_what_events_do_to_them(annotated: Annotated, sentence: str, expected: set[State]) -> None:
    assert states(annotated(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The army did not capture Tripoli.",
        "The army plans to capture Tripoli.",
        "The army failed to capture Tripoli.",
        "The army tried to capture Tripoli.",
        "The rebels may withdraw from Tripoli.",
        "The army shelled Tripoli.",
        "The rebels withdrew from Libya.",
        "The committee controls the budget in Tripoli.",
    ],
)
def test_no_state_of_control(annotated: Annotated, sentence: str) -> None:
    assert not states(annotated(sentence))


def test_a_besieger_at_most_contests(annotated: Annotated) -> None:
    for sentence in ("The army besieged Tripoli.", "Tripoli is besieged by the army.", "The army surrounded Tripoli."):
        assert {s for _, s, _ in states(annotated(sentence))} <= {"contested"}


def test_a_state_after_an_event_begins_with_it_and_is_known_until_publication(annotated: Annotated) -> None:
    (state,) = frames(annotated("The army captured Tripoli on 3 May 2018."))
    assert (state.when.earliest, state.when.latest) == (date(2018, 5, 3), date(2018, 5, 14))


def test_an_announced_capture_is_the_announcers_by_inference(annotated: Annotated) -> None:
    found = frames(annotated("The Falcon Brigade announced the capture of Tripoli."))
    assert {(f.kind, f.roles["actor"][0].quote, f.inferred) for f in found} == {
        ("control.holds", "Falcon Brigade", frozenset({"actor"}))
    }


@pytest.mark.parametrize(
    ("sentence", "begun"),
    [
        ("In April 2017 the army captured Sirte.", "2017-04-30"),
        ("Al-Shabaab fighters withdrew from Sirte between 3 and 9 May 2017.", "2017-05-09"),
        ("The Islamic State has held Sirte since June 2015.", "2015-06-30"),
        ("The Islamic State has held Sirte since 5 May 2016.", "2016-05-05"),
        ("In 2016 the Islamic State controlled Sirte.", "2016-12-31"),
        ("Islamic State fighters have operated in Sirte over the past year.", None),
        ("The Islamic State controls Sirte.", None),
    ],
)
def test_by_which_day_a_state_had_begun(sentence: str, begun: str | None) -> None:
    record = khaldun.extract(sentence, published="2017-05-20", outlet="Sidra Observer")
    assert {state["begun_by"] for state in record["control"]} == {begun}


@pytest.mark.parametrize(
    ("example", "past"),
    [(e, which == "examples") for which in ("examples", "counterexamples") for e in LEXICON["forcing"][which]],
)
def test_where_somebody_was_forced_to_be_he_need_not_be_still(example: dict[str, str], past: bool) -> None:
    record = khaldun.extract(example["text"], published="2017-05-20", outlet="Sidra Observer")
    names = {row["id"]: row["name"] for row in (*record["actors"], *record["places"])}
    found = [(names[s["actor"]], names[s["place"]], s["past"]) for s in record["control"] if s["status"] == "present"]
    assert found == [(example["actor"], example["place"], past)]
