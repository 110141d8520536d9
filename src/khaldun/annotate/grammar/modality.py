"""What a word of `lexicons/en/modality.yaml` makes of the clause or phrase that it governs."""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.grammar.plans import to_come, undertaking, wants_noun
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.tables.modality_words import lexicon
from khaldun.annotate.words import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PROVING = frozenset({"be", "prove", "remain", "turn"})
_GOVERNED = frozenset("xcomp ccomp acl relcl pcomp advcl prep pobj dobj csubj csubjpass nsubjpass".split())
# Prepositions, or what stands before them, below which a deed is one that was not done.
_INSTEAD = {"without": "", "of": "instead", "than": "rather"}
_BARELY = {"short": "of", "close": "to", "near": "to", "far": "from", "incapable": "of"}
_DEEDS = ("assault.", "control.", "retreat.", "siege", "movement", "coerce.")
_ABSENT = frozenset({"no", "zero", "little", "scant"})
_PASSIVE = frozenset({"auxpass", "dobj"})


def of_modal(aux: Token, verb: Token) -> Iterator[str]:
    """What a modal makes of its verb."""
    if aux.lower_ in {"would", "'d"} and any(
        c.dep_ in {"advcl", "ccomp"} and c.i < verb.i and _is_conditional(c) for c in verb.children
    ):
        yield "conditional"  # "*if* they came, the president *would* flee"
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    for reading, words in lexicon().modals.items():
        if aux.lower_ in words:
            # "would have attacked" did not happen; "could have killed" is possible either way
            yield "possible" if perfect or reading != "planned" else reading


def of_predicate(verb: Token) -> Iterator[str]:
    """What "is possible", "is a lie", "is due" makes of the subject or of the clause that follows."""
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd"}:
            lemma = child.lemma_.lower()
            yield from (reading for reading, words in lexicon().predicates.items() if lemma in words)


def is_condition(verb: Token) -> bool:
    """True for the verb of a clause with "if" or the like at its head."""
    return any(c.dep_ == "mark" and c.lower_ in lexicon().conditions for c in verb.children)


def _is_conditional(verb: Token) -> bool:
    """ "*If* the rebels attack", "*Should* / *Had* / *Were* the rebels …"."""
    if is_condition(verb):
        return True
    opener = next(iter(verb.lefts), verb) if verb.lower_ != "were" else verb
    subjects = [c.i for c in verb.children if c.dep_ in SUBJECTS]
    return opener.lower_ in {"should", "had", "were"} and any(i > opener.i for i in subjects)


def _is_perfect(verb: Token) -> bool:
    """ "*Has been* able"; not "would have been"."""
    helpers = [c.lower_ for c in verb.children if c.dep_ == "aux"]
    return verb.tag_ == "VBN" and bool(helpers) and set(helpers) <= {"has", "have", "had", "'ve", "'s"}


def is_thought_so(deed: Token) -> bool:
    """ "Four nurses are *feared kidnapped*", "*believed killed*": what is feared, which the parser hangs beside it."""
    thought = deed.head
    return deed.tag_ == "VBN" and thought.tag_ == "VBN" and thought.i == deed.i - 1 and deed.dep_ in _BEHIND


_BEHIND = frozenset({"advcl", "xcomp", "oprd", "ccomp"})


def governed(word: Token, below: Token) -> Iterator[str]:
    """What a governing verb, adjective or noun makes of the clause or phrase below it."""
    if below.dep_ in SUBJECTS and word.lemma_ in _PROVING and below.lemma_ in lexicon().contents:
        shown = (word, *(c for c in word.children if c.dep_ == "xcomp" and c.lemma_ == "be"))  # "*proved to be* false"
        yield from (
            r for v in shown for r in of_predicate(v) if r == "negated"
        )  # "*reports* that they attacked *were false*"
    governs = below.dep_ in _GOVERNED or (below.dep_ == "attr" and word.lemma_ == "be") or is_thought_so(below)
    if not governs:
        return
    if word.pos_ in {"ADP", "SCONJ"}:
        yield from _instead(word, below)
        return
    if below.dep_ == "advcl" and is_finite_past(below) and any(c.lower_ in _LOOKING_BACK for c in below.children):
        return  # "vowed revenge *after* jets bombed the port": they did
    if below.dep_ == "advcl" and is_condition(below):
        return  # "if they attack, the talks will fail": the main clause governs nothing
    lemma = word.lemma_.lower()
    if lemma in clause_words().misreported and any(c.lower_ in clause_words().wrongly for c in word.lefts):
        yield "negated"  # "was *falsely reported* to have been killed"
    if lemma == "be" or lemma == "have":
        yield from _of_helper(word, below)
        return
    if (
        lemma == "tell"
        and below.dep_ == "ccomp"
        and not any(c.dep_ == "aux" and c.lower_ == "to" for c in below.children)
    ):
        return  # "the army intends to leave, the minister *told* deputies": no order
    if lemma in clause_words().deciding and below.lower_ == "against":
        yield "negated"  # "*decided against* attacking"
        return
    if _BARELY.get(lemma) == below.lower_ and any(c.dep_ == "pcomp" for c in below.children):
        # "stopped *short of* attacking", "came *close to* attacking"; who "is *close to* attacking" may yet do it
        yield "planned" if lemma in _NEAR and _is_now(word.head) else "negated"
        return
    if word.lower_ == "used" and below.dep_ == "xcomp" and not any(c.dep_ in _PASSIVE for c in word.children):
        return  # "*used to* lead the group": he did
    if lemma == "use" and word.tag_ in _TOLD and any(c.dep_ == "dobj" for c in word.children):
        return  # "*used* the base *to bomb* the camp": bombed it from there
    nominal = word.pos_ in {"NOUN", "PROPN"}
    if (
        nominal and below.dep_ == "xcomp" and word.head is not word
    ):  # "told the *fighters* not to attack": it is the verb's
        yield from governed(word.head, below)
        return
    if nominal and lemma in lexicon().nouns["hedged"] and below.dep_ == "prep" and below.lower_ != "of":
        return  # "a report *on* the killing"
    if nominal and lemma in lexicon().traces and is_absent(word):
        if not is_owed(word):
            yield "negated"
        elif below.dep_ != "prep":  # "offered no proof *for* its claim that": the claim tells of it
            yield "possible"
    if lemma == "able" and (word.head.tag_ == "VBD" or _is_perfect(word.head)):
        return  # "*was able to* take the hill", "*has been able to* take it" took it
    if lemma in clause_words().attempts:
        if _in_vain(word):
            yield "vain"
        return
    if nominal and (made := undertaking(below)) is not None:
        if made.lemma_ == "fail":
            yield "negated"
        return
    if lemma in clause_words().presuming and is_thought_so(below):
        yield "hedged"
    tables = lexicon().nouns if nominal else lexicon().governors
    if below.dep_ == "ccomp" and is_finite_past(below):
        # "threatened that", "announced that it had withdrawn": a past clause below a verb of saying has happened
        tables = {reading: words for reading, words in tables.items() if reading in {"feared", "possible", "hedged"}}
    if lemma in clause_words().enabling and is_finite_past(word) and _is_deed(word):
        return  # "the capture of the hill *enabled* the army to besiege the town"
    keys = {lemma, " ".join([lemma, *(c.lower_ for c in word.children if c.dep_ == "prt")])}  # "called off"
    for reading, words in tables.items():
        if keys & words and _reaches(reading, lemma, below):
            yield reading


