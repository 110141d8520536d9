"""The words that the rules read say what spaCy's tokens say."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc as Parsed

from khaldun.annotate.kit import Kit
from khaldun.annotate.words import Doc, Token, once_a_word, words_of

TEXTS = (
    "The army said on Monday that its soldiers, who had left Zaltan, killed twelve fighters and two guards.",
    "“We don't know,” he said. Nobody else spoke; the radio station's 3 reporters had gone …",
    "A second blast, the fourth attack on the depot this week and the worst of a month that cost many lives, "
    "hit the gate again Friday.  Nothing moved.",
    "Sabha",
)
STRINGS = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_", "text_with_ws", "idx", "i")
FLAGS = ("is_alpha", "is_digit", "is_punct", "is_space", "is_stop", "like_num", "is_sent_start")
SETS = ("children", "lefts", "rights", "ancestors", "conjuncts")


@pytest.fixture(scope="module", params=TEXTS, ids=lambda text: text[:20])
def both(request: pytest.FixtureRequest, kit: Kit) -> tuple[Parsed, Doc]:
    parsed = kit.nlp(request.param)
    return parsed, words_of(parsed)


@pytest.mark.parametrize("name", STRINGS)
def test_strings_and_places(both: tuple[Parsed, Doc], name: str) -> None:
    parsed, doc = both
    assert [getattr(t, name) for t in doc] == [getattr(t, name) for t in parsed]


@pytest.mark.parametrize("name", FLAGS)
def test_flags(both: tuple[Parsed, Doc], name: str) -> None:
    parsed, doc = both
    assert [getattr(t, name) for t in doc] == [bool(getattr(t, name)) for t in parsed]


@pytest.mark.parametrize("name", SETS)
def test_neighbours_in_the_tree(both: tuple[Parsed, Doc], name: str) -> None:
    parsed, doc = both
    assert [[o.i for o in getattr(t, name)] for t in doc] == [[o.i for o in getattr(t, name)] for t in parsed]


def test_heads_edges_and_subtrees(both: tuple[Parsed, Doc]) -> None:
    parsed, doc = both
    for token, known in zip(doc, parsed, strict=True):
        assert (token.head.i, token.left_edge.i, token.right_edge.i) == (
            known.head.i,
            known.left_edge.i,
            known.right_edge.i,
        )
        assert [t.i for t in token.subtree] == sorted(t.i for t in known.subtree)
        assert all(token.is_ancestor(t) for t in token.subtree if t is not token)


def test_sentences_and_names(both: tuple[Parsed, Doc]) -> None:
    parsed, doc = both
    assert [(s.start, s.end, s.root.i) for s in doc.sents] == [(s.start, s.end, s.root.i) for s in parsed.sents]
    assert [(e.text, e.label_) for e in doc.ents] == [(e.text, e.label_) for e in parsed.ents]
    assert all(token in token.sent for token in doc)


def test_every_stretch_has_its_text_and_root(both: tuple[Parsed, Doc]) -> None:
    parsed, doc = both
    assert doc.text == parsed.text
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            words, known = doc[start:end], parsed[start:end]
            assert (words.text, words.root.i) == (known.text, known.root.i)
            assert (words.start_char, words.end_char) == (known.start_char, known.end_char)


@pytest.mark.parametrize("mode", ["strict", "contract", "expand"])
def test_words_by_their_characters(both: tuple[Parsed, Doc], mode: str) -> None:
    parsed, doc = both
    length = len(doc.text)
    for start in range(0, length, 3):
        for end in range(start + 1, min(length, start + 25) + 1):
            words = doc.char_span(start, end, alignment_mode=mode)  # type: ignore[arg-type]
            known = _known(parsed, start, end, mode)
            assert (words and (words.start, words.end)) == known, (doc.text[start:end], mode)


def _known(parsed: Parsed, start: int, end: int, mode: str) -> tuple[int, int] | None:
    try:
        found = parsed.char_span(start, end, alignment_mode=mode)
    except IndexError:  # a blank alone, widened: spaCy makes a stretch that ends before it begins
        return None
    return (found.start, found.end) if found else None


def test_outside_the_doc(both: tuple[Parsed, Doc]) -> None:
    _, doc = both
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        doc[-1].nbor(1)
    assert doc.char_span(len(doc.text) + 5, len(doc.text) + 9, alignment_mode="expand") is None
    assert not doc[len(doc) : len(doc) + 3]


def test_an_empty_text(kit: Kit) -> None:
    doc = words_of(kit.nlp(""))
    assert (len(doc), list(doc.sents), list(doc.ents), doc.text) == (0, [], [], "")


def test_what_is_asked_once_a_word_is_kept_with_its_doc(kit: Kit) -> None:
    asked: list[str] = []

    @once_a_word
    def size(token: Token) -> int:
        asked.append(token.text)
        return len(token)

    one, other = (words_of(kit.nlp("Rebels fled.")) for _ in range(2))
    assert [size(token) for doc in (one, one, other) for token in doc] == 3 * [6, 4, 1]
    assert asked == 2 * ["Rebels", "fled", "."]
