"""From tokens to mentions: which actors, places and times a head word denotes.

A role is filled by what the word's phrase names: "the headquarters of Division 30" as object of an attack gives
Division 30; "a convoy carrying residents" gives the residents.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from khaldun.annotate.reading.nouns import is_count, read_noun
from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.roles.denoted import Denoted, start_of
from khaldun.annotate.roles.thing_words import is_thing
from khaldun.annotate.words import Token, Tokens
from khaldun.knowledge import word_list
from khaldun.model import Entity, Locus, Mention, Span

ARMED = {"armed_group", "state_force", "state", "government"}
UNDER_ARMS = frozenset({"armed_group", "state_force"})
"""Those who fight themselves, and are no state or government that has it done."""
GROUPS = ARMED | {"organisation", "media"}
_TOWNS = frozenset({"capital", "city", "town", "port"})
_OURS = {"my", "our"}
_REFLEXIVE = {"himself", "herself", "itself", "themselves"}
_PEOPLE_PRONOUNS = {"he", "she", "they", "him", "her", "them", "we", "us", "who", "whom", "i", "me"}


@dataclass(frozen=True, slots=True)
class Fillers(Denoted):
    """What the phrases of one passage denote, and of what kind it is."""

    def meets(self, condition: str, token: Token) -> bool:
        """True where the phrase headed by `token` is of the kind that a trigger's `needs` names."""
        if condition == "any":
            return True
        if condition == "reflexive":
            return token.lower_ in _REFLEXIVE
        if condition == "unnamed":
            return token.lower_ == "they" or self.meets("fighters", token)
        if condition == "others":  # "they took *the girls* with them", and not their own children
            return self.meets("people", token) and not any(
                c.tag_ == "PRP$" and c.lower_ not in _OURS for c in token.children
            )
        if condition == "ours":
            return any(c.lower_ in _OURS for c in token.children) and read_noun(token.text) is not None
        if condition == "place":
            return self._is_place(token)
        if condition == "weapon":
            return self._is_weapon(token)
        if condition == "thing":
            return is_thing(token)
        if condition == "civilians" and _bears_arms(token):
            return False
        if condition == "bomber" and _is_what_blew_up(token):
            return False
        actor = self.actor(token)
        named = (actor,) if actor is not None else self.actors_in(token)
        kinds = {self.type_of(m) for m in named}
        if not named and self._is_place(token):  # "held *Taybat al-Imam*": no imam
            return False
        if not named and (noun := read_noun(token.text)) is not None and noun.type in _PRIVATE:
            kinds = {noun.type}  # people whom the phrase does not tell apart are no actor, but people
        elif not named and _counts_people(token):
            kinds = {"population"}
        if condition == "actor":
            return bool(named)
        if condition == "people":
            return self._is_people(token, actor)
        if condition == "body":  # it itself, and nobody that its phrase names besides
            return actor is not None and self.type_of(actor) in _CONDITIONS["group"]
        if condition == "combatants":  # those themselves, and not their plans or advances
            return actor is not None and self.type_of(actor) in _CONDITIONS["fighters"]
        if condition == "person":
            return "person" in kinds
        return bool(kinds & _CONDITIONS[condition])

    def _is_people(self, token: Token, actor: Mention | None) -> bool:
        if is_count(token):
            return False
        if token.lower_ in _shares() and token.pos_ != "NOUN":  # "*some of the women* were beheaded"
            shared = [g for c in token.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]
            return any(self.meets("people", g) for g in shared)
        if token.lower_ in _PEOPLE_PRONOUNS or token.lower_ == "others" or _counts_people(token):
            return True
        if token.pos_ == "NUM" and token.dep_ not in {"npadvmod"}:
            return not self._is_place(token)
        noun = read_noun(token.text)
        if noun is not None and noun.entry.must_strike:
            return False  # "captured a *tank*"
        if noun is not None and noun.type == "organisation" and token.lemma_.lower() in terrain_words():
            return False  # "captured the *hospital*"
        return (actor is not None and self.loci.get(token.i) is None) or noun is not None

    def _is_weapon(self, token: Token) -> bool:
        """True for arms and what holds them: "*rifles*", "a *cache* of rifles", "*lorries* carrying weapons"."""
        if self.actors.get(token.i):
            return False
        words = self.passage.span(sorted(token.subtree, key=lambda t: t.i))
        return any(m.kind == "weapon" and words.contains(m.span) for m in self.mentions)

    def _is_place(self, token: Token) -> bool:
        if token.lower_ == "it":
            return self._place_meant(token) is not None
        if self.loci.get(token.i) is not None and self.actor(token) is None:
            return True
        if token.lemma_.lower() in terrain_words():
            return True
        if token.pos_ == "PROPN" and self.actor(token) is None and self.place(token, depth=1) is not None:
            return True  # "Mosul University"
        if any(c.dep_ == "appos" and c.i in self.loci and self.actor(c) is None for c in token.children):
            return token.lemma_.lower() in _TOWNS  # "the Sudanese *capital* Khartoum"
        if token.lower_ in _shares() or token.lemma_ in _shares():  # "*most of* the town", "*dozens of* villages"
            return any(self._is_place(g) for c in token.children if c.lower_ == "of" for g in c.children)
        mention = self.loci.get(token.i)
        return (
            mention is not None and isinstance(mention.value, Locus) and mention.value.kind not in {"country", "region"}
        )


