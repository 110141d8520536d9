"""Which kind a deed is of, by whom and with what it was done: a general word sharpened, an attempt told apart."""

from __future__ import annotations

from khaldun.annotate.events.drafts import Draft, deed_words
from khaldun.annotate.events.means import is_one_bomber
from khaldun.annotate.grammar.plans import undertaking
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token

_WITH_AIRCRAFT = frozenset({"state", "state_force", "government"})


def sharpened_by_means(kind: str, draft: Draft, fillers: Fillers) -> str:
    """A general attack by aircraft is an air strike: "jets pounded the hills"; so is "a *U.S. strike*"."""
    agents = draft.functions.get("A", ())
    if kind in {"assault.attack", "assault.explosives", "assault.killing"}:
        if any(t.lemma_ == "bomber" and any(c.lower_ == "suicide" for c in t.children) for t in agents):
            return "assault.suicide"
        if any(is_one_bomber(t, fillers) for t in agents):
            return "assault.suicide" if "himself" in {t.lower_ for t in draft.functions.get("P", ())} else kind
        if any(t.lemma_.lower() in deed_words().aircraft or _is_air_arm(t) for t in agents):
            return "assault.aerial"
        if any(t.lemma_.lower() == "drone" for t in agents):
            return "assault.drone"
    if kind == "assault.attack" and draft.trigger.head.lemma_.lower() == "strike" and not draft.trigger.verbal:
        flies = (m for t in (*agents, *draft.functions.get("compound", ())) for m in fillers.actors_in(t))
        return "assault.aerial" if any(fillers.type_of(m) in _WITH_AIRCRAFT for m in flies) else kind
    return kind


def _is_air_arm(force: Token) -> bool:
    """ "Nigeria's *air force* bombed a camp"."""
    return force.lemma_.lower() in {"force", "arm", "corps"} and any(
        c.dep_ == "compound" and c.lower_ == "air" for c in force.children
    )


def only_attempted(kind: str, head: Token) -> str:
    """Trying to take a place or cut it off is an attack on it and no more: "tried to retake the refinery"."""
    governor = head.head if head.dep_ == "xcomp" else None
    tried = (governor is not None and governor.lemma_ in deed_words().trying) or undertaking(head) is not None
    tried = tried and kind in {"control.gain", "siege"}
    return "assault.offensive" if tried else kind
