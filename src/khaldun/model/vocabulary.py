"""The closed lists of words that fields of the record may hold."""

from __future__ import annotations

from typing import Literal

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
