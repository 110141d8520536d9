"""Whose a statement is: "The army said *in a statement* …; *the statement* added …"."""

from __future__ import annotations

from khaldun.annotate.sayings.cues import Lexicon
from khaldun.annotate.sayings.saying import child, children
from khaldun.annotate.words import Token


def is_statement(phrase: str, lexicon: Lexicon) -> bool:
    """True for "the statement", "a joint communique": words that a body puts out in writing."""
    words = phrase.lower().split()
    return bool(words) and "statement" in (lexicon.media.get(" ".join(words[-2:])), lexicon.media.get(words[-1]))


def with_modifiers(noun: Token) -> str:
    """The noun with those right before it: "press release"."""
    return " ".join(t.lower_ for t in (*children(noun, "compound"), noun))


def issuer(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who spoke in the statement, put it out, or stands behind "by" and "from"."""
    for by in (p for h in (noun, *children(noun, "acl")) for p in children(h, "prep", "agent")):
        if by.lower_ in ("by", "from"):
            return child(by, "pobj")
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "in":
        verb = verb.head
    elif noun.dep_ != "dobj" or verb.lemma_.lower() not in lexicon.issuing_verbs:
        return None
    while verb.dep_ in ("conj", "xcomp", "advcl") and child(verb, "nsubj") is None and verb.head.pos_ == "VERB":
        verb = verb.head
    return child(verb, "nsubj") if verb.pos_ == "VERB" else None
