"""Whose men they are by the words behind: "*gangs of* the Front", "*gunmen from the group*"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.annotate.coreference.clusters import Cluster, recent, words_of
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.reading.nouns import NounReading
from khaldun.annotate.words import Token

_FROM = re.compile(r"(?:from|of) (?:the|this|that) (?:[a-z-]+ )?([a-z]+)")


def makes_up(noun: NounReading) -> bool:
    """True for those who make up a body: "*fighters* of the Front", "*gangs* of the Front"."""
    return noun.entry.key in ("fighter", "figure", "force") or noun.word in words_of("bands")


def group_of_tail(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "*Gunmen from the group* killed two": the armed group that was told of last, by its name."""
    tail = _FROM.fullmatch(profile.tail)
    if tail is None or profile.noun is None or not profile.plural or profile.number is not None:
        return None
    if tail.group(1) not in words_of("groups") or not makes_up(profile.noun):
        return None
    named = [c for c in recent(clusters, profile) if c.type in ("armed_group", "organisation") and c.names]
    struck = _whose_was_harmed(profile.root)
    named = [c for c in named if struck is None or all(m.root.i != struck.i for m in c.members)]
    return next((c for c in named if c.type == "armed_group"), next(iter(named), None))


def _whose_was_harmed(doer: Token) -> Token | None:
    """ "*The council* fought the Front, when gunmen of the group killed Omar Saleh, one of *its* leaders": it is
    none of whose men killed him."""
    verb = doer.head if doer.dep_ == "nsubj" else None
    if verb is None:
        return None
    harmed = (t for o in verb.rights if o.dep_ == "dobj" for c in o.rights if c.dep_ == "appos" for t in c.subtree)
    if not any(t.dep_ == "poss" and t.lower_ in {"its", "their"} for t in harmed):
        return None
    above = (c for a in verb.ancestors for c in a.lefts)
    return next((c for c in above if c.dep_ == "nsubj" and c.i < doer.i), None)
