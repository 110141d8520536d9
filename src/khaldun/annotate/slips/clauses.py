"""Slips of the parser on what a clause belongs to: who goes on to speak, and of whom some are told (see `slips`)."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.slips.speakers import presenting
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.knowledge import load_data, word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_OWN = frozenset(("nsubj", "nsubjpass", "aux", "auxpass", "mark", "expl"))
_THEM = frozenset(("them", "whom"))
# Words between a relative clause's verb and what stands behind its object.
_LONGEST_CLAUSE = 10
_BY_GROUND = frozenset(("around", "near", "in", "outside", "inside", "at", "along"))
_CALLING = frozenset(("on", "upon", "for"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "DET", "ADJ", "ADP"))


@cache
def _going_on() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "going_on")


@cache
def _deadly() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "deadly")


@cache
def _deeds() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "deeds_of_force")


@cache
def _terms() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "terms")


@cache
def _quantities() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "quantities")


@cache
def _of_suspects() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "of_suspects")


@cache
def _of_two_sides() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "of_two_sides")


@cache
def _individuals() -> frozenset[str]:
    rows = load_data("lexicons/en/actors.yaml")["nouns"]
    return frozenset(word for row in rows if row.get("one") == "person" for word in row["words"])


def _give_back_saying(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The mayor *said* rebels held the hills and *accused* Rwanda of arming them": it is the mayor who accuses."""
    if verb.lemma_ not in _going_on() or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return
    if verb.lemma_ == "call" and tokens[min(verb.i + 1, len(tokens) - 1)].lower_ not in _CALLING:
        return
    inner = tokens[heads[verb.i]]
    while inner.dep_ == "conj" and heads[inner.i] < inner.i:
        inner = tokens[heads[inner.i]]
    said = tokens[heads[inner.i]]
    if (
        inner.dep_ != "ccomp"
        or said.i > inner.i
        or (verb.tag_ != "VBN" and said.tag_ != verb.tag_)
        or said.lemma_ not in presenting()
    ):
        return
    particles = presenting().get(inner.lemma_)  # "*fired back*" that …: who has fired has said nothing
    says = particles is not None and (not particles or tokens[inner.i + 1].lower_ in particles)
    if says or inner.lemma_ in _going_on():
        return  # "said the minister had denied it and accused Rwanda"
    mine = [t for t in tokens[inner.i : verb.i] if heads[t.i] == verb.i]
    if any(t.dep_ in _OWN for t in mine) or tokens[verb.i - 1].lower_ not in ("and", "but", "also"):
        return
    subject = next((t for t in tokens[said.i : inner.i] if heads[t.i] == inner.i and t.dep_ in _OWN), None)
    if subject is None or _is_one_person(subject):
        return
    for joining in tokens[inner.i + 1 : verb.i]:
        if joining.dep_ in ("cc", "punct") and heads[joining.i] == heads[verb.i] and joining.i >= verb.i - 2:
            heads[joining.i] = said.i
    heads[verb.i], verb.tag_ = said.i, said.tag_


def _is_one_person(subject: Token) -> bool:
    """ "Said *the president* had gone to Lusaka and urged restraint": he may well have urged it himself."""
    return (
        subject.ent_type_ == "PERSON"
        or subject.lower_ in ("he", "she")
        or (subject.tag_ == "NN" and subject.lemma_ in _individuals())
    )


