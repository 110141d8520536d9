"""Markdown: read as the plain text it is; front matter gives metadata, pictures are captions, a table's
heads no part of what it tells."""

from __future__ import annotations

import re

import yaml

from khaldun.ingest.extracted import Extracted
from khaldun.model import Dropped, Part, Span

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S)
_PICTURE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)")
_TABLE_HEAD = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*\r?\n[ \t]*\|[ \t:|-]*-[ \t:|-]*\|[ \t]*$", re.M)
_HEADING = re.compile(r"^#[ \t]+([^\n]{1,300}?)[ \t#]*$", re.M)


def read_markdown(text: str, dropped: tuple[Dropped, ...] = ()) -> Extracted:
    """The text character for character; title, date and author from front matter or the first heading."""
    marks = [Part("caption", Span(*match.span())) for match in _PICTURE.finditer(text)]
    marks += [Part("boilerplate", Span(*match.span())) for match in _TABLE_HEAD.finditer(text)]
    front = _FRONT.match(text)
    fields = _fields(front.group(1)) if front else {}
    if front and fields:
        marks.insert(0, Part("boilerplate", Span(*front.span())))
    heading = _HEADING.search(text)
    return Extracted(
        text,
        title=fields.get("title") or (heading.group(1) if heading else None),
        author=fields.get("author"),
        outlet=fields.get("publisher") or fields.get("outlet") or fields.get("source"),
        published=fields.get("published") or fields.get("date"),
        url=fields.get("url") or fields.get("link"),
        marks=tuple(marks),
        dropped=dropped,
    )


def _fields(front: str) -> dict[str, str]:
    """The single values of front matter; {} when it is not YAML."""
    try:
        values = yaml.load(front, Loader=yaml.BaseLoader)  # makes strings, lists and mappings only
    except yaml.YAMLError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(name).lower(): value for name, value in values.items() if isinstance(value, str) and value}
