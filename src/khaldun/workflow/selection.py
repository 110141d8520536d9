"""Which parts of the records are wanted: by place, actor, speaker, kind and time.

A name finds everything that is called so (spelling and accents aside) and everything judged to be the same. One that
nothing is called is `NotFound`, with the nearest names.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from khaldun.errors import NotFound
from khaldun.house_names import keys_of
from khaldun.names import name_key

Record: TypeAlias = dict[str, Any]
_Item: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted, in names. Everything that is given must fit; `since` and `until` ask what *may* lie there."""

    place: str | None = None
    actor: str | None = None
    speaker: str | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def everything(self) -> bool:
        return self == Selection()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A selection with its names looked up."""

    places: frozenset[str] | None
    actors: frozenset[str] | None
    speakers: frozenset[str] | None
    outlet: str | None
    kind: str | None
    since: str | None
    until: str | None


def select(records: Iterable[Record], selection: Selection) -> Iterator[Record]:
    """The records with only the events, claims, relations, control, actors and places that fit.

    Records in which nothing fits are left out. Raises NotFound for a name that nothing is called.
    """
    if selection.everything:
        yield from records
        return
    kept = list(records)
    wanted = _looked_up(kept, selection)
    for record in kept:
        chosen = _chosen(record, wanted)
        if any(chosen[part] for part in ("events", "claims", "relations", "control")):
            yield chosen


# ------------------------------------------------------------------------------------------------ names


def _looked_up(records: list[Record], selection: Selection) -> _Wanted:
    outlets = {name_key(outlet): outlet for record in records if (outlet := record["report"].get("publisher"))}
    speaker = selection.speaker
    outlet = outlets.get(name_key(speaker)) if speaker else None
    return _Wanted(
        places=_places(records, selection.place),
        actors=_ids(records, "actors", selection.actor, ()),
        speakers=frozenset(ids_named(records, "actors", speaker)) if outlet and speaker
        else _ids(records, "actors", speaker, outlets.values()),
        outlet=outlet,
        kind=_kind(records, selection.kind),
        since=selection.since.isoformat() if selection.since else None,
        until=selection.until.isoformat() if selection.until else None,
    )  # fmt: skip


def _ids(records: list[Record], part: str, name: str | None, more: Iterable[str]) -> frozenset[str] | None:
    if name is None:
        return None
    found = ids_named(records, part, name)
    if not found:
        raise not_found(part, name, [*_names(records, part), *more])
    return frozenset(found)


def _places(records: list[Record], name: str | None) -> frozenset[str] | None:
    """The places of that name; of a country, all that lie in it too."""
    found = _ids(records, "places", name, ())
    if found is None:
        return None
    places = [place for record in records for place in record["places"]]
    countries = {place.get("country_iso2") for place in places if place["id"] in found and place["kind"] == "country"}
    return found | {place["id"] for place in places if place.get("country_iso2") in countries - {None}}


def ids_named(records: Iterable[Record], part: str, name: str) -> set[str]:
    """Ids of the actors or places with that id, name or alias; of actors, also one that the house's tables know."""
    keys = keys_of(name) if part == "actors" else {name_key(name)}
    return {
        item["id"]
        for record in records
        for item in record[part]
        if item["id"] == name or any(name_key(text) in keys for text in _called(item))
    }


def _names(records: Iterable[Record], part: str) -> Iterator[str]:
    return (text for record in records for item in record[part] for text in _called(item))


def _called(item: _Item) -> tuple[str, ...]:
    return (item["name"], *(item.get("aliases") or ()))


def not_found(what: str, name: str, known: Iterable[str]) -> NotFound:
    """The error for a name that nothing is called; offers the nearest."""
    by_key = {name_key(text): text for text in known}
    nearest = [by_key[key] for key in difflib.get_close_matches(name_key(name), by_key, n=3, cutoff=0.5)]
    hint = f"; did you mean {' or '.join(nearest)}?" if nearest else f"; see: khaldun {what}"
    return NotFound(f"no {what.removesuffix('s')} is called '{name}'{hint}")


def _kind(records: Iterable[Record], kind: str | None) -> str | None:
    if kind is None:
        return None
    found = {text for record in records for part in ("events", "claims", "relations", "control")
             for item in record[part] for text in _kinds_of(item)}  # fmt: skip
    if kind.casefold() not in found:
        nearest = difflib.get_close_matches(kind.casefold(), sorted(found), n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(nearest)}?" if nearest else f"there is: {', '.join(sorted(found))}"
        raise NotFound(f"nothing here is of the kind '{kind}'; {hint}")
    return kind.casefold()


