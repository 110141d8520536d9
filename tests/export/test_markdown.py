"""The readable page: what, where, when, who says so, with the words."""

from __future__ import annotations

from typing import Any

import pytest

import khaldun
from khaldun.export import rows
from khaldun.export.markdown import plain, record_markdown
from khaldun.export.phrases import count, counted, headline, interval, says, tenure, third_person


def test_the_page_says_who_says_so_and_how_sure(record: dict[str, Any]) -> None:
    page = record_markdown(record)
    assert page.startswith("# The fort of Qasr\n")
    assert "**2016-05-03** territorial gain: Harbour Council → (army), Qasr (claimed, at arm's length)" in page
    assert "> — Harbour Council, in Harbour Post" in page
    assert "at least 7 killed" in page
    assert "Wadi Hamra**, place: not located" in page


def test_empty_sections_say_so(record: dict[str, Any]) -> None:
    for part in ("events", "control", "claims", "relations", "actors", "places"):
        record[part] = []
    page = record_markdown(record)
    assert "No event was found." in page
    assert "No tie between actors is stated." in page


def test_marks_in_the_text_are_not_taken_for_markdown() -> None:
    assert plain("a *b* [c] <d>\nnext") == r"a \*b\* \[c\] \<d\> next"


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2016-04-20", "2016-04-20", "2016-04-20"),
        ("2014-09-01", "2014-12-31", "2014-09-01 to 2014-12-31"),
        (None, "2016-04-20", "by 2016-04-20"),
        ("2014-09-01", None, "from 2014-09-01"),
        (None, None, "unknown"),
    ],
)
def test_intervals_in_words(earliest: str | None, latest: str | None, words: str) -> None:
    assert interval(earliest, latest) == words


def test_what_is_inferred_stands_in_brackets(record: dict[str, Any]) -> None:
    record["events"][0]["inferred"] = ["place"]
    [event, *_] = rows.event_rows(record)
    assert event["place"]
    assert f"({event['place']})" in headline(event)
    assert f"({event['place']})" in record_markdown(record)


def test_words_are_inflected() -> None:
    assert [counted(n, "report") for n in (0, 1, 2)] == ["0 reports", "1 report", "2 reports"]
    assert counted(2, "state of control", "states of control") == "2 states of control"
    assert [third_person(v) for v in ("deny", "say", "praise", "call", "express")] == [
        "denies",
        "says",
        "praises",
        "calls",
        "expresses",
    ]


def test_an_office_of_which_the_end_alone_is_told_has_ended() -> None:
    assert tenure(None, "2016-04-20") == "ended by 2016-04-20"
    assert tenure("2014-09-01", "2016-04-20") == "2014-09-01 to 2016-04-20"
    assert tenure("2014-09-01", None) == "from 2014-09-01"


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (13, 13, 13, "13"),
        (7, 7, None, "at least 7"),
        (12, None, 99, "12 to 99"),
        (None, None, 40, "up to 40"),
        (None, 5, None, "about 5"),
        (None, None, None, ""),
    ],
)
def test_counts_in_words(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert count(low, best, high) == words


def test_voices_in_words() -> None:
    assert says([]) == "the report itself"
    assert says(["Harbour Post"]) == "Harbour Post"
    assert says(["a doctor", "Coast Radio", "Harbour Post"]) == "a doctor, in Coast Radio, in Harbour Post"


def test_a_carrier_that_is_the_outlet_is_named_once() -> None:
    assert rows.voice(["a doctor", "Coast Radio"], "Coast Radio") == ["a doctor", "Coast Radio"]
    assert says(["a doctor", "Coast Radio", "Coast Radio"]) == "a doctor, in Coast Radio"


def test_rival_tolls_stand_with_their_voices() -> None:
    record = khaldun.extract(
        "Shells hit the port of Sirte on 4 May 2016. Seven civilians were killed in the shelling of the port, the army "
        "said. Residents said twelve civilians were killed in the shelling of the port.",
        outlet="Harbour Post",
    )
    tolls: dict[str, dict[str, Any]] = {
        "residents": {"of": "killed", "who": None, "low": 12, "best": 12, "high": 12, "according_to": []},
        "army": {"of": "killed", "who": None, "low": 7, "best": 7, "high": 7, "according_to": []},
    }
    for actor in record["actors"]:
        for name, one in tolls.items():
            if name in actor["name"].lower():
                one["according_to"] = [actor["id"]]
    record["events"][0]["tolls"] = list(tolls.values())
    page = record_markdown(record)
    assert "  - 12 killed, according to Residents, in Harbour Post" in page
    assert "  - 7 killed, according to army, in Harbour Post" in page


def test_what_was_left_out_is_listed_once(record: dict[str, Any]) -> None:
    record["report"]["parts"] = [{"kind": "caption", "span": [0, 7]}, {"kind": "byline", "span": [8, 12]}]
    record["report"]["dropped"] = [{"reason": "caption", "quote": "A photo", "span": [0, 7]}]
    page = record_markdown(record)
    assert page.count("caption") == 1
    assert "- byline, characters 8 to 12" in page


def test_a_text_without_a_name_has_a_title(record: dict[str, Any]) -> None:
    record["report"] |= {"title": None, "input_id": "-"}
    assert record_markdown(record).startswith("# Text from standard input\n")


def test_events_stand_in_text_order() -> None:
    record = khaldun.extract(
        "Rebels shelled Sirte on Monday, residents said. Troops captured Derna on Tuesday. "
        "The army said its planes bombed Ajdabiya, and gunmen killed a judge in Benghazi."
    )
    starts = [event["evidence_span"][0] for event in record["events"]]
    assert len(starts) > 2
    assert starts == sorted(starts)
