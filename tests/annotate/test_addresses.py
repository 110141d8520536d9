"""Addresses, scenes and threads: where something happened when several names, or none, stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from khaldun.annotate.places.grounds import grounds_told
from khaldun.knowledge import load_data
from khaldun.model import Annotation, Frame, Locus
from khaldun.ontology import kind

Annotated = Callable[[str], Annotation]


def happening(annotation: Annotation, name: str) -> Frame:
    found = [f for f in annotation.frames if kind(f.kind).family == "event" and f.kind == name]
    assert len(found) == 1, [f.kind for f in annotation.frames]
    return found[0]


def place(frame: Frame) -> tuple[str, ...]:
    return tuple(m.quote for m in frame.roles.get("place", ()))


def locus(annotation: Annotation, quote: str) -> Locus:
    found = next(m for m in annotation.mentions if m.kind == "place" and m.quote == quote)
    assert isinstance(found.value, Locus)
    return found.value


@pytest.mark.parametrize(
    ("sentence", "quote", "like"),
    [
        ("Gunmen burned a shop in Kadawel (Konduga, Borno).", "Kadawel", "Konduga"),
        ("Gunmen burned a shop in Tizert (Gossi, Tombouctou) at dawn.", "Tizert", "Gossi"),
        ("Gunmen burned a shop in Kadawel village (local spelling) of Konduga district, Borno.", "Kadawel", "Konduga"),
    ],
)
def test_a_village_lies_where_its_district_does(annotated: Annotated, sentence: str, quote: str, like: str) -> None:
    annotation = annotated(sentence)
    seat = next(m for m in annotation.mentions if m.kind == "place" and m.quote.startswith(like)).value
    village = locus(annotation, quote)
    assert isinstance(seat, Locus)
    assert village.lat is not None
    assert (village.lat, village.lon) == (seat.lat, seat.lon)
    assert village.precision in ("adm2", "near")
    assert village.geonames is None


def test_a_village_of_a_division_alone_is_no_more_exact_than_that(annotated: Annotated) -> None:
    village = locus(annotated("Gunmen burned a shop in Kadawel (Borno)."), "Kadawel")
    assert (village.country_iso2, village.precision) == ("NG", "adm1")


def test_a_namesake_elsewhere_gives_way_to_the_address(annotated: Annotated) -> None:
    annotation = annotated("Two men were shot in Bamba (Bourem, Gao).")
    assert locus(annotation, "Bamba").country_iso2 == "ML"


def test_a_list_of_towns_is_no_address(annotated: Annotated) -> None:
    annotation = annotated("Protests broke out in Benghazi, Sabha and Tripoli on Friday.")
    assert locus(annotation, "Sabha").country_iso2 == "LY"
    assert len({locus(annotation, name).lat for name in ("Benghazi", "Sabha", "Tripoli")}) == 3


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rebels clashed with a group of militias in Kafr Zita in the Hama countryside.", "Kafr Zita"),
        ("In Kafr Zita, rebels clashed with soldiers from Homs.", "Kafr Zita"),
        ("Rebels clashed with soldiers of the Aleppo police in Kafr Zita (Muhradah, Hama).", "Kafr Zita"),
    ],
)
def test_the_scene_is_the_finest_place_that_a_preposition_puts_it_in(
    annotated: Annotated, sentence: str, expected: str
) -> None:
    assert place(happening(annotated(sentence), "assault.clash")) == (expected,)


def test_the_next_sentence_goes_on_at_the_same_place_and_day(annotated: Annotated) -> None:
    annotation = annotated("On 3 May 2019, gunmen raided a mine in Sirte. The gunmen killed two guards.")
    second = happening(annotation, "assault.killing")
    assert place(second) == ("Sirte",)
    assert "place" in second.inferred
    assert (second.when.earliest, second.when.basis) == (date(2019, 5, 3), "narrative")


def test_what_names_its_own_place_and_day_keeps_them(annotated: Annotated) -> None:
    text = "On 3 May 2019, gunmen raided a mine in Sirte. The gunmen killed two guards in Sabha on 9 May 2019."
    second = happening(annotated(text), "assault.killing")
    assert (place(second), second.when.earliest) == (("Sabha",), date(2019, 5, 9))


def test_the_thread_ends_with_the_paragraph(annotated: Annotated) -> None:
    text = "On 3 May 2019, gunmen raided a mine in Sirte.\n\nThe gunmen killed two guards."
    assert place(happening(annotated(text), "assault.killing")) == ()


def ground_examples() -> Iterator[tuple[str, str]]:
    for entry in load_data("places/grounds.yaml")["grounds"]:
        yield from ((example, entry["countries"][0]) for example in entry["examples"])


@pytest.mark.parametrize(("sentence", "country"), list(ground_examples()))
def test_a_group_says_where_a_report_plays(sentence: str, country: str) -> None:
    told = grounds_told([sentence])
    assert max(told, key=lambda iso2: told[iso2]) == country


def test_no_ground_in_other_words() -> None:
    assert grounds_told(["The rapid growth of sdf and Osaka was a GNAT's work."]) == {}
