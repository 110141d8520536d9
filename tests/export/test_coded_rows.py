"""Coded rows of whole records: whose figures are summed, who fills a missing side, what is a row of its own."""

from __future__ import annotations

from typing import Any

import pytest

from khaldun.export.coding import Facts, coded_rows, completed
from khaldun.export.parties import Party, class_name
from khaldun.export.row_groups import grouped, is_sum
from khaldun.knowledge import load_data

from .by_hand import RULES, actor, deaths, event, record


def test_the_dead_of_a_clash_are_told_in_its_row() -> None:
    told = (event("a", "Armed clash"), event("b", "Attack", at=60, **deaths(3)), event("c", "Arrests", at=120))
    (row,) = coded_rows(record(*told))
    assert (row.sub_type, row.head["id"], row.killed) == ("Armed clash", "a", (3, 3, 3))
    assert [e["id"] for e in row.events] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"place": "town"}, {"place": "village"}),
        ({"earliest": "2020-05-01", "latest": "2020-05-01"}, {"earliest": "2020-05-03", "latest": "2020-05-03"}),
        ({}, {"evidence_span": [5000, 5020]}),
        ({"actor": ["a"], "target": ["b"]}, {"actor": ["c"], "target": ["d"]}),
    ],
    ids=["place", "day", "far apart", "parties"],
)
def test_what_sets_two_events_apart(first: dict[str, Any], second: dict[str, Any]) -> None:
    told = [event("a", "Armed clash", **first), event("b", "Armed clash", at=60, **second)]
    assert len(grouped(told)) == 2


def test_armed_parties_that_two_events_do_not_share_set_them_apart() -> None:
    forces = (actor("x", "Red Front", "armed_group"), actor("y", "Lake Brigade", "armed_group"))
    crowd, gunmen = actor("p", "villagers", "population"), actor("g", "gunmen", "armed_group")
    by = {a["id"]: a for a in (*forces, crowd, gunmen)}
    told = [event("a", "Armed clash", actor=["x"]), event("b", "Attack", at=90, actor=["y"])]
    assert len(grouped(told, by)) == 2
    assert len(grouped([told[0], event("b", "Attack", at=30, actor=["y"])], by)) == 1
    for other in ("x", "p", "g"):
        assert len(grouped([told[0], event("b", "Attack", at=90, actor=[other])], by)) == 1


def test_an_inferred_place_sets_nothing_apart() -> None:
    told = [event("a", "Armed clash", place="town"), event("b", "Attack", at=60, place="x", inferred=["place"])]
    assert len(grouped(told)) == 1


def test_a_sum_of_dead_without_place_and_day_is_not_of_a_later_blast() -> None:
    dead = event("a", "Attack", **deaths(400))
    blast = {"place": "town", "earliest": "2020-05-03", "latest": "2020-05-03"}
    assert len(grouped([dead, event("b", "Suicide bomb", at=150, **blast)])) == 2
    assert len(grouped([dead, event("b", "Suicide bomb", at=150, place="town")])) == 1
    assert len(grouped([event("a", "Attack"), event("b", "Suicide bomb", at=150, **blast)])) == 1
    assert len(grouped([dead, event("b", "Suicide bomb", at=12, **blast)])) == 1  # of one sentence, or the next


def test_what_did_not_happen_is_in_no_row() -> None:
    told = [event("a", "Attack", negated=True), event("b", "Attack", factuality="planned")]
    assert grouped(told) == []


def test_the_ground_of_another_event_is_a_row_only_where_nothing_else_is_told() -> None:
    old = event("b", "Attack", at=60, background=True)
    assert [[e["id"] for e in group] for group in grouped([event("a", "Arrests"), old])] == [["a"]]
    assert len(grouped([old])) == 1


def test_one_toll_told_twice_counts_once_and_two_are_summed() -> None:
    same = (event("a", "Attack", **deaths(2, "x")), event("b", "Attack", at=40, **deaths(2, "x")))
    assert [row.killed for row in coded_rows(record(*same))] == [(2, 2, 2)]
    others = (event("a", "Attack", **deaths(2, "x")), event("b", "Attack", at=40, **deaths(3, "y")))
    assert [row.killed for row in coded_rows(record(*others))] == [(5, 5, 5)]


