"""The kinds of things the record can say, loaded from `data/ontology`.

A kind's family says how it is read: an event happens, a relation and a state of control hold, a saying is a voice
and its content. See the codebook for the sources of labels and mappings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

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
    own: bool = False
    """True for a kind from a file of the user's own (`khaldun.own_kinds`)."""


Kinds: TypeAlias = Mapping[str, Kind]
"""Kinds by id: those of the house, or with a user's own beside them."""


@cache
def kinds() -> Kinds:
    """All kinds of the house by id, events first. Raises InvalidKnowledge listing every broken entry."""
    found: dict[str, Kind] = {}
    problems: list[str] = []
    families: tuple[tuple[str, Family], ...] = (("events", "event"), ("relations", "relation"), ("control", "control"))
    for file, family in families:
        for name, entry in load_data(f"ontology/{file}.yaml").items():
            try:
                found[name] = kind_from(name, family, entry)
            except (KeyError, TypeError, AttributeError) as problem:
                problems.append(f"{file}.yaml: {name}: {problem}")
    if problems:
        raise InvalidKnowledge("broken ontology entries: " + "; ".join(problems))
    return found


def kind(name: str, known: Kinds | None = None) -> Kind:
    """The kind of that id, among `known` (else the house's). Raises InvalidKnowledge for an unknown one."""
    try:
        return (kinds() if known is None else known)[name]
    except KeyError:
        raise InvalidKnowledge(f"no kind '{name}' in the ontology; add it to data/ontology") from None


def stand_in(name: str, family: Family) -> Kind:
    """A kind of which only the id is known, as of a claim in a store that was read with kinds not at hand now."""
    return Kind(name, family, label=name, definition="", plain=name, example="", own=True)


def kind_from(name: str, family: Family, entry: Mapping[str, Any], *, own: bool = False) -> Kind:
    """The kind that an entry of an ontology file describes. Raises KeyError for a field that is missing."""
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
        own=own,
    )
