"""Slips of the parser on the words of deeds: what has an agent is a verb, and whom it was done to (see `slips`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.slips.openings import is_calendar
from khaldun.annotate.slips.speakers import presenting, told_nouns, told_to
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.knowledge import load_data, word_list, word_lists

if TYPE_CHECKING:
    from khaldun.annotate.words import Token


@dataclass(frozen=True, slots=True)
class _Words:
    looks: frozenset[str]
    done_to_things: frozenset[str]
    with_content: frozenset[str]
    undergone: frozenset[str]
    sides: frozenset[str]
    one_side: frozenset[str]


@cache
def _phases() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "phases")


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/slips.yaml")


@cache
def participles() -> Mapping[str, str]:
    """The verb of each past form that looks like another part of speech."""
    return {word: row["lemma"] for row in load_data("lexicons/en/slips.yaml")["participles"] for word in row["words"]}


def _give_back_verb(by: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Shot* dead by soldiers", "a garrison *overrun* by rebels": what has an agent is a verb, whatever its tag. "Has
    faced an *offensive by rebels*": an active verb has no agent, and the one named is its object's."""
    verb = tokens[heads[by.i]]
    mine = [t for t in tokens[verb.sent.start : by.i] if heads[t.i] == verb.i]
    deed = next((t for t in mine if t.dep_ == "dobj" and t.i > verb.i), None)
    active = any(t.lemma_ == "have" and t.dep_ == "aux" for t in mine)
    if deed is not None and active and not any(t.dep_ in ("auxpass", "nsubjpass") for t in mine):
        heads[by.i], by.dep_ = deed.i, "prep"
        return
    _make_participle(verb)


def give_back_past(verb: Token) -> None:
    """ "The army *retook* the port", read as a noun with a subject."""
    lemma = _PASTS.get(verb.lower_)
    if lemma is not None and verb.tag_ not in ("VBD", "VBN"):
        verb.tag_, verb.pos_, verb.lemma_ = "VBD", "VERB", lemma


