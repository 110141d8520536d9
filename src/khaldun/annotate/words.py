"""The words of a paragraph as the rules read them: plain data, copied once from spaCy's parse.

A spaCy `Token` is a window on arrays: each look at a lemma makes a string anew, each step to a head or a child an
object. The rules look at every word dozens of times, so `words_of` copies once what they read. Attributes bear
spaCy's names and mean the same, but for slips of the parse that are mended on the way (`slips`); nothing here is
changed once the rules begin to read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, wraps
from itertools import pairwise, repeat
from typing import Any, Literal, TypeVar, overload

from spacy.strings import StringStore
from spacy.tokens import Doc as Parsed
from spacy.vocab import Vocab

from khaldun.annotate.slips.mend import mended

T = TypeVar("T")

_STRINGS = ("LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
_NONE: Sequence[Token] = ()


class Token:
    """A word or mark. Two are equal only if they are the same one."""

    __slots__ = (
        "_size",
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_digit",
        "is_punct",
        "is_space",
        "is_stop",
        "left_edge",
        "lefts",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "right_edge",
        "rights",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )
    doc: Doc
    i: int
    """Which word of the doc it is."""
    idx: int
    """Where its first character stands in the doc."""
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    whitespace_: str
    """The blank behind it, or nothing."""
    is_alpha: bool
    is_digit: bool
    is_punct: bool
    is_space: bool
    is_stop: bool
    like_num: bool
    head: Token
    """The word that it hangs on; the root of a sentence hangs on itself."""
    lefts: Sequence[Token]
    rights: Sequence[Token]
    children: Sequence[Token]
    left_edge: Token
    """The first word of all that hangs on it."""
    right_edge: Token
    sent: Tokens
    _size: int

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def is_sent_start(self) -> bool:
        return self.sent.start == self.i

    @property
    def subtree(self) -> Sequence[Token]:
        """The word and all that hangs on it, in text order."""
        first, last = self.left_edge.i, self.right_edge.i
        if last + 1 - first == self._size:
            return self.doc.tokens[first : last + 1]
        return sorted(_from_the_top([self]), key=_place)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above it, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """What it is coordinated with, itself left out."""
        start = self
        while start.dep_ == "conj" and start.head is not start:
            start = start.head
        found = [start]
        for token in found:  # grows while it is read
            found += [child for child in token.rights if child.dep_ == "conj"]
        return tuple(t for t in found if t is not self)

    def is_ancestor(self, other: Token) -> bool:
        """Whether `other` hangs on it, at whatever depth."""
        return any(above is self for above in other.ancestors)

    def nbor(self, by: int = 1) -> Token:
        """The word `by` places on (or back). Raises IndexError outside the doc."""
        at = self.i + by
        if at < 0:
            raise IndexError(at)
        return self.doc.tokens[at]


class Tokens(Sequence[Token]):
    """Words of a doc in a row, from the one numbered `start` up to the one before `end`."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label
        """The kind of name, where the words are one."""

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Tokens: ...
    def __getitem__(self, at: int | slice) -> Token | Tokens:
        if isinstance(at, slice):
            first, last, _ = at.indices(self.end - self.start)
            return Tokens(self.doc, self.start + first, self.start + (last if last > first else first))
        place = self.start + at if at >= 0 else self.end + at
        if not self.start <= place < self.end:
            raise IndexError(at)
        return self.doc.tokens[place]

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.tokens[self.start : self.end])

    def __contains__(self, token: object) -> bool:
        return isinstance(token, Token) and token.doc is self.doc and self.start <= token.i < self.end

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tokens):
            return NotImplemented
        return self.doc is other.doc and self.start == other.start and self.end == other.end

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> Token:
        """The word nearest to the root of the sentence; of several the first, a mark only if there is no word."""
        tokens = self.doc.tokens[self.start : self.end]
        if len(tokens) == 1:
            return tokens[0]
        tops: list[Token] = []
        for token in tokens:
            if token.head is token:
                return token
            if not self.start <= token.head.i < self.end:
                tops.append(token)
        if len(tops) == 1:
            return tops[0]
        words = [t for t in tops if t.children or not (t.is_punct or t.is_space)]
        return min(words or tops or tokens, key=_depth)


class Doc:
    """A paragraph: its text, words, sentences and names."""

    __slots__ = ("_found", "_starts", "ents", "sents", "text", "tokens", "user_data")
    text: str
    tokens: list[Token]
    sents: Sequence[Tokens]
    ents: Sequence[Tokens]
    user_data: dict[str, Any]
    """What a step has found out about the doc and needs again."""
    _starts: list[int]
    _found: dict[tuple[int, int, str], Tokens | None]
    """Stretches as `char_span` has found them: most are asked for three or four times."""

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Tokens: ...
    def __getitem__(self, at: int | slice) -> Token | Tokens:
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self.tokens))
            return Tokens(self, first, last if last > first else first)
        return self.tokens[at]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def char_span(
        self, start: int, end: int, alignment_mode: Literal["strict", "contract", "expand"] = "strict"
    ) -> Tokens | None:
        """The words between two characters: whole ones ("strict": or None), cut back or widened to whole ones."""
        asked = (start, end, alignment_mode)
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, start: int, end: int, alignment_mode: str) -> Tokens | None:
        if not (0 <= start < len(self.text) and 0 < end <= len(self.text)):
            return None
        # the blank behind a word is counted to it
        begin = bisect_right(self._starts, start) - 1
        stop = bisect_right(self._starts, end - 1)
        first, last = self.tokens[begin], self.tokens[stop - 1]
        if alignment_mode == "strict" and (first.idx != start or last.idx + len(last.text) != end):
            return None
        if alignment_mode == "contract":
            begin += first.idx < start
            stop -= end < last.idx + len(last.text)
        elif alignment_mode == "expand":
            begin += start == first.idx + len(first.text)  # the blank behind a word is no part of it
        return Tokens(self, begin, stop) if begin < stop else None


