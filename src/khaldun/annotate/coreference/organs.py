"""The forces of a state, told as those of one of its offices.

"*Russia's defence ministry* said *its forces* had taken the village": the forces are the state's, and it is they who
hold it; the ministry only says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khaldun.annotate.coreference.clusters import Cluster, words_of
from khaldun.annotate.coreference.possessors import owner_of_men
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.model import Entity

_STATES = frozenset({"state", "government"})


def is_organ(cluster: Cluster | None) -> bool:
    """A ministry, an embassy, a presidency: an office that has no forces of its own."""
    if cluster is None or cluster.type != "government":
        return False
    heads = {p.root.lemma_.lower() for p in cluster.members if p.mention.form != "pronoun"}
    words = heads | {t for p in cluster.members if p.key for t in p.key}
    return bool(words & words_of("organs"))


def organ_above(clusters: Sequence[Cluster], men: Token) -> Cluster | None:
    """The office whose "its troops" are said to be."""
    owner = owner_of_men(men)
    found = (c for c in clusters if owner is not None and any(_is_at(m.root, owner) for m in c.members))
    return next((c for c in found if is_organ(c)), None)


def forces_of(clusters: Sequence[Cluster], organ: Cluster) -> Cluster | None:
    """Those told before as "its troops" of the same office."""
    own = (c for c in clusters if c.type == "state_force")
    return next((c for c in own if any(organ_above([organ], m.root) is organ for m in c.members)), None)


def of_their_state(clusters: Sequence[Cluster], entities: Sequence[Entity]) -> list[Entity]:
    """The entities, and the forces of a state or of its offices with that state's country: "Rwanda denied that *its
    soldiers* had crossed"."""
    countries: Mapping[int, str | None] = {id(c): e.country_iso3 for c, e in zip(clusters, entities, strict=True)}
    found = list[Entity]()
    for cluster, entity in zip(clusters, entities, strict=True):
        if entity.type == "state_force" and entity.country_iso3 is None and entity.known_as is None:
            told = {countries[id(o)] for m in cluster.members for o in _states_over(clusters, m.root)} - {None}
            entity = replace(entity, country_iso3=told.pop()) if len(told) == 1 else entity
        found.append(entity)
    return found


def _states_over(clusters: Sequence[Cluster], men: Token) -> list[Cluster]:
    owner = owner_of_men(men)
    if owner is None:
        return []
    return [c for c in clusters if c.type in _STATES and any(_is_at(m.root, owner) for m in c.members)]


def _is_at(root: Token, token: Token) -> bool:
    return root.i == token.i and root.doc is token.doc
