"""What holds for any text: quotations stand where they say; one text gives one record, alone or in a batch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from khaldun.annotate import annotate_many
from khaldun.annotate.claims import claims
from khaldun.annotate.kit import Kit
from khaldun.export.record import build_record
from khaldun.model import Annotation, Event, Part, Report, Span, When, make_id
from khaldun.ontology import kind

DAY = date(2018, 5, 14)
SENTENCES = (
    "The army attacked the rebels near Sirte on Friday, killing at least nine people.",
    "A spokesman for the army told Reuters that the rebels had withdrawn from the city of Derna.",
    'The Falcon Brigade announced the "liberation" of Tripoli.',
    "Omar Saleh, the commander of the Falcon Brigade, denied that his fighters had shelled the camp.",
    "If the rebels were to claim the attack, the talks would fail.",
    "In March, the Islamic State's fighters besieged Mosul; two weeks later they left.",
    "Residents said “we heard shots” and fled.",
    "The Turkey-backed Sword Brigade (SB) controls Aleppo.",
    "Dozens of people were wounded in clashes between the army and the SB in Idlib province last year.",
    "Did the police arrest 1,200 protesters in Cairo?",
    "According to a doctor, the rebels said that 15-20 soldiers had died.",
    "The council's “peace plan” was rejected by both sides.",
    "He said they would return.",
    "It rained.",
)
SPACE = st.sampled_from(
    [" ", "  ", "\n", "\n\n", "\r\n\r\n", "\t", "\u00a0", " \n \n ", "\u2003", "\u200b", "\n\n• ", "\n- ", "\n* "]
)
ODD = st.sampled_from(
    ["", "", "", "\ufeff", "…", "😀", "e\u0301", "العربية", "\u202eabc\u202c", "İ", "ß", "--", "—", "\u2028", "[1]"]
)
STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
CURLY = str.maketrans({"'": "’"})
MARKS: tuple[Callable[[str], str], ...] = (
    str,
    lambda s: s.translate(STRAIGHT),
    lambda s: s.translate(CURLY),
    str.upper,
)
SLOW = settings(max_examples=25, deadline=None)  # each text is parsed, which takes a moment


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Sentences of the pool in any order, joined and dressed in any way."""
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
    dressed = (draw(st.sampled_from(MARKS))(sentence) for sentence in chosen)
    return "".join(f"{draw(ODD)}{sentence}{draw(SPACE)}" for sentence in dressed)


def report_of(text: str) -> Report:
    when = When(DAY, DAY, "metadata")
    parts = (Part("body", Span(0, len(text))),)
    return Report(make_id(text), "text", "", text, parts, outlet="Wire", published=when)


def record_of(annotation: Annotation) -> dict[str, Any]:
    """The record with every event claim an event of its own: what is tested is the reading, not the grouping."""
    found = tuple(claims(annotation))
    events = [Event(f"e-{c.id}", c.kind, (c.id,)) for c in found if c.family == "event"]
    return {**build_record(annotation, found, events)}


def records(texts: Iterable[str], kit: Kit) -> list[dict[str, Any]]:
    return [record_of(annotation) for annotation in annotate_many(map(report_of, texts), kit)]


def quotations(record: dict[str, Any]) -> Iterator[tuple[str, list[int]]]:
    """Every quotation of a record beside the span that it is said to stand at."""
    for part in ("mentions", "times"):
        yield from ((row["quote"], row["span"]) for row in record[part])
    for part in ("events", "relations", "control"):
        yield from ((row["evidence"], row["evidence_span"]) for row in record[part])
    for row in record["claims"]:
        yield row["content"], row["content_span"]
        if row["cue_span"] is not None:
            yield row["cue"], row["cue_span"]
    for actor in record["actors"]:
        yield from ((role["evidence"], role["evidence_span"]) for role in actor["roles"])


def spans(record: dict[str, Any]) -> Iterator[list[int]]:
    """Every span of a record that comes without its words."""
    for row in record["attributions"]:
        yield from (*row["source_spans"], *row["cue_spans"], *row["content_spans"])
    for row in record["claims"]:
        yield from row["content_spans"]
    yield from (row["trigger_span"] for row in record["events"])


