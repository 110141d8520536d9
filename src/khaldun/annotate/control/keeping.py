"""Who "keeps" or "has" a place, with nothing else said of it."""

from __future__ import annotations

from functools import cache

from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.roles.extent import is_site
from khaldun.annotate.roles.fillers import ARMED, UNDER_ARMS, Fillers
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list


@cache
def lasting_verbs() -> frozenset[str]:
    """Verbs that tell both of taking a place and of holding it."""
    return word_list("lexicons/en/control.yaml", "lasting")


def lasts_on(verb: Token) -> bool:
    """ "Has occupied it *since* 1974", "*still* occupied the town": what goes on, and not how it began."""
    return any(c.lower_ in _GOING_ON for c in verb.children)


def is_taking(verb: Token) -> bool:
    """ "Which Israel *occupied* in 1967": how it came to be held, an event of its own."""
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return verb.lemma_ in lasting_verbs() and verb.tag_ in {"VBD", "VBN"} and not perfect and not lasts_on(verb)


@cache
def _making_verbs() -> frozenset[str]:
    return word_list("lexicons/en/control.yaml", "making")


def made_into(noun: Token) -> tuple[Token, Token] | None:
    """The verb and the place's word of "has turned X into its *stronghold*", "made X its *stronghold*"."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "into":
        verb, where = noun.head.head, (c for c in noun.head.head.children if c.dep_ == "dobj")
    elif noun.dep_ in {"ccomp", "oprd"}:
        verb = noun.head
        where = (c for t in (noun, verb) for c in t.children if c.dep_ in {"nsubj", "dobj"} and verb.i < c.i < noun.i)
    else:
        return None
    place = next(where, None)
    return (verb, place) if place is not None and verb.lemma_ in _making_verbs() else None


def is_kept(verb: Token, fillers: Fillers) -> bool:
    """ "The Houthis *keep* X", "now *has* X and Y": a place with nothing said of it but since when."""
    kept = [c for c in verb.children if c.dep_ == "dobj"]
    who = [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    if any(_is_site(t, fillers) for t in kept):
        return any(fillers.type_of(m) in ARMED for m in who)
    timed = all(_is_since(c) for c in verb.children if c.dep_ in _ADDED)
    named = any(t.i in fillers.loci and not any(_says_of(c, t) for c in t.children) for t in kept)
    return named and timed and any(fillers.type_of(m) in UNDER_ARMS for m in who)


def _is_site(kept: Token, fillers: Fillers) -> bool:
    """ "Still maintains the huge *Hmeimim airbase* in Latakia": a base or a port under its own name."""
    return any(c.dep_ == "compound" and is_site(fillers.loci.get(c.i)) for c in kept.children)


def _says_of(child: Token, name: Token) -> bool:
    """ "Has X *surrounded*", "has X *in* its sights"."""
    return child.dep_ in {"acl", "det"} or (child.dep_ == "prep" and child.i == name.i + 1)


def _is_since(added: Token) -> bool:
    if added.dep_ == "prep" and added.i and added.nbor(-1).text == ",":
        return True  # "keeps X, *on* the plateau"
    return added.lower_ in _WHEN or any(c.dep_ == "mark" and c.lower_ in _WHEN for c in added.children)


_GOING_ON = frozenset({"since", "still", "for"})
_ADDED = frozenset({"prep", "advcl", "ccomp", "xcomp", "oprd", "acomp"})
_WHEN = frozenset({"since", "for", "after", "until", "despite", "while", "although", "though", "because", "as"})
