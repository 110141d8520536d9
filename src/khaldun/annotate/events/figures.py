"""Words of force that are said of what nobody fights with arms: "fighting *flu*", "an attack on *inflation*"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.events.contests import is_contest
from khaldun.annotate.events.fictions import is_fiction
from khaldun.annotate.grammar.syntax import Arguments
from khaldun.annotate.grammar.trigger_table import is_listed, table
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.thing_words import is_thing
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list, word_lists

_FOUGHT = ("A", "P", "on", "against", "with", "of", "from")
_SIDES = ("A", "P", "on", "against", "with")
# What nouns for people end in, listed or not: "interrogators", "poachers".
_DOERS = ("er", "or", "ist", "man", "men", "ee", "ian", "folk", "people")
_ARMED = frozenset({"armed_group", "state_force"})


@dataclass(frozen=True, slots=True)
class _Words:
    built: frozenset[str]
    animals: frozenset[str]
    herds: frozenset[str]
    organs: frozenset[str]
    forms: frozenset[str]
    vehicles: frozenset[str]
    laden: frozenset[str]
    knocks: frozenset[str]
    traders: frozenset[str]
    speakers: frozenset[str]
    visitors: frozenset[str]
    crowding: frozenset[str]
    blazing: frozenset[str]
    arms: frozenset[str]


@cache
def _weapons() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "weapons") | word_list("lexicons/en/deeds.yaml", "aircraft")


@cache
def _evils() -> frozenset[str]:
    return table().lists["accident"] | table().lists["evil"]


@cache
def _under_arms() -> frozenset[str]:
    return _words().arms | _weapons()


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/figures.yaml")


def is_figure(word: Token, functions: Arguments, fillers: Fillers, *, sure: bool) -> bool:
    """True where the deed that `word` names is none of arms: by who does it (an illness, a storm, an animal, a lorry
    on the road), by what undergoes it (a budget, a goal), by where it is told (a novel, a match).

    `sure` says that a toll or the word itself speaks of arms: no match or market has any, though a storm may kill.
    """
    agents = functions.get("A", ())
    if any(_plays(token) for token in agents) or _is_ailment(word):
        return True
    if any(_is_evil(token) for function in _FOUGHT for token in functions.get(function, ())):
        return True
    if _follows_evil(word) or any(_is_blaze(a) or _falls_in(a, word) for a in agents):
        return True
    if _is_fauna(word, functions, fillers) or any(_on_the_road(word, a, functions, fillers) for a in agents):
        return True
    if is_fiction(word):
        return True
    if sure or _has_arms(functions, fillers):
        return False
    return _is_said_only(word, functions, fillers) or _is_contest(word, functions)


def _plays(token: Token) -> bool:
    """ "The *striker* fired two shots over the bar"; several strikers may be on strike."""
    return token.tag_ == "NN" and token.lemma_.lower() in table().lists["athlete"]


def _is_ailment(word: Token) -> bool:
    """ "died of a *heart attack*", "a *gas explosion*"."""
    if word.lemma_.lower() in {"explosion", "blast"}:
        return any(c.dep_ == "compound" and c.lower_ in table().lists["mishap"] for c in word.children)
    return any(c.dep_ in {"compound", "amod"} and c.lower_ in _words().organs for c in word.children)


def _is_evil(token: Token) -> bool:
    evils, lemma = _evils(), token.lemma_.lower()
    if lemma in evils or _is_ailment(token):
        return True
    if token.pos_ == "PROPN":  # "*Cyclone* Freddy"
        return any(c.dep_ == "compound" and c.lower_ in evils for c in token.children)
    return lemma in _words().forms and any(
        inner.lemma_.lower() in evils
        for child in token.children
        for inner in ([child] if child.dep_ in {"compound", "amod"} else child.children if child.lower_ == "of" else ())
    )


def _follows_evil(word: Token) -> bool:
    """ "A heatwave gripped the city, and ten people *died*"."""
    if word.dep_ not in {"conj", "advcl", "parataxis"} or word.lemma_ not in {"die", "perish"}:
        return False
    return any(_is_evil(c) for c in word.head.children if c.dep_ == "nsubj")


def _is_blaze(token: Token) -> bool:
    """ "The *fire* killed six", "a hotel *fire*"; but "Israeli *fire*", "the *fire* from the hill" come from guns."""
    if token.lower_ not in {"fire", "fires"}:
        return False
    if any(c.dep_ == "prep" and c.lower_ in {"by", "from"} for c in token.children):
        return False
    beside = [c for c in token.children if c.dep_ in {"compound", "amod", "nmod", "poss"}]
    return all(c.lower_ in _words().blazing or is_thing(c) for c in beside)


def _falls_in(agent: Token, word: Token) -> bool:
    """ "A blaze at *a factory* that *killed* twelve": walls bear no arms."""
    return word.lemma_ in {"kill", "injure"} and agent.pos_ == "NOUN" and agent.lemma_.lower() in _words().built


def _is_fauna(word: Token, functions: Arguments, fillers: Fillers) -> bool:
    """ "A *crocodile* killed a fisherman", "a *shark* attack", "a pack of *dogs*"; and "killed a *snake*"."""
    if word.pos_ == "NOUN" and any(c.dep_ == "compound" and c.lower_ in _words().animals for c in word.children):
        return True
    if any(_is_animal(t) for t in functions.get("A", ())):
        return True
    victims = functions.get("P", ())
    return bool(victims) and all(map(_is_animal, victims)) and not _has_arms(functions, fillers)


def _is_animal(token: Token) -> bool:
    if token.pos_ != "NOUN":
        return False  # "the Tigers": a name is not what it says
    if token.lemma_.lower() in _words().herds:
        return any(_is_animal(inner) for c in token.children if c.lower_ == "of" for inner in c.children)
    return token.lemma_.lower() in _words().animals


def _on_the_road(word: Token, agent: Token, functions: Arguments, fillers: Fillers) -> bool:
    """ "A *truck* hit a minibus, killing six": no attack, unless it carried a bomb or struck soldiers."""
    words = _words()
    if agent.pos_ != "NOUN" or agent.lemma_.lower() not in words.vehicles or word.lemma_.lower() not in words.knocks:
        return False
    if is_listed(agent, table().lists["drones"]):
        return False  # "an unmanned aerial *vehicle* struck a lorry"
    if any(t.lower_ in words.laden for c in agent.children for t in (c, *c.children)):
        return False
    struck = functions.get("P", ())
    return not any(fillers.meets("fighters", t) or t.lemma_.lower() in table().lists["explosive"] for t in struck)


def _has_arms(functions: Arguments, fillers: Fillers) -> bool:
    """True where one of the sides is under arms, or a weapon stands in for it."""
    return any(_bears_arms(t, fillers) for f in _SIDES for t in functions.get(f, ()))


def _bears_arms(token: Token, fillers: Fillers) -> bool:
    if is_listed(token, _under_arms()) or fillers.meets("weapon", token):
        return True
    for m in fillers.actors_in(token, depth=1):
        either = [fillers.entities[c.entity].type for c in m.candidates if c.entity in fillers.entities]
        if fillers.type_of(m) in _ARMED or (m.entity is None and either and all(t in _ARMED for t in either)):
            return True  # "*the two sides* fought on": both of them under arms
    return False


def _is_said_only(word: Token, functions: Arguments, fillers: Fillers) -> bool:
    """True where who does it cannot have, or does it to what only words are used on: "*imports* invaded the market",
    "the *opposition* attacked the budget", "the company killed the *product*"."""
    suffering = _struck(functions)
    if any(t.pos_ == "NOUN" and t.lemma_.lower() in table().lists["abstract"] for t in suffering):
        return True
    agents, words = functions.get("A", ()), _words()
    if not agents:
        return False
    if all(_is_lifeless(a, fillers) for a in agents) and not any(fillers.meets("people", t) for t in suffering):
        return True
    if _all(agents, words.visitors):
        return word.lemma_.lower() in words.crowding
    return _all(agents, words.traders | words.speakers) and not any(_can_be_struck(t, fillers) for t in suffering)


def _all(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    return all(t.lemma_.lower() in words for t in tokens)


def _is_lifeless(token: Token, fillers: Fillers) -> bool:
    """True for a common noun that is nobody, no arms and nothing that arms do: "robots", "the update"."""
    if token.tag_ not in {"NN", "NNS"} or token.ent_type_ or is_thing(token) or match(token) is not None:
        return False
    if token.lemma_.lower().endswith(_DOERS) or read_noun(token.text) is not None:
        return False
    return not fillers.meets("actor", token) and not fillers.meets("place", token)


def _can_be_struck(token: Token, fillers: Fillers) -> bool:
    return token.pos_ != "NOUN" or is_thing(token) or fillers.meets("people", token) or fillers.meets("place", token)


def _is_contest(word: Token, functions: Arguments) -> bool:
    """True in a report of a match, where no building was struck."""
    return is_contest(word.sent) and not any(is_thing(t) for t in _struck(functions))


def _struck(functions: Arguments) -> Sequence[Token]:
    return functions.get("P") or [t for f in ("on", "against", "at", "over", "of") for t in functions.get(f, ())]
