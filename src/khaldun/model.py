"""The central types: frozen values, standard library only.

Data goes one way: bytes -> `Report` -> `Annotation` -> `Claim`* -> store; `Judgement`s and `Assessment`s are
computed from what is stored and never change it.

Invariants that every room may rely on:

* Text is immutable. Every `Span` is half-open, in code points of `Report.text`, and
  ``text[span.start:span.end]`` is the quotation.
* Ids of evidence (mentions, entities of one report, claims) depend on the report and the span alone, never on a
  decision about who is who.
* A role holds a *tuple*: "the Libyan Army, the US and Egypt" are three actors of one airstrike.
* Unknown is ``None``, never a default date, a capital city or the middle of a scale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

# ------------------------------------------------------------------------------------------------ vocabulary

Basis = Literal[
    "metadata", "byline", "dateline", "caption", "url", "stated", "relative", "narrative", "published", "none"
]
"""What an interval rests on. The first five are rungs of the publication-date ladder; `stated` is written out in
the text, `relative` counts from the publication date, `narrative` from another time of the story, `published`
means that only "not after publication" is known."""

PartKind = Literal[
    "title", "byline", "dateline", "body", "caption", "embedded_post", "related_links", "tag_line",
    "navigation", "author_note", "comment", "boilerplate",
]  # fmt: skip
"""Only title, dateline and body yield facts; everything else is kept and listed."""

READ_PARTS: frozenset[PartKind] = frozenset({"title", "dateline", "body"})

MentionKind = Literal["actor", "place", "time", "count", "weapon", "media_product"]
MentionForm = Literal["name", "acronym", "description", "pronoun", "value"]
ActorType = Literal[
    "person", "armed_group", "state_force", "government", "media", "organisation", "population", "state"
]
PlacePrecision = Literal["exact", "near", "adm2", "adm1", "region", "country", "unknown"]
Stance = Literal["assert", "deny", "accuse", "call", "threaten", "praise", "question"]
AttributionType = Literal["assertion", "belief", "fact", "eventuality"]
Modality = Literal["actual", "planned", "possible", "conditional", "feared", "asked"]
"""How the words present the happening. All but `actual` and `planned` are kinds of possible."""
Factuality = Literal["asserted", "reported", "claimed", "denied", "planned", "possible"]
Family = Literal["event", "relation", "control", "saying"]
Verdict = Literal["SAME", "DIFFERENT", "UNSURE", "SUGGESTED"]


# ------------------------------------------------------------------------------------------------ text and time


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of code points of a report's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The quotation that this span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True where `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of `spans`. Raises ValueError when there is none."""
    spans = tuple(spans)
    if not spans:
        raise ValueError("hull of no spans")
    return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True, slots=True)
class When:
    """The interval of days in which something is known to lie; both ends inclusive.

    `None` at an end means open. Both ends `None` means that nothing is known. `anchor` is the day a relative
    time was counted from, `span` the words that gave the interval (outside the body for a caption's date).
    """

    earliest: date | None = None
    latest: date | None = None
    basis: Basis = "none"
    anchor: date | None = None
    span: Span | None = None

    @property
    def known(self) -> bool:
        return self.earliest is not None or self.latest is not None


UNKNOWN_TIME = When()


