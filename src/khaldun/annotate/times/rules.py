"""Finds the words of times: the rules of `lexicons/en/times.yaml` over a passage's text, longest match first.

It says what was found and by which rule; what day that is belongs to the readings. Patterns are compiled on
first use. A rule may name a guard (`guards`), which looks at the words around a match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, TypeVar

from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.reading.starts import Starts, matches, starts_of
from khaldun.annotate.tables.timex_words import LEXICON
from khaldun.annotate.times.guards import GUARDS, Match
from khaldun.copies import quickly_made
from khaldun.errors import InvalidKnowledge
from khaldun.knowledge import load_data
from khaldun.needed import Needed, in_small, needed

T = TypeVar("T")

_ABOUT = (
    "about|around|nearly|almost|some|over|more than|less than|fewer than|at least|at most|up to|roughly|"
    "approximately|as many as|as long as|just over|just under|well over"
)
_PLACEHOLDER = re.compile(r"\{([A-Z_]+)(\d?)\}")
_FIRST_MARK = 0xE000  # of the letters of no script, one of which stands for each table of words
_SUFFIX = re.compile(r"(?:\d|_b)$")
# A clock, or a part of a day, and the day that it belongs to: "at 8 a.m. on Friday", "the morning of 3 May".
_CLOCKS = frozenset({"clock", "clock_word", "oclock"})
_DAYS = frozenset({"date", "numeric", "weekday", "day_word", "holiday"})
_FULL_DATES = frozenset({"date.day-month-year", "date.month-day-year", "date.iso", "date.numeric"})
_APPOSED = re.compile(r",? ?[(\[]|, (?:the )?")
_BETWEEN = re.compile(r",? (?:on |of |in the )?(?:the )?|,? at (?:about |around )?", re.I)


@quickly_made
@dataclass(frozen=True, slots=True)
class Found:
    """Words that a rule matched: `start` and `end` in the passage's text, the rule's groups, its reading.

    `day` is the expression for the day that a clock or a part of a day belongs to.
    """

    start: int
    end: int
    rule: str
    read: str
    groups: Mapping[str, str]
    day: Found | None = None

    def get(self, name: str) -> str | None:
        return self.groups.get(name)


@dataclass(frozen=True)
class Rule:
    """A rule of the lexicon; it is compiled when a text first holds what it may begin with."""

    id: str
    source: str
    """The pattern with {NAMES} of tables of words in it."""
    read: str
    guard: str | None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return self._read(re.compile)

    @cached_property
    def needed(self) -> Needed:
        """What a text must hold for a match."""
        return self._read(needed)

    def may_match(self, text: str, small: str) -> bool:
        """Whether it is worth while to try it at a few places of a text, also given in small letters.

        Once it is compiled that takes less time than to look for what a match needs.
        """
        return "pattern" in self.__dict__ or self.needed.is_in(text, small)

    def _read(self, reader: Callable[[str, int], T]) -> T:
        spelled = _PLACEHOLDER.sub(lambda m: _fragment(m.group(1), m.group(2), self.id), self.source)
        try:
            return reader(rf"(?<!\w)(?:{spelled})(?!\w)", re.I)
        except re.error as problem:
            raise InvalidKnowledge(f"{LEXICON}: rule {self.id}: {problem}") from problem


def find_expressions(passage: Passage) -> list[Found]:
    """The expressions of time in a passage, in text order, none overlapping another."""
    text = passage.doc.text
    return _join_days(_without_overlaps(_matches(passage, text)), text)


def find_dates(text: str, start: int, end: int) -> list[Found]:
    """The full dates in a stretch of text that has no parse, such as a line of date ("Updated 3 May 2014")."""
    found = [
        Found(*match.span(), rule.id, rule.read, _with_bases({k: v for k, v in match.groupdict().items() if v}))
        for rule in rules()
        if rule.id in _FULL_DATES
        for match in rule.pattern.finditer(text, start, end)
    ]
    return _without_overlaps(found)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the lexicon's order, then one for each row of reference words."""
    lexicon = load_data(LEXICON)
    made = [Rule(row["id"], _blanks(row["pattern"]), row["read"], row.get("guard")) for row in lexicon["rules"]]
    for number, row in enumerate(lexicon["references"]):
        pattern = f"(?P<reference>{_alternatives(row['words'])})"
        made.append(Rule(f"reference.{number}", pattern, "reference", row.get("guard")))
    return tuple(made)


