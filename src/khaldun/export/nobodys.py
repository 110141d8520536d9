"""Which happenings are no rows of the record: those of nobody, that hurt nobody that is counted, at no place or day.

"The talks were overshadowed by *the attack*", "residents fear *a long siege*": the words stay in the annotation and
among the claims, but a coder lists neither. What opens the report is its news and stays a row with what is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from khaldun.model import Claim

_PARTIES = ("actor", "target", "object")
_BY_WORDS = ("stated", "relative")


def without_nobodys(rows: Iterable[tuple[str, list[Claim]]]) -> list[tuple[str, list[Claim]]]:
    """The rows without those that say neither whose deed it was nor whom it hit, nor where or when."""
    kept = list(rows)
    news = min((c.span.start for _, claims in kept for c in claims), default=0)
    return [(id, claims) for id, claims in kept if _has_substance(claims, news)]


def _has_substance(claims: Sequence[Claim], news: int) -> bool:
    if any(any(c.roles.get(role) for role in _PARTIES) or c.tolls for c in claims):
        return True
    if any(c.manner.negated or c.factuality == "denied" for c in claims):
        return True
    if any(c.span.start == news and c.manner.modality == "actual" for c in claims):
        return True
    if all(c.manner.background or _is_vaguely_feared(c) for c in claims):
        return False
    return any(_is_placed(c) or c.when.basis in _BY_WORDS for c in claims)


def _is_vaguely_feared(claim: Claim) -> bool:
    """ "The loss of the road *raised fears of* a long siege": who fears it is not said either."""
    return claim.manner.modality == "feared" and claim.voice[0].startswith("outlet:")


def _is_placed(claim: Claim) -> bool:
    """True where its words place it; of what is only supposed also where they say "the town"."""
    return bool(claim.roles.get("place")) and (
        "place" not in claim.manner.inferred or claim.manner.modality != "actual"
    )
