"""What is said where it is no clause: objects, infinitives, and phrases with a preposition."""

from __future__ import annotations

from functools import cache

from khaldun.annotate.sayings.cues import VerbCue, load_lexicon
from khaldun.annotate.sayings.saying import child, children, is_infinitive, ordered
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

_PREPOSITIONS = ("of", "for", "as", "about", "on", "with", "from", "against", "at", "to")

SELVES = frozenset(("itself", "themselves", "himself", "herself"))
Complement = tuple[Token | None, list[Token]]
"""The head of what is said and its words; (None, []) where there is nothing."""


@cache
def _falsehoods() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "falsehoods")


@cache
def _harmed() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "harmed")


def find_complement(verb: Token, cue: VerbCue, hearer: Token | None) -> Complement:
    """The object, infinitive or phrase that `verb` in the sense of `cue` presents; (None, []) where it presents none.

    What is no saying goes first (names, "cited X as saying", a refusal to say); then the forms that the cue's entry
    takes, from the one whose words tell most (object with infinitive) to the bare object.
    """
    target = _particle_object(verb, cue) if cue.particle is not None else child(verb, "dobj")
    if target is not None and target.lower_ in SELVES:
        return None, []  # "a group that calls *itself* the Front": a name, and nothing said
    if target is not None and verb.lemma_ == "cite" and _says(verb, target):
        return None, []  # "cited a captain as saying": what he says is found at the saying
    if cue.stance == "deny" and verb.dep_ == "relcl" and (target is None or target.lower_ in ("which", "that")):
        return _told_noun(verb)
    infinitive = find_infinitive(verb)
    if cue.stance == "deny" and infinitive is not None and load_lexicon().senses(infinitive.lemma_, infinitive.text):
        return None, []  # "refused *to say* whether troops had fired": that is no denial
    if "object_infinitive" in cue.takes and infinitive is not None:
        found = _told_to(cue, target, infinitive)
        if found is not None:
            return found
    if "infinitive" in cue.takes and infinitive is not None and (target is None or target.i > infinitive.i):
        return infinitive, list(infinitive.subtree)
    for name in _PREPOSITIONS:
        if name in cue.takes and (phrase := _with_preposition(verb, cue, target, name, hearer)) is not None:
            return phrase
    if "small_clause" in cue.takes and (small := _small_clause(verb, cue, target)) is not None:
        return small
    if "object" in cue.takes:
        return _object(verb, cue, target)
    return None, []


def _says(verb: Token, cited: Token) -> bool:
    """ "Cited a captain *as saying*", "cited a captain *saying* so": whom is cited says it in words of his own."""
    spoken = [c for p in children(verb, "prep") if p.lower_ == "as" for c in children(p, "pcomp")]
    return any(c.tag_ == "VBG" or child(c, "aux") is not None for c in (*spoken, *children(cited, "acl")))


def _told_noun(verb: Token) -> Complement:
    """ "…, *an accusation* the army denied": the noun that stands for what was said before."""
    noun = verb.head
    if noun.lemma_.lower() not in load_lexicon().nouns or noun.i > verb.i:
        return None, []
    return noun, [t for t in noun.subtree if t.i <= noun.i and not t.is_punct]


def find_infinitive(verb: Token) -> Token | None:
    """The infinitive that `verb` governs: "vowed *to retake* the hill"."""
    return next(
        (
            c
            for c in verb.children
            if c.dep_ in ("xcomp", "ccomp", "advcl", "oprd") and c.i > verb.i and is_infinitive(c)
        ),
        None,
    )


def charge_at_agent(verb: Token, cue: VerbCue) -> Token | None:
    """The "of" that the parse hung on the agent: "was accused by the bishops *of shelling the shrine*"."""
    agent = child(verb, "agent")
    speaker = child(agent, "pobj") if agent is not None else None
    if speaker is None or any(p.text.lower() in cue.takes for p in children(verb, "prep")):
        return None
    return next((p for p in children(speaker, "prep") if p.text.lower() == "of" and "of" in cue.takes), None)


def _told_to(cue: VerbCue, target: Token | None, infinitive: Token) -> Complement | None:
    """ "urged *the rebels to leave*": who is to do it belongs to what is asked."""
    start = target or child(infinitive, "nsubj")
    if start is not None and start.i < infinitive.i:
        return infinitive, ordered([*start.subtree, *infinitive.subtree])
    return (infinitive, list(infinitive.subtree)) if cue.particle is not None else None


