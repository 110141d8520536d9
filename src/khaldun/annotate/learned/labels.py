"""The labels of every head, in the order of their columns. Weights belong to one version of these lists."""

from __future__ import annotations

ENTITY_TYPES = (
    "Organisation", "Location", "Person", "Temporal", "Quantity", "Weapon", "MilitaryPlatform", "Nationality",
    "DocumentReference", "Money", "Vehicle", "Frequency", "CommsIdentifier",
)  # fmt: skip
"""Types of whole noun phrases, in re3d's names."""

INCIDENT_ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
"""Fillers of an incident row, in MUC-4's names."""

INCIDENT_TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE")

ATTRIBUTION_ROLES = ("none", "source", "cue", "content")
"""What a token is to a cue. The cue's own further words are a role, since cues come in pieces ("did not … say")."""

SAID = ATTRIBUTION_ROLES[1:]
"""Stretches of attributions, whichever they belong to: they tell where a source begins and ends."""

NAME_TYPES = (
    "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP", "ORDINAL", "ORG", "PERCENT",
    "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
)  # fmt: skip
"""Named entities as spaCy's English pipelines label them."""

TIES = (
    "none", "CoLocated", "Apart", "FightingAgainst", "AlliesOf", "BelongsTo", "InChargeOf", "CommWith",
    "IsSynonymOf", "HasAttrOf", "Likes", "Dislikes",
)  # fmt: skip
"""What two phrases of a sentence are to one another, in re3d's names: the labels of the classifier of ties, and what
the encoder is taught besides of a token near an entity."""

UNDIRECTED_TIES = frozenset({"CoLocated", "Apart", "AlliesOf", "FightingAgainst", "CommWith", "IsSynonymOf"})

EVENT_KINDS = (
    "none", "assault.attack", "assault.offensive", "assault.killing", "assault.firearms", "assault.clash",
    "assault.aerial", "assault.drone", "assault.explosives", "assault.suicide", "assault.shelling",
    "assault.chemical", "assault.crowd", "assault.targeted", "assault.abduct", "assault.beat", "assault.torture",
    "assault.sexual", "assault.destroy", "execution", "siege", "mob", "coerce.arrest", "coerce.seize", "loot",
    "coerce.restrict", "coerce.curfew", "coerce.censor", "coerce.deport", "weapons.disrupted", "retreat.withdraw",
    "retreat.release", "retreat.ceasefire", "retreat.disarm", "resign", "control.gain", "control.loss",
    "base.established", "organisation.founded", "organisation.merged", "organisation.split", "pledge", "support",
    "agree", "consult.visit", "consult.meet", "aid", "cooperate", "training", "recruitment", "mobilize", "movement",
    "displacement", "protest", "protest.strike", "protest.hunger", "protest.boycott", "protest.obstruct", "riot",
    "media.release", "request", "reject", "accuse", "threaten", "sanction", "concede", "investigate",
)  # fmt: skip
"""Kinds of the ontology's events that a trigger may evoke."""

EVENT_ROLES = (
    "none", "trigger", "actor", "target", "place", "time", "instrument", "object", "origin", "destination",
    "killed", "injured", "captured", "displaced",
)  # fmt: skip

FACTUALITY = ("asserted", "denied", "planned", "possible")

CASES = ("lower", "title", "upper", "mixed")
"""How a word is written; the input has one more, 0, for "not known" (text wholly in capitals)."""

DISTANCES = 23
"""Buckets of the signed distance between an anchor and a token, in word pieces."""
