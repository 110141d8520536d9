"""The frame of a relation between two parties, with its evidence and the time that its own words give."""

from __future__ import annotations

from collections.abc import Mapping

from khaldun.annotate.circumstances import time_of, until_published
from khaldun.annotate.factuality import Reading
from khaldun.annotate.fillers import Fillers
from khaldun.annotate.ground import finding_id
from khaldun.annotate.ties import ties
from khaldun.annotate.words import Token
from khaldun.model import UNKNOWN_TIME, Frame, Mention, Report, Span, When, hull

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
        when=_tie_time(word, fillers, report),
        weight=0.8,
        made_by=f"rule:relations/{kind}",
    )


def _near(*spans: Span) -> bool:
    return max(s.end for s in spans) - min(s.start for s in spans) < 400


def _tie_time(word: Token, fillers: Fillers, report: Report) -> When:
    """A tie has the time its own words give, or none: an office may be older than the report."""
    for child in word.children:
        if child.dep_ == "advcl" and any(c.lower_ == "until" for c in child.children):
            ended = time_of(child, fillers, report, Reading())  # "who led the group until he was killed in June"
            return When(None, ended.latest, ended.basis, ended.anchor, ended.span)
    if word.pos_ in {"NOUN", "PROPN"} and before_title(word) & ties().former:
        return until_published(report, Reading())  # "then the chairman": no longer
    if word.pos_ not in {"VERB", "AUX"} or word.dep_ in {"amod", "acl"}:
        return UNKNOWN_TIME  # a title or a modifier does not take the time of its clause
    when = time_of(word, fillers, report, Reading())
    return when if when.basis not in {"published", "none"} else UNKNOWN_TIME


def before_title(title: Token) -> frozenset[str]:
    """The words that weaken or date a title, wherever the parser hangs them: "*ex*-commander", "*once* a commander"."""
    hung = {
        c.lower_.rstrip("-")
        for c in title.subtree
        if c.i < title.i and c.dep_ in {"amod", "advmod", "compound", "nmod", "neg"}
    }
    for i in range(title.i - 1, max(title.sent.start, title.i - _BACK) - 1, -1):
        before = title.doc[i]
        if before.pos_ not in _WORDS and before.tag_ not in ("VBN", "POS") and before.text not in ("-", "a", "an"):
            break
        hung.add(before.lower_)
    return frozenset(hung)


_WORDS = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
_BACK = 5  # words before a title
