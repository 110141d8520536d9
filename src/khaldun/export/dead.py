"""The dead of a coded row: each toll told in its events once, and rival tolls of the same people as one range.

"Five soldiers were killed, the army said; the rebels put it at nine": the two voices count the same dead, who are five
to nine and not fourteen. So do "dozens" in the headline and the 41 of a doctor: a figure that fits into an open one
does not come on top of it. One voice's other figures, and those of people of different names, add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

from khaldun.counting import words_for_people
from khaldun.knowledge import load_data

_Figures = tuple[int | None, int | None, int | None]
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_COUNT = re.compile(rf"\b\d{{1,3}}\b(?!(?:st|nd|rd|th)?\s+{_MONTH})")
_BOUNDS = ("low", "best", "high")
_ANYONE = frozenset({"civilians"})
"""Whom a row counts when it says no more."""


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures of an event, whom they count (by their words; none for just anyone), and who gives them."""

    figures: _Figures
    whose: frozenset[str]
    whom: frozenset[frozenset[str]]
    voices: frozenset[str]


def dead_in(events: Sequence[Mapping[str, Any]], actors: Iterable[Mapping[str, Any]]) -> _Figures | None:
    """The dead as (low, best, high), or None where no event tells of any."""
    counted = _counted(events, actors)
    if not counted:
        return None
    low, best, high = (_sum(column) for column in zip(*map(_range, _wholes(counted)), strict=True))
    return low, best, high


def are_disputed(events: Sequence[Mapping[str, Any]], actors: Iterable[Mapping[str, Any]]) -> bool:
    """True where two figures of the same dead are told that are not the same."""
    tolls = ((t for t in e.get("tolls") or () if t["of"] == "killed") for e in events)
    within = any(
        a["who"] == b["who"] and a["according_to"] != b["according_to"] and any(a[n] != b[n] for n in _BOUNDS)
        for a, b in chain.from_iterable(combinations(told, 2) for told in tolls)
    )
    return within or any(len({t.figures for t in group}) > 1 for group in _counted(events, actors))


def _counted(events: Sequence[Mapping[str, Any]], actors: Iterable[Mapping[str, Any]]) -> list[list[_Told]]:
    """The figures of the events, those of the same dead together."""
    names = {str(actor["id"]): str(actor["name"]) for actor in actors}
    told = [_told(event, names) for event in events if event.get("fatalities")]
    told = [one for one in told if not _takes_in_wounded(one)] or told
    counted: list[list[_Told]] = []
    for one in {(t.figures, t.whose): t for t in told}.values():
        rivals = next((group for group in counted if all(_is_rival(one, other) for other in group)), None)
        if rivals is None:
            counted.append([one])
        else:
            rivals.append(one)
    return counted


def _takes_in_wounded(one: _Told) -> bool:
    """True for "killed and wounded 50", which says that somebody died and not how many, and for "killed or wounded 50",
    which does not say even that: it adds nothing to a figure."""
    low, best, high = one.figures
    return low in (0, 1) and best is None and high is not None


def _wholes(counted: list[list[_Told]]) -> list[list[_Told]]:
    """The counts without those that are the parts of the first: "Seven died. One shell killed four, another three"."""
    whole, *parts = counted
    lows = [_range(part)[0] for part in parts]
    if len(parts) > 1 and None not in lows and sum(n for n in lows if n is not None) == whole[0].figures[0]:
        return [whole]
    return counted


def _told(event: Mapping[str, Any], names: Mapping[str, str]) -> _Told:
    figures = event["fatalities"]
    tolls = [t for t in event.get("tolls") or () if t["of"] == "killed"]
    low, best, high = (figures[bound] for bound in _BOUNDS)
    whose = frozenset(t["who"] for t in tolls)
    whom = frozenset(words_for_people(names.get(t["who"], "")) - _ANYONE for t in tolls)
    return _Told((low, best, high), whose, whom, frozenset(figures["according_to"]))


def _is_rival(one: _Told, other: _Told) -> bool:
    """Two voices count the same people; an outlet's own figure is no voice, unless one is open for the other.

    A bare figure counts those told before: "five soldiers were killed; the rebels put *the toll at nine*".
    """
    if one.whom != other.whom and None not in (*one.whose, *other.whose):
        return False
    if one.voices and other.voices:
        return one.voices.isdisjoint(other.voices)
    return one.whom == other.whom and (_takes_in(one, other) or _takes_in(other, one))


def _takes_in(wide: _Told, other: _Told) -> bool:
    """True for "dozens" beside 41, and for "at least 32" beside another voice's 41: the 41 are no others."""
    low, best, high = wide.figures
    least, most = other.figures[0], other.figures[2]
    if low is None or least is None or (best is not None and (high is not None or wide.voices == other.voices)):
        return False
    return low <= least and (high is None or (least if most is None else most) <= high)


def _range(rivals: Sequence[_Told]) -> _Figures:
    lows, bests, highs = ([t.figures[n] for t in rivals] for n in range(3))
    return (
        None if None in lows else min(n for n in lows if n is not None),
        bests[0] if len(set(bests)) == 1 else None,
        None if None in highs else max(n for n in highs if n is not None),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = list(values)
    return None if None in known else sum(v for v in known if v is not None)


def deadly_among(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The events that cannot be without somebody's death; none where any event tells a toll."""
    return [] if any(e.get("fatalities") for e in events) else [e for e in events if is_deadly(e)]


def is_deadly(event: Mapping[str, Any]) -> bool:
    """True for an event that cannot be without somebody's death: "assassinated key figures"."""
    rule = load_data("rules/coding.yaml")["deadly"]
    words = f" {str(event['evidence']).casefold()}"
    if any(word in words for word in rule["unless_words"]) or _COUNT.search(words):
        return False  # a figure that is no toll is one that the report takes back
    by_word = event["kind"] in rule["by_word"]["kinds"] and any(w in words for w in rule["by_word"]["words"])
    return event["kind"] in rule["kinds"] or by_word
