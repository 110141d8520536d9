"""Pairs of mentions that stand in one sentence, and what can be read off the words for a tie between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from khaldun.annotate.sentences import Passage
from khaldun.annotate.ties import ties
from khaldun.annotate.words import Token, Tokens
from khaldun.model import Frame, Mention, Span

FARTHEST = 13
"""Tokens between two mentions of a pair; farther apart a tie is hardly ever stated."""

_Path: TypeAlias = tuple[list[Token], Token | None, list[Token]]
"""The words from the left head up, the word over both heads, and the words down to the right head."""

_NEVER_TIED = frozenset(
    "body-person place-person place-count place-weapon weapon-weapon weapon-person count-person person-weapon".split()
)
"""Sorts of ends, in text order, that are hardly ever tied: of 1,700 such pairs in 330 reports the classifier, before
they were left out, told a tie of three (2026-11-29)."""

_FARTHEST_COUNT = 3
"""The same where the one is a number: it stands with what it counts."""
_LONGEST_PATH = 6
_NAME = "(name)"
_FEWEST_WORDS = 3
_SORTS = {
    "Person": "person",
    "Organisation": "body",
    "Location": "place",
    "Weapon": "weapon",
    "MilitaryPlatform": "vehicle",
    "Vehicle": "vehicle",
    "Quantity": "count",
    "Nationality": "nation",
}


@dataclass(frozen=True, slots=True)
class End:
    """A mention as one end of a pair: its tokens, the word that heads them and what sort of thing it is."""

    mention: Mention
    tokens: Tokens
    head: Token
    sort: str
    type: str
    cues: frozenset[str]
    """The kinds of tie whose words stand in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules found in a sentence, as its pairs see it."""

    kind: str
    root: str
    trigger: frozenset[int]
    """The words of its trigger, by their number in the doc."""
    roles: Mapping[Span, str]
    """The roles that each end fills, by where the end stands."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A sentence as its pairs see it, read once: its words, the ties that they state, and what the rules found."""

    start: int
    lemmas: tuple[str, ...]
    words: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]
    told: tuple[Told, ...]

    def lemma(self, token: Token) -> str:
        return self.lemmas[token.i - self.start]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ends in text order, with the ends that stand between them."""

    left: End
    right: End
    between: int


def ends_in(
    sentence: Tokens, passage: Passage, mentions: Sequence[Mention], types: Mapping[str, str | None]
) -> tuple[End, ...]:
    """The people, bodies, places, arms and counts of a sentence, one for each stretch of words, in text order."""
    span = passage.span(sentence)
    found: dict[Span, End] = {}
    for mention in mentions:
        if mention.kind not in ("actor", "place", "weapon", "count") or not span.contains(mention.span):
            continue
        tokens = passage.tokens(mention.span)
        if tokens is None:
            continue
        type = types.get(mention.entity or "") or "-"
        cues = frozenset(kind for token in tokens for kind in _kinds(token.lemma_))
        end = End(mention, tokens, tokens.root, sort_of(mention, types), type, cues)
        held = found.get(mention.span)
        if held is None or (held.mention.kind != "actor" and mention.kind == "actor" and end.sort != "place"):
            found[mention.span] = end
    return tuple(sorted(found.values(), key=lambda e: (e.mention.span.start, -e.mention.span.end)))


def sort_of(mention: Mention, types: Mapping[str, str | None]) -> str:
    """What the learned layer takes the phrase for, else what the kind says."""
    taken_for = _SORTS.get(mention.made_by.rpartition(":")[2]) if "learned:" in mention.made_by else None
    if taken_for is not None:
        return taken_for
    if mention.kind == "actor":
        person = types.get(mention.entity or "") == "person" or mention.made_by.endswith((":person", ":people"))
        return "person" if person else "body"
    return mention.kind


def pairs_of(ends: Sequence[End]) -> Iterator[Pair]:
    """Every two ends not too far apart, in text order."""
    for number, left in enumerate(ends):
        for count, right in enumerate(ends[number + 1 :]):
            far = right.tokens.start - left.tokens.end
            if far > FARTHEST:
                break
            if f"{left.sort}-{right.sort}" in _NEVER_TIED:
                continue
            if far <= _FARTHEST_COUNT or "count" not in (left.sort, right.sort):
                yield Pair(left, right, count)


# ------------------------------------------------------------------------------------------------ features


def sight_of(sentence: Tokens, passage: Passage, ends: Sequence[End], frames: Iterable[Frame]) -> Sight:
    """What the features of all pairs of a sentence need, read once."""
    tokens = list(sentence)
    return Sight(
        sentence.start,
        tuple(map(_lemma, tokens)),
        tuple(map(_word, tokens)),
        tuple(_kinds(t.lemma_) for t in tokens),
        tuple(Told(f.kind, f.kind.split(".")[0], _trigger(f, passage), _roles(f, ends)) for f in frames),
    )


def _trigger(frame: Frame, passage: Passage) -> frozenset[int]:
    tokens = passage.tokens(frame.trigger)
    return frozenset(t.i for t in tokens) if tokens is not None else frozenset()


def _roles(frame: Frame, ends: Sequence[End]) -> Mapping[Span, str]:
    filled = sorted((role, mentions) for role, mentions in frame.roles.items() if mentions)
    return {e.mention.span: "+".join(r for r, mentions in filled if any(_is(e, m) for m in mentions)) for e in ends}


def features(pair: Pair, sight: Sight) -> frozenset[str]:
    """Names of what holds of a pair. Each stands by itself and again with the sorts of both ends."""
    sorts = f"{pair.left.sort}-{pair.right.sort}"
    path = _path(pair.left.head, pair.right.head)
    plain = {*_words(pair, sight), *_on_path(path, pair, sight), *_told(pair, path, sight), *_cues(pair, path, sight)}
    both = {f"{sorts}|{name}" for name in plain}
    return frozenset({sorts, *_own(pair), *plain, *both})


def _own(pair: Pair) -> Iterator[str]:
    for side, end in (("L", pair.left), ("R", pair.right)):
        yield f"{side}:{end.sort}"
        yield f"{side} type:{end.type}"
        yield f"{side} form:{end.mention.form}"
        yield f"{side} head:{_lemma(end.head)}"
        yield f"{side} dep:{end.head.dep_}"
    yield f"types:{pair.left.type}-{pair.right.type}"
    yield f"forms:{pair.left.mention.form}-{pair.right.mention.form}"
    if pair.left.mention.entity and pair.left.mention.entity == pair.right.mention.entity:
        yield "same entity"


def _words(pair: Pair, sight: Sight) -> Iterator[str]:
    """The words between, before and after; how far apart; what lies between."""
    doc = pair.left.tokens.doc
    first, last = pair.left.tokens.end, pair.right.tokens.start
    yield f"between:{min(pair.between, 4)}"
    if last < first:
        yield "nested"
        where = "start" if pair.right.tokens.start == pair.left.tokens.start else "end"
        yield f"nested at {where}"
        return
    middle = doc.tokens[first:last]
    words = sight.words[first - sight.start : last - sight.start]
    yield f"far:{min(len(middle).bit_length(), 5)}"
    if len(middle) <= _FEWEST_WORDS:
        yield "just:" + " ".join(words)
    if len(middle) <= 12:
        yield from {f"word:{sight.lemma(t)}" for t in middle if t.pos_ != "PUNCT"}
    if middle:
        yield f"after L:{words[0]}"
        yield f"before R:{words[-1]}"
    if any(t.pos_ in ("VERB", "AUX") for t in middle):
        yield "verb between"
    yield from {f"mark:{t.text}" for t in middle if t.text in ("(", ",", ";", "“", '"', "-", "–")}


def _path(left: Token, right: Token) -> _Path:
    """From the left head up to the word over both, that word, and down to the right head."""
    above = [left, *left.ancestors]
    places = {t.i: n for n, t in enumerate(above)}
    down: list[Token] = []
    current = right
    while current.i not in places:
        down.append(current)
        if current.head is current or current.head == current:
            return above[:1], None, down
        current = current.head
    up = above[: places[current.i]]
    return up, current, list(reversed(down))


def _on_path(path: _Path, pair: Pair, sight: Sight) -> Iterator[str]:
    up, top, down = path
    if top is None:
        yield "no path"
        return
    for name, skipped in (("path", frozenset[str]()), ("plain path", frozenset({"conj", "appos", "compound", "nmod"}))):
        labels = [f"<{_label(t)}" for t in up if t.dep_ not in skipped]
        labels += ["^", *(f">{_label(t)}" for t in down if t.dep_ not in skipped)]
        if len(labels) <= _LONGEST_PATH:
            shape = " ".join(labels)
            yield f"{name}:{shape}"
            yield f"{name}:{shape}:{sight.lemma(top)}"
        else:
            yield f"{name}:long"
    yield f"top:{sight.lemma(top)}"
    yield f"top:{top.pos_}"
    if top == pair.left.head:
        yield "R under L"
    if top == pair.right.head:
        yield "L under R"
    between = [t for t in (*up[1:], top, *down[:-1]) if t not in (pair.left.head, pair.right.head)]
    yield from {f"on path:{sight.lemma(t)}" for t in between if t.pos_ in ("VERB", "NOUN", "ADP", "ADJ")}
    verbs = [t for t in (*up, top, *down) if t.pos_ == "VERB"]
    if any(c.dep_ == "neg" for v in verbs for c in v.children):
        yield "negated"


def joining_word(pair: Pair) -> Token | None:
    """The verb that joins both ends, the lowest on the way down ("plans to *meet* the council"), else the word over
    both; None where they stand in two trees."""
    up, top, down = _path(pair.left.head, pair.right.head)
    verbs = [t for t in (*reversed(down), *up) if t.pos_ == "VERB"]
    return top if top is None or not verbs else verbs[0]


def _lemma(token: Token) -> str:
    return _NAME if _is_name(token) else token.lemma_.lower()


def _word(token: Token) -> str:
    return _NAME if _is_name(token) else token.lower_


def _is_name(token: Token) -> bool:
    """Names are kept out: who somebody is says nothing of what two are to one another, and swapped actors swap."""
    return token.pos_ == "PROPN" or bool(token.ent_type_)


def _label(token: Token) -> str:
    return f"{token.dep_}:{token.lower_}" if token.dep_ in ("prep", "agent", "dative") else token.dep_


def _told(pair: Pair, path: _Path, sight: Sight) -> Iterator[str]:
    """What the rules found there: a happening or a tie with both ends in it, or with its trigger between them."""
    if not sight.told:
        return
    up, top, down = path
    on_path = {t.i for t in (*up, *([top] if top is not None else []), *down)}
    for told in sight.told:
        left, right = told.roles[pair.left.mention.span], told.roles[pair.right.mention.span]
        if left and right:
            yield f"frame:{told.kind}:{left}-{right}"
            yield f"frame:{told.root}:{left}-{right}"
            yield f"frame roles:{left}-{right}"
        elif left or right:
            yield f"half frame:{told.root}:{left}-{right}"
        if not on_path.isdisjoint(told.trigger):
            yield f"trigger on path:{told.kind}"
            yield f"trigger on path:{told.root}"


def _is(end: End, mention: Mention) -> bool:
    return mention.span == end.mention.span or (mention.head or mention.span).overlaps(
        end.mention.head or end.mention.span
    )


def _cues(pair: Pair, path: _Path, sight: Sight) -> Iterator[str]:
    """The kinds of tie whose words lie on the path, between the two, or inside one of them."""
    up, top, down = path
    on_path = (*up, *((top,) if top is not None else ()), *down)
    yield from {f"cue on path:{kind}" for t in on_path for kind in sight.kinds[t.i - sight.start]}
    first, last = pair.left.tokens.end, pair.right.tokens.start
    if first < last:
        between = sight.kinds[first - sight.start : last - sight.start]
        yield from {f"cue between:{kind}" for kinds in between for kind in kinds}
    yield from (f"cue in L:{kind}" for kind in pair.left.cues)
    yield from (f"cue in R:{kind}" for kind in pair.right.cues)


@cache
def _kinds(lemma: str) -> tuple[str, ...]:
    """The kinds of tie that a word of the lexicon states."""
    words, lemma = ties(), lemma.lower()
    found = [table[lemma] for table in (words.titles, words.branches) if lemma in table]
    return (*found, *(str(row["kind"]) for row in words.predicates.get(lemma, ())))
