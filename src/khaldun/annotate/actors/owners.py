"""Whose it is: sides and states that stand as modifiers of what they do, hold or back.

"*coalition* air strikes", "*Syrian army* positions", "*Saudi*-led raids", "an *Iran*-backed militia".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.actors.noun_phrases import bears_office, strikes, tells
from khaldun.annotate.actors.stateactors import state_at
from khaldun.annotate.found import Found
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.reading.nouns import lemma_in, read_noun, words_under
from khaldun.annotate.roles.struck import is_struck
from khaldun.annotate.slips.subjects import spokesmen
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.words import Doc, Token
from khaldun.knowledge import word_list
from khaldun.model import Span

_MODIFIES = frozenset({"compound", "nmod", "amod"})
_SPOKEN_FOR = frozenset({"force", "police", "government", "authority"})
_SPOKEN_FOR_TOO = frozenset({"militia", "group", "coalition", "fighter"})
_SIDES = frozenset({"force", "police", "government", "fighter", "coalition"})


def find_owners(doc: Doc, known: Sequence[Span]) -> Iterator[Found]:
    """The owners in front of a noun. `known` are names of the tables, whose parts are no owners of their own."""
    for token in doc:
        if token.text[:1].isupper():
            found = _tied_state(doc, token)
            if found is not None and not found.span.overlaps_any(known):
                yield found
        if token.dep_ in _MODIFIES and token.head.i > token.i:
            found = _side(doc, token)
            if found is not None and not found.span.overlaps_any(known):
                yield found


def _side(doc: Doc, token: Token) -> Found | None:
    """A force in front of what is its own; without a state before it only in front of a deed or a position."""
    reading = read_noun(token.text)
    if reading is None or _is_half(token):
        return None
    if reading.entry.key in _SPOKEN_FOR and token.i + 1 < len(doc) and bears_office(doc[token.i + 1]):
        return _spoken_for(doc, token, reading.word) if _is_body(doc, token) else None
    if reading.entry.key in _SPOKEN_FOR_TOO and token.i + 1 < len(doc) and doc[token.i + 1].lemma_ in spokesmen():
        if reading.entry.key == "fighter":
            return Found(Span(token.idx, token.idx + len(token.text)), f"holder:{reading.word}", "description", rank=4)
        return _spoken_for(doc, token, reading.word)
    if reading.entry.key in _SPOKEN_FOR_TOO and token.head.lemma_.lower() in _strongholds():
        return _holder(doc, token, reading.word)
    if reading.entry.key not in _SIDES:
        return None
    named = reading.word in words_under("sides")
    end = token.idx + len(token.text)
    if reading.entry.key in ("force", "police"):
        for back in (1, 2):
            if token.i >= back and _of_state(doc[token.i - back]):
                span = Span(doc[token.i - back].idx, end)
                return Found(span, f"noun:{reading.word}", "description", Span(token.idx, end), rank=4)
    based = reading.word == "military" and lemma_in(token.head.text, words_under("positions"))
    if not (based or (named and (_owned(token.head) or is_struck(token.head)))) or (
        token.i and doc[token.i - 1].text == "-"
    ):
        return None
    return Found(Span(token.idx, end), f"holder:{reading.word}", "description", rank=4)


def _holder(doc: Doc, token: Token, word: str) -> Found:
    """ "A former *Shiite militia* stronghold": with the people it is of."""
    before = doc[token.i - 1] if token.i else token
    first = before if before.text[:1].isupper() and before.dep_ in _MODIFIES and not before.is_sent_start else token
    return Found(Span(first.idx, token.idx + len(token.text)), f"holder:{word}", "description", rank=4)


def _strongholds() -> frozenset[str]:
    """What is somebody's to hold."""
    return word_list("lexicons/en/control.yaml", "strongholds")


def _is_half(token: Token) -> bool:
    """ "Iraqi *police* and hospital officials said": half of what the speakers are of."""
    joined = any(c.dep_ == "conj" and token.i < c.i < token.head.i for c in token.children)
    noun = read_noun(token.head.text) if joined else None
    return noun is not None and noun.plural and noun.entry.one == "person"


