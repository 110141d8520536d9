"""What the commands print with: two consoles, tables that give way, messages that say what to do next.

Results go to standard output, everything else (progress, summaries, errors) to standard error, so that output can
be piped.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

FINE, NOTHING, WRONG = 0, 1, 2
"""Exit statuses: all went well; something unreadable or nothing found; wrong call."""

_PIPED_WIDTH = 160
_LEAST_WIDTH = 6
"""No column is cut below so many characters."""
_NEVER_CUT = frozenset({"id", "when", "published"})
"""An interval cut short is another interval."""
_ROOM_FOR_A_COLUMN = 12
"""With less room for each column on average, a table is no longer readable."""


def out() -> Console:
    """Standard output. Piped, it is wide and plain."""
    from rich.console import Console

    return Console(width=_width(sys.stdout.isatty()), highlight=False, soft_wrap=False)


def err() -> Console:
    """Standard error."""
    from rich.console import Console

    return Console(stderr=True, width=_width(sys.stderr.isatty()), highlight=False)


def _width(terminal: bool) -> int | None:
    return None if terminal or "COLUMNS" in os.environ else _PIPED_WIDTH


def this_command() -> str:
    """How the user can call Khaldun again: by the path it was called by where its name alone does not find it."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "khaldun" and shutil.which("khaldun") is None else "khaldun"


def say(text: str) -> None:
    """A line to the user, beside the results; markup in `text` is printed as it is."""
    err().print(text, markup=False, soft_wrap=True)


def complain(text: str) -> None:
    """An error in prose."""
    err().print(f"[bold red]error:[/] {_escaped(text)}", soft_wrap=True)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)


# ------------------------------------------------------------------------------------------------ results


def in_words(rules: Iterable[str]) -> str:
    """The names of rules as words: "single origin, names one source"."""
    return ", ".join(rule.replace("_", " ") for rule in rules)


def print_json_lines(rows: Iterable[Mapping[str, Any]]) -> int:
    """One JSON object a line; returns how many."""
    count = 0
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def print_json(value: Any) -> None:
    """One JSON value. A list has one item a line, so that both `jq` and `grep` can read it."""
    if isinstance(value, list) and value:
        items = ",\n ".join(json.dumps(item, ensure_ascii=False) for item in value)
        sys.stdout.write(f"[{items}]\n")
    else:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None) -> None:
    """A table; where the screen is narrow the widest columns are cut with an ellipsis, and where it is too narrow
    for that each row is a paragraph."""
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    screen = out()
    lines = [[" ".join(cell.split()) for cell in row] for row in rows]
    natural = [max(map(cell_len, cells)) for cells in zip(columns, *lines, strict=True)]
    room = screen.width - 3 * len(columns)
    if sum(natural) > room < _ROOM_FOR_A_COLUMN * len(columns):
        _print_paragraphs(screen, lines, title)
        return
    kept = sum(width for column, width in zip(columns, natural, strict=True) if column in _NEVER_CUT)
    others = fitted([w for column, w in zip(columns, natural, strict=True) if column not in _NEVER_CUT], room - kept)
    cut = iter(others)
    widths = [w if column in _NEVER_CUT else next(cut) for column, w in zip(columns, natural, strict=True)]
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, width=width, overflow="ellipsis", no_wrap=True)
    for line in lines:
        table.add_row(*map(Text, line))
    screen.print(table)


def _print_paragraphs(screen: Console, lines: Iterable[Sequence[str]], title: str | None) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if title:
        screen.print(title, style="italic", markup=False)
    for first, *rest in lines:
        screen.print(Text(first, style="bold"))
        screen.print(Padding(Text(" · ".join(filter(None, rest))), (0, 0, 0, 2)))
    screen.print()


def fitted(natural: Sequence[int], room: int) -> list[int]:
    """Widths that fit the room: as they are while they fit, then the widest cut back to one common width."""
    widths = list(natural)
    while sum(widths) > room and max(widths) > _LEAST_WIDTH:
        widest = max(widths)
        target = max((w for w in widths if w < widest), default=_LEAST_WIDTH)
        share = -(-(sum(widths) - room) // widths.count(widest))
        widths = [max(target, w - share, _LEAST_WIDTH) if w == widest else w for w in widths]
    return widths


# ------------------------------------------------------------------------------------------------ progress


def tell_first_use(step: str) -> None:
    """A line about what is made on first use, which takes its time once."""
    say(f"first use: {step} (half a minute, once) …")


@contextmanager
def progress(label: str, total: int | None, *, quiet_beside_results: bool = False) -> Iterator[Any]:
    """A progress bar on standard error; call what it gives after each step. Silent off a terminal.

    Standard output is left alone: results may be going into a file while the bar is on the screen.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns,
        console=err(),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not sys.stderr.isatty() or (quiet_beside_results and sys.stdout.isatty()),
    ) as bars:
        task = bars.add_task(label, total=total)
        yield lambda: bars.advance(task)
