"""States of control of a place: who holds it, has lost it, contests it or is present there, by the words.

Words that state it outright are in `lexicons/en/control.yaml`; the rest follows from events (see
`control_states`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.beginnings import is_past_lot
from khaldun.annotate.control_between import (
    MAY_HOLD,
    changed_hands,
    divided,
    fighting_words,
    fought_for,
    fought_over,
    gone_over,
    owned_sway,
)
from khaldun.annotate.control_degree import as_far, is_former, is_never, is_only_by, is_partly, state_now
from khaldun.annotate.control_keeping import is_kept, is_taking, made_into
from khaldun.annotate.control_presence import having_men, inside, men_words, place_of_object, serving, standing, there
from khaldun.annotate.control_states import is_country, is_water, state_frame
from khaldun.annotate.extent import is_bare_side, is_tract, settled_ground
from khaldun.annotate.factuality import Reading, read_factuality
from khaldun.annotate.fillers import ARMED, UNDER_ARMS, Fillers, terrain_words
from khaldun.annotate.place_stakes import goes_over
from khaldun.annotate.syntax import Arguments, antecedent, arguments, conjuncts, one_of
from khaldun.annotate.triggers import match
from khaldun.annotate.words import Token, Tokens
from khaldun.knowledge import load_data, word_list
from khaldun.model import Frame, Locus, Mention, Report


@cache
def _running() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "running")


@cache
def _having_verbs() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "having")


@cache
def _putting_verbs() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "putting")


@cache
def _everywhere() -> frozenset[str]:
    return word_list("lexicons/en/control.yaml", "everywhere")


@dataclass(frozen=True, slots=True)
class _Words:
    participles: Mapping[str, str]
    predicates: Mapping[str, tuple[str, tuple[str, ...]]]
    nouns: Mapping[str, str]
    phrases: frozenset[str]
    occasions: frozenset[str]
    in_charge: frozenset[str]
    swaying: frozenset[str]
    inside: frozenset[str]
    there: frozenset[str]
    keeping: frozenset[str]
    seen: frozenset[str]
    divided: Mapping[str, str]
    served_as: frozenset[str]
    heads: frozenset[str]
    """All the lemmas before: no other word is looked at."""


@cache
def _words() -> _Words:
    data = load_data("lexicons/en/control.yaml")
    participles = {lemma: row["status"] for row in data["participles"] for lemma in row["lemmas"]}
    predicates = {lemma: (row["status"], tuple(row["place"])) for row in data["predicates"] for lemma in row["lemmas"]}
    nouns = {lemma: row["status"] for row in data["nouns"] for lemma in row["lemmas"]}
    phrases = frozenset(w for row in data["phrases"] for w in row["words"])
    plain = {key: frozenset(data[key]) for key in ("occasions", "in_charge", "swaying")}
    plain |= {key: frozenset(data[key]["words"]) for key in ("inside", "served_as", "there", "keeping", "seen")}
    divided = {lemma: row["status"] for row in data["divided"] for lemma in row["lemmas"]}
    above = (plain[key] for key in ("in_charge", "swaying", "inside", "served_as", "there", "keeping", "seen"))
    heads = frozenset((*participles, *predicates, *nouns, *phrases, *divided, "be")).union(*above)
    heads |= fighting_words() | men_words()
    return _Words(participles, predicates, nouns, phrases, **plain, divided=divided, heads=heads)


def find_control(sentence: Tokens, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The states of control that the words of one sentence assert, each once."""
    seen: set[tuple[str, str | None, str | None]] = set()
    heads = _words().heads
    for token in sentence:
        if token.lemma_.lower() not in heads:
            continue
        for frame in _at(token, fillers, report):
            place = frame.roles["place"][0]
            key = (frame.kind, frame.roles["actor"][0].entity, place.entity)
            if key not in seen and not is_water(place, fillers.text):
                seen.add(key)
                yield frame


