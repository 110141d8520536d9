"""Days of a sentence that are another happening's than the one asked about."""

from __future__ import annotations

from functools import cache

from khaldun.annotate.grammar.factuality import Reading
from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.sayings.cues import load_lexicon
from khaldun.annotate.scenes.beside import judges
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.tables.toll_words import by_verb
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Mention

_BESIDE = frozenset({"after", "before", "following", "since"})


def dates_another(time: Mention, trigger: Token, fillers: Fillers, reading: Reading, own: Token | None) -> bool:
    """True for the day on which something is remembered, counted from, or threatened: "*on Friday* the town marked the
    anniversary of the raid", "ten years *since* rebels burned it", "threatened *on Sunday* to burn it"."""
    tokens = fillers.passage.tokens(time.span)
    if tokens is None or tokens[0].sent is not trigger.sent:
        return False
    noun = tokens.root.head
    if tokens.root.dep_ == "poss" and noun != trigger and noun.dep_ == "pobj" and noun.head.lower_ in _BESIDE:
        return True  # "visited the town after *Sunday's* bombing"
    if tokens.root.dep_ == "poss" and _is_left_behind(noun, trigger):
        return True
    if tokens.root.dep_ == "poss" and noun not in (trigger, own) and _only_speaks(trigger, noun):
        return True  # "condemned *Friday's* attack on the port"
    if tokens.root.dep_ == "poss" and noun not in (trigger, own) and _goes_on_from(trigger, noun):
        return True
    if own in (None, trigger) and _is_spoken_of(trigger, tokens.root):
        return True  # "*on Tuesday* condemned the shelling of the port"; but "*on Tuesday* held a protest"
    if own in (None, trigger) and _is_called_for(trigger, tokens.root):
        return True
    if (phrase := _looking_back(own or trigger)) is not None and not phrase.is_ancestor(tokens.root):
        return True
    if _is_answered(own or trigger, tokens.root):
        return True
    clause = clause_head(trigger)
    for above in (trigger, *trigger.ancestors):
        if above == tokens.root or above.is_ancestor(tokens.root):
            return (
                above.pos_ == "VERB"
                and above != clause
                and reading.modality != "actual"
                and _is_willed(above, trigger, tokens.root)
            )
        if above.lemma_.lower() in remembering() or (above.dep_ == "advcl" and measured_from(above)):
            return True
    return False


def _is_called_for(call: Token, time: Token) -> bool:
    """ "Called for a march *on Friday*": the day of the march, and not of the call."""
    if call.lemma_ not in ("call", "appeal") or time.i < call.i:
        return False
    for_ = next((c for c in call.children if c.lower_ == "for" and c.dep_ == "prep" and c.i < time.i), None)
    wanted = next((c for c in for_.children if c.dep_ == "pobj"), None) if for_ is not None else None
    found = match(wanted) if wanted is not None else None
    return found is not None and found.entries[0].kind.startswith(("protest", "consult"))


def _is_answered(noun: Token, time: Token) -> bool:
    """ "The capture of two officers *was confirmed on Friday*": when it was answered, and not when done."""
    verb = noun.head
    if noun.dep_ not in {"nsubjpass", "dobj"} or verb.lemma_ not in word_list("lexicons/en/deeds.yaml", "answered"):
        return False
    return verb.is_ancestor(time) and not noun.is_ancestor(time)


def _looking_back(noun: Token) -> Token | None:
    """The preposition above a happening that another one follows or is about: "held him on Monday *after* a blast".

    Not where people are hurt: "were wounded on Monday *after* clashes" tells the clashes' own harm.
    """
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in _BACK or preposition.head.pos_ not in {"VERB", "AUX"}:
        return None
    return None if by_verb().get(preposition.head.lemma_) in {"killed", "injured"} else preposition


_BACK = frozenset({"after", "following", "over"})


def _is_left_behind(noun: Token, trigger: Token) -> bool:
    """True for a deed at what another left behind: "searched the site of *Sunday's blast*"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of" or noun in (trigger, trigger.head) or noun.is_ancestor(trigger):
        return False
    return noun.head.head != trigger and noun.head.head.lemma_ in word_list("lexicons/en/deeds.yaml", "left_behind")


def _is_spoken_of(deed: Token, time: Token) -> bool:
    """Whether a verb that condemns or denies is about the deed, by a noun, and the time before it is the verb's own:
    "*on Tuesday* rejected claims that it had shelled the port"."""
    if time.i > deed.i or deed.is_ancestor(time):
        return False
    phrase = deed.head if deed.dep_ == "acl" and deed.head.pos_ == "NOUN" else deed
    while phrase.dep_ in {"pobj", "prep", "dobj", "compound"} and phrase.head.pos_ != "VERB":
        phrase = phrase.head
    verb = phrase.head
    about = phrase.dep_ in {"dobj", "prep"} and verb.pos_ == "VERB" and not phrase.is_ancestor(time)
    return about and verb.is_ancestor(time) and verb.tag_ != "VB" and judges(verb)


def _only_speaks(trigger: Token, noun: Token) -> bool:
    """Whether the deed of `noun` is what the verb of `trigger` is said, or charged, about."""
    return trigger.pos_ == "VERB" and trigger.is_ancestor(noun) and bool(_senses(trigger.lemma_, trigger.text))


def _goes_on_from(trigger: Token, noun: Token) -> bool:
    """ "Claimed responsibility for *Saturday's* raid *and vowed* more": neither was done on the raid's day."""
    if trigger.pos_ != "VERB" or noun.dep_ not in {"dobj", "pobj"} or noun.is_ancestor(trigger):
        return False
    if trigger.dep_ == "conj" and not trigger.is_ancestor(noun):
        return trigger.head.is_ancestor(noun)
    share = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else noun
    return share.lemma_ in clause_words().sharing and share.head == trigger


def _senses(lemma: str, text: str) -> bool:
    words = load_lexicon().senses(lemma, text)
    return any(s.stance in {"accuse", "call", "praise", "deny", "threaten"} for s in words)


def _is_willed(verb: Token, trigger: Token, time: Token) -> bool:
    """Whether the time stands beside a verb in the past that governs what is yet to come."""
    past = verb.tag_ == "VBD" and verb.lemma_ not in ("be", "have")
    return past and verb.i < time.i < trigger.i


_UNITS = frozenset({"day", "week", "month", "year", "decade", "hour"})


def measured_from(clause: Token) -> bool:
    """True for the clause that another happening is so much later than: "still hold it, four years *after* they …"."""
    marks = (c for c in clause.children if c.lower_ in {"after", "before", "since"} and c.i > 0)
    return clause.dep_ == "advcl" and any(mark.nbor(-1).lemma_ in _UNITS for mark in marks)


@cache
def remembering() -> frozenset[str]:
    """Words of looking back to what happened long before."""
    return word_list("lexicons/en/deeds.yaml", "remembering")
