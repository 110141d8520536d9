"""Men of an armed body: "the militia's *men*", "the Falcon Brigade's *men*" are the militia, and no population."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.coreference.clusters import Cluster
from khaldun.annotate.coreference.profiles import Profile

_UNDER_ARMS = frozenset({"armed_group", "state_force"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


def men_of(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """The armed body whose men somebody is, uncounted and undescribed; else None."""
    root = profile.root
    if root.lower_ != "men" or profile.number is not None or profile.tail:
        return None
    owner = next((c for c in root.children if c.dep_ == "poss"), None)
    if owner is None or owner.tag_ not in _NOUNS or any(c.dep_ in {"amod", "nummod"} for c in root.children):
        return None
    owning = (c for c in clusters if c.type in _UNDER_ARMS and any(m.root is owner for m in c.members))
    return next(owning, None)
