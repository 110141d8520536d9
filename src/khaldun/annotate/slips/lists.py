"""Lists that the parser takes for something else (see `slips`): speakers, and those whom a deed hit.

"…, killing nine soldiers, *officers and villagers* said": neither officers nor villagers were killed; it is they who
say so. The list is read off the surface: what stands between the last comma and the verb, and can speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.reading.nouns import actor_nouns
from khaldun.annotate.slips.speakers import can_speak
from khaldun.knowledge import word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_IN_PHRASE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "ADP", "PART"))
_WORDS = frozenset(("DET", "ADJ", "NOUN", "PROPN"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN"))
_LONGEST = 9
_TRAILING = frozenset(("prep", "advcl", "npadvmod", "appos"))


def mend_speakers(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """Gives `verb`, one of saying, the list of speakers right before it."""
    start = verb.sent.start
    if verb.tag_ in _FINITE and (apposed := _apposed(verb, tokens)) is not None:
        _give_apposed(verb, *apposed, tokens, heads)
        return
    joined = _joined(verb, tokens)
    if joined is None or verb.tag_ not in _FINITE:
        return
    first, comma = joined
    if not any(t.pos_ == "VERB" for t in tokens[start:comma]):
        return  # "The army, *police and militia* said"
    mine = [t for t in tokens[start : verb.i] if heads[t.i] == verb.i]
    if any(t.dep_ in ("aux", "auxpass", "neg", "mark", "expl") for t in mine):
        return
    given = next((t for t in mine if t.dep_ in ("nsubj", "nsubjpass")), None)
    if given is not None and given.i > comma:
        _take_in(given, comma, tokens, heads)
        return
    if given is not None:
        deed = _deed_before(given, tokens, heads)
        if deed is None:
            return
        heads[given.i], given.dep_ = deed.i, "dobj"
    _list(first, verb, tokens, heads)
    for mark in (tokens[comma], *(t for t in tokens[verb.i + 1 : verb.sent.end] if t.is_punct)):
        heads[mark.i] = verb.i
    _put_over(verb, tokens, heads)


def _apposed(verb: Token, tokens: Sequence[Token]) -> tuple[Token, Token] | None:
    """The noun and the name of "rebels attacked Gulu, a rebel *commander*, Vincent *Otti*, told reporters"."""
    name, start = verb.i - 2, verb.sent.start
    if name - 3 <= start or tokens[verb.i - 1].text != "," or tokens[name].pos_ != "PROPN":
        return None
    first = name
    while tokens[first].pos_ == "PROPN" and name - first < _LONGEST_NAME and first > start:
        first -= 1
    noun = tokens[first - 1]
    if tokens[first].text != "," or noun.pos_ != "NOUN" or not can_speak(noun):
        return None
    for word in reversed(tokens[max(start, first - _LONGEST) : first - 1]):
        if word.lower_ in _ONE_OF_THEM:
            parted = word.i - 1 > start and tokens[word.i - 1].text == ","
            told = any(t.pos_ == "VERB" and t.tag_ != "VBG" for t in tokens[start : word.i])
            return (noun, tokens[name]) if parted and told else None
        if word.pos_ not in _WORDS:
            return None
    return None


_LONGEST_NAME = 5
_ONE_OF_THEM = frozenset(("a", "an", "another", "its", "his", "their", "her"))


def _give_apposed(verb: Token, noun: Token, name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    for mine in tokens[verb.sent.start : verb.sent.end]:
        if heads[mine.i] == verb.i and mine.dep_ in ("nsubj", "nsubjpass") and mine is not noun:
            mine.dep_ = "dobj"  # "told *reporters*"
    if heads[verb.i] in (noun.i, name.i):
        heads[verb.i], verb.dep_ = heads[noun.i], "conj"
    heads[noun.i], noun.dep_ = verb.i, "nsubj"
    heads[name.i], name.dep_ = noun.i, "appos"
    _put_over(verb, tokens, heads)
    for mark in tokens[verb.sent.start : verb.sent.end]:
        if mark.text == "," and heads[mark.i] < noun.i and mark.i > heads[mark.i]:
            heads[mark.i] = verb.i


def _joined(verb: Token, tokens: Sequence[Token]) -> tuple[Token, int] | None:
    """The first of two speakers joined by "and" right before the verb, and the comma before them."""
    at, start = verb.i - 1, verb.sent.start
    if at <= start or tokens[at].pos_ not in ("NOUN", "PROPN") or not can_speak(tokens[at]):
        return None
    first = None
    for i in range(at, max(start, at - _LONGEST) - 1, -1):
        word = tokens[i]
        if word.text == ",":
            return (first, i) if first is not None and i > start else None
        if word.lower_ == "and" and first is None:
            first = tokens[i - 1]
            if first.pos_ not in ("NOUN", "PROPN") or not can_speak(first):
                return None
        elif word.pos_ not in _IN_PHRASE:
            return None
    return None


def _deed_before(given: Token, tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """ "*Killing* nine soldiers, officers and villagers said", where those killed are taken for speakers."""
    at = given.i
    while at > given.sent.start and (heads[at - 1] in range(at - 1, given.i + 1) or tokens[at - 1].pos_ == "ADV"):
        at -= 1
    deed = tokens[at - 1] if at > given.sent.start else given
    return deed if deed.tag_ == "VBG" else None


def _list(first: Token, verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    last = tokens[verb.i - 1]
    heads[first.i], first.dep_ = verb.i, "nsubj"
    heads[last.i], last.dep_ = first.i, "conj"
    for word in tokens[first.i + 1 : last.i]:
        if word.dep_ == "cc" or heads[word.i] > verb.i or heads[word.i] < first.i:
            heads[word.i] = first.i if word.dep_ == "cc" else last.i


def _take_in(given: Token, comma: int, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "…, *parents*, teachers and police said": the first of three, taken for something else."""
    speaker = tokens[comma - 1]
    at = comma - 1
    while at > given.sent.start and tokens[at].pos_ in _WORDS and comma - at <= 4:
        at -= 1
    alone = tokens[at].text == "," and speaker.pos_ == "NOUN" and at < comma - 1
    if not alone or speaker.dep_ not in ("conj", "appos", "npadvmod") or not can_speak(speaker):
        return
    heads[speaker.i], speaker.dep_ = heads[given.i], "nsubj"
    heads[given.i], given.dep_ = speaker.i, "conj"
    heads[at] = heads[comma] = heads[speaker.i]


