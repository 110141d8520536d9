"""Text in capitals is read as if it were printed in the usual way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.annotate import annotate
from khaldun.annotate.kit import Kit
from khaldun.annotate.reading.casing import is_capitals, read_in_mixed_case
from khaldun.ingest import read
from khaldun.knowledge import load_data
from khaldun.model import Annotation, Report, Span

_LEXICON = load_data("lexicons/en/casing.yaml")


def _report(text: str) -> Report:
    return read(text.encode(), input_id="text", media_type="text/plain", published="1990-05-04")


def _read(text: str, shared: Kit) -> str:
    report = _report(text)
    return read_in_mixed_case(report, [Span(0, len(report.text))], shared.true_case).text


@pytest.mark.parametrize("row", _LEXICON["examples"], ids=lambda row: row["text"][:30])
def test_names_keep_their_capitals(row: dict[str, str], kit: Kit) -> None:
    assert _read(row["text"], kit) == row["reads"]


@pytest.mark.parametrize("row", _LEXICON["counterexamples"], ids=lambda row: row["text"][:30])
def test_mixed_case_is_left_alone(row: dict[str, str], kit: Kit) -> None:
    assert _read(row["text"], kit) == row["reads"]


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("GUNMEN KILLED A JUDGE IN LIMA ON MONDAY.", True),
        ("Gunmen killed a judge in Lima on Monday.", False),
        ("TARSIN (AP) - Gunmen killed a judge in Lima.", False),
        ("THE UN", False),
        ("", False),
        ("1990 1991 1992 1993 1994 1995", False),
    ],
)
def test_capitals_are_a_whole_paragraph_of_them(text: str, capitals: bool) -> None:
    assert is_capitals(text) is capitals


@given(st.text(alphabet=st.sampled_from("ABCDE ßIİŒ'’.-[]()\n12éÉ"), max_size=80))
def test_the_text_keeps_its_length(kit: Kit, text: str) -> None:
    report = Report("id", "text", "", text, ())
    assert len(read_in_mixed_case(report, [Span(0, len(text))], kit.true_case).text) == len(text)


PAIRS = [
    "Gunmen killed a judge in Lima on Monday.",
    "The guerrillas blew up two pylons near Medellin on 2 May.",
    "Unidentified individuals kidnapped Colonel Raul Prado in Bogota.",
    "A car bomb exploded outside the Peruvian embassy in La Paz, killing three people.",
    "The Farabundo Marti National Liberation Front (FMLN) said its fighters had left the town.",
]


def _findings(annotation: Annotation) -> list[object]:
    """What is found, but for the words."""
    frames = [
        (f.kind, f.trigger, f.when, f.modality, {r: [m.span for m in ms] for r, ms in f.roles.items()})
        for f in annotation.frames
    ]
    mentions = [(m.kind, m.form, m.span, m.entity) for m in annotation.mentions]
    said = [(a.source, a.cue, a.content) for a in annotation.attributions]
    return [frames, mentions, said, [(e.id, e.kind, e.type, e.known_as) for e in annotation.entities]]


@pytest.mark.parametrize("text", PAIRS)
def test_capitals_change_nothing_but_the_words(text: str, kit: Kit) -> None:
    usual, capitals = _report(text), _report(text.upper())
    same = Report(**{**{f: getattr(capitals, f) for f in capitals.__dataclass_fields__}, "id": usual.id})
    plain, loud = annotate(usual, kit), annotate(same, kit)
    assert _findings(plain) == _findings(loud)
    assert all(m.quote == m.span.of(text.upper()) for m in loud.mentions)
    assert loud.report.text == text.upper()
