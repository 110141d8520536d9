"""With whom terms were agreed on, told by a participle: "under a deal *reached with the army* in 2018"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from khaldun.annotate.syntax import arguments
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list


def agreed_with(terms: Token) -> Sequence[Token]:
    """ "As part of an agreement *reached with Russia*", "under a deal signed *between* the two"."""
    for child in terms.children:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD") and child.lemma_ in _settling():
            found = arguments(child)
            return found.get("with", ()) or found.get("between", ()) or found.get("by", ())
    return ()


@cache
def _settling() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "settling")
