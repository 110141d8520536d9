"""What a comparison is: a list of findings, each with its reason, that add up or forbid.

Every score can be unfolded into the findings that made it; a `Judgement` carries them as its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from khaldun.errors import InvalidKnowledge


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in comparing two things. A `veto` keeps them apart whatever else was found."""

    id: str
    means: str
    weight: float = 0.0
    veto: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The findings about one pair. `score` is the sum of their weights; a veto makes it minus infinity."""

    findings: tuple[Finding, ...]

    @property
    def score(self) -> float:
        return float("-inf") if self.forbidden else round(sum(f.weight for f in self.findings), 6)

    @property
    def forbidden(self) -> bool:
        return any(f.veto for f in self.findings)

    @property
    def because(self) -> str:
        """The findings in prose, with their ids: "the same actor does it (same_actor); …"."""
        return "; ".join(f"{f.means} ({f.id})" for f in self.findings) or "nothing found"

    def without(self, id: str) -> Comparison:
        """The same but for one finding."""
        return Comparison(tuple(f for f in self.findings if f.id != id))

    def having(self, finding: Finding) -> Comparison:
        """The same and one finding more."""
        return Comparison((*self.findings, finding))

    def found(self, id: str) -> bool:
        return any(f.id == id for f in self.findings)


def load_findings(entries: Iterable[Mapping[str, Any]], where: str) -> Mapping[str, Finding]:
    """Findings by id from the entries of a rules file. Raises InvalidKnowledge listing the broken ones."""
    found: dict[str, Finding] = {}
    problems: list[str] = []
    for entry in entries:
        id = entry.get("id", "?")
        if id in found:
            problems.append(f"{id} stands twice")
        if not entry.get("means") or not entry.get("examples"):
            problems.append(f"{id} needs `means` and `examples`")
        if ("weight" in entry) == bool(entry.get("veto")):
            problems.append(f"{id} needs either `weight` or `veto: true`")
        found[id] = Finding(id, entry.get("means", ""), float(entry.get("weight", 0)), bool(entry.get("veto")))
    if problems:
        raise InvalidKnowledge(f"{where}: " + "; ".join(problems))
    return found
