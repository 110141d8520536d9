"""Who fights whom, told of the bodies and not of so many of their men.

"The Falcon Army clashed with the Red Front. *Two soldiers and 16 gunmen* were killed": the army fights the front, and
the dead are no further sides. The men of a body that the report names stand for it; a number of men of none is no side
where two bodies are under arms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from khaldun.annotate.coreference.profiles import is_counted
from khaldun.annotate.reading.nouns import NounReading, read_noun
from khaldun.annotate.roles.fillers import UNDER_ARMS
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Entity, Frame, Mention

_ENDS = ("source", "target")


def between_bodies(frames: Iterable[Frame], mentions: Sequence[Mention], entities: Sequence[Entity]) -> list[Frame]:
    """The frames; of those of fighting each end is the body that it is of, and each two bodies fight once."""
    told = list(frames)
    if not any(f.kind == "fights" for f in told):
        return told
    by_id = {e.id: e for e in entities}
    bodies = {e.id for e in entities if e.kind == "actor" and not _is_fragment(e)}
    lifted = [_lifted(f, by_id, bodies, mentions) if f.kind == "fights" else f for f in told]
    own = {_pair(f) for f in told if f.kind == "fights" and _pair(f) <= bodies}
    sides = {e.id for e in entities if e.id in bodies and e.type in UNDER_ARMS}
    kept: list[Frame] = []
    for was, frame in zip(told, lifted, strict=True):
        if frame.kind == "fights":
            pair = _pair(frame)
            nobody = any(id in by_id and _is_bare_equipment(by_id[id].name) for id in pair)
            # of twelve ties of a number of men three were among the annotators' (94 reports, December 2026)
            of_others = pair - bodies and len(sides) > 1
            again = was != frame and pair not in own and pair & {id for each in own for id in each}
            if nobody or len(pair) == 1 or of_others or again:
                continue
        kept.append(frame)
    return kept


def _pair(frame: Frame) -> frozenset[str]:
    return frozenset(m.entity or m.id for end in _ENDS for m in frame.roles[end])


def _lifted(frame: Frame, by_id: Mapping[str, Entity], bodies: set[str], mentions: Sequence[Mention]) -> Frame:
    roles = dict(frame.roles)
    for end in _ENDS:
        entity = by_id.get(roles[end][0].entity or "")
        body = _body_of(entity, by_id, bodies) if entity is not None and entity.id not in bodies else None
        of_body = [m for m in mentions if m.entity == body and m.form != "pronoun"] if body is not None else []
        if of_body:
            at = roles[end][0].span.start
            roles[end] = (min(of_body, key=lambda m: (abs(m.span.start - at), m.span.start)),)
    if roles == frame.roles:
        return frame
    changed = frozenset(end for end in _ENDS if roles[end] != frame.roles[end])
    return replace(frame, roles=roles, inferred=frame.inferred | changed)


def _body_of(part: Entity, by_id: Mapping[str, Entity], bodies: set[str]) -> str | None:
    """The one body of that sort of men: the army for "two soldiers", the gunmen for "16 gunmen"."""
    noun = _noun(part.name)
    if noun is None or noun.entry.must_strike:
        return None
    if noun.word in word_list("lexicons/en/relations.yaml", "of_an_army"):
        last: tuple[str, ...] = ("army", "military", "armed forces")
    elif noun.entry.key == "police":
        last = ("police",)
    else:
        last = (part.name.split()[-1].casefold(),)
    named = [by_id[id] for id in sorted(bodies) if by_id[id].type == part.type]
    fit = [e for e in named if any(n.text.casefold().endswith(last) for n in e.names)]
    mine = [e for e in fit if part.country_iso3 is None or e.country_iso3 in (None, part.country_iso3)]
    return mine[0].id if len(mine) == 1 else None


def _is_fragment(entity: Entity) -> bool:
    """ "*Two soldiers*", "*dozens of fighters*", "*Helicopter gunships*": some of a body, or what it strikes with."""
    generic = entity.name.casefold().removeprefix("the ") in word_list("lexicons/en/relations.yaml", "whoever")
    return generic or is_counted(entity.name) or _is_bare_equipment(entity.name)


def _is_bare_equipment(name: str) -> bool:
    noun = _noun(name)
    return noun is not None and noun.entry.must_strike and all(_tells_nobody(w) for w in name.casefold().split()[:-1])


def _tells_nobody(word: str) -> bool:
    noun = read_noun(word)
    return word in word_list("lexicons/en/relations.yaml", "of_any_force") or (
        noun is not None and noun.entry.must_strike
    )


@cache
def _noun(name: str) -> NounReading | None:
    return read_noun(name.split()[-1]) if name.split() else None
