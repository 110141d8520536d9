"""Slips of the parser at nouns that tell a deed (see `slips`): whose doing it was, whom it befell, and what of a
sentence belongs to the second of two happenings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.reading.nouns import actor_nouns
from khaldun.annotate.tables.timex_words import short_calendar_names
from khaldun.knowledge import word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_COUNTING = frozenset(("a", "an", "several", "dozens", "hundreds"))
_FOLLOWING = frozenset(("follow", "precede"))
_TAIL = frozenset(("prep", "npadvmod", "advmod"))


@cache
def _done_to_somebody() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "done_to_somebody")


def _give_back_agent(by: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Condemned *the abduction* of villagers *by gunmen*": the gunmen abducted, and condemned nothing."""
    verb = tokens[heads[by.i]]
    if by.lower_ != "by" or verb.pos_ != "VERB" or by.i + 1 >= len(tokens):
        return
    between = tokens[verb.i + 1 : by.i]
    deed = next((t for t in between if heads[t.i] == verb.i and t.dep_ in ("dobj", "nsubjpass")), None)
    if deed is None or deed.lemma_ not in _done_to_somebody() or deed.dep_ == "nsubjpass":
        return
    if not any(t.lower_ == "of" and heads[t.i] == deed.i for t in between):
        return
    doer = next((t for t in tokens[by.i + 1 : by.sent.end] if heads[t.i] == by.i and t.dep_ == "pobj"), None)
    if doer is not None and (doer.pos_ == "PROPN" or doer.lemma_.lower() in actor_nouns()):
        heads[by.i], by.dep_ = deed.i, "prep"


def _give_back_victim(of: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The abduction by *gunmen of two nurses*", "the massacre by *soldiers of peasants*": whom it was done to is
    not whose gunmen they are."""
    doer = tokens[heads[of.i]]
    if of.lower_ != "of" or doer.dep_ != "pobj" or tokens[heads[doer.i]].lower_ != "by" or of.i + 1 >= len(tokens):
        return
    deed = tokens[heads[heads[doer.i]]]
    if deed.pos_ != "NOUN" or deed.lemma_ not in _done_to_somebody():
        return
    first = tokens[of.i + 1]
    whom = next((t for t in tokens[of.i + 1 : of.sent.end] if heads[t.i] == of.i and t.dep_ == "pobj"), None)
    bare = whom is not None and whom.tag_ == "NNS" and whom.lemma_.lower() in actor_nouns() and first.pos_ != "DET"
    if first.like_num or first.lower_ in _COUNTING or bare:
        heads[of.i] = deed.i


def _give_second_happening(by: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The raid was followed *by a blast* in Jowhar *on Monday that wounded two*": day and harm are the blast's."""
    verb = tokens[heads[by.i]]
    if verb.lemma_ not in _FOLLOWING or by.lower_ != "by":
        return
    second = next((t for t in tokens[by.i + 1 : by.sent.end] if heads[t.i] == by.i and t.dep_ == "pobj"), None)
    if second is None:
        return
    for word in tokens[second.i + 1 : by.sent.end]:
        if heads[word.i] != verb.i:
            continue
        if word.dep_ in _TAIL:
            heads[word.i] = second.i
        elif word.dep_ in ("advcl", "ccomp", "relcl", "acl") and _is_relative(word, second, tokens, heads):
            heads[word.i], word.dep_ = second.i, "relcl"


def _is_relative(verb: Token, noun: Token, tokens: Sequence[Token], heads: Sequence[int]) -> bool:
    return any(
        heads[t.i] == verb.i and t.dep_ in ("nsubj", "nsubjpass", "dobj") and t.lower_ in ("that", "which", "who")
        for t in tokens[noun.i + 1 : verb.i]
    )


def _share_place(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Struck in Kampala, where three people died, and *in Jinja*, where nobody was hurt": two places of one verb."""
    clause = tokens[heads[prep.i]]
    if prep.pos_ != "ADP" or prep.lower_ not in ("in", "at", "near") or clause.dep_ != "relcl":
        return
    first = tokens[heads[clause.i]]
    where = any(t.lower_ == "where" and heads[t.i] == clause.i for t in tokens[first.i + 1 : clause.i])
    above = tokens[heads[first.i]]
    if where and first.dep_ == "pobj" and above.dep_ == "prep" and tokens[prep.i - 1].lower_ == "and":
        heads[prep.i], prep.dep_ = heads[above.i], "prep"


def _at_prep(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    if prep.lower_ == "of":
        _give_back_victim(prep, tokens, heads)
    elif prep.lower_ == "by":
        _give_back_agent(prep, tokens, heads)


def _at_agent(by: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_second_happening(by, tokens, heads)
    _give_back_agent(by, tokens, heads)


def _give_to_nearest(quality: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The rebels and *soldiers loyal* to the general": an adjective behind two nouns is the second one's."""
    if quality.i == 0 or heads[quality.i] >= quality.i - 1 or quality.pos_ != "ADJ":
        return
    before = tokens[quality.i - 1]
    if before.dep_ == "conj" and before.pos_ in ("NOUN", "PROPN") and heads[before.i] == heads[quality.i]:
        heads[quality.i] = before.i


def _make_deed(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Launched an *offensive Friday* on the town": no quality of the day, but what was launched."""
    if word.lower_ != "offensive" or heads[word.i] != word.i + 1:
        return
    day = tokens[word.i + 1]
    verb = tokens[heads[day.i]]
    if day.lower_ not in short_calendar_names() or day.dep_ not in ("npadvmod", "dobj") or verb.pos_ != "VERB":
        return
    word.tag_, word.pos_, word.dep_, heads[word.i] = "NN", "NOUN", "dobj", verb.i
    day.dep_ = "npadvmod"
    for before in tokens[word.sent.start : word.i]:
        if heads[before.i] == day.i:
            heads[before.i] = word.i


def _at_quality(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _make_deed(word, tokens, heads)
    _give_to_nearest(word, tokens, heads)


NOMINAL_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "prep": _at_prep,
    "agent": _at_agent,
    "conj": _share_place,
    "amod": _at_quality,
}
"""What mends the slips at a word, by its function."""
