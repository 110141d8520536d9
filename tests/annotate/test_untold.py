"""Deeds told without a doer whom the report names in another sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khaldun.model import Annotation, Frame

# a report, the words of the trigger, its doers
TAKEN_UP = [
    ("Gunmen raided Kafra on Friday. The raid killed nine people.", "raid", ["Gunmen"]),
    (
        "The coalition conducted six air strikes near Raqqa. The strikes destroyed two tunnels.",
        "strikes",
        ["coalition"],
    ),
    (
        "Chadian artillery shelled Brak. Libyan jets bombed the airfield at Faya. The shelling killed nine people.",
        "shelling",
        ["Chadian artillery"],
    ),
    # whose the other attack is, nobody says
    ("Rebels ambushed a patrol in Bauchi. Two soldiers were killed in a bomb attack in Jos.", "bomb attack", []),
    # "the attack" is the older one of nobody known
    (
        "A truck bomb hit an embassy in Baghdad. Troops raided a house in Tikrit. The blast killed ten.",
        "blast",
        [],
    ),
    ("The army bombed a camp on Friday. It did so in retaliation for the attack on its base in Brak.", "attack", []),
    ("Gunmen raided Kafra on Friday. The first raid, in May, killed nine people.", "raid", []),
]
IN_ITS_COURSE = [
    ("Gunmen raided Kafra on Friday. Seven children were abducted.", "abducted", ["Gunmen"]),
    ("Gunmen raided Kafra on Friday. Seven children were abducted in Ajdabiya.", "abducted in", []),
    ("The army clashed with gunmen in Kafra. Seven children were abducted.", "abducted", []),
]
WARDED_OFF = [
    (
        "The army fought the Red Front in Brak. The army repelled an assault on the port.",
        "assault",
        ["Red Front"],
    ),
    ("Iraqi troops took Mosul from Hamas. They fought off several counterattacks.", "counterattacks", ["Hamas"]),
    # two who may have come
    (
        "The Red Front and the Blue Brigade attacked the army in Brak. The army repelled an assault on the port.",
        "assault",
        [],
    ),
    ("The army repelled an assault on the port. France sent advisers.", "assault", []),
    (
        "Chadian units entered Brak. The enemy shelled Zuwara. The Red Front attacked the units.",
        "shelled",
        ["Red Front"],
    ),
]


@pytest.mark.parametrize(("text", "trigger", "doers"), [*TAKEN_UP, *IN_ITS_COURSE, *WARDED_OFF])
def test_who_did_it_is_said_elsewhere(
    annotated: Callable[[str], Annotation], text: str, trigger: str, doers: list[str]
) -> None:
    told = _last(annotated(text), trigger)
    assert [m.quote.removeprefix("the ").removeprefix("The ") for m in told.roles.get("actor", ())] == doers
    assert ("actor" in told.inferred) == bool(doers)


def test_what_is_lost_goes_to_the_only_enemy(annotated: Callable[[str], Annotation]) -> None:
    lost = _last(annotated("The army retook Sabha from the Red Front, two months after losing it."), "losing")
    assert [m.quote for m in lost.roles["target"]] == ["Red Front"]
    assert "target" in lost.inferred


def _last(annotation: Annotation, trigger: str) -> Frame:
    text = annotation.report.text
    return [f for f in annotation.frames if f.trigger.of(text) == trigger and f.kind != "control.lost"][-1]
