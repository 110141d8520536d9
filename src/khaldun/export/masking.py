"""Blacks out private persons in a record: victims, witnesses, detainees and minors as the reading marked them.

Names are replaced where they are fields, and blacked out character for character where they stand in a quotation,
so that every span still fits. Ids stay, so that the record still joins. A description that names nobody ("a mother",
"one civilian") stays as it is. A private person whom the reading did not mark, or a mention it did not see, is not
masked: look through what you publish.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

MASKED_NAME = "(private person)"
_BLACK = "█"
_QUOTATIONS = (
    ("quote", "span"),
    ("evidence", "evidence_span"),
    ("content", "content_span"),
    ("cue", "cue_span"),
    ("excerpt", "span"),
)
_NOT_PROSE = frozenset({"id", "raw", "url", "kind", "type", "made_by"})

_Spans = Sequence[Sequence[int]]


def mask_record(record: dict[str, Any]) -> dict[str, Any]:
    """The record without the names of actors marked `private`; the record itself where none is."""
    # a group is nobody in particular: "seven civilians" hides no one, and without it an event has no victims
    naming = [mention for mention in record.get("mentions", ()) if not _describes(mention)]
    named = {mention.get("entity") for mention in naming}
    private = [
        a
        for a in record.get("actors", ())
        if a.get("private") and a.get("type") in {"person", None} and (a["id"] in named or _is_named(a))
    ]
    if not private:
        return record
    ids = {actor["id"] for actor in private}
    spans = [mention["span"] for mention in naming if mention.get("entity") in ids]
    masked: dict[str, Any] = _masked(record, spans, _pattern(private))
    masked["actors"] = [_nameless(actor) if actor["id"] in ids else actor for actor in masked["actors"]]
    return masked


def _describes(mention: dict[str, Any]) -> bool:
    """True for common nouns and pronouns: "*a mother* and her children", "*she*". Where in doubt it may be a name."""
    made_by = str(mention.get("made_by") or "")
    return made_by.startswith(("noun:", "pronoun")) and str(mention.get("quote") or "").islower()


def _is_named(actor: dict[str, Any]) -> bool:
    """True unless every name that the record has for the actor is in small letters, and so a description."""
    return not all(name.islower() for name in (actor["name"], *actor.get("aliases", ())) if name)


def _nameless(actor: dict[str, Any]) -> dict[str, Any]:
    return {**actor, "name": MASKED_NAME, "aliases": [], "identifiers": {}}


def _pattern(actors: Sequence[dict[str, Any]]) -> re.Pattern[str]:
    names = {name for actor in actors for name in (actor["name"], *actor.get("aliases", ())) if name}
    proper = sorted((name for name in names if name[0].isupper()), key=lambda name: (-len(name), name))
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in proper) or r"(?!)")


def _masked(value: Any, spans: _Spans, names: re.Pattern[str]) -> Any:
    if isinstance(value, list):
        return [_masked(item, spans, names) for item in value]
    if isinstance(value, dict):
        blacked = _blacked(value, spans)
        return {k: v if k in _NOT_PROSE else _masked(v, spans, names) for k, v in blacked.items()}
    if isinstance(value, str):
        return names.sub(lambda found: _BLACK * len(found[0]), value)
    return value


def _blacked(item: dict[str, Any], spans: _Spans) -> dict[str, Any]:
    """The item with the private spans blacked out in its quotations."""
    changed = {}
    for words, place in _QUOTATIONS:
        quote, span = item.get(words), item.get(place)
        if isinstance(quote, str) and span and len(quote) == span[1] - span[0]:
            changed[words] = _without(quote, span[0], spans)
    return {**item, **changed}


def _without(quote: str, base: int, spans: _Spans) -> str:
    letters = list(quote)
    for start, end in spans:
        for at in range(max(start - base, 0), min(end - base, len(letters))):
            letters[at] = _BLACK if not letters[at].isspace() else letters[at]
    return "".join(letters)
