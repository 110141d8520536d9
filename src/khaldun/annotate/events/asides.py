"""Clauses whose verb tells no happening of its own: who somebody is, what a deed was for, what was not even done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from khaldun.annotate.grammar.plans import is_purpose
from khaldun.annotate.grammar.questions import is_to_infinitive
from khaldun.annotate.grammar.trigger_table import kind_of, table
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.sayings.asking import is_ranked, ranks
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token, once_a_word
from khaldun.knowledge import word_lists


@dataclass(frozen=True, slots=True)
class _Words:
    conveyances: frozenset[str]
    mishaps: frozenset[str]
    built: frozenset[str]
    perishing: frozenset[str]
    habitual: frozenset[str]
    tallied: frozenset[str]
    standing: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/figures.yaml")


def _is_accident(verb: Token) -> bool:
    subjects = [c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"]
    accidents = table().lists["accident"]
    if verb.lemma_ in accidents:  # "the bus *crashed*", "the ferry *capsized*", but not the rocket
        stormed = any(c.dep_ == "dobj" for c in verb.children)  # "police *stormed* a house, arresting six"
        return not stormed and table().lists["munition"].isdisjoint(subjects)
    if not accidents.isdisjoint(subjects):
        return True  # "*a landslide* swept through the village"
    if verb.lemma_ == "collapse":
        return any(s in _words().built for s in subjects)
    return verb.lemma_ in _words().mishaps and any(s in _words().conveyances for s in subjects)


def _befell(clause: Token) -> bool:
    """ "Twelve died *when the bus plunged into a river*"; not "when the helicopter crashed after rebels hit it"."""
    told = clause.dep_ == "advcl" and any(c.lower_ in {"when", "as", "after"} for c in clause.children)
    if not told or not _is_accident(clause):
        return False
    return not any(t is not clause and t.pos_ == "VERB" and _is_violent(t) for t in clause.subtree)


def _dying_with(verb: Token) -> tuple[Token, ...]:
    """The verb, and what is told of others beside it: "eleven *died* and forty *were injured* when …"."""
    perishing = _words().perishing
    beside = [c for c in verb.children if c.dep_ == "conj" and c.lemma_ in perishing]
    above = [verb.head] if verb.dep_ == "conj" and verb.head.lemma_ in perishing else []
    return (verb, *beside, *above)


# Who may come after "warned that …" and yet be the speaker, or whom the speaker means.
_MEANT = frozenset("it they he she we i you anyone anybody whoever those any".split())
_OPEN = frozenset("may might could can".split())


def is_forecast(head: Token) -> bool:
    """True for a warning of what others may do, or do: "diplomats *warned* that the army could resume its strikes",
    "the rebels were preparing an attack, an officer *warned*".

    "Warned that *it* would strike" and "warned that *its forces* could strike" are threats, and so is "warned that
    the army would strike", unless who says so can only foresee it ("an analyst warned").
    """
    clause = next((c for c in head.children if c.dep_ == "ccomp"), None)
    if head.lemma_ not in clause_words().cautioning or clause is None:
        return False
    doer = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if doer is None or doer.lower_ in _MEANT or any(c.lower_ in _MEANT or c.dep_ == "poss" for c in doer.children):
        return False
    modals = {c.lower_ for c in clause.children if c.dep_ == "aux" and c.tag_ == "MD"}
    return not modals or bool(modals & _OPEN) or _foresees(head)


def _foresees(warning: Token) -> bool:
    """ "An *analyst* warned", "*residents* warned": whoever says so has no force to do it with."""
    return any(c.dep_ == "nsubj" and c.lemma_.lower() in clause_words().foreseeing for c in warning.children)


def is_getaway(head: Token) -> bool:
    """True for those who got away after a deed of theirs: "killed three people and *fled*", "before *fleeing*"."""
    if head.lemma_ not in clause_words().getting_away or any(
        c.dep_ == "dobj" or c.lower_ == "from" for c in head.children
    ):
        return False
    above = head.head.head if head.dep_ == "pcomp" else head.head
    deeds = [above] if head.dep_ in {"conj", "advcl", "pcomp"} else []
    deeds += [g for c in head.children if c.lower_ == "after" for g in c.children] + [
        c for c in head.children if c.dep_ == "advcl" and any(g.lower_ == "after" for g in c.children)
    ]
    return any(_is_violent(verb) for verb in deeds)


def _is_violent(verb: Token) -> bool:
    found = match(verb)
    return found is not None and any(kind_of(e, verb).violent for e in found.entries)


def _is_force_of_his(subject: Token, whose: Token) -> bool:
    """ "The front, *whose fighters* shelled the port": what the fighters do the front does."""
    return subject.dep_ == "nsubj" and whose.head == subject and subject.lemma_.lower() in clause_words().own_men


def _says_of(whose: Token, subject: Token) -> bool:
    """ "The rebels, *whose* leader died, surrendered": the clause is about the subject and does not hold it."""
    between = (a for a in whose.ancestors if subject.is_ancestor(a))
    return any(a.dep_ == "relcl" for a in between)


def is_made_to(verb: Token) -> bool:
    """ "Were *forced to* march": who is made to do something wants nothing by it."""
    return verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_ in _MAKING


_MAKING = frozenset({"force", "compel", "make", "order", "coerce"})


@once_a_word
def is_aside(head: Token) -> bool:
    """True where a clause only says who somebody is or what a deed was for: "a man *whose* sister was killed",
    "launched the raid *to seize* weapons"."""
    if any(
        t.tag_ == "WP$" and not _is_force_of_his(c, t) and not _says_of(t, c)
        for c in head.children
        if c.dep_ in {"nsubj", "nsubjpass"}
        for t in c.subtree
    ):
        return True
    outcome = head.head if head.dep_ == "conj" and head.tag_ == "VBG" else head
    if outcome.dep_ == "advcl" and outcome.tag_ == "VBG" and _is_accident(outcome.head):
        return True  # "the bus crashed, *killing* twelve"
    if head.lemma_ in _words().perishing and any(_befell(c) for t in _dying_with(head) for c in t.children):
        return True
    if _only_measures(head) or _is_aim(head):
        return True
    if _tells_which_again(head):
        return True
    if _is_manner(head) or _is_name_for_it(head):
        return True
    if _ranks_what_is_told(head) or _is_habit(head) or _is_only_the_matter(head):
        return True
    return is_getaway(head) or is_purpose(head) or _is_only_in_power(head)


def _is_manner(head: Token) -> bool:
    """ "Took the port *without firing* a shot", "retook it *without a fight*": how it was done, and no fight that was
    not; "the vote passed *without clashes*" tells of those."""
    without = head.head
    if head.dep_ not in {"pcomp", "pobj"} or without.lower_ != "without":
        return False
    if head.dep_ == "pcomp":
        return head.lemma_ == "fire"
    return head.lemma_.lower() in table().lists["fight_put_up"] and match(without.head) is not None


def _is_name_for_it(noun: Token) -> bool:
    """ "Described the killing of the two men *as an execution*": what it is called, and no second one."""
    as_ = noun.head
    if noun.dep_ != "pobj" or as_.lower_ != "as":
        return False
    verb = next((a for a in as_.ancestors if a.pos_ == "VERB"), as_)
    named = (c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.i < as_.i)
    return any(c.pos_ == "NOUN" and match(c) is not None for c in named)


def _is_only_in_power(head: Token) -> bool:
    """ "The group's *capacity to attack* the port", "the means *to launch* raids": it is not said that they do."""
    verb = head.head if head.dep_ == "dobj" else head
    if verb.dep_ == "conj" and verb.tag_ == "VB":
        verb = verb.head
    return (
        verb.dep_ in {"acl", "relcl"}
        and is_to_infinitive(verb)
        and verb.head.lemma_.lower() in clause_words().faculties
    )


def _only_measures(head: Token) -> bool:
    """ "Within *shelling range* of the lines": nobody shells."""
    return head.tag_ == "VBG" and any(c.dep_ == "dobj" and c.lemma_ == "range" for c in head.children)


def _is_aim(head: Token) -> bool:
    """ "An offensive aimed at *liberating* the town", "a raid aimed at *the capture* of it": what a deed is for."""
    at = head.head
    told = at.head.head
    aim = head.dep_ in {"pcomp", "pobj"} and at.lower_ == "at" and at.head.lemma_ == "aim"
    return aim and at.head.dep_ == "acl" and match(told) is not None


def _tells_which_again(verb: Token) -> bool:
    """ "Rebels left Daraya, *the first fighters to abandon* their positions there": what was told of them before."""
    who = verb.head
    if verb.dep_ not in {"relcl", "acl"} or not any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return False
    if who.dep_ != "appos" or not any(t.pos_ == "VERB" for t in who.doc[who.sent.start : who.left_edge.i]):
        return False
    return any(c.lower_ in _RANKS or c.tag_ == "JJS" for c in who.children if c.dep_ == "amod")


_RANKS = frozenset({"first", "second", "third", "last", "latest", "only", "next"})


def _ranks_what_is_told(noun: Token) -> bool:
    """ "Rebels took the post, in *the worst attack* of the year", "…, *the deadliest raid* since May", "it was
    *the third raid* this week": no other one."""
    if noun.dep_ == "attr":
        subject = next((c for c in noun.head.children if c.dep_ == "nsubj"), None)
        return subject is not None and subject.lower_ in _POINTING and is_ranked(noun)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
        one = noun.head.head  # "in *one of the deadliest attacks* this year", "it was one of the deadliest attacks"
        behind = one.dep_ == "appos" and any(t.pos_ == "VERB" for t in noun.doc[noun.sent.start : one.i])
        return is_ranked(noun) and (behind or one.dep_ == "attr" or (one.dep_ == "pobj" and one.head.lower_ == "in"))
    if noun.dep_ == "appos":
        return is_ranked(noun) and any(t.pos_ == "VERB" for t in noun.doc[noun.sent.start : noun.left_edge.i])
    return noun.dep_ == "pobj" and noun.head.i > noun.sent.start + 2 and ranks(noun.head)


_POINTING = frozenset({"it", "this", "that"})


def _is_habit(noun: Token) -> bool:
    """ "*Clashes* are frequent in the valley", "*attacks* have fallen": how often there are any."""
    verb = noun.head
    if noun.tag_ != "NNS" or noun.dep_ != "nsubj" or noun.lemma_ in table().lists["munition"]:
        return False  # "*shells* fell on the town"
    often = any(c.dep_ == "acomp" and c.lower_ in _words().habitual for c in verb.children)
    return often or verb.lemma_ in _words().tallied


def _is_only_the_matter(noun: Token) -> bool:
    """ "Complained *about the presence* of gunmen", "despite *the presence* of police": what it is about or beside."""
    return noun.dep_ == "pobj" and noun.lemma_ in _words().standing


def is_errand_of_visit(verb: Token) -> bool:
    """ "Arrived in Brak *seeking to mediate*", "flew to Derna *to negotiate*": what the visit is for, and no other."""
    for _ in range(3):
        if verb.dep_ not in {"xcomp", "advcl"}:
            return False
        verb = verb.head
        found = match(verb)
        if found is not None and any(e.kind == "consult.visit" for e in found.entries):
            return True
    return False
