"""What a happening was done with, and to what things: "shelled *the hospital* with *mortars*", "released *a video*".

They are told in the words of the report: things are no actors, and have no entry of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from khaldun.annotate.roles.fillers import Fillers
from khaldun.knowledge import word_list
from khaldun.model import Mention, Span

_RELEASED = frozenset({"media.release"})
JOINT = "\n"
"""What stands between two of a value."""


def told_with(kind: str, roles: Mapping[str, Sequence[Mention]], evidence: Span, fillers: Fillers) -> dict[str, str]:
    """The instruments and the objects of a happening, where its words name any."""
    things: Sequence[Mention] = roles.get("object", ())
    if kind in _RELEASED:
        speaking = [m.span for role in ("actor", "target") for m in roles.get(role, ())]
        things = [
            m
            for m in fillers.mentions
            if m.kind == "media_product" and evidence.contains(m.span) and not m.span.overlaps_any(speaking)
        ]
    struck = [m.span for m in things]
    arms = [m for m in roles.get("instrument", ()) if not m.span.overlaps_any(struck) and not _is_struck(m, fillers)]
    named = {"instrument": _words(arms), "object": _words(things)}
    return {role: words for role, words in named.items() if words}


def _is_struck(weapon: Mention, fillers: Fillers) -> bool:
    """ "Destroyed *two tanks*", "bombed *arms depots*": what it was done to, unlike "fired *rockets*"."""
    tokens = fillers.passage.tokens(weapon.span)
    if tokens is None:
        return False
    head = tokens.root
    while head.dep_ in {"conj", "compound", "nmod"} and head.head != head:
        head = head.head
    return head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_ not in _launching()


@cache
def _launching() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "launching")


def _words(mentions: Iterable[Mention]) -> str:
    return JOINT.join(dict.fromkeys(" ".join(m.quote.split()) for m in sorted(mentions, key=lambda m: m.span.start)))
