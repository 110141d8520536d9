"""Counts as ranges: "at least 7" is 7 and up, "dozens" is 12 to 99. What is counted is left to the frames."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from khaldun.annotate.found import Found
from khaldun.annotate.reading.starts import finder
from khaldun.annotate.tables.timex_words import table, weekday_names
from khaldun.annotate.words import Doc
from khaldun.knowledge import load_data
from khaldun.model import Quantity, Span

LEXICON = "lexicons/en/counts.yaml"
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_DOZEN = 12
# "two hundred and five", but "six and nine" are two numbers.
_AFTER_SCALE = "(?:(?<=hundred)|(?<=thousand)|(?<=million))"


def find_counts(doc: Doc, times: Sequence[Span]) -> list[Found]:
    """Numbers and vague amounts that count things: no dates, ages, measures, money or numbers of units."""
    found: list[Found] = []
    text, end = doc.text, 0
    for match in _numbers()(text):
        span = Span(*match.span())
        quantity = _core(match)
        if span.start < end or quantity is None or _is_other(text, span, match, times) or _in_date(doc, span):
            continue
        if (share := _share_of(text, found[-1] if found else None, span, quantity)) is not None:
            span, quantity = share
            found = found if found and found[-1].span.end <= span.start else found[:-1]
        else:
            span, quantity = _bounded(text, span, quantity)
        if found and _joins(text, found[-1], span):
            first = found.pop()
            span, quantity = _range(text, first, span, quantity)
        found.append(Found(span, "count", "value", kind="count", value=quantity))
        end = span.end
    return found


@cache
def _numbers() -> Callable[[str], Iterable[re.Match[str]]]:
    data = load_data(LEXICON)
    number = "|".join(sorted(map(re.escape, [*data["numbers"], *data["scales"]]), key=len, reverse=True))
    vague = "|".join(sorted(map(re.escape, data["vague"]), key=len, reverse=True))
    words = rf"(?:{number})(?:(?:-|\s+|{_AFTER_SCALE}\s+and\s+)(?:{number}))*"
    pattern = re.compile(
        rf"(?<![\w.,:/$£€-])(?:(?P<vague>{vague})|(?P<digits>{_DIGITS.pattern})(?:\s+(?P<scale>hundred|thousand|million))?"
        rf"|(?:a\s+)?(?P<words>{words})(?P<dozens>\s+dozen)?)(?![\w:/]|[.,]\d)",
        re.I,
    )
    return finder(pattern)


def _core(match: re.Match[str]) -> Quantity | None:
    if match["vague"]:
        low, best, high = load_data(LEXICON)["vague"][re.sub(r"\s+", " ", match["vague"].casefold())]
        return Quantity(low, best, high)
    if match["digits"]:
        value = int(match["digits"].replace(",", ""))
        value *= load_data(LEXICON)["scales"].get((match["scale"] or "").casefold(), 1)
    else:
        value = number_of(match["words"]) * (_DOZEN if match["dozens"] else 1)
    return Quantity(value, value, value)


def number_of(words: str) -> int:
    """The value of a number in words ("two thousand five hundred" is 2500)."""
    data: Mapping[str, Any] = load_data(LEXICON)
    total = current = 0
    if words.casefold().startswith("no "):
        return 0  # "no one"
    for word in re.split(r"[\s-]+", words.casefold()):
        if word in data["scales"]:
            scale = data["scales"][word]
            current = max(current, 1) * scale
            if scale > 100:
                total, current = total + current, 0
        elif word in data["numbers"]:
            current += data["numbers"][word]
    return total + current


def figure(phrase: str) -> int | None:
    """The number that a phrase opens with or holds ("at least eight militants" is 8), or None."""
    digits = _DIGITS.search(phrase)
    if digits is not None:
        return int(digits.group().replace(",", ""))
    data: Mapping[str, Any] = load_data(LEXICON)
    words = [w for w in re.split(r"[\s-]+", phrase.casefold()) if w in data["numbers"] or w in data["scales"]]
    return number_of(" ".join(words)) if words else None


_WORD_AFTER = re.compile(r"\s*(-?[\w'.]+(?:-old)?|%|-)")
_WORD_BEFORE = re.compile(r"[\s-]*([\w.$£€]+)")  # read from right to left
_NEAR = 80  # characters in which the word before usually lies


def _is_other(text: str, span: Span, match: re.Match[str], times: Sequence[Span]) -> bool:
    """True for a number that counts nothing: of a time, a measure, an age, a unit, or "one" as a pronoun."""
    data = load_data(LEXICON)
    after = _WORD_AFTER.match(text, span.end)
    following = after.group(1).casefold().rstrip(".") if after else ""
    preceding = _word_before(text, span.start)
    if span.overlaps_any(times) or following in data["not_before"] or preceding in data["not_after"]:
        return True
    if following.startswith("-") and not following[1:].isdigit():
        return True
    word = match.group().casefold()
    if match["digits"] and not match["scale"] and re.fullmatch(r"(?:19|20)\d\d", match["digits"]):
        return not _counted_year(text, span, preceding)
    if word in ("one", "no", "none", "both", "a number", "score"):
        return _idle(text, span, word, following)
    return _dated(preceding, following)


def _word_before(text: str, at: int) -> str:
    near = max(0, at - _NEAR)
    found = _WORD_BEFORE.match(text[near:at][::-1])
    if near and (found is None or found.end() == at - near):  # nothing but blanks, or a word that goes on further left
        found = _WORD_BEFORE.match(text[:at][::-1])
    return found.group(1)[::-1].casefold() if found is not None else ""


def _dated(preceding: str, following: str) -> bool:
    return (
        preceding.rstrip(".") in table("months")
        or (following in table("months") and following != "may")
        or following in ("st", "nd", "rd", "th")
    )


def _counted_year(text: str, span: Span, preceding: str) -> bool:
    """ "more than 2000 people" counts; "in 2015" and "June 2015" do not."""
    return preceding in ("than", "least", "over", "some", "about", "to", "nearly", "around") and bool(
        re.match(r"\s+[a-z]{4,}", text[span.end :])
    )


_COUNTED_NONE = frozenset(
    "casualties casualty deaths death injuries injury fatalities survivors victims losses dead wounded civilians "
    "people one".split()
)


_ONE_AS_PRONOUN = frozenset("another hand side day who that could would can might such and where".split())


def _idle(text: str, span: Span, word: str, following: str) -> bool:
    if word == "no":
        return following not in _COUNTED_NONE or following == "one"
    if word == "both":
        return following == "sides" or not re.match(r"\s+(?:of\s|\w+s\b|men\b|women\b)", text[span.end :])
    if word == "one":
        counts = re.match(r"\s+(?:of\s+(?:them|those|the)\b|(?:more\s+)?[^\W\d_]{3,})", text[span.end :])
        return counts is None or following in _ONE_AS_PRONOUN or following in weekday_names()
    return word != "a number" or following != "of"


def _in_date(doc: Doc, span: Span) -> bool:
    """True inside a date, a sum or a measure, unless it numbers a plural outside of it ("nine farmers")."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or not {t.ent_type_ for t in tokens} & _MEASURES:
        return False
    if len(tokens) == 1 and tokens[0].i and tokens[0].nbor(-1).lower_ in {"at", "to", "least", "than"}:
        return False  # "put the number of dead at 31"; a day would be a time already
    last = tokens[-1]
    counted = last.head if last.dep_ == "nummod" else last.head.head
    return not (counted.tag_ == "NNS" and counted.i > last.i and counted.ent_type_ not in _MEASURES)


