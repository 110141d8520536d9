"""What the words of a phrase denote: the actor it is or names, the place it is or lies in.

"The headquarters of Division 30" as object of an attack is Division 30; "the outskirts of the city of Derna" are Derna.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from khaldun.annotate.grammar.shared_nouns import SHARED
from khaldun.annotate.grammar.syntax import conjuncts
from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.places.stakes import is_territorial, stake
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.tables.gazetteer_tables import countries
from khaldun.annotate.tables.naming import fold
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Entity, Locus, Mention, Span

_INSIDE = {"poss", "compound", "nmod", "amod", "npadvmod", "appos", "nummod"}
_OF = {
    "of",
    "in",
    "from",
    "for",
    "with",
    "belonging",
    "carrying",
    "among",
    "against",
    "on",
    "at",
    "by",
    "near",
    "outside",
    "inside",
    "including",
}
_SAID_OF = frozenset({"appos", "attr"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "obj"})
_IT_REACHES = 40  # words
_TO_WHOM = frozenset({"for", "to", "by"})


@dataclass(frozen=True, slots=True)
class Denoted:
    """The mentions of one passage, ready to be asked for by token."""

    passage: Passage
    mentions: tuple[Mention, ...]
    entities: Mapping[str, Entity]
    loci: Mapping[int, Mention]
    """Place mentions by the index of each of their tokens."""
    actors: Mapping[int, tuple[Mention, ...]]
    """Actor mentions by the index of each of their tokens, smallest first."""

    text: str
    """The report's text, which all spans point into."""
    places: tuple[Mention, ...]
    """All named places of the report in text order."""
    report_actors: tuple[Mention, ...]
    """All actors of the report in text order."""
    said_at: frozenset[Span]
    """The times that date a saying and no happening."""
    words: Mapping[str, Tokens]
    """The words of each mention of the passage, by its id."""
    roots: Mapping[str, int]
    """For each actor mention the index of the syntactic head of its words, or of the name inside them."""

    def actor(self, token: Token) -> Mention | None:
        """The actor mention that `token` heads, or None."""
        covering = self.actors.get(token.i)
        if covering is None:
            return None
        rooted = [m for m in covering if self.roots[m.id] == token.i]
        heading = rooted or [m for m in covering if self._ends_in(m, token)]
        return heading[-1] if heading else None

    def actors_in(self, token: Token, *, depth: int = 3) -> tuple[Mention, ...]:
        """The actors that a phrase names: the one it is, or else those inside it."""
        own = self.actor(token)
        if own is not None:
            return (*self.sharing(own), own)
        if depth == 0:
            return ()
        found: list[Mention] = []
        beside = [c for c in token.children if c.dep_ == "appos"]  # or hung on the place: "envoy to Libya, X"
        beside += [
            a for p in token.children if p.dep_ == "prep" for g in p.children for a in g.children if a.dep_ == "appos"
        ]
        named = [m for c in beside if c.pos_ == "PROPN" for m in (self.actor(c),) if m is not None]
        if named:  # "the emir's envoy to Libya, X": the name, not the emir
            return (named[0],)
        for child in token.children:
            if child.tag_ == "PRP$" and token.dep_ != "pobj":
                continue  # "killed *its* leader": him, and not the group
            if child.dep_ == "poss" and token.lemma_.lower() in _opposing():
                continue  # "lost the town to *its* enemies": to them
            if child.dep_ in _INSIDE and not (child.dep_ == "appos" and found):
                inside = self.actors_in(child, depth=depth - 1)
                if child.dep_ == "appos" and token.i in self.loci:  # "Sirte, the birthplace of *Omar Qasim*"
                    inside = tuple(m for m in inside if self.type_of(m) != "person")
                found += inside
            elif child.dep_ in {"prep", "acl"} and (child.lower_ in _OF or child.lemma_ in _bearing()):
                if child.lower_ == "of" and token.lemma_.lower() in _opposing():
                    continue  # "executed an enemy *of the army*"
                if child.lower_ == "by" and match(token) is None:
                    continue  # "the shelling of a *clinic by* the army"
                for inner in child.children:
                    if child.lower_ == "in" and self.actor(inner) is not None and self._is_settled(token):
                        continue  # "a *village in* the Falcon Republic": where it lies; but "a town in rebel *hands*"
                    if inner.dep_ in {"pobj", "dobj"}:
                        for each in conjuncts(inner):
                            found += self.actors_in(each, depth=depth - 1)
            elif child.dep_ == "acl" and child.lemma_ in _belonging():
                for owner in (g for p in child.children if p.lower_ in _TO_WHOM for g in p.children):
                    found += self.actors_in(owner, depth=depth - 1)
        return tuple(dict.fromkeys(found))

    def sharing(self, mention: Mention) -> tuple[Mention, ...]:
        """Those who share its noun with it: "*Turkish* and Russian forces"."""
        words = self.words[mention.id]
        at, found = words.start - 2, list[Mention]()
        while at >= 0 and (words.doc[at + 1].lower_ in ("and", "or") or (found and words.doc[at + 1].text == ",")):
            other = next((m for m in self.actors.get(at, ()) if m.made_by.startswith(SHARED)), None)
            if other is None:
                break
            found.append(other)
            at = self.words[other.id].start - 2
        return tuple(reversed(found))

    def _is_settled(self, token: Token) -> bool:
        """ "The *village* of Harawa", "*Harawa*"."""
        return token.lemma_.lower() in _settlements() or (token.i in self.loci and self.actor(token) is None)

    def place(self, token: Token, *, depth: int = 3) -> Mention | None:
        """The place that a phrase names or lies in: "the outskirts of the city of Derna" gives Derna."""
        own = self.loci.get(token.i)
        if own is not None:
            return None if is_seat(token) else self._place_told_by(token) or own
        if token.lower_ == "it":
            return self._place_meant(token)
        if depth == 0:
            return None
        if token.dep_ in _SAID_OF and token.lemma_.lower() in _settlements():
            said_of = self._place_said_of(token)
            if said_of is not None:
                return said_of
        inside = self._place_inside(token, depth)
        return inside if inside is not None else self.place_before(token) or self._place_ahead(token)

    def _place_told_by(self, token: Token) -> Mention | None:
        """The place that a nearby one only helps to find: "Madaya, a town near *Damascus*", commas or not."""
        kind = token.head.head if token.dep_ == "pobj" and token.head.lower_ in {"near", "outside"} else None
        if kind is None or kind.lemma_.lower() not in _settlements() or kind.left_edge.i == 0:
            return None
        before = kind.nbor(kind.left_edge.i - kind.i - 1)
        if before.text == "," and before.i > 0:
            before = before.nbor(-1)
        return self.loci.get(before.i)

    def _place_said_of(self, kind: Token) -> Mention | None:
        """The place that a kind word tells of: "*Qasr*, the last *town* held by …", "*Qasr* is a *town* in …"."""
        if kind.dep_ == "appos":
            return self.loci.get(kind.head.i)
        return next((self.loci[c.i] for c in kind.head.children if c.dep_ == "nsubj" and c.i in self.loci), None)

    def _place_meant(self, it: Token) -> Mention | None:
        """ "withdrew from Derna. The group had seized *it* in March": the place last fought over, where nothing else
        was the object of a verb since."""
        taken = it.head.head if it.dep_ == "pobj" and it.head.lower_ == "of" else it  # "captured *most of it*"
        if taken.dep_ not in _OBJECTS or not is_territorial(taken.head):
            return None
        if (topic := self._topic_before(it)) is not None:
            return topic
        for at in range(it.i - 1, max(-1, it.i - _IT_REACHES), -1):
            before = it.doc[at]
            if before.pos_ in ("NOUN", "PROPN") and (before.dep_ in _OBJECTS or at in self.loci):
                place = self.loci.get(at) or (self.place(before, depth=1) if before.lemma_ in _settlements() else None)
                if place is not None and stake(before) == "none":
                    continue
                return place
        return None

    def _topic_before(self, it: Token) -> Mention | None:
        """ "*Qasr*, which … , fell to the rebels in May. *It* was recaptured": what the sentence before was about."""
        start = it.sent.start
        if it.dep_ != "nsubjpass" or it.i != start or not start:
            return None
        verb = it.doc[start - 1].sent.root
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or self.actor(subject) is not None or not is_territorial(verb):
            return None
        return self.loci.get(subject.i)

    def place_told_before(self, there: Token) -> Mention | None:
        """ "Rebels in the town said that nine had died *there*": the place that the sentence, or the one before, named
        last."""
        start = there.sent.start
        earliest = there.doc[start - 1].sent.start if start else 0
        for at in range(there.i - 1, earliest - 1, -1):
            place = self.loci.get(at) or self.place_before(there.doc[at])
            if place is not None:
                return place
        return None

    def _sentence_before(self, token: Token) -> int:
        """Where the sentence before that of the token begins."""
        first = token.sent.start
        return self.passage.at(token.doc[first - 1].sent[0] if first else token.sent[0]).start

    def place_before(self, token: Token) -> Mention | None:
        """The last named settlement before "the town": a definite kind word with no name of its own."""
        if (site := self._site_before(token)) is not None:
            return site
        if (
            token.tag_ != "NN"
            or token.lemma_.lower() not in _settlements()
            or not any(c.lower_ in {"the", "this"} for c in token.children)
        ):
            return None
        start, word = self.passage.at(token).start, token.lemma_.lower()
        before = [
            m
            for m in self.places
            if m.span.end <= start and isinstance(m.value, Locus) and m.value.kind not in {"country", "region", "adm1"}
            if not self._is_party(m) and (word == "area" or not is_building(m)) and not _is_of_a_voice(self.text, m)
        ]
        called = f" {word} of "  # "the mining *town of* Walikale … the *town*"
        so = [m for m in before if self.text.endswith(called, 0, m.span.start)]
        named = [m for m in before if self.text.startswith(f" {word}", m.span.end) or m.quote.endswith(f" {word}")]
        if named:
            return named[-1]  # "the *Akrameh district* of Homs … the *district*"
        called_so = [m for m in before if _is_called_behind(self.text, m, word)]
        if called_so:
            return called_so[-1]  # "*Wad Madani*, the second-largest city … the *city*"
        if word == "capital" and not any(c.dep_ in ("amod", "compound", "prep", "poss") for c in token.children):
            return _capital_meant(before)
        told = [m for m in before if not _is_by_the_way(self.text, m)]
        here = [m for m in told if m.span.start >= self.passage.base and _may_go_by(word, m)]
        so_here = [m for m in so if m.span.start >= self.passage.base]
        lately = self._sentence_before(token)
        if so_here and so_here[-1].span.start < lately and any(m.span.start >= lately for m in here):
            so_here = []  # "took the *city of Sirte*. … was driven from *Derna*. It kept bases by *the city*"
        found = so_here or here or so or told or before
        return found[-1] if found else None

    def _place_ahead(self, token: Token) -> Mention | None:
        """ "Strikes near *a village* held by the group … in the village of Tokhar": the only one that is called so, and
        the first of "the villages of A and B" for "*the two villages*"."""
        word, text = token.lemma_.lower(), self.text
        if word not in _called() or token.i in self.loci:
            return None
        before = {c.lower_ for c in token.children if c.i < token.i}
        start = self.passage.at(token).start
        if token.tag_ == "NN" and before & {"a", "an"}:
            so = [m for m in self.places if m.span.start > start and text.endswith(f" {word} of ", 0, m.span.start)]
            return so[0] if len({m.entity for m in so}) == 1 else None
        if token.tag_ == "NNS" and {"the", "two"} <= before:
            so = [m for m in self.places if m.span.end < start and text.endswith(f" {word}s of ", 0, m.span.start)]
            return so[-1] if so else None
        return None

    def _site_before(self, token: Token) -> Mention | None:
        """ "Tried to seize the Salam hospital. The group used *the hospital* as a base": the last site called so."""
        word = token.lemma_.lower()
        if word not in place_words().sites | _POSTS or not any(c.lower_ in {"the", "this"} for c in token.children):
            return None
        start = self.passage.at(token).start
        if word in _POSTS:
            return self._post_before(word, start)
        named = (m for m in reversed(self.places) if m.span.end <= start and word in m.quote.casefold().split())
        return next(named, None)

    def _post_before(self, word: str, start: int) -> Mention | None:
        """ "Stormed a military base at Qasr … *the base* is in their hands": where the last one told of lies."""
        told = re.compile(rf"\b{word}\b[^.;]* (?:at|in) (?:the (?:\w+ )?\w+ of )?$")
        before = (m for m in reversed(self.places) if m.span.end <= start)
        return next((m for m in before if told.search(self.text, max(0, m.span.start - 60), m.span.start)), None)

    def _is_party(self, place: Mention) -> bool:
        """ "*Kyiv* insisted that its troops held the city", "*Kyiv's* troops hold the city": a state, no town."""
        owns = self.text.startswith(("'s", "’s"), place.span.end)
        return any(a.span == place.span or (owns and a.span.start == place.span.start) for a in self.report_actors)

    def _place_inside(self, token: Token, depth: int) -> Mention | None:
        # "still rules *Iraq's* second city *Mosul*": what it is called before whose it is
        for child in sorted(token.children, key=lambda c: c.dep_ == "poss"):
            inner: Mention | None = None
            if child.dep_ in {"prep", "acl"}:
                for grandchild in child.children:
                    if grandchild.dep_ in {"pobj", "prep"}:
                        inner = inner or self.place(grandchild, depth=depth - 1)
            elif child.dep_ in {"appos", "compound", "nmod", "poss", "pobj"}:
                inner = self.place(child, depth=depth - 1)
            if inner is not None:
                return inner
        return None

    def within(self, sentence: Span) -> Self:
        """The same, with only the mentions of one sentence in `mentions`."""
        first = bisect_left(self.mentions, sentence.start, key=start_of)
        last = bisect_left(self.mentions, sentence.end, key=start_of)
        return replace(self, mentions=self.mentions[first:last])

    def is_actor(self, place: Mention) -> bool:
        """True where the words of a place name are used for a state that acts: "the US and Egypt"."""
        return any(m.kind == "actor" and m.span == place.span for m in self.mentions)

    def type_of(self, mention: Mention) -> str | None:
        """The actor type of the entity that a mention belongs to."""
        entity = self.entities.get(mention.entity or "")
        return entity.type if entity else None

    def _ends_in(self, mention: Mention, token: Token) -> bool:
        """True for the last noun of a name that the parser broke up, and for the name inside a longer phrase."""
        tokens = self.words[mention.id]
        if mention.form in {"name", "acronym"} and tokens.end - 1 == token.i:
            return True
        if mention.form == "description" and token.dep_ == "conj" and tokens.end - 1 == token.i:
            return tokens.root == token.head  # "youths and other young *men*": one mention of them all
        head = self.passage.tokens(mention.head) if mention.head is not None else None
        return head is not None and head.root.i == token.i


