"""Those who serve a state, and the state or government that the report tells of: "*Homs governor* X … the regime".

An office is of a state where its words say so ("*US* Defence Secretary X"), where its place lies ("*Homs* governor X")
or where the report tells of one government alone ("the defence minister, X … *the government*").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.actors.nationality import country_led
from khaldun.annotate.grammar.tie_words import not_at_its_head, ties
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.gazetteer_tables import countries
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.ties.frames import tie_frame
from khaldun.annotate.ties.times import before_title
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Entity, Frame, Locus, Mention, Report

_LEXICON = "lexicons/en/relations.yaml"
_INFERRED = frozenset({"target"})


def of_the_state(
    title: Token, words: str, where: str | None, bearer: Mention, fillers: Fillers, report: Report
) -> Iterator[Frame]:
    """ "Homs *governor* X", "US Defence *Secretary* X", "*President* X", "former US *president* X": of the state, or of
    its government, where the report tells of it."""
    former = bool(before_title(title) & (ties().former - {"then", "late"}))
    heads = _without_acting(words.casefold()) in ties().heads_of_state
    serves = title.lemma_.lower() in word_list(_LEXICON, "serving_states")
    if not (heads or serves) or (not former and heads and before_title(title) & not_at_its_head()):
        return
    country = _country_of(where, fillers)
    if country is None and heads and where is None:
        country = _country_led_by(bearer, fillers)
    if (country is None and where is not None) or (former and where is None) or _owns_forces(bearer, fillers):
        return
    if former:
        body = state_told(country, fillers) if country is not None else None
    elif heads:
        body = (state_told(country, fillers) if country is not None else None) or governing(country, fillers)
    else:
        body = governing(country, fillers) or (state_told(country, fillers) if country is not None else None)
    if body is None or body.entity == bearer.entity:
        return
    kind = "former_member_of" if former else "leads" if heads else "member_of"
    frame = tie_frame(kind, bearer, body, title, fillers, report, {"title": words})
    said = where is not None and state_of(where) is not None
    yield frame if said else replace(frame, inferred=_INFERRED)


def _without_acting(words: str) -> str:
    """ "*Caretaker* prime minister"."""
    first, _, rest = words.partition(" ")
    return rest if first in word_list(_LEXICON, "acting") else words


def _owns_forces(bearer: Mention, fillers: Fillers) -> bool:
    """ "President Omar Saleh's *troops*": whose they are is told, and not what he leads."""
    at = fillers.roots.get(bearer.id)
    name = fillers.passage.doc[at] if at is not None else None
    return name is not None and name.dep_ == "poss" and name.head.lower_ in word_list(_LEXICON, "commanded")


def chief_of_staff(title: Token, bearers: Sequence[Mention], fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "*Chief of Army Staff* General X", "the *chief of the naval staff*, X": commands that force of the report."""
    behind = [t.lower_ for t in title.doc[title.i + 1 : title.i + 5]]
    arm = next((w for w in behind[1:4] if w in word_list(_LEXICON, "arms")), None)
    if behind[:1] != ["of"] or "staff" not in behind or arm is None or title.lemma_.lower() != "chief":
        return
    force = _force_named("army" if arm in ("army", "general") else arm, fillers)
    for bearer in bearers[:1] if force is not None else ():
        if force is not None and fillers.type_of(bearer) == "person":
            frame = tie_frame("commands", bearer, force, title, fillers, report)
            yield replace(frame, inferred=_INFERRED)