def _kinds_of(item: _Item) -> set[str]:
    """The words a kind is asked for by: its plain name and the parts of it, PLOVER's type and mode, status, stance."""
    plover = item.get("plover") or {}
    names = {
        item.get("type"),
        item.get("kind"),
        plover.get("type"),
        plover.get("mode"),
        item.get("status"),
        item.get("stance"),
    }
    words = {str(name).casefold() for name in names if name}
    return words | {part for word in words for part in word.split("/")}


# ------------------------------------------------------------------------------------------------ fitting


def _chosen(record: Record, wanted: _Wanted) -> Record:
    parts: dict[str, list[Any]] = {
        "events": [e for e in record["events"] if _fits(record, e, wanted, ("actor", "target"), "source")],
        "relations": [r for r in record["relations"] if _fits(record, r, wanted, ("source", "target"), "according_to")],
        "control": [c for c in record["control"] if _fits(record, c, wanted, ("actor",), "according_to")],
    }
    about = {item["id"] for items in parts.values() for item in items}
    parts["claims"] = [claim for claim in record["claims"] if _claim_fits(record, claim, wanted, about)]
    events = {event["id"] for event in parts["events"]}
    incidents = [i for i in record.get("incidents", ()) if not events.isdisjoint(i["events"])]
    chosen = {**record, **parts, "incidents": incidents}
    named = set(_ids_in([item for items in parts.values() for item in items]))
    for part in ("actors", "places"):
        chosen[part] = [item for item in record[part] if item["id"] in named]
    return chosen


def _fits(record: Record, item: _Item, wanted: _Wanted, roles: tuple[str, ...], source: str) -> bool:
    return (
        (wanted.places is None or item.get("place") in wanted.places)
        and (wanted.actors is None or any(_has(item.get(role), wanted.actors) for role in roles))
        and _spoken(record, item.get(source) or (), wanted)
        and (wanted.kind is None or wanted.kind in _kinds_of(item))
        and _may_lie(item.get("earliest", item.get("from")), item.get("latest", item.get("to")), wanted)
    )


def _claim_fits(record: Record, claim: _Item, wanted: _Wanted, about: set[str]) -> bool:
    """A claim fits by itself, or for place and actor by what it is about or what its words name."""
    inside = _mentioned(record, claim)
    joined = not about.isdisjoint(claim.get("about") or ())
    voices = (claim.get("speaker"), *(claim.get("via") or ()))
    return (
        (wanted.places is None or joined or not wanted.places.isdisjoint(inside))
        and (wanted.actors is None or joined or not wanted.actors.isdisjoint({*inside, *voices}))
        and (wanted.kind is None or joined or wanted.kind in _kinds_of(claim))
        and _spoken(record, voices, wanted)
        and (joined or _may_lie(claim.get("date_earliest"), claim.get("date_latest"), wanted))
    )


def _spoken(record: Record, voices: Iterable[str | None], wanted: _Wanted) -> bool:
    """Whether one of the wanted speakers is among the voices; an outlet speaks where nobody else does."""
    if wanted.speakers is None:
        return True
    named = {voice for voice in voices if voice}
    own = not named and wanted.outlet is not None and record["report"].get("publisher") == wanted.outlet
    return own or not wanted.speakers.isdisjoint(named)


def _has(value: Any, ids: frozenset[str]) -> bool:
    return value in ids if isinstance(value, str) else not ids.isdisjoint(value or ())


def _may_lie(earliest: str | None, latest: str | None, wanted: _Wanted) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    if earliest is None and latest is None:
        return False
    after = wanted.since is None or latest is None or latest >= wanted.since
    return after and (wanted.until is None or earliest is None or earliest <= wanted.until)


def _mentioned(record: Record, claim: _Item) -> set[str]:
    """The entities that the claim's words name."""
    spans = claim.get("content_spans") or [claim["content_span"]] if claim.get("content_span") else []
    return {
        mention["entity"]
        for mention in record["mentions"]
        for start, end in spans
        if mention.get("entity") and start <= mention["span"][0] and mention["span"][1] <= end
    }


def _ids_in(value: Any) -> Iterator[str]:
    """All strings inside the value: ids of actors and places among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _ids_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _ids_in(item)
