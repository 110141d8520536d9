"""Who "the militants" are that move on: those who were last told to have left, or to have been driven out.

"Boko Haram fled from Baga. Rival militants held the market. *The militants* are heading for the lake."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.coreference.clusters import Cluster, words_of
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.words import Token

_REACH = 4  # sentences


def find_gone(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """The armed group that was last told to have gone, where "the militants", nothing more, are on the move."""
    if not _are_fighters(profile) or not words_of("moving") & set(_deeds(profile.root)):
        return None
    gone = [(m.order, c) for c in clusters if c.type == "armed_group" for m in c.members if _left(m, profile)]
    return max(gone, key=lambda found: found[0])[1] if gone else None


def _are_fighters(profile: Profile) -> bool:
    word = profile.noun.word if profile.noun is not None else ""
    return profile.plural and word in words_of("fighters") and not (profile.marks or profile.tail or profile.number)


def _deeds(subject: Token) -> Iterator[str]:
    """The lemmas of what a subject does: "are trying to make their way" is a way, too."""
    verb: Token | None = subject.head if subject.dep_ == "nsubj" else None
    while verb is not None:
        yield verb.lemma_
        yield from (c.lemma_ for c in verb.children if c.dep_ == "dobj")
        verb = next((c for c in verb.children if c.dep_ == "xcomp"), None)


def _left(m: Profile, profile: Profile) -> bool:
    verb = m.root.head
    if m.order >= profile.order or profile.sentence - m.sentence > _REACH:
        return False
    if m.root.dep_ == "nsubj":
        return verb.lemma_ in words_of("leaving")
    return m.root.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in words_of("ousting")
