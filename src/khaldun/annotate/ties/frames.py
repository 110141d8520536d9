"""The frame of a relation between two parties, with its evidence and the time that its own words give."""

from __future__ import annotations

from collections.abc import Mapping

from khaldun.annotate.ground import finding_id
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.ties.times import tie_time
from khaldun.annotate.words import Token
from khaldun.model import Frame, Mention, Report, Span, hull

BODIES = frozenset({"armed_group", "state_force", "organisation", "government", "state", "media"})
"""Who is more than a person or a crowd: one can be of them."""
FIGHTERS = frozenset({"armed_group", "state_force", "state", "government"})
"""Who fights, or has it done."""


def tie_frame(
    kind: str,
    source: Mention,
    target: Mention | None,
    word: Token,
    fillers: Fillers,
    report: Report,
    values: Mapping[str, str] | None = None,
) -> Frame:
    """The frame of a tie that `word` states; an office may be told without the body that it is of."""
    trigger = fillers.passage.at(word)
    ends = [source.span, *([target.span] if target is not None else ())]
    if not _near(trigger, *ends):  # an end that is named elsewhere is no part of the words
        ends = [source.span] if _near(trigger, source.span) else []
    evidence = hull([trigger, *ends])
    other = target.id if target is not None else "none"
    return Frame(
        id=finding_id(report, f"relation:{kind}:{source.id}:{other}", trigger),
        kind=kind,
        trigger=trigger,
        evidence=evidence,
        roles={"source": (source,), **({"target": (target,)} if target is not None else {})},
        values=dict(values or {}),
        when=tie_time(word, source, fillers, report),
        weight=0.8,
        made_by=f"rule:relations/{kind}",
    )


def _near(*spans: Span) -> bool:
    return max(s.end for s in spans) - min(s.start for s in spans) < 400
