"""Who takes part: nouns that stand where an event word looks for its actor or target.

"the killing of *two guards*", "a deal between *the rebels* and *the army*", "plans to attack *the rebels*": common
nouns for people are actors there even though the sentence has them do nothing.
"""

from __future__ import annotations

from functools import cache

from khaldun.annotate.grammar.passives import is_reduced_main_clause
from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.grammar.trigger_table import kind_of, table
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.roles.doers_behind import doers_after
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.suffered import has_had_done, is_brought_to_harm
from khaldun.annotate.roles.tolls import victims_of
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Mention

_PREPOSITIONS = frozenset("of by against on between among with from to at for behind alongside".split())
_SIDES = frozenset({"between", "with", "against"})
_FUNCTIONS = frozenset("nsubj nsubjpass dobj dative poss compound pobj attr".split())


@cache
def _phases() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "phases")


def takes_part(head: Token, depth: int = 1) -> bool:
    """True where the phrase headed by `head` is a complement of an event word of a definite sense."""
    while head.dep_ in {"conj", "appos"} and head.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        head = head.head
    if _joined_to_participle(head):
        return True
    reduced = next((child for child in head.children if is_reduced_main_clause(child)), None)
    if reduced is not None:  # the parser's slip on "Hundreds of residents *protested* in the square"
        return _is_definite(reduced)
    if has_had_done(head) or _in_clause_below(head) or _of_participle_before(head):
        return True
    if head.dep_ == "ROOT":  # "*Gunmen* on motorbikes killed …", read as one long noun phrase
        below = [g for c in head.children if c.dep_ == "prep" for g in c.children]
        return _subject_of_clause(head, *below)
    if head.dep_ not in _FUNCTIONS:
        return False
    word = head.head
    if head.dep_ == "pobj":
        if is_brought_to_harm(head):
            return True
        if word.lower_ == "of" and _counts(word.head):  # "hundreds of residents fled"
            if has_had_done(word.head):
                return True
            return takes_part(word.head) or _subject_of_clause(word.head, head)
        if word.lower_ not in _PREPOSITIONS:
            return False
        between, word = word.lower_ in _SIDES, word.head
        if between and word.pos_ == "VERB" and any(c.dep_ == "nsubj" and _is_definite(c) for c in word.children):
            return True  # "clashes broke out between *separatists* and troops"
    if head.dep_ == "nsubj" and (word.lemma_ in _phases() or word.lemma_ == "be"):
        # "*the sides* continued to battle", "*the hostages* were to be freed"
        ahead = any(c.dep_ == "xcomp" and _is_definite(c) for c in word.children)
        if ahead or word.lemma_ != "be":
            return ahead
    holds = head.dep_ == "nsubj" and word.lemma_ in table().support  # "*relatives* staged a sit-in"
    if holds and any(c.dep_ == "dobj" and _is_definite(c) for c in word.children):
        return True
    trigger = match(word)
    if trigger is None and head.dep_ in {"compound", "poss", "pobj"} and word.pos_ in {"NOUN", "PROPN"}:
        return depth > 0 and takes_part(word, depth - 1)  # "attacked *army* lines", "the positions of *the rebels*"
    return _is_definite(word)


def parties_in(token: Token, fillers: Fillers) -> tuple[Mention, ...]:
    """The actors that a phrase names; of a violent deed, who did it: "condemned the *army's* killing of a judge"."""
    deed = match(token) if fillers.actor(token) is None else None
    if deed is None or deed.verbal or not kind_of(deed.entries[0], token).violent:
        return fillers.actors_in(token)
    found = arguments(token)
    suffering = victims_of(token, fillers)  # "condemned the *bishop's* killing"
    named = [t for name in ("A", "compound") for t in found.get(name, ()) if t not in suffering]
    if deed.entries[0].needs:  # "joined *the army's* fight against the rebels"
        return tuple(m for t in found.get("poss", ()) for m in fillers.actors_in(t)) or fillers.actors_in(token)
    doers = [m for t in named for m in fillers.actors_in(t)] or [
        m for t in doers_after(token) for m in fillers.actors_in(t)
    ]
    return tuple(dict.fromkeys(doers))


def _is_definite(word: Token) -> bool:
    trigger = match(word)
    return trigger is not None and any(not entry.weak for entry in trigger.entries)


def _in_clause_below(head: Token) -> bool:
    """ "It was *soldiers* who seized a judge", "a *mayor* that rebels had murdered", "an *envoy* being held"."""
    for clause in head.children:
        if clause.dep_ in {"relcl", "acl"} and clause.i > head.i and _is_definite(clause):
            found = arguments(clause)
            if head in found.get("A", ()) or head in found.get("P", ()):
                return True
    return False


def _of_participle_before(head: Token) -> bool:
    """ "Abducted by gunmen on Sunday, a *priest* was never seen again": whom the participle before the clause is of."""
    if head.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return any(
        c.dep_ == "advcl" and c.i < head.i and c.tag_ in {"VBN", "VBG", "VBD"} and _is_definite(c)
        for c in head.head.children
    )


def _joined_to_participle(head: Token) -> bool:
    """The holder in "the *rebel*-held town", the backer in "*government*-backed fighters"."""
    after = head.doc[head.i + 1 : head.i + 3]
    return (
        len(after) == 2 and after[0].text == "-" and after[1].tag_ in {"VBN", "VBD"} and head.pos_ in {"NOUN", "PROPN"}
    )


def _subject_of_clause(*nouns: Token) -> bool:
    """ "Hundreds of *residents* protested": a main verb that the parser hangs on the noun as a participle."""
    return any(c.dep_ == "acl" and match(c) is not None for noun in nouns for c in noun.children)


def _counts(noun: Token) -> bool:
    """ "*hundreds* of residents", "*three* of its fighters"."""
    return noun.tag_ == "CD" or noun.lemma_.lower() in {
        "hundred",
        "thousand",
        "dozen",
        "score",
        "number",
        "group",
        "ten",
        "million",
        "majority",
    }
