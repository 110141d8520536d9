"""Counts of people by what happened to them, and whose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khaldun.model import Annotation, Quantity

Annotated = Callable[[str], Annotation]
Counted = tuple[str, int | None, int | None, int | None]


def tolls(annotation: Annotation) -> set[Counted]:
    """(category, low, best, high) of every toll of every event."""
    return {
        (t.of, t.quantity.low, t.quantity.best, t.quantity.high) for frame in annotation.frames for t in frame.tolls
    }


def whose(annotation: Annotation) -> dict[int | None, str | None]:
    """Whom each figure counts, by the entity's name."""
    named = {e.id: e.name for e in annotation.entities}
    return {
        t.quantity.best: named.get(t.who) if t.who is not None else None
        for frame in annotation.frames
        for t in frame.tolls
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nine soldiers were killed in Sirte.", {("killed", 9, 9, 9)}),
        ("The army killed nine rebels in Sirte.", {("killed", 9, 9, 9)}),
        ("Seven fighters died in the clash.", {("killed", 7, 7, 7)}),
        ("The attack claimed 40 lives.", {("killed", 40, 40, 40)}),
        ("Rebels killed a guard in Sirte.", {("killed", 1, 1, 1)}),
        ("The blast wounded twelve people in Sirte.", {("injured", 12, 12, 12)}),
        ("The army captured seven fighters in Sirte.", {("captured", 7, 7, 7)}),
        ("Rebels abducted three nurses in Sirte.", {("captured", 3, 3, 3)}),
        ("Fighting displaced 3,000 families in Sirte.", {("displaced", 3000, 3000, 3000)}),
        ("The death toll from the blast reached 112.", {("killed", 112, 112, 112)}),
        ("The killing of the two guards was condemned.", {("killed", 2, 2, 2)}),
        ("The killing of a judge was condemned.", {("killed", 1, 1, 1)}),
    ],
)
def test_categories(annotated: Annotated, sentence: str, expected: set[Counted]) -> None:
    assert tolls(annotated(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At least seven soldiers were killed in Sirte.", {("killed", 7, 7, None)}),
        ("Dozens of soldiers were killed in Sirte.", {("killed", 12, None, 99)}),
        ("Hundreds of civilians were killed in the shelling of Sirte.", {("killed", 100, None, 999)}),
        ("Between 10 and 15 soldiers were killed in Sirte.", {("killed", 10, None, 15)}),
    ],
)
def test_words_stay_ranges(annotated: Annotated, sentence: str, expected: set[Counted]) -> None:
    assert tolls(annotated(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A car bomb exploded in Sirte, killing eleven people.", {("killed", 11, 11, 11)}),
        (
            "A car bomb exploded in Sirte, leaving 11 dead and 20 wounded.",
            {("killed", 11, 11, 11), ("injured", 20, 20, 20)},
        ),
        (
            "17 people were killed and dozens injured in a raid on Sirte.",
            {("killed", 17, 17, 17), ("injured", 12, None, 99)},
        ),
        ("A roadside bomb hit a bus near Sirte, killing nine people.", {("killed", 9, 9, 9)}),
    ],
)
def test_outcomes(annotated: Annotated, sentence: str, expected: set[Counted]) -> None:
    assert tolls(annotated(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "No one was hurt in the blast.",
        "The army shelled Sirte for nine hours.",
        "The rebels fired 40 rockets at Sirte.",
        "The army seized two villages near Sirte.",
        "No soldiers were killed in the blast.",
    ],
)
def test_no_toll(annotated: Annotated, sentence: str) -> None:
    assert not tolls(annotated(sentence))


def test_each_side_has_its_own(annotated: Annotated) -> None:
    found = annotated("The blast left six soldiers and eleven militants dead.")
    assert tolls(found) == {("killed", 6, 6, 6), ("killed", 11, 11, 11)}
    assert whose(found) == {6: "six soldiers", 11: "eleven militants"}


def test_those_included_are_not_added(annotated: Annotated) -> None:
    found = annotated("The army killed 12 militants, including two commanders, in Sirte.")
    assert tolls(found) == {("killed", 12, 12, 12)}


