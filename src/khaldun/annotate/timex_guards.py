"""Checks of the words around a match: a number that is no date must never become a time.

A guard takes the passage, the mention's start and end in its text and the groups of the match, and says whether
the rule may stand. It reads the text, and the tagger's and parser's opinion where letters alone cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from spacy.tokens import Token
from spacy.tokens import Span as Tokens

from khaldun.annotate.sentences import Passage
from khaldun.annotate.tense import tense_at

Guard = Callable[[Passage, int, int, Mapping[str, str]], bool]

_PREPOSITIONS = (
    "in|since|until|till|by|of|from|to|during|before|after|through|throughout|late|early|mid|between|for|around|about|"
    "circa|and|or|the|this|that|last|next|year|years|fiscal|as|than|over|into|past|on|but|late-|mid-|versus|summer|"
    "spring|autumn|winter|fall|c\\.|ca\\.|election|elections|war|crisis"
)
_BEFORE_YEAR = re.compile(rf"(?:(?:^|[\s(\[,;:'\"-])(?:{_PREPOSITIONS})\s*|[(\[]\s*|\d\s?[-–]\s?|^\s*)$", re.I)
_AFTER_YEAR = re.compile(r"\s*(?:$|[,;.)\]:]|['’]s\b|[-–—]|and\b|or\b|to\b|when\b|as\b|but\b|by\b|in\b|at\b|after\b|he\b|saw\b|was\b|also\b|marked\b|brought\b|began\b|had\b)", re.I)
_QUANTITY = re.compile(
    r"(?:than|least|most|nearly|almost|some|about|around|over|exactly|only|another|other|up to|as many as|estimated"
    r"|total of|number of|population of|division|brigade|no\.|number|flight|route|room|page|article|resolution|channel"
    r"|roughly|approximately|killed|kill|hundreds|cost|boeing|airbus|windows|size|force of|army of)\s*$",
    re.I,
)
_MEASURE = re.compile(
    r"\s*-?(?:people|men|women|troops|soldiers|fighters|civilians|refugees|dead|killed|wounded|miles|km|kilomet\w+|meters|"
    r"metres|feet|tons|tonnes|dollars|euros|pounds|percent|per cent|%|million|billion|hours|votes|seats|children|"
    r"families|homes|houses|residents|prisoners|members|militants|rebels|tanks|aircraft|acres|square|barrels|more|other|"
    r"others|of (?:them|those|the|his|its|their)\b|rpm|lb|lbs|kg|horsepower|mph|students|workers|villages|jobs|rounds)",
    re.I,
)
_PREPOSITION_BEFORE_MONTH = re.compile(
    r"(?:^|[\s(])(?:in|since|until|till|by|of|from|during|before|after|through|throughout|late|early|mid|between|for|"
    r"around|and|or|this|last|next|every|each|the|to|on|late-|mid-)[\s-]*$",
    re.I,
)
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "april", "june", "august", "mar", "jun", "sep", "dec", "jan"})


def _tokens(passage: Passage, start: int, end: int) -> Tokens | None:
    return passage.doc.char_span(start, end, alignment_mode="expand")


def _next(passage: Passage, end: int) -> Token | None:
    tokens = _tokens(passage, end, len(passage.doc.text)) if end < len(passage.doc.text) else None
    return next((t for t in tokens if t.idx >= end and not t.is_space), None) if tokens else None


def year(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """A bare number of four digits is a year after "in", before an end of clause, or as "the 2003 invasion"."""
    text = passage.doc.text
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if groups.get("mod") or end - start > 4:
        return not _MEASURE.match(after)
    if _QUANTITY.search(before) or _MEASURE.match(after) or re.search(r"\w['’]$|[$£€#/=+]\s?$", before):
        return False
    number = int(text[start:end])
    following = _next(passage, end)
    plural = following is not None and following.tag_ in {"NNS", "NNPS"} and not after.startswith(("-", "'", ","))
    if plural and (number % 100 == 0 or not re.search(r"(?:\b(?:the|in|of|its|their|his)|'s|[-–])\s*$", before, re.I)):
        return False
    if _BEFORE_YEAR.search(before):
        return number >= 1900 or number % 100 != 0 or bool(_AFTER_YEAR.match(after))
    if _AFTER_YEAR.match(after):
        return bool(re.search(r"[A-Za-z,.)]\s*$", before)) and 1500 <= number <= 2100
    noun = following is not None and following.tag_ in {"NN", "NNP", "JJ"}
    return noun and 1900 <= number <= 2100 and number % 100 != 0


def year_pair(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "2007-08" is two years when the second follows the first and no third number follows."""
    first = int(passage.doc.text[start - 3 : start - 1]) if passage.doc.text[start - 3 : start - 1].isdigit() else 100
    return first < int(groups["year_short"])


