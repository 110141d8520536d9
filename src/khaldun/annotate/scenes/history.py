"""What is told as older than the news of the report: "in 2011", "last year", "had seized it before that".

The news is what the report tells first. What words date to weeks before it is history, and so is what stands within
something said that long ago. The past perfect in the report's own voice looks back too ("Rebels *had seized* the town
from a militia"), unless it may tell how the news came about ("the gunmen *had opened* fire").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.knowledge import load_data
from khaldun.model import Attribution, Frame, Mention, When
from khaldun.ontology import Kinds

_WEEKS = timedelta(days=14)
_BY_WORDS = ("stated", "relative")
# Acts of speech carry the news and are seldom the news: "accused the army of killing 300 people *in 2016*".
_SPEECH = (
    "media.release",
    "accuse",
    "request",
    "reject",
    "threaten",
    "support",
    "investigate",
    "declaration",
    "concede",
)


def with_history(
    frames: Sequence[Frame], parse: Parse, attributions: Sequence[Attribution], kinds: Kinds
) -> tuple[Frame, ...]:
    """The frames; events older than the news have `history` among their values."""
    events = [f for f in frames if kinds[f.kind].family == "event"]
    lead = next((f for f in events if may_lead(f)), None)
    if lead is None:
        return tuple(frames)
    day = lead.when.latest if lead.when.basis in _BY_WORDS else parse.report.published.latest
    said = {a.id: a.when for a in attributions}
    older = {f.id for f in events if f is not lead and _is_older(f, lead, day, said, parse)}
    return tuple(replace(f, values={**f.values, "history": "yes"}) if f.id in older else f for f in frames)


def _is_older(frame: Frame, lead: Frame, news: date | None, said: Mapping[str, When], parse: Parse) -> bool:
    if frame.modality != "actual":
        return False
    if news is not None and (dated := _last_day(frame.when)) is not None:
        return dated + _WEEKS < news
    told = said.get(frame.attribution or "")
    if told is not None:
        return news is not None and told.latest is not None and told.latest + _WEEKS < news
    passage = next((p for p in parse.passages if p.extent.contains(frame.trigger)), None)
    tokens = passage.tokens(frame.trigger) if passage is not None else None
    return frame.when.basis == "published" and tokens is not None and looks_back(frame, tokens.root, lead)


def may_lead(frame: Frame) -> bool:
    """True for a happening that can be the news of a report."""
    return frame.modality == "actual" and not frame.background and not frame.kind.startswith(_SPEECH)


def _last_day(when: When) -> date | None:
    """The last day that words give; of what the narrative went on to, the day that it went on from."""
    if when.basis == "narrative":
        return when.anchor
    return when.latest if when.basis in _BY_WORDS else None


def looks_back(frame: Frame, verb: Token, lead: Frame) -> bool:
    """True where the words of the trigger tell of what was before the lead: "had captured it", "previously bombed"."""
    if any(c.dep_ == "advmod" and c.lower_ in _words("before") for c in verb.children):
        return True
    return _is_past_perfect(verb) and not _may_be_how(frame, lead)


def is_of_no_day(word: Token) -> bool:
    """True for what the words tell of as going on or as come about more than once: "has been *repeatedly* raided", "had
    been trying", "*recent* advances"."""
    if word.pos_ in ("NOUN", "PROPN"):
        if any(c.dep_ == "amod" and c.lower_ in _words("many") for c in word.children):
            return True
        above = next((t for t in word.ancestors if t.pos_ in ("VERB", "AUX")), None)  # "was *often* hit in raids"
        return above is not None and word.dep_ == "pobj" and is_of_no_day(above)
    had = {c.lower_ for c in word.children if c.dep_ == "aux"}
    if word.dep_ == "xcomp" and word.head.tag_ == "VBG":
        return is_of_no_day(word.head)
    if word.tag_ == "VBG" and "been" in had and had & {"had", "has", "have"}:
        return True
    return any(c.dep_ == "advmod" and c.lower_ in _words("often") for c in word.children)


def is_of_late(word: Token) -> bool:
    """True for what has led to how things stand now, whenever it was: "has *returned* to their control"."""
    return word.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in word.children)


def _is_past_perfect(verb: Token) -> bool:
    return (
        verb.tag_ in ("VBN", "VBD")
        and any(c.dep_ == "aux" and c.lower_ in ("had", "'d") for c in verb.children)
        and not any(c.dep_ == "advmod" and c.lower_ in ("already", "just") for c in verb.children)
        and not any(c.dep_ == "prep" and c.lower_ == "by" for c in verb.children)
    )


def _may_be_how(frame: Frame, lead: Frame) -> bool:
    """Force told beside force may be one happening, unless one does it to another who did the news."""
    if frame.kind.split(".")[0] != lead.kind.split(".")[0]:
        return not _names(frame.roles.get("actor", ())) and lead.kind.startswith("assault.")
    ours, theirs = (_names(f.roles.get("actor", ())) for f in (frame, lead))
    return not ours or not theirs or bool(ours & theirs)


def _names(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(m.entity for m in mentions if m.entity is not None)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_data("lexicons/en/backgrounds.yaml")[kind])
