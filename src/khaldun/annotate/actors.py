"""Actors, counts, weapons and media products in the text."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.sentences import Parse
from khaldun.model import Mention


def find_actors(parse: Parse, times: Sequence[Mention], places: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of actors, counts, weapons and media products in text order."""
    return ()
