"""Who "keeps" or "has" a place, with nothing else said of it."""

from __future__ import annotations

from khaldun.annotate.extent import is_site
from khaldun.annotate.fillers import ARMED, UNDER_ARMS, Fillers
from khaldun.annotate.syntax import arguments
from khaldun.annotate.words import Token


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


_ADDED = frozenset({"prep", "advcl", "ccomp", "xcomp", "oprd", "acomp"})
_WHEN = frozenset({"since", "for", "after", "until", "despite", "while", "although", "though", "because", "as"})
