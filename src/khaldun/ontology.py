"""The kinds of things the record can say, loaded from `data/ontology`.

A kind's family says how it is read: an event happens, a relation and a state of control hold, a saying is a voice
and its content. See the codebook for the sources of labels and mappings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from khaldun.errors import InvalidKnowledge
from khaldun.knowledge import load_data
from khaldun.model import Family

SAYING = "saying"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event, relation or state. `plain` is the name that a reader of the record sees."""

    id: str
    family: Family
    label: str
    definition: str
    plain: str
    example: str
    counterexample: str | None = None
    plover_type: str | None = None
    plover_mode: str | None = None
    acled: str | None = None
    violent: bool = False
    two_sided: bool = False
    symmetric: bool = False
    roles: tuple[str, ...] = ()


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by id, events first. Raises InvalidKnowledge listing every broken entry."""
    found: dict[str, Kind] = {}
    problems: list[str] = []
    families: tuple[tuple[str, Family], ...] = (("events", "event"), ("relations", "relation"), ("control", "control"))
    for file, family in families:
        for name, entry in load_data(f"ontology/{file}.yaml").items():
            try:
                found[name] = _kind(name, family, entry)
            except (KeyError, TypeError, AttributeError) as problem:
                problems.append(f"{file}.yaml: {name}: {problem}")
    if problems:
        raise InvalidKnowledge("broken ontology entries: " + "; ".join(problems))
    return found


def kind(name: str) -> Kind:
    """The kind of that id. Raises InvalidKnowledge for an unknown one."""
    try:
        return kinds()[name]
    except KeyError:
        raise InvalidKnowledge(f"no kind '{name}' in the ontology; add it to data/ontology") from None


def _kind(name: str, family: Family, entry: Mapping[str, Any]) -> Kind:
    plover = entry.get("plover") or {}
    return Kind(
        id=name,
        family=family,
        label=entry["label"],
        definition=entry["definition"],
        plain=entry.get("plain", entry["label"]),
        example=entry["example"],
        counterexample=entry.get("counterexample"),
        plover_type=plover.get("type"),
        plover_mode=plover.get("mode"),
        acled=entry.get("acled"),
        violent=bool(entry.get("violent", False)),
        two_sided=bool(entry.get("two_sided", False)),
        symmetric=bool(entry.get("symmetric", False)),
        roles=tuple(entry.get("roles", ("source", "target"))),
    )
