"""Who says what: every entry of the lexicons, then the constructions, chains and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from khaldun.annotate.attributions import find_attributions
from khaldun.annotate.ground import finding_id
from khaldun.annotate.kit import load_pipeline
from khaldun.annotate.sentences import Parse, parse_reports
from khaldun.knowledge import load_data
from khaldun.model import Attribution, Mention, Part, Report, Span, When

CUES = load_data("lexicons/en/cues.yaml")
HEDGES = load_data("lexicons/en/hedges.yaml")
MEDIA = load_data("lexicons/en/media.yaml")


def report_of(text: str) -> Report:
    return Report(id="r", input_id="r", raw="", text=text, parts=(Part("body", Span(0, len(text))),))


@cache
def pipeline() -> Language:
    return load_pipeline()


@cache
def parsed(text: str) -> Parse:
    return next(parse_reports([report_of(text)], pipeline()))


def read(text: str, mentions: Sequence[Mention] = ()) -> tuple[Attribution, ...]:
    return find_attributions(parsed(text), mentions)


def the(text: str, made_by: str, mentions: Sequence[Mention] = ()) -> Attribution:
    """The one attribution of `text` made by that rule."""
    found = [a for a in read(text, mentions) if a.made_by == made_by]
    assert len(found) == 1, [(a.made_by, words(text, a.content)) for a in read(text)]
    return found[0]


def words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def name(text: str, quote: str, entity: str) -> Mention:
    """A mention of an actor at the first place where `quote` stands."""
    start = text.index(quote)
    span = Span(start, start + len(quote))
    return Mention(finding_id(report_of(text), "mention", span), span, quote, "actor", entity=entity)


# ------------------------------------------------------------------------------------------------ the lexicons


def marked(example: str) -> tuple[str, list[Span], list[Span]]:
    """The text of an example, its <source> and its {content}."""
    text, source, content, start = "", [], [], 0
    for character in example:
        if character in "<{":
            start = len(text)
        elif character == ">":
            source.append(Span(start, len(text)))
        elif character == "}":
            content.append(Span(start, len(text)))
        else:
            text += character
    return text, source, content


def tokens(text: str, spans: Sequence[Span]) -> list[str]:
    places = [m.span() for m in re.finditer(r"\w+", text)]
    return [f"{s}:{text[s:e]}" for s, e in places if any(p.start <= s < p.end for p in spans)]


def lexicon_examples(key: str) -> Iterator[tuple[str, str]]:
    for row in CUES["verbs"]:
        yield from ((row["verb"], example) for example in row.get(key, ()))
    for row in CUES["nouns"]:
        yield from ((row["noun"], example) for example in row.get(key, ()))
    for row in CUES["slips"]:
        yield from ((row["verb"], example) for example in row.get(key, ()))
    for rows in HEDGES["hedges"].values():
        for row in rows:
            yield from ((row["word"], example) for example in row.get(key, ()))
    for row in HEDGES["distance"]:
        yield from ((row["word"], example) for example in row.get(key, ()))


@pytest.mark.parametrize(("word", "example"), list(lexicon_examples("examples")))
def test_example_is_read_as_marked(word: str, example: str) -> None:
    text, source, content = marked(example)
    found = [a for a in read(text) if a.made_by.rsplit(":", 1)[-1] == word]
    readings = [(tokens(text, a.source), tokens(text, a.content)) for a in found]
    assert (tokens(text, source), tokens(text, content)) in readings


@pytest.mark.parametrize(("word", "example"), list(lexicon_examples("counterexamples")))
def test_counterexample_yields_nothing(word: str, example: str) -> None:
    assert [a.made_by for a in read(example) if a.made_by.rsplit(":", 1)[-1] == word] == []


def wordings(key: str) -> Iterator[tuple[str, str]]:
    for row in CUES["wordings"]:
        yield from ((row["stance"], example) for example in row.get(key, ()))


@pytest.mark.parametrize(("stance", "example"), list(wordings("examples")))
def test_words_show_what_is_done_with_them(stance: str, example: str) -> None:
    text, _, content = marked(example)
    found = the(text, "verb:say")
    assert (tokens(text, found.content), found.stance) == (tokens(text, content), stance)


@pytest.mark.parametrize(("stance", "example"), list(wordings("counterexamples")))
def test_words_that_do_nothing_of_the_kind(stance: str, example: str) -> None:
    text, _, content = marked(example)
    found = the(text, "verb:say")
    assert tokens(text, found.content) == tokens(text, content)
    assert found.stance != stance


def test_every_entry_has_an_example() -> None:
    rows = [*CUES["verbs"], *CUES["nouns"], *CUES["slips"], *HEDGES["distance"]]
    rows += [row for rows_ in HEDGES["hedges"].values() for row in rows_]
    rows += [
        CUES["denials"],
        *MEDIA["documents"],
        *(MEDIA[k] for k in ("issuing", "adopting", "carrying", "carriers", "showing", "speakers")),
        *CUES["wordings"],
    ]
    assert [row for row in rows if not row.get("examples")] == []


@pytest.mark.parametrize("row", MEDIA["documents"], ids=lambda row: str(row["medium"]))
def test_medium_is_named(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        text, source, content = marked(example)
        found = [a for a in read(text) if tokens(text, a.content) == tokens(text, content)]
        assert [str(a.medium) for a in found] == [row["medium"]]
        assert tokens(text, found[0].source) == tokens(text, source)


def test_hearsay_has_no_medium() -> None:
    for example in MEDIA["hearsay"]["examples"]:
        text, source, content = marked(example)
        found = the(text, "verb:say")
        assert (tokens(text, found.source), tokens(text, found.content)) == (
            tokens(text, source),
            tokens(text, content),
        )
        assert found.medium is None


@pytest.mark.parametrize("key", ["issuing", "showing", "speakers"])
def test_media_examples_are_read_as_marked(key: str) -> None:
    for example in MEDIA[key]["examples"]:
        text, source, content = marked(example)
        readings = [(tokens(text, a.source), tokens(text, a.content)) for a in read(text)]
        assert (tokens(text, source), tokens(text, content)) in readings


def test_denials() -> None:
    for key, stance in (("examples", "deny"), ("counterexamples", "assert")):
        for example in CUES["denials"][key]:
            assert the(marked(example)[0], "verb:say").stance == stance


# ------------------------------------------------------------------------------------------------ constructions


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


# ------------------------------------------------------------------------------------------------ stance, polarity


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


# ------------------------------------------------------------------------------------------------ voices and chains


def test_speaker_and_the_one_who_carries() -> None:
    text = "A spokesman for the northern army told the Harbour Daily that the fighters were leaving."
    mentions = [
        name(text, "A spokesman for the northern army", "spokesman"),
        name(text, "the northern army", "army"),
        name(text, "the Harbour Daily", "daily"),
    ]
    found = the(text, "verb:tell", mentions)
    assert (found.speaker, found.via, found.medium) == ("spokesman", ("daily",), "interview")


def test_one_who_is_told_and_is_no_carrier() -> None:
    text = "The minister told the Senate that the road was open."
    mentions = [name(text, "The minister", "minister"), name(text, "the Senate", "senate")]
    assert the(text, "verb:tell", mentions).via == ()


@pytest.mark.parametrize("example", MEDIA["carrying"]["examples"] + MEDIA["carriers"]["examples"])
def test_carrier_is_found(example: str) -> None:
    text, source, content = marked(example)
    carrier = "the Coast News Agency" if "Coast News Agency" in text else "the Harbour Daily"
    mentions = [name(text, source[0].of(text), "speaker"), name(text, carrier, "carrier")]
    found = next(a for a in read(text, mentions) if tokens(text, a.content) == tokens(text, content))
    assert (found.speaker, found.via) == ("speaker", ("carrier",))


@pytest.mark.parametrize("example", MEDIA["bodies"]["counterexamples"])
def test_body_is_no_carrier(example: str) -> None:
    text, source, _ = marked(example)
    mentions = [name(text, source[0].of(text), "speaker"), name(text, "the Senate", "body")]
    assert [a.via for a in read(text, mentions)] == [()]


def test_quoting_agency_carries_the_quoted() -> None:
    text = "Radio Coast quoted the captain as saying that the bridge was mined."
    mentions = [name(text, "Radio Coast", "radio"), name(text, "the captain", "captain")]
    found = the(text, "verb:quoted:say", mentions)
    assert (found.speaker, found.via) == ("captain", ("radio",))


def test_the_cited_speaks_and_the_citing_carries() -> None:
    text = "The state radio, citing an army officer, said the pass was open."
    mentions = [name(text, "The state radio", "radio"), name(text, "an army officer", "officer")]
    found = the(text, "verb:say", mentions)
    assert (found.speaker, found.via) == ("officer", ("radio",))


def test_medium_of_a_claim_of_responsibility() -> None:
    assert the("The league claimed responsibility for the raid in a statement.", "verb:claim").medium == "statement"


def test_author_speaks_for_a_document_that_is_no_actor() -> None:
    text = "An analysis written by the Harbour Institute claimed that the cell took orders from abroad."
    found = the(text, "verb:claim", [name(text, "the Harbour Institute", "institute")])
    assert (found.speaker, found.medium) == ("institute", "intelligence analysis")


def test_medium_of_a_statement_issued_earlier() -> None:
    text = "The league, a group of exiles, issued a statement late on Friday saying that the pass was open."
    found = the(text, "verb:say")
    assert (words(text, found.source), found.medium) == ("The league, a group of exiles", "statement")


def test_author_speaks_for_a_document_that_is_only_described() -> None:
    text = "The institute's report said the cell had dissolved."
    whole = replace(name(text, "The institute's report", "report"), form="description")
    assert the(text, "verb:say", [whole, name(text, "The institute", "institute")]).speaker == "institute"


def test_relative_pronoun_speaks_for_its_noun() -> None:
    text = "Police arrested Karim Saleh, who said he was a baker."
    found = the(text, "verb:say", [name(text, "Karim Saleh", "saleh")])
    assert (words(text, found.source), found.speaker) == ("who", "saleh")


def test_each_of_two_speakers_has_an_attribution() -> None:
    text = "The police and the army said the road was open."
    mentions = [name(text, "The police", "police"), name(text, "the army", "army")]
    found = [a for a in read(text, mentions) if a.made_by == "verb:say"]
    assert [a.speaker for a in found] == ["police", "army"]
    assert len({a.id for a in found}) == 2
    assert found[0].content == found[1].content


def test_saying_within_a_saying_names_its_parent() -> None:
    text = "The nurse said that the guards had told her that the gate was mined."
    outer, inner = the(text, "verb:say"), the(text, "verb:tell")
    assert inner.parent == outer.id
    assert outer.parent is None


def test_magazine_that_somebody_writes_in() -> None:
    text = "Writing in the latest issue of Beacon magazine, the preacher accused the league of theft."
    found = the(text, "verb:accuse", [name(text, "the preacher", "preacher"), name(text, "Beacon magazine", "beacon")])
    assert (found.speaker, found.via, found.medium) == ("preacher", ("beacon",), "magazine")


def test_according_to_stands_over_the_saying() -> None:
    text = "A colonel said the bridge was cut, according to the state radio."
    outer, inner = the(text, "according_to"), the(text, "verb:say")
    assert inner.parent == outer.id
    assert words(text, inner.content) == "the bridge was cut"


def test_time_in_the_clause_of_the_cue() -> None:
    text = "The council said on Wednesday that the port had been shut since May."
    start = text.index("Wednesday")
    when = When(basis="relative", span=Span(start, start + 9))
    day = Mention("t1", Span(start, start + 9), "Wednesday", "time", "value", when=when)
    start = text.index("May")
    may = Mention("t2", Span(start, start + 3), "May", "time", "value", when=When(span=Span(start, start + 3)))
    assert the(text, "verb:say", [may, day]).when == when


@pytest.mark.parametrize("joint", [" whilst", " while", ", as"])
def test_second_speaker_in_a_joined_clause(joint: str) -> None:
    text = f"Medics said nine people died{joint} a league source said an inquiry was under way."
    found = [a for a in read(text) if a.made_by == "verb:say"]
    assert [(words(text, a.source), words(text, a.content)) for a in found] == [
        ("Medics", "nine people died"),
        ("a league source", "an inquiry was under way"),
    ]


def test_long_subject_before_the_verb() -> None:
    text = (
        "The navy announced in a statement that fighters that are backed by the league and are fighting the emir "
        "took a fort."
    )
    found = the(text, "verb:announce")
    assert words(text, found.content) == text[text.index("fighters") : -1]
    text = "The navy, which has fought crews that are backed by the league and hold the port, said that the fort fell."
    assert words(text, the(text, "verb:say").source) == text[: text.index(", said")]


@pytest.mark.parametrize("example", MEDIA["adopting"]["examples"])
def test_body_speaks_through_what_it_adopted(example: str) -> None:
    text, source, content = marked(example)
    mentions = [name(text, "The Harbour Council", "council")]
    found = the(text, "verb:demand", mentions)
    assert (tokens(text, found.source), tokens(text, found.content)) == (tokens(text, source), tokens(text, content))
    assert found.speaker == "council"


def test_report_to_members_with_a_time_between() -> None:
    text = "The mission updated members today (23 December) that it had no access to the port."
    assert words(text, the(text, "verb:update").content) == "it had no access to the port"


def test_noted_with_concern() -> None:
    text = "The Council noted with grave concern that fighting went on in the port."
    assert words(text, the(text, "verb:note").content) == "fighting went on in the port"
    assert len(read(text)) == 1


def test_announced_in_a_statement_that() -> None:
    text = (
        "Meanwhile the US army announced in a statement that opposition fighters that are backed by the league and "
        "are fighting militants in Libya took control of a base from which raids were led in the city of Derna."
    )
    found = the(text, "verb:announce")
    assert words(text, found.content) == text[text.index("opposition") : -1]
    assert found.medium == "statement"
    assert len(read(text)) == 1


def test_as_somebody_announced() -> None:
    text = "As Harbour Secretary Ann Lee announced today at the Coast Forum, the league will open the port."
    assert words(text, the(text, "verb:announce").content) == "the league will open the port"


def test_told_that_and_the_next_sentence() -> None:
    text = "The source told the Harbour Daily that. We have seen the reports. We take measures to avoid harm."
    mentions = [name(text, "The source", "source")]
    found = [(words(text, a.content), a.speaker) for a in read(text, mentions)]
    assert found == [("We have seen the reports", "source"), ("We take measures to avoid harm", "source")]


def test_person_above_a_paragraph_in_marks() -> None:
    text = "Khalil Haddad, who runs the clinic, fled in May.\n\n“They came at night.”\n\nThe camp has no water."
    found = the(text, "quote", [name(text, "Khalil Haddad", "haddad")])
    assert (words(text, found.content), found.speaker) == ("They came at night", "haddad")
    assert read("“They took two of our cousins.”") == ()


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


# ------------------------------------------------------------------------------------------------ properties

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
