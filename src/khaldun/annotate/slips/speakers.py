"""Verbs of saying and who may be their speaker, by the words beside them, where the parse is not to be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.knowledge import load_data

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_NAMED = frozenset(("appos", "conj", "dobj", "pobj", "nsubj", "npadvmod", "dep"))
_WITHIN = frozenset(("pobj", "prep", "compound", "amod", "nummod", "poss", "case", "flat", "appos", "conj"))
OPENERS = frozenset(",\"”’'?!-–—")
_SURE = 0.6
_DOINGS = frozenset(("accuse", "praise", "call"))
_LONGEST = 12
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
def told_to() -> frozenset[str]:
    """The verbs of saying whose object is the hearer: "*told* reporters"."""
    return frozenset(row["verb"] for row in load_data("lexicons/en/cues.yaml")["verbs"] if row.get("hearer"))


@cache
def done_to() -> frozenset[str]:
    """The verbs that are done to somebody: "a faction *denounced* in Damascus" denounces nobody."""
    rows = load_data("lexicons/en/cues.yaml")["verbs"]
    rows = [row for row in rows if "quote" in row["takes"]]
    return frozenset(row["verb"] for row in rows if row.get("hearer") or row.get("stance") in _DOINGS)


@cache
def speaking_nouns() -> frozenset[str]:
    """The nouns, as lemmas, for people, bodies and media, who may say something."""
    media = load_data("lexicons/en/media.yaml")
    words = [word for row in load_data("lexicons/en/actors.yaml")["nouns"] for word in row["words"]]
    return frozenset((*words, *media["carriers"]["nouns"], *media["speakers"]["nouns"]))


def presents(verb: Token) -> bool:
    """True for one of the verbs of `presenting`, with its particle where it needs one."""
    needed = presenting().get(verb.lemma_)
    if not needed:
        return needed is not None
    after = verb.nbor() if verb.i + 1 < verb.sent.end else verb
    return after.lower_ in needed and after.dep_ != "prep"


def speaker_behind(verb: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """The speaker right behind the verb that closes the sentence: "…, *recalled the monitors*"."""
    subjects = any(t.dep_ in ("nsubj", "nsubjpass", "mark") for t in mine)
    if subjects or heads[verb.i] > verb.i or any(t.dep_ in ("cc", "conj", "ccomp") for t in mine if t.i > verb.i):
        return None
    speaker = next((t for t in mine if t.i > verb.i and t.dep_ in ("dobj", "dative", "oprd", "attr")), None)
    if speaker is None or not can_speak(speaker):
        return None
    between = tokens[verb.i + 1 : speaker.i]
    if any(heads[t.i] <= verb.i and t.dep_ not in ("prt", "advmod") for t in between) or any(
        t.is_punct and t.text not in "-'’" for t in between
    ):
        return None
    listed = (t for t in tokens[verb.i + 1 : verb.sent.end] if t.dep_ == "cc" and heads[t.i] <= verb.i)
    return speaker if next(listed, None) is None else None


def speaker_before(verb: Token, given: Token | None, tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """The noun that a comma parts from the words before it and that ends at the verb: "…, *a deputy* asked"."""
    last = verb.i - 1
    while last > verb.sent.start and tokens[last].pos_ == "ADV" and heads[last] == verb.i:
        last -= 1
    closing = tokens[last].text == ","
    noun = tokens[last - 1] if closing else tokens[last]
    for _ in range(5):
        listed = given is not None and noun.dep_ == "conj"  # "Julia, Amy and Elizabeth went on"
        parted = noun.dep_ in _NAMED and not listed and opens_phrase(noun, tokens, heads)
        if noun.pos_ in ("NOUN", "PROPN") and parted and noun is not given:
            if closing and noun.dep_ == "appos":
                closing = False  # "Omar Haddad, *the mayor*, said": the one whom it names speaks
            else:
                return noun
        if noun.dep_ not in _WITHIN or heads[noun.i] >= verb.i:
            return None
        noun = tokens[heads[noun.i]]
    return None


def opens_phrase(noun: Token, tokens: Sequence[Token], heads: Sequence[int]) -> bool:
    """True where a comma stands before the phrase of `noun`."""
    start = noun.i
    while start > noun.sent.start and noun.i - start < _LONGEST and hangs_on(start - 1, noun.i, heads):
        if tokens[start - 1].text in OPENERS and tokens[start - 1].text != "-":
            return True
        start -= 1
    return start > noun.sent.start and tokens[start - 1].text in OPENERS


def hangs_on(at: int, top: int, heads: Sequence[int]) -> bool:
    """True where the word `at` is below the word `top`, at any depth that a phrase has."""
    for _ in range(6):
        if heads[at] == top:
            return True
        if heads[at] == at:
            return False
        at = heads[at]
    return False


def can_speak(noun: Token) -> bool:
    """True for a name, and for a noun for people, bodies or media: "the *monitors*", not "the *road*"."""
    if noun.ent_type_ in ("DATE", "TIME"):
        return False
    return noun.pos_ == "PROPN" or noun.lemma_.lower() in speaking_nouns() or noun.lower_ in speaking_nouns()


def is_told(verb: Token, word: Token) -> bool:
    """True for whom something is told: "the mayor told *reporters*"."""
    return word.dep_ == "dobj" and verb.lemma_ in told_to() and word.i > verb.i


def is_bare(verb: Token, mine: Sequence[Token]) -> bool:
    """False for "a captain *recalled from* Cairo", who says nothing."""
    return all(t.is_punct or t.lower_ in _WHEN_WHERE or t.ent_type_ in ("DATE", "TIME") for t in mine if t.i > verb.i)