# ------------------------------------------------------------------------------------------------ from the parse


def words_of(parsed: Parsed) -> Doc:
    """The words of a doc that spaCy has parsed."""
    doc = Doc()
    doc.user_data, doc._found = {}, {}
    doc.tokens = _tokens(parsed, doc)
    doc.text = "".join([token.text + token.whitespace_ for token in doc.tokens])
    doc._starts = [token.idx for token in doc.tokens]
    doc.sents = _sentences(parsed, doc)
    doc.ents = [Tokens(doc, e.start, e.end, e.label_) for e in parsed.ents]
    _hang(parsed, doc)
    return doc


def once_a_word(read: Callable[[Token], T]) -> Callable[[Token], T]:
    """`read`, asked once for each word and kept with its doc: for what many steps want to know of the same words."""
    key = f"{read.__module__}.{read.__name__}"

    @wraps(read)
    def known(token: Token) -> T:
        kept: dict[int, T] = token.doc.user_data.setdefault(key, {})
        if token.i not in kept:
            kept[token.i] = read(token)
        return kept[token.i]

    return known


def give_names(doc: Doc, names: Iterable[Tokens]) -> None:
    """Gives a doc its names, each with its kind as label, in text order; of two that share a word the first stays."""
    found: list[Tokens] = []
    for token in doc.tokens:
        token.ent_type_ = ""
    for name in names:
        if not found or name.start >= found[-1].end:
            found.append(name)
            for token in name:
                token.ent_type_ = name.label_
    doc.ents = found


_MISREAD = {"rag": "rage", "stag": "stage", "wag": "wage", "rap": "rape", "snip": "snipe", "fin": "fine"}
"""Verbs whose lemma the pipeline cuts too short: "*staged* a protest"."""


def _tokens(parsed: Parsed, doc: Doc) -> list[Token]:
    words, blanks, places, *strings = parsed.to_array(["ORTH", "SPACY", "IDX", *_STRINGS]).T.tolist()
    told = [map(_strings(parsed.vocab.strings).__getitem__, column) for column in strings]
    forms = map(_form, repeat(parsed.vocab), words)
    found: list[Token] = []
    for i, (form, blank, idx, lemma, pos, tag, dep, name) in enumerate(zip(forms, blanks, places, *told, strict=True)):
        token = Token()
        token.doc, token.i, token.idx = doc, i, idx
        (
            token.text,
            token.lower_,
            token.is_alpha,
            token.is_digit,
            token.is_punct,
            token.is_space,
            token.is_stop,
            token.like_num,
        ) = form
        if lemma in _MISREAD and tag.startswith("VB"):
            lemma = _MISREAD[lemma]
        elif lemma == "basis" and tag == "NNS":
            lemma = "base"  # "driven from their *bases*"
        token.lemma_, token.pos_, token.tag_, token.dep_, token.ent_type_ = lemma, pos, tag, dep, name
        token.whitespace_ = " " if blank else ""
        token.lefts = token.rights = token.children = _NONE
        token.left_edge = token.right_edge = token
        token._size = 1
        found.append(token)
    return found


@lru_cache(maxsize=65536)
def _form(vocab: Vocab, orth: int) -> tuple[str, str, bool, bool, bool, bool, bool, bool]:
    """What is the same wherever a word stands."""
    word = vocab[orth]
    marks = (word.is_alpha, word.is_digit, word.is_punct, word.is_space, word.is_stop, word.like_num)
    return word.text, word.lower_, *marks


class _Strings(dict[int, str]):
    """The strings of a store by their numbers, each read when it is first asked for."""

    def __init__(self, store: StringStore) -> None:
        super().__init__({0: ""})
        self.store = store

    def __missing__(self, number: int) -> str:
        found = self[number] = self.store[number]
        return found


@lru_cache(maxsize=4)
def _strings(store: StringStore) -> _Strings:
    return _Strings(store)


def _sentences(parsed: Parsed, doc: Doc) -> list[Tokens]:
    starts = [i for i, mark in enumerate(parsed.to_array(["SENT_START"]).tolist()) if mark == 1 or i == 0]
    found = [Tokens(doc, start, end) for start, end in pairwise([*starts, len(doc)])]
    for sentence in found:
        for token in sentence:
            token.sent = sentence
    return found


def _hang(parsed: Parsed, doc: Doc) -> None:
    """Hangs each word on its head, and gives each what hangs on it."""
    tokens = doc.tokens
    offsets = parsed.to_array(["HEAD"]).astype("int64").tolist()
    for token, at in zip(tokens, mended(tokens, [i + offset for i, offset in enumerate(offsets)]), strict=True):
        token.head = head = tokens[at]
        if at > token.i:
            head.lefts = [*head.lefts, token] if head.lefts else [token]
        elif at < token.i:
            head.rights = [*head.rights, token] if head.rights else [token]
    for token in tokens:
        lefts, rights = token.lefts, token.rights
        token.children = [*lefts, *rights] if lefts and rights else lefts or rights
    for token in reversed(_from_the_top(t for t in tokens if t.head is t)):
        head = token.head
        if head is not token:
            head._size += token._size
            if token.left_edge.i < head.left_edge.i:
                head.left_edge = token.left_edge
            if token.right_edge.i > head.right_edge.i:
                head.right_edge = token.right_edge


def _from_the_top(tokens: Iterable[Token]) -> list[Token]:
    """The words and all that hangs on them, each behind its head."""
    found = list(tokens)
    for token in found:  # grows while it is read
        found += token.children
    return found


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _place(token: Token) -> int:
    return token.i