def short_year(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """An apostrophe and two digits are a year after a word that dates ("in '98", "June '98")."""
    return bool(_PREPOSITION_BEFORE_MONTH.search(passage.doc.text[max(0, start - 12) : start]))


def month(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """A name of a month that is also a verb or a person's name needs a word that dates before it."""
    text, word = passage.doc.text, groups["month"]
    name = word.lower().rstrip(".")
    if len(name) == 3 and name != "may" and not (word.endswith(".") or groups.get("mod")):
        return bool(re.search(r"\b(?:in|since|until|by|from|during|last|this|next)\s$", text[max(0, start - 9) : start], re.I))
    if re.match(r"\s?[-–/]\s?[A-Z][a-z]{2,}\.?\s\d", text[end : end + 20]):
        return True
    if name not in _AMBIGUOUS_MONTHS:
        return not _is_person(passage, start, end)
    if groups.get("mod"):
        return True
    dated = bool(_PREPOSITION_BEFORE_MONTH.search(text[max(0, start - 14) : start]))
    tokens = _tokens(passage, end - len(word), end)
    noun = tokens is not None and tokens[-1].tag_.startswith("NN")
    if name in {"may", "march"}:
        return dated and noun
    return (dated or noun) and not _is_person(passage, start, end)


def _is_person(passage: Passage, start: int, end: int) -> bool:
    tokens = _tokens(passage, start, end)
    if tokens is None or tokens[-1].ent_type_ != "PERSON":
        return False
    neighbours = [t for t in (tokens.doc[tokens.start - 1] if tokens.start else None, _next(passage, end)) if t]
    return any(t.ent_type_ == "PERSON" for t in neighbours)


def day_month(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "30 May be dead" is no date: the month must not be a verb, the number not part of a larger one."""
    text = passage.doc.text
    if re.search(r"[\d.,/:$£€]$|[^\d]-$|\d,\s$", text[max(0, start - 2) : start]):
        return False
    word = groups["month"]
    tokens = _tokens(passage, end - len(word), end)
    return word.lower() not in {"may", "march"} or (tokens is not None and tokens[-1].tag_.startswith("NN"))


def first_of_days(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """The first of two days before a month ("5 and 7 May") follows no other number and is the smaller one."""
    text = passage.doc.text
    if re.search(r"[\d.,/:$£€-]\s?$", text[max(0, start - 2) : start]):
        return False
    second = re.match(r"\D{1,8}(\d\d?)", text[end : end + 12])
    return second is not None and _day_number(groups["day"]) < int(second.group(1))


def second_of_days(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """The second day after a month ("May 5 and 7") is the larger one and counts nothing ("7 men")."""
    text = passage.doc.text
    first = re.search(r"(\d\d?)\D{1,8}$", text[max(0, start - 12) : start])
    if first is None or _day_number(groups["day"]) <= int(first.group(1)):
        return False
    following = _next(passage, end)
    return groups.get("year") is not None or following is None or not following.tag_.startswith(("NN", "JJ", "CD"))


def _day_number(day: str) -> int:
    return int(re.sub(r"\D", "", day) or 0)


def decade_word(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "the nineties" is a decade, "in her nineties" an age."""
    return passage.doc.text[start:end].lower().startswith(("the ", "nineteen")) or bool(
        re.search(r"\bthe\s+$", passage.doc.text[max(0, start - 5) : start], re.I)
    )


def season(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "the fall of Palmyra" and "fall back" are no autumn; "Arab Spring" is a name."""
    if groups["season"].lower() not in {"fall", "spring"}:
        return True
    tokens = _tokens(passage, end - len(groups["season"]), end)
    noun = tokens is not None and tokens[-1].tag_.startswith("NN")
    after = passage.doc.text[end : end + 12]
    return noun and not re.match(r"\s+(?:in|from|to|into)\b", after) and not groups["season"][:1].isupper()


def unit(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "last second", "this minute" and "that day-long" date nothing of the calendar."""
    return groups.get("unit", "").lower() not in {"second", "minute", "hour", "sec", "min", "hr"}


def weekday(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """Days that are names ("Black Friday", "Bloody Sunday", "Friday prayers" apart) are left out."""
    before = passage.doc.text[max(0, start - 20) : start]
    return not re.search(r"(?:Black|Bloody|Ash|Good|Palm|Easter|Holy|Super|Fat|Cyber|Sheffield)\s$", before)


def clock(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "14:05" is a time unless a verse, a score or a ratio: two digits for the minutes and a word that dates."""
    text = passage.doc.text
    before, after = text[max(0, start - 25) : start], text[end : end + 12]
    if re.search(r"[a-z]$", text[start:end]):
        return True
    dated = re.search(r"\b(?:at|by|until|from|to|before|after|around|about|since|and|between|till|on|\d{4})[\s,]*$", before, re.I)
    return bool(dated) and not re.match(r"\s*(?:votes|ratio|majority|[-–]\s?\d)", after)


def clock_hours(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "at 0430 hours" is a clock, "for 1200 hours" a length."""
    before = passage.doc.text[max(0, start - 12) : start]
    return not re.search(r"\bhours$", passage.doc.text[start:end]) or bool(
        re.search(r"\b(?:at|by|until|from|before|after|around|about|since)\s$", before, re.I)
    )


def back(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "two years back" dates; "gave two days back" does not: only years and months count back so."""
    return groups["way"].lower() == "ago" or groups["unit"].lower().startswith(("year", "month", "week"))


def of_event(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "The riot came one day after …": the happening told is the later one, and the words date the earlier.

    Elsewhere ("They left two days after the fire") the first happening is the unknown one and nothing is dated.
    """
    tokens = _tokens(passage, start, end)
    if tokens is None or groups["unit"].lower().startswith(("second", "minute", "hour")):
        return False
    return bool(
        re.search(r"\b(?:came|comes|come|took place|occurred|happened|follows|followed|was|is)\s+(?:just |only |barely )?$",
                  passage.doc.text[max(0, start - 30) : start])
    )


def length(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "a second car" is no length; a length of seconds is plural or has its number in digits."""
    text = passage.doc.text[start:end].lower()
    if re.search(r"\bsecond$", text):
        return bool(re.search(r"\d|one|ten", text))
    if re.search(r"\b(?:sec|min|hr|yr)s?$", text):
        return bool(re.search(r"\d", text))
    if re.search(r"^an?\s(?:day|week|month|year|hour|minute|quarter|century|decade)$", text):
        return not re.search(r"\d\s$|\b(?:once|twice|times)\s$|%\s$|percent\s$", passage.doc.text[max(0, start - 10) : start])
    return not re.match(r"\s?(?:of a|-?final)", passage.doc.text[end : end + 8]) or "quarter" not in text


def adverb(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "weekly" as an adverb, and "daily" anywhere but in a newspaper's name ("the Daily Star", "a daily")."""
    tokens = _tokens(passage, start, end)
    if tokens is None or passage.doc.text[start].isupper():
        return False
    if passage.doc.text[start:end] == "daily":
        return tokens[-1].tag_ in {"RB", "JJ"}
    return tokens[-1].tag_ == "RB"


def per(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """A rate needs a unit longer than a minute."""
    return not groups["unit"].lower().startswith(("second", "minute"))


def noun_ends(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "in the past" ends its phrase; "the past weeks" does not."""
    following = _next(passage, end)
    return following is None or not following.tag_.startswith(("NN", "JJ", "CD"))


def soon(passage: Passage, start: int, end: int, groups: Mapping[str, str]) -> bool:
    """ "soon after" and "shortly before" count from something else, "as soon as" from nothing."""
    after = passage.doc.text[end : end + 12]
    before = passage.doc.text[max(0, start - 5) : start]
    if re.match(r"\s+(?:after|before|thereafter|afterwards?|as)\b", after, re.I) or before.lower().endswith("as "):
        return False
    return tense_at(passage, start, end) == "future"


GUARDS: Mapping[str, Guard] = {
    "year": year, "year_pair": year_pair, "short_year": short_year, "month": month, "day_month": day_month,
    "first_of_days": first_of_days, "second_of_days": second_of_days, "decade_word": decade_word, "season": season,
    "unit": unit, "weekday": weekday, "clock": clock, "clock_hours": clock_hours, "back": back, "of_event": of_event,
    "length": length, "per": per, "adverb": adverb, "noun_ends": noun_ends, "soon": soon,
}  # fmt: skip
