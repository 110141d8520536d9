"""Knowledge is data: what is loaded, what is refused, and that every list of it has the shape that engines expect."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from khaldun.errors import InvalidKnowledge
from khaldun.knowledge import load_data

DATA = Path(str(resources.files("khaldun"))) / "data"
FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yaml"))


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation whose data lie in an empty folder."""
    (tmp_path / "data").mkdir()
    monkeypatch.setattr("khaldun.knowledge.resources.files", lambda _package: tmp_path)
    load_data.cache_clear()
    yield tmp_path / "data"
    load_data.cache_clear()


def test_every_file_is_found() -> None:
    assert "rules/triggers.yaml" in FILES
    assert len(FILES) > 15


@pytest.mark.parametrize("path", FILES)
def test_every_file_loads(path: str) -> None:
    assert load_data(path)


def test_a_file_is_read_once() -> None:
    assert load_data("ontology/events.yaml") is load_data("ontology/events.yaml")


def test_a_missing_file_names_the_next_step() -> None:
    with pytest.raises(InvalidKnowledge, match=r"no data file 'ontology/weather\.yaml'.*reinstall"):
        load_data("ontology/weather.yaml")


def test_a_folder_is_no_file() -> None:
    with pytest.raises(InvalidKnowledge, match="no data file"):
        load_data("ontology")


def test_a_broken_file_says_where(elsewhere: Path) -> None:
    (elsewhere / "broken.yaml").write_text("a: [1, 2\nb: 3\n", encoding="utf-8")
    with pytest.raises(InvalidKnowledge, match=r"'broken\.yaml' is not valid YAML(?s:.*)line 2") as caught:
        load_data("broken.yaml")
    assert caught.value.__cause__ is not None


def test_yaml_makes_no_objects(elsewhere: Path) -> None:
    (elsewhere / "sly.yaml").write_text("a: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(InvalidKnowledge):
        load_data("sly.yaml")


def test_a_failed_load_is_not_remembered(elsewhere: Path) -> None:
    with pytest.raises(InvalidKnowledge):
        load_data("late.yaml")
    (elsewhere / "late.yaml").write_text("a: 1\n", encoding="utf-8")
    assert load_data("late.yaml") == {"a": 1}