@cache
def _starts() -> Starts:
    marks = {name: chr(_FIRST_MARK + n) for n, name in enumerate(_fragments())}
    parts = {marks[name]: pattern for name, (pattern, _) in _fragments().items()}
    return starts_of([_PLACEHOLDER.sub(lambda m: marks[m.group(1)], rule.source) for rule in rules()], parts)


def _matches(passage: Passage, text: str) -> Iterator[Found]:
    """All that the rules match, in their order."""
    starts = _starts()
    places = starts.in_text(text)
    known, small = rules(), in_small(text)
    for number in sorted({*places, *starts.everywhere}):
        rule, at = known[number], places.get(number)
        if not (rule.needed.is_in(text, small) if at is None else rule.may_match(text, small)):
            continue
        found = rule.pattern.finditer(text) if at is None else matches(rule.pattern, text, at)
        if not found:
            continue
        guard = GUARDS[rule.guard] if rule.guard else None
        for match in found:
            groups = _with_bases({k: v for k, v in match.groupdict().items() if v is not None})
            start, end = match.span("span") if "span" in groups else match.span()
            if start < end and (guard is None or guard(Match(passage, text, start, end, groups))):
                yield Found(start, end, rule.id, rule.read, groups)


def _with_bases(groups: dict[str, str]) -> dict[str, str]:
    """`unit2` or `way_b`, the same group in another branch of a pattern, also under its plain name."""
    bases = {_SUFFIX.sub("", name): value for name, value in reversed(groups.items())}
    return {**bases, **groups}


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: f.start - f.end):  # stable: the lexicon's order breaks ties
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def _join_days(found: list[Found], text: str) -> list[Found]:
    """Joins a clock or a part of a day with the day beside it into one expression."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is not None and _same_day(last, one, text) and last.read == "day_word":
            end = one.end + (text[one.end : one.end + 1] in {")", "]"})
            joined[-1] = replace(one, start=last.start, end=end)
        elif last is not None and _same_day(last, one, text):
            joined[-1] = replace(last, read="date", groups={**last.groups, **one.groups})
            joined.append(one)
        elif last is not None and last.day is None and _belong_together(last, one, text):
            clock, day = (last, one) if one.read in _DAYS else (one, last)
            joined[-1] = replace(clock, start=last.start, end=one.end, day=day)
        else:
            joined.append(one)
    return joined


def _same_day(left: Found, right: Found, text: str) -> bool:
    """ "on Saturday [24 October]", "today (23 December)": the date settles which Saturday, and whose today."""
    named = left.read == "weekday" or (left.read == "day_word" and left.groups["word"].lower() == "today")
    plain = not {"rel", "part", "mod"} & left.groups.keys()
    return named and plain and right.read == "date" and bool(_APPOSED.fullmatch(text[left.end : right.start]))


def _belong_together(left: Found, right: Found, text: str) -> bool:
    kinds = (left.read, right.read)
    if not _BETWEEN.fullmatch(text[left.end : right.start]):
        return False
    if any("part" in f.groups for f in (left, right) if f.read in _DAYS):
        return False
    clock_and_day = (kinds[0] in _CLOCKS and kinds[1] in _DAYS) or (kinds[0] in _DAYS and kinds[1] in _CLOCKS)
    return clock_and_day or (kinds[0] == "part" and kinds[1] in _DAYS)


# ---------------------------------------------------------------------------------------- patterns


def _blanks(pattern: str) -> str:
    """A blank as any white space, `~` as blanks or a hyphen; inside [brackets] both stand for themselves."""
    out: list[str] = []
    inside = False
    for at, char in enumerate(pattern):
        if char == "[":
            inside = True
        elif char == "]":
            inside = False
        if inside or char not in " ~":
            out.append(char)
        elif char == "~":
            out.append(r"(?:\s*[-–]\s*|\s+)")
        else:
            out.append(r"\s" if pattern[at + 1 : at + 2] == "?" else r"\s+")
    return "".join(out)


def _fragment(name: str, number: str, rule: str) -> str:
    if name not in _fragments():
        raise InvalidKnowledge(f"{LEXICON}: rule {rule}: no table of words for {{{name}}}")
    pattern, group = _fragments()[name]
    return f"(?P<{group}{number}>{pattern})" if group else f"(?:{pattern})"


@cache
def _fragments() -> dict[str, tuple[str, str | None]]:
    """What {NAME} stands for, and the group that it fills."""
    lexicon = load_data(LEXICON)
    units = list(lexicon["units"]["words"].values())
    ordinals = _alternatives(lexicon["ordinals"]["words"])
    return {
        "MONTH": (_names(lexicon["months"], full=True, short=True), "month"),
        "WEEKDAY": (_names(lexicon["weekdays"], full=True, short=True), "weekday"),
        "WEEKDAY_NAME": (_names(lexicon["weekdays"], full=True, short=False), "weekday"),
        "WEEKDAY_SHORT": (_names(lexicon["weekdays"], full=False, short=True), "weekday"),
        "SEASON": (_flat(lexicon["seasons"]), "season"),
        "PART": (_flat(lexicon["parts"]), "part"),
        "MOD": (_flat(lexicon["modifiers"]), "mod"),
        "REL": (_flat(lexicon["relations"]), "rel"),
        "UNIT": (_alternatives(form for forms in units for form in forms), "unit"),
        "UNIT_ONE": (_alternatives(forms[0] for forms in units), "unit"),
        "UNIT_MANY": (_alternatives(forms[1] for forms in units), "unit"),
        "COUNT": (_count(lexicon["numbers"]), "count"),
        "ORD": (ordinals, "ord"),
        "DAY": (r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?", "day"),
        "DAY_TH": (rf"\d\d?(?:st|nd|rd|th)|{ordinals}", "day"),
        "YEAR": (r"(?:1\d|20|21)\d\d(?!\d|,\d|\.\d)", "year"),
        "HOLIDAY": (_cased(w for row in lexicon["holidays"] for w in row["words"]), "holiday"),
        "ABOUT": (_blanks(_ABOUT), "about"),
    }


def _names(rows: dict[str, Any], *, full: bool, short: bool) -> str:
    """Names as printed: capitalised or in capitals; the short forms with or without their full stop."""
    forms = [form for forms in rows["words"].values() for form in forms]
    chosen = [f for f in forms if (short if f.endswith(".") else full)]
    spelled = [
        re.escape(variant.rstrip(".")) + (r"\b\.?" if variant.endswith(".") else "")
        for form in chosen
        for variant in (form, form.upper())
    ]
    return "(?-i:" + "|".join(sorted(spelled, key=len, reverse=True)) + ")"


def _flat(rows: dict[str, Any]) -> str:
    return _alternatives(form for forms in rows["words"].values() for form in forms)


def _alternatives(words: Iterable[str]) -> str:
    """The words as one pattern, the longest first."""
    return "|".join(_blanks(re.escape(w).replace(r"\ ", " ")) for w in sorted(words, key=lambda w: (-len(w), w)))


def _cased(words: Iterable[str]) -> str:
    return f"(?-i:{_alternatives(words)})"


def _count(numbers: dict[str, Any]) -> str:
    """Digits, numbers in words ("a hundred and five" apart), and vague counts."""
    word = _alternatives(numbers["words"])
    scale = _alternatives(numbers["scales"])
    number = _alternatives(w for w in numbers["words"] if w not in {"a", "an"})
    said = rf"(?:{word})(?:[\s-]+(?:{number}|{scale})){{0,6}}|(?:{scale})"
    phrases = _alternatives([*numbers["vague"], *numbers["other"]])
    return rf"(?<![\d.,])\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?|{phrases}|{said}"
