"""Slips of the parser where people are seized, let go, sworn in or gather (see `slips`)."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.knowledge import load_data, word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_DAYS = frozenset(day_name)
_OATHS = frozenset({"allegiance", "loyalty", "fealty"})
_SWORN = {"swore": "swear", "pledged": "pledge", "vowed": "vow"}
_CHARGED = frozenset({"of", "with", "for", "from"})
_OF_A_NOUN = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss"})
_OF_A_VERB = frozenset({"prep", "punct", "advcl", "npadvmod", "advmod"})


@cache
def _before_names() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "before_names")


@cache
def _planning() -> Mapping[str, str]:
    """The verb of each gerund that tells what is to be done."""
    return {word: row["lemma"] for row in load_data("lexicons/en/slips.yaml")["planning"] for word in row["words"]}


def _at_compound(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_back_custody(word, tokens, heads)
    _give_back_oath(word, tokens, heads)
    _give_back_planning(word, tokens, heads)
    _hang_on_name(word, tokens, heads)


def _hang_on_name(title: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Army *spokesman* Brigadier General Ali Saleh": he speaks for it, and no general of it is told."""
    name = tokens[heads[title.i]]
    if title.tag_ != "NN" or title.lower_ not in _before_names() or title.text[0].isupper() or name.pos_ != "PROPN":
        return
    while name.dep_ == "compound" and tokens[heads[name.i]].pos_ == "PROPN" and heads[name.i] > name.i:
        name = tokens[heads[name.i]]
    if name.dep_ != "compound":
        heads[title.i] = name.i


