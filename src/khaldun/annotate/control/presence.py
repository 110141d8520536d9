"""Who is present in a place by where the words put him: "inside X", "uses the school in X as a base"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from khaldun.annotate.control.states import is_country, state_frame
from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.syntax import antecedent, arguments
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.roles.extent import settled_words
from khaldun.annotate.roles.fillers import ARMED, UNDER_ARMS, Fillers
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Report


@cache
def _serving_verbs() -> frozenset[str]:
    return word_list("lexicons/en/control.yaml", "serving")


def inside(word: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "Militants *inside* X", "are believed to be *inside* X"."""
    place = next((p for c in word.children if c.dep_ == "pobj" for p in (fillers.place(c),) if p is not None), None)
    if place is None or is_country(place):
        return
    above = word.head
    if above.pos_ in {"NOUN", "PROPN"}:
        denied = any(c.lower_ == "no" for c in above.children)
        who: tuple[Token, ...] = (above,)
    elif above.lemma_ == "be":
        reading = read_factuality(above)
        denied, who = reading.negated or reading.modality != "actual", arguments(above).get("A", ())
    else:
        return
    for actor in () if denied else [m for t in who for m in fillers.actors_in(antecedent(t), depth=1)][:1]:
        if fillers.type_of(actor) in UNDER_ARMS:
            yield state_frame("present", actor, place, word, fillers, report, [above])


@cache
def men_words() -> frozenset[str]:
    """Men under arms, whom a side "has" somewhere."""
    return word_list("lexicons/en/control.yaml", "men")


def having_men(men: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The group still *has fighters in* X", "keeps 300 *troops* at X"."""
    verb = men.head
    reading = read_factuality(verb)
    denied = reading.negated or any(c.dep_ == "det" and c.lower_ in {"no", "any"} for c in men.children)
    if denied or reading.modality != "actual":
        return
    at = [
        c for t in (men, verb) for c in t.children if c.dep_ == "prep" and c.i > men.i and c.lower_ in _AT | {"inside"}
    ]
    place = next((p for c in at for g in c.children for p in (fillers.place(g),) if p is not None), None)
    who = [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    for actor in who[:1]:
        if place is not None and not is_country(place) and fillers.type_of(actor) in ARMED:
            yield state_frame("present", actor, place, men, fillers, report, [verb, *at[:1]])


def serving(noun: Token) -> Token | None:
    """The verb of "were *using* the school in X as a base", where it tells what is so."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "as":
        return None
    verb = next((t for t in noun.head.ancestors if t.pos_ == "VERB"), noun)  # "as" may hang on the object, or below it
    if verb.lemma_ not in _serving_verbs():
        return None
    reading = read_factuality(verb)
    return verb if not reading.negated and reading.modality == "actual" else None


def place_of_object(verb: Token, fillers: Fillers) -> Mention | None:
    return next((p for t in arguments(verb).get("P", ()) for p in (fillers.place(t),) if p is not None), None)


def standing(verb: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "French *soldiers* are in X": men under arms, with no business told that they are there for."""
    who = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if who is not None and verb.tag_ in {"VBZ", "VBP"}:
        yield from _named_there(who, verb, fillers, report)
    noun = read_noun(who.text) if who is not None else None
    within = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "in"), None)
    busy = any(c.dep_ in {"acomp", "attr"} or c.lower_ == "for" for c in verb.children)
    if noun is None or noun.entry.many not in UNDER_ARMS or within is None or busy:
        return
    if any(g.i in fillers.loci for g in within.children):
        yield from there(within, fillers, report)


def _named_there(who: Token, verb: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "*Hezbollah* is in Lebanon": an armed group by its name, and a country or a town with nothing else said."""
    group = fillers.actor(who)
    if group is None or group.form not in {"name", "acronym"} or fillers.type_of(group) != "armed_group":
        return
    said = [c for c in verb.children if c.i > verb.i and c.dep_ in {"prep", "acomp", "attr", "advmod"}]
    within = said[0] if len(said) == 1 and said[0].lower_ == "in" else None
    place = (
        next((fillers.loci[g.i] for g in within.children if g.i in fillers.loci), None) if within is not None else None
    )
    reading = read_factuality(verb)
    if within is not None and place is not None and not reading.negated and reading.modality == "actual":
        yield state_frame("present", group, place, within, fillers, report, [verb])


def there(word: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The group is *back* in X", "some 300 fighters are *still* in the city"."""
    verb = word.head
    reading = read_factuality(verb)
    who = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if who is None or reading.negated or reading.modality != "actual" or any(c.lower_ == "no" for c in who.children):
        return
    where = [g for t in (verb, word) for c in t.children if c.lower_ in _AT for g in c.children if g.dep_ == "pobj"]
    named = (t for t in where if t.i in fillers.loci or t.lemma_.lower() in settled_words())
    place = next((p for t in named for p in (fillers.place(t),) if p is not None), None)
    for actor in fillers.actors_in(antecedent(who), depth=1)[:1]:
        if place is not None and not is_country(place) and fillers.type_of(actor) in UNDER_ARMS:
            yield state_frame("present", actor, place, word, fillers, report, [verb])


_AT = frozenset({"in", "at", "near", "around", "outside"})


@cache
def going_verbs() -> frozenset[str]:
    """Verbs of going back with one's forces, to where they are from then on."""
    return word_list("lexicons/en/control.yaml", "falling_back")


def gone_to(verb: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The rebels *pulled back to* X", "*withdrew to* X": they are there now."""
    reading = read_factuality(verb)
    if verb.pos_ != "VERB" or reading.negated or reading.modality != "actual":
        return
    below = [c for t in (verb, *(c for c in verb.children if c.dep_ in {"prt", "advmod"})) for c in t.children]
    to = next((c for c in below if c.dep_ == "prep" and c.lower_ == "to"), None)
    place = next((fillers.loci[g.i] for g in to.children if g.i in fillers.loci), None) if to is not None else None
    if to is None or place is None or is_country(place):
        return
    for actor in [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)][:1]:
        if fillers.type_of(actor) in UNDER_ARMS:
            yield state_frame("present", actor, place, verb, fillers, report, [to], taken=True)