def is_building(place: Mention) -> bool:
    """True for a site that is the place itself, and no town that it stands in: "the Salam *hospital*"."""
    words = place_words()
    return not (words.sites - words.grounds).isdisjoint(place.quote.casefold().split())


def is_seat(place: Token) -> bool:
    """ "Shot Omar Saleh, the speaker of *the parliament in Tobruk*": where the body sits of which somebody is, and not
    where he was shot."""
    if place.i < 2 or place.nbor(-1).lower_ != "in" or place.nbor(-2).dep_ != "pobj":
        return False
    body = place.nbor(-2)
    noun = read_noun(body.text) if body.head.lower_ == "of" and body.head.head.dep_ == "appos" else None
    return noun is not None and noun.type in _SEATED


_POSTS = frozenset({"base", "camp", "outpost", "barracks", "garrison"})
_SEATED = frozenset({"government", "organisation"})


def _capital_meant(before: Sequence[Mention]) -> Mention | None:
    """The capital of the country in which the last of these places lies, where it is among them."""
    loci = [(m, m.value) for m in before if isinstance(m.value, Locus)]
    last = loci[-1][1].country_iso2 if loci else None
    country = countries().get(last or "")
    capital = fold(country.capital.split(",")[0]) if country is not None else None
    return next((m for m, at in reversed(loci) if at.country_iso2 == last and fold(at.name) == capital), None)


