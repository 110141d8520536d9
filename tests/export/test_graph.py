"""GEXF: ties in time, each with its voice; open ends stay open."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from khaldun.export.graph import actor_graph, write_gexf


def test_a_tie_has_its_days_and_its_voice(record: dict[str, Any]) -> None:
    graph, _ = actor_graph([record])
    tie = graph.edges["council", "army", "r1"]
    assert (tie["label"], tie["voice"]) == ("fights", "Harbour Council > Harbour Post")
    assert (tie["start"], tie["days"]) == ("2016-05-03", "2016-05-03/..")
    assert "end" not in tie


def test_a_held_place_is_a_node(record: dict[str, Any]) -> None:
    graph, _ = actor_graph([record])
    assert graph.nodes["qasr"]["kind"] == "place"
    assert graph.edges["council", "qasr", "k1"]["label"] == "holds"


def test_events_and_claims_are_counted_as_left_out(record: dict[str, Any]) -> None:
    _, losses = actor_graph([record])
    assert {loss.what: loss.count for loss in losses} == {"events": 3, "claims": 1}


def test_the_file_is_dynamic_xml(record: dict[str, Any], tmp_path: Path) -> None:
    record["control"][0]["evidence"] = "a\x0bcontrol character"
    write_gexf([record], tmp_path / "ties.gexf")
    text = (tmp_path / "ties.gexf").read_text(encoding="utf-8")
    assert 'mode="dynamic"' in text
    assert 'start="2016-05-03"' in text
    assert ElementTree.fromstring(text).tag.endswith("gexf")


def test_the_same_record_gives_the_same_file(record: dict[str, Any], tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_gexf([record], tmp_path / name)
    one, two = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one", "two"))
    assert one == two
