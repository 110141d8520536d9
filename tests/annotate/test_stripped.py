"""Commas that a feed has stripped, read as if they stood there."""

from __future__ import annotations

import pytest

from khaldun.annotate.boundaries import prepared
from khaldun.annotate.kit import Kit
from khaldun.annotate.sentences import parse_reports
from khaldun.annotate.stripped import is_stripped, with_commas
from khaldun.annotate.words import words_of

from .conftest import report_of

SET = [
    "The raid killed nine guards,an informed source in Homs told the agency Friday.",
    "An air strike on a clinic killed four nurses,a local doctor told Sputnik on Friday.",
    "The death toll from the blast reached 30 people,the National Observatory for Relief said on Sunday.",
    "Gunmen fired on the convoy and two drivers were killed,the Red Crescent said.",
    "The army killed six people,local officials said.",
    "The gunmen died when the brigade stormed Base 30,a monitor said.",
    "The group killed six fighters who were guarding the base,said Observatory director Rami Haddad.",
    'He spoke to Rami Haddad,director of the National Observatory for Relief.',
]  # fmt: skip
LEFT = [
    "Residents who fled the town said the army had shelled it.",
    "The army told residents to leave the town by Sunday.",
    "The army freed the villagers the rebels had captured.",
    "The minister said on Monday that nine soldiers had died.",
    "Nine soldiers died in the raid which the army said was a mistake.",
    "Officials said Tuesday the road was open.",
]


def _set(text: str, kit: Kit) -> str | None:
    return with_commas(words_of(kit.nlp(prepared(text, kit.nlp))))


@pytest.mark.parametrize("text", SET)
def test_the_comma_stands_before_the_speaker(text: str, kit: Kit) -> None:
    assert _set(text.replace(",", " "), kit) == text


@pytest.mark.parametrize("text", [*SET, *LEFT])
def test_what_needs_no_comma_gets_none(text: str, kit: Kit) -> None:
    assert _set(text, kit) is None


def test_a_text_with_commas_is_not_stripped() -> None:
    assert is_stripped(" ".join(SET).replace(",", " "))
    assert not is_stripped(" ".join(SET))


def test_the_text_is_read_with_the_comma_and_printed_without(kit: Kit) -> None:
    printed = "\n\n".join(s.replace(",", " ") for s in SET)
    parse = next(parse_reports([report_of(printed)], kit.nlp))
    assert parse.printed.text == printed
    assert parse.report.text == "\n\n".join(SET)
    assert all(p.doc.text == p.extent.of(parse.report.text) for p in parse.passages)
