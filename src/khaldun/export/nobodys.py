"""Which happenings are no rows of the record: those of nobody that lack what `_is_told_whole` or `_is_settled` ask for,
and what somebody alone may or should do.

"The talks were overshadowed by *the attack*", "residents fear *a long siege*": the words stay in the annotation and
among the claims, but a coder lists neither. The first happening told is the report's news and stays a row with what is
known, and a negation is never a reason to leave one out (CODEBOOK section 1). In 70 reports annotated by hand (December
2026) 23 rows of nobody without a toll held one that the annotators have too, 28 with a toll two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from khaldun.model import Claim, When

_PARTIES = ("actor", "target", "object")
_GENERAL = frozenset(f"assault.{sort}" for sort in ("attack", "clash", "killing", "offensive"))
"""Kinds of force that leave open by what means: "the attack" may be any."""
_BY_WORDS = ("stated", "relative")


def without_nobodys(rows: Iterable[tuple[str, list[Claim]]]) -> list[tuple[str, list[Claim]]]:
    """The rows without those that are none (see above); what takes up the deed of another row is put to it."""
    told = list(rows)
    news = min((c.span.start for _, claims in told for c in claims), default=0)
    fought = any(_is_deed_of_somebody(c) for _, claims in told for c in claims)
    kept = {id: claims for id, claims in told if _has_substance(claims, news, fought)}
    for id, claims in list(kept.items()):
        other = next((o for o, others in kept.items() if o != id and _is_told_by(claims, others, news)), None)
        if other is not None:
            kept[other] = [*kept[other], *kept.pop(id)]
    return list(kept.items())


def _names_somebody(claim: Claim) -> bool:
    return any(claim.roles.get(role) for role in _PARTIES)


def _is_told_by(claims: Sequence[Claim], others: Sequence[Claim], news: int) -> bool:
    """ "Clashes *between the two sides* shook Sirte. … *Fighting* in Sirte went on", "*Shells fell* on Sirte, killing
    six": a deed that names nobody and counts nobody is one of those of its sort that do, unless it has a place or time
    of its own. The report's news is so only where its own sentence counts somebody."""
    if any(_names_somebody(c) or c.tolls or not _happened(c) for c in claims):
        return False
    opens = any(c.span.start == news for c in claims)
    return any(
        _may_be(mine, theirs) and (not opens or (mine.kind == theirs.kind and mine.span.overlaps(theirs.span)))
        for theirs in others
        if _happened(theirs) and (_names_somebody(theirs) or theirs.tolls)
        for mine in claims
    )


def _happened(claim: Claim) -> bool:
    return claim.manner.modality == "actual" and not claim.manner.negated and claim.factuality != "denied"


def _may_be(mine: Claim, theirs: Claim) -> bool:
    """True for deeds of one sort, at no two places and in no two times. A deed with a place or day of its own lends
    neither to one that has none: "the army *abducted* a man. *Clashes* erupted in Sirte on 3 May"."""
    if mine.kind != theirs.kind and (mine.kind not in _GENERAL or mine.kind.split(".")[0] != theirs.kind.split(".")[0]):
        return False
    here = set(mine.roles.get("place", ())) if "place" not in mine.manner.inferred else set()
    there = set(theirs.roles.get("place", ()))
    if here and here.isdisjoint(there):
        return False
    return mine.when.basis not in _BY_WORDS or (theirs.when.basis in _BY_WORDS and _meet(mine.when, theirs.when))


def _meet(mine: When, theirs: When) -> bool:
    begins, ends = mine.earliest or date.min, mine.latest or date.max
    return begins <= (theirs.latest or date.max) and (theirs.earliest or date.min) <= ends


def _has_substance(claims: Sequence[Claim], news: int, fought: bool) -> bool:
    """`news` is where the report's first happening begins; `fought`, whether it tells of force by or on somebody."""
    if all("habit" in c.values for c in claims):  # as the frames mark them: "the fighters *they capture*"
        return False
    if any(c.manner.negated or c.factuality == "denied" for c in claims):
        return True
    if any(c.span.start == news and not _is_vaguely_feared(c) for c in claims):
        return True
    if all(_is_only_talked_of(c) for c in claims):
        return False
    if any(_names_somebody(c) for c in claims):
        return True
    if all(_is_vaguely_feared(c) for c in claims):
        return False
    return any(_is_settled(c) if fought and _is_force(c) else _is_told_whole(c) for c in claims)


def _is_only_talked_of(claim: Claim) -> bool:
    """ "The army *should investigate*", "they *may attack*": what has not happened, is told of its doer alone and at no
    place, is what somebody says. An attack on a town that is feared stays a row, and so
    does what is told under a condition: "if talks fail, the *group will attack*"."""
    if claim.manner.modality in {"actual", "planned", "conditional"} or claim.roles.get("place"):
        return False
    return bool(claim.roles.get("actor")) and not (claim.roles.get("target") or claim.roles.get("object"))


def _is_deed_of_somebody(claim: Claim) -> bool:
    return _is_force(claim) and _happened(claim) and _names_somebody(claim)


def _is_force(claim: Claim) -> bool:
    """True for deeds with a doer. Of protests and flights the doers may go unsaid: "it led to *protests* in Jaffna"."""
    return claim.kind.startswith("assault.")


def _is_told_whole(claim: Claim) -> bool:
    return bool(claim.tolls) or _is_placed(claim) or claim.when.basis in _BY_WORDS


def _is_settled(claim: Claim) -> bool:
    """In a report of deeds of somebody, what nobody is told to do or suffer needs its own place and day, or who was
    hurt and one of the two: "*shells fell* on Gao on Monday", "*ten died* in Gao"; no row is "*explosions* were heard
    in Gao" nor "the toll rose to *ten killed*"."""
    dated = claim.when.basis in _BY_WORDS
    if claim.tolls:
        return dated or _is_placed(claim) or claim.kind != "assault.killing"
    return _is_placed(claim) and (dated or claim.manner.modality != "actual")


def _is_vaguely_feared(claim: Claim) -> bool:
    """ "The loss of the road *raised fears of* a long siege": who fears it is not said either."""
    return claim.manner.modality == "feared" and claim.voice[0].startswith("outlet:")


def _is_placed(claim: Claim) -> bool:
    """True where its words place it; of what is only supposed also where they say "the town"."""
    return bool(claim.roles.get("place")) and (
        "place" not in claim.manner.inferred or claim.manner.modality != "actual"
    )
