"""What is said and how it is taken: constructions, quotations, stances, denials, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khaldun
from khaldun.annotate.attributions import find_attributions
from khaldun.model import Mention, Span, When

from .sayings import marked, name, parsed, read, the, tokens, words


@pytest.mark.parametrize(
    ("made_by", "example"),
    [
        ("verb:say", "“{We have no water},” said <Omar Haddad, who runs the clinic>. “{Please come.}”"),
        ("verb:say", "{The dam}, <two engineers> said, {was cracked}."),
        ("according_to", "{The strike hit the port}, according to <two dockers>."),
        ("according_to", "According to <the radio>, {the port was hit}."),
        ("according_to", "According to <the radio>, {the mayor and two guards fled}."),
        ("according_to", "{Nine died}, according to <the Coast League, a group of exiles>."),
        ("words", "In <the mayor's> words, {the port was a ruin}."),
        ("colon", "<Khalil Haddad>: “{We have no water.}”"),
        ("verb:say", "<The brigade> issued a statement saying that {the pass was open}."),
        ("verb:quoted:say", "<The captain> was quoted by Radio Coast as saying {the bridge was mined}."),
        ("hedge:report", "It was reported that {the fort fell}."),
        ("hedge:say", "{The emir} is said {to have fled by sea}."),
        ("verb:say", "{The raid killed at least 40 people} <the Coast Observatory for Rights> said on Sunday."),
        ("verb:report", "{The army killed nine gunmen near the town of Al Karak} <local media> reported."),
        ("verb:say", "{The raid came a day after four men were taken} said <the Coast Observatory for Rights>."),
        ("verb:say", "“{The last families left the valley at noon}” <the coast-based Observatory> said."),
        ("verb:say", "<The mayor> denied that the town had fallen, saying {it was calm}."),
        ("verb:say", "<The radio> said {the mayor, whom it did not name, had fled to the coast}."),
        ("verb:say", "<Omar Haddad>, speaking by telephone, said {the clinic was shut}."),
        ("verb:claim", "<The league> claimed {responsibility for the raid} in a statement posted online."),
        ("verb:claim", "{The raid}, claimed by <the league>, killed ten."),
        ("verb:accuse", "{The army} was accused by <the bishops> {of shelling the shrine}."),
        ("verb:blame", "<The mayor> blamed {the blast on the militia}, who denied it."),
        ("verb:believe", "<The police> believe {the driver fled} because his truck is gone."),
    ],
)
def test_construction(made_by: str, example: str) -> None:
    text, source, content = marked(example)
    found = the(text, made_by)
    assert tokens(text, found.source) == tokens(text, source)
    assert tokens(text, found.content) == tokens(text, content)


def test_each_sentence_of_a_long_quotation_is_said() -> None:
    text = "“The first day was calm,” said the nurse.\n\nHe added: “The second was not.\n\n“Then we left.”"
    found = [a for a in read(text) if a.made_by == "verb:add"]
    assert [words(text, a.content) for a in found] == ["The second was not", "Then we left"]
    assert len({a.cue for a in found}) == 1


def test_each_sentence_of_a_quotation_has_its_own_stance() -> None:
    text = '"They must stop. They bombed the port. The league has to act," Foreign Secretary Anna Hill said.'
    found = [a for a in read(text, [name(text, "Anna Hill", "hill")]) if a.made_by == "verb:say"]
    assert [(words(text, a.content), a.stance, a.speaker) for a in found] == [
        ("They must stop", "call", "hill"),
        ("They bombed the port", "accuse", "hill"),
        ("The league has to act", "call", "hill"),
    ]


def test_exclamation_is_no_saying_of_its_own() -> None:
    text = "“Never! We will hold the port. We know every street,” the captain said."
    found = [a for a in read(text) if a.made_by == "verb:say"]
    assert [words(text, a.content) for a in found] == ["Never! We will hold the port", "We know every street"]


@pytest.mark.parametrize("marks", ["“”", ""])
def test_statement_below_a_colon(marks: str) -> None:
    opening, closing = (marks[:1], marks[1:])
    text = (
        f"Harbour Secretary Boris Hill said:\n\n{opening}We thank the crews. The league must open the port."
        f"\n\n{opening}Our ships are ready.{closing}"
    )
    found = [a for a in read(text, [name(text, "Boris Hill", "hill")]) if a.speaker == "hill"]
    said = [words(text, a.content) for a in found if a.made_by != "verb:thank"]
    assert said == ["We thank the crews", "The league must open the port", "Our ships are ready"]


def test_paragraph_in_marks_below_a_speaker() -> None:
    text = (
        "The general, Karim Saleh, said the bridge was open.\n\n“Our men are still there. They will not leave.”"
        "\n\nThe ministry had no comment."
    )
    found = [a for a in read(text, [name(text, "Karim Saleh", "saleh")]) if a.made_by == "quote"]
    assert [(words(text, a.content), a.speaker) for a in found] == [
        ("Our men are still there", "saleh"),
        ("They will not leave", "saleh"),
    ]


def test_paragraph_in_marks_with_a_cue_of_its_own() -> None:
    text = "The mayor said the bridge was open.\n\n“Our men are still there. They will not leave,” the general added."
    found = [a for a in read(text) if a.made_by == "verb:add"]
    assert [words(text, a.source) for a in found] == ["the general", "the general"]
    assert not [a for a in read(text) if a.made_by == "quote"]


def test_first_person_goes_on_with_the_speaker() -> None:
    text = "A source told the Harbour Daily that the raid was being looked into. We take measures to avoid harm."
    found = the(text, "goes_on", [name(text, "A source", "source")])
    assert (words(text, found.content), found.speaker) == ("We take measures to avoid harm", "source")


def test_reporter_who_says_we() -> None:
    text = "We drove to the port. A guard said that the gate was shut. We waited for an hour."
    assert [a.made_by for a in read(text)] == ["verb:say"]


def test_next_quotation_with_a_cue_of_its_own_is_left_to_it() -> None:
    text = "“We have no water,” the nurse said. “The pumps are dry,” the mayor added."
    assert words(text, the(text, "verb:say").content) == "We have no water"
    assert words(text, the(text, "verb:add").content) == "The pumps are dry"


def test_two_propositions_with_complementisers_are_two_attributions() -> None:
    text = "He said that the raid had failed and that ten men were dead."
    assert [words(text, a.content) for a in read(text)] == ["the raid had failed", "ten men were dead"]


def test_joined_verbs_stay_one_content() -> None:
    text = "He said the gunmen burned the depot and fled to the hills."
    assert [words(text, a.content) for a in read(text)] == ["the gunmen burned the depot and fled to the hills"]


def test_joined_cues_share_their_speaker() -> None:
    text = "The bishop condemned the raid and called for calm."
    assert [(words(text, a.source), a.stance) for a in read(text)] == [("The bishop", "accuse"), ("The bishop", "call")]


@pytest.mark.parametrize(
    "text",
    [
        "The commander was led by the hand to the gate.",
        "A show of force failed to clear the square.",
        "The fighters charged at the position.",
        "The army called up reservists.",
        "When the fort fell, the emir answered with a raid.",
        "The agency has no comment.",
    ],
)
def test_other_senses_yield_nothing(text: str) -> None:
    assert [a.made_by for a in read(text)] == []


def test_marks_round_a_word_keep_it_at_a_distance() -> None:
    text = "The league proclaimed the “purification” of the old town."
    outer, inner = the(text, "verb:proclaim"), the(text, "distance:marks")
    assert words(text, inner.content) == "purification"
    assert inner.parent == outer.id
    assert inner.source == ()


def test_mark_of_a_table_cell_is_not_content() -> None:
    text = '"The mayor left ""in a hurry"" at dawn, according to two dockers."'
    assert words(text, the(text, "according_to").content).startswith("The mayor left")


def test_marked_words_of_a_speaker_are_speech() -> None:
    text = "The league said that the raid was “very precise”."
    assert [a.made_by for a in read(text)] == ["verb:say"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The militia said it did not attack the convoy.", "deny"),
        ("The militia said the bridge did not fall.", "assert"),
        ("The envoy said both sides should stop shooting.", "call"),
        ("The army denied bombing the clinic.", "deny"),
        ("The emir praised the men who held the bridge.", "praise"),
        ("The judge asked whether the door had been locked.", "question"),
        ("The group threatened to burn the depot.", "threaten"),
        ("Prosecutors alleged that the captain sold the rifles.", "accuse"),
    ],
)
def test_stance(text: str, stance: str) -> None:
    assert [a.stance for a in read(text)] == [stance]


@pytest.mark.parametrize(
    ("text", "negative", "determinate"),
    [
        ("The army did not confirm the attack.", True, True),
        ("The general declined to say whether jets were used.", True, True),
        ("The group has not claimed responsibility.", True, True),
        ("Residents may say the army left.", False, False),
        ("The group is expected to announce a truce.", False, False),
        ("If the group were to claim that it won, the truce would end.", False, False),
        ("The group claimed that it won.", False, True),
        ("The judge should go there and confirm that nine men died.", False, False),
    ],
)
def test_polarity_and_determinacy(text: str, negative: bool, determinate: bool) -> None:
    found = next(a for a in read(text) if a.score >= 0.5)
    assert (found.polarity == "negative", found.determinate) == (negative, determinate)


def test_noted_with_concern() -> None:
    text = "The Council noted with grave concern that fighting went on in the port."
    assert words(text, the(text, "verb:note").content) == "fighting went on in the port"
    assert len(read(text)) == 1


def test_one_who_only_condemns_does_not_go_on() -> None:
    text = "The league condemned the raid on the port. We remain ready to help the crews."
    assert [a.made_by for a in read(text)] == ["verb:condemn"]


def test_list_of_verbs_of_one_speaker() -> None:
    text = "The Council called for an end to the siege, recalled that hospitals are protected, and welcomed the truce."
    found = [(a.made_by, words(text, a.source), a.stance) for a in read(text)]
    assert found == [
        ("verb:call", "The Council", "call"),
        ("verb:recall", "The Council", "assert"),
        ("verb:welcome", "The Council", "praise"),
    ]


@pytest.mark.parametrize(
    ("said", "polarity"),
    [
        ("did not deny", "positive"),
        ("neither confirmed nor denied", "negative"),
        ("would neither confirm nor deny", "negative"),
        ("refused to confirm or deny", "negative"),
    ],
)
def test_not_denying_is_no_denial(said: str, polarity: str) -> None:
    text = f"The army {said} that its guns had fired."
    found = the(text, "verb:deny")
    assert (found.stance, found.polarity, found.determinate) == ("assert", polarity, True)
    assert words(text, found.content) == "its guns had fired"


def test_would_not_confirm_has_been_said() -> None:
    found = the("The army would not confirm that its guns had fired.", "verb:confirm")
    assert (found.polarity, found.determinate) == ("negative", True)


def test_headline_with_a_speaker() -> None:
    text = "Haddad: The port must be opened\n\nThe mayor spoke on Monday."
    found = the(text, "colon")
    assert (words(text, found.source), words(text, found.content)) == ("Haddad", "The port must be opened")
    assert found.stance == "call"
    assert read("Note: The port must be opened.\n\nThe mayor spoke on Monday.") == ()


def test_time_beside_an_issued_statement() -> None:
    text = "The league issued a statement on Monday saying that it held the port."
    start = text.index("Monday")
    when = When(basis="relative", span=Span(start, start + 6))
    found = the(text, "verb:say", [Mention("t", Span(start, start + 6), "Monday", "time", "value", when=when)])
    assert found.when == when


SENTENCES = (
    "“We are here,” said the mayor.",
    "The army denied it had lost the hill, adding that it would return.",
    "The emir reportedly fled.",
    "According to the radio, the so-called “republic” has no courts.",
    "It was said that he told the paper: “Nobody asked us.”",
    "“He said that she said the gate was mined.",
    "The league proclaimed the “purification” of the port the radio reported.",
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.sampled_from((" ", "\n\n", "\n")))
def test_attributions_are_grounded_unique_and_without_circles(sentences: list[str], between: str) -> None:
    text = between.join(sentences)
    found = read(text)
    assert found == find_attributions(parsed(text), ())
    by_id = {a.id: a for a in found}
    assert len(by_id) == len(found)
    for attribution in found:
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        assert attribution.cue
        assert attribution.content
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        seen, parent = {attribution.id}, attribution.parent
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = by_id[parent].parent


def test_a_clause_that_the_parser_begins_with_the_first_word() -> None:
    text = (
        "In his rise from chief rebel spokesman to newspaper columnist, Haddad has been establishing himself as an "
        "impartial war observer — a neutral referee calling fouls and errors — and the most effective and visible way "
        "to do that, they think, is to criticize everyone's favorite villain, Omar."
    )
    assert khaldun.extract(text)["report"]["language"] == "en"
