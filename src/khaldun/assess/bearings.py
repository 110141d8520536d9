"""What claims say about who holds a place: one `Bearing` for each claim and party.

A gain says that the one holds and the other lost, a withdrawal that a party lost, a clash that the place is fought
over. Plans and possibilities say nothing about who holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from khaldun.assess.contradiction import told_on
from khaldun.assess.corroboration import is_denial
from khaldun.assess.scene import Scene
from khaldun.assess.voices import origin_of
from khaldun.model import Claim

Status = Literal["holds", "lost", "contested", "present", "fighting"]

_PLACES = ("place", "origin")
# Kind -> what it says of the ones in its roles. "fighting" tells of a clash: it contests only what was said before.
_SAYS: dict[str, tuple[tuple[str, Status], ...]] = {
    "control.holds": (("actor", "holds"),),
    "control.lost": (("actor", "lost"),),
    "control.contested": (("actor", "contested"),),
    "control.present": (("actor", "present"),),
    "control.gain": (("actor", "holds"), ("target", "lost")),
    "control.loss": (("actor", "lost"),),
    "control.transfer": (("actor", "lost"), ("target", "holds")),
    "retreat.withdraw": (("actor", "lost"),),
    "siege": (("actor", "contested"),),
    "assault.clash": (("actor", "fighting"),),
}
_CHANGES = frozenset({"control.gain", "control.loss", "control.transfer", "control.lost", "retreat.withdraw"})


@dataclass(frozen=True, slots=True)
class Bearing:
    """What one claim says of one party. `day` is the last day it can be about, `since` the first, where known.

    `begun_by` is the last day on which it may have become so, where that was some day of several. `past` is True
    where it is told as past, so that it may be over; `change` where it tells of the change itself; `yes` is False where
    it is denied.
    """

    claim: Claim
    actor: str
    status: Status
    yes: bool
    day: date | None
    since: date | None
    begun_by: date | None
    past: bool
    change: bool
    origin: str

    def told_by(self, day: date) -> bool:
        """True where it may have been so by that day."""
        first = self.since or self.day
        return first is not None and first <= day

    def sure_by(self, day: date) -> bool:
        """True where it was so by that day: a town taken "in May" is not held on the first of May."""
        first = self.begun_by or self.since or self.day
        return not self.past and first is not None and first <= day

    @property
    def order(self) -> tuple[date, bool, str, int]:
        return self.day or date.min, self.change, self.claim.report, self.claim.span.start


def bearings(claims: Iterable[Claim], places: frozenset[str], scene: Scene) -> Iterator[Bearing]:
    """The bearings of the claims about any of the given places (canonical ids)."""
    for claim in claims:
        says = _SAYS.get(claim.kind, ())
        if not says or "extent" in claim.values:  # a base in the town, or a hill by it, is not the town
            continue
        if claim.factuality in ("planned", "possible") or claim.manner.modality != "actual":
            continue
        where = {scene.ledger.canonical(id) for role in _PLACES for id in claim.roles.get(role, ())}
        if where & places:
            for role, status in says:
                yield from (_bearing(claim, id, status, scene) for id in claim.roles.get(role, ()))


def _begun_by(claim: Claim) -> date | None:
    """A change told of several days came about on one of them; of a state the annotation says it."""
    if claim.kind in _CHANGES and claim.family == "event":
        return claim.when.latest if claim.when.earliest is not None else None
    begun = claim.values.get("begun_by")
    return date.fromisoformat(begun) if begun else None


def _bearing(claim: Claim, actor: str, status: Status, scene: Scene) -> Bearing:
    return Bearing(
        claim=claim,
        actor=scene.ledger.canonical(actor),
        status=status,
        yes=not is_denial(claim),
        day=told_on(claim, scene),
        since=claim.when.earliest,
        begun_by=_begun_by(claim),
        past="past" in claim.values,
        change=claim.kind in _CHANGES,
        origin=origin_of(claim, scene),
    )
