"""States and their people as actors: "Kenya expelled", "Nairobi denied", "five Kenyans".

A state's name is an actor only where it does, says or is dealt with as a party; elsewhere it is a place.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from khaldun.annotate.found import Found
from khaldun.annotate.known import state_of, state_words
from khaldun.annotate.names import fold_name
from khaldun.annotate.noun_phrases import acts, happens, left_edge
from khaldun.model import Span

_PARTY_TO = frozenset(
    "hand turn extradite deport sell deliver transfer return surrender ally cooperate negotiate meet talk fight war "
    "clash side agreement talks alliance deal treaty relation war support aid arms".split()
)
_TOWARDS = frozenset(
    "accuse support back urge ask warn threaten blame attack invade condemn criticise criticize praise thank tell "
    "call sanction recognise recognize bomb help arm fund assist pressure target join lobby".split()
)
_STRIKES = frozenset(
    "airstrike strike raid bombing bombardment offensive attack operation drone warplane missile jet strikes airstrikes".split()
)


def find_states(doc: Doc) -> list[Found]:
    """Names and capitals of states that act, and nouns for their people."""
    found: list[Found] = []
    covered = 0
    for start in range(len(doc)):
        if start < covered:
            continue
        for end in (start + 3, start + 2, start + 1):
            read = state_of(doc[start:end].text) if end <= len(doc) and doc[start].text[:1].isupper() else None
            if read is None:
                continue
            kind, _state = read
            head = doc[start:end].root
            covered = end
            if kind in ("name", "capital") and _is_party(head, doc, start, end, name=kind == "name"):
                span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))
                found.append(Found(_without_s(doc, span), f"state:{kind}", "name", rank=3))
            elif kind in ("people", "adjective") and _is_people(head):
                left = left_edge(head)
                span = Span(doc[left].idx, head.idx + len(head.text))
                found.append(
                    Found(
                        span, "people", "description", head=Span(head.idx, span.end) if left < head.i else None, rank=4
                    )
                )
            break
    return found


def _without_s(doc: Doc, span: Span) -> Span:
    """The name without "'s", without the s of a lost apostrophe ("Syrias"), without the full stop of a sentence."""
    quote = span.of(doc.text)
    if quote.endswith("'s"):
        return Span(span.start, span.end - 2)
    if quote.endswith(".") and "." not in quote[:-1]:
        return Span(span.start, span.end - 1)
    lost = quote.endswith("s") and " ".join(fold_name(quote)) not in state_words()
    return Span(span.start, span.end - 1) if lost else span


def _is_party(head: Token, doc: Doc, start: int, end: int, *, name: bool) -> bool:
    if end < len(doc) and doc[end].text == "-":
        return False
    if (
        name
        and head.dep_ in ("compound", "amod", "nmod")
        and doc[start:end].text.replace(".", "") in ("US", "UK", "UAE")
    ):
        return head.head.lemma_.lower() in _STRIKES
    return _party(head)


def _party(head: Token) -> bool:
    parent = head.head
    if head.dep_ in ("conj", "appos") and parent.i != head.i and parent.pos_ in ("PROPN", "NOUN"):
        return _party(parent) or acts(parent)
    if head.dep_ == "nsubj":
        return happens(parent) and parent.lemma_ not in ("have", "see", "lie", "share", "border", "remain")
    if head.dep_ in ("dobj", "dative"):
        return parent.lemma_ in _TOWARDS
    if head.dep_ == "pobj" and parent.lower_ == "by":
        return parent.dep_ == "agent" or parent.head.tag_ == "VBN"
    if head.dep_ == "pobj" and parent.lower_ in ("to", "with", "against", "on", "between", "over"):
        return parent.head.lemma_ in _PARTY_TO or parent.head.lemma_ in _TOWARDS or _over_to(parent)
    return False


def _over_to(prep: Token) -> bool:
    return prep.head.lower_ == "over" and prep.head.head.lemma_ in _PARTY_TO


def _is_people(head: Token) -> bool:
    if head.dep_ in ("amod", "compound", "nmod") or head.pos_ not in ("PROPN", "NOUN", "ADJ"):
        return False
    if head.pos_ == "ADJ" and not any(c.dep_ == "det" for c in head.children):
        return False
    return acts(head) or (head.dep_ == "dobj" and happens(head.head))
