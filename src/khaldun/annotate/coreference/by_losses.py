"""Whose the fallen are: the side of that name told before them, or told later by its name alone."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.actors.numbered import suffers_harm
from khaldun.annotate.coreference.clusters import Cluster, words_of
from khaldun.annotate.coreference.profiles import Profile, same_noun
from khaldun.annotate.roles.fillers import UNDER_ARMS
from khaldun.annotate.words import Token


def side_of(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "*Rebels* clashed with police. *At least 29 rebels* were killed": the fallen of the one side of that name."""
    if profile.type not in UNDER_ARMS or not profile.plural or profile.tail or not fell(profile.root):
        return None
    if any(c.dep_ in ("relcl", "acl") for c in profile.root.children):
        return None
    sides = [
        c
        for c in clusters
        if c.type == profile.type and any(_is_side(m, profile) for m in c.members) and not harms(c, profile)
    ]
    return sides[0] if len(sides) == 1 else None


def harms(c: Cluster, profile: Profile) -> bool:
    """ "*The army* took the town, killing *12 soldiers*": others than its own."""
    above = set(profile.root.ancestors) if profile.root.dep_ in ("dobj", "conj") else set()
    return any(m.root.dep_ == "nsubj" and m.root.head in above for m in c.members)


def fell(people: Token) -> bool:
    """Killed or hurt, and not seized."""
    first = people
    while first.dep_ == "conj":
        first = first.head
    return suffers_harm(people) and first.head.lemma_ in words_of("falling")


def side_whose_fell(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "*At least 29 Syrian rebels* were killed. … *Rebels* attacked …": the side whose fallen were told before."""
    if profile.type not in UNDER_ARMS or not profile.plural or profile.tail or suffers_harm(profile.root):
        return None
    sides = [c for c in clusters if c.type == profile.type and all(_fell_before(m, profile) for m in c.members)]
    return sides[0] if len(sides) == 1 else None


def _fell_before(m: Profile, profile: Profile) -> bool:
    down = m.number is not None and m.order < profile.order and not m.tail and fell(m.root)
    fits = profile.marks <= m.marks or (not m.marks and profile.state is None)
    return down and fits and same_noun(m.noun, profile.noun)


def _is_side(m: Profile, profile: Profile) -> bool:
    if m.number is not None or m.order > profile.order or m.tail or m.name is not None or suffers_harm(m.root):
        return False
    if m.mention.made_by.startswith("holder"):
        return False
    if profile.noun is not None and m.branch is not None and m.branch == _FORCES.get(profile.noun.word):
        return profile.state in (None, m.state) and not profile.marks - m.marks  # "12 *soldiers*" of "the army"
    alike = same_noun(m.noun, profile.noun) and (profile.marks <= m.marks or (not m.marks and profile.state is None))
    return m.plural and alike


_FORCES = {"soldier": "army", "policeman": "police", "police officer": "police", "policewoman": "police"}
