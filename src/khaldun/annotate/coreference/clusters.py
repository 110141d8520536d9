"""Groups of mentions that name one actor: by name, by noun and by apposition (pronouns come later)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from khaldun.annotate.coreference.profiles import Profile
from khaldun.knowledge import load_data
from khaldun.model import ActorType


@dataclass(slots=True, eq=False)
class Cluster:
    """One actor while it is being put together; `members` in the order they were joined."""

    members: list[Profile] = field(default_factory=list)

    @property
    def known(self) -> str | None:
        """The id in our tables that a member matched."""
        return next((p.known.id for p in self.members if p.known is not None), None)

    @property
    def type(self) -> ActorType | None:
        """Of the tables; else of a description, which says more than the guess from a bare name."""
        for p in self.members:
            if p.known is not None:
                return p.known.type
        named = [p.type for p in self.members if p.type is not None and p.mention.form != "description"]
        described = [p.type for p in self.members if p.type is not None and p.mention.form == "description"]
        if described and any(p.mention.made_by == "own-force" for p in self.members):
            return described[0]  # "the Falwan militia" says what the name is, whatever it was taken for alone
        told = [t for t in described if t != "organisation"] or described
        if told and told[0] == "population" and (armed := [t for t in told if t in ("armed_group", "state_force")]):
            return armed[0]  # "the Serbs said": who shelled the town elsewhere
        if told and (not named or named[0] == "organisation"):
            return told[0] if told[0] != "organisation" or "armed_group" not in named else "armed_group"
        if named and named[0] == "organisation" and "armed_group" in named:
            return "armed_group"
        return named[0] if named else None

    @property
    def names(self) -> list[str]:
        """The proper names in it, as printed."""
        return [p.name for p in self.members if p.name is not None]

    @property
    def keys(self) -> set[tuple[str, ...]]:
        """The proper names in it, folded."""
        return {p.key for p in self.members if p.name is not None}

    def last_before(self, order: int) -> Profile | None:
        """The latest member before the mention number `order`."""
        last = None
        for p in self.members:
            if p.order < order and (last is None or p.order > last.order):
                last = p
        return last

    def last_order(self, order: int) -> int:
        """The number of that member, -1 when there is none."""
        last = self.last_before(order)
        return last.order if last is not None else -1


def recent(clusters: Sequence[Cluster], profile: Profile) -> list[Cluster]:
    """The clusters with a mention before `profile`, latest first; at the same distance subjects first."""

    found: list[tuple[int, bool, int, Cluster]] = []
    for c in clusters:
        last = c.last_before(profile.order)
        if last is not None:
            subject = any(m.subject for m in c.members if m.sentence == last.sentence and m.order < profile.order)
            found.append((last.sentence, subject, last.order, c))
    found.sort(key=lambda row: row[:3], reverse=True)
    return [row[3] for row in found]


def words_of(key: str) -> frozenset[str]:
    """The words under a key of the lexicon of coreference."""
    return frozenset(load_data("lexicons/en/coreference.yaml")[key])
