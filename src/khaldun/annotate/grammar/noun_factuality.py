"""Did it happen, where a noun tells of it: "an attack was averted", "no sign of an attack", "an attack is due"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.grammar.backgrounds import is_background
from khaldun.annotate.grammar.modality import SUBJECTS, governed, is_finite_past, of_modal, of_predicate
from khaldun.annotate.grammar.plans import awaited, is_drawn_up, set_for_later, wants_noun
from khaldun.annotate.grammar.questions import is_definite, is_to_infinitive
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.tables.modality_words import lexicon
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

GOVERNED_PREPOSITIONS = frozenset({"for", "of", "to", "against", "from", "on", "about", "at", "towards"})
_BESIDE = frozenset({"amod", "det", "neg", "compound", "advmod", "nummod"})


def on_word(trigger: Token, own: Sequence[Token]) -> Iterator[str]:
    """Adjectives and determiners of an event noun: "alleged", "planned", "no airstrikes"."""
    if trigger.pos_ in {"VERB", "AUX"}:
        return
    for child in trigger.children:
        if child.dep_ not in _BESIDE or child in own:
            continue
        if child.lower_ == "any" and child.dep_ == "det" and _is_yet_to_be(trigger):
            yield "possible"  # "*any* attack on the dam would kill thousands"
        word = _whole_word(child)
        yield from (reading for reading, words in lexicon().adjectives.items() if word in words)
    if trigger.dep_ == "pobj" and trigger.head.lower_ == "without":
        yield "negated"
    if trigger.dep_ == "pobj" and trigger.head.lower_ in {"against", "before"} and _guards(trigger.head.head):
        yield "possible"  # "*warned* against an attack"


def _guards(verb: Token) -> bool:
    return verb.lemma_ == "protect" or verb.lemma_ in clause_words().cautioning


def _is_yet_to_be(noun: Token) -> bool:
    verb = noun.head if noun.dep_ in SUBJECTS else None
    return verb is not None and any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _whole_word(token: Token) -> str:
    """The word with what a hyphen joins to it: "so-called", "would-be"."""
    joined = token.i >= 2 and token.nbor(-1).text == "-"
    return f"{token.nbor(-2).lower_}-{token.lower_}" if joined else token.lower_


def around_noun(noun: Token) -> Iterator[str]:
    """What the words round an event noun make of it."""
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and not any(c.dep_ == "det" for c in noun.children):
        noun = noun.head  # "no clashes or *arrests*"
        yield from (r for r in on_word(noun, ()) if r == "negated")
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lemma_.lower() in clause_words().bringing_about
    ):
        noun = noun.head.head  # "the *signing* of a ceasefire"
    yield from set_for_later(noun)
    if is_background(noun):
        return  # "vowed revenge for *the killing*": what is answered has happened
    if _is_bargained(noun):
        yield "planned"
    if noun.dep_ in SUBJECTS:
        yield from _of_its_verb(noun, noun.head)
        return
    above, below = _governor(noun)
    if above.lemma_ not in clause_words().interrupting or not is_definite(noun):
        yield from governed(above, below)
    if above.dep_ == "pobj" and above.lemma_ in clause_words().eventualities and above.head.lower_ == "in":
        definite = any(c.lower_ == "the" for c in above.children)
        if definite == (above.lemma_ == "event"):
            yield "conditional"  # "in the event of an attack", "in case of an attack"
    if above.lemma_ in lexicon().contents and above.pos_ == "NOUN" and above.dep_ in {"dobj", "nsubjpass"}:
        yield from (r for r in governed(above.head, above) if r == "negated")  # "shelved plans for an attack"
    yield from _means(noun)
    yield from _brought_on(noun)
    if _is_ahead(noun):
        yield "planned"


def _is_ahead(noun: Token) -> bool:
    """ "Gave the garrison two hours to leave *before an assault*": what is to be done ahead of it is not done yet."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"before", "of", "to"} or is_definite(noun):
        return False
    before = noun.head
    if before.lower_ != "before":
        ahead = before.nbor(-1).lower_ if before.i else ""
        if (ahead, before.lower_) not in {("ahead", "of"), ("prior", "to")}:
            return False
        before = before.head if before.head.lower_ == ahead else before
        if _is_readied(before.head):
            return True
    return is_to_infinitive(before.head) and before.head.head.lemma_ not in clause_words().reached


