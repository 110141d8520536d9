"""Timelines: ordered, open ends labelled, the undated apart."""

from __future__ import annotations

from typing import Any

from khaldun.export.timeline import timeline, timeline_js


def test_undated_events_stand_apart(record: dict[str, Any]) -> None:
    line = timeline([record])
    assert [event["id"] for event in line["events"]] == ["e1", "e2"]
    assert [event["id"] for event in line["undated"]] == ["e3"]


def test_slides_say_that_a_start_is_open(record: dict[str, Any]) -> None:
    slides, losses = timeline_js([record], title="Qasr")
    assert slides["events"][1]["display_date"] == "by 2016-05-04"
    assert slides["events"][0]["start_date"] == {"year": "2016", "month": "5", "day": "3"}
    reasons = {loss.reason: loss.count for loss in losses}
    assert reasons["no date known; not on the line"] == 1
    assert reasons["open start; placed at the latest day, as the label says"] == 1


def test_words_from_a_text_are_no_markup(record: dict[str, Any]) -> None:
    record["events"][0]["evidence"] = "<script>alert(1)</script>"
    slides, _ = timeline_js([record], title="Qasr")
    assert "<script>" not in slides["events"][0]["text"]["text"]
