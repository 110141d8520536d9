"""Times to intervals, with anchor and basis."""

from __future__ import annotations

from khaldun.annotate.sentences import Parse
from khaldun.model import Mention


def find_times(parse: Parse) -> tuple[Mention, ...]:
    """The mentions of times in text order."""
    return ()
