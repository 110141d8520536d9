"""The public record of one report: the field names and values that files, API and exports share.

Spans are `[start, end)` in code points of the text; days are ISO strings; `None` is unknown. `source`, `via` and
`according_to` name entity ids, the speaker first, and leave the outlet out: an empty list is the report's own voice.
"""

from __future__ import annotations

from typing import TypedDict

Interval = tuple[str | None, str | None]


class PartRow(TypedDict):
    kind: str
    span: list[int]


class QuoteRow(TypedDict):
    quote: str
    span: list[int]


class CommentRow(TypedDict):
    author: str | None
    excerpt: str
    span: list[int]


class DroppedRow(TypedDict):
    reason: str
    quote: str
    span: list[int] | None


class ReportPart(TypedDict):
    id: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    published_earliest: str | None
    published_latest: str | None
    published_basis: str
    published_evidence: str | None
    input_id: str
    url: str | None
    language: str | None
    unread: str | None
    raw: str
    parts: list[PartRow]
    references: list[QuoteRow]
    comments: list[CommentRow]
    dropped: list[DroppedRow]


class MentionPart(TypedDict):
    id: str
    span: list[int]
    quote: str
    kind: str
    entity: str | None
    score: float
    made_by: str


RolePart = TypedDict(
    "RolePart",
    {
        "title": str | None,
        "of": str | None,
        "from": str | None,
        "to": str | None,
        "evidence": str,
        "evidence_span": list[int],
    },
)


class ActorPart(TypedDict):
    id: str
    name: str
    country_iso3: str | None
    identifiers: dict[str, str]
    private: bool
    type: str | None
    aliases: list[str]
    role: str | None
    roles: list[RolePart]
    score: float | None


class PlacePart(TypedDict):
    id: str
    name: str
    aliases: list[str]
    country_iso2: str | None
    lat: float | None
    lon: float | None
    kind: str
    precision: str
    identifiers: dict[str, str]
    score: float | None


class TimePart(TypedDict):
    quote: str
    span: list[int]
    earliest: str | None
    latest: str | None
    type: str | None
    value: str | None
    basis: str
    score: float
    made_by: str


class AttributionPart(TypedDict):
    id: str
    source_spans: list[list[int]]
    cue_spans: list[list[int]]
    content_spans: list[list[int]]
    speaker: str | None
    via: list[str]
    medium: str | None
    stance: str
    type: str
    polarity: str
    determinate: bool
    parent: str | None
    score: float
    made_by: str


class PloverPart(TypedDict):
    type: str | None
    mode: str | None


class TollPart(TypedDict):
    of: str
    who: str | None
    low: int | None
    best: int | None
    high: int | None
    according_to: list[str]


class HarmPart(TypedDict):
    low: int | None
    best: int | None
    high: int | None
    according_to: list[str]


class EventPart(TypedDict):
    id: str
    type: str
    kind: str
    plover: PloverPart
    acled: str | None
    actor: list[str]
    target: list[str]
    instruments: list[str]
    objects: list[str]
    place: str | None
    place_precision: str | None
    earliest: str | None
    latest: str | None
    date_precision: str
    fatalities: HarmPart | None
    injured: HarmPart | None
    tolls: list[TollPart]
    factuality: str
    negated: bool
    distanced: bool
    background: bool
    history: bool
    inferred: list[str]
    source: list[str]
    evidence: str
    evidence_span: list[int]
    trigger_span: list[int]
    sentence_span: list[int]
    score: float
    made_by: str


class ClaimPart(TypedDict):
    id: str
    speaker: str
    via: list[str]
    medium: str | None
    cue: str | None
    cue_span: list[int] | None
    content: str
    content_span: list[int]
    content_spans: list[list[int]]
    stance: str
    access: str | None
    date_earliest: str | None
    date_latest: str | None
    about: list[str]
    score: float
    made_by: str


RelationPart = TypedDict(
    "RelationPart",
    {
        "id": str,
        "type": str,
        "source": str,
        "target": str,
        "from": str | None,
        "to": str | None,
        "factuality": str,
        "according_to": list[str],
        "evidence": str,
        "evidence_span": list[int],
        "score": float,
        "made_by": str,
    },
)


class ControlPart(TypedDict):
    id: str
    place: str
    place_precision: str | None
    actor: str
    status: str
    earliest: str | None
    latest: str | None
    begun_by: str | None
    past: bool
    according_to: list[str]
    inferred: bool
    distanced: bool
    score: float
    evidence: str
    evidence_span: list[int]
    made_by: str


class EndPart(TypedDict):
    """One end of a tie. `entity` is the id of an actor or place, None for what no entity stands for."""

    quote: str
    span: list[int]
    entity: str | None


class TiePart(TypedDict):
    """What the learned layer takes two phrases to be to one another: a hint with a score, not a relation."""

    id: str
    type: str
    source: EndPart
    target: EndPart
    according_to: list[str]
    factuality: str
    evidence: str
    evidence_span: list[int]
    score: float
    made_by: str


class FillerPart(TypedDict):
    """One filler of an incident. `entity` is an actor's id, None for things.

    `made_by` is rule, learned or rule+learned.
    """

    quote: str
    span: list[int]
    kind: str
    named: bool
    entity: str | None
    made_by: str


class QuotePart(TypedDict):
    """Words and where they stand."""

    quote: str
    span: list[int]


class IncidentPart(TypedDict):
    """One incident: what the events about it tell together. `country` is an ISO 3166 alpha-2 code.

    `places` are ids, towns before areas. `inferred` lists what no telling says. `events` are the events it sums up.
    `quotes` are the words that give type, date, country and places; of what nothing says there are none.
    """

    id: str
    type: str
    stage: str
    earliest: str | None
    latest: str | None
    date_basis: str
    country: str | None
    places: list[str]
    perpetrators: list[FillerPart]
    targets: list[FillerPart]
    victims: list[FillerPart]
    armed_targets: list[FillerPart]
    instruments: list[FillerPart]
    inferred: list[str]
    quotes: dict[str, list[QuotePart]]
    events: list[str]
    evidence: str
    evidence_span: list[int]
    score: float


class Record(TypedDict):
    """One report's record: what `khaldun extract` prints, one object a report."""

    report: ReportPart
    mentions: list[MentionPart]
    actors: list[ActorPart]
    places: list[PlacePart]
    times: list[TimePart]
    attributions: list[AttributionPart]
    events: list[EventPart]
    claims: list[ClaimPart]
    relations: list[RelationPart]
    control: list[ControlPart]
    ties: list[TiePart]
    incidents: list[IncidentPart]
