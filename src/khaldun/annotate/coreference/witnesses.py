"""Whom a witness means by "they": "They burned everything," a resident said, of those whose attack the report tells."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.coreference.clusters import Cluster
from khaldun.annotate.slips.blows import harming
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

_FORCES = frozenset({"armed_group", "state_force"})
_WITNESSES = frozenset({"person", "population"})
_REACH = 8  # sentences


def attackers_told(
    they: Token, speakers: Sequence[Cluster], clusters: Sequence[Cluster], sentence: int
) -> Cluster | None:
    """Who attacked first in the sentences before, where a witness tells of harm that "they" did; else None."""
    if they.lower_ != "they" or they.dep_ != "nsubj" or they.head.lemma_ not in _ruinous():
        return None
    if not speakers or any(c.type not in _WITNESSES for c in speakers):
        return None
    told = [
        (m.mention.span.start, c)
        for c in clusters
        if c.type in _FORCES
        for m in c.members
        if 0 < sentence - m.sentence <= _REACH and m.root.dep_ == "nsubj" and m.root.head.lemma_ in _attacking()
    ]
    return min(told, key=lambda pair: pair[0])[1] if told else None


def _ruinous() -> frozenset[str]:
    return harming() | word_list("lexicons/en/actors.yaml", "ruin")


def _attacking() -> frozenset[str]:
    return word_list("lexicons/en/actors.yaml", "attacking")
