"""From layers to claims: one voice, one proposition, one quotation each.

Every event, relation and state of control becomes a claim of whoever voices it: the chain of the attribution it
stands in, or the outlet alone. Every attribution with a speaker becomes a `saying`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from khaldun.annotate.actors.pronouns import no_state_has
from khaldun.annotate.ground import check_quote
from khaldun.annotate.sayings.cues import load_lexicon
from khaldun.annotate.sayings.saying import WEAKEST_CLAIM
from khaldun.annotate.sayings.statements import is_statement
from khaldun.annotate.voices.access import Access, access_of
from khaldun.annotate.voices.party_media import is_about, party_media, state_media
from khaldun.knowledge import word_list
from khaldun.model import (
    UNKNOWN_TIME,
    Annotation,
    Attribution,
    Claim,
    Entity,
    Factuality,
    Frame,
    Locus,
    Manner,
    Mention,
    Report,
    Span,
    Stance,
    When,
    hull,
    make_id,
)
from khaldun.ontology import SAYING, Kind, Kinds, kind

# A weak cue (knowing, hoping, planning) is kept as an attribution and is no claim; see the attributions' weights.
_PARTIES = {"armed_group", "state_force", "government", "state"}
_SUPPORTING = {"affiliated_with", "loyal_to"}
_PARTY_TIES = {"spokesman_of", "commands", "leads", "holds_office", "member_of"}


@cache
def _offices() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "offices")


@cache
def _impartial() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "impartial")


def claims(annotation: Annotation, known: Kinds | None = None) -> Iterator[Claim]:
    """The claims of a report, sayings first, in text order; `known` are all kinds where the user has own ones.

    Raises UngroundedQuote for a span outside the text.
    """
    voices = _Voices(annotation)
    told = _told_already(annotation, voices) | _told_by_headline(annotation, voices)
    heard: set[tuple[str | None, Stance, Span]] = set()
    sentences, seen = annotation.sentences, dict[tuple[str | None, str | None, When], Access | None]()
    for attribution in annotation.attributions:
        if attribution.id in told or attribution.weight < WEAKEST_CLAIM:
            continue
        if voices.has_speaker(attribution) and _is_saying(attribution):
            same = (voices.speaker(attribution), attribution.stance, hull(attribution.content))
            if same in heard:
                continue  # "*According to him*, “pay is better,” *he added*": said once
            heard.add(same)
            occasion = (attribution.speaker, attribution.medium, attribution.when)
            access = access_of(attribution, voices.attribution(attribution.parent), annotation.report.text, sentences)
            if attribution.medium is not None and attribution.when.known:
                access = seen[occasion] = access or seen.get(occasion)  # what is said next is in the same statement
            yield _checked(_saying(attribution, annotation.report, voices, access), annotation.report)
    for frame in annotation.frames:
        yield _checked(_proposition(frame, annotation.report, voices, kind(frame.kind, known)), annotation.report)


def voiced(annotation: Annotation, frames: Iterable[Frame]) -> Iterator[tuple[Frame, tuple[str, ...], Factuality]]:
    """Each frame with the chain of voices that it comes from, the outlet last, and its factuality."""
    voices = _Voices(annotation)
    for frame in frames:
        yield frame, voices.chain(voices.attribution(frame.attribution)), voices.factuality(frame)


def _is_saying(attribution: Attribution) -> bool:
    """A hedge has no speaker, one who may yet speak ("if the group were to claim …") has said nothing, and who "did not
    confirm the strike" says neither that there was one nor that there was none: that stays an attribution."""
    spoken = attribution.determinate and attribution.polarity == "positive"
    return spoken and not attribution.made_by.startswith(("hedge", "distance"))


def _told_already(annotation: Annotation, voices: _Voices) -> frozenset[str]:
    """Attributions that say nothing which another claim does not: what one does in one's own words ("*We urge* both to
    stop," he said: he calls on them), and what an outlet reports that somebody said ("The envoy denied it, *the agency
    reported*": the envoy does, by the agency)."""
    text, by_id = annotation.report.text, {a.id: a for a in annotation.attributions}
    found: set[str] = set()
    for inner in annotation.attributions:
        outer = by_id.get(inner.parent or "")
        if outer is None or not inner.source or inner.weight < WEAKEST_CLAIM or not voices.has_speaker(outer):
            continue
        if hull(inner.source).of(text).casefold() in ("we", "i"):
            found.add(inner.id)
        elif voices.is_medium(outer) and voices.has_speaker(inner) and _is_saying(inner):
            own = hull([*inner.source, *inner.cue, *inner.content])
            said = hull(outer.content)
            if own.start - said.start <= _ARTICLE and len(said) - len(own) <= _SLACK * len(said):
                found.add(outer.id)
    return frozenset(found)


