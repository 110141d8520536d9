"""Slips of the parser that are mended where its words are copied, before a rule reads them.

A slip is mended here, and not in the rules, where it would mislead many of them: whose words they are, what was done
to whom, how many. Each is one construction with a sentence in `tests/annotate/test_slips.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.slips.blows import BLOWS_MENDED_AT, harming
from khaldun.annotate.slips.clauses import CLAUSES_MENDED_AT, give_back_sides, join_compound
from khaldun.annotate.slips.custody import CUSTODY_MENDED_AT
from khaldun.annotate.slips.deeds import MENDED_AT, give_back_past, give_back_second
from khaldun.annotate.slips.fronted import FRONTED_MENDED_AT
from khaldun.annotate.slips.lists import give_back_gap, hang_on_nearest, list_named, list_people, mend_speakers
from khaldun.annotate.slips.nominal import NOMINAL_MENDED_AT
from khaldun.annotate.slips.occasions import OCCASIONS_MENDED_AT
from khaldun.annotate.slips.openings import OPENINGS_MENDED_AT, give_back_first, give_back_shot
from khaldun.annotate.slips.reduced import REDUCED_MENDED_AT
from khaldun.annotate.slips.relative import RELATIVE_MENDED_AT
from khaldun.annotate.slips.saying import TAKEN_FOR, mend_saying, take_for
from khaldun.annotate.slips.speakers import presenting
from khaldun.annotate.slips.subjects import SUBJECTS_MENDED_AT
from khaldun.annotate.slips.told import TOLD_MENDED_AT
from khaldun.knowledge import load_data, word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token


_ANOTHER = frozenset({"another", "others"})
_TABLES = (
    OCCASIONS_MENDED_AT,
    CUSTODY_MENDED_AT,
    FRONTED_MENDED_AT,
    BLOWS_MENDED_AT,
    OPENINGS_MENDED_AT,
    MENDED_AT,
    CLAUSES_MENDED_AT,
    SUBJECTS_MENDED_AT,
    NOMINAL_MENDED_AT,
    TOLD_MENDED_AT,
    RELATIVE_MENDED_AT,
    REDUCED_MENDED_AT,
)
_MENDED_AT = {dep: tuple(t[dep] for t in _TABLES if dep in t) for table in _TABLES for dep in table}
_NOMINAL = frozenset(("NUM", "NOUN", "PROPN", "ADJ"))
_LOOKED_AT = frozenset({"nsubj", "conj", "appos", "compound", "amod", *_MENDED_AT})


@cache
def _left_so() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "left_so")


@cache
def _carriers() -> frozenset[str]:
    return frozenset(load_data("lexicons/en/media.yaml")["carriers"]["nouns"])


@cache
def _phases() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "phases")


@cache
def _courses() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "courses")


def mended(tokens: Sequence[Token], heads: list[int]) -> list[int]:
    """The heads, by number, with slips mended; the dependency labels of the words concerned are set anew."""
    presented, phases, given = presenting(), _phases(), list(heads)
    for word in tokens:
        if word.dep_ not in _LOOKED_AT and word.pos_ != "VERB":
            continue
        if word.text == "-":
            join_compound(word, tokens, heads)
        if word.pos_ == "VERB" and word.lemma_ in TAKEN_FOR:
            take_for(word, tokens, heads)
        if word.pos_ == "PROPN" and word.dep_ in ("nsubj", "nmod", "compound"):
            give_back_first(word, tokens, heads)
        if word.dep_ == "nsubj":
            give_back_shot(word, tokens, heads)
            if heads[word.i] > word.i:
                give_back_past(tokens[heads[word.i]])
                _give_back_object(word, tokens, heads)
                _give_back_sort(word, tokens, heads)
                _share_passive(word, tokens, heads)
        elif word.dep_ == "conj" and word.lower_ in _ANOTHER:
            _make_subject(word, tokens, heads)
            if word.dep_ == "conj" and tokens[heads[word.i]].tag_ == "VBN":
                _make_sufferer(word, tokens, heads)
        elif word.dep_ == "conj" and word.pos_ in _NOMINAL and tokens[heads[word.i]].tag_ == "VBN":
            _make_sufferer(word, tokens, heads)
        elif word.dep_ == "appos" and word.pos_ == "PROPN":
            _give_place(word, tokens, heads)
        elif word.dep_ == "appos" and word.pos_ == "NOUN":
            _put_in_list(word, tokens, heads)
            list_people(word, tokens, heads)
            list_named(word, tokens, heads)
            if word.dep_ == "appos":
                hang_on_nearest(word, tokens, heads)
        elif word.dep_ == "conj" and word.pos_ == "NOUN" and tokens[heads[word.i]].dep_ == "appos":
            list_named(word, tokens, heads)
        elif word.dep_ == "conj" and word.pos_ == "NOUN" and tokens[heads[word.i]].dep_ == "pobj":
            _put_in_list(word, tokens, heads)
        elif word.pos_ == "VERB" and word.lemma_ in presented:
            mend_speakers(word, tokens, heads)
            mend_saying(word, tokens, heads)
        elif word.dep_ in ("compound", "amod") and word.i and tokens[word.i - 1].lemma_ in phases:
            _give_back_deed(word, tokens, heads)
        if word.dep_ == "conj":
            give_back_second(word, tokens, heads)
        if word.dep_ in ("conj", "appos"):
            give_back_gap(word, tokens, heads)
        if word.lower_ == "between":
            give_back_sides(word, tokens, heads)
        for mend in _MENDED_AT.get(word.dep_, ()):
            mend(word, tokens, heads)
    return _without_circles(tokens, heads, given)


def _without_circles(tokens: Sequence[Token], heads: list[int], given: Sequence[int]) -> list[int]:
    """The heads; of a sentence in which two mends together have made words hang on each other, those of the parser."""
    rooted: set[int] = set()
    for word in tokens:
        path: list[int] = []
        at = word.i
        while at not in rooted and heads[at] != at and len(path) <= len(heads):
            path.append(at)
            at = heads[at]
        if len(path) > len(heads):
            for i in range(word.sent.start, word.sent.end):
                heads[i] = given[i]
        else:
            rooted.update(path)
    return heads


def _share_passive(subject: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Some houses were burned and 14 *elders killed*", "left a guard dead and a *nurse wounded*": the second verb has
    no auxiliary, and its subject undergoes it."""
    verb = tokens[heads[subject.i]]
    if verb.dep_ != "conj" or verb.tag_ not in ("VBN", "VBD"):
        return
    first = tokens[heads[verb.i]]
    between = [t for t in tokens[min(first.i, subject.i) : verb.i + 1] if heads[t.i] in (first.i, verb.i)]
    below = [t for t in tokens[verb.i + 1 : verb.i + 6] if heads[t.i] == verb.i]
    if any(t.dep_ in ("dobj", "xcomp", "ccomp") for t in below) or any(
        heads[t.i] == verb.i and t.dep_ in ("aux", "auxpass") for t in between
    ):
        return
    passive = verb.tag_ == "VBN" and any(heads[t.i] == first.i and t.dep_ == "auxpass" for t in tokens[: first.i])
    left = first.lemma_ == "leave" and any(heads[t.i] == first.i and t.dep_ == "oprd" for t in between)
    if passive or (left and verb.lemma_ in _left_so()):
        verb.tag_, subject.dep_ = "VBN", "nsubjpass"