@pytest.mark.parametrize(
    ("voices", "names", "dead"),
    [
        (("army", "rebels"), ("five soldiers", "nine soldiers"), (5, None, 9)),
        (("army", "army"), ("five soldiers", "nine soldiers"), (14, 14, 14)),
        (("army", "rebels"), ("five soldiers", "nine rebels"), (14, 14, 14)),
        (("army", None), ("five soldiers", "nine soldiers"), (14, 14, 14)),
    ],
)
def test_figures_of_two_voices_for_the_same_people_are_a_range(
    voices: tuple[str | None, ...], names: tuple[str, ...], dead: tuple[int | None, ...]
) -> None:
    """ "Five soldiers were killed, the army said; nine soldiers, the rebels said." """
    told = (event("a", "Attack", **deaths(5, "x")), event("b", "Attack", at=40, **deaths(9, "y")))
    for each, voice in zip(told, voices, strict=True):
        each["fatalities"] = {**each["fatalities"], "according_to": [voice] if voice else []}
    people = (actor("x", names[0], "state_force"), actor("y", names[1], "state_force"))
    assert [row.killed for row in coded_rows(record(*told, actors=people))] == [dead]


@pytest.mark.parametrize(
    ("figures", "dead"),
    [
        (((12, None, 99, None), (41, 41, 41, "doctor")), (12, None, 99)),
        (((12, None, 99, None), (32, 32, None, None)), (12, None, None)),
        (((12, None, 99, None), (41, 41, 41, None)), (12, None, 99)),
        (((32, 32, None, None), (41, 41, 41, "doctor")), (32, None, None)),
        (((32, 32, None, None), (41, 41, 41, None)), (73, 73, None)),
        (((12, None, 99, None), (140, 140, 140, "doctor")), (152, None, 239)),
    ],
)
def test_a_figure_that_fits_into_an_open_one_is_not_added(
    figures: tuple[tuple[Any, ...], ...], dead: tuple[int | None, ...]
) -> None:
    """ "Dozens died in the raid. A doctor said that 41 people had died." """
    told = []
    for n, (low, best, high, voice) in enumerate(figures):
        toll = {"low": low, "best": best, "high": high, "according_to": [voice] if voice else []}
        told.append(event(f"e{n}", "Attack", 40 * n, fatalities=toll, tolls=[{"of": "killed", "who": None, **toll}]))
    (row,) = coded_rows(record(*told))
    assert row.killed == dead
    assert row.disputed == (dead[0] == figures[0][0])


def test_police_at_a_protest_are_the_other_side() -> None:
    told = (event("a", "Peaceful protest", actor=["n"], target=["g"]), event("b", "Arrests", at=40, actor=["p"]))
    people = (
        actor("n", "nurses", "population"),
        actor("g", "government", "government"),
        actor("p", "police", "state_force"),
    )
    told[0]["place"] = "town"
    (row,) = coded_rows(record(*told, actors=people))
    assert row.sub_type == "Protest with intervention"
    assert [p.name for p in (*row.actor, *row.target)] == ["Protesters (Kenya)", "Police Forces of Kenya"]
    assert row.inferred == ("actor2",)


def test_a_side_that_no_word_names_is_marked() -> None:
    actor_side, target_side, inferred = completed("Attack", (), (), Facts(), None)
    assert [p.name for p in (*actor_side, *target_side)] == ["Unidentified Armed Group", "Civilians"]
    assert inferred == ("actor1", "actor2")
    named = Party("Red Front", None, "armed_group", "r")
    assert completed("Agreement", (named,), (), Facts(), None) == ((named,), (), ())


def test_classes_carry_their_country_where_it_is_known() -> None:
    assert class_name("police", "Kenya") == "Police Forces of Kenya"
    assert class_name("civilians", "Kenya") == "Civilians (Kenya)"
    assert class_name("civilians", None) == "Civilians"


@pytest.mark.parametrize(
    "case",
    [c for rule in RULES["lesser"] for c in (*rule["examples"], *rule["counterexamples"])],
    ids=lambda c: f"{c['kind']} {c['party']}",
)
def test_what_is_a_row_only_where_nothing_else_is_told(case: dict[str, Any]) -> None:
    told = {**event("a", "Attack", actor=["p"]), "kind": case["kind"], "acled": None}
    somebody = (actor("p", "Somebody", case["party"]),)
    assert [c.sub_type for c in coded_rows(record(told, actors=somebody))] == [case["becomes"]] * bool(case["becomes"])
    beside = event("b", "Arrests", at=60)
    assert [c.head["id"] for c in coded_rows(record(told, beside, actors=somebody))] == ["b"]