def test_a_toll_quotes_its_figure(annotated: Annotated) -> None:
    found = annotated("At least seven soldiers were killed in Sirte.")
    (toll,) = (t for frame in found.frames for t in frame.tolls)
    assert toll.span.of(found.report.text) == "At least seven"
    assert toll.quantity == Quantity(7, 7, None)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Gunmen shot dead three farmers in Sirte.", {("killed", 3, 3, 3)}),
        ("Two guards were beaten to death by gunmen in Sirte.", {("killed", 2, 2, 2)}),
        ("Gunmen shot and killed the former mayor in Sirte.", {("killed", 1, 1, 1)}),
        ("A rebel killed one of his brothers in Sirte.", {("killed", 1, 1, 1)}),
        ("Gunmen raided a mine in Sirte. Two fatalities were reported.", {("killed", 2, 2, 2)}),
        ("Gunmen raided a mine in Sirte. Fatalities unknown and coded as 3.", {("killed", 3, 3, 3)}),
        ("One dead and three injured when a mine exploded in Sirte.", {("killed", 1, 1, 1)}),
        ("Gunmen killed two guards in Sirte. 2 fatalities.", {("killed", 2, 2, 2)}),
        ("Gunmen killed a number of guards in Sirte. Unknown fatalities coded as 10.", {("killed", 10, 10, 10)}),
        ("Gunmen raided a mine in Sirte. No fatalities were reported.", set()),
    ],
)
def test_figures_that_no_verb_of_the_happening_carries(
    annotated: Annotated, sentence: str, expected: set[Counted]
) -> None:
    assert {t for t in tolls(annotated(sentence)) if t[0] == "killed" or not expected} == {
        t for t in expected if t[0] == "killed"
    }


def test_the_town_that_is_taken_counts_nobody(annotated: Annotated) -> None:
    assert tolls(annotated("The army captured the town near Sirte.")) == set()


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("An unknown group fatally shot the leader of the Green Movement in Derna.", 1),
        ("The guards beat a young man to death in Derna.", 1),
        ("Four militants and one hunter were killed in clashes in Derna.", 5),
        ("Ten soldiers were killed in Derna, and three rebels were also killed.", 13),
        ("Soldiers attacked a hamlet near Derna, leading to the death of at least 23.", 23),
        ("Residents burned tyres in Derna after a collision killed two people.", 0),
        ("Shelling by the army killed seven civilians in Derna. Fatalities coded as 0 (one outlet reported 7).", 0),
        ("Five rebels and a guard died in a clash in Derna, coded as 5 fatalities.", 5),
        ("Rebels attacked a post in Derna. Two guards dead and four wounded.", 2),
        ("Settlers uprooted forty trees near Derna.", 0),
    ],
)
def test_the_dead_of_a_sentence_are_counted_once(text: str, dead: int, annotated: Callable[[str], Annotation]) -> None:
    tolls = {t.span: t.quantity.best or 0 for f in annotated(text).frames for t in f.tolls if t.of == "killed"}
    assert sum(tolls.values()) == dead


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Six suspected Red Front militants were killed in Sirte.", 6),
        ("Three rebels and one Falcon were killed in Sirte.", 4),
        ("The army shelled Sirte, leaving one person shot and killed and nine others hurt.", 1),
        ("Two rebels shot and killed a judge in Sirte.", 1),
        ("Gunmen killed former mayor of Sirte.", 1),
        ("Rebels killed another rival in Sirte.", 1),
        ("Two thieves were summarily shot by a militia in Sirte.", 2),
        ("The shelling of Sirte resulted in the death of the two sisters.", 2),
        ("The raid on Sirte led to the death of nine rebels.", 9),
        ("An air strike killed the emir near Sirte along with nine rebels.", 10),
        ("A soldier or hired guard was killed by rebels in Sirte.", 1),
        ("Two soldiers, a policeman and a civilian were killed by rebels in Sirte.", 4),
        ("Four members of one family were killed by rebels in Sirte.", 4),
        ("Soldiers shot and fatally wounded a man in Sirte.", 1),
        ("Five bodies of rebels were found in Sirte.", 5),
        ("The body of a teacher was found in Sirte.", 1),
        ("The army attacked the rebels in Sirte. 48 rebels were killed. Fatalities split between 2 events.", 24),
        ("The army attacked the rebels in Sirte, killing 31. Fatalities were spread evenly across six locations.", 5),
    ],
)
def test_who_is_counted_among_the_dead(text: str, dead: int, annotated: Annotated) -> None:
    told = {t.span: t.quantity for f in annotated(text).frames for t in f.tolls if t.of == "killed"}
    assert sum(q.best if q.best is not None else q.low or 0 for q in told.values()) == dead
