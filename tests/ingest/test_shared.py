"""Reports annotated by hand, where they are at hand: days of publication, furniture kept apart, no body lost."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from khaldun.ingest import read, read_inputs
from khaldun.model import Report

_SHARED = Path(os.environ.get("KHALDUN_SHARED") or Path(__file__).parents[3] / "shared")
_GOLD = sorted((_SHARED / "gold" / "gold").glob("*.gold.json"))
_STORIES = sorted((_SHARED / "bench" / "stories" / "dev").glob("*/reports.json"))
_SEED = _SHARED / "seed" / "derna.txt"

pytestmark = pytest.mark.skipif(not _GOLD, reason="no annotated reports beside the repository (KHALDUN_SHARED)")


def _gold(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _report(gold: Path) -> Report:
    document = gold.parents[1] / "docs" / gold.name.replace(".gold.json", ".txt")
    report = next(read_inputs([str(document)]))
    assert isinstance(report, Report)
    return report


@pytest.mark.parametrize("path", _GOLD, ids=lambda path: path.name.split("_")[0])
def test_day_of_publication(path: Path) -> None:
    report = _report(path)
    wanted = _gold(path)["report"]["published"]
    assert (report.published_day.isoformat() if report.published_day else None) == wanted


@pytest.mark.parametrize("path", _GOLD, ids=lambda path: path.name.split("_")[0])
def test_furniture_is_outside_the_parts_that_are_read(path: Path) -> None:
    report = _report(path)
    for words in _gold(path)["report"]["body_excludes"]:
        start = report.text.index(words)
        end = start + len(words)
        assert not [part for part in report.read_parts() if part.span.start < end and start < part.span.end]


@pytest.mark.parametrize("path", _GOLD, ids=lambda path: path.name.split("_")[0])
def test_all_evidence_is_inside_them(path: Path) -> None:
    report, gold = _report(path), _gold(path)
    for layer in ("events", "claims", "relations", "control", "times"):
        for row in gold.get(layer) or []:
            span = row.get("evidence_span") or row.get("content_span") or row.get("span")
            if span:
                assert any(part.span.start <= span[0] < part.span.end for part in report.read_parts()), row


@pytest.mark.parametrize("path", _STORIES, ids=lambda path: path.parent.name.split("_")[0])
def test_days_of_stories_by_outlet_and_title_alone(path: Path) -> None:
    for name, row in _gold(path).items():
        raw = (path.parent / name).read_bytes()
        report = read(raw, input_id=name, title=row["title"], outlet=row["outlet"])
        assert (report.published_day.isoformat() if report.published_day else None) == row["published"], name


@pytest.mark.skipif(not _SEED.is_file(), reason="no seed report beside the repository (KHALDUN_SHARED)")
def test_article_as_scraped() -> None:
    report = read(_SEED.read_bytes(), input_id="seed.txt")
    assert (str(report.published_day), report.published.basis) == ("2016-04-20", "caption")
    assert (report.author, report.outlet) == ("Thomas Joscelyn", "Long War Journal")
    assert len(report.references) == 2
    kinds = [part.kind for part in report.parts]
    for kind in ("caption", "tag_line", "comment", "navigation", "author_note"):
        assert kind in kinds
    assert [part.author for part in report.parts if part.kind == "comment"][-1] == "Shane Toppin"
