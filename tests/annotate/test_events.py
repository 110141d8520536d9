"""Event mentions: which words of a sentence tell one happening together, and who fills its roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from khaldun.model import Annotation, Frame
from khaldun.ontology import kind

Annotated = Callable[[str], Annotation]
Told = tuple[str, tuple[str, ...], tuple[str, ...]]


def events(annotation: Annotation) -> list[Frame]:
    return [frame for frame in annotation.frames if kind(frame.kind).family == "event"]


def role(frame: Frame, name: str) -> tuple[str, ...]:
    """The words of the mentions that fill a role."""
    return tuple(mention.quote for mention in frame.roles.get(name, ()))


def told(annotation: Annotation) -> list[Told]:
    """(kind, actors, targets) of every event in text order."""
    return [(frame.kind, role(frame, "actor"), role(frame, "target")) for frame in events(annotation)]


def of_kind(annotation: Annotation, name: str) -> Frame:
    found = [frame for frame in events(annotation) if frame.kind == name]
    assert len(found) == 1, told(annotation)
    return found[0]


ARMY, REBELS = ("army",), ("rebels",)
ATTACK = ("assault.attack", ARMY, REBELS)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army attacked the rebels.",
        "The rebels were attacked by the army.",
        "The army launched an attack on the rebels.",
        "The army carried out an attack on the rebels.",
        "An attack by the army on the rebels failed.",
        "The army's attack on the rebels failed.",
        "The rebels repelled an attack by the army.",
        "An attack on the rebels was carried out by the army.",
        "The rebels attacked by the army fled the hill on foot.",
        "The army, which attacked the rebels, is short of fuel.",
    ],
)
def test_one_attack_in_many_words(annotated: Annotated, sentence: str) -> None:
    found = annotated(sentence)
    assert [t for t in told(found) if t[0].startswith("assault.")] == [ATTACK]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The army came under attack in Sirte.", ("assault.attack", (), ARMY)),
        ("Air strikes on Sirte killed nine rebels.", ("assault.aerial", (), ("nine rebels",))),
        ("An air strike killed nine rebels and wounded dozens.", ("assault.aerial", (), ("nine rebels",))),
        ("A roadside bomb hit a convoy of soldiers near Sirte.", ("assault.explosives", (), ("soldiers",))),
        ("Nine soldiers were killed when a car bomb exploded.", ("assault.explosives", (), ("Nine soldiers",))),
        ("The army shelled Sirte, killing nine rebels.", ("assault.shelling", ARMY, ("nine rebels",))),
        ("Hundreds of civilians were killed in the shelling.", ("assault.shelling", (), ("Hundreds of civilians",))),
        ("Warplanes pounded the rebels.", ("assault.aerial", ("Warplanes",), REBELS)),
    ],
)
def test_noun_verb_and_outcome_tell_one_happening(annotated: Annotated, sentence: str, expected: Told) -> None:
    assert told(annotated(sentence)) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army and the rebels clashed in Sirte.",
        "The army clashed with the rebels.",
        "Clashes broke out between the army and the rebels.",
        "Clashes were reported between the army and the rebels.",
        "Clashes reported between the army and the rebels.",
        "Thirteen people were killed in clashes between the army and the rebels.",
        "The army signed a ceasefire with the rebels.",
    ],
)
def test_both_sides_are_actor_and_target(annotated: Annotated, sentence: str) -> None:
    (event,) = events(annotated(sentence))
    assert set(role(event, "actor")) == {"army", "rebels"}
    assert event.roles["actor"] == event.roles["target"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army, the navy and the police attacked the rebels.",
        "The rebels were attacked by the army, the navy and the police.",
        "Raids by the army, the navy and the police hit the rebels.",
    ],
)
def test_a_list_is_several_actors_of_one_event(annotated: Annotated, sentence: str) -> None:
    (event,) = events(annotated(sentence))
    assert role(event, "actor") == ("army", "navy", "police")
    assert role(event, "target") == REBELS


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Residents accused the army of shelling a hospital in Sirte.", "assault.shelling"),
        ("The council blamed the army for the attack on the market in Sirte.", "assault.attack"),
        ("The army was accused by residents of shelling a hospital in Sirte.", "assault.shelling"),
    ],
)
def test_the_accused_is_the_actor_of_the_deed(annotated: Annotated, sentence: str, name: str) -> None:
    assert role(of_kind(annotated(sentence), name), "actor") == ARMY


def test_the_victims_of_a_condemned_deed_are_not_accused(annotated: Annotated) -> None:
    found = annotated("The council condemned the killing of nine soldiers.")
    assert role(of_kind(found, "accuse"), "target") == ()
    assert role(of_kind(found, "assault.killing"), "target") == ("nine soldiers",)
    found = annotated("The council condemned the army's killing of nine judges.")
    assert role(of_kind(found, "accuse"), "target") == ARMY


def test_an_outcome_stands_alone_where_its_cause_tells_nothing(annotated: Annotated) -> None:
    found = annotated("The army fired into the air in Cairo, killing three.")
    assert [toll.quantity.best for event in events(found) for toll in event.tolls] == [3]


@pytest.mark.parametrize("verb", ["tried to retake", "attempted to retake", "sought to retake", "fought to retake"])
def test_an_attempt_to_take_a_place_is_no_gain(annotated: Annotated, verb: str) -> None:
    kinds = {frame.kind for frame in events(annotated(f"The army {verb} Tripoli."))}
    assert "control.gain" not in kinds


@pytest.mark.parametrize(
    "sentence",
    [
        "Omar Saleh, whose brother was killed in Sirte, spoke.",
        "The victims of the attack were buried.",
        "The shelling range of the gun is ten miles.",
        "The ceasefire monitors met on Monday.",
        "The army has a plan.",
        "The bank fired nine managers.",
        "The council met in March.",
        "The strike by teachers entered its third week.",
        "Share prices fell to a new low.",
        "The earthquake killed 300 people.",
        "Four people were killed in a car crash near Sirte.",
        "The bus crashed, killing 12 passengers.",
        "Dozens died of cholera in the camp.",
        "The death toll from the earthquake rose to 300.",
    ],
)
def test_no_armed_event(annotated: Annotated, sentence: str) -> None:
    assert not [e for e in events(annotated(sentence)) if kind(e.kind).violent or e.kind.startswith("control.")]


@pytest.mark.parametrize("time", ["in March 2017", "in March", "last March", "on 3 March", "in early March"])
def test_the_month_is_no_march(annotated: Annotated, time: str) -> None:
    assert told(annotated(f"The army attacked the rebels {time}.")) == [ATTACK]


def test_who_reports_a_deed_takes_no_part(annotated: Annotated) -> None:
    found = annotated("A raid on the rebels was reported by Reuters.")
    assert told(found) == [("assault.attack", (), REBELS)]


def test_a_purpose_is_no_happening(annotated: Annotated) -> None:
    found = annotated("The army launched the raid to seize weapons.")
    assert [name for name, _, _ in told(found)] == ["assault.attack"]


def test_the_announcer_takes_no_part_in_anothers_deed(annotated: Annotated) -> None:
    gain = of_kind(annotated("The council announced the army's capture of Tripoli."), "control.gain")
    assert (role(gain, "actor"), gain.inferred) == (ARMY, frozenset())


def test_a_party_that_announces_a_capture_is_taken_for_the_captor(annotated: Annotated) -> None:
    gain = of_kind(annotated("The Falcon Brigade announced the capture of Tripoli."), "control.gain")
    assert (role(gain, "actor"), gain.inferred) == (("Falcon Brigade",), frozenset({"actor"}))


@pytest.mark.parametrize(
    ("sentence", "place", "inferred"),
    [
        ("The army withdrew from Tripoli.", "Tripoli", False),
        ("The army attacked the rebels in Tripoli.", "Tripoli", False),
        ("The army attacked a mosque in Tripoli.", "Tripoli", False),
        ("The rebels, who came from Tripoli, attacked the army.", "Tripoli", True),
        ("The army attacked the rebels.", None, False),
    ],
)
def test_a_place_that_no_word_of_the_event_gives_is_inferred(
    annotated: Annotated, sentence: str, place: str | None, inferred: bool
) -> None:
    event = next(e for e in events(annotated(sentence)) if e.kind in {"assault.attack", "retreat.withdraw"})
    assert role(event, "place") == ((place,) if place else ())
    assert ("place" in event.inferred) is inferred


@pytest.mark.parametrize(
    ("sentence", "earliest", "latest"),
    [
        ("The army attacked the rebels on 3 May 2018.", date(2018, 5, 3), date(2018, 5, 3)),
        ("On 3 May 2018 the army attacked the rebels.", date(2018, 5, 3), date(2018, 5, 3)),
        ("The army said on 9 May 2018 that it had attacked the rebels.", None, date(2018, 5, 9)),
        ("The army attacked the rebels.", None, date(2018, 5, 14)),
        ("The army plans to attack the rebels.", None, None),
    ],
)
def test_the_time_is_the_happenings_own(
    annotated: Annotated, sentence: str, earliest: date | None, latest: date | None
) -> None:
    event = of_kind(annotated(sentence), "assault.attack")
    assert (event.when.earliest, event.when.latest) == (earliest, latest)


SWAPPED = [
    "{0} attacked {1} near Sirte.",
    "{0} was attacked by {1} near Sirte.",
    "{0} launched an attack on {1}.",
    "Fighters of {0} killed nine fighters of {1}.",
    "{0}'s attack on {1} failed.",
    "{0} accused {1} of shelling a hospital.",
    "The commander said that {0} had shelled {1}.",
    "{0} expelled {1} from Sirte.",
]


@pytest.mark.parametrize("pattern", SWAPPED)
@pytest.mark.parametrize(
    ("one", "other"), [("the Falcon Brigade", "the Sword Brigade"), ("the Taliban", "the Islamic State")]
)
def test_swapping_the_names_swaps_actor_and_target(annotated: Annotated, pattern: str, one: str, other: str) -> None:
    def roles(first: str, second: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
        sentence = pattern.format(first, second)
        found = annotated(sentence[0].upper() + sentence[1:])
        named = {e.id: e.name for e in found.entities}
        return [
            (
                frame.kind,
                frozenset(named[m.entity or ""] for m in frame.roles.get("actor", ())),
                frozenset(named[m.entity or ""] for m in frame.roles.get("target", ())),
            )
            for frame in events(found)
        ]

    def swapped(names: frozenset[str]) -> frozenset[str]:
        bare = {one.removeprefix("the "): other.removeprefix("the ")}
        bare |= {new: old for old, new in bare.items()}

        def turn(name: str) -> str:
            return next((name.replace(old, new) for old, new in bare.items() if old in name), name)

        return frozenset(map(turn, names))

    here, there = roles(one, other), roles(other, one)
    assert here
    assert any(actors | targets for _, actors, targets in here)
    assert there == [(name, swapped(actors), swapped(targets)) for name, actors, targets in here]


@pytest.mark.parametrize(
    ("sentence", "kind", "told"),
    [
        ("The army used artillery to shell the hills near Sirte.", "assault.shelling", True),
        ("The army used jets to drop bombs on rebels near Sirte.", "assault.aerial", True),
        ("The rebels took the port of Sirte without firing a shot.", "assault.firearms", False),
        ("The council rejected a call for its forces to be deployed in Sirte.", "mobilize", False),
        ("Two hundred mercenaries were deployed in Sirte.", "mobilize", True),
        ("Gunmen shot dead a khasadar in Sirte.", "assault.firearms", True),
    ],
)
def test_what_is_done_and_what_only_said_of_it(annotated: Annotated, sentence: str, kind: str, *, told: bool) -> None:
    assert (kind in {frame.kind for frame in annotated(sentence).frames}) is told
