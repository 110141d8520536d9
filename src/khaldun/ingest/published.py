"""When a report was published, by an explicit ladder; the first rung with a possible day wins.

metadata (a sidecar, JSON-LD, a meta tag, a mail header, a field of JSON Lines), a date in the byline or at the head
of the text, a dateline, the day that closes the first line of a statement, a dated file name in a caption, the
address, nothing. Running prose and readers' comments are
no rungs, and the clock is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from khaldun.ingest.dates import PrintedDate, find_dates, find_stamps, read_date
from khaldun.model import UNKNOWN_TIME, Basis, Dropped, Part, Span, When

# A week of grace: an address or a mail may carry tomorrow's date in another time zone, or a magazine's cover date.
_GRACE = timedelta(days=7)
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+\w*/")
_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/_-])(?P<m>0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?P=s)(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)",
    re.I,
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>0[1-9]|1[0-2])(?=/)")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UPDATED = re.compile(r"(?:updated?|modified)[\s:]*(?:on|at)?[\s:]*(?:\d{1,2}:?\d\d\s*(?:[ap]m)?,?\s*)?$", re.I)
_FILE_NAME = re.compile(
    r"^(?:screen ?(?:shot|grab)|img|dscn?|photo[-_]|whatsapp (?:image|video)|captur[ae])[ _-]?(?:from )?\d"
    r"|\.(?:jpe?g|png|gif|webp)$|%2[0-9a-f]",
    re.I,
)
_AGENCY_STAMP = re.compile(r"\b(?:AP|NYT)-[A-Z]{2,4}-(\d\d)-(\d\d)-(\d\d)\b")
_SLUG_ID = re.compile(r"\b[A-Z]{3,4}(?=(?:19|20)\d{6}\.)")


@dataclass(frozen=True, slots=True)
class Published:
    """The publication date, the words it rests on, and dates that were refused."""

    when: When = UNKNOWN_TIME
    evidence: str | None = None
    dropped: tuple[Dropped, ...] = ()


def find_published(
    text: str,
    parts: Sequence[Part],
    *,
    metadata: str | date | None = None,
    url: str | None = None,
    retrieved: date | None = None,
    month_first: bool = False,
) -> Published:
    """The publication date of a report. A date after `retrieved` is refused, where that is known.

    A rung that names a month or a year is narrowed by the first later one that names a day in it, also by the day
    without a year of a dateline.
    """
    rungs = list(_rungs(text, parts, metadata, url, month_first=month_first))
    sound: list[_Rung] = []
    refused: list[Dropped] = []
    for rung in rungs:
        problem = None if rung.printed.yearless else _problem(rung.printed, retrieved)
        if problem is None:
            sound.append(rung)
        else:
            refused.append(Dropped(problem, rung.printed.quote, rung.span))
    dropped = tuple(dict.fromkeys(refused))
    first = next((rung for rung in sound if not rung.printed.yearless), None)
    if first is None:
        return Published(dropped=dropped)
    best = _narrowed(first, sound)
    when = When(best.printed.earliest, best.printed.latest, best.basis, span=best.span)
    return Published(when, best.printed.quote, dropped)


@dataclass(frozen=True, slots=True)
class _Rung:
    """One printed date and where on the ladder it stands."""

    basis: Basis
    printed: PrintedDate

    @property
    def span(self) -> Span | None:
        return None if self.basis in ("metadata", "url") else self.printed.span


def _rungs(
    text: str, parts: Sequence[Part], metadata: str | date | None, url: str | None, *, month_first: bool
) -> Iterator[_Rung]:
    head = next((part.span.start for part in parts if part.kind == "body"), len(text))
    near = [part for part in parts if part.span.start <= head]
    rest = [part for part in parts if part.span.start > head]
    # "(Published Friday, May 4, 2018)" inside the body dates a video or a picture: the last resort
    aside = [part for part in rest if text[part.span.start] == "("]
    foot = [part for part in rest if text[part.span.start] != "("]
    ladder: tuple[tuple[Basis, Iterable[PrintedDate]], ...] = (
        ("metadata", [] if metadata is None else [_from_metadata(metadata, month_first=month_first)]),
        ("byline", _in_bylines(text, near, month_first=month_first)),
        ("dateline", _in_datelines(text, parts)),
        ("byline", _in_statement_heads(text, parts, month_first=month_first)),
        ("byline", _in_slugs(text, parts)),
        ("byline", _in_bylines(text, foot, month_first=month_first)),
        ("caption", _in_captions(text, parts)),
        ("url", [] if url is None else dates_of_url(url)),
        ("byline", _in_bylines(text, aside, month_first=month_first)),
    )
    return (_Rung(basis, printed) for basis, dates in ladder for printed in dates)


def _in_datelines(text: str, parts: Sequence[Part]) -> Iterator[PrintedDate]:
    for part in parts:
        if part.kind == "dateline":
            yield from find_dates(text, part.span.start, part.span.end)


_STATEMENT = re.compile(
    r"\b(?:statements?|communiqu[eé]|press release|declaration|bulletin|briefing|situation report|sitrep)\b",
    re.IGNORECASE,
)
# Not "statement on the attack of 12 March 2019".
_SET_OFF = re.compile(rf"(?:[,(\[|:–—-]|\bdated|{_STATEMENT.pattern})\s*$", re.IGNORECASE)
_HEAD_CHARS = 160


def _in_statement_heads(text: str, parts: Sequence[Part], *, month_first: bool) -> Iterator[PrintedDate]:
    """ "Statement by the General Command, *12 March 2019*": the day that closes the first line of a statement."""
    first = min((p.span for p in parts if p.kind in ("title", "body")), key=lambda span: span.start, default=None)
    if first is None:
        return
    line = text[first.start : first.end].split("\n", 1)[0].rstrip(" .)]")
    if len(line) > _HEAD_CHARS or not _STATEMENT.search(line):
        return
    for printed in find_dates(text, first.start, first.start + len(line), month_first=month_first):
        closes = printed.span.end == first.start + len(line)
        set_off = _SET_OFF.search(text[first.start : printed.span.start])
        if closes and set_off and not printed.yearless and printed.earliest == printed.latest:
            yield printed


def _from_metadata(value: str | date, *, month_first: bool) -> PrintedDate:
    words = value if isinstance(value, str) else value.isoformat()
    return read_date(words.strip(), month_first=month_first) or PrintedDate(Span(0, len(words)), words)


def _in_bylines(text: str, parts: Sequence[Part], *, month_first: bool) -> list[PrintedDate]:
    """Dates of bylines, and of date lines without a place; those of an update come last."""
    found: list[PrintedDate] = []
    updated: list[PrintedDate] = []
    for part in parts:
        if part.kind != "byline" and not (part.kind == "dateline" and _is_day_only(text, part)):
            continue
        for printed in find_dates(text, part.span.start, part.span.end, month_first=month_first):
            before = text[max(part.span.start, printed.span.start - 40) : printed.span.start]
            (updated if _UPDATED.search(before) else found).append(printed)
    return [printed for printed in (*found, *updated) if not printed.yearless]


def _is_day_only(text: str, part: Part) -> bool:
    words = part.span.of(text)
    first = next(iter(find_dates(words)), None)
    return first is not None and first.span.start == 0 and not first.yearless


def _in_slugs(text: str, parts: Sequence[Part]) -> Iterator[PrintedDate]:
    """Agencies' own stamps ("AP-NY-05-04-99 0915EDT", month first) and story numbers ("HPW19990504.0212")."""
    for part in parts:
        if part.kind != "boilerplate":
            continue
        for match in _SLUG_ID.finditer(text, part.span.start, part.span.end):
            yield from find_stamps(text, match.end(), match.end() + 8)
        for match in _AGENCY_STAMP.finditer(text, part.span.start, part.span.end):
            month, day, year = (int(number) for number in match.groups())
            words = f"{year + (1900 if year >= 50 else 2000)}-{month:02}-{day:02}"
            printed = read_date(words)
            if printed:
                yield replace(printed, span=Span(*match.span()), quote=match.group())