def _told_by_headline(annotation: Annotation, voices: _Voices) -> frozenset[str]:
    """What the headline says that somebody says ("Shelling kills six, *officials say*"), where the text below it has
    sayings too: it sums those up, in other words and often by another name, and is no second claim."""
    titles = [part.span for part in annotation.report.parts if part.kind == "title"]
    if not titles:
        return frozenset()
    said = [a for a in annotation.attributions if voices.has_speaker(a) and a.weight >= WEAKEST_CLAIM and _is_saying(a)]
    above = frozenset(a.id for a in said if hull(a.content).within_any(titles))
    return above if len(above) < len(said) else frozenset()


_ARTICLE = 5  # characters before a source's own words
_SLACK = 0.25  # of an outlet's words, what may stand beside those of whom it quotes


def _is_thought(attribution: Attribution) -> bool:
    """True for plans, wishes and beliefs, which are attributions and no sayings: "the rebels *intend* to attack"."""
    return attribution.weight < WEAKEST_CLAIM and attribution.type in {"eventuality", "belief"}


def _says_nothing(attribution: Attribution) -> bool:
    return _is_thought(attribution) or attribution.polarity == "negative"


def _checked(claim: Claim, report: Report) -> Claim:
    check_quote(report, claim.span, claim.quote)
    return claim


class _Voices:
    """Chains of voices and how much the speaker has at stake, for one annotation."""

    def __init__(self, annotation: Annotation) -> None:
        self._text = annotation.report.text
        self._by_id = {a.id: a for a in annotation.attributions}
        self._types = {e.id: e.type for e in annotation.entities}
        self._actors = {e.id for e in annotation.entities if e.kind == "actor" or is_named_product(e)}
        self._products = {e.id for e in annotation.entities if e.kind == "media_product"}
        self._makers = _makers(annotation)
        self._statements = _bare_statements(annotation)
        self._dated = [m for m in annotation.mentions if m.kind == "time" and m.when is not None and m.when.known]
        self._impartial = _neutrals(annotation)
        self._outlet = f"outlet:{annotation.report.outlet or ''}"
        self._bodies = _bodies(annotation.frames)
        self._partisans = _partisans(annotation.frames, self._types)
        self._officials = _officials(annotation) | party_media(annotation)
        self._state_media = state_media(annotation)

    def attribution(self, id: str | None) -> Attribution | None:
        return self._by_id.get(id) if id is not None else None

    def speaking(self, attribution: Attribution | None) -> Attribution | None:
        """The nearest attribution, from this one outwards, that has a speaker; who only plans or hopes, and who does
        not confirm, says nothing."""
        while attribution is not None and (self.speaker(attribution) is None or _says_nothing(attribution)):
            attribution = self.attribution(attribution.parent)
        return attribution

    def chain(self, attribution: Attribution | None) -> tuple[str, ...]:
        """The voices, speaker first, each followed by its carriers, the outlet last."""
        found: list[str] = []
        current = self.speaking(attribution)
        for _ in range(8):
            if current is None:
                break
            voices = (self.speaker(current), *self._carriers(current))
            if not found or current.stance != "deny":  # who rejects a claim does not pass it on
                found += [v for v in voices if v is not None and v not in found]
            current = self.speaking(self.attribution(current.parent))
        return (*found, self._outlet)

    def has_speaker(self, attribution: Attribution) -> bool:
        """True where an actor speaks, in person or through a media product of its own."""
        return self.speaker(attribution) is not None

    def is_medium(self, attribution: Attribution) -> bool:
        """True where an outlet, a product of it, or a body with a name as of an outlet speaks."""
        speaker = attribution.speaker or ""
        agency = any("news agency" in span.of(self._text).casefold() for span in attribution.source)
        return agency or speaker in self._products or self._types.get(speaker) == "media"

    def speaker(self, attribution: Attribution) -> str | None:
        """The actor who speaks; for a video or a leaflet, who put it out; else the document itself."""
        speaker = attribution.speaker
        if speaker in self._actors or speaker not in self._products:
            return speaker if speaker in self._actors else None
        return self._makers.get(speaker, None if speaker in self._statements and not attribution.via else speaker)

    def written(self, attribution: Attribution) -> When:
        """The time of a document, by the words between its naming and the cue: "an analysis *written in 2012* claimed".

        What people in the source did then says nothing of when they spoke ("villagers who fled *in May* said").
        """
        if attribution.medium is None or not attribution.source:
            return UNKNOWN_TIME
        first, cue = hull(attribution.source), hull(attribution.cue)
        words = Span(first.start, max(first.end, cue.start))
        return next((m.when for m in self._dated if words.contains(m.span) and m.when is not None), UNKNOWN_TIME)

    def _carriers(self, attribution: Attribution) -> list[str]:
        return [v for v in attribution.via if v in self._actors]

    def factuality(self, frame: Frame) -> Factuality:
        """Factuality by the voice, as the public record defines it."""
        attribution = self.attribution(frame.attribution)
        if attribution is not None and (attribution.stance == "deny" or self._is_denied_hearsay(attribution)):
            return "denied"
        if frame.modality == "planned":
            return "planned"
        if frame.modality != "actual":
            return "possible"
        unsaid = attribution is not None and (not attribution.determinate or attribution.polarity == "negative")
        if unsaid or (attribution is not None and attribution.stance in {"call", "question"}):
            return "possible"
        if attribution is not None and attribution.stance == "threaten" and not frame.background:
            return "planned"
        speaking = self.speaking(attribution)
        speaker = self.speaker(speaking) if speaking is not None else None
        if speaker is None:
            return "reported" if frame.hedged or attribution is not None else "asserted"
        return "claimed" if self._has_stake(speaker, frame) else "reported"

    def _is_denied_hearsay(self, attribution: Attribution) -> bool:
        """ "Rumours that he had fled were *denied* by his office": nobody's words but those who deny them."""
        parent = self.attribution(attribution.parent)
        return attribution.speaker is None and parent is not None and parent.stance == "deny"

    def _has_stake(self, speaker: str, frame: Frame) -> bool:
        of_party = self._types.get(speaker) in _PARTIES or speaker in self._officials
        if speaker in self._partisans or (of_party and speaker not in self._impartial):
            return True  # "a commander of the *Karen National Union*" is of a party, and of no trade union
        if speaker in self._state_media and is_about(frame, self._state_media[speaker]):
            return True
        # "the council, *its leader* said, had signed": he speaks of his own body
        own = {speaker, *self._bodies.get(speaker, ())}
        return any(m.entity in own for r in ("actor", "target") for m in frame.roles.get(r, ()))


