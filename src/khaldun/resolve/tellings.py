"""What the claims about happenings have in common, and what keeps them apart.

A `Telling` is one claim, or several already judged to be about one happening, laid out for comparison. The
comparison is a list of findings; their wording, weights and examples are in `data/rules/event_identity.yaml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from khaldun.knowledge import load_data
from khaldun.model import Claim, Entity, Locus, Span, When
from khaldun.names import name_key
from khaldun.resolve.compare import Comparison, Finding, load_findings

_FILE = "rules/event_identity.yaml"
_AREAS = {"country", "adm1", "region", "province", "governorate", "state"}
_KM_APART = 25.0
_CLOSE = 400  # characters between two quotations: two or three sentences
_BREATH = 160  # characters: the same sentence
_OPENING = 120  # characters: a headline, or the first words of a lead
_WEEKS = 31  # days
_AT_ONCE = 2  # days
_FEW_WORDS = frozenset("the a an of in on at to and by for from with it its that this who which was were".split())


@dataclass(frozen=True, slots=True)
class EventRules:
    """`data/rules/event_identity.yaml`, laid out for use."""

    threshold: float
    findings: Mapping[str, Finding]
    same_happening: frozenset[frozenset[str]]
    speech: frozenset[str]
    outcomes: frozenset[str]
    anaphors: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    many: re.Pattern[str]
    one_more: re.Pattern[str]


@cache
def load_event_rules() -> EventRules:
    """The rules for telling happenings apart. Raises InvalidKnowledge when the file is broken."""
    data: dict[str, Any] = load_data(_FILE)
    return EventRules(
        threshold=float(data["threshold"]),
        findings=load_findings(data["findings"], _FILE),
        same_happening=frozenset(frozenset(line) for line in data["same_happening"]),
        speech=frozenset(data["speech"]),
        outcomes=frozenset(data["outcomes"]),
        anaphors=tuple((_pointing_back(a["noun"]), tuple(a["kinds"])) for a in data["anaphors"]),
        many=_any_of(data["many"]),
        one_more=_any_of(data["one_more"]),
    )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(words) for words in phrases)})\b", re.IGNORECASE)


def _pointing_back(noun: str) -> re.Pattern[str]:
    """ "the attack", "this week's twin attacks", but not "an attack", nor the attack that something else came after."""
    aside = "".join(f"(?<!{word} )" for word in ("after", "before", "since", "following", "until", "despite"))
    start = rf"{aside}\b(?:the|this|that|these|those)\s+(?:[\w’'-]+\s+){{0,2}}"
    return re.compile(rf"{start}{re.escape(noun)}(?:e?s)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telling:
    """Claims about one happening, laid out for comparison; ids of actors and places are canonical.

    `speakers` has for each claim the one who speaks.
    """

    claims: tuple[Claim, ...]
    speakers: tuple[str, ...]
    kinds: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    places: frozenset[str]

    @property
    def whens(self) -> tuple[When, ...]:
        return tuple(c.when for c in self.claims)


def telling(claims: Iterable[Claim], canonical: Callable[[str], str]) -> Telling:
    """The claims, laid out."""
    claims = tuple(claims)

    def filling(*roles: str) -> frozenset[str]:
        return frozenset(canonical(id) for c in claims for role in roles for id in c.roles.get(role, ()))

    kinds = frozenset(c.kind for c in claims)
    speakers = tuple(canonical(c.voice[0]) if c.voice else "" for c in claims)
    return Telling(claims, speakers, kinds, filling("actor"), filling("target"), filling("place"))


# ------------------------------------------------------------------------------------------------ comparing


def compare_tellings(left: Telling, right: Telling, entities: Mapping[str, Entity], rules: EventRules) -> Comparison:
    """All that is found about the two, vetoes first looked for; `entities` by canonical id.

    An entity that is not among `entities` is taken for a named one, so that it can keep two happenings apart.
    """
    ids = (
        *_on_kind(left, right, rules),
        *_on_manner(left, right),
        *_on_participants(left, right, entities),
        *_on_place(left, right, entities),
        *_on_time(left, right),
        *_on_toll(left, right),
        *_on_text(left, right, rules),
    )
    return Comparison(tuple(rules.findings[id] for id in ids))


def _on_kind(left: Telling, right: Telling, rules: EventRules) -> Iterator[str]:
    if not all(_may_be_one(a, b, rules) for a in left.kinds for b in right.kinds):
        yield "kinds_apart"
    if left.kinds & right.kinds & rules.speech:
        yield "acts_of_speech"


def _may_be_one(left: str, right: str, rules: EventRules) -> bool:
    return left == right or any({left, right} <= line for line in rules.same_happening)


def _on_manner(left: Telling, right: Telling) -> Iterator[str]:
    if {c.manner.modality == "actual" for c in left.claims} != {c.manner.modality == "actual" for c in right.claims}:
        yield "not_yet_done"
    here, there = ({(v, _is_negative(c)) for v, c in zip(t.speakers, t.claims, strict=True)} for t in (left, right))
    if any((voice, not negative) in there for voice, negative in here):
        yield "said_not_to_be"


def _is_negative(claim: Claim) -> bool:
    return claim.manner.negated or claim.factuality == "denied"


def _on_participants(left: Telling, right: Telling, entities: Mapping[str, Entity]) -> Iterator[str]:
    if _both_fight(left) and _both_fight(right):
        # Of a clash it carries nothing who is named first.
        shared = (left.actors | left.targets) & (right.actors | right.targets)
        yield from ("same_actor", "same_target")[: len(shared)]
        if not shared and _named_apart(left.actors | left.targets, right.actors | right.targets, entities):
            yield "others_blamed" if _other_voices(left, right) else "different_actor"
        return
    if left.actors & right.actors:
        yield "same_actor"
    elif _named_apart(left.actors, right.actors, entities):
        yield "others_blamed" if _other_voices(left, right) else "different_actor"
    if left.targets & right.targets:
        yield "same_target"
    elif _named_apart(left.targets, right.targets, entities):
        yield "different_target"


def _other_voices(left: Telling, right: Telling) -> bool:
    return set(left.speakers).isdisjoint(right.speakers)


def _both_fight(telling: Telling) -> bool:
    return "assault.clash" in telling.kinds


def _named_apart(left: frozenset[str], right: frozenset[str], entities: Mapping[str, Entity]) -> bool:
    """True where both sides are named and of one sort: two groups, or two persons, but not a group and a
    man."""
    here, there = _named(left, entities), _named(right, entities)
    return bool(here and there) and here.keys().isdisjoint(there) and set(here.values()) == set(there.values())


def _named(ids: frozenset[str], entities: Mapping[str, Entity]) -> dict[str, bool]:
    """The ids that stand for someone in particular, and whether that is a person."""
    named: dict[str, bool] = {}
    for id in ids:
        entity = entities.get(id)
        if entity is None or entity.known_as or any(n.form in ("name", "acronym") for n in entity.names):
            named[id] = entity is not None and entity.type == "person"
    return named


def _on_place(left: Telling, right: Telling, entities: Mapping[str, Entity]) -> Iterator[str]:
    shared = left.places & right.places
    if shared:
        yield "same_region" if all(_is_area(entities.get(id)) for id in shared) else "same_place"
        return
    pairs = [(entities.get(a), entities.get(b)) for a in left.places for b in right.places]
    verdicts = {_places_apart(a, b) for a, b in pairs}
    if verdicts == {"apart"}:
        yield "different_place"
    elif "within" in verdicts:
        yield "place_within"
    elif verdicts == {"unknown"}:
        yield "other_name_of_place"


def _is_area(place: Entity | None) -> bool:
    return place is not None and place.point is not None and place.point.kind in _AREAS


def _places_apart(left: Entity | None, right: Entity | None) -> str:
    """ "apart", "near" (or one within the other), or "unknown"."""
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


def _on_time(left: Telling, right: Telling) -> Iterator[str]:
    pairs = [(a, b) for a in left.whens for b in right.whens]
    gap = min((_days_between(a, b) for a, b in pairs), default=0)
    if gap > 1:
        yield "different_time"
    elif gap == 1:
        yield "next_day"
    elif any(_narrow(a) and _narrow(b) and _days_between(a, b) == 0 for a, b in pairs):
        yield "same_day"
    elif any(_wide(a) <= _WEEKS and _wide(b) <= _WEEKS and _days_between(a, b) == 0 for a, b in pairs):
        yield "same_weeks"
    elif any(a.report != b.report and _told_at_once(a.when, b.when) for a in left.claims for b in right.claims):
        yield "told_at_once"


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


def near_days(when: When) -> Iterator[date]:
    """The days of a narrow time; of news without a day of its own, the day it came out and the two before."""
    if when.basis == "published" and when.latest is not None:
        yield from (when.latest - timedelta(days=n) for n in range(_AT_ONCE + 1))
    elif _narrow(when) and when.earliest is not None and when.latest is not None:
        yield from dict.fromkeys((when.earliest, when.latest))


def _days_between(left: When, right: When) -> int:
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


def _on_toll(left: Telling, right: Telling) -> Iterator[str]:
    here, there = _tolls(left), _tolls(right)
    if any(number > 1 and number in {n for w, n, _ in there if w == what} for what, number, _ in here):
        yield "same_toll"
    elif any(w == what and _one_voice(v, voice) and n != number for what, number, voice in here for w, n, v in there):
        yield "other_toll"


def _one_voice(left: str, right: str) -> bool:
    """A headline's figure, in the outlet's own voice, is that of whom the report quotes for it."""
    return left == right or left.startswith("outlet:") or right.startswith("outlet:")


def _tolls(telling: Telling) -> set[tuple[str, int, str]]:
    return {
        (toll.of, toll.quantity.best, speaker)
        for speaker, claim in zip(telling.speakers, telling.claims, strict=True)
        for toll in claim.tolls
        if toll.quantity.best is not None
    }


# ------------------------------------------------------------------------------------------------ the words


def _on_text(left: Telling, right: Telling, rules: EventRules) -> Iterator[str]:
    pairs = [(a, b) if a.span <= b.span else (b, a) for a in left.claims for b in right.claims if a.report == b.report]
    tied = [*_on_ties(pairs, rules)]
    yield from tied
    yield from _on_position(pairs)
    if left.kinds.isdisjoint(right.kinds) and not tied:
        yield "other_kind"
    if any(_same_words(a.quote, b.quote) for a in left.claims for b in right.claims):
        yield "same_words"
    if _matches(left, rules.many) != _matches(right, rules.many):
        yield "one_of_many"
    if _matches(left, rules.one_more) != _matches(right, rules.one_more):
        yield "one_more"


def _on_ties(pairs: Sequence[tuple[Claim, Claim]], rules: EventRules) -> Iterator[str]:
    if any(_in_one_breath(a.span, b.span) and _is_outcome(a, b, rules) for a, b in pairs):
        yield "outcome_beside_means"
    if any(_points_back(b, a, rules) for a, b in pairs):
        yield "told_again"


def _on_position(pairs: Sequence[tuple[Claim, Claim]]) -> Iterator[str]:
    alike = [(a, b) for a, b in pairs if a.kind == b.kind]
    if any(a.span.start < _OPENING for a, _ in alike):
        yield "told_first"
    if any(_same_stretch(a.span, b.span) for a, b in alike):
        yield "same_stretch"
    elif any(_in_one_breath(a.span, b.span) and not a.span.overlaps(b.span) for a, b in alike):
        yield "listed_apart"
    elif any(_between(a.span, b.span) <= _CLOSE for a, b in alike):
        yield "told_close"


def _same_stretch(left: Span, right: Span) -> bool:
    shared = min(left.end, right.end) - max(left.start, right.start)
    return shared > 0 and shared >= 0.8 * min(len(left), len(right))


def _between(left: Span, right: Span) -> int:
    return max(0, left.start - right.end, right.start - left.end)


def _in_one_breath(left: Span, right: Span) -> bool:
    return max(left.end, right.end) - min(left.start, right.start) <= _BREATH or left.overlaps(right)


def _is_outcome(left: Claim, right: Claim, rules: EventRules) -> bool:
    return (left.kind in rules.outcomes) != (right.kind in rules.outcomes)


def _points_back(later: Claim, earlier: Claim, rules: EventRules) -> bool:
    """The later one names by a definite noun what the earlier one told without it."""
    return any(
        noun.search(later.quote) and not noun.search(earlier.quote) and _of_kind(earlier.kind, kinds)
        and _of_kind(later.kind, kinds)
        for noun, kinds in rules.anaphors
    )  # fmt: skip


def _of_kind(kind: str, kinds: tuple[str, ...]) -> bool:
    return any(kind == k or kind.startswith(f"{k}.") for k in kinds)


def _same_words(left: str, right: str) -> bool:
    here, there = _words(left), _words(right)
    return len(here & there) >= 3 and len(here & there) >= 0.6 * min(len(here), len(there))


def _words(quote: str) -> frozenset[str]:
    return frozenset(name_key(quote).split()) - _FEW_WORDS


def _matches(telling: Telling, words: re.Pattern[str]) -> bool:
    return any(words.search(claim.quote) for claim in telling.claims)
