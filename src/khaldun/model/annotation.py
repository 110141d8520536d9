"""What is found in a report: mentions and entities, attributions, frames, ties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from khaldun.copies import quickly_made
from khaldun.model.text import UNKNOWN_TIME, Report, Span, When
from khaldun.model.vocabulary import (
    ActorType,
    AttributionType,
    Factuality,
    MentionForm,
    MentionKind,
    Modality,
    PlacePrecision,
    Stance,
)


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3 reading of a time: `type` DATE, TIME, DURATION or SET, and its `value`."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Quantity:
    """A count as a range: "at least 7" is (7, 7, None), "dozens" (12, None, 99), "13" (13, 13, 13)."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Locus:
    """A gazetteer entry, or an unlocated place. `kind` is plain (country, adm1, city, town, village, river …).

    `precision` is of the *mention* ("outskirts of Derna" is near). Degrees are WGS 84.
    """

    name: str
    country_iso2: str | None = None
    lat: float | None = None
    lon: float | None = None
    kind: str = "place"
    precision: PlacePrecision = "exact"
    geonames: int | None = None
    identifier: str | None = None
    """Id within our own tables (country, first-level, supplement) where GeoNames' is not known."""
    population: int | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """What a mention may stand for, and how well it fits (0 to 1)."""

    entity: str
    score: float


@quickly_made
@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or denotes something.

    `entity` is the id of the in-report `Entity` it belongs to (None for times and counts). `head` is the name
    or head word inside a longer phrase ("Al-Nusra" in "Al-Qaeda's affiliate Al-Nusra"). `score` is how likely the
    finding is right, by what was measured on labelled texts; of a place that includes where it lies. `fills` is how
    likely the learned layer takes it for each filler of an incident's row: individual, organisation, thing, person,
    instrument.
    """

    id: str
    span: Span
    quote: str
    kind: MentionKind
    form: MentionForm = "name"
    entity: str | None = None
    head: Span | None = None
    when: When | None = None
    value: Timex | Quantity | Locus | None = None
    candidates: tuple[Candidate, ...] = ()
    score: float = 1.0
    made_by: str = ""
    fills: Mapping[str, float] = field(default_factory=dict, hash=False)


@quickly_made
@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity, as printed. `since` and `until` bound its validity where that is known."""

    text: str
    form: MentionForm = "name"
    since: date | None = None
    until: date | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Entity:
    """An actor, place or media product: of one report (from coreference) or of the record (after resolve).

    It has no side and no rank: allegiance, office and membership change, so they are claims.
    `known_as` is the id in our own tables of names (`data/actors`), where one matched.
    """

    id: str
    kind: Literal["actor", "place", "media_product"]
    name: str
    names: tuple[Name, ...] = ()
    type: ActorType | None = None
    country_iso3: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    known_as: str | None = None
    point: Locus | None = None
    private: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class Attribution:
    """Someone other than the reporter speaks (source, cue, content, in the corpora's terms).

    `speaker` is the in-report entity of the source (None for a hedge without a source, such as "reportedly"),
    `via` the carriers in order ("told Reuters": Reuters), `parent` the id of the attribution this one lies in.
    `polarity` is "negative" where a negated cue leaves the content unconfirmed or denied; `determinate` is False
    where the attribution itself is hypothetical ("if the group were to claim …"). `weight` tells a saying (from .5 on)
    from a thought or a plan, which is no claim. `share` is the learned layer's own score (0: it proposed nothing,
    -1: there is none), `score` how likely the finding is right by what was measured on held-out texts.
    """

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None = None
    via: tuple[str, ...] = ()
    medium: str | None = None
    stance: Stance = "assert"
    type: AttributionType = "assertion"
    parent: str | None = None
    polarity: Literal["positive", "negative"] = "positive"
    determinate: bool = True
    when: When = UNKNOWN_TIME
    weight: float = 1.0
    share: float = -1.0
    score: float = 1.0
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Toll:
    """A count of people by what happened to them. `who` is an in-report entity id or None."""

    of: Literal["killed", "injured", "captured", "displaced"]
    quantity: Quantity
    span: Span
    who: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Frame:
    """An event mention, a relation mention or a state of control, as the words present it.

    `roles` maps a role name of the ontology to mentions; `inferred` names the roles that no word of the evidence
    fills directly. `attribution` is the id of the innermost attribution whose content holds the trigger.
    `text` values such as the title of an office are in `values`. `weight` is how much the words say (more roles, a
    verb), by which tellings of one happening are ranked; `score` how likely the finding is right, as measured.
    `tells` is how likely the learned layer takes its words to tell of an incident, by type (attack, bombing,
    kidnapping, arson, robbery).
    """

    id: str
    kind: str
    trigger: Span
    evidence: Span
    roles: Mapping[str, tuple[Mention, ...]]
    mode: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    tolls: tuple[Toll, ...] = ()
    inferred: frozenset[str] = frozenset()
    attribution: str | None = None
    when: When = UNKNOWN_TIME
    negated: bool = False
    modality: Modality = "actual"
    hedged: bool = False
    distanced: bool = False
    background: bool = False
    weight: float = 1.0
    score: float = 1.0
    made_by: str = ""
    tells: Mapping[str, float] = field(default_factory=dict)


@quickly_made
@dataclass(frozen=True, slots=True)
class Tie:
    """What the learned layer takes two mentions to be to one another: a hint with a score, and no claim.

    `kind` is one of `data/ontology/ties.yaml`; `evidence` goes from the one end to the other. `voice` is the chain of
    in-report entity ids as in a claim, the outlet last. It is denied, planned or possible, never asserted. `score` is
    the layer's own probability of the tie.
    """

    id: str
    kind: str
    source: Mention
    target: Mention
    evidence: Span
    voice: tuple[str, ...]
    factuality: Factuality
    score: float
    made_by: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A report and the layers over it. Each step adds one layer and changes none."""

    report: Report
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    frames: tuple[Frame, ...] = ()
    ties: tuple[Tie, ...] = ()
