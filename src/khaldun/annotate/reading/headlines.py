"""Headlines inside the text, where capitals say nothing of names and the parse is poor."""

from __future__ import annotations

from khaldun.annotate.tables.known import state_of
from khaldun.annotate.words import Doc, Token
from khaldun.model import Span

_SHORTEST = 6  # capitalised words in a row that no name has
_NO_NAMES = frozenset({"VERB", "AUX", "ADP", "ADV", "ADJ", "NOUN", "NUM"})
_SMALL = frozenset("a an and as at by for from in of on or the to with over after near into".split())


def headlines(doc: Doc) -> list[Span]:
    """Stretches of at least six capitalised words, small words between them allowed."""
    found: list[Span] = []
    run: list[Token] = []
    for token in doc:
        text = token.text
        if text[:1].isupper() and token.is_alpha:
            run.append(token)
        elif run and not (
            token.lower_ in _SMALL or token.is_digit or token.text in ("-", "'s", ":", ",") or token.is_space
        ):
            found += _headline(run)
            run = []
    return [*found, *_headline(run)]


def _headline(run: list[Token]) -> list[Span]:
    words = [t for t in run if t.lower_ not in _SMALL]
    verbs = [t for t in words if t.pos_ in _NO_NAMES and state_of(t.text) is None]  # "the *Libyan* Army, Omar Saleh"
    verbs = [t for t in verbs if not t.is_sent_start]  # "*Speaking* in Geneva, Prime Minister Omar Saleh said"
    if len(words) < _SHORTEST or not verbs or all(t.text.isupper() for t in words):
        return []
    return [Span(run[0].idx, run[-1].idx + len(run[-1].text))]
