"""What a step finds in a passage before it becomes a mention, and who wins where two findings overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from khaldun.annotate.ground import finding_id
from khaldun.annotate.reading.sentences import Passage
from khaldun.copies import quickly_made
from khaldun.model import Mention, MentionForm, MentionKind, Quantity, Report, Span


@quickly_made
@dataclass(frozen=True, slots=True)
class Found:
    """A finding in the characters of its passage. `rule` says what found it; `rank` settles overlaps (low wins)."""

    span: Span
    rule: str
    form: MentionForm
    head: Span | None = None
    rank: int = 5
    kind: MentionKind = "actor"
    value: Quantity | None = None


def as_mention(report: Report, passage: Passage, found: Found) -> Mention:
    """The mention, in the characters of the report."""
    span = shift(found.span, passage.base)
    return Mention(
        id=finding_id(report, found.kind, span),
        span=span,
        quote=span.of(report.text),
        kind=found.kind,
        form=found.form,
        head=shift(found.head, passage.base) if found.head is not None else None,
        value=found.value,
        made_by=found.rule,
    )


def shift(span: Span, by: int) -> Span:
    """The same range, `by` characters on."""
    return Span(span.start + by, span.end + by)


_STRETCH = 256  # characters


def settle(findings: Iterable[Found]) -> list[Found]:
    """One finding per stretch: crossing or equal ones fall to the better rank, then to the longer; nested ones stay."""
    kept: list[Found] = []
    near: dict[int, list[Found]] = {}  # by stretches of the passage, so that only neighbours are compared
    for found in sorted(findings, key=lambda f: (f.rank, -len(f.span), f.span.start)):
        stretches = range(found.span.start // _STRETCH, found.span.end // _STRETCH + 1)
        if any(_clash(k, found) for n in stretches for k in near.get(n, ())):
            continue
        kept.append(found)
        for n in stretches:
            near.setdefault(n, []).append(found)
    return sorted(kept, key=lambda f: (f.span.start, -f.span.end))


def _clash(kept: Found, found: Found) -> bool:
    if not kept.span.overlaps(found.span):
        return False
    if kept.span == found.span:
        return True
    if kept.rule == "epithet" and found.rule.startswith("person:"):
        return False  # "*Shekau*'s loyalists" are the group, and he is somebody too
    if kept.head is not None and (kept.head == found.span or kept.head.overlaps(found.span)):
        return True
    if found.head is not None and found.head.overlaps(kept.span) and not kept.span.contains(found.span):
        return found.head != kept.span and not found.span.contains(kept.span)
    return not (kept.span.contains(found.span) or found.span.contains(kept.span))


def without_possessive(text: str, span: Span) -> Span:
    """The span without a final "'s" or apostrophe."""
    quote = span.of(text)
    for ending in ("'s", "’s", "'", "’"):
        if quote.endswith(ending):
            return replace(span, end=span.end - len(ending))
    return span