def check_quotations(text: str, record: dict[str, Any]) -> None:
    for quote, (start, end) in quotations(record):
        assert text[start:end] == quote != ""
    for start, end in spans(record):
        assert 0 <= start < end <= len(text)


@SLOW
@given(texts())
@example("The army\u00a0attacked the “rebels”\r\n\r\n• in Sirte.")
def test_every_quotation_stands_at_its_span(kit: Kit, text: str) -> None:
    (record,) = records([text], kit)
    check_quotations(text, record)


@SLOW
@given(texts())
def test_the_same_text_gives_the_same_record(kit: Kit, text: str) -> None:
    once, again = records([text], kit), records([text], kit)
    assert json.dumps(once, ensure_ascii=False) == json.dumps(again, ensure_ascii=False)


@SLOW
@given(texts(), texts())
def test_a_batch_reads_each_report_as_if_alone(kit: Kit, one: str, other: str) -> None:
    together = records([one, other], kit)
    assert json.dumps(together) == json.dumps([*records([one], kit), *records([other], kit)])


@settings(SLOW, max_examples=120)
@given(st.text(max_size=300))
@example("")
@example(" \n\n\t ")
@example("\x00\x07\x1b[0m army attacked")
@example("\u202e.etriS dekcatta ymra ehT")
@example("👩‍👩‍👧‍👦 said: “💥” in Sirte.")
@example('"""""\'\'\'\'’’’’“““')
@example("He said said said said that that that.")
@example("-backed -held -led pro- anti-")
@example("killed. killed killed, of the the of by by")
@example("IS IS IS US US, and and, the, the and")
def test_no_text_is_too_odd(kit: Kit, text: str) -> None:
    (record,) = records([text], kit)
    check_quotations(text, record)


@settings(SLOW, max_examples=60)
@given(st.lists(st.sampled_from([word for s in SENTENCES for word in s.split()]), max_size=40).map(" ".join))
def test_no_order_of_words_is_too_odd(kit: Kit, text: str) -> None:
    (record,) = records([text], kit)
    check_quotations(text, record)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_curly_and_straight_marks_read_alike(kit: Kit, sentence: str) -> None:
    """Quotation marks change no finding: the layers of both texts lie at the same places."""
    straight, curly = sentence.translate(STRAIGHT), sentence.translate(CURLY)
    one, other = annotate_many([report_of(straight), report_of(curly)], kit)
    assert [(m.span, m.kind, m.form) for m in one.mentions] == [(m.span, m.kind, m.form) for m in other.mentions]
    assert [(f.kind, f.trigger, f.evidence) for f in one.frames] == [
        (f.kind, f.trigger, f.evidence) for f in other.frames
    ]


@SLOW
@given(texts())
def test_every_finding_is_of_the_ontology_and_refers_to_what_is_there(kit: Kit, text: str) -> None:
    (annotation,) = annotate_many([report_of(text)], kit)
    entities = {e.id for e in annotation.entities}
    voices = {a.id for a in annotation.attributions}
    mentions = {m.id for m in annotation.mentions}
    assert len(mentions) == len(annotation.mentions)
    assert len({f.id for f in annotation.frames}) == len(annotation.frames)
    for frame in annotation.frames:
        assert kind(frame.kind).family in {"event", "relation", "control"}
        assert frame.attribution is None or frame.attribution in voices
        assert frame.evidence.contains(frame.trigger)
        assert all(filler.id in mentions for role in frame.roles.values() for filler in role)
        assert all(role for role in frame.roles.values())
    for mention in annotation.mentions:
        assert mention.entity is None or mention.entity in entities


def test_an_office_of_nothing_said_has_one_end(kit: Kit) -> None:
    """The role that no mention fills is left out: an office may be told without the body that it is of."""
    text = (
        "The governor of Borno, Omar Saleh, spoke. A SPOKESMAN FOR THE ARMY TOLD REUTERS THAT THE REBELS HAD WITHDRAWN."
    )
    (annotation,) = annotate_many([report_of(text)], kit)
    offices = [frame for frame in annotation.frames if frame.kind == "holds_office"]
    assert offices
    assert all(role for frame in offices for role in frame.roles.values())
