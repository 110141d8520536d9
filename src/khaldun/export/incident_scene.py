"""What the text around an incident tells: its sentences, paragraphs, times, places and home country."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khaldun.export.incident_rules import IncidentRules
from khaldun.model import Annotation, Entity, Frame, Locus, Mention, Report, Span, When

_ANOTHER = re.compile(
    r"\b(another|other|second|third|fourth|previous|earlier|similar|different|separate)\s+(\w+\s+){0,2}$", re.I
)
_PLURAL = re.compile(
    r"\b(attacks|bombings|murders|killings|assassinations|kidnappings|massacres|raids|assaults|ambushes|executions|abductions"
    r"|explosions|bombs|massacring|killing|murdering|attacking|kidnapping)$", re.I
)  # fmt: skip
_LEADING = re.compile(
    r"^(?:(?:the|an?|this|that|these|those|some|several|about|at|least|approximately|nearly|almost|over|more than"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d[\d,]*|dozens of|hundreds of|other|another|both"
    r"|one|more|many|various|numerous|first|second|third"
    r"|all|his|her|their|its|our)\s+)+",
    re.IGNORECASE,
)
_LONGEST = 31  # days
_GRAIN = {"region": 3, "adm1": 2, "adm2": 1}
_OPINION = re.compile(r"\[(commentary|speech|interview|statement|article|editorial)\b", re.I)
_KNOWN = re.compile(r"\b(the|this|these|that|his|her|their)\s+(\w+\s+){0,2}$", re.I)
_NEW = re.compile(r"\b(an?|another|two|three|several)\s+(\w+\s+){0,2}$", re.I)
_PASSIVE = re.compile(r"\b(was|were|been|being)\s+(\w+\s+)?$", re.I)
_RADIO = re.compile(r"\bclandestine\b|\bcommunique\b", re.I)


@dataclass(frozen=True, slots=True)
class Scene:
    """One report with what the rows are filled from."""

    report: Report
    text: str
    rules: IncidentRules
    starts: tuple[int, ...]
    """Where sentences begin, the dateline's left out."""
    paragraphs: tuple[int, ...]
    times: tuple[Mention, ...]
    places: tuple[Mention, ...]
    """Named places below countries, in text order, the dateline's left out."""
    entities: dict[str, Entity]
    votes: Counter[str]
    """How often each country is told: by its name, its people, its towns, its groups."""
    home: str | None
    """The country that the report plays in: the one told most, the dateline's counting more (ISO alpha-2)."""
    dateline: tuple[Mention, ...]
    peoples: tuple[Mention, ...]
    """Countries, and what is theirs ("Colombian"), in text order."""
    actors: tuple[Mention, ...]
    """Actors by name, in text order."""
    dateline_countries: frozenset[str]
    names: dict[str, Mention]
    """The longest naming mention of each entity, the first of equally long ones."""
    speaks_for_a_party: bool
    is_opinion: bool
    battle: tuple[str, ...]
    """`battle` where the report tells of fights between armed sides, `battles` where of many, else `no_battle`."""
    mentions: tuple[Mention, ...]
    frames: tuple[Frame, ...]
    speakers: tuple[Span, ...]
    """Who says something, in text order."""

    @property
    def layered(self) -> bool:
        """True where the learned layer has read the report."""
        return any(m.fills for m in self.mentions) or any(f.tells for f in self.frames)

    def entity(self, mention: Mention) -> Entity | None:
        """Whom a mention stands for."""
        return self.entities.get(mention.entity or "")

    def best_name(self, entity: Entity) -> Mention | None:
        """The mention that names the entity most fully."""
        return self.names.get(entity.id)

    def types(self, frame: Frame, role: str) -> set[str]:
        """The types of the actors in a role."""
        found = (self.entity(m) for m in frame.roles.get(role, ()))
        return {e.type for e in found if e is not None and e.type is not None}

    def sentence_number(self, position: int) -> int:
        """How many sentences end before the one at `position`."""
        return max(0, bisect_right(self.starts, position) - 1)

    def sentence_of(self, span: Span) -> str:
        """The words of the sentence in which a span begins."""
        n = bisect_right(self.starts, span.start)
        start = self.starts[n - 1] if n else 0
        return self.text[start : self.starts[n] if n < len(self.starts) else len(self.text)]

    def paragraph_number(self, position: int) -> int:
        """The same of paragraphs."""
        return max(0, bisect_right(self.paragraphs, position) - 1)

    def is_below_country(self, mention: Mention) -> bool:
        """True for a named place that is no country and no part of the world."""
        return isinstance(mention.value, Locus) and mention.value.kind not in ("country", "continent", "union")

    def finest_first(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """Each place once, towns before the areas they lie in."""
        seen: dict[str, Mention] = {}
        for mention in mentions:
            seen.setdefault(mention.entity or mention.quote.casefold(), mention)
        return tuple(sorted(seen.values(), key=_grain))

    def named_struck(self, frames: Iterable[Frame]) -> frozenset[str]:
        """The persons and bodies with a name that the frames have as targets."""
        found = set()
        for frame in frames:
            for mention in frame.roles.get("target", ()):
                entity = self.entity(mention)
                if entity is not None and entity.type == "person" and any(n.form == "name" for n in entity.names):
                    found.add(entity.id)
        return frozenset(found)

    def named_acting(self, frames: Iterable[Frame]) -> frozenset[str]:
        """The bodies with a name that the frames have as actors."""
        acting = (self.entity(m) for f in frames for m in f.roles.get("actor", ()))
        bodies = (e for e in acting if e is not None and e.type not in ("person", "population", None))
        return frozenset(e.id for e in bodies if any(n.form in ("name", "acronym") for n in e.names))

    def struck(self, frames: Iterable[Frame]) -> frozenset[str]:
        """The actors that the frames have as targets, named or described."""
        return frozenset(m.entity for f in frames for m in f.roles.get("target", ()) if m.entity is not None)

    def brings_up_another(self, frame: Frame) -> bool:
        """ "Another bomb", "a second attack": told as one more."""
        before = self.text[max(0, frame.trigger.start - 40) : frame.trigger.start]
        return _ANOTHER.search(before) is not None

    def is_general(self, frame: Frame) -> bool:
        """ "Attacks on judges", "killing people": no single deed."""
        return (
            _PLURAL.search(frame.trigger.of(self.text)) is not None and not frame.tolls and not frame.roles.get("place")
        )

    def told_as(self, frame: Frame) -> str:
        """`known` for "the attack", `new` for "an attack", `passive` for "was killed", else `told`."""
        before = self.text[max(0, frame.trigger.start - 25) : frame.trigger.start]
        marks = (("known", _KNOWN), ("new", _NEW), ("passive", _PASSIVE))
        return next((mark for mark, pattern in marks if pattern.search(before)), "told")

    def country_of(self, mention: Mention) -> str | None:
        """The country of a place; of a town that stands alone for its country, the home country: most likely it
        is a namesake that the gazetteer lacks."""
        if not isinstance(mention.value, Locus) or mention.value.country_iso2 is None:
            return None
        own = mention.value.country_iso2
        if self.home is None or own == self.home or mention.value.kind == "country" or self.votes[self.home] < 3:
            return own
        same = sum(m.entity == mention.entity for m in self.places)
        return self.home if self.votes[own] <= same else own

    def country_near(self, frame: Frame) -> Mention | None:
        """What names the country whose people or parties the telling has: "the murder of a *Colombian* senator"."""
        filling = [m.span for role in ("target", "actor") for m in frame.roles.get(role, ())]
        sentence = self.sentence_number(frame.trigger.start)
        named = [m for m in self.peoples if isinstance(m.value, Locus) and m.value.country_iso2 not in _EVERYWHERE]
        inside = [m for m in named if m.span.within_any(filling)]
        evidence = [m for m in named if frame.evidence.contains(m.span)]
        here = [m for m in named if m.form == "description" and self.sentence_number(m.span.start) == sentence]
        for found in (inside, evidence, here):
            countries = {m.value.country_iso2 for m in found if isinstance(m.value, Locus)}
            if len(countries) == 1:
                return found[0]
        return None

    def first_of(self, country: str | None) -> Mention | None:
        """What first tells the country: in the dateline, else in the text."""
        told = (*self.dateline, *sorted((*self.peoples, *self.places), key=lambda m: m.span.start))
        return next((m for m in told if country is not None and self.country_of(m) == country), None)

    def dates_a_deed(self, when: When) -> bool:
        """True for an interval of at most a month that does not begin after the report came out."""
        if when.earliest is None or when.latest is None or (when.latest - when.earliest).days > _LONGEST:
            return False
        published = self.report.published.latest
        return published is None or when.earliest <= published

    def words_of(self, when: When, frames: Iterable[Frame]) -> Mention | None:
        """The words that give the time of a telling: those nearest to one."""
        told = [m for m in self.mentions if m.kind == "time" and m.when == when]
        triggers = [f.trigger.start for f in frames]
        return min(told, key=lambda m: min(abs(m.span.start - t) for t in triggers), default=None)

    def time_near(self, trigger: Span) -> Mention | None:
        """The last day told before the trigger in its paragraph, else the first behind it."""
        here = self.paragraph_number(trigger.start)
        times = [m for m in self.times if m.when is not None and self.dates_a_deed(m.when)]
        inside = [m for m in times if self.paragraph_number(m.span.start) == here]
        before = [m for m in inside if m.span.end <= trigger.start]
        return before[-1] if before else next(iter(inside), None)

    def place_near(self, trigger: Span) -> Mention | None:
        """The place told nearest before the trigger in its sentence or paragraph, else the dateline's."""
        here, sentence = self.paragraph_number(trigger.start), self.sentence_number(trigger.start)
        same = [m for m in self.places if self.sentence_number(m.span.start) == sentence]
        if same:
            return min(same, key=lambda m: abs(m.span.start - trigger.start))
        inside = [m for m in self.places if self.paragraph_number(m.span.start) == here]
        before = [m for m in inside if m.span.end <= trigger.start]
        if before:
            return before[-1]
        return next(iter(self.dateline), None)


def _grain(mention: Mention) -> int:
    return _GRAIN.get(mention.value.kind, 0) if isinstance(mention.value, Locus) else 0


def width(when: When) -> int:
    """The days from the first to the last; very many where an end is open."""
    return (when.latest - when.earliest).days if when.latest and when.earliest else 10**6


def scene_of(annotation: Annotation, rules: IncidentRules) -> Scene:
    """The report, laid out."""
    report = annotation.report
    heads = [p.span for p in report.parts if p.kind == "dateline"]
    places = [m for m in annotation.mentions if m.kind == "place" and isinstance(m.value, Locus)]
    body = [m for m in places if not _inside(m.span, heads)]
    head = [m for m in places if _inside(m.span, heads) and m.form != "description"]
    below = [m for m in body if m.form != "description" and isinstance(m.value, Locus) and m.value.kind not in _WIDE]
    votes = _votes(body, head, _grounds(annotation, rules))
    spoken = " ".join(report.text[: (heads[0].end + 200) if heads else 200].split())
    return Scene(
        report=report,
        text=report.text,
        rules=rules,
        starts=tuple(s.start for s in annotation.sentences if not _inside(s, heads)),
        paragraphs=_paragraphs(report),
        times=tuple(m for m in annotation.mentions if _is_day(m) and not _inside(m.span, heads)),
        places=tuple(below),
        entities={e.id: e for e in annotation.entities},
        votes=votes,
        home=min(votes, key=lambda c: (-votes[c], c), default=None),
        peoples=tuple(m for m in body if m.form == "description" or m.value.kind == "country"),  # type: ignore[union-attr]
        actors=tuple(m for m in annotation.mentions if m.kind == "actor" and m.form in ("name", "acronym")),
        names=_names(annotation),
        dateline_countries=frozenset(
            m.value.country_iso2 for m in head if isinstance(m.value, Locus) and m.value.country_iso2
        ),
        dateline=tuple(m for m in head if isinstance(m.value, Locus) and m.value.kind not in _WIDE),
        speaks_for_a_party=_RADIO.search(spoken) is not None,
        is_opinion=_OPINION.search(spoken) is not None,
        battle=_battle(annotation),
        mentions=tuple(m for m in annotation.mentions if not _inside(m.span, heads)),
        frames=annotation.frames,
        speakers=tuple(span for a in annotation.attributions for span in a.source),
    )


def name_span(mention: Mention) -> Span:
    """The name itself within a mention that takes title, office or article along ("*Judge* Ana Soto")."""
    return mention.head or mention.span


def trimmed(span: Span, text: str) -> Span:
    """The phrase without article and number in front."""
    lead = _LEADING.match(span.of(text))
    return Span(span.start + lead.end(), span.end) if lead and lead.end() < len(span) else span


def _names(annotation: Annotation) -> dict[str, Mention]:
    found: dict[str, Mention] = {}
    for mention in annotation.mentions:
        if mention.kind == "actor" and mention.entity and mention.form in ("name", "acronym"):
            held = found.get(mention.entity)
            if held is None or len(name_span(mention)) > len(name_span(held)):
                found[mention.entity] = mention
    return found


def _battle(annotation: Annotation) -> tuple[str, ...]:
    fights = sum(f.kind in ("assault.clash", "assault.offensive") for f in annotation.frames)
    return ("battles", "battle") if fights > 3 else ("battle",) if fights > 1 else () if fights else ("no_battle",)


_WIDE = frozenset({"country", "continent", "union", "region", "sea"})


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return span.within_any(others)


def _is_day(mention: Mention) -> bool:
    when = mention.when
    return (
        mention.kind == "time"
        and when is not None
        and when.earliest is not None
        and when.latest is not None
        and (when.latest - when.earliest).days <= 7
    )


def _paragraphs(report: Report) -> tuple[int, ...]:
    return (0, *(m.end() for m in re.finditer(r"\n\s*\n", report.text)))


def _votes(body: Iterable[Mention], head: Iterable[Mention], grounds: Iterable[str]) -> Counter[str]:
    votes: Counter[str] = Counter(grounds)
    for country in {m.value.country_iso2 for m in head if isinstance(m.value, Locus) and m.value.country_iso2}:
        votes[country] += 3
    for mention in body:
        if isinstance(mention.value, Locus) and mention.value.country_iso2:
            # the states that take a side everywhere tell little of where a report plays
            votes[mention.value.country_iso2] += 0 if mention.value.country_iso2 in _EVERYWHERE else 1
    return votes


_EVERYWHERE = frozenset({"US", "RU", "GB"})


def _grounds(annotation: Annotation, rules: IncidentRules) -> list[str]:
    """The country of each mention of a group that acts in one country above all."""
    known: dict[str, str] = {}
    for entity in annotation.entities:
        for name in (entity.name, *(n.text for n in entity.names)):
            if entity.kind == "actor" and name.casefold() in rules.grounds:
                known.setdefault(entity.id, rules.grounds[name.casefold()])
    return [known[m.entity] for m in annotation.mentions if m.entity in known and m.form != "pronoun"]
