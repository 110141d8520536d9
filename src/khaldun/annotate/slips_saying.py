"""Reporting clauses that the parser misreads: who said it becomes what was done, or a name for who did it.

"Gunmen seized the nurses, *recalled the monitors*" is parsed as two deeds of the gunmen; "gunmen, *a captain
confirmed*, seized the nurses" as gunmen who are a confirmed captain; "the jets hit Idlib, *a deputy asked*" as a deputy
beside Idlib. A verb of saying with nothing to say of its own, a speaker beside it and a clause before or round it is
the clause of a cue, whatever the parse has made of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.knowledge import load_data

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN"))
_ASTRAY = frozenset(("acl", "conj", "dep", "advcl", "parataxis", "ccomp", "relcl", "ROOT"))
_NAMED = frozenset(("appos", "conj", "dobj", "pobj", "nsubj", "npadvmod", "dep"))
_WITHIN = frozenset(("pobj", "prep", "compound", "amod", "nummod", "poss", "case", "flat", "appos", "conj"))
_COMPLEMENTS = frozenset(("dobj", "oprd", "acomp", "xcomp", "ccomp", "agent", "attr", "nsubjpass", "auxpass", "cc"))
_OPENERS = frozenset(",\"”’'?!-–—")
_SURE = 0.6
_DOINGS = frozenset(("accuse", "praise", "call"))
_LONGEST = 12
_PASSIVES = frozenset(("agent", "oprd", "acomp", "xcomp", "attr", "auxpass", "nsubj", "nsubjpass"))
_CITING = frozenset(("citing", "quoting"))
_OWN = frozenset(("nsubj", "nsubjpass", "mark", "expl"))
_WHEN_WHERE = frozenset(("in", "on", "at", "after", "during", "before"))


@cache
def presenting() -> Mapping[str, frozenset[str]]:
    """The verbs, as lemmas, whose clause may stand behind or inside what is said: "…, he *recalled*"; each with the
    particles of which it needs one ("shot *back*"), none where it needs none."""
    found: dict[str, frozenset[str]] = {}
    for row in load_data("lexicons/en/cues.yaml")["verbs"]:
        if "quote" in row["takes"] and row.get("score", 1) >= _SURE and row["verb"] != "quote":
            particle = row.get("particle")
            known = found.get(row["verb"], frozenset((particle,)))
            found[row["verb"]] = known | {particle} if particle and known else frozenset[str]()
    return found


@cache
def told_nouns() -> frozenset[str]:
    """The nouns, as lemmas, for what somebody says: "the militia's *claim*", "a *statement* from the ministry"."""
    cues = load_data("lexicons/en/cues.yaml")["nouns"]
    return frozenset(row["noun"] for row in cues if row.get("score", 1) >= _SURE)


@cache
def _told_to() -> frozenset[str]:
    return frozenset(row["verb"] for row in load_data("lexicons/en/cues.yaml")["verbs"] if row.get("hearer"))


@cache
def _done_to() -> frozenset[str]:
    """The verbs that are done to somebody: "a faction *denounced* in Damascus" denounces nobody."""
    rows = load_data("lexicons/en/cues.yaml")["verbs"]
    rows = [row for row in rows if "quote" in row["takes"]]
    return frozenset(row["verb"] for row in rows if row.get("hearer") or row.get("stance") in _DOINGS)


@cache
def _who_can_speak() -> frozenset[str]:
    media = load_data("lexicons/en/media.yaml")
    words = [word for row in load_data("lexicons/en/actors.yaml")["nouns"] for word in row["words"]]
    return frozenset((*words, *media["carriers"]["nouns"], *media["speakers"]["nouns"]))


def mend_saying(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """Makes the clause of a cue of `verb`, a verb of `presenting`, where the parse has missed it."""
    at, sentence = verb.i, verb.sent
    if verb.tag_ not in _FINITE or verb.dep_ not in _ASTRAY or at == sentence.start:
        return
    mine = [t for t in tokens[sentence.start : sentence.end] if heads[t.i] == at and t.i != at]
    if any(t.dep_ in ("aux", "auxpass", "neg") for t in mine) or not presents(verb):
        return
    if at + 2 < sentence.end and tokens[at + 2].lower_ in _CITING:
        _cite(verb, tokens[at + 2], tokens, heads)
    if tokens[at - 1].text in _OPENERS and (speaker := _behind(verb, mine, tokens, heads)) is not None:
        _close(verb, speaker, tokens, heads)
        return
    said = next((t for t in mine if t.dep_ == "ccomp" and t.i > at), None)
    if verb.lemma_ == "say" and said is not None and tokens[at + 1].tag_ == "TO":
        _take_back(verb, said, mine, tokens, heads)
        return
    if _heads_sentence(verb, mine, tokens, heads):
        _give(verb, tokens[heads[at]], tokens, heads)
        return
    if said is not None:
        _tell(verb, said, mine, tokens, heads)
        return
    if any(t.dep_ in _COMPLEMENTS and not _is_told(verb, t) for t in mine if t.i > at):
        return
    given = next((t for t in mine if t.dep_ in ("nsubj", "nsubjpass")), None)
    told = given if given is not None and given.i > at and verb.lemma_ in _told_to() else None
    speaker = _before(verb, given, tokens, heads)
    if speaker is None or not _can_speak(speaker):
        return
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and (verb.lemma_ in _done_to() or not _is_bare(verb, mine)):
        return
    if told is not None:  # "the mayor told *reporters*"
        given, told.dep_ = None, "dobj"
    end = _end(at, tokens, heads)
    if all(t.is_punct for t in tokens[end + 1 : sentence.end]) or tokens[end + 1].text in '"“':
        _close(verb, speaker, tokens, heads)
    elif tokens[end + 1].text == ",":
        _insert(verb, speaker, given, tokens, heads)


def presents(verb: Token) -> bool:
    """True for one of the verbs of `presenting`, with its particle where it needs one."""
    needed = presenting().get(verb.lemma_)
    if not needed:
        return needed is not None
    after = verb.nbor() if verb.i + 1 < verb.sent.end else verb
    return after.lower_ in needed and after.dep_ != "prep"


# ------------------------------------------------------------------------------------------------ who speaks


def _behind(verb: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """The speaker right behind the verb that closes the sentence: "…, *recalled the monitors*"."""
    subjects = any(t.dep_ in ("nsubj", "nsubjpass", "mark") for t in mine)
    if subjects or heads[verb.i] > verb.i or any(t.dep_ in ("cc", "conj", "ccomp") for t in mine if t.i > verb.i):
        return None
    speaker = next((t for t in mine if t.i > verb.i and t.dep_ in ("dobj", "dative", "oprd", "attr")), None)
    if speaker is None or not _can_speak(speaker):
        return None
    between = tokens[verb.i + 1 : speaker.i]
    if any(heads[t.i] <= verb.i and t.dep_ not in ("prt", "advmod") for t in between) or any(
        t.is_punct and t.text not in "-'’" for t in between
    ):
        return None
    listed = (t for t in tokens[verb.i + 1 : verb.sent.end] if t.dep_ == "cc" and heads[t.i] <= verb.i)
    return speaker if next(listed, None) is None else None


def _before(verb: Token, given: Token | None, tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """The noun that a comma parts from the words before it and that ends at the verb: "…, *a deputy* asked"."""
    last = verb.i - 1
    while last > verb.sent.start and tokens[last].pos_ == "ADV" and heads[last] == verb.i:
        last -= 1
    closing = tokens[last].text == ","
    noun = tokens[last - 1] if closing else tokens[last]
    for _ in range(5):
        listed = given is not None and noun.dep_ == "conj"  # "Julia, Amy and Elizabeth went on"
        parted = noun.dep_ in _NAMED and not listed and _opens(noun, tokens, heads)
        if noun.pos_ in ("NOUN", "PROPN") and parted and noun is not given:
            if closing and noun.dep_ == "appos":
                closing = False  # "Omar Haddad, *the mayor*, said": the one whom it names speaks
            else:
                return noun
        if noun.dep_ not in _WITHIN or heads[noun.i] >= verb.i:
            return None
        noun = tokens[heads[noun.i]]
    return None


def _opens(noun: Token, tokens: Sequence[Token], heads: Sequence[int]) -> bool:
    """True where a comma stands before the phrase of `noun`."""
    start = noun.i
    while start > noun.sent.start and noun.i - start < _LONGEST and _hangs_on(start - 1, noun.i, heads):
        if tokens[start - 1].text in _OPENERS and tokens[start - 1].text != "-":
            return True
        start -= 1
    return start > noun.sent.start and tokens[start - 1].text in _OPENERS


def _hangs_on(at: int, top: int, heads: Sequence[int]) -> bool:
    for _ in range(6):
        if heads[at] == top:
            return True
        if heads[at] == at:
            return False
        at = heads[at]
    return False


def _can_speak(noun: Token) -> bool:
    if noun.ent_type_ in ("DATE", "TIME"):
        return False
    return noun.pos_ == "PROPN" or noun.lemma_.lower() in _who_can_speak() or noun.lower_ in _who_can_speak()


def _is_told(verb: Token, word: Token) -> bool:
    return word.dep_ == "dobj" and verb.lemma_ in _told_to() and word.i > verb.i


def _is_bare(verb: Token, mine: Sequence[Token]) -> bool:
    """False for "a captain *recalled from* Cairo", who says nothing."""
    return all(t.is_punct or t.lower_ in _WHEN_WHERE or t.ent_type_ in ("DATE", "TIME") for t in mine if t.i > verb.i)


# ------------------------------------------------------------------------------------------------ mending


def _close(verb: Token, speaker: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """The cue's clause closes the sentence: what was its top is what is said."""
    top = tokens[_top(speaker.i, heads)]
    if top is not verb:
        if top.i > verb.i or top.pos_ not in ("VERB", "AUX"):
            return
        heads[top.i], top.dep_ = verb.i, "ccomp"
        heads[verb.i], verb.dep_ = verb.i, "ROOT"
        for mark in tokens[verb.i + 1 : verb.sent.end]:
            if mark.is_punct and heads[mark.i] == top.i:
                heads[mark.i] = verb.i
    _give(verb, speaker, tokens, heads)


