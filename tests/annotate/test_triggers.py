"""Every entry of `rules/triggers.yaml` fires on its examples and keeps still on its counter-examples."""

from __future__ import annotations

from datetime import date

import pytest

from khaldun.annotate import annotate_many
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.kit import Kit, load_kit
from khaldun.knowledge import word_list
from khaldun.model import Annotation, Part, Report, Span, When, make_id
from khaldun.ontology import kinds

PARTICLES = frozenset("up out off down over back in into away on apart aside".split())
DAY = date(2018, 5, 14)


def report(text: str) -> Report:
    """A report of one body part, published on a known day."""
    when = When(DAY, DAY, "metadata")
    return Report(make_id(text), "text", "", text, (Part("body", Span(0, len(text))),), outlet="Wire", published=when)


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit(models=None)  # the rules, by themselves


@pytest.fixture(scope="module")
def read(kit: Kit) -> dict[str, Annotation]:
    """All example sentences, read in one batch."""
    sentences = {s for e in table().entries for s in (*e.examples, *e.counterexamples)}
    sentences |= {s for k in kinds().values() for s in (k.example, k.counterexample) if s is not None}
    texts = sorted(sentences)
    return {a.report.text: a for a in annotate_many(map(report, texts), kit)}


def found(annotation: Annotation) -> set[str]:
    return {frame.kind for frame in annotation.frames}


ENTRIES = [(f"{e.kind}-{n}", e) for n, e in enumerate(table().entries)]


@pytest.mark.parametrize("name", [name for name, _ in ENTRIES])
def test_entry_fires_on_its_examples_only(name: str, read: dict[str, Annotation]) -> None:
    entry = dict(ENTRIES)[name]
    for sentence in entry.examples:
        assert entry.kind in found(read[sentence]), sentence
    for sentence in entry.counterexamples:
        assert entry.kind not in found(read[sentence]), sentence


def test_every_verb_of_several_words_can_be_met() -> None:
    """The engine joins a verb with its particle or a preposition; other company belongs to `phrases`."""
    whole = {word.replace("-", " ") for word in word_list("lexicons/en/slips.yaml", "hyphened")}
    for verb in table().verbs:
        if " " in verb and not any(word.startswith(verb) for word in whole):
            assert verb.split()[-1] in PARTICLES | {"for", "from", "to", "upon", "with", "by"}, verb


@pytest.mark.parametrize("name", sorted(kinds()))
def test_kind_is_found_in_its_example_only(name: str, read: dict[str, Annotation]) -> None:
    kind = kinds()[name]
    assert name in found(read[kind.example])
    if kind.counterexample is not None:
        assert name not in found(read[kind.counterexample])
