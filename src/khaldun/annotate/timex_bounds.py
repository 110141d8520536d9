"""What the words between and before times do to their days: ranges, "since", "until", "by", "before", "after"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from khaldun.annotate.sentences import Passage
from khaldun.annotate.timex_context import Reading
from khaldun.annotate.timex_grammar import Found
from khaldun.annotate.timex_words import month_number, season_code
from khaldun.calendar import Days

_LISTED = re.compile(r"\s*(?:-|–|—|to|and|or|through|until|till|,|, and)\s*(?:the |from )?", re.I)
_RANGE = re.compile(r"\s*(?:-|–|—|to|through|until|till|up to)\s*(?:the )?", re.I)
_BETWEEN = re.compile(r"\bbetween (?:the )?$", re.I)
_BOUND = re.compile(r"\b(since|until|till|up to|by|before|prior to|after|from|as of)\s+(?:the )?$", re.I)
_YEARLESS = frozenset({"date", "month", "season"})
# A noun after the time takes the preposition for itself: "since Friday's attack" dates the attack, not a start.
_OWNED = re.compile(r"['’]s?\b|-\w")
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def with_shared_years(found: list[Found], text: str) -> list[Found]:
    """Gives the year of "8 May and 23 June 1950" to both; of "30 November to 2 February 1989", the year before."""
    result = list(found)
    for at in range(len(result) - 2, -1, -1):
        left, right = result[at], result[at + 1]
        if left.read not in _YEARLESS or "year" in left.groups or "of" in left.groups:
            continue
        between = text[left.end : right.start]
        if "year" in right.groups and right.read in _YEARLESS and _LISTED.fullmatch(between):
            year = int(right.groups["year"]) - _crosses_new_year(left, right, between)
            result[at] = replace(left, groups={**left.groups, "year": str(year)})
    return result


def _crosses_new_year(left: Found, right: Found, between: str) -> bool:
    first, second = _month_of(left), _month_of(right)
    return bool(first and second and first > second and _RANGE.fullmatch(between))


def _month_of(found: Found) -> int | None:
    if word := found.get("month"):
        return month_number(word)
    word = found.get("season")
    return _SEASON_MONTHS[season_code(word)] if word else None


def bounded(readings: list[tuple[Found, Reading]], passage: Passage) -> list[Reading]:
    """The readings of one passage, widened to ranges and opened by prepositions."""
    result = [reading for _, reading in readings]
    spans = [(found.start, found.end) for found, _ in readings]
    text = passage.doc.text
    joined: set[int] = set()
    for at in range(len(result) - 1):
        between = text[spans[at][1] : spans[at + 1][0]]
        whole = _range(result[at], result[at + 1])
        if whole and _is_range(text, spans[at][0], between):
            result[at], result[at + 1] = (replace(r, first=whole.first, last=whole.last) for r in result[at : at + 2])
            joined |= {at, at + 1}
    for at, reading in enumerate(result):
        if at not in joined:
            result[at] = _opened(reading, text, *spans[at], passage)
    return result


def _is_range(text: str, start: int, between: str) -> bool:
    if _RANGE.fullmatch(between):
        return True
    return between.strip().lower() == "and" and bool(_BETWEEN.search(text[max(0, start - 14) : start]))


def _range(left: Reading, right: Reading) -> Days | None:
    if left.days is None or right.days is None or left.type == "DURATION" or right.type == "DURATION":
        return None
    return Days(left.days.first, right.days.last) if left.days.first < right.days.last else None


def _opened(reading: Reading, text: str, start: int, end: int, passage: Passage) -> Reading:
    """ "since 2014" has a first day only, "until 2016" and "by May" a last one; "before" and "after" leave it out."""
    word = _BOUND.search(text[max(0, start - 14) : start])
    if word is None or reading.days is None or reading.type in {"DURATION", "SET"} or _owned(text, end, passage):
        return reading
    day = timedelta(days=1)
    match word.group(1).lower():
        case "since" | "from" | "as of":
            return replace(reading, last=None)
        case "until" | "till" | "up to" | "by":
            return replace(reading, first=None)
        case "after":
            return replace(reading, first=reading.days.last + day, last=None)
        case _:
            return replace(reading, first=None, last=reading.days.first - day)


def _owned(text: str, end: int, passage: Passage) -> bool:
    if _OWNED.match(text[end : end + 3]):
        return True
    tokens = passage.doc.char_span(end, len(text), alignment_mode="expand") if end < len(text) else None
    following = next((t for t in tokens if t.idx >= end and not t.is_space), None) if tokens else None
    return following is not None and following.tag_ in {"NN", "NNS", "NNP", "NNPS", "JJ"}
