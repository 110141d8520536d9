"""The named rules of assessment, loaded from `data/rules/assess.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from khaldun.errors import InvalidKnowledge
from khaldun.knowledge import load_data

_FILE = "rules/assess.yaml"
_EFFECTS = {"gains", "loses", "strikes", "is harmed"}


@dataclass(frozen=True, slots=True)
class Rules:
    """A set of rules under a name. `says` is the sentence shown for each rule id; `interest` what it amounts to."""

    name: str
    says: Mapping[str, str]
    interest: Mapping[str, str]
    corroboration: Mapping[str, str]
    effects: Mapping[str, Mapping[str, str]]
    window_days: int
    revising: frozenset[str]
    """Words by which a toll is told as risen above what was said before."""

    def effect(self, kind: str, role: str) -> str | None:
        """What a happening of that kind does to the one in that role; the nearest kind or family counts."""
        for known in (kind, kind.split(".")[0]):
            if known in self.effects:
                return self.effects[known].get(role)
        return None


@cache
def load_rules() -> Rules:
    """The rules that come with Khaldun. Raises InvalidKnowledge listing the broken entries."""
    data: dict[str, Any] = load_data(_FILE)
    entries: dict[str, Any] = data["rules"]
    problems = [
        f"{id} needs `says` and `examples`" for id, e in entries.items() if not (e.get("says") and e.get("examples"))
    ]
    effects = {kind: {k: v for k, v in e.items() if k != "kinds"} for e in data["effects"] for kind in e["kinds"]}
    problems += [f"effects: {k} {v}" for k, roles in effects.items() for v in roles.values() if v not in _EFFECTS]
    if problems:
        raise InvalidKnowledge(f"{_FILE}: " + "; ".join(problems))
    return Rules(
        name=data["name"],
        says={id: e["says"] for id, e in entries.items()},
        interest={id: e["interest"] for id, e in entries.items() if "interest" in e},
        corroboration={id: e["corroboration"] for id, e in entries.items() if "corroboration" in e},
        effects=effects,
        window_days=int(data["window_days"]),
        revising=frozenset(data["revising"]["words"]),
    )


def load_harming() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for a deed by whose denied harm the deed itself is not denied, and those for the harm."""
    rule: dict[str, Any] = load_data(_FILE)["harming"]
    return tuple(rule["deeds"]), tuple(rule["harms"])


def are_several(name: str) -> bool:
    """True for a name of several people, which takes a plural verb: "Libyan soldiers", "forces of the Red Front"."""
    rule: dict[str, Any] = load_data(_FILE)["several"]
    words = name.split()
    head = next((word for word, after in pairwise(words) if after in rule["tails"]), words[-1] if words else "")
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    return head.islower() and (plural or head in rule["words"])
