"""PDF to text, page by page. Scanned pages hold no text; they are refused with that reason."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence

from khaldun.errors import UnreadableInput
from khaldun.ingest.extracted import Extracted
from khaldun.ingest.text import clean
from khaldun.model import Part, Span

MOST_PAGES = 2_000
MOST_CHARACTERS = 20_000_000

_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?(?:[Pp]age\s+)?\d{1,4}(?:\s*(?:/|of|von|sur)\s*\d{1,4})?(?:\s*[-–—])?")
_JUNK_TITLE = re.compile(r"untitled|^microsoft word|^document\d*$|\.(?:docx?|pdf|indd|odt)$|^\W*$", re.I)
_PAGE_BREAK = "\n\n"
_REPEATED_ON = 3


def read_pdf(raw: bytes) -> Extracted:
    """The text of all pages, joined; page numbers and running heads are marked as boilerplate."""
    pages = [clean(page.strip("\n")) for page in _pages(raw)]
    texts = [page.text for page in pages]
    if not any(text.strip() for text in texts):
        raise UnreadableInput(
            "no text in this PDF: if it is scanned, run OCR (for example ocrmypdf) and give the result"
        )
    dropped = tuple(dict.fromkeys(item for page in pages for item in page.dropped))
    title = _title(raw, texts)
    return Extracted(_PAGE_BREAK.join(texts), title=title, marks=tuple(_marks(texts)), dropped=dropped)


def _pages(raw: bytes) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInput("this PDF is encrypted: remove the password and give it again")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableInput(f"more than {MOST_PAGES:,} pages: split the PDF")
        return _texts(reader.pages)
    except UnreadableInput:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        ImportError,
    ) as problem:
        # pypdf lets errors of its own parsing of broken files through under many names
        raise UnreadableInput(f"this PDF cannot be read ({problem}): save it again, or give its text") from problem


def _texts(pages: Sequence[object]) -> list[str]:
    texts: list[str] = []
    length = 0
    for page in pages:
        text: str = page.extract_text()  # type: ignore[attr-defined]
        length += len(text)
        if length > MOST_CHARACTERS:
            raise UnreadableInput(f"more than {MOST_CHARACTERS:,} characters in this PDF: split it")
        texts.append(text)
    return texts


def _title(raw: bytes, texts: Sequence[str]) -> str | None:
    """The title in the file's properties, when the first page shows it too."""
    from pypdf import PdfReader

    information = PdfReader(io.BytesIO(raw), strict=False).metadata
    title = str(information.title or "").strip() if information else ""
    if not title or _JUNK_TITLE.search(title):
        return None
    return title if _flat(title) in _flat(texts[0])[:2_000] else None


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _marks(texts: Sequence[str]) -> list[Part]:
    """Page numbers, and first and last lines that come back on page after page."""
    edges = Counter(_running(line) for text in texts for line in _edge_lines(text))
    marks: list[Part] = []
    base = 0
    for text in texts:
        for line in _edge_lines(text):
            repeated = edges[_running(line)] >= _REPEATED_ON
            if repeated or _PAGE_NUMBER.fullmatch(line.strip()):
                start = text.index(line) if text.startswith(line) else text.rindex(line)
                marks.append(Part("boilerplate", Span(base + start, base + start + len(line))))
        base += len(text) + len(_PAGE_BREAK)
    return marks


def _edge_lines(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    return [lines[0], lines[-1]] if len(lines) > 1 else lines


def _running(line: str) -> str:
    """A line with its numbers left out: "Harbour Review 12" runs on as "Harbour Review 13"."""
    return re.sub(r"\d+", "#", line.strip())
