"""Kinds of the user's own: listed beside the house's, and checked by reading their own examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from khaldun.annotate import annotate_many
from khaldun.annotate.codebook import codebook_with, condition_problems
from khaldun.annotate.kit import with_codebook
from khaldun.ingest import read
from khaldun.kind_files import Problem
from khaldun.model import Annotation
from khaldun.ontology import Kind
from khaldun.own_kinds import OwnKind, own_kinds, read_own_kinds, with_own
from khaldun.workflow.extraction import kit_of


class MappedTo(TypedDict):
    type: str | None
    mode: str | None


class KindRow(TypedDict):
    """One kind. `own` is true for the user's."""

    id: str
    family: str
    label: str
    plain: str
    definition: str
    plover: MappedTo
    acled: str | None
    roles: list[str]
    own: bool
    example: str
    counterexample: str | None


class ProblemRow(TypedDict):
    file: str
    entry: str
    wrong: str
    mend: str


class CheckedKind(TypedDict):
    """How many of the sentences of one kind are read as meant."""

    id: str
    file: str
    sentences: int
    right: int


class Checked(TypedDict):
    kinds: list[CheckedKind]
    problems: list[ProblemRow]


def kind_rows(folder: Path | None = None) -> list[KindRow]:
    """All kinds, the user's own last. Raises InvalidKnowledge where a file of the folder is broken."""
    return [_row(kind) for kind in with_own(own_kinds(folder)).values()]


def _row(kind: Kind) -> KindRow:
    return {
        "id": kind.id,
        "family": kind.family,
        "label": kind.label,
        "plain": kind.plain,
        "definition": kind.definition,
        "plover": {"type": kind.plover_type, "mode": kind.plover_mode},
        "acled": kind.acled,
        "roles": list(kind.roles),
        "own": kind.own,
        "example": kind.example,
        "counterexample": kind.counterexample,
    }


def check_kinds(folder: Path, pipeline: str) -> Checked:
    """Reads every sentence of the folder's files with all its sound kinds; raises nothing for a broken file."""
    own, problems = read_own_kinds(folder)
    problems = (*problems, *condition_problems(own))
    broken = {problem.file for problem in problems}
    sound = tuple(each for each in own if each.file not in broken)
    trials = [trial for each in sound for trial in _trials(each)]
    readings = _read((trial.sentence for trial in trials), sound, pipeline)
    faults = [fault for trial in trials for fault in _faults(trial, readings[trial.sentence])]
    wrong = {(fault.file, fault.entry) for fault in faults}
    return {
        "kinds": [_checked(each, [t for t in trials if t.own is each], wrong) for each in sound],
        "problems": [_problem(problem) for problem in (*problems, *faults)],
    }


# ------------------------------------------------------------------------------------------------ one sentence


@dataclass(frozen=True, slots=True)
class _Trial:
    """A sentence of a file and what is to be found in it: the kind, for a tie with its parties, or not the kind."""

    own: OwnKind
    entry: str
    sentence: str
    meant: bool
    source: str = ""
    target: str = ""


def _trials(own: OwnKind) -> Iterator[_Trial]:
    yield _Trial(own, "example", own.kind.example, meant=True)
    if own.kind.counterexample:
        yield _Trial(own, "counterexample", own.kind.counterexample, meant=False)
    for number, row in enumerate(own.triggers, 1):
        yield from (_Trial(own, _nth("triggers", number, "examples", n), s, meant=True)
                    for n, s in enumerate(row["examples"], 1))  # fmt: skip
        yield from _not_meant(own, "triggers", number, row)
    for part, rows in own.cues.items():
        for number, row in enumerate(rows, 1):
            for n, tie in enumerate(row["examples"], 1):
                entry = _nth(f"cues, {part}", number, "examples", n)
                yield _Trial(own, entry, tie["text"], meant=True, source=tie["source"], target=tie["target"])
            yield from _not_meant(own, f"cues, {part}", number, row)


def _not_meant(own: OwnKind, part: str, number: int, row: Mapping[str, list[str]]) -> Iterator[_Trial]:
    for n, sentence in enumerate(row.get("counterexamples") or (), 1):
        yield _Trial(own, _nth(part, number, "counterexamples", n), sentence, meant=False)


def _nth(part: str, number: int, name: str, n: int) -> str:
    return f"{part}, entry {number}, {name} {n}"


def _read(sentences: Iterable[str], own: tuple[OwnKind, ...], pipeline: str) -> dict[str, Annotation]:
    """Each sentence as a report of its own."""
    texts = list(dict.fromkeys(sentences))
    if not texts:
        return {}
    kit = with_codebook(kit_of(pipeline, learned="off"), codebook_with(own))
    reports = [
        read(text.encode(), input_id="sentence", media_type="text/plain; charset=utf-8", published="2020-01-15")
        for text in texts
    ]
    return dict(zip(texts, annotate_many(reports, kit), strict=True))


def _faults(trial: _Trial, read: Annotation) -> Iterator[Problem]:
    """What is wrong with one sentence: the kind is missing, stands between others, or is found where it must not be."""
    kind = trial.own.kind
    frames = [frame for frame in read.frames if frame.kind == kind.id]
    where = f"“{trial.sentence}”"
    if not trial.meant and frames:
        mend = "add a `needs` or a `bars` that this sentence does not meet, or take the word out"
        yield _fault(trial, f"{where} is read as {kind.id} (“{frames[0].trigger.of(read.report.text)}”)", mend)
    if trial.meant and not frames:
        others = list(dict.fromkeys(f"{f.kind} (“{f.trigger.of(read.report.text)}”)" for f in read.frames))
        instead = f"; it is read as {', '.join(others)}" if others else "; nothing is found in it"
        yield _fault(trial, f"{where} is not read as {kind.id}{instead}", _WORDS)
    if trial.meant and trial.source and frames and not any(_joins(f.roles, trial) for f in frames):
        ties = {f"{f.roles['source'][0].quote} → {f.roles['target'][0].quote}" for f in frames}
        mend = "write in the example whom the words join, or change `source` and `target` of the cue"
        yield _fault(trial, f"{where} joins {'; '.join(sorted(ties))}, not {trial.source} → {trial.target}", mend)


_WORDS = "give the word as the sentence has it, in its base form; look at `needs`; see khaldun walk with this sentence"


def _joins(roles: Mapping[str, tuple[object, ...]], trial: _Trial) -> bool:
    return all(
        any(wanted in getattr(mention, "quote", "") for mention in roles.get(role, ()))
        for role, wanted in (("source", trial.source), ("target", trial.target))
    )


def _fault(trial: _Trial, wrong: str, mend: str) -> Problem:
    return Problem(trial.own.file, trial.entry, wrong, mend)


# ------------------------------------------------------------------------------------------------ rows


def _checked(own: OwnKind, trials: list[_Trial], wrong: set[tuple[str, str]]) -> CheckedKind:
    right = sum((own.file, trial.entry) not in wrong for trial in trials)
    return {"id": own.kind.id, "file": own.file, "sentences": len(trials), "right": right}


def _problem(problem: Problem) -> ProblemRow:
    return {"file": problem.file, "entry": problem.entry, "wrong": problem.wrong, "mend": problem.mend}