def _give_back_planning(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Suspected of *planning* attacks": what they were about to do, and no attacks of a sort."""
    deed = tokens[heads[word.i]]
    of = tokens[word.i - 1] if word.i else word
    if word.lower_ not in _planning() or of.lower_ not in _CHARGED or deed.dep_ != "pobj" or heads[deed.i] != of.i:
        return
    word.tag_, word.pos_, word.dep_ = "VBG", "VERB", "pcomp"
    word.lemma_ = _planning()[word.lower_]
    heads[word.i] = of.i
    heads[deed.i], deed.dep_ = word.i, "dobj"


def _give_back_custody(custody: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Took into *custody* dozens of protesters": whom they took, and no sort of dozens."""
    people = tokens[heads[custody.i]]
    into = tokens[custody.i - 1] if custody.i else custody
    if custody.lower_ != "custody" or into.lower_ != "into" or heads[people.i] != into.i or people.i < custody.i:
        return
    verb = tokens[heads[into.i]]
    if verb.lemma_ != "take":
        return
    heads[custody.i], custody.dep_ = into.i, "pobj"
    passive = any(t.dep_ == "auxpass" and heads[t.i] == verb.i for t in tokens[verb.sent.start : verb.i])
    heads[people.i], people.dep_ = verb.i, "nsubjpass" if passive else "dobj"


def _give_back_oath(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Fighters of the Falcon Brigade *swore* allegiance to the caliph": they swore it, and it is no sort of oath."""
    oath = tokens[heads[word.i]]
    lemma = _SWORN.get(word.lower_)
    if lemma is None or oath.lower_ not in _OATHS or oath.i != word.i + 1:
        return
    start = word.sent.start
    before = next((t for t in reversed(tokens[start : word.i]) if heads[t.i] == oath.i and t.dep_ != "det"), None)
    if before is None or before.i != word.i - 1:
        return
    for token in tokens[start : before.i]:
        if heads[token.i] == oath.i and token.dep_ in _OF_A_NOUN:
            heads[token.i] = before.i
    subject, top = before, oath
    above = tokens[heads[oath.i]]
    if above.lower_ == "of" and above.i < before.i:
        heads[before.i], before.dep_ = above.i, "pobj"
        subject = top = tokens[heads[above.i]]
    heads[word.i] = word.i if heads[top.i] == top.i else heads[top.i]
    word.dep_ = "ROOT" if heads[word.i] == word.i else "ccomp" if top.dep_ in ("nsubj", "ccomp") else top.dep_
    word.tag_, word.pos_, word.lemma_ = "VBD", "VERB", lemma
    heads[subject.i], subject.dep_ = word.i, "nsubj"
    heads[oath.i], oath.dep_ = word.i, "dobj"
    for token in tokens[oath.i + 1 : word.sent.end]:
        if heads[token.i] == oath.i and token.dep_ in _OF_A_VERB:
            heads[token.i] = word.i


def _give_back_free(free: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Set *free* two journalists": so they are after it, and were not before."""
    _give_back_oath(free, tokens, heads)
    people, verb = tokens[heads[free.i]], tokens[free.i - 1] if free.i else free
    if free.lower_ != "free" or verb.lemma_ != "set" or heads[people.i] != verb.i or people.dep_ != "dobj":
        return
    heads[free.i], free.dep_ = verb.i, "oprd"


def _give_back_let(let: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The rebels *let go* three hostages": it is they who let them go, and "let" is no helping verb."""
    go = tokens[heads[let.i]]
    if let.lemma_ != "let" or go.lower_ != "go" or go.i != let.i + 1:
        return
    above = heads[go.i]
    for token in tokens[let.sent.start : let.sent.end]:
        if heads[token.i] == go.i and token is not let:
            heads[token.i] = let.i
    heads[let.i], let.dep_, let.pos_ = (let.i if above == go.i else above), go.dep_, "VERB"
    heads[go.i], go.dep_ = let.i, "ccomp"


def _give_back_let_go(go: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The kidnappers *let go* three hostages": whom they let, and not what goes."""
    let = tokens[heads[go.i]]
    if go.lower_ != "go" or let.lemma_ != "let" or go.i != let.i + 1:
        return
    for token in tokens[go.i + 1 : go.sent.end]:
        if heads[token.i] == go.i:
            heads[token.i] = let.i


def _give_back_gathering(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "On *Monday* relatives of the victims *protested*": a day and a sentence, and no more relatives of Mondays."""
    on = tokens[verb.sent.start]
    if on.lower_ != "on" or heads[on.i] != on.i or verb.tag_ not in ("VBN", "VBD") or verb.i < on.i + 3:
        return
    day = tokens[on.i + 1]
    people = tokens[heads[day.i]]
    if day.text not in _DAYS or day.dep_ != "compound" or heads[people.i] != on.i or people.i > verb.i:
        return
    heads[verb.i], verb.dep_, verb.tag_ = verb.i, "ROOT", "VBD"
    heads[on.i], on.dep_ = verb.i, "prep"
    heads[day.i], day.dep_ = on.i, "pobj"
    heads[people.i], people.dep_ = verb.i, "nsubj"
    for token in tokens[people.i + 1 : verb.sent.end]:
        if heads[token.i] == on.i:
            heads[token.i] = verb.i


def _give_back_first_name(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Turkey* massed troops near the border": who opens the sentence has done it, and is no measure of it."""
    verb = tokens[heads[name.i]]
    if name.pos_ != "PROPN" or verb.i != name.i + 1 or verb.tag_ not in ("VBD", "VBZ") or name.text in _DAYS:
        return
    before = tokens[verb.sent.start : name.i]
    if any(heads[t.i] != name.i for t in before):
        return
    behind = [t.dep_ for t in tokens[verb.i + 1 : verb.sent.end] if heads[t.i] == verb.i]
    if "nsubj" not in behind and "dobj" in behind:
        name.dep_ = "nsubj"


def _give_back_title(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Lawmakers loyal to the *cleric* Omar *Saleh* staged a sit-in": who the cleric is, and no second subject."""
    verb, start = tokens[heads[name.i]], name.i
    while start and heads[start - 1] == name.i and tokens[start - 1].dep_ == "compound":
        start -= 1
    title = tokens[start - 1] if start else name
    if name.pos_ != "PROPN" or title.pos_ != "NOUN" or title.dep_ != "pobj" or verb.i < name.i:
        return
    first = next((t for t in tokens[verb.sent.start : title.i] if heads[t.i] == verb.i and t.dep_ == name.dep_), None)
    if first is not None and first.i <= title.i:
        heads[name.i], name.dep_ = title.i, "appos"


def _give_back_held(state: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Had been kidnapped and *held hostage*": they hold nobody; what they were held as is no object."""
    verb = tokens[heads[state.i]]
    if state.lower_ not in word_list("lexicons/en/slips.yaml", "held_as") or verb.tag_ not in ("VBN", "VBD"):
        return
    if verb.dep_ != "conj" or any(heads[t.i] == verb.i and t.dep_ in ("nsubj", "aux") for t in tokens[: verb.i]):
        return
    if any(t.dep_ == "auxpass" and heads[t.i] == heads[verb.i] for t in tokens[: verb.i]):
        state.dep_, verb.tag_ = "acomp", "VBN"


CUSTODY_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "acl": _give_back_gathering,
    "amod": _give_back_free,
    "aux": _give_back_let,
    "compound": _at_compound,
    "dobj": _give_back_held,
    "npadvmod": _give_back_first_name,
    "nsubj": _give_back_title,
    "xcomp": _give_back_let_go,
}
"""What mends the slips at a word, by its function."""
