"""The public record of one report: its shape, what it refers to, and what it tells once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict, get_args, get_type_hints, is_typeddict

import pytest

from khaldun.annotate import annotate
from khaldun.annotate.claims import claims
from khaldun.annotate.kit import Kit, load_kit
from khaldun.export.record import build_record
from khaldun.export.record_shape import Record
from khaldun.model import Event, Part, PartKind, Report, Span, Tie, When, make_id
from khaldun.resolve import group_events

DAY = date(2018, 5, 14)
Item = dict[str, Any]
Recorded = Callable[..., Item]
STORY = (
    "Fighters of the Falcon Brigade attacked the army near Sirte on Friday, killing at least nine soldiers, "
    "a spokesman for the army told Reuters.\n\n"
    "Omar Saleh, the commander of the Falcon Brigade, said that his fighters had seized Tripoli. "
    "The army denied that it had lost Tripoli. The army plans to retake Tripoli.\n\n"
    "The Islamic State released a video on Monday. The video said that its fighters had killed a judge in Benghazi."
)


def report_of(text: str, title: str | None = None) -> Report:
    """A report published on a known Monday; a title stands above the body as a part of its own."""
    whole = text if title is None else f"{title}\n\n{text}"
    start = len(whole) - len(text)
    parts: list[tuple[PartKind, Span]] = [("body", Span(start, len(whole)))]
    if title is not None:
        parts.insert(0, ("title", Span(0, len(title))))
    return Report(
        id=make_id(whole),
        input_id="text",
        raw="",
        text=whole,
        parts=tuple(Part(kind, span) for kind, span in parts),
        title=title,
        outlet="Wire",
        published=When(DAY, DAY, "metadata"),
    )


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit(models=None)  # the rules, by themselves


@pytest.fixture(scope="module")
def recorded(kit: Kit) -> Recorded:
    """The record of a text, with an optional title above it."""

    def record(text: str, title: str | None = None) -> Item:
        annotation = annotate(report_of(text, title), kit)
        found = tuple(claims(annotation))
        return {**build_record(annotation, found, group_events(found, annotation.entities))}

    return record


@pytest.fixture(scope="module")
def story(recorded: Recorded) -> Item:
    return recorded(STORY)


def of_kind(rows: Iterable[Item], kind: str) -> list[Item]:
    return [row for row in rows if row.get("kind", row.get("type")) == kind]


def names(record: Item, ids: Iterable[str]) -> list[str]:
    named = {row["id"]: row["name"] for part in ("actors", "places") for row in record[part]}
    return [named[id] for id in ids]


# ------------------------------------------------------------------------------------------------ shape


def misfits(value: Any, shape: Any, where: str) -> list[str]:
    """The places at which a value is not of the declared shape."""
    if is_typeddict(shape):
        hints = get_type_hints(shape)
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no row"]
        if set(value) != set(hints):
            return [f"{where}: {sorted(set(value) ^ set(hints))}"]
        return [m for key, hint in hints.items() for m in misfits(value[key], hint, f"{where}.{key}")]
    inner = get_args(shape)
    origin = getattr(shape, "__origin__", None)
    if origin is list:
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [m for n, each in enumerate(value) for m in misfits(each, inner[0], f"{where}[{n}]")]
    if origin is dict:
        return [] if isinstance(value, dict) else [f"{where}: {value!r} is no table"]
    if inner:  # a union: any of its members
        return [] if any(not misfits(value, one, where) for one in inner) else [f"{where}: {value!r}"]
    fits = isinstance(value, float | int if shape is float else shape) and not (shape is int and value in (True, False))
    return [] if fits or (shape is int and type(value) is int) else [f"{where}: {value!r} is no {shape}"]


def test_the_shape_check_can_fail() -> None:
    class Row(TypedDict):
        name: str
        spans: list[int]
        day: str | None

    assert not misfits({"name": "a", "spans": [1, 2], "day": None}, Row, "row")
    assert misfits({"name": "a", "spans": ["1"], "day": None}, Row, "row") == ["row.spans[0]: '1' is no <class 'int'>"]
    assert misfits({"name": None, "spans": [], "day": "x"}, Row, "row")
    assert misfits({"name": "a", "spans": []}, Row, "row") == ["row: ['day']"]


@pytest.mark.parametrize("text", ["", STORY, "It rained.", "The army attacked the rebels near Sirte."])
def test_the_record_has_the_declared_shape(recorded: Recorded, text: str) -> None:
    assert misfits(recorded(text), Record, "record") == []


def test_every_part_of_the_story_is_filled(story: Item) -> None:
    assert {part for part, rows in story.items() if not rows} == {"ties"}  # which the rules alone do not give


def test_a_tie_names_its_ends_its_voices_and_its_words(kit: Kit) -> None:
    found = annotate(report_of("The Falcon Brigade told Reuters that the army is in Sirte."), kit)
    army, sirte = (next(m for m in found.mentions if m.quote == quote) for quote in ("army", "Sirte"))
    evidence = Span(army.span.start, sirte.span.end)
    tie = Tie("t", "located_in", army, sirte, evidence, ("falcon", "outlet:Wire"), "claimed", 0.6, "learned:CoLocated")
    (row,) = build_record(replace(found, ties=(tie,)), (), ())["ties"]
    assert row == {
        "id": "t",
        "type": "located_in",
        "source": {"quote": "army", "span": [army.span.start, army.span.end], "entity": army.entity},
        "target": {"quote": "Sirte", "span": [sirte.span.start, sirte.span.end], "entity": sirte.entity},
        "according_to": ["falcon"],
        "factuality": "claimed",
        "evidence": "army is in Sirte",
        "evidence_span": [evidence.start, evidence.end],
        "score": 0.6,
        "made_by": "learned:CoLocated",
    }


def test_no_conflict_no_rows(recorded: Recorded) -> None:
    record = recorded("The museum in Tripoli reopened on Friday, its director said.")
    assert record["events"] == record["relations"] == record["control"] == []
    assert record["mentions"]
    assert record["times"]


# ------------------------------------------------------------------------------------------------ references


def test_ids_are_unique_and_resolve(story: Item) -> None:
    actors = {row["id"] for row in story["actors"]}
    places = {row["id"] for row in story["places"]}
    rows = [row for part in ("events", "relations", "control", "claims", "attributions") for row in story[part]]
    assert len({row["id"] for row in rows}) == len(rows)
    told = {row["id"] for part in ("events", "relations", "control") for row in story[part]}
    for event in story["events"]:
        assert {*event["actor"], *event["target"], *event["source"]} <= actors
        assert event["place"] is None or event["place"] in places
        for harm in (event["fatalities"], event["injured"], *event["tolls"]):
            assert harm is None or set(harm["according_to"]) <= actors
    for relation in story["relations"]:
        assert {relation["source"], relation["target"], *relation["according_to"]} <= actors
    for state in story["control"]:
        assert state["place"] in places
        assert {state["actor"], *state["according_to"]} <= actors
    for claim in story["claims"]:
        assert {claim["speaker"], *claim["via"]} <= actors
        assert set(claim["about"]) <= told
    for attribution in story["attributions"]:
        assert attribution["speaker"] is None or attribution["speaker"] in actors


def test_spans_quote_the_text(story: Item) -> None:
    pairs = [(row["quote"], row["span"]) for part in ("mentions", "times") for row in story[part]]
    pairs += [(r["evidence"], r["evidence_span"]) for p in ("events", "relations", "control") for r in story[p]]
    pairs += [(row["content"], row["content_span"]) for row in story["claims"]]
    pairs += [(row["cue"], row["cue_span"]) for row in story["claims"]]
    assert len(pairs) > 30
    for quote, (start, end) in pairs:
        assert STORY[start:end] == quote


def test_the_outlet_is_no_voice_of_a_row(story: Item) -> None:
    voices = {v for event in story["events"] for v in event["source"]}
    voices |= {v for row in (*story["relations"], *story["control"]) for v in row["according_to"]}
    voices |= {v for claim in story["claims"] for v in (claim["speaker"], *claim["via"])}
    assert voices
    assert not [voice for voice in voices if voice.startswith("outlet:")]


def test_the_speaker_comes_first_and_the_carrier_after(story: Item) -> None:
    (attack,) = of_kind(story["events"], "assault.attack")
    assert names(story, attack["source"]) == ["spokesman for the army", "Reuters"]
    (claim,) = (c for c in story["claims"] if attack["id"] in c["about"])
    assert [claim["speaker"], *claim["via"]] == attack["source"]


# ------------------------------------------------------------------------------------------------ factuality


def test_planned_and_denied_stay_and_are_marked(story: Item) -> None:
    marks = {row["factuality"] for row in of_kind(story["events"], "control.gain")}
    assert marks == {"claimed", "planned"}
    assert "denied" in {row["factuality"] for row in of_kind(story["events"], "control.loss")}


def test_a_plan_and_a_denial_change_no_holder(story: Item) -> None:
    assert [(names(story, [row["actor"]]), row["status"]) for row in story["control"]] == [
        (["Falcon Brigade"], "holds")
    ]
    (held,) = story["control"]
    assert names(story, held["according_to"]) == ["Omar Saleh"]


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("The army denied that the Falcon Brigade belongs to the Sword Alliance.", "deny"),
        ("The army said that the Falcon Brigade does not belong to the Sword Alliance.", "assert"),
        ("The army said that the Falcon Brigade may belong to the Sword Alliance.", "assert"),
    ],
)
def test_a_denied_tie_is_a_claim_and_no_relation(recorded: Recorded, sentence: str, stance: str) -> None:
    record = recorded(sentence)
    assert record["relations"] == []
    (claim,) = record["claims"]
    assert claim["stance"] == stance
    assert names(record, [claim["speaker"]]) == ["army"]


def test_an_asserted_tie_is_a_relation(recorded: Recorded) -> None:
    record = recorded("The army said that the Falcon Brigade belongs to the Sword Alliance.")
    (tie,) = record["relations"]
    assert tie["type"] == "part_of"
    assert names(record, [tie["source"], tie["target"]]) == ["Falcon Brigade", "Sword Alliance"]
    assert names(record, tie["according_to"]) == ["army"]


def test_a_tie_told_twice_is_one_row(recorded: Recorded) -> None:
    record = recorded(
        "Omar Saleh commands the Falcon Brigade. Omar Saleh, the commander of the Falcon Brigade, was hurt."
    )
    assert [row["type"] for row in record["relations"]] == ["commands"]


def test_a_symmetric_tie_has_no_order(recorded: Recorded) -> None:
    record = recorded("The army clashed with the rebels in Sirte. The rebels attacked the army in Tripoli.")
    assert [row["type"] for row in record["relations"]] == ["fights"]


# ------------------------------------------------------------------------------------------------ headlines


def test_a_title_echoes_and_the_body_leads(recorded: Recorded) -> None:
    record = recorded("The army reportedly attacked the rebels near Sirte on Friday.", "Army attacks rebels near Sirte")
    (attack,) = of_kind(record["events"], "assault.attack")
    assert attack["factuality"] == "reported"
    assert attack["evidence_span"][0] >= len("Army attacks rebels near Sirte")


def test_what_only_the_title_tells_stays(recorded: Recorded) -> None:
    record = recorded("The council met in Tripoli on Friday.", "Army attacks rebels near Sirte")
    (attack,) = of_kind(record["events"], "assault.attack")
    assert attack["evidence_span"][1] <= len("Army attacks rebels near Sirte")


def test_a_title_adds_no_holder_that_the_body_has(recorded: Recorded) -> None:
    record = recorded("The rebels said that they had captured Tripoli.", "Rebels capture Tripoli")
    (held,) = record["control"]
    assert [name.lower() for name in names(record, held["according_to"])] == ["rebels"]


# ------------------------------------------------------------------------------------------------ tolls and days


def test_rival_tolls_are_one_range_and_name_their_speakers(recorded: Recorded) -> None:
    record = recorded(
        "A car bomb exploded near the court in Sirte on Friday. "
        "A doctor said that the car bomb in Sirte killed nine people. "
        "The council said that the car bomb in Sirte killed fourteen people."
    )
    bombs = of_kind(record["events"], "assault.explosives")
    tolls = [toll for bomb in bombs for toll in bomb["tolls"]]
    assert {(toll["best"], tuple(names(record, toll["according_to"]))) for toll in tolls} == {
        (9, ("doctor",)),
        (14, ("council",)),
    }
    if len(bombs) == 1:  # else one event per speaker, which the record allows as well
        harm = bombs[0]["fatalities"]
        assert (harm["low"], harm["best"], harm["high"]) == (9, None, 14)
        assert names(record, harm["according_to"]) == ["doctor", "council"]


def test_tolls_of_two_claims_are_a_range_and_no_sum(kit: Kit) -> None:
    annotation = annotate(
        report_of("Nine soldiers were killed in Sirte, a doctor said. Fourteen soldiers were killed in Sirte."), kit
    )
    found = tuple(claims(annotation))
    killings = tuple(c.id for c in found if c.kind == "assault.killing")
    assert len(killings) == 2
    record: Item = {**build_record(annotation, found, [Event("e", "assault.killing", killings)])}
    (event,) = record["events"]
    assert event["fatalities"]["low"] == 9
    assert event["fatalities"]["best"] is None
    assert event["fatalities"]["high"] == 14
    assert names(record, event["fatalities"]["according_to"]) == ["doctor"]


def test_sides_of_one_claim_add_up(recorded: Recorded) -> None:
    record = recorded("The blast in Sirte left six soldiers and eleven militants dead.")
    (blast,) = record["events"]
    assert blast["fatalities"] == {"low": 17, "best": 17, "high": 17, "according_to": []}
    assert [toll["best"] for toll in blast["tolls"]] == [6, 11]


def test_an_open_toll_stays_open(story: Item) -> None:
    (attack,) = of_kind(story["events"], "assault.attack")
    assert (attack["fatalities"]["low"], attack["fatalities"]["high"]) == (9, None)


def test_a_saying_is_no_older_than_its_happening(recorded: Recorded) -> None:
    record = recorded("The army said that the rebels had attacked Sirte on Friday.")
    (event,) = record["events"]
    (claim,) = record["claims"]
    assert event["earliest"] == event["latest"] == "2018-05-11"
    assert (claim["date_earliest"], claim["date_latest"]) == ("2018-05-11", "2018-05-14")


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("The army has held Sirte since mid-January.", [("mid-January", "2018-01-10", "2018-01-20")]),
        ("The army has held Sirte since 2014.", [("2014", "2014-01-01", "2014-12-31")]),
        ("The army left Sirte after March 2017.", [("after March 2017", "2017-04-01", None)]),
        ("In the last week of April the army took Sirte.", [("the last week of April", "2018-04-24", "2018-04-30")]),
        ("The army feared for the future of Sirte, which it shelled at noon.", []),
    ],
)
def test_times_have_the_days_of_their_words(
    recorded: Recorded, sentence: str, times: list[tuple[str, str, str | None]]
) -> None:
    record = recorded(sentence)
    assert [(t["quote"], t["earliest"], t["latest"]) for t in record["times"]] == times


def test_what_began_goes_on(recorded: Recorded) -> None:
    record = recorded("The army has besieged Sirte since mid-January.")
    assert [(e["earliest"], e["latest"]) for e in record["events"]] == [("2018-01-10", None)]


def test_a_saying_of_a_plan_is_dated_by_publication_alone(recorded: Recorded) -> None:
    record = recorded("The army said that it would attack Sirte on 20 May 2018.")
    (claim,) = record["claims"]
    assert (claim["date_earliest"], claim["date_latest"]) == (None, "2018-05-14")


@pytest.mark.parametrize(
    ("sentence", "precision"),
    [
        ("The army attacked Sirte on Friday.", "day"),
        ("The army attacked Sirte in March 2017.", "month"),
        ("The army attacked Sirte in 2016.", "year"),
        ("The army attacked Sirte.", "before"),
        ("The army plans to attack Sirte.", "unknown"),
    ],
)
def test_the_precision_of_a_date_is_that_of_its_words(recorded: Recorded, sentence: str, precision: str) -> None:
    (event,) = of_kind(recorded(sentence)["events"], "assault.attack")
    assert event["date_precision"] == precision


def test_offices_are_listed_with_their_bearer(story: Item) -> None:
    (saleh,) = (actor for actor in story["actors"] if actor["name"] == "Omar Saleh")
    assert saleh["role"] == "commander of Falcon Brigade"
    assert [(role["title"], role["of"]) for role in saleh["roles"]] == [("commander", "Falcon Brigade")]


def test_the_trigger_is_the_word_that_tells_the_deed(recorded: Recorded) -> None:
    text = "On Monday the army shelled Sirte over the past year and a half. Rebels captured “Derna” and freed six men."
    told = {text[slice(*e["trigger_span"])] for e in recorded(text)["events"]}
    assert {"shelled", "captured", "freed"} <= told


def test_evidence_ends_with_its_time_and_its_mark(recorded: Recorded) -> None:
    text = "The army has shelled Sirte for the past year and a half. Rebels took [Derna] in the months that followed."
    quotes = [e["evidence"] for e in recorded(text)["events"]]
    assert any(quote.endswith("year and a half") for quote in quotes)
    assert all(quote.count("[") == quote.count("]") for quote in quotes)


def test_an_office_that_has_ended_is_called_former(recorded: Recorded) -> None:
    text = "Omar Saleh, a former commander of the Falcon Brigade, shelled Sirte. Salim Harb, its leader, denied it."
    roles = {a["name"]: a["role"] for a in recorded(text)["actors"] if a["role"]}
    assert roles["Omar Saleh"].startswith("former ")
    assert not roles["Salim Harb"].startswith("former ")
