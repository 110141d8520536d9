"""Tolls: counts of people killed, injured, captured or displaced, by category and, where said, by whose side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from khaldun.annotate.grammar.questions import frees, is_elsewhere
from khaldun.annotate.grammar.syntax import Arguments, arguments, conjuncts
from khaldun.annotate.roles.counted_phrases import counted, one_person, toll_of, toll_of_one
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.thing_words import is_thing
from khaldun.annotate.roles.toll_categories import (
    category_of,
    is_either,
    is_fallen,
    is_shared,
    leaves_home,
    loser_of,
    with_particle,
)
from khaldun.annotate.tables.toll_words import by_verb, by_word, toll_words
from khaldun.annotate.words import Token
from khaldun.model import Mention, Quantity, Toll

# What a clause of time or ground tells is an older happening: "burned tyres *after* a collision killed two".
_OLDER = frozenset({"after", "because", "before", "since"})
_BESIDE = frozenset({"while", "whereas"})


def tolls_of(verb: Token, fillers: Fillers) -> tuple[Toll, ...]:
    """The tolls that a verb states of those who undergo it, and those in its result clauses ("leaving 11 dead")."""
    if any(c.dep_ == "neg" for c in verb.children):
        return ()  # "the mayor was *not killed*"
    return tuple(dict.fromkeys(_tolls(verb, fillers)))


def takes_lives(verb: Token) -> bool:
    """True for a verb that tells the harm done by a happening: "killed", "died", "was hurt"."""
    return by_verb().get(verb.lemma_.lower()) in {"killed", "injured"}


def stated_toll(noun: Token, fillers: Fillers) -> tuple[Toll, ...]:
    """The toll that an event noun has, or is told of: "the death toll from the *blast* reached 112"."""
    words = toll_words()
    if noun.lemma_.lower() in words.losses:  # "the killing of the two guards", "the bishop's killing"
        dead = arguments(noun).get("of", ()) or victims_of(noun, fillers)
        return tuple(t for token in dead for t in counted(token, "killed", fillers))
    if noun.lemma_ in words.bodies:  # "the mutilated body of a herder"
        return tuple(_bodies(noun, fillers))
    if (
        noun.dep_ in {"nsubj", "csubj"} and noun.head.lemma_ in words.outcome
    ):  # "the *shelling* resulted in the death of two nurses"
        return tolls_of(noun.head, fillers)
    return told_total(noun, fillers)


def victims_of(noun: Token, fillers: Fillers) -> tuple[Token, ...]:
    """Whose end it was: "the *bishop's* killing"; but "the army's killing of a bishop"."""
    found = arguments(noun)
    if noun.lemma_.lower() not in toll_words().undergone or "of" in found:
        return ()
    return tuple(t for t in found.get("poss", ()) if t.tag_ != "PRP$" and _is_victim(t, fillers))


def _is_victim(owner: Token, fillers: Fillers) -> bool:
    return fillers.meets("people", owner) and not fillers.meets("armed", owner)


def told_total(noun: Token, fillers: Fillers) -> tuple[Toll, ...]:
    """The dead that an event has come to in all: "the death toll from the *blast* rose to 24"."""
    toll = _total_above(noun)
    if toll is None:
        return ()
    start, sentence = fillers.passage.at(toll).end, fillers.passage.span(noun.sent)
    after = [m for m in fillers.mentions if m.kind == "count" and start <= m.span.start and m.span.end <= sentence.end]
    given = [m for m in after if fillers.text[start : m.span.start].endswith((" to ", " at "))]
    if not given:
        start = fillers.passage.at(max(noun, toll, key=lambda t: t.i)).end
        after = [m for m in after if start <= m.span.start]
    else:
        after = after[after.index(given[0]) :] if len(given) > 1 or after[0] == given[0] else after
        after = after if _reached(after, fillers) in given else given
    return (toll_of(_reached(after, fillers), "killed", toll, fillers),) if after else ()


def _total_above(noun: Token) -> Token | None:
    """The word for the sum of the dead that an event noun hangs on, or beside which it stands; or which it is."""
    above, sums = noun, _sums()
    for _ in range(7):
        # "raised the toll from the blast to 24": the parser may hang the blast on the verb
        found = next((t for t in (above, *above.children) if t.lemma_ in sums and _sums_up(t)), None)
        if found is not None or above.head == above or above.dep_ in {"relcl", "advcl", "ccomp", "conj"}:
            return found
        above = above.head
    return None


_WOUNDED = frozenset({"wounded", "injured", "victims", "injuries", "wounds"})
_FURTHER = frozenset({"more", "another", "other", "second", "third", "further", "additional"})


def distinct(tolls: Sequence[Toll]) -> tuple[Toll, ...]:
    """The tolls without those that give the same words again, of nobody in particular, and without the injured who
    are told to have died: "a guard *wounded* in the blast later *died*"."""
    said = {(t.of, t.span) for t in tolls if t.who is not None}
    died = {(t.who, t.quantity) for t in tolls if t.who is not None and t.of == "killed"}
    one: set[tuple[str, str]] = set()  # "shot dead *the judge Nasrin Wardak*": one, told twice
    kept = []
    for toll in tolls:
        if toll.who is not None and toll.quantity.high == 1:
            if (toll.of, toll.who) in one:
                continue
            one.add((toll.of, toll.who))
        if toll.who is not None or (toll.of, toll.span) not in said:
            kept.append(toll)
    return tuple(dict.fromkeys(t for t in kept if t.of != "injured" or (t.who, t.quantity) not in died))


def adds_to_toll(verb: Token) -> bool:
    """True for deaths after the event: "three *of the wounded* died", "a *second* body was found"."""
    if verb.lemma_ not in toll_words().dying | toll_words().finding:
        return False
    below = [t.lower_ for c in verb.children for t in c.subtree if c.dep_ in {"nsubj", "nsubjpass", "dobj", "prep"}]
    return any(word in _WOUNDED or word in _FURTHER for word in below)


@cache
def _sums() -> frozenset[str]:
    return toll_words().totals | {"toll"}


def _sums_up(word: Token) -> bool:
    """ "toll", "the *number* of dead", "the *number* of people killed"."""
    if word.lemma_ == "toll":
        return True
    if word.lemma_ not in toll_words().totals:
        return False
    of = [g for c in word.children if c.lower_ == "of" for g in c.children]
    return any(by_word().get(t.lower_) == "killed" or by_word().get(t.lemma_) == "killed" for t in of) or any(
        c.dep_ == "acl" and by_verb().get(c.lemma_) == "killed" for t in of for c in t.children
    )


def _reached(counts: Sequence[Mention], fillers: Fillers) -> Mention:
    """The figure that a toll has come to: the second of "rose from 34 to 41", the first of "rose to 41 from 34"."""
    first = counts[0]
    if isinstance(first.value, Quantity) and first.value.high and first.quote.lower().startswith("from "):
        return replace(first, value=Quantity(first.value.high, first.value.high, first.value.high))
    if len(counts) > 1:
        before = [fillers.text[: m.span.start].rsplit(maxsplit=1)[-1:] for m in counts[:2]]
        if before == [["from"], ["to"]]:
            return counts[1]
    return counts[0]


def _tolls(verb: Token, fillers: Fillers) -> Iterator[Toll]:
    words = toll_words()
    category = category_of(verb)
    loser = loser_of(verb, fillers)
    if category is not None:
        found = arguments(verb)
        shared = category == "killed" and is_shared(verb)
        dying = verb.lemma_ in words.dying or any(c.dep_ == "dobj" and c.lemma_ == "life" for c in verb.children)
        if (lone := _lone_number(verb, found)) is not None:  # "two soldiers dead and *four wounded*"
            yield from counted(lone, category, fillers)
            return
        suffer = "A" if dying or ("P" not in found and verb.tag_ == "VBN") else "P"
        for token in found.get(suffer, ()):  # "17 were killed and dozens injured": the second has no auxiliary
            if (
                verb.lemma_ == "lose"
                and token.dep_ == "conj"
                and not (is_fallen(token) or fillers.meets("people", token))
            ):
                continue  # "lost six men and *two lorries*"
            found_tolls = counted(token, category, fillers)
            if loser is not None and token.dep_ == "dobj":
                found_tolls = (replace(toll, who=loser) for toll in found_tolls)
            if verb.lemma_ == "flee" and not (leaves_home(verb) and fillers.meets("civilians", token)):
                continue  # "two gunmen fled"
            if category == "displaced" and (is_thing(token) or not _may_lose_home(verb, token, fillers)):
                continue  # "uprooted forty trees"
            if category == "captured" and is_thing(token):
                continue  # "seized two *police stations*"
            # "seized two villages", "wiped out two hamlets" count nobody
            if (category != "captured" and not with_particle(verb)) or fillers.meets("people", token):
                yield from _of_whom_some(found_tolls, certain=not is_either(verb)) if shared else found_tolls
        for companion in found.get("along", ()):  # "killed the emir in the north, *along with* nine fighters"
            yield from counted(companion, category, fillers)
    elif verb.lemma_ in words.finding | words.lying:
        found_at = arguments(verb)
        for token in (*found_at.get("P", ()), *(found_at.get("A", ()) if verb.lemma_ in words.lying else ())):
            if token.lemma_ in words.bodies:
                yield from _bodies(token, fillers)
    elif verb.lemma_ in words.taking_lives:
        for token in arguments(verb).get("P", ()):
            if token.lemma_ in {"life", "victim"}:
                of = arguments(token).get("of", ())  # "claimed *the lives of five officers*"
                yield from (t for each in (token, *of) for t in counted(each, "killed", fillers))
    for child in verb.children:
        if child.i and child.nbor(-1).lower_ == "not":
            continue  # "were injured, not killed"
        if child.dep_ == "conj" and category in {None, "captured"} and child.lemma_ in by_verb():
            continue  # "overran the base and killed 71": the second verb has a frame of its own
        if (child.dep_ == "conj" and is_elsewhere(child)) or (child.dep_ == "advcl" and frees(verb)):
            continue
        if child.dep_ == "conj" and (_lost_its_subject(verb, child) or verb.lemma_ == "lose"):
            continue  # "*lost* three men *and killed* nine rebels": the second verb's are others
        if _is_told_apart(child):
            continue
        if child.dep_ in {"conj", "advcl", "xcomp", "relcl"} and child.pos_ in {"VERB", "AUX", "ADJ"}:
            if child.lemma_ in words.bringing or category_of(child) in {"killed", "injured"}:
                yield from _result(child, fillers)
        elif child.dep_ in {"ccomp"} and verb.lemma_ == "leave":
            yield from _result_clause(child, fillers)
    if verb.lemma_ in words.stating and loser is None:
        yield from _stated(verb, fillers)
    if verb.lemma_ == "leave":
        yield from _left(verb, fillers)


def _may_lose_home(verb: Token, token: Token, fillers: Fillers) -> bool:
    """Any whom fighting displaces, but only civilians whom somebody drives out: "drove 400 families from home"."""
    if verb.lemma_ not in toll_words().driving_out or verb.lemma_ in by_verb():
        return True
    return fillers.meets("civilians", token) or (token.lemma_.lower() == "family" and not fillers.meets("armed", token))


def _lone_number(verb: Token, found: Arguments) -> Token | None:
    """The number right before a participle that counts whom it tells of, where the parser gives it another subject."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    if before is None or verb.tag_ not in {"VBN", "VBD"} or before.pos_ != "NUM" or before.dep_ == "nummod":
        return None
    return None if any(before in found.get(function, ()) for function in ("A", "P")) else before


