"""Files with kinds of the user's own: what a sound one gives, and that each way to be wrong is named with its mend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from khaldun.errors import InvalidKnowledge
from khaldun.ontology import kinds, stand_in
from khaldun.own_kinds import own_kinds, read_own_kinds, with_own

EVENT: dict[str, Any] = {
    "kind": "checkpoint.set_up",
    "label": "checkpoint set up",
    "definition": "A party sets up a checkpoint.",
    "example": "Rebels set up a checkpoint near Sirte.",
    "counterexample": "Rebels set up a radio station near Sirte.",
    "triggers": [
        {
            "phrases": ["set up checkpoint"],
            "args": {"actor": ["A"], "place": ["in", "near"]},
            "examples": ["Rebels set up a checkpoint near Sirte."],
            "counterexamples": ["Rebels set up a radio station near Sirte."],
        }
    ],
}
TIE: dict[str, Any] = {
    "kind": "financier_of",
    "family": "relation",
    "label": "financier of",
    "definition": "Pays for a party.",
    "example": "Omar Saleh, the paymaster of the Falcon Brigade, fled.",
    "cues": {
        "titles": [
            {
                "lemmas": ["paymaster"],
                "examples": [
                    {
                        "text": "Omar Saleh, the paymaster of the Falcon Brigade, fled.",
                        "source": "Omar Saleh",
                        "target": "Falcon Brigade",
                    }
                ],
            }
        ]
    },
}


def folder_of(path: Path, **files: Any) -> Path:
    """A folder with those entries, one file each."""
    for name, entry in files.items():
        (path / f"{name}.yaml").write_text(entry if isinstance(entry, str) else yaml.safe_dump(entry), "utf-8")
    return path


def test_sound_files_come_in_order_of_their_names(tmp_path: Path) -> None:
    tie, event = own_kinds(folder_of(tmp_path, b=EVENT, a=TIE))
    assert (tie.kind.id, tie.kind.family, tie.kind.acled, tie.kind.own) == ("financier_of", "relation", None, True)
    assert (event.kind.id, event.kind.family, event.file) == ("checkpoint.set_up", "event", "b.yaml")
    assert event.kind.plain == "checkpoint set up"
    assert event.triggers[0]["kind"] == "checkpoint.set_up"
    assert tie.cues["titles"][0]["kind"] == "financier_of"


def test_acled_is_other_unless_the_file_says_something_else(tmp_path: Path) -> None:
    given: dict[str, dict[str, Any]] = {"left_out": {}, "named": {"acled": "Arrests"}, "none": {"acled": None}}
    files = {name: {**EVENT, "kind": f"checkpoint.{name}", **more} for name, more in given.items()}
    found = {own.kind.id: own.kind.acled for own in own_kinds(folder_of(tmp_path, **files))}
    assert found == {"checkpoint.left_out": "Other", "checkpoint.named": "Arrests", "checkpoint.none": None}


def test_no_folder_gives_the_house_alone(tmp_path: Path) -> None:
    assert own_kinds(None) == ()
    assert with_own(()) == kinds()
    both = with_own(own_kinds(folder_of(tmp_path, a=TIE)))
    assert list(both) == [*kinds(), "financier_of"]
    assert "financier_of" not in kinds()


def without(entry: dict[str, Any], *path: Any) -> dict[str, Any]:
    """A copy of the entry without the field at that path."""
    copy: dict[str, Any] = yaml.safe_load(yaml.safe_dump(entry))
    inner: Any = copy
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return copy


def having(entry: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**entry, **fields}


def trigger(**fields: Any) -> dict[str, Any]:
    return {**EVENT, "triggers": [{**EVENT["triggers"][0], **fields}]}


@pytest.mark.parametrize(
    ("entry", "where", "wrong", "mend"),
    [
        ("kind: [", "line", "not valid YAML", "quotation marks"),
        ("- a list", "", "holds no fields", "kind: checkpoint.set_up"),
        (without(EVENT, "kind"), "kind", "no id", "small letters"),
        (having(EVENT, kind="Check Point"), "kind", "'Check Point' is no id", "small letters"),
        (having(EVENT, kind="siege"), "kind", "a kind of the house", "another id"),
        (without(EVENT, "definition"), "definition", "missing", "definition:"),
        (without(EVENT, "example"), "example", "missing", "example:"),
        (having(EVENT, exampel="x"), "", "'exampel' is no field", "`example`"),
        (having(EVENT, family="happening"), "family", "'happening' is none", "relation"),
        (having(EVENT, plover={"type": "ASSAIL"}), "plover", "'ASSAIL' is no type", "ASSAULT"),
        (having(EVENT, acled="Arrest"), "acled", "'Arrest' is no sub-type", "`Arrests`"),
        (having(EVENT, roles=["actor", "victim"]), "roles", "'victim' is not known", "target"),
        (without(EVENT, "triggers"), "triggers", "missing", "verbs"),
        (having(EVENT, cues={"titles": []}, triggers=[]), "triggers", "missing", "verbs"),
        (having(EVENT, lists={"towers": ["bell tower"]}), "lists", "'bell tower' is more than one word", "`tower`"),
        (trigger(phrases=["put up a barricade"]), "triggers, entry 1", "holds an article", "`put up barricade`"),
        (without(EVENT, "triggers", 0, "phrases"), "triggers, entry 1", "no word", "base form"),
        (without(EVENT, "triggers", 0, "examples"), "triggers, entry 1", "no `examples`", "sentence"),
        (without(EVENT, "triggers", 0, "counterexamples"), "triggers, entry 1", "no `counterexamples`", "sentence"),
        (trigger(verbs="erect"), "triggers, entry 1", "`verbs` is no list", "verbs: [first"),
        (trigger(phrases=["checkpoint"]), "triggers, entry 1", "'checkpoint' is no phrase", "set up checkpoint"),
        (trigger(args={"who": ["A"]}), "triggers, entry 1, args", "'who' is not known", "actor"),
        (trigger(args=["A"]), "triggers, entry 1", "who stands where", "actor: [A]"),
        (trigger(needs=["people"]), "triggers, entry 1", "`needs` is no pairs", "P: people"),
        (trigger(need={"P": "people"}), "triggers, entry 1", "'need' is no field", "`needs`"),
        (without(TIE, "cues"), "cues", "missing", "titles"),
        (having(TIE, cues={"title": TIE["cues"]["titles"]}), "cues", "'title' is not known", "titles"),
        (without(TIE, "cues", "titles", 0, "lemmas"), "cues, titles, entry 1", "no `lemmas`", "base form"),
        (
            without(TIE, "cues", "titles", 0, "examples", 0, "source"),
            "cues, titles, entry 1",
            "no `examples`",
            "source",
        ),
        (having(TIE, cues={"predicates": TIE["cues"]["titles"]}), "cues, predicates, entry 1", "where the source", "A"),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(tmp_path: Path, entry: Any, where: str, wrong: str, mend: str) -> None:
    found, problems = read_own_kinds(folder_of(tmp_path, mine=entry))
    assert found == ()
    assert any(
        p.file == "mine.yaml" and p.entry.startswith(where) and wrong in p.wrong and mend in p.mend for p in problems
    ), problems


def test_one_broken_file_leaves_the_others_and_all_problems_are_told_at_once(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=EVENT, b=without(TIE, "label"), c=having(TIE, acled="x", kind="siege"), d=EVENT)
    found, problems = read_own_kinds(folder)
    assert [own.file for own in found] == ["a.yaml"]
    assert [(p.file, p.entry) for p in problems] == [
        ("b.yaml", "label"), ("c.yaml", "kind"), ("c.yaml", "acled"), ("d.yaml", "kind"),
    ]  # fmt: skip
    with pytest.raises(InvalidKnowledge, match=r"b\.yaml, label: is missing.*d\.yaml, kind: .* in another file too"):
        own_kinds(folder)


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_files(tmp_path: Path, made: bool) -> None:
    folder = tmp_path if made else tmp_path / "none"
    with pytest.raises(InvalidKnowledge, match="one file a kind"):
        own_kinds(folder)


def test_a_kind_that_is_not_at_hand_goes_by_its_id() -> None:
    kind = stand_in("checkpoint.set_up", "event")
    assert (kind.plain, kind.plover_type, kind.acled, kind.violent) == ("checkpoint.set_up", None, None, False)
