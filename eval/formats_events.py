"""What Khaldun finds in a text, renamed into the labels of each benchmark: events.

Events are those of the record: the claims that `resolve` takes for one happening, told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from formats import Prediction, ends
from khaldun.export.acled import acled_rows
from khaldun.export.incidents import Incident, incidents
from khaldun.export.parties import countries
from khaldun.export.plover import Coded, Party, plover_events
from khaldun.model import When
from khaldun.workflow.extraction import Reading, record_of

# ------------------------------------------------------------------------------------------------ acled


def acled(reading: Reading) -> Prediction:
    """The rows of the ACLED export, with the interval in place of its representative day."""
    record: Mapping[str, Any] = record_of(reading)
    by_id = {event["id"]: event for event in record["events"]}
    losses: list[tuple[str, str]] = []
    rows = list(acled_rows(record, losses))
    return {"events": [_acled_event(row, by_id[_head_of(row)]) for row in rows]}


def _head_of(row: Mapping[str, Any]) -> str:
    """The id of the event that heads the row; rows of one event are numbered behind a dot."""
    return str(row["event_id_cnty"]).removeprefix("KHD-").partition(".")[0]


def _acled_event(row: Mapping[str, Any], event: Mapping[str, Any]) -> Prediction:
    return {
        "type": row["event_type"],
        "sub_type": row["sub_event_type"],
        **(_bounded(event["earliest"], event["latest"]) or _day(row["event_date"])),
        "actors": [name for name in (row["actor1"], row["actor2"]) if name],
        "place": {"name": row["location"], "lat": row["latitude"], "lon": row["longitude"]},
        "fatalities": row["fatalities"],
    }


def _bounded(earliest: str | None, latest: str | None) -> Prediction:
    """The interval where both ends are known; of an open one the benchmark would make a day."""
    return {"earliest": earliest, "latest": latest} if earliest and latest else {}


def _day(day: str | None) -> Prediction:
    """The row's day, where another event of the row than its head gives it."""
    return {"date": day} if day else {}


# ------------------------------------------------------------------------------------------------ plover


def plover(reading: Reading) -> Prediction:
    """The events of the PLOVER export. The sides' spans are those of the words in the sentence."""
    return {"events": [_plover_event(event) for event in plover_events(reading.annotation)]}


def _plover_event(event: Coded) -> Prediction:
    return {
        "type": event.type,
        "mode": event.mode,
        "sources": [_party(party) for party in event.sources],
        "targets": [_party(party) for party in event.targets if not event.reciprocal],
        "reciprocal": event.reciprocal,
    }


def _party(party: Party) -> Prediction:
    return {**ends(party.span), "code": party.country, "sector": party.sector}


# ------------------------------------------------------------------------------------------------ muc4

_ROLES = {"Target": "targets", "Victim": "victims", "Weapon": "instruments"}
_OF_PLACES = re.compile(
    r"\s+(city|town|village|department|province|district|neighborhood|municipality|state|region)$", re.I
)


def muc4(reading: Reading) -> Prediction:
    """The incidents of the record as templates."""
    found = incidents(reading.annotation, reading.events)
    return {"events": [muc4_template(i, reading.report.text) for i in found], "role_fillers": _role_fillers(found)}


def muc4_template(incident: Incident, text: str) -> Prediction:
    """One row as a template."""
    return {
        "type": incident.type.upper(),
        "date": _template_date(incident.when),
        "location": _location(incident, text),
        "stage": incident.stage.upper(),
        "slots": _slots(incident),
    }


def _template_date(when: When) -> Prediction | str | None:
    if when.latest is None:
        return None
    if when.earliest == when.latest:
        return when.latest.isoformat()
    return {"start": when.earliest.isoformat() if when.earliest else None, "end": when.latest.isoformat()}


def _location(incident: Incident, text: str) -> Prediction | None:
    country = countries().get(incident.country or "", {}).get("name")
    names = [_OF_PLACES.sub("", (p.head or p.span).of(text)) for p in incident.places]
    return {"country": country.upper() if country else None, "places": names} if country or names else None


def _slots(incident: Incident) -> dict[str, list[list[str]]]:
    fillings = incident.fillings
    slots = {slot: [[f.quote] for f in getattr(fillings, name)] for slot, name in _ROLES.items()}
    slots["PerpInd"] = [[f.quote] for f in fillings.perpetrators if f.kind == "individual"]
    slots["PerpOrg"] = [[f.quote] for f in fillings.perpetrators if f.kind == "organisation"]
    return slots


def _role_fillers(found: Iterable[Incident]) -> dict[str, list[list[str]]]:
    """The fillers of all incidents of a report, each once; of victims only those with a name, as the key has them."""
    fillers: dict[str, list[list[str]]] = {slot: [] for slot in ("PerpInd", "PerpOrg", *_ROLES)}
    for incident in found:
        unnamed = [[f.quote] for f in incident.fillings.victims if not f.named]
        for slot, entries in _slots(incident).items():
            kept = [e for e in entries if e not in fillers[slot] and not (slot == "Victim" and e in unnamed)]
            fillers[slot] += kept
    return fillers