@pytest.mark.parametrize("case", RULES["vague"]["examples"], ids=lambda c: str(c["sub_type"]))
def test_dead_without_a_number_count_as_the_codebook_says(case: dict[str, Any]) -> None:
    several: dict[str, Any] = {"low": 3, "best": None, "high": None, "according_to": []}
    row = next(iter(coded_rows(record(event("a", case["sub_type"], fatalities=several)))))
    assert row.killed[0] == case["dead"]


DEADLY = load_data("rules/coding.yaml")["deadly"]


@pytest.mark.parametrize("case", [*DEADLY["examples"], *DEADLY["counterexamples"]], ids=lambda c: str(c["evidence"]))
def test_a_deed_without_a_toll_that_cannot_be_without_a_death(case: dict[str, Any]) -> None:
    told = event("a", "Attack", kind=case["kind"], evidence=case["evidence"])
    (row,) = coded_rows(record(told))
    assert (row.killed, row.unnumbered) == ((0, 0, 0), 3 if case["deadly"] else 0)
    assert [r.unnumbered for r in coded_rows(record({**told, **deaths(2)}))] == [0]


def test_one_person_killed_without_a_number_is_one() -> None:
    told = event(
        "a", "Attack", target=["o"], kind="assault.targeted", evidence="they assassinated the owner of the mill"
    )
    for name, dead in (("owner of the mill", 1), ("Omar Salas", 1), ("key figures of the guard", 3)):
        (row,) = coded_rows(record(told, actors=(actor("o", name, "person"),)))
        assert row.unnumbered == dead, name


def test_a_side_that_only_another_event_of_the_row_gives_is_marked() -> None:
    people = (actor("x", "Red Front", "armed_group"), actor("y", "Blue Guard", "armed_group"))
    gained = event("a", "Non-state actor overtakes territory", actor=["x"])
    fought = event("b", "Armed clash", at=40, target=["y"])
    (row,) = coded_rows(record(gained, fought, actors=people))
    assert [p.name for p in (*row.actor, *row.target)] == ["Red Front", "Blue Guard"]
    assert row.inferred == ("actor2",)


def test_a_leader_who_is_seized_stands_for_his_group() -> None:
    people = (actor("m", "Salim Attar", "person"), actor("b", "Red Brigade", "armed_group"))
    captured = record(event("a", "Abduction/forced disappearance", target=["m"]), actors=people)
    tie = {"type": "commands", "source": "m", "target": "b", "factuality": "asserted"}
    (row,) = coded_rows({**captured, "relations": [tie]})
    assert (row.sub_type, [p.name for p in row.target]) == ("Abduction/forced disappearance", ["Red Brigade"])
    (row,) = coded_rows({**captured, "relations": [{**tie, "factuality": "claimed"}]})
    assert [(p.name, p.klass) for p in row.target] == [("Salim Attar", None)]  # on one voice's word he is no brigade
    (row,) = coded_rows(captured)
    assert [p.klass for p in row.target] == ["civilians"]


def test_who_stands_for_a_party_of_the_row_is_no_missing_side() -> None:
    """ "The front's advances. … banners for dozens of jihadists in the front": they are not those it fights."""
    people = (actor("x", "Red Front", "armed_group"), actor("j", "dozens of jihadists in the Red Front", "armed_group"))
    told = record(event("a", "Armed clash", actor=["x"]), actors=people)
    mentions = [{"entity": "j", "kind": "actor", "quote": "dozens of jihadists", "span": [60, 79]}]
    (row,) = coded_rows({**told, "mentions": mentions})
    assert (row.target, row.inferred) == ((), ())


@pytest.mark.parametrize(
    ("at", "actors", "targets"),
    [(40, [], ["Red Front"]), (0, ["Red Front"], []), (100, [], [])],
    ids=["in the sentence", "in the one before", "in the one behind"],
)
def test_a_missing_side_is_sought_in_the_sentence_or_just_before(
    at: int, actors: list[str], targets: list[str]
) -> None:
    """ "The front came by night. Shells fell on the depot.", but not "Shells fell on it. The front kept away."."""
    fired = event("a", "Shelling/artillery/missile attack", at=30, sentence_span=[30, 90])
    side = "target" if targets else "actor"
    fired = {**fired, "actor" if side == "target" else "target": ["g"]}
    people = (actor("x", "Red Front", "armed_group"), actor("g", "Blue Guard", "armed_group"))
    mentions = [{"entity": "x", "kind": "actor", "quote": "Red Front", "span": [at, at + 9]}]
    (row,) = coded_rows({**record(fired, actors=people), "mentions": mentions})
    found = row.target if side == "target" else row.actor
    assert [p.name for p in found if p.id == "x"] == [*actors, *targets]


