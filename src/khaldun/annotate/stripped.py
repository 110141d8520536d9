"""Reports whose commas a feed has stripped, read as if the comma before a closing cue stood there.

"The raid killed nine guards a medic in the town told the agency": without the comma the parser takes the speaker for
one more victim, or for a name of theirs. The comma is put where a blank is printed, so the text keeps its length, every
span fits both, and quotations are taken from what was printed.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator, Sequence

from khaldun.annotate.slips_speakers import can_speak, presenting
from khaldun.annotate.words import Doc, Token

# A text in running English has a comma for every twenty words or so; what has one in so many has lost them.
_WORDS_PER_COMMA = 80
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SAYS = frozenset({"VBD", "VBZ", "VBN"})
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS"})
_IN_PHRASE = _NOMINAL | {"DT", "JJ", "CD", "VBN", "VBG", "POS", "PRP$", "HYPH", "JJS", "JJR"}
_OPENS = frozenset({"DT", "PRP$"})
_LINKS = frozenset({"in", "of", "for", "from", "at", "with", "on", "and"})
_ENDS_CLAUSE = _NOMINAL | {"CD", "JJ", "RB", "RP", "VBN"}
_OUTCOMES = frozenset({"dead", "wounded", "injured", "missing"})
_DAYS = frozenset(name.lower() for name in (*day_name, *month_name))
_LONGEST_SPEAKER, _LONGEST_REST = 12, 10
_STOPS = re.compile(r"[.!?…]|--+")


def is_stripped(text: str) -> bool:
    """True for a text that has (next to) no commas."""
    return text.count(",") * _WORDS_PER_COMMA <= text.count(" ")


def with_commas(doc: Doc) -> str | None:
    """The text of `doc` with a comma before each cue that closes its sentence without one and before each office that
    follows its bearer's name; None where there is none."""
    text, given = list(doc.text), False
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_space]
        for first in (_before_cue(words), *_offices(words)):
            if first is not None and _follows_blank(first):
                text[first.idx - 1], given = ",", True
    return "".join(text) if given else None


def _offices(words: Sequence[Token]) -> Iterator[Token]:
    """ "Said Omar Haddad *director* of the observatory": the name ends before the office."""
    for first, last, word, behind in zip(words, words[1:], words[2:], words[3:], strict=False):
        named = first.tag_ == last.tag_ == "NNP" and behind.lower_ in {"of", "for"}
        if named and word.tag_ == "NN" and word.text.islower() and can_speak(word):
            yield word


def _before_cue(words: Sequence[Token]) -> Token | None:
    """The first word of the clause of a cue that closes the sentence without a comma before it."""
    for at in range(len(words) - 1, 3, -1):
        verb = words[at]
        if verb.lemma_ in presenting() and verb.tag_ in _SAYS and _closes(words[at + 1 :]):
            first = _speaker(words, at) or _plural(words, at) or _turned(words, at)
            return words[first] if first is not None and _has_clause(words[:first]) else None
    return None


def _closes(rest: Sequence[Token]) -> bool:
    """True for what may stand behind the verb of a closing cue: a hearer, a day, a medium; no clause of its own."""
    after = [t for t in rest if not _STOPS.fullmatch(t.text)]
    return len(after) <= _LONGEST_REST and not any(
        t.tag_ in _FINITE or t.text in ',:;"' or t.lower_ == "that" for t in after
    )


def _speaker(words: Sequence[Token], verb: int) -> int | None:
    """The number of the first word of the phrase that ends at the verb, where somebody who can speak is named there."""
    for first in range(verb - 1, max(2, verb - _LONGEST_SPEAKER), -1):
        word, before = words[first], words[first - 1]
        if word.tag_ not in _IN_PHRASE and word.lower_ not in _LINKS:
            return None
        if word.tag_ in _OPENS and before.tag_ in _ENDS_CLAUSE:
            return first if _names_speaker(words[first:verb]) else None
    return None


def _plural(words: Sequence[Token], verb: int) -> int | None:
    """The number of the first word of a speaker without an article: "killed six people *local officials* said"."""
    first = verb - 1
    if words[first].tag_ not in {"NN", "NNS"} or not can_speak(words[first]):
        return None
    while first > 3 and words[first - 1].tag_ in {"JJ", "NN"} and words[first - 1].lower_ not in _OUTCOMES:
        first -= 1
    return first if words[first - 1].tag_ in _ENDS_CLAUSE and words[first].text.islower() else None


def _names_speaker(phrase: Sequence[Token]) -> bool:
    """True where the noun that the phrase is of can speak: the last one before its first preposition."""
    head: Token | None = None
    for word in phrase:
        if word.tag_ == "IN":
            break
        head = word if word.tag_ in _NOMINAL else head
    return head is not None and can_speak(head)


def _turned(words: Sequence[Token], verb: int) -> int | None:
    """The number of the verb in "… as they left the base *said the director Omar Haddad*"."""
    behind = [t for t in words[verb + 1 :] if not _STOPS.fullmatch(t.text) and t.lower_ not in _DAYS]
    named = [t for t in behind if t.tag_ in _NOMINAL]
    turned = words[verb].lemma_ == "say" and words[verb - 1].tag_ in _ENDS_CLAUSE
    phrase = all(t.tag_ in _IN_PHRASE or t.lower_ in _LINKS for t in behind)
    return verb if turned and named and phrase and can_speak(named[-1]) else None


def _has_clause(words: Sequence[Token]) -> bool:
    return any(t.tag_ in _FINITE for t in words) and words[-1].tag_ in _ENDS_CLAUSE


def _follows_blank(word: Token) -> bool:
    before = word.nbor(-1)
    return before.whitespace_ == " " and not before.is_space
