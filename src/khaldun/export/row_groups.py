"""Which events of a record are one row: a happening with its consequences, told of one place, day and parties.

All figures and words are in `data/rules/coding.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from khaldun.export.parties import RULES, named
from khaldun.export.row_apart import is_another, is_shown_before
from khaldun.knowledge import load_data
from khaldun.ontology import kinds

HAPPENED = frozenset({"asserted", "reported", "claimed"})
SIDES = ("actor", "target")


def grouped(
    events: Iterable[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]] | None = None
) -> list[list[Mapping[str, Any]]]:
    """The coded events by row, in text order. `actors` by id tell which parties go by a name of their own."""
    groups: list[list[Mapping[str, Any]]] = []
    events = list(events)
    coded = sorted(filter(is_coded, events), key=start_of)
    news = [e for e in coded if not e.get("background") or e.get("history")]  # what is older is a row of its own time
    shown = _shown_in(events)
    for event in news or coded:  # the ground of something else is a row only where nothing else is told
        fitting = (g for g in reversed(groups) if _belongs(event, g) and _fits(event, g, actors or {}))
        other = (g for g in fitting if not _is_other_news(event, g, shown))
        home = next((g for g in other if not is_shown_before(event, g, events)), None)
        if home is None:
            groups.append([event])
        else:
            home.append(event)
    return groups


def _shown_in(events: Iterable[Mapping[str, Any]]) -> frozenset[tuple[int, int]]:
    """The sentences that tell of a video, a statement or another work by somebody."""
    return frozenset(tuple(e["sentence_span"]) for e in events if e["kind"] == "media.release" and "sentence_span" in e)


def _is_other_news(
    event: Mapping[str, Any], group: Sequence[Mapping[str, Any]], shown: frozenset[tuple[int, int]]
) -> bool:
    """True for what a work of a later sentence shows of others than the row's, and counts no dead.

    "The front seized officers of the guard. It has put out videos of *boys who were detained* in the town."
    """
    sentence = tuple(event.get("sentence_span") or ())
    if sentence not in shown or event.get("fatalities") or not event["target"]:
        return False
    if any(tuple(e.get("sentence_span") or ()) == sentence for e in group):
        return False
    theirs = {id for e in group for side in SIDES for id in e[side]}
    return bool(theirs) and theirs.isdisjoint((*event["actor"], *event["target"]))


def start_of(event: Mapping[str, Any]) -> int:
    """Where the words of an event begin; those without words of their own come first."""
    return int((event.get("evidence_span") or (0, 0))[0])


def _belongs(event: Mapping[str, Any], group: Sequence[Mapping[str, Any]]) -> bool:
    """True where nothing in the words sets the event apart from those of the row: place, day, parties, distance."""
    reach = load_data(RULES)["reach"]
    last = max((e.get("evidence_span") or (0, 0))[1] for e in group)
    if start_of(event) - last > reach or _is_told_apart(event) or _follows_a_sum(event, group):
        return False
    return all(_same_place(event, e) and _same_time(event, e) for e in group) and not _other_parties(event, group)


def _follows_a_sum(event: Mapping[str, Any], group: Sequence[Mapping[str, Any]]) -> bool:
    """True for what has a day and a place of its own, sentences behind dead who have neither.

    "At least 700 fighters were killed. … It carried out a suicide attack in Brak on Sunday."
    """
    if not (_is_placed(event) and event.get("earliest")) or any(_is_placed(e) or e.get("earliest") for e in group):
        return False
    told_to = max(int((e.get("sentence_span") or e.get("evidence_span") or (0, 0))[1]) for e in group)
    return any(e.get("fatalities") for e in group) and _sentence_start(event) - told_to > _GAP


def _is_placed(event: Mapping[str, Any]) -> bool:
    """True where the words of the event name its place."""
    return bool(event.get("place")) and "place" not in (event.get("inferred") or ())


def _sentence_start(event: Mapping[str, Any]) -> int:
    return int((event.get("sentence_span") or event.get("evidence_span") or (0, 0))[0])


_GAP = 3
"""The characters between a sentence and the next one of its paragraph."""


def _is_told_apart(event: Mapping[str, Any]) -> bool:
    """ "*In a separate incident*, a bomb hit a convoy"."""
    words = str(event["evidence"]).casefold()
    return words.startswith(tuple(load_data(RULES)["apart"]["words"]))


def _same_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    places = {e["place"] for e in (one, other) if _is_placed(e)}
    return len(places) < 2


def _same_time(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True unless the words put one of the two at another time than the other.

    Two intervals must overlap; one that is wider than a month ("over the past year") is that of its own clause; and
    what no word dates is news, not what is told of more than a month before the report.
    """
    if _apart_by(one, other) <= load_data(RULES)["clause"]:
        return not _disjoint(one, other)
    wide = int(load_data(RULES)["wide"]["days"])
    if any(_days(e) > wide for e in (one, other)) and all(e.get("latest") for e in (one, other)):
        return all(one.get(end) == other.get(end) for end in ("earliest", "latest"))
    for dated, undated in ((one, other), (other, one)):
        if dated.get("earliest") and dated.get("latest") and not undated.get("earliest") and undated.get("latest"):
            return bool(_between(dated["latest"], undated["latest"]) <= wide)
    return not _disjoint(one, other)


