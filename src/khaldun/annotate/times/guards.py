"""Checks of the words around a match: a number that is no date must never become a time.

A guard says whether a rule may stand where it matched. It reads the text around the words, and the tagger's
opinion where letters alone cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.tables.timex_words import alternatives, count_of, ordinal_number
from khaldun.annotate.times.tense import hanging_on
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Match:
    """What a rule matched: where in the passage's text (`whole`), and the groups of its pattern."""

    passage: Passage
    whole: str
    start: int
    end: int
    groups: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.whole[self.start : self.end]

    def before(self, length: int = 40) -> str:
        """The characters in front of the words."""
        return self.whole[max(0, self.start - length) : self.start]

    def after(self, length: int = 40) -> str:
        """The characters behind the words."""
        return self.whole[self.end : self.end + length]

    def tokens(self) -> Tokens | None:
        return self.passage.doc.char_span(self.start, self.end, alignment_mode="expand")

    def is_noun(self) -> bool:
        """True where the tagger takes the last of the words for a noun."""
        tokens = self.tokens()
        return tokens is not None and tokens[-1].tag_.startswith("NN")

    def next_tag(self) -> str:
        """The tag of the token behind the words; empty at the end."""
        following = next_token(self.passage, self.whole, self.end)
        return following.tag_ if following is not None else ""


Guard = Callable[[Match], bool]


def next_token(passage: Passage, text: str, end: int) -> Token | None:
    """The first token, blanks apart, that starts at `end` of the passage's text or behind it."""
    start = next((at for at in range(end, len(text)) if not text[at].isspace()), len(text))
    tokens = passage.doc.char_span(start, start + 1, alignment_mode="expand") if start < len(text) else None
    return tokens[0] if tokens else None


# ---------------------------------------------------------------------------------------- years

# Patterns are put together on first use, since their words come from the lexicon.


@cache
def _before_year() -> re.Pattern[str]:
    words = alternatives("dating")
    return re.compile(rf"(?:(?:^|[\s(\[,;:'\"-])(?:{words})[\s-]*|[(\[]\s*|\d\s?[-–]\s?|^\s*)$", re.I)


@cache
def _after_year() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:$|[,;.)\]:]|['’]s\b|[-–—]|(?:{alternatives('ending')})\b)", re.I)


@cache
def _counting() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\w)(?:{alternatives('counting')})\s*|\w['’]|[$£€#/=+]\s?)$", re.I)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"\s*-?(?:{alternatives('counted')})(?!\w)", re.I)


@cache
def _named_after() -> re.Pattern[str]:
    names = alternatives("groups")
    return re.compile(rf"(?:\s\d\d?)?[\])]?\s(?:{names}|{names.upper()})\b")


@cache
def _before_month() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s(])(?:{alternatives('month')})[\s-]*$", re.I)


_IN_YEAR = re.compile(r"\b(?:in|of|during)\s$", re.I)


def year(match: Match) -> bool:
    """A bare number of four digits is a year after "in", before an end of clause, or as "the 2003 invasion"."""
    before, after = match.before(), match.after()
    if _named_after().match(after):
        return False
    if match.groups.get("mod") or len(match.text) > 4:
        return not _counted().match(after)
    told = match.next_tag() == "VBD" and _IN_YEAR.search(before) is not None  # "the raid on Bria *in 1995* killed nine"
    if _counting().search(before) or (_counted().match(after) and not told):
        return False
    number = int(match.text)
    if _counts_plural(match, number) or _is_clock(before, number):
        return False
    if _before_year().search(before):
        return number >= 1900 or number % 100 != 0 or bool(_after_year().match(after))
    if _after_year().match(after):
        return bool(re.search(r"[A-Za-z,.)]\s*$", before)) and 1500 <= number <= 2100
    return match.next_tag() in {"NN", "NNP", "JJ"} and 1900 <= number <= 2100 and number % 100 != 0


