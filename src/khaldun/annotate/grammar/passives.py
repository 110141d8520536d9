"""Which verbs are passives, and which participles are main verbs that the parser took for modifiers."""

from __future__ import annotations

from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token

_STATES = frozenset({"be", "remain", "stay", "stand", "lie"})
_HAVING = frozenset({"having", "have", "has", "had", "'ve", "'d", "'s"})


def is_passive(verb: Token) -> bool:
    """True for a passive verb, finite or not: "was seized by", "the town besieged by rebels"."""
    if any(child.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for child in verb.children):
        return True
    if is_reduced_main_clause(verb):
        return _is_clipped_reduced(verb)
    if is_told_of_state(verb) or having_done(verb) is not None:
        return True
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl", "amod", "advcl"}:
        return not any(child.dep_ == "aux" and child.lower_ in _HAVING for child in verb.children)
    if verb.tag_ == "VBN" and any(child.dep_ == "agent" for child in verb.children):
        return True
    if verb.dep_ == "conj" and _shares_auxiliary(verb):
        return True
    return verb.tag_ in {"VBN", "VBD"} and is_clipped(verb)


def _shares_auxiliary(verb: Token) -> bool:
    """ "Two reporters *were beaten* and *arrested*": the second participle has the auxiliary of the first."""
    first = verb.head
    known = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.lemma_.lower() in clause_words().done_to_somebody)
    if not known or not any(c.dep_ == "auxpass" for c in first.children):
        return False
    for child in verb.children:
        if child.dep_ in {"nsubj", "dobj", "obj", "oprd", "aux", "ccomp", "xcomp", "dative", "prt"} or (
            child.dep_ == "prep" and child.lower_ in {"at", "on"} and child.i == verb.i + 1 and verb.tag_ == "VBD"
        ):
            return False
    return True


def is_told_of_state(verb: Token) -> bool:
    """True for the participle of a passive that the parser takes for a state: "Three herders *were slain*", "the town
    *remains besieged*"."""
    return verb.dep_ == "acomp" and verb.tag_ == "VBN" and verb.head.lemma_ in _STATES


def is_clipped(verb: Token) -> bool:
    """True for the passive of a headline, which has lost its auxiliary: "Two nurses *abducted* in Jos, police say".

    Signs of it: a verb that is always done to somebody has a subject before it and nobody after it, or an agent.
    """
    if _counts_behind(verb):
        return False
    if _is_of_number(verb):
        return True
    if verb.dep_ not in {"ROOT", "ccomp", "parataxis"}:
        return False
    known = verb.lemma_.lower() in clause_words().done_to_somebody
    subject = agent = False
    for child in verb.children:
        if child.dep_ == "nsubj":
            subject = child.i < verb.i and child.pos_ in {"NOUN", "PROPN", "NUM"}
        elif child.dep_ == "agent":
            agent = True
        elif (
            child.dep_ == "conj"
            and child.tag_ == "VBN"
            and any(c.pos_ == "NUM" and c.i < child.i for c in child.children)
        ):
            continue  # "Two guards killed and *four wounded*"
        elif child.dep_ in {"oprd", "acomp"} and child.lower_ == "dead" and verb.lower_ == "shot":
            known = True  # "Mayor *shot dead* in the market"
        elif child.dep_ in {"dobj", "obj", "oprd", "aux", "ccomp", "xcomp", "conj", "dative"}:
            return False
        elif child.dep_ == "prep" and child.i == verb.i + 1 and child.lower_ == "on":
            return False
    return subject and (agent or known)


def _is_of_number(verb: Token) -> bool:
    """ "14 dead and *17 abducted*": a participle right behind the number of those to whom it is done."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if before.pos_ != "NUM" or before.dep_ != "nsubj" or before.head.i != verb.i:
        return False
    if verb.lemma_.lower() not in clause_words().done_to_somebody:
        return False
    return not any(
        c.dep_ in {"dobj", "obj", "oprd", "aux", "auxpass", "ccomp", "xcomp", "dative"} for c in verb.children
    )


def _counts_behind(verb: Token) -> bool:
    """True for "Rebels killed *nine* in Sirte", "killed *at least nine*", whatever the parser makes of the figure."""
    after = verb.doc[verb.i + 1 : verb.i + 3]
    return bool(after) and (after[0].pos_ == "NUM" or " ".join(t.lower_ for t in after) in _ABOUT)


_ABOUT = frozenset({"at least", "more than", "up to", "as many", "close to", "no fewer"})


def _is_clipped_reduced(verb: Token) -> bool:
    """True for the clipped passive that the parser hangs on its noun: "Five soldiers *killed* in Sirte"."""
    if verb.lemma_.lower() not in clause_words().done_to_somebody or _counts_behind(verb):
        return False
    return not any(c.dep_ in {"dobj", "obj", "oprd", "ccomp", "xcomp", "conj", "dative"} for c in verb.children)


def is_reduced_main_clause(verb: Token) -> bool:
    """True where the parser took a main verb for a participle: "Hundreds of residents *protested* in Derna".

    Sign of it: the noun above is the root of a sentence that has no other finite verb, and no agent follows.
    """
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or not _heads_sentence(verb.head):
        return False
    if verb.head.pos_ not in {"NOUN", "PROPN"} or any(child.dep_ == "agent" for child in verb.children):
        return False
    # a second verb of the same clause is no sign against it: "An air strike *killed* nine and wounded dozens"
    return not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and not verb.is_ancestor(t) for t in verb.sent)


def _heads_sentence(noun: Token) -> bool:
    return noun.dep_ == "ROOT" or (noun.dep_ == "pobj" and noun.head.head.dep_ == "ROOT")


def having_done(deed: Token) -> Token | None:
    """The verb of "*had* its offices ransacked", whether the parser makes a clause of the rest or an object."""
    if deed.tag_ not in {"VBN", "VBD"} or any(c.dep_ in {"aux", "auxpass", "mark"} for c in deed.children):
        return None
    if deed.dep_ == "ccomp":
        having, had = deed.head, next((c for c in deed.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    elif deed.dep_ == "acl" and deed.head.dep_ == "dobj":
        having, had = deed.head.head, deed.head
    else:
        return None
    if had is None or having.lemma_ not in clause_words().had_done or not having.i < had.i < deed.i:
        return None
    return having if any(c.tag_ == "PRP$" for c in had.children) else None
