"""How a token is matched against the table of words that evoke events (`trigger_table`).

A trigger is a verb ("withdrew", "blew up"), a noun ("air strike"), or a verb with its complement ("opened fire").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from khaldun.annotate.grammar.syntax import antecedent, arguments
from khaldun.annotate.grammar.trigger_table import Entry, table, table_of
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import quickly_made
from khaldun.knowledge import word_list

_LONGEST_NOUN = 4
_LED_BY = frozenset({"on", "to", "into"})
_KNOWN = "khaldun.triggers"
"""Where a doc keeps the triggers that were found in it."""
_EVOKING = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_INTO_PIT = frozenset("in at from near to into inside outside".split())
_PARTICLES = frozenset("up out off down over back in into away on apart through aside".split())


@cache
def _partitive() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "partitive")


@quickly_made
@dataclass(frozen=True, slots=True)
class Trigger:
    """A matched word: its head token, all its tokens in text order, and its possible readings."""

    head: Token
    tokens: tuple[Token, ...]
    entries: tuple[Entry, ...]
    verbal: bool


def match(token: Token) -> Trigger | None:
    """The trigger whose head is `token`, or None. Kept with the doc, since many steps ask for the same word."""
    known: dict[int, Trigger | None] = token.doc.user_data.setdefault(_KNOWN, {})
    if token.i not in known:
        known[token.i] = _matched(token)
    return known[token.i]


def matches(sentence: Tokens) -> Iterator[Trigger]:
    """All triggers of a sentence in text order."""
    known: dict[int, Trigger | None] = sentence.doc.user_data.setdefault(_KNOWN, {})
    for token in sentence:
        if token.i not in known:
            known[token.i] = _matched(token)
        trigger = known[token.i]
        if trigger is not None:
            yield trigger


def _matched(token: Token) -> Trigger | None:
    if token.lower_ in _ONE_MORE:
        return _match_one_more(token)
    if token.pos_ not in _EVOKING and not token.tag_.startswith("VB"):
        return None
    if token.tag_ == "VBG" and token.dep_ in {"nsubj", "csubj", "nsubjpass", "pobj", "dobj"}:
        # "*Shelling* by the army killed a family"
        return _match_noun(token) or _match_doing(token) or _match_verb(token)
    if token.tag_ in {"VB", "VBP"} and _is_verbless(token) and (noun := _match_noun(token)) is not None:
        return noun
    if token.pos_ in {"VERB", "AUX"} or (token.tag_.startswith("VB") and token.pos_ != "ADJ"):
        return _match_verb(token) or (_match_noun(token) if _mistagged(token) else None)
    if token.pos_ in {"NOUN", "PROPN"}:
        return _match_noun(token) or _match_doing(token) or (_match_verb(token) if token.dep_ == "ROOT" else None)
    if token.pos_ == "ADJ" and token.tag_ in {"VBN", "VBD"}:
        return _match_verb(token)
    return None


_ONE_MORE = frozenset({"another", "second", "third", "fourth", "other"})


def _match_one_more(word: Token) -> Trigger | None:
    """ "A bomb went off in Brak and *another* outside Sabha", "the *second* struck a van": what was told before."""
    if word.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    beside = (word.head.head, *(c for c in word.head.children if c.i < word.i and c.dep_ in {"parataxis", "ccomp"}))
    subjects = (c for verb in beside if verb.i < word.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
    found = next((t for c in subjects if c.tag_ == "NN" and (t := _match_noun(c)) is not None), None)
    return Trigger(word, (word,), found.entries, verbal=False) if found is not None else None


def verb_key(verb: Token) -> str:
    """The lemma with its particle, if it has one: "blow up", "carry out"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.i == verb.i + 1:
            with_preposition = f"{verb.lemma_.lower()} {child.lower_}"
            if with_preposition in table_of(verb).verbs:
                return with_preposition  # "called for", "fired on"
        if child.dep_ == "prt" or (
            child.i == verb.i + 1 and child.lower_ in _PARTICLES and child.pos_ in {"ADP", "ADV"}
        ):
            return f"{verb.lemma_.lower()} {child.lower_}"
    return verb.lemma_.lower()


def _match_verb(token: Token) -> Trigger | None:
    lemma = token.lemma_.lower()
    if lemma not in table_of(token).openers:
        return _by_form(token, ())
    key = verb_key(token)
    return _match_phrase(token, lemma, key) or _match_lone(token, lemma, key)


