"""Another's figure, set against one that was told: "the hospital says 45 were killed, *the army says nine*".

The second teller's verb has a bare number behind it, or is left out: "the hospital put the dead at 45, *the army at
nine*"; "45 died by the hospital's count *and nine by the army's*".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import cache

from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.reading.starts import finder
from khaldun.annotate.sayings.saying import Saying, tokens_between
from khaldun.annotate.slips.speakers import can_speak
from khaldun.annotate.words import Token
from khaldun.model import Span, hull

_NUMBER = (
    r"\d[\d,]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens|scores|hundreds"
)
_WHO = r"(?:the |an? |its |their |local )?[\w'’.-]+(?: [\w'’.-]+){0,3}?"
_CUE = (
    r"says?|said|puts? (?:it|them|the (?:number|figure|toll|count|dead|death toll)) at|gives?|gave|count(?:s|ed)?|at|"
    r"report(?:s|ed)?|claim(?:s|ed)?|insist(?:s|ed)?(?: on)?|admit(?:s|ted)?(?: to)?|acknowledge[sd]?|"
    r"list(?:s|ed)?|record(?:s|ed)?|"
    r"speaks? of|spoke of"
)
_JOINT = r"(?:[,;]|[,;]? (?:but|while|whereas|and|though))"
_END = r"(?=\s*(?:[,.;:]|$|dead\b|killed\b|of them\b))"
_MORE = r"(?:only |just |at least |more than |about |some |no more than )?"
_AGAINST = (
    re.compile(rf"{_JOINT} (?P<who>{_WHO}) (?P<cue>{_CUE}) {_MORE}(?P<n>{_NUMBER}){_END}"),
    re.compile(rf"{_JOINT} (?P<who>the [\w'’-]+(?: [\w'’-]+)?)(?P<cue>,?) {_MORE}(?P<n>{_NUMBER})(?=\s*(?:[.;]|$))"),
    re.compile(rf"\band {_MORE}(?P<n>{_NUMBER}) (?P<cue>by) (?P<who>the [\w-]+(?: [\w-]+)?['’]s?)(?=\s*(?:[,.;]|$))"),
)
_TWO = 2
_FIGURE = re.compile(rf"\b(?:{_NUMBER})\b", re.I)


@cache
def _figures() -> Callable[[str], Iterable[re.Match[str]]]:
    return finder(_FIGURE)


@dataclass(frozen=True, slots=True)
class Rival:
    """Who gives the other figure, by which words, the figure, and all of it with the joint before."""

    who: Span
    cue: Span
    figure: Span
    whole: Span


def rivals_in(passage: Passage, text: str) -> Iterator[Rival]:
    """The rival figures of a passage, each behind another figure of its sentence."""
    words = passage.extent.of(text)
    if len(list(_figures()(words))) < _TWO:
        return
    for pattern in _AGAINST:
        for found in pattern.finditer(words):
            start = passage.extent.start
            rival = Rival(*(Span(start + found.start(g), start + found.end(g)) for g in ("who", "cue", "n", 0)))
            if _stands(rival, passage, words[: found.start()]):
                yield rival


def _stands(rival: Rival, passage: Passage, before: str) -> bool:
    """True where a speaker is set against a teller of another figure before it."""
    speakers = [t for t in tokens_between(passage, rival.who) if t.tag_ != "POS" and not t.is_punct]
    if not speakers or not can_speak(speakers[-1]) or any(t.pos_ in ("VERB", "AUX") for t in speakers):
        return False
    sentence = re.split(r"(?<=[a-z0-9])\. (?=[A-Z])", before)[-1]
    return _FIGURE.search(sentence) is not None and _TOLD.search(sentence) is not None


_TOLD = re.compile(
    r"\b(?:sa(?:ys?|id)|puts?|count|according|tolls?|reports?|reported|claim(?:s|ed)|gave|gives|spoke|by)\b"
)


def with_rivals(sayings: Sequence[Saying], parse: Parse) -> list[Saying]:
    """The sayings, with one for each rival figure; the others end before it."""
    found = list(sayings)
    for passage in parse.passages:
        for rival in rivals_in(passage, parse.report.text):
            speaker = [t for t in tokens_between(passage, rival.who) if t.tag_ != "POS" and not t.is_punct][-1]
            found = [kept for s in found if (kept := _before(s, rival)) is not None]
            found.append(_saying(rival, speaker, passage))
    return found


def _saying(rival: Rival, speaker: Token, passage: Passage) -> Saying:
    return Saying(
        passage=passage,
        head=speaker,
        cue=(rival.cue,) if len(rival.cue) else (),
        content=(_figure_told(rival, passage),),
        source=(rival.who,),
        speaker=speaker,
        score=0.9,
        made_by="words",
    )


def _figure_told(rival: Rival, passage: Passage) -> Span:
    """The figure with the words behind it: "15 *dead*"."""
    if rival.figure.end < rival.who.end:
        return rival.figure
    behind = _BEHIND.match(passage.doc.text, rival.figure.end - passage.base)
    return Span(rival.figure.start, behind.end() + passage.base) if behind is not None else rival.figure


_BEHIND = re.compile(r"[^,.;:\n]*")


def _before(saying: Saying, rival: Rival) -> Saying | None:
    """The saying without the rival's words; None for the one that was read at the rival's own cue."""
    if saying.cue and rival.whole.contains(hull(saying.cue)):
        return None
    content = tuple(
        Span(c.start, rival.whole.start) if c.start < rival.whole.start < c.end else c
        for c in saying.content
        if not rival.whole.contains(c)
    )
    return saying if content == saying.content else changed(saying, content=content) if content else None
