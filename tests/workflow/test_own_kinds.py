"""A kind of the user's own is found, shown and handed on like those of the house, and its own examples judge it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import yaml

import khaldun
from khaldun.annotate.kit import Kit
from khaldun.config import settings
from khaldun.errors import InvalidKnowledge
from khaldun.export.acled import write_acled
from khaldun.export.geo import geojson
from khaldun.export.markdown import record_markdown
from khaldun.export.rows import event_rows
from khaldun.ingest import read
from khaldun.ontology import kinds
from khaldun.store import open_store
from khaldun.workflow.extraction import extract_reports, kit_of
from khaldun.workflow.own_kinds import check_kinds, kind_rows
from khaldun.workflow.reading import read_into
from khaldun.workflow.weighing import why

MINE = Path(__file__).parents[2] / "docs" / "kinds"
TEXT = (
    "Militants blew up a shrine near Timbuktu on 12 April 2016, residents told Reuters. "
    "Karim Nasser, a financier of the Falcon Brigade, was arrested in Derna."
)


WATER = """
kind: water.denied
label: water denied
definition: A town is left without water on purpose.
plover: {type: COERCE, mode: restrict}
acled: Other
roles: [actor, target, place, time]
example: Gunmen cut off the water supply of Derna on Monday.
counterexample: The supply of bread to Derna fell on Monday.
lists:
  water: [water, supply, pipeline]
triggers:
- verbs: [cut off]
  args: {actor: [A], target: [P], place: [of, in]}
  needs: {P: water}
  examples: ["Gunmen cut off the water supply of Derna."]
  counterexamples: ["Gunmen cut off the road to Derna."]
