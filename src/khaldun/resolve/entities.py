"""Which names mean one actor, place or media product.

Merging two that are not the same does more harm than leaving one in two: SAME is proposed on strong evidence only,
a shared alias, acronym or surname is a question for a person (SUGGESTED), and a branch is not its parent
(DIFFERENT). The findings and their weights are in `data/rules/entity_identity.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from khaldun.knowledge import load_data
from khaldun.ledger import Ledger
from khaldun.model import Judgement, Verdict, View
from khaldun.names import acronym_of, name_key
from khaldun.resolve.block import Named, blocks, named_in
from khaldun.resolve.compare import Comparison, Finding, load_findings
from khaldun.resolve.where_when import kilometres

_FILE = "rules/entity_identity.yaml"
_BY_NAME = "rule:name"
_BY_OUTLET = "rule:outlet_name"


@dataclass(frozen=True, slots=True)
class EntityRules:
    """`data/rules/entity_identity.yaml`, laid out for use."""

    same: float
    suggest: float
    crowd: int
    findings: Mapping[str, Finding]
    generic: frozenset[str]
    branch: frozenset[str]


@cache
def load_entity_rules() -> EntityRules:
    """The rules for telling names apart. Raises InvalidKnowledge when the file is broken."""
    data: dict[str, Any] = load_data(_FILE)
    return EntityRules(
        same=float(data["same"]),
        suggest=float(data["suggest"]),
        crowd=int(data["crowd"]),
        findings=load_findings(data["findings"], _FILE),
        generic=frozenset(data["generic"]),
        branch=frozenset(data["branch"]),
    )


def resolve_entities(view: View, rules: EntityRules | None = None) -> Iterator[Judgement]:
    """Judgements about the entities of all reports, in the order of their ids; the same view gives the same rows.

    Private people are never brought together across reports.
    """
    rules = rules or load_entity_rules()
    everyone = [one for report in view.reports() for one in named_in(report, view.entities(report.id))]
    compared = ((left, right, compare_names(left, right, rules)) for left, right in blocks(everyone, rules.crowd))
    rows = [row for left, right, found in compared if (row := _judged(left, right, found, rules))]
    yield from _without_torn(rows)
    yield from _outlets(view, everyone)


def _judged(left: Named, right: Named, comparison: Comparison, rules: EntityRules) -> Judgement | None:
    verdict: Verdict
    if comparison.forbidden:
        verdict, score = "DIFFERENT", 0.0
    elif comparison.score >= rules.same:
        verdict, score = "SAME", comparison.score
    elif comparison.score >= rules.suggest:
        verdict, score = "SUGGESTED", comparison.score
    else:
        return None
    return Judgement(left.id, right.id, verdict, round(min(score, 1.0), 2), comparison.because, _BY_NAME)


def _without_torn(rows: Sequence[Judgement]) -> list[Judgement]:
    """A SAME that would join two kept apart becomes a question: "Ministry of Defence" without a country may be
    that of either of two countries."""
    torn = {conflict.set_aside for conflict in Ledger(rows).conflicts}
    if not torn:
        return list(rows)
    hinges = {id for row in torn for id in (row.left, row.right)}
    apart = {id for row in rows if row.verdict == "DIFFERENT" for id in (row.left, row.right)}
    return [
        replace(row, verdict="SUGGESTED", because=f"{row.because}; but it would join two that are kept apart")
        if row.verdict == "SAME" and row.score < 1 and {row.left, row.right} & hinges and {row.left, row.right} & apart
        else row
        for row in rows
    ]


def _outlets(view: View, everyone: Sequence[Named]) -> Iterator[Judgement]:
    """An outlet that others quote by name is the outlet whose reports we have."""
    outlets = {name_key(report.outlet): report.outlet for report in view.reports() if report.outlet}
    for one in sorted(everyone, key=lambda n: n.id):
        if one.entity.type == "media":
            for key in sorted(one.names & outlets.keys()):
                because = "the report's outlet goes by this name"
                yield Judgement(f"outlet:{outlets[key]}", one.id, "SAME", 0.95, because, _BY_OUTLET)


# ------------------------------------------------------------------------------------------------ comparing


def compare_names(left: Named, right: Named, rules: EntityRules) -> Comparison:
    """All that is found about the two."""
    if left.entity.kind != right.entity.kind:
        return Comparison(())
    ids = [*_on_sort(left, right), *_on_name(left, right, rules)]
    return Comparison(tuple(rules.findings[id] for id in ids))


def _on_sort(left: Named, right: Named) -> Iterator[str]:
    known = (left.entity.known_as, right.entity.known_as)
    if all(known) and known[0] == known[1]:
        # What type or country one report's words suggest does not weigh against the tables.
        yield "same_known_name"
        return
    if all(known):
        yield "different_known_name"
    if left.state and left.state == right.state:
        yield "same_state"
    entries = (left.gazetteer, right.gazetteer)
    if all(entries):
        yield "same_gazetteer_entry" if entries[0] == entries[1] else "different_gazetteer_entry"
    types = (left.entity.type, right.entity.type)
    if all(types) and types[0] != types[1]:
        yield "different_sort" if "person" in types else "other_type"
    if left.country and right.country and left.country != right.country:
        yield "different_country"
    if left.seats and right.seats and left.seats.isdisjoint(right.seats):
        yield "different_seat"


def _on_name(left: Named, right: Named, rules: EntityRules) -> Iterator[str]:
    shared = left.names & right.names
    if shared and _is_branch(left, right, rules):
        yield "branch_of_the_other"
    if left.entity.kind == "place":
        yield from _on_place(left, right, bool(shared))
    elif shared:
        yield from _on_shared(left, right, shared, rules)
    elif _spells(left, right) or _spells(right, left):
        yield "defined_acronym" if left.report == right.report else "acronym_of"
    elif _same_surname(left, right):
        yield "surname_only"
    if shared and left.report == right.report and "person" not in (left.entity.type, right.entity.type):
        yield "same_report"


def _on_place(left: Named, right: Named, shared: bool) -> Iterator[str]:
    if shared and not (left.gazetteer and right.gazetteer):
        yield "same_place_name"
        here, there = left.entity.point, right.entity.point
        distance = kilometres(here, there) if here and there else None
        if distance is not None and distance <= 2:
            yield "same_spot"


def _on_shared(left: Named, right: Named, shared: frozenset[str], rules: EntityRules) -> Iterator[str]:
    """The best that the shared names amount to."""
    words = [set(name.split()) for name in sorted(shared - left.acronyms - right.acronyms)]
    full = [w for w in words if len(w) > 1]
    if any(not w <= rules.generic for w in full):
        yield "same_full_name"
    elif any(w <= rules.generic for w in words):
        one_country = left.country is not None and left.country == right.country
        yield "generic_name_one_country" if one_country else "generic_name"
    elif words:
        yield "surname_only" if _same_surname(left, right) else "same_short_name"
    else:
        yield "same_acronym"


def _spells(left: Named, right: Named) -> bool:
    """A name of the left is an acronym of a name of the right."""
    longer = [n.text for n in right.entity.names if n.form == "name" and " " in n.text]
    return any(acronym_of(short, long) for short in left.acronyms for long in longer)


def _same_surname(left: Named, right: Named) -> bool:
    """One surname, and no first names that differ."""
    if left.surname is None or left.surname != right.surname:
        return False
    firsts = [{name for name in one.names if len(name.split()) > 1} for one in (left, right)]
    return not all(firsts)


def _is_branch(left: Named, right: Named, rules: EntityRules) -> bool:
    """One is the other's name and then words for a part of it: "… in Egypt", "… military wing"."""
    if left.entity.known_as and left.entity.known_as == right.entity.known_as:
        return False
    short, long = sorted((name_key(left.entity.name), name_key(right.entity.name)), key=len)
    if not short or not long.startswith(f"{short} "):
        return False
    rest = long.removeprefix(short).split()
    return rest[0] == "in" or bool(set(rest) & rules.branch)
