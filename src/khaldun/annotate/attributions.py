"""Who says what: source, cue, content."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.sentences import Parse
from khaldun.model import Attribution, Mention


def find_attributions(parse: Parse, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
    """The attributions in text order."""
    return ()