def _at(token: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    words = _words()
    lemma = token.lemma_.lower()
    if lemma in words.participles and token.i >= 2 and token.nbor(-1).text == "-" and token.pos_ != "NOUN":
        yield from _participle(token, words.participles[lemma], fillers, report)
    elif lemma in words.inside and token.dep_ in {"prep", "advmod"}:
        yield from inside(token, fillers, report)
    elif lemma in words.divided and any(c.lower_ == "between" for c in token.children):
        yield from divided(token, words.divided[lemma], fillers, report)
    elif lemma in words.there and token.dep_ == "advmod" and token.head.lemma_ == "be":
        yield from there(token, fillers, report)
    elif lemma == "be":
        yield from standing(token, fillers, report)
    elif lemma in words.seen and token.tag_ == "VBN" and any(c.dep_ == "nsubjpass" for c in token.children):
        yield from _predicate(token, "present", _WHERE_SEEN, fillers, report)
    elif lemma in words.keeping and token.pos_ == "VERB" and lemma not in words.predicates and is_kept(token, fillers):
        yield from _predicate(token, "holds", ("P",), fillers, report)
    elif lemma in words.predicates and token.pos_ in {"VERB", "ADJ"}:
        yield from _predicate(token, *words.predicates[lemma], fillers, report)
    elif lemma in words.nouns and token.pos_ in {"NOUN", "PROPN"}:
        yield from _noun(token, words.nouns[lemma], fillers, report)
    elif lemma in words.served_as and token.dep_ == "pobj" and serving(token) is not None:
        yield from _noun(token, "present", fillers, report)
    elif _is_phrase(token, lemma, words):
        yield from _phrase(token, fillers, report)
    elif lemma in words.in_charge and token.dep_ == "pobj" and token.head.lower_ == "in":
        yield from _in_control(token, fillers, report)
    elif lemma == "control" and token.dep_ == "pobj" and token.head.lower_ == "for":
        yield from fought_over(token, fillers, report)
    elif lemma in words.swaying and token.dep_ == "dobj" and token.head.lemma_ in _having_verbs():
        yield from _having(token, fillers, report)
    elif lemma in words.swaying and token.dep_ == "nsubj" and goes_over(token.head):
        yield from gone_over(token, fillers, report)
    elif lemma in fighting_words() and any(c.lower_ in {"for", "over"} for c in token.children):
        yield from fought_for(token, fillers, report)
    elif lemma in men_words() and token.dep_ == "dobj" and token.head.lemma_ in _having_verbs():
        yield from having_men(token, fillers, report)
    elif lemma in words.swaying and token.dep_ in _OF_VERBS and token.head.lemma_ not in _having_verbs():
        yield from owned_sway(token, fillers, report)
    elif lemma == "hand" and token.dep_ == "dobj" and token.head.lemma_ == "change":
        yield from changed_hands(token, fillers, report)


_OF_VERBS = frozenset({"nsubj", "nsubjpass", "dobj"})
_WHERE_SEEN = ("in", "near", "at", "outside", "around", "inside", "within")


def _is_phrase(token: Token, lemma: str, words: _Words) -> bool:
    """ "under the control of", "in rebel hands"; not "in control of", which is said of who holds."""
    above = token.head.lower_
    if lemma not in words.phrases or token.dep_ != "pobj" or above not in {"under", "in", "to", "into", "of"}:
        return False
    if above == "of" and token.head.head.lower_ != "out":
        return False
    return not (lemma == "control" and above == "in")


def _participle(word: Token, status: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "the rebel-held town of X", "a government-controlled area on the edge of X"."""
    name = word.nbor(-2)
    at = fillers.passage.at(word).start
    actors = [m for m in fillers.actors.get(name.i, ()) if m.span.end <= at]  # "Iran's *state*-run channel"
    head = word.head if word.head.pos_ in {"NOUN", "PROPN"} else None
    place = _place_described(head, fillers) if head is not None else None
    if head is not None and any(is_former(t) for t in head.subtree if t.i < word.i):
        status = "lost"  # "the *formerly* rebel-held town"
    if not actors and name.pos_ == "ADJ":
        actors = _of_people(name, fillers)
    if actors and head is not None and place is not None:
        for each in _listed(head, place, fillers):
            yield state_frame(as_far(status, head, each, fillers), actors[0], each, word, fillers, report, [head])


def _of_people(adjective: Token, fillers: Fillers) -> list[Mention]:
    """ "A *Kurdish*-controlled town": the one armed side of the report that bears the adjective."""
    so = {m.entity: m for m in fillers.report_actors if m.quote.startswith(f"{adjective.text} ")}
    armed = [m for m in so.values() if fillers.type_of(m) in UNDER_ARMS]
    return armed if len(armed) == 1 else []


def _listed(head: Token, place: Mention, fillers: Fillers) -> list[Mention]:
    """ "The rebel-held *cities* of X and Y": a plural is of all that are named."""
    of = [g for c in head.children if c.lower_ == "of" for g in c.children if fillers.loci.get(g.i) == place]
    if head.tag_ != "NNS" or not of:
        return [place]
    return [m for t in conjuncts(of[0]) for m in (fillers.loci.get(t.i),) if m is not None]


def _is_ground(held: Token, fillers: Fillers) -> bool:
    """ "Surrounded *a house* in X" contests no town."""
    return held.i in fillers.loci or held.lower_ in {"it", "which", "that"} or held.lemma_.lower() in settled_ground()


def _place_described(noun: Token, fillers: Fillers) -> Mention | None:
    """The place that a phrase names or says something of: "X, a rebel-held *town*", "X is a *village* held by Y"."""
    place = fillers.place(noun)
    if place is None and noun.dep_ in {"appos", "attr"}:
        place = fillers.place(noun.head)
        if place is None and noun.dep_ == "attr":
            place = next((p for c in noun.head.children if c.dep_ == "nsubj" for p in (fillers.place(c),) if p), None)
    return place


def _predicate(word: Token, status: str, where: tuple[str, ...], fillers: Fillers, report: Report) -> Iterator[Frame]:
    functions = arguments(word)
    if word.dep_ == "acomp":  # "is *active* in X", where "in" hangs on "is"
        functions = {**{f: t for f, t in arguments(word.head).items() if f in where}, **functions}
    reading = read_factuality(word)
    if (
        reading.modality != "actual"
        or is_never(word)
        or any(c.dep_ == "prt" and c.lower_ == "out" for c in word.children)
    ):
        return  # "*ruled out* any role"
    if reading.negated and status == "present":
        return  # "no Eritrean soldier *remained* in the town"
    actors = [m for t in functions.get("A", ()) for m in fillers.actors_in(t, depth=1)]
    if word.pos_ == "ADJ" or (not actors and status == "present"):
        actors += [m for t in (*functions.get("P", ()), *_subject_of(word)) for m in fillers.actors_in(t, depth=1)]
    held = [t for name in where for t in functions.get(name, ()) if not (_is_occasion(t, fillers) or _is_none(t))]
    if word.lemma_ == "run":  # "*runs* training camps in X" holds no town
        held = [t for t in held if t.i in fillers.loci or t.lemma_.lower() in settled_ground() - {"camp"}]
    ground = [(t, _place_described(t, fillers) or _where_held(t, functions, fillers)) for t in held]
    if status == "contested":
        ground = [(t, p) for t, p in ground if _is_ground(t, fillers) and not _is_wide(p)]
    named = [(t, e) for t, p in ground if p is not None for e in _listed(t, p, fillers)]
    places = [(p, as_far(status, t, p, fillers)) for t, p in named if not is_only_by(t, p, fillers)]
    if not places and status == "holds":  # "control *the university* in X", where "in" hangs on the verb
        inside = [p for t in functions.get("in", ()) for p in (fillers.place(t),) if p is not None]
        places = [(p, "contested") for p in inside[:1] if any(t.lemma_.lower() in terrain_words() for t in held)]
    if not places and status == "holds" and any(is_bare_side(t) for t in held):
        places = [(p, status) for p in _only_place(word, fillers)]  # "… of X, and rebels hold *the east*"
    if not places and status == "present":  # "operates camps in the hills near X"
        places = [(p, status) for t in functions.get("P", ()) for p in (fillers.place(t),) if p is not None]
    if not places and "P" in where and word.tag_ == "VBN" and word.dep_ == "advcl":
        places = [
            (p, status) for p in (_right_before(word, fillers),) if p is not None
        ]  # "in *X*, *held* by the group"
    if not places and status == "present" and word.dep_ == "relcl" and any(c.lower_ == "where" for c in word.children):
        places = [
            (p, status) for p in (fillers.place(word.head),) if p is not None
        ]  # "X, *where* they patrol the streets"
    for actor in actors:
        if fillers.type_of(actor) not in (MAY_HOLD if status == "holds" and word.tag_ == "VBN" else ARMED):
            continue
        for place, told in tuple(dict.fromkeys(places))[:4]:
            if is_country(place) and told != "holds":
                continue
            if is_taking(word) and not is_country(place):
                continue  # the event tells it, and since when
            past = status == "present" and is_past_lot(word)
            now = state_now(told, word, reading)
            yield state_frame(now, actor, place, word, fillers, report, past=past, taken=is_taking(word))


def _is_wide(place: Mention | None) -> bool:
    """ "Kefraya in *Idlib province*, which has been surrounded": nobody surrounds a province."""
    return place is not None and isinstance(place.value, Locus) and place.value.precision in {"adm1", "region"}


def _where_held(held: Token, functions: Arguments, fillers: Fillers) -> Mention | None:
    """ "The zone that Turkey occupies *in northern Cyprus*": where ground lies that has no name of its own."""
    found = (p for t in functions.get("in", ()) for p in (fillers.place(t),) if p is not None)
    return next((p for p in found if is_tract(held, p)), None)


def _is_none(held: Token) -> bool:
    """ "Hold *no* towns in the province": nothing is held or lost."""
    return any(c.dep_ == "det" and c.lower_ in {"no", "any", "neither"} for c in held.children)


def _is_occasion(held: Token, fillers: Fillers) -> bool:
    """What is held, and is no ground: "held *talks* in X", "held nine *hostages* in X", "remain in *control* of X"."""
    if held.lemma_ in _words().swaying:
        return True
    if held.i in fillers.loci:
        return False
    return held.lemma_ in _words().occasions or (held.tag_ == "NNS" and fillers.meets("civilians", held))


def _subject_of(word: Token) -> list[Token]:
    if word.dep_ in {"acomp", "attr"}:
        return [c for c in word.head.children if c.dep_ == "nsubj"]
    return []


def _noun(noun: Token, status: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "the group's stronghold of X", "X, a stronghold of the group", "the positions of the group near X"."""
    actors: list[Mention] = []
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"}:
            actors += () if child.lower_ in _everywhere() else fillers.actors_in(child, depth=1)
        elif child.dep_ == "prep" and child.lower_ in {"of", "for"}:
            actors += [m for g in child.children if g.dep_ == "pobj" for m in fillers.actors_in(g, depth=1)]
    if noun.dep_ == "dobj" and noun.head.lemma_ in _having_verbs() | _running() and not actors:
        actors += [m for t in arguments(noun.head).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    if _is_denied(noun):
        return
    served, made = serving(noun), made_into(noun)
    done = served or (made[0] if made is not None else None)
    if done is not None and not actors:
        actors = [m for t in arguments(done).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    if made is not None:
        place = fillers.place(made[1])
    else:
        place = _noun_place(noun, status, fillers) if served is None else place_of_object(served, fillers)
    if place is not None and any(a.span.contains(place.span) for a in actors):
        place = _besides(noun, fillers)  # "had been the stronghold of al-Qaeda in the *Arabian Peninsula*"
    # "the capital of Syria" says nothing; "the group's self-proclaimed capital" does
    kinds = {"armed_group"} if noun.lemma_ == "capital" else ARMED
    armed = [a for a in actors if fillers.type_of(a) in kinds]
    if _is_taken(noun) or _is_of_the_past(noun):
        if status == "present":
            return  # "captured the last army *base* in Qasr"
        status = "lost"
    if armed and place is not None and not is_country(place):
        yield state_frame(status, armed[0], place, noun, fillers, report)


def _is_of_the_past(noun: Token) -> bool:
    """ "A *former* stronghold of the group", "was *once* a stronghold"."""
    if any(c.dep_ in {"amod", "advmod"} and is_former(c) for c in noun.children):
        return True
    return noun.dep_ == "attr" and any(c.dep_ == "advmod" and is_former(c) for c in noun.head.children)


def _is_taken(noun: Token) -> bool:
    """ "The group's last *enclave*, X, was captured", "the *stronghold* of the group, X, fell to the army", "took
    control of an army *base* near X"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "of":
        taking = verb.head.head if verb.head.lemma_ == "control" else verb.head  # the parser hangs "of" on either
        of_control = any(c.dep_ == "dobj" and c.lemma_ == "control" for c in taking.children)
        return of_control and match(taking) is not None and taking.lemma_ not in _having_verbs()
    if noun.dep_ not in {"nsubjpass", "dobj", "nsubj"} or verb.pos_ != "VERB":
        return False
    trigger = match(verb)
    gains = trigger is not None and any(e.kind == "control.gain" for e in trigger.entries)
    reading = read_factuality(verb)
    return (
        gains
        and (noun.dep_ != "nsubj" or verb.lemma_ == "fall")
        and not reading.negated
        and reading.modality == "actual"
    )


def _said_of(noun: Token, fillers: Fillers) -> Mention | None:
    """The place that the noun says what it is: "*X* is a stronghold", "*X*, one of the strongholds"."""
    top = one_of(noun) or noun
    if top.dep_ == "appos":
        return fillers.place(top.head, depth=2) if top.head.i < top.i else None
    if top.dep_ != "attr" or top.head.lemma_ != "be":
        return None
    subjects = (antecedent(c) for c in top.head.children if c.dep_ == "nsubj")
    return next((p for c in subjects for p in (fillers.place(c),) if p), None)


def _besides(noun: Token, fillers: Fillers) -> Mention | None:
    """The place that a noun is said of: "*X* is a stronghold", "*X*, a stronghold"."""
    if noun.dep_ == "attr":
        return next(
            (p for c in noun.head.children if c.dep_ == "nsubj" for p in (fillers.place(antecedent(c)),) if p), None
        )
    return fillers.place(noun.head) if noun.dep_ == "appos" else _right_before(noun, fillers)


def _right_before(word: Token, fillers: Fillers) -> Mention | None:
    """ "*X*, a stronghold …", "*X*, held by …", "*X*, under the control of …": the name before the comma that the
    word's phrase stands behind."""
    start = word.left_edge.i
    if start < word.sent.start + 2 or word.doc[start - 1].text != ",":
        return None
    return fillers.loci.get(start - 2)


def _is_denied(noun: Token) -> bool:
    """ "has *no* presence in X", "is *not* a stronghold of the group", "could set up camps": no state that holds."""
    if any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in noun.children) or noun.head.lower_ == "without":
        return True
    if noun.dep_ not in {"dobj", "attr", "nsubj", "nsubjpass"} or noun.head.pos_ not in {"VERB", "AUX"}:
        return False
    reading = read_factuality(noun.head)
    return reading.negated or (noun.dep_ == "dobj" and reading.modality != "actual")


def _noun_place(noun: Token, status: str, fillers: Fillers) -> Mention | None:
    below = fillers.place(noun, depth=3)
    if status == "holds" and (said_of := _said_of(noun, fillers)) is not None:
        of = (g for c in noun.children if c.lower_ == "of" for g in c.children)
        if all(fillers.place(g) != below for g in of):
            return said_of  # "*X* is one of the last strongholds of the group near Y"
    if below is not None:
        return below
    for child in noun.children:
        if child.dep_ == "acl":
            found = [p for t in child.children if t.dep_ in {"dobj", "prep"} for p in (fillers.place(t),) if p]
            if found:
                return found[0]
    if status == "holds" and (noun.dep_ == "appos" or (noun.dep_ == "conj" and noun.head.dep_ == "appos")):
        return fillers.place(noun.head if noun.dep_ == "appos" else noun.head.head)
    if status == "holds" and noun.dep_ not in {"nsubj", "dobj", "attr"} and (named := _right_before(noun, fillers)):
        return named  # "killed in *X, a stronghold* of the group, the army said", wherever the parser hangs it
    if noun.dep_ == "attr":
        subjects = [antecedent(c) for c in noun.head.children if c.dep_ == "nsubj"]
        return next((p for c in subjects for p in (fillers.place(c),) if p), None)
    if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and status == "present":
        for child in noun.head.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "near", "at", "outside", "around", "on"}:
                return fillers.place(child)
    return None


def _phrase(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "X is under the control of Y", "X remains in Y's hands"."""
    actors: list[Mention] = []
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            actors += fillers.actors_in(child, depth=1)
        elif child.dep_ == "prep" and child.lower_ == "of":
            actors += [
                m
                for g in child.children
                if g.dep_ == "pobj"
                for e in conjuncts(g)
                for m in fillers.actors_in(e, depth=1)
            ]
    verb = noun.head.head
    out = verb.lower_ == "out"
    verb = (
        verb.head if out or verb.dep_ == "advmod" else verb
    )  # "is *back* in the hands of", "is *out* of their control"
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}] or (
        [verb] if verb.pos_ in {"NOUN", "PROPN"} else []
    )
    if verb.lemma_ in _having_verbs():  # "the army, which *has* X under its control"
        subjects = [c for c in verb.children if c.dep_ == "dobj"] or subjects
    heads = [antecedent(s) for s in subjects]
    first = next(((h, p) for h in heads for p in (fillers.place(h),) if p is not None), None)
    places = [] if first is None else _listed(*first, fillers)
    places += [fillers.loci[t.i] for h in heads for t in conjuncts(h)[1:] if places and t.i in fillers.loci]
    reading = read_factuality(verb) if verb.pos_ in {"VERB", "AUX"} else Reading()
    beside = _right_before(noun.head, fillers) if noun.head.lower_ in {"under", "in"} else None
    if beside is not None and verb.lemma_ not in {"be", "remain"}:
        places, reading, subjects = [beside], Reading(), []  # "the convoy reached *X, under* the group's control"
    if reading.modality != "actual" or is_never(verb):
        return
    for place in dict.fromkeys(places):
        for actor in actors[:2]:
            told = "lost" if out else state_now("holds", verb, reading)
            more = [*subjects, verb] if subjects else [noun.head]
            yield state_frame(told, actor, place, noun, fillers, report, more)


def _having(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    verb = noun.head
    reading = read_factuality(verb)
    if reading.modality != "actual":
        return
    actors = [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    functions = {**arguments(verb), **arguments(noun)}
    places = [
        p for f in ("of", "over", "in") for t in functions.get(f, ()) for p in (fillers.place(t),) if p is not None
    ]
    if not {"of", "over", "in"} & functions.keys():
        places = _only_place(noun, fillers)
    for actor in actors:
        for place in places[:1]:
            yield state_frame("lost" if reading.negated else "holds", actor, place, noun, fillers, report)


def _only_place(noun: Token, fillers: Fillers) -> list[Mention]:
    """ "*Kosovo* has an Albanian majority, but Serbs keep control": the one place that the sentence has named."""
    named = {m.entity: m for t in noun.doc[noun.sent.start : noun.i] for m in (fillers.loci.get(t.i),) if m is not None}
    return list(named.values()) if len(named) == 1 else []


def _in_control(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The rebels remain *in control of* X", "is in full control of most of X"."""
    verb = noun.head.head
    reading = read_factuality(verb) if verb.pos_ in {"VERB", "AUX"} else Reading()
    if reading.modality != "actual":
        return
    subjects = arguments(verb).get("A", ()) or [c for c in verb.children if c.dep_ == "nsubj"]
    if verb.lemma_ in _putting_verbs():  # "leaving *the group* in full control of X"
        subjects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    actors = [m for t in subjects for m in fillers.actors_in(antecedent(t), depth=1)]
    for held in arguments(noun).get("of", ()):
        place = fillers.place(held)
        if place is None or is_only_by(held, place, fillers):
            continue
        told = as_far("holds", held, place, fillers)
        for actor in actors[:2]:
            if fillers.type_of(actor) in ARMED:
                told = "contested" if reading.negated and is_partly(noun, verb) else told
                yield state_frame(state_now(told, verb, reading), actor, place, noun, fillers, report, [verb])
