"""Whether a verb of saying tells of words that were said: not where it is negated, nor where they may yet come."""

from __future__ import annotations

from khaldun.annotate.sayings.saying import child, children
from khaldun.annotate.words import Token

_WOULD = frozenset(("would", "could", "will"))
_HYPOTHETICAL = frozenset(("may", "might", "could", "would", "should", "will", "shall", "'ll"))


def is_negated(verb: Token) -> bool:
    """ "The ministry did *not* confirm", "*neither* the army *nor* the police said"."""
    return child(verb, "neg") is not None or any(
        t.text.lower() in ("never", "nor", "neither") for t in verb.children if t.dep_ in ("advmod", "cc", "preconj")
    )


def is_hypothetical(verb: Token) -> bool:
    """ "may say", "will announce", "should look into it and *report*", "if it were to claim"."""
    verbs = [verb, verb.head] if verb.dep_ == "conj" and child(verb, "nsubj") is None else [verb]
    unwilling = _WOULD if any(is_negated(v) for v in verbs) else frozenset[str]()  # "would not confirm": did not
    if any(t.text.lower() in _HYPOTHETICAL - unwilling for v in verbs for t in children(v, "aux")):
        return True
    return any(t.text.lower() in ("if", "unless", "should") for t in children(verb, "mark"))
