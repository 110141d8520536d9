"""What the words beside a name say that it is, by the nouns of the house."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.words import Doc, Token, Tokens

_PERSON = frozenset(("person",))
_LONGEST = 4
"""Words of a name that is set off."""
_BODIES = frozenset(("organisation", "media", "armed_group", "government"))


def told_a_body(name: Tokens) -> bool:
    """True where an apposition says that what is named is a body, whatever else bears such a name: "Tripoli, a private
    *newspaper*, wrote", "said Dawn, or Fajr, a *movement* of the coast"."""
    return any(_is(noun, _BODIES) for noun in _behind(name.root) if not _names_division(noun))


def _names_division(noun: Token) -> bool:
    """ "Baga, *Borno state*" says where the town lies, and not what it is."""
    return noun.lower_ == "state" and any(c.dep_ == "compound" and c.text[:1].isupper() for c in noun.children)


def names_a_body(name: Tokens) -> bool:
    """True where the noun that the name stands before is a word for a body: "the Amal Watan *party*"."""
    root = name.root
    return root.dep_ in ("compound", "nmod") and root.head.i == name.end and _is(root.head, _BODIES)


def told_a_person(name: Tokens) -> bool:
    """True where what it stands in apposition to, or what stands in apposition to it, is a word for one person: "the
    *Libyan*, Adel Omar, was put on a plane", "Adel Omar, a *farmer*, fled"."""
    root = name.root
    nouns = [root.head] if root.dep_ == "appos" and root.head.i < name.start else _behind(root)
    if len(name) == _FULL and root.dep_ == "pobj" and root.head.lower_ == "of":
        party = root.head.head.lemma_ in ("party", "movement") and root.head.i + 1 == name.start
        return party and not any(read_noun(t.text) is not None for t in name)  # "the *party* of Omar Saleh"
    return len(name) > 1 and any(_is(noun, _PERSON) or _is_national(noun) for noun in nouns)


_FULL = 2  # words of a person's name


def set_off(doc: Doc) -> Iterator[Tokens]:
    """Names of several words set off by commas behind a word for one person: "put the Libyan, *Adel Issa Omar*, on a
    plane". Read off the words, since a rare name bends the parse."""
    commas = [t.i for t in doc if t.text == ","]
    for comma, close in pairwise(commas):
        name = doc[comma + 1 : close]
        if comma and 1 < len(name) <= _LONGEST and all(t.pos_ == "PROPN" and t.text[:1].isupper() for t in name):
            told = doc[comma - 1]
            if _is_national(told) or _is(told, _PERSON):
                yield name


def _is_national(noun: Token) -> bool:
    """ "the Libyan", "a Kenyan": with an article, alone and not in the plural."""
    article = any(c.lower_ in ("the", "a", "an") for c in noun.lefts)
    return article and noun.tag_ in ("JJ", "NNP") and noun.lower_ in place_words().demonyms


def _behind(root: Token) -> list[Token]:
    """The appositions of a name, also where they hang on the other of two names of one thing."""
    twins = [t for t in root.conjuncts if any(c.lower_ == "or" for c in root.doc[min(t.i, root.i) : max(t.i, root.i)])]
    return [child for token in (root, *twins) for child in token.rights if child.dep_ == "appos"]


def _is(noun: Token, types: frozenset[str]) -> bool:
    if noun.pos_ != "NOUN":
        return False
    read = read_noun(noun.lower_)
    return read is not None and not read.plural and read.entry.one in types