def is_named_product(entity: Entity) -> bool:
    """A magazine or newsletter with a name of its own carries words as an outlet does."""
    return entity.kind == "media_product" and any(n.form == "name" and not n.text.islower() for n in entity.names)


def _neutrals(annotation: Annotation) -> frozenset[str]:
    """The speakers whose source phrase ties them to a body that is no party: "aid officials said"."""
    text = annotation.report.text
    phrases = ((a.speaker, _BESIDE.split(s.of(text).casefold())[0]) for a in annotation.attributions for s in a.source)
    return frozenset(who for who, phrase in phrases if who is not None and _impartial() & set(phrase.split()))


_BESIDE = re.compile(r",| (?:at|in|near|inside|outside|who|which|whose|that) ")


def _officials(annotation: Annotation) -> frozenset[str]:
    """Persons whose source phrase gives them an office or a rank: "Governor X said", "a police officer said".

    They speak for a side unless the report ties them to a body that is none (a monitor, an agency, a hospital).
    """
    neutral = {
        m.entity
        for frame in annotation.frames
        if frame.kind in _PARTY_TIES and frame.roles.get("target", ())
        if frame.trigger.of(annotation.report.text).casefold() not in no_state_has()  # "the movement's *leader*"
        for m in frame.roles["source"]
        if all(_type_of(annotation, t.entity) in {"media", "organisation"} for t in frame.roles.get("target", ()))
    }
    found = set()
    for attribution in annotation.attributions:
        words = {w for span in attribution.source for w in span.of(annotation.report.text).casefold().split()}
        if attribution.speaker is not None and attribution.speaker not in neutral and words & _offices():
            found.add(attribution.speaker)
    return frozenset(found)


def _type_of(annotation: Annotation, id: str | None) -> str | None:
    return next((e.type for e in annotation.entities if e.id == id), None)


def _makers(annotation: Annotation) -> dict[str, str]:
    """For each media product of the report the actor that put it out, by the report's own words."""
    products = {m.span: m.entity for m in annotation.mentions if m.kind == "media_product" and m.entity}
    text = annotation.report.text
    found: dict[str, str] = {}
    for frame in annotation.frames:
        actors = frame.roles.get("actor", ())
        if frame.kind == "media.release" and actors and actors[0].entity:
            for span, product in products.items():
                if product is not None and span.overlaps(frame.evidence):
                    found.setdefault(product, actors[0].entity)
    for span, product in sorted(products.items(), key=lambda item: item[0].start):
        # "made banners … *The banners* named": the last of that noun before
        earlier = [e for s, e in products.items() if s.end <= span.start and _noun(s, text) == _noun(span, text)]
        if product is not None and product not in found and earlier and earlier[-1] in found:
            found[product] = found[earlier[-1] or ""]
    return found