def _particle_object(verb: Token, cue: VerbCue) -> Token | None:
    particle = next((c for c in verb.children if c.text.lower() == cue.particle and c.i > verb.i), None)
    return None if particle is None else child(particle, "pobj", "pcomp") or child(verb, "dobj")


def _with_preposition(
    verb: Token, cue: VerbCue, target: Token | None, name: str, hearer: Token | None
) -> Complement | None:
    """ "accused the army of shelling …": object and phrase; "warned of famine": the phrase's object alone."""
    alone = target is None or hearer is not None
    if name == "as" and target is not None and (found := _as_clause(verb, target)) is not None:
        return found
    particle = next((c for c in verb.children if c.lower_ == cue.particle and c.i > verb.i), verb)  # "put down *to*"
    holders = [verb] if target is None or alone else [verb, target, particle]
    phrase = next((c for h in holders for c in children(h, "prep") if c.text.lower() == name and c.i > verb.i), None)
    if phrase is None and name == "as" and target is not None:
        return _as_further_on(verb, target)
    inner = None if phrase is None else child(phrase, "pobj", "pcomp", "amod", "acomp", "advmod")
    if phrase is None or inner is None:
        return None
    if target is None or alone:
        return inner, list(inner.subtree)
    if not (fits(target, cue) or (name == "as" and cue.stance == "deny" and inner.lemma_.lower() in _falsehoods())):
        return None
    return inner, ordered(
        [*target.subtree, *([particle] if particle.dep_ in ("prt", "advmod") else []), *phrase.subtree]
    )


def _as_clause(verb: Token, target: Token) -> Complement | None:
    """ "described the country *as beset by thieves*"."""
    for clause in children(verb, "advcl", "ccomp", "xcomp"):
        mark = child(clause, "mark")
        if mark is not None and mark.text.lower() == "as" and clause.tag_ in ("VBN", "VBG", "JJ"):
            return clause, ordered([*target.subtree, *clause.subtree])
    return None


def _as_further_on(verb: Token, target: Token) -> Complement | None:
    """An "as" that the parse hung on a word of a long object: "named Karim, a porter turned spy, *as its leader*"."""
    for word in verb.subtree:
        if word.text.lower() == "as" and word.i > target.i and word.nbor(-1).text == ",":
            end = max(t.i for t in word.subtree)
            inner = child(word, "pobj", "pcomp")
            if inner is not None:
                return inner, [t for t in verb.subtree if target.left_edge.i <= t.i <= end]
    return None


def _small_clause(verb: Token, cue: VerbCue, target: Token | None) -> Complement | None:
    """ "called the raid *a crime*", "held the army *responsible*": a clause without a verb."""
    for clause in children(verb, "ccomp", "oprd", "xcomp", "acomp"):
        if clause.i <= verb.i or clause.pos_ not in ("NOUN", "PROPN", "ADJ") or not fits(clause, cue):
            continue
        if clause.dep_ == "oprd" and target is not None and target.i < clause.i:
            return clause, ordered([*target.subtree, *clause.subtree])
        return clause, list(clause.subtree)
    return None


def _object(verb: Token, cue: VerbCue, target: Token | None) -> Complement:
    if target is None:
        gerund = next((c for c in children(verb, "xcomp", "pcomp") if c.tag_ == "VBG" and c.i > verb.i), None)
        return (gerund, list(gerund.subtree)) if gerund is not None else (None, [])
    if target.i < verb.i or (target.pos_ == "PRON" and cue.stance == "assert") or not fits(target, cue):
        return None, []
    return target, list(target.subtree)


def fits(target: Token, cue: VerbCue) -> bool:
    """False where the object shows another sense of the verb: "claimed 12 lives", "admitted 40 patients"."""
    lemma = target.lemma_.lower()
    if lemma in cue.not_objects:
        return False
    if "NUMBER" in cue.not_objects and (target.pos_ == "NUM" or child(target, "nummod") is not None):
        return False
    if not cue.only_objects or lemma in cue.only_objects:
        return True
    if "NUMBER" in cue.only_objects and (target.pos_ == "NUM" or child(target, "nummod") is not None):
        return True  # "spoke of *more than 40 bodies*"
    if "HARMED" in cue.only_objects and any(c.lemma_ in _harmed() for c in children(target, "acl", "amod")):
        return True  # "counted *nine people killed*"
    return "PERSON" in cue.only_objects and target.pos_ == "PROPN"
