"""Who is the same as whom within one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from khaldun.annotate.actors.numbered import AGAIN, FREED
from khaldun.annotate.coreference.anaphora import companions, resolve_pronoun, two_sides
from khaldun.annotate.coreference.by_apposition import find_apposed
from khaldun.annotate.coreference.by_description import find_by_description, is_branch, owner_of
from khaldun.annotate.coreference.by_name import find_by_name
from khaldun.annotate.coreference.clusters import Cluster
from khaldun.annotate.coreference.entities import actor_entity, place_entities, product_entities
from khaldun.annotate.coreference.organs import of_their_state
from khaldun.annotate.coreference.possessors import speaker_over
from khaldun.annotate.coreference.profiles import Profile, profiles
from khaldun.annotate.coreference.second_entries import without_second_entries
from khaldun.annotate.places.twins import of_told_twin
from khaldun.annotate.reading.lookup import Lookup, look_up
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.reading.sentences import Parse
from khaldun.copies import replace
from khaldun.model import Candidate, Entity, Mention

_SIDES = frozenset({"side"})


def link_mentions(parse: Parse, mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions with their entities set, in text order, and the entities.

    Times, counts, weapons and adjectival places have no entity; "both sides" has `candidates` and no entity;
    "they" for one of several named together has that one as its entity and all of them as `candidates`.
    """
    ordered = sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.kind))
    actors = [m for m in ordered if m.kind == "actor"]
    sides = {m.id for m in actors if _is_sides(m)}
    lookup = look_up(parse)
    clusters = _clusters(profiles(lookup, [m for m in actors if m.id not in sides]), parse.report.text)
    entities = of_told_twin(of_their_state(clusters, [actor_entity(lookup, c) for c in clusters]), ordered)
    of = {p.mention.id: e.id for c, e in zip(clusters, entities, strict=True) for p in c.members}
    ids = {id(c): e.id for c, e in zip(clusters, entities, strict=True)}
    linked = [_link(lookup, m, of, sides, clusters, ids) for m in actors]
    linked = [m for m in linked if m.entity is not None or m.made_by not in (AGAIN, FREED)]
    linked = _gone_on_with(linked, lookup, {e.id for e in entities if e.type == "person"})
    places, of_places = place_entities(lookup, ordered)
    products, of_products = product_entities(lookup, ordered)
    of_things = {**of_places, **of_products}
    for mention in ordered:
        if mention.kind in ("place", "media_product"):
            linked.append(replace(mention, entity=of_things[mention.id]) if mention.id in of_things else mention)
        elif mention.kind != "actor":
            linked.append(mention)
    linked.sort(key=lambda m: (m.span.start, -m.span.end, m.kind))
    return tuple(linked), (*entities, *places, *products)


_HE = frozenset({"he", "she", "him", "her"})
_FAR = 4
"""Sentences between two pronouns for one person, those of a quotation between them among them."""


def _gone_on_with(linked: Sequence[Mention], lookup: Lookup, persons: Set[str]) -> list[Mention]:
    """ "The minister said … “Pay is better. Men fight better. We have recruited 900,” *he* added. Later *he* told
    the cadets …": long after the last name, a pronoun is who the pronoun before it was, if nobody else was named."""
    found: list[Mention] = []
    last: tuple[str, str, int] | None = None  # the pronoun, whom it meant, and in which sentence
    for mention in linked:
        word, at = mention.quote.casefold(), lookup.sentence(mention.span)
        if word in _HE and mention.entity is None and last is not None and last[0] == word and at - last[2] <= _FAR:
            mention = replace(mention, entity=last[1])
        if word in _HE:
            last = (word, mention.entity, at) if mention.entity in persons and mention.entity is not None else None
        elif mention.entity in persons and last is not None and mention.entity != last[1]:
            last = None
        found.append(mention)
    return found


def _clusters(found: Sequence[Profile], text: str) -> list[Cluster]:
    """The clusters in the order of their first mention: names first, the longest first, then descriptions,
    those in apposition to a name and those of branches first, and whose fighters somebody is before them."""
    clusters: list[Cluster] = []
    for profile in sorted(
        (p for p in found if _named(p)), key=lambda p: (-len(p.key), not _in_brackets(p, text), p.order)
    ):
        _join(clusters, find_by_name(clusters, profile, text), profile)
    described = []
    for profile in (p for p in found if not _named(p)):
        apposed = find_apposed(clusters, profile, text)
        if apposed is not None:
            apposed.members.append(profile)
        else:
            described.append(profile)
    owned = {id(p): _behind_owner(p, described) for p in described}
    for profile in sorted(described, key=lambda p: (not is_branch(p), owned[id(p)])):
        _join(clusters, find_by_description(clusters, profile), profile)
    for made in without_second_entries(clusters):
        made.members.sort(key=lambda p: p.order)
    return sorted(clusters, key=lambda c: c.members[0].order)


def _in_brackets(profile: Profile, text: str) -> bool:
    """ "NAS attacked. … the National Salvation Front *(NAS)*": it is there that the letters are told, whatever came
    before."""
    span = profile.mention.span
    return text[max(0, span.start - 1) : span.start] == "(" and text[span.end : span.end + 1] == ")"


def _behind_owner(profile: Profile, described: Sequence[Profile]) -> float:
    """Its place in the order, behind the owner that stands in it: "*the council's* fighters" are told of by whose
    they are; and "our fighters" behind who says so."""
    owner = owner_of(profile) or speaker_over(profile.root)
    inside = (p.order for p in described if owner is not None and p.root is owner)
    return max((order + 0.5 for order in inside), default=profile.order)


def _named(profile: Profile) -> bool:
    return profile.name is not None or profile.known is not None


def _join(clusters: list[Cluster], target: Cluster | None, profile: Profile) -> None:
    if target is None:
        target = Cluster()
        clusters.append(target)
    target.members.append(profile)


def _is_sides(mention: Mention) -> bool:
    reading = read_noun(mention.quote.split()[-1])
    return mention.form == "description" and reading is not None and reading.word in _SIDES and reading.plural


def _link(
    lookup: Lookup,
    mention: Mention,
    of: Mapping[str, str],
    sides: set[str],
    clusters: Sequence[Cluster],
    ids: Mapping[int, str],
) -> Mention:
    if mention.id in of:
        return replace(mention, entity=of[mention.id])
    passage = lookup.passage(mention.span)
    if passage is None:
        return mention
    number = lookup.sentence(mention.span)
    if mention.id in sides:
        pair = two_sides(clusters, mention, number)
        return replace(mention, candidates=tuple(Candidate(ids[id(c)], 0.5) for c in pair))
    found = resolve_pronoun(mention, passage, number, clusters)
    if found is None:
        return mention
    several = companions(found, mention, clusters)
    candidates = tuple(Candidate(ids[id(c)], 0.5) for c in several) if len(several) > 1 else ()
    return replace(mention, entity=ids[id(found)], candidates=candidates)
