"""Marked sentences: what a mark means, and which marks are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.marked import FLAGS, KINDS, ROLES, Event, Item, parse_line, read_marked

from khaldun.errors import InvalidKnowledge
from khaldun.ontology import kinds

SENTENCES = Path(__file__).resolve().parent.parent / "training" / "sentences"
FILES = sorted(SENTENCES.glob("*.txt"))


def _words(item: Item, event: Event, role: str) -> list[str]:
    return [item.text[start:end] for start, end in event.roles[role]]


def test_marks_become_spans_of_the_bare_text() -> None:
    item = parse_line(
        "[Pirates|1.actor,2.actor] {boarded|1:assault.attack} [a dhow|1.target] and may {free|2:retreat.release!plan}"
        " [two cooks|2.target] and [the pilot|2.target]."
    )
    assert item.text == "Pirates boarded a dhow and may free two cooks and the pilot."
    boarded, free = item.events
    assert (boarded.kind, boarded.factuality) == ("assault.attack", "asserted")
    assert (free.kind, free.factuality) == ("retreat.release", "planned")
    assert item.text[slice(*boarded.trigger)] == "boarded"
    assert _words(item, boarded, "actor") == _words(item, free, "actor") == ["Pirates"]
    assert _words(item, free, "target") == ["two cooks", "the pilot"]


def test_a_line_without_marks_is_an_item_without_events() -> None:
    assert parse_line("Wheat fell again.") == Item(text="Wheat fell again.", events=())


def test_events_stand_in_the_order_of_their_numbers() -> None:
    item = parse_line("{Blast|2:assault.explosives} after {truce|1:retreat.ceasefire!neg}")
    assert [event.kind for event in item.events] == ["retreat.ceasefire", "assault.explosives"]
    assert item.events[0].factuality == "denied"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("They {sang|1:assault.song} all night.", "unknown kind 'assault.song'"),
        ("They {fired|1:assault.firearms!maybe}.", "unknown flag '!maybe'"),
        ("They {fired|assault.firearms}.", "'assault.firearms' is not an event number"),
        ("[They|1.singer] {fired|1:assault.firearms}.", "unknown role 'singer'"),
        ("[They|actor] {fired|1:assault.firearms}.", "'actor' is not an event number and a role"),
        ("[They|2.actor] {fired|1:assault.firearms}.", "role 'actor' of event 2, which has no trigger"),
        ("[They|1.actor] fired.", "role 'actor' of event 1, which has no trigger"),
        ("[They|1.actor,1.actor] {fired|1:assault.firearms}.", "marked twice"),
        ("{Fired|1:assault.firearms} and {hit|1:assault.firearms}.", "event 1 has more than one trigger"),
        ("[The [old|1.actor] man|1.actor] {fired|1:assault.firearms}.", "nested"),
        ("They {fired|1:assault.firearms at will.", "nested, open or misspelt"),
        ("They fired] at will.", "nested, open or misspelt"),
        ("[They |1.actor]{fired|1:assault.firearms}.", "space at the edge"),
    ],
)
def test_a_faulty_mark_is_refused(line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        parse_line(line)


def test_a_file_reports_every_bad_line_by_number(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("# a comment\n\nRain fell.\n[He|1.actor] left.\n{Left|1:leaving}\n", encoding="utf-8")
    with pytest.raises(InvalidKnowledge) as caught:
        read_marked(path)
    message = str(caught.value)
    assert "notes.txt:4: role 'actor'" in message
    assert "notes.txt:5: unknown kind 'leaving'" in message


def test_comments_and_blank_lines_are_no_items(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("# a comment\n\n  \nRain fell.\n", encoding="utf-8")
    assert read_marked(path) == [Item(text="Rain fell.", events=())]


@given(st.text(alphabet="abc ,.!:1", max_size=30), st.sampled_from(sorted(KINDS)), st.sampled_from(sorted(ROLES)))
def test_marks_never_change_the_words_around_them(around: str, kind: str, role: str) -> None:
    item = parse_line(f"{around}[who|1.{role}]{around}{{did|1:{kind}}}{around}")
    assert item.text == f"{around}who{around}did{around}"
    (event,) = item.events
    assert item.text[slice(*event.trigger)] == "did"
    assert _words(item, event, role) == ["who"]


def test_every_event_kind_of_the_ontology_can_be_marked() -> None:
    assert {name for name, kind in kinds().items() if kind.family == "event"} <= KINDS


def test_every_flag_is_a_factuality_of_its_own() -> None:
    assert len(set(FLAGS.values())) == len(FLAGS)


@pytest.mark.skipif(not FILES, reason="this copy comes without the training sentences")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_training_sentence_parses(path: Path) -> None:
    items = read_marked(path)
    assert items
    assert all(
        start < end <= len(item.text) for item in items for event in item.events for start, end in [event.trigger]
    )
