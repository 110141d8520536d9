"""Did it happen, by the words? Negation, modality and hedging of a trigger, from `lexicons/en/modality.yaml`.

Whose word it is, is not decided here: a denied content keeps its own reading, and the attribution says who denies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from khaldun.annotate.cues import load_lexicon
from khaldun.annotate.words import Token
from khaldun.knowledge import load_data, word_list
from khaldun.model import Modality

# Of whom the infinitive tells a deed: "the *first* to reach the town". Who moves to do something has yet to do it.
_FOREMOST = frozenset("first second third last latest only next one".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NEGATORS = frozenset({"not", "n't", "never", "neither", "nor", "hardly"})
_KNOWING = frozenset("know clear certain sure understand establish determine explain reveal say".split())
_PROVEN = frozenset("confirmed true verified accurate authentic correct proven genuine".split())
_KNOWN = frozenset("the this that these those".split())
_NO_TIME = frozenset("point time stage moment occasion circumstance way".split())
_OPENING = frozenset({"if", "unless"})
_CLAUSE_ENDS = frozenset({",", ";", ":", "-", "–", "—", '"', "“", "”"})
_BEFORE_CONDITION = frozenset({"that", "and", "but", "or", "even", "only"})
_GOVERNED_PREPOSITIONS = frozenset({"for", "of", "to", "against", "from", "on", "about", "at", "towards"})


@cache
def _checking() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "checking")


@cache
def _drawing_up() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "drawing_up")


@cache
def _aims() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "aims")


@cache
def _attempts() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "attempts")


@cache
def _stepping_in() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "stepping_in")


@cache
def _coming() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "coming")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words present a happening. The strongest modality met on the way up wins."""

    negated: bool = False
    modality: Modality = "actual"
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class _Lexicon:
    governors: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    modals: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    conditions: frozenset[str]
    openings: tuple[str, ...]
    """The conditions with a blank before each, as they end what stands before a clause."""


@cache
def _lexicon() -> _Lexicon:
    data: Any = load_data("lexicons/en/modality.yaml")
    return _Lexicon(
        governors=_by_reading(data["governors"]),
        nouns=_by_reading(data["nouns"]),
        modals=_sets(data["modals"]),
        adjectives=_sets(data["adjectives"]),
        conditions=frozenset(data["conditions"]),
        openings=tuple(f" {words}" for words in data["conditions"]),
    )


def _by_reading(rows: Any) -> dict[str, frozenset[str]]:
    return {row["reading"]: frozenset(row["lemmas"]) for row in rows}


def _sets(table: Any) -> dict[str, frozenset[str]]:
    return {reading: frozenset(words) for reading, words in table.items()}


def read_factuality(trigger: Token, carrier: Token | None = None, own: Sequence[Token] = ()) -> Reading:
    """The reading of an event whose word is `trigger`; `carrier` is the verb that carries an event noun.

    `own` are all words of the trigger: an "*attempted* assassination" is an attack that took place.
    """
    signs = set(_on_word(trigger, own))
    verb = carrier or (trigger if trigger.pos_ in {"VERB", "AUX", "ADJ"} else None)
    if verb is None:
        governor, below = _governor_of_noun(trigger)
        signs |= set(_governed(governor, below))
        signs |= set(_means(trigger))
    else:
        if carrier is not None:
            signs |= set(_drawn_up(carrier, trigger))
        for word, below_word in _upwards(verb):
            if word.lemma_ in _checking() and below_word is not None:
                break
            if not _only_says(word, below_word) and not _is_unknown(word, below_word):
                signs |= set(_on_clause(word))
            if below_word is not None:
                signs |= set(_governed(word, below_word))
    if _is_question(trigger):
        signs.add("asked")
    if "conditional" not in signs and (_opens_condition(trigger) or _waits_for_proof(trigger)):
        signs.add("conditional")
    return Reading("negated" in signs, _modality(signs), "hedged" in signs)


def _drawn_up(carrier: Token, noun: Token) -> Iterator[str]:
    """ "Is *planning* an assault on the camps": the verb that carries the event noun says that it is yet to come."""
    known = any(c.dep_ == "det" and c.lower_ in _KNOWN for c in noun.children)
    finite = carrier.tag_ in {"VBG", "VBZ", "VBP", "VB", "VBD"}
    if noun.dep_ == "dobj" and noun.head == carrier and carrier.lemma_ in _drawing_up() and finite and not known:
        yield "planned"


def _only_says(word: Token, below: Token | None) -> bool:
    """ "Did *not deny* that", "would not *confirm* that": the attribution says what that makes of the clause below."""
    if below is None or below.dep_ != "ccomp" or not _is_finite_past(below):
        return False
    return any("clause" in s.takes and s.type == "assertion" for s in load_lexicon().senses(word.lemma_, word.text))


