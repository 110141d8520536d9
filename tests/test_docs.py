"""The manual holds: its commands run, its links lead somewhere, and what it quotes is in the samples."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints, is_typeddict

import pytest

from khaldun.cli import main
from khaldun.config import settings
from khaldun.export import record_shape

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md"))),
)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")


def _blocks(page: str, language: str) -> list[str]:
    return [body for kind, body in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8")) if kind == language]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder as the manual assumes it."""
    monkeypatch.delenv("KHALDUN_DB", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KHALDUN_KINDS", raising=False)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return tmp_path


@pytest.mark.parametrize("page", ["README.md", "docs/guide.md"])
def test_commands_and_code_run(page: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = [line[2:] for block in _blocks(page, "console") for line in block.splitlines() if line.startswith("$ ")]
    assert len(commands) >= 4
    for command in commands:
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code in (0, None), command
    for code in _blocks(page, "python"):
        exec(compile(code, page, "exec"), {})
    assert (desk / "samples").exists()


@pytest.mark.usefixtures("desk")
def test_the_readme_shows_how_the_output_of_its_first_command_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [shown] = _blocks("README.md", "text")
    command = _blocks("README.md", "console")[0].removeprefix("$ ")
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    with pytest.raises(SystemExit):
        main()
    beginning, rest = shown.split("…\n")
    assert rest == ""
    assert capsys.readouterr().out.startswith(beginning)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in _LINK.findall((ROOT / page).read_text(encoding="utf-8")):
        assert ((ROOT / page).parent / target).exists(), target


def test_the_guide_names_every_command_format_and_setting() -> None:
    import typer

    from khaldun.cli import application

    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    group = typer.main.get_command(application())
    names = list(getattr(group, "commands"))  # noqa: B009 - typer's group is typed as a plain command
    assert [name for name in names if f"khaldun {name}" not in guide] == []
    for variable in ("KHALDUN_DB", "KHALDUN_PIPELINE", "KHALDUN_KINDS"):
        assert f"`{variable}`" in guide
    assert settings({}).db in guide


def test_the_kind_that_the_guide_shows_is_the_one_that_its_commands_read() -> None:
    [shown] = _blocks("docs/guide.md", "yaml")
    assert shown == (ROOT / "docs" / "kinds" / "heritage_damage.yaml").read_text(encoding="utf-8")


def _keys(hint: Any) -> Iterator[str]:
    """The keys of the parts in a type of the record, and of the parts in those."""
    if is_typeddict(hint):
        for key, inner in get_type_hints(hint).items():
            yield key
            yield from _keys(inner)
    for inner in get_args(hint):
        yield from _keys(inner)


def test_the_page_on_the_record_has_every_key_in_its_row() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    told = {row[1]: set(re.findall(r"`(\w+)`", row[2])) for row in re.finditer(r"^\| `(\w+)` \| (.*) \|$", page, re.M)}
    parts = get_type_hints(record_shape.Record)
    assert told.keys() == parts.keys()
    assert {part: set(_keys(hint)) - told[part] for part, hint in parts.items()} == {part: set() for part in parts}


def test_decisions_are_numbered_and_say_when_to_revisit() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [note.name[:4] for note in notes] == [f"{number:04d}" for number in range(1, len(notes) + 1)]
    for note in notes:
        text = note.read_text(encoding="utf-8")
        assert all(f"**{part}" in text for part in ("What.**", "Why.**", "Revisit**")), note.name
