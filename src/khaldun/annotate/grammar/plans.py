"""What is yet to be done: purposes, errands, vows, what is drawn up, and what is set for a day.

"Launched the raid *to seize* weapons", "moved *to shell* the port", "a march *planned* for Sunday", "is preparing *an
offensive*", "troops *are to* enter": by these words nothing has happened. `factuality`, `noun_factuality` and
`modality` ask here, and say what it makes of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from khaldun.annotate.grammar.questions import is_definite, is_to_infinitive
from khaldun.annotate.sayings.cues import load_lexicon
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.tables.modality_words import lexicon
from khaldun.annotate.words import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

# ------------------------------------------------------------------------------------------------ told by a verb


def is_purpose(verb: Token) -> bool:
    """ "launched the raid *to seize* weapons", "forces moved in order to besiege the town", "a push *to take* it"."""
    if not is_to_infinitive(verb):
        return False
    above = verb.head
    if above.lemma_ == "use" or above.lemma_.lower() in load_lexicon().raising_verbs:
        return False  # "used artillery *to shell* the hills": it was done with it; "purports *to show*"
    if _steps_in(above) or _is_on_way(verb) or is_vowed(verb) or _took_time(verb):
        return False
    if is_supposed(verb) or is_given_time(verb) or is_stopped(above) or undertaking(verb) is not None:
        return False
    if verb.dep_ == "xcomp":  # "began *an operation* on Monday *to retake* the town", hung on the verb
        return any(c.dep_ == "dobj" and c.i < verb.i and c.lemma_ in clause_words().aims for c in above.children)
    return verb.dep_ == "advcl" or (verb.dep_ in {"acl", "relcl"} and verb.head.lemma_ in clause_words().aims)


def _took_time(verb: Token) -> bool:
    """ "*It took* a week *for the army to seize* the port": it was done in the end."""
    above = verb.head
    marked = any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)
    return marked and above.lemma_ == "take" and any(c.dep_ == "nsubj" and c.lower_ == "it" for c in above.children)


def is_errand(verb: Token) -> bool:
    """What people come, or are there, to do: "returned *to carry out* attacks", "volunteers *to plant* bombs".

    "The first group *to attack* the port" has done so.
    """
    if not is_to_infinitive(verb) or _is_use_of(verb.head):
        return False
    if verb.dep_ in {"acl", "relcl"}:
        before = {c.lemma_.lower() for c in verb.head.children} | {verb.head.lemma_.lower()}
        return before.isdisjoint(clause_words().foremost)
    coming = verb.dep_ == "xcomp" and verb.head.lemma_ in clause_words().coming and not _steps_in(verb.head)
    return coming or _is_on_way(verb)


def _is_use_of(noun: Token) -> bool:
    """ "Used *a base* in Cyprus to strike the camp": on what is used the parser hangs what was done with it."""
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep":
        noun = noun.head.head
    return noun.dep_ == "dobj" and noun.head.lemma_ == "use"


def is_vowed(verb: Token) -> bool:
    """ "*Vowed on Monday to shell* the port": what is vowed, which the parser may hang beside it as its purpose."""
    above = verb.head
    return (
        above.lemma_ in clause_words().vowing
        and verb.dep_ == "advcl"
        and not any(c.dep_ in {"dobj", "xcomp"} for c in above.children)
    )


def is_supposed(verb: Token) -> bool:
    """ "*Were* the army *to attack* the port, thousands would flee"."""
    were = verb.head
    return were.lower_ == "were" and any(c.dep_ in _SUBJECTS and were.i < c.i < verb.i for c in were.children)


def is_given_time(verb: Token) -> bool:
    """ "*Gave* the garrison two *hours to leave*": what it is told to do, and no aim of those who tell it."""
    if verb.head.lemma_ != "give" or verb.head.i == verb.i:
        return False
    given = [c for c in verb.head.children if c.dep_ == "dobj"]
    return any(c.lemma_.lower() in clause_words().terms for c in given)


def is_stopped(noun: Token) -> bool:
    """ "*Foiled an attempt* to kidnap a judge", "an *attempt* to storm it *failed*", "*any attempt* to seize it *would*
    …": it is said whether it came to that."""
    verb = noun.head
    if noun.lemma_ not in clause_words().tries or noun.dep_ not in {"dobj", *_SUBJECTS}:
        return False
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children) and noun.dep_ != "dobj":
        return True
    return verb.lemma_ in lexicon().governors["negated"]


