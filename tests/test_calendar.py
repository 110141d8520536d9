"""Days and intervals: what is no date gives None, and units fit into one another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun import calendar
from khaldun.calendar import Days, Unit

UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year", "decade", "century")
ordinary_days = st.dates(min_value=date(1001, 1, 8), max_value=date(8999, 12, 20))


@pytest.mark.parametrize(
    ("year", "month", "number"), [(2015, 11, 31), (2015, 2, 29), (99999, 1, 1), (2015, 13, 1), (0, 1, 1)]
)
def test_what_is_no_date_gives_none(year: int, month: int, number: int) -> None:
    assert calendar.day(year, month, number) is None


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (calendar.month_days(2016, 2), date(2016, 2, 1), date(2016, 2, 29)),
        (calendar.year_days(2015), date(2015, 1, 1), date(2015, 12, 31)),
        (calendar.quarter_days(2015, 4), date(2015, 10, 1), date(2015, 12, 31)),
        (calendar.half_days(2015, 1), date(2015, 1, 1), date(2015, 6, 30)),
        (calendar.season_days(2015, "WI"), date(2015, 12, 1), date(2016, 2, 29)),
        (calendar.decade_days(1994), date(1990, 1, 1), date(1999, 12, 31)),
        (calendar.century_days(19), date(1800, 1, 1), date(1899, 12, 31)),
        (calendar.week_days(date(2016, 4, 20)), date(2016, 4, 18), date(2016, 4, 24)),
        (calendar.weekend_days(date(2016, 4, 20)), date(2016, 4, 23), date(2016, 4, 24)),
        (calendar.move_unit(date(2016, 3, 31), -1, "month"), date(2016, 2, 1), date(2016, 2, 29)),
        (calendar.move_unit(date(2016, 1, 4), -1, "week"), date(2015, 12, 28), date(2016, 1, 3)),
    ],
)
def test_units_are_whole(days: Days | None, first: date, last: date) -> None:
    assert days == Days(first, last)


@pytest.mark.parametrize(
    "days",
    [
        calendar.year_days(0),
        calendar.month_days(2015, 13),
        calendar.quarter_days(2015, 5),
        calendar.year_days(10_000),
        calendar.half_days(2015, 3),
    ],
)
def test_no_such_unit_gives_none(days: Days | None) -> None:
    assert days is None


def test_thirds_of_a_year_are_months() -> None:
    year = Days(date(2014, 1, 1), date(2014, 12, 31))
    assert calendar.third(year, "START") == Days(date(2014, 1, 1), date(2014, 4, 30))
    assert calendar.third(year, "MID") == Days(date(2014, 5, 1), date(2014, 8, 31))
    assert calendar.third(year, "END") == Days(date(2014, 9, 1), date(2014, 12, 31))


def test_thirds_of_a_month_turn_on_the_tenth_and_the_twentieth() -> None:
    july = Days(date(2015, 7, 1), date(2015, 7, 31))
    assert calendar.third(july, "START").last == date(2015, 7, 10)
    assert calendar.third(july, "MID") == Days(date(2015, 7, 10), date(2015, 7, 20))
    assert calendar.third(july, "END") == Days(date(2015, 7, 21), date(2015, 7, 31))


def test_a_shift_ends_on_the_last_day_of_a_shorter_month() -> None:
    assert calendar.move(date(2016, 3, 31), -1, "month") == date(2016, 2, 29)
    assert calendar.move(date(2016, 2, 29), -1, "year") == date(2015, 2, 28)


def test_a_shift_out_of_the_calendar_gives_none() -> None:
    assert calendar.move(date(9999, 12, 31), 1, "day") is None
    assert calendar.move(date(1, 1, 1), -1, "century") is None


def test_weekdays_count_the_day_itself() -> None:
    wednesday = date(2016, 4, 20)
    assert calendar.weekday_on_or_before(wednesday, 2) == wednesday
    assert calendar.weekday_on_or_after(wednesday, 2) == wednesday
    assert calendar.weekday_on_or_before(wednesday, 4) == date(2016, 4, 15)
    assert calendar.weekday_on_or_after(wednesday, 4) == date(2016, 4, 22)


def test_named_months_around_a_day() -> None:
    april = date(2016, 4, 20)
    assert calendar.month_on_or_before(april, 4) == calendar.month_days(2016, 4)
    assert calendar.month_on_or_before(april, 5) == calendar.month_days(2015, 5)
    assert calendar.month_on_or_after(april, 3) == calendar.month_days(2017, 3)


def test_easter_and_nth_weekdays() -> None:
    assert calendar.easter(2016) == date(2016, 3, 27)
    assert calendar.easter(2000) == date(2000, 4, 23)
    assert calendar.easter(1200) is None
    assert calendar.nth_weekday(2015, 11, 3, 4) == date(2015, 11, 26)
    assert calendar.nth_weekday(2015, 2, 0, 5) is None


def test_intersection_and_cover() -> None:
    march, spring = calendar.month_days(2016, 3), calendar.season_days(2016, "SP")
    assert march is not None
    assert spring is not None
    assert calendar.intersect(march, spring) == march
    assert calendar.cover(march, spring) == spring
    assert calendar.intersect(march, Days(date(2016, 4, 1), date(2016, 4, 2))) is None


@given(ordinary_days, st.sampled_from(UNITS))
def test_a_unit_holds_its_day(when: date, unit: Unit) -> None:
    days = calendar.unit_days(when, unit)
    assert days is not None
    assert days.first <= when <= days.last
    assert calendar.unit_days(days.first, unit) == calendar.unit_days(days.last, unit) == days


@given(ordinary_days, st.sampled_from(UNITS))
def test_units_follow_one_another_without_gap(when: date, unit: Unit) -> None:
    days, following = calendar.unit_days(when, unit), calendar.move_unit(when, 1, unit)
    assert days is not None
    assert following is not None
    assert following.first == days.last + timedelta(days=1)


@given(ordinary_days, st.sampled_from(UNITS), st.sampled_from(("START", "MID", "END")))
def test_a_third_lies_inside(when: date, unit: Unit, part: calendar.Third) -> None:
    days = calendar.unit_days(when, unit)
    assert days is not None
    piece = calendar.third(days, part)
    assert days.first <= piece.first <= piece.last <= days.last


@given(st.dates(), st.integers(-4000, 4000), st.sampled_from(UNITS))
def test_shifting_never_raises(when: date, count: int, unit: Unit) -> None:
    moved = calendar.move(when, count, unit)
    if moved is not None and count:
        assert (moved > when) == (count > 0)