"""


@pytest.fixture(scope="module")
def kit() -> Kit:
    return kit_of(settings({}).pipeline, MINE)


@pytest.fixture(scope="module")
def record(kit: Kit) -> dict[str, Any]:
    report = read(TEXT.encode(), input_id="mine", media_type="text/plain", outlet="Wire", published="2016-04-20")
    return next(extract_reports([report], kit))


def _damage(record: dict[str, Any]) -> dict[str, Any]:
    (event,) = (e for e in record["events"] if e["kind"] == "heritage.damage")
    return dict(event)


def test_the_record_holds_it(record: dict[str, Any]) -> None:
    event = _damage(record)
    assert (event["type"], event["plover"]) == ("heritage damage", {"type": "ASSAULT", "mode": "destroy"})
    assert (event["earliest"], event["acled"]) == ("2016-04-12", "Looting/property destruction")
    assert event["made_by"] == "rule:triggers/heritage.damage"
    names = {a["id"]: a["name"] for a in record["actors"]}
    assert [names[id] for id in event["actor"]] == ["Militants"]
    (tie,) = (r for r in record["relations"] if r["type"] == "financier_of")
    assert (names[tie["source"]], names[tie["target"]]) == ("Karim Nasser", "Falcon Brigade")


def test_every_export_holds_it(record: dict[str, Any]) -> None:
    (row,) = (r for r in event_rows(record) if r["type"] == "heritage damage")
    assert row["place"] == "Timbuktu"
    out = io.StringIO()
    write_acled([record], out)
    subs = [row["sub_event_type"] for row in csv.DictReader(io.StringIO(out.getvalue()))]
    assert "Looting/property destruction" in subs
    features = geojson([record])[0]["features"]
    assert any(f["properties"].get("type") == "heritage damage" for f in features)
    assert "heritage damage" in record_markdown(record)


def test_a_kind_of_ones_own_goes_before_a_phrase_of_the_house(tmp_path: Path) -> None:
    """ "Cut off the supply" is a blockade to the house; here somebody counts water."""
    (tmp_path / "water.yaml").write_text(WATER, encoding="utf-8")
    report = read(b"Gunmen cut off the water supply of Derna on 12 April 2016.", input_id="w", media_type="text/plain")
    record = next(extract_reports([report], kit_of(settings({}).pipeline, tmp_path)))
    assert [e["kind"] for e in record["events"]] == ["water.denied"]


def test_two_kits_of_one_process_do_not_disturb_one_another(kit: Kit) -> None:
    house = kit_of(settings({}).pipeline)
    assert house.nlp is kit.nlp
    report = read(TEXT.encode(), input_id="mine", media_type="text/plain", published="2016-04-20")
    found = [{e["kind"] for e in next(extract_reports([report], each))["events"]} for each in (house, kit, house, kit)]
    assert found[0] == found[2]
    assert found[1] == found[3]
    assert "heritage.damage" in found[1] - found[0]
    assert "heritage.damage" not in kinds()


def test_a_store_shows_it_under_its_name_or_its_id(tmp_path: Path, kit: Kit) -> None:
    report = read(TEXT.encode(), input_id="mine", media_type="text/plain", published="2016-04-20")
    with open_store(str(tmp_path / "k.db")) as store:
        read_into(store, [report], kit)
    with khaldun.open(tmp_path / "k.db", kinds=MINE) as held:
        for name in ("heritage damage", "heritage.damage", "Heritage.Damage"):
            (row,) = held.events(kind=name)
            assert row["type"] == "heritage damage"
        told = why(held, row["id"])
        assert told["kind"] == "heritage.damage"
        assert [telling["voice"][0] for telling in told["tellings"]] == ["residents"]
    with khaldun.open(tmp_path / "k.db") as held:
        (row,) = held.events(kind="heritage.damage")
        assert row["type"] == "heritage.damage"


def test_the_folder_of_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHALDUN_KINDS", str(MINE))
    text = "Militants blew up a shrine near Timbuktu."
    assert [e["kind"] for e in khaldun.extract(text)["events"]] == ["heritage.damage"]
    monkeypatch.delenv("KHALDUN_KINDS")
    assert [e["kind"] for e in khaldun.extract(text)["events"]] != ["heritage.damage"]


def test_own_kinds_are_listed_and_marked() -> None:
    rows = kind_rows(MINE)
    assert [row["id"] for row in rows if row["own"]] == ["financier_of", "heritage.damage"]
    assert [row["id"] for row in rows if not row["own"]] == list(kinds())
    assert len(kind_rows()) == len(kinds())


# ------------------------------------------------------------------------------------------------ the check


def test_the_kinds_of_the_guide_are_read_as_meant() -> None:
    found = check_kinds(MINE, settings({}).pipeline)
    assert found["problems"] == []
    assert [(kind["id"], kind["right"]) for kind in found["kinds"]] == [("financier_of", 5), ("heritage.damage", 8)]


@pytest.mark.parametrize(
    ("name", "old", "new", "entry", "wrong"),
    [
        ("heritage_damage", "blew up a shrine near", "blew up a depot near", "triggers, entry 1, examples 1",
         "is not read as heritage.damage; it is read as"),
        ("heritage_damage", "blew up a bridge near", "blew up a mosque near", "triggers, entry 1, counterexamples 1",
         "is read as heritage.damage (“blew up”)"),
        ("heritage_damage", "visited by the fighters", "looted by the fighters", "triggers, entry 1, counterexamples 2",
         "is read as heritage.damage"),
        ("financier_of", "source: Qatar", "source: Turkey", "cues, predicates, entry 1, examples 1",
         "joins Qatar → Falcon Brigade, not Turkey → Falcon Brigade"),
        ("heritage_damage", "{P: heritage}", "{P: heirloom}", "triggers, entry 1, needs", "'heirloom' is not known"),
        ("heritage_damage", "  heritage: [", "  people: [", "lists", "'people' is a list of the house"),
    ],
)  # fmt: skip
def test_a_sentence_that_is_not_read_as_meant_is_named(
    tmp_path: Path, name: str, old: str, new: str, entry: str, wrong: str
) -> None:
    text = (MINE / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "mine.yaml").write_text(text.replace(old, new), encoding="utf-8")
    problems = check_kinds(tmp_path, settings({}).pipeline)["problems"]
    assert any(p["entry"] == entry and wrong in p["wrong"] and p["mend"] for p in problems), problems


def test_a_broken_condition_stops_reading_with_its_name(tmp_path: Path) -> None:
    entry = yaml.safe_load((MINE / "heritage_damage.yaml").read_text(encoding="utf-8"))
    entry["triggers"][1]["bars"] = {"A": "poets"}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(entry), encoding="utf-8")
    with pytest.raises(InvalidKnowledge, match=r"mine\.yaml, triggers, entry 2, bars: 'poets' is not known"):
        kit_of(settings({}).pipeline, tmp_path)
