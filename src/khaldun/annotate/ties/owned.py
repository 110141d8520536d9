"""Ties told by whose somebody is: "*President Saleh's* forces", "the party *of Omar Saleh*", "*Kenyan Army* engineers".

The words are in `lexicons/en/relations.yaml`: `commanded`, `headed`, `staffing`, `serving_in`.
"""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.roles.fillers import UNDER_ARMS, Fillers
from khaldun.annotate.ties.frames import BODIES, tie_frame
from khaldun.annotate.ties.groups import of_rivals
from khaldun.annotate.ties.states import side_told
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Report

_LEXICON = "lexicons/en/relations.yaml"
_WHOSE = frozenset({"poss", "compound", "nmod"})


def owned(fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The ties of those who are told by whose they are."""
    for mention in fillers.mentions:
        if mention.kind != "actor" or mention.form == "pronoun" or mention.id not in fillers.roots:
            continue
        head = fillers.passage.doc[fillers.roots[mention.id]]
        word = head.lower_
        if word in word_list(_LEXICON, "commanded") and fillers.type_of(mention) in UNDER_ARMS:
            for leader in _named_owners(head, mention, fillers):
                yield tie_frame("commands", leader, mention, head, fillers, report)
        elif word in word_list(_LEXICON, "headed") and not of_rivals(head) and fillers.type_of(mention) in BODIES:
            for leader in _named_owners(head, mention, fillers):
                yield tie_frame("leads", leader, mention, head, fillers, report)
        elif word in word_list(_LEXICON, "units") and fillers.type_of(mention) in BODIES:
            body = _body_of_unit(mention, head, fillers)
            if body is not None:
                yield tie_frame("part_of", mention, body, head, fillers, report)
        elif head.i and head.nbor(-1).text == "-":
            continue  # "the UN Secretary-*General*" serves in no army
        elif word in word_list(_LEXICON, "staffing") | word_list(_LEXICON, "serving_in"):
            kind = "part_of" if word in word_list(_LEXICON, "staffing") else "member_of"
            body = _body_of_staff(mention, head, fillers)
            own = kind == "member_of" and body is not None and fillers.type_of(body) == "state_force"
            if body is not None and not own:  # "security *force personnel*" are the force
                yield tie_frame(kind, mention, body, head, fillers, report)


def _named_owners(noun: Token, mention: Mention, fillers: Fillers) -> list[Mention]:
    """The one person by name whose they are: "*General Saleh's* troops", "troops *of General Saleh*"."""
    owners = [c for c in noun.children if c.dep_ in _WHOSE and c.i < noun.i]
    owners += [g for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
    found = [m for o in owners for m in (fillers.actor(o),) if m is not None and m.form == "name"]
    people = [m for m in found if fillers.type_of(m) == "person" and m.entity != mention.entity]
    return people[:1] if not read_factuality(noun).negated else []


def _body_of_unit(mention: Mention, noun: Token, fillers: Fillers) -> Mention | None:
    """ "*The army's* 12th Brigade", "*Red Front* cells": of which body a unit by name, or a cell, is."""
    owners = [m for c in noun.children if c.dep_ == "poss" for m in fillers.actors_in(c, depth=0)]
    owners += [m for m in (_body_of_staff(mention, noun, fillers),) if m is not None]
    others = (m for m in owners if m.entity != mention.entity and m.form != "pronoun")
    return next((m for m in others if fillers.type_of(m) in BODIES - {"state", "media"}), None)


def _body_of_staff(mention: Mention, noun: Token, fillers: Fillers) -> Mention | None:
    """The body by name that stands before what they are to it: "*Kenyan Army* engineers", "*UN* human rights staff"."""
    start = fillers.passage.at(noun).start
    inside = (
        m
        for m in fillers.mentions
        if m.kind == "actor" and m is not mention and mention.span.contains(m.span) and m.span.end < start
    )
    for body in inside:
        joined = fillers.text[body.span.end : body.span.end + 1] in ("-", "'", "’")
        told = fillers.type_of(body) in BODIES - {"state"} and body.form != "pronoun"
        if told and not joined and body.entity != mention.entity:
            return body
    before = noun.nbor(-1) if noun.i > noun.sent.start and noun.nbor(-1).dep_ in _WHOSE | {"amod"} else None
    side = side_told(before.lower_, fillers) if before is not None and before.lower_ in _SIDES else None
    return side if side is not None and side.entity != mention.entity else None


_SIDES = frozenset({"army", "regime", "government", "navy", "police"})