EXCHANGE = RULES["exchange"]


@pytest.mark.parametrize(
    "case", [*EXCHANGE["examples"], *EXCHANGE["counterexamples"]], ids=lambda c: str(c["evidence"])
)
def test_a_deed_turned_round_by_another_voice_is_a_row_of_its_own(case: dict[str, Any]) -> None:
    people = {p["id"]: p for p in (actor("g", "Blue Guard", "armed_group"), actor("f", "Red Front", "armed_group"))}
    struck = event("a", "Attack", target=["g"], source=["f"])
    shot = event("b", "Attack", at=60, actor=["g"], target=["f"], source=[], evidence=case["evidence"])
    assert (len(grouped([struck, shot], people)) == 2) is case["apart"]
    assert len(grouped([struck, {**shot, "source": ["f"]}], people)) == 1


def test_who_may_have_done_it_is_no_ally() -> None:
    people = (actor("x", "Red Front", "armed_group"), actor("y", "Blue Guard", "armed_group"))
    for word, names in (("or", ["Red Front and/or Blue Guard"]), ("and", ["Red Front", "Blue Guard"])):
        words = f"the Red Front {word} the Blue Guard shot two traders"
        at = words.index("Blue")
        told = event("a", "Attack", actor=["x", "y"], evidence=words, evidence_span=[0, len(words)])
        mentions = [{"entity": "x", "span": [4, 13]}, {"entity": "y", "span": [at, at + 10]}]
        (row,) = coded_rows({**record(told, actors=people), "mentions": mentions})
        assert [p.name for p in row.actor] == names


@pytest.mark.parametrize(("told", "dead"), [((7, 4, 3), 7), ((7, 4), 11), ((7, 4, 2), 13)])
def test_parts_that_make_up_the_first_count_are_in_it(told: tuple[int, ...], dead: int) -> None:
    """ "Seven were killed in the raid. One shell killed four of a family, another three passers-by."."""
    events = [event(f"e{n}", "Attack", at=30 * n, **deaths(number, f"p{n}")) for n, number in enumerate(told)]
    (row,) = coded_rows(record(*events))
    assert row.killed[0] == dead


def test_a_bare_figure_of_another_voice_counts_those_told_before() -> None:
    """ "Five soldiers were killed, the army said, while the rebels put the toll at nine."."""
    people = (actor("s", "Five soldiers", "state_force"),)
    figures = ((5, "s", "army"), (9, None, "rebels"))
    told = [
        event(f"e{n}", "Attack", at=30 * n, **{**deaths(dead, who), "fatalities": _of(dead, voice)})
        for n, (dead, who, voice) in enumerate(figures)
    ]
    (row,) = coded_rows(record(*told, actors=people))
    assert row.killed == (5, None, 9)


def _of(dead: int, voice: str) -> dict[str, Any]:
    return {"low": dead, "best": dead, "high": dead, "according_to": [voice]}


MANY = RULES["many"]


@pytest.mark.parametrize("case", [*MANY["examples"], *MANY["counterexamples"]], ids=lambda c: str(c["evidence"]))
def test_who_does_a_thing_again_and_again_does_it_in_a_row_of_his_own(case: dict[str, Any]) -> None:
    people = (actor("x", "Red Front", "armed_group"), actor("y", "Blue Guard", "armed_group"))
    told = event("a", "Air/drone strike", actor=["x", "y"], evidence=case["evidence"])
    found = list(coded_rows(record(told, actors=people)))
    assert [[p.name for p in row.actor] for row in found] == (
        [["Red Front"], ["Blue Guard"]] if case["many"] else [["Red Front", "Blue Guard"]]
    )
    assert [row.id for row in found] == (["a", "a.1"] if case["many"] else ["a"])
    assert len(list(coded_rows(record({**told, **deaths(3)}, actors=people)))) == 1


SUMS = load_data("rules/coding.yaml")["sums"]


