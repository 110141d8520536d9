"""Bytes become one `Report`, or an error that says why not and what to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePosixPath

from khaldun.errors import UnreadableInput
from khaldun.ingest.dates import day_of, problem_of_given
from khaldun.ingest.extracted import Extracted
from khaldun.ingest.furniture import split_parts
from khaldun.ingest.html import read_html
from khaldun.ingest.language import find_language, unread_reason
from khaldun.ingest.mail import read_mail
from khaldun.ingest.markdown import read_markdown
from khaldun.ingest.pdf import read_pdf
from khaldun.ingest.published import find_published
from khaldun.ingest.sources import find_author, find_outlet, find_references, writes_month_first
from khaldun.ingest.text import decode
from khaldun.model import READ_PARTS, Dropped, Part, Report, make_id

MOST_BYTES = 20_000_000
MOST_LINES = 300_000
METADATA = "metadata"
"""How the reason begins where what was given beside a text could not be taken."""

_ENDINGS = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".eml": "message/rfc822",
}
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|meta|title)\b",
    re.I | re.S,
)
_MAIL = re.compile(rb"^(?:[A-Za-z-]{2,40}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}\r?\n", re.M)
_MAIL_NEEDS = re.compile(rb"^(?:From|Date|Subject|Message-ID|MIME-Version):", re.M | re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,30})", re.I)


def read(
    raw: bytes,
    *,
    input_id: str,
    media_type: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    author: str | None = None,
    url: str | None = None,
    published: str | date | None = None,
    retrieved: datetime | None = None,
    limit: int = MOST_BYTES,
) -> Report:
    """One input as a report: plain text, Markdown, HTML, PDF or a mail.

    The type follows `media_type`, else the ending of `input_id`, else the bytes themselves. What is given as metadata
    wins over what the document says; a day that is none, or may be two, is listed in `dropped`. Raises UnreadableInput
    (empty, over `limit` bytes, binary, no text, encrypted).
    """
    if not raw:
        raise UnreadableInput("the input is empty: give a file with text")
    if len(raw) > limit:
        raise UnreadableInput(f"{len(raw):,} bytes, and the limit is {limit:,}: split it into single reports")
    found = _extract(raw, media_type, input_id)
    if not found.text.strip():
        raise UnreadableInput("the input holds no text, only white space: give a file with text")
    if found.text.count("\n") > MOST_LINES:
        raise UnreadableInput(f"more than {MOST_LINES:,} lines: split it into single reports")
    problem = problem_of_given(published) if isinstance(published, str) else None
    day = day_of(published) if published and problem is None else found.published
    noted = (Dropped(f"{METADATA}: published {problem}", str(published)),) if problem else ()
    given = replace(
        found,
        dropped=(*found.dropped, *noted),
        title=_plain(title) or found.title,
        author=_plain(author) or found.author,
        outlet=_plain(outlet) or found.outlet,
        url=url or found.url,
    )
    return _report(raw, given, input_id, day, retrieved)


def _report(
    raw: bytes, found: Extracted, input_id: str, published: str | date | None, retrieved: datetime | None
) -> Report:
    text = found.text
    layout = split_parts(text, title=found.title, outlet=found.outlet, marks=found.marks, weak=found.weak_marks)
    outlet = found.outlet or find_outlet(text, layout.parts)
    dated = find_published(
        text,
        layout.parts,
        metadata=published,
        url=found.url,
        retrieved=retrieved.date() if retrieved else None,
        month_first=writes_month_first(outlet, text, layout.parts),
    )
    language = find_language(text, layout.parts)
    return Report(
        id=make_id(outlet, found.url, text),
        input_id=input_id,
        raw=hashlib.sha256(raw).hexdigest(),
        text=text,
        parts=layout.parts,
        title=layout.title or found.title,
        outlet=outlet,
        author=found.author or find_author(text, layout.parts),
        url=found.url,
        published=dated.when,
        published_evidence=dated.evidence,
        retrieved=retrieved,
        language=language,
        references=find_references(text, layout.parts),
        dropped=(*found.dropped, *_left_out(text, layout.parts), *dated.dropped),
        unread=unread_reason(language),
    )


def _extract(raw: bytes, media_type: str | None, input_id: str) -> Extracted:
    kind = (media_type or "").split(";")[0].strip().lower()
    declared = _CHARSET.search(media_type or "")
    charset = declared.group(1) if declared else None
    if kind in ("", "application/octet-stream"):
        kind = _ENDINGS.get(PurePosixPath(input_id).suffix.lower(), "")
    if raw.startswith(b"%PDF-") or kind in ("application/pdf", "application/x-pdf"):
        return read_pdf(raw)
    kind = kind or _sniff(raw)
    if kind in ("text/html", "application/xhtml+xml"):
        return read_html(raw, charset)
    if kind == "message/rfc822":
        return read_mail(raw)
    decoded = decode(raw, charset)
    if kind in ("text/markdown", "text/x-markdown"):
        return read_markdown(decoded.text, decoded.dropped)
    return Extracted(decoded.text, dropped=decoded.dropped)


def _sniff(raw: bytes) -> str:
    head = raw[:4_096].lstrip(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return "text/html"
    mail = _MAIL.match(head)
    if mail and len(_MAIL_NEEDS.findall(mail.group())) >= 2:
        return "message/rfc822"
    return "text/plain"


def _left_out(text: str, parts: Sequence[Part]) -> tuple[Dropped, ...]:
    """Every part that is not read, with its kind as the reason."""
    return tuple(Dropped(part.kind, part.span.of(text), part.span) for part in parts if part.kind not in READ_PARTS)


def _plain(value: str | None) -> str | None:
    """A field of metadata in one line; None when nothing is left of it."""
    return " ".join(value.split()) or None if value else None
