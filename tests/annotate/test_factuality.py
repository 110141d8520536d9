"""Did it happen, by the words? Every entry of the lexicon of modality, then the constructions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from spacy.tokens import Doc

from khaldun.annotate.grammar.factuality import Reading, read_factuality
from khaldun.annotate.grammar.modality import governed
from khaldun.annotate.kit import Kit
from khaldun.annotate.words import words_of
from khaldun.knowledge import load_data

LEXICON: Mapping[str, Any] = load_data("lexicons/en/modality.yaml")
EXAMPLES = [
    (row["reading"], example["text"], example["trigger"])
    for part in ("governors", "nouns")
    for row in LEXICON[part]
    for example in row["examples"]
]
MODALS = {"'ll": "They'll attack the port.", "'d": "They'd attack the port.", "wo": "The army won't attack the port."}
CONDITIONS = {
    "should": "Should the rebels attack the port, the army will close the road.",
    "in the event": "The army would close the road in the event that the rebels attack the port.",
    "on condition": "The army would close the road on condition that the rebels attack the port.",
    "lest": "The town stored water lest the rebels attack the port.",
}
DETERMINERS = {
    "no": "The army carried out no attack on the port.",
    "neither": "Neither attack on the port succeeded.",
    "zero": "There were zero attacks on the port.",
}
ACTUAL = Reading()

Read = Callable[[str, str], Reading]


@pytest.fixture(scope="module")
def read(kit: Kit) -> Read:
    """The reading of a sentence's one token of that text."""

    def reading(sentence: str, trigger: str) -> Reading:
        found = [token for token in words_of(kit.nlp(sentence)) if token.text == trigger]
        assert len(found) == 1, (sentence, trigger)
        return read_factuality(found[0])

    return reading


def signs(reading: Reading) -> set[str]:
    """The names that the lexicon gives to what the reading holds."""
    flags = {"negated": reading.negated, "hedged": reading.hedged}
    return {reading.modality} | {name for name, raised in flags.items() if raised}


def words(part: str) -> list[tuple[str, str]]:
    return [(reading, word) for reading, listed in LEXICON[part].items() for word in listed]


def test_every_part_of_the_lexicon_is_tested_here() -> None:
    parts = {"governors", "nouns", "traces", "predicates", "adverbs", "modals", "conditions", "adjectives"}
    assert set(LEXICON) == parts


@pytest.mark.parametrize("part", ["governors", "nouns"])
def test_every_entry_has_examples(part: str) -> None:
    for row in LEXICON[part]:
        assert row["examples"], row["reading"]
        assert len(row["lemmas"]) == len(set(row["lemmas"])), row["reading"]


@pytest.mark.parametrize(("expected", "sentence", "trigger"), EXAMPLES)
def test_an_entry_gives_its_reading_to_its_examples(read: Read, expected: str, sentence: str, trigger: str) -> None:
    assert expected in signs(read(sentence, trigger))


@pytest.mark.parametrize(("expected", "modal"), words("modals"))
def test_modals(read: Read, expected: str, modal: str) -> None:
    assert read(MODALS.get(modal, f"The army {modal} attack the port."), "attack").modality == expected


@pytest.mark.parametrize("example", LEXICON["traces"]["examples"], ids=lambda e: e["text"])
def test_no_trace_is_nothing(read: Read, example: Mapping[str, str]) -> None:
    assert read(example["text"], example["trigger"]).negated


@pytest.mark.parametrize("example", LEXICON["traces"]["counterexamples"], ids=lambda e: e["text"])
def test_what_no_doubt_leaves_of_is_a_fact(read: Read, example: Mapping[str, str]) -> None:
    assert not read(example["text"], example["trigger"]).negated


@pytest.mark.parametrize(("expected", "word"), words("predicates"))
def test_predicates(read: Read, expected: str, word: str) -> None:
    article = "a " if word in {"lie", "fabrication", "myth", "hoax"} else ""
    if expected == "planned":
        assert expected in signs(read(f"An attack on the port is {word}.", "attack"))
    else:
        assert expected in signs(read(f"It is {article}{word} that the army attacked the port.", "attacked"))


@pytest.mark.parametrize(("expected", "adverb"), words("adverbs"))
def test_adverbs(read: Read, expected: str, adverb: str) -> None:
    sentence = f"The army {adverb} attacked the port."
    assert expected in signs(read(sentence, "attacked"))


@pytest.mark.parametrize("condition", LEXICON["conditions"])
def test_conditions(read: Read, condition: str) -> None:
    sentence = CONDITIONS.get(condition, f"The army would close the road {condition} the rebels attack the port.")
    assert read(sentence, "attack").modality == "conditional"


