"""What somebody says next was said on the same occasion: by the same medium, through the same carriers, on that day.

"Omar Saleh told Reuters on Monday that the port was open. *He added* that ships would come.": he told Reuters that too.
It ends where another speaks, where the report tells other things in between, and where the next words have an occasion
of their own ("he said *in a statement*", "he *had said*").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.sayings.saying import WEAKEST_CLAIM
from khaldun.model import Attribution, hull

_ADJACENT = 2  # sentences from one saying to the next


def carried_on(attributions: Sequence[Attribution], parse: Parse) -> tuple[Attribution, ...]:
    """The attributions, those that go on with the same speaker with the medium, carriers and day of the one before."""
    starts = [passage.span(sentence).start for passage, sentence in parse.sentences()]
    titles = [p.span for p in parse.report.parts if p.kind == "title"]
    by_id = {a.id: a for a in attributions}
    last: Attribution | None = None
    number = -2
    for attribution in sorted(attributions, key=lambda a: hull(a.cue).start if a.cue else hull(a.content).start):
        if not _speaks(attribution, by_id) or hull(attribution.cue).within_any(titles):
            continue
        here = bisect_right(starts, hull(attribution.cue).start) - 1
        near = last is not None and last.speaker == attribution.speaker and 0 <= here - number <= _ADJACENT
        if near and last is not None and not _is_of_before(attribution, parse.report.text):
            by_id[attribution.id] = attribution = _on_the_same_occasion(attribution, last)
        last, number = attribution, here
    return tuple(by_id[a.id] for a in attributions)


def _speaks(attribution: Attribution, by_id: dict[str, Attribution]) -> bool:
    """True for a saying of the report's own telling: no hedge, no thought, nothing that others say was said."""
    if attribution.speaker is None or not attribution.cue or attribution.made_by.startswith(("hedge", "distance")):
        return False
    parent = by_id.get(attribution.parent or "")
    if parent is not None and parent.speaker not in {None, attribution.speaker}:
        return False
    return attribution.weight >= WEAKEST_CLAIM and attribution.determinate


def _is_of_before(attribution: Attribution, text: str) -> bool:
    return hull(attribution.cue).of(text).casefold().startswith(("had ", "has previously", "previously", "earlier"))


def _on_the_same_occasion(saying: Attribution, before: Attribution) -> Attribution:
    if saying.when.known and before.when.known and saying.when != before.when:
        return saying
    if saying.via or (saying.medium is not None and saying.medium != (before.medium or "interview")):
        return saying
    return replace(
        saying,
        via=before.via,
        medium=saying.medium or before.medium,
        when=saying.when if saying.when.known else before.when,
    )
