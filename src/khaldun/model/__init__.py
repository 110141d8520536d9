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

from khaldun.model.annotation import (
    Annotation,
    Attribution,
    Candidate,
    Entity,
    Frame,
    Locus,
    Mention,
    Name,
    Quantity,
    Tie,
    Timex,
    Toll,
)
from khaldun.model.decided import Assessment, Event, Judgement, View
from khaldun.model.said import Claim, Manner
from khaldun.model.text import UNKNOWN_TIME, Dropped, Part, Reference, Report, Span, When, hull, make_id
from khaldun.model.vocabulary import (
    READ_PARTS,
    ActorType,
    AttributionType,
    Basis,
    Factuality,
    Family,
    MentionForm,
    MentionKind,
    Modality,
    PartKind,
    PlacePrecision,
    Stance,
    Verdict,
)

__all__ = [
    "READ_PARTS",
    "UNKNOWN_TIME",
    "ActorType",
    "Annotation",
    "Assessment",
    "Attribution",
    "AttributionType",
    "Basis",
    "Candidate",
    "Claim",
    "Dropped",
    "Entity",
    "Event",
    "Factuality",
    "Family",
    "Frame",
    "Judgement",
    "Locus",
    "Manner",
    "Mention",
    "MentionForm",
    "MentionKind",
    "Modality",
    "Name",
    "Part",
    "PartKind",
    "PlacePrecision",
    "Quantity",
    "Reference",
    "Report",
    "Span",
    "Stance",
    "Tie",
    "Timex",
    "Toll",
    "Verdict",
    "View",
    "When",
    "hull",
    "make_id",
]
