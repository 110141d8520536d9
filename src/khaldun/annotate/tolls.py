"""Tolls: counts of people killed, injured, captured or displaced, by category and, where said, by whose side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from spacy.tokens import Token

from khaldun.annotate.fillers import Fillers
from khaldun.annotate.syntax import arguments
from khaldun.model import Mention, Quantity, Toll

Category = Literal["killed", "injured", "captured", "displaced"]

_BY_VERB: dict[str, Category] = {
    **dict.fromkeys(
        ("kill", "murder", "slay", "die", "massacre", "slaughter", "martyr", "execute", "behead"), "killed"
    ),
    **dict.fromkeys(("assassinate", "perish", "shoot dead", "gun down", "lynch", "hang"), "killed"),
    **dict.fromkeys(("wound", "injure", "maim", "hurt"), "injured"),
    **dict.fromkeys(("capture", "kidnap", "abduct", "arrest", "detain", "seize", "take"), "captured"),
    **dict.fromkeys(("displace", "uproot"), "displaced"),
}
_BY_WORD: dict[str, Category] = {
    **dict.fromkeys(("dead", "killed", "fatality", "death", "dead body", "body", "martyr"), "killed"),
    **dict.fromkeys(("wounded", "injured", "injury", "wound", "hurt"), "injured"),
    **dict.fromkeys(("displaced",), "displaced"),
}
_TAKES_LIVES = {"claim", "take", "cost"}


def tolls_of(verb: Token, fillers: Fillers) -> tuple[Toll, ...]:
    """The tolls that a verb states of those who undergo it, and those in its result clauses ("leaving 11 dead")."""
    return tuple(dict.fromkeys(_tolls(verb, fillers)))


def _tolls(verb: Token, fillers: Fillers) -> Iterator[Toll]:
    category = _BY_VERB.get(verb.lemma_.lower())
    if category is not None:
        found = arguments(verb)
        for token in found.get("A" if verb.lemma_ in {"die", "perish"} else "P", ()):
            yield from _counted(token, category, fillers)
    elif verb.lemma_ in _TAKES_LIVES:
        for token in arguments(verb).get("P", ()):
            if token.lemma_ == "life":
                yield from _counted(token, "killed", fillers)
    for child in verb.children:
        if child.dep_ in {"conj", "advcl", "xcomp", "relcl"} and child.pos_ in {"VERB", "AUX", "ADJ"}:
            if child.lemma_ in {"leave", "cause", "bring", "reach", "rise"} or _BY_VERB.get(child.lemma_) in {
                "killed",
                "injured",
            }:
                yield from _result(child, fillers)
        elif child.dep_ in {"ccomp"} and verb.lemma_ == "leave":
            yield from _result_clause(child, fillers)
    if verb.lemma_ in {"leave", "reach", "rise", "cause", "result", "suffer", "lose", "climb", "stand"}:
        yield from _stated(verb, fillers)


def _result(verb: Token, fillers: Fillers) -> Iterator[Toll]:
    if verb.lemma_ in {"leave", "cause", "reach", "rise"}:
        yield from _stated(verb, fillers)
    else:
        yield from _tolls(verb, fillers)


def _result_clause(word: Token, fillers: Fillers) -> Iterator[Toll]:
    """ "left 11 dead", "leaving at least 40 people wounded": the adjective heads a small clause."""
    category = _BY_WORD.get(word.lower_) or _BY_WORD.get(word.lemma_)
    if category is not None:
        for child in word.children:
            if child.dep_ in {"nsubj", "nsubjpass", "nummod", "npadvmod", "advmod", "dobj"}:
                yield from _counted(child, category, fillers)


def _stated(verb: Token, fillers: Fillers) -> Iterator[Toll]:
    """A count next to a category word below `verb`: "left 11 dead and 20 wounded", "reached at least 112 dead"."""
    for word in verb.subtree:
        category = _BY_WORD.get(word.lower_) or _BY_WORD.get(word.lemma_.lower())
        if category is None:
            continue
        count = _count_before(word, fillers)
        if count is not None:
            yield _toll(count, category, word, fillers)


def _count_before(word: Token, fillers: Fillers) -> Mention | None:
    """The count that ends within three words before a category word: "11 dead", "at least 40 people wounded"."""
    start = fillers.passage.at(word).start
    counts = [m for m in fillers.mentions if m.kind == "count" and m.span.end <= start]
    nearest = max(counts, key=lambda m: m.span.end, default=None)
    if nearest is None:
        return None
    between = fillers.passage.doc.text[nearest.span.end - fillers.passage.base : start - fillers.passage.base]
    return nearest if len(between.split()) <= 3 and not set(between) & {",", ".", ";"} else None


def _counted(token: Token, category: Category, fillers: Fillers) -> Iterator[Toll]:
    """The counts inside the phrase that `token` heads."""
    for child in (token, *token.children, *(g for c in token.children if c.dep_ == "nummod" for g in c.children)):
        count = _count_at(child, fillers)
        if count is not None:
            yield _toll(count, category, token, fillers)
            return
    of = [g for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
    if token.lemma_.lower() in {"dozen", "score", "hundred", "thousand", "ten", "number"}:
        for inner in of:
            count = _count_at(token, fillers)
            if count is not None:
                yield _toll(count, category, inner, fillers)


def _count_at(token: Token, fillers: Fillers) -> Mention | None:
    at = fillers.passage.at(token)
    found: Sequence[Mention] = [m for m in fillers.mentions if m.kind == "count" and m.span.overlaps(at)]
    return found[0] if found else None


def _toll(count: Mention, category: Category, who: Token, fillers: Fillers) -> Toll:
    assert isinstance(count.value, Quantity)
    actors = fillers.actors_in(who)
    return Toll(of=category, quantity=count.value, span=count.span, who=actors[0].entity if actors else None)
