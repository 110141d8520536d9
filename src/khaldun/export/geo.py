"""GeoJSON: events and places as points with their precision; what has no point is listed, not dropped.

WGS 84, longitude first, flat properties (lists joined by ``; ``), as map programs want them. An event lies at the
point of its place: `geo_precision` says how far that can be trusted. Events and places without a point are features
with a null geometry, which the format allows and which map programs show in their tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khaldun.export import rows
from khaldun.export.losses import Loss, counted
from khaldun.export.phrases import headline


def geojson(records: Iterable[rows.Record]) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """A FeatureCollection of all events, then all places, and what it could not hold."""
    records = list(records)
    features = [feature for record in records for feature in _events(record)]
    features += _places(record for record in records)
    return {"type": "FeatureCollection", "features": features}, counted(_losses(records, features))


def _events(record: rows.Record) -> Iterator[dict[str, Any]]:
    for event in rows.event_rows(record):
        properties = {
            "id": event["id"],
            "layer": "event",
            "type": event["type"],
            "name": headline(event),
            "date_start": event["earliest"],
            "date_end": event["latest"],
            "date_precision": event["date_precision"],
            "place": event["place"],
            "geo_precision": event["place_precision"],
            "actor1": _joined(event["actor"]),
            "actor2": _joined(event["target"]),
            "killed_low": event["killed_low"],
            "killed_high": event["killed_high"],
            "status": event["factuality"],
            "negated": event["negated"],
            "distanced": event["distanced"],
            "claimants": _joined(event["voice"]),
            "source_url": record["report"].get("url"),
            "quote": event["quote"],
            "quote_start": event["start"],
            "quote_end": event["end"],
        }
        yield _feature(event["id"], event["lat"], event["lon"], properties)


def _places(records: Iterable[rows.Record]) -> Iterator[dict[str, Any]]:
    """Each place once, under the id that all its reports share."""
    seen: set[str] = set()
    for record in records:
        for place in rows.place_rows(record):
            if place["id"] in seen:
                continue
            seen.add(place["id"])
            properties = {
                "id": place["id"],
                "layer": "place",
                "type": place["kind"],
                "name": place["name"],
                "also": _joined(place["aliases"]),
                "country": place["country_iso2"],
                "geo_precision": place["precision"],
                "geonames": place["geonames"],
            }
            yield _feature(place["id"], place["lat"], place["lon"], properties)


def _feature(id: str, lat: float | None, lon: float | None, properties: Mapping[str, Any]) -> dict[str, Any]:
    located = lat is not None and lon is not None
    point = {"type": "Point", "coordinates": [lon, lat]} if located else None
    return {"type": "Feature", "id": id, "geometry": point, "properties": dict(properties)}


def _joined(names: Iterable[str]) -> str | None:
    return "; ".join(names) or None


def _losses(records: Iterable[rows.Record], features: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for feature in features:
        if feature["geometry"] is None:
            yield f"{feature['properties']['layer']}s", "no point known; kept with a null geometry"
    for record in records:
        for field in ("claims", "relations", "control"):
            for _ in record[field]:
                yield field, "not a thing with a point of its own; left out"
