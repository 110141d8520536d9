"""What is said: claims, each with the voices that it comes from and the manner of saying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from khaldun.copies import quickly_made
from khaldun.model.annotation import Toll
from khaldun.model.text import UNKNOWN_TIME, Span, When
from khaldun.model.vocabulary import Factuality, Family, Modality, Stance


@quickly_made
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


@quickly_made
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