def _counts_people(token: Token) -> bool:
    """ "*Tens of thousands* marched", "*thousands* of Rohingya fled": alone or of a name they count people."""
    if token.lower_ not in {"thousands", "hundreds", "dozens", "scores"}:
        return False
    of = [g for c in token.children if c.lower_ == "of" and c.i > token.i for g in c.children]
    return all(t.pos_ == "PROPN" or read_noun(t.text) is not None for t in of)


def _is_what_blew_up(token: Token) -> bool:
    """ "The van was parked at the gate when *it* blew up": without an object, that is the van and no party."""
    return token.lower_ == "it" and token.dep_ == "nsubj" and not any(c.dep_ == "dobj" for c in token.head.children)


_PRIVATE = ("population", "person")


def _bears_arms(token: Token) -> bool:
    """True for one of those who make up an armed side: "a *bomber*", "a *soldier*"."""
    noun = read_noun(token.text)
    return noun is not None and noun.entry.many in UNDER_ARMS


_CONDITIONS: Mapping[str, set[str | None]] = {
    "armed": {"armed_group", "state_force", "state", "government"},
    "bomber": {"armed_group", "state_force", "state", "government"},
    "group": {"armed_group", "state_force", "state", "government", "organisation", "media"},
    "fighters": set(UNDER_ARMS),
    "civilians": {"population", "person"},
    "unarmed": {"population", "person", "organisation", "government"},
    "party": {"armed_group", "state_force", "state", "government", "person", "organisation"},
    "state": {"state"},
}
CONDITIONS = frozenset(
    {
        "any",
        "reflexive",
        "unnamed",
        "ours",
        "others",
        "place",
        "weapon",
        "actor",
        "people",
        "person",
        "combatants",
        "body",
    }
    | set(_CONDITIONS)
)
"""The names that `Fillers.meets` takes."""


@cache
def terrain_words() -> frozenset[str]:
    """Kinds of ground that can be taken, held or left."""
    return word_list("lexicons/en/territory.yaml", "terrain")


@cache
def _shares() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "partitive")


class Cast(NamedTuple):
    """The mentions of a report, laid out once for all its passages."""

    mentions: Sequence[Mention]
    """In text order."""
    places: tuple[Mention, ...]
    actors: tuple[Mention, ...]
    entities: Mapping[str, Entity]
    text: str
    said_at: frozenset[Span]