def _in_captions(text: str, parts: Sequence[Part]) -> Iterator[PrintedDate]:
    """Dated file names only: the day in a caption's sentence is when the photograph was taken."""
    for part in parts:
        if part.kind == "caption":
            for line in re.finditer(r"[^\n]+", text[part.span.start : part.span.end]):
                if _FILE_NAME.search(line.group()):
                    start, end = part.span.start + line.start(), part.span.start + line.end()
                    yield from find_dates(text, start, end)
                    yield from find_stamps(text, start, end)


def dates_of_url(url: str) -> Iterator[PrintedDate]:
    """The day or month in an address (``/2016/04/20/``, ``-20160420``); an archive's own stamp is left out."""
    path = _ARCHIVE.sub("", url)
    for match in _URL_DAY.finditer(path):
        month = match["m"].lower()
        number = _MONTH_NAMES.index(month) + 1 if month in _MONTH_NAMES else int(month)
        printed = read_date(f"{match['y']}-{number:02}-{int(match['d']):02}")
        if printed:
            yield replace(printed, span=Span(0, 0), quote=match.group().strip("/"))
    yield from (replace(stamp, span=Span(0, 0)) for stamp in find_stamps(path))
    for match in _URL_MONTH.finditer(path):
        printed = read_date(f"{match['y']}-{match['m']}")
        if printed:
            yield replace(printed, span=Span(0, 0), quote=match.group().strip("/"))


def _problem(printed: PrintedDate, retrieved: date | None) -> str | None:
    if printed.earliest is None:
        return "not a possible date"
    if retrieved is not None and printed.earliest > retrieved + _GRACE:
        return f"a date after the report was retrieved ({retrieved.isoformat()})"
    return None


def _narrowed(first: _Rung, rungs: Sequence[_Rung]) -> _Rung:
    earliest, latest = first.printed.earliest, first.printed.latest
    if earliest is None or latest is None or earliest == latest:
        return first
    for rung in rungs:
        day = _day_within(rung.printed, earliest, latest)
        if day is not None:
            return _Rung(rung.basis, replace(rung.printed, earliest=day, latest=day))
    return first


def _day_within(printed: PrintedDate, earliest: date, latest: date) -> date | None:
    if printed.yearless:
        month, day = printed.yearless
        found = (read_date(f"{year}-{month:02}-{day:02}") for year in range(earliest.year, latest.year + 1))
        days = [one.earliest for one in found if one is not None and one.earliest is not None]
    else:
        days = [printed.earliest] if printed.earliest is not None and printed.earliest == printed.latest else []
    return next((day for day in days if earliest <= day <= latest), None)