def _match_phrase(token: Token, lemma: str, key: str) -> Trigger | None:
    """A verb with one of its complements."""
    known = table_of(token)
    for complement in _complements(token):
        word = complement.lower_ if complement.dep_ == "prep" else complement.lemma_.lower()
        narrow = _of_modified(complement, lemma)
        entries = narrow or known.phrases.get(f"{key} {word}") or known.phrases.get(f"{lemma} {word}")
        if entries and not narrow and complement.pos_ == "NOUN" and _says_otherwise(complement, entries):
            continue  # "began a *hunger strike*"
        if entries and complement.pos_ == "VERB" and lemma not in _DRIVING and _has_object(complement):
            continue  # "continued to *strike* the depot" is no walkout
        if entries is None and key != lemma:
            entries = known.phrases.get(key)
        if entries:
            entries = _own_first(entries, known.verbs.get(key, known.verbs.get(lemma, ())))
            return Trigger(token, tuple(sorted((token, complement), key=lambda t: t.i)), entries, verbal=True)
    for words, complement in _with_objects(token, lemma, key):
        entries = known.phrases.get(words)
        whole = words.count(" ") > 1  # "traded *artillery fire*": all of it is told for
        if entries and (whole or not (complement.pos_ == "NOUN" and _says_otherwise(complement, entries))):
            entries = _own_first(entries, known.verbs.get(key, known.verbs.get(lemma, ())))
            return Trigger(token, tuple(sorted((token, complement), key=lambda t: t.i)), entries, verbal=True)
    return None


def _of_modified(noun: Token, lemma: str) -> tuple[Entry, ...]:
    """What a verb with its object and the word before that evokes: "gave *prior warning*", which threatens nobody."""
    if noun.pos_ != "NOUN" or noun.dep_ not in {"dobj", "nsubjpass"}:
        return ()
    phrases, object_ = table_of(noun).phrases, noun.lemma_.lower()
    found = (phrases.get(f"{lemma} {c.lower_} {object_}") for c in noun.lefts if c.dep_ in {"amod", "compound"})
    return next(filter(None, found), ())


_DRIVING = frozenset({"force", "compel", "prompt", "oblige", "cause"})


def _has_object(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)


def _match_lone(token: Token, lemma: str, key: str) -> Trigger | None:
    """A verb with its particle or preposition, or by itself."""
    known = table_of(token)
    entries = known.phrases.get(key, ()) if key != lemma else ()
    entries = _own_first(entries, known.verbs.get(key, ()))
    if not entries and key != lemma:
        entries = known.verbs.get(lemma, ())
    return _by_form(token, entries)


def _by_form(token: Token, entries: tuple[Entry, ...]) -> Trigger | None:
    """The verb with its lemma's `entries`; without any, with those of its form or of a modal below it."""
    if not entries and token.lower_.endswith(("ed", "ing")):
        # the lemmatiser makes "rap" of "raped" and "raping", nothing of "machinegunned"; no key has a hyphen
        verbs = table_of(token).verbs
        entries = next((verbs[b] for b in _stems(token.lower_.replace("-", " ")) if b in verbs), ())
    modal = _match_modal(token)
    if modal is not None and not any(e.political for e in entries):
        return modal
    if not entries:
        return None
    key = verb_key(token)
    particle = [c for c in token.children if " " in key and c.lower_ == key.split()[-1]]
    return Trigger(token, tuple(sorted((token, *particle[:1]), key=lambda t: t.i)), tuple(entries), verbal=True)


