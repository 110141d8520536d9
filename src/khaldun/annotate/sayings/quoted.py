"""From the tokens of a content to its characters: whole quotations, those that go straight on, clean edges."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.sayings.quotes import Quotation
from khaldun.annotate.sayings.saying import Scene, joined, runs, trimmed
from khaldun.annotate.words import Token
from khaldun.model import Span, hull

# Words at the head of a clause that are not part of what is said: "said *that* the road was cut".
COMPLEMENTISERS = frozenset(("that",))
# A quotation shorter than this that does not follow at once is a word in marks, not speech that goes on.
_SHORTEST_CONTINUATION = 12


def content_spans(scene: Scene, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The stretches of `tokens`, without a leading complementiser."""
    tokens = sorted(tokens, key=lambda t: t.i)
    while tokens and _is_lead(tokens[0]):
        tokens = tokens[1:]
    return tuple(scene.passage.span(run) for run in runs(tokens))


def _is_lead(token: Token) -> bool:
    if token.is_punct:
        return token.text not in "\"'(["
    return token.text.lower() in COMPLEMENTISERS and (token.dep_ == "mark" or token.tag_ in ("IN", "WDT"))


def grown(scene: Scene, spans: Sequence[Span], cue: Token, *, quotations: bool = True) -> tuple[Span, ...]:
    """The spans widened to whole quotations, with the quotations that go straight on, trimmed and in order.

    `cue` is a token of the cue: a quotation round it is never grown into. With `quotations` false the spans are
    only trimmed.
    """
    at = scene.passage.at(cue)
    pieces = list(spans)
    if quotations:
        outside = [q for q in scene.quotations if not q.outer.overlaps(at)]
        pieces = [_whole(scene, span, outside, at) for span in spans]
        if pieces and any(q.outer.overlaps(p) for q in outside for p in pieces):
            pieces += _continuations(scene, pieces, outside, at)
    cleaned = [_unquoted(scene, p) for p in joined(pieces, scene.text)]
    return tuple(span for span in cleaned if span is not None)


def _whole(scene: Scene, span: Span, quotations: Sequence[Quotation], at: Span) -> Span:
    for quotation in quotations:
        outer = quotation.outer
        if (outer.overlaps(span) and not span.contains(outer)) or _joins(scene, span, quotation, at):
            wide = hull([span, outer])
            if not wide.overlaps(at):
                span = wide
    return span


def _joins(scene: Scene, span: Span, quotation: Quotation, at: Span) -> bool:
    """True for marked words that go on in the same sentence: "said he paid the guide, “*as one does*.”"."""
    outer = quotation.outer
    if outer.start < span.end or at.start > span.end or not scene.span.contains(_first(quotation)):
        return False
    between = "".join(scene.text[span.end : outer.start].split())
    return between in ("", ",") and not _has_own_cue(scene, quotation)


def _continuations(scene: Scene, pieces: Sequence[Span], quotations: Sequence[Quotation], at: Span) -> list[Span]:
    """Quotations that follow the attributed words in the same paragraph, sentence after sentence.

    "We are staying," she said. "*We have nowhere to go.*" "*Nobody asked us.*" A quotation with a cue of its own
    behind it ("*…*," he added) belongs to that.
    """
    end = max(p.end for p in pieces)
    if at.end > end:
        end = max(end, scene.span.end)
    found: list[Span] = []
    for quotation in quotations:
        if quotation.outer.start < end or not scene.passage.extent.contains(_first(quotation)):
            continue
        if any(c.isalnum() for c in scene.text[end : quotation.outer.start]) or _has_own_cue(scene, quotation):
            break
        if len(quotation.inner) < _SHORTEST_CONTINUATION and quotation.outer.start > end + 2:
            break
        found.append(quotation.outer)
        end = quotation.outer.end
    return found


def _first(quotation: Quotation) -> Span:
    return Span(quotation.outer.start, quotation.outer.start + 1)


def _has_own_cue(scene: Scene, quotation: Quotation) -> bool:
    """True where the words go on behind the marks within the sentence: "…," he said."""
    inner, extent = quotation.inner, scene.passage.extent
    if inner.of(scene.text).rstrip().endswith(","):
        return True
    rest = scene.text[quotation.outer.end : extent.end].lstrip()
    return bool(rest) and (rest[0].islower() or rest[0] in ",;")


def _unquoted(scene: Scene, span: Span) -> Span | None:
    """A piece without its outer quotation marks and edge punctuation, when it lies in one quotation."""
    kept = trimmed(scene.text, _without_stray_marks(scene, span))
    if kept is None:
        return None
    for quotation in scene.quotations:
        if quotation.outer.start <= kept.start and kept.end <= quotation.outer.end:
            inner = quotation.inner
            cut = Span(max(kept.start, inner.start), min(kept.end, inner.end)) if inner.overlaps(kept) else kept
            return trimmed(scene.text, cut)
    return kept


def _without_stray_marks(scene: Scene, span: Span) -> Span:
    """A span without a mark at its edge that belongs to no quotation (a table cell's, or one never closed)."""
    start, end = span.start, span.end
    starts = {q.outer.start for q in scene.quotations}
    ends = {q.outer.end for q in scene.quotations}
    while start < end and scene.text[start] in '"“”' and start not in starts:
        start += 1
    while start < end and scene.text[end - 1] in '"“”' and end not in ends:
        end -= 1
    return Span(start, end)
