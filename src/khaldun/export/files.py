"""Names of the files that records are written to."""

from __future__ import annotations

import re
from pathlib import PurePath

_READ_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".eml", ".json", ".xml", ".rss", ".warc", ".gz"}
)
_UNSAFE = re.compile(r"[^\w.+@=-]+")
_LONGEST_NAME = 120


def file_stem(input_id: str) -> str:
    """A file name (without suffix) for what came under `input_id`: ``a/derna.txt`` gives ``derna``.

    Ids come from outside, so nothing in them can lead out of the folder or be hidden there.
    """
    path = PurePath(input_id.split("?")[0] if "://" in input_id else input_id)
    name = path.stem if path.suffix.lower() in _READ_SUFFIXES else path.name
    return _UNSAFE.sub("_", name).lstrip(".")[:_LONGEST_NAME] or "report"


def row_stem(row_id: str) -> str:
    """A file name for a row that came with its own id, which is kept whole as far as a file name can hold it."""
    return _UNSAFE.sub("_", row_id).lstrip(".")[:_LONGEST_NAME] or "report"


def unused(stem: str, taken: set[str]) -> str:
    """`stem`, or `stem-2`, `stem-3` … where another input has it already; notes it in `taken`."""
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.casefold())
    return name
