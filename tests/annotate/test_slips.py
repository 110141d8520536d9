"""Slips of the parser that are mended before rules read its words."""

from __future__ import annotations

import pytest

from khaldun.annotate.kit import Kit
from khaldun.annotate.sentences import parse_reports
from khaldun.annotate.words import Token
from khaldun.model import Part, Report, Span, make_id


def read(text: str, kit: Kit) -> dict[str, Token]:
    """The words of a text by their letters."""
    report = Report(make_id(text), "text", "", text, (Part("body", Span(0, len(text))),))
    parse = next(parse_reports([report], kit.nlp))
    return {word.text: word for word in parse.passages[0].doc}


@pytest.mark.parametrize(
    ("text", "deed", "whom", "speaker"),
    [
        (
            "Government forces shelled a market in Idlib on Wednesday, killing at least 32 people, the Northern"
            " Observatory for Human Rights said.",
            "killing", "people", "Observatory",
        ),
        (
            "Gunmen raided the village, killing 12 civilians, the Interior Ministry said.",
            "killing", "civilians", "Ministry",
        ),
    ],
)  # fmt: skip
def test_whom_a_deed_hit_is_not_who_tells_it(kit: Kit, text: str, deed: str, whom: str, speaker: str) -> None:
    words = read(text, kit)
    assert (words[whom].head.text, words[whom].dep_) == (deed, "dobj")
    assert (words[speaker].head.text, words[speaker].dep_) == ("said", "nsubj")
    assert [child.text for child in words[deed].children if child.dep_ == "dobj"] == [whom]


def test_an_apposition_to_a_subject_stays(kit: Kit) -> None:
    text = "Leaving early, three people, members of the council, said the road was open."
    words = read(text, kit)
    assert (words["people"].head.text, words["people"].dep_) == ("said", "nsubj")


@pytest.mark.parametrize(
    ("text", "word", "head", "function"),
    [
        ("Some 40 houses were burned and 14 elders killed in Pibor on Sunday.", "elders", "killed", "nsubjpass"),
        ("The shooting in Acapulco left a guard dead and a bystander wounded.", "bystander", "wounded", "nsubjpass"),
        ("One bomb killed three people and another wounded four in Garissa.", "another", "wounded", "nsubj"),
        ("Gunmen killed the mayor of Hanano, his bodyguard and his driver.", "bodyguard", "mayor", "conj"),
    ],
)
def test_words_hang_on_what_they_belong_to(kit: Kit, text: str, word: str, head: str, function: str) -> None:
    found = read(text, kit)[word]
    assert (found.head.text, found.dep_) == (head, function)
