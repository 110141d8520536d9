"""By which day a state had begun that is told of a stretch of days.

"Has held it *since June 2015*" began on some day of that June; what is told of "last year" on some day of that year,
for all that the words say; "*over the past year*" it lasted throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from khaldun.annotate.words import Token
from khaldun.calendar import day, month_days, year_days
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Timex, When

_SINCE = re.compile(r"(?:since|as of|from)\b", re.I)
_VALUE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def begun_by(when: When, mentions: Iterable[Mention], text: str) -> date | None:
    """The last day on which a state of that time may have begun; None where it lasted throughout or is not dated."""
    if when.earliest is None or when.span is None:
        return None
    time = next((m for m in mentions if m.kind == "time" and m.when is not None and m.when.span == when.span), None)
    if time is None or not isinstance(time.value, Timex) or time.value.type == "DURATION":
        return None
    return _end_of(time.value.value) if _SINCE.match(when.span.of(text)) else when.latest


@cache
def forcing() -> frozenset[str]:
    """Verbs that leave somebody a place to be in."""
    return word_list("lexicons/en/control.yaml", "forcing")


def is_past_lot(word: Token) -> bool:
    """ "Drove them out, *forcing* them to operate in X", "were *left* to hide in X": so then, and perhaps no longer."""
    verb = word.head
    if word.dep_ not in {"xcomp", "ccomp", "advcl"} or verb.lemma_ not in forcing():
        return False
    while verb.tag_ == "VBG" and verb.dep_ in {"advcl", "conj", "ccomp"} and verb.head.i != verb.i:
        verb = verb.head
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool(helpers & {"was", "were"}))


def after_what_led(states: Iterable[Frame], told: Sequence[Frame]) -> Iterator[Frame]:
    """A past lot without a day of its own began no earlier than what the sentence tells before it."""
    for state in states:
        led = [f.when for f in told if f.trigger.end <= state.trigger.start and f.when.earliest is not None]
        if state.values.get("past") is None or not led or state.when.basis != "published" or state.when.latest is None:
            yield state
            continue
        last = state.when.latest
        when = replace(state.when, earliest=led[-1].earliest, basis="narrative", anchor=led[-1].earliest)
        yield replace(state, when=when, values={**state.values, "begun_by": last.isoformat()})


def _end_of(value: str) -> date | None:
    """The last day of a calendar value ("2015-06"); None for another ("2015-SU", "P1Y")."""
    named = _VALUE.fullmatch(value)
    if named is None:
        return None
    year, month, number = (int(part) if part else None for part in named.groups())
    if year is None or month is None:
        days = year_days(year) if year is not None else None
    else:
        if number is not None:
            return day(year, month, number)
        days = month_days(year, month)
    return days.last if days is not None else None