def _disjoint(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True where the two intervals are known at both ends and lie apart."""
    if any(e.get(end) is None for e in (one, other) for end in ("earliest", "latest")):
        return False
    return not (one["earliest"] <= other["latest"] and other["earliest"] <= one["latest"])


def _apart_by(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """The characters between the words of the two."""
    first, last = sorted(e.get("evidence_span") or (0, 0) for e in (one, other))
    return int(last[0]) - int(first[1])


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _other_parties(event: Mapping[str, Any], group: Sequence[Mapping[str, Any]]) -> bool:
    """True where the same is done by others to others: two clashes of four parties are two rows."""
    alike = [e for e in group if starting_sub_type(e) == starting_sub_type(event)]
    if not alike or not all(event.get(side) for side in SIDES):
        return False
    mine = {*event["actor"], *event["target"]}
    return all(all(e.get(s) for s in SIDES) and mine.isdisjoint({*e["actor"], *e["target"]}) for e in alike)


def _fits(
    event: Mapping[str, Any], group: Sequence[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]]
) -> bool:
    """True unless who takes part sets the event apart."""
    return (
        _share(event, group, actors) and not _is_turned(event, group, actors) and not is_another(event, group, actors)
    )


def _share(
    event: Mapping[str, Any], group: Sequence[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]]
) -> bool:
    """True unless the event and the row, in clauses apart, have each armed parties of their own and none in both."""
    if start_of(event) - max((e.get("evidence_span") or (0, 0))[1] for e in group) <= load_data(RULES)["clause"]:
        return True
    mine = _own_named([event], actors)
    others = _own_named(group, actors)
    return not mine or not others or not mine.isdisjoint(others)


def _is_turned(
    event: Mapping[str, Any], group: Sequence[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]]
) -> bool:
    """True where by another voice one who suffers in the row does something to somebody, or the other way round.

    "The front said that its men had struck the guard. The guard has shot two of its leaders." One voice that tells
    both tells an exchange, and so does one that takes up what was told.
    """
    words = f" {str(event['evidence']).casefold()} "
    did, suffered = _one_sided(event, actors)
    if not did or any(cue in words for cue in load_data(RULES)["exchange"]["words"]):
        return False
    others = (_one_sided(e, actors) for e in group if _speaker(e) != _speaker(event))
    return any(did & suffers or suffered & does for does, suffers in others)


def _speaker(event: Mapping[str, Any]) -> str | None:
    """Who tells it, by whatever carries the word: the army, and the army in a statement, are one voice."""
    return next(iter(event.get("source") or ()), None)


def _one_sided(
    event: Mapping[str, Any], actors: Mapping[str, Mapping[str, Any]]
) -> tuple[frozenset[str], frozenset[str]]:
    """The names of those who do something to somebody, and of those who suffer; who fight one another are neither."""
    did, suffered = (frozenset(actors[id]["name"].casefold() for id in event[s] if id in actors) for s in SIDES)
    return did - suffered if suffered else suffered, suffered - did


def _own_named(events: Iterable[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """The armed parties that no class takes in; soldiers, police, crowds and the unnamed may be anybody's."""
    ids = (id for e in events for side in SIDES for id in e[side] if id in actors)
    armed = (actors[id] for id in ids if actors[id].get("type") in {"armed_group", "state_force"})
    parties = (named(actor, "", "actor", None) for actor in armed)
    return frozenset(p.name.casefold() for p in parties if p.klass is None and p.name[:1].isupper())


def happened(event: Mapping[str, Any]) -> bool:
    """True for an event that somebody says took place: no plan, no fear, no denial."""
    return not event.get("negated") and event["factuality"] in HAPPENED


def is_coded(event: Mapping[str, Any]) -> bool:
    """True for an event that happened by the words, that has a sub-type and that is no sum over many happenings."""
    return happened(event) and starting_sub_type(event) is not None and not is_sum(event)


def is_sum(event: Mapping[str, Any]) -> bool:
    """True for dead who are counted over a period or a whole war: "8,000 people have been killed since 2014".

    So are hundreds whom no word puts on a day or in a place: "The front claims to have killed or wounded 5,000".
    """
    figures = event.get("fatalities")
    if not figures:
        return False
    most = max((figures.get(bound) or 0 for bound in ("low", "best", "high")), default=0)
    if most >= load_data(RULES)["sums"]["unplaced"] and not event.get("place") and not event.get("earliest"):
        return True
    words = f" {str(event['evidence']).casefold()} "
    return any(f" {cue} " in words for cue in load_data(RULES)["sums"]["words"]) or _days(event) > _month()


def _days(event: Mapping[str, Any]) -> int:
    first, last = event.get("earliest"), event.get("latest")
    return _between(first, last) + 1 if first and last else 1


def _month() -> int:
    return int(load_data(RULES)["sums"]["days"])


def starting_sub_type(event: Mapping[str, Any]) -> str | None:
    """ACLED's sub-type for the event's kind alone; None where ACLED codes nothing.

    The record says what the row comes to (`sub_types` of `coding`); a user's own kind keeps what his file says.
    """
    kind = kinds().get(event["kind"])
    found: str | None = kind.acled if kind is not None else event.get("acled")
    return found
