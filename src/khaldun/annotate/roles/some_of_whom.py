"""Those of whom some are told apart: "killing 12 guards, *11 of whom* were beheaded"."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.words import Token

_UNDERGOING = frozenset({"nsubjpass", "nsubj"})
_AS_OBJECT = frozenset({"dobj"})


def those_told_before(verb: Token) -> tuple[Sequence[Token], Sequence[Token]]:
    """Who they are, and who did it, by the clause that a passive hangs on: "*the militants* overran the post, killing
    *12 guards*, 11 of whom were beheaded". Nobody where it says by whom, or is told of others."""
    whole = verb.head
    if verb.dep_ != "relcl" or verb.tag_ != "VBN" or whole.dep_ not in _AS_OBJECT:
        return (), ()
    some = next((c for c in verb.children if c.dep_ in _UNDERGOING and c.i < verb.i), None)
    if some is None or not any(c.lower_ == "of" and _is_whom(c) for c in some.children):
        return (), ()
    if any(c.dep_ == "agent" for c in verb.children):
        return (whole,), ()
    return (whole,), arguments(whole.head).get("A", ())


def _is_whom(of: Token) -> bool:
    return any(c.lower_ == "whom" for c in of.children)