def _is_unknown(word: Token, below: Token | None) -> bool:
    """ "It is *not known who* fired the rocket": what is not known is who, and not that it was fired."""
    if below is None or below.dep_ not in {"ccomp", "csubj", "csubjpass", "advcl", "pcomp", "acl"}:
        return False
    asks = any(t.tag_ in {"WP", "WDT", "WRB", "WP$"} or t.lower_ == "whether" for t in below.lefts)
    return asks and (word.lemma_ in _KNOWING or any(c.lemma_ in _KNOWING for c in word.children))


def _governor_of_noun(noun: Token) -> tuple[Token, Token]:
    """The word that an event noun hangs on: "called for an attack", "planned an attack", "the threat of an attack"."""
    head = noun.head
    if head.dep_ == "prep" and head.lower_ in _GOVERNED_PREPOSITIONS:
        return head.head, head
    return head, noun


def _modality(signs: set[str]) -> Modality:
    for name in ("conditional", "feared", "asked", "possible", "planned"):
        if name in signs:
            return cast(Modality, name)
    return "actual"


def _on_word(trigger: Token, own: Sequence[Token]) -> Iterator[str]:
    """Adjectives and determiners of an event noun: "alleged", "planned", "no airstrikes"."""
    if trigger.pos_ in {"VERB", "AUX"}:
        return
    for child in (c for c in trigger.children if c not in own):
        if child.lower_ == "any" and child.dep_ == "det" and _is_yet_to_be(trigger):
            yield "possible"  # "*any* attack on the dam would kill thousands"
        for reading, words in _lexicon().adjectives.items():
            if _whole_word(child) in words and child.dep_ in {"amod", "det", "neg", "compound", "advmod", "nummod"}:
                yield reading
    if trigger.dep_ == "pobj" and trigger.head.lower_ == "without":
        yield "negated"
    if (
        trigger.dep_ == "pobj"
        and trigger.head.lower_ in {"against", "before"}
        and trigger.head.head.lemma_ in {"warn", "protect"}
    ):
        yield "possible"


def _is_yet_to_be(noun: Token) -> bool:
    verb = noun.head if noun.dep_ in _SUBJECTS else None
    return verb is not None and any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _whole_word(token: Token) -> str:
    """The word with what a hyphen joins to it: "so-called", "would-be"."""
    joined = token.i >= 2 and token.nbor(-1).text == "-"
    return f"{token.nbor(-2).lower_}-{token.lower_}" if joined else token.lower_


def _upwards(token: Token) -> Iterator[tuple[Token, Token | None]]:
    """The clause heads from the trigger upwards, with the word below each, stopping where a new assertion begins."""
    below: Token | None = None
    for _ in range(8):
        yield token, below
        head = token.head
        if head == token or (token.dep_ in {"relcl", "parataxis", "conj", "appos"} and not _shares(token)):
            return
        if token.dep_ == "advcl" and not is_purpose(token) and not _is_condition(token) and not _is_ruled_out(token):
            return
        if token.dep_ == "prep" and token.lower_ not in _GOVERNED_PREPOSITIONS:
            return
        below, token = token, head


def _is_ruled_out(verb: Token) -> bool:
    """ "*Ruled out sending* troops": the object of the verb, which the parser often takes for a clause beside it."""
    particle = verb.head.lemma_ == "rule" and any(c.lower_ == "out" and c.i < verb.i for c in verb.head.children)
    return particle and verb.tag_ == "VBG"


def _shares(token: Token) -> bool:
    """Coordinated infinitives share what governs the first: "plans to attack and seize the port"."""
    return token.dep_ == "conj" and token.tag_ == "VB" and token.head.tag_ == "VB"


def _on_clause(verb: Token) -> Iterator[str]:
    lexicon = _lexicon()
    for child in verb.children:
        if child.dep_ == "neg" or (child.lower_ in _NEGATORS and child.dep_ in {"advmod", "cc", "preconj"}):
            yield "negated"
        elif child.dep_ in {"aux", "auxpass"} and child.tag_ in {"MD", "VB"}:
            yield from _modal(child, verb)
            if child.lower_ in lexicon.conditions and any(c.dep_ in _SUBJECTS and c.i > child.i for c in verb.children):
                yield "conditional"  # "*Should* the rebels attack, the army will close the road"
        elif child.dep_ == "mark" and child.lower_ in lexicon.conditions:
            yield "conditional"
        elif child.dep_ == "prep" and any(
            g.lemma_ in _NO_TIME and any(d.lower_ == "no" for d in g.children) for g in child.children
        ):
            yield "negated"  # "*at no point* did our forces enter the mosque"
        elif child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            yield "negated"  # "*no longer* controls the port"
        elif child.dep_ in {"nsubj", "nsubjpass", "dobj"} and _is_negative_phrase(child):
            yield "negated"
        elif child.lower_ in {"reportedly", "allegedly", "supposedly", "apparently", "purportedly"}:
            yield "hedged"
    if is_purpose(verb) or _is_errand(verb):
        yield "planned"
    first, opens = verb.left_edge.i, verb.sent.start
    if first > opens and f" {verb.doc[max(opens, first - 2) : first].text.lower()}".endswith(lexicon.openings):
        yield "conditional"  # "stored water *in case* the rebels attacked"


