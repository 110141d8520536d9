"""The grounding check: every span lies in the text and every quotation is what stands there."""

from __future__ import annotations

from khaldun.errors import UngroundedQuote
from khaldun.model import Annotation, Report, Span, make_id


def check_annotation(annotation: Annotation) -> Annotation:
    """Gives the annotation back unchanged. Raises UngroundedQuote when any finding does not stand in the text."""
    for mention in annotation.mentions:
        check_quote(annotation.report, mention.span, mention.quote)
    end = len(annotation.report.text)
    for span in _spans(annotation):
        if not span.start < span.end <= end:
            check_span(annotation.report, span)
    return annotation


def check_quote(report: Report, span: Span, quote: str) -> None:
    """Raises UngroundedQuote unless `quote` is, character for character, what stands at `span`."""
    check_span(report, span)
    if span.of(report.text) != quote:
        raise UngroundedQuote(f"report {report.id}: {quote!r} is not what stands at [{span.start}, {span.end})")


def check_span(report: Report, span: Span) -> None:
    """Raises UngroundedQuote when `span` is empty or reaches past the text."""
    if not len(span) or span.end > len(report.text):
        raise UngroundedQuote(f"report {report.id}: [{span.start}, {span.end}) is not in the text")


def _spans(annotation: Annotation) -> list[Span]:
    spans = list(annotation.sentences)
    for attribution in annotation.attributions:
        spans += [*attribution.source, *attribution.cue, *attribution.content]
    for frame in annotation.frames:
        spans += [frame.trigger, frame.evidence, *(toll.span for toll in frame.tolls)]
        spans += [mention.span for filler in frame.roles.values() for mention in filler]
    for tie in annotation.ties:
        spans += [tie.evidence, tie.source.span, tie.target.span]
    return spans


def finding_id(report: Report, kind: str, span: Span) -> str:
    """The id of a finding: of the report, the kind of finding and the place in the text alone."""
    return make_id(report.id, kind, span.start, span.end)
