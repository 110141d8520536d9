"""Places: what names one, what only looks so, which place it is, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khaldun.annotate.kit import Kit, load_kit
from khaldun.annotate.places.find import find_places
from khaldun.annotate.reading.sentences import parse_reports
from khaldun.knowledge import load_data
from khaldun.model import Locus, Mention, Part, PartKind, Report, Span, make_id


@cache
def kit() -> Kit:
    return load_kit(models=None)  # the rules, by themselves


def places(text: str, part: PartKind = "body") -> tuple[Mention, ...]:
    parts = (Part(part, Span(0, len(text))),)
    report = Report(id=make_id(text), input_id="t", raw="", text=text, parts=parts)
    return find_places(next(parse_reports([report], kit().nlp)), kit().gazetteer)


def named(text: str) -> dict[str, Locus]:
    return {m.quote: locus(m) for m in places(text) if m.form == "name"}


def locus(mention: Mention) -> Locus:
    assert isinstance(mention.value, Locus)
    return mention.value


def degrees(place: Locus) -> float:
    """The latitude of a place that must have one."""
    assert place.lat is not None
    return place.lat


def lexicon_entries(key: str) -> Iterator[tuple[str, str]]:
    for entries in load_data("lexicons/en/places.yaml").values():
        for entry in entries if isinstance(entries, list) else [entries]:
            yield from (((entry.get("words") or entry["firm"])[0], text) for text in entry.get(key, ()))


@pytest.mark.parametrize(("word", "marked"), list(lexicon_entries("examples")))
def test_the_examples_of_the_lexicon(word: str, marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    found = {m.quote for m in places(text)}
    assert set(re.findall(r"\[(.+?)\]", marked)) <= found, word


@pytest.mark.parametrize(("word", "text"), list(lexicon_entries("counterexamples")))
def test_the_counterexamples_of_the_lexicon(word: str, text: str) -> None:
    assert places(text) == (), word


def test_every_entry_of_the_lexicon_has_an_example() -> None:
    for key, entries in load_data("lexicons/en/places.yaml").items():
        for entry in entries if isinstance(entries, list) else [entries]:
            assert entry.get("examples") or entry.get("counterexamples"), (key, entry)


@pytest.mark.parametrize(
    ("text", "quote", "country", "kind", "precision"),
    [
        ("Libyan troops pushed into Harawa at dawn.", "Harawa", "LY", "village", "exact"),
        ("Militants left Al Fatayih, a Libyan village.", "Al Fatayih", "LY", "village", "exact"),
        ("Two convoys crossed Idlib province.", "Idlib province", "SY", "adm1", "adm1"),
        ("They hold most of the northern province of Aleppo in Syria.", "Aleppo", "SY", "adm1", "adm1"),
        ("Shells hit Aleppo on Monday, Syrian doctors said.", "Aleppo", "SY", "city", "exact"),
        ("Gunmen raided villages in Anbar in western Iraq.", "Anbar", "IQ", "adm1", "adm1"),
        ("A bomb went off in Baga in Borno state, Nigerian officers said.", "Baga", "NG", "town", "exact"),
        ("DAR ES SALAAM, Tanzania (AP) - Police expelled two men.", "DAR ES SALAAM", "TZ", "city", "exact"),
        ("He moved to Paris, Texas, as a boy.", "Paris", "US", "town", "exact"),
        ("He moved to Paris as a boy.", "Paris", "FR", "city", "exact"),
        ("The judge sat in Washington all week.", "Washington", "US", "city", "exact"),
        ("Clans fought across Somaliland for days.", "Somaliland", "SO", "region", "region"),
        ("Boats crossed the Euphrates at night.", "Euphrates", None, "river", "region"),
        ("Fighting went on in the Democratic Republic of the Congo.", "Democratic Republic of the Congo", "CD",
         "country", "country"),
        ("The army of Syria shelled Jisr ash-Shughour.", "Jisr ash-Shughour", "SY", "town", "exact"),
    ],
)  # fmt: skip
def test_which_place_a_name_is(text: str, quote: str, country: str | None, kind: str, precision: str) -> None:
    found = named(text)[quote]
    assert (found.country_iso2, found.kind, found.precision) == (country, kind, precision)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Fighters fell back to the outskirts of Sirte.", "Sirte"),
        ("A mine killed two herders near Sirte.", "Sirte"),
        ("Jets struck camps outside Sirte.", "Sirte"),
        ("The wells lie south of Sirte.", "Sirte"),
        ("Jets struck camps in Sirte's southern countryside.", "Sirte"),
    ],
)
def test_words_that_widen_stand_outside_the_span(text: str, quote: str) -> None:
    found = named(text)[quote]
    assert found.precision == "near"
    assert found.lat == pytest.approx(31.2, abs=0.1)


@pytest.mark.parametrize(
    "words",
    [
        "12 km west of",
        "12 kilometres (7 miles) north of the city of",
        "ten miles south of",
        "20 km north-east of",
        "30km southeast of",
        "12 km from",
    ],
)
def test_a_measure_keeps_the_point_of_the_place_it_is_taken_from(words: str) -> None:
    plain = named("The depot is in Sirte.")["Sirte"]
    near = named(f"The depot is {words} Sirte.")["Sirte"]
    assert near == replace(plain, precision="near")


def test_between_two_towns_is_near_both() -> None:
    found = named("A truck hit a mine between Gao and Ansongo in Mali.")
    assert found["Gao"].precision == found["Ansongo"].precision == "near"
    assert found["Gao"].lat != found["Ansongo"].lat


def test_between_far_capitals_nothing_is_near() -> None:
    found = named("Talks between Cairo and London broke down.")
    assert {place.precision for place in found.values()} == {"exact"}


@pytest.mark.parametrize(
    ("text", "quote", "country"),
    [
        ("Syrian jets bombed a bridge.", "Syrian", "SY"),
        ("Three Iraqis were arrested.", "Iraqis", "IQ"),
        ("A US airstrike killed him.", "US", "US"),
        ("South Sudanese soldiers fled.", "South Sudanese", "SS"),
        ("The Benghazi Lions Brigade issued a statement.", "Benghazi", "LY"),
    ],
)
def test_adjectives_and_names_inside_names_are_descriptions(text: str, quote: str, country: str) -> None:
    found = {m.quote: m for m in places(text)}[quote]
    assert found.form == "description"
    assert locus(found).country_iso2 == country


def test_a_country_told_as_a_place_is_a_name() -> None:
    assert "US" in named("He was arrested in the US last year.")


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton sang.",
        "Abu Bakr al-Baghdadi's men spoke.",
        "Fighters of the Islamic State withdrew.",
        "The Islamic State's Sinai Province said so.",
        "Police said Reading was fun.",
        "An issue of Dabiq magazine praised him.",
        "Nobody came in March or in May.",
        "The FDA and the OAS met.",
        "The Department of Education met twice.",
        "Jordan Smith told Austin Miller.",
        "",
    ],
)
def test_no_place_in(text: str) -> None:
    assert named(text) == {}


def test_a_place_without_an_entry_stays_unlocated() -> None:
    found = named("Residents of Libya fled. They burned the village of Qarat Zubayda in Libya.")["Qarat Zubayda"]
    assert (found.lat, found.lon, found.precision, found.country_iso2) == (None, None, "unknown", "LY")


def test_a_namesake_far_from_the_story_is_not_taken() -> None:
    found = named("Nigerian soldiers were ambushed in Florence, Nigerian police said.")
    assert all(place.country_iso2 in ("NG", "IT", None) for place in found.values())
    assert named("Malian troops fought near Toula (Douentza, Mopti).")["Toula"].country_iso2 in ("ML", None)


@pytest.mark.parametrize(
    ("text", "quote", "like", "precision"),
    [
        ("Five died in the Sanabel neighbourhood of Homs, Syrian medics said.", "Sanabel", "Homs", "near"),
        ("Mortars fell on the Zahraa district in Aleppo in Syria.", "Zahraa district", "Aleppo", "near"),
        ("Jets hit Tal Qantara village near Manbij in Syria.", "Tal Qantara", "Manbij", "near"),
        ("He fled to Deir Burak, a village in Idlib province, Syria.", "Deir Burak", "Idlib province", "adm1"),
        ("Rebels held out in Beit Karaz, west of Damascus.", "Beit Karaz", "Damascus", "near"),
        ("Two died in Mosul's Qadisiyah neighbourhood in Iraq.", "Qadisiyah", "Mosul", "near"),
        ("Shells fell on the Homs neighbourhood of Sanabel in Syria.", "Sanabel", "Homs", "near"),
    ],
)
def test_a_name_without_an_entry_lies_where_its_holder_does(text: str, quote: str, like: str, precision: str) -> None:
    found = named(text)
    assert (found[quote].lat, found[quote].lon) == (found[like].lat, found[like].lon)
    assert found[quote].lat is not None
    assert found[quote].country_iso2 == found[like].country_iso2
    assert found[quote].precision == precision
    assert found[quote].geonames is None
    assert found[quote].identifier is None
    assert found[quote].name == quote.removesuffix(" district")


def test_a_list_holds_nothing() -> None:
    found = named("Syrians fled the villages of Tal Qantara, Aleppo and Homs.")
    assert found["Tal Qantara"].lat is None


def test_where_its_holder_is_told_once_a_name_lies_there_throughout() -> None:
    text = "Jets hit Tal Qantara village near Manbij in Syria. Later the village of Tal Kantara was empty."
    found = named(text)
    assert found["Tal Kantara"].lat == found["Tal Qantara"].lat == found["Manbij"].lat


def test_a_great_city_is_not_drawn_to_what_stands_beside_it() -> None:
    found = named("Libyan troops left Benghazi, near Brega, by night.")
    assert found["Benghazi"].lat == pytest.approx(32.1, abs=0.1)


@pytest.mark.parametrize(("one", "other"), [("Mezzeh", "Mezze"), ("Raqqa", "Raqa")])
def test_spellings_of_one_name_are_one_place(one: str, other: str) -> None:
    found = named(f"Shells fell in {one} in Syria at dawn. At noon a mortar hit the town of {other}.")
    assert found[one].lat == found[other].lat
    assert found[one].lat is not None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Iraqi troops pushed into Mosul's northern districts.", "Mosul"),
        ("Iraqi troops fought in a northern district of Mosul.", "Mosul"),
        ("Iraqi troops took two neighbourhoods of Mosul.", "Mosul"),
    ],
)
def test_a_part_without_a_name_is_near_its_town(text: str, quote: str) -> None:
    assert named(text)[quote].precision == "near"


def test_a_named_part_leaves_its_town_exact() -> None:
    found = named("A mortar hit the Mezzeh district of Damascus.")
    assert found["Mezzeh district"].precision == found["Damascus"].precision == "exact"
    assert found["Mezzeh district"].kind == "neighbourhood"


@pytest.mark.parametrize(
    "text",
    ["The state news agency Sana denied it.", "The Sana news agency denied it.", "A Tomahawk missile fell short."],
)
def test_agencies_and_weapons_are_no_towns(text: str) -> None:
    assert named(text) == {}


def test_a_bare_name_is_the_city_and_not_its_province() -> None:
    assert named("Syrian jets struck a base near Homs. Rebels had left Tadmur.")["Homs"].kind == "city"


def test_an_article_of_the_next_name_is_no_part_of_a_place() -> None:
    assert "Syria" in named("Fighters reached northern Syria Al-Nusra Front said in a message.")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Kidnappers took Mr Ndulo, near Abuja in Nigeria.", "Mr Ndulo"),
        ("He stood trial at the Old Granary in London.", "Old Granary"),
    ],
)
def test_what_lies_by_a_place_is_not_always_one(text: str, quote: str) -> None:
    assert quote not in named(text)


def test_one_name_is_one_place_throughout_a_report() -> None:
    text = "Tripoli was quiet. Militias left Tripoli. The Libyan government sits in Tripoli.\n\nNear Tripoli, they dug."
    found = [locus(m) for m in places(text) if m.quote == "Tripoli"]
    assert len(found) == 4
    assert {place.geonames for place in found} == {2210247}


@pytest.mark.parametrize(("country", "expected"), [("Libya", "LY"), ("Lebanon", "LB")])
def test_the_country_of_the_story_chooses(country: str, expected: str) -> None:
    assert named(f"The army of {country} closed all roads into Tripoli.")["Tripoli"].country_iso2 == expected


def test_a_missed_label_does_not_hide_a_town() -> None:
    found = named("Syria's army advanced. Dabiq fell within hours. Rebels had left Dabiq.")
    assert found["Dabiq"].country_iso2 == "SY"


def test_furniture_is_not_read() -> None:
    assert places("Rebels took Derna in Libya.", part="caption") == ()


WORDS = st.sampled_from(
    "in near the of and , . Syria Aleppo province Derna Libyan US Paris Texas between km 12 west al - Foua Tripoli "
    "said village Baghdadi ( ) Islamic State Mr Smith’s MOGADISHU".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_quotes_stand_in_the_text_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    found = places(text)
    assert all(m.span.of(text) == m.quote for m in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert found == places(text)


def test_candidates_are_ranked() -> None:
    mention = next(m for m in places("He fled from Tripoli.") if m.quote == "Tripoli")
    scores: list[Any] = [candidate.score for candidate in mention.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
