"""Grammatical functions: voice undone, coordination spread out, missing subjects and relative pronouns understood."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khaldun.annotate.grammar.passives import is_passive, is_reduced_main_clause
from khaldun.annotate.grammar.syntax import antecedent, arguments, clause_head, conjuncts, lemmas, phrase
from khaldun.annotate.grammar.understood import understood_subject
from khaldun.annotate.kit import Kit
from khaldun.annotate.words import Doc, Token, words_of

Parser = Callable[[str], Doc]


@pytest.fixture(scope="module")
def parsed(kit: Kit) -> Parser:
    return lambda text: words_of(kit.nlp(text))


def the(doc: Doc, word: str) -> Token:
    """The one token of `doc` with that text."""
    found = [token for token in doc if token.text == word]
    assert len(found) == 1, (word, doc.text)
    return found[0]


def functions(doc: Doc, word: str) -> dict[str, list[str]]:
    return {name: [t.text for t in tokens] for name, tokens in arguments(the(doc, word)).items()}


@pytest.mark.parametrize(
    ("sentence", "verb", "passive"),
    [
        ("The army seized the port.", "seized", False),
        ("The port was seized by the army.", "seized", True),
        ("The port has been seized by the army.", "seized", True),
        ("The port seized by the army was closed.", "seized", True),
        ("The port that the army seized was closed.", "seized", False),
        ("The port that was seized by the army was closed.", "seized", True),
        ("The army will have seized the port.", "seized", False),
        ("The port could be seized by the army.", "seized", True),
    ],
)
def test_voice_is_undone(parsed: Parser, sentence: str, verb: str, passive: bool) -> None:
    doc = parsed(sentence)
    assert is_passive(the(doc, verb)) is passive
    found = functions(doc, verb)
    assert found["A"] == ["army"]
    assert found["P"] == ["port"]


def test_a_passive_without_an_agent_has_no_logical_subject(parsed: Parser) -> None:
    assert functions(parsed("Two bridges were destroyed in the raid."), "destroyed") == {
        "P": ["bridges"],
        "in": ["raid"],
    }


@pytest.mark.parametrize(
    ("sentence", "verb", "name", "fillers"),
    [
        ("The army, the navy and the police attacked the camp.", "attacked", "A", ["army", "navy", "police"]),
        ("The camp was attacked by the army and the police.", "attacked", "A", ["army", "police"]),
        ("The militia shelled the market and the hospital.", "shelled", "P", ["market", "hospital"]),
        ("The rebels withdrew from the port and the airfield.", "withdrew", "from", ["port", "airfield"]),
    ],
)
def test_coordination_is_spread_out(parsed: Parser, sentence: str, verb: str, name: str, fillers: list[str]) -> None:
    assert functions(parsed(sentence), verb)[name] == fillers


def test_conjuncts_start_at_the_token_itself(parsed: Parser) -> None:
    doc = parsed("The army, the navy and the police attacked the camp.")
    assert [t.text for t in conjuncts(the(doc, "navy"))] == ["navy", "police"]
    assert conjuncts(the(doc, "camp")) == (the(doc, "camp"),)


def test_a_coordinated_verb_is_no_conjunct_of_a_noun(parsed: Parser) -> None:
    doc = parsed("The army entered the port and arrested two men.")
    assert [t.text for t in conjuncts(the(doc, "port"))] == ["port"]


@pytest.mark.parametrize(
    ("sentence", "verb", "subject"),
    [
        ("The army entered the port and arrested two men.", "arrested", "army"),
        ("The battalion tried to leave the town.", "leave", "battalion"),
        ("The army forced the battalion to leave the town.", "leave", "battalion"),
        ("The mediators persuaded the rebels to release the captives.", "release", "rebels"),
        ("The council called on the fighters to leave the port.", "leave", "fighters"),
        ("The rebels were ordered to surrender the town.", "surrender", "rebels"),
        ("The residents accused the army of shelling the camp.", "shelling", "army"),
        ("The rebels were accused by the army of burning the school.", "burning", "rebels"),
        ("The rebels besieging the town fired at a convoy.", "besieging", "rebels"),
        ("The rebels withdrew from the town after losing the port.", "losing", "rebels"),
        ("The army shelled the market, killing nine traders.", "killing", "army"),
        ("The army helped the militia capture the town.", "capture", "militia"),
    ],
)
def test_a_missing_subject_is_understood(parsed: Parser, sentence: str, verb: str, subject: str) -> None:
    assert functions(parsed(sentence), verb)["A"] == [subject]


def test_a_participle_takes_the_noun_above_it_as_what_undergoes_it(parsed: Parser) -> None:
    found = functions(parsed("The town besieged by the rebels was hungry."), "besieged")
    assert (found["A"], found["P"]) == (["rebels"], ["town"])


def test_a_main_verb_has_no_understood_subject(parsed: Parser) -> None:
    doc = parsed("The army withdrew.")
    assert understood_subject(the(doc, "withdrew")) is None


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("The brigade that seized the port left on Friday.", "seized", {"A": ["brigade"], "P": ["port"]}),
        ("The soldiers who were captured by the rebels returned.", "captured", {"A": ["rebels"], "P": ["soldiers"]}),
        ("The rebels whom the army captured were freed.", "captured", {"A": ["army"], "P": ["rebels"]}),
        ("The army freed the men the rebels had captured.", "captured", {"A": ["rebels"], "P": ["men"]}),
        ("The camp, which the army shelled, was empty.", "shelled", {"A": ["army"], "P": ["camp"]}),
    ],
)
def test_relative_clauses_take_their_antecedent(
    parsed: Parser, sentence: str, verb: str, expected: dict[str, list[str]]
) -> None:
    found = functions(parsed(sentence), verb)
    assert {name: found.get(name) for name in expected} == expected


def test_who_is_no_place(parsed: Parser) -> None:
    doc = parsed("Ahmed Nasr, the emir's envoy to Libya, who was captured in May, was freed.")
    assert antecedent(the(doc, "who")).text in {"Nasr", "envoy"}
    assert "Libya" not in functions(doc, "captured")["P"]


def test_a_conjunction_is_no_relative_pronoun(parsed: Parser) -> None:
    doc = parsed("The army said that the rebels fled.")
    assert antecedent(the(doc, "that")) == the(doc, "that")


def test_a_main_verb_read_as_a_participle(parsed: Parser) -> None:
    doc = parsed("Hundreds of residents protested in the square.")
    verb = the(doc, "protested")
    assert functions(doc, "protested")["A"] == ["Hundreds"]
    assert not is_passive(verb)


def test_a_real_participle_is_no_main_verb(parsed: Parser) -> None:
    doc = parsed("Hundreds of residents displaced by the fighting returned.")
    assert not is_reduced_main_clause(the(doc, "displaced"))
    assert functions(doc, "displaced")["A"] == ["fighting"]


@pytest.mark.parametrize(
    ("sentence", "noun", "expected"),
    [
        ("The army's attack on the village failed.", "attack", {"A": ["army"], "on": ["village"]}),
        ("The killing of the judge by the militia was filmed.", "killing", {"A": ["militia"], "of": ["judge"]}),
        ("A raid by soldiers and policemen failed.", "raid", {"A": ["soldiers", "policemen"]}),
        ("The rebel attack on the base failed.", "attack", {"compound": ["rebel"], "on": ["base"]}),
    ],
)
def test_nouns_have_functions_too(parsed: Parser, sentence: str, noun: str, expected: dict[str, list[str]]) -> None:
    found = functions(parsed(sentence), noun)
    assert {name: found.get(name) for name in expected} == expected


def test_nested_prepositions_keep_the_first(parsed: Parser) -> None:
    assert functions(parsed("The rebels withdrew from inside the city."), "withdrew")["from"] == ["city"]


def test_what_is_vowed_or_threatened_is_an_aim(parsed: Parser) -> None:
    assert functions(parsed("The army vowed to crush the rebels."), "vowed")["aim"] == ["rebels"]


def test_a_phrase_leaves_clauses_out_unless_asked(parsed: Parser) -> None:
    doc = parsed("The old brigade that seized the port left.")
    assert [t.text for t in phrase(the(doc, "brigade"))] == ["The", "old", "brigade"]
    assert "seized" in [t.text for t in phrase(the(doc, "brigade"), clauses=True)]


def test_the_head_of_a_clause_is_its_verb(parsed: Parser) -> None:
    doc = parsed("The rebels said that the army shelled the old market of the town.")
    assert clause_head(the(doc, "town")) == the(doc, "shelled")
    assert clause_head(the(doc, "rebels")) == the(doc, "said")


def test_lemmas_are_lower_case(parsed: Parser) -> None:
    assert lemmas(parsed("Rebels Attacked")) >= {"rebel"}


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("The army attacked the militia.", "attacked"),
        ("The militia was attacked by the army.", "attacked"),
        ("The army's troops attacked the militia.", "attacked"),
        ("The militia that the army attacked fled.", "attacked"),
    ],
)
def test_swapping_the_parties_swaps_the_functions(parsed: Parser, sentence: str, verb: str) -> None:
    swapped = sentence.replace("army", "@").replace("militia", "army").replace("@", "militia")
    here, there = functions(parsed(sentence), verb), functions(parsed(swapped), verb)
    other = {"army": "militia", "militia": "army"}
    assert there == {name: [other.get(word, word) for word in words] for name, words in here.items()}
