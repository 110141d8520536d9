"""From sayings to attributions: who the speaker is, who carried the words, when, by what medium, inside which other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from khaldun.annotate.cues import Lexicon
from khaldun.annotate.ground import finding_id
from khaldun.annotate.saying import Saying
from khaldun.model import Attribution, Mention, Report, Span, hull


def settle(
    report: Report, sayings: Sequence[Saying], mentions: Sequence[Mention], lexicon: Lexicon
) -> tuple[Attribution, ...]:
    """The attributions of `sayings` in text order, with ids, speakers and parents."""
    seen: dict[str, Attribution] = {}
    for saying in sorted(sayings, key=_place):
        made = _attribution(report, saying)
        seen.setdefault(made.id, made)
    return _nested(list(seen.values()))


def _place(saying: Saying) -> tuple[Span, Span]:
    return hull([*saying.cue, *saying.content]), hull(saying.cue)


def _attribution(report: Report, saying: Saying) -> Attribution:
    return Attribution(
        id=finding_id(report, "attribution", hull([*saying.cue, *saying.content])),
        source=saying.source,
        cue=saying.cue,
        content=saying.content,
        stance=saying.stance,
        type=saying.type,
        medium=saying.medium,
        polarity="negative" if saying.negative else "positive",
        determinate=saying.determinate,
        score=saying.score,
        made_by=saying.made_by,
    )


def _nested(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    return tuple(replace(a, parent=_parent(a, attributions)) for a in attributions)


def _parent(inner: Attribution, attributions: Iterable[Attribution]) -> str | None:
    cue = hull(inner.cue)
    around = [a for a in attributions if a.id != inner.id and any(c.contains(cue) for c in a.content)]
    around.sort(key=lambda a: (sum(len(c) for c in a.content), a.id))
    return around[0].id if around else None
