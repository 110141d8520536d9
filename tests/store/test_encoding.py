"""Values go to JSON and back equal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khaldun import model
from khaldun.model import Claim, Frame, Locus, Mention, Quantity, Report, Span, Timex, When
from khaldun.store.encoding import dump, dump_frame, load, load_frame

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))
days = st.dates()
texts = st.text(max_size=8)
st.register_type_strategy(Span, spans)
st.register_type_strategy(date, days)
st.register_type_strategy(datetime, st.datetimes(timezones=st.sampled_from([UTC]) | st.none()))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(str, texts)


@pytest.mark.parametrize(
    "kind",
    [Report, Mention, Claim, Frame, model.Entity, model.Attribution, model.Assessment, model.Judgement],
    ids=lambda kind: kind.__name__,
)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_value_comes_back_equal(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    again: Any = load(dump(value, kind), kind)
    assert again == value
    assert dump(again, kind) == dump(value, kind)


@pytest.mark.parametrize(
    "value", [None, Timex("DATE", "2019-03"), Quantity(1, None, 3), Locus("Tal", lat=1.5, lon=-2.0), Locus("")]
)
def test_a_field_of_several_kinds_keeps_its_kind(value: Timex | Quantity | Locus | None) -> None:
    mention = Mention("m", Span(0, 1), "x", "place", value=value)
    again = load(dump(mention, Mention), Mention)
    assert type(again.value) is type(value)
    assert again == mention


def test_defaults_are_left_out_and_the_empty_is_not_the_unknown() -> None:
    assert dump(When(), When) == "{}"
    report = Report("r", "i", "", "", (), title="", author=None)
    again = load(dump(report, Report), Report)
    assert (again.title, again.author) == ("", None)


@given(st.lists(spans))
def test_tuples_come_back_as_tuples(sentences: list[Span]) -> None:
    hint = tuple[Span, ...]
    assert load(dump(tuple(sentences), hint), hint) == tuple(sentences)


def test_a_frame_names_the_mentions_of_its_report_and_keeps_others_whole() -> None:
    listed = Mention("m1", Span(0, 1), "x", "actor")
    changed = Mention("m1", Span(0, 1), "x", "actor", made_by="another step")
    frame = Frame("f", "aid", Span(0, 1), Span(0, 1), {"actor": (listed, changed), "target": ()})
    known = {"m1": listed}
    stored = dump_frame(frame, known)
    assert stored.count('"quote"') == 1
    assert load_frame(stored, known) == frame
