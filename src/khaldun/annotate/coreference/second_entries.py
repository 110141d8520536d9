"""Descriptions that were left apart though the report names only one body that they can be of.

"Garowe Defence Forces … the *Garowe troops* … an *army* base … *eight soldiers* were killed": one army, told of in
four ways. It is read last, when it is known which bodies a report names at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from khaldun.annotate.actors.stateactors import countries_told
from khaldun.annotate.coreference.by_losses import fell, harms
from khaldun.annotate.coreference.by_name import countries_of
from khaldun.annotate.coreference.by_recency import find_by_recency
from khaldun.annotate.coreference.clusters import Cluster, words_of
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.reading.nouns import words_under

_OWNED = frozenset({"poss"})
_LEAD = 3  # sentences in which a headline may call a body what the text names later
_OFTEN = 3
_MUCH_MORE = 3
_HIS = ("'s forces", "’s forces", "'s troops", "’s troops")
_DEFENDING = frozenset({"defence", "defense", "security"})


def without_second_entries(clusters: list[Cluster]) -> list[Cluster]:
    """The clusters, with those joined that can only be a body that the report names."""
    for join in (_named_for, _the_one_army, _called_so_ahead):
        for c in list(clusters):
            body = join(c, clusters)
            if body is not None:
                body.members += c.members
                clusters.remove(c)
    return clusters


def _named_for(c: Cluster, clusters: Sequence[Cluster]) -> Cluster | None:
    """ "*Garowe troops*" beside the "Garowe Defence Forces": the force that has the word in its name."""
    if not all(_describes_force(m) and m.number is None for m in c.members):
        return None
    marks = frozenset.union(*(m.marks for m in c.members)) - words_under("of_the_state")
    if not marks or not all(m.marks & marks or not m.marks for m in c.members):
        return None
    same = [o for o in clusters if any(m.name and m.branch == "army" and marks <= set(m.key[:-1]) for m in o.members)]
    return same[0] if len(same) == 1 else None


def _the_one_army(c: Cluster, clusters: Sequence[Cluster]) -> Cluster | None:
    """ "*The army*", "*government forces*", "*eight soldiers* were killed": of the only army told of by name."""
    plain = [m for m in c.members if _describes_force(m) and not m.marks - _of_state()]
    owned = [m for m in c.members if m not in plain]  # "*its forces* held out", joined to them before
    if len(plain) <= len(owned) or any(m.name or m.known or m.state or m.branch != "army" for m in owned):
        return None
    armies = [o for o in clusters if o is not c and _is_army(o)]
    if len(armies) != 1 or not any(m.mention.form != "description" for m in armies[0].members):
        return None
    if _is_of_another_country(armies[0], clusters):
        return None
    counted = [m for m in c.members if m.number is not None]
    return armies[0] if all(fell(m.root) and not harms(armies[0], m) for m in counted) else None


def _is_of_another_country(army: Cluster, clusters: Sequence[Cluster]) -> bool:
    """ "*The Israel Defense Forces* struck … Damascus … *the army* said": in a report that tells more of another."""
    own = countries_of(army)
    told: Counter[str] = Counter()
    for doc in {id(m.root.doc): m.root.doc for c in clusters for m in c.members}.values():
        told.update(countries_told(doc))
    return bool(own) and max(told.values(), default=0) > _MUCH_MORE * max(1, *(told[country] for country in own))


def _describes_force(m: Profile) -> bool:
    """A description of soldiers of some side, by no more than its words."""
    plain = m.name is None and m.known is None and m.state is None and not m.tail
    return plain and m.branch == "army" and not any(t.dep_ in _OWNED for t in m.root.children)


def _is_army(c: Cluster) -> bool:
    """True for the army of a state, or of what is like one, by name or country: no coalition, police or fleet."""
    soldiers = any(m.type == "state_force" and m.name is None for m in c.members)
    defends = any(m.name is not None and m.marks & _DEFENDING for m in c.members)
    if c.type != "state_force" and not (soldiers and defends and c.known is None):
        return False
    if any(m.known is not None for m in c.members):
        if any(n.casefold().endswith(_HIS) for n in c.names):
            return False  # "Omar Saleh's forces" are not all of an army
        names = {w for n in c.names for w in n.casefold().split()}
        return any(m.known is not None and m.known.country is not None for m in c.members) and not names & words_of(
            "other_forces"
        )
    return any(
        m.branch == "army" and (m.mention.form != "description" or m.state is not None) and not _is_command(m)
        for m in c.members
    )


def _is_command(m: Profile) -> bool:
    return m.noun is not None and m.noun.word == "command"


def _called_so_ahead(c: Cluster, clusters: Sequence[Cluster]) -> Cluster | None:
    """A headline's "*militants* take the town" above a text on the one group that is so called in it."""
    first = min(c.members, key=lambda m: m.order)
    if c.type != "armed_group" or first.sentence > _LEAD or not all(map(_is_bare_fighters, c.members)):
        return None
    later = next((m for m in sorted(c.members, key=lambda m: m.order) if m.definite), None)
    if later is None:
        return None
    body = find_by_recency([o for o in clusters if o is not c], later)
    named = body is not None and any(m.name is not None for m in body.members)
    return body if body is not None and named and len(body.members) >= _OFTEN else None


def _is_bare_fighters(m: Profile) -> bool:
    plain = m.name is None and m.number is None and not (m.marks or m.tail or m.state)
    return plain and m.plural and m.noun is not None and m.noun.word in words_of("fighters")


@cache
def _of_state() -> frozenset[str]:
    return words_under("of_the_state") | {"govt", "regular"}
