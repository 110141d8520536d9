"""Slips of the parser on where phrases and clauses end: a date before a subject, one clause after another."""

from __future__ import annotations

from calendar import day_name, month_name
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.slips.speakers import presenting
from khaldun.knowledge import word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_CALENDAR = frozenset(name.lower() for name in (*day_name, *month_name) if name)
_DATING = frozenset({"on", "in", "since", "until", "by", "from", "during"})
_HOUR = frozenset({"early", "late", "earlier", "later"})  # "*early* on Tuesday rebels seized the town"
_PRENOMINAL = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "advmod", "quantmod"})
_PASTS = frozenset({"VBD", "VBN"})
_COUNTED = frozenset({"DT", "CD", "PRP$"})
_WITH_BACK = frozenset({"hit", "fire"})  # these tell words only in "hit back", "fired back"
_YEARS = range(1800, 2100)


@cache
def _states() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "in_custody")


@cache
def _harming() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "harming")


@cache
def _parts_of_day() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "parts_of_day")


def _part_date(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "On 2 *April* rebels attacked", "on *Friday* night militants came": the day is no modifier of those who act."""
    top = tokens[heads[name.i]]
    if (name.lower_ not in _CALENDAR and not _is_year(name)) or name.text.islower():
        return
    first, last = name.i, name.i
    while first > 0 and tokens[first - 1].like_num:
        first -= 1
    while top.dep_ in ("compound", "nmod") and heads[top.i] > top.i:
        top = tokens[heads[top.i]]
    while last + 1 < top.i and (_is_year(tokens[last + 1]) or tokens[last + 1].lower_ in _parts_of_day()):
        last += 1
    before = tokens[first - 1] if first else name
    if top.i <= last or before.lower_ not in _DATING or top.pos_ not in ("NOUN", "PROPN"):
        return
    opens = before.is_sent_start or not before.i or tokens[before.i - 1].lower_ in _HOUR
    if not opens and tokens[before.i - 1].pos_ not in ("PUNCT", "SCONJ", "CCONJ"):
        return
    verb = tokens[heads[top.i]] if heads[top.i] != before.i else tokens[heads[before.i]]
    if top.dep_ == "pobj":
        if verb.i < top.i or any(t.dep_ in ("nsubj", "nsubjpass") and heads[t.i] == verb.i for t in tokens[: verb.i]):
            return
        passive = any(t.dep_ == "auxpass" and heads[t.i] == verb.i for t in tokens[top.i : verb.i])
        heads[top.i], top.dep_ = verb.i, "nsubjpass" if passive else "nsubj"
    elif top.dep_ not in ("nsubj", "nsubjpass"):
        return
    day = tokens[last] if tokens[last].lower_ in _parts_of_day() else name
    heads[day.i], day.dep_ = before.i, "pobj"
    if before.dep_ != "prep":
        before.dep_, before.pos_, before.tag_ = "prep", "ADP", "IN"
    for word in tokens[first : last + 1]:
        if word is not day:
            heads[word.i] = day.i if word is name else name.i
            word.dep_ = "compound" if word is name else "nummod"


def is_calendar(word: Token) -> bool:
    """ "*Friday*", "*April*"."""
    return word.lower_ in _CALENDAR


def _is_year(word: Token) -> bool:
    return word.text.isdigit() and len(word.text) == 4 and int(word.text) in _YEARS


def _give_back_year(year: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "In *2014* rebels seized the base": the year counts no rebels."""
    if _is_year(year) and year.i and tokens[year.i - 1].lower_ in ("in", "since", "by") and heads[year.i] > year.i:
        _part_date(year, tokens, heads)


def _give_back_state(people: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Took 170 *guests* hostage": the guests are taken, and *hostage* says how."""
    _part_date(people, tokens, heads)
    state = tokens[heads[people.i]]
    if state.i != people.i + 1 or state.lower_ not in _states() or state.dep_ not in ("dobj", "nsubjpass"):
        return
    verb = tokens[heads[state.i]]
    if people.tag_ not in ("NNS", "NNP", "NNPS") or verb.pos_ != "VERB":
        return
    for word in tokens[: people.i]:
        if heads[word.i] == state.i and word.dep_ in _PRENOMINAL:
            heads[word.i] = people.i
    heads[people.i], people.dep_ = verb.i, state.dep_
    state.dep_ = "oprd"


def give_back_shot(shot: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "A sniper *shot dead* a farmer", read as a shot that is dead."""
    dead = tokens[heads[shot.i]]
    if shot.lower_ != "shot" or dead.lower_ != "dead" or dead.i != shot.i + 1 or shot.pos_ != "NOUN":
        return
    subject = next((t for t in reversed(tokens[: shot.i]) if heads[t.i] == shot.i and t.dep_ == "compound"), None)
    if subject is None:
        return
    for word in tokens[dead.sent.start : dead.sent.end]:
        if heads[word.i] == dead.i and word is not shot and word is not dead:
            heads[word.i] = shot.i
        elif heads[word.i] == shot.i and word.i < subject.i:
            heads[word.i] = subject.i
    heads[shot.i] = shot.i if heads[dead.i] == dead.i else heads[dead.i]
    shot.dep_, shot.tag_, shot.pos_, shot.lemma_ = dead.dep_, "VBD", "VERB", "shoot"
    heads[subject.i], subject.dep_ = shot.i, "nsubj"
    heads[dead.i], dead.dep_ = shot.i, "acomp"


def give_back_first(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Jets hit *Sanaa* and Houthi forces fired at Jizan": two clauses, and no forces of Sanaa."""
    if name.pos_ != "PROPN" or name.i == 0 or name.i + 2 >= len(tokens) or tokens[name.i + 1].lower_ != "and":
        return
    first = tokens[name.i - 1]
    if first.tag_ != "VBD" or first.pos_ != "VERB" or (first.lemma_ in presenting() and first.lemma_ not in _WITH_BACK):
        return
    subject = tokens[heads[name.i]] if name.dep_ in ("nmod", "compound") else name
    second = tokens[heads[subject.i]]
    if subject.dep_ != "nsubj" or second.pos_ != "VERB" or second.tag_ != "VBD" or second.i < name.i:
        return
    if not (heads[second.i] == first.i and second.dep_ == "ccomp") and not (
        heads[first.i] == second.i and first.dep_ == "ccomp"
    ):
        return
    joined = [t for t in tokens[name.i + 1 : second.i] if heads[t.i] == name.i and t.dep_ == "conj"]
    if subject is name:
        if not joined:
            return
        subject = joined[-1]
        heads[subject.i], subject.dep_ = second.i, "nsubj"
    for word in joined:
        if word is not subject:
            heads[word.i], word.dep_ = subject.i, "compound"
    if heads[first.i] == second.i:
        heads[first.i], first.dep_ = (heads[second.i] if heads[second.i] != second.i else first.i), second.dep_
        for word in tokens[first.sent.start : first.i]:
            if heads[word.i] == second.i and word.dep_ in ("prep", "advmod", "mark", "npadvmod", "punct"):
                heads[word.i] = first.i
    heads[second.i], second.dep_ = first.i, "conj"
    heads[tokens[name.i + 1].i] = first.i
    heads[name.i], name.dep_ = first.i, "dobj"


def _give_back_main(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Soldiers gang-*raped* two sisters": what stands before the number of its noun is no adjective of it."""
    noun = tokens[heads[verb.i]]
    if verb.tag_ not in _PASTS or noun.i < verb.i or verb.i + 1 >= len(tokens) or noun.pos_ != "NOUN":
        return
    following = tokens[verb.i + 1]
    if following.tag_ not in _COUNTED or heads[following.i] != noun.i:
        return
    before = next((t for t in reversed(tokens[verb.sent.start : verb.i]) if heads[t.i] == noun.i and _names(t)), None)
    subject, above = before or tokens[heads[noun.i]], tokens[heads[noun.i]]
    if before is not None and above.dep_ == "prep" and above.i < before.i:  # "soldiers of the *brigade* gang-raped"
        heads[before.i], before.dep_ = above.i, "pobj"
        subject = tokens[heads[above.i]]
    if subject.pos_ not in ("NOUN", "PROPN") or subject.i > verb.i:
        return
    top = noun if subject is before else subject
    heads[verb.i], verb.dep_ = (heads[top.i] if heads[top.i] != top.i else verb.i), top.dep_
    verb.tag_, verb.pos_ = "VBD", "VERB"
    for word in tokens[verb.sent.start : verb.sent.end]:
        if word.i < verb.i and heads[word.i] == noun.i and word is not before and word.dep_ in _PRENOMINAL:
            heads[word.i] = subject.i if before is None or subject is before else before.i
        elif heads[word.i] == top.i and word is not verb and (word.i > noun.i or word.is_punct):
            heads[word.i] = verb.i
    heads[subject.i], subject.dep_ = verb.i, "nsubj"
    heads[noun.i], noun.dep_ = verb.i, "dobj"


def _part_at_semicolon(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "A convoy *came* under fire; none of its guards was hurt": the first clause is no content of the second."""
    second = tokens[heads[verb.i]]
    mark = next((t for t in tokens[verb.i + 1 : second.i] if t.text == ";"), None)
    if mark is None or second.lemma_ in presenting():
        return
    heads[verb.i], verb.dep_ = (heads[second.i] if heads[second.i] != second.i else verb.i), second.dep_
    for word in tokens[verb.sent.start : mark.i + 1]:
        if heads[word.i] == second.i and word is not verb:
            heads[word.i] = verb.i
    heads[second.i], second.dep_ = verb.i, "parataxis"


def _names(word: Token) -> bool:
    return word.dep_ in ("compound", "nmod") and word.pos_ in ("NOUN", "PROPN")


def _give_back_outcome(harm: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Used batons to break up a sit-in, *hurting* eight": that came of it, and was not what it was for."""
    aim = tokens[heads[harm.i]]
    if harm.tag_ != "VBG" or harm.lemma_ not in _harming() or tokens[harm.i - 1].text != "," or aim.tag_ != "VB":
        return
    if aim.dep_ in ("xcomp", "advcl", "acl") and any(t.lower_ == "to" and heads[t.i] == aim.i for t in tokens[: aim.i]):
        told = tokens[heads[aim.i]]
        while told.pos_ not in ("VERB", "AUX") and heads[told.i] != told.i:
            told = tokens[heads[told.i]]
        if told.tag_ in ("VBD", "VBN", "VBZ", "VBP"):
            heads[harm.i] = told.i


def _hang_on_number(no: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*No* fewer than 40 guards were killed": it denies nothing of the guards."""
    if no.lower_ == "no" and no.i + 2 < len(tokens) and tokens[no.i + 1].lower_ in ("fewer", "less"):
        heads[no.i], no.dep_ = no.i + 1, "advmod"


OPENINGS_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "advcl": _give_back_outcome,
    "amod": _give_back_main,
    "ccomp": _part_at_semicolon,
    "compound": _give_back_state,
    "det": _hang_on_number,
    "nmod": _part_date,
    "nummod": _give_back_year,
}
"""What mends the slips at a word, by its function."""
