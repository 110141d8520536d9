"""Did it happen, by the words? Negation, modality and hedging of a trigger, from `lexicons/en/modality.yaml`.

Whose word it is, is not decided here: a denied content keeps its own reading, and the attribution says who denies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from khaldun.annotate.grammar.modality import (
    SUBJECTS,
    governed,
    is_condition,
    is_finite_past,
    is_negative_phrase,
    is_owed,
    is_thought_so,
    of_modal,
)
from khaldun.annotate.grammar.noun_factuality import GOVERNED_PREPOSITIONS, around_noun, by_carrier, on_word
from khaldun.annotate.grammar.plans import (
    has_term,
    is_errand,
    is_given_time,
    is_purpose,
    is_stopped,
    is_supposed,
    is_vowed,
)
from khaldun.annotate.grammar.questions import is_to_infinitive
from khaldun.annotate.sayings.cues import load_lexicon
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.tables.modality_words import lexicon
from khaldun.annotate.words import Token
from khaldun.copies import quickly_made
from khaldun.model import Modality

_NEGATORS = frozenset({"not", "n't", "never", "neither", "nor", "hardly"})
_OPENING = frozenset({"if", "unless"})
_CALLING = frozenset({"call", "schedule"})
_ORDERING = frozenset({"announce", "order"})
_CLAUSE_ENDS = frozenset({",", ";", ":", "-", "–", "—", '"', "“", "”"})
_BEFORE_CONDITION = frozenset({"that", "and", "but", "or", "even", "only"})


@quickly_made
@dataclass(frozen=True, slots=True)
class Reading:
    """How the words present a happening. The strongest modality met on the way up wins."""

    negated: bool = False
    modality: Modality = "actual"
    hedged: bool = False
    vain: bool = False
    """Whether it is negated only as what was tried in vain."""


_READ = "khaldun.factuality"
"""Where a doc keeps the readings of its words, by their number."""


def read_factuality(trigger: Token, carrier: Token | None = None, own: Sequence[Token] = ()) -> Reading:
    """The reading of an event whose word is `trigger`; `carrier` is the verb that carries an event noun.

    `own` are all words of the trigger: an "*attempted* assassination" is an attack that took place.
    """
    if carrier is None and not own:
        read: dict[int, Reading] = trigger.doc.user_data.setdefault(_READ, {})
        known = read.get(trigger.i)
        return known if known is not None else read.setdefault(trigger.i, _reading(trigger, None, ()))
    return _reading(trigger, carrier, own)


def _reading(trigger: Token, carrier: Token | None, own: Sequence[Token]) -> Reading:
    signs = set(on_word(trigger, own))
    verb = carrier or (trigger if trigger.pos_ in {"VERB", "AUX", "ADJ"} else None)
    if verb is None:
        signs |= set(around_noun(trigger))
    else:
        if carrier is not None:
            signs |= set(by_carrier(carrier, trigger))
            if (
                carrier.dep_ == "acl" and carrier.head == trigger
            ):  # "received *reports of* killings committed by rebels"
                signs |= {r for r in around_noun(trigger) if r == "hedged"}
        elif verb.lemma_ in _ORDERING and has_term(own):
            signs.add("planned")  # "*announced* the withdrawal of its troops *by May*"
        elif verb.lemma_ in _CALLING:
            signs |= {r for word in own if word is not verb for r in by_carrier(verb, word)}  # "*called* a strike"
        for word, below_word in _upwards(verb):
            if word.lemma_ in clause_words().checking and below_word is not None:
                break
            if _is_unknown(word, below_word):
                break  # "refused to *say whether*": that it is not told says nothing of it
            if not _only_says(word, below_word):
                signs |= set(_on_clause(word))
            if below_word is not None:
                signs |= set(governed(word, below_word))
        signs |= set(_by_place(verb))
    if _is_question(trigger):
        signs.add("asked")
    if "conditional" not in signs and (_opens_condition(trigger) or _waits_for_proof(trigger)):
        signs.add("conditional")
    vain = "vain" in signs and "negated" not in signs
    return Reading(vain or "negated" in signs, _modality(signs), "hedged" in signs, vain)


def _by_place(verb: Token) -> Iterator[str]:
    """What the sentence makes of a verb by where it puts it: cleft, after "nor", after a word that asks."""
    above = verb.head
    if verb.dep_ == "relcl" and above.dep_ == "attr" and above.head.lemma_ == "be":
        be = above.head
        if any(c.dep_ == "nsubj" and c.lower_ == "it" for c in be.children):
            yield from _on_clause(be)  # "it was *probably* the army that shelled the camp"
    if verb.dep_ == "pcomp" and above.head.lemma_ in clause_words().charging and above.head.dep_ in {"acl", "amod"}:
        yield "hedged"  # "a man *accused of stabbing* four pupils"
    if verb.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "nor" and c.i < verb.i for c in above.children):
        yield "negated"  # "neither bombed *nor shelled* the camp"
    if verb.dep_ == "conj" and _is_asked_with(verb):
        yield "conditional"
    if any(c.tag_ == "WRB" and c.dep_ == "advmod" for c in verb.lefts):
        aux = next((c for c in verb.lefts if c.dep_ == "aux"), None)
        if aux is not None and _is_inverted(aux, verb):
            yield "asked"  # "*why did* the army shell the camp, a deputy asked"


def _is_asked_with(second: Token) -> bool:
    """ "*Whether* they were kidnapped *or arrested* remains unclear": both are asked about."""
    asked = any(c.dep_ == "mark" and c.lower_ == "whether" for c in second.head.lefts)
    return asked and not any(c.dep_ in SUBJECTS for c in second.children)


def _only_says(word: Token, below: Token | None) -> bool:
    """ "Did *not deny* that", "would not *confirm* that": the attribution says what that makes of the clause below."""
    if below is None or below.dep_ != "ccomp" or not is_finite_past(below):
        return False
    return any("clause" in s.takes and s.type == "assertion" for s in load_lexicon().senses(word.lemma_, word.text))


def _is_unknown(word: Token, below: Token | None) -> bool:
    """ "It is *not known who* fired the rocket": what is not known is who, and not that it was fired."""
    if below is None or below.dep_ not in {"ccomp", "csubj", "csubjpass", "advcl", "pcomp", "acl"}:
        return False
    asks = any(t.tag_ in {"WP", "WDT", "WRB", "WP$"} or t.lower_ == "whether" for t in below.lefts)
    knowing = clause_words().knowing
    return asks and (word.lemma_ in knowing or any(c.lemma_ in knowing for c in word.children))


def _modality(signs: set[str]) -> Modality:
    for name in ("conditional", "feared", "asked", "possible", "planned"):
        if name in signs:
            return cast(Modality, name)
    return "actual"


def _upwards(token: Token) -> Iterator[tuple[Token, Token | None]]:
    """The clause heads from the trigger upwards, with the word below each, stopping where a new assertion begins."""
    below: Token | None = None
    for _ in range(8):
        yield token, below
        head = token.head
        apart = token.dep_ in {"relcl", "parataxis", "conj", "appos"}
        if head == token or (apart and not _shares(token) and not _is_content(token)):
            return
        told = any(c.dep_ == "mark" for c in token.lefts)  # "no proof *that* the rebels had shelled the port"
        if token.dep_ == "acl" and token.tag_ in {"VBN", "VBG"} and head.lemma_ not in lexicon().contents and not told:
            return  # "did not arrest a man *accused of* bombing": who it is, is told as a fact
        if token.dep_ == "advcl" and not (_is_below(token) or is_purpose(token) or is_condition(token)):
            return
        if token.dep_ == "prep" and token.lower_ not in GOVERNED_PREPOSITIONS:
            return
        below, token = token, head


def _is_below(token: Token) -> bool:
    """True for what the verb above it governs, although the parser hangs it beside."""
    return (
        _is_ruled_out(token) or is_thought_so(token) or (token.tag_ == "VB" and (is_vowed(token) or is_supposed(token)))
    )


def _is_ruled_out(verb: Token) -> bool:
    """ "*Ruled out sending* troops": the object of the verb, which the parser often takes for a clause beside it."""
    particle = verb.head.lemma_ == "rule" and any(c.lower_ == "out" and c.i < verb.i for c in verb.head.children)
    return particle and verb.tag_ == "VBG"


def _shares(token: Token) -> bool:
    """Coordinated infinitives share what governs the first: "plans to attack and seize the port", "are presumed to have
    crossed the lake and killed two rangers"."""
    first = token.head
    if token.dep_ != "conj" or token.tag_ != first.tag_:
        return False
    perfect = token.tag_ == "VBN" and first.dep_ == "xcomp" and not any(c.dep_ in SUBJECTS for c in token.children)
    return token.tag_ == "VB" or perfect


