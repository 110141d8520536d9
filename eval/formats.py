"""What Khaldun finds in a text, renamed into the labels of each benchmark: the layers below events.

Nothing is decided here that a user of `extract` does not get: spans, kinds and values are those of the annotation.
What a benchmark asks for in another cut (no nesting, one label a span) is stated at its function.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any, TypeAlias

from khaldun.model import Attribution, Frame, Locus, Mention, Span, Timex
from khaldun.workflow.extraction import Reading

Prediction: TypeAlias = dict[str, Any]


def pair(span: Span) -> list[int]:
    """`[start, end)` as the benchmarks write it."""
    return [span.start, span.end]


def ends(span: Span) -> dict[str, int]:
    """The same with its ends named."""
    return {"start": span.start, "end": span.end}


# ------------------------------------------------------------------------------------------------ polnear

WEAKEST_ATTRIBUTION = 0.0
"""Attributions below this score are left out. The corpus counts knowing, wanting and hoping as attribution, so all
are kept, those too that Khaldun's record takes for no claim."""


def polnear(reading: Reading) -> Prediction:
    """Attributions. The corpus never nests: of one inside another's content only the outer is given. It has one
    content at a cue where Khaldun keeps the sentences of a quotation apart; they are put together again."""
    kept = [a for a in reading.annotation.attributions if a.content and a.score >= WEAKEST_ATTRIBUTION]
    return {"attributions": [_attribution(a) for a in _outermost(_whole(kept))]}


