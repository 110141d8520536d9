"""Ties between two mentions: what holds of a pair, the classifier, how its findings meet the rules', the kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from khaldun.annotate import annotate
from khaldun.annotate.kit import Kit
from khaldun.annotate.learned.labels import TIES
from khaldun.annotate.learned.pairs import Features, Pair, Sight, features
from khaldun.annotate.learned.reader import MODELS
from khaldun.annotate.learned.ties import TieKind, TieScorer, load_ties, tie_kinds
from khaldun.annotate.meet.relations import pairs_in, with_ties
from khaldun.annotate.reading.sentences import Parse, parse_reports
from khaldun.model import Annotation
from khaldun.ontology import kinds

from .conftest import report_of

FIGHT = "The Syrian army shelled the Falcon Brigade in Aleppo."


def _parse(text: str, kit: Kit) -> Parse:
    return next(parse_reports([report_of(text)], kit.nlp))


def _pairs(found: Annotation, kit: Kit) -> list[tuple[Pair, Sight]]:
    return list(pairs_in(found, _parse(found.report.text, kit)))


def _features(text: str, ends: tuple[str, str], annotated: Callable[[str], Annotation], kit: Kit) -> frozenset[str]:
    found = annotated(text)
    told = _pairs(found, kit)
    pair, sight = next((p, s) for p, s in told if (p.left.mention.quote, p.right.mention.quote) == ends)
    return features(pair, sight).names


def _scorer(label: str, *names: str) -> TieScorer:
    weights = np.array([[-3.0], *[[4.0]] * len(names)], np.float32)
    return TieScorer((label,), {"": {n: i for i, n in enumerate(names, 1)}}, weights, least=0.5)


def test_pairs_are_in_text_order_and_of_one_sentence(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    found = [pair for pair, _ in _pairs(annotated(FIGHT), kit)]
    assert ("Syrian army", "Falcon Brigade") in [(p.left.mention.quote, p.right.mention.quote) for p in found]
    assert all(p.left.mention.span.start <= p.right.mention.span.start for p in found)


def test_what_holds_of_a_pair(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    held = _features(FIGHT, ("Syrian army", "Falcon Brigade"), annotated, kit)
    assert "body-body" in held
    assert {"top:shell", "body-body|top:shell", "frame roles:actor-target"} <= held
    assert "just:in" in _features(FIGHT, ("Falcon Brigade", "Aleppo"), annotated, kit)


def test_what_holds_does_not_know_the_names(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    one, other = ("Hezbollah", "Hamas")
    held = [_features(f"{a} condemned {b} on Monday.", (a, b), annotated, kit) for a, b in ((one, other), (other, one))]
    assert held[0] == held[1]
    assert not any("hamas" in name.casefold() for name in held[0])


def test_the_likeliest_label_is_told_from_its_probability_on() -> None:
    scorer = _scorer("AlliesOf", "verb between")
    held: list[list[str]] = [["verb between", "never seen"], ["never seen"], ["verb between"]]
    pairs = [Features("body-body", [], each) for each in held]
    assert scorer.best(pairs) == [("AlliesOf", 0.731), None, ("AlliesOf", 0.731)]
    assert scorer.best([]) == []


def test_what_holds_with_the_sorts_of_both_ends_counts_beside_what_holds_alone(tmp_path: Path) -> None:
    names = "\n".join(["L:body", "body-body|verb between", "verb between"]).encode()
    np.savez(
        tmp_path / "ties.npz",
        features=np.frombuffer(names, np.uint8),
        labels=np.array(["AlliesOf"]),
        weights=np.array([[1.0], [2.0], [-4.0]], np.float16),
        bias=np.zeros(1),
        least=np.float32(0.1),
    )
    scorer = load_ties(tmp_path)
    assert scorer is not None
    pairs = [Features(sorts, ["L:body"], ["verb between"]) for sorts in ("body-body", "body-place")]
    assert scorer.best(pairs) == [("AlliesOf", 0.269), None]  # 1 + 2 - 4, and 1 - 4
    assert "body-body|verb between" in pairs[0].names


def test_a_tie_has_both_ends_a_voice_and_a_score(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    text = "Omar Saleh told Reuters that the Falcon Brigade moved rockets to Aleppo."
    found = with_ties(annotated(text), _parse(text, kit), _scorer("CoLocated", "before R:to"))
    tie = next(t for t in found.ties if (t.source.quote, t.target.quote) == ("Falcon Brigade", "Aleppo"))
    assert tie.kind == "located_in"
    assert tie.made_by == "learned:CoLocated"
    assert tie.factuality == "possible"
    assert tie.evidence.of(text).endswith("Aleppo")
    saleh = next(e.id for e in found.entities if e.name == "Omar Saleh")
    assert tie.voice[0] == saleh


def test_a_tie_that_is_denied_or_planned_says_so(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    scorer = _scorer("AlliesOf", "body-body")
    for text, manner in (
        ("The Falcon Brigade did not support the Sword Brigade.", "denied"),
        ("The Falcon Brigade plans to meet the Sword Brigade.", "planned"),
    ):
        found = with_ties(annotated(text), _parse(text, kit), scorer)
        assert {t.factuality for t in found.ties} == {manner}


def test_what_a_rule_states_is_not_told_again(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    text = "The Falcon Brigade is allied with the Sword Brigade."
    stated = annotated(text)
    assert [f.kind for f in stated.frames] == ["allied_with"]
    found = with_ties(stated, _parse(text, kit), _scorer("AlliesOf", "body-body"))
    assert found.ties == ()
    assert found.frames == stated.frames


def test_nothing_that_only_the_layer_sees_is_asserted(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    found = with_ties(annotated(FIGHT), _parse(FIGHT, kit), _scorer("CoLocated", "just:in"))
    assert {t.factuality for t in found.ties} == {"possible"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The Falcon Brigade fights the Sword Brigade.", "BelongsTo>"),
        ("The Falcon Brigade, a rival of the Sword Brigade, left.", "AlliesOf"),
        ("The Falcon Brigade is allied with the Sword Brigade.", "FightingAgainst"),
        ("The Falcon Brigade is part of the Sword Brigade.", "FightingAgainst"),
    ],
)
def test_no_tie_contradicts_what_a_rule_states(
    text: str, label: str, annotated: Callable[[str], Annotation], kit: Kit
) -> None:
    stated = annotated(text)
    assert any("source" in f.roles for f in stated.frames)
    assert with_ties(stated, _parse(text, kit), _scorer(label, "body-body")).ties == ()


def test_nobody_is_tied_to_himself(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    text = "The Falcon Brigade said the Falcon Brigade had left."
    found = with_ties(annotated(text), _parse(text, kit), _scorer("BelongsTo>", "body-body"))
    assert found.ties == ()
    same = with_ties(annotated(text), _parse(text, kit), _scorer("IsSynonymOf", "body-body"))
    assert [t.kind for t in same.ties] == ["same_as"]


def test_without_weights_there_are_no_ties(annotated: Callable[[str], Annotation], kit: Kit) -> None:
    found = annotated(FIGHT)
    assert with_ties(found, _parse(FIGHT, kit), None) is found


def test_spans_come_back_to_the_text_as_received(kit: Kit) -> None:
    text = "The Syrian army shelled the Falcon\u00ad Brigade in  Aleppo."
    found = annotate(report_of(text), replace(kit, ties=_scorer("CoLocated", "just:in")))
    assert [(t.source.quote, t.target.quote) for t in found.ties] == [("Falcon\u00ad Brigade", "Aleppo")]
    assert all(t.source.span.of(text) == t.source.quote for t in found.ties)


# ------------------------------------------------------------------------------------------------ kinds


@pytest.mark.parametrize("kind", tie_kinds(), ids=lambda k: f"{k.of}-{k.kind}")
def test_a_kind_is_complete(kind: TieKind) -> None:
    assert kind.of in TIES
    assert kind.definition.endswith(".")
    assert kind.contradicts <= set(kinds())
    assert kind.example.endswith(".")


def test_every_label_has_a_kind_for_any_ends() -> None:
    for label in TIES[1:]:
        assert any(k.of == label and k.fits("person", "count") for k in tie_kinds())


def test_a_kind_that_is_a_relation_too_means_the_same() -> None:
    for kind in tie_kinds():
        known = kinds().get(kind.kind)
        assert known is None or known.symmetric == kind.symmetric


@pytest.mark.skipif(not (MODELS / "ties.npz").exists(), reason="no weights")
def test_the_weights_fit_the_labels() -> None:
    scorer = load_ties(MODELS)
    assert scorer is not None
    assert {label.rstrip("<>") for label in scorer.labels} <= set(TIES[1:])
    rows = sorted({row for of_sorts in scorer.rows.values() for row in of_sorts.values()})
    assert rows == list(range(1, len(scorer.weights)))
    assert scorer.weights.shape == (len(rows) + 1, len(scorer.labels))
    assert 0 < scorer.least < 1
