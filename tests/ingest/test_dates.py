"""Dates as printed, and the ladder to the day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.ingest.dates import find_dates, find_stamps, read_date
from khaldun.ingest.furniture import split_parts
from khaldun.ingest.published import Published, dates_of_url, find_published

_DAY = date(2018, 5, 4)
_PROSE = "Three shells hit the market in Tarsin, residents of the town said, and two people died."


@pytest.mark.parametrize(
    "words",
    [
        "2018-05-04", "2018/05/04", "04-05-2018", "04.05.2018", "4/5/2018", "Fri 04 May 2018", "Friday, May 4, 2018",
        "4th of May 2018", "May 4th, 2018", "Fri May 04 2018", "4 MAY 18", "2018-05-04T21:30:00+02:00",
        "Fri, 04 May 2018 09:15:20 +0000", "20180504",
    ],
)  # fmt: skip
def test_one_day_in_many_prints(words: str) -> None:
    found = read_date(words)
    assert found is not None
    assert (found.earliest, found.latest) == (_DAY, _DAY)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("May 2018", date(2018, 5, 1), date(2018, 5, 31)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("December 2018", date(2018, 12, 1), date(2018, 12, 31)),
    ],
)
def test_months_and_years_are_intervals(words: str, earliest: date, latest: date) -> None:
    found = read_date(words)
    assert found is not None
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "words", ["31.02.2018", "2018-13-45", "99999-01-01", "30 February 2018", "32/13/2018", "May 4, 99999"]
)
def test_impossible_dates_are_found_and_name_no_day(words: str) -> None:
    found = read_date(words)
    assert found is not None
    assert not found.possible


def test_day_comes_first_unless_the_outlet_writes_the_month_first() -> None:
    assert [found.earliest for found in find_dates("05/04/2018")] == [date(2018, 4, 5)]
    assert [found.earliest for found in find_dates("05/04/2018", month_first=True)] == [_DAY]
    assert [found.earliest for found in find_dates("05/24/2018")] == [date(2018, 5, 24)]


def test_a_weekday_decides_between_two_orders() -> None:
    assert [found.earliest for found in find_dates("Fri 05/04/2018")] == [_DAY]


def test_words_without_a_date_give_none() -> None:
    assert read_date("last spring") is None


def test_stamps_are_whole_numbers() -> None:
    assert [found.earliest for found in find_stamps("IMG_20180504_0915 and 120180504")] == [_DAY]


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    for found in find_dates(text):
        assert found.span.of(text) == found.quote
        assert found.earliest is None or found.latest is None or found.earliest <= found.latest


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%a %d %b %Y"):
        found = read_date(day.strftime(form))
        assert found is not None
        assert found.earliest == day


# ------------------------------------------------------------------------------------------------ the ladder


def _published(text: str, **given: object) -> Published:
    layout = split_parts(text, title="Shells hit market")
    return find_published(text, layout.parts, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "metadata", "url", "basis", "evidence"),
    [
        (f"May 5, 2018\n\n{_PROSE}", "2018-05-04", "http://hp.example/2018/05/06/x", "metadata", "2018-05-04"),
        (f"Published: May 4, 2018\n\n{_PROSE}", None, "http://hp.example/2018/05/06/x", "byline", "May 4, 2018"),
        (f"Fri 04 May 2018 Shells hit market. {_PROSE}", None, None, "byline", "Fri 04 May 2018"),
        (f"04.05.2018 {_PROSE}", None, None, "byline", "04.05.2018"),
        (f"TARSIN, May 4, 2018 (AP) - {_PROSE}", None, None, "dateline", "May 4, 2018"),
        (f"TARSIN, 4 MAY 18 -- {_PROSE}", None, None, "dateline", "4 MAY 18"),
        (f"Screen Shot 2018-05-04 at 9.15.20 AM\n\n{_PROSE}", None, None, "caption", "2018-05-04"),
        (f"{_PROSE}\n\nIMG_20180504_0915.jpg", None, None, "caption", "20180504"),
        (_PROSE, None, "http://hp.example/2018/05/04/shells", "url", "2018/05/04"),
        (_PROSE, None, "http://hp.example/news/shells-20180504.html", "url", "20180504"),
        (_PROSE, None, "http://hp.example/2018/may/04/shells", "url", "2018/may/04"),
        (_PROSE, None, "http://web.archive.org/web/20190101000000/http://hp.example/2018/05/04/x", "url", "2018/05/04"),
        (f"HPW20180504.0212\n\n{_PROSE}", None, None, "byline", "20180504"),
        (f"{_PROSE}\n\nAP-NY-05-04-18 0915EDT", None, None, "byline", "AP-NY-05-04-18"),
        # a month in the address, the day in the dateline
        (f"TARSIN, May 4 (Reuters) - {_PROSE}", None, "http://hp.example/2018/05/shells", "dateline", "May 4"),
        # an update dates the report only when nothing else does
        (f"Updated: May 9, 2018 Published: May 4, 2018\n\n{_PROSE}", None, None, "byline", "May 4, 2018"),
        (f"Updated: May 4, 2018\n\n{_PROSE}", None, None, "byline", "May 4, 2018"),
    ],
)
def test_ladder(text: str, metadata: str | None, url: str | None, basis: str, evidence: str) -> None:
    found = _published(text, metadata=metadata, url=url)
    assert (found.when.earliest, found.when.latest, found.when.basis) == (_DAY, _DAY, basis)
    assert found.evidence == evidence
    if found.when.span is not None:
        assert found.when.span.of(text) == evidence


@pytest.mark.parametrize(
    "text",
    [
        _PROSE,
        f"{_PROSE} On May 4, 2018 the governor left the town, and nobody has seen him since.",
        f"{_PROSE}\n\n2 Comments\n\nJo Public says:\n\nI was there on May 4, 2018 and saw it all.",
        f"TARSIN, May 4 (Reuters) - {_PROSE}",
        f"{_PROSE}\n\nA woman leaves her house, Friday, May 4, 2018. (AP Photo/Ada Moen)",
        f"{_PROSE}\n\nUnder fire again — Tarsin Media (@tm) May 4, 2018",
    ],
)
def test_unknown_stays_unknown(text: str) -> None:
    found = _published(text)
    assert not found.when.known
    assert found.when.basis == "none"


def test_impossible_and_future_dates_are_refused_and_listed() -> None:
    found = _published(f"31.02.2018\n\n{_PROSE}", metadata="99999-01-01", url="http://hp.example/2018/05/04/x")
    assert found.when.basis == "url"
    assert [item.quote for item in found.dropped] == ["99999-01-01", "31.02.2018"]
    later = _published(_PROSE, metadata="2020-01-01", retrieved=_DAY)
    assert not later.when.known
    assert "after the report was retrieved" in later.dropped[0].reason


def test_unreadable_metadata_is_listed() -> None:
    found = _published(_PROSE, metadata="some time in spring")
    assert not found.when.known
    assert found.dropped[0].quote == "some time in spring"


def test_months_of_addresses_are_intervals() -> None:
    found = next(iter(dates_of_url("http://hp.example/2018/05/shells")))
    assert (found.earliest, found.latest) == (date(2018, 5, 1), date(2018, 5, 31))
