"""How far a description reaches: what stands before its noun, and the phrases behind it that say who is meant."""

from __future__ import annotations

import re

from khaldun.annotate.actors.named_phrases import Around, beside
from khaldun.annotate.actors.noun_phrases import left_edge, of_office, tail_end
from khaldun.annotate.actors.ranks import rank_before
from khaldun.annotate.reading.nouns import NounReading, read_noun, words_under
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.tables.names import is_acronym
from khaldun.annotate.words import Doc, Token
from khaldun.model import Span

# "dozens of fighters", "a number of villagers": the amount belongs to the phrase.
_AMOUNT = re.compile(
    r"(?:\b(?:at least|more than|up to|about|some|a|the|several|few)\s+)*"
    r"\b(?:tens\s+of\s+thousands|hundreds\s+of\s+thousands|dozens?|scores|hundreds|thousands|tens"
    r"|(?<!the )(?<!The )number|handful|group|couple|majority|most|many|some|none|all|\d+)\s+of\s+"
    r"(?:the\s+)?$",
    re.I,
)


_TIES = re.compile(r"\s+(?:belonging|loyal|linked|affiliated|allied|aligned)\s+(?:to|with)\s+(?:the\s+)?", re.I)


_NAMED_TAIL = re.compile(r"\s+(?:from|of|in|inside|within|with)\s+(?:the\s+)?", re.I)


def first_word(head: Token, reading: NounReading) -> int:
    """The left edge of the phrase, nearer where a lost mark has joined it to what is said before.

    "the last route | militants used", "Monitor AFP | Children died"."""
    start = left_edge(head)
    opens = reading.plural and reading.entry.private and head.text[:1].isupper() and head.i > start
    if opens and head.nbor(-1).pos_ == "PROPN" and is_acronym(head.nbor(-1).text):
        return head.i
    if reading.plural and reading.entry.key == "fighter":
        for i in range(head.i - 1, start - 1, -1):
            if _is_foreign_noun(head.doc[i]):
                return i + 1
    return start


def _is_foreign_noun(token: Token) -> bool:
    """True for a common noun that no fighters are called by."""
    return (
        token.pos_ == "NOUN"
        and token.dep_ == "compound"
        and token.text.islower()
        and "-" not in (beside(token, 1), beside(token, -1))
        and read_noun(token.text) is None
        and token.lower_ not in words_under("telling") | words_under("of_fighters")
    )


def proper_name(doc: Doc, start: int, head: Token) -> Span | None:
    """The name at the end of a phrase: "Falcon Brigade" in "Egypt-backed Falcon Brigade", "Haftar's Falcon Brigade"."""
    reading = read_noun(head.text)
    if not head.text[:1].isupper() or reading is None or reading.plural or reading.type in ("person", "population"):
        return None
    first = head.i
    while first > start and _in_name(doc[first - 1]):
        first -= 1
    if first == head.i or state_of(doc[first].text) is not None:
        return None
    return Span(doc[first].idx, head.idx + len(head.text))


def _in_name(token: Token) -> bool:
    """True for a capitalised word of a name and for the article and hyphen inside one ("Al-Saiqa")."""
    joined = token.text == "-" and token.i > 0 and token.nbor(-1).lower_ in ("al", "el")
    tied = token.i + 1 < len(token.doc) and token.nbor(1).text == "-" and token.lower_ not in ("al", "el")
    return joined or (token.text[:1].isupper() and token.is_alpha and not tied)


def last_modifier(head: Token) -> int:
    """Where the word before the head starts; in a headline no more can be trusted to belong to it."""
    start = head.i - 1 if head.i else head.i
    while start > 1 and head.doc[start - 1].text == "-" and not head.doc[start - 1].whitespace_:
        start -= 2
    return start if start < head.i and not head.doc[start].is_punct else head.i


def end_of_tail(around: Around, head: Token, reading: NounReading) -> int:
    """One past the phrase's tail: of the parse, or a name that stands right behind ("eight men from Red Front")."""
    doc = around.doc
    if of_office(head):
        return head.i + 1  # "a spokesman for the army | in Gao"
    tails = reading.entry.tails | reading.entry.needs_tail
    end = tail_end(head, tails, anywhere=reading.entry.event_tails)
    if end == head.i + 1:
        end = _tied(head)
    if end == head.i + 1:
        after = head.idx + len(head.text)
        for pattern in (_TIES, _NAMED_TAIL):
            match = pattern.match(around.text, after)
            if match is not None and any(s.start <= match.end() < s.end for s in around.owners):
                named = doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
                end = _possessed(named[0]) if named is not None else end
    last = around.holding(doc[end - 1]) if end > head.i + 1 else None
    if last is not None and reading.entry.key == "spokesman" and (rank := rank_before(doc, last, head)) is not None:
        end = rank
    elif last is not None:
        tokens = doc.char_span(last.start, last.end, alignment_mode="expand")
        end = max(end, tokens.end if tokens is not None else end)
    while end > head.i + 1 and doc[end - 1].tag_ == "POS":
        end -= 1
    return _before_his_name(around, head, end) if of_one_person(head) else end


def of_one_person(head: Token) -> bool:
    """A noun for one person: "official", "envoy"."""
    reading = read_noun(head.text)
    return reading is not None and not reading.plural and reading.type == "person"


def _before_his_name(around: Around, head: Token, end: int) -> int:
    """ "The Red Front *official in Lebanon* Ali Baraka": his name is no part of where he is."""
    names = [around.holding(around.doc[i]) for i in range(head.i + 1, end)]
    last = names[-1] if names else None
    first = next((i for i, n in enumerate(names, head.i + 1) if n is not None and n == last), end)
    before = around.doc[first - 1] if first < end else None
    if last is None or before is None or last in around.owners or before.pos_ != "PROPN" or first - head.i < _FAR:
        return end
    return first


_FAR = 3


def _tied(head: Token) -> int:
    """One past the party in "guards loyal to the council", "militants allied with Uganda", "a source close to the
    brigade", else past the head."""
    for adjective in head.rights:
        tied = adjective.lower_ in _TIED or (adjective.lower_ == "close" and head.lemma_ == "source")
        if adjective.i == head.i + 1 and tied:
            for prep in (c for c in adjective.children if c.dep_ == "prep" and c.lower_ in ("to", "with")):
                party = next((c for c in prep.children if c.dep_ == "pobj"), None)
                if party is not None and party.pos_ in ("NOUN", "PROPN"):
                    return party.i + 1
    return head.i + 1


_TIED = frozenset("belonging loyal linked affiliated allied aligned".split())


def _possessed(name: Token) -> int:
    """One past what belongs to the name ("fighters of | the Front's arm in the south"), else one past its token."""
    last = name
    while last.dep_ in ("compound", "nmod") and last.head.i > last.i:
        last = last.head
    if last.dep_ == "poss" and read_noun(last.head.text) is not None:
        return tail_end(last.head, ("in", "of"))
    return name.i + 1


def with_amount(text: str, start: int) -> int:
    near = max(0, start - 40)
    match = _AMOUNT.search(text, near, start) if "of" in text[near:start].lower() else None
    return match.start() + _article(match.group()) if match is not None else start


def _article(amount: str) -> int:
    match = re.match(r"(?:the|a)\s+", amount, re.I)
    return match.end() if match is not None else 0
