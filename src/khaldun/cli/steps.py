"""Prints the steps of `khaldun walk`, one section each, empty ones too: an empty section is where it stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from khaldun.cli.screen import out

_Item: TypeAlias = Mapping[str, Any]

_EMPTY = {
    "mentions": "nothing that names or denotes something",
    "attributions": "nobody but the report itself speaks",
    "frames": "no event, tie or state of control",
    "claims": "no claim",
    "judgements": "no two names to decide about",
    "assessments": "nothing is said about who holds which place",
}


def print_steps(steps: _Item) -> None:
    """The steps in order, for a person."""
    screen = out()
    screen.print(steps["text"], style="italic", markup=False)
    screen.print(f"published: {_when(steps['published'])}", style="dim", markup=False)
    for name, lines_of in (
        ("mentions", _mention),
        ("attributions", _attribution),
        ("frames", _frame),
        ("claims", _claim),
        ("judgements", _judgement),
        ("assessments", _assessment),
    ):
        screen.print(f"\n{name}", style="bold", markup=False)
        for item in steps[name]:
            first, *rest = lines_of(item)
            screen.print(f"  {first}", markup=False)
            for line in rest:
                screen.print(f"      {line}", style="dim", markup=False)
        if not steps[name]:
            screen.print(f"  ({_EMPTY[name]})", style="dim", markup=False)


def _mention(mention: _Item) -> Iterator[str]:
    entity = f" → {mention['entity']}" if mention["entity"] else ""
    yield f"{_quoted(mention['quote'])} {mention['kind']}, {mention['form']}{entity}"
    if mention["value"]:
        yield mention["value"]


def _attribution(found: _Item) -> Iterator[str]:
    speaker = found["speaker"] or " ".join(found["source"]) or "no source"
    via = "".join(f", by way of {carrier}" for carrier in found["via"])
    yield f"{speaker}{via} [{found['stance']}] by the cue {_quoted(' … '.join(found['cue']))}"
    yield f"content: {_quoted(' … '.join(found['content']))}"
    if found["medium"]:
        yield f"medium: {found['medium']}"
    if found["polarity"] != "positive" or not found["determinate"]:
        yield f"polarity {found['polarity']}, {'determinate' if found['determinate'] else 'itself hypothetical'}"


def _frame(frame: _Item) -> Iterator[str]:
    mode = f" ({frame['mode']})" if frame["mode"] else ""
    marks = f"  {', '.join(frame['marks'])}" if frame["marks"] else ""
    yield f"{frame['kind']}{mode} by the trigger {_quoted(frame['trigger'])}{marks}"
    yield from _roles(frame["roles"], frame["inferred"])
    yield from frame["tolls"]
    yield from (f"{name}: {value}" for name, value in frame["values"].items())
    yield f"when: {_when(frame['when'])}"


def _claim(claim: _Item) -> Iterator[str]:
    yield f"{' > '.join(voice or '(the report)' for voice in claim['voice'])}: {claim['kind']}, {claim['factuality']}"
    yield _quoted(claim["quote"])
    yield from _roles(claim["roles"], claim["inferred"])
    if claim["when"]:
        yield f"when: {_when(claim['when'])}"


def _roles(roles: Mapping[str, Sequence[str]], inferred: Sequence[str]) -> Iterator[str]:
    for role, fillers in roles.items():
        if fillers:
            yield f"{role}: {'; '.join(fillers)}{' (inferred)' if role in inferred else ''}"


def _judgement(judgement: _Item) -> Iterator[str]:
    yield f"{judgement['left']} / {judgement['right']}: {judgement['verdict']}, because {judgement['because']}"


def _assessment(assessment: _Item) -> Iterator[str]:
    yield f"{assessment['question']} of {assessment['about']}: {assessment['answer']}"
    if assessment["because"]:
        yield f"by the rules: {', '.join(assessment['because'])}"


def _when(when: _Item | None) -> str:
    if when is None:
        return "not known"
    anchor = f", counted from {when['anchor']}" if when["anchor"] else ""
    words = f", by the words {_quoted(when['words'])}" if when["words"] else ""
    return f"{when['earliest'] or '…'} to {when['latest'] or '…'} ({when['basis']}{anchor}{words})"


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”"
