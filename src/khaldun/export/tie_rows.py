"""Which ties are rows of the record.

Counted on 65 reports annotated by hand: of an unnamed correspondent as a member of his outlet two of seven were among
the annotators' ties.
"""

from __future__ import annotations

from collections.abc import Mapping

from khaldun.model import Claim, Entity


def is_tie_row(claim: Claim, entities: Mapping[str, Entity]) -> bool:
    """False for "*a Harbour Post reporter*" as a member of the Harbour Post: the description says so itself."""
    unnamed = _is_unnamed(claim, "source", entities, {"person"})
    return not (claim.kind == "member_of" and unnamed and _is_of(claim, "target", entities, {"media"}))


def _is_of(claim: Claim, end: str, entities: Mapping[str, Entity], types: set[str]) -> bool:
    return any((e := entities.get(id)) is not None and e.type in types for id in claim.roles.get(end, ()))


def _is_unnamed(claim: Claim, end: str, entities: Mapping[str, Entity], types: set[str]) -> bool:
    ends = [entities[id] for id in claim.roles.get(end, ()) if id in entities]
    return any(e.type in types and not any(n.form in {"name", "acronym"} for n in e.names) for e in ends)
