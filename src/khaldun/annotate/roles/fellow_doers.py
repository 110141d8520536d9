"""Who did it with the doer: "carried out by the Third Force *together with the brigades*", "in cooperation with"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from khaldun.annotate.grammar.syntax import arguments, conjuncts
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

_BY_THE_SIDE = "alongside"
_LISTED = frozenset({"together", "along"})
"""Before "with" these also join others to those who suffer: "killed two guards *along with* a cook"."""
_CHAIN = frozenset({"prep", "pobj", "advmod", "agent", "dobj", "nsubj", "acl", "punct", "conj"})


def fellow_doers(verb: Token, doers: Sequence[Token], fillers: Fillers) -> list[Token]:
    """The words for those who did it with `doers`: "*the army*, in cooperation with *the tribes*, took the hill"."""
    if not doers:
        return []
    undergone = arguments(verb).get("P", ())
    last = doers[0]
    found: list[Token] = []
    for phrase in (t for t in verb.subtree if t.lower_ in {"with", _BY_THE_SIDE} and t.dep_ in {"prep", "pcomp"}):
        how = _how(phrase)
        if how is None or not _is_of(phrase, verb):
            continue
        beside = how in _LISTED or how == _BY_THE_SIDE
        if beside and any(last.i < t.i < phrase.i and fillers.meets("people", t) for t in undergone):
            continue
        found += [each for t in phrase.children if t.dep_ == "pobj" for each in conjuncts(t)]
    return [t for t in found if t not in doers and t not in undergone and fillers.meets("party", t)]


def _how(phrase: Token) -> str | None:
    """The word that makes of "with" a doing together: "*together* with", "*in cooperation* with"."""
    if phrase.lower_ == _BY_THE_SIDE:
        return _BY_THE_SIDE
    before = phrase.nbor(-1).lower_ if phrase.i > phrase.sent.start else ""
    return before if before in _joining() else None


def _is_of(phrase: Token, verb: Token) -> bool:
    """Whether nothing but words of its own clause stands between the phrase and the verb."""
    above = phrase
    while above is not verb:
        if above.dep_ not in _CHAIN or (above is not phrase and above.pos_ in {"VERB", "AUX"}):
            return False
        above = above.head
    return True


@cache
def _joining() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "joining")
