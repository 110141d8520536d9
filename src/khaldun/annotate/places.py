"""Places in the text, with their precision."""

from __future__ import annotations

from khaldun.annotate.gazetteer import Gazetteer
from khaldun.annotate.sentences import Parse
from khaldun.model import Mention


def find_places(parse: Parse, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The mentions of places in text order."""
    return ()
