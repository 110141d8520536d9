"""Who "the group" is in a party's own words: the other one.

"The council issued a statement saying that it had beaten the Front. According to the statement, *the group* had fled."
"""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.coreference.clusters import Cluster
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.sayings.cues import load_lexicon

_REACH = 2  # sentences


def without_issuer(clusters: Sequence[Cluster], profile: Profile) -> Sequence[Cluster]:
    """The clusters without whose statement the words are of, where another armed group is left."""
    if profile.type not in {"armed_group", "organisation", None} or not _is_by_statement(profile):
        return clusters
    others = [c for c in clusters if not any(_issues(m, profile) for m in c.members)]
    return others if any(c.type == "armed_group" for c in others) else clusters


def _is_by_statement(profile: Profile) -> bool:
    """ "*According to the statement*", "*the statement said*", in the sentence of the description."""
    lexicon = load_lexicon()
    told = (t for t in profile.root.sent if lexicon.media.get(t.lemma_.lower()) == "statement")
    return any((t.dep_ == "pobj" and t.head.lower_ == "to") or t.dep_ == "nsubj" for t in told)


def _issues(m: Profile, profile: Profile) -> bool:
    near = m.order < profile.order and profile.sentence - m.sentence <= _REACH
    return near and m.root.dep_ == "nsubj" and m.root.head.lemma_ in load_lexicon().issuing_verbs