_LOOKING_BACK = frozenset({"after", "since"})
_NEAR = frozenset({"close", "near"})
_TOLD = frozenset({"VBD", "VBP", "VBZ"})


def _is_now(verb: Token) -> bool:
    """ "*Is*, *seems*, *has come* close to"."""
    return verb.tag_ in {"VBZ", "VBP", "VBG"} and verb.lemma_ != "come"


def _is_deed(verb: Token) -> bool:
    """Whether the subject of a verb is something that was done."""
    deeds = (match(c) for c in verb.children if c.dep_ in {"nsubj", "csubj"})
    return any(found is not None and found.entries[0].kind.startswith(_DEEDS) for found in deeds)


def _of_helper(verb: Token, below: Token) -> Iterator[str]:
    """ "Troops *are to* enter the town", "have *yet to* enter it", "it is *possible* that they entered it"."""
    readings = tuple(to_come(verb, below))
    yield from readings
    if not readings and verb.lemma_ == "be" and below.dep_ in {"ccomp", "csubj", "csubjpass", "attr"}:
        yield from of_predicate(verb)


def _reaches(reading: str, lemma: str, below: Token) -> bool:
    """Whether the reading is one for a phrase in that place: an object is planned by few verbs."""
    if below.dep_ == "nsubjpass":
        return reading == "negated" and below.lemma_ in lexicon().contents
    return below.dep_ != "dobj" or reading not in {"planned", "asked"} or wants_noun(lemma)


def _instead(preposition: Token, below: Token) -> Iterator[str]:
    """ "left *without* attacking", "shelled the town *instead of* storming it"."""
    before = _INSTEAD.get(preposition.lower_)
    if below.dep_ != "pcomp" or before is None:
        return
    if not before or (preposition.i and preposition.nbor(-1).lower_ == before):
        yield "negated"


def _in_vain(verb: Token) -> bool:
    """ "Tried *in vain* to", "tried to … *but failed*", "… *but were driven off*"."""
    words = clause_words()
    butted = any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.children)
    for child in verb.children:
        if child.lower_ in words.vainly:
            return True
        if child.dep_ == "conj" and (child.lemma_ == "fail" or (child.lemma_ in words.fending and butted)):
            return True
        if child.lower_ in {"in", "without"} and any(g.lower_ in words.avail for g in child.children):
            return True
    return False


def is_absent(noun: Token) -> bool:
    """ "*No* sign", "did *not* find *any* sign"."""
    if any(c.lower_ in _ABSENT for c in noun.children):
        return True
    return noun.dep_ in {"dobj", "attr", "nsubj"} and any(c.dep_ == "neg" for c in noun.head.children)


def is_owed(proof: Token) -> bool:
    """ "*Offered* no proof that", "*without giving* evidence that": it may be true all the same."""
    return (
        proof.dep_ == "dobj"
        and proof.head.lemma_ in clause_words().proving
        and proof.lemma_.lower() in lexicon().traces
    )


def is_negative_phrase(token: Token) -> bool:
    """ "*Nobody*", "*no rebels*", "*neither* side", "*not a single* rocket"."""
    return (
        token.lower_ in {"nobody", "none", "nothing"}
        or token.lemma_ == "no one"
        or any(c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj"} for c in token.children)
        or any(c.lower_ == "not" and c.dep_ == "neg" for c in token.children)
    )


_FINITE_HELPERS = frozenset({"had", "was", "were", "have", "has", "is", "are", "'s", "did"})


def is_finite_past(verb: Token) -> bool:
    """True for a verb in a tense that tells what has been or is."""
    if verb.tag_ in {"VBD"}:
        return True
    return any(c.dep_ in {"aux", "auxpass"} and c.lower_ in _FINITE_HELPERS for c in verb.children)
