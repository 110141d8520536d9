"""Times to intervals, with anchor and basis.

Rules of the lexicon find the words (`rules`); readings turn them, in text order, into TIMEX3 values and
days. What a time counts from is chosen by one rule: a report that mostly names years long before its
publication tells of the past, and a date without a year belongs to the year told last; any other report speaks
from its day of publication, except within a passage that has just named such a distant time. Without a known day
of publication a relative time has no days, unless the text itself gives the day it counts from.

The span of a mention is the expression alone ("2014"); `when.span` covers all the words that gave the days
("since 2014", "between 5 and 7 May"), so that both ends of a range point at the same words.

A mention of a time is listed in the record when `mention.when.known`, or when its value names a day or month of
the calendar (see `names_calendar`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.ground import finding_id
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.tables.timex_words import alternatives
from khaldun.annotate.times import lengths, named, relative
from khaldun.annotate.times.bounds import Bounded, bounded, with_shared_years
from khaldun.annotate.times.context import Context, Read, Reading, Story
from khaldun.annotate.times.rules import Found, find_dates, find_expressions
from khaldun.annotate.times.tense import hanging_on, of_sentence
from khaldun.calendar import Days, year_days
from khaldun.knowledge import word_list
from khaldun.model import Mention, Report, Span, Timex, When

READS: Mapping[str, Read] = {
    "date": named.read_date,
    "numeric": named.read_numeric,
    "month": named.read_month,
    "month_half": named.read_month_half,
    "year": named.read_year,
    "before_christ": named.read_before_christ,
    "decade": named.read_decade,
    "century": named.read_century,
    "season": named.read_season,
    "quarter": named.read_quarter,
    "quarter_told": named.read_quarter_told,
    "holiday": named.read_holiday,
    "day_word": relative.read_day_word,
    "unit": relative.read_unit,
    "unit_of_story": relative.read_unit_of_story,
    "month_related": relative.read_month_related,
    "season_related": relative.read_season_related,
    "weekday": relative.read_weekday,
    "set_weekday": relative.read_set_weekday,
    "of_unit": relative.read_of_unit,
    "part_related": relative.read_part_related,
    "part": relative.read_part,
    "overnight": relative.read_overnight,
    "overnight_told": relative.read_overnight_told,
    "weekend": relative.read_weekend,
    "ago": relative.read_ago,
    "ago_half": relative.read_ago_half,
    "offset": relative.read_offset,
    "day_after": relative.read_day_after,
    "night_before": relative.read_night_before,
    "of_event": relative.read_of_event,
    "window": lengths.read_window,
    "length": lengths.read_length,
    "length_half": lengths.read_length_half,
    "every": lengths.read_every,
    "adverb": lengths.read_adverb,
    "per": lengths.read_per,
    "reference": lengths.read_reference,
    "clock": lengths.read_clock,
    "clock_word": lengths.read_clock,
    "oclock": lengths.read_clock,
}

# A year at least this long before publication is told of, not reported; so many of them, and so many times
# more than there are words of the day ("yesterday", "Friday", "last month"), make a report a history.
_FAR_YEARS = 2
# How many sentences after one that names a distant time in which a date without a year still belongs to it.
_NEAR_SENTENCES = 1
_FEWEST_FAR = 5
_FAR_TO_NEAR = 3
_NEAR_READS = frozenset({"day_word", "unit", "weekday", "weekend", "ago", "month_related", "part_related"})
_TENSELESS = frozenset({"length", "length_half", "year", "adverb", "reference", "window", "clock", "before_christ"})
_CLOCK = r"\d\d?[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{3,4})?"
_IN_FRONT = re.compile(r"(?:^|[.!?][\"']*\s+)(?:(?:Back )?in|by|during|throughout)\s$", re.I)
_DEADLINE = re.compile(r"\b(?:by|until|till|through|effective)\s(?:the )?$", re.I)
_ASIDES = frozenset({"relcl", "acl", "advcl"})
_OF_CALENDAR = frozenset({"date", "month"})
_JOINED = re.compile(r"^[^.;:]*(?:,|\band\b)[^.;:]*$")
_OPENS = ("By ", "Until ", "By the ", "Until the ")
_CALENDAR_VALUE = re.compile(r"(?:\d|XXXX-(?:\d|W))[\dXWQH-]*(?:[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class _Read:
    """An expression with what it was read as."""

    passage: Passage
    found: Found
    reading: Reading


def find_times(parse: Parse) -> tuple[Mention, ...]:
    """The mentions of times in text order."""
    found = [(p, with_shared_years(find_expressions(p), p.doc.text)) for p in parse.passages]
    days = _publication_days(parse)
    readings = [_read_all(found, day) for day in days]
    merged = [_merge(*same) for same in zip(*readings, strict=True)]
    mentions = (
        _mention(parse.report, one.found, passage.base, whole)
        for passage, group in _by_passage(merged)
        for one, whole in zip(group, bounded([(o.found, o.reading) for o in group], passage), strict=True)
    )
    return tuple(sorted((*_date_lines(parse), *mentions), key=lambda m: m.span))


def _date_lines(parse: Parse) -> Iterator[Mention]:
    """The dates that the lines over or under a report say it was published or changed on ("Updated: 4 May 2014").

    Nothing else in those lines is read; a bare date there is known as the day of publication already.
    """
    report = parse.report
    context = Context(report.published_day)
    for part in (p for p in report.parts if p.kind == "byline"):
        for found in find_dates(report.text, part.span.start, part.span.end):
            said = _published().search(report.text, part.span.start, found.start)
            reading = _read(found, context) if said else None
            if reading is not None:
                yield _mention(report, found, 0, Bounded(reading, found.start, found.end))


def names_calendar(value: Timex) -> bool:
    """True for a value that names a day, month, year … of the calendar, even if it is not known which."""
    return value.type in {"DATE", "TIME"} and _CALENDAR_VALUE.match(value.value) is not None


@cache
def _turning() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('turning')})\b", re.I)


@cache
def _published() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('publishing')})\b[\s:|,-]*(?:on |at )?(?:{_CLOCK}[\s,]*)?$", re.I)


def _publication_days(parse: Parse) -> Sequence[date | None]:
    """The day of publication; its first and last possible days where it is known less well."""
    published = parse.report.published
    if published.earliest is None or published.latest is None:
        return [None]
    return sorted({published.earliest, published.latest})


def _read_all(found: list[tuple[Passage, list[Found]]], published: date | None) -> list[_Read | None]:
    """Every expression in text order, None for what is no time after all."""
    everything = [one for _, group in found for one in group]
    narrative = published is not None and _tells_of_the_past(everything, published)
    story = _first_year(everything) if narrative else None
    quarter: Days | None = None
    result: list[_Read | None] = []
    for passage, group in found:
        near: Story | None = None
        here: Story | None = None
        told_in = 0
        text = passage.doc.text if group else ""
        sentences = [sentence.start_char for sentence in passage.doc.sents] if group else []
        for one in group:
            sentence = bisect_right(sentences, one.start)
            if sentence > told_in + _NEAR_SENTENCES:
                near = None
            context = Context(published, story, near, here, narrative, quarter=quarter)
            context = _at(passage, text, one, context)
            reading = _read(one, context)
            result.append(_Read(passage, one, reading) if reading else None)
            if reading and one.read == "quarter" and reading.grain == "quarter":
                quarter = reading.days
            if published is None and reading and reading.grain == "year" and _in_passing(passage, one):
                continue
            if reading and told_in == sentence and story is not None and _dates_saying(passage, one):
                continue
            if reading and reading.moves and reading.days and reading.grain:
                story = here = Story(reading.days, reading.grain)
                near = story if _is_far(reading, published) and _sets_scene(text, one, reading) else None
                told_in = sentence
    return _in_order(result, published)


def _in_order(told: list[_Read | None], published: date | None) -> list[_Read | None]:
    """ "It seized the port in *February* and the airport in May", told in March: both in the year of that May.

    What one sentence tells in the order of the calendar went on in that order, unless its words turn it round.
    """
    placed = list(told)
    for n in range(len(placed) - 1, 0, -1):
        before, after = placed[n - 1], placed[n]
        if before is None or after is None or published is None or not _turned_round(before, after):
            continue
        days = year_days(after.reading.first.year) if after.reading.first else None
        scene = Context(published, near=Story(days, "year") if days else None, tense="past")
        earlier = _read(before.found, scene)
        placed[n - 1] = replace(before, reading=earlier) if earlier else before
    return placed


def _turned_round(before: _Read, after: _Read) -> bool:
    """Two bare dates joined by "and" or a comma, the second later in the calendar and yet placed first."""
    here, there = (one.reading.first for one in (before, after))
    if before.passage is not after.passage or here is None or there is None or not there < here:
        return False
    bare = all(one.found.read in _OF_CALENDAR and one.reading.basis != "stated" for one in (before, after))
    between = before.passage.doc.text[before.found.end : after.found.start]
    joined = _JOINED.search(between) is not None and _turning().search(between) is None
    return bare and joined and (here.month, here.day) < (there.month, there.day)


def _read(found: Found, context: Context) -> Reading | None:
    reading = READS[found.read](found, context)
    if found.day is None or reading is None:
        return reading
    day = READS[found.day.read](found.day, context)
    clock = lengths.clock_value(found)
    if day is None or clock is None:
        return day
    return replace(day, type="TIME", value=day.value.split("T")[0] + clock)


def _at(passage: Passage, text: str, found: Found, context: Context) -> Context:
    """The context with what the words around an expression say: the verb's tense, a deadline."""
    if context.published is None or (found.read in _TENSELESS and found.day is None):
        return context
    deadline = _DEADLINE.search(text[max(0, found.start - 10) : found.start]) is not None
    tense, own = hanging_on(passage, *_with_month(text, found))
    if deadline and tense is None and text[: found.start].endswith(_OPENS):
        tense = of_sentence(passage, found.start, found.end)  # "*By Friday* rebels had seized the town"
    return replace(context, tense=tense, own=own, deadline=deadline)


