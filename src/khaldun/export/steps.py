"""The steps from text to claim and assessment, in plain values: what `khaldun walk` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from khaldun.model import (
    Annotation,
    Assessment,
    Attribution,
    Claim,
    Frame,
    Judgement,
    Locus,
    Mention,
    Quantity,
    Span,
    Timex,
    When,
)


@dataclass(frozen=True, slots=True)
class Steps:
    """Everything between one text and what it amounts to."""

    annotation: Annotation
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...] = ()
    assessments: tuple[Assessment, ...] = ()


def steps_json(steps: Steps) -> dict[str, Any]:
    """The steps in the order of the straight way; ids of actors and places are written out as names."""
    annotation = steps.annotation
    names = {entity.id: entity.name for entity in annotation.entities}
    text = annotation.report.text
    return {
        "text": text,
        "published": when_json(annotation.report.published, text),
        "mentions": [_mention(m, names) for m in annotation.mentions],
        "attributions": [_attribution(a, text, names) for a in annotation.attributions],
        "frames": [_frame(f, text) for f in annotation.frames],
        "claims": [_claim(c, text, names) for c in steps.claims],
        "judgements": [_judgement(j, names) for j in steps.judgements],
        "assessments": [_assessment(a, names) for a in steps.assessments],
    }


def when_json(when: When, text: str) -> dict[str, Any] | None:
    """An interval with what it rests on; None where nothing is known."""
    if not when.known:
        return None
    return {
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "basis": when.basis,
        "anchor": when.anchor.isoformat() if when.anchor else None,
        "words": when.span.of(text) if when.span else None,
    }


def _mention(mention: Mention, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "quote": mention.quote,
        "span": _span(mention.span),
        "kind": mention.kind,
        "form": mention.form,
        "entity": names.get(mention.entity or "", mention.entity),
        "value": _value(mention),
        "candidates": [[candidate.entity, candidate.score] for candidate in mention.candidates],
        "made_by": mention.made_by,
    }


def _value(mention: Mention) -> str | None:
    match mention.value:
        case Timex(value=value):
            days = mention.when
            return f"{value} ({days.earliest or '…'} to {days.latest or '…'})" if days and days.known else value
        case Quantity(low, best, high):
            return f"{low} / {best} / {high}"
        case Locus() as locus:
            point = "no point" if locus.lat is None or locus.lon is None else f"{locus.lat:.3f}, {locus.lon:.3f}"
            return f"{locus.name} ({locus.kind}, {locus.precision}, {point})"
    return None


def _attribution(found: Attribution, text: str, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "source": _quotes(found.source, text),
        "cue": _quotes(found.cue, text),
        "content": _quotes(found.content, text),
        "speaker": _name(found.speaker, names),
        "via": [_name(id, names) for id in found.via],
        "stance": found.stance,
        "medium": found.medium,
        "polarity": found.polarity,
        "determinate": found.determinate,
        "made_by": found.made_by,
    }


def _frame(frame: Frame, text: str) -> dict[str, Any]:
    return {
        "kind": frame.kind,
        "mode": frame.mode,
        "trigger": frame.trigger.of(text),
        "evidence": frame.evidence.of(text),
        "roles": {role: [mention.quote for mention in mentions] for role, mentions in frame.roles.items()},
        "values": dict(frame.values),
        "tolls": [f"{toll.of}: {toll.span.of(text)}" for toll in frame.tolls],
        "inferred": sorted(frame.inferred),
        "attributed": frame.attribution is not None,
        "when": when_json(frame.when, text),
        "marks": _marks(frame),
        "made_by": frame.made_by,
    }


def _marks(frame: Frame) -> list[str]:
    marks = [mark for mark in ("negated", "hedged", "distanced", "background") if getattr(frame, mark)]
    return marks if frame.modality == "actual" else [*marks, frame.modality]


def _claim(claim: Claim, text: str, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "family": claim.family,
        "kind": claim.kind,
        "quote": claim.quote,
        "voice": [_name(id, names) for id in claim.voice],
        "stance": claim.stance,
        "factuality": claim.factuality,
        "roles": {role: [_name(id, names) for id in ids] for role, ids in claim.roles.items()},
        "values": dict(claim.values),
        "when": when_json(claim.when, text),
        "inferred": sorted(claim.manner.inferred),
        "negated": claim.manner.negated,
        "distanced": claim.manner.distanced,
        "medium": claim.medium,
    }


def _judgement(judgement: Judgement, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "left": _name(judgement.left, names),
        "right": _name(judgement.right, names),
        "verdict": judgement.verdict,
        "score": judgement.score,
        "because": judgement.because,
        "by": judgement.by,
    }


def _assessment(assessment: Assessment, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "about": _name(assessment.about, names),
        "question": assessment.question,
        "answer": assessment.answer,
        "values": dict(assessment.values),
        "because": list(assessment.because),
        "as_of": assessment.as_of.isoformat() if assessment.as_of else None,
    }


def _name(id: str | None, names: Mapping[str, str]) -> str | None:
    return None if id is None else names.get(id, id.removeprefix("outlet:"))


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _quotes(spans: Iterable[Span], text: str) -> list[str]:
    return [span.of(text) for span in spans]
