"""Sentences of our own through the whole reading: what is told twice is one happening, what happened twice is two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from khaldun.config import settings
from khaldun.ingest import read
from khaldun.ledger import Ledger
from khaldun.model import Claim
from khaldun.resolve import resolve
from khaldun.workflow.extraction import Reading, kit_of, readings
from khaldun.workflow.walking import Memory

CASES = yaml.safe_load(Path(__file__).with_name("happenings.yaml").read_text(encoding="utf-8"))


def _gap(case: Mapping[str, Any]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=case["gap"], strict=False)] if "gap" in case else []


PAIRS = [
    pytest.param(n, pair, id=f"{case['name']}-{k}", marks=_gap(case))
    for n, case in enumerate(CASES)
    for k, pair in enumerate(case["pairs"])
]


@cache
def read_case(n: int) -> tuple[Mapping[str, Reading], Ledger]:
    """The reports of a case, each read by itself, and what is judged of them together."""
    case = CASES[n]
    texts = case.get("texts", {"": case.get("text")})
    days = case.get("days", {"": case.get("day")})
    found: dict[str, Reading] = {}
    for letter, text in texts.items():
        report = read(
            text.strip().encode(),
            input_id=letter or "a",
            media_type="text/plain",
            outlet=f"Coast Daily {letter}".strip(),
            published=str(days[letter]),
        )
        reading = next(iter(readings([report], kit_of(settings().pipeline))))
        assert isinstance(reading, Reading)
        found[letter] = reading
    return found, Ledger(resolve(Memory(tuple(found.values()))))


def told(words: str, found: Mapping[str, Reading]) -> Claim:
    """The event claim with the shortest quotation that holds the words."""
    letter, _, rest = words.rpartition(":")
    reading = found[letter]
    start = reading.report.text.index(rest)
    holding = [
        c for c in reading.claims if c.family == "event" and c.span.start <= start and c.span.end >= start + len(rest)
    ]
    assert holding, f"no event is read from {rest!r}"
    return min(holding, key=lambda c: len(c.span))


@pytest.mark.parametrize(("case", "pair"), PAIRS)
def test_one_happening_or_two(case: int, pair: list[Any]) -> None:
    found, ledger = read_case(case)
    left, right = (told(words, found) for words in pair[:2])
    assert left.id != right.id, "the words are read as one claim"
    assert {True: "same", False: "apart"}[ledger.canonical(left.id) == ledger.canonical(right.id)] == pair[2]


def test_there_are_enough_of_either_kind() -> None:
    labels = [pair[2] for case in CASES for pair in case["pairs"]]
    assert min(labels.count("same"), labels.count("apart")) >= 20
    assert set(labels) == {"same", "apart"}
