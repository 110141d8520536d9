"""The time in which a tie is told to hold, by the words that state it.

It is the interval that the words set: of an office that of the appointment ("was appointed head *in May*"), up to the
end of what its bearer has lost ("stepped down as head *in May*") or did not outlive ("X, a commander of Y, was killed
*on Monday*"). What was begun then may go on, and a tie without such words is undated: an office may be old.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from khaldun.annotate.grammar.factuality import Reading, read_factuality
from khaldun.annotate.grammar.syntax import antecedent, first_title, over_as
from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.scenes.beside import bounded
from khaldun.annotate.scenes.circumstances import time_of, until_published
from khaldun.annotate.tables.toll_words import by_verb, toll_words
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import UNKNOWN_TIME, Frame, Mention, Report, When

_DATING = frozenset({"since", "from", "between", "in", "during", "until", "till"})
_UNKNOWN = frozenset({"published", "none"})


@cache
def _ending() -> frozenset[str]:
    return word_list("lexicons/en/relations.yaml", "ending")


@cache
def _presenting() -> frozenset[str]:
    return word_list("lexicons/en/relations.yaml", "presenting")


@cache
def _becoming() -> frozenset[str]:
    return word_list("lexicons/en/relations.yaml", "becoming")


def tie_time(word: Token, bearer: Mention, fillers: Fillers, report: Report) -> When:
    """The time of the tie that `word` states of `bearer`."""
    for child in word.children:
        if child.dep_ == "advcl" and any(c.lower_ == "until" for c in child.children):
            ended = time_of(child, fillers, report, Reading())  # "who led the group until he was killed in June"
            return _up_to(ended)
    if word.pos_ in {"NOUN", "PROPN"}:
        found = _of_title(word, fillers, report)
        if found is None and before_title(word) & ties().former:
            return until_published(report, Reading())  # "then the chairman": no longer
        return found or _of_death(bearer, fillers, report)
    if word.pos_ not in {"VERB", "AUX"} or word.dep_ in {"amod", "acl"}:
        return UNKNOWN_TIME  # a modifier does not take the time of its clause
    when = time_of(word, fillers, report, Reading())
    if when.basis in _UNKNOWN:
        return _of_death(bearer, fillers, report, told_by=word)
    return when


def deed_time(event: Frame) -> When:
    """The time of a tie that a deed shows: when it was done, where that is told."""
    return event.when if event.when.basis not in _UNKNOWN else UNKNOWN_TIME


def _up_to(end: When) -> When:
    return When(None, end.latest, end.basis, end.anchor, end.span)


def _of_title(title: Token, fillers: Fillers, report: Report) -> When | None:
    """ "The head of the council *since 2013*", "was appointed head *in May*", "resigned as head *in May*"."""
    for preposition in title.children:
        behind = preposition.dep_ == "prep" and preposition.lower_ in _DATING and preposition.i > title.i
        if behind and (when := _dated(title, preposition, fillers, report)) is not None:
            return when
    verb = _putting(first_title(title))
    if verb is None or verb.lemma_ in _presenting():
        return None
    reading = read_factuality(verb)
    if reading.negated or reading.modality != "actual":
        return None
    when = time_of(verb, fillers, report, reading)
    if when.basis in _UNKNOWN:
        return None
    return _up_to(when) if verb.lemma_ in _ending() else when


def _dated(title: Token, preposition: Token, fillers: Fillers, report: Report) -> When | None:
    for mention in fillers.mentions:
        tokens = fillers.passage.tokens(mention.span) if mention.kind == "time" else None
        if tokens is None or tokens.root.head != preposition or mention.when is None or not mention.when.known:
            continue
        if preposition.lower_ in {"until", "till"}:
            return _up_to(mention.when)
        return bounded(title, mention, report.published.latest, fillers) or mention.when
    return None


def _putting(title: Token) -> Token | None:
    """The verb that puts somebody into the office, or out of it."""
    if title.dep_ in {"oprd", "attr", "dobj"} and title.head.lemma_ in ties().naming:
        return title.head
    if title.dep_ == "attr" and title.head.lemma_ in _becoming():
        return title.head
    if title.dep_ == "pobj" and title.head.lower_ == "as":
        return next((v for v in over_as(title.head) if v.lemma_ in ties().naming | ties().serving), None)
    return None


def _of_death(bearer: Mention, fillers: Fillers, report: Report, told_by: Token | None = None) -> When:
    """ "A strike killed Omar Saleh, a commander of the Front, *on Monday*": until then he was."""
    if bearer.id not in fillers.roots:
        return UNKNOWN_TIME
    name = fillers.passage.doc[fillers.roots[bearer.id]]
    for clause in name.children:  # "the leaders *killed in June* had ties to the Front"
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and _kills(clause):
            when = time_of(clause, fillers, report, Reading())
            return _up_to(when) if when.basis not in _UNKNOWN else UNKNOWN_TIME
    for head in _phrases(name, told_by) if fillers.type_of(bearer) == "person" else ():
        verb = head.head
        struck = head.dep_ in {"nsubjpass", "dobj"} and _kills(verb)
        dead = head.dep_ == "nsubj" and verb.lemma_ in toll_words().dying and verb.lemma_ != "kill"
        if not struck and not dead:
            continue
        reading = read_factuality(verb)
        when = time_of(verb, fillers, report, reading)
        if not reading.negated and reading.modality == "actual" and when.basis not in _UNKNOWN:
            return _up_to(when)
    return UNKNOWN_TIME


def _kills(verb: Token) -> bool:
    """ "Was *killed*", "was shot *dead*"."""
    return by_verb().get(verb.lemma_) == "killed" or any(c.lower_ == "dead" for c in verb.children)


def _phrases(name: Token, told_by: Token | None) -> Iterable[Token]:
    """The phrase that names the bearer, and what it stands beside; of "*he*, who led it" that which is meant."""
    current = antecedent(name)
    yield current
    while current.dep_ in {"appos", "compound", "nmod"} and current.head != current:
        current = current.head
        yield current
    if told_by is not None and told_by.dep_ == "relcl" and told_by.head != current:
        yield told_by.head


def before_title(title: Token) -> frozenset[str]:
    """The words that weaken or date a title, wherever the parser hangs them: "*ex*-commander", "*once* a commander"."""
    hung = {
        c.lower_.rstrip("-")
        for c in title.subtree
        if c.i < title.i and c.dep_ in {"amod", "advmod", "compound", "nmod", "neg"}
    }
    for i in range(title.i - 1, max(title.sent.start, title.i - _BACK) - 1, -1):
        before = title.doc[i]
        if before.pos_ not in _WORDS and before.tag_ not in ("VBN", "POS") and before.text not in ("-", "a", "an"):
            break
        hung.add(before.lower_)
    return frozenset(hung)


_WORDS = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
_BACK = 5  # words before a title