def _left(verb: Token, fillers: Fillers) -> Iterator[Toll]:
    """Single people: "left *a guard* dead"."""
    states = [by_word().get(c.lower_) for c in verb.children if c.dep_ in {"oprd", "acomp"}]
    for person in (c for c in verb.children if c.dep_ == "dobj" and c.tag_ == "NN") if any(states) else ():
        if states[0] is not None and (one := one_person(person, states[0], fillers)) is not None:
            yield one


def _bodies(noun: Token, fillers: Fillers) -> Iterator[Toll]:
    """The dead who are found: "five bodies", "the bodies of two nurses", "the body of a man"."""
    own = tuple(counted(noun, "killed", fillers))
    if own or noun.tag_ == "NN":
        yield from own or (toll_of_one(noun, "killed", fillers),)
    else:
        yield from (t for inner in arguments(noun).get("of", ()) for t in counted(inner, "killed", fillers))


def _of_whom_some(tolls: Iterable[Toll], *, certain: bool) -> Iterator[Toll]:
    """The dead among a number that is of the dead and others: the number at most, and one at least where it is
    `certain` that some died. What has no upper bound ("more than 300") says nothing of the dead then."""
    for toll in tolls:
        high = toll.quantity.high
        if high == 1 and certain:
            yield toll
        elif high is not None:
            yield replace(toll, quantity=Quantity(1 if certain else 0, None, high))
        elif certain:
            yield replace(toll, quantity=Quantity(1, None, None))