def _with_month(text: str, found: Found) -> tuple[int, int]:
    """The stretch to ask for a tense: of "5" in "5 and 7 May" the whole, so that both days get the same year."""
    if found.rule == "date.first-of-days":
        return found.start, text.find(found.groups["month"], found.end) + len(found.groups["month"])
    if found.rule == "date.second-of-days":
        return text.rfind(found.groups["month"], 0, found.start), found.end
    return found.start, found.end


def _is_far(reading: Reading, published: date | None) -> bool:
    """A time of the story that is told, not reported, so that dates after it in the passage belong to it."""
    if reading.last is None or reading.basis not in {"stated", "narrative"}:
        return False
    return published is not None and reading.last.year < published.year


def _sets_scene(text: str, found: Found, reading: Reading) -> bool:
    """A bare year sets the scene for what follows only in front ("In 2012, …"), not in passing ("dating to 1994")."""
    return reading.grain != "year" or _IN_FRONT.search(text[max(0, found.start - 20) : found.start]) is not None


def _in_passing(passage: Passage, found: Found) -> bool:
    """True for a year that an aside names: "The militia, *which fought a war in 2006*, sent men. In December, …"."""
    tokens = passage.doc.char_span(found.start, found.end, alignment_mode="expand")
    return tokens is not None and clause_head(tokens.root).dep_ in _ASIDES


