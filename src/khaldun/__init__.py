"""Khaldun reads conflict reporting and keeps the record: who did what to whom, where, when, and who says so.

    import khaldun

    record = khaldun.extract("…", outlet="Harbour Post", published="2016-04-20")
    record["events"], record["claims"]

    with khaldun.open("khaldun.db") as held:
        pandas.DataFrame(held.events(place="Derna"))

The language pipeline is loaded by the first `extract`, not by `import khaldun`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khaldun.workflow.holdings import Holdings

__all__ = ["__version__", "extract", "open"]

__version__ = "0.1.0"


def extract(
    text: str | Path,
    *,
    title: str | None = None,
    outlet: str | None = None,
    published: date | str | None = None,
    url: str | None = None,
    input_id: str = "text",
    kinds: str | Path | None = None,
) -> dict[str, Any]:
    """The record of one report: a text, or the file at a `Path` (its own name is then its `input_id`).

    Keeps nothing. `published` is a day, `date` or ``"2016-04-20"``; `kinds` a folder with kinds of your own
    (default: `$KHALDUN_KINDS`). Raises UnreadableInput where it is no text, InvalidKnowledge for a broken kind.
    """
    from khaldun.workflow.single import extract_file, extract_text

    if isinstance(text, Path):
        return extract_file(text, title=title, outlet=outlet, published=published, url=url, kinds=kinds)
    return extract_text(text, input_id=input_id, title=title, outlet=outlet, published=published, url=url, kinds=kinds)


def open(where: str | Path, *, kinds: str | Path | None = None) -> Holdings:
    """What the store at that path or address holds; use it in a `with` block. Raises StoreProblem.

    `kinds` is a folder with kinds of your own (default: `$KHALDUN_KINDS`).
    """
    from khaldun.config import settings
    from khaldun.workflow.holdings import open_holdings

    return open_holdings(where, own=settings(kinds=kinds).kinds)