def _insert(verb: Token, speaker: Token, given: Token | None, tokens: Sequence[Token], heads: list[int]) -> None:
    """The cue's clause stands inside what is said, between the subject and its verb."""
    holder = tokens[heads[speaker.i]]
    subject = given if given is not None else holder
    clause = holder if holder.i > verb.i else tokens[heads[(verb if given is not None else subject).i]]
    if clause is verb:
        clause = next((t for t in tokens[verb.i : verb.sent.end] if heads[t.i] == verb.i and t.dep_ == "conj"), verb)
    if clause.i <= verb.i or clause.pos_ not in ("VERB", "AUX"):
        return
    if subject is not clause and not _give_back_subject(subject, clause, speaker, tokens, heads):
        return
    heads[clause.i], clause.dep_ = (clause.i, "ROOT") if heads[clause.i] == verb.i else (heads[clause.i], clause.dep_)
    heads[verb.i], verb.dep_ = clause.i, "parataxis"
    for mark in tokens[verb.i + 1 : verb.sent.end]:
        if mark.is_punct and mark.i > clause.i and heads[mark.i] == verb.i:
            heads[mark.i] = clause.i
    _give(verb, speaker, tokens, heads)


def _give_back_subject(
    subject: Token, clause: Token, speaker: Token, tokens: Sequence[Token], heads: list[int]
) -> bool:
    """The clause that the cue interrupts has its own subject; False where that isn't one."""
    if subject.dep_ not in ("nsubj", "nsubjpass") or subject.i > speaker.i:
        return False
    passive = any(heads[t.i] == clause.i and t.dep_ == "auxpass" for t in tokens[speaker.i : clause.i])
    heads[subject.i], subject.dep_ = clause.i, "nsubjpass" if passive else "nsubj"
    return True


