"""Ties between two parties: every entry of the lexicon, then what must and must not make a tie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from khaldun.knowledge import load_data
from khaldun.model import Annotation, Frame, Mention
from khaldun.ontology import kind

LEXICON: Mapping[str, Any] = load_data("lexicons/en/relations.yaml")
PARTS = ("titles", "branches", "participles", "predicates")
EXAMPLES = [
    (row["kind"], example["text"], example["source"], example["target"])
    for part in PARTS
    for row in LEXICON[part]
    for example in row["examples"]
]
OF_LISTS = [
    (name, example["text"], example["source"], example["target"])
    for part, name in {
        "heads_of_state": "leads",
        "governing": "leads",
        "speaking": "spokesman_of",
        "departments": "member_of",
        "staff": "spokesman_of",
        "outlets": "affiliated_with",
        "owning": "affiliated_with",
        "contests": "fights",
        "wars": "fights",
        "waging": "fights",
        "headway": "fights",
        "leagues": "fights",
        "combating": "fights",
        "assisting": "allied_with",
        "relief": "allied_with",
        "giving": "allied_with",
        "commanded": "commands",
        "headed": "leads",
        "staffing": "part_of",
        "serving_in": "member_of",
        "serving_states": "member_of",
        "arms": "commands",
        "army_ranks": "member_of",
        "of_an_army": "fights",
        "whole_forces": "member_of",
        "defeats": "fights",
        "units": "part_of",
        "jointly": "allied_with",
        "posted": "member_of",
        "whoever": "fights",
        "acting": "leads",
        "owned_by_states": "affiliated_with",
    }.items()
    for example in LEXICON[part]["examples"]
]
Annotated = Callable[[str], Annotation]


def ties(annotation: Annotation) -> list[Frame]:
    return [frame for frame in annotation.frames if kind(frame.kind).family == "relation"]


def names(annotation: Annotation, mention: Mention) -> list[str]:
    """The mention's words and all names of its entity."""
    entity = next(e for e in annotation.entities if e.id == mention.entity)
    return [mention.quote, entity.name, *(name.text for name in entity.names)]


def joins(annotation: Annotation, frame: Frame, source: str, target: str) -> bool:
    ends = ((frame.roles["source"], source), (frame.roles["target"], target))
    return all(any(part in name for name in names(annotation, m[0])) for m, part in ends)


def pairs(annotation: Annotation) -> set[tuple[str, str, str]]:
    """(kind, source, target) of every tie, by entity name."""
    named = {e.id: e.name for e in annotation.entities}
    return {
        (f.kind, named[f.roles["source"][0].entity or ""], named[f.roles["target"][0].entity or ""])
        for f in ties(annotation)
        if "target" in f.roles
    }


def kinds_of(annotation: Annotation) -> set[str]:
    return {frame.kind for frame in ties(annotation)}


@pytest.mark.parametrize("part", PARTS)
def test_every_entry_is_of_a_known_kind_and_has_examples(part: str) -> None:
    for row in LEXICON[part]:
        assert kind(row["kind"]).family == "relation"
        assert row["examples"], row
        for example in row["examples"]:
            assert example["source"] in example["text"]
            assert example["target"] in example["text"]


@pytest.mark.parametrize(("name", "sentence", "source", "target"), EXAMPLES + OF_LISTS)
def test_an_entry_ties_the_parties_of_its_examples(
    annotated: Annotated, name: str, sentence: str, source: str, target: str
) -> None:
    found = annotated(sentence)
    assert any(f.kind == name and joins(found, f, source, target) for f in ties(found)), pairs(found)


def test_every_tie_has_one_source_and_another_target(annotated: Annotated) -> None:
    for _, sentence, _, _ in EXAMPLES:
        for frame in ties(annotated(sentence)):
            (source,), (target,) = frame.roles["source"], frame.roles["target"]
            assert source.entity != target.entity
            assert source.kind == target.kind == "actor"


@pytest.mark.parametrize(
    "sentence",
    [
        "The Sword Brigade is not backed by Turkey.",
        "The Sword Brigade may join the Falcon Alliance.",
        "The Sword Brigade did not pledge allegiance to the warlord Omar Saleh.",
        "The Sword Brigade plans to join the Falcon Alliance.",
        "The Sword Brigade is not part of the Falcon Alliance.",
        "The Sword Brigade was never a branch of the Falcon Alliance.",
        "Two fighters of the Sword Brigade, which is not an affiliate of the Falcon Alliance, left Tarsin.",
    ],
)
def test_a_tie_that_does_not_hold_is_none(annotated: Annotated, sentence: str) -> None:
    assert not ties(annotated(sentence))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Omar Saleh, the former commander of the Falcon Brigade, was freed.", "former_member_of"),
        ("Omar Saleh, the deputy commander of the Falcon Brigade, was freed.", "member_of"),
        ("Omar Saleh, the commander of the Falcon Brigade, was freed.", "commands"),
    ],
)
def test_words_beside_a_title_date_or_weaken_it(annotated: Annotated, sentence: str, expected: str) -> None:
    assert kinds_of(annotated(sentence)) == {expected}


def test_a_title_is_kept_as_printed(annotated: Annotated) -> None:
    (tie,) = ties(annotated("Omar Saleh, the military commander of the Falcon Brigade, was freed."))
    assert tie.values == {"title": "military commander"}


