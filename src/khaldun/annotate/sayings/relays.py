"""Who passes words on: whom a source told, who quotes it, and through whose statement, note or page it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.sayings.cues import Lexicon
from khaldun.annotate.sayings.saying import Saying, children, noun_phrase
from khaldun.annotate.words import Token
from khaldun.knowledge import word_lists

_RELATIVE = frozenset(("who", "which", "that", "whose"))
_SENDERS = frozenset(("station", "service"))


@dataclass(frozen=True, slots=True)
class _Words:
    """Verbs that say whom a source told it, and to whom that one handed it on."""

    speaking_to: frozenset[str]
    passing_on: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/sayings.yaml")


def antecedent(token: Token) -> Token:
    """The noun that "who", "which" or "whose" stands for, else the token itself."""
    if token.lower_ not in _RELATIVE:
        return token
    verb = token.head.head if token.lower_ == "whose" else token.head
    while verb.dep_ in ("conj", "ccomp", "xcomp") and verb.head != verb:
        verb = verb.head
    return verb.head if verb.dep_ in ("relcl", "acl") else token


def named_carriers(saying: Saying, lexicon: Lexicon) -> Iterator[Token]:
    """ "told *the Daily Post*", "in *Beacon* magazine", "a statement carried by *the state agency*"."""
    yield from saying.carriers
    if saying.speaker is not None:
        yield from heard_by(antecedent(saying.speaker), lexicon)
    if saying.hearer is not None:
        onwards = [*_told_next(saying.hearer, lexicon)]
        if onwards or is_carrier(saying.hearer, lexicon):
            yield from (saying.hearer, *onwards)
    for token in around_cue(saying):
        if token.dep_ == "pobj" and _passes_on(token, lexicon):
            yield token


def _told_next(hearer: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Who heard it from the one who was told: "relatives told a rights group, *which told Reuters*", "… *which passed
    their account to the Daily Post*", "… *whose report was obtained by AFP*"."""
    for clause in children(hearer, "relcl"):
        verb = clause.lemma_.lower()
        if verb in lexicon.carrying_verbs and clause.tag_ == "VBN":
            told = [o for agent in children(clause, "agent") for o in children(agent, "pobj")]
        elif verb in _words().passing_on:
            to = (p for p in children(clause, "prep", "dative") if p.lower_ in ("to", "with"))
            told = [
                *children(clause, "dobj"),
                *children(clause, "dative"),
                *(o for p in to for o in children(p, "pobj")),
            ]
        else:
            continue
        yield from (t for t in told if is_carrier(t, lexicon))


def heard_by(speaker: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Who passes on what a source told: "witnesses *quoted by the Daily Post*", "a driver *who spoke to Reuters*"."""
    for part in (p for noun in (speaker, *children(speaker, "appos")) for p in children(noun, "acl", "relcl", "advcl")):
        verb = part.lemma_.lower()
        if verb in lexicon.carrying_verbs and part.tag_ == "VBN":
            agents = children(part, "agent")
        elif verb in _words().speaking_to:
            agents = [p for p in children(part, "prep", "dative") if p.text.lower() in ("to", "with")]
        else:
            continue
        heard = [o for p in agents for o in children(p, "pobj")]
        yield from (t for t in heard if (part.dep_ == "acl" and part.tag_ == "VBN") or is_carrier(t, lexicon))


def around_cue(saying: Saying) -> Iterator[Token]:
    """The words of the cue's clause, and those under a document that it names ("issued a statement carried by …")."""
    yield from saying.own
    seen = {t.i for t in saying.own}
    inside = saying.content
    for token in saying.own:
        for part in token.children if token.dep_ in ("dobj", "pobj") else ():
            for t in part.subtree:
                at = saying.passage.at(t)
                if t.i not in seen and not at.overlaps_any(inside):
                    seen.add(t.i)
                    yield t


def _passes_on(token: Token, lexicon: Lexicon) -> bool:
    preposition = token.head
    word = preposition.text.lower()
    if preposition.dep_ == "agent" or word == "by":
        return preposition.head.lemma_.lower() in lexicon.carrying_verbs
    if word in ("on", "in", "via", "through", "of"):
        return is_carrier(token, lexicon) and (word != "of" or preposition.head.dep_ == "pobj")
    if word in ("with", "to"):
        noun = preposition.head.lemma_.lower()
        sent = word == "to" and preposition.head.tag_ == "VBN" and noun in _words().passing_on  # "a note *sent to* AFP"
        said = noun in lexicon.media or noun in ("say", "speak", "comment", "add")
        return is_carrier(token, lexicon) and (said or sent)
    return False


def is_carrier(token: Token, lexicon: Lexicon) -> bool:
    """True for an agency, a channel, a monitor: by its noun, a known name, or an organisation's name."""
    noun = token.lemma_.lower()
    if noun in lexicon.carrier_nouns:
        return True
    if noun in _SENDERS and any(t.lemma_.lower() in lexicon.carrier_nouns for t in children(token, "compound", "nmod")):
        return True  # "told a *radio station*"
    phrase = noun_phrase(token)
    names = [t.text for t in phrase if t.pos_ == "PROPN"]
    if any(name.casefold() in lexicon.carrier_names for name in (*names, " ".join(names))):
        return True
    return token.pos_ == "PROPN" and token.ent_type_ == "ORG" and not _is_body(phrase, lexicon)


def _is_body(phrase: Sequence[Token], lexicon: Lexicon) -> bool:
    return any(t.text.lower() in lexicon.bodies for t in phrase)
