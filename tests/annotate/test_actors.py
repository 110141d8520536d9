"""Actors, weapons and media products: every entry of the lexicons and tables, then the constructions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from khaldun.annotate.actors.find import find_actors
from khaldun.annotate.ground import check_quote
from khaldun.annotate.kit import load_pipeline
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.reading.sentences import Parse, parse_reports
from khaldun.annotate.tables.known import find_known, known_actors, known_as, state_of, states
from khaldun.annotate.tables.names import bare, fold_name, is_acronym
from khaldun.knowledge import load_data
from khaldun.model import Mention, Part, Reference, Report, Span

NOUNS = load_data("lexicons/en/actors.yaml")
WEAPONS = load_data("lexicons/en/weapons.yaml")
PRODUCTS = load_data("lexicons/en/media_products.yaml")


@cache
def pipeline() -> Language:
    return load_pipeline()


def report_of(text: str, references: tuple[Reference, ...] = ()) -> Report:
    body = Part("body", Span(0, len(text)))
    return Report(id="r", input_id="r", raw="", text=text, parts=(body,), references=references)


@cache
def parsed(text: str) -> Parse:
    return next(parse_reports([report_of(text)], pipeline()))


def mentions(text: str, kind: str = "actor") -> list[Mention]:
    return [m for m in find_actors(parsed(text), (), ()) if m.kind == kind]


def quotes(text: str, kind: str = "actor") -> list[str]:
    return [bare(m.quote) for m in mentions(text, kind) if m.form != "pronoun"]


NOBODY = [
    ("No group claimed the attack.", "group"),
    ("It was not clear whether any faction had agreed.", "faction"),
    ("Neither side commented on the truce.", "side"),
    ("The raiders left for Taraba state.", "Taraba state"),
    ("The army took the town of Mayadin.", "Mayadin"),
    ("It was the last road militants used to reach the coast.", "last road militants"),
]


@pytest.mark.parametrize(("text", "word"), NOBODY, ids=[t for t, _ in NOBODY])
def test_nobody_in_particular_is_no_actor(text: str, word: str) -> None:
    assert not [q for q in quotes(text) if word in q]


PERSONS = [
    ("Col. Yusuf Abdi Warsan told reporters it was calm.", "Yusuf Abdi Warsan"),
    ("Mullah Abdul Samad Rahimi was killed in Herat.", "Abdul Samad Rahimi"),
    ("Sheikh Hassan Omar Dirir surrendered.", "Hassan Omar Dirir"),
    ("General Valentyn Koval said his men had held.", "Valentyn Koval"),
    ("Gen. Jean-Luc Bembo's troops advanced.", "Jean-Luc Bembo"),
    ("Lt Col Paul-Marie Sawado took power.", "Paul-Marie Sawado"),
    ("U Kyaw Min Thant, a negotiator, denied it.", "Kyaw Min Thant"),
    ("Comandante Julio Prado de la Vega denied it.", "Julio Prado de la Vega"),
    ("Governor Alhaji Sani Bukar visited the camp.", "Sani Bukar"),
    ('Omar Abdi "Gaabo" Fahiye, an elder, was shot.', 'Omar Abdi "Gaabo" Fahiye'),
]


@pytest.mark.parametrize(("text", "name"), PERSONS, ids=[t for t, _ in PERSONS])
def test_a_rank_or_nickname_tells_a_name(text: str, name: str) -> None:
    assert [q for q in quotes(text) if q == name]


def test_a_quotation_mark_is_whole_or_left_out() -> None:
    assert 'Israeli "army"' in quotes('The Israeli "army" said it had hit a depot.')
    assert "Israel" in quotes('The ministry accused Israel "" of breaking the truce.')


def test_a_name_may_be_a_word_as_well() -> None:
    assert "Abdul Basir Mujahid" in quotes("Col. Abdul Basir Mujahid denied it.")


# ------------------------------------------------------------------------------------------------ the data


def examples(node: Any, key: str) -> Iterator[Mapping[str, Any]]:
    """All examples (or counterexamples) anywhere under a data file."""
    if isinstance(node, Mapping):
        yield from (e for e in node.get(key, ()) if isinstance(e, Mapping))
        for value in node.values():
            yield from examples(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from examples(value, key)


def cases(*nodes: Any, key: str, field: str) -> list[Mapping[str, Any]]:
    return [e for node in nodes for e in examples(node, key) if field in e]


STATES = load_data("actors/states.yaml")
TABLES = [load_data(f"actors/{t}.yaml") for t in ("groups", "media", "bodies", "common")]


@pytest.mark.parametrize("case", cases(NOUNS, STATES, key="examples", field="finds"), ids=lambda c: c["text"])
def test_lexicon_finds_its_examples(case: Mapping[str, Any]) -> None:
    assert set(case["finds"]) <= set(quotes(case["text"]))


@pytest.mark.parametrize("case", cases(NOUNS, STATES, key="counterexamples", field="not"), ids=lambda c: c["text"])
def test_lexicon_leaves_its_counterexamples(case: Mapping[str, Any]) -> None:
    assert not set(case["not"]) & set(quotes(case["text"]))


@pytest.mark.parametrize("case", cases(NOUNS, *TABLES, key="examples", field="known"), ids=lambda c: c["text"])
def test_tables_name_their_examples(case: Mapping[str, Any]) -> None:
    found = mentions(case["text"])
    known = {m.made_by.removeprefix("known:") for m in found}
    heads = {h.id for m in found if m.head is not None if (h := known_as(m.head.of(case["text"]))) is not None}
    epithets = {
        a.id
        for m in found
        if m.made_by == "epithet" and m.head is not None
        for a in known_actors().values()
        if fold_name(m.head.of(case["text"])) in map(fold_name, a.leaders)
    }
    assert case["known"] in known | heads | epithets


@pytest.mark.parametrize("case", cases(*TABLES, key="counterexamples", field="known"), ids=lambda c: c["text"])
def test_tables_leave_their_counterexamples(case: Mapping[str, Any]) -> None:
    assert case["known"] not in {s.actor.id for s in find_known(case["text"])}


@pytest.mark.parametrize("case", cases(WEAPONS, key="examples", field="finds"), ids=lambda c: c["text"])
def test_weapons_are_found(case: Mapping[str, Any]) -> None:
    assert set(case["finds"]) <= set(quotes(case["text"], "weapon"))


@pytest.mark.parametrize("case", cases(WEAPONS, key="counterexamples", field="not"), ids=lambda c: c["text"])
def test_what_is_no_weapon_is_left(case: Mapping[str, Any]) -> None:
    assert not quotes(case["text"], "weapon")


@pytest.mark.parametrize("case", cases(PRODUCTS, key="examples", field="finds"), ids=lambda c: c["text"])
def test_media_products_are_found(case: Mapping[str, Any]) -> None:
    assert set(case["finds"]) <= set(quotes(case["text"], "media_product"))


@pytest.mark.parametrize("case", cases(PRODUCTS, key="counterexamples", field="not"), ids=lambda c: c["text"])
def test_what_is_no_media_product_is_left(case: Mapping[str, Any]) -> None:
    assert not set(case["not"]) & set(quotes(case["text"], "media_product"))


def test_every_noun_entry_has_examples() -> None:
    assert [row["words"][0] for row in NOUNS["nouns"] if not row.get("examples")] == []


def test_every_known_name_finds_itself() -> None:
    lost = [
        (a.id, alias)
        for a in known_actors().values()
        for alias in (a.name, *a.aliases)
        if a.id not in {s.actor.id for s in find_known(f"They met {alias} there.")}
    ]
    assert lost == []


def test_no_alias_stands_for_two_actors() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for actor in known_actors().values():
        for key in {fold_name(n) for n in (actor.name, *actor.aliases)}:
            assert seen.setdefault(key, actor.id) == actor.id


def test_countries_exist() -> None:
    codes = {s.iso3 for s in states()}
    for actor in known_actors().values():
        assert actor.country is None or actor.country in codes


# ------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("al Qaeda", "al-qaeda"),
        ("Al-Qa’ida", "al-qaeda"),
        ("al-Qaedas", "al-qaeda"),
        ("Hizballah", "hezbollah"),
        ("ash-Shabaab", "al-shabaab"),
        ("U.N.", "united-nations"),
        ("Da'esh", "islamic-state"),
        ("MEDECINS SANS FRONTIERES", "msf"),
    ],
)
def test_spellings_of_one_name_meet(printed: str, known: str) -> None:
    assert [s.actor.id for s in find_known(printed)] == [known]


@pytest.mark.parametrize("text", ["It is late.", "who said so", "They are at it.", "us and them", "a site of ruins"])
def test_small_words_are_no_acronyms(text: str) -> None:
    assert list(find_known(text)) == []


def test_a_lost_apostrophe_is_left_out_of_the_name() -> None:
    text = "Al-Qaedas branch denied it."
    assert "Al-Qaeda" in quotes(text)


@pytest.mark.parametrize(
    ("word", "kind", "iso3"),
    [
        ("Kenyan", "adjective", "KEN"),
        ("Kenyans", "people", "KEN"),
        ("U.S.", "name", "USA"),
        ("Nairobi", "capital", "KEN"),
    ],
)
def test_words_of_a_state(word: str, kind: str, iso3: str) -> None:
    read = state_of(word)
    assert read is not None
    assert (read[0], read[1].iso3) == (kind, iso3)


def test_us_in_small_letters_is_no_state() -> None:
    assert state_of("us") is None


@pytest.mark.parametrize("text", ["SDF", "M23", "UN", "U.N.", "AFP"])
def test_acronyms(text: str) -> None:
    assert is_acronym(text)


@pytest.mark.parametrize("text", ["Amaq", "a", "2016", "Derna"])
def test_no_acronyms(text: str) -> None:
    assert not is_acronym(text)


@pytest.mark.parametrize(
    ("word", "singular", "plural"), [("gunmen", "gunman", True), ("Rebels", "rebel", True), ("police", "police", True)]
)
def test_nouns_by_number(word: str, singular: str, plural: bool) -> None:
    reading = read_noun(word)
    assert reading is not None
    assert (reading.word, reading.plural) == (singular, plural)


# ------------------------------------------------------------------------------------------------ constructions

FOUND = [
    ("The Tunisian army, Mali and Uganda sent men to help.", {"Tunisian army", "Mali", "Uganda"}),
    ("Ugandan police and Interpol agents searched the flat.", {"Ugandan police", "Interpol agents"}),
    ("Boko Haram fighters burned the depot.", {"Boko Haram fighters"}),
    ("The Eritrean air force planes came back.", {"Eritrean air force"}),
    ("At least nine women and children were killed.", {"At least nine women and children"}),
    ("Dozens of gunmen of the Taliban crossed the pass.", {"Dozens of gunmen of the Taliban", "Taliban"}),
    ("A man whose brother was shot told the BBC that he fled.", {"man whose brother was shot", "BBC"}),
    ("Relief worker Omar Haddad told Reuters the road was cut.", {"Omar Haddad", "Reuters"}),
    ("Abu Salih al Masri said the talks were over.", {"Abu Salih al Masri"}),
    ("The Portville Brigade held the mill.", {"Portville Brigade"}),
    ("Nairobi said it would answer.", {"Nairobi"}),
    ("They asked for help in a US airstrike.", {"US"}),
    ("State news agency SANA said the dam was safe.", {"State news agency SANA"}),
    ("Kurdish-led Syrian Democratic Forces took the silo.", {"Kurdish-led Syrian Democratic Forces"}),
    ("THE PERUVIAN POLICE SAID THE BOMB WAS LEFT BY THE SHINING PATH.", {"PERUVIAN POLICE", "SHINING PATH"}),
    ("Colonel Omar Haddad spoke. Nobody answered Haddad.", {"Omar Haddad", "Haddad"}),
    ("Two suspects in the Osaka fire were flown to Kenya.", {"Two suspects in the Osaka fire"}),
    ("The road was closed after IS-held Tuz was shelled by the Peshmerga.", {"IS", "Peshmerga"}),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[t for t, _ in FOUND])
def test_actors_are_found_as_quoted(text: str, expected: set[str]) -> None:
    assert expected <= set(quotes(text))


LEFT = [
    ("The attack on the bridge shook the area.", set()),
    ("LAKEVILLE (Reuters) - The bridge fell.", {"Reuters"}),
    ("The bridge fell. --Reuters", {"Reuters"}),
    ("They prayed in the Saad mosque.", {"Saad"}),
    ("It rained in Peru.", {"Peru"}),
    ("An issue of Dabiq praised it.", {"Dabiq"}),
    ("The Peruvian climate is dry.", {"Peruvian"}),
]


@pytest.mark.parametrize(("text", "absent"), LEFT, ids=[t for t, _ in LEFT])
def test_what_is_no_actor_is_left(text: str, absent: set[str]) -> None:
    found = set(quotes(text))
    assert found & absent == set() if absent else found == set()


def test_the_name_inside_a_phrase_is_its_head() -> None:
    text = "The Hamas movement called a strike."
    [mention] = [m for m in mentions(text) if m.made_by == "own-force"]
    assert mention.head is not None
    assert (mention.quote, mention.head.of(text)) == ("Hamas movement", "Hamas")


def test_a_pointer_to_another_report_names_no_actor() -> None:
    text = "Hamas left. [See AFP report, Hezbollah stays.]"
    pointer = Reference("See AFP report, Hezbollah stays.", Span(13, len(text) - 1))
    parse = next(parse_reports([report_of(text, (pointer,))], pipeline()))
    assert [m.quote for m in find_actors(parse, (), ()) if m.kind == "actor"] == ["Hamas"]


def test_a_town_that_is_a_place_is_no_person() -> None:
    text = "Tal Maruf said nothing."
    span = Span(0, 9)
    place = Mention("p", span, "Tal Maruf", "place")
    assert all(not m.span.overlaps(span) for m in find_actors(parsed(text), (), (place,)) if m.form != "pronoun")


# ------------------------------------------------------------------------------------------------ properties

PIECES = st.sampled_from(
    [
        "Hamas ",
        "the rebels ",
        "said ",
        "killed ",
        "at least 7 ",
        "children ",
        "of ",
        "and ",
        ", ",
        "(SDF) ",
        "’s ",
        ". ",
        "Al-Qaedas ",
        "in Derna ",
        "a spokesman ",
        "Omar Haddad ",
        "“x” ",
        "\n\n",
        "U.S. ",
        "é",
        "😀 ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
def test_mentions_are_grounded_ordered_and_repeatable(text: str) -> None:
    report = report_of(text)
    parse = next(parse_reports([report], pipeline()))
    found = find_actors(parse, (), ())
    for mention in found:
        check_quote(report, mention.span, mention.quote)
        assert mention.head is None or (mention.span.contains(mention.head) and len(mention.head))
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)
    assert len({m.id for m in found}) == len(found)
    assert find_actors(parse, (), ()) == found


@given(st.text(max_size=40))
def test_find_known_gives_spans_inside_the_text(text: str) -> None:
    for spotted in find_known(text):
        assert re.search(r"\w", spotted.span.of(text))


def test_a_movement_of_people_is_no_body() -> None:
    quotes = [m.quote for m in mentions("Movement of forces: On Monday, Kenyan troops moved to Garissa.")]
    assert "Kenyan troops" in quotes
    assert "Movement of forces" not in quotes


@pytest.mark.parametrize(("short", "country"), [("FACA", "CAF"), ("ENDF", "ETH"), ("SSPDF", "SSD"), ("KDF", "KEN")])
def test_armies_under_local_acronyms_are_forces_of_their_country(short: str, country: str) -> None:
    (army,) = (a for a in known_actors().values() if short in a.aliases)
    assert (army.type, army.country) == ("state_force", country)