def _is_body(doc: Doc, token: Token) -> bool:
    """Not in "the Front's *military* chief", who is of the Front, nor in "*military* commander"."""
    owned = token.i > 0 and doc[token.i - 1].tag_ == "POS" and not state_at(doc, token.i - 2)[0]
    return not owned and (token.lower_ != "military" or doc[token.i + 1].lower_.startswith("spoke"))


def _spoken_for(doc: Doc, token: Token, word: str) -> Found:
    """ "*police* spokesman X", "*Interior Ministry* spokeswoman X": the body right before the title."""
    start, end = token.i, token.idx + len(token.text)
    before = doc[start - 1] if start else None
    modifies = before is not None and before.dep_ in _MODIFIES and before.pos_ in ("NOUN", "PROPN")
    if before is not None and (modifies or before.lower_ in words_under("of_ministries")):
        start -= 1
    if start and (_of_state(doc[start - 1]) or doc[start - 1].lower_ in words_under("peoples")):
        start -= 1
    elif start > 1 and doc[start - 1].tag_ == "POS" and _of_state(doc[start - 2]):
        start -= 2
    head = Span(token.idx, end) if start < token.i else None
    return Found(Span(doc[start].idx, end), f"noun:{word}", "description", head, rank=4)


def _of_state(token: Token) -> bool:
    state = state_of(token.text) if token.text[:1].isupper() else None
    return state is not None and state[0] in ("adjective", "name")


def _owned(noun: Token) -> bool:
    """True for a deed ("strikes", "shelling") or a position ("lines", "checkpoint")."""
    if lemma_in(noun.text, words_under("positions") | words_under("strikes")):
        return not (lemma_in(noun.text, words_under("equipment")) and strikes(noun))
    if tells(noun):
        return True  # "a *rebel* claim that"
    trigger = match(noun) if noun.pos_ == "NOUN" else None
    return trigger is not None and any(not entry.weak for entry in trigger.entries)


def _tells_owner(noun: Token) -> bool:
    """ "Israeli *air raids*", "Russian *rockets* killed nine"; not "found Russian rockets"."""
    if lemma_in(noun.text, words_under("of_states")):
        return True
    if not lemma_in(noun.text, table().lists["munition"]):
        return False
    return strikes(noun) or (
        noun.dep_ == "nsubj" and noun.head.lemma_ in word_list("lexicons/en/deeds.yaml", "landing")
    )


def _joined_state(token: Token) -> Found | None:
    """ "The *U.S.*-led invasion", read as one word."""
    name, _, tie = token.text.partition("-")
    read = state_of(name)
    if read is None or read[0] != "name":
        return None
    leads = tie == "led" and lemma_in(token.head.text, words_under("of_states") | words_under("led_by_states"))
    if leads or tie in words_under("backed") or tie in words_under("held"):
        return Found(Span(token.idx, token.idx + len(name)), "state:tie", "name", rank=3)
    return None


def _tied_state(doc: Doc, token: Token) -> Found | None:
    """ "Iran-backed fighters", "Saudi-led raids", "Israeli air raids": the state backs, leads or strikes."""
    if "-" in token.text:
        return _joined_state(token)
    kind, end = state_at(doc, token.i)
    if kind not in ("name", "adjective", "capital", "people") or end >= len(doc):
        return None
    span = Span(token.idx, doc[end - 1].idx + len(doc[end - 1].text))
    if doc[end].text == "-" and end + 1 < len(doc) and not doc[end].whitespace_:
        tie = doc[end + 1]
        leads = tie.lower_ == "led" and lemma_in(tie.head.text, words_under("of_states") | words_under("led_by_states"))
        if tie.lower_ in words_under("backed") or leads or tie.lower_ in words_under("held"):
            return Found(span, "state:tie", "name" if kind != "adjective" else "description", rank=3)
    elif kind in ("adjective", "people"):
        noun = doc[end - 1].head
        if doc[end - 1].dep_ in _MODIFIES and noun.i >= end and _tells_owner(noun):
            return Found(span, "state:adjective", "description", rank=3)
    return None
