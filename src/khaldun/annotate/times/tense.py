"""Whether the verb that a stretch of text hangs on looks back or forward."""

from __future__ import annotations

from typing import Literal, NamedTuple

from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.tables.timex_words import around
from khaldun.annotate.words import Token

Tense = Literal["past", "present", "future"]
_LONGEST_CLIMB = 12


class Hanging(NamedTuple):
    """The tense of the verb that some words hang on; `own` where no other verb or noun of doing stands between."""

    tense: Tense | None
    own: bool


_IS = frozenset({"is", "are", "'s", "'re", "was", "were"})
_NOTHING = Hanging(None, False)


def hanging_on(passage: Passage, start: int, end: int) -> Hanging:
    """What the words hang on; no tense where there is no finite verb above them ("Talks on Friday")."""
    tokens = passage.doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        return _NOTHING
    token = tokens.root
    if token.dep_ in {"compound", "nmod", "amod", "npadvmod", "poss"} and token.head.pos_ in {"NOUN", "PROPN"}:
        return _NOTHING  # "the 14 January deadline": what the noun is, the verb does not say
    own = True
    for _ in range(_LONGEST_CLIMB):
        tense = _tense(token) if token.pos_ in {"VERB", "AUX"} else None
        if tense is not None or token.head.i == token.i:
            return Hanging(tense, own)
        if token.lower_ == "for" and _is_set(token.head):
            return Hanging("future", own)
        inside = tokens.start <= token.i < tokens.end
        own = own and (inside or token.pos_ not in {"VERB", "AUX", "NOUN"})
        token = token.head
    return _NOTHING


def _is_set(word: Token) -> bool:
    """ "Was *set* for Friday", "*called a strike* for Monday"."""
    verb = word.head if word.pos_ == "NOUN" and word.dep_ == "dobj" else word
    return not around("set_for").isdisjoint((word.lemma_.lower(), verb.lemma_.lower()))


def of_sentence(passage: Passage, start: int, end: int) -> Tense | None:
    """The tense of the main verb of the sentence in which some words stand."""
    tokens = passage.doc.char_span(start, end, alignment_mode="expand")
    return _tense(tokens[0].sent.root) if tokens is not None else None


def _tense(verb: Token) -> Tense | None:
    helpers = [t for t in verb.children if t.dep_ in {"aux", "auxpass"}]
    words = {t.lower_ for t in helpers}
    if words & around("modals") and not words & {"have"}:
        return "future"
    if "to" in words:
        ahead = verb.dep_ == "xcomp" and verb.head.lower_ in _IS  # "they *are to* meet on Saturday"
        return "future" if ahead or verb.head.lemma_.lower() in around("forward") else None
    if verb.lemma_.lower() in around("expecting"):
        return "future"
    if verb.tag_ == "VBD" or any(t.tag_ == "VBD" or t.lower_ in {"have", "has", "'ve", "having"} for t in helpers):
        return "past"
    if verb.tag_ == "VBG" and words & {"is", "are", "'s", "'re", "am"}:
        return "present"
    if verb.tag_ in {"VBZ", "VBP"} or words & {"is", "are", "'s", "'re", "does", "do"}:
        return "present"
    # "a deal signed in March" looks back; so does a past tense that the tagger took for a participle
    return "past" if verb.tag_ == "VBN" and not helpers else None
