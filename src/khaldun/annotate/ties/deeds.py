"""Ties told by what parties do for or against one another, where no event is told of.

"The army's *war* on the Front", "troops sent to *help* fight it", "struck the camp *in support of* the army". The words
are in `lexicons/en/relations.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.questions import is_to_infinitive
from khaldun.annotate.grammar.syntax import antecedent, arguments, clause_head, conjuncts
from khaldun.annotate.grammar.tie_words import Ties
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.roles.fillers import UNDER_ARMS, Fillers
from khaldun.annotate.ties.frames import FIGHTERS, tie_frame
from khaldun.annotate.ties.lists import head_of_list
from khaldun.annotate.words import Token
from khaldun.model import Frame, Mention, Report

_SIDES = FIGHTERS | {"organisation"}
_SUBJECTS = ("nsubj", "nsubjpass")
_AGAINST = ("against", "on", "with")
_DOWN = ("compound", "nmod", "amod", "npadvmod", "poss")


def _war_of_states(word: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "Kenya's *defeat* by Somalia in a short war", "was *defeated* by Somalia in a war", "A and B *fought a war*"."""
    if word.lemma_.lower() in words.defeats:
        if not any(t.lemma_ in words.wars for t in word.subtree):
            return
        functions = arguments(word)
        told = [*functions.get("A", ()), *functions.get("P", ()), *(c for c in word.children if c.dep_ == "poss")]
    elif word.lemma_ in words.wars and word.dep_ == "dobj" and word.head.lemma_ in ("fight", "wage"):
        told = list(arguments(word.head).get("A", ()))
        if any(c.lower_ in _AGAINST for t in (word, word.head) for c in t.children):
            return
    else:
        return
    by = [g for c in word.children if c.lower_ == "by" for g in c.children if g.dep_ == "pobj"]
    sides = [m for m in _of([*told, *by], fillers) if fillers.type_of(m) in FIGHTERS and m.form != "pronoun"]
    verb = word if word.pos_ == "VERB" else word.head
    reading = read_factuality(verb) if verb.pos_ == "VERB" else None
    if len(sides) == len(_AB) and (reading is None or (not reading.negated and reading.modality == "actual")):
        yield tie_frame("fights", sides[0], sides[1], word, fillers, report)


_AB = ("A", "B")  # the two sides of a war


