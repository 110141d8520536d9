"""The counts inside a phrase: "eleven of the militants", "a family of seven", "the mayor", "along with nine men"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.toll_words import Category, toll_words
from khaldun.annotate.words import Token
from khaldun.model import Mention, Quantity, Toll

# Words that single one person out: "the former mayor", "his driver", "another rival".
_SINGLE = frozenset({"a", "an", "the", "another", "one", "this", "that", "his", "her", "their", "its", "each"})


_NEXT = frozenset({"another", "second", "third", "fourth", "fifth"})


# What ends the phrase that a count opens: "three *of* the men", "two *and* a guard".
_BREAKS = frozenset("of and or in at by from with for on to the a an his her their its who".split())


def counted(token: Token, category: Category, fillers: Fillers) -> Iterator[Toll]:
    """The counts inside the phrase that `token` heads; "no one was hurt" counts nobody."""
    if token.i and (token.nbor(-1).lower_ == "no" or any(c.lower_ == "no" for c in token.children)):
        return
    if any(c.lower_ == "not" for c in token.children if c.i < token.i) and _is_single(token):
        return  # "*not a single* civilian died"
    own = [c for c in token.children if c.dep_ != "conj"]  # "a commander *and six of* his guards"
    for child in (token, *own, *(g for c in token.children if c.dep_ == "nummod" for g in c.children)):
        count = _count_at(child, fillers)
        if count is not None:
            yield toll_of(count, category, token, fillers)
            yield from _along_with(token, category, fillers)
            return
    count = _count_at(token.left_edge, fillers) if token.pos_ in {"NOUN", "PROPN"} else None
    if count is not None and _opens(count, token, fillers):  # "*four* suspected Red Front militants"
        yield toll_of(count, category, token, fillers)
        yield from _along_with(token, category, fillers)
        return
    if (one := one_person(token, category, fillers)) is not None:
        yield one
        yield from _along_with(token, category, fillers)
        return
    of = [g for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
    if token.lemma_.lower() in toll_words().gathered:  # "a family *of seven*", "a total *of 43* people"
        yield from (t for inner in of for t in counted(inner, category, fillers) if (t.quantity.high or 2) > 1)
    if token.lemma_.lower() in {"dozen", "score", "hundred", "thousand", "ten", "number"}:
        for inner in of:
            count = _count_at(token, fillers)
            if count is not None:
                yield toll_of(count, category, inner, fillers)


def _is_single(token: Token) -> bool:
    return any(c.lower_ in {"single", "one"} for c in token.children)


def _opens(count: Mention, token: Token, fillers: Fillers) -> bool:
    """True for a count that opens the noun phrase of `token`, however the parser hangs what stands between."""
    between = fillers.text[count.span.end : fillers.passage.at(token).start].split()
    return len(between) < 5 and not any(w.endswith((",", ";")) or w.lower() in _BREAKS for w in between)


def _along_with(token: Token, category: Category, fillers: Fillers) -> Iterator[Toll]:
    """Who shares the lot of another: "killed the emir *along with* nine fighters"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"with", "alongside"} and (child.lower_ != "with" or _along(child)):
            for companion in (g for g in child.children if g.dep_ == "pobj"):
                yield from counted(companion, category, fillers)


def _along(preposition: Token) -> bool:
    before = preposition.nbor(-1) if preposition.i else preposition
    return before.lower_ in {"along", "together"}


def one_person(token: Token, category: Category, fillers: Fillers) -> Toll | None:
    """The toll of one: "a guard", "the former mayor", "one of his sons", "Salim Attar"."""
    if token.dep_ == "conj" and any(c.lower_ == "or" for c in token.head.children):
        return None  # "a soldier *or hired guard*": one, however called
    actor = fillers.actor(token)
    if token.lower_ in _NEXT and token.tag_ in {"JJ", "DT"}:  # "and *a third* was wounded"
        single = category in {"killed", "injured"}
    elif token.lower_ == "one":
        single = category in {"killed", "injured"} or any(c.lower_ == "of" for c in token.children)
    elif any(c.dep_ == "nummod" and c.lower_ == "one" for c in token.children):
        single = True
    elif token.lower_ in {"him", "her", "he", "she"}:
        single = category in {"killed", "injured"}  # "until *he* was killed in an air strike", "wounded him"
    elif token.tag_ == "NNP" and token.text[:1].isupper() and any(c.lower_ in {"a", "an"} for c in token.children):
        single = actor is not None and category in {"killed", "injured"}  # "shot and killed *a Palestinian*"
    elif token.tag_ == "NN" and token.lemma_ not in toll_words().many:
        words = {c.lower_ for c in token.children if c.dep_ in {"det", "poss", "nummod"}}
        owned = any(c.dep_ == "poss" for c in token.children)
        bare = category == "killed" and not words  # the style of headlines: "killed *former mayor*"
        single = bool(words & {"a", "an"}) or (
            (bool(words & _SINGLE) or owned or bare) and fillers.meets("people", token)
        )
        single = single or (category == "killed" and "another" in words and not fillers.meets("thing", token))
    else:
        named = category in {"killed", "injured"} and actor is not None and actor.form == "name"
        single = named and actor is not None and fillers.type_of(actor) == "person"
    return toll_of_one(token, category, fillers) if single else None


def toll_of_one(token: Token, category: Category, fillers: Fillers) -> Toll:
    """The toll of the one whom `token` denotes."""
    actors = fillers.actors_in(token)
    first = min((c for c in token.children if c.i < token.i), key=lambda c: c.i, default=token)
    who = actors[0].entity if actors else None
    return Toll(of=category, quantity=Quantity(1, 1, 1), span=fillers.passage.span([first, token]), who=who)


def _count_at(token: Token, fillers: Fillers) -> Mention | None:
    at = fillers.passage.at(token)
    found: Sequence[Mention] = [m for m in fillers.mentions if m.kind == "count" and m.span.overlaps(at)]
    return found[0] if found else None


def toll_of(count: Mention, category: Category, who: Token, fillers: Fillers) -> Toll:
    assert isinstance(count.value, Quantity)
    actors = fillers.actors_in(who)
    return Toll(of=category, quantity=count.value, span=count.span, who=actors[0].entity if actors else None)