def _is_called_behind(text: str, place: Mention, word: str) -> bool:
    """ "*Qasr*, the country's largest *city*,": what the place is told to be right behind its name."""
    behind = text[place.span.end : place.span.end + _APPOSED]
    told = re.match(rf", (?:(?:the|an?|its|their)\s)?((?:[\w'’-]+\s){{0,4}}?){word}\b", behind)
    return told is not None and not _JOINING & set(told.group(1).lower().split())


_APPOSED = 60  # characters
_JOINING = frozenset(
    "of in near from to by on at after before when while and or as with drive they it he she who which".split()
)


def _may_go_by(word: str, place: Mention) -> bool:
    """ "The *city*" is one that the gazetteer takes for a city, "the *town*" a smaller place."""
    large = isinstance(place.value, Locus) and place.value.kind == "city"
    return word not in (_small() if large else _large())


@cache
def _large() -> frozenset[str]:
    return word_list("lexicons/en/territory.yaml", "large")


@cache
def _small() -> frozenset[str]:
    return word_list("lexicons/en/territory.yaml", "small")


def _is_by_the_way(text: str, place: Mention) -> bool:
    """ "Left *for Nyabiondo*", "the peace talks *in Doha*", "70 *km east of Sirte*": no town that the report goes on
    about."""
    if place.quote.partition(" ")[0] in place_words().units:
        return True
    return _ON_THE_WAY.search(text, max(0, place.span.start - 40), place.span.start) is not None