def _modal(aux: Token, verb: Token) -> Iterator[str]:
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    for reading, words in _lexicon().modals.items():
        if aux.lower_ in words:
            # "would have attacked" did not happen; "could have killed" is possible either way
            yield "possible" if perfect or reading != "planned" else reading


def _is_negative_phrase(token: Token) -> bool:
    return (
        token.lower_ in {"nobody", "none", "nothing"}
        or token.lemma_ == "no one"
        or any(c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj"} for c in token.children)
    )


def _governed(word: Token, below: Token) -> Iterator[str]:
    """What a governing verb, adjective or noun makes of the clause below it."""
    if below.dep_ not in {"xcomp", "ccomp", "acl", "pcomp", "advcl", "prep", "pobj", "dobj", "csubj"}:
        return
    if below.dep_ == "advcl" and _is_condition(below):
        return  # "if they attack, the talks will fail": the main clause governs nothing
    tables = _lexicon().nouns if word.pos_ in {"NOUN", "PROPN"} else _lexicon().governors
    lemma = word.lemma_.lower()
    with_particle = " ".join([lemma, *(c.lower_ for c in word.children if c.dep_ == "prt")])  # "called off"
    if lemma in _attempts():
        return
    if below.dep_ == "ccomp" and _is_finite_past(below):
        # "threatened that", "announced that it had withdrawn": a past clause below a verb of saying has happened
        tables = {reading: words for reading, words in tables.items() if reading in {"feared", "possible"}}
    for reading, words in tables.items():
        if {lemma, with_particle} & words and not (
            below.dep_ == "dobj" and reading in {"planned", "asked"} and not _wants_noun(lemma)
        ):
            yield reading


def _wants_noun(lemma: str) -> bool:
    """Verbs whose very object is what is planned or asked: "planned an attack", "called for a ceasefire"."""
    return lemma in {
        "plan",
        "threaten",
        "promise",
        "propose",
        "order",
        "demand",
        "urge",
        "request",
        "prepare",
        "want",
        "seek",
        "plot",
    }


def _is_finite_past(verb: Token) -> bool:
    if verb.tag_ in {"VBD"}:
        return True
    return any(
        c.dep_ in {"aux", "auxpass"} and c.lower_ in {"had", "was", "were", "have", "has", "is", "are", "'s"}
        for c in verb.children
    )


def is_purpose(verb: Token) -> bool:
    """ "launched the raid *to seize* weapons", "forces moved in order to besiege the town", "a push *to take* it"."""
    if verb.tag_ != "VB" or not any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return False
    if verb.head.lemma_ in _stepping_in() or verb.head.lemma_ == "use":
        return False  # "used artillery *to shell* the hills": it was done with it
    return verb.dep_ == "advcl" or (verb.dep_ in {"acl", "relcl"} and verb.head.lemma_ in _aims())


def _is_errand(verb: Token) -> bool:
    """What people come, or are there, to do: "returned *to carry out* attacks", "volunteers *to plant* bombs".

    "The first group *to attack* the port" has done so.
    """
    if verb.tag_ != "VB" or not any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return False
    if verb.dep_ in {"acl", "relcl"}:
        before = {c.lemma_.lower() for c in verb.head.children} | {verb.head.lemma_.lower()}
        return before.isdisjoint(_FOREMOST)
    return verb.dep_ == "xcomp" and verb.head.lemma_ in _coming()


def _is_condition(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in _lexicon().conditions for c in verb.children)


def _means(noun: Token) -> Iterator[str]:
    """What a modal makes of the means of its verb: "any rocket *would* be met *with air strikes*"."""
    preposition = noun.head
    if noun.dep_ == "pobj" and preposition.lower_ in {"with", "by"} and preposition.head.pos_ == "VERB":
        for aux in preposition.head.children:
            if aux.dep_ == "aux" and aux.tag_ == "MD":
                yield from _modal(aux, preposition.head)


def _opens_condition(trigger: Token) -> bool:
    """True in a clause that "if" or "unless" opens, read off the surface: the parser often hangs the word elsewhere."""
    for token in reversed(trigger.doc[trigger.sent.start : trigger.i]):
        if token.text in _CLAUSE_ENDS:
            return False
        if token.lower_ in _OPENING:
            before = token.nbor(-1) if token.i > trigger.sent.start else None
            return before is None or before.text in _CLAUSE_ENDS or before.lower_ in _BEFORE_CONDITION
    return False


def _waits_for_proof(trigger: Token) -> bool:
    """ "*If confirmed*, the killing would be a blow": what the sentence tells is not said to have happened."""
    opening = trigger.doc[trigger.sent.start : trigger.sent.start + 2]
    return len(opening) == 2 and opening[0].lower_ == "if" and opening[1].lower_ in _PROVEN


def _is_question(token: Token) -> bool:
    return token.sent.text.rstrip(" '\")”’").endswith("?")
