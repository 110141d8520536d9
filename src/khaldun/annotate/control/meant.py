"""Which place the words of a state of control mean: named, described, or told just before."""

from __future__ import annotations

from khaldun.annotate.grammar.syntax import Arguments, conjuncts
from khaldun.annotate.roles.extent import is_tract, settled_ground
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token
from khaldun.model import Locus, Mention


def listed(head: Token, place: Mention, fillers: Fillers) -> list[Mention]:
    """ "The rebel-held *cities* of X and Y": a plural is of all that are named."""
    of = [g for c in head.children if c.lower_ == "of" for g in c.children if fillers.loci.get(g.i) == place]
    if head.tag_ != "NNS" or not of:
        return [place]
    return [m for t in conjuncts(of[0]) for m in (fillers.loci.get(t.i),) if m is not None]


def is_ground(held: Token, fillers: Fillers) -> bool:
    """ "Surrounded *a house* in X" contests no town."""
    return held.i in fillers.loci or held.lower_ in {"it", "which", "that"} or held.lemma_.lower() in settled_ground()


def place_described(noun: Token, fillers: Fillers) -> Mention | None:
    """The place that a phrase names or says something of: "X, a rebel-held *town*", "X is a *village* held by Y"."""
    place = fillers.place(noun)
    if place is None and noun.dep_ in {"appos", "attr"}:
        place = fillers.place(noun.head)
        if place is None and noun.dep_ == "attr":
            place = next((p for c in noun.head.children if c.dep_ == "nsubj" for p in (fillers.place(c),) if p), None)
    return place


def is_wide(place: Mention | None) -> bool:
    """ "Kefraya in *Idlib province*, which has been surrounded": nobody surrounds a province."""
    return place is not None and isinstance(place.value, Locus) and place.value.precision in {"adm1", "region"}


def where_held(held: Token, functions: Arguments, fillers: Fillers) -> Mention | None:
    """ "The zone that Turkey occupies *in northern Cyprus*": where ground lies that has no name of its own."""
    found = (p for t in functions.get("in", ()) for p in (fillers.place(t),) if p is not None)
    return next((p for p in found if is_tract(held, p)), None)


def is_none(held: Token) -> bool:
    """ "Hold *no* towns in the province": nothing is held or lost."""
    return any(c.dep_ == "det" and c.lower_ in {"no", "any", "neither"} for c in held.children)


def right_before(word: Token, fillers: Fillers) -> Mention | None:
    """ "*X*, a stronghold …", "*X*, held by …", "*X*, under the control of …": the name before the comma that the
    word's phrase stands behind."""
    start = word.left_edge.i
    if start < word.sent.start + 2 or word.doc[start - 1].text != ",":
        return None
    return fillers.loci.get(start - 2)


def only_place(noun: Token, fillers: Fillers) -> list[Mention]:
    """ "*Kosovo* has an Albanian majority, but Serbs keep control": the one place that the sentence has named."""
    named = {m.entity: m for t in noun.doc[noun.sent.start : noun.i] for m in (fillers.loci.get(t.i),) if m is not None}
    return list(named.values()) if len(named) == 1 else []