def test_both_bearers_of_a_title(annotated: Annotated) -> None:
    found = annotated("Omar Saleh and Salim Harb, both members of the Falcon Brigade, were freed.")
    assert pairs(found) == {
        ("member_of", "Omar Saleh", "Falcon Brigade"),
        ("member_of", "Salim Harb", "Falcon Brigade"),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "The army clashed with the rebels near Sirte.",
        "The army attacked the rebels near Sirte.",
        "The rebels were bombed by the army near Sirte.",
    ],
)
def test_armed_parties_in_a_violent_event_fight(annotated: Annotated, sentence: str) -> None:
    found = annotated(sentence)
    assert kinds_of(found) == {"fights"}
    ((_, source, target),) = pairs(found)
    assert {source, target} == {"army", "rebels"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The army did not attack the rebels.",
        "The army plans to attack the rebels.",
        "The army attacked the villagers.",
        "The army met the rebels in Sirte.",
    ],
)
def test_no_fight_without_a_violent_event_between_armed_parties(annotated: Annotated, sentence: str) -> None:
    assert "fights" not in kinds_of(annotated(sentence))


def test_an_alliance_of_many_does_not_fight_within(annotated: Annotated) -> None:
    found = annotated("The army, the police and the coast guard clashed with the rebels in Sirte.")
    fighting = {frozenset(p[1:]) for p in pairs(found) if p[0] == "fights"}
    assert frozenset({"army", "police"}) not in fighting


def test_the_founder_is_read_off_the_founding(annotated: Annotated) -> None:
    found = annotated("The Falcon Brigade was founded by Omar Saleh in 2012.")
    assert pairs(found) == {("founded", "Omar Saleh", "Falcon Brigade")}
    (tie,) = ties(found)
    assert tie.when.earliest is not None
    assert tie.when.earliest.year == 2012


def test_an_office_has_no_date_of_its_own(annotated: Annotated) -> None:
    (tie,) = ties(annotated("Omar Saleh, the commander of the Falcon Brigade, spoke."))
    assert not tie.when.known


def test_one_tie_told_twice_in_a_sentence_is_one(annotated: Annotated) -> None:
    found = annotated("The army attacked the rebels in Sirte and the army shelled the rebels in Zliten.")
    assert len([f for f in ties(found) if f.kind == "fights"]) == 1


@pytest.mark.parametrize(
    "example",
    [
        *LEXICON["unarmed"]["counterexamples"],
        *LEXICON["of_any_force"]["counterexamples"],
        *LEXICON["no_joint_deeds"]["counterexamples"],
    ],
)
def test_nobody_fights_in_a_war_of_words(annotated: Annotated, example: Mapping[str, str]) -> None:
    assert "fights" not in kinds_of(annotated(example["text"]))


@pytest.mark.parametrize(
    "sentence",
    [
        "Colombia's war on drugs has cost billions.",
        "The union's battle with the government over pensions entered its third week.",
        "Jordan may join the campaign against the Falcon Brigade.",
        "France said it would not help fight the Falcon Brigade.",
    ],
)
def test_no_fight_is_told_by(annotated: Annotated, sentence: str) -> None:
    assert "fights" not in kinds_of(annotated(sentence))


@pytest.mark.parametrize(
    ("sentence", "tie"),
    [
        ("Hezbollah fighters joined Syrian soldiers in their battle against the Nusra Front.", "member_of"),
        ("The mayor supported the protesters' call for talks with the army.", "allied_with"),
        ("Soldiers helped displaced families rebuild their homes.", "allied_with"),
        ("Students marched in support of the teachers in Conakry.", "allied_with"),
        ("The FBI chief met Kenyan police leaders on Friday.", "leads"),
        ("The UN envoy met the rebels in Bujumbura.", "holds_office"),
        ("The judge supported the officers' request.", "allied_with"),
        ("Algerian army officials denied the report.", "member_of"),
        ("Chad joined the campaign against the Falcon Brigade and similar groups.", "rival_of"),
        ("He visited the birthplace of the Islam to which Omar Saleh belongs.", "member_of"),
    ],
)
def test_no_tie_of_this_kind_is_told_by(annotated: Annotated, sentence: str, tie: str) -> None:
    assert tie not in kinds_of(annotated(sentence))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ankara launched Operation Claw against the PKK.", ("fights", "Ankara", "PKK")),
        (
            "The army and the Falcon Brigade, a faction of the Reform Party, signed a pact.",
            ("part_of", "Falcon Brigade", "Reform Party"),
        ),
        (
            "President Clinton said the United States would send another carrier to the Gulf.",
            ("leads", "Clinton", "United States"),
        ),
        ("Serbia's Slobodan Milosevic rejected the ultimatum.", ("leads", "Slobodan Milosevic", "Serbia")),
        (
            "Kenya deployed 400 soldiers to assist Somali troops fighting al-Shabab.",
            ("fights", "Somali troops", "al-Shabab"),
        ),
        (
            "The United States remains committed to the fight against Islamic State.",
            ("fights", "United States", "Islamic State"),
        ),
        (
            "The Rapid Support Forces and the rival Sudan Liberation Movement traded fire.",
            ("rival_of", "Sudan Liberation Movement", "Rapid Support Forces"),
        ),
        (
            "Gunmen of the Falcon Alliance's rival faction stormed the base on Friday.",
            ("rival_of", "Falcon Alliance's rival faction", "Falcon Alliance"),
        ),
        (
            "Police clashed with ethnic Albanians in Pristina on Sunday.",
            ("fights", "Police", "ethnic Albanians"),
        ),
    ],
)
def test_a_tie_is_told_by(annotated: Annotated, sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in pairs(annotated(sentence))
