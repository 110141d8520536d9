"""Runs the command line as a user does, in one process so that the language pipeline is loaded once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from khaldun.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run: TypeAlias = Callable[..., Ran]

QASR = (
    "Fighters of the Islamic State seized the town of Bin Jawad on 4 January 2016, residents told Reuters. "
    "At least 7 soldiers were killed.\n\n"
    "The army denied that it had lost control of Bin Jawad. "
    'A spokesman for the Libyan army said that its troops would "liberate" the town.\n'
)
SIRTE = (
    "Libyan forces recaptured the city of Sirte from the Islamic State on 5 December 2016, a spokesman said.\n\n"
    "Sirte lies on the coast of Libya, halfway between Tripoli and Benghazi.\n"
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `khaldun` with the given words and gives back its exit status and what it printed."""
    monkeypatch.delenv("KHALDUN_DB", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def _run(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["khaldun", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, printed.out, printed.err)

    return _run


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two reports, one of them with metadata beside it."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "jawad.txt").write_text(QASR, encoding="utf-8")
    meta = {"title": "Bin Jawad falls", "publisher": "Harbour Post", "published": "2016-01-05"}
    (folder / "jawad.json").write_text(json.dumps(meta), encoding="utf-8")
    (folder / "sirte.txt").write_text(SIRTE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with both reports, read once; tests only look at it."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "jawad.txt").write_text(QASR, encoding="utf-8")
    meta = {"title": "Bin Jawad falls", "publisher": "Harbour Post", "published": "2016-01-05"}
    (folder / "jawad.json").write_text(json.dumps(meta), encoding="utf-8")
    (folder / "sirte.txt").write_text(SIRTE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["khaldun", "read", str(folder), "--db", str(folder / "k.db")])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code
    return folder / "k.db"
