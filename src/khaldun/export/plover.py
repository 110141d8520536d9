"""Events as PLOVER codes them: the type by written rules, and both sides by country and sector.

The rules and their examples are in `data/rules/plover.yaml`. PLOVER does not code what has no party at all, nor
the content of a move beside the move. A side that the words do not name in its role is taken from the sentence and
marked `inferred`: where it happened, or the first other country after the words of the event.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from khaldun.export.parties import countries
from khaldun.knowledge import load_data
from khaldun.model import Annotation, Entity, Frame, Locus, Mention, Modality, Span
from khaldun.ontology import Kind, Kinds, kind

_DOMESTIC = frozenset({"COERCE", "PROTEST", "CONCEDE", "RETREAT", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Party:
    """One side: its words, its country (ISO 3166, or IGO and NGO) and its sector. None is unknown."""

    span: Span
    country: str | None
    sector: str | None
    entity: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """One event in PLOVER's terms. Of a reciprocal one all parties are sources and targets alike."""

    frame: Frame
    type: str
    mode: str | None
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    reciprocal: bool


# ------------------------------------------------------------------------------------------------ the type


def plover_type(of: Kind, modality: Modality, values: Mapping[str, str], *, negated: bool) -> str | None:
    """The PLOVER type of an event that is presented so; None where PLOVER codes nothing."""
    rules = load_data("rules/plover.yaml")["rules"]
    type = values.get("plover") or of.plover_type
    if type is None or "within" in values:
        return None
    if negated:
        refused = rules["refused"]
        return str(refused["type"]) if type in refused["types"] else None
    if modality in rules["hypothetical"]:
        return None
    if modality == "planned":
        return str(rules["promised"].get(type, type))
    return type


# ------------------------------------------------------------------------------------------------ the events


def plover_events(annotation: Annotation, known: Kinds | None = None) -> Iterator[Coded]:
    """The events of a report as PLOVER codes them, in text order; `known` are all kinds where the user has own ones."""
    reader = _Reader(annotation)
    for frame in annotation.frames:
        of = kind(frame.kind, known)
        if of.family != "event":
            continue
        type = plover_type(of, frame.modality, frame.values, negated=frame.negated)
        if type is not None and (frame.roles.get("actor") or frame.roles.get("target")):
            yield reader.code(frame, of, type)


