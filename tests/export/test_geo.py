"""GeoJSON: points with their precision, longitude first; the unlocated are kept."""

from __future__ import annotations

from typing import Any

from khaldun.export.geo import geojson


def test_events_and_places_with_and_without_a_point(record: dict[str, Any]) -> None:
    collection, losses = geojson([record])
    features = {feature["id"]: feature for feature in collection["features"]}
    assert features["e1"]["geometry"] == {"type": "Point", "coordinates": [21.25, 32.5]}
    assert features["e3"]["geometry"] is None
    assert features["wadi"]["geometry"] is None
    assert features["qasr"]["properties"]["geo_precision"] == "near"
    assert {(loss.what, loss.count) for loss in losses if "null geometry" in loss.reason} == {
        ("events", 1),
        ("places", 1),
    }


def test_properties_are_flat_and_carry_the_voice(record: dict[str, Any]) -> None:
    collection, _ = geojson([record])
    gain = collection["features"][0]["properties"]
    assert gain["claimants"] == "Harbour Council; Harbour Post"
    assert (gain["status"], gain["distanced"]) == ("claimed", True)
    assert all(not isinstance(value, list | dict) for f in collection["features"] for value in f["properties"].values())


def test_a_place_of_two_reports_is_one_feature(record: dict[str, Any]) -> None:
    collection, _ = geojson([record, record])
    assert [f["id"] for f in collection["features"]].count("qasr") == 1
