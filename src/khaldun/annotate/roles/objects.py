"""Things that an event strikes: buildings, power lines, vehicles.

They are quoted as the words name them, without article and number, and are mentions of the frame that they are in;
they belong to no entity. What people are in them is told by the roles for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from khaldun.annotate.grammar.syntax import conjuncts
from khaldun.annotate.ground import finding_id
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.thing_words import is_thing, thing_words
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Mention, Report, Span

# Where a blast does its harm: "exploded outside the bank", "went off in front of the house".
BESIDE = (
    "at",
    "outside",
    "near",
    "inside",
    "in",
    "under",
    "beside",
    "against",
    "on",
    "into",
    "behind",
    "by",
    "next",
    "from",
)
_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod", "punct", "npadvmod"})


@cache
def fronts_of() -> frozenset[str]:
    """The parts and numbers of things, behind whose "of" the thing stands."""
    return word_list("lexicons/en/objects.yaml", "fronts")


def things_in(tokens: Iterable[Token], fillers: Fillers, report: Report) -> tuple[Mention, ...]:
    """The things among the phrases headed by `tokens` and what is listed with them, each once."""
    found: dict[Span, Mention] = {}
    for token in tokens:
        for each in _reached(token):
            mention = _thing(each, fillers, report)
            if mention is not None:
                found.setdefault(mention.span, mention)
    return tuple(found.values())


def _reached(token: Token) -> Iterator[Token]:
    """The token and its conjuncts; of "the front of the bank" the bank."""
    for each in conjuncts(token):
        inner = [
            g for c in each.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj"
        ]
        if each.lemma_.lower() in fronts_of() and inner:
            for further in inner:
                yield from conjuncts(further)
        else:
            yield each


def _thing(token: Token, fillers: Fillers, report: Report) -> Mention | None:
    if not is_thing(token):
        return None
    first = token.i
    for child in sorted((c for c in token.children if c.i < token.i), key=lambda c: -c.i):
        if child.dep_ not in _BEFORE or child.text in {",", "(", "[", "--"}:
            break
        first = child.left_edge.i
    trimmed = thing_words()["trimmed"]
    while first < token.i and (
        token.doc[first].lower_ in trimmed or token.doc[first].is_punct or token.doc[first].like_num
    ):
        first += 1
    last = _named_behind(token) if token.lemma_.lower() in thing_words()["named_behind"] else token.i
    span = fillers.passage.span(token.doc[first : last + 1])
    return Mention(
        id=finding_id(report, "object", span),
        span=span,
        quote=span.of(fillers.text),
        kind="place",
        form="description",
        head=fillers.passage.at(token),
        made_by="object",
    )


def _named_behind(token: Token) -> int:
    """The last word of "the headquarters *of the Harbour Union*"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == token.i + 1:
            named = [g for g in child.children if g.dep_ == "pobj" and g.pos_ == "PROPN"]
            if named:
                return int(named[0].i)
    return int(token.i)
