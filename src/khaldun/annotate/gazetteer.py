"""Names of places to gazetteer entries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Looks names of places up."""


def open_gazetteer() -> Gazetteer:
    """The gazetteer."""
    return Gazetteer()
