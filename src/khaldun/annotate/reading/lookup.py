"""Finds the passage, the sentence and the tokens of a span quickly."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.words import Tokens
from khaldun.model import Span


@dataclass(frozen=True, slots=True)
class Lookup:
    """A parse with the starts of its passages and sentences, both in text order."""

    parse: Parse
    passages: tuple[int, ...]
    sentences: tuple[int, ...]

    @property
    def text(self) -> str:
        """The text of the report."""
        return self.parse.report.text

    def passage(self, span: Span) -> Passage | None:
        """The passage that holds `span`, or None."""
        at = bisect_right(self.passages, span.start) - 1
        if at < 0:
            return None
        passage = self.parse.passages[at]
        return passage if span.end <= passage.base + len(passage.doc.text) else None

    def sentence(self, span: Span) -> int:
        """The number of the sentence that `span` starts in, counted over the report."""
        return bisect_right(self.sentences, span.start) - 1


def look_up(parse: Parse) -> Lookup:
    """The lookup of a parse."""
    sentences = tuple(passage.span(sentence).start for passage, sentence in parse.sentences())
    return Lookup(parse, tuple(p.base for p in parse.passages), sentences)


def tokens_of(passage: Passage, span: Span) -> Tokens | None:
    """The tokens that `span` of the report covers, widened to whole tokens."""
    return passage.doc.char_span(span.start - passage.base, span.end - passage.base, alignment_mode="expand")