def _is_readied(deed: Token) -> bool:
    """ "*Massed troops* near the town *ahead of an offensive*": what those are moved for is not done yet."""
    while deed.pos_ in {"NOUN", "PROPN", "ADP", "ADV"} and deed.head != deed:
        deed = deed.head
    trigger = match(deed)
    return trigger is not None and any(e.kind in _READYING for e in trigger.entries)


_READYING = frozenset({"mobilize", "coerce.curfew", "base.established"})


def _brought_on(noun: Token) -> Iterator[str]:
    """What a modal makes of what its verb brings on: "his arrest *could spark riots*"; and "*preparations* are made
    for an attack"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "to", "for"} else noun.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    if noun.dep_ == "pobj" and noun.head.lower_ == "for":
        if any(c.dep_ in SUBJECTS and c.lemma_.lower() in clause_words().groundwork for c in verb.children):
            yield "planned"
    elif verb.lemma_ in clause_words().causing and noun.dep_ in {"dobj", "pobj"} and not is_definite(noun):
        for aux in verb.children:
            if aux.dep_ == "aux" and aux.tag_ == "MD":
                yield from ("conditional" if r == "planned" else r for r in of_modal(aux, verb))


def _governor(noun: Token) -> tuple[Token, Token]:
    """The word that an event noun hangs on: "called for an attack", "planned an attack", "the threat of an attack"."""
    head = noun.head
    if head.dep_ == "prep" and head.lower_ in GOVERNED_PREPOSITIONS:
        return head.head, head
    return head, noun


def _of_its_verb(noun: Token, verb: Token) -> Iterator[str]:
    """What its verb makes of the noun that is its subject."""
    if verb.lemma_ == "be":
        yield from ("possible" if r == "hedged" else r for r in of_predicate(verb))
    elif noun.dep_ == "nsubjpass":
        yield from _of_passive(verb)
    if any(c.dep_ == "neg" for c in verb.children) and verb.lemma_ in clause_words().occurring:
        yield "negated"
    told = any(c.dep_ in {"relcl", "acl"} and c.tag_ in {"VBD", "VBN"} for c in noun.children)
    for below in () if told else verb.children:  # "a strike that killed two will be looked into"
        if below.dep_ == "xcomp" and (verb.lemma_ in {"be", "have"} or below.lemma_ in clause_words().occurring):
            yield from governed(verb, below)  # "an attack *is to* begin", "an attack *failed to* materialise"
        if (
            below.dep_ in {"aux", "auxpass"}
            and below.tag_ == "MD"
            and (below.lower_ == "would" or not is_definite(noun))
        ):
            yield from of_modal(below, verb)


def _of_passive(verb: Token) -> Iterator[str]:
    """ "An attack was *averted*", "was *ruled out*", "is *expected*"."""
    lemma = verb.lemma_.lower()
    key = " ".join([lemma, *(c.lower_ for c in verb.children if c.dep_ == "prt")])
    if any(c.tag_ == "MD" for c in verb.children) and any(c.lower_ == "have" for c in verb.children):
        return  # "the bombing *could have been prevented*": it was not
    if {lemma, key} & lexicon().governors["negated"]:
        outright = lemma not in clause_words().interrupting
        outruled = key == "rule out" and any(c.dep_ == "neg" for c in verb.children)
        yield from ("possible",) if outruled else ("negated",) if outright else ()
        return
    yield from awaited(verb)


def _is_bargained(noun: Token) -> bool:
    """ "Signed a deal *on the withdrawal* of troops", "met to discuss *a prisoner exchange*": what is agreed or talked
    over is yet to come; of an attack that talks are about it is not said."""
    above, prep = (noun.head.head, noun.head.lower_) if noun.dep_ == "pobj" else (noun.head, "")
    if noun.dep_ == "dobj":
        told = above.lemma_ in clause_words().bargaining
    else:
        told = prep in _ABOUT and above.lemma_.lower() in clause_words().bargains
        told = told or (prep == "on" and above.lemma_ in clause_words().bargaining)
        signed = (c.lemma_.lower() for c in above.children if c.dep_ in {"dobj", "nsubjpass"})
        told = told or (prep == "on" and not clause_words().bargains.isdisjoint(signed))  # "*signed a deal* on it"
    found = match(noun) if told else None
    return found is not None and found.entries[0].kind.startswith(_TO_BE_AGREED)


_ABOUT = frozenset({"on", "for", "about", "over"})
_TO_BE_AGREED = ("retreat.", "cooperate", "agree", "aid", "concede", "mobilize", "training")


def by_carrier(carrier: Token, noun: Token) -> Iterator[str]:
    """What the verb that carries an event noun makes of it: "is *planning* an assault", "*foiled* a bombing"."""
    noun = _whole_of(noun)
    if carrier.head == noun:  # "a march *planned* for Sunday was put off"
        yield from set_for_later(noun)
        if noun.dep_ == "nsubjpass":
            yield from _of_passive(noun.head)
    if noun.head == carrier:
        yield from set_for_later(noun)
    planned = carrier.lemma_ in lexicon().governors["planned"] and wants_noun(carrier.lemma_)
    if noun.dep_ == "dobj" and planned and not _is_carried_out(noun, carrier):
        yield "planned"  # "*approved* the deployment of troops"
    if noun.dep_ == "pobj" and noun.head.head == carrier and noun.head.lower_ == "for":
        yield from governed(carrier, noun.head)  # "is gearing up *for* an assault"
    if noun.head != carrier:
        return
    if noun.dep_ == "nsubjpass":
        yield from _of_passive(carrier)
    told_of = noun.dep_ in SUBJECTS and carrier.lemma_ not in clause_words().occurring and not is_definite(noun)
    if told_of and any(c.dep_ == "aux" and c.lower_ == "would" for c in carrier.children):
        yield "conditional"  # "an invasion *would kill* thousands"
    key = " ".join([carrier.lemma_, *(c.lower_ for c in carrier.children if c.dep_ == "prt")])
    stopped = {carrier.lemma_, key} & lexicon().governors["negated"]
    if noun.dep_ == "dobj" and stopped and carrier.lemma_ not in clause_words().interrupting:
        yield "negated"
    if is_drawn_up(noun, carrier) or _is_bargained(noun):
        yield "planned"


def _whole_of(noun: Token) -> Token:
    """ "Plans a *series* of protests": what is planned is the series."""
    over = noun.head.head
    part = noun.dep_ == "pobj" and noun.head.lower_ == "of"
    return over if part and over.lemma_ in word_list("lexicons/en/deeds.yaml", "partitive") else noun


def _is_carried_out(noun: Token, carrier: Token) -> bool:
    """ "*Ordered air strikes* on the port": several, told as done, unlike "ordered an attack", "will order strikes"."""
    if carrier.lemma_ not in clause_words().commanding or noun.tag_ != "NNS" or not is_finite_past(carrier):
        return False
    deed = match(noun)
    called_off = any(c.dep_ == "conj" for c in carrier.children)
    return deed is not None and any(e.kind.startswith("assault.") for e in deed.entries) and not called_off


def _means(noun: Token) -> Iterator[str]:
    """What a modal makes of the means of its verb: "any rocket *would* be met *with air strikes*"."""
    preposition = noun.head
    if noun.dep_ == "pobj" and preposition.lower_ in {"with", "by"} and preposition.head.pos_ == "VERB":
        for aux in preposition.head.children:
            if aux.dep_ == "aux" and aux.tag_ == "MD":
                yield from of_modal(aux, preposition.head)
