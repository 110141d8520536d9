"""The check at the door: every quotation stands, character for character, where its span says.

The store keeps its own check so that nothing ungrounded gets in whatever made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.errors import UngroundedQuote
from khaldun.model import Annotation, Claim, Report, Span


def check_quotes(annotation: Annotation, claims: Sequence[Claim]) -> None:
    """Raises UngroundedQuote for the first quotation that does not stand in the text, or span outside it."""
    report = annotation.report
    for what, span, quote in _quotations(annotation, claims):
        if span.end > len(report.text):
            raise UngroundedQuote(f"{what} of report {report.id}: {span} ends after the text does")
        if quote is not None and span.of(report.text) != quote:
            raise UngroundedQuote(
                f"{what} of report {report.id}: quotes {quote!r}, but the text has {span.of(report.text)!r} "
                f"at [{span.start}, {span.end})"
            )
    for claim in claims:
        if claim.report != report.id:
            raise UngroundedQuote(f"claim {claim.id} is of report {claim.report}, not of {report.id}")


def _quotations(annotation: Annotation, claims: Sequence[Claim]) -> Iterator[tuple[str, Span, str | None]]:
    """What is pointed at: a name for it, the span and, where one is kept, the quotation."""
    yield from _of_report(annotation.report)
    for sentence in annotation.sentences:
        yield "sentence", sentence, None
    for mention in annotation.mentions:
        yield f"mention {mention.id}", mention.span, mention.quote
        if mention.head is not None:
            yield f"head of mention {mention.id}", mention.head, None
    for attribution in annotation.attributions:
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            yield f"attribution {attribution.id}", span, None
    for frame in annotation.frames:
        for span in (frame.trigger, frame.evidence, *(toll.span for toll in frame.tolls)):
            yield f"frame {frame.id}", span, None
        for mention in (m for mentions in frame.roles.values() for m in mentions):
            yield f"mention {mention.id} of frame {frame.id}", mention.span, mention.quote
    for claim in claims:
        yield from _of_claim(claim)


def _of_report(report: Report) -> Iterator[tuple[str, Span, str | None]]:
    for part in report.parts:
        yield f"{part.kind} part", part.span, None
    for reference in report.references:
        yield "reference", reference.span, reference.quote
    for dropped in report.dropped:
        if dropped.span is not None:
            yield "dropped stretch", *_written_out(dropped.quote, dropped.span)
    if report.published.span is not None:
        yield "date of publication", report.published.span, None


def _written_out(quote: str, span: Span) -> tuple[Span, str]:
    """A long dropped stretch may be quoted by its beginning and "…": then the beginning is what must stand there."""
    beginning = quote.removesuffix("…").rstrip()
    if beginning != quote and len(beginning) < len(span):
        return Span(span.start, span.start + len(beginning)), beginning
    return span, quote


def _of_claim(claim: Claim) -> Iterator[tuple[str, Span, str | None]]:
    yield f"claim {claim.id}", claim.span, claim.quote
    pieces = [*claim.spans, *(toll.span for toll in claim.tolls)]
    pieces += [span for span in (claim.cue, claim.when.span) if span is not None]
    for span in pieces:
        yield f"claim {claim.id}", span, None
