"""Pairs of mentions that stand in one sentence, and what can be read off the words for a tie between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.words import Token, Tokens
from khaldun.model import Frame, Mention

FARTHEST = 13
"""Tokens between two mentions of a pair; farther apart a tie is hardly ever stated."""

_NEVER_TIED = frozenset(
    "body-person place-person place-count place-weapon weapon-weapon weapon-person count-person person-weapon".split()
)
"""Sorts of ends, in text order, that are hardly ever tied: of 1,700 such pairs in 330 reports the classifier, before
they were left out, told a tie of three (2026-11-29)."""

_FARTHEST_COUNT = 3
"""The same where the one is a number: it stands with what it counts."""
_LONGEST_PATH = 6
_LOOSE = frozenset({"conj", "appos", "compound", "nmod"})
"""What the plain shape of a path leaves out."""
_TELLING = frozenset({"VERB", "NOUN", "ADP", "ADJ"})
_MARKS = frozenset('(,;“"-–')
_NAME = "(name)"
_FEWEST_WORDS = 3
_MANY_WORDS = 12
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


@dataclass(slots=True, eq=False)
class End:
    """A mention as one end of a pair: its tokens, the word that heads them and what sort of thing it is."""

    mention: Mention
    number: int
    """Which end of its sentence it is."""
    tokens: Tokens
    head: Token
    sort: str
    type: str
    above: Sequence[Token]
    """The head and the words above it, the nearest first."""
    depths: Mapping[int, int]
    """Where each of these stands among them, by its number in the doc."""
    own: tuple[Sequence[str], Sequence[str]]
    """What holds of it as the left end, and as the right one."""
    cues: tuple[Sequence[str], Sequence[str]]
    """The kinds of tie whose words stand in it, likewise."""


class _Word(NamedTuple):
    """What a word gives to the pairs that it stands between, or on whose path it lies."""

    lemma: str
    form: str
    between: Sequence[str]
    between_few: Sequence[str]
    """The same where not many words stand between the two."""
    cues: Sequence[str]
    """The kinds of tie that it states."""
    at_end: Sequence[str]
    """What it gives as the head of an end."""
    on_path: Sequence[str]
    steps: tuple[str, str]
    """How it shows in the shape of a path, on the way up and on the way down."""
    loose: bool
    """Whether the plain shape of a path leaves it out."""


class _Words(dict[Token, _Word]):
    """The words of a sentence as its pairs see them, each read when it is first asked for."""

    def __missing__(self, token: Token) -> _Word:
        found = self[token] = _word(token)
        return found


class Told(NamedTuple):
    """What the rules found in a sentence, as its pairs see it."""

    kind: str
    root: str
    trigger: frozenset[int]
    """The words of its trigger, by their number in the doc."""
    roles: Sequence[str]
    """The roles that each end fills, by the number of the end."""


class Sight(NamedTuple):
    """A sentence as its pairs see it: what the rules found, and its words."""

    told: Sequence[Told]
    words: _Words


class Pair(NamedTuple):
    """Two ends in text order, with the ends that stand between them."""

    left: End
    right: End
    between: int


class Features(NamedTuple):
    """Names of what holds of a pair, each once: some stand by themselves, some (`again`) also with the sorts of both
    ends."""

    sorts: str
    alone: Sequence[str]
    again: Sequence[str]

    @property
    def names(self) -> frozenset[str]:
        """All of them."""
        return frozenset({self.sorts, *self.alone, *self.again, *(f"{self.sorts}|{name}" for name in self.again)})


class _Path(NamedTuple):
    """From the left head up to the word over both heads (None where they stand in two trees), then from the right head
    up to it."""

    words: Sequence[Token]
    height: int
    """How many words stand below the top on the left."""
    top: Token | None


def ends_in(
    sentence: Tokens, passage: Passage, mentions: Sequence[Mention], types: Mapping[str, str | None]
) -> tuple[End, ...]:
    """The people, bodies, places, arms and counts of a sentence, one for each stretch of words, in text order."""
    span = passage.span(sentence)
    found: dict[tuple[int, int], tuple[Mention, Tokens, str]] = {}
    for mention in mentions:
        if mention.kind not in ("actor", "place", "weapon", "count") or not span.contains(mention.span):
            continue
        tokens = passage.tokens(mention.span)
        if tokens is None:
            continue
        place, sort = (mention.span.start, -mention.span.end), sort_of(mention, types)
        held = found.get(place)
        if held is None or (held[0].kind != "actor" and mention.kind == "actor" and sort != "place"):
            found[place] = mention, tokens, sort
    return tuple(_end(number, *found[place], types) for number, place in enumerate(sorted(found)))


def _end(number: int, mention: Mention, tokens: Tokens, sort: str, types: Mapping[str, str | None]) -> End:
    head, type = tokens.root, types.get(mention.entity or "") or "-"
    above = [head, *head.ancestors]
    cues = dict.fromkeys(kind for token in tokens for kind in _kinds(token.lemma_))
    own = (f":{sort}", f" type:{type}", f" form:{mention.form}", f" head:{_lemma(head)}", f" dep:{head.dep_}")
    return End(
        mention,
        number,
        tokens,
        head,
        sort,
        type,
        above,
        {t.i: n for n, t in enumerate(above)},
        (["L" + told for told in own], ["R" + told for told in own]),
        ([f"cue in L:{kind}" for kind in cues], [f"cue in R:{kind}" for kind in cues]),
    )


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


def sight_of(passage: Passage, ends: Sequence[End], frames: Iterable[Frame]) -> Sight:
    """A sentence with these ends, and with these frames told in it."""
    told = [Told(f.kind, f.kind.split(".")[0], _trigger(f, passage), _roles(f, ends)) for f in frames]
    return Sight(told, _Words())


def _trigger(frame: Frame, passage: Passage) -> frozenset[int]:
    tokens = passage.tokens(frame.trigger)
    return frozenset(range(tokens.start, tokens.end)) if tokens is not None else frozenset()


def _roles(frame: Frame, ends: Sequence[End]) -> Sequence[str]:
    filled = [(role, frame.roles[role]) for role in sorted(frame.roles)]
    return ["+".join([role for role, mentions in filled if _is_one(end.mention, mentions)]) for end in ends]


def _is_one(mention: Mention, mentions: Iterable[Mention]) -> bool:
    own = mention.head or mention.span
    for other in mentions:  # noqa: SIM110 - of each end and role: a generator would cost twice the time
        if (other.head or other.span).overlaps(own) or other.span == mention.span:
            return True
    return False


def _word(token: Token) -> _Word:
    negated = token.pos_ == "VERB" and any(child.dep_ == "neg" for child in token.children)
    return _read(token.lemma_, token.text, token.pos_, token.dep_, named=_is_name(token), negated=negated)


@lru_cache(maxsize=16384)
def _read(lemma: str, text: str, pos: str, dep: str, *, named: bool, negated: bool) -> _Word:
    kinds, lower = _kinds(lemma), text.lower()
    label = f"{dep}:{lower}" if dep in ("prep", "agent", "dative") else dep
    lemma, form = (_NAME, _NAME) if named else (lemma.lower(), lower)
    between = [f"cue between:{kind}" for kind in kinds]
    if pos in ("VERB", "AUX"):
        between.insert(0, "verb between")
    if text in _MARKS:
        between.insert(0, f"mark:{text}")
    cues = [f"cue on path:{kind}" for kind in kinds]
    at_end = [*cues, "negated"] if negated else cues
    return _Word(
        lemma,
        form,
        between,
        [f"word:{lemma}", *between] if pos != "PUNCT" else between,
        cues,
        at_end,
        [f"on path:{lemma}", *at_end] if pos in _TELLING else at_end,
        ("<" + label, ">" + label),
        dep in _LOOSE,
    )


def features(pair: Pair, sight: Sight) -> Features:
    """What holds of a pair."""
    left, right, _ = pair
    path = _path(left, right)
    again = [*_words(pair, sight), *_on_path(path, pair, sight), *left.cues[0], *right.cues[1]]
    if sight.told:
        again += _told(pair, path, sight)
    types, forms = f"types:{left.type}-{right.type}", f"forms:{left.mention.form}-{right.mention.form}"
    alone = [*left.own[0], *right.own[1], types, forms]
    if left.mention.entity and left.mention.entity == right.mention.entity:
        alone.append("same entity")
    return Features(f"{left.sort}-{right.sort}", alone, list(dict.fromkeys(again)))


def _words(pair: Pair, sight: Sight) -> list[str]:
    """The words between, before and after; how far apart; what lies between."""
    left, right, seen = pair.left.tokens, pair.right.tokens, sight.words
    found = [f"between:{min(pair.between, 4)}"]
    if right.start < left.end:
        return [*found, "nested", "nested at start" if right.start == left.start else "nested at end"]
    middle = [seen[token] for token in left.doc.tokens[left.end : right.start]]
    found.append(f"far:{min(len(middle).bit_length(), 5)}")
    if len(middle) <= _FEWEST_WORDS:
        found.append("just:" + " ".join([word.form for word in middle]))
    if middle:
        found += (f"after L:{middle[0].form}", f"before R:{middle[-1].form}")
    for word in middle:
        found += word.between_few if len(middle) <= _MANY_WORDS else word.between
    return found


def _path(left: End, right: End) -> _Path:
    for number, token in enumerate(right.above):
        height = left.depths.get(token.i)
        if height is not None:
            return _Path([*left.above[:height], token, *right.above[:number]], height, token)
    return _Path([left.head, *right.above], 1, None)


def _on_path(path: _Path, pair: Pair, sight: Sight) -> list[str]:
    """The shape of the path, the words on it, and the kinds of tie that these state."""
    words, height, top = path
    seen = [sight.words[token] for token in words]
    if top is None:
        return ["no path", *[cue for word in seen for cue in word.cues]]
    lemma = seen[height].lemma
    found = [*_shapes(seen[:height], seen[:height:-1], lemma), f"top:{lemma}", f"top:{top.pos_}"]
    ends = (pair.left.head, pair.right.head)
    if top is ends[0]:
        found.append("R under L")
    if top is ends[1]:
        found.append("L under R")
    for token, word in zip(words, seen, strict=True):
        found += word.at_end if token in ends else word.on_path
    return found


def _shapes(up: Sequence[_Word], down: Sequence[_Word], top: str) -> list[str]:
    """The labels of the path, all of them and only those that tell most, with and without the word over both."""
    labels = [*[word.steps[0] for word in up], "^", *[word.steps[1] for word in down]]
    plain = [word.steps[0] for word in up if not word.loose]
    plain += ["^", *[word.steps[1] for word in down if not word.loose]]
    return [*_shape("path", labels, top), *_shape("plain path", plain, top)]


def _shape(name: str, labels: Sequence[str], top: str) -> tuple[str, ...]:
    if len(labels) > _LONGEST_PATH:
        return (f"{name}:long",)
    shape = f"{name}:{' '.join(labels)}"
    return shape, f"{shape}:{top}"


def joining_word(pair: Pair) -> Token | None:
    """The verb that joins both ends, the lowest on the way down ("plans to *meet* the council"), else the word over
    both; None where they stand in two trees."""
    words, height, top = _path(pair.left, pair.right)
    verbs = (t for t in (*words[height + 1 :], *words[:height]) if t.pos_ == "VERB")
    return top if top is None else next(verbs, top)


def _lemma(token: Token) -> str:
    return _NAME if _is_name(token) else token.lemma_.lower()


def _is_name(token: Token) -> bool:
    """Names are kept out: who somebody is says nothing of what two are to one another, and swapped actors swap."""
    return token.pos_ == "PROPN" or bool(token.ent_type_)


def _told(pair: Pair, path: _Path, sight: Sight) -> list[str]:
    """What the rules found there: a happening or a tie with both ends in it, or with its trigger between them."""
    on_path, found = {token.i for token in path.words}, list[str]()
    for kind, root, trigger, roles in sight.told:
        left, right = roles[pair.left.number], roles[pair.right.number]
        if left and right:
            ends = f"{left}-{right}"
            found += (f"frame:{kind}:{ends}", f"frame:{root}:{ends}", f"frame roles:{ends}")
        elif left or right:
            found.append(f"half frame:{root}:{left}-{right}")
        if not on_path.isdisjoint(trigger):
            found += (f"trigger on path:{kind}", f"trigger on path:{root}")
    return found


@lru_cache(maxsize=16384)
def _kinds(lemma: str) -> tuple[str, ...]:
    """The kinds of tie that a word of the lexicon states."""
    words, lemma = ties(), lemma.lower()
    found = [table[lemma] for table in (words.titles, words.branches) if lemma in table]
    return (*found, *(str(row["kind"]) for row in words.predicates.get(lemma, ())))