def _own_first(phrase: tuple[Entry, ...], verb: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What a phrase evokes before what its verb does alone, but a user's own entries before both."""
    return tuple(sorted((*phrase, *verb), key=lambda e: not e.own))


def _says_otherwise(noun: Token, entries: tuple[Entry, ...]) -> bool:
    """True for a complement that with the noun before it tells another kind of event."""
    found = _match_noun(noun)
    if found is None or len(found.tokens) < 2:
        return False
    return {e.kind for e in found.entries}.isdisjoint(e.kind for e in entries)


_OBJECT = frozenset({"dobj", "nsubjpass", "oprd", "attr", "dep"})


def _with_objects(verb: Token, lemma: str, key: str) -> Iterator[tuple[str, Token]]:
    """The verb with what its object is about: "suspended part of an *aid* programme", "arrived *for talks*",
    "held *joint exercises*"."""
    for child in verb.children:
        if child.dep_ in _OBJECT:
            for words, noun in _object_words(child):
                yield f"{key} {words}", noun
                if key != lemma:
                    yield f"{lemma} {words}", noun
            yield from _as_what(child, lemma)
        elif child.dep_ in {"prep", "dative", "agent", "prt", "advmod"}:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    for words, inner in _object_words(noun):
                        yield f"{lemma} {child.lower_} {words}", inner


def _as_what(noun: Token, lemma: str) -> Iterator[tuple[str, Token]]:
    """What the object serves as, where the parser hangs it there: "used hundreds of villagers *as human shields*"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "as":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from ((f"{lemma} as {words}", each) for words, each in _object_words(inner))


def _object_words(noun: Token) -> Iterator[tuple[str, Token]]:
    """The ways to name an object: with its modifiers, by its head, by a noun before it, by what it is a part of."""
    if _is_date(noun):
        return  # "blocked a road on 3 *March*" stops no march
    lemma = noun.lemma_.lower()
    modifiers = [c for c in noun.children if c.dep_ in {"compound", "amod", "nmod"} and c.i < noun.i]
    yield from ((f"{c.lower_} {lemma}", noun) for c in modifiers)
    yield lemma, noun
    if modifiers and not _is_civilian(noun):  # "released three *aid workers*": people, and no aid
        yield from ((c.lemma_.lower(), noun) for c in modifiers if c.pos_ in {"NOUN", "PROPN"})
    for child in noun.children:
        if child.dep_ == "quantmod":
            yield child.lemma_.lower(), noun  # "gave *$20 million* to"
        if child.dep_ == "conj" and child.pos_ == "NOUN" and child.i - noun.i < 6:
            yield child.lemma_.lower(), child
        if child.dep_ == "prep" and child.lower_ == "of" and lemma in _partitive():
            yield from (each for inner in child.children if inner.dep_ == "pobj" for each in _object_words(inner))


def _is_civilian(noun: Token) -> bool:
    read = read_noun(noun.text)
    return read is not None and read.entry.one == "person"


def _match_modal(verb: Token) -> Trigger | None:
    """A verb of saying whose clause lays a duty on somebody: "declared that China *must* open its ports"."""
    for clause in verb.children:
        if clause.dep_ != "ccomp":
            continue
        for aux in clause.children:
            word = "have to" if aux.dep_ == "xcomp" and clause.lemma_ == "have" else aux.lower_
            if word in table().modals and (aux.dep_ == "aux" or word == "have to"):
                return Trigger(verb, (aux if aux.dep_ == "aux" else clause,), table().modals[word], verbal=True)
    return None


def _stems(form: str) -> tuple[str, ...]:
    participle = f"{form[:-3]}ed" if form.endswith("ing") else form
    doubled = participle[-3:-2] == participle[-4:-3]
    found = (participle[:-1], participle[:-2], *((participle[:-3],) if doubled else ()))
    return (*found, f"{participle[:-3]}y") if participle.endswith("ied") else found  # "resupplied"


def _complements(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {
            "dobj",
            "oprd",
            "attr",
            "nsubjpass",
            "advmod",
            "acomp",
            "dative",
            "xcomp",
            "ccomp",
            "dep",
        }:
            yield child
            if child.lower_ in {"that", "which"} and (told := _told_of(child)) is not None:
                yield told  # "the road *that* rebels had blocked", "a curfew *which* was imposed"
            if child.dep_ in {"xcomp", "ccomp"}:
                # "used a siege *to put pressure on rebel forces*" is no use of force
                inner = {"nsubj"} if _has_object(verb) else {"nsubj", "dobj"}
                yield from (c for c in child.children if c.dep_ in inner)
        if child.dep_ == "dobj":  # "held six drivers *captive*"
            yield from (c for c in child.children if c.i > child.i and c.dep_ in {"amod", "acl"} and c.tag_ == "JJ")
        if child.dep_ == "prep":
            yield child
            if child.lower_ in _LED_BY:  # "go *on* strike", "took *to* the streets"
                yield from (c for c in child.children if c.dep_ == "pobj")
    if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ == "NOUN" and verb.head in arguments(verb).get("P", ()):
        noun = verb.head
        whose = _match_noun(noun) is not None or any(c.dep_ == "nsubj" for c in verb.children)
        if whose and _tells_no_deed(noun):  # "the *road* they had blocked", "the *deal* signed in May"
            yield noun  # not "arms given by Oman", which tells which arms


def _told_of(relative: Token) -> Token | None:
    noun = antecedent(relative)
    return noun if noun.pos_ == "NOUN" and _tells_no_deed(noun) else None


def _tells_no_deed(noun: Token) -> bool:
    """False for an event noun, which is told for itself, unless it is terms: "the *deal* that both signed"."""
    found = _match_noun(noun)
    return found is None or all(e.kind in _TERMS for e in found.entries)


_TERMS = frozenset({"agree", "retreat.ceasefire"})


def _match_noun(token: Token) -> Trigger | None:
    known = table_of(token)
    key = (token.lower_ if token.tag_ == "VBG" else token.lemma_.lower()).replace("-", " ")
    if key.rpartition(" ")[2] not in known.noun_ends:
        return None
    if _is_date(token):
        return None  # "attacked the town in *March*" tells of no march
    if (token.lemma_ == "mine" and is_pit(token)) or _is_beforehand(token):
        return None
    words: list[Token] = [token]
    best: tuple[tuple[Token, ...], tuple[Entry, ...]] | None = None
    position = token.i
    for _ in range(_LONGEST_NOUN):
        entries = known.nouns.get(key) or known.nouns.get(_singular(key))
        if entries:
            best = (tuple(words), entries)
        if position == token.sent.start:
            break
        position -= 1
        previous = token.doc.tokens[position]
        if previous.text == "-":
            continue
        word = previous.lower_.replace("-", " ")  # "a *booby-trapped* car"
        if not word.replace(" ", "").isalpha():
            break
        words.insert(0, previous)
        key = f"{word} {key}"
    if best is None or (token.dep_ in {"compound", "nmod", "npadvmod"} and _inside_trigger(token)):
        return None
    return Trigger(token, best[0], best[1], verbal=False)


_DEEDS = frozenset("assault control siege execution coerce loot recruitment displacement retreat".split())


def _match_doing(noun: Token) -> Trigger | None:
    """A noun made from the verb, with "of" before what it was done to: "the *storming* of the prison by rebels"."""
    if not noun.lower_.endswith("ing") or not any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children):
        return None
    verbs = table_of(noun).verbs
    entries = next((verbs[stem] for stem in _stems(noun.lower_) if stem in verbs), ())
    meant = tuple(_as_noun(e) for e in entries if e.kind.split(".")[0] in _DEEDS and _takes_object(e))
    return Trigger(noun, (noun,), meant, verbal=False) if meant else None


def _takes_object(entry: Entry) -> bool:
    return any("P" in functions for functions in entry.args.values())


def _as_noun(entry: Entry) -> Entry:
    """The reading of a verb for the noun that is made from it: its object follows "of"."""

    def turned(functions: str) -> str:
        return "|".join("of" if f == "P" else f for f in functions.split("|"))

    args = {role: tuple(map(turned, functions)) for role, functions in entry.args.items()}
    needs, bars = ({turned(f): words for f, words in each.items()} for each in (entry.needs, entry.bars))
    return replace(entry, args=args, needs=needs, bars=bars)


def is_pit(mine: Token) -> bool:
    """ "Taken from a *mine* near the town", "stormed a gold *mine*"."""
    dug = mine.i > mine.sent.start and mine.nbor(-1).lower_ in table().lists["mineral"]
    return dug or (mine.dep_ == "pobj" and mine.head.lower_ in _INTO_PIT)


def _is_beforehand(advance: Token) -> bool:
    """ "Was told *in advance* of the raid", "gave *advance* notice": nobody advances."""
    if advance.lower_ != "advance":
        return False
    return advance.dep_ in {"compound", "amod"} or (advance.dep_ == "pobj" and advance.head.lower_ == "in")


def _is_date(token: Token) -> bool:
    return token.pos_ == "PROPN" and (token.ent_type_ == "DATE" or token.text == "March")


def _singular(key: str) -> str:
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key


def _inside_trigger(token: Token) -> bool:
    """True for the modifier in a longer event noun: "bomb" in "the bomb attack"."""
    head = token.head
    return head.pos_ in {"NOUN", "PROPN"} and head.i > token.i and _match_noun(head) is not None


_OF_A_NOUN = frozenset({"amod", "compound", "nummod", "det"})
_BEHIND_A_NOUN = frozenset({"between", "in", "at", "near", "by", "on", "of", "against", "outside", "with"})


def _is_verbless(token: Token) -> bool:
    """True for the noun of a note without a verb that the tagger took for one: "*Clash* between the guard and rebels".

    A report orders nobody: what opens a sentence, but for an adjective, in the form of a command is a noun.
    """
    if token.dep_ != "ROOT" or token.i + 1 == len(token.doc) or token.nbor(1).lower_ not in _BEHIND_A_NOUN:
        return False
    before = [c for c in token.children if c.i < token.i and not c.is_punct]
    opening = token.i - len(before)
    return token.doc[opening].is_sent_start is True and all(c.dep_ in _OF_A_NOUN for c in before)


def _mistagged(token: Token) -> bool:
    """True for a plural event noun that the tagger took for a verb: "Clashes near the port wounded three"."""
    return token.tag_ == "VBZ" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
