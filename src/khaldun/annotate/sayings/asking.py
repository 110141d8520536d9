"""The question that every reading of a content answers: at this verb, in this sense, what is said?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from khaldun.annotate.sayings.cues import VerbCue
from khaldun.annotate.sayings.saying import Scene, noun_phrase, ordered, own_tokens, run_with
from khaldun.annotate.tables.timex_words import table
from khaldun.annotate.words import Token
from khaldun.copies import quickly_made
from khaldun.model import Span

_OVER = frozenset({"this", "in", "since", "of", "within"})
"""What counted deeds are counted over: "the fifth attack *in* Iraq", "the second *of* its kind"."""


@dataclass(frozen=True, slots=True)
class Found:
    """One content: its spans, the tokens under them, its head, the one who is told.

    `beside` are words that stand with the content and belong to the cue ("in a statement").
    """

    spans: tuple[Span, ...]
    tokens: tuple[Token, ...] = ()
    head: Token | None = None
    hearer: Token | None = None
    beside: tuple[Token, ...] = ()
    score: float = 1.0


@quickly_made
@dataclass(frozen=True, slots=True)
class Asked:
    """The verb whose content is looked for, its sense, the words of its source, and the one who is told."""

    scene: Scene
    verb: Token
    cue: VerbCue
    source: tuple[Token, ...]
    hearer: Token | None
    documents: Collection[str] = ()


def own_stretch(asked: Asked) -> list[Token]:
    """The words of the cue's clause round the verb: source, verb, adverbials, the one who is told."""
    verb = asked.verb
    clauses = {c.i for c in verb.children if c.dep_ in ("ccomp", "advcl", "conj", "parataxis")}
    tokens = own_tokens(verb, without=clauses | {c.i for c in verb.children if ranks(c)})
    tokens += [t for t in asked.source if t.sent == verb.sent]
    tokens += phrase(asked.hearer)
    tokens += [t for t in verb.children if t.text == ","]  # "said late on Sunday, in a statement"
    if is_passed_on(verb):
        tokens += [verb.head, *own_tokens(verb.head.head, without=[verb.head.i])]
    stretch = run_with(ordered(tokens), verb)
    while stretch[-1].is_punct and stretch[-1] != verb:
        stretch.pop()
    while stretch[0].is_punct and stretch[0] != verb:
        stretch.pop(0)
    return stretch


def ranks(prep: Token) -> bool:
    """ "…, police said, *in the deadliest attack* since May": how bad it was is no part of how they said it."""
    if prep.dep_ != "prep" or prep.lower_ != "in" or prep.i < 2 or prep.nbor(-1).text != ",":
        return False
    return any(is_ranked(noun) for noun in prep.children if noun.dep_ == "pobj")


def is_ranked(noun: Token) -> bool:
    """True for "the *deadliest* attack", "the *second such* raid", "the *fifth* attack *this month*"."""
    if any(c.tag_ == "JJS" or c.lower_ in ("latest", "such") for c in noun.children if c.dep_ == "amod"):
        return True
    counted = any(c.lower_ in table("ordinals") for c in noun.children if c.dep_ == "amod")
    return counted and any(c.i > noun.i and (c.dep_ == "npadvmod" or c.lower_ in _OVER) for c in noun.children)


def is_passed_on(verb: Token) -> bool:
    """ "the governor was quoted as *saying*": the words of another verb belong to the cue."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.pos_ == "VERB"


def phrase(head: Token | None) -> list[Token]:
    """The words of the one who is told, without a clause behind them, which may be what is said."""
    return noun_phrase(head, without=("relcl", "acl")) if head is not None else []
