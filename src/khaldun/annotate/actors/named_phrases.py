"""Phrases that hold a name: "Kurdish-led Red Valley Forces", "Peshmerga fighters", "the Nyatura militia", "X's men"."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Mapping
from dataclasses import dataclass

from khaldun.annotate.actors.noun_phrases import denied, left_edge, strikes
from khaldun.annotate.found import Found
from khaldun.annotate.reading.nouns import lemma_in, read_noun, words_under
from khaldun.annotate.tables.known import leader_of, state_of
from khaldun.annotate.tables.names import fold_name
from khaldun.annotate.words import Doc, Token
from khaldun.model import Span

_OWNING = re.compile(r"(?:'s?[\"'”]?|s|[\"”])?\s+(?:\([^()]{1,20}\)\s+)?(?:[a-z]+\s+){0,2}")
_CLOSING = frozenset('"”»')
_OPENING = frozenset('"“«')
_REACH = 120  # characters from a name to the noun that it owns


@dataclass(frozen=True, slots=True)
class Around:
    """The names of a passage: `owners` can own a force or be in a tail. `held`: the name that holds each token."""

    doc: Doc
    text: str
    owners: tuple[Span, ...]
    held: Mapping[int, Span]
    places: tuple[Span, ...]
    headlines: tuple[Span, ...]
    shouting: bool

    def holding(self, token: Token) -> Span | None:
        """The name that holds the token."""
        return self.held.get(token.i)


def full_name(doc: Doc, head: Token, name: Span) -> Found | None:
    """A name with what is said before it: "Kurdish-led Red Valley Forces", "Syrian affiliate Red Front"."""
    tokens = doc.char_span(name.start, name.end, alignment_mode="expand")
    if tokens is None or head.i != tokens.end - 1:
        return None
    start = tokens.start
    while start and _leads_in(doc[start - 1]):
        start -= 1
    if start == tokens.start:
        return None
    return Found(Span(doc[start].idx, name.end), "full-name", "name", head=name, rank=2)


def _leads_in(token: Token) -> bool:
    """True for a word that stands before a name in apposition to it or as its adjective."""
    if token.is_punct and token.text != "-":
        return False
    if {token.lower_, beside(token, -1).casefold()} & {"pro", "anti", "counter", "non"}:
        return False
    if token.text == "-" or "-" in (beside(token, -1), beside(token, 1)):
        return not token.is_digit and _tight(token)
    before = beside(token, -2)
    owner = token.tag_ == "POS" and token.i and token.nbor(-1).ent_type_ == "PERSON"
    if owner and (before[:1].isupper() or before == "-"):
        return False  # "Omar Saleh's | Falcon Brigade"
    if token.tag_ == "POS" or token.lower_ in ("so-called", "ruling", "banned", "outlawed", "proscribed"):
        return True
    if token.lower_ in words_under("before_names"):
        return _leads_in(token.nbor(1)) and token.nbor(1).tag_ != "POS"
    reading = read_noun(token.text)
    if reading is not None and token.text.islower() and not reading.plural:
        return reading.type in ("organisation", "armed_group", "media")
    state = state_of(token.text)
    return (
        token.text[:1].isupper()
        and token.pos_ in ("ADJ", "PROPN")
        and (
            (state is not None and state[0] == "adjective")
            or (token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "POS")
            or _lost_possessive(token)
        )
    )


def _tight(token: Token) -> bool:
    """True for a hyphen, or a word beside one, without a space between ("Kurdish-led", not "Valley - Reds")."""
    doc, i = token.doc, token.i
    if token.text == "-":
        return i > 0 and not doc[i - 1].whitespace_ and not token.whitespace_
    after = beside(token, 1) == "-" and not token.whitespace_ and not doc[i + 1].whitespace_
    before = beside(token, -1) == "-" and i > 1 and not doc[i - 2].whitespace_ and not doc[i - 1].whitespace_
    return after or before


def beside(token: Token, by: int) -> str:
    """The word next to the token, or nothing at the end of the passage."""
    return str(token.nbor(by).text) if 0 <= token.i + by < len(token.doc) else ""


def _lost_possessive(token: Token) -> bool:
    """ "Al-Qaedas Syrian affiliate": a possessive whose apostrophe a feed has stripped."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return token.text.endswith("s") and after is not None and state_of(after.text) is not None and not after.is_punct


_CALENDAR = frozenset(name for name in (*day_name, *month_name) if name)


