"""What is no part of a row by what it is: a founding beside a battle, a killing beside a retreat, a deed told as later.

All kinds and words are in `data/rules/coding.yaml` (`another`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from khaldun.export.parties import RULES
from khaldun.knowledge import load_data

_Event = Mapping[str, Any]
_FORCES = frozenset({"state_force", "state", "government"})
_REBELS = frozenset({"armed_group"})


def is_another(event: _Event, group: Sequence[_Event], actors: Mapping[str, Mapping[str, Any]]) -> bool:
    """True where the event is another happening than that of the row, whatever place and day they share."""
    return (
        _is_founding(event) != _is_founding(group[0])
        or _comes_later(event, group)
        or any(_left_and_killed(a, b) or _own_dead(a, b, actors) for e in group for a, b in ((event, e), (e, event)))
    )


def is_shown_before(event: _Event, group: Sequence[_Event], events: Sequence[_Event]) -> bool:
    """ "bombed them on Monday, a day after they had *put out a video claiming the killing of nine herders*": what a
    work of an earlier day tells of is no part of the later deed."""
    first = min((str(e["earliest"]) for e in group if e.get("earliest")), default="")
    return any(
        work["kind"] == "media.release"
        and work.get("sentence_span") == event.get("sentence_span")
        and _speaker(event) in work["actor"]
        and "" < str(work.get("latest") or "") < first
        for work in events
    )


def _is_founding(event: _Event) -> bool:
    """ "fighting with the front, *which was formed in May*": when a body came about is no day of what it did."""
    return bool(event.get("earliest")) and event["kind"] in load_data(RULES)["another"]["founding"]


def _comes_later(event: _Event, group: Sequence[_Event]) -> bool:
    """ "Helicopters *later* struck them *near Brak*": told as later, at a place that is none of the row's."""
    rule = load_data(RULES)["another"]
    words = f" {str(event['evidence']).casefold()} "
    if not event.get("place") or "place" in (event.get("inferred") or ()):
        return False
    elsewhere = all(e.get("place") != event["place"] for e in group)
    return elsewhere and any(word in words for word in rule["later"])


def _left_and_killed(one: _Event, other: _Event) -> bool:
    """Who left a place, and who was killed by another voice's word, in clauses apart."""
    rule = load_data(RULES)["another"]
    if one["kind"] not in rule["leaving"] or other["kind"] not in rule["killing"]:
        return False
    apart = one.get("sentence_span") != other.get("sentence_span") or not one.get("sentence_span")
    voices = {_speaker(one), _speaker(other)}
    return apart and len(voices) == 2 and None not in voices


def _own_dead(strike: _Event, dead: _Event, actors: Mapping[str, Mapping[str, Any]]) -> bool:
    """Dead of the side that struck others from afar: "a hospital said that *40 soldiers* had been killed"."""
    if strike["kind"] not in load_data(RULES)["another"]["from_afar"] or not dead.get("fatalities"):
        return False
    by, on, theirs = (_types(ids, actors) for ids in (strike["actor"], strike["target"], dead["target"]))
    if dead["actor"] or not (by and on and theirs):
        return False
    return any(by <= a and theirs <= a and on <= b for a, b in ((_FORCES, _REBELS), (_REBELS, _FORCES)))


def _types(ids: Sequence[str], actors: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(actors[id].get("type")) for id in ids if id in actors)


def _speaker(event: _Event) -> str | None:
    return next(iter(event.get("source") or ()), None)
