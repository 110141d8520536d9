"""Allies by what they do together: "the army, *together with* militiamen, took the hill", "a raid *by the Kenyan and
Somali* armies"."""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.shared_nouns import SHARED
from khaldun.annotate.grammar.syntax import arguments, clause_head
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.roles.fillers import UNDER_ARMS, Fillers
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.ties.frames import tie_frame
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Report

_LEXICON = "lexicons/en/relations.yaml"


def joint(sentence_words: tuple[Token, ...], fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The alliances that a sentence tells by deeds done together."""
    for word in sentence_words:
        if word.lower_ in word_list(_LEXICON, "jointly"):
            yield from _together(word, fillers, report)
        elif word.lower_ == "by" and word.dep_ in ("agent", "prep"):
            yield from _shared(word, fillers, report)


def _together(word: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "X *together with* Y", "in *cooperation* with Y", "*alongside* Y"."""
    if word.lower_ == "alongside":
        prep: Token | None = word
    else:
        prep = word.nbor(1) if word.i + 1 < len(word.doc) and word.nbor(1).lower_ == "with" else None
    others = [g for g in prep.children if g.dep_ == "pobj"] if prep is not None else []
    friends = [m for g in others for m in fillers.actors_in(g, depth=2)[:1]]
    if prep is None or not friends:
        return
    verb = clause_head(prep)
    reading = read_factuality(verb)
    if reading.negated or reading.modality != "actual" or verb.lemma_ in word_list(_LEXICON, "no_joint_deeds"):
        return
    doers = _before(prep, fillers) or [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=0)]
    for doer in doers[:1]:
        for friend in friends:
            if doer.entity != friend.entity and _may_be_allies(doer, friend, fillers):
                yield tie_frame("allied_with", friend, doer, word, fillers, report)


def _before(prep: Token, fillers: Fillers) -> list[Mention]:
    """ "*The army*, together with the guard, …": who stands right before it, wherever the parser hangs it."""
    at = prep.i - 2 if prep.lower_ == "with" else prep.i - 1
    if at > 0 and prep.doc[at].lower_ == "in":
        at -= 1
    if at > 0 and prep.doc[at].text == ",":
        at -= 1
    found = [m for m in fillers.actors.get(at, ()) if m.form != "pronoun" and fillers.words[m.id].end == at + 1]
    return [m for m in found[-1:] if fillers.type_of(m) in UNDER_ARMS and not _undergoes(fillers.words[m.id].root)]


def _undergoes(word: Token) -> bool:
    """ "Killed six *fighters* in cooperation with the guard": not those to whom it is done."""
    return word.dep_ == "dobj" or (word.dep_ == "pobj" and word.head.lower_ in {"against", "on", "from"})


def _may_be_allies(doer: Mention, friend: Mention, fillers: Fillers) -> bool:
    sides = UNDER_ARMS | {"organisation", "government", "state"}
    noun = read_noun(doer.quote.split()[-1])
    if noun is not None and noun.entry.must_strike and doer.form == "description":
        return False  # "*two helicopters* struck it in coordination with the army"
    both = (fillers.type_of(doer), fillers.type_of(friend))
    if set(both) & {"government", "state"} and _are_of_one_state(doer, friend, fillers):
        return False  # "the police arrested six men in coordination with the government"
    return both[0] in sides and both[1] in sides and bool(UNDER_ARMS & set(both))


def _are_of_one_state(doer: Mention, friend: Mention, fillers: Fillers) -> bool:
    """True unless the two are told to be of two countries."""
    countries = [e.country_iso3 for m in (doer, friend) if (e := fillers.entities.get(m.entity or "")) is not None]
    return len(countries) < 2 or None in countries or countries[0] == countries[1]


def _shared(by: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "An offensive *by* the Kenyan and Somali armies"."""
    for noun in (g for g in by.children if g.dep_ == "pobj"):
        own = fillers.actor(noun)
        if own is None or own.form == "pronoun" or fillers.type_of(own) not in UNDER_ARMS:
            continue
        for other in fillers.sharing(own):
            told = other.made_by.startswith(SHARED) and state_of(other.quote) is not None
            if told and other.entity != own.entity and fillers.type_of(other) in UNDER_ARMS:
                yield tie_frame("allied_with", other, own, noun, fillers, report)