@pytest.mark.parametrize("case", [*SUMS["examples"], *SUMS["counterexamples"]], ids=lambda c: str(c["evidence"]))
def test_dead_of_a_whole_period_are_in_no_row(case: dict[str, Any]) -> None:
    told = event("a", "Attack", evidence=case["evidence"], **deaths(900))
    told |= {"place": "p", "earliest": "2019-03-04", "latest": "2019-03-04"}
    told |= {key: case[key] for key in ("place", "earliest") if key in case}
    assert is_sum(told) is case["sum"]
    assert bool(list(coded_rows(record(told)))) is not case["sum"]


def test_dead_within_an_interval_of_years_are_in_no_row() -> None:
    told = event("a", "Attack", earliest="2014-01-01", latest="2016-04-01", **deaths(8000))
    assert list(coded_rows(record(told))) == []


def test_a_neighbour_with_a_part_of_its_own_is_no_missing_side() -> None:
    """The brigade that took orders from a man who was captured somewhere has not captured him."""
    captured = event("a", "Abduction/forced disappearance", target=["m"])
    people = (actor("m", "Salim Attar", "person"), actor("b", "Red Brigade", "armed_group"))
    captured["sentence_span"] = [0, 40]
    mentions = [{"entity": "b", "kind": "actor", "quote": "Red Brigade", "span": [25, 36]}]
    alone = {**record(captured, actors=people), "mentions": mentions}
    assert [p.name for p in next(iter(coded_rows(alone))).actor] == ["Red Brigade"]
    tied = {**alone, "relations": [{"source": "b", "target": "m"}]}
    assert [p.name for p in next(iter(coded_rows(tied))).actor] == ["Unidentified Armed Group (Kenya)"]


def test_a_newsletter_that_counts_deeds_against_foes_counts_its_own() -> None:
    """ "The front's newsletter tallied the operations carried out against the guard." """
    people = (actor("x", "Red Front", "armed_group"), actor("g", "Blue Guard", "armed_group"))
    told = event(
        "a", "Armed clash", target=["g"], source=["x"], evidence="the operations carried out against the guard"
    )
    fights = {"type": "fights", "source": "g", "target": "x"}
    (row,) = coded_rows({**record(told, actors=people), "relations": [fights]})
    assert ([p.name for p in row.actor], row.inferred) == (["Red Front"], ("actor1",))
    (row,) = coded_rows(record(told, actors=people))  # whom it does not fight others may have struck
    assert [p.klass for p in row.actor] == ["unidentified"]


@pytest.mark.parametrize("case", [*RULES["shown"]["examples"], *RULES["shown"]["counterexamples"]], ids=repr)
def test_who_shows_people_who_were_detained_holds_them(case: dict[str, Any]) -> None:
    people = (actor("x", "Red Front", "armed_group"), actor("b", "boys", "population"))
    work = event("m", "Other", at=40, actor=["x"], evidence=case["evidence"], sentence_span=[40, 140])
    held = event("a", "Arrests", at=80, target=["b"], sentence_span=[40, 140])
    told = record({**work, "kind": "media.release", "acled": None}, {**held, "kind": "coerce.arrest"}, actors=people)
    (row,) = coded_rows(told)
    assert ([p.name for p in row.actor] == ["Red Front"]) is case["holds"]


def test_what_a_video_shows_of_others_is_a_row_of_its_own() -> None:
    """ "The front killed officers of the guard. It put out videos of boys who were detained after the guard recruited
    them": the boys are nobody's dead, and the guard did not detain them."""
    people = (actor("x", "Red Front", "armed_group"), actor("g", "Blue Guard", "armed_group"))
    boys = actor("b", "boys", "population")
    killed = event("a", "Attack", actor=["x"], target=["g"], sentence_span=[0, 30])
    work = {**event("m", "Other", at=31, actor=["x"], sentence_span=[31, 130]), "kind": "media.release", "acled": None}
    held = {**event("c", "Arrests", at=50, target=["b"], sentence_span=[31, 130]), "kind": "coerce.arrest"}
    drawn = event("d", "Change to group/activity", at=80, actor=["g"], target=["b"], sentence_span=[31, 130])
    told = record(killed, work, held, {**drawn, "kind": "recruitment"}, actors=(*people, boys))
    first, second = coded_rows(told)
    assert ([p.name for p in first.target], [e["id"] for e in first.events]) == (["Blue Guard"], ["a"])
    assert [p.klass for p in second.target] == ["civilians"]
    assert "Blue Guard" not in [p.name for p in second.actor]