def own_force(around: Around, head: Token) -> Found | None:
    """ "Peshmerga fighters", "the Red Front's gunmen", "Hamas militant group"."""
    reading = read_noun(head.text)
    striking = reading is not None and reading.entry.must_strike and strikes(head)
    if not (striking or lemma_in(head.text, words_under("own_forces"))):
        return None
    text = around.text
    left = around.doc[left_edge(head)].idx
    near = [s for s in around.owners if head.idx - _REACH <= s.end <= head.idx]
    for name in sorted(near, key=lambda s: -s.end):
        between = text[name.end : head.idx]
        if not _OWNING.fullmatch(between):
            continue
        if max(name.end, name.start + 4) < left and not between.lstrip().startswith("("):
            continue
        if (name.start and text[name.start - 1] == "-") or "," in between:
            continue
        if not _joined(around.doc, name.end, head) or name.of(text) in _CALENDAR:
            continue
        owned = "'" in between or between.startswith("s ")
        if owned and read_noun(head.text) is not None and not _is_force(head):
            return None
        first = name.start if text.endswith((" and ", " or "), left, name.start) else min(left, name.start)
        if between[:1] in _CLOSING and text[first - 1 : first] in _OPENING:
            first -= 1  # "the *“Red Front” movement*"
        return Found(Span(first, head.idx + len(head.text)), "own-force", "description", name, rank=2)
    return None


def named_group(around: Around, head: Token) -> Found | None:
    """ "the Nyatura militia", "Red Front fighters": a name of no table in front of what it is."""
    if not (head.text.islower() and lemma_in(head.text, words_under("named_groups"))):
        return None
    doc = around.doc
    quoted = head.i > 1 and doc[head.i - 1].text in _CLOSING and doc[head.i - 2].text[:1].isupper()
    first = end = head.i - 1 if quoted else head.i
    while (
        first
        and (_in_group_name(doc[first - 1], last=first == end) or (quoted and doc[first - 1].text.istitle()))
        and around.holding(doc[first - 1]) is None
    ):
        first -= 1
    left = left_edge(head)
    if first == end or denied(head) or (first > left and doc[first - 1].text == "-"):
        return None
    if quoted and (not first or doc[first - 1].text not in _OPENING):
        return None
    name = Span(doc[first].idx, doc[end - 1].idx + len(doc[end - 1].text))
    if name.overlaps_any(around.places):
        return None
    start = min(doc[left].idx, doc[first - 1].idx if quoted else name.start)
    return Found(Span(start, head.idx + len(head.text)), "own-force", "description", name, rank=3)


def _in_group_name(token: Token, *, last: bool) -> bool:
    """True for a word of such a name; one alone may not be what a sentence begins with, nor a body ("Front")."""
    several = last and not token.is_sent_start and beside(token, -1).istitle()
    return (
        token.text[:1].isupper()
        and (token.pos_ == "PROPN" or (token.pos_ == "ADJ" and not last))
        and token.is_alpha
        and (not token.is_sent_start or token.text.isupper() or not last)
        and token.ent_type_ != "NORP"
        and token.text not in _CALENDAR
        and state_of(token.text) is None
        and (read_noun(token.text) is None or several)
        and token.lower_ not in words_under("telling") | words_under("titles") | words_under("peoples")
    )


def _joined(doc: Doc, start: int, head: Token) -> bool:
    """True where nothing but modifiers stands between the name and the noun."""
    between = doc.char_span(start, head.idx, alignment_mode="contract") or doc[head.i : head.i]
    words = [t for t in between if t.is_alpha and t.tag_ != "POS" and not t.text.isupper() and t.lower_ != "s"]
    return not any(t.is_stop or t.tag_ in ("VBD", "VBZ", "VBP", "MD", "IN") for t in words)


def _is_force(head: Token) -> bool:
    reading = read_noun(head.text)
    return reading is not None and reading.plural and reading.type in ("armed_group", "state_force")


def epithet(around: Around, head: Token) -> Found | None:
    """ "Shekau's loyalists": the phrase stands for the group whose leader is named, not for him."""
    if not lemma_in(head.text, words_under("epithets")):
        return None
    left = around.doc[left_edge(head)].idx
    match = re.match(r"(.{2,60}?)(?:'s?|s)\s+(?:[a-z-]+\s+)?$", around.text[left : head.idx])
    if match is None or fold_name(match.group(1)) not in leader_of():
        return None
    name = Span(left, left + len(match.group(1)))
    return Found(Span(left, head.idx + len(head.text)), "epithet", "description", head=name, rank=1)
