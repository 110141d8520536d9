"""Short names in capitals that no table holds ("the UPC"), and whether what is named bears arms.

The small pipeline takes unknown acronyms for places as often as for bodies, so where one stands in the sentence
decides: one that acts, speaks, is fought or has fighters is a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khaldun.annotate.actors.noun_phrases import acts, happens
from khaldun.annotate.found import Found
from khaldun.annotate.reading.nouns import lemma_in, read_noun, words_under
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.words import Doc, Token
from khaldun.model import Span

_SHORTEST = 3
_SHAPE = re.compile(r"\b(?:[A-Z][A-Z\d]{2,6}|[A-Z]{3,6}[a-rt-z])\b")  # "UPC", "FAMa"; the s of "NGOs" is a plural's
_OF = frozenset({"of", "from", "with", "for", "to"})
_AGAINST = frozenset({"between", "with", "against", "and", "on"})


def find_acronyms(doc: Doc, text: str, taken: Sequence[Span]) -> list[Found]:
    """Acronyms outside `taken` that stand as parties; the texts of headlines and datelines must be in `taken`."""
    found = []
    for match in _SHAPE.finditer(text):
        span = Span(*match.span())
        tokens = doc.char_span(span.start, span.end)
        if tokens is None or len(tokens) != 1 or not _may_name(tokens[0]) or not _is_party(tokens[0]):
            continue
        if not span.overlaps_any(taken):
            found.append(Found(span, "org:acronym", "acronym", rank=3))
    return found


# "the Chief of Army Staff (|COAS)"
_OFFICE_BEFORE = re.compile(r"\b(?!The )(?P<office>(?P<noun>[A-Z][a-z]+)(?: (?:of|the|for|[A-Z][a-z]+)){2,6}) \($")
_REACH = 80  # characters of an office


def find_offices(text: str, taken: Sequence[Span]) -> list[Found]:
    """ "The Chief of Army Staff (*COAS*)": acronyms of an office, each of him who holds it."""
    spans = (Span(*m.span()) for m in _SHAPE.finditer(text) if text[m.start() - 1 : m.start()] == "(")
    offices = [s for s in spans if not s.overlaps_any(taken) and _is_office(text, s)]
    return [Found(span, "person:office", "acronym", rank=1) for span in offices]


def _is_office(text: str, acronym: Span) -> bool:
    before = _OFFICE_BEFORE.search(text[max(0, acronym.start - _REACH) : acronym.start])
    noun = read_noun(before["noun"]) if before is not None else None
    if before is None or noun is None or noun.entry.key != "spokesman" or noun.plural:
        return False
    words = before["office"].split()
    every, large = ("".join(w[0] for w in words if all_ or w[0].isupper()).upper() for all_ in (True, False))
    return acronym.of(text) in (every, large)


def _may_name(token: Token) -> bool:
    text = token.text
    beside = [t for t in token.doc[max(0, token.i - 1) : token.i + 2] if t.i != token.i]
    shouted = any(t.is_alpha and len(t) > _SHORTEST and t.text.isupper() for t in beside)
    return not shouted and text.casefold() not in words_under("no_bodies") and state_of(text) is None


def _is_party(token: Token) -> bool:
    head = token.head
    if token.dep_ in ("conj", "appos") and head.i != token.i:
        return _is_party(head) if _SHAPE.fullmatch(head.text) else acts(token)
    if token.dep_ in ("compound", "nmod", "poss", "amod") and head.i > token.i:
        return read_noun(head.text) is not None or lemma_in(head.text, words_under("positions"))
    if token.dep_ == "pobj" and head.lower_ in _OF and head.head.pos_ in ("NOUN", "PROPN"):
        return read_noun(head.head.text) is not None or acts(token)
    return acts(token)


def bears_arms(root: Token) -> bool:
    """True where what the word names fights: "the UPC attacked", "fighters of the UPC", "clashes with the UPC"."""
    head = root.head
    if root.dep_ in ("conj", "appos") and head.i != root.i:
        return head.pos_ == "PROPN" and bears_arms(head)
    if root.dep_ == "nsubj":
        return happens(head) and _deed(head)
    if root.dep_ in ("compound", "nmod", "poss", "amod") and head.i > root.i:
        return lemma_in(head.text, words_under("combatants"))
    if root.dep_ == "pobj" and head.lower_ == "by":
        return _deed(head.head)
    if root.dep_ == "pobj" and head.lower_ in _OF and lemma_in(head.head.text, words_under("combatants")):
        return True
    return root.dep_ == "pobj" and head.lower_ in _AGAINST and head.head.lemma_ in words_under("combat")


def wages_war(root: Token) -> bool:
    """ "The *Serbs* shelled the town", "*Tuaregs* retreated": a people told by a deed that takes an army or militia."""
    head = root.head
    if root.dep_ == "conj" and head.i != root.i and head.pos_ in ("NOUN", "PROPN"):
        return wages_war(head)
    if root.dep_ == "pobj" and head.lower_ == "by":
        return _of_war(head.head)
    return (root.dep_ == "nsubj" and happens(head) and _of_war(head)) or _of_war_before(root)


def _of_war(verb: Token) -> bool:
    if verb.lemma_ not in words_under("deeds_of_war") or _sweeps(verb):
        return False
    return verb.lemma_ not in words_under("armed_over_places") or any(_is_place(t) for t in _ground(verb))


def _sweeps(verb: Token) -> bool:
    """ "The Poles cleared the streets *of snow*": no deed of war."""
    return verb.lemma_ == "clear" and any(t.lemma_.lower() in words_under("swept_away") for t in verb.subtree)


def _ground(verb: Token) -> Iterator[Token]:
    """ "Hold *Brak*", "hold most of *the east*", "withdrew from *Brak*"."""
    for child in verb.children:
        if child.dep_ == "dobj":
            yield child
        if child.dep_ == "dobj" or child.lower_ == "from":
            below = child.children if child.lower_ == "from" else (g for c in child.children for g in c.children)
            yield from (t for t in below if t.dep_ == "pobj")


def _is_place(token: Token) -> bool:
    return token.ent_type_ in ("GPE", "LOC", "FAC") or token.lemma_.lower() in words_under("place_nouns")


def _of_war_before(root: Token) -> bool:
    """ "Bosnian *Serbs* besieging the town"."""
    return any(c.dep_ == "acl" and c.tag_ == "VBG" and _of_war(c) for c in root.children)


def _deed(verb: Token) -> bool:
    if verb.lemma_ == "claim":
        return any(c.dep_ == "dobj" and c.lemma_ in words_under("claimed_deeds") for c in verb.children)
    if verb.lemma_ not in words_under("armed_deeds"):
        return False
    if verb.lemma_ not in words_under("armed_over_places"):
        return True
    return any(c.dep_ == "dobj" and _is_place(c) for c in verb.children)
