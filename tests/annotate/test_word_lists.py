"""Lists of words with a meaning: each has an example in which the rule that reads it fires, through all layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from khaldun.annotate.claims import claims
from khaldun.annotate.tables.toll_words import LEXICON as TOLLS
from khaldun.knowledge import load_data
from khaldun.model import Annotation

Annotated = Callable[[str], Annotation]
FILES = [
    TOLLS,
    *(
        f"lexicons/en/{name}.yaml"
        for name in ("carriers", "clauses", "deeds", "figures", "pronouns", "sayings", "slips", "territory")
    ),
]


def _entries(path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every list of a lexicon with its name; a table is a list for each of its rows."""
    for name, entry in load_data(path).items():
        for row in entry if isinstance(entry, list) else [entry]:
            yield f"{path.rpartition('/')[2]}:{name}", row


ENTRIES = [pytest.param(row, id=name) for path in FILES for name, row in _entries(path)]
EXAMPLES = [
    pytest.param(example, id=f"{name}: {example['text']}")
    for path in FILES
    for name, row in _entries(path)
    for example in (*row["examples"], *row.get("counterexamples", ()))
]


@pytest.mark.parametrize("row", ENTRIES)
def test_a_list_has_words_once_and_an_example(row: dict[str, Any]) -> None:
    assert row["words"]
    assert row["examples"]
    assert len(row["words"]) == len(set(row["words"]))
    assert all(isinstance(word, str) for word in row["words"])


def _tolls(found: Annotation) -> dict[str, list[int | None]]:
    told: dict[str, set[int | None]] = {}
    for toll in (t for frame in found.frames for t in frame.tolls):
        told.setdefault(toll.of, set()).add(toll.quantity.best)
    return {of: sorted(figures, key=str) for of, figures in told.items()}


def _fillings(role: str) -> Callable[[Annotation], list[str]]:
    def read(found: Annotation) -> list[str]:
        mentions = (m for frame in found.frames for m in frame.roles.get(role, ()))
        return sorted({m.span.of(found.report.text) for m in mentions})

    return read


def _sayings(found: Annotation) -> list[str]:
    text = found.report.text
    return [" … ".join(piece.of(text) for piece in saying.content) for saying in found.attributions]


READ: dict[str, Callable[[Annotation], Any]] = {
    "actors": _fillings("actor"),
    "contents": _sayings,
    "dates": lambda found: [str(f.when.earliest) if f.when.earliest else None for f in found.frames],
    "evidence": lambda found: [frame.evidence.of(found.report.text) for frame in found.frames],
    "factuality": lambda found: [claim.factuality for claim in claims(found)],
    "kinds": lambda found: sorted({frame.kind for frame in found.frames}),
    "media": lambda found: [saying.medium for saying in found.attributions],
    "modalities": lambda found: {frame.kind: frame.modality for frame in found.frames},
    "negated": lambda found: sorted({frame.kind for frame in found.frames if frame.negated}),
    "places": _fillings("place"),
    "pronouns": lambda found: [m.quote for m in found.mentions if m.form == "pronoun"],
    "products": lambda found: [m.span.of(found.report.text) for m in found.mentions if m.kind == "media_product"],
    "sources": lambda found: [span.of(found.report.text) for saying in found.attributions for span in saying.source],
    "stances": lambda found: [saying.stance for saying in found.attributions],
    "targets": _fillings("target"),
    "tolls": _tolls,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_read_as_it_says(example: dict[str, Any], annotated: Annotated) -> None:
    found = annotated(example["text"])
    expected = {key: value for key, value in example.items() if key != "text"}
    assert expected
    assert {key: READ[key](found) for key in expected} == expected