@cache
def _told_in() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "told_in")


def _dates_saying(passage: Passage, found: Found) -> bool:
    """ "A bomb went off on Friday, the army *said on Sunday*", "in a *statement on Sunday*": it is told of Friday."""
    tokens = passage.doc.char_span(found.start, found.end, alignment_mode="expand")
    if tokens is None:
        return False
    over = tokens.root.head if tokens.root.dep_ in ("pobj", "npadvmod", "nmod") else None
    over = over.head if over is not None and over.dep_ == "prep" else over
    return over is not None and (over.lemma_ in words_under("saying") or over.lemma_.lower() in _told_in())


def _tells_of_the_past(found: list[Found], published: date) -> bool:
    far = sum(int(f.groups.get("year", published.year)) <= published.year - _FAR_YEARS for f in found)
    near = sum(f.read in _NEAR_READS for f in found)
    return far >= _FEWEST_FAR and far > _FAR_TO_NEAR * near


def _first_year(found: list[Found]) -> Story | None:
    """The year that a history names first stands for what is told before it."""
    first = next((f for f in found if "year" in f.groups), None)
    reading = named.read_year(replace(first, groups={"year": first.groups["year"]}), Context()) if first else None
    return Story(reading.days, "year") if reading and reading.days else None


def _merge(first: _Read | None, last: _Read | None = None) -> _Read | None:
    """One reading from those against the first and the last possible day of publication: as wide as both."""
    if first is None or last is None or first.reading == last.reading:
        return first
    a, b = first.reading, last.reading
    earliest = min(a.first, b.first) if a.first and b.first else None
    latest = max(a.last, b.last) if a.last and b.last else None
    value = a.value if a.value == b.value else re.sub(r"\d(?=.*T|[\d-]*$)", "X", a.value)
    wide = replace(a, value=value, first=earliest, last=latest, anchor=None, basis=a.basis)
    return replace(first, reading=wide)


def _by_passage(readings: list[_Read | None]) -> list[tuple[Passage, list[_Read]]]:
    groups: list[tuple[Passage, list[_Read]]] = []
    for one in readings:
        if one is None:
            continue
        if groups and groups[-1][0] is one.passage:
            groups[-1][1].append(one)
        else:
            groups.append((one.passage, [one]))
    return groups


def _mention(report: Report, found: Found, base: int, whole: Bounded) -> Mention:
    reading = whole.reading
    span = Span(base + found.start, base + found.end)
    words = Span(base + whole.start, base + whole.end)
    known = reading.first is not None or reading.last is not None
    when = When(reading.first, reading.last, reading.basis, reading.anchor, words) if known else When(span=words)
    return Mention(
        id=finding_id(report, "time", span),
        span=span,
        quote=span.of(report.text),
        kind="time",
        form="value",
        when=when,
        value=Timex(reading.type, reading.value),
        made_by=f"times.{found.rule}",
    )
