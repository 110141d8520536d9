"""Headlines inside the text, where capitals say nothing of names and the parse is poor."""

from __future__ import annotations

from spacy.tokens import Span as Tokens


def is_headline(sentence: Tokens) -> bool:
    """True where most longer words begin with a capital, so that capitals say nothing of names."""
    words = [t for t in sentence if t.is_alpha and len(t) > 3]
    return len(words) >= 5 and sum(t.text[0].isupper() for t in words) > 0.7 * len(words)
