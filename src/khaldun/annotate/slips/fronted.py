"""Slips of the parser where a clause does not open with its subject (see `slips`): what was done stands before whom it
was done to, a question is the subject of the doubt, or a participle stands between subject and verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.slips.blows import harming
from khaldun.knowledge import word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_BEHIND = frozenset(("nsubj", "nsubjpass", "attr"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
_STATES = frozenset(("is", "remains", "remained", "was", "are"))
_NOMINAL = frozenset(("NOUN", "PROPN", "NUM", "PRON"))
_PAST = frozenset(("VBD", "VBN"))


@cache
def _open() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "open_questions")


def _turn_round(be: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Killed* in the raid *were* Omar Bilal and two guards", "among those *detained were* a banker and a nun": whom
    it was done to stands behind the verb."""
    start, end = be.sent.start, be.sent.end
    if be.lemma_ != "be" or be.i == start or be.i + 1 >= end:
        return
    deed = _fronted(be, tokens, heads)
    if deed is None:
        return
    behind = (t for t in tokens[be.i + 1 : end] if t.dep_ in _BEHIND and t.pos_ in _NOMINAL)
    whom = next((t for t in behind if heads[t.i] in (be.i, deed.i)), None)
    if whom is None or any(t.pos_ == "VERB" and heads[t.i] == be.i for t in tokens[be.i + 1 : whom.i]):
        return
    for word in tokens[start:end]:
        if heads[word.i] == be.i:
            heads[word.i] = deed.i
            if word.i > be.i and word.dep_ in _BEHIND and word is not whom:
                word.dep_ = "dep"
    above = heads[be.i]
    heads[deed.i] = deed.i if above in (be.i, deed.i) else above
    deed.dep_ = "ROOT" if heads[deed.i] == deed.i else be.dep_
    deed.tag_, deed.pos_ = "VBN", "VERB"
    heads[be.i], be.dep_ = deed.i, "auxpass"
    heads[whom.i], whom.dep_ = deed.i, "nsubjpass"
    state = tokens[deed.i + 1]
    if state.pos_ == "NOUN" and heads[deed.i] == deed.i and state.i < be.i and state.dep_ in ("nsubj", "dep", "dobj"):
        heads[state.i], state.dep_ = deed.i, "oprd"  # "taken *hostage* were …"