def _bare_statements(annotation: Annotation) -> frozenset[str]:
    """Statements of which the report does not tell whose they are: "*the statement* said" tells of no voice."""
    lexicon = load_lexicon()
    found = (e for e in annotation.entities if e.kind == "media_product" and not is_named_product(e))
    return frozenset(e.id for e in found if is_statement(e.name, lexicon))


def _noun(span: Span, text: str) -> str:
    return span.of(text).casefold().split()[-1]


def _partisans(frames: tuple[Frame, ...], types: Mapping[str, str | None]) -> frozenset[str]:
    """Those who speak for, lead, belong to or support a party to the conflict, by the report's own words."""
    return frozenset(
        m.entity
        for frame in frames
        for m in frame.roles.get("source", ())
        if frame.kind in _PARTY_TIES or (frame.kind in _SUPPORTING and types.get(m.entity or "") == "population")
        if m.entity and any(types.get(t.entity or "") in _PARTIES for t in frame.roles.get("target", ()))
    )


def _bodies(frames: tuple[Frame, ...]) -> Mapping[str, frozenset[str]]:
    """By person the bodies that the report ties them to."""
    found: dict[str, frozenset[str]] = {}
    for frame in frames:
        if frame.kind in _PARTY_TIES:
            bodies = frozenset(t.entity for t in frame.roles.get("target", ()) if t.entity)
            for m in frame.roles["source"]:
                if m.entity:
                    found[m.entity] = found.get(m.entity, frozenset()) | bodies
    return found


def _saying(attribution: Attribution, report: Report, voices: _Voices, access: Access | None) -> Claim:
    span = hull(attribution.content)
    when = attribution.when if attribution.when.known else voices.written(attribution)
    if not when.known:
        latest = report.published.latest
        when = When(None, latest, "published", latest) if latest is not None else UNKNOWN_TIME
    return Claim(
        id=make_id(report.id, SAYING, attribution.id),
        report=report.id,
        family="saying",
        kind=SAYING,
        span=span,
        quote=span.of(report.text),
        voice=voices.chain(attribution),
        roles={},
        values={"access": access} if access is not None else {},
        when=when,
        stance=attribution.stance,
        factuality="asserted",
        manner=Manner(polarity=attribution.polarity, modality="actual" if attribution.determinate else "possible"),
        medium=attribution.medium,
        cue=hull(attribution.cue) if attribution.cue else None,
        spans=attribution.content if len(attribution.content) > 1 else (),
        attribution=attribution.id,
        weight=attribution.weight,
        score=attribution.score,
        made_by=attribution.made_by,
    )


def _proposition(frame: Frame, report: Report, voices: _Voices, known: Kind) -> Claim:
    attribution = voices.attribution(frame.attribution)
    return Claim(
        id=make_id(report.id, frame.kind, frame.id),
        report=report.id,
        family=known.family,
        kind=frame.kind,
        mode=frame.mode,
        span=frame.evidence,
        quote=frame.evidence.of(report.text),
        voice=voices.chain(attribution),
        roles={role: _entities(mentions) for role, mentions in frame.roles.items()},
        values={**_how_exact(frame), **frame.values},
        tolls=frame.tolls,
        when=frame.when,
        stance=attribution.stance if attribution is not None else "assert",
        factuality=voices.factuality(frame),
        manner=Manner(
            frame.negated, frame.modality, frame.hedged, frame.distanced, frame.inferred, background=frame.background
        ),
        medium=attribution.medium if attribution is not None else None,
        attribution=frame.attribution,
        weight=frame.weight,
        score=frame.score,
        made_by=frame.made_by,
    )


def _how_exact(frame: Frame) -> dict[str, str]:
    """How exactly the words place a happening: one report may tell of a town and of its outskirts."""
    place = next(iter(frame.roles.get("place", ())), None)
    return {"place_precision": place.value.precision} if place is not None and isinstance(place.value, Locus) else {}


def _entities(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The entities of a role's mentions; "both sides" stands for all its candidates."""
    found: list[str] = []
    for mention in mentions:
        ids = [mention.entity] if mention.entity else [c.entity for c in mention.candidates]
        found += [i for i in ids if i not in found]
    return tuple(found)