def _make_sufferer(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "61 civilians were killed and *88 injured*", "a girl was killed and *her brother hurt*": who undergoes a second
    verb is no verb's twin."""
    first = tokens[heads[word.i]]
    if word.i + 1 >= len(tokens):
        return
    verb = tokens[word.i + 1]
    if word.pos_ != "NUM" and (verb.lemma_ not in harming() or first.lemma_ not in harming()):
        return  # "killing 11 guests, *officials told* the agency"
    if verb.tag_ == "VBN" and heads[verb.i] == word.i:
        heads[verb.i], verb.dep_ = first.i, "conj"
        heads[word.i], word.dep_ = verb.i, "nsubjpass"


def _make_subject(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "One bomb killed three people and *another wounded* four": no second object of the first verb."""
    if word.i + 1 >= len(tokens):
        return
    verb, object_ = tokens[word.i + 1], tokens[heads[word.i]]
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or heads[verb.i] != heads[object_.i]:
        return
    if not any(t.dep_ == "nsubj" and heads[t.i] == verb.i for t in tokens[: verb.i]):
        heads[word.i], word.dep_ = verb.i, "nsubj"


def _put_in_list(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "killed the mayor of Hanano, *his bodyguard* and his driver": three people, and not one in other words."""
    owned = any(t.tag_ == "PRP$" and heads[t.i] == word.i for t in tokens[max(0, word.i - 3) : word.i])
    if not owned or not any(t.dep_ == "conj" and heads[t.i] == word.i for t in tokens[word.i + 1 : word.i + 12]):
        return
    first = tokens[heads[word.i]]
    if word.dep_ == "conj" and (first.pos_ != "PROPN" or tokens[first.i + 1].text != ","):
        return  # "the mayor of Hanano and his town"
    while first.dep_ in ("pobj", "prep"):
        first = tokens[heads[first.i]]
    if first.dep_ in ("dobj", "nsubjpass", "nsubj") and first.pos_ in ("NOUN", "PROPN"):
        heads[word.i], word.dep_ = first.i, "conj"


def _give_back_deed(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Resumed *bombing* rebel *positions*": the bombing was resumed, and the positions are what was bombed."""
    noun, phase = heads[deed.i], deed.i - 1
    if deed.tag_ not in ("NN", "VBG") or not deed.lower_.endswith("ing") or heads[noun] != phase:
        return
    if tokens[noun].dep_ != "dobj" or tokens[noun].tag_ == "NN" or tokens[noun].lemma_ in _courses():
        return  # "began *training camp*", "continued *bombing raids*"
    if deed.tag_ == "NN":
        deed.lemma_ = deed.lower_.removesuffix("ing")
    deed.tag_, deed.pos_, deed.dep_ = "VBG", "VERB", "xcomp"
    heads[deed.i], heads[noun] = phase, deed.i


def _give_back_object(subject: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "…, *killing* at least nine *people*, the National *Observatory* for Relief said": the people are no subject in
    apposition to the observatory but whom the killing hit."""
    deed = _before_phrase(subject.i, heads)
    if deed < 0 or tokens[deed].tag_ != "VBG" or tokens[deed].dep_ not in ("advcl", "acl", "conj"):
        return
    told = heads[subject.i]
    hanging = [t for t in tokens[subject.i + 1 : told] if heads[t.i] == subject.i]
    speaker = next((t for t in hanging if t.dep_ == "appos"), None)
    parted = speaker is not None and any(t.text == "," for t in hanging if t.i < speaker.i)
    if speaker is None or not parted or any(heads[t.i] == deed and t.dep_ == "dobj" for t in tokens):
        return
    heads[subject.i], subject.dep_ = deed, "dobj"
    heads[speaker.i], speaker.dep_ = told, "nsubj"
    for mark in hanging:
        if mark.is_punct:
            heads[mark.i] = told


def _give_back_sort(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "…, state news *agency SANA* reported": the noun is what the name is, and no subject beside it."""
    noun = tokens[name.i - 1]
    twins = noun.dep_ == "nsubj" and heads[noun.i] == heads[name.i] and name.i > 0
    if twins and noun.tag_ == "NN" and name.pos_ == "PROPN":
        heads[noun.i], noun.dep_ = name.i, "compound"


def _give_place(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "…, Lebanese TV *channel Al-Manar* reported": no comma parts the outlet's sort from its name, which speaks."""
    noun = tokens[heads[name.i]]
    if noun.i > name.i or noun.lower_ not in _carriers() or noun.tag_ != "NN":
        return
    if any(heads[t.i] != name.i for t in tokens[noun.i + 1 : name.i]):
        return
    if any(t.text == "," for t in tokens[noun.i + 1 : name.i]):
        return
    heads[name.i], name.dep_ = (name.i if heads[noun.i] == noun.i else heads[noun.i]), noun.dep_
    heads[noun.i], noun.dep_ = name.i, "compound"


def _before_phrase(at: int, heads: Sequence[int]) -> int:
    """The number of the word before all that hangs on `at` from the left."""
    start = at
    while start and start - 1 < heads[start - 1] <= at:
        start -= 1
    return start - 1