_AT = re.compile(r"\b(?:at|at approximately|at about|at around|as of|gmt)\s*$", re.I)
_SPAN_OF_HOURS = re.compile(r"\b(?:from|to|until|till|between|approximately|about|around|by|and)\s*$", re.I)


def _is_clock(before: str, number: int) -> bool:
    """ "at 1945" is a time of day, and so is "from 1710 to 2250" where it can hardly be a year."""
    if number % 100 > 59 or number > 2400:
        return False
    return bool(_AT.search(before)) or (not 1800 <= number <= 2100 and bool(_SPAN_OF_HOURS.search(before)))


def _counts_plural(match: Match, number: int) -> bool:
    """ "in 1200 villages" counts; "the 2014 elections" and "its 2006 highs" date."""
    if match.next_tag() not in {"NNS", "NNPS"} or match.after(1) in {"-", "'", ","}:
        return False
    dated = re.search(r"(?:\b(?:the|in|of|its|their|his)|'s|[-–])\s*$", match.before(), re.I)
    return number % 100 == 0 or dated is None


def year_pair(match: Match) -> bool:
    """ "2007-08" is two years when the second follows the first."""
    first = re.search(r"(\d\d)\D{1,3}$", match.before(5))
    return first is not None and int(first.group(1)) < int(match.groups["year_short"])


def short_year(match: Match) -> bool:
    """An apostrophe and two digits are a year after a word that dates ("in '98")."""
    return bool(_before_month().search(match.before(14)))


def spelled_year(match: Match) -> bool:
    """ "nineteen ninety-one" is a year, "nineteen two-man teams" is none."""
    return (count_of(match.groups["count"]) or 0) >= 10


def decade_word(match: Match) -> bool:
    """ "the nineties" is a decade, "in her nineties" an age."""
    return match.text.lower().startswith(("the ", "nineteen"))


# ---------------------------------------------------------------------------------------- months and days

_BEFORE_SHORT_MONTH = re.compile(r"\b(?:in|since|until|by|from|during|last|this|next)\s$", re.I)
_NAMES_AND_VERBS = frozenset({"may", "march", "april", "june", "august"})


def month(match: Match) -> bool:
    """A name of a month that is also a verb or a person's name needs a word that dates before it."""
    word = match.groups["month"]
    name = word.lower().rstrip(".")
    if len(name) == 3 and name != "may" and not (word.endswith(".") or match.groups.get("mod")):
        return bool(_BEFORE_SHORT_MONTH.search(match.before(9)))
    if _named_after().match(match.after(20)):
        return False
    if match.groups.get("mod") or re.match(r"\s?[-–/]\s?[A-Z][a-z]{2,}\.?\s\d", match.after(20)):
        return True
    if name in {"may", "march"}:
        return bool(_before_month().search(match.before(14))) and match.is_noun()
    if name in _NAMES_AND_VERBS and not _before_month().search(match.before(14)):
        return match.is_noun() and match.next_tag() != "NNP" and not _is_person(match)
    return not _is_person(match)


def _is_person(match: Match) -> bool:
    tokens = match.tokens()
    if tokens is None or tokens[-1].ent_type_ != "PERSON":
        return False
    before = tokens.doc[tokens.start - 1] if tokens.start else None
    return any(
        t is not None and t.ent_type_ == "PERSON" for t in (before, next_token(match.passage, match.whole, match.end))
    )


_NIGHT_OF = re.compile(r"(?<![\d/.,])\d\d?/$")  # "on 3/4 June"


def day_month(match: Match) -> bool:
    """ "30 May be dead" is no date: the month must not be a verb, nor the number part of a larger one."""
    if re.search(r"[\d.,/:$£€]$|[^\d]-$|\d,\s$", match.before(2)) and not _NIGHT_OF.search(match.before(6)):
        return False
    if _named_after().match(match.after(16)):
        return False
    return match.groups["month"].lower() not in {"may", "march"} or match.is_noun()


def wire_date(match: Match) -> bool:
    """ "3 JAN 90" and "12-Mar-16", as wires print them; "5 May 30" may be a day and a number of people."""
    return match.groups["month"].isupper() or "-" in match.text