def told_by_deeds(word: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The ties that a noun or verb of fighting or of help tells."""
    lemma = word.lemma_.lower()
    yield from _war_of_states(word, words, fillers, report)
    if word.pos_ in ("NOUN", "PROPN"):
        if lemma in words.contests:
            yield from _contest(word, words, fillers, report)
        if lemma in words.leagues:
            yield from _league(word, fillers, report)
        if lemma in words.relief:
            yield from _relief(word, words, fillers, report)
    elif word.pos_ == "VERB":
        if lemma in words.combating:
            yield from _combat(word, words, fillers, report)
        if lemma in words.assisting:
            yield from _assist(word, words, fillers, report)


# ------------------------------------------------------------------------------------------------------ against


def _contest(noun: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "*Rwanda's war* on the Front", "joined the *campaign* against it", "an ally *in the fight* against it"."""
    if any(c.lower_ in words.unarmed for c in noun.children if c.i < noun.i) or read_factuality(noun).negated:
        return
    hard = noun.lemma_.lower() in words.wars
    if noun.dep_ == "compound" and noun.head.pos_ == "PROPN" and noun.i + 1 == noun.head.i:
        noun = noun.head  # "launched *Operation Claw* against the Front"
    foes = _behind(noun, _AGAINST if hard else _AGAINST[:2], fillers)
    if not foes and noun.dep_ == "dobj":  # "waged war *against* the Front": the parser hangs it on the verb
        foes = _behind(noun.head, _AGAINST[:2], fillers)
    if not foes and noun.dep_ == "pobj" and noun.head.head.lemma_ == "go":  # "*went to* war with Chad"
        foes = _behind(noun.head.head, _AGAINST, fillers)
    if foes:
        for source in _waging(noun, words, fillers):
            for foe in foes:
                if _may_fight(source, foe, fillers, hard=hard) or _is_people(source, fillers):
                    yield tie_frame("fights", source, foe, noun, fillers, report)


def _may_fight(source: Mention, foe: Mention, fillers: Fillers, *, hard: bool) -> bool:
    """War is told of whoever bears arms; of a campaign or struggle only where it is one against a force."""
    first, second = fillers.type_of(source), fillers.type_of(foe)
    if first not in FIGHTERS or second not in FIGHTERS or source.entity == foe.entity:
        return False
    return hard or second == "armed_group" or first == "armed_group" or {first, second} <= UNDER_ARMS


def _waging(noun: Token, words: Ties, fillers: Fillers) -> list[Mention]:
    """Who fights: the owner, "*the army's* war", "a war *by* the army"; else whoever wages it, "joined the *war*"."""
    told = [*(t for t in noun.children if t.dep_ == "poss"), *arguments(noun).get("A", ())]
    told += [t for c in noun.children if c.dep_ == "acl" for t in arguments(c).get("A", ()) if c.tag_ == "VBN"]
    own = next((t for t in told if t.tag_ == "PRP$"), None)
    beside = [c for c in noun.children if c.dep_ in _DOWN and c.nbor(1).text != "-"]
    named = _of(told, fillers) or ([] if own is not None else _of(beside, fillers))
    if _is_joined(noun):
        join = noun.head.head  # "X joined Y *in* their war": both wage it
        return [*_doers(join, fillers), *_of(arguments(join).get("P", ()), fillers)] if _is_so(join) else []
    if named or own is not None:
        return named or (_meant(noun, own, fillers) if own is not None else [])
    return _wagers(noun, words, fillers)


def _wagers(noun: Token, words: Ties, fillers: Fillers) -> list[Mention]:
    """The subject of the verb that carries it: "*joined* the war", "made gains *in the fight*", "*committed to* it"."""
    verb, prep = (noun.head.head, noun.head.lower_) if noun.dep_ == "pobj" else (noun.head, None)
    if noun.lemma_ == "fighting" and prep is not None:  # "took it after a day of *fighting* with the army"
        verb = clause_head(noun)
        return _doers(verb, fillers) if verb.pos_ == "VERB" and _is_so(verb) else []
    if verb.pos_ == "NOUN" and prep == "in":
        if words.branches.get(verb.lemma_) == "allied_with":
            return _allies(verb, fillers)  # "a key *ally* of A and B *in the war* on C": all three
        verb = verb.head if verb.lemma_ in words.headway and verb.dep_ in ("dobj", "attr") else verb
    if verb.lower_ == "committed":
        return _doers(verb, fillers)  # "remains *committed to* the fight": it goes on
    wages = verb.pos_ in ("VERB", "AUX") and verb.lemma_ in words.waging and _is_so(verb)
    return _doers(verb, fillers) if wages else []


def _is_joined(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head.lemma_ == "join"


def _meant(noun: Token, pronoun: Token, fillers: Fillers) -> list[Mention]:
    """Whose fight it is: of "asked Chad for help in *their* fight" and "helped Chad in *its* fight" the last party of
    the clause that is as many."""
    functions = arguments(clause_head(noun))
    before = [t for name in ("A", "P") for t in functions.get(name, ()) if t.i < noun.i]
    many = pronoun.lower_ == "their"
    alike = [t for t in before if (t.tag_ in ("NNS", "NNPS") or len(conjuncts(t)) > 1) == many]
    return _of(sorted(alike, key=lambda t: t.i)[-1:], fillers)


def _allies(noun: Token, fillers: Fillers) -> list[Mention]:
    sides = [c for c in noun.children if c.dep_ == "poss"] + list(arguments(noun).get("of", ()))
    sides += [c for c in noun.head.children if c.dep_ in _SUBJECTS and noun.dep_ == "attr"]
    sides += [c for c in noun.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    return _of((t for side in sides for t in conjuncts(side)), fillers)


def _league(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The multinational *task force against* the Front"."""
    own = fillers.actor(noun)
    if own is None or fillers.type_of(own) not in _SIDES:
        return
    for foe in _behind(noun, ("against",), fillers):
        if fillers.type_of(foe) in FIGHTERS and foe.entity != own.entity:
            yield tie_frame("fights", own, foe, noun, fillers, report)


def _combat(verb: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "Troops *fighting* the Front", "were sent to help *fight* it", "will continue to *fight* it"."""
    foes = [m for m in _of(arguments(verb).get("P", ()), fillers) if fillers.type_of(m) in FIGHTERS]
    foes += [m for m in _behind(verb, ("against",), fillers) if fillers.type_of(m) in FIGHTERS]
    if not foes or not _is_so(verb, words.assisting):
        return
    for source in _doers(verb, fillers):
        many = source.quote.lower() == "they"  # an administration is no "they" that fights
        sides = UNDER_ARMS if many else FIGHTERS
        if fillers.type_of(source) in sides or _is_people(source, fillers) or _is_told_by_it(source, verb, fillers):
            for foe in foes:
                if foe.entity != source.entity:
                    yield tie_frame("fights", source, foe, verb, fillers, report)


# ------------------------------------------------------------------------------------------------------------ for


def _assist(verb: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "Sent jets to *help* the army", "are *advising* and *assisting* the Brigade"."""
    functions = arguments(verb)
    objects = (t for t in (*functions.get("P", ()), *functions.get("inner", ())) if t.dep_ != "appos")
    helped = head_of_list(verb, _of(objects, fillers), fillers)
    if helped and _is_so(verb, words.assisting):
        yield from _backing(_doers(verb, fillers), helped, verb, fillers, report)


def _relief(noun: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "In *support* of the army", "took it with the *help* of the army", "gave air *support* to the army"."""
    above = noun.head
    if noun.dep_ == "pobj" and above.lower_ == "in" and noun.lemma_ in ("support", "aid"):
        helped = [m for t in arguments(noun).get("of", ()) for m in fillers.actors_in(t, depth=1)[:1]]
        yield from _backing(_acting_above(above, fillers), helped, noun, fillers, report)
    elif noun.dep_ == "pobj" and above.lower_ == "with" and above.head.pos_ == "VERB":
        if _is_so(above.head):
            helpers = _of([*arguments(noun).get("of", ()), *arguments(noun).get("from", ())], fillers, depth=1)
            helpers = helpers or _of((c for c in noun.children if c.dep_ in _DOWN), fillers)
            yield from _backing(helpers, _doers(above.head, fillers), noun, fillers, report)
    elif noun.dep_ == "dobj" and above.lemma_ in words.giving and _is_so(above):
        helped = [m for each in (noun, above) for m in _behind(each, ("to", "for"), fillers)]
        helped += _of((c for c in above.children if c.dep_ == "dative"), fillers)
        yield from _backing(_doers(above, fillers), helped, noun, fillers, report)


def _backing(
    helpers: Sequence[Mention], helped: Sequence[Mention], word: Token, fillers: Fillers, report: Report
) -> Iterator[Frame]:
    """Alliance where those who help may bear arms, and those helped bear them."""
    for source in helpers[:2]:
        for target in helped:
            armed = fillers.type_of(source) in _SIDES and fillers.type_of(target) in UNDER_ARMS
            if armed and source.entity != target.entity and _is_told_apart(source, target, fillers):
                yield tie_frame("allied_with", source, target, word, fillers, report)


def _is_told_apart(source: Mention, target: Mention, fillers: Fillers) -> bool:
    """Two of whom it is known who they are: "police helped soldiers" tells of no alliance."""
    return all(_is_known(m, fillers) for m in (source, target))


def _names(mention: Mention, fillers: Fillers) -> list[str]:
    entity = fillers.entities.get(mention.entity or "")
    return [mention.quote, *(n.text for n in entity.names)] if entity is not None else [mention.quote]


def _is_known(mention: Mention, fillers: Fillers) -> bool:
    named = any(c.isupper() for n in _names(mention, fillers) for c in n.removeprefix("The "))
    return named or fillers.type_of(mention) == "armed_group"


def _acting_above(prep: Token, fillers: Fillers) -> list[Mention]:
    """Who acts in the clause of "in support of"; what is struck, "*targets*, which include …", does not."""
    verb = clause_head(prep)
    for _ in range(3):
        subjects = arguments(verb).get("A", ())
        if not any(t.lemma_.lower() in words_under("positions") for t in subjects):
            found = _of(subjects, fillers, depth=1)
            if found or verb.dep_ in ("ROOT", "relcl"):
                return found
        if verb.dep_ == "ROOT":
            break
        verb = clause_head(verb.head)
    return []


# -------------------------------------------------------------------------------------------------------- parties


def _doers(verb: Token, fillers: Fillers) -> list[Mention]:
    """The subject of a verb or of what is said with "be": "*Uganda* remains committed to"."""
    subjects = list(arguments(verb).get("A", ()))
    if not subjects and verb.dep_ in ("acomp", "attr"):
        subjects = [t for c in verb.head.children if c.dep_ in _SUBJECTS for t in conjuncts(antecedent(c))]
    return _of(subjects, fillers)


def _of(tokens: Iterable[Token], fillers: Fillers, *, depth: int = 0) -> list[Mention]:
    """The parties that phrases are, or whose arms and posts they are: "the *Front's* positions"."""
    found: list[Mention] = []
    for token in tokens:
        own = fillers.actors_in(antecedent(token), depth=depth)
        if not own and token.lemma_.lower() in _held():
            own = tuple(m for c in token.children if c.dep_ in _DOWN for m in fillers.actors_in(c, depth=0))
        found += own
    found = [m for m in found if not any(o is not m and o.span.contains(m.span) for o in found)]
    return list({m.entity or m.id: m for m in reversed(found)}.values())[::-1]


@cache
def _held() -> frozenset[str]:
    """Nouns for what a side has or does: it is the side that is meant."""
    return words_under("positions") | words_under("equipment") | words_under("strikes")


def _behind(word: Token, prepositions: Sequence[str], fillers: Fillers) -> list[Mention]:
    functions = arguments(word)
    return _of((t for name in prepositions for t in functions.get(name, ())), fillers)


def _is_told_by_it(mention: Mention, verb: Token, fillers: Fillers) -> bool:
    """ "*A tribal leader* fighting the Front", "*tribesmen* fighting it": who they are is that they fight it."""
    told = verb.tag_ == "VBG" and verb.dep_ == "acl" and fillers.type_of(mention) in ("person", "population")
    return told and mention.form == "description"


def _is_people(mention: Mention, fillers: Fillers) -> bool:
    """ "*Syrian Kurds* fighting the Front": a people by name, and no crowd."""
    return fillers.type_of(mention) == "population" and mention.quote.split()[-1][:1].isupper()


def _is_so(verb: Token, helping: frozenset[str] = frozenset()) -> bool:
    """Done, or what somebody was sent, formed or goes on to do: "was sent *to fight*", "will *continue to* fight"."""
    if any(c.dep_ == "neg" for c in verb.children):
        return False
    if verb.tag_ == "VBG" and verb.dep_ in ("acl", "ccomp"):
        return True  # "vowed to assist troops *fighting* it": those fight
    reading = read_factuality(verb)
    if not reading.negated and reading.modality == "actual":
        return True
    above = verb.head
    if not is_to_infinitive(verb) and verb.dep_ != "xcomp":
        return False
    if verb.dep_ == "xcomp" and above.lemma_ in ("continue", "keep"):
        return not read_factuality(above).negated
    purpose = verb.dep_ == "advcl" or (verb.dep_ == "xcomp" and above.lemma_ in helping)
    return purpose and above.pos_ == "VERB" and _is_so(above, helping)
