"""Where a voice of the report sits or spoke, which is no scene of what it tells."""

from __future__ import annotations

from functools import cache

from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

_SAYINGS = "lexicons/en/sayings.yaml"
_WHERE = frozenset({"in", "from", "at"})
_HEARD = frozenset({"dobj", "dative", "iobj", "pobj"})
_THROUGH = 4


def is_voice_seat(name: Token) -> bool:
    """ "The observatory, based in *Oslo*, said", "a resident told the agency in *Oslo*", "speaking from *Oslo*"."""
    return _is_seated(name) or _is_where_told(name)


def _is_seated(name: Token) -> bool:
    """ "An agency *headquartered in Oslo*"."""
    verb = clause_head(name)
    return verb.dep_ == "acl" and verb.lemma_ in _seated() and verb.i < name.i


def _is_where_told(name: Token) -> bool:
    """Whether the name says where somebody spoke, and no clause of what was said stands between."""
    where = _whole(name)
    if where.dep_ != "pobj" or where.head.lower_ not in _WHERE:
        return False
    above = where.head.head
    for _ in range(_THROUGH):
        if above.pos_ in {"VERB", "AUX"}:
            break
        if above.dep_ not in _HEARD and above.dep_ != "prep":
            return False
        above = above.head
    if above.lemma_ not in _spoken() | _sitting_to_speak():
        return False
    return not any(c.dep_ in {"ccomp", "xcomp"} and above.i < c.i < name.i for c in above.children)


def _whole(name: Token) -> Token:
    """ "In Oslo and *Bergen*", "in the city of *Oslo*"."""
    while name.dep_ == "conj" or (name.dep_ == "pobj" and name.head.lower_ == "of") or name.dep_ == "appos":
        name = name.head.head if name.dep_ == "pobj" else name.head
    return name


@cache
def _spoken() -> frozenset[str]:
    return word_list(_SAYINGS, "neutral") - {"go", "continue", "observe"}


@cache
def _sitting_to_speak() -> frozenset[str]:
    return word_list(_SAYINGS, "occasions")


@cache
def _seated() -> frozenset[str]:
    return word_list(_SAYINGS, "seated")
