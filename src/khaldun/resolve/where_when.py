"""What two tellings have in common of place and time, and what keeps them apart.

Within one report only what a telling says itself counts: a place or a day that it has from the sentence before is
that sentence's, and no second witness. "Rebels attacked a post in Tal on Monday. The army shelled two villages in
reply." names no day for the shelling, and no place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from khaldun.copies import replace
from khaldun.model import Claim, Entity, Locus, When
from khaldun.resolve.tellings import EventRules, Telling

_AREAS = {"country", "adm1", "region", "province", "governorate", "state"}
_KM_APART = 25.0
_AT_ONCE = 2  # days
_LONG_AGO = 60  # days before the news
_NEXT = 120  # characters between one sentence's happening and the next one's


def on_place(left: Telling, right: Telling, entities: Mapping[str, Entity], rules: EventRules) -> Iterator[str]:
    """The findings about where the two happened."""
    if _in_one_report(left, right):
        if _is_other_ground(left, right, entities, rules):
            yield "different_place"
            return
        left, right = _as_said(left), _as_said(right)
    shared = left.places & right.places
    if shared:
        yield "same_region" if all(_is_area(entities.get(id)) for id in shared) else "same_place"
        return
    pairs = [(entities.get(a), entities.get(b)) for a in left.places for b in right.places]
    verdicts = {_places_apart(a, b) for a, b in pairs}
    if verdicts == {"apart"}:
        yield "different_place"
    elif pairs and _holds_ground(left, rules) and all(_goes_by_name(p) for pair in pairs for p in pair):
        yield "other_ground"
    elif "within" in verdicts:
        yield "place_within"
    elif verdicts == {"unknown"}:
        yield "other_name_of_place"


def _is_other_ground(left: Telling, right: Telling, entities: Mapping[str, Entity], rules: EventRules) -> bool:
    """ "They took Sirte in stages; in May they seized *the airport*. They also took *Harawa*": ground taken is that of
    the town that the report was about, and no other town's."""
    if not all(_holds_ground(telling, rules) for telling in (left, right)):
        return False
    verdicts = {_places_apart(entities.get(a), entities.get(b)) for a in left.places for b in right.places}
    return verdicts == {"apart"}


def _in_one_report(left: Telling, right: Telling) -> bool:
    return len({claim.report for telling in (left, right) for claim in telling.claims}) == 1


def _as_said(telling: Telling) -> Telling:
    return replace(telling, places=telling.places - telling.inferred)


def _gone_on(claim: Claim) -> bool:
    """True where the day is that of an earlier sentence. "Two days before" counts from it, and is said."""
    when = claim.when
    said = when.span is None or claim.span.overlaps(when.span)
    return when.basis == "narrative" and when.anchor == when.earliest and not said


def goes_on_from(earlier: Claim, later: Claim) -> bool:
    """True where the later claim gives no day of its own, and was not read with another than the earlier one's.

    "A truce began on Monday. Last year gunmen attacked a mosque. *Nine were killed*" is not of Monday.
    """
    if later.when.basis == "published" or not later.when.known:
        return True
    return _gone_on(later) and days_between(earlier.when, later.when) == 0


def _holds_ground(telling: Telling, rules: EventRules) -> bool:
    return any(kind.startswith(rules.territorial) for kind in telling.kinds)


def _goes_by_name(place: Entity | None) -> bool:
    """Named, and no country or region."""
    return place is None or (any(n.form == "name" for n in place.names) and not _is_area(place))


def _is_area(place: Entity | None) -> bool:
    return place is not None and place.point is not None and place.point.kind in _AREAS


def _places_apart(left: Entity | None, right: Entity | None) -> str:
    """ "apart", "near", "within" (one may lie in the other), or "unknown"."""
    if left is None or right is None or left.point is None or right.point is None:
        return "unknown"
    here, there = left.point, right.point
    if here.country_iso2 and there.country_iso2 and here.country_iso2 != there.country_iso2:
        return "apart"
    if here.kind in _AREAS or there.kind in _AREAS:
        return "within" if here.country_iso2 and here.country_iso2 == there.country_iso2 else "near"
    distance = kilometres(here, there)
    if distance is None:
        return "unknown"
    return "apart" if distance > _KM_APART else "near"