def _is_told_apart(clause: Token) -> bool:
    """True for a clause that is a telling of its own: "ten *were killed*, and three guards *were killed* too"."""
    functions = {c.dep_ for c in clause.children}
    if clause.dep_ == "advcl":
        beside = clause.lemma_ == clause.head.lemma_ and {"nsubjpass", "auxpass"} <= functions
        marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "prep"}}
        if "while" in marks and functions & {"nsubj", "nsubjpass"}:
            return True  # "attacked a post in Brak *while an air strike killed* four in Sirte"
        return bool(marks & _OLDER) or (beside and bool(marks & _BESIDE))  # "*while* six others were killed in Brak"
    return clause.dep_ == "conj" and ({"nsubjpass", "auxpass"} <= functions or {"nsubj", "dobj"} <= functions)


def _lost_its_subject(verb: Token, second: Token) -> bool:
    """True where the parser hung the subject of a participle elsewhere: "were killed and 12 *others* wounded"."""
    bare = second.tag_ == "VBN" and not any(c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in second.children)
    return bare and any(t.pos_ == "NUM" for t in verb.doc[verb.i + 1 : second.i])


def _result(verb: Token, fillers: Fillers) -> Iterator[Toll]:
    if verb.lemma_ in toll_words().bringing:
        yield from _stated(verb, fillers)
    else:
        yield from _tolls(verb, fillers)


