"""A record as Markdown, to be read by people: what, where, when, and who says so, with the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from khaldun.export import rows
from khaldun.export.phrases import count, headline, interval, says, standing, tenure, third_person, toll
from khaldun.export.shapes import ActorRow, PlaceRow

_UNTITLED = {"-": "Text from standard input", "text": "Text"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def record_markdown(record: rows.Record) -> str:
    """The whole record of one report, section by section; empty sections say so."""
    lines = [*_head(record), *_events(record), *_control(record), *_claims(record), *_ties(record)]
    lines += [*_actors(record), *_places(record), *_left_out(record)]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Text on one line, with what Markdown would take for marks escaped."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _head(record: rows.Record) -> Iterator[str]:
    report = rows.report_row(record)
    yield f"# {plain(report['title'] or _UNTITLED.get(report['input_id'], report['input_id']))}"
    yield ""
    day = interval(report["published_earliest"], report["published_latest"])
    basis = f" (from {report['published_basis']})" if report["published_basis"] not in (None, "none") else ""
    by = " · ".join(plain(text) for text in (report["author"], report["outlet"], report["url"]) if text)
    yield f"{by + ' · ' if by else ''}published {day}{basis}"


def _events(record: rows.Record) -> Iterator[str]:
    events = list(rows.event_rows(record))
    yield from _section("What happened", events, "No event was found.")
    for event, part in zip(events, record["events"], strict=True):
        yield f"- **{interval(event['earliest'], event['latest'])}** {plain(headline(event))}"
        yield from _tolls(toll(event), rows.toll_voices(part, record))
        yield from _evidence(event["quote"], event["voice"])


def _tolls(together: str, told: Sequence[tuple[Sequence[str], Sequence[Mapping[str, Any]]]]) -> Iterator[str]:
    """What was counted and who says so; where voices differ, what they give together, and each for itself."""
    if len(told) != 1 and together:
        yield f"  {together}"
    for voice, tolls in told:
        counts = ", ".join(f"{count(one['low'], one['best'], one['high'])} {one['of']}" for one in tolls)
        yield f"  {'- ' if len(told) > 1 else ''}{counts}, according to {plain(says(voice))}"


def _control(record: rows.Record) -> Iterator[str]:
    states = list(rows.control_rows(record))
    yield from _section("Who holds what", states, "Nothing is said about who holds which place.")
    for state in states:
        marks = ["inferred"] * state["inferred"] + ["at arm's length"] * state["distanced"]
        note = f" ({', '.join(marks)})" if marks else ""
        place, actor = plain(state["place"] or "an unnamed place"), plain(state["actor"] or "someone unnamed")
        yield f"- **{place}**, {standing(state)}: {actor}, {state['status']}{note}"
        yield from _evidence(state["quote"], state["voice"])


def _claims(record: rows.Record) -> Iterator[str]:
    claims = list(rows.claim_rows(record))
    yield from _section("Who says what", claims, "Nobody but the report itself speaks.")
    for claim in claims:
        speaker = plain(claim["speaker"] or "an unnamed source")
        medium = f", by {claim['medium']}" if claim["medium"] else ""
        yield f"- **{speaker}** ({third_person(claim['stance'])}{medium}): “{plain(claim['content'])}”"


def _ties(record: rows.Record) -> Iterator[str]:
    ties = list(rows.relation_rows(record))
    yield from _section("Who is tied to whom", ties, "No tie between actors is stated.")
    for tie in ties:
        ends = f"{plain(tie['source'] or '?')} {tie['type'].replace('_', ' ')} {plain(tie['target'] or '?')}"
        dates = f", {tenure(tie['since'], tie['until'])}" if tie["since"] or tie["until"] else ""
        yield f"- {ends}{dates}"
        yield from _evidence(tie["quote"], tie["voice"])


def _actors(record: rows.Record) -> Iterator[str]:
    actors = list(rows.actor_rows(record))
    yield from _section("Actors", actors, "No actor was found.")
    yield from (_actor(actor) for actor in actors)


def _actor(actor: ActorRow) -> str:
    others = [plain(alias) for alias in actor["aliases"] if alias != actor["name"]]
    also = f"; also {', '.join(others)}" if others else ""
    kind = (actor["type"] or "actor").replace("_", " ")
    offices = f"; {'; '.join(plain(role) for role in actor['roles'])}" if actor["roles"] else ""
    return f"- **{plain(actor['name'])}**, {kind}{also}{offices}"


def _places(record: rows.Record) -> Iterator[str]:
    places = list(rows.place_rows(record))
    yield from _section("Places", places, "No place was found.")
    yield from (_place(place) for place in places)


def _place(place: PlaceRow) -> str:
    if place["lat"] is None or place["lon"] is None:
        where = "not located"
    else:
        where = f"{place['lat']:.3f}, {place['lon']:.3f} ({place['precision'] or 'precision unknown'})"
    kind = ", ".join(filter(None, (place["kind"], place["country_iso2"])))
    return f"- **{plain(place['name'])}**{', ' + kind if kind else ''}: {where}"


def _left_out(record: rows.Record) -> Iterator[str]:
    dropped = record["report"].get("dropped") or ()
    listed = [item.get("span") for item in dropped]
    unread = [p for p in record["report"].get("parts") or () if p["kind"] not in ("title", "dateline", "body")]
    parts = [part for part in unread if part["span"] not in listed]
    if not dropped and not parts:
        return
    yield from _section("What was not read", [*dropped, *parts], "")
    yield from (f"- {plain(part['kind'])}, characters {part['span'][0]} to {part['span'][1]}" for part in parts)
    yield from (f"- {plain(str(item.get('reason')))}: “{plain(str(item.get('quote')))}”" for item in dropped)


def _section(title: str, items: Sequence[object], empty: str) -> Iterable[str]:
    return ("", f"## {title}", "", *(() if items else (empty,)))


def _evidence(quote: str, voice: Sequence[str]) -> Iterator[str]:
    yield f"  > “{plain(quote)}”"
    yield f"  > — {plain(says(voice))}"