def kilometres(here: Locus, there: Locus) -> float | None:
    """Great-circle distance; None where either is not on the map."""
    if here.lat is None or here.lon is None or there.lat is None or there.lon is None:
        return None
    a, b = math.radians(here.lat), math.radians(there.lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(there.lon - here.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


def on_time(left: Telling, right: Telling) -> Iterator[str]:
    """The findings about when the two happened."""
    one_report = _in_one_report(left, right)
    here, there = ([c.when for c in t.claims if not (one_report and _gone_on(c))] for t in (left, right))
    pairs = [(a, b) for a in here for b in there]
    gap = min((days_between(a, b) for a, b in pairs), default=0)
    if gap > 1 or (one_report and _one_looks_back(left, right)):
        yield "different_time"
    elif gap == 1:
        yield "next_day"
    elif any(_narrow(a) and _narrow(b) and days_between(a, b) == 0 for a, b in pairs):
        yield "same_day"
    elif _news_beside_background(left, right) or _news_beside_background(right, left):
        yield "news_and_background"
    elif any(a.report != b.report and _told_at_once(a.when, b.when) for a in left.claims for b in right.claims):
        yield "told_at_once"


def _one_looks_back(left: Telling, right: Telling) -> bool:
    """ "The army retook it *on Friday*. The group had captured it from a militia": history is no part of dated news."""
    old, new = ({"history" in c.values for c in t.claims} for t in (left, right))
    if old == new or len(old) + len(new) > 2:
        return False
    news = right if old == {True} else left
    return any(c.when.basis in ("stated", "relative") for c in news.claims)


def _told_at_once(left: When, right: When) -> bool:
    """News without a day of its own is of the days before it came out."""
    if "published" not in (left.basis, right.basis) or left.latest is None or right.latest is None:
        return False
    first, last = sorted((left, right), key=lambda w: (w.latest or date.min, w.basis == "published"))
    if first.basis != "published" and not _narrow(first):
        return False
    if last.basis != "published":
        return False
    return (last.latest - first.latest).days <= _AT_ONCE  # type: ignore[operator]


def _news_beside_background(news: Telling, background: Telling) -> bool:
    """True where all of one is told as news, without a time of its own, and the other says that it goes back to long
    before: what happened "last year" is not what "has happened". The next sentence may go on with the background."""
    return all(_is_news(c) for c in news.claims) and all(
        _goes_back(old.when, new.when) and not _right_after(new, old)
        for old in background.claims
        for new in news.claims
    )


def _is_news(claim: Claim) -> bool:
    return claim.when.basis == "published" and claim.when.latest is not None


def _goes_back(when: When, news: When) -> bool:
    if when.basis == "published" or when.earliest is None or news.latest is None:
        return False
    return (news.latest - when.earliest).days > _LONG_AGO


def _right_after(later: Claim, earlier: Claim) -> bool:
    return later.report == earlier.report and 0 <= later.span.start - earlier.span.end <= _NEXT


def near_days(when: When) -> Iterator[date]:
    """The days of a narrow time; of news without a day of its own, the day it came out and the two before."""
    if when.basis == "published" and when.latest is not None:
        yield from (when.latest - timedelta(days=n) for n in range(_AT_ONCE + 1))
    elif _narrow(when) and when.earliest is not None and when.latest is not None:
        yield from dict.fromkeys((when.earliest, when.latest))


def days_between(left: When, right: When) -> int:
    """Days from the end of one to the start of the other; 0 where they meet or an end is open."""
    gaps = (_gap(left.latest, right.earliest), _gap(right.latest, left.earliest))
    return max(0, *gaps)


def _gap(end: date | None, start: date | None) -> int:
    return (start - end).days if end is not None and start is not None else 0


def _narrow(when: When) -> bool:
    return _wide(when) <= 1


def _wide(when: When) -> float:
    if when.earliest is None or when.latest is None:
        return math.inf
    return (when.latest - when.earliest).days
