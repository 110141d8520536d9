"""Events, relations and states of control in the words of the text."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.sentences import Parse
from khaldun.model import Attribution, Entity, Frame, Mention


def find_frames(
    parse: Parse, mentions: Sequence[Mention], entities: Sequence[Entity], attributions: Sequence[Attribution]
) -> tuple[Frame, ...]:
    """The frames in text order."""
    return ()
