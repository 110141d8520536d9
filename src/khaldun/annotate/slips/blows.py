"""Slips of the parser on what a deed's subject is: the blow, and not who it came from or whom it hit (see `slips`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.tables.timex_words import calendar_names
from khaldun.knowledge import word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_FREE = frozenset(("ROOT", "ccomp"))
_WITHIN = frozenset(("pobj", "prep", "pcomp", "agent"))
_AUXILIARY = frozenset(("aux", "auxpass", "nsubj", "nsubjpass"))


@cache
def _blows() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "blows")


@cache
def harming() -> frozenset[str]:
    """Verbs of doing people harm."""
    return word_list("lexicons/en/actors.yaml", "harm")


@cache
def _ascribing() -> frozenset[str]:
    return word_list("lexicons/en/carriers.yaml", "ascribing")


def _give_back_blows(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Drone strikes* on the camp killed nine": a subject or object is no verb."""
    _give_back_gerund(word, tokens, heads)
    if word.tag_ != "VBZ" or not (word.lower_ in _blows() or _are_fighters(word)):
        return
    word.tag_, word.pos_, word.lemma_ = "NNS", "NOUN", word.lower_.removesuffix("s")
    for before in tokens[word.sent.start : word.i]:
        if heads[before.i] == word.i and before.dep_ in ("nsubj", "dobj", "advmod"):
            before.dep_ = "compound"


def _are_fighters(word: Token) -> bool:
    """ "Front *militants* overran a post": those who did it, read as a verb."""
    noun = read_noun(word.text)
    return noun is not None and noun.plural and noun.type == "armed_group"


