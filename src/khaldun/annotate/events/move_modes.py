"""The mode of a move where its word says more than its kind: who *chastises* another disapproves of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from khaldun.annotate.words import Token
from khaldun.knowledge import load_data
from khaldun.ontology import Kind


def mode_of(kind: Kind, word: Token) -> str | None:
    """The PLOVER mode of a move of that kind told by `word`."""
    asked = {c.lemma_ for c in word.children if c.dep_ in {"xcomp", "ccomp"}}
    for told, mode, words, wanted in _modes():
        if told == kind.id and (word.lemma_ in words or not asked.isdisjoint(wanted)):
            return mode
    return kind.plover_mode


@cache
def _modes() -> tuple[tuple[str, str, frozenset[str], frozenset[str]], ...]:
    rows: Any = load_data("rules/plover.yaml")["modes"]
    return tuple((r["kind"], r["mode"], frozenset(r.get("words", ())), frozenset(r.get("wanted", ()))) for r in rows)