# ------------------------------------------------------------------------------------------------ the report


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a report's text and what it is. `author` is set for comments and embedded posts."""

    kind: PartKind
    span: Span
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Words in which a report points to another report ("[See LWJ report, …]")."""

    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was left out of the reading, and why. `span` is None for what is not in the text at all."""

    reason: str
    quote: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One document as received.

    `id` hashes outlet, url and text; `input_id` is the name it came under (file name, JSON Lines id, URL);
    `raw` is the SHA-256 of the bytes; `published_evidence` the words of the date as printed;
    `unread` says why the text is kept but not read (another language, for example).
    """

    id: str
    input_id: str
    raw: str
    text: str
    parts: tuple[Part, ...]
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: When = UNKNOWN_TIME
    published_evidence: str | None = None
    retrieved: datetime | None = None
    language: str | None = "en"
    references: tuple[Reference, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unread: str | None = None

    @property
    def published_day(self) -> date | None:
        """The day of publication when it is known to the day, else None."""
        p = self.published
        return p.earliest if p.earliest is not None and p.earliest == p.latest else None

    def read_parts(self) -> tuple[Part, ...]:
        """The parts that yield facts, in text order."""
        return tuple(p for p in self.parts if p.kind in READ_PARTS)


def make_id(*parts: object) -> str:
    """A stable id of 16 hex digits from the given parts; None and the empty string are told apart."""
    text = "\x1f".join("\x00" if p is None else str(p) for p in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ------------------------------------------------------------------------------------------------ annotation


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3 reading of a time: `type` DATE, TIME, DURATION or SET, and its `value`."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a mention may stand for, and how well it fits (0 to 1)."""

    entity: str
    score: float


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


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity, as printed. `since` and `until` bound its validity where that is known."""

    text: str
    form: MentionForm = "name"
    since: date | None = None
    until: date | None = None


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


@dataclass(frozen=True, slots=True)
class Tie:
    """What the learned layer takes two mentions to be to one another: a hint with a score, and no claim.

    `kind` is one of `data/ontology/ties.yaml`; `evidence` goes from the one end to the other. `voice` is the chain of
    in-report entity ids as in a claim, the outlet last. `score` is the layer's own probability of the tie.
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


# ------------------------------------------------------------------------------------------------ said


@dataclass(frozen=True, slots=True)
class Manner:
    """How a claim presents its proposition."""

    negated: bool = False
    modality: Modality = "actual"
    hedged: bool = False
    distanced: bool = False
    inferred: frozenset[str] = frozenset()
    polarity: Literal["positive", "negative"] = "positive"
    background: bool = False
    """True for what is told only as the ground of something else: "in revenge for the killing"."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice, one proposition, one quotation: the unit of evidence.

    `kind` is an ontology kind; `family` tells events, relations and states of control from `saying`s (a voice and
    its content). `voice` is the chain of in-report entity ids, speaker first; the outlet itself comes last as
    ``outlet:<name>``. `roles` maps role names to in-report entity ids. `attribution` joins a saying to the
    propositions inside it. `spans` are the pieces of the quotation when it is in several. `weight` and `score` are
    those of the frame or attribution.
    """

    id: str
    report: str
    family: Family
    kind: str
    span: Span
    quote: str
    voice: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    mode: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    tolls: tuple[Toll, ...] = ()
    when: When = UNKNOWN_TIME
    stance: Stance = "assert"
    factuality: Factuality = "asserted"
    manner: Manner = Manner()
    medium: str | None = None
    cue: Span | None = None
    spans: tuple[Span, ...] = ()
    attribution: str | None = None
    weight: float = 1.0
    score: float = 1.0
    made_by: str = ""


# ------------------------------------------------------------------------------------------------ decided, thought


@dataclass(frozen=True, slots=True)
class Event:
    """The claims judged to be about one happening. It holds no facts of its own: its fields are computed."""

    id: str
    kind: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision about two ids. Never edited: a later row about the same pair supersedes it.

    `at` is given by the caller (None for decisions made by rule, so that the same input gives the same record).
    `takes_back` is the id of a judgement that is to count no more; such a row decides nothing itself.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    because: str
    by: str
    at: datetime | None = None
    takes_back: str | None = None

    @property
    def id(self) -> str:
        """What a judgement is taken back by: the same for a rule that says the same again with another score."""
        pair = sorted((self.left, self.right))
        return make_id("judgement", *pair, self.verdict, self.by, self.at and self.at.isoformat(), self.takes_back)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the evidence amounts to, under named rules; deletable and remade identically.

    `about` is an event or a place id, `question` what was asked ("control"), `answer` the finding in prose,
    `values` the same in fields, `supporting` and `opposing` claim ids, `because` rule ids.
    """

    about: str
    question: str
    answer: str
    values: Mapping[str, str] = field(default_factory=dict)
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    as_of: date | None = None
    rules: str = ""


class View(Protocol):
    """What resolve, assess and export read. The store satisfies it; so does anything held in memory."""

    def reports(self) -> Iterator[Report]: ...

    def annotation(self, report: str) -> Annotation: ...

    def entities(self, report: str | None = None) -> Iterator[Entity]: ...

    def claims(self, report: str | None = None) -> Iterator[Claim]: ...

    def judgements(self) -> Iterator[Judgement]: ...
