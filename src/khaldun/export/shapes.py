"""The rows of the tables: flat, with names in place of ids, ready for a data frame or a CSV file.

Days are ISO strings, `None` is unknown. `start` and `end` are code points of the report's text, `quote` what
stands there. `voice` names who says so, the speaker first and the outlet last. Lists hold names.
"""

from __future__ import annotations

from typing import TypedDict


class ReportRow(TypedDict):
    id: str
    input_id: str
    outlet: str | None
    title: str | None
    author: str | None
    published: str | None
    published_earliest: str | None
    published_latest: str | None
    published_basis: str | None
    published_evidence: str | None
    language: str | None
    url: str | None
    events: int
    claims: int
    relations: int
    control: int
    dropped: int


class EventRow(TypedDict):
    """`happening` is shared by the events of several reports that are judged to be one; None outside a store."""

    id: str
    happening: str | None
    report: str
    outlet: str | None
    published: str | None
    type: str
    plover_type: str | None
    plover_mode: str | None
    actor: list[str]
    target: list[str]
    place: str | None
    country_iso2: str | None
    lat: float | None
    lon: float | None
    place_precision: str | None
    earliest: str | None
    latest: str | None
    date_precision: str | None
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_according_to: list[str]
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    injured_according_to: list[str]
    factuality: str
    negated: bool
    distanced: bool
    inferred: list[str]
    voice: list[str]
    quote: str
    start: int | None
    end: int | None
    score: float | None
    made_by: str | None


class IncidentRow(TypedDict):
    """One attack as a report tells it; fillers as printed. `inferred` lists what no telling says.

    The quotes are the words that type, date, country and places rest on.
    """

    id: str
    report: str
    outlet: str | None
    published: str | None
    type: str
    stage: str
    earliest: str | None
    latest: str | None
    date_basis: str
    country_iso2: str | None
    places: list[str]
    perpetrators: list[str]
    perpetrator_organisations: list[str]
    targets: list[str]
    victims: list[str]
    armed_targets: list[str]
    instruments: list[str]
    inferred: list[str]
    type_quotes: list[str]
    date_quotes: list[str]
    country_quotes: list[str]
    place_quotes: list[str]
    events: list[str]
    quote: str
    start: int | None
    end: int | None
    score: float


class ClaimRow(TypedDict):
    id: str
    report: str
    outlet: str | None
    published: str | None
    speaker: str | None
    stance: str
    content: str
    cue: str | None
    medium: str | None
    voice: list[str]
    earliest: str | None
    latest: str | None
    about: list[str]
    start: int | None
    end: int | None
    score: float | None
    made_by: str | None


class RelationRow(TypedDict):
    id: str
    report: str
    outlet: str | None
    published: str | None
    source: str | None
    type: str
    target: str | None
    since: str | None
    until: str | None
    factuality: str
    voice: list[str]
    quote: str
    start: int | None
    end: int | None
    score: float | None
    made_by: str | None


class ControlRow(TypedDict):
    id: str
    report: str
    outlet: str | None
    published: str | None
    place: str | None
    place_precision: str | None
    actor: str | None
    status: str
    earliest: str | None
    latest: str | None
    begun_by: str | None
    past: bool
    inferred: bool
    distanced: bool
    voice: list[str]
    quote: str
    start: int | None
    end: int | None
    score: float | None


class ActorRow(TypedDict):
    id: str
    report: str
    name: str
    type: str | None
    country_iso3: str | None
    aliases: list[str]
    role: str | None
    roles: list[str]
    private: bool
    identifiers: list[str]
    mentions: int
    score: float | None


class PlaceRow(TypedDict):
    id: str
    report: str
    name: str
    aliases: list[str]
    kind: str | None
    country_iso2: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    geonames: str | None
    mentions: int
    score: float | None


class MentionRow(TypedDict):
    id: str
    report: str
    kind: str
    quote: str
    start: int
    end: int
    entity: str | None
    score: float | None


class TimeRow(TypedDict):
    report: str
    quote: str
    start: int
    end: int
    earliest: str | None
    latest: str | None
    type: str | None
    value: str | None
    basis: str | None
    score: float | None


class AttributionRow(TypedDict):
    id: str
    report: str
    speaker: str | None
    via: list[str]
    medium: str | None
    stance: str | None
    parent: str | None
    source_spans: str
    cue_spans: str
    content_spans: str
    score: float | None