def soldier_of(title: Token, key: str, bearers: Sequence[Mention], fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The Falcon *army* took the port. *A colonel* told reporters …": of the one army that the report names;
    "*a Chadian captain*" is of the one force of Chad."""
    if key not in word_list(_LEXICON, "army_ranks") or title.tag_ not in ("NN", "NNP"):
        return
    for bearer in bearers[:1]:
        words = bearer.quote.split()
        if bearer.form != "description" or len(words) > _BARE or fillers.type_of(bearer) != "person":
            continue
        told = next((t[1].iso3 for w in words if w[:1].isupper() and (t := state_of(w)) is not None), None)
        if key == "officer" and (told is None and not {"army", "military"} & {w.casefold() for w in words}):
            continue  # of the police, as often
        army = _force_of(told, fillers) if told is not None else _force_named("army", fillers)
        if army is not None and army.entity != bearer.entity:
            yield replace(tie_frame("member_of", bearer, army, title, fillers, report), inferred=_INFERRED)


def _force_of(country: str, fillers: Fillers) -> Mention | None:
    """The one force of that country which the report tells of, whatever it is called."""
    found: dict[str, Mention] = {}
    for mention in fillers.report_actors:
        entity = fillers.entities.get(mention.entity or "")
        whole = entity is not None and entity.name.split()[-1].casefold() in word_list(_LEXICON, "whole_forces")
        if whole and entity is not None and entity.type == "state_force" and _country(entity) == country:
            found.setdefault(entity.id, mention)
    return next(iter(found.values())) if len(found) == 1 else None


_BARE = 3  # words: "an army colonel"


def state_told(country: str, fillers: Fillers) -> Mention | None:
    """The state of that country, as the report has it do or suffer something."""
    for mention in fillers.report_actors:
        if fillers.type_of(mention) == "state":
            told = state_of(mention.quote)
            if told is not None and told[1].iso3 == country:
                return mention
    return None


def governing(country: str | None, fillers: Fillers) -> Mention | None:
    """The one government that the report tells of, of that country or of none said; None where it tells of several."""
    found: dict[str, Mention] = {}
    for mention in fillers.report_actors:
        entity = fillers.entities.get(mention.entity or "")
        if entity is not None and entity.type == "government" and _governs(entity):
            if _country(entity) is None and not _is_the_one(entity):
                continue
            found.setdefault(entity.id, mention)
    of_it = [m for id, m in found.items() if country is not None and _country(fillers.entities[id]) == country]
    unsaid = [m for id, m in found.items() if country is None or _is_the_one(fillers.entities[id])]
    if of_it:
        return of_it[0]
    return unsaid[0] if len(unsaid) == 1 and (country is not None or len(found) == 1) else None


def side_told(word: str, fillers: Fillers) -> Mention | None:
    """The one body that the report calls by that noun: "*the regime*" for "regime television"."""
    found = {
        m.entity: m
        for m in reversed(fillers.report_actors)
        if m.entity is not None and m.quote.split()[-1].casefold() == word
        if fillers.type_of(m) in ("government", "armed_group", "state_force", "organisation", "state")
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _governs(entity: Entity) -> bool:
    return any(n.text.split()[-1].casefold() in ties().governing for n in entity.names if n.text)


def _is_the_one(entity: Entity) -> bool:
    """ "*The government*", "*the regime*"; not "a new government", "regional authorities"."""
    bare = all(len(n.text.casefold().removeprefix("the ").split()) == 1 for n in entity.names)
    return bare and _country(entity) is None


def _country(entity: Entity) -> str | None:
    told = (state_of(n.text.split()[0]) for n in entity.names if n.text[:1].isupper())
    return next((t[1].iso3 for t in told if t is not None), entity.country_iso3)


def _country_of(where: str | None, fillers: Fillers) -> str | None:
    """The country that "where" is or lies in."""
    told = state_of(where) if where is not None else None
    if where is None or told is not None:
        return told[1].iso3 if told is not None else None
    places = (m.value for m in fillers.places if m.quote == where and isinstance(m.value, Locus))
    codes = (p.country_iso2 for p in places if p.country_iso2 is not None)
    return next((countries()[c].iso3 for c in codes if c in countries()), None)


def _country_led_by(bearer: Mention, fillers: Fillers) -> str | None:
    entity = fillers.entities[bearer.entity or ""]
    led = {country_led(n, titled=True) for n in (entity.name, *(n.text for n in entity.names))} - {None}
    return led.pop() if len(led) == 1 else None


def _force_named(arm: str, fillers: Fillers) -> Mention | None:
    """The one force of that arm which the report names: "the *Pakistan Army*" for "the chief of army staff"."""
    found: dict[str, Mention] = {}
    for mention in fillers.report_actors:
        entity = fillers.entities.get(mention.entity or "")
        if entity is None or entity.type != "state_force" or entity.id in found:
            continue
        if any(_is_of_arm(n.text, arm) for n in entity.names):
            found[entity.id] = mention
    return next(iter(found.values())) if len(found) == 1 else None


def _is_of_arm(name: str, arm: str) -> bool:
    """ "The Somali Army", "the armed forces" are an army; "his forces", "army helicopters" are none."""
    words = name.casefold().split()
    if arm != "army":
        return arm.removesuffix("al") in " ".join(words)
    return words[-1:] in (["army"], ["military"]) or words[-2:] == ["armed", "forces"]
