"""What the tests of fairness and robustness share: a kit, and records by who stands where instead of by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest

from khaldun.annotate.kit import Kit
from khaldun.config import settings
from khaldun.ingest import read
from khaldun.workflow.extraction import extract_reports, kit_of

Record: TypeAlias = dict[str, Any]
Labels: TypeAlias = Mapping[str, str]
"""Words of a text and what stands for whoever they name."""

# What goes with who the actors are, by ACLED's and PLOVER's own rules, and what is a place in the text.
_LEFT_OUT = frozenset(
    "id span quote sentence_span evidence_span trigger_span cue_span content_span content_spans source_spans cue_spans "
    "parent acled plover raw input_id happening name type country_iso3 aliases identifiers score private role".split()
)


@dataclass(frozen=True)
class Reader:
    """Reads texts as reports of one outlet and day."""

    kit: Kit
    published: str = "2018-05-14"

    def records(self, texts: Iterable[str]) -> list[Record]:
        reports = [
            read(
                t.encode(),
                input_id="t",
                media_type="text/plain; charset=utf-8",
                outlet="Wire",
                published=self.published,
            )
            for t in texts
        ]
        return list(extract_reports(reports, self.kit))

    def record(self, text: str) -> Record:
        return self.records([text])[0]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(kit_of(settings({}).pipeline))


def _labelled(record: Record, labels: Labels) -> dict[str, str]:
    """For each actor and place the label of its words; of one under several names a label before a name."""
    names = {item["id"]: _with_labels(item["name"].casefold(), labels) for item in _entities(record)}
    for item in _entities(record):
        called = [_with_labels(alias.casefold(), labels) for alias in item["aliases"]]
        names[item["id"]] = next((name for name in called if name in labels.values()), names[item["id"]])
    return names


def _entities(record: Record) -> list[Record]:
    return [*record["actors"], *record["places"]]


def _with_labels(text: str, labels: Labels) -> str:
    for words, label in labels.items():
        bare = re.escape(words.casefold().removeprefix("the "))
        text = re.sub(rf"(?i)\b(the )?{bare}\b", label, text)
    return text


def _replaced(value: Any, names: Mapping[str, str], labels: Labels) -> Any:
    if isinstance(value, str):
        return names[value] if value in names else _with_labels(value, labels)
    if isinstance(value, list):
        return [_replaced(item, names, labels) for item in value]
    if isinstance(value, Mapping):
        return {k: _replaced(v, names, labels) for k, v in value.items() if k not in _LEFT_OUT}
    return value


def _placed(record: Record, labels: Labels) -> Record:
    names = _labelled(record, labels)
    shape = {
        part: [_replaced(item, names, labels) for item in record[part]]
        for part in ("events", "claims", "relations", "control", "times", "attributions")
    }
    shape["events"] = [{"kind": e["kind"], **row} for e, row in zip(record["events"], shape["events"], strict=True)]
    shape["relations"] = [
        {"type": r["type"], **row} for r, row in zip(record["relations"], shape["relations"], strict=True)
    ]
    shape["who"] = sorted(names.values())
    for claim in shape["claims"]:
        claim["about"] = len(claim["about"])
    return shape


@pytest.fixture(scope="session")
def placed() -> Callable[[Record, Labels], Record]:
    """The record by who stands where: names give way to labels, ids and offsets and what goes with names are out."""
    return _placed
