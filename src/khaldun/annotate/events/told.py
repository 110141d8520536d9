"""How an event is told: as done, planned, tried, suspected or denied, seen all the words that tell it."""

from __future__ import annotations

from dataclasses import replace

from khaldun.annotate.events.asides import is_errand_of_visit
from khaldun.annotate.events.drafts import Draft, deed_words
from khaldun.annotate.grammar.factuality import Reading, read_factuality
from khaldun.annotate.grammar.modality import is_condition
from khaldun.annotate.roles.carrier_words import speaks
from khaldun.annotate.roles.tolls import takes_lives
from khaldun.annotate.words import Token
from khaldun.ontology import Kind

_CONCESSIONS = frozenset({"agree", "concede", "consult", "cooperate", "support"})


def how_told(draft: Draft, kind: Kind, *, only_tried: bool) -> Reading:
    """The factuality of the event's own words, its carrier and its results; `only_tried` where the entry's own deed was
    merely tried, and `kind` is what the attempt was."""
    trigger, carrier = draft.trigger, draft.carrier
    head = trigger.head
    reading = read_factuality(head, carrier, trigger.tokens)
    if reading.negated and carrier is not None and (speaks(carrier) or is_unclaimed(draft)):
        # "*nobody* claimed responsibility for the attack", "the attack has *not been claimed* by anybody"
        reading = read_factuality(head, None, trigger.tokens)
    if reading.negated and not trigger.verbal and carrier is not None and takes_lives(carrier):
        reading = replace(reading, negated=False)  # "*no one* was killed when a rocket hit the port": it was hit
    if reading.modality == "possible" and draft.tolls and not trigger.verbal and _is_only_suspected(head):
        reading = replace(reading, modality="actual")  # "*a suspected* air strike killed two": they are dead
    if reading.vain and only_tried:
        reading = replace(reading, negated=False)  # "tried in vain to take the port": it was attacked
    if reading.modality == "actual" and not kind.violent and _is_only_tried(carrier or head):
        reading = replace(reading, modality="planned")  # "are *trying to* broker a truce"
    return reading


def is_unclaimed(draft: Draft) -> bool:
    """ "The attack has *not been claimed* by anybody": by whom it was not claimed, did not do it."""
    carrier = draft.carrier
    if carrier is None or carrier.lemma_ != "claim" or draft.trigger.head.dep_ != "nsubjpass":
        return False
    return read_factuality(draft.trigger.head, carrier, draft.trigger.tokens).negated


def is_no_event(kind: Kind, reading: Reading, draft: Draft) -> bool:
    """True for what was not to happen anyway, an errand that a visit is told for, and terms that nobody has met."""
    head = draft.trigger.head
    if reading.negated and (kind.id == "movement" or (reading.modality == "possible" and not draft.trigger.verbal)):
        return True  # "had *not been able to enter* the base", "to prevent *any possible violence*"
    if kind.id == "consult.meet" and reading.modality == "planned" and is_errand_of_visit(head):
        return True
    conceding = kind.id.split(".")[0] in _CONCESSIONS
    # "*if* the government *cooperates*, the troops will leave": on what terms, and no move yet
    return conceding and reading.modality == "conditional" and is_condition(head)


def _is_only_suspected(deed: Token) -> bool:
    return deed.dep_ == "nsubj" and takes_lives(deed.head) and any(c.lower_ == "suspected" for c in deed.children)


def _is_only_tried(verb: Token) -> bool:
    """Who tries to come to terms or to get away has yet to, unlike who tries to storm a town."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in deed_words().trying and verb.pos_ == "VERB"
