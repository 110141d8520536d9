"""Tolls: counts of people killed, injured, captured or displaced, by category and, where said, by whose side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from khaldun.annotate.fillers import Fillers
from khaldun.annotate.grammar import frees, is_elsewhere
from khaldun.annotate.syntax import Arguments, arguments, conjuncts
from khaldun.annotate.thing_words import is_thing
from khaldun.annotate.toll_words import Category, by_verb, by_word, toll_words
from khaldun.annotate.trigger_table import table
from khaldun.annotate.words import Token
from khaldun.model import Mention, Quantity, Toll

# What a clause of time or ground tells is an older happening: "burned tyres *after* a collision killed two".
_OLDER = frozenset({"after", "because", "before", "since"})
_BESIDE = frozenset({"while", "whereas"})
# Words that single one person out: "the former mayor", "his driver", "another rival".
_SINGLE = frozenset({"a", "an", "the", "another", "one", "this", "that", "his", "her", "their", "its", "each"})
_NEXT = frozenset({"another", "second", "third", "fourth", "fifth"})
# What ends the phrase that a count opens: "three *of* the men", "two *and* a guard".
_BREAKS = frozenset("of and or in at by from with for on to the a an his her their its who".split())


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
        return tuple(t for token in dead for t in _counted(token, "killed", fillers))
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
    return (_toll(_reached(after, fillers), "killed", toll, fillers),) if after else ()


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
    category = _category(verb)
    loser = _loser(verb, fillers)
    if category is not None:
        found = arguments(verb)
        shared = category == "killed" and _is_shared(verb)
        dying = verb.lemma_ in words.dying or any(c.dep_ == "dobj" and c.lemma_ == "life" for c in verb.children)
        if (lone := _lone_number(verb, found)) is not None:  # "two soldiers dead and *four wounded*"
            yield from _counted(lone, category, fillers)
            return
        suffer = "A" if dying or ("P" not in found and verb.tag_ == "VBN") else "P"
        for token in found.get(suffer, ()):  # "17 were killed and dozens injured": the second has no auxiliary
            if verb.lemma_ == "lose" and token.dep_ == "conj" and not (_falls(token) or fillers.meets("people", token)):
                continue  # "lost six men and *two lorries*"
            found_tolls = _counted(token, category, fillers)
            if loser is not None and token.dep_ == "dobj":
                found_tolls = (replace(toll, who=loser) for toll in found_tolls)
            if verb.lemma_ == "flee" and not (_leaves_home(verb) and fillers.meets("civilians", token)):
                continue  # "two gunmen fled"
            if category == "displaced" and (is_thing(token) or not _may_lose_home(verb, token, fillers)):
                continue  # "uprooted forty trees"
            # "seized two villages", "wiped out two hamlets" count nobody
            if (category != "captured" and not _with_particle(verb)) or fillers.meets("people", token):
                yield from _of_whom_some(found_tolls, certain=not _is_either(verb)) if shared else found_tolls
        for companion in found.get("along", ()):  # "killed the emir in the north, *along with* nine fighters"
            yield from _counted(companion, category, fillers)
    elif verb.lemma_ in words.finding:
        for token in arguments(verb).get("P", ()):
            if token.lemma_ in words.bodies:
                yield from _bodies(token, fillers)
    elif verb.lemma_ in words.taking_lives:
        for token in arguments(verb).get("P", ()):
            if token.lemma_ in {"life", "victim"}:
                of = arguments(token).get("of", ())  # "claimed *the lives of five officers*"
                yield from (t for each in (token, *of) for t in _counted(each, "killed", fillers))
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
            if child.lemma_ in words.bringing or _category(child) in {"killed", "injured"}:
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
        if states[0] is not None and (one := _one_person(person, states[0], fillers)) is not None:
            yield one


def _leaves_home(flight: Token) -> bool:
    """True where those who flee leave or reach a place: "*fled their homes*", but not "shot by two men who fled"."""
    return any(c.dep_ == "dobj" or c.lower_ in {"from", "to", "into", "across", "have", "has"} for c in flight.children)


def _bodies(noun: Token, fillers: Fillers) -> Iterator[Toll]:
    """The dead who are found: "five bodies", "the bodies of two nurses", "the body of a man"."""
    own = tuple(_counted(noun, "killed", fillers))
    if own or noun.tag_ == "NN":
        yield from own or (_one(noun, "killed", fillers),)
    else:
        yield from (t for inner in arguments(noun).get("of", ()) for t in _counted(inner, "killed", fillers))


def _is_shared(verb: Token) -> bool:
    """True for a figure that counts the dead with others: "killing and wounding 13", "five were killed or captured"."""
    for child in verb.children:
        if any(t.pos_ == "NUM" for t in verb.doc[verb.i + 1 : child.i]):
            continue  # "31 were killed and upwards of *50* hurt": each has a figure of its own
        if child.dep_ == "conj" and by_verb().get(child.lemma_.lower(), "killed") != "killed":
            passive = verb.tag_ == "VBN" and not any(c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in child.children)
            before = any(c.dep_ == "dobj" for c in verb.children)
            return (passive or not before) and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
    return False


def _is_either(verb: Token) -> bool:
    """ "*Killed or wounded* 5,000": how many of them died, and whether any did, it does not say."""
    return any(c.dep_ == "cc" and c.lower_ == "or" for c in verb.children)


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


def _category(verb: Token) -> Category | None:
    """What a verb does to people: "lost their lives", "shot dead", "fatally shot" and "beat a man to death" kill."""
    words = toll_words()
    own = by_verb().get(verb.lemma_.lower()) or _with_particle(verb)
    if own == "injured" and any(c.lower_ in words.fatally for c in verb.children):
        return "killed"
    if own is not None:
        return own
    if verb.lemma_ == "find" and any(
        c.dep_ in {"oprd", "acomp", "xcomp"} and c.lower_ in words.lifeless for c in verb.children
    ):
        return "killed"  # "was *found dead* in his car"
    if verb.lemma_ in words.driving_out and any(c.lower_ in {"from", "out"} for c in verb.children):
        return "displaced"
    if verb.lemma_ == "lose" and (lost := next((c for c in verb.children if c.dep_ == "dobj"), None)) is not None:
        return "killed" if lost.lemma_ == "life" or _falls(lost) else None
    return "killed" if verb.lemma_ in words.fatal and _ends_in_death(verb) else None


def _loser(verb: Token, fillers: Fillers) -> str | None:
    """Whose men they were: "*the rebels* lost seven men"; None of a verb that tells of no loss in men."""
    if verb.lemma_ != "lose":
        return None
    found = arguments(verb)
    if not any(_falls(t) for t in found.get("P", ())):
        return None
    actor = next((m for t in found.get("A", ()) if fillers.meets("armed", t) and (m := fillers.actor(t))), None)
    return actor.entity if actor is not None else None


def _falls(lost: Token) -> bool:
    """ "Lost six *soldiers*", "lost *six*"."""
    return lost.lemma_.lower() in table().lists["fallen"] or lost.pos_ == "NUM"


def _with_particle(verb: Token) -> Category | None:
    """ "*Mowed down* 22 herders", "*wiped out* a family": what a verb does to people with the word behind it."""
    if verb.i + 1 == len(verb.doc) or verb.nbor(1).pos_ not in {"ADP", "ADV"}:
        return None
    return by_verb().get(f"{verb.lemma_.lower()} {verb.nbor(1).lower_}")


def _ends_in_death(verb: Token) -> bool:
    after = [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 3]]
    if (
        after[:1] == ["dead"]
        or (verb.lemma_ == "burn" and "alive" in after)
        or f"{verb.lemma_} {''.join(after[:1])}" == "gun down"
    ):
        return True
    if after[:2] == ["and", "killed"] or any(c.lower_ in toll_words().fatally for c in verb.children):
        return True
    ends = (g for c in verb.children for g in (c, *(c.children if c.dep_ == "dobj" else ())))
    if any(g.lower_ == "dead" and g.dep_ in {"oprd", "acomp", "amod"} and g.i > verb.i + 1 for g in ends):
        return True  # "shot *a student dead*"
    below = [c for c in verb.subtree if c.dep_ in {"prep", "pobj"}]  # the parser may hang "to death" on the victim
    return any(t.lower_ == "death" and t.head.lower_ == "to" and t.head.head in {verb, *verb.children} for t in below)


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
                yield from _counted(child, category, fillers)


def _stated(verb: Token, fillers: Fillers) -> Iterator[Toll]:
    """A count next to a category word below `verb`: "left 11 dead and 20 wounded", "reached at least 112 dead"."""
    since = fillers.passage.at(verb).start
    for word in sorted(verb.subtree, key=lambda t: t.i):
        category = by_word().get(word.lower_) or by_word().get(word.lemma_.lower())
        if category is None or word.i < verb.i:
            continue
        for count in _counts_between(since, word, fillers):
            tokens = fillers.passage.tokens(count.span)
            yield _toll(count, category, tokens[-1].head if tokens is not None else word, fillers)
        since = fillers.passage.at(word).end
        if word.lemma_.lower() in toll_words().losses:
            for victim in (g for c in word.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"):
                for each in conjuncts(victim):
                    yield from _counted(each, "killed", fillers)


def _counts_between(since: int, word: Token, fillers: Fillers) -> list[Mention]:
    """The counts that a category word closes: "left 11 dead", "left six soldiers and eleven militants dead"."""
    until = fillers.passage.at(word).start
    counts = [m for m in fillers.mentions if m.kind == "count" and since <= m.span.start and m.span.end <= until]
    return [m for m in counts if not _OF_THEM.match(fillers.text, m.span.end)] if len(counts) > 1 else counts


_OF_THEM = re.compile(r" (?:of (?:them|whom|these|those)|were|being)\b")


def _counted(token: Token, category: Category, fillers: Fillers) -> Iterator[Toll]:
    """The counts inside the phrase that `token` heads; "no one was hurt" counts nobody."""
    if token.i and (token.nbor(-1).lower_ == "no" or any(c.lower_ == "no" for c in token.children)):
        return
    if any(c.lower_ == "not" for c in token.children if c.i < token.i) and _is_single(token):
        return  # "*not a single* civilian died"
    own = [c for c in token.children if c.dep_ != "conj"]  # "a commander *and six of* his guards"
    for child in (token, *own, *(g for c in token.children if c.dep_ == "nummod" for g in c.children)):
        count = _count_at(child, fillers)
        if count is not None:
            yield _toll(count, category, token, fillers)
            yield from _along_with(token, category, fillers)
            return
    count = _count_at(token.left_edge, fillers) if token.pos_ in {"NOUN", "PROPN"} else None
    if count is not None and _opens(count, token, fillers):  # "*four* suspected Red Front militants"
        yield _toll(count, category, token, fillers)
        yield from _along_with(token, category, fillers)
        return
    if (one := _one_person(token, category, fillers)) is not None:
        yield one
        yield from _along_with(token, category, fillers)
        return
    of = [g for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
    if token.lemma_.lower() in toll_words().gathered:  # "a family *of seven*", "a total *of 43* people"
        yield from (t for inner in of for t in _counted(inner, category, fillers) if (t.quantity.high or 2) > 1)
    if token.lemma_.lower() in {"dozen", "score", "hundred", "thousand", "ten", "number"}:
        for inner in of:
            count = _count_at(token, fillers)
            if count is not None:
                yield _toll(count, category, inner, fillers)


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
                yield from _counted(companion, category, fillers)


def _along(preposition: Token) -> bool:
    before = preposition.nbor(-1) if preposition.i else preposition
    return before.lower_ in {"along", "together"}


def _one_person(token: Token, category: Category, fillers: Fillers) -> Toll | None:
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
    return _one(token, category, fillers) if single else None


def _one(token: Token, category: Category, fillers: Fillers) -> Toll:
    """The toll of the one whom `token` denotes."""
    actors = fillers.actors_in(token)
    first = min((c for c in token.children if c.i < token.i), key=lambda c: c.i, default=token)
    who = actors[0].entity if actors else None
    return Toll(of=category, quantity=Quantity(1, 1, 1), span=fillers.passage.span([first, token]), who=who)


def _count_at(token: Token, fillers: Fillers) -> Mention | None:
    at = fillers.passage.at(token)
    found: Sequence[Mention] = [m for m in fillers.mentions if m.kind == "count" and m.span.overlaps(at)]
    return found[0] if found else None


def _toll(count: Mention, category: Category, who: Token, fillers: Fillers) -> Toll:
    assert isinstance(count.value, Quantity)
    actors = fillers.actors_in(who)
    return Toll(of=category, quantity=count.value, span=count.span, who=actors[0].entity if actors else None)
