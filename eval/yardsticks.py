"""The table of benchmarks: where each lies, what is given, how findings are renamed, which figures are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import formats
import formats_across
import formats_events
from khaldun.ingest import Unread
from khaldun.workflow.extraction import Reading
from texts import Row, Text, read_only

Readings: TypeAlias = Mapping[str, Reading | Unread]
Predict: TypeAlias = Callable[[Sequence[Row], Readings], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One key of the report over `bench/<folder>/<split>.jsonl`.

    `given` is what of a line reaches the pipeline, `predict` gives the lines of the prediction file, `figures` are
    the paths of the headline figures in the scorer's JSON (more is better), `group` names what a sample may not
    tear apart, `quick` is about how many lines the quick run takes.
    """

    key: str
    folder: str
    predict: Predict
    figures: tuple[str, ...]
    quick: int
    given: Callable[[Row], Text]
    group: Callable[[Row], str]
    scorer_flags: tuple[str, ...] = ()


def _each(rename: Callable[[Reading], formats.Prediction]) -> Predict:
    """A renaming of one text at a time. What could not be read has no line, which scores as nothing found."""
    return lambda _, found: ({"id": id, **rename(reading)} for id, reading in read_only(found))


def _text(row: Row) -> Text:
    return Text(row["id"], row["text"], published=row.get("dct"))


def _dated(row: Row) -> Text:
    """Reports of one incident: their day of publication and title stand among their `meta`."""
    meta = row["meta"]
    return Text(row["id"], row["text"], meta.get("dct"), meta.get("title"), url=meta.get("url"))


def _in_context(row: Row) -> Text:
    """The context is given in the two places where a scraper would hand it over: the year as the day of
    publication (its last day, so that days count back into it), the country as the title."""
    context = row["context"]
    return Text(row["id"], row["text"], published=f"{context['year']}-12-31", title=context["country"])


def _own(row: Row) -> str:
    return str(row["id"])


def _incident(row: Row) -> str:
    return str(row["incident_id"])


def _topic(row: Row) -> str:
    return str(row["meta"]["topic"])


_ACLED_FIGURES = (
    "type accuracy.v",
    "sub-type accuracy.v",
    "date exact.v",
    "place <= 25 km.v",
    "fatalities exact.v",
    "fatalities exact, gold > 0.v",
    "actors lenient.f1",
    "WHOLE ROW.v",
)
_COREFERENCE = ("events.conll_f1", "documents.b3.f1")
_COREFERENCE_OWN = ("events_overlap_match.conll_f1", "events_overlap_match.mentions.f1", "documents.b3.f1")

BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        "polnear", "polnear", _each(formats.polnear),
        ("pair.iou50.f1", "content.soft.f1", "source.exact.f1", "cue.exact.f1"), 16, _text, _own,
    ),
    Benchmark(
        "re3d", "re3d", _each(formats.re3d),
        ("headline.entity_strict_f1", "headline.entity_overlap_f1", "headline.relation_overlap_f1",
         "headline.core_relation_overlap_f1"), 24, _text, _own,
    ),
    Benchmark(
        "muc4", "muc4", _each(formats_events.muc4),
        ("headline.ceaf_ree_f1", "headline.incident_type_f1", "headline.date_f1", "headline.country_f1",
         "headline.place_f1", "templates.document_relevance.f1", "headline.row_type_date_country_f1",
         "templates.date_same_day.f1"), 24, _text, _own,
    ),
    Benchmark(
        "plover", "plover", _each(formats_events.plover),
        ("headline.event_type_f1", "headline.event_type_macro_f1", "headline.triple_country_f1",
         "headline.triple_span_f1"), 120, _text, _own,
    ),
    Benchmark(
        "temporal", "temporal", _each(formats.temporal),
        ("value.f1", "relaxed.f1", "strict.f1", "type.f1", "interval.within", "interval.mean_iou"), 24, _text, _own,
    ),
    Benchmark(
        "geo", "geo", _each(formats.geo),
        ("recognition.overlap.f1", "recognition.exact.f1", "resolution.acc161_of_matched", "end_to_end.recall161",
         "end_to_end.f1_161"), 40, _text, _own,
    ),
    Benchmark("gvc", "gvc", formats_across.given_mentions, _COREFERENCE, 30, _dated, _incident),
    Benchmark("gvc_end_to_end", "gvc", formats_across.own_mentions, _COREFERENCE_OWN, 30, _dated, _incident),
    Benchmark("ecbplus", "ecbplus", formats_across.given_mentions, _COREFERENCE, 30, _dated, _topic),
    Benchmark("ecbplus_end_to_end", "ecbplus", formats_across.own_mentions, _COREFERENCE_OWN, 30, _dated, _topic),
    Benchmark("acled", "acled", _each(formats_events.acled), _ACLED_FIGURES, 150, _text, _own, ("--json",)),
    Benchmark(
        "acled_context", "acled", _each(formats_events.acled), _ACLED_FIGURES, 150, _in_context, _own, ("--json",)
    ),
)  # fmt: skip

STORIES_FIGURES = (
    "total.entity_b3.f1",
    "total.event_b3.f1",
    "total.claims.found",
    "total.claims.speaker",
    "total.contradictions.f1",
    "total.origins_b3.f1",
    "total.interest.acc",
    "total.control.f1",
    "total.corroboration.acc",
)

GOLD_FIGURES = (
    "total.prf.actors.f1",
    "total.prf.alias_b3.f1",
    "total.prf.places.f1",
    "total.prf.times.f1",
    "total.prf.events.f1",
    "total.prf.claims.f1",
    "total.prf.relations.f1",
    "total.prf.control.f1",
)