def _is_inverted(aux: Token, verb: Token) -> bool:
    """ "*Should* the rebels attack the port, …": the subject stands behind."""
    return any(c.dep_ in SUBJECTS and c.i > aux.i for c in verb.children)


def _is_never(preposition: Token) -> bool:
    """ "At no point", "under no circumstances"."""
    return any(
        g.lemma_ in clause_words().occasions and any(d.lower_ == "no" for d in g.children) for g in preposition.children
    )


def _is_content(token: Token) -> bool:
    """ "It is a lie *that the army attacked*": what a noun is about, by the parse a relative clause."""
    return token.dep_ == "relcl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in token.lefts)


def _on_clause(verb: Token) -> Iterator[str]:
    words = lexicon()
    for child in verb.children:
        if child.dep_ == "aux" and any(g.dep_ == "prep" and _is_never(g) for g in child.lefts):
            yield "negated"
        if child.dep_ == "neg" or (child.lower_ in _NEGATORS and child.dep_ in {"advmod", "cc", "preconj"}):
            if child.i == 0 or child.nbor(-1).lower_ != "or":  # "whether *or not*"
                yield "negated"
        elif child.dep_ in {"aux", "auxpass"} and child.tag_ in {"MD", "VB"}:
            yield from of_modal(child, verb)
            if child.lower_ in words.conditions and _is_inverted(child, verb):
                yield "conditional"  # "*Should* the rebels attack, the army will close the road"
        elif child.lower_ == "had" and child.dep_ == "aux" and _is_inverted(child, verb):
            yield "conditional"  # "*Had* the rebels attacked, the army would have closed the road"
        elif child.dep_ == "mark" and child.lower_ in words.conditions:
            yield "conditional"
        elif child.dep_ == "prep" and _is_never(child):
            yield "negated"  # "*at no point* did our forces enter the mosque"
        elif child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            yield "negated"  # "*no longer* controls the port"
        elif child.dep_ in {"nsubj", "nsubjpass", "dobj"} and is_negative_phrase(child) and not is_owed(child):
            if child.dep_ != "dobj" or child.lemma_.lower() not in clause_words().reactions:
                yield "negated"
        elif child.dep_ == "advmod" and (child.i < verb.i or verb.lemma_ == "be"):
            yield from (reading for reading, listed in words.adverbs.items() if child.lower_ in listed)
    if is_purpose(verb) or is_errand(verb) or _is_provided_for(verb):
        yield "planned"
    if is_given_time(verb):
        yield "asked"
    if _is_awaited(verb):
        yield "possible"
    if verb.dep_ in {"acl", "relcl"} and is_stopped(verb.head):
        stopping = verb.head.head.lemma_ in lexicon().governors["negated"]
        yield "negated" if stopping else "conditional"
    if verb.head.lower_ == "event" and verb.dep_ in {"relcl", "acl"} and verb.head.head.lower_ == "in":
        yield "conditional"  # "*in the event that* the peacekeepers leave"
    first, opens = verb.left_edge.i, verb.sent.start
    if first > opens and f" {verb.doc[max(opens, first - 3) : first].text.lower()}".endswith(words.openings):
        yield "conditional"  # "stored water *in case* the rebels attacked"


