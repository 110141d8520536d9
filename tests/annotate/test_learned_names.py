"""Names from the encoder, in place of the pipeline's own."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from khaldun.annotate import annotate
from khaldun.annotate.kit import Kit, load_kit
from khaldun.annotate.learned.labels import NAME_TYPES
from khaldun.annotate.learned.names import best_tags, find_names, knows_names
from khaldun.annotate.learned.reader import MODELS, Reader, load_reader, read
from khaldun.annotate.reading.sentences import name_words, parse_reports

from .conftest import report_of

TEXT = (
    "Soldiers of the Libyan army entered Zliten on Friday, Colonel Omar Farhat said.\n\n"
    "The United Nations mission in Tripoli counted 14 dead."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = load_reader(MODELS)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def whole() -> Kit:
    return load_kit()


def test_names_have_their_types_and_stand_in_the_text(reader: Reader) -> None:
    found = [(span.of(TEXT), kind) for span, kind in find_names(read(TEXT, reader))]
    assert {("Libyan", "NORP"), ("Zliten", "GPE"), ("Friday", "DATE"), ("Tripoli", "GPE"), ("14", "CARDINAL")} <= {
        *found
    }
    assert ("Omar Farhat", "PERSON") in found


def test_names_are_in_text_order_and_none_in_another(reader: Reader) -> None:
    spans = [span for span, _ in find_names(read(TEXT * 12, reader))]
    assert len(spans) > 40
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_text_without_names_has_none(reader: Reader) -> None:
    assert list(find_names(read("", reader))) == []
    assert list(find_names(read("They waited and nobody came.", reader))) == []


def test_tags_are_the_likeliest_that_begin_what_they_go_on_with() -> None:
    chance = np.random.default_rng(7)
    runs = [np.log(chance.dirichlet(np.ones(5), length)).astype(np.float32) for length in (1, 2, 4, 3)]
    for run, tags in zip(runs, best_tags(runs), strict=True):
        best = max((path for path in product(range(5), repeat=len(run)) if _holds(path)), key=lambda p: _sum(run, p))
        assert tags.tolist() == list(best)


def _holds(path: tuple[int, ...]) -> bool:
    """2 goes on with 1 and 4 with 3."""
    return all(tag not in (2, 4) or before in (tag, tag - 1) for before, tag in zip((0, *path), path, strict=False))


def _sum(run: np.ndarray, path: tuple[int, ...]) -> float:
    return sum(float(run[at, tag]) for at, tag in enumerate(path))


def test_the_pipeline_has_no_recogniser_of_its_own_where_the_layers_know_names(kit: Kit, whole: Kit) -> None:
    assert (kit.learned_names, "ner" in kit.nlp.pipe_names) == (False, True)
    assert (whole.learned_names, "ner" in whole.nlp.pipe_names) == (True, False)
    assert not knows_names(None)


def test_the_words_of_each_paragraph_know_their_names(whole: Kit) -> None:
    assert whole.reader is not None
    parse = next(parse_reports([report_of(TEXT)], whole.nlp))
    assert all(not passage.doc.ents for passage in parse.passages)
    name_words(parse, find_names(read(TEXT, whole.reader)))
    first, second = (passage.doc for passage in parse.passages)
    assert "Zliten" in [e.text for e in first.ents]
    assert "Tripoli" in [e.text for e in second.ents]
    for doc in (first, second):
        assert {e.label_ for e in doc.ents} <= set(NAME_TYPES)
        assert [t.ent_type_ != "" for t in doc] == [any(t in e for e in doc.ents) for t in doc]


def test_the_record_names_who_and_where(whole: Kit) -> None:
    found = annotate(report_of(TEXT), whole)
    names = {name.text for entity in found.entities for name in entity.names}
    assert {"Omar Farhat", "Zliten", "Tripoli"} <= names