def test_who_captures_a_man_is_nobody_without_a_word_of_it() -> None:
    man = (actor("m", "Salim Attar", "person"),)
    for evidence, by in (
        ("Attar was captured in the port", []),
        ("Attar was abducted", ["Unidentified Armed Group (Kenya)"]),
    ):
        taken = event("a", "Abduction/forced disappearance", target=["m"], place="town", evidence=evidence)
        (row,) = coded_rows(record(taken, actors=man))
        assert [p.name for p in row.actor] == by


@pytest.mark.parametrize(("words", "rows"), [("In a separate incident, a bomb hit a convoy", 2), ("A bomb hit it", 1)])
def test_what_is_told_as_a_happening_of_its_own_has_a_row(words: str, rows: int) -> None:
    strike = event("a", "Air/drone strike", place="p")
    bomb = event("b", "Remote explosive/landmine/IED", at=40, place="p", evidence=words)
    assert len(grouped([strike, bomb])) == rows


def test_killed_or_wounded_adds_nothing_to_a_figure_of_dead() -> None:
    """ "The blast killed 12. The front claims to have killed or wounded 50": 12 have died by the words."""
    mixed: dict[str, Any] = {"low": 1, "best": None, "high": 50, "according_to": []}
    dead, either = event("a", "Attack", **deaths(12)), event("b", "Attack", at=20, fatalities=mixed)
    assert [row.killed for row in coded_rows(record(dead, either))] == [(12, 12, 12)]
    assert [row.killed for row in coded_rows(record(either))] == [(1, None, 50)]


def test_who_left_and_who_was_killed_by_another_voice_are_two_rows() -> None:
    left = event("a", "Non-violent transfer of territory", kind="retreat.withdraw", source=["guards"])
    dead = event("b", "Attack", at=90, kind="assault.killing", source=["herders"], **deaths(6))
    assert len(grouped([left, dead])) == 2
    assert len(grouped([left, {**dead, "source": ["guards"]}])) == 1


def test_when_a_body_was_founded_is_no_day_of_its_battles() -> None:
    battle = event("a", "Armed clash", kind="assault.clash")
    begun = {"earliest": "2013-03-01", "latest": "2013-03-31"}
    founded = event("b", "Change to group/activity", at=30, kind="organisation.founded", **begun)
    assert len(grouped([battle, founded])) == 2


def test_what_is_told_as_later_at_another_place_is_a_row_of_its_own() -> None:
    killed = event("a", "Attack", kind="assault.killing", **deaths(9))
    strike = event("b", "Air/drone strike", at=60, kind="assault.aerial", place="ford")
    assert len(grouped([killed, strike | {"evidence": "gunships later hit them at the ford"}])) == 2
    assert len(grouped([killed, strike | {"evidence": "gunships hit them at the ford"}])) == 1


@pytest.mark.parametrize(("dead", "rows"), [("state_force", 2), ("armed_group", 1)])
def test_the_dead_of_the_side_that_struck_from_afar_did_not_die_by_it(dead: str, rows: int) -> None:
    by = {a["id"]: a for a in (actor("g", "gunships", "state_force"), actor("r", "raiders", "armed_group"))}
    by["d"] = actor("d", "those at the post", dead)
    strike = event("a", "Air/drone strike", kind="assault.aerial", actor=["g"], target=["r"])
    toll = event("b", "Attack", at=90, kind="assault.killing", target=["d"], source=["nurse"], **deaths(9))
    assert len(grouped([strike, toll], by)) == rows


@pytest.mark.parametrize(("day", "rows"), [("2020-05-03", 2), ("2020-05-04", 1)])
def test_what_a_video_of_an_earlier_day_claims_is_no_part_of_the_strike(day: str, rows: int) -> None:
    one: dict[str, Any] = {"sentence_span": [0, 200]}
    monday: dict[str, Any] = {"earliest": "2020-05-04", "latest": "2020-05-04"}
    strike = event("a", "Air/drone strike", kind="assault.aerial", target=["f"], **monday, **one)
    video = event("v", "Other", at=30, kind="media.release", actor=["f"], earliest=day, latest=day, **one)
    dead = event("b", "Attack", at=60, kind="assault.killing", source=["f"], **deaths(9), **one)
    heads = [[e["id"] for e in group] for group in grouped([strike, {**video, "acled": None}, dead])]
    assert any({"a", "b"} <= set(ids) for ids in heads) is (rows == 1)
