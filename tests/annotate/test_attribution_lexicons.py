"""Who says what: every entry of the lexicons of cues, hedges and media is read as its examples are marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from khaldun.knowledge import load_data

from .sayings import marked, name, read, the, tokens

CUES = load_data("lexicons/en/cues.yaml")


HEDGES = load_data("lexicons/en/hedges.yaml")


MEDIA = load_data("lexicons/en/media.yaml")


def lexicon_examples(key: str) -> Iterator[tuple[str, str]]:
    for row in CUES["verbs"]:
        yield from ((row["verb"], example) for example in row.get(key, ()))
    for row in CUES["nouns"]:
        yield from ((row["noun"], example) for example in row.get(key, ()))
    for row in CUES["slips"]:
        yield from ((row["verb"], example) for example in row.get(key, ()))
    for rows in HEDGES["hedges"].values():
        for row in rows:
            yield from ((row["word"], example) for example in row.get(key, ()))
    for row in HEDGES["distance"]:
        yield from ((row["word"], example) for example in row.get(key, ()))


@pytest.mark.parametrize(("word", "example"), list(lexicon_examples("examples")))
def test_example_is_read_as_marked(word: str, example: str) -> None:
    text, source, content = marked(example)
    found = [a for a in read(text) if a.made_by.rsplit(":", 1)[-1] == word]
    readings = [(tokens(text, a.source), tokens(text, a.content)) for a in found]
    assert (tokens(text, source), tokens(text, content)) in readings


@pytest.mark.parametrize(("word", "example"), list(lexicon_examples("counterexamples")))
def test_counterexample_yields_nothing(word: str, example: str) -> None:
    assert [a.made_by for a in read(example) if a.made_by.rsplit(":", 1)[-1] == word] == []


def wordings(key: str) -> Iterator[tuple[str, str]]:
    for row in CUES["wordings"]:
        yield from ((row["stance"], example) for example in row.get(key, ()))


@pytest.mark.parametrize(("stance", "example"), list(wordings("examples")))
def test_words_show_what_is_done_with_them(stance: str, example: str) -> None:
    text, _, content = marked(example)
    found = the(text, "verb:say")
    assert (tokens(text, found.content), found.stance) == (tokens(text, content), stance)


@pytest.mark.parametrize(("stance", "example"), list(wordings("counterexamples")))
def test_words_that_do_nothing_of_the_kind(stance: str, example: str) -> None:
    text, _, content = marked(example)
    found = the(text, "verb:say")
    assert tokens(text, found.content) == tokens(text, content)
    assert found.stance != stance


def test_every_entry_has_an_example() -> None:
    rows = [*CUES["verbs"], *CUES["nouns"], *CUES["slips"], *HEDGES["distance"]]
    rows += [row for rows_ in HEDGES["hedges"].values() for row in rows_]
    rows += [
        CUES["denials"],
        *MEDIA["documents"],
        *(MEDIA[k] for k in ("issuing", "adopting", "carrying", "carriers", "showing", "speakers")),
        *CUES["wordings"],
    ]
    assert [row for row in rows if not row.get("examples")] == []


@pytest.mark.parametrize("row", MEDIA["documents"], ids=lambda row: str(row["medium"]))
def test_medium_is_named(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        text, source, content = marked(example)
        found = [a for a in read(text) if tokens(text, a.content) == tokens(text, content)]
        assert [str(a.medium) for a in found] == [row["medium"]]
        assert tokens(text, found[0].source) == tokens(text, source)


def test_hearsay_has_no_medium() -> None:
    for example in MEDIA["hearsay"]["examples"]:
        text, source, content = marked(example)
        found = the(text, "verb:say")
        assert (tokens(text, found.source), tokens(text, found.content)) == (
            tokens(text, source),
            tokens(text, content),
        )
        assert found.medium is None


@pytest.mark.parametrize("key", ["issuing", "showing", "speakers"])
def test_media_examples_are_read_as_marked(key: str) -> None:
    for example in MEDIA[key]["examples"]:
        text, source, content = marked(example)
        readings = [(tokens(text, a.source), tokens(text, a.content)) for a in read(text)]
        assert (tokens(text, source), tokens(text, content)) in readings


def test_denials() -> None:
    for key, stance in (("examples", "deny"), ("counterexamples", "assert")):
        for example in CUES["denials"][key]:
            assert the(marked(example)[0], "verb:say").stance == stance


@pytest.mark.parametrize("example", MEDIA["carrying"]["examples"] + MEDIA["carriers"]["examples"])
def test_carrier_is_found(example: str) -> None:
    text, source, content = marked(example)
    carrier = "the Coast News Agency" if "Coast News Agency" in text else "the Harbour Daily"
    mentions = [name(text, source[0].of(text), "speaker"), name(text, carrier, "carrier")]
    found = next(a for a in read(text, mentions) if tokens(text, a.content) == tokens(text, content))
    assert (found.speaker, found.via) == ("speaker", ("carrier",))


@pytest.mark.parametrize("example", MEDIA["bodies"]["counterexamples"])
def test_body_is_no_carrier(example: str) -> None:
    text, source, _ = marked(example)
    mentions = [name(text, source[0].of(text), "speaker"), name(text, "the Senate", "body")]
    assert [a.via for a in read(text, mentions)] == [()]


@pytest.mark.parametrize("example", MEDIA["adopting"]["examples"])
def test_body_speaks_through_what_it_adopted(example: str) -> None:
    text, source, content = marked(example)
    mentions = [name(text, "The Harbour Council", "council")]
    found = the(text, "verb:demand", mentions)
    assert (tokens(text, found.source), tokens(text, found.content)) == (tokens(text, source), tokens(text, content))
    assert found.speaker == "council"
