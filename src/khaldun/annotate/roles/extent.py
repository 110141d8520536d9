"""How much of a place changes hands: the place itself, or only a part of it or a thing in it or by it.

"captured *Qasr*", "the town of *Qasr*" and "the rest of *Qasr*" are the place; "the airport in *Qasr*" is a part of
it, "a hilltop near *Qasr*" and "their bases on the outskirts of *Qasr*" lie beside it, and nobody comes to hold a town
by them, or loses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.roles.denoted import is_building
from khaldun.annotate.roles.fillers import Fillers, terrain_words
from khaldun.annotate.words import Token
from khaldun.knowledge import word_lists
from khaldun.model import Locus, Mention

Extent = Literal["whole", "part", "beside"]

OF_GROUND = frozenset({"control.gain", "control.loss", "retreat.withdraw", "siege"})
"""Kinds of happenings that are done to ground, and may be to a part of it."""

_NAMING = frozenset({"of", "in", "inside", "over", "from"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "all"})
_MOST = frozenset({"most", "all"})
_WITHIN = frozenset({"camp", "port"})
_HALF = 50  # percent
_BESIDE = 16  # characters in which the kind of a place stands by its name
_AWAY = frozenset({"near", "outside", "around", "by", "beside", "beyond", "between", "to"})


@dataclass(frozen=True, slots=True)
class _Words:
    settled: frozenset[str]
    share: frozenset[str]
    areas: frozenset[str]
    outer: frozenset[str]
    measures: frozenset[str]
    ways: frozenset[str]
    sides: frozenset[str]
    directions: frozenset[str]
    tracts: frozenset[str]
    most: frozenset[str]
    percent: frozenset[str]
    sites: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/territory.yaml")


def settled_words() -> frozenset[str]:
    """Kinds of places that are named by "of": "the *town* of Qasr"."""
    return _words().settled


def settled_ground() -> frozenset[str]:
    """What can be fought for as a town or a part of one."""
    return _words().settled | _words().areas | _words().share


def districts() -> frozenset[str]:
    """Parts of a town or of the country that one side may hold, and another the rest: "the *districts* of the city"."""
    return _words().areas | _words().sides | _words().directions


@cache
def shares_of_ground() -> frozenset[str]:
    """Words for a part of a town's ground, and for how much of it: "*districts* of the city", "30 *percent* of X"."""
    known = _words()
    words = known.areas | known.sides | known.percent | {"third", "progress"}
    return words | {f"{word}s" for word in words}


def is_side(held: Token) -> bool:
    """ "The *east* of X", "the western *half* of the city", "60 *percent* of X": a side or the greater share, and not
    some districts."""
    known = _words()
    lemma = held.lemma_.lower()
    if lemma in known.percent:
        return any(c.dep_ == "nummod" and c.text.isdigit() and int(c.text) >= _HALF for c in held.children)
    if held.tag_ not in {"NN", "JJ", "NNP"}:
        return False
    of = any(c.lower_ == "of" or c.dep_ == "poss" for c in held.children)
    told = lemma in known.sides and any(c.lower_ in known.directions for c in held.children)
    return told or (of and (lemma in known.directions or lemma in known.most))


def is_bare_side(held: Token) -> bool:
    """ "*The east*", "*the rest*": of a town that was named before."""
    of = any(c.lower_ == "of" or c.dep_ == "poss" for c in held.children)
    side = held.lemma_.lower() in _words().directions | {"rest", "remainder"}
    return side and not of and any(c.lower_ == "the" for c in held.children)


def is_tract(held: Token, place: Mention) -> bool:
    """ "A *strip* of land in southern Lebanon", "*swathes* of countryside in Lower Shabelle": ground of a region."""
    wide = isinstance(place.value, Locus) and place.value.precision in _WIDE
    return wide and held.lemma_.lower() in _words().tracts


_WIDE = frozenset({"adm1", "region", "country"})