def _result_clause(word: Token, fillers: Fillers) -> Iterator[Toll]:
    """ "left 11 dead", "leaving at least 40 people wounded": the adjective heads a small clause."""
    category = by_word().get(word.lower_) or by_word().get(word.lemma_)
    if category is not None:
        for child in word.children:
            if child.dep_ in {"nsubj", "nsubjpass", "nummod", "npadvmod", "advmod", "dobj"}:
                yield from counted(child, category, fillers)


def _stated(verb: Token, fillers: Fillers) -> Iterator[Toll]:
    """A count next to a category word below `verb`: "left 11 dead and 20 wounded", "reached at least 112 dead"."""
    since = fillers.passage.at(verb).start
    for word in sorted(verb.subtree, key=lambda t: t.i):
        category = by_word().get(word.lower_) or by_word().get(word.lemma_.lower())
        if category is None or word.i < verb.i:
            continue
        for count in _counts_between(since, word, fillers):
            tokens = fillers.passage.tokens(count.span)
            yield toll_of(count, category, tokens[-1].head if tokens is not None else word, fillers)
        since = fillers.passage.at(word).end
        if word.lemma_.lower() in toll_words().losses or word.lower_ == "injury":
            for victim in (g for c in word.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"):
                for each in conjuncts(victim):
                    yield from counted(each, category, fillers)


def _counts_between(since: int, word: Token, fillers: Fillers) -> list[Mention]:
    """The counts that a category word closes: "left 11 dead", "left six soldiers and eleven militants dead"."""
    until = fillers.passage.at(word).start
    counts = [m for m in fillers.mentions if m.kind == "count" and since <= m.span.start and m.span.end <= until]
    return [m for m in counts if not _OF_THEM.match(fillers.text, m.span.end)] if len(counts) > 1 else counts


_OF_THEM = re.compile(r" (?:of (?:them|whom|these|those)|were|being)\b")
