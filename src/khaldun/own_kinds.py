"""Kinds of the user's own: one YAML file a kind, in a folder of theirs, no code.

A file holds what an entry of the ontology holds (`kind`, `label`, `definition`, `example` …) and the words that evoke
the kind: `triggers` for an event, shaped as in `data/rules/triggers.yaml`, or `cues` for a relation, as in
`data/lexicons/en/relations.yaml`. Whatever is wrong is told at once, with the file, the entry and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from khaldun.errors import InvalidKnowledge
from khaldun.kind_files import FAMILIES, Problem, problems_in
from khaldun.ontology import Kind, Kinds, kind_from, kinds

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnKind:
    """One kind with its words. `triggers` are rows of the trigger table, `cues` rows of the relation lexicon by part,
    `lists` the words that a trigger's `needs` and `bars` may ask for by the name of the list."""

    kind: Kind
    file: str
    triggers: tuple[_Row, ...] = ()
    cues: Mapping[str, tuple[_Row, ...]] = field(default_factory=dict)
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)


def own_kinds(folder: Path | None) -> tuple[OwnKind, ...]:
    """The kinds of a folder (`*.yaml`, by name), none without a folder. Raises InvalidKnowledge with all problems."""
    found, problems = read_own_kinds(folder) if folder is not None else ((), ())
    if problems:
        raise InvalidKnowledge("kinds of your own: " + "; ".join(map(str, problems)))
    return found


def read_own_kinds(folder: Path) -> tuple[tuple[OwnKind, ...], tuple[Problem, ...]]:
    """What can be read of a folder and what is wrong with the rest."""
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not files:
        wrong = "holds no file *.yaml" if folder.is_dir() else "is no folder"
        return (), (Problem(str(folder), "", wrong, "give the folder that your kinds are in, one file a kind"),)
    found: list[OwnKind] = []
    problems: list[Problem] = []
    for file in files:
        entry, wrong_with = _loaded(file)
        wrong_with += problems_in(file.name, entry, (k.kind.id for k in found)) if not wrong_with else []
        problems += wrong_with
        if not wrong_with:
            found.append(_own_kind(file.name, entry))
    return tuple(found), tuple(problems)


def with_own(own: Iterable[OwnKind]) -> Kinds:
    """The kinds of the house with those of the user."""
    return {**kinds(), **{each.kind.id: each.kind for each in own}}


def _loaded(file: Path) -> tuple[Any, list[Problem]]:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8")), []
    except (OSError, UnicodeDecodeError) as fault:
        return None, [Problem(file.name, "", f"cannot be read ({fault})", "save it as UTF-8 text")]
    except yaml.YAMLError as fault:
        where = getattr(fault, "problem_mark", None)
        line = f"line {where.line + 1}" if where is not None else ""
        what = getattr(fault, "problem", None) or "broken"
        return None, [
            Problem(file.name, line, f"is not valid YAML: {what}", "check indents, colons and quotation marks")
        ]


def _own_kind(file: str, entry: _Row) -> OwnKind:
    described = {"acled": "Other", **entry} if entry.get("family", "event") == "event" else entry
    return OwnKind(
        kind_from(entry["kind"], FAMILIES[entry.get("family", "event")], described, own=True),
        file,
        triggers=tuple({**row, "kind": entry["kind"]} for row in entry.get("triggers") or ()),
        cues={
            part: tuple({**row, "kind": entry["kind"]} for row in rows)
            for part, rows in (entry.get("cues") or {}).items()
        },
        lists={name: frozenset(str(word) for word in words) for name, words in (entry.get("lists") or {}).items()},
    )
