"""What words came in, where it was read as part of them: "blasted the council *in an issue of Dabiq magazine last
year*" is about the council, and was printed last year."""

from __future__ import annotations

from dataclasses import replace

from khaldun.annotate.sayings.cues import Lexicon
from khaldun.annotate.sayings.saying import Saying, child, children
from khaldun.annotate.words import Token
from khaldun.model import Span

_BY = frozenset({"in", "via", "through", "on"})
_ISSUES = frozenset({"issue", "edition", "copy"})


def without_vehicle(saying: Saying, lexicon: Lexicon) -> Saying:
    """The saying whose content, if it is a party or a thing, ends before the document that carried it."""
    if len(saying.content) != 1 or saying.direct or saying.content_passage is not None or saying.speaker is None:
        return saying
    content = saying.content[0]
    tokens = saying.passage.tokens(content)
    if tokens is None or tokens.root.pos_ not in {"NOUN", "PROPN"} or tokens.root.sent != saying.head.sent:
        return saying
    for token in tokens:
        if token.dep_ != "prep" or token.lower_ not in _BY or token.head not in {saying.head, tokens.root}:
            continue
        document = printed_in(child(token, "pobj"))
        if document is None or document.lemma_.lower() not in lexicon.media or token.i == tokens.start:
            continue
        kept = saying.passage.span(list(tokens[: token.i - tokens.start]))
        behind = [t for t in token.sent if t.i >= token.i and not t.is_punct and saying.head.is_ancestor(t)]
        return replace(saying, content=(Span(content.start, kept.end),), own=(*saying.own, *behind))
    return saying


def printed_in(document: Token | None) -> Token | None:
    """ "An *issue* of the Harbour *magazine*": the magazine."""
    if document is None or document.lemma_.lower() not in _ISSUES:
        return document
    of = next((c for c in children(document, "prep") if c.lower_ == "of"), None)
    return document if of is None else child(of, "pobj")