def month_day(match: Match) -> bool:
    """ "June 30" is a day unless a group is named for it ("the June 30 Movement")."""
    return not _named_after().match(match.after(16))


def first_of_days(match: Match) -> bool:
    """The first of two days before a month ("5 and 7 May") is no part of a number and is the smaller one."""
    if re.search(r"[\d.,/:$£€-]$|[\d./$£€-]\s$", match.before(2)):
        return False
    second = re.match(r"\D{1,8}(\d\d?)", match.after(12))
    return second is not None and _day_number(match.groups["day"]) < int(second.group(1))


def second_of_days(match: Match) -> bool:
    """The second day after a month ("May 5 and 7") is the larger one and counts nothing ("7 men")."""
    first = re.search(r"(\d\d?)\D{1,8}$", match.before(12))
    if first is None or _day_number(match.groups["day"]) <= int(first.group(1)):
        return False
    return match.groups.get("year") is not None or not match.next_tag().startswith(("NN", "JJ", "CD"))


def _day_number(day: str) -> int:
    digits = re.sub(r"\D", "", day)
    return int(digits) if digits else ordinal_number(day)


def weekday(match: Match) -> bool:
    """Days that are names ("Black Friday", "Bloody Sunday") are left out."""
    names = r"(?:Black|Bloody|Ash|Good|Palm|Easter|Holy|Super|Fat|Cyber)\s$"
    return not re.search(names, match.before(10))


def season(match: Match) -> bool:
    """ "the fall of Palmyra" and "fall back" are no autumn; "Arab Spring" is a name."""
    word = match.groups["season"]
    if word.lower() not in {"fall", "spring"}:
        return True
    return match.is_noun() and not re.match(r"\s+(?:in|from|to|into)\b", match.after(8)) and word.islower()


# ---------------------------------------------------------------------------------------- clocks, lengths, words


def day_word(match: Match) -> bool:
    """ "Today" with a capital inside a sentence is part of a name ("Copper Belt Today")."""
    if not match.text.istitle() or match.groups.get("part"):
        return True
    before = match.before(3).rstrip()
    return not before or not (before[-1].isalnum() or before[-1] == ",")


def part(match: Match) -> bool:
    """ "by night" is a manner, not a night; "the Dawn militia" bears a name."""
    if match.text.split()[-1].istitle() and match.before(1) and re.match(r"\s+[a-z]", match.after(3)):
        return match.text.split()[0].istitle()  # "Dawn broke" begins a sentence
    return not (match.text.lower() == "night" and match.before(3).lower() == "by ")


def calendar_unit(match: Match) -> bool:
    """ "last second", "this minute" and "that hour" are no units of the calendar."""
    return match.groups.get("unit", "").lower() not in {"second", "minute", "hour", "sec", "min", "hr"}


def clock(match: Match) -> bool:
    """ "14:05" is a time after a word that dates, not a verse, a score or a ratio."""
    if match.text[-1].isalpha():
        return True
    dating = r"\b(?:at|by|until|from|to|before|after|around|about|since|and|between|till|on|\d{4})[\s,]*$"
    return bool(re.search(dating, match.before(12), re.I)) and not re.match(
        r"\s*(?:votes|ratio|majority|[-–]\s?\d)", match.after(12)
    )


def clock_hours(match: Match) -> bool:
    """ "at 0430 hours" is a clock, "for 1200 hours" a length."""
    if not match.text.lower().endswith(("hours", "hrs")):
        return True
    return bool(re.search(r"\b(?:at|by|until|from|before|after|around|about|since)\s$", match.before(12), re.I))


def back(match: Match) -> bool:
    """ "two years back" dates; "gave two days back" does not: only weeks, months and years count back so."""
    counted = match.groups["unit"].lower().startswith(("year", "month", "week"))
    return match.groups["way"].lower() == "ago" or counted


