"""Whose forces "regime forces" are, where a report tells of several countries' troops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from khaldun.annotate.coreference.clusters import Cluster
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.tables.known import State

_REGIME = "regime"


def is_another_country(c: Cluster, clusters: Sequence[Cluster], profile: Profile) -> bool:
    """ "Russian troops looked on as Syrian rebels left. *Regime forces* took the town": those of the country whose
    rebels are told of, and no other's; nobody calls an army so where those who fight it are of another country."""
    if _is_called_so(profile):
        mine = _countries(c)
    elif profile.state is not None and any(map(_is_called_so, c.members)):
        if any(_meets_state(m, profile.state) for m in c.members):
            return True
        mine = {profile.state.iso3}
    else:
        return False
    if any(_is_regime_of(m, mine) for one in clusters for m in one.members):
        return False
    fought = _fought_over(clusters)
    return bool(mine and fought) and not mine & fought


def _meets_state(m: Profile, state: State) -> bool:
    """ "*Regime forces* besieged *the Turkish post*. Turkish soldiers …": who deals with a state is none of its."""
    ours = m.root.dep_ == "nsubj" and _is_called_so(m)
    return ours and any(t.i > m.root.i and t.text in state.adjectives for t in m.root.sent)


def _is_regime_of(m: Profile, countries: set[str]) -> bool:
    """ "the *Syrian regime*", "*Syrian regime* forces": whose it is, in so many words."""
    return _is_called_so(m) and m.state is not None and m.state.iso3 in countries


def _is_called_so(m: Profile) -> bool:
    return _REGIME in m.marks or (m.noun is not None and m.noun.word == _REGIME)


def _fought_over(clusters: Sequence[Cluster]) -> set[str]:
    """The country, or countries, most of the armed groups of the report are of."""
    told = Counter(country for c in clusters if c.type == "armed_group" for country in _countries(c))
    most = max(told.values(), default=0)
    return {country for country, number in told.items() if number == most}


def _countries(c: Cluster) -> set[str]:
    return {country for m in c.members if (country := _country(m)) is not None}


def _country(m: Profile) -> str | None:
    return m.state.iso3 if m.state is not None else m.known.country if m.known is not None else None