def extent(taken: Sequence[Token], place: Mention, fillers: Fillers) -> Extent:
    """How what was taken or left, by the words `taken`, lies to the place of the happening.

    Without such words, and where they are a pronoun, the place is what is meant.
    """
    if any(token.lower_ == "it" and fillers.place(token) is None and _was_thing(token) for token in taken):
        return "beside"
    if any(token.lower_ in _MOST and fillers.place(token) == place for token in taken):
        return "whole"  # "gained control of *most of* Qasr and two villages"
    words = [token for token in taken if token.pos_ in {"NOUN", "PROPN"} and fillers.actor(token) is None]
    if words and all(word.lemma_.lower() in _words().ways and not _names(word, place, fillers) for word in words):
        return "beside"  # "captured the *road* to Qasr"
    if not words or any(_is_whole(word, place, fillers) for word in words):
        return "whole"
    reached = [word for word in words if fillers.place(word) == place]
    if not reached and all(_is_another(word) for word in words):
        return "beside"  # "advanced on Qasr and took *three villages*"
    outer = (
        _is_away(place, fillers)
        if not reached
        else any(
            t.lemma_.lower() in _words().outer or t.lower_ in _AWAY
            for word in reached
            for t in _towards(word, place, fillers)
        )
    )
    return "beside" if outer or (not reached and _is_near(place)) else "part"


def _is_away(place: Mention, fillers: Fillers) -> bool:
    """ "Captured two hills within *sight* of Qasr", wherever the parser hangs it."""
    words = fillers.words.get(place.id)
    of = words.root.head if words is not None and words.root.dep_ == "pobj" else None
    return of is not None and of.lower_ == "of" and of.head.lemma_.lower() in _words().outer


def is_site(place: Mention | None) -> bool:
    """True for a base, a port or a dam that has a name of its own in the gazetteer."""
    return place is not None and isinstance(place.value, Locus) and place.value.kind in _words().sites


def extent_of(kind: str, taken: Sequence[Token], place: Mention, fillers: Fillers) -> Extent:
    """The same for a happening of a kind: who surrounds *a house* in a town does not besiege the town."""
    how_far = extent(taken, place, fillers)
    ground = any(token.lemma_.lower() in settled_ground() | {"base"} for token in taken)
    return "beside" if kind == "siege" and how_far == "part" and not ground else how_far


def _was_thing(it: Token) -> bool:
    """ "Held the *bridge* at Qasr before others recaptured *it*", "seized the air *base* south of Qasr. The rebels
    recaptured *it*": no town is meant."""
    before = (t for t in reversed(it.doc[it.sent.start : it.i]) if t.dep_ in {"dobj", "nsubjpass"})
    last = next(before, None) or _taken_before(it)
    return last is not None and last.lemma_ in terrain_words() and last.lemma_ not in _words().settled


def _taken_before(it: Token) -> Token | None:
    """What the sentence before says was taken, and nothing with it."""
    start = it.sent.start
    before = it.doc[it.doc[start - 1].sent.start : start] if start else ()
    last = next((t for t in reversed(before) if t.dep_ in {"dobj", "nsubjpass"}), None)
    trigger = match(last.head) if last is not None else None
    if last is None or trigger is None or any(c.dep_ == "conj" for c in last.children):
        return None
    return last if any(e.kind in OF_GROUND for e in trigger.entries) else None


def _is_whole(word: Token, place: Mention, fillers: Fillers) -> bool:
    if _names(word, place, fillers) or _describes(word, place, fillers):
        return True
    lemma, known = word.lemma_.lower(), _words()
    if lemma in known.share and any(c.dep_ == "appos" and c.i in fillers.loci for c in word.children):
        return True  # "their last enclave, Qasr, was captured"
    if any(c.dep_ in {"compound", "appos"} and c.i in fillers.loci for c in word.children):
        # "the Kweires airport" is Kweires, and so is "the Jafra air base" where nothing else is known of Jafra
        site = is_site(place) or is_building(place) or (_is_unknown(place) and lemma in place_words().grounds)
        return site or lemma in known.areas or lemma in known.settled  # and "the Zahra conference centre" is not Zahra
    if lemma in known.areas and _is_named_by(word, place, fillers):
        return True
    if (lemma not in known.settled and lemma not in known.share) or _is_called_building(word, fillers):
        return False
    if fillers.place(word) != place:
        # "captured the town": which the text is about; "overran the military camp at Qasr": which lies there
        beside = any(
            c.dep_ in {"amod", "compound"} and c.lower_ in {"military", "army", "police"} for c in word.children
        )
        return not beside and any(c.lower_ in _DEFINITE for c in word.children)
    through = [(c, g) for c in word.children if c.dep_ == "prep" for g in c.children if fillers.place(g) == place]
    if lemma in _WITHIN and any(c.lower_ in {"in", "inside"} for c, _ in through):
        return False  # "the *camp in* Qasr"
    return all(c.lower_ == "of" or (c.lower_ in _NAMING and _is_whole(g, place, fillers)) for c, g in through)


