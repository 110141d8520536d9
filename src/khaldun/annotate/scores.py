"""The score of every finding, by the way in which it was made (see `khaldun.likelihood`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from khaldun.copies import replace
from khaldun.likelihood import Way, likelihood
from khaldun.model import Annotation, Attribution, Entity, Frame, Locus, Mention, Timex
from khaldun.ontology import Kinds, kind


def with_scores(annotation: Annotation, *, layered: bool, known: Kinds | None = None) -> Annotation:
    """The annotation with the score of every finding. `layered` says whether the learned layer was asked."""
    scores = {id: likelihood(way) for id, way in ways(annotation, layered=layered, known=known)}
    mentions = tuple(replace(m, score=scores[m.id]) for m in annotation.mentions)
    by_id = {m.id: m for m in mentions}
    return replace(
        annotation,
        mentions=mentions,
        attributions=tuple(replace(a, score=scores[a.id]) for a in annotation.attributions),
        frames=tuple(_scored(frame, scores[frame.id], by_id) for frame in annotation.frames),
    )


def _scored(frame: Frame, score: float, mentions: Mapping[str, Mention]) -> Frame:
    roles = {role: tuple(mentions.get(m.id, m) for m in filled) for role, filled in frame.roles.items()}
    return replace(frame, roles=roles, score=score)


# ------------------------------------------------------------------------------------------------ ways


def ways(annotation: Annotation, *, layered: bool, known: Kinds | None = None) -> Iterator[tuple[str, Way]]:
    """The id of every mention, attribution and frame, and the way in which it was made."""
    entities = {e.id: e for e in annotation.entities}
    for mention in annotation.mentions:
        yield mention.id, way_of_mention(mention, entities.get(mention.entity or ""), layered=layered)
    for attribution in annotation.attributions:
        yield attribution.id, way_of_attribution(attribution)
    for frame in annotation.frames:
        yield frame.id, way_of_frame(frame, known)


def way_of_mention(mention: Mention, entity: Entity | None, *, layered: bool) -> Way:
    """Of a time its basis and rule; of a place how it was found; of all others who found them, and their form."""
    if mention.kind == "time":
        return _way_of_time(mention)
    if mention.kind == "place":
        return _way_of_place(mention, layered=layered)
    type = (entity.type if entity is not None else None) or "unknown"
    return Way("mention", (mention.kind, _finder(mention.made_by, layered=layered), mention.form, type))


def _finder(made_by: str, *, layered: bool) -> str:
    """Who found it: "rule" (the layer saw nothing), "alone" (a rule, no layer asked), "learned" or "both"."""
    if made_by.startswith("learned"):
        return "learned"
    return "both" if "+learned" in made_by else "rule" if layered else "alone"


def _way_of_time(mention: Mention) -> Way:
    type = mention.value.type if isinstance(mention.value, Timex) else "DATE"
    basis = mention.when.basis if mention.when is not None else "none"
    rule = mention.made_by.removeprefix("times.").partition(".")[0]
    return Way("time", (type, basis, rule))


_CLEAR = 0.2
"""A candidate ahead of the next by this much is the clear choice among several."""

_GOOD = 0.9
"""A candidate fits well from here on: below it, the gazetteer's best is often a namesake of the place that is meant."""


def _way_of_place(mention: Mention, *, layered: bool) -> Way:
    """Of a located place its kind, how well the best candidate fits, and how clear the choice was; of one in no
    gazetteer whether the layer takes it for a place too."""
    if mention.made_by.startswith("learned"):
        return Way("place", ("learned",))
    point = mention.value if isinstance(mention.value, Locus) else Locus("")
    if point.lat is not None:
        kind_ = point.kind if point.kind in ("country", "adm1") else "other"
        return Way("place", (kind_, *_choice(mention)))
    taken_for = mention.made_by.partition("+learned:")[2]
    seen = {"Location": "agreed", "": "unseen"}.get(taken_for, "otherwise")
    return Way("place", ("unlocated", seen) if layered else ("unlocated",))


def _choice(mention: Mention) -> tuple[str, ...]:
    """How well the best of the gazetteer's candidates fits, and how far it was ahead. Without any, the point is that of
    a place told beside it."""
    scores = sorted((c.score for c in mention.candidates), reverse=True)
    if not scores:
        return ("beside",)
    fit = "good" if scores[0] >= _GOOD else "poor"
    if len(scores) == 1:
        return fit, "one"
    return fit, "clear" if scores[0] - scores[1] >= _CLEAR else "close"


def way_of_attribution(attribution: Attribution) -> Way:
    """Who made it, and the layer's own score. A hedge ("reportedly") and a mark of distance have no source."""
    return Way("attribution", (maker(attribution.made_by, attribution.share),), attribution.share)


_GOES_ON = frozenset(("quote", "goes_on"))
"""Words in marks, or in the first person, that go on what was said before: as sure as that."""


def maker(made_by: str, share: float) -> str:
    """Who made an attribution: "rule" (the layer saw nothing), "alone" (no layer asked), "learned", "both", "hedge"."""
    if made_by.endswith("+learned") or (made_by in _GOES_ON and share > 0):
        return "both"
    if made_by.endswith("learned"):
        return "learned"
    return "hedge" if made_by.startswith(("hedge", "distance")) else "alone" if share < 0 else "rule"


def way_of_frame(frame: Frame, known: Kinds | None = None) -> Way:
    """Of an event its PLOVER type and manner; of a tie or a state whether it was stated or read off an event."""
    of = kind(frame.kind, known)
    if of.family != "event":
        source = "from-event" if "/from-" in frame.made_by else "stated"
        return Way(of.family, (source, frame.kind))
    finder = "learned" if frame.made_by == "learned" else "rule"
    manner = "negated" if frame.negated else "actual" if frame.modality == "actual" else "unreal"
    return Way("event", (finder, "violent" if of.violent else "other", manner, of.plover_type or "none"))
