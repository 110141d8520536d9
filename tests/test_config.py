"""Settings: flags before the environment before the defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from khaldun.annotate.kit import DEFAULT_PIPELINE as KITS_OWN
from khaldun.config import DEFAULT_DB, DEFAULT_PIPELINE, settings


@pytest.mark.parametrize(
    ("environment", "flag", "db"),
    [
        ({}, None, DEFAULT_DB),
        ({"KHALDUN_DB": ""}, None, DEFAULT_DB),
        ({"KHALDUN_DB": "a.db"}, None, "a.db"),
        ({"KHALDUN_DB": "a.db"}, "b.db", "b.db"),
    ],
)
def test_which_store(environment: dict[str, str], flag: str | None, db: str) -> None:
    assert settings(environment, db=flag).db == db


def test_which_pipeline() -> None:
    assert settings({}).pipeline == DEFAULT_PIPELINE == KITS_OWN
    assert settings({"KHALDUN_PIPELINE": "en_core_web_lg"}).pipeline == "en_core_web_lg"


def test_which_kinds() -> None:
    assert settings({}).kinds is None
    assert settings({"KHALDUN_KINDS": "mine"}).kinds == Path("mine")
    assert settings({"KHALDUN_KINDS": "mine"}, kinds="others").kinds == Path("others")