_ON_THE_WAY = re.compile(
    r"\b(?:for|to|towards?|between|"
    r"(?:displaced|uprooted|refugees|returnees)\s+from|"
    r"(?:talks|negotiations|summit|conference|meeting|met|deal|agreement|court|ceremony)\b"
    r"[^.;]{0,20}\sin)\s+(?:the\s+(?:[\w-]+\s+){0,2}(?:town|city|village)\s+of\s+)?$"
)


def _is_of_a_voice(text: str, place: Mention) -> bool:
    """ "A monitor based *in Oslo*", "the *Oslo*-based monitor", "told the agency *in Oslo*": where a voice sits."""
    if text.startswith(_SEATED_BEHIND, place.span.end):
        return True
    return _VOICE_IN.search(text, max(0, place.span.start - 40), place.span.start) is not None


_SEATED_BEHIND = ("-based", "-headquartered")
_VOICE_IN = re.compile(
    r"\b(?:(?:based|headquartered)\s(?:in|at)|"
    r"speaking\s(?:[\w ]{0,20}\s)?(?:from|in)|told\s(?!that\b)[\w ]{1,24}\s(?:from|in))\s$"
)


@cache
def _settlements() -> frozenset[str]:
    return word_list("lexicons/en/territory.yaml", "settlements")


@cache
def _called() -> frozenset[str]:
    """Kinds of places that go before a name with "of"."""
    return _settlements() - {"area", "district", "capital", "hub", "place"}


@cache
def _belonging() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "belonging")


@cache
def _bearing() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "bearing")


def start_of(mention: Mention) -> int:
    """Where it starts in the text: the key by which mentions are sorted."""
    return mention.span.start


@cache
def _opposing() -> frozenset[str]:
    """Nouns for who is against the one that they are of: "the army's *enemies*"."""
    return frozenset(lemma for lemma, kind in ties().branches.items() if kind == "rival_of")
