"""Adds layers to a report, changes none. Every finding has a span. No store, no clock, no network.

The steps, in order, each adding one layer: sentences, mentions (times, places, actors, then who is the same as
whom), attributions, frames, and the grounding check over all of them.

The folders are layers, each of which knows only those below it; each says at the head of its `__init__` what it knows
and where to begin. From the bottom up:

* `tables` (words, names and the gazetteer), `reading`, `slips` (from a report to words), `sayings`, `grammar`;
* `times`, `places`, `roles` (whom a word stands for), `actors`, `coreference`: the mentions;
* `voices` (whose the sayings are), `scenes` (when and where), `control`, `ties`, `events`: attributions and frames.

`learned` holds the learned layers, `meet` puts their findings and those of the rules together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from khaldun.annotate.actors.find import find_actors
from khaldun.annotate.attributions import find_attributions
from khaldun.annotate.codebook import carry
from khaldun.annotate.coreference.link import link_mentions
from khaldun.annotate.frames import find_frames
from khaldun.annotate.ground import check_annotation
from khaldun.annotate.kit import Kit
from khaldun.annotate.learned.locations import with_locations
from khaldun.annotate.learned.names import find_names
from khaldun.annotate.learned.reader import read_report
from khaldun.annotate.learned.tagged import tag_entities
from khaldun.annotate.meet.attributions import without_idle_thoughts
from khaldun.annotate.meet.incidents import weighed
from khaldun.annotate.meet.mentions import finish
from khaldun.annotate.meet.relations import with_ties
from khaldun.annotate.places.find import find_places
from khaldun.annotate.places.name_odds import name_odds
from khaldun.annotate.reading.casing import as_printed
from khaldun.annotate.reading.legible import put_back, reading_copy
from khaldun.annotate.reading.sentences import Parse, name_words, parse_reports
from khaldun.annotate.scores import with_scores
from khaldun.annotate.times.find import find_times
from khaldun.model import Annotation, Report

__all__ = ["annotate", "annotate_many"]


def annotate(report: Report, kit: Kit) -> Annotation:
    """All layers over one report."""
    return next(annotate_many([report], kit))


def annotate_many(reports: Iterable[Report], kit: Kit) -> Iterator[Annotation]:
    """The same over many reports, in the given order; parsing is batched across them."""
    taken: deque[Report] = deque()

    def copies() -> Iterator[Report]:
        for report in reports:
            taken.append(report)
            yield reading_copy(report)

    def annotated(parse: Parse) -> Annotation:
        return put_back(_with_ties(_layers(parse, kit), parse, kit), taken.popleft())

    # no parse is held any more when its annotation is out
    yield from map(annotated, parse_reports(copies(), kit.nlp, true_case=kit.true_case))


def layers(report: Report, kit: Kit) -> tuple[Annotation, Parse]:
    """All layers but the ties over one report, and the parse they were read from: what ties are learned on."""
    parse = next(parse_reports([report], kit.nlp, true_case=kit.true_case))
    return _layers(parse, kit), parse


def _with_ties(found: Annotation, parse: Parse, kit: Kit) -> Annotation:
    return check_annotation(as_printed(with_ties(found, parse, kit.ties), parse.printed))


def _layers(parse: Parse, kit: Kit) -> Annotation:
    carry(parse, kit.codebook)
    sentences = tuple(passage.span(sentence) for passage, sentence in parse.sentences())
    reading = read_report(parse.report, kit.reader)
    phrases = tag_entities(reading) if reading is not None else ()
    if reading is not None and kit.learned_names:
        text, gazetteer = parse.report.text, kit.gazetteer
        names = find_names(reading, name_odds(text, gazetteer))
        name_words(parse, with_locations(names, phrases, text, lambda name: bool(gazetteer.named(name))))
    times = find_times(parse)
    places = find_places(parse, kit.gazetteer)
    actors = find_actors(parse, times, places)
    mentions, entities = link_mentions(parse, (*times, *places, *actors))
    attributions = find_attributions(parse, mentions, reading)
    frames = find_frames(
        parse, mentions, entities, attributions, kit.codebook.kinds, reading if kit.learned_events else None
    )
    attributions = without_idle_thoughts(attributions, frames)
    found = Annotation(parse.report, sentences, mentions, entities, attributions, frames)
    whole = weighed(finish(found, parse, phrases), reading)
    return with_scores(whole, layered=reading is not None, known=kit.codebook.kinds)
