"""The base layer: spaCy's tokens, tags and parse over the parts of a report that yield facts.

Each paragraph of a title, dateline or body part is one `Passage` with a `Doc` of its own, so that no
sentence runs across a paragraph or through furniture. All other steps take a `Parse` and give back spans of the
report's text: use `Passage.span` and `Passage.char` to come back from tokens to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from spacy.language import Language
from spacy.tokens import Doc as Prepared

from khaldun.annotate.reading.boundaries import prepared
from khaldun.annotate.reading.casing import TrueCase, read_in_mixed_case
from khaldun.annotate.words import Doc, Token, Tokens, give_names, words_of
from khaldun.model import PartKind, Report, Span

_PARAGRAPH = re.compile(r"\S.*?(?=\s*\n\s*\n|\s*\Z)", re.S)
# A parse of one huge paragraph costs memory in proportion to its length; longer ones are cut at a space.
_LONGEST_PASSAGE = 20_000
# Words parsed at once: enough that the fixed costs of each of the parser's steps are shared by many passages, and
# hardly any memory.
_BATCH = 4_000


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph and its parse. `base` is where `doc`'s first character stands in the report's text."""

    kind: PartKind
    base: int
    doc: Doc

    def span(self, tokens: Tokens | Sequence[Token]) -> Span:
        """The characters of the report from the first of `tokens` to the last (which must not be empty)."""
        if type(tokens) is Tokens:
            words, start, end = tokens.doc.tokens, tokens.start, tokens.end
            first, last = words[start], words[end - 1]
        else:
            first, last = tokens[0], tokens[-1]
        return Span(self.base + first.idx, self.base + last.idx + len(last.text))

    def at(self, token: Token) -> Span:
        """The characters of one token."""
        return Span(self.base + token.idx, self.base + token.idx + len(token.text))

    def tokens(self, span: Span) -> Tokens | None:
        """The tokens that `span` of the report covers, widened to whole tokens; None outside the passage."""
        start, end = span.start - self.base, span.end - self.base
        if start < 0 or end > len(self.doc.text):
            return None
        return self.doc.char_span(start, end, alignment_mode="expand")

    @property
    def extent(self) -> Span:
        return Span(self.base, self.base + len(self.doc.text))


def _base(passage: Passage) -> int:
    return passage.base


@dataclass(frozen=True, slots=True)
class Parse:
    """A report and its passages in text order.

    `report` is the report as it is read; `printed` differs from it only in its text, and only where that is printed in
    capitals throughout.
    """

    report: Report
    passages: tuple[Passage, ...]
    printed: Report

    def sentences(self) -> Iterator[tuple[Passage, Tokens]]:
        """Every sentence with the passage that it stands in."""
        for passage in self.passages:
            for sentence in passage.doc.sents:
                yield passage, sentence

    def passage_at(self, span: Span) -> Passage | None:
        """The passage that holds `span`, or None."""
        at = bisect_right(self.passages, span.start, key=_base) - 1
        return self.passages[at] if at >= 0 and self.passages[at].extent.contains(span) else None


def name_words(parse: Parse, names: Iterable[tuple[Span, str]]) -> None:
    """Tells the words of `parse` which names they are part of (in text order), before any rule has read them."""
    left = deque(names)
    for passage in parse.passages:
        inside, end = list[Tokens](), passage.extent.end
        while left and left[0][0].start < end:
            span, kind = left.popleft()
            words = passage.tokens(span)
            if words is not None:
                inside.append(Tokens(words.doc, words.start, words.end, kind))
        give_names(passage.doc, inside)


def paragraphs(report: Report) -> Iterator[tuple[PartKind, Span]]:
    """The paragraphs of the parts that yield facts, trimmed, in text order."""
    for part in report.read_parts():
        for found in _PARAGRAPH.finditer(report.text, part.span.start, part.span.end):
            yield from ((part.kind, piece) for piece in _cut(report.text, found.start(), found.end()))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST_PASSAGE:
        space = text.rfind(" ", start, start + _LONGEST_PASSAGE)
        middle = space if space > start else start + _LONGEST_PASSAGE
        yield Span(start, middle)
        start = middle
    if start < end:
        yield Span(start, end)


def parse_reports(reports: Iterable[Report], nlp: Language, *, true_case: TrueCase | None = None) -> Iterator[Parse]:
    """Parses reports in the given order, in batches of passages across reports.

    With `true_case`, paragraphs printed in capitals throughout are read in mixed case.
    """
    pieces = (piece for report in reports for piece in _pieces(report, nlp, true_case))
    passages: list[Passage] = []
    for batch in _batches(pieces):
        # the parser takes a fourth of the batch size at once
        for doc, (report, printed, kind, base) in nlp.pipe(batch, as_tuples=True, batch_size=4 * len(batch)):
            if kind != "boilerplate":
                passages.append(Passage(kind, base, words_of(doc)))
            else:  # the empty piece that closes a report
                yield Parse(report, _emptied(passages), printed)


def _emptied(passages: list[Passage]) -> tuple[Passage, ...]:
    """What the list held; it holds nothing of a report any more when that is out."""
    held = tuple(passages)
    passages.clear()
    return held


_Piece: TypeAlias = tuple[Prepared, tuple[Report, Report, PartKind, int]]


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces in the same order, together in lists of about `_BATCH` words."""
    batch: list[_Piece] = []
    words = 0
    for piece in pieces:
        batch.append(piece)
        words += len(piece[0])
        if words >= _BATCH:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def _pieces(printed: Report, nlp: Language, true_case: TrueCase | None) -> Iterator[_Piece]:
    spans = list(paragraphs(printed))
    report = printed if true_case is None else read_in_mixed_case(printed, (span for _, span in spans), true_case)
    for kind, span in (*spans, ("boilerplate", Span(len(report.text), len(report.text)))):
        yield prepared(span.of(report.text), nlp), (report, printed, kind, span.start)
