"""Who is the same as whom within one report: the lexicon's examples, then each way of meaning someone again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from khaldun.annotate.actors.find import find_actors
from khaldun.annotate.coreference.link import link_mentions
from khaldun.annotate.kit import load_pipeline
from khaldun.annotate.reading.sentences import parse_reports
from khaldun.annotate.tables.names import bare
from khaldun.knowledge import load_data
from khaldun.model import Entity, Locus, Mention, Part, Report, Span, make_id

DATA = load_data("lexicons/en/coreference.yaml")


@cache
def pipeline() -> Language:
    return load_pipeline()


def linked(text: str, extra: tuple[Mention, ...] = ()) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    report = Report(id="r", input_id="r", raw="", text=text, parts=(Part("body", Span(0, len(text))),))
    parse = next(parse_reports([report], pipeline()))
    return link_mentions(parse, (*extra, *find_actors(parse, (), extra)))


def entity_of(text: str, quote: str, nth: int = 0) -> str | None:
    """The entity of the nth mention that is quoted so."""
    found = [m for m in linked(text)[0] if bare(m.quote) == quote and m.kind == "actor"]
    assert len(found) > nth, (quote, [m.quote for m in linked(text)[0]])
    return found[nth].entity


def named(text: str, name: str) -> Entity:
    found = [e for e in linked(text)[1] if name in {n.text for n in e.names}]
    assert len(found) == 1, [(e.name, [n.text for n in e.names]) for e in linked(text)[1]]
    return found[0]


@pytest.mark.parametrize("case", [c for c in DATA["examples"] if "same" in c], ids=lambda c: c["text"])
def test_lexicon_joins_its_examples(case: Mapping[str, Any]) -> None:
    first, second = (entity_of(case["text"], quote) for quote in case["same"])
    assert first == second is not None


@pytest.mark.parametrize(
    "case", [c for c in (*DATA["examples"], *DATA["counterexamples"]) if "apart" in c], ids=lambda c: c["text"]
)
def test_lexicon_keeps_its_counterexamples_apart(case: Mapping[str, Any]) -> None:
    first, second = (entity_of(case["text"], quote) for quote in case["apart"])
    assert first != second


SAME = [
    ("The Northern Relief Council (NRC) met. The NRC sent tents.", "Northern Relief Council", "NRC"),
    ("THE SOUTHERN FISHERS FRONT [SFF] met. The SFF left.", "SOUTHERN FISHERS FRONT", "SFF"),
    ("Abdul Karim al Sudani, who led the raid, was held. Sudani denied it.", "Abdul Karim al Sudani", "Sudani"),
    ("The Portville Brigade, a tribal militia, took the mill.", "Portville Brigade", "tribal militia"),
    ("Human Rights Watch called for it. The campaign group wrote.", "Human Rights Watch", "campaign group"),
    ("The Portville Observatory counted nine. The Observatory named none.", "Portville Observatory", "Observatory"),
    ("Boko Haram burned it. Shekau’s followers fled.", "Boko Haram", "Shekau’s followers"),
    ("Chad's military said so. The Chadian army left.", "Chad's military", "Chadian army"),
    ("Governor Tarek Sabri came. The governor said nothing.", "Tarek Sabri", "governor"),
    ("Gunmen from Hamas came. Hamas denied it.", "Gunmen from Hamas", "Hamas"),
    ("Hamas's Gaza wing spoke. The Hamas wing in Gaza left.", "Hamas", "Hamas"),
    ("A monitor said nine died. Airwars gave no names.", "monitor", "Airwars"),
    ("Rebel fighters took the mill. The rebels shelled the town.", "Rebel fighters", "rebels"),
    ("Shells fell on rebel-held suburbs. The rebels fired back.", "rebel", "rebels"),
    ("They sought a suspect identified as Omar Haddad.", "suspect", "Omar Haddad"),
    ("Police held the Kenyan, Omar Haddad, at noon.", "Kenyan", "Omar Haddad"),
    ("Coalition jets hit a depot. The US-led coalition denied it.", "Coalition jets", "US-led coalition"),
    ("The pilot said coalition air strikes went on. The coalition was silent.", "coalition", "coalition"),
    ("The Chadian army left. Army helicopters bombed the camp.", "Chadian army", "Army helicopters"),
    ("Four civilians were shot. The civilians had fled a raid.", "Four civilians", "civilians"),
    ("Armed herders burned it. The attackers fled.", "Armed herders", "attackers"),
    ("Armed men took a priest. The gunmen left again.", "Armed men", "gunmen"),
    ("Ali Haddad was shot. Omar Haddad, the mayor, wept. Haddad said it was war.", "Omar Haddad", "Haddad"),
    ("The Syrian Observatory counted nine. The monitor gave no names.", "Syrian Observatory", "monitor"),
    ("Israeli air raids went on. Israel said nothing.", "Israeli", "Israel"),
    ("The Falwan militia left. On Monday Falwan denied it.", "Falwan militia", "Falwan"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "second"), SAME, ids=[t for t, _, _ in SAME])
def test_one_actor_under_two_names(text: str, first: str, second: str) -> None:
    assert entity_of(text, first) == entity_of(text, second) is not None


APART = [
    ("Al-Qaeda's Syrian affiliate Al-Nusra Front attacked.", "Al-Qaeda's Syrian affiliate Al-Nusra Front", "Al-Qaeda"),
    ("The US-led coalition bombed it. The US denied it.", "US-led coalition", "US"),
    ("A spokesman for the Chadian army said so.", "spokesman for the Chadian army", "Chadian army"),
    ("Kenyan police came. Police in Malawi did not.", "Kenyan police", "Police in Malawi"),
    ("A police officer spoke. A second police officer denied it.", "police officer", "second police officer"),
    ("Hamas kidnapped eight men from Fatah. Fatah protested.", "eight men from Fatah", "Fatah"),
    ("The Front's Libyan branch fought. The Taliban praised it.", "Front's Libyan branch", "Taliban"),
    (
        "The Iraqi Foreign Ministry wrote. The Chadian Foreign Ministry did not.",
        "Iraqi Foreign Ministry",
        "Chadian Foreign Ministry",
    ),
    ("A resident spoke. Another resident said the road was cut.", "resident", "Another resident"),
    ("Hamas dissidents burned the office. Hamas condemned it.", "Hamas dissidents", "Hamas"),
    ("Guards loyal to the council took the gate. The council said so.", "Guards loyal to the council", "council"),
    ("Fighters from Hamas and the Falwan militia met.", "Hamas", "Falwan militia"),
    ("Tripoli-based forces and Hamas troops exchanged fire.", "Tripoli-based forces", "Hamas troops"),
    ("Ali Haddad spoke first. Omar Haddad spoke next.", "Ali Haddad", "Omar Haddad"),
    ("The Egypt-backed Falcon Brigade took the gate.", "Egypt", "Egypt-backed Falcon Brigade"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "second"), APART, ids=[t for t, _, _ in APART])
def test_two_actors_stay_two(text: str, first: str, second: str) -> None:
    assert entity_of(text, first) != entity_of(text, second)


TYPED = [c for node in load_data("lexicons/en/actors.yaml").values() if isinstance(node, dict) for key in
         ("examples", "counterexamples") for c in node.get(key, ()) if "type" in c]  # fmt: skip


@pytest.mark.parametrize("case", TYPED, ids=lambda c: c["text"])
def test_lexicon_types_its_examples(case: Mapping[str, Any]) -> None:
    name, kind = case["type"]
    assert named(case["text"], name).type == kind


def test_a_brigade_is_named_without_its_backer() -> None:
    names = {n.text for n in named("The Egypt-backed Falcon Brigade took the gate.", "Falcon Brigade").names}
    assert "Falcon Brigade" in names


@pytest.mark.parametrize(
    ("text", "pronoun", "not_him"),
    [
        ('"He told us to leave," the governor, Omar Haddad, said.', "He", "Omar Haddad"),
        ('Omar Haddad spoke. "They are lying," Omar Haddad said.', "They", "Omar Haddad"),
    ],
)
def test_nobody_is_he_in_his_own_words(text: str, pronoun: str, not_him: str) -> None:
    assert entity_of(text, pronoun) != entity_of(text, not_him)


def test_we_in_a_quotation_is_the_group_that_speaks() -> None:
    text = '"We will not stop," the Taliban said.'
    assert entity_of(text, "We") == entity_of(text, "Taliban")


def test_a_number_alone_is_those_counted_before() -> None:
    text = "Eight militants were killed near Gao. The eight had attacked a patrol."
    assert entity_of(text, "eight") == entity_of(text, "Eight militants")
    assert all(m.made_by != "number" for m in linked("The nine had attacked a patrol.")[0])


PRONOUNS = [
    ("Governor Tarek Sabri came at noon. He said nothing.", "He", "Tarek Sabri"),
    ("Hamas released nine men. It said the talks went well.", "It", "Hamas"),
    ("Villagers fled the valley. They said shells fell all night.", "They", "Villagers"),
    ("The rebels attacked Hamas gunmen who had left the port.", "who", "Hamas gunmen"),
]


@pytest.mark.parametrize(("text", "pronoun", "stands_for"), PRONOUNS, ids=[t for t, _, _ in PRONOUNS])
def test_pronouns_take_the_latest_that_agrees(text: str, pronoun: str, stands_for: str) -> None:
    assert entity_of(text, pronoun) == entity_of(text, stands_for) is not None


def test_a_pronoun_without_antecedent_stays_open() -> None:
    assert entity_of("He said nothing.", "He") is None


def test_both_sides_are_two_candidates() -> None:
    text = "Hamas clashed with Fatah. Both sides lost men."
    mentions, entities = linked(text)
    [sides] = [m for m in mentions if m.quote.endswith("sides")]
    assert sides.entity is None
    assert {c.entity for c in sides.candidates} == {e.id for e in entities if e.name in ("Hamas", "Fatah")}


def test_they_are_all_who_were_named_together() -> None:
    text = "Ugandan police and Interpol agents searched the flat. They found nothing."
    mentions, entities = linked(text)
    [they] = [m for m in mentions if m.quote == "They"]
    names = {e.id: e.name for e in entities}
    assert {names[c.entity] for c in they.candidates} == {"Ugandan police", "Interpol"}
    assert they.entity in {c.entity for c in they.candidates}


def test_it_after_said_is_the_speaker() -> None:
    text = "The Chadian army said it was not to blame."
    assert entity_of(text, "it") == entity_of(text, "Chadian army") is not None


def test_an_entity_says_what_it_is() -> None:
    text = "A woman whose son was taken told the Syrian Observatory for Human Rights that Chadian troops came."
    woman, troops = named(text, "woman whose son was taken"), named(text, "Chadian troops")
    assert (woman.type, woman.private) == ("person", True)
    assert (troops.type, troops.country_iso3, troops.private) == ("state_force", "TCD", False)
    assert named(text, "Syrian Observatory for Human Rights").known_as == "sohr"


def test_identifiers_come_from_the_table_alone() -> None:
    text = "Daesh and the Portville Brigade fought."
    assert named(text, "Daesh").identifiers == {"wikidata": "Q2429253"}
    assert named(text, "Portville Brigade").identifiers == {}


def test_ids_rest_on_the_report_and_the_first_mention() -> None:
    text = "The mill burned. Hamas denied it."
    assert named(text, "Hamas").id == make_id("r", "actor", 17, 22)


def test_informative_descriptions_are_names_and_the_group_is_none() -> None:
    text = "Hamas took the mill. The militant group left. The group said so."
    assert [n.text for n in named(text, "Hamas").names] == ["Hamas", "militant group"]


def test_places_are_grouped_by_their_entry() -> None:
    text = "Fire broke out in Tuz. In Tuz nobody came. The Tuzi air is dry."
    tuz = Locus("Tuz Khurmatu", "IQ", geonames=1)
    at = [text.index("Tuz"), text.index("Tuz", 20), text.index("Tuzi")]
    places = (
        Mention("a", Span(at[0], at[0] + 3), "Tuz", "place", value=tuz),
        Mention("b", Span(at[1], at[1] + 3), "Tuz", "place", value=tuz),
        Mention("c", Span(at[2], at[2] + 4), "Tuzi", "place", form="description", value=tuz),
    )
    mentions, entities = linked(text, places)
    of = {m.id: m.entity for m in mentions if m.kind == "place"}
    [place] = [e for e in entities if e.kind == "place"]
    assert (of["a"], of["b"], of["c"]) == (place.id, place.id, None)
    assert (place.name, place.point) == ("Tuz", tuz)


def test_named_media_products_are_one() -> None:
    text = "Dabiq magazine praised it. An issue of Dabiq showed the mill."
    products = [e for e in linked(text)[1] if e.kind == "media_product" and "Dabiq" in e.name]
    assert len(products) == 1


PIECES = st.sampled_from(
    [
        "Hamas ",
        "the group ",
        "said ",
        "he ",
        "the rebels ",
        "attacked ",
        "both sides ",
        ", ",
        "the US ",
        "Omar Haddad ",
        "a spokesman ",
        "who ",
        ". ",
        "(FFF) ",
        "the Front ",
        "its fighters ",
        "\n\n",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=16).map("".join))
def test_linking_is_whole_and_repeatable(text: str) -> None:
    mentions, entities = linked(text)
    ids = {e.id for e in entities}
    assert len(ids) == len(entities)
    for mention in mentions:
        assert mention.entity is None or mention.entity in ids
        assert all(c.entity in ids for c in mention.candidates)
        if mention.kind == "actor" and mention.form in ("name", "acronym"):
            assert mention.entity is not None
    assert all(e.names and e.name in {n.text for n in e.names} for e in entities if e.kind == "actor")
    assert linked(text) == (mentions, entities)
