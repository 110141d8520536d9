"""What two tellings have in common, and what keeps them apart.

A comparison is a list of findings; their wording, weights and examples are in `data/rules/event_identity.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from khaldun.model import Entity, Span
from khaldun.names import name_key
from khaldun.resolve.compare import Comparison, Finding
from khaldun.resolve.tellings import EventRules, Said, Telling
from khaldun.resolve.where_when import on_place, on_time
from khaldun.resolve.wording import is_close, on_words

_HIGH = 10  # people


def compare_tellings(left: Telling, right: Telling, entities: Mapping[str, Entity], rules: EventRules) -> Comparison:
    """What is found about the two, up to the first thing that forbids them to be one.

    `entities` are by canonical id. One that is not among them is taken for a named one, so that it can keep two
    happenings apart.
    """
    findings: list[Finding] = []
    for id in chain(
        _on_kind(left, right, rules),
        _on_manner(left, right, rules),
        on_time(left, right),
        _on_participants(left, right, entities, rules),
        on_place(left, right, entities, rules),
        _on_toll(left, right),
        on_words(left, right, entities, rules),
    ):
        findings.append(rules.findings[id])
        if findings[-1].veto:
            return Comparison(tuple(findings))
    found = frozenset(f.id for f in findings)
    untied = [*_on_fights(left, right, found, rules), *_on_ground(left, right, found, rules)]
    return Comparison((*findings, *(rules.findings[id] for id in untied)))


def _on_ground(left: Telling, right: Telling, found: frozenset[str], rules: EventRules) -> Iterator[str]:
    """ "The council *drove it out of Derna* in June 2015. It *has been driven from Derna*, the council said today"."""
    kinds = left.kinds | right.kinds
    if "news_and_background" in found and all(kind.startswith(rules.territorial) for kind in kinds):
        yield "ground_again"


_TIES = frozenset(
    "same_day told_at_once same_toll same_high_toll told_again outcome_beside_means outcome_next same_words "
    "same_wording same_stretch told_first".split()
)


def _on_fights(left: Telling, right: Telling, found: frozenset[str], rules: EventRules) -> Iterator[str]:
    """Two parties at war fight more than once: who they are does not make two tellings of it one."""
    if found & _TIES or any(is_close(a, b) for a in left.said for b in right.said):
        return
    pairs = ((left.kinds, right.kinds), (right.kinds, left.kinds))
    if any(one & rules.deeds and other & rules.fights for one, other in pairs):
        yield "deed_beside_fight"
    elif left.kinds & right.kinds & rules.fights:
        yield "parties_alone"


def _on_kind(left: Telling, right: Telling, rules: EventRules) -> Iterator[str]:
    if kinds_apart(left, right, rules):
        yield "kinds_apart"


def kinds_apart(left: Telling, right: Telling, rules: EventRules) -> bool:
    """True where the kinds cannot tell of one happening."""
    return not all(rules.may_be_one(a, b) for a in left.kinds for b in right.kinds)


def _on_manner(left: Telling, right: Telling, rules: EventRules) -> Iterator[str]:
    if left.kinds & right.kinds & rules.speech:
        yield "acts_of_speech"
    if {c.manner.modality == "actual" for c in left.claims} != {c.manner.modality == "actual" for c in right.claims}:
        yield "not_yet_done"
    here, there = ({(s.speaker, _is_negative(s)) for s in t.said} for t in (left, right))
    if any((voice, not negative) in there for voice, negative in here):
        yield "said_not_to_be"


def _is_negative(said: Said) -> bool:
    return said.claim.manner.negated or said.claim.factuality == "denied"


# ------------------------------------------------------------------------------------------------ participants


def _on_participants(left: Telling, right: Telling, entities: Mapping[str, Entity], rules: EventRules) -> Iterator[str]:
    if _both_fight(left) and _both_fight(right):
        # Of a clash it carries nothing who is named first.
        shared = (left.actors | left.targets) & (right.actors | right.targets)
        yield from ("same_actor", "same_target")[: len(shared)]
        if not shared and _named_apart(left.actors | left.targets, right.actors | right.targets, entities):
            yield _on_blame(left, right)
        return
    if left.actors & right.actors:
        yield "same_actor"
    elif _named_apart(left.actors, right.actors, entities):
        yield _on_blame(left, right)
    elif not left.speakers.isdisjoint(right.speakers) and _on_two_sides(left.actors, right.actors, entities):
        yield "other_side"
    if (_is_turned(left, right) or _is_turned(right, left)) and not _is_one_fight(left, right, rules):
        yield "turned"
    if left.targets & right.targets:
        yield "same_target"
    elif _named_apart(_struck(left), _struck(right), entities):
        yield "different_target"
    elif _described_apart(left.targets, right.targets, entities, rules):
        yield "other_victims"


def _is_turned(left: Telling, right: Telling) -> bool:
    """True where those who do the one suffer the other: "troops, ambushed by rebels, killed six"."""
    return bool((left.actors - left.targets) & (right.targets - right.actors))


def _is_one_fight(left: Telling, right: Telling, rules: EventRules) -> bool:
    """True where one goes on about who did the other: "attacked the port", "the guards drove *the attackers* off"."""
    return any(rules.doers.are_in(s.claim.quote, s.claim.quote.lower()) for t in (left, right) for s in t.said)


def _struck(telling: Telling) -> frozenset[str]:
    """Those to whom it is done, or, where nobody is said, the dead: "*Ali Mansour* was killed in the clashes"."""
    return telling.targets or frozenset(t.who for c in telling.claims for t in c.tolls if t.of == "killed" and t.who)


def _on_blame(left: Telling, right: Telling) -> str:
    return "others_blamed" if left.speakers.isdisjoint(right.speakers) else "different_actor"


def _both_fight(telling: Telling) -> bool:
    return "assault.clash" in telling.kinds


def _named_apart(left: frozenset[str], right: frozenset[str], entities: Mapping[str, Entity]) -> bool:
    """True where both sides are named and of one sort: two groups, or two persons, but not a group and a
    man."""
    here, there = _named(left, entities), _named(right, entities)
    if not (here and there) or not here.keys().isdisjoint(there) or set(here.values()) != set(there.values()):
        return False
    return not any(_state_and_its_own(entities.get(a), entities.get(b)) for a in here for b in there)


_SIDES = ({"armed_group"}, {"state_force", "state", "government"})


def _on_two_sides(left: frozenset[str], right: frozenset[str], entities: Mapping[str, Entity]) -> bool:
    """True where forces of a state do the one and an armed group the other, by whatever words they go."""
    here, there = ({e.type for id in ids if (e := entities.get(id)) is not None} for ids in (left, right))
    rebels, state = _SIDES
    return bool(here and there) and ((here <= rebels and there <= state) or (here <= state and there <= rebels))


def _state_and_its_own(left: Entity | None, right: Entity | None) -> bool:
    """A state and its forces: "the *Egyptian* air strikes" are those of *Egyptian warplanes*."""
    if left is None or right is None or left.country_iso3 is None or left.country_iso3 != right.country_iso3:
        return False
    return {left.type, right.type} == {"state", "state_force"}


def _named(ids: frozenset[str], entities: Mapping[str, Entity]) -> dict[str, bool]:
    """The ids that stand for someone in particular, and whether that is a person."""
    named: dict[str, bool] = {}
    for id in ids:
        entity = entities.get(id)
        if entity is None or entity.known_as or any(n.form in ("name", "acronym") for n in entity.names):
            named[id] = entity is not None and entity.type == "person"
    return named


def _described_apart(
    left: frozenset[str], right: frozenset[str], entities: Mapping[str, Entity], rules: EventRules
) -> bool:
    """True where both are described, and by no word in common: a judge and two policemen, but not nine people and
    nine worshippers."""
    here, there = ([_described(id, entities) for id in sorted(ids)] for ids in (left, right))
    return (
        bool(here and there)
        and all(words and not words & rules.anyone for words in (*here, *there))
        and not any(a & b for a in here for b in there)
    )


def _described(id: str, entities: Mapping[str, Entity]) -> frozenset[str]:
    """The words by which someone without a name goes."""
    entity = entities.get(id)
    if entity is None or (entity.type != "population" and any(n.form in ("name", "acronym") for n in entity.names)):
        return frozenset()  # "Muslims" are described, though with a capital
    return frozenset(word for n in entity.names for word in name_key(n.text).split())


# ------------------------------------------------------------------------------------------------ tolls

_Count = tuple[str, int, Said, Span]


def _on_toll(left: Telling, right: Telling) -> Iterator[str]:
    here, there = _tolls(left), _tolls(right)
    pairs = [(a, b) for a in here for b in there if a[0] == b[0] and not _one_figure(a, b)]
    same = [a[1] for a, b in pairs if a[1] == b[1] and a[1] > 1]
    if not same:
        same = [*_summed_up(here, there), *_summed_up(there, here)]
    if same:
        yield "same_high_toll" if max(same) >= _HIGH else "same_toll"
    elif any(s.another_figure for t in (left, right) for s in t.said):
        return
    elif any(_one_voice(a[2], b[2]) and a[1] != b[1] for a, b in pairs):
        one_report = any(a.claim.report == b.claim.report for a in left.said for b in right.said)
        yield "other_toll" if one_report else "toll_elsewhere"


def _summed_up(total: Sequence[_Count], parts: Sequence[_Count]) -> Iterator[int]:
    """ "Left *18 dead* … *Two soldiers and 16 gunmen* were killed in the battle": the parts of one figure."""
    for of, number, *_ in total:
        counted = [part[1] for part in parts if part[0] == of]
        if len(counted) > 1 and sum(counted) == number:
            yield number


def _tolls(telling: Telling) -> list[_Count]:
    return [
        (toll.of, toll.quantity.best, said, toll.span)
        for said in telling.said
        for toll in said.claim.tolls
        if toll.quantity.best is not None
    ]


def _one_figure(left: _Count, right: _Count) -> bool:
    """One number of the text, read for two happenings, is no second witness."""
    return left[2].claim.report == right[2].claim.report and left[3] == right[3]


def _one_voice(left: Said, right: Said) -> bool:
    """A headline's figure, in the outlet's own voice, is that of whom the report quotes for it."""
    return left.speaker == right.speaker or left.speaker.startswith("outlet:") or right.speaker.startswith("outlet:")