@pytest.mark.parametrize(("expected", "adjective"), words("adjectives"))
def test_adjectives(read: Read, expected: str, adjective: str) -> None:
    article = "an" if adjective[0] in "aeiou" else "a"
    sentence = DETERMINERS.get(adjective, f"The council spoke of {article} {adjective} attack on the port.")
    assert expected in signs(read(sentence, "attacks" if "attacks" in sentence else "attack"))


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The army attacked the port.", "attacked"),
        ("The army has attacked the port.", "attacked"),
        ("The army is attacking the port.", "attacking"),
        ("The army said that it had attacked the port.", "attacked"),
        ("The army announced that it had attacked the port.", "attacked"),
        ("The army tried to attack the port.", "attack"),
        ("The army was able to attack the port.", "attack"),
        ("The general, who plans to retire, attacked the port.", "attacked"),
        ("The army attacked the port and plans to leave.", "attacked"),
        ("The rebels said the town would fall after they attacked the port.", "attacked"),
        ("The army carried out an attack on the port.", "attack"),
        ("The army attacked the port because the rebels did not leave.", "attacked"),
        ("The council condemned the attack on the port.", "attack"),
    ],
)
def test_told_as_having_happened(read: Read, sentence: str, trigger: str) -> None:
    assert read(sentence, trigger) == ACTUAL


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The army did not attack the port.", "attack"),
        ("The army never attacked the port.", "attacked"),
        ("No one attacked the port.", "attacked"),
        ("No rebels attacked the port.", "attacked"),
        ("Neither side attacked the port.", "attacked"),
        ("The generals called off the attack on the port.", "attack"),
        ("The generals cancelled the attack on the port.", "attack"),
        ("Police foiled an attack on the port.", "attack"),
        ("The army stopped the rebels from seizing the port.", "seizing"),
        ("The town fell without attack.", "attack"),
        ("The rebels no longer besiege the town.", "besiege"),
    ],
)
def test_told_as_not_having_happened(read: Read, sentence: str, trigger: str) -> None:
    assert read(sentence, trigger) == Reading(negated=True)


@pytest.mark.parametrize(
    ("sentence", "trigger", "modality"),
    [
        ("The army announced it would attack the port.", "attack", "planned"),
        ("The army sent tanks to attack the port.", "attack", "planned"),
        ("The general planned an attack on the port.", "attack", "planned"),
        ("The army plans to attack and seize the port.", "seize", "planned"),
        ("The threat of an attack on the port remained.", "attack", "planned"),
        ("The army wants the rebels to leave the port.", "leave", "planned"),
        ("The council called for an attack on the port.", "attack", "asked"),
        ("Did the army attack the port?", "attack", "asked"),
        ("The mayor warned against an attack on the port.", "attack", "possible"),
        ("The army would have attacked the port.", "attacked", "possible"),
        ("Residents fear an attack on the port.", "attack", "feared"),
        ("Residents fear the army may attack the port.", "attack", "feared"),
        ("If the army attacks the port, the rebels will flee.", "attacks", "conditional"),
        ("If the army attacks the port, the talks will fail.", "attacks", "conditional"),
        ("If the army attacks the port, the rebels will flee.", "flee", "planned"),
    ],
)
def test_told_as_no_more_than_thought_of(read: Read, sentence: str, trigger: str, modality: str) -> None:
    reading = read(sentence, trigger)
    assert (reading.modality, reading.negated) == (modality, False)


def test_negation_and_modality_are_kept_apart(read: Read) -> None:
    assert read("The rebels may not attack the port.", "attack") == Reading(negated=True, modality="possible")
    assert read("The army will not attack the port.", "attack") == Reading(negated=True, modality="planned")


def test_an_adverb_hedges(read: Read) -> None:
    assert read("The army reportedly attacked the port.", "attacked") == Reading(hedged=True)


def test_the_carrying_verb_speaks_for_its_noun(kit: Kit) -> None:
    doc = words_of(kit.nlp("The army will not launch an attack on the port."))
    attack, launch = (next(t for t in doc if t.text == word) for word in ("attack", "launch"))
    assert read_factuality(attack, launch) == Reading(negated=True, modality="planned")


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("Two men returned to the capital to carry out attacks in Derna.", "attacks", "planned"),
        ("The group sent volunteers to attack the port.", "attack", "planned"),
        ("The brigade was the first to attack the port.", "attack", "actual"),
        ("The police intervened to disperse the crowd.", "disperse", "actual"),
    ],
)
def test_an_errand_is_no_deed_yet(text: str, trigger: str, modality: str, kit: Kit) -> None:
    word = next(t for t in words_of(kit.nlp(text)) if t.text == trigger)
    verb = word if word.pos_ == "VERB" else word.head
    assert read_factuality(word, None if verb is word else verb).modality == modality


def test_a_noun_that_heads_the_sentence_has_nothing_above_it(kit: Kit) -> None:
    words = ["Soldiers", "to", "shell", "Derna", "."]
    parsed = Doc(
        kit.nlp.vocab, words, lemmas=[w.lower() for w in words], pos=["NOUN", "PART", "VERB", "PROPN", "PUNCT"],
        tags=["NNS", "TO", "VB", "NNP", "."], heads=[0, 2, 0, 2, 0], deps=["ROOT", "aux", "xcomp", "dobj", "punct"],
    )  # fmt: skip
    soldiers, _, shell, *_ = words_of(parsed).tokens
    assert list(governed(soldiers, shell)) == []