def _give_back_suspects(them: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Police held 30 men, *most of them accused* of spying": those accuse nobody."""
    many, after = them.i - 2, them.i + 1
    if them.lower_ not in _THEM or many < 1 or tokens[them.i - 1].lower_ != "of":
        return
    some = tokens[many]
    if some.lower_ not in _quantities() and not some.like_num:
        return
    while after < them.sent.end - 1 and tokens[after].pos_ == "ADV":
        after += 1
    if after >= len(tokens):
        return
    verb = tokens[after]
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_ not in _of_suspects():
        return
    if any(heads[t.i] == verb.i and t.dep_ == "dobj" for t in tokens[after + 1 : them.sent.end]):
        return
    above = heads[some.i] if heads[some.i] != verb.i else heads[verb.i]
    for _ in range(8):
        if tokens[above].pos_ not in _NOMINAL or above == heads[above]:
            break
        above = heads[above]
    if heads[verb.i] == some.i and above != verb.i:
        heads[verb.i], verb.dep_ = above, "advcl"
    heads[some.i], some.dep_, verb.tag_ = verb.i, "nsubjpass", "VBN"


def give_back_sides(between: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Clashes* broke out in a district of Homs *between* rebels and the army": of the clashes, not of Homs."""
    told_apart = _join_sides(between, tokens, heads)
    _part_sides(between, tokens, heads)
    first = next((t for t in tokens[between.i + 1 :] if heads[t.i] == between.i and t.dep_ == "pobj"), None)
    if first is None:
        return
    second = next((t for t in tokens[first.i + 1 :] if heads[t.i] == first.i and t.dep_ == "conj"), first)
    if not told_apart and all(read_noun(side.text) is None for side in (first, second)):
        return
    above = heads[between.i]
    for _ in range(6):
        word = tokens[above]
        if word.lemma_.lower() in _of_two_sides():
            heads[between.i] = above
            return
        if word.dep_ not in ("pobj", "prep", "compound", "conj", "npadvmod"):
            break
        above = heads[above]
    verb = tokens[above]
    subject = next((t for t in tokens[: between.i] if heads[t.i] == above and t.dep_ in ("nsubj", "nsubjpass")), None)
    if verb.dep_ == "relcl" and subject is not None and subject.tag_ == "WDT":
        subject = tokens[heads[verb.i]]  # "a *battle* which began at seven *between* the army and gunmen"
    if verb.pos_ == "VERB" and subject is not None and subject.lemma_.lower() in _of_two_sides():
        heads[between.i] = subject.i


def _join_sides(between: Token, tokens: Sequence[Token], heads: list[int]) -> bool:
    """ "Clashes between *the army* on one side and *the rebels* on the other": the second side is no other clause's."""
    end = between.sent.end
    first = next((t for t in tokens[between.i + 1 : end] if heads[t.i] == between.i and t.dep_ == "pobj"), None)
    aside = _aside(first.i + 1, end, ("one",), tokens) if first is not None else None
    if first is None or aside is None:
        return False
    joint = next((n for n in range(aside, min(aside + 3, end)) if tokens[n].lower_ == "and"), None)
    other = joint and next((n for n in range(joint + 2, end) if _aside(n, end, ("other",), tokens) is not None), None)
    if not joint or not other:
        return False
    second = next((t for t in tokens[joint + 1 : other] if not joint < heads[t.i] < other), None)
    if second is None or second.pos_ not in ("NOUN", "PROPN"):
        return False
    over = tokens[heads[second.i]]
    if second.dep_ == "nsubj" and heads[between.i] < between.i:  # "*Fighting* … went on"
        heads[heads[between.i]], tokens[heads[between.i]].dep_ = over.i, "nsubj"
    heads[second.i], second.dep_ = first.i, "conj"
    heads[joint] = first.i
    return True


def _aside(start: int, end: int, which: Sequence[str], tokens: Sequence[Token]) -> int | None:
    """Where "on one side", ", on the one hand," or "on the other" that begins at `start` ends, else None."""
    at = start + (start < end and tokens[start].text == ",")
    if at >= end or tokens[at].lower_ not in ("on", "in", "from", "at"):
        return None
    at += 1 + (at + 1 < end and tokens[at + 1].lower_ == "the")
    if at >= end or tokens[at].lower_ not in which:
        return None
    at += 1 + (at + 1 < end and tokens[at + 1].lower_ in ("hand", "side", "part", "end"))
    return at


def _part_sides(between: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Between *police* and cartel *gunmen*": two sides, and no gunmen of the police."""
    second = next((t for t in tokens[between.i + 1 :] if heads[t.i] == between.i and t.dep_ == "pobj"), None)
    if second is None or read_noun(second.text) is None:
        return
    inside = tokens[between.i + 1 : second.i]
    of_it = [t for t in inside if heads[t.i] == second.i and t.dep_ in ("nmod", "compound")]
    first = next((t for t in reversed(of_it) if read_noun(t.text) is not None), None)
    kind = tokens[second.i - 1]
    if first is None or heads[kind.i] != first.i or kind.dep_ != "conj" or tokens[kind.i - 1].dep_ != "cc":
        return
    heads[kind.i], kind.dep_ = second.i, "compound"
    for word in inside:
        if heads[word.i] == second.i and word.i < first.i:
            heads[word.i] = first.i
    heads[first.i], first.dep_ = between.i, "pobj"
    heads[second.i], second.dep_ = first.i, "conj"


def _give_back_subject(aux: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Taiz* remains besieged", where the parser hangs the town on the auxiliary: it is what is besieged."""
    for word in tokens[max(0, aux.i - _SUBJECT_REACH) : aux.i]:
        if heads[word.i] == aux.i and word.dep_ in ("nsubj", "nsubjpass"):
            heads[word.i], word.dep_ = heads[aux.i], "nsubjpass"


_SUBJECT_REACH = 12  # words


def _give_back_circumstance(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Colonels who *seized* power *on Tuesday* promised a vote": the day stands in the clause, before the verb."""
    main = heads[prep.i]
    if main < prep.i or tokens[main].pos_ not in ("VERB", "AUX"):
        return
    for told in reversed(tokens[max(0, prep.i - _LONGEST_CLAUSE) : prep.i]):
        if told.is_punct or told.i == main:
            return
        noun = heads[told.i]
        if told.dep_ == "relcl" and noun < told.i:
            if heads[noun] == main and tokens[noun].dep_ in ("nsubj", "nsubjpass"):
                heads[prep.i] = told.i
            return


def _give_back_day(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Rebels *left* a base that they *had held for months* near Qasr *on Monday*": what had gone on for months was
    on no one day, and it is the base that lies near Qasr."""
    above = tokens[heads[prep.i]]
    if above.i > prep.i:
        return
    length = above if above.dep_ == "pobj" and above.lemma_.lower() in _terms() else None
    clause = tokens[heads[heads[above.i]]] if length is not None else above
    noun = tokens[heads[clause.i]]
    if clause.dep_ != "relcl" or noun.i > clause.i or not _had_gone_on(clause, prep, tokens, heads):
        return
    if length is not None and prep.lower_ in _BY_GROUND:
        heads[prep.i] = noun.i
    main = noun
    for _ in range(6):
        if main.dep_ not in ("pobj", "dobj", "prep", "prt", "advmod") or heads[main.i] > main.i:
            break
        main = tokens[heads[main.i]]
    day = next((t for t in tokens[prep.i + 1 : prep.i + 4] if heads[t.i] == prep.i and t.dep_ == "pobj"), None)
    if prep.lower_ == "on" and day is not None and day.text in day_name and main.pos_ == "VERB" and main.i < noun.i:
        heads[prep.i] = main.i


def _had_gone_on(clause: Token, prep: Token, tokens: Sequence[Token], heads: Sequence[int]) -> bool:
    """ "They *had held for months*", "it *had occupied since March*"."""
    own = [t for t in tokens[heads[clause.i] : prep.i] if heads[t.i] == clause.i]
    return any(t.lower_ == "had" and t.dep_ == "aux" for t in own) and any(
        t.lower_ in ("for", "since") and t.dep_ == "prep" and t.i > clause.i for t in own
    )


def _give_back_term(term: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Gave the rebels *two days to leave*": what is given, and what it is given for."""
    give = tokens[heads[term.i]]
    if give.lemma_ not in ("give", "allow", "grant") or term.i < give.i or term.lemma_.lower() not in _terms():
        return
    below = [t for t in tokens[give.i + 1 : give.sent.end] if heads[t.i] == give.i]
    leaving = next((t for t in below if t.i > term.i and t.dep_ in ("advcl", "xcomp") and t.tag_ == "VB"), None)
    if leaving is None or not any(t.dep_ in ("dative", "dobj") and t.i < term.i for t in below):
        return
    for told in below:
        if told.dep_ == "dobj" and told.i < term.i:
            told.dep_ = "dative"
    term.dep_ = "dobj"
    heads[leaving.i], leaving.dep_ = term.i, "relcl"


def join_compound(hyphen: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The army's *counter-attack* began", read as three subjects: the last is the noun, and the army's."""
    if not 0 < hyphen.i < len(tokens) - 1 or hyphen.dep_ == "punct":
        return
    first, last = tokens[hyphen.i - 1], tokens[hyphen.i + 1]
    if not first.dep_ == hyphen.dep_ == last.dep_ or not heads[first.i] == heads[hyphen.i] == heads[last.i]:
        return
    for word in tokens[max(0, first.i - _LONGEST_CLAUSE) : first.i]:
        if heads[word.i] == first.i:
            heads[word.i] = last.i
    heads[first.i], first.dep_ = last.i, "compound"
    heads[hyphen.i], hyphen.dep_ = last.i, "punct"


def _give_back_deadly(clause: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The *shooting* at a theatre in Moscow, which *killed* 137": it was the shooting that killed, and no place."""
    noun = heads[clause.i]
    if clause.lemma_ not in _deadly() or noun > clause.i:
        return
    which = next((t for t in tokens[noun + 1 : clause.i] if heads[t.i] == clause.i and t.dep_ == "nsubj"), None)
    if which is None or which.lower_ not in ("which", "that") or tokens[noun].lemma_.lower() in _deeds():
        return
    above = noun
    for _ in range(6):
        if tokens[above].dep_ == "prep" or (
            tokens[above].dep_ in ("pobj", "compound", "appos") and heads[above] < above
        ):
            above = heads[above]
        else:
            break
        if tokens[above].pos_ == "NOUN" and tokens[above].lemma_.lower() in _deeds():
            heads[clause.i] = above
            return


def _set_beside(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Two soldiers were *reported killed*", read as their killing: they suffered it, as in a clause beside it."""
    thought = tokens[heads[deed.i]]
    if (
        deed.tag_ == "VBN"
        and thought.i == deed.i - 1
        and thought.tag_ == "VBN"
        and thought.lemma_ in clause_words().presuming | {"fear"}
    ):
        deed.dep_ = "advcl"


def _give_back_answer(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Shelled a base *in retaliation* for a raid": what the shelling answers, and no part of the base."""
    after, noun = tokens[min(prep.i + 1, len(tokens) - 1)], tokens[heads[prep.i]]
    if prep.lower_ != "in" or heads[after.i] != prep.i or noun.dep_ != "dobj":
        return
    if after.lower_ in word_list("lexicons/en/deeds.yaml", "avenging") and tokens[heads[noun.i]].pos_ == "VERB":
        heads[prep.i] = heads[noun.i]


def _mend_phrase(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """Gives a phrase back to the clause that it belongs to."""
    _give_back_circumstance(prep, tokens, heads)
    _give_back_day(prep, tokens, heads)
    _give_back_answer(prep, tokens, heads)


CLAUSES_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "auxpass": _give_back_subject,
    "conj": _give_back_saying,
    "pobj": _give_back_suspects,
    "npadvmod": _give_back_term,
    "relcl": _give_back_deadly,
    "prep": _mend_phrase,
    "xcomp": _set_beside,
}
"""What mends the slips at a word, by its function."""