class _Reader:
    """The parties of one report, ready to be asked for by sentence."""

    def __init__(self, annotation: Annotation) -> None:
        self._entities = {e.id: e for e in annotation.entities}
        self._text = annotation.report.text
        self._sentences = annotation.sentences
        self._starts = [s.start for s in annotation.sentences]
        self._parties = sorted(
            (m for m in annotation.mentions if m.kind in {"actor", "place"}), key=lambda m: (m.span.start, -m.span.end)
        )
        self._voices = [piece for a in annotation.attributions for piece in a.source]

    def code(self, frame: Frame, of: Kind, type: str) -> Coded:
        sources = [p for m in frame.roles.get("actor", ()) for p in self.parties(m)]
        targets = [p for m in frame.roles.get("target", ()) for p in self.parties(m)]
        reciprocal = of.two_sided and {p.span for p in sources} == {p.span for p in targets}
        near = self._near(frame)
        if sources and not reciprocal and not any(p.country for p in targets):
            targets = list(self._target_near(frame, sources, near, type)) or targets
        known = {p.country for p in (*sources, *targets) if p.country} | {p.country for p in near if p.country}
        home = self._home(frame, known)
        sources = [_at_home(p, home) for p in sources]
        targets = [_at_home(p, home) for p in targets] if type in _DOMESTIC else targets
        mode = frame.mode if type == of.plover_type else None
        return Coded(frame, type, mode, tuple(sources), tuple(targets), reciprocal)

    def party(self, mention: Mention) -> Party:
        """What a mention says of country and sector."""
        entity = self._entities.get(mention.entity or "")
        organisation = _organisation(mention.quote) or (_organisation(entity.name) if entity is not None else None)
        own = _country_of(mention) if mention.kind == "place" else None
        country = (
            organisation or own or (entity.country_iso3 if entity is not None else None) or self._place_in(mention)
        )
        return Party(mention.span, country, _sector(mention, entity), mention.entity)

    def parties(self, mention: Mention) -> list[Party]:
        """The parties of one mention; several where it names two nations: "U.S. and Russian negotiators"."""
        whole = self.party(mention)
        named = [m for m in self._parties if m.kind == "place" and mention.span.contains(m.span)]
        codes = dict.fromkeys(c for c in (whole.country, *map(_country_of, named)) if c is not None)
        if len(codes) < 2 or whole.country in _organisations() or not _TWO_NATIONS.match(mention.quote):
            return [whole]
        return [Party(whole.span, code, whole.sector, whole.entity) for code in codes]

    def _place_in(self, mention: Mention) -> str | None:
        inside = (m for m in self._parties if m.kind == "place" and mention.span.contains(m.span))
        return next((code for m in inside if (code := _country_of(m)) is not None), None)

    def _near(self, frame: Frame) -> list[Party]:
        """The parties of the sentence that tell a country, those who only speak left out."""
        at = bisect_right(self._starts, frame.trigger.start) - 1
        if at < 0:
            return []
        sentence = self._sentences[at]
        inside = (m for m in self._parties if sentence.contains(m.span))
        return [self.party(m) for m in inside if not m.span.within_any(self._voices)]

    def _target_near(self, frame: Frame, sources: Sequence[Party], near: Sequence[Party], type: str) -> Iterator[Party]:
        """Whom it is done to where no word fills the role: where it happens, or the next other country told."""
        own = {p.country for p in sources}
        place = next((self.party(m) for m in frame.roles.get("place", ())), None)
        if place is not None and place.country is not None and (place.country not in own or type in _DOMESTIC):
            yield Party(place.span, place.country, None, place.entity, inferred=True)
            return
        last: Party | None = None
        for party in near:
            if party.span.start <= frame.trigger.start or not party.country or party.country in own:
                continue
            if last is not None and not _LISTED.fullmatch(self._text[last.span.end : party.span.start]):
                return
            if last is None or party.span != last.span:
                yield Party(party.span, party.country, party.sector, party.entity, inferred=True)
            last = party

    def _home(self, frame: Frame, known: Iterable[str]) -> str | None:
        """The country that those belong to whose words tell none: where it happened, else the only one told."""
        place = next((self.party(m).country for m in frame.roles.get("place", ())), None)
        states = {country for country in known if country not in _organisations()}
        return place or (states.pop() if len(states) == 1 else None)


def _at_home(party: Party, home: str | None) -> Party:
    if party.country is not None or home is None:
        return party
    return Party(party.span, home, party.sector, party.entity, inferred=True)


_LISTED = re.compile(r"\s*(?:,|and|, and)?\s*(?:the\s)?")


# ------------------------------------------------------------------------------------------------ codes


@cache
def _organisations() -> Mapping[str, re.Pattern[str]]:
    """Code -> pattern of the names that have it."""
    tables = load_data("rules/plover.yaml")["organisations"]
    return {
        code: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)")
        for code, names in tables.items()
    }


# "U.S. and Russian negotiators", "Sierra Leonean and Liberian refugees"
_TWO_NATIONS = re.compile(r"(?:[A-Z][\w.]*\s){1,2}and\s(?:[A-Z][\w.]*\s){1,2}[a-z]")
_SENT_TO = re.compile(r"\b(?:to|with|for|against)\s+(?:the\s+)?$")


def _organisation(words: str) -> str | None:
    """The code of the organisation that a party is of; "Chile's ambassador to the United Nations" is Chile's."""
    for code, pattern in _organisations().items():
        found = pattern.search(words)
        if found is not None and not _SENT_TO.search(words[: found.start()]):
            return code
    return None


@cache
def _sectors() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows: Any = load_data("rules/plover.yaml")["sectors"]
    return tuple((r["code"], re.compile(r"\b(?:" + "|".join(map(re.escape, r["words"])) + r")\b", re.I)) for r in rows)


def _sector(mention: Mention, entity: Entity | None) -> str | None:
    if mention.made_by == "state:capital":
        return "GOV"
    if entity is None or entity.type == "state":
        return None
    names = " ".join((mention.quote, *(n.text for n in entity.names)))
    return next((code for code, pattern in _sectors() if pattern.search(names)), _BY_TYPE.get(entity.type or ""))


_BY_TYPE = {"government": "GOV", "state_force": "MIL", "armed_group": "REB", "population": "CVL", "media": "MED"}


def _country_of(mention: Mention) -> str | None:
    point = mention.value
    if not isinstance(point, Locus) or point.country_iso2 is None:
        return None
    return countries().get(point.country_iso2, {}).get("iso3")