def _give_back_passive(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The garrison was *overrun* in May": no noun, which would have an article."""
    if word.lower_ != "overrun" or word.pos_ != "NOUN" or any(t.tag_ == "DT" for t in tokens[word.i - 1 : word.i]):
        return
    _make_participle(word)
    _make_passive(word, tokens, heads)
    for by in tokens[word.i + 1 : word.i + 2]:
        if by.lower_ == "by" and heads[by.i] == word.i and by.dep_ == "prep":
            by.dep_ = "agent"


def _give_back_slain(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Forty men were *slain*": no state of theirs, but what was done to them."""
    if word.tag_ in ("VBN", "VBD") and word.lemma_ in _words().undergone:
        _make_passive(word, tokens, heads)
    _give_back_passive(word, tokens, heads)  # "was *overrun* for several hours"


def _make_passive(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    be = tokens[heads[word.i]]
    if be.lemma_ != "be":
        return
    heads[word.i], word.dep_ = (heads[be.i] if heads[be.i] != be.i else word.i), be.dep_
    for token in tokens:
        if heads[token.i] == be.i and token.i != be.i:
            heads[token.i] = word.i
            if token.dep_ == "nsubj":
                token.dep_ = "nsubjpass"
    heads[be.i], be.dep_ = word.i, "auxpass"


def _make_participle(word: Token) -> None:
    """ "*Shot* dead", read as a noun, is the participle of "shoot"."""
    lemma = participles().get(word.lower_)
    if lemma is not None and word.pos_ != "VERB":
        word.tag_, word.pos_, word.lemma_ = "VBN", "VERB", lemma


def _give_back_modifier(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The ministry accused *masked gunmen* of attacking a post": the men are masked, and nobody has masked them;
    "mowed down *fleeing villagers*"."""
    noun = verb.i + 1
    if verb.lower_ not in _words().looks or noun >= len(tokens) or heads[noun] != verb.i or tokens[noun].dep_ != "dobj":
        return
    above = heads[verb.i]
    if not 0 < verb.i - above <= 2 or tokens[above].pos_ not in ("VERB", "AUX") or tokens[above].lemma_ in _phases():
        return
    heads[noun], tokens[noun].dep_ = above, "attr" if tokens[above].lemma_ == "be" else "dobj"
    heads[verb.i], verb.dep_, verb.pos_ = noun, "amod", "ADJ"
    for token in tokens[noun + 1 :]:
        if heads[token.i] == verb.i:
            heads[token.i] = above


def _give_back_past(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The army *retook* Bor": a past that is no noun, whatever its tag, and who stands before it has done it."""
    verb = tokens[heads[name.i]]
    lemma = _PASTS.get(verb.lower_)
    if name.lower_ in _PASTS and name.pos_ in ("NOUN", "PROPN"):
        _give_back_fragment(name, tokens, heads)
        return
    if lemma is None and name.i + 1 < len(tokens) and tokens[name.i + 1].lower_ in _PASTS:
        _give_back_clause(name, tokens[name.i + 1], tokens, heads)
        return
    if lemma is None or verb.pos_ not in ("NOUN", "PROPN") or verb.i != name.i + 1:
        return
    verb.tag_, verb.pos_, verb.lemma_ = "VBD", "VERB", lemma
    name.dep_ = "nsubj"
    for token in tokens[: name.i]:  # "*the* army retook"
        if heads[token.i] == verb.i and token.dep_ in ("det", "amod", "compound", "nummod", "poss"):
            heads[token.i] = name.i


def _give_back_fragment(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "On Monday an alliance of groups *overran Bor*": the town is no other name of the alliance."""
    taken = tokens[heads[verb.i]]
    doer = tokens[heads[taken.i]]
    if taken.dep_ != "appos" or not doer.i < verb.i < taken.i:
        return
    heads[verb.i], verb.dep_ = (verb.i if heads[doer.i] == doer.i else heads[doer.i]), doer.dep_
    verb.tag_, verb.pos_, verb.lemma_ = "VBD", "VERB", _PASTS[verb.lower_]
    for token in tokens[verb.sent.start : verb.sent.end]:
        fronted = token.i < doer.i and token.dep_ in ("prep", "advmod", "punct", "npadvmod")
        if heads[token.i] == doer.i and token.i != verb.i and (fronted or token.i > taken.i):
            heads[token.i] = verb.i
    heads[doer.i], doer.dep_ = verb.i, "nsubj"
    heads[taken.i], taken.dep_ = verb.i, "dobj"


def _give_back_clause(name: Token, verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The army *overran* Bor, a town near the border": the past is no part of the name behind it, which it was
    done to."""
    taken = tokens[heads[name.i]]
    if verb.pos_ not in ("NOUN", "PROPN") or heads[verb.i] != taken.i or verb.dep_ != "compound" or taken.i < verb.i:
        return
    above = tokens[heads[taken.i]]
    while above.pos_ not in ("VERB", "AUX") and heads[above.i] != above.i:
        above = tokens[heads[above.i]]
    free = above.i == taken.i or above.pos_ not in ("VERB", "AUX")
    heads[verb.i], verb.dep_ = (verb.i, "ROOT") if free else (above.i, "ccomp")
    if free:
        for token in tokens[verb.sent.start : verb.sent.end]:
            if token.dep_ == "ROOT" and token.i != verb.i:
                heads[token.i], token.dep_ = verb.i, "dep"
    verb.tag_, verb.pos_, verb.lemma_ = "VBD", "VERB", _PASTS[verb.lower_]
    for token in tokens[verb.sent.start : name.i]:
        if heads[token.i] == taken.i:
            heads[token.i] = name.i
        elif heads[token.i] == above.i > verb.i and token.dep_ in ("prep", "advmod", "npadvmod"):
            heads[token.i] = verb.i  # "*on Monday*, the army overran Bor, activists said"
    heads[name.i], name.dep_ = verb.i, "nsubj"
    heads[taken.i], taken.dep_ = verb.i, "dobj"


_PASTS = {"retook": "retake", "overran": "overrun", "overthrew": "overthrow", "withdrew": "withdraw", "fled": "flee"}


def _give_back_span(span: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Took over *Bulo Marer* hours after troops left it": the hours say when, and are nothing that has the name."""
    if span.lower_ not in _SPANS or span.i + 1 >= len(tokens) or tokens[span.i + 1].lower_ not in _THEN:
        return
    name = tokens[span.i - 1] if span.i else span
    if heads[name.i] != span.i or name.dep_ not in ("compound", "nmod") or name.pos_ != "PROPN":
        return
    above, function = heads[span.i], span.dep_
    for token in tokens[: name.i]:
        if heads[token.i] == span.i:
            heads[token.i] = name.i
    heads[name.i], name.dep_ = above, function
    span.dep_ = "npadvmod"


def _give_back_taken(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Government forces *encircled Madaya*": no day, and so what it was done to."""
    verb = tokens[heads[name.i]]
    kinds = tokens[name.i - 2] if name.i > 1 and tokens[name.i - 1].text in (":", "-", "–", "—") else None
    if kinds is not None and kinds.tag_ == "NNS" and heads[kinds.i] == verb.i and name.tag_ == "NNP":
        heads[name.i], name.dep_ = kinds.i, "appos"  # "captured three *villages: Fadhiliya* and Barima"
        return
    if name.tag_ != "NNP" or verb.i != name.i - 1 or verb.lemma_ not in _words().done_to_things:
        return
    if verb.tag_ not in ("VBD", "VBP", "VBZ", "VBG", "VB", "VBN") or is_calendar(name):
        return
    mine = [t for t in tokens[verb.sent.start : verb.sent.end] if heads[t.i] == verb.i]
    if not any(t.dep_ in ("dobj", "auxpass", "nsubjpass") for t in mine):
        name.dep_ = "dobj"


_SPANS = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "moments"})
_THEN = frozenset({"after", "before", "later", "earlier", "ago"})


def _give_back_acronym(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The surrender of Huambo to *UNITA*": what is printed in capitals among small letters is a name, and no verb."""
    to = tokens[word.i - 1] if word.i else word
    if word.pos_ != "VERB" or not word.text.isupper() or len(word.text) < 3 or to.lower_ != "to" or to.text.isupper():
        return
    to.tag_, to.pos_, to.dep_ = "IN", "ADP", "prep"
    heads[to.i] = heads[word.i]
    word.tag_, word.pos_, word.dep_, word.lemma_ = "NNP", "PROPN", "pobj", word.text
    for token in tokens[word.i + 1 :]:
        if heads[token.i] == word.i:
            heads[token.i] = heads[to.i]
    heads[word.i] = to.i


def _part_name(name: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The *Houthis* and government forces", "*M23* and army soldiers": two parties, and no forces of both."""
    head = tokens[heads[name.i]]
    if head.pos_ not in ("NOUN", "PROPN") or not 3 <= head.i - name.i <= _SIDES_APART:
        return
    between = tokens[name.i + 2 : head.i]
    second = next((t for t in between if t.dep_ == "conj" and heads[t.i] == name.i), None)
    if second is None and all(heads[t.i] == head.i and t.dep_ in ("compound", "amod") for t in between):
        second = tokens[head.i - 1]  # "*rebels* and government forces", where the parser hangs nothing on the rebels
    if tokens[name.i + 1].lower_ != "and" or second is None or second.i != head.i - 1:
        return
    if not (_is_party_by_name(name, head, second) or _is_party(name, tokens, second)):
        return
    heads[name.i], name.dep_ = (name.i if heads[head.i] == head.i else heads[head.i]), head.dep_
    heads[head.i], head.dep_ = name.i, "conj"
    heads[second.i], second.dep_ = head.i, "compound"
    for token in tokens[: name.i]:
        if heads[token.i] == head.i:
            heads[token.i] = name.i


_SIDES_APART = 6


def _is_party_by_name(name: Token, head: Token, second: Token) -> bool:
    named = name.lower_.endswith("s") or (name.text.isupper() and len(name) > 2)
    near = head.i - name.i <= 4 and head.pos_ == "NOUN"
    return near and named and name.pos_ == "PROPN" and second.pos_ == "NOUN" and second.text.islower()


def _is_party(side: Token, tokens: Sequence[Token], second: Token) -> bool:
    """ "*Rebels* and government forces", "*the army* and Islamic State militants"; not "army and police officers"."""
    if side.pos_ != "NOUN":
        return False
    if side.tag_ == "NNS":
        return side.lemma_ in _words().sides
    named = second.pos_ == "PROPN" and side.lemma_ in _words().one_side
    return named and side.i > 0 and tokens[side.i - 1].lower_ == "the"


_LEADING = frozenset({"by", "after", "before", "without", "in", "while", "through", "from"})


def _give_back_gerund(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Responded by *bombarding* rebel trenches": the trenches do not bombard."""
    noun, before = heads[verb.i], verb.i - 1
    if verb.tag_ != "VBG" or before < 0 or heads[noun] != before or tokens[noun].dep_ != "pobj":
        return
    if tokens[before].lower_ not in _LEADING or verb.lemma_ not in _words().done_to_things:
        return
    heads[verb.i], verb.dep_, verb.pos_ = before, "pcomp", "VERB"
    heads[noun], tokens[noun].dep_ = verb.i, "dobj"


def _give_back_told(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The contention *of the monitors that* jets bombed the town", "was told *by villagers that* gunmen came": what
    is said, and no clause about who says it."""
    noun = tokens[heads[verb.i]]
    mine = [t for t in tokens[noun.i + 1 : verb.i] if heads[t.i] == verb.i]
    that = next((t for t in mine if t.lower_ == "that"), None)
    if (
        that is None
        or noun.dep_ not in ("pobj", "dobj")
        or not any(t.dep_ in ("nsubj", "nsubjpass") and t is not that for t in mine)
    ):
        return
    behind = tokens[verb.i + 1 : verb.i + 8]
    if that.dep_ != "mark" and not (
        that.dep_ == "dobj" and any(t.dep_ == "dobj" and heads[t.i] == verb.i for t in behind)
    ):
        return
    by = tokens[heads[noun.i]]
    if noun.dep_ == "pobj" and tokens[by.i - 1].pos_ == "NOUN" and tokens[by.i - 1].lemma_ in told_nouns():
        heads[by.i], by.dep_ = by.i - 1, "prep"  # "carried a statement *by elders* that …"
    above = tokens[heads[by.i]] if noun.dep_ == "pobj" else by
    if noun.dep_ == "dobj":  # "told a group, which told the agency, *that* …"
        if above.lemma_ not in told_to() or that.nbor(-1).text != ",":
            return
        heads[verb.i], verb.dep_ = above.i, "ccomp"
    elif above.pos_ == "VERB" and above.lemma_ in told_to() and tokens[heads[noun.i]].dep_ == "agent":
        heads[verb.i], verb.dep_ = above.i, "ccomp"
    elif above.pos_ == "NOUN" and above.lemma_ in told_nouns():
        heads[verb.i], verb.dep_ = above.i, "acl"
    else:
        return
    that.dep_, that.tag_ = "mark", "IN"


def give_back_second(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The shelling killed five, *the mayor said*, and *wounded* 12": the mayor has wounded nobody."""
    cue = tokens[heads[verb.i]]
    if verb.pos_ != "VERB" or cue.i > verb.i or cue.lemma_ not in presenting() or verb.lemma_ in presenting():
        return
    mine = [t for t in tokens[cue.sent.start : verb.i] if heads[t.i] in (cue.i, verb.i)]
    joint = next((t for t in mine if t.dep_ == "cc" and heads[t.i] == cue.i and t.i > cue.i), None)
    if joint is None or tokens[joint.i - 1].text != "," or any(heads[t.i] == verb.i and t.dep_ in _OWN for t in mine):
        return
    told = next((t for t in mine if t.dep_ == "ccomp" and t.i < cue.i), tokens[heads[cue.i]])
    if told.i < cue.i and told.tag_ == verb.tag_ and (told.dep_ == "ccomp" or cue.dep_ == "parataxis"):
        heads[verb.i] = heads[joint.i] = told.i


_OWN = frozenset({"nsubj", "nsubjpass", "expl", "aux"})


def _give_back_participle(having: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Having overrun* the base": after "having" stands a participle."""
    if having.lower_ == "having":
        _make_participle(tokens[heads[having.i]])


def _give_back_content(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Foiled *a plot to bomb* the station": what was plotted, and not what the foiling was for."""
    _give_back_noun(verb, tokens, heads)
    _give_content(verb, tokens, heads)


def _give_content(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    noun = verb.i - 2
    if verb.tag_ != "VB" or noun < 0 or tokens[verb.i - 1].lower_ != "to" or heads[noun] != heads[verb.i]:
        return
    if tokens[noun].dep_ in ("dobj", "nsubjpass") and tokens[noun].lemma_ in _words().with_content:
        heads[verb.i], verb.dep_ = noun, "acl"


def _give_back_noun(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Died *under Houthi shelling*": no verb, but what stands behind the preposition."""
    before = deed.i - 1
    if deed.tag_ != "VBG" or before < 1 or deed.lower_ not in _DEED_NOUNS:
        return
    if tokens[before].dep_ != "pobj":
        _give_told_noun(deed, tokens, heads)
        return
    preposition = heads[before]
    if heads[preposition] != heads[deed.i] or tokens[preposition].lower_ not in ("under", "in", "during", "from", "by"):
        return
    deed.tag_, deed.pos_, deed.dep_, deed.lemma_ = "NN", "NOUN", "pobj", deed.lower_
    heads[deed.i], heads[before], tokens[before].dep_ = preposition, deed.i, "compound"


def _give_told_noun(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Reports *of fighting* around the port", "residents *reported shelling* near it": nobody named does it."""
    above = tokens[deed.i - 1]
    of = above.lower_ == "of" and deed.dep_ == "pcomp"
    if heads[deed.i] != above.i or not (of or above.lemma_ in _HEARING):
        return
    if any(heads[t.i] == deed.i and t.dep_ in ("dobj", "prt") for t in tokens[deed.i + 1 : deed.i + 5]):
        return
    deed.tag_, deed.pos_, deed.dep_, deed.lemma_ = "NN", "NOUN", "pobj" if of else "dobj", deed.lower_


_HEARING = frozenset({"report", "hear"})
_DEED_NOUNS = frozenset({"shelling", "bombing", "shooting", "fighting", "looting"})


def _give_back_doer(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Blown up *by retreating troops*": it is the troops that did it."""
    noun, by = verb.i + 1, verb.i - 1
    if verb.lower_ not in _words().looks or verb.tag_ != "VBG" or noun >= len(tokens) or heads[noun] != verb.i:
        return
    if tokens[noun].dep_ != "dobj" or heads[verb.i] != by or tokens[by].lower_ != "by":
        return
    heads[noun], tokens[noun].dep_ = by, "pobj"
    heads[verb.i], verb.dep_, verb.pos_ = noun, "amod", "ADJ"
    for token in tokens[noun + 1 :]:
        if heads[token.i] == verb.i:
            heads[token.i] = noun


def _give_back_below(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Accused the men of *planning to blow up* a bridge": it is the planning that has a content."""
    gerund = tokens[verb.i - 2] if verb.i > 1 and tokens[verb.i - 1].lower_ == "to" else verb
    if verb.tag_ == "VB" and gerund.tag_ == "VBG" and gerund.dep_ == "pcomp" and heads[verb.i] != gerund.i:
        heads[verb.i] = gerund.i
    if verb.tag_ == "VB" and gerund.dep_ == "pobj" and gerund.lemma_.lower() in clause_words().aims:
        heads[verb.i], verb.dep_ = gerund.i, "acl"  # "struck targets in support of *operations to isolate* the town"
    _give_back_modifier(verb, tokens, heads)
    _give_back_acronym(verb, tokens, heads)
    _give_content(verb, tokens, heads)
    _give_back_noun(verb, tokens, heads)


def _at_pcomp(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_back_doer(verb, tokens, heads)
    _give_back_noun(verb, tokens, heads)


MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "acomp": _give_back_slain,
    "agent": _give_back_verb,
    "attr": _give_back_passive,
    "advcl": _give_back_content,
    "amod": _give_back_gerund,
    "aux": _give_back_participle,
    "ccomp": _give_back_modifier,
    "pcomp": _at_pcomp,
    "compound": _give_back_past,
    "nmod": _part_name,
    "npadvmod": _give_back_taken,
    "acl": _give_back_acronym,
    "xcomp": _give_back_below,
    "dobj": _give_back_span,
    "pobj": _give_back_span,
    "relcl": _give_back_told,
}
"""What mends the slips at a word, by its function."""
