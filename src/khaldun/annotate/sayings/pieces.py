"""A quotation of several sentences says several things: one saying for each of its sentences.

"They must stop. They bombed the port. The league has to act," the envoy said: a call, an accusation, a call.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.sayings.quotes import Quotation, near
from khaldun.annotate.sayings.saying import Saying, joined, trimmed
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import replace
from khaldun.model import Span, hull

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_ENDS = re.compile(r"[.!?…][\s\"“”„«»'’‘)\]]*$")
_DOUBLE = '"“”„«»'
# Fewer words are an exclamation that belongs to the sentence beside it: "Never! We will hold the port."
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a report in text order, found by place."""

    text: str
    rows: tuple[tuple[Passage, Tokens, Span], ...]
    starts: tuple[int, ...]

    def at(self, place: int) -> int:
        """The number of the sentence that holds `place`, or of the last one before it (-1: none)."""
        return bisect_right(self.starts, place) - 1

    def under(self, span: Span) -> range:
        """The numbers of the sentences that `span` touches."""
        return range(max(self.at(span.start), 0), self.at(span.end - 1) + 1)


def sentences_of(parse: Parse) -> Sentences:
    """The sentences of `parse`, numbered."""
    rows = tuple((p, s, p.span(s)) for p, s in parse.sentences())
    return Sentences(parse.report.text, rows, tuple(span.start for _, _, span in rows))


def in_pieces(sayings: Iterable[Saying], sentences: Sentences, quotations: Sequence[Quotation]) -> Iterator[Saying]:
    """Each saying as it is, or as one for each full sentence of its content."""
    for saying in sayings:
        if saying.made_by.startswith(("hedge", "distance")):
            yield saying
            continue
        groups = _groups(saying.content, sentences)
        parted = len(groups) > 1 or saying.direct
        pieces = _pieces(saying, groups, sentences) if parted else [_with_head(saying, sentences)]
        yield from (_spoken(piece, sentences, quotations) for piece in pieces)


def _spoken(saying: Saying, sentences: Sentences, quotations: Sequence[Quotation]) -> Saying:
    """The saying with whether its words are the speaker's own (marks or a "we" show it), and whether they ask."""
    marked = all(any(q.outer.contains(s) for q in near(quotations, s)) for s in saying.content)
    direct = saying.direct or marked or any(_is_first(t) for t in _tokens(saying.content, sentences))
    end = saying.content[-1].end
    return replace(saying, direct=direct, asks="?" in sentences.text[max(end - 1, 0) : end + 1])


def _is_first(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass") and (token.text == "I" or token.text.lower() == "we")


def _pieces(saying: Saying, groups: Sequence[list[Span]], sentences: Sentences) -> Iterator[Saying]:
    beside = sentences.at(hull(saying.cue).start)
    for group in groups:
        cleaned = (_clean(sentences.text, span) for span in group)
        spans = joined((s for s in cleaned if s is not None), sentences.text)
        if not spans:
            continue
        by_cue = any(beside in sentences.under(span) for span in spans)
        head, passage = _head(spans, sentences)
        yield replace(
            saying,
            content=spans,
            content_head=head,
            content_passage=passage,
            stance=saying.stance if by_cue else "assert",
        )


def _with_head(saying: Saying, sentences: Sentences) -> Saying:
    if saying.content_head is not None:
        return saying
    head, passage = _head(saying.content, sentences)
    return replace(saying, content_head=head, content_passage=passage)


# ------------------------------------------------------------------------------------------------ cutting


def _groups(content: Sequence[Span], sentences: Sentences) -> list[list[Span]]:
    """The stretches of the content sentence by sentence; what is no full sentence joins the one before it."""
    groups: list[list[Span]] = []
    last = -1
    for number, span in _cut(content, sentences):
        opens = not groups or (number != last and _ended(groups[-1], span, sentences.text))
        if opens:
            groups.append([span])
        else:
            groups[-1].append(span)
        last = number
    return _with_fragments(groups, sentences)


def _cut(content: Sequence[Span], sentences: Sentences) -> Iterator[tuple[int, Span]]:
    for span in content:
        for number in sentences.under(span):
            start = max(span.start, sentences.starts[number])
            end = min(span.end, sentences.starts[number + 1]) if number + 1 < len(sentences.starts) else span.end
            if any(c.isalnum() for c in sentences.text[start:end]):
                yield number, Span(start, end)


def _ended(group: Sequence[Span], following: Span, text: str) -> bool:
    """True where a full stop stands between the group and what follows."""
    end = group[-1].end
    return _ENDS.search(text[max(group[-1].start, end - 8) : end]) is not None or "." in text[end : following.start]


def _with_fragments(groups: Sequence[list[Span]], sentences: Sentences) -> list[list[Span]]:
    kept: list[list[Span]] = []
    waiting: list[Span] = []  # a fragment before the first full sentence
    for group in groups:
        if _is_full(group, sentences):
            kept.append([*waiting, *group])
            waiting = []
        elif kept:
            kept[-1] += group
        else:
            waiting += group
    return [*kept, waiting] if waiting else kept


def _is_full(group: Sequence[Span], sentences: Sentences) -> bool:
    tokens = [t for t in _tokens(group, sentences) if not t.is_punct and not t.is_space]
    finite = any(t.tag_ in _FINITE for t in tokens)
    bidden = bool(tokens) and tokens[0].tag_ == "VB"
    return len(tokens) >= _SHORTEST and (finite or bidden)


def _clean(text: str, span: Span) -> Span | None:
    """The piece without punctuation at its edges and without the one mark of a pair that fell to it."""
    kept = trimmed(text, span)
    if kept is None:
        return None
    start, end = kept.start, kept.end
    if sum(c in _DOUBLE for c in text[start:end]) % 2:
        if text[start] in _DOUBLE:
            start += 1
        elif text[end - 1] in _DOUBLE:
            end -= 1
    return trimmed(text, Span(start, end))


# ------------------------------------------------------------------------------------------------ heads


def _tokens(spans: Sequence[Span], sentences: Sentences) -> Iterator[Token]:
    for span in spans:
        for number in sentences.under(span):
            passage, tokens, _ = sentences.rows[number]
            doc, start, end = passage.doc, span.start - passage.base, span.end - passage.base
            found = doc.char_span(max(start, 0), min(end, len(doc.text)), alignment_mode="expand")
            if found is not None:
                yield from doc.tokens[max(found.start, tokens.start) : min(found.end, tokens.end)]


def _head(spans: Sequence[Span], sentences: Sentences) -> tuple[Token | None, Passage]:
    """The verb (else the word) that the words hang on, and the passage that it stands in."""
    passage = sentences.rows[max(sentences.at(spans[0].start), 0)][0]
    tokens = [t for t in _tokens(spans, sentences) if not t.is_punct and not t.is_space]
    inside = {t.i for t in tokens if t.doc is passage.doc}
    verbs = [t for t in tokens if t.pos_ in ("VERB", "AUX") and t.doc is passage.doc]
    roots = [t for t in verbs if t.dep_ == "ROOT" or t.head.i not in inside]
    finite = [t for t in roots if t.tag_ in _FINITE or any(c.tag_ in ("MD", "VBP", "VBZ", "VBD") for c in t.children)]
    others = [t for t in tokens if t.head.i not in inside or t.dep_ == "ROOT"]
    return next(iter(finite or roots or others), None), passage


__all__ = ["Sentences", "in_pieces", "sentences_of"]