def _is_awaited(verb: Token) -> bool:
    """ "Will fight *until the army leaves*": it has not left."""
    now = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    if verb.dep_ != "advcl" or not any(t.tag_ in {"VBZ", "VBP"} for t in now):
        return False
    return any(c.lower_ in {"until", "till"} and c.i < verb.i for c in verb.children)


def _is_provided_for(verb: Token) -> bool:
    """ "The deal, brokered by Qatar, provides for the army *to take over* the town": no infinitive is told beside a
    finite verb, wherever the parser hangs it."""
    return verb.dep_ == "conj" and verb.head.tag_ in {"VBZ", "VBD", "VBP"} and is_to_infinitive(verb)


def _opens_condition(trigger: Token) -> bool:
    """True in a clause that "if" or "unless" opens, read off the surface: the parser often hangs the word elsewhere."""
    opening = trigger.doc[trigger.sent.start]
    if opening.lower_ == "were" and not any(t.text == "," for t in trigger.doc[opening.i : trigger.i]):
        return any(t.lower_ == "to" for t in trigger.doc[opening.i : trigger.i])  # "*Were* the dam *to* be bombed, …"
    for token in reversed(trigger.doc[trigger.sent.start : trigger.i]):
        if token.text in _CLAUSE_ENDS:
            return False
        if token.lower_ in _OPENING:
            before = token.nbor(-1) if token.i > trigger.sent.start else None
            return before is None or before.text in _CLAUSE_ENDS or before.lower_ in _BEFORE_CONDITION
    return False


def _waits_for_proof(trigger: Token) -> bool:
    """ "*If confirmed*, the killing would be a blow": what the sentence tells is not said to have happened."""
    opening = trigger.doc[trigger.sent.start : trigger.sent.start + 2]
    return len(opening) == 2 and opening[0].lower_ == "if" and opening[1].lower_ in clause_words().proven


def _is_question(token: Token) -> bool:
    return token.sent.text.rstrip(" '\")”’").endswith("?")