def _fronted(be: Token, tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """The participle that opens the sentence, or that of "among those *detained*"."""
    at = be.sent.start
    if tokens[at].lower_ == "also":
        at += 1
    first = tokens[at]
    if first.tag_ in _PAST and first.pos_ in ("VERB", "ADJ"):
        return None if any(t.dep_ in _SUBJECTS and heads[t.i] == first.i for t in tokens[at : be.i]) else first
    if first.lower_ != "among" or at + 2 >= be.i or tokens[at + 1].lower_ not in ("those", "them", "the"):
        return None
    before = [t for t in tokens[at + 1 : be.i] if t.pos_ in ("VERB", "AUX")]
    only = before[0] if len(before) == 1 else None
    return only if only is not None and only.tag_ in _PAST and only.dep_ in ("acl", "relcl", "ROOT") else None


def _give_back_question(whether: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Whether* two reporters *were kidnapped* or arrested *remains unclear*": what is unclear is no further deed."""
    if whether.lower_ != "whether" or not whether.is_sent_start:
        return
    words = tokens[whether.i : whether.sent.end]
    state = next((t for t in words if t.lower_ in _open() and tokens[t.i - 1].lower_ in _STATES), None)
    state = state or next((t for t in words if t.lower_ in _open() and tokens[t.i - 2].lower_ in _STATES), None)
    if state is None:
        return
    doubt = tokens[heads[state.i]]
    if doubt.dep_ == "ROOT" and doubt.lower_ in _STATES:
        _give_asked_back(whether, doubt, tokens, heads)
        return
    asked = tokens[heads[doubt.i]]
    if doubt.lower_ not in _STATES or doubt.dep_ == "ROOT" or asked.dep_ != "ROOT" or asked.i > doubt.i:
        return
    for word in words:
        if heads[word.i] == asked.i and word.i > doubt.i:
            heads[word.i] = doubt.i
    heads[doubt.i], doubt.dep_ = doubt.i, "ROOT"
    heads[asked.i], asked.dep_ = doubt.i, "csubj"
    heads[whether.i] = asked.i
    inner = next((t for t in words if t.dep_ == "nsubj" and t.i < asked.i and t.pos_ in _NOMINAL), None)
    passive = any(t.dep_ == "auxpass" and heads[t.i] == asked.i for t in words)
    if (
        inner is not None
        and heads[inner.i] != asked.i
        and not any(heads[t.i] == asked.i and t.dep_ in _SUBJECTS for t in words)
    ):
        beside = tokens[heads[inner.i]]
        heads[inner.i], inner.dep_ = asked.i, "nsubjpass" if passive else "nsubj"
        heads[beside.i], beside.dep_ = inner.i, "acl"  # "the two reporters *missing* near the port"


def _give_asked_back(whether: Token, doubt: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Whether the two reporters *missing* since Tuesday *were kidnapped* remains unclear": what is asked has the
    auxiliary, and a participle before it only says which reporters."""
    clause = tokens[heads[whether.i]]
    words = tokens[whether.i : doubt.i]
    asked = next((t for t in words if t.dep_ == "advcl" and heads[t.i] == clause.i and t.i > clause.i), None)
    subject = next((t for t in words if t.dep_ == "nsubj" and heads[t.i] == clause.i), None)
    if clause.tag_ != "VBG" or heads[clause.i] != doubt.i or asked is None or subject is None:
        return
    helped = [t for t in words if heads[t.i] == asked.i and t.dep_ in ("aux", "auxpass")]
    if not helped or any(heads[t.i] == asked.i and t.dep_ in _SUBJECTS for t in words):
        return
    heads[asked.i], asked.dep_ = doubt.i, "csubj"
    passive = any(t.dep_ == "auxpass" for t in helped)
    heads[subject.i], subject.dep_ = asked.i, "nsubjpass" if passive else "nsubj"
    heads[clause.i], clause.dep_ = subject.i, "acl"
    heads[whether.i] = asked.i


def _give_back_main(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Police*, tipped off by a driver, *arrested* five men": the participle between commas has the agent, and the
    verb behind them the subject."""
    subject = next((t for t in tokens[verb.sent.start : verb.i] if heads[t.i] == verb.i and t.dep_ in _SUBJECTS), None)
    if subject is None or verb.tag_ not in _PAST or tokens[verb.i - 1].text != ",":
        return
    if any(heads[t.i] == verb.i and t.dep_ in ("aux", "auxpass") for t in tokens[subject.i : verb.i]):
        return
    by = next((t for t in tokens[verb.i + 1 : verb.i + _NEAR] if t.lower_ == "by" and heads[t.i] == verb.i), None)
    if by is None or by.dep_ != "agent":
        return
    comma = next((t for t in tokens[by.i : verb.sent.end] if t.text == ","), None)
    main = tokens[comma.i + 1] if comma is not None and comma.i + 1 < verb.sent.end else None
    if main is None or main.tag_ != "VBD" or main.dep_ not in ("conj", "advcl", "parataxis", "ccomp"):
        return
    if any(heads[t.i] == main.i and t.dep_ in _SUBJECTS | {"mark", "aux"} for t in tokens):
        return
    for word in tokens[verb.sent.start : verb.i]:
        if heads[word.i] == verb.i and word is not subject and not (word.is_punct and word.i > subject.i):
            heads[word.i] = main.i
    above, dep = heads[verb.i], verb.dep_
    heads[main.i], main.dep_ = main.i if above == verb.i else above, dep
    heads[subject.i], subject.dep_ = main.i, "nsubj"
    heads[verb.i], verb.dep_, verb.tag_ = subject.i, "acl", "VBN"


_NEAR = 4


def _give_back_opening(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Shelling wounded* 17 people": a gerund that opens the sentence right before a verb of harm is its subject."""
    if deed.tag_ != "VBG" or deed.i + 1 >= deed.sent.end or deed.i > deed.sent.start + 1 or deed.lower_ == "having":
        return
    verb = tokens[deed.i + 1]
    if verb.tag_ not in _PAST | {"VBZ", "NNS"} or verb.lemma_ not in harming() | {"kill"}:
        return
    if verb.pos_ not in ("VERB", "ADJ", "NOUN"):
        return
    if deed.i > deed.sent.start and tokens[deed.i - 1].pos_ not in ("ADJ", "ADV", "NOUN", "PROPN"):
        return
    if {heads[deed.i], heads[verb.i]} & {deed.i, verb.i} == set():
        return
    above = heads[deed.i] if heads[verb.i] == deed.i else heads[verb.i]
    dep = deed.dep_ if heads[verb.i] == deed.i else verb.dep_
    dep = "ccomp" if dep == "advcl" else dep  # "*Shelling kills* six, officials say"
    for word in tokens[deed.sent.start : deed.sent.end]:
        if heads[word.i] == deed.i and word.i > verb.i:
            heads[word.i] = verb.i
    heads[verb.i], verb.dep_ = verb.i if above in (deed.i, verb.i) else above, dep
    verb.tag_, verb.pos_ = "VBD", "VERB"
    heads[deed.i], deed.dep_ = verb.i, "nsubj"
    deed.tag_, deed.pos_, deed.lemma_ = "NN", "NOUN", deed.lower_


def _give_back_clause(noun: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Forty were injured *when a bus overturned*": a clause has a verb, and the noun before it is its subject."""
    if noun.pos_ not in ("NOUN", "PROPN") or noun.i + 1 >= noun.sent.end:
        return
    verb = tokens[noun.i + 1]
    when = next((t for t in tokens[noun.sent.start : noun.i] if heads[t.i] == noun.i and t.lower_ in _WHEN), None)
    if when is None or verb.tag_ not in _PAST or verb.dep_ != "acl" or heads[verb.i] != noun.i:
        return
    if any(heads[t.i] == verb.i and t.dep_ == "agent" for t in tokens[verb.i : verb.sent.end]):
        return
    heads[verb.i], verb.dep_ = heads[noun.i], "advcl"
    verb.tag_ = "VBD"
    heads[when.i], heads[noun.i], noun.dep_ = verb.i, verb.i, "nsubj"


def _give_back_since(noun: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Dozens were arrested *since the town fell* to the rebels": the noun is no point of time but who the clause
    tells of."""
    since = tokens[heads[noun.i]]
    if since.dep_ != "prep" or since.lower_ not in ("since", "after", "before", "until") or noun.i < since.i:
        return
    verb = next((t for t in tokens[noun.i + 1 : noun.sent.end] if heads[t.i] == heads[since.i]), None)
    if verb is None or verb.tag_ != "VBD" or verb.dep_ != "advcl":
        return
    own = [t for t in tokens[noun.i + 1 : verb.i] if not _hangs_below(t.i, noun.i, heads)]
    if own or any(heads[t.i] == verb.i and t.dep_ in _SUBJECTS | {"mark"} for t in tokens):
        return
    heads[since.i], since.dep_ = verb.i, "mark"
    heads[noun.i], noun.dep_ = verb.i, "nsubj"


def _give_back_home(home: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "According to the mission, *Kidal, home to 30,000 people, is held* by rebels": the verb behind the aside is the
    town's."""
    if home.lower_ != "home" or home.i < 2 or tokens[home.i - 1].text != "," or home.i + 2 >= home.sent.end:
        return
    comma = next((t for t in tokens[home.i + 1 : home.sent.end - 1] if t.text == ","), None)
    if tokens[home.i + 1].lower_ != "to" or comma is None or tokens[comma.i + 1].pos_ not in ("VERB", "AUX"):
        return
    name, verb = tokens[home.i - 2], tokens[comma.i + 1]
    verb = tokens[heads[verb.i]] if verb.dep_ in ("aux", "auxpass") else verb
    while name.dep_ == "pobj" and tokens[heads[name.i]].lower_ == "of":
        name = tokens[heads[heads[name.i]]]
    mine = [t for t in tokens[verb.sent.start : verb.sent.end] if heads[t.i] == verb.i]
    if name.pos_ not in ("PROPN", "NOUN") or any(t.dep_ in _SUBJECTS for t in mine):
        return
    heads[name.i], name.dep_ = verb.i, "nsubjpass" if any(t.dep_ == "auxpass" for t in mine) else "nsubj"
    heads[home.i], home.dep_ = name.i, "appos"


def _hangs_below(at: int, top: int, heads: Sequence[int]) -> bool:
    for _ in range(8):
        if at == top:
            return True
        if heads[at] == at:
            return False
        at = heads[at]
    return False


_WHEN = frozenset(("when", "as", "after", "while", "before", "until", "once"))


def _give_back_second(noun: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Soldiers* backed by helicopters *sealed* off the town": a sentence without a verb has one behind the
    participle with the agent."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return
    words = tokens[noun.i + 1 : noun.sent.end]
    if len(words) < _NEAR:
        return
    first = next((t for t in words if heads[t.i] == noun.i and t.dep_ == "acl" and t.tag_ == "VBN"), None)
    if first is None or not any(t.dep_ == "agent" and heads[t.i] == first.i for t in words):
        return
    second = next((t for t in words if t.i > first.i and t.dep_ == "acl" and t.tag_ == "VBN"), None)
    if second is None or heads[second.i] == noun.i or tokens[heads[second.i]].dep_ != "pobj":
        return
    finite = [t for t in tokens[noun.sent.start : noun.sent.end] if t.tag_ in _FINITE]
    if any(t.dep_ != "conj" or heads[t.i] != second.i for t in finite):
        return  # "sealed off the town and *detained* six men" goes on from it
    if not any(heads[t.i] == second.i and t.i > second.i and t.dep_ in ("dobj", "prt", "prep") for t in words):
        return
    for word in tokens[noun.sent.start : noun.sent.end]:
        if heads[word.i] == noun.i and (word.i > second.i or (word.i < noun.i and word.dep_ in ("prep", "punct"))):
            heads[word.i] = second.i
    heads[second.i], second.dep_, second.tag_ = second.i, "ROOT", "VBD"
    heads[noun.i], noun.dep_ = second.i, "nsubj"


_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def _at_clause(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_back_opening(word, tokens, heads)
    _give_back_clause(word, tokens, heads)
    _give_back_main(word, tokens, heads)


def _at_root(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _turn_round(word, tokens, heads)
    _give_back_opening(word, tokens, heads)
    _give_back_main(word, tokens, heads)
    _give_back_second(word, tokens, heads)


FRONTED_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "ROOT": _at_root,
    "advmod": _give_back_home,
    "auxpass": _turn_round,
    "dep": _give_back_home,
    "pobj": _give_back_since,
    "aux": _give_back_opening,
    "mark": _give_back_question,
    "advcl": _at_clause,
    "ccomp": _give_back_main,
}
"""What mends the slips at a word, by its function."""