def _put_over(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """What was the top of the sentence is what is said; what follows the verb hangs on it."""
    top = verb.i
    while heads[top] != top:
        top = heads[top]
    if top == verb.i or top > verb.i or tokens[top].pos_ not in ("VERB", "AUX"):
        return
    heads[top], tokens[top].dep_ = verb.i, "ccomp"
    heads[verb.i], verb.dep_ = verb.i, "ROOT"
    for word in tokens[verb.i + 1 : verb.sent.end]:
        if heads[word.i] < verb.i and (word.is_punct or word.dep_ in _TRAILING):
            heads[word.i] = verb.i


# ------------------------------------------------------------------------------------------------ whom a deed hit

_OWN = frozenset(("the", "his", "her", "their", "a", "an"))
_HOLDING = frozenset(("dobj", "nsubjpass", "nsubj", "pobj", "conj", "attr"))


def list_named(noun: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Arrested Rosa Leiva, head of the union, *the banker Julio Mora* and Pedro Sanz": who has a name of his own is
    no other word for the one named before, and who is listed with him is listed with all."""
    if noun.dep_ == "conj" and _is_owned(noun, tokens, heads):
        first = _first_named(noun, tokens, heads)
        if first is not None:
            heads[noun.i] = first.i  # "Ould Sidi, the commander, *his deputy* and five conscripts"
        return
    name = tokens[noun.i + 1] if noun.i + 1 < len(tokens) else noun
    while name.dep_ == "compound" and name.i < heads[name.i] and name.pos_ == "PROPN":
        name = tokens[heads[name.i]]
    if noun.tag_ != "NN" or name.pos_ != "PROPN" or name.dep_ != "appos" or heads[name.i] != noun.i:
        return
    if not any(t.lower_ in _OWN and heads[t.i] == noun.i for t in tokens[max(0, noun.i - _BEFORE) : noun.i]):
        return
    first = _first_named(noun, tokens, heads)
    if first is None:
        return
    heads[noun.i], noun.dep_ = first.i, "conj"
    for word in tokens[name.i + 1 : noun.sent.end]:
        if heads[word.i] == name.i and word.dep_ in ("conj", "cc"):
            heads[word.i] = noun.i


_BEFORE = 4


def _is_owned(noun: Token, tokens: Sequence[Token], heads: Sequence[int]) -> bool:
    """ "*His deputy*", no name behind it."""
    owned = any(t.tag_ == "PRP$" and heads[t.i] == noun.i for t in tokens[max(0, noun.i - _BEFORE) : noun.i])
    return owned and not (noun.i + 1 < len(tokens) and tokens[noun.i + 1].pos_ == "PROPN")


def _first_named(noun: Token, tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """The person named before, on whom the parser hangs the noun or what it lists the noun with."""
    above = tokens[heads[noun.i]]
    while above.dep_ in ("appos", "conj") and above.pos_ != "PROPN" and above.i < noun.i and heads[above.i] != above.i:
        above = tokens[heads[above.i]]
    if above.pos_ != "PROPN" or above.i > noun.i or not any(t.text == "," for t in tokens[above.i : noun.i]):
        return None
    if above.dep_ == "pobj":
        return _holder_of(above, tokens, heads)
    return above if above.dep_ in _HOLDING else None


def _holder_of(place: Token, tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """ "The *bishop* of Bamenda": the person whose office or home a place tells."""
    first = tokens[heads[heads[place.i]]]
    if first.dep_ == "appos" and tokens[heads[first.i]].pos_ == "PROPN":
        first = tokens[heads[first.i]]  # "*Lamin Ceesay*, editor of the Daily Torch"
        return first if first.dep_ in _HOLDING and first.i < place.i else None
    person = first.pos_ == "NOUN" and first.lemma_.lower() in actor_nouns() and first.dep_ in _HOLDING
    return first if person and place.dep_ == "pobj" and first.i < place.i else None


def list_people(noun: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The bishop of Bamenda, *two nuns* and a cook": people are no other word for a place, nor several for one."""
    first = tokens[heads[noun.i]]
    if first.i > noun.i or noun.lemma_.lower() not in actor_nouns():
        return
    told = any(t.dep_ in ("nummod", "det") and heads[t.i] == noun.i for t in tokens[first.i + 1 : noun.i])
    if not told or not any(t.dep_ == "conj" and heads[t.i] == noun.i for t in tokens[noun.i + 1 : noun.sent.end]):
        return
    holder = None
    if first.dep_ == "pobj" and first.pos_ == "PROPN":
        holder = _holder_of(first, tokens, heads)
    elif noun.tag_ == "NNS" and first.dep_ in _HOLDING and _is_one(first):
        counted = any(t.dep_ == "nummod" and heads[t.i] == noun.i for t in tokens[first.i : noun.i])
        holder = first if counted else None
    if holder is not None:
        heads[noun.i], noun.dep_ = holder.i, "conj"


def _is_one(noun: Token) -> bool:
    """True for one person: "the *governor*", not "the *delegation*"."""
    entry = actor_nouns().get(noun.lemma_.lower())
    return noun.tag_ == "NN" and entry is not None and entry.one == "person" and noun.lemma_ not in entry.collective


_WHERE = frozenset({"in", "at", "near", "from", "inside", "outside", "around"})


@cache
def _bodies() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "bodies")


def hang_on_nearest(title: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Rosa Leiva, Julio Mora and *Pedro Sanz*, once a *commander*": what stands right behind a name is that one's."""
    at = title.i
    while at > title.sent.start and at - 1 < heads[at - 1] <= title.i:
        at -= 1
    if title.tag_ != "NN" or at - 2 <= title.sent.start or tokens[at - 1].text != ",":
        return
    last, first = tokens[at - 2], heads[title.i]
    if title.lemma_ in _bodies() and first < at - 2 and last.pos_ == "PROPN" and last.dep_ in ("pobj", "dobj"):
        if tokens[heads[last.i]].lower_ not in _WHERE:
            heads[title.i] = last.i  # "who recruited for *the Falcon Brigade, a group* linked to the Front"
        return
    if last.pos_ == "PROPN" and last.dep_ == "conj" and first < last.i and tokens[first].pos_ == "PROPN":
        heads[title.i] = last.i


def give_back_gap(side: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The rebels lost seven men and *the army three*": three of the army's, by the verb of the first clause."""
    if side.i + 1 >= side.sent.end or heads[side.i] >= side.i:
        return
    number = tokens[side.i + 1]
    lost = tokens[heads[side.i]]
    if number.pos_ != "NUM" or (number.i + 1 < side.sent.end and tokens[number.i + 1].pos_ in ("NOUN", "PROPN", "ADJ")):
        return
    verb = tokens[heads[lost.i]]
    men = lost.lemma_.lower() in actor_nouns() and any(
        t.dep_ == "nummod" and heads[t.i] == lost.i for t in tokens[verb.i + 1 : lost.i]
    )
    if verb.lemma_ != "lose" or lost.dep_ != "dobj" or not (men or lost.pos_ == "NUM"):
        return
    side.dep_ = "conj"
    for word in tokens[number.i + 1 : side.sent.end]:
        if heads[word.i] == number.i:
            heads[word.i] = verb.i
    heads[number.i], number.dep_ = side.i, "nummod"