def _tell(verb: Token, said: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Gunmen, the spokesman *declared*, had …", read as two who declare."""
    subjects = [t for t in mine if t.dep_ in ("nsubj", "nsubjpass") and t.i < verb.i]
    parted = next((t for t in tokens[verb.i : said.i + 1] if t is said or _hangs_on(t.i, said.i, heads)), said)
    own = any(heads[t.i] == said.i and t.dep_ in _OWN for t in tokens[parted.i : said.i])
    if not subjects or own or tokens[parted.i - 1].text != ",":
        return
    first = subjects[0]
    second = subjects[1] if len(subjects) == 2 else _before(verb, first, tokens, heads)
    if second is not None and second.i > first.i and _can_speak(second) and _opens(second, tokens, heads):
        said.dep_ = "conj"
        _insert(verb, second, first, tokens, heads)


def _cite(verb: Token, citing: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Reported, *citing the army*, that …": what is reported is no part of the citing, nor the citing of it."""
    if tokens[heads[citing.i]].dep_ == "ccomp" and heads[heads[citing.i]] == verb.i:
        heads[citing.i] = verb.i
    for clause in tokens[citing.i : verb.sent.end]:
        if clause.dep_ == "ccomp" and heads[clause.i] == citing.i:
            heads[clause.i] = verb.i


def _heads_sentence(verb: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: list[int]) -> bool:
    """ "The monitors *conceded* on Friday that …", read as monitors who are conceded."""
    holder = tokens[heads[verb.i]]
    if verb.dep_ != "acl" or holder.dep_ != "ROOT" or holder.i != verb.i - 1 or not _can_speak(holder):
        return False
    told = any(t.dep_ == "ccomp" for t in mine)
    if any(t.dep_ in _PASSIVES for t in mine) or (verb.lemma_ in _done_to() and not told):
        return False
    if not told and not any(t.dep_ in ("prep", "dobj") for t in mine):
        return False
    for other in tokens[verb.i + 1 : verb.sent.end]:
        if heads[other.i] == holder.i:
            heads[other.i] = verb.i
    return True


def _take_back(verb: Token, said: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Abu Yusuf, *said to be* a commander, was killed", read as his saying: nobody says to be."""
    named = next((t for t in mine if t.dep_ == "nsubj" and t.i < verb.i), None)
    if named is None or verb.dep_ != "ROOT" or any(heads[t.i] == said.i and t.dep_ in _OWN for t in tokens):
        return
    passive = any(heads[t.i] == said.i and t.dep_ == "auxpass" for t in tokens[verb.i : said.i])
    heads[said.i], said.dep_ = said.i, "ROOT"
    heads[named.i], named.dep_ = said.i, "nsubjpass" if passive else "nsubj"
    heads[verb.i], verb.dep_, verb.tag_ = named.i, "acl", "VBN"
    for mark in tokens[named.i : verb.sent.end]:
        if mark.is_punct and heads[mark.i] == verb.i:
            heads[mark.i] = said.i


def _give(verb: Token, speaker: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """The verb has its speaker, and the marks between them hang on it."""
    if heads[verb.i] == speaker.i:
        heads[verb.i], verb.dep_ = verb.i, "ROOT"
    heads[speaker.i], speaker.dep_ = verb.i, "nsubj"
    verb.tag_ = "VBD" if verb.tag_ == "VBN" else verb.tag_
    for mark in tokens[min(speaker.i, verb.i) : max(speaker.i, verb.i)]:
        if mark.is_punct and (mark.i == verb.i - 1 or not _hangs_on(mark.i, speaker.i, heads)):
            heads[mark.i] = verb.i


def _top(at: int, heads: Sequence[int]) -> int:
    while heads[at] != at:
        at = heads[at]
    return at


def _end(at: int, tokens: Sequence[Token], heads: Sequence[int]) -> int:
    """The last word of the verb's own phrase."""
    end = at
    while end + 1 < tokens[at].sent.end and not tokens[end + 1].is_punct and _hangs_on(end + 1, at, heads):
        end += 1
    return end
