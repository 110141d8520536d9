"""From sayings to attributions: ids, speakers and carriers, and which attribution lies inside which other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from khaldun.annotate.ground import finding_id
from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.sayings.cues import Lexicon
from khaldun.annotate.sayings.saying import Saying
from khaldun.annotate.voices.answers import answered
from khaldun.annotate.voices.speakers import (
    Roll,
    call_roll,
    find_carriers,
    find_medium,
    find_speakers,
    find_stance,
    find_time,
)
from khaldun.model import Attribution, Mention, Report, Span, hull


def settle(
    parse: Parse, sayings: Iterable[Saying], mentions: Sequence[Mention], lexicon: Lexicon
) -> tuple[Attribution, ...]:
    """The attributions of `sayings` in text order, with ids, speakers and parents."""
    report = parse.report
    roll = call_roll(mentions, parse, lexicon)
    made: dict[str, Attribution] = {}
    told = [(s, a) for s in sorted(sayings, key=_place) for a in _attributions(report, s, roll, lexicon)]
    for attribution in answered(told, report.text):
        _add(report, attribution, made)
    return _nested(list(made.values()))


def _place(saying: Saying) -> tuple[Span, Span, str]:
    return hull([*saying.cue, *saying.content]), hull(saying.cue), saying.made_by


def _attributions(report: Report, saying: Saying, roll: Roll, lexicon: Lexicon) -> Iterator[Attribution]:
    """One attribution, or one for each of several speakers ("the police and the army said")."""
    speakers = find_speakers(saying, roll, lexicon)
    attribution = Attribution(
        id=_id(report, saying.cue, saying.content, 0),
        source=saying.source,
        cue=saying.cue,
        content=saying.content,
        speaker=speakers[0] if speakers else None,
        via=find_carriers(saying, roll, lexicon, speakers),
        stance=find_stance(saying, speakers, roll, lexicon),
        type=saying.type,
        medium=find_medium(saying, lexicon),
        polarity="negative" if saying.negative else "positive",
        determinate=saying.determinate,
        when=find_time(saying, roll),
        weight=saying.score,
        share=saying.share,
        made_by=saying.made_by,
    )
    yield attribution
    for other in speakers[1:]:
        yield replace(attribution, speaker=other)


def _id(report: Report, cue: Iterable[Span], content: Iterable[Span], number: int) -> str:
    kind = "attribution" if number == 0 else f"attribution.{number}"
    return finding_id(report, kind, hull([*cue, *content]))


def _add(report: Report, attribution: Attribution, made: dict[str, Attribution]) -> None:
    """Adds the attribution under an id of its own, unless the same words by the same speaker are there already."""
    number = 0
    while (there := made.get(attribution.id)) is not None:
        same = (there.cue, there.content, there.speaker) == (attribution.cue, attribution.content, attribution.speaker)
        if same:
            return
        number += 1
        attribution = replace(attribution, id=_id(report, attribution.cue, attribution.content, number))
    made[attribution.id] = attribution


def _nested(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    holding = [a for a in attributions if not a.made_by.startswith("distance:")]
    parents = (_parent(a, holding) for a in attributions)
    return tuple(a if p is None else replace(a, parent=p) for a, p in zip(attributions, parents, strict=True))


def _parent(inner: Attribution, holding: Iterable[Attribution]) -> str | None:
    """The id of the innermost attribution whose content holds the cue of `inner`."""
    cue = hull(inner.cue)
    outer = [a for a in holding if a.id != inner.id and _holds(a, cue)]
    around = [a for a in outer if inner.made_by.startswith("distance:") or not _holds(inner, hull(a.cue))]
    return min(around, key=lambda a: sum(len(c) for c in a.content)).id if around else None


def _holds(outer: Attribution, cue: Span) -> bool:
    return cue.within_any(outer.content)
