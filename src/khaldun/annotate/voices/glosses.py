"""What the reporter adds to somebody's words: "told Reuters that they were on the way to Qasr, *which has become the
group's hub*", "claimed that it took orders from Omar Saleh, *who was later captured in Turkey*".

A clause after a comma belongs to whoever writes the sentence, above all where it says who somebody is or what a place
has become; a happening told in one may still come from the speaker, unless it is told as later than the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.words import Token, Tokens
from khaldun.knowledge import word_list
from khaldun.model import Span

_PRONOUNS = frozenset({"who", "which", "whose", "where"})
_NAMING = frozenset({"appos", "compound"})
"""As what a noun says who somebody is: "ordered Omar Saleh, *commander of the army*, to leave"."""
_LATER = frozenset({"later", "subsequently", "since", "eventually", "afterwards"})


GlossKind = Literal["aside", "later", "ground", "past", "studied", "taken", "asked"]
"""What the words of a gloss are to what somebody says:

``aside``    who somebody is or what a place has become, told after a comma
``later``    an aside that tells what came after: "claimed he obeyed Saleh, *who was later captured in Turkey*"
``ground``   what had happened before somebody threatened or called for something: "vowed revenge *after Egypt bombed
             Qasr*"; and the noun that says who a name is
``past``     what had happened by then, which nobody threatens or calls for: "vowed to avenge the raid, *which hit a
             bus*", "vowed to avenge *the raid*"
``studied``  what a report, a study or an inquiry is about, where its words take it for known: "a report on *the raid*"
``taken``    of what is asked, the part that is taken for granted: "whether the bomb *that killed four* was meant for
             him"
``asked``    what is asked about, and so took place: "could not say *who had fired the shells*"
"""


@dataclass(frozen=True, slots=True)
class Gloss:
    """The words of one such clause, and what they are to the words around them."""

    span: Span
    kind: GlossKind = "aside"


def glosses(sentence: Tokens, passage: Passage) -> tuple[Gloss, ...]:
    """The clauses after a comma that the sentence hangs on a noun, and those of grounds, outermost first."""
    return tuple(_glosses(sentence, passage))


def _glosses(sentence: Tokens, passage: Passage) -> Iterator[Gloss]:
    for token in sentence:
        if token.lower_ in _ABOUT and token.dep_ == "prep" and (known := _studied(token)) is not None:
            yield Gloss(_extent(known, passage), "studied")
        if token.dep_ in ("dobj", "pobj") and _is_answered(token):
            yield Gloss(_extent(token, passage), "past")
        if token.dep_ == "advcl" and _is_ground(token):
            yield Gloss(_extent(token, passage), "ground")
        elif token.dep_ in _NAMING and token.pos_ == "NOUN" and token.head.pos_ == "PROPN":
            words = [token, token.head] if token.dep_ == "compound" else list(token.subtree)
            yield Gloss(passage.span(sorted(words, key=lambda t: t.i)), "ground")
        elif token.dep_ == "ccomp" and _asks_more(token):
            yield Gloss(_extent(token, passage), "asked")
        elif token.dep_ == "relcl" and token.left_edge.i > sentence.start and token.head.i < token.left_edge.i:
            first = token.left_edge
            before = first.nbor(-1)
            if _is_taken(token):
                yield Gloss(Span(passage.at(token.head).start, passage.at(token.right_edge).end), "taken")
            elif before.text == "," and any(t.lower_ in _PRONOUNS for t in (first, first.nbor(1))):
                yield Gloss(_extent(token, passage), "later" if _is_later(token) else "aside")
                if token.tag_ == "VBD":
                    yield Gloss(_extent(token, passage), "past")


def _is_answered(deed: Token) -> bool:
    """ "Vowed to avenge *the raid*", "threatened to retaliate for *the attack*": it took place."""
    over = deed.head.head if deed.dep_ == "pobj" else deed.head
    return over.lemma_.lower() in word_list("lexicons/en/deeds.yaml", "avenging")


def _studied(about: Token) -> Token | None:
    """The known thing that a work before `about` treats: "a report by the agency *on* the raids"."""
    for before in reversed(about.doc[max(about.sent.start, about.i - _LONGEST_STUDY) : about.i]):
        if before.pos_ in ("VERB", "PUNCT"):
            return None
        if before.pos_ == "NOUN" and before.lemma_ in _studies():
            of = next((c for c in about.children if c.dep_ == "pobj"), None)
            known = of is not None and any(c.lower_ in _KNOWN or c.dep_ == "poss" for c in of.children)
            return of if known else None
    return None


_ABOUT = frozenset({"on", "about", "into", "over", "regarding", "concerning"})
_KNOWN = frozenset({"the", "this", "these", "those", "that"})
_LONGEST_STUDY = 8  # words before what it is about


@cache
def _studies() -> frozenset[str]:
    return word_list("lexicons/en/carriers.yaml", "studies")


def _asks_more(clause: Token) -> bool:
    """True for a clause in the past with "who", "why" or "when" at its head."""
    past = clause.tag_ == "VBD" or any(c.tag_ == "VBD" for c in clause.children)
    return past and any(t.lower_ in _ASKING for t in clause.lefts)


_ASKING = frozenset({"who", "whom", "why", "when", "where", "how"})


def _extent(clause: Token, passage: Passage) -> Span:
    return Span(passage.at(clause.left_edge).start, passage.at(clause.right_edge).end)


def _is_taken(clause: Token) -> bool:
    """True for a clause in the past on a noun of a clause with "whether", which is asked about it."""
    past = clause.tag_ == "VBD" or any(c.tag_ == "VBD" for c in clause.children)
    if not past:
        return False
    above = clause.head
    for _ in range(4):
        if any(c.dep_ == "mark" and c.lower_ == "whether" for c in above.children):
            return True
        if above.dep_ in ("relcl", "ROOT", "conj"):
            return False
        above = above.head
    return False


def _is_later(clause: Token) -> bool:
    return any(child.dep_ == "advmod" and child.lower_ in _LATER for child in clause.children)


def _is_ground(clause: Token) -> bool:
    marked = any(child.dep_ == "mark" and child.lower_ in {"after", "since"} for child in clause.children)
    return marked and any(t.tag_ == "VBD" for t in (clause, *clause.children))
