"""People of whom only the number is told: "took away *six others*", "*17 abducted*", "*the eight* had attacked".

A number with "the" before it, and one of people who are let go, stands for those counted or seized before. Those who
are seized, held or driven from home are a group of their own, named by the words that count them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.actors.noun_phrases import left_edge
from khaldun.annotate.actors.participants import takes_part
from khaldun.annotate.found import Found
from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.grammar.trigger_table import kind_of, table_of
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.tables.toll_words import toll_words
from khaldun.annotate.words import Doc, Token
from khaldun.knowledge import word_lists
from khaldun.model import Span

AGAIN = "number"
"""The rule of a number that stands for the same number of people told of before."""
FREED = "number:freed"
"""The rule of a number of people who are let go: so many of those who were seized before."""
GROUP = "number:group"
"""The rule of a group that is told by its number alone."""

AGED = "number:aged"
"""The rule of somebody of whom only the age is told."""

UNARMED = frozenset({"population", "person"})
"""The types of those who suffer by a fight and have no part in it."""

_SEIZING = frozenset({"assault.abduct", "coerce.arrest"})
_FREEING = frozenset({"retreat.release"})
_DISPLACING = frozenset({"displacement"})
_PUNISHING = frozenset({"sanction", "coerce.deport", "execution", "assault.torture", "assault.beat", "aid"})
_GATHERING = frozenset({"displacement", "protest", "protest.strike", "protest.hunger", "protest.obstruct"})
_FUNCTIONS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})


@dataclass(frozen=True, slots=True)
class _Words:
    counted_others: frozenset[str]
    counted_staff: frozenset[str]
    round_numbers: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/deeds.yaml")


def find_numbered(doc: Doc) -> Iterator[Found]:
    """The numbers of a passage that stand for people."""
    for token in doc:
        if token.pos_ == "NUM":
            found = _read(token)
        elif token.tag_ == "NNS" and token.lower_ in _words().round_numbers:
            found = _many(token)
        elif token.lower_ in _OLD:
            found = _aged(token)
        else:
            continue
        if found is not None:
            yield found


def is_seized(people: Token) -> bool:
    """True for those whom an abduction or an arrest is done to."""
    return _undergoes(people, _SEIZING)


def is_put_to_it(people: Token) -> bool:
    """True for those who are seized, let go, punished or driven from home, and for those who flee or protest."""
    if people.dep_ == "nsubj" and (
        _holds_gathering(people.head)
        or any(_evokes(verb, _GATHERING, "actor", "A") for verb in _with_purpose(people.head))
    ):
        return True
    return _undergoes(people, _SEIZING | _FREEING | _DISPLACING | _PUNISHING)


def _holds_gathering(verb: Token) -> bool:
    """ "200 people *staged a protest*"."""
    if verb.lemma_ not in table_of(verb).support:
        return False
    found = (match(c) for c in verb.children if c.dep_ == "dobj")
    return any(t is not None and any(e.kind in _GATHERING for e in t.entries) for t in found)


def _with_purpose(verb: Token) -> Iterator[Token]:
    """A verb and what is done along with it: "200 people gathered *to protest*"."""
    yield verb
    yield from (c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and c.tag_ == "VB")


def suffers_harm(people: Token) -> bool:
    """True for those who die, and for those who are killed, hurt, shot at or seized."""
    while people.dep_ == "conj":
        people = people.head
    if people.dep_ == "nsubj" and people.head.lemma_ in toll_words().dying:
        return True
    if people.dep_ == "pobj" and people.head.lower_ == "of":
        return people.head.head.lemma_ in toll_words().bodies | toll_words().losses
    trigger = match(people.head)
    violent = trigger is not None and any(kind_of(entry, people.head).violent for entry in trigger.entries)
    return violent and people in arguments(people.head).get("P", ())


def _read(number: Token) -> Found | None:
    other = number.head
    if number.dep_ == "nummod":
        named = other.lower_ in _words().counted_others and is_put_to_it(other)
        return _group(other) if named or (other.lower_ in _words().counted_staff and takes_part(other)) else None
    if number.dep_ not in _FUNCTIONS:
        return None
    span = Span(number.idx, number.idx + len(number.text))
    if number.i and number.dep_ in ("nsubj", "nsubjpass", "dobj") and _counts_alone(number):
        return Found(span, AGAIN, "pronoun", rank=6)
    if _undergoes(number, _FREEING) and not _is_followed(number):
        return Found(span, FREED, "pronoun", rank=6)
    participle = number.head
    if participle.i == number.i + 1 and _undergoes(number, _SEIZING):  # "were arrested" has a word between
        return Found(Span(span.start, participle.idx + len(participle.text)), GROUP, "description", head=span, rank=5)
    return None


_OLD = frozenset({"old", "olds"})
_HYPHENED = 4  # words of "23-year-" before "old"


def _aged(old: Token) -> Found | None:
    """ "Charged *the 23-year-old* with murder", "*two 17-year-olds* were shot"; not "a 23-year-old *man*"."""
    if old.i < _HYPHENED or old.dep_ not in _FUNCTIONS or [t.lower_ for t in old.doc[old.i - 3 : old.i]] != _YEARS:
        return None
    start = old.doc[min(left_edge(old), old.i - _HYPHENED)].idx
    return Found(Span(start, old.idx + len(old.text)), AGED, "description", rank=5)


_YEARS = ["-", "year", "-"]


def _group(head: Token) -> Found:
    start = head.doc[left_edge(head)].idx
    return Found(Span(start, head.idx + len(head.text)), GROUP, "description", rank=5)


def _counts_alone(number: Token) -> bool:
    """ "*The eight* had attacked a patrol", "*all three* fled"."""
    after = number.nbor(1) if number.i + 1 < len(number.doc) else None
    return number.nbor(-1).lower_ in ("the", "all") and (
        after is None or (after.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and after.text not in ("-", "of", "%"))
    )


def _many(many: Token) -> Found | None:
    """ "*Thousands* have fled", "*tens of thousands* were driven out": where nothing else is counted by it."""
    tens = many.head.head if many.dep_ == "pobj" and many.head.lower_ == "of" else many
    if any(c.lower_ in ("of", "more") and c.i > many.i for c in many.children) or not is_put_to_it(tens):
        return None
    start = tens.doc[left_edge(tens)].idx
    return Found(Span(start, many.idx + len(many.text)), GROUP, "description", rank=5)


def _is_followed(number: Token) -> bool:
    """ "freed *two* engineers", "freed *three of the* nurses": by the noun of those who are counted."""
    after = number.nbor(1) if number.i + 1 < len(number.doc) else None
    if after is None:
        return False
    if after.lower_ == "of":
        return not any(g.lower_ == "them" for g in after.children)
    return after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or after.text in ("-", "%")


def _undergoes(people: Token, kinds: frozenset[str]) -> bool:
    for _ in range(3):
        if people.dep_ != "conj":
            break
        people = people.head
    verb = people.head
    return _evokes(verb, kinds, "target", "P") and people in arguments(verb).get("P", ())


def _evokes(verb: Token, kinds: frozenset[str], role: str, function: str) -> bool:
    """True for a verb of those kinds whose `function` fills `role`."""
    trigger = match(verb)
    if trigger is None or not trigger.verbal:
        return False
    return any(
        entry.kind in kinds and function in entry.args.get(role, ()) and not entry.agents for entry in trigger.entries
    )