def cast_of(
    mentions: Sequence[Mention], entities: Iterable[Entity], text: str, said_at: frozenset[Span] = frozenset()
) -> Cast:
    """The mentions and entities of a report with this text; `said_at` are the times that date a saying."""
    named = tuple(m for m in mentions if m.kind == "place" and m.form != "description")
    acting = tuple(m for m in mentions if m.kind == "actor" and m.form != "pronoun")
    return Cast(sorted(mentions, key=start_of), named, acting, {e.id: e for e in entities}, text, said_at)


def fillers_of(passage: Passage, cast: Cast) -> Fillers:
    """The mentions that stand in `passage`, indexed by token."""
    extent, mentions = passage.extent, cast.mentions
    first = bisect_left(mentions, extent.start, key=start_of)
    last = bisect_right(mentions, extent.end, key=start_of)
    inside = tuple([m for m in mentions[first:last] if m.span.end <= extent.end])
    loci: dict[int, Mention] = {}
    actors: dict[int, list[Mention]] = {}
    words: dict[str, Tokens] = {}
    roots: dict[str, int] = {}
    for mention in sorted(inside, key=lambda m: (len(m.span), m.span.start)):
        tokens = passage.tokens(mention.span)
        if tokens is None:
            continue
        words[mention.id] = tokens
        if mention.kind == "place" and mention.form != "description":
            for at in range(tokens.start, tokens.end):
                loci.setdefault(at, mention)
        elif mention.kind == "actor":
            roots[mention.id] = _root_of(tokens).i
            for at in range(tokens.start, tokens.end):
                actors.setdefault(at, []).append(mention)
    by_token = {i: tuple(m) for i, m in actors.items()}
    return Fillers(
        passage, inside, cast.entities, loci, by_token, cast.text, cast.places, cast.actors, cast.said_at, words, roots
    )


def _root_of(tokens: Tokens) -> Token:
    """The head of a name's words; of "allied with *al-Qaeda in* the Maghreb", where the parser hangs "in" on the verb,
    the first noun that stands outside the phrase."""
    root = tokens.root
    if root.dep_ != "prep":
        return root
    tops = (t for t in tokens if t.pos_ in ("PROPN", "NOUN") and not tokens.start <= t.head.i < tokens.end)
    return next(tops, root)


_SHORTEST_LIST = 3


def in_list_with(mention: Mention, mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """The members of the written list that `mention` stands in: "A, the B and C"; at least the mention itself.

    The small model often breaks a list of proper names in two ("Airstrikes by A, the B and C hit …" makes B the
    subject), so the list is read off the surface as well: members divided by commas, the last by "and".
    """
    actors = [m for m in mentions if m.kind == "actor" and m.form != "pronoun"]
    if len(actors) < _SHORTEST_LIST:
        return (mention,)
    actors.sort(key=lambda m: (m.span.start, -len(m.span)))
    chain: list[Mention] = []
    runs: list[list[Mention]] = []
    for each in actors:
        if chain and each.span.start < chain[-1].span.end:
            continue
        if chain and _joins(text[chain[-1].span.end : each.span.start]):
            chain.append(each)
        else:
            chain = [each]
            runs.append(chain)
    for run in runs:
        if mention in run and len(run) >= _SHORTEST_LIST and _has_and(run, text):
            return tuple(run)
    return (mention,)


def _joins(between: str) -> bool:
    words = between.replace(",", " , ").lower().split()
    return (
        bool(words)
        and all(w in {",", "and", "the", "as", "well", "a", "an"} for w in words)
        and {",", "and"} & set(words) != set()
    )


def _has_and(run: Sequence[Mention], text: str) -> bool:
    last, before = run[-1], run[-2]
    return " and " in f" {text[before.span.end : last.span.start]} "


def nearest(mentions: Sequence[Mention], span: Span) -> Mention | None:
    """The mention closest to `span`, the earlier one of two equally close."""
    return min(mentions, key=lambda m: (_gap(m.span, span), m.span.start), default=None)


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)