def _is_called_building(word: Token, fillers: Fillers) -> bool:
    """ "The *Zahra conference* centre" is one of a town's, and not the centre of it."""
    before = [c for c in word.children if c.dep_ == "compound" and fillers.actor(c) is None]
    return {"NN", "NNP"} <= {c.tag_ for c in before}


def _is_named_by(word: Token, place: Mention, fillers: Fillers) -> bool:
    """ "*the district of* Ghormach" has the name of the district, and not that of the town it lies in."""
    level = place.value.precision if isinstance(place.value, Locus) else ""
    of = next((c for c in word.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    first = of is not None and any(fillers.loci.get(g.i) == place for g in of.children)
    own = first and (level == "adm2" or _is_no_town(place))
    return own and [c.lower_ for c in word.children if c.i < word.i] == ["the"]


def _is_no_town(place: Mention) -> bool:
    """True for a name that the gazetteer lacks, or has as a part of a town."""
    return isinstance(place.value, Locus) and place.value.kind in {"neighbourhood", "place", "district", "suburb"}


def _is_another(word: Token) -> bool:
    """ "*A village*", "*three towns*", "40 square *miles*": none that was told of."""
    if word.lemma_.lower() in _words().measures:
        return True
    definite = any(c.lower_ in _DEFINITE for c in word.children)
    return word.lemma_.lower() in _words().settled - {"port", "camp"} and not definite


def _is_unknown(place: Mention) -> bool:
    return isinstance(place.value, Locus) and place.value.kind == "place"


def _names(word: Token, place: Mention, fillers: Fillers) -> bool:
    """The word is a name of the place itself, and not of an air base by it, nor of "the eastern *districts* of" it."""
    if word.tag_ == "NNS" and any(c.dep_ == "prep" and c.lower_ == "of" for c in word.children):
        return False
    named = fillers.loci.get(word.i)
    return named is not None and (named == place or named.entity == place.entity)


def _describes(word: Token, place: Mention, fillers: Fillers) -> bool:
    """ "Qasr, a *town* near the coast": the phrase leads to a name that stands before it, and not through
    a whole ("western *districts* of the town")."""
    if any(c.dep_ == "prep" and c.lower_ == "of" for c in word.children):
        return False
    before = fillers.place(word) == place and place.span.end <= fillers.passage.at(word.left_edge).start
    partly = word.lemma_.lower() in _words().areas - {"district"}  # a district has the name of its town
    return before and (not partly or _is_small(place) or _is_called_area(place, fillers.text))


def _is_small(place: Mention) -> bool:
    """ "Posted videos in *the village of Harawa*, saying that they had taken *the area*": all of it."""
    return _is_no_town(place) or (isinstance(place.value, Locus) and place.value.kind == "village")


def _is_called_area(place: Mention, text: str) -> bool:
    """ "The *Zahra district* … the area": of a town, an area is a part."""
    beside = text[max(0, place.span.start - _BESIDE) : place.span.end + _BESIDE].casefold()
    return any(word in beside for word in _words().areas)


def _towards(word: Token, place: Mention, fillers: Fillers) -> Iterator[Token]:
    """The words from the phrase's head down to the name of the place."""
    yield word
    for child in word.children:
        below = list(child.children) if child.dep_ in {"prep", "acl"} else [child]
        inner = next((t for t in below if fillers.place(t) == place), None)
        if inner is not None:
            yield child
            yield from () if _names(inner, place, fillers) else _towards(inner, place, fillers)
            return


def _is_near(place: Mention) -> bool:
    return isinstance(place.value, Locus) and place.value.precision == "near"