def undertaking(verb: Token) -> Token | None:
    """The verb in "*made* an attempt to storm it", "*failed* in a bid to storm it", "have *begun* the third phase of an
    effort to isolate it": what follows was tried."""
    words, noun = clause_words(), verb.head
    if verb.dep_ not in {"acl", "relcl"} or noun.lemma_ not in words.tries or not is_to_infinitive(verb):
        return None
    noun = stage_of(noun)
    above = noun.head if noun.dep_ == "dobj" else noun.head.head
    told = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ == "in")
    return above if told and above.lemma_ in words.undertaking else None


def stage_of(noun: Token) -> Token:
    """ "The third *phase* of the effort": the word that tells how far something has got; else the noun itself."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return above if above.lemma_ in clause_words().stages else noun


def is_to_be_done(verb: Token) -> bool:
    """True for "a call for forces *to be deployed*": nobody has moved."""
    return verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def to_come(verb: Token, below: Token) -> Iterator[str]:
    """What "be" and "have" make of the infinitive below: "troops *are to* enter", "have *yet to* enter"."""
    to = next((c for c in below.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if to is None:
        return
    if verb.lower_ == "were" and (verb.is_sent_start or verb.nbor(-1).is_punct):
        yield "conditional"  # "*Were* the army *to* attack the port, …"
    elif below.dep_ == "xcomp":
        if any(c.lower_ == "yet" and c.i < below.i for c in verb.children):
            yield "negated"
        elif verb.lemma_ == "be":
            yield "planned"


def _steps_in(verb: Token) -> bool:
    """ "*Intervened* to arrest", "*went on* to attack": what follows was done."""
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt"]
    return not clause_words().stepping_in.isdisjoint((verb.lemma_, " ".join([verb.lemma_, *particles])))


def _is_on_way(verb: Token) -> bool:
    """ "Were on their *way to shell* the port"."""
    to = next(c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to")
    return to.i > 0 and to.nbor(-1).lower_ == "way"


# ------------------------------------------------------------------------------------------------ told by a noun


def wants_noun(lemma: str) -> bool:
    """Verbs whose very object is what is planned or asked: "planned an attack", "called for a ceasefire"."""
    return lemma in clause_words().wanting


def is_drawn_up(noun: Token, carrier: Token) -> bool:
    """ "Is *planning an* assault", "plotted *a* bombing"; who "planned *the* bombing" tells of one that is known."""
    key = " ".join([carrier.lemma_, *(c.lower_ for c in carrier.children if c.dep_ == "prt")])
    if noun.dep_ != "dobj" or key not in clause_words().drawing_up:
        return False
    known = carrier.tag_ in {"VBD", "VBN"} and is_definite(noun) and key != "schedule"
    perfect = carrier.tag_ == "VBN" and any(c.dep_ == "aux" for c in carrier.children)
    return (perfect or carrier.tag_ in {"VBG", "VBZ", "VBP", "VB", "VBD"}) and not known


def set_for_later(noun: Token) -> Iterator[str]:
    """ "A march *planned* for Sunday", "announced a march on the port *for 17 June*"."""
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in clause_words().awaiting:
            yield from _governed_by(child.lemma_)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in clause_words().announcing:
        beside = (*noun.children, *(c for c in verb.children if c.i > noun.i))
        if any(c.lower_ == "for" and _names_time(c) for c in beside):
            yield "planned"


def _names_time(preposition: Token) -> bool:
    return any(c.dep_ == "pobj" and c.ent_type_ in {"DATE", "TIME"} for c in preposition.children)


def has_term(words: Iterable[Token]) -> bool:
    """ "Ordered the *withdrawal* of its troops *by the end of May*": a term is set for what is ordered."""
    return any(
        child.dep_ == "prep" and child.lower_ in _TERMS and _names_time(child)
        for word in words
        for below in (word, *(g for c in word.children if c.dep_ == "prep" for g in c.children))
        for child in below.children
    )


_TERMS = frozenset({"by", "within", "before", "until"})


def awaited(verb: Token) -> Iterator[str]:
    """What a passive of waiting makes of its subject: "an attack is *expected*"; one that *was planned* may be over."""
    lemma = verb.lemma_.lower()
    if lemma not in clause_words().awaiting:
        return
    begun = any(c.dep_ == "auxpass" and c.tag_ == "VBD" for c in verb.children)
    if not begun or lemma not in clause_words().designing:
        yield from _governed_by(lemma)


def _governed_by(lemma: str) -> Iterator[str]:
    return (reading for reading, words in lexicon().governors.items() if lemma in words)
