"""What somebody was asked, or accused of by nobody who is named, and denies later in the same sentence.

"*Asked whether his jets had struck the clinic*, the general said the allegation was false": it is the strike that he
denies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from khaldun.annotate.sayings.saying import Saying, tokens_between
from khaldun.knowledge import word_list
from khaldun.model import Attribution, Span, hull

_PUT = frozenset(("question", "accuse"))
"""Stances of what is put to somebody."""
_ARTICLES = frozenset(("a", "an", "the", "that", "this", "any", "all", "such", "those", "these", "as"))


@cache
def _told_things() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "told_things")


def answered(told: Sequence[tuple[Saying, Attribution]], text: str) -> list[Attribution]:
    """The attributions in their order; a question or an accusation that somebody goes on to deny becomes his denial."""
    denials = [
        (s, a) for s, a in told if a.stance == "deny" and a.speaker is not None and _denies_what_was_put(a, text)
    ]
    if not denials:
        return [attribution for _, attribution in told]
    return _parted([_denied_by(s, a, denials) for s, a in told], [denial for _, denial in denials], text)


def _parted(told: Sequence[Attribution], denials: Sequence[Attribution], text: str) -> list[Attribution]:
    """ "The group accused the army of shelling the camp, *a charge the army rejected*": what is said ends before the
    denial that stands behind it, and that is what is denied."""
    changed: dict[str, Attribution] = {}
    for denial in denials:
        behind = hull([*denial.source, *denial.cue, *denial.content])
        for said in told:
            if said.stance != "deny" and len(said.content) == 1 and (kept := _up_to(behind, said.content[0], text)):
                changed[said.id] = replace(said, content=(kept,))
                changed[denial.id] = replace(denial, content=(kept,))
    return [changed.get(attribution.id, attribution) for attribution in told]


def _up_to(denial: Span, content: Span, text: str) -> Span | None:
    """What of the content stands before a denial that follows it behind a comma; None where none does."""
    comma = text.rfind(",", content.start, denial.start)
    if content.end > denial.end + 1 or text[denial.start : denial.start + 6].lower().startswith(
        ("which ", "who ", "that ")
    ):
        return None  # "the army, *which denied the charge*, shelled the camp"
    if comma <= content.start or text[comma + 1 : denial.start].strip() or content.end < comma:
        return None
    return Span(content.start, comma)


def _denied_by(put: Saying, asked: Attribution, denials: Sequence[tuple[Saying, Attribution]]) -> Attribution:
    if asked.stance not in _PUT or asked.speaker is not None or not _tells_deed(put):
        return asked
    for saying, denial in denials:
        follows = saying.passage is put.passage and hull(asked.content).end <= hull(denial.content).start
        if follows and saying.head.sent.start == put.head.sent.start:
            return replace(
                asked, stance="deny", speaker=denial.speaker, source=denial.source, cue=denial.cue, via=denial.via,
                made_by=f"{denial.made_by.removesuffix('+learned')}:asked",
            )  # fmt: skip
    return asked


def _tells_deed(put: Saying) -> bool:
    """False for "asked *about the raid*": that there was one is not what is denied."""
    return any(t.pos_ == "VERB" for t in tokens_between(put.passage, put.content[0]))


def _denies_what_was_put(denial: Attribution, text: str) -> bool:
    """True where the denial names no deed of its own: "denied *it*", "said *the allegation* was false"."""
    words = [w.strip("\"“”'’.,") for w in denial.content[0].of(text).lower().split()]
    first = next((w for w in words if w not in _ARTICLES or len(words) == 1), "")
    return first in _told_things() or first.removesuffix("s") in _told_things()
