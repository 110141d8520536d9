"""Two bodies under one noun: "the *U.S.* and *Iraqi militaries*", "*Turkish*, *Russian* and *Syrian forces*".

Each modifier names a body of its own; the last stands with the noun, those before it stand for "U.S. military".
"""

from __future__ import annotations

from khaldun.annotate.found import Found
from khaldun.annotate.reading.nouns import NounReading, read_noun, words_under
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.words import Doc, Token
from khaldun.model import Span

SHARED = "shared:"
"""How the rule of a modifier begins that stands for a body of its own; the noun that it shares follows."""

_JOINS = frozenset({"and", "or"})
_BODIES = frozenset({"state_force", "armed_group", "government"})
_SIDES = frozenset({"government", "fighter", "coalition"})


def owners_before(head: Token, start: int, reading: NounReading) -> list[tuple[int, int]]:
    """The first and last tokens of the modifiers that share the noun, from left to right; empty where it has one."""
    if not reading.plural or reading.type not in _BODIES:
        return []
    doc, found = head.doc, list[tuple[int, int]]()
    last = _last_owner(doc, start, head.i)
    if last is None or last - 2 < start or doc[last - 1].lower_ not in _JOINS:
        return []
    at = last - 2
    while at >= 0 and _is_owner(doc[at]):
        found.append((at, at))
        if at < 2 or doc[at - 1].text != ",":
            break
        at -= 2
    return [*reversed(found), (last, last)] if found and _is_alone(doc, found[-1][0], start) else []


def _last_owner(doc: Doc, start: int, end: int) -> int | None:
    """The owner behind "and": right before the noun, or before a word of its own ("Russian *naval* forces")."""
    joint = next((i for i in range(end - 1, start, -1) if doc[i].lower_ in _JOINS), None)
    return joint + 1 if joint is not None and joint + 1 < end and _is_owner(doc[joint + 1]) else None


def _is_owner(token: Token) -> bool:
    """A state, a people or a side: "Turkish", "Kurdish", "government"."""
    if token.i + 1 < len(token.doc) and token.nbor(1).text == "-":
        return False
    if token.text[:1].isupper():
        read = state_of(token.text)
        if (read is not None and read[0] != "capital") or token.lower_ in words_under("peoples"):
            return True
    noun = read_noun(token.text)
    return noun is not None and noun.entry.key in _SIDES and not noun.plural


def _is_alone(doc: Doc, first: int, start: int) -> bool:
    """Not "12 Turkish and Russian soldiers", of whom nobody knows how many were which."""
    return not any(t.pos_ == "NUM" for t in doc[max(0, start - 1) : first])


def owner_before_name(head: Token, first: int, reading: NounReading) -> tuple[int, int] | None:
    """ "*Government* and Houthi forces": the side before a name's own forces, whose first word is the `first`."""
    doc = head.doc
    if not reading.plural or reading.type not in _BODIES or first < 2 or doc[first - 1].lower_ not in _JOINS:
        return None
    owner = doc[first - 2]
    tied = owner.head.i in (head.i, first) or doc[first].head.i == owner.i
    return (owner.i, owner.i) if tied and _is_owner(owner) and _is_alone(doc, owner.i, owner.i) else None


def shared_mention(doc: Doc, owner: tuple[int, int], reading: NounReading) -> Found:
    """The body that a modifier alone stands for."""
    first, last = doc[owner[0]], doc[owner[1]]
    span = Span(first.idx, last.idx + len(last.text))
    return Found(span, f"{SHARED}{reading.word}", "description", rank=3)