def _whole(attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Of one source at one cue all contents together."""
    groups: dict[tuple[object, ...], list[Attribution]] = {}
    for found in attributions:
        groups.setdefault((found.source, found.cue), []).append(found)
    for same in groups.values():
        yield replace(same[0], content=tuple(sorted({span for a in same for span in a.content})))


def _outermost(attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    attributions = tuple(attributions)
    for inner in attributions:
        marks = inner.cue or inner.content
        others = (outer for outer in attributions if outer is not inner)
        if not any(_holds(outer, marks) and not _holds(inner, outer.cue) for outer in others):
            yield inner


def _holds(outer: Attribution, spans: Iterable[Span]) -> bool:
    spans = tuple(spans)
    return bool(spans) and all(any(piece.contains(span) for piece in outer.content) for span in spans)


def _attribution(found: Attribution) -> Prediction:
    roles = (("source", found.source), ("cue", found.cue), ("content", found.content))
    return {role: [pair(span) for span in spans] for role, spans in roles}


# ------------------------------------------------------------------------------------------------ temporal


def temporal(reading: Reading) -> Prediction:
    """Times with their TIMEX3 reading; the interval is given only where there is one."""
    return {"times": [_time(m) for m in reading.annotation.mentions if m.kind == "time"]}


def _time(mention: Mention) -> Prediction:
    timex = mention.value if isinstance(mention.value, Timex) else Timex("DATE", "")
    found: Prediction = {**ends(mention.span), "type": timex.type, "value": timex.value}
    when = mention.when
    if when is not None and when.known:
        found |= {"earliest": _iso(when.earliest), "latest": _iso(when.latest)}
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


# ------------------------------------------------------------------------------------------------ geo


def geo(reading: Reading) -> Prediction:
    """Places by name, adjectives ("Syrian") and names within other names among them; "the town" is not one."""
    return {"places": [_place(m) for m in reading.annotation.mentions if is_place(m)]}


def is_place(mention: Mention) -> bool:
    """Whether the benchmark is given the mention."""
    named = mention.form == "name" or any(letter.isupper() for letter in mention.quote)
    return mention.kind == "place" and isinstance(mention.value, Locus) and mention.form != "pronoun" and named


def _place(mention: Mention) -> Prediction:
    point = mention.value if isinstance(mention.value, Locus) else Locus("")
    return {**ends(mention.head or mention.span), "lat": point.lat, "lon": point.lon, "geonameid": point.geonames}


# ------------------------------------------------------------------------------------------------ re3d

_KIND_LABELS = {"place": "Location", "time": "Temporal", "count": "Quantity", "weapon": "Weapon"}
_TIE_LABELS = {
    "member_of": "BelongsTo",
    "part_of": "BelongsTo",
    "loyal_to": "BelongsTo",
    "spokesman_of": "BelongsTo",
    "leads": "InChargeOf",
    "commands": "InChargeOf",
    "holds_office": "InChargeOf",
    "allied_with": "AlliesOf",
    "affiliated_with": "AlliesOf",
    "fights": "FightingAgainst",
    "rival_of": "FightingAgainst",
}
_FIGHTING = frozenset({"assault.clash", "assault.attack", "assault.offensive", "assault.aerial"})


_ARTICLE = re.compile(r"\b(?:the|an?)\s$", re.IGNORECASE)


def re3d(reading: Reading) -> Prediction:
    """Mentions as entities, ties and shared places as relations. The corpus takes the article along."""
    text = reading.report.text
    relations = [
        {"type": label, "source": ends(with_article(a.span, text)), "target": ends(with_article(b.span, text))}
        for label, a, b in _relations(reading)
    ]
    return {"entities": [entity for _, entity in entities(reading)], "relations": relations}


def entities(reading: Reading) -> Iterator[tuple[Mention, Prediction]]:
    """The mentions that the corpus would label, each with its entity."""
    mentions, types = reading.annotation.mentions, {e.id: e.type for e in reading.annotation.entities}
    actors = [m.span for m in mentions if m.kind == "actor"]
    wholes = _wholes(mentions)
    for m in mentions:
        label = _label(m, types.get(m.entity or ""), layered=bool(wholes))
        inner = any(w.span != m.span and w.span.contains(m.span) for w in wholes)
        if label is not None and not _within_actor(m, actors) and not inner:
            yield m, {**ends(with_article(m.span, reading.report.text)), "type": label}


def _relations(reading: Reading) -> tuple[_Relation, ...]:
    """The ties that the rules state and those that the layer sees; of one pair the rules' are given. Without the layer,
    an actor is where its happening is."""
    stated = (*(tie for _, tie in ties(reading)), *_synonyms(reading))
    if not reading.annotation.ties:
        return (*stated, *_together(reading))
    held = {frozenset((a.id, b.id)) for _, a, b in stated}
    return (*stated, *(t for t in _seen(reading) if frozenset((t[1].id, t[2].id)) not in held))


def with_article(span: Span, text: str) -> Span:
    """The span with the article that stands right before it."""
    before = _ARTICLE.search(text[max(0, span.start - 6) : span.start])
    return Span(span.start - len(before.group()), span.end) if before else span


def _within_actor(mention: Mention, actors: Iterable[Span]) -> bool:
    """ "Iraqi" in "Iraqi forces", which the corpus does not label."""
    return mention.kind == "place" and mention.form == "description" and any(a.contains(mention.span) for a in actors)


def _wholes(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions with the words of a whole noun phrase; the corpus labels nothing inside one."""
    return [m for m in mentions if "learned" in m.made_by]


def _label(mention: Mention, type: str | None, *, layered: bool) -> str | None:
    """What the learned layer takes the phrase for, else what the kind says. Counts and adjectives ("Libyan") are
    given only where the layer marks them: the corpus leaves most without a label."""
    taken_for = _TAKEN_FOR.search(mention.made_by)
    if taken_for is not None:
        return taken_for.group(1)
    if mention.kind == "count" or (mention.kind == "place" and mention.form == "description"):
        return None if layered else _KIND_LABELS[mention.kind]
    if mention.kind == "actor":
        return "Person" if type == "person" else "Organisation"
    return _KIND_LABELS.get(mention.kind)


_TAKEN_FOR = re.compile(r"learned:([A-Z]\w+)$")

_Relation: TypeAlias = tuple[str, Mention, Mention]


def ties(reading: Reading) -> Iterator[tuple[Frame, _Relation]]:
    """Ties and the fighting of violent events, each with its frame."""
    for frame in reading.annotation.frames:
        if frame.kind in _TIE_LABELS and not frame.negated:
            label, left, right = _TIE_LABELS[frame.kind], "source", "target"
        elif frame.kind in _FIGHTING and not frame.negated:
            label, left, right = "FightingAgainst", "actor", "target"
        else:
            continue
        yield from ((frame, (label, a, b)) for a in frame.roles.get(left, ()) for b in frame.roles.get(right, ()))


def _seen(reading: Reading) -> Iterator[_Relation]:
    """What the layer sees, in the labels that it was taught."""
    for tie in reading.annotation.ties:
        if tie.factuality != "denied":
            yield tie.made_by.rpartition(":")[2], tie.source, tie.target


def _together(reading: Reading) -> Iterator[_Relation]:
    """An actor or target of a happening is where the happening is."""
    for frame in reading.annotation.frames:
        sides = [m for role in ("actor", "target") for m in frame.roles.get(role, ()) if m.kind == "actor"]
        for place in frame.roles.get("place", ()):
            yield from (("CoLocated", side, place) for side in sides if not side.span.overlaps(place.span))


def _synonyms(reading: Reading) -> Iterator[_Relation]:
    """A name and the other name in brackets right after it: "the Libyan National Army (LNA)"."""
    text = reading.report.text
    names = [m for m in reading.annotation.mentions if m.entity and m.form in ("name", "acronym")]
    for first, second in combinations(names, 2):
        between = text[first.span.end : max(first.span.end, second.span.start)]
        if first.entity == second.entity and between.strip() in ("(", "["):
            yield "IsSynonymOf", first, second
