"""Words of force that are said of what nobody fights with arms: "fighting *flu*", "an attack on *inflation*"."""

from __future__ import annotations

from khaldun.annotate.syntax import Arguments
from khaldun.annotate.trigger_table import table
from khaldun.annotate.words import Token

_FOUGHT = ("A", "P", "on", "against", "with", "of", "from")
# What a name of an evil hangs on: "an aggressive *form* of flu".
_ORGANS = frozenset("heart cardiac asthma panic anxiety brain lung kidney liver".split())
_FORMS = frozenset("form kind type strain outbreak wave spread case surge spike bout front".split())


def is_figure(word: Token, functions: Arguments) -> bool:
    """True where an illness, a calamity or a number in the economy does what the word says, undergoes it, or is it; and
    where somebody does it in a game."""
    if any(_plays(token) for token in functions.get("A", ())):
        return True
    return _is_ailment(word) or any(_is_evil(token) for function in _FOUGHT for token in functions.get(function, ()))


def _plays(token: Token) -> bool:
    """ "The *striker* fired two shots over the bar"; several strikers may be on strike."""
    return token.tag_ == "NN" and token.lemma_.lower() in table().lists["athlete"]


def _is_ailment(word: Token) -> bool:
    """ "died of a *heart attack*", "a *gas explosion*"."""
    if word.lemma_.lower() in {"explosion", "blast"}:
        return any(c.dep_ == "compound" and c.lower_ in table().lists["mishap"] for c in word.children)
    return any(c.dep_ in {"compound", "amod"} and c.lower_ in _ORGANS for c in word.children)


def _is_evil(token: Token) -> bool:
    lists = table().lists
    evils = lists["accident"] | lists["evil"]
    if token.lemma_.lower() in evils or _is_ailment(token):
        return True
    return token.lemma_.lower() in _FORMS and any(
        inner.lemma_.lower() in evils
        for child in token.children
        for inner in ([child] if child.dep_ in {"compound", "amod"} else child.children if child.lower_ == "of" else ())
    )
