"""Whose words they are: the speaker, whoever carried them, the document, and the voice above another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khaldun.model import Mention, Span, When

from .sayings import name, read, the, words


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


def test_report_to_members_with_a_time_between() -> None:
    text = "The mission updated members today (23 December) that it had no access to the port."
    assert words(text, the(text, "verb:update").content) == "it had no access to the port"


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
