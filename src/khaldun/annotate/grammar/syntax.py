"""Grammatical functions over spaCy's parse, with voice undone.

`arguments` gives, for a verb or a noun, the head tokens that fill each function:

* ``A`` the logical subject: subject of an active verb, by-phrase of a passive one, possessor or by-phrase of a noun;
* ``P`` the logical object: object of an active verb, subject of a passive one;
* ``on``, ``in``, ``from`` … the objects of prepositions, by preposition;
* ``poss`` and ``compound`` for nouns.

Coordination is spread out: "the army, the navy and the police" gives three heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from khaldun.annotate.grammar.passives import having_done, is_clipped, is_passive
from khaldun.annotate.grammar.questions import is_backing, is_to_infinitive
from khaldun.annotate.grammar.understood import understood_subject
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token

Arguments = dict[str, tuple[Token, ...]]

_SUBJECT = {"nsubj", "csubj"}
_PASSIVE_SUBJECT = {"nsubjpass", "csubjpass"}
_OBJECT = {"dobj", "obj", "oprd"}
# A sentence of thousands of words gives a chain as long; the members after these are left out.
_LONGEST_LIST = 60


def conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and all that is coordinated with it, in text order, when it heads the coordination."""
    waiting = _members(token)
    if not waiting:
        return (token,)
    found = [token]
    while waiting and len(found) < _LONGEST_LIST:
        current = waiting.pop(0)
        found.append(current)
        waiting += _members(current)
    return tuple(sorted(found, key=lambda t: t.i))


def _members(token: Token) -> list[Token]:
    """What is coordinated with a word and hangs on it."""
    return [child for child in token.children if child.i > token.i and _coordinated(token, child)]


def _coordinated(token: Token, child: Token) -> bool:
    if child.dep_ == "conj":
        return _nominal(child) == _nominal(token)
    return child.dep_ == "appos" and _listed(token, child)


def _listed(token: Token, child: Token) -> bool:
    """True where an "apposition" is the parser's reading of a list: "the army, the navy and the police"."""
    return any(grandchild.dep_ == "conj" for grandchild in child.children) and token.ent_type_ == child.ent_type_ != ""