_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})


@cache
def _bounds() -> re.Pattern[str]:
    bounds = load_data(LEXICON)["bounds"]
    groups = (
        f"(?P<{name}>"
        + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))
        + ")"
        for name, words in bounds.items()
    )
    return re.compile(rf"\b(?:{'|'.join(groups)})(?:\s+a|\s+the)?\s+$", re.I)


_RISEN = re.compile(r"\b(?:go(?:es|ne|ing)?|went|mov(?:ed|es)|climbed|creeping|crept|inched|edged|pushed)\s+$", re.I)


def _bounded(text: str, span: Span, quantity: Quantity) -> tuple[Span, Quantity]:
    """The span with the words that bound the number, and the bounds they make."""
    match = _bounds().search(text, max(0, span.start - 30), span.start)
    if match is None:
        return span, quantity
    span = Span(match.start(), span.end)
    low, best, high = quantity.low, quantity.best, quantity.high
    if match["at_least"]:
        return span, Quantity(low, best, None)
    if match["more_than"]:
        return span, Quantity(low + 1 if low is not None else None, None, None)
    if match["at_most"]:
        if _RISEN.search(text, max(0, match.start() - 12), match.start()):
            return Span(match.end(), span.end), quantity  # "has *gone* up to 11"
        return span, Quantity(None, None, high)
    if match["less_than"]:
        return span, Quantity(None, None, high - 1 if high is not None else None)
    return span, quantity


_OF_THE = re.compile(r"\s+of\s+(?:the|its|their|those|these)\s+")
_ALL_BUT = re.compile(r"\ball but $", re.I)
_HALF = re.compile(r"\b(?:exactly |about )?half (?:of )?(?:the|its|their|those|these) $", re.I)


def _share_of(text: str, first: Found | None, whole: Span, quantity: Quantity) -> tuple[Span, Quantity] | None:
    """What is left of a number: 18 of "*all but two of the 20* miners", 15 of "*half of the 30* recruits"."""
    if quantity.best is None:
        return None
    half = _HALF.search(text, max(0, whole.start - 25), whole.start)
    if half is not None and quantity.best % 2 == 0:
        left, start = quantity.best // 2, half.start()
    elif (
        first is not None
        and first.value is not None
        and first.value.best
        and _OF_THE.fullmatch(text, first.span.end, whole.start)
        and (but := _ALL_BUT.search(text, max(0, first.span.start - 10), first.span.start))
    ):
        left, start = quantity.best - first.value.best, but.start()
    else:
        return None
    return Span(start, whole.end), Quantity(left, left, left)


def _joins(text: str, first: Found, second: Span) -> bool:
    """ "between six and nine", "10 to 12", "10-12"."""
    between = text[first.span.end : second.start]
    before = text[max(0, first.span.start - 10) : first.span.start].casefold()
    if between == " and ":
        return before.endswith("between ")
    return between in (" to ", "-", "–") or between == " or "


def _range(text: str, first: Found, second: Span, quantity: Quantity) -> tuple[Span, Quantity]:
    start = first.span.start
    lead = re.search(r"\b(?:between|from)\s+$", text[:start], re.I)
    low = first.value.low if first.value is not None else None
    if low is not None and quantity.high is not None and low > quantity.high:
        low = None  # "between dozens and 7" bounds nothing from below
    return Span(lead.start() if lead else start, second.end), Quantity(low, None, quantity.high)
