"""Every finding about two tellings, on the examples that stand beside it."""

from __future__ import annotations

from typing import Any

import pytest

from khaldun.errors import InvalidKnowledge
from khaldun.knowledge import load_data
from khaldun.model import Locus
from khaldun.ontology import kinds
from khaldun.resolve.bare import with_bare_tolls
from khaldun.resolve.compare import load_findings
from khaldun.resolve.happenings import compare_tellings
from khaldun.resolve.partyless import with_partyless
from khaldun.resolve.rivals import with_rival_tolls
from khaldun.resolve.tellings import load_event_rules, telling
from khaldun.resolve.ways import with_ways
from khaldun.resolve.where_when import kilometres

DATA = load_data("rules/event_identity.yaml")
CASES = [
    pytest.param(finding["id"], pair, expected, id=f"{finding['id']}-{which}-{n}")
    for finding in DATA["findings"]
    for which, expected in (("examples", True), ("counterexamples", False))
    for n, pair in enumerate(finding.get(which, []))
]


@pytest.mark.parametrize(("finding", "pair", "expected"), CASES)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_a_finding_is_made_where_it_should_be(
    short: Any, finding: str, pair: list[dict[str, Any]], expected: bool, turned: bool
) -> None:
    claims = [short.claim(pair[0], id="c1"), short.claim(pair[1], id="c2", at=1000)]
    entities = {e.id: e for e in short.entities(claims)}
    rules = load_event_rules()
    left, right = (telling(c, lambda id: id, rules) for c in (reversed(claims) if turned else claims))
    compared = {(0, 1): compare_tellings(left, right, entities, rules)}
    tolled = with_bare_tolls(compared, [left, right], entities, rules)
    disputed = with_rival_tolls(tolled, [left, right], entities, rules)
    taken_up = with_partyless(disputed, [left, right], rules)
    comparison = with_ways(taken_up, [left, right], entities, rules)[0, 1]
    assert comparison.found(finding) is expected, comparison.because


def test_the_rules_speak_of_kinds_that_there_are() -> None:
    rules = load_event_rules()
    named = {k for line in rules.same_happening for k in line} | rules.speech | rules.outcomes | rules.general
    assert named <= set(kinds())
    families = {k.split(".")[0] for k in kinds()}
    assert {k for noun in rules.nouns for k in noun.kinds} <= set(kinds()) | families
    assert all(any(k.startswith(start) for k in kinds()) for start in rules.territorial)
    assert set(rules.bars) <= set(rules.findings)


def test_a_broken_finding_is_named() -> None:
    broken = [{"id": "a", "means": "x", "examples": [1], "weight": 1, "veto": True}, {"id": "b", "weight": 1}]
    with pytest.raises(InvalidKnowledge, match="a needs either `weight` or `veto: true`; b needs `means`"):
        load_findings(broken, "here.yaml")


def test_distance() -> None:
    paris, london = Locus("Paris", lat=48.8566, lon=2.3522), Locus("London", lat=51.5074, lon=-0.1278)
    assert kilometres(paris, london) == pytest.approx(344, abs=2)
    assert kilometres(paris, Locus("nowhere")) is None
