"""What a verb does to people: kills, hurts, captures or drives them out."""

from __future__ import annotations

from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.toll_words import Category, by_verb, toll_words
from khaldun.annotate.words import Token


def leaves_home(flight: Token) -> bool:
    """True where those who flee leave or reach a place: "*fled their homes*", but not "shot by two men who fled"."""
    return any(c.dep_ == "dobj" or c.lower_ in {"from", "to", "into", "across", "have", "has"} for c in flight.children)


def is_shared(verb: Token) -> bool:
    """True for a figure that counts the dead with others: "killing and wounding 13", "five were killed or captured"."""
    for child in verb.children:
        if any(t.pos_ == "NUM" for t in verb.doc[verb.i + 1 : child.i]):
            continue  # "31 were killed and upwards of *50* hurt": each has a figure of its own
        if child.dep_ == "conj" and by_verb().get(child.lemma_.lower(), "killed") != "killed":
            passive = verb.tag_ == "VBN" and not any(c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in child.children)
            before = any(c.dep_ == "dobj" for c in verb.children)
            return (passive or not before) and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
    return False


def is_either(verb: Token) -> bool:
    """ "*Killed or wounded* 5,000": how many of them died, and whether any did, it does not say."""
    return any(c.dep_ == "cc" and c.lower_ == "or" for c in verb.children)


def category_of(verb: Token) -> Category | None:
    """What a verb does to people: "lost their lives", "shot dead", "fatally shot" and "beat a man to death" kill."""
    words = toll_words()
    own = by_verb().get(verb.lemma_.lower()) or with_particle(verb)
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
        return "killed" if lost.lemma_ == "life" or is_fallen(lost) else None
    return "killed" if verb.lemma_ in words.fatal and _ends_in_death(verb) else None


def loser_of(verb: Token, fillers: Fillers) -> str | None:
    """Whose men they were: "*the rebels* lost seven men"; None of a verb that tells of no loss in men."""
    if verb.lemma_ != "lose":
        return None
    found = arguments(verb)
    if not any(is_fallen(t) for t in found.get("P", ())):
        return None
    actor = next((m for t in found.get("A", ()) if fillers.meets("armed", t) and (m := fillers.actor(t))), None)
    return actor.entity if actor is not None else None


def is_fallen(lost: Token) -> bool:
    """ "Lost six *soldiers*", "lost *six*"."""
    return lost.lemma_.lower() in table().lists["fallen"] or lost.pos_ == "NUM"


def with_particle(verb: Token) -> Category | None:
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