def _give_back_gerund(owner: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Government shelling* killed four": a participle that helps no verb, and so the subject beside its owner."""
    if owner.i + 1 >= len(tokens) or owner.dep_ != "nsubj":
        return
    deed = tokens[owner.i + 1]
    if deed.tag_ != "VBG" or deed.dep_ != "aux" or deed.lemma_ in ("have", "be") or heads[deed.i] != heads[owner.i]:
        return
    deed.tag_, deed.pos_, deed.lemma_, deed.dep_ = "NN", "NOUN", deed.lower_, "nsubj"
    owner.dep_, heads[owner.i] = "compound", deed.i


def _give_back_means(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Her brother was hurt *by shelling* in Nikopol", "died *in shelling* by the army": what harms
    somebody, and nobody who shells."""
    by = tokens[heads[deed.i]]
    after = deed.doc[deed.i + 1 : deed.i + 2]
    by_somebody = any(t.dep_ in ("prep", "agent") and t.lower_ == "by" for t in after)
    within = by.lower_ in _IN_COURSE and (deed.lower_ == "fighting" or by_somebody)
    if (
        deed.tag_ != "VBG"
        or (by.dep_ != "agent" and not within)
        or any(t.dep_ == "dobj" and heads[t.i] == deed.i for t in tokens)
    ):
        return
    deed.tag_, deed.pos_, deed.lemma_, deed.dep_ = "NN", "NOUN", deed.lower_, "pobj"


def _give_back_main_verb(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Air *strikes* by the coalition *killed* nine people", "strikes *carried out by* the coalition", read as a
    coalition that was killed: what is done to somebody has no object of its own."""
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_ not in harming():
        return
    mine = [t for t in tokens[verb.sent.start : verb.sent.end] if heads[t.i] == verb.i]
    if any(t.dep_ in _AUXILIARY or t.dep_ == "agent" for t in mine):
        return
    if not any(t.dep_ == "dobj" and t.i > verb.i for t in mine):
        return
    top = tokens[heads[verb.i]]
    while (top.dep_ in _WITHIN or (top.dep_ == "acl" and top.tag_ == "VBN")) and heads[top.i] < top.i:
        top = tokens[heads[top.i]]
    if top.pos_ == "NOUN" and top.dep_ == "nsubj" and heads[verb.i] == top.i:
        _give_subject_back(top, verb, tokens, heads)
        return
    if top.dep_ not in _FREE or top.pos_ != "NOUN" or top.i > verb.i:
        return
    heads[verb.i], verb.dep_, verb.tag_ = (verb.i if heads[top.i] == top.i else heads[top.i]), top.dep_, "VBD"
    heads[top.i], top.dep_ = verb.i, "nsubj"
    for other in tokens[verb.i + 1 : verb.sent.end]:
        if heads[other.i] == top.i:
            heads[other.i] = verb.i


_IN_COURSE = frozenset(("in", "during", "amid", "from"))


def _give_back_fighting(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Ground fighting* between rebels and the army erupted": a noun, and no ground that fights."""
    ground = tokens[heads[deed.i]]
    after = tokens[deed.i + 1].lower_ if deed.i + 1 < len(tokens) else ""
    if deed.tag_ != "VBG" or deed.lower_ != "fighting" or ground.i + 1 != deed.i or after not in _WHERE_FOUGHT:
        return
    if ground.tag_ not in ("NN", "NNP") or ground.lower_ not in _terrains():
        return
    deed.tag_, deed.pos_, deed.lemma_, deed.dep_ = "NN", "NOUN", "fighting", ground.dep_
    heads[deed.i] = deed.i if heads[ground.i] == ground.i else heads[ground.i]
    for other in tokens[ground.sent.start : ground.sent.end]:
        if heads[other.i] == ground.i and other is not ground:
            heads[other.i] = deed.i
    ground.dep_, heads[ground.i] = "compound", deed.i


def _give_back_blast(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "A bomb hidden in a car *detonated* outside a mosque": it is no car that was detonated."""
    if verb.tag_ != "VBN" or verb.lemma_ not in ("detonate", "explode"):
        return
    top = tokens[heads[verb.i]]
    while heads[top.i] != top.i and heads[top.i] < top.i:
        top = tokens[heads[top.i]]
    before = tokens[top.sent.start : verb.i]
    if heads[top.i] != top.i or top.pos_ != "NOUN" or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in before):
        return
    if any(t.dep_ == "agent" and heads[t.i] == verb.i for t in tokens[verb.i + 1 : verb.sent.end]):
        return
    verb.tag_, verb.dep_, heads[verb.i] = "VBD", "ROOT", verb.i
    top.dep_, heads[top.i] = "nsubj", verb.i
    for token in tokens[verb.i + 1 : verb.sent.end]:
        if heads[token.i] == top.i:
            heads[token.i] = verb.i
            token.dep_ = "advcl" if token.dep_ == "acl" else token.dep_


_WHERE_FOUGHT = frozenset(("between", "in", "around", "near", "on", "at", "outside", "with", "among"))


@cache
def _terrains() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "terrains")


def _give_back_occasion(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Two were killed on Monday *when gunmen raided* a farm": how it came about, and not which Monday."""
    day = tokens[heads[deed.i]]
    if day.dep_ != "pobj" or day.i + 1 >= len(tokens) or tokens[day.i + 1].lower_ != "when":
        return
    above = tokens[heads[heads[day.i]]]
    if day.lower_ not in calendar_names() or above.pos_ != "VERB" or above.i > day.i:
        return
    deed.dep_, heads[deed.i] = "advcl", above.i


def _give_subject_back(who: Token, verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "On 3 March, *armed herders killed* 30 men, an official said": the official says it, and the herders killed."""
    said = tokens[heads[who.i]]
    if (
        said.i < verb.i
        or said.dep_ not in _FREE
        or not any(t.dep_ == "nsubj" and heads[t.i] == said.i for t in tokens[verb.i + 1 : said.sent.end])
    ):
        return
    heads[verb.i], verb.dep_, verb.tag_ = said.i, "ccomp", "VBD"
    heads[who.i] = verb.i
    for token in tokens[said.sent.start : who.i]:
        if heads[token.i] == said.i:
            heads[token.i] = verb.i


def _give_back_blamed(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Blamed the attack *on the front*": who is blamed, and not what was attacked."""
    verb = tokens[heads[deed.i]]
    if deed.pos_ != "NOUN" or verb.lemma_ not in _ascribing():
        return
    behind = [t for t in tokens[deed.i + 1 : deed.sent.end] if t.dep_ == "prep" and t.lower_ in ("on", "to", "down")]
    if len(behind) == 1 and behind[0].lower_ == "on" and heads[behind[0].i] == deed.i:
        heads[behind[0].i] = verb.i


def _give_back_relative(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The leaders *assassinated by the front* in June *had* ties to others": who has an agent is not what did it, and
    nothing joins the two verbs."""
    first = tokens[heads[verb.i]]
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or first.tag_ not in ("VBD", "VBN") or first.i > verb.i:
        return
    mine = [t for t in tokens[verb.sent.start : verb.i] if heads[t.i] == first.i]
    subject = next((t for t in mine if t.dep_ == "nsubj"), None)
    if subject is None or not any(t.dep_ == "agent" for t in mine) or any(t.dep_ in ("cc", "auxpass") for t in mine):
        return
    if any(t.dep_ in ("nsubj", "nsubjpass") and heads[t.i] == verb.i for t in tokens[first.i : verb.i]):
        return
    verb.dep_, heads[verb.i] = first.dep_, (verb.i if heads[first.i] == first.i else heads[first.i])
    first.dep_, first.tag_, heads[first.i] = "acl", "VBN", subject.i
    heads[subject.i] = verb.i


def _give_back_alive(alive: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Rebels *burned alive* 40 villagers": how they were killed, and no living villagers."""
    if alive.lower_ == "alive" and alive.i and tokens[alive.i - 1].pos_ == "VERB" and heads[alive.i] > alive.i:
        heads[alive.i], alive.dep_ = alive.i - 1, "oprd"


def _give_back_year(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Condemned the killing of six monks in Brak *in 2012*": the year of the killing, which stands before it."""
    verb = tokens[heads[prep.i]]
    year = tokens[prep.i + 1] if prep.i + 1 < len(tokens) else prep
    if prep.lower_ != "in" or heads[year.i] != prep.i or not (year.text.isdigit() and len(year.text) == _YEAR):
        return
    if verb.pos_ != "VERB" or verb.lemma_ not in _answering() or verb.i > prep.i:
        return
    within = tokens[verb.i + 1 : prep.i]
    deeds = [t for t in within if t.pos_ == "NOUN" and t.lemma_.lower() in _deeds() and t.dep_ in ("dobj", "pobj")]
    if deeds and not any(t.text == "," or t.dep_ in ("cc", "ccomp", "advcl") for t in within):
        heads[prep.i] = deeds[0].i


_YEAR = 4


@cache
def _answering() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "answering")


@cache
def _deeds() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "done_to_somebody") | _DEEDS


_DEEDS = frozenset("attack bombing strike raid shelling explosion blast".split())


def _give_back_object(thing: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_back_blamed(thing, tokens, heads)
    _give_voice_back(thing, tokens, heads)


def _give_voice_back(teller: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Judge shot dead in Brak: *officials*": who says so in a headline, and nobody who was shot."""
    first = teller.left_edge
    if (
        first.i
        and tokens[first.i - 1].text == ":"
        and heads[teller.i] < first.i - 1
        and teller.i + 1 >= teller.sent.end
    ):
        teller.dep_ = "dep"


def _give_back_prep(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_back_year(prep, tokens, heads)
    _give_back_figure(prep, tokens, heads)


def _give_back_figure(between: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Killing *between 10 and 15 people*": how many were killed, and nothing between people."""
    verb = tokens[heads[between.i]]
    if between.lower_ != "between" or verb.i + 1 != between.i or verb.lemma_ not in harming():
        return
    whom = next((t for t in tokens[between.i + 1 : between.i + 6] if heads[t.i] == between.i), None)
    low = tokens[between.i + 1] if between.i + 1 < len(tokens) else between
    if whom is None or whom.dep_ != "pobj" or low.pos_ != "NUM" or heads[low.i] != whom.i:
        return
    heads[whom.i], whom.dep_ = verb.i, "dobj"
    heads[between.i], between.dep_ = low.i, "quantmod"


def _give_back_relcl(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_back_occasion(verb, tokens, heads)
    _give_back_answered(verb, tokens, heads)


def _give_back_answered(hurt: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "A *blast* that wounded 14 people in Kabul *was claimed* by the front": the blast was claimed, and no people."""
    if hurt.lemma_ not in harming() or hurt.tag_ != "VBD":
        return
    blow = tokens[heads[hurt.i]]
    for second in tokens[hurt.i + 1 : heads[blow.i]]:  # or the parser has two things claimed
        if blow.dep_ == second.dep_ == "nsubjpass" and heads[second.i] == heads[blow.i]:
            heads[second.i], second.dep_ = hurt.i, "dobj"
            return
    told = next((t for t in tokens[hurt.i + 1 : hurt.sent.end] if heads[t.i] == hurt.i and t.dep_ == "ccomp"), None)
    if told is None or told.tag_ != "VBN":
        return
    mine = [t for t in tokens[hurt.i + 1 : told.i] if heads[t.i] == told.i]
    whom = next((t for t in mine if t.dep_ == "nsubjpass"), None)
    if whom is None or not any(t.dep_ == "auxpass" for t in mine) or any(t.dep_ == "mark" for t in mine):
        return
    if blow.dep_ not in (*_FREE, "dep", "nsubj", "nsubjpass"):
        return
    free = blow.dep_ in (*_FREE, "dep")
    heads[whom.i], whom.dep_ = hurt.i, "dobj"
    above = heads[blow.i]
    heads[told.i], told.dep_ = (told.i if above == blow.i else above), ("ccomp" if blow.dep_ != "ROOT" else "ROOT")
    if free:
        heads[blow.i], blow.dep_ = told.i, "nsubjpass"


def _give_back_acl(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_back_main_verb(verb, tokens, heads)
    _give_back_blast(verb, tokens, heads)
    _give_back_fighting(verb, tokens, heads)


BLOWS_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "nsubj": _give_back_blows,
    "conj": _give_back_relative,
    "dobj": _give_back_object,
    "pcomp": _give_back_means,
    "pobj": _give_back_blows,
    "acl": _give_back_acl,
    "relcl": _give_back_relcl,
    "amod": _give_back_alive,
    "prep": _give_back_prep,
}
"""What mends the slips at a word, by its function."""