# "On Tuesday, a day after rebels overran the post, …"
_AFTER_A_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?"
    r"|\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?|[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?"
    r"|[Ii]n (?:early |mid-|late )?[A-Z][a-z]{2,8}(?: \d{4})?),? (?:just |only |barely )?$"
)


def of_event(match: Match) -> bool:
    """ "The riot came one day after …": the happening told is the later one, and the words date the earlier.

    Elsewhere ("They left two days after the fire") the first happening is the unknown one and nothing is dated.
    """
    if match.groups["unit"].lower().startswith(("second", "minute", "hour")):
        return False
    verbs = r"\b(?:came|comes|come|took place|occurred|happened|follows|followed)\s+(?:just |only |barely )?$"
    return bool(re.search(verbs, match.before(30)) or _AFTER_A_DAY.search(match.before(30)))


_SO_MANY = re.compile(r"\s(?!(?:1\d|20)\d\d\b)[\w,]+(?:\s\w+){1,3}\s(?:was|were|had|died|fled)\b")


def nothing_named(match: Match) -> bool:
    """ "the year before" with nothing behind it that it comes before: neither a noun phrase nor a clause."""
    if match.next_tag() == "CD":  # "and the year before 49 children were killed"
        return (
            re.match(r"\s(?!(?:1\d|20)\d\d\b)[\w,]+(?:\s\w+){1,3}\s(?:was|were|had|died|fled)\b", match.after(60))
            is not None
        )
    return match.next_tag() in {"", ".", ",", ":", "''", "-RRB-", "CC", "IN", "TO", "WRB", "RB", "VBD"}


def length(match: Match) -> bool:
    """ "a second car" and "quarter-final" are no lengths; shortened units need a number in digits."""
    text = match.text.lower()
    if re.search(r"\bsecond$", text):
        return bool(re.search(r"\d|one|ten", text))
    if re.search(r"\b(?:sec|min|hr|yr)s?$", text):
        return bool(re.search(r"\d", text))
    if "quarter" in text and re.match(r"\s?(?:of\b|-?final)", match.after(8)):
        return False
    if re.fullmatch(r"an?\s(?:day|week|month|year|hour|minute|quarter|century|decade)", text):
        return not re.search(r"\d\s$|\b(?:once|twice|times)\s$|%\s$|percent\s$", match.before(10))
    return True


def per(match: Match) -> bool:
    """A rate needs a unit longer than a minute."""
    return not match.groups["unit"].lower().startswith(("second", "minute"))


def adverb(match: Match) -> bool:
    """ "weekly" as an adverb, and "daily" anywhere but in a newspaper's name ("the Daily Star")."""
    tokens = match.tokens()
    if tokens is None or match.text[0].isupper():
        return False
    return tokens[-1].tag_ in ({"RB", "JJ"} if match.text == "daily" else {"RB"})


def noun_ends(match: Match) -> bool:
    """ "in the past" ends its phrase; "the past weeks" does not."""
    return not match.next_tag().startswith(("NN", "JJ", "CD"))


def soon(match: Match) -> bool:
    """ "soon" with a verb that looks forward; "soon after" counts from something else, "as soon as" from nothing."""
    if re.match(r"\s+(?:after|before|thereafter|afterwards?|as)\b", match.after(12), re.I):
        return False
    return not match.before(3).lower().endswith("as ") and (
        hanging_on(match.passage, match.start, match.end).tense == "future"
    )


GUARDS: Mapping[str, Guard] = {
    "year": year, "year_pair": year_pair, "short_year": short_year, "spelled_year": spelled_year,
    "decade_word": decade_word, "month": month, "day_month": day_month, "month_day": month_day,
    "wire_date": wire_date, "first_of_days": first_of_days, "second_of_days": second_of_days,
    "weekday": weekday, "season": season, "unit": calendar_unit, "day_word": day_word, "part": part, "clock": clock,
    "clock_hours": clock_hours, "back": back, "of_event": of_event, "length": length, "per": per,
    "adverb": adverb, "noun_ends": noun_ends, "soon": soon, "nothing_named": nothing_named,
}  # fmt: skip