def _nominal(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"}


def over_as(as_: Token) -> list[Token]:
    """What "as" may belong to: its head, and in "named Omar Qasim, a farmer turned fighter, *as* a leader" the verbs
    above the apposition, on which the parser may hang it."""
    head = as_.head
    aside = any(t.lower_ == "turned" for t in [*head.subtree, *head.ancestors] if t.i < as_.i)
    return [head, *(head.ancestors if aside else ())]


_READ = "khaldun.arguments"
"""Where a doc keeps the functions of its words, by their number."""


def arguments(token: Token) -> Arguments:
    """The functions of a verb's or a noun's dependents, with voice undone and coordination spread out."""
    read: dict[int, dict[str, tuple[Token, ...]]] = token.doc.user_data.setdefault(_READ, {})
    known = read.get(token.i)
    if known is None:
        found: dict[str, list[Token]] = {}
        for function, head in _functions(token):
            for filler in conjuncts(head):
                if filler not in found.setdefault(function, []):
                    found[function].append(filler)
        known = read[token.i] = {function: tuple(fillers) for function, fillers in found.items()}
    return known.copy()


def _functions(token: Token) -> Iterator[tuple[str, Token]]:
    if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
        yield from _verb_functions(token)
    else:
        yield from _noun_functions(token)


def _verb_functions(verb: Token) -> Iterator[tuple[str, Token]]:
    passive = is_passive(verb)
    seen_subject = False
    if _lacks_object(verb, passive):  # "the soldiers it had captured"
        yield "P", verb.head
    for child in verb.children:
        if child.dep_ in _SUBJECT:
            seen_subject = True
            undergoes = passive and (is_clipped(verb) or having_done(verb) is not None)
            yield ("P" if undergoes else "A"), antecedent(child)
        elif child.dep_ in _PASSIVE_SUBJECT:
            seen_subject = True
            yield "P", antecedent(child)
        elif child.dep_ in _OBJECT:
            yield "P", antecedent(child)
            yield from _owners_told(child)
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            yield "dative", child
        elif child.dep_ == "agent":
            if not _is_of_noun_before(child):
                yield from (("A", grandchild) for grandchild in child.children if grandchild.dep_ == "pobj")
        elif child.dep_ == "xcomp" and child.pos_ == "VERB" and verb.lemma_ in {"vow", "threaten"}:
            yield "infinitive", child
            if child.lemma_ != "avenge":  # "vowed to avenge *the soldiers*": it is others whom he threatens
                yield from (("aim", t) for name, t in _verb_functions(child) if name == "P")
        elif child.dep_ == "ccomp" and child.pos_ in {"VERB", "AUX"}:
            yield ("infinitive" if is_to_infinitive(child) else "clause"), child
            if _is_wish(child):
                yield "wish", child
            if verb.lemma_ not in clause_words().cautioning or child.lemma_ in clause_words().suffering:
                yield from (("inner", t) for name, t in _verb_functions(child) if name == "A")
        elif child.dep_ in _BELOW and is_to_infinitive(child):
            yield "infinitive", child
            if child.lemma_ in clause_words().dispersing:  # "fired tear gas *to disperse protesters*"
                yield from (("crowd", t) for name, t in _verb_functions(child) if name == "P")
        elif child.dep_ == "advmod" and child.lower_.endswith("ly"):
            yield "manner", child
        else:
            yield from prepositional(child)
    if not passive:
        yield from (("P", antecedent(shared)) for shared in _shared_object(verb))
    elif not any(child.dep_ == "agent" for child in verb.children):
        yield from (("A", agent) for agent in _stray_agents(verb))
        yield from (("A", agent) for agent in _shared_agents(verb))
    if not seen_subject:
        inherited = understood_subject(verb)
        if inherited is not None:
            yield ("P" if passive else "A"), antecedent(inherited)


def _owners_told(thing: Token) -> Iterator[tuple[str, Token]]:
    """Whose a thing is by a participle: "found rifles *belonging to the militia*"."""
    for clause in thing.doc[thing.i + 1 : thing.right_edge.i]:
        if clause.lower_ == "belonging" and clause.dep_ == "acl":
            yield from (("belonging", g) for to in clause.children if to.lower_ == "to" for g in to.children)


def _shared_agents(verb: Token) -> Iterator[Token]:
    """The doer that two passives share: "shops were *looted* and houses *torched by militiamen*"."""
    for child in verb.children:
        if child.dep_ == "conj" and child.tag_ == "VBN" and not any(c.dep_ == "auxpass" for c in child.children):
            yield from (g for c in child.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj")


def _is_of_noun_before(by: Token) -> bool:
    """ "Thirty people *died in strikes by* the coalition": whose strikes, and not by whom they died."""
    before = by.nbor(-1) if by.i > by.sent.start else by
    functions = {c.dep_ for c in by.head.children}
    return before.pos_ == "NOUN" and before.dep_ == "pobj" and "nsubj" in functions and "auxpass" not in functions


def _agents_right_behind(noun: Token) -> Iterator[Token]:
    """The doer where the parser hangs "by" higher up: "came under an *offensive by* the rebels", "died in *strikes by*
    the coalition"."""
    by = noun.nbor(1) if noun.i + 1 < noun.sent.end else noun
    if by.lower_ != "by" or by.dep_ not in {"prep", "agent"} or by.head == noun or not by.head.is_ancestor(noun):
        return
    if by.dep_ == "prep" or _is_of_noun_before(by):
        yield from (g for g in by.children if g.dep_ == "pobj")


def names_doer(by: Token) -> bool:
    """True for "by" that the parser hangs on what a passive verb's preposition governs, and not on the verb."""
    noun = by.head
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep":
        above = noun.head.head
        if above.dep_ == "prep":
            above = above.head
        if above.pos_ == "VERB":
            return is_passive(above) and not any(c.dep_ == "agent" for c in above.children)
        noun = above
    return False


def _stray_agents(word: Token) -> Iterator[Token]:
    """The doer where the parser hangs "by" on what stands before it: "were driven out of the Crater district *by* …",
    "a mortar attack on their outpost *by* the rebels"."""
    for child in word.children:
        if child.dep_ == "prep" and child.i > word.i:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    for by in noun.children:
                        if by.dep_ == "prep" and by.lower_ == "by":
                            yield from (g for g in by.children if g.dep_ == "pobj")
                elif noun.dep_ == "prep" and noun.lower_ == "by":
                    yield from (g for g in noun.children if g.dep_ == "pobj")
                elif noun.dep_ == "prep":
                    yield from _stray_agents(child)
        elif child.dep_ == "xcomp" and child.i > word.i and is_to_infinitive(child):
            for by in child.children:  # "were forced to march to the town *by the rebels*"
                if by.lower_ == "by" and by.dep_ in {"prep", "agent"}:
                    yield from (g for g in by.children if g.dep_ == "pobj")


_BELOW = {"xcomp", "advcl", "acl", "relcl", "oprd"}


def _is_wish(verb: Token) -> bool:
    """True for what is to be: "insisted that the army *leave*", "that it *must leave*"; not for "that it has left"."""
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return verb.tag_ == "VB" and all(c.lower_ in {"should", "must", "be", "not"} for c in helpers)


def _shared_object(verb: Token) -> Iterator[Token]:
    """The object that the second of two verbs side by side has for both: "*captured* and killed key figures"."""
    own = _OBJECT | {"prep", "ccomp", "xcomp"}
    if any(child.dep_ in own and (child.i > verb.i or child.dep_ != "prep") for child in verb.children):
        return  # "*for its part* it has captured and killed …" is no place of its own
    perfect = verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    for child in verb.children:
        # of "has *captured* and *killed*" the tagger often takes the second for a past
        alike = child.tag_ in {verb.tag_, "JJ"} or (perfect and child.tag_ == "VBD")
        if child.dep_ == "conj" and alike and child.i - verb.i <= 3:
            yield from (c for c in child.children if c.dep_ in _OBJECT)


def _lacks_object(verb: Token, passive: bool) -> bool:
    """True for a relative clause whose antecedent is its object: with "whom", or without any relative pronoun."""
    if verb.dep_ != "relcl" or passive or any(c.dep_ in _OBJECT and c.tag_ != "WP" for c in verb.children):
        return False
    subject = next((c for c in verb.children if c.dep_ in _SUBJECT), None)
    return (
        subject is not None
        and subject.tag_ not in {"WDT", "WP"}
        and not any(c.dep_ == "prep" and not list(c.children) for c in verb.children)
    )


def is_object_of(clause: Token) -> bool:
    """True for a relative clause that tells what is done to the noun before it: "the soldiers *it had captured*"."""
    return _lacks_object(clause, is_passive(clause))


def _noun_functions(noun: Token) -> Iterator[tuple[str, Token]]:
    if noun.pos_ == "NOUN" and not any(c.dep_ in {"poss", "agent"} or c.lower_ == "by" for c in noun.children):
        yield from (("A", agent) for agent in _stray_agents(noun))
        yield from (("A", agent) for agent in _agents_right_behind(noun))
    for child in noun.children:
        if child.dep_ == "poss":
            yield "A", child
            yield "poss", child
        elif child.dep_ in {"compound", "nmod", "amod", "npadvmod"}:
            if not is_backing(child):
                yield "compound", child
        elif child.dep_ == "agent":
            yield from (("A", grandchild) for grandchild in child.children if grandchild.dep_ == "pobj")
        elif child.dep_ == "prep" and child.lower_ == "by":
            yield from (("A", grandchild) for grandchild in child.children if grandchild.dep_ == "pobj")
        elif child.dep_ in _BELOW and is_to_infinitive(child):
            yield "infinitive", child
        elif child.dep_ in {"acl", "ccomp"} and any(c.dep_ == "mark" for c in child.children):
            yield from (("inner", c) for c in child.children if c.dep_ == "nsubj")  # "criticism that *the army* hid it"
        else:
            yield from prepositional(child)


def prepositional(child: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, object) for a prepositional child, nested ones ("from inside the city") included."""
    if child.dep_ not in {"prep", "dative", "prt", "advmod"} or child.pos_ not in {
        "ADP",
        "SCONJ",
        "ADV",
        "VERB",
    }:
        return
    name = child.lower_
    for grandchild in child.children:
        if grandchild.dep_ == "pobj":
            yield name, grandchild
        elif grandchild.dep_ == "pcomp" and grandchild.pos_ in {"NOUN", "PROPN"}:
            yield name, grandchild
        elif grandchild.dep_ == "pcomp" and name == "without":  # "without *a shot* being fired"
            yield from ((name, c) for c in grandchild.children if c.dep_ in {"dobj", "nsubj", "nsubjpass"})
        elif grandchild.dep_ == "prep" and grandchild.lower_ != "by":
            yield from ((name, inner) for _, inner in prepositional(grandchild))


def antecedent(token: Token) -> Token:
    """For a relative pronoun, the noun that it stands for; any other token unchanged."""
    if token.lower_ not in {"who", "which", "that", "whom"} or token.tag_ not in {"WDT", "WP", "IN"}:
        return token
    verb = token.head
    for _ in range(4):
        if verb.dep_ == "relcl":
            if token.lower_ not in {"who", "whom"}:
                return _with_others(verb.head)
            return _person_before(token) if _names_place(verb.head) else _with_others(_whose_body(verb.head))
        if verb.head == verb:
            break
        verb = verb.head
    return token


def _with_others(noun: Token) -> Token:
    """ "*Women* and other civilians who were held": with "other" the last of a list takes in those before it."""
    others = noun.dep_ == "conj" and any(c.lower_ == "other" for c in noun.children)
    return noun.head if others and noun.tag_ == noun.head.tag_ == "NNS" else noun  # not "the army and other militias"


def _names_place(token: Token) -> bool:
    return token.ent_type_ in {"GPE", "LOC", "FAC"}


def _person_before(pronoun: Token) -> Token:
    """ "his envoy to Libya, X, who was captured": *who* is never the place that the parser hangs it on."""
    for token in reversed(pronoun.doc[pronoun.sent.start : pronoun.i]):
        if token.pos_ in {"PROPN", "NOUN"} and not _names_place(token):
            return token
    return pronoun


def _whose_body(named: Token) -> Token:
    """ "a preacher allied with al Qaeda *who* opposed X": the noun that a body's name hangs below, if one does."""
    above = named
    while named.ent_type_ == "ORG" and above.dep_ in _BELOW_NOUN and above.head is not above:
        above = above.head
        if above.pos_ == "NOUN":
            return above
    return named


_BELOW_NOUN = frozenset({"pobj", "prep", "acl", "amod"})


def one_of(many: Token) -> Token | None:
    """ "Hamas is *one of* the strongest *members* of the alliance": the word that says it of one; else None."""
    if many.dep_ != "pobj" or many.head.lower_ != "of" or many.tag_ not in ("NNS", "NNPS"):
        return None
    one = many.head.head
    return one if one.lower_ in _ONE and one.dep_ in ("attr", "appos") else None


_ONE = frozenset({"one", "last", "first", "latest"})


def first_title(title: Token) -> Token:
    """The first of several titles of one person: "Omar Saleh, *governor* of Derna and head of the council"."""
    one = one_of(title)
    if one is not None:
        return one
    owned = any(c.tag_ == "PRP$" for c in title.children)  # "the governor and *his* deputy" are two
    if title.dep_ != "conj" or owned or title.tag_ != "NN" or title.head.tag_ != "NN":
        return title
    named = any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in title.children)
    return title if named else first_title(title.head)


def clause_head(token: Token) -> Token:
    """The verb (or root) of the clause that `token` stands in."""
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    return token


_NOT_IN_PHRASE = frozenset({"relcl", "acl", "advcl", "parataxis", "ccomp", "appos", "punct", "conj", "cc"})


def phrase(token: Token, *, clauses: bool = False) -> list[Token]:
    """The tokens of a phrase in text order; relative and adverbial clauses and parentheses are left out."""
    left_out = frozenset[str]() if clauses else _NOT_IN_PHRASE
    found = [token]
    for current in found:  # grows while it is read
        for child in current.children:
            if child.dep_ not in left_out:
                found.append(child)  # noqa: PERF401 - most words have no child: a list for each would cost more
    return sorted(found, key=lambda t: t.i) if len(found) > 1 else found


def lemmas(tokens: Iterable[Token]) -> frozenset[str]:
    """The lower-case lemmas of some tokens."""
    return frozenset(token.lemma_.lower() for token in tokens)


def behind(nouns: Iterable[Token], preposition: str) -> list[Token]:
    """What the parser hangs on nouns, or on words of theirs, by a preposition that is the verb's: "captured the town of
    Brak *from* Hamas"."""
    return [
        found
        for noun in nouns
        for word in noun.subtree
        if word.lower_ == preposition and word.dep_ == "prep"
        for found in word.children
        if found.dep_ == "pobj"
    ]
