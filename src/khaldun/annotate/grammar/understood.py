"""Who does what a verb without a subject of its own tells: shared by coordination, control, or the noun it modifies."""

from __future__ import annotations

from khaldun.annotate.grammar.passives import is_reduced_main_clause, is_told_of_state
from khaldun.annotate.grammar.questions import is_to_infinitive
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token

_SUBJECT = frozenset({"nsubj", "csubj", "nsubjpass", "csubjpass"})


def understood_subject(verb: Token) -> Token | None:
    """The subject of a verb that has none of its own: shared by coordination, control, or the noun it modifies.

    "The army *entered* the port and *arrested* two men" (coordination), "The group tried to *leave*" (control),
    "fighters *besieging* the town" (modifier), "the town *besieged* by fighters" (for a passive: what undergoes it).
    """
    for _ in range(6):
        head = verb.head
        if is_reduced_main_clause(verb):
            return head if head.dep_ == "ROOT" else head.head.head
        if is_told_of_state(verb):
            return _own_subject(head, verb)
        if verb.dep_ in {"acl", "relcl"}:
            return _resolver(head) if is_to_infinitive(verb) and head.lemma_ in clause_words().resolves else head
        if head == verb or verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"}:
            return None
        if verb.dep_ == "ccomp" and verb.tag_ not in {"VB", "VBG", "VBN"}:
            return None
        if verb.dep_ == "conj" and verb.tag_ == "VBD" and head.tag_ == "VB" and not _has_own_subject(head):
            head = _told_verb(head)
        if verb.dep_ == "conj" and (outside := _outside_quotation(head, verb)) is not None:
            head = outside
        if verb.dep_ == "conj" and verb.tag_ == "VBG" and head.dep_ == "prep" and head.head.lemma_ == "be":
            head = head.head  # "the soldiers *were within* reach of the road and *firing* on cars"
        if verb.dep_ == "pcomp":
            head = head.head
            if head.dep_ == "npadvmod":
                head = head.head  # "*days after seizing* the town, the rebels left"
            if head.dep_ == "pobj" and head.head.dep_ == "agent" and head.head.head.lemma_ in clause_words().accusing:
                head = head.head.head  # the parser's slip on "were accused by the army *of burning* the school"
            if head.pos_ == "ADJ" and head.head.pos_ in {"NOUN", "PROPN"}:
                return head.head  # "the militia, notorious for *abducting* children"
            if verb.head.lower_ == "from" and head.lemma_ in clause_words().keeping_from:
                kept = next((c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}), None)
                if kept is not None:
                    return kept  # "barred *the crowd* from reaching the square"
            if head.lemma_ in clause_words().accusing:  # "accused the army *of shelling* the camp"
                accused = next((c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}), None)
                if accused is not None:
                    return accused
            if head.lemma_ in clause_words().sharing | clause_words().headway and head.dep_ == "dobj":
                head = head.head  # "took responsibility *for shelling* the camp", "made progress *in clearing* it"
        own = _perceived(head, verb) or _teller(head, verb) or _own_subject(head, verb)
        if own is not None:
            return own
        if head.dep_ in {"acomp", "oprd", "advmod"} and head.pos_ in {"ADJ", "ADV", "VERB"}:
            own = _own_subject(head.head, head)  # "are *due* to attack", "came *close* to attacking"
            if own is not None:
                return own
        if head.pos_ == "NOUN" and head.lemma_ in clause_words().resolves:
            return _resolver(head)
        if head.pos_ not in {"VERB", "AUX"}:
            return head if head.pos_ in {"NOUN", "PROPN"} and verb.dep_ != "conj" else None
        verb = head
    return None


def _has_own_subject(verb: Token) -> bool:
    """ "*The rebels* could advance and took the hill": no infinitive of somebody told before."""
    modal = any(c.tag_ == "MD" for c in verb.children)
    return modal and any(c.dep_ in _SUBJECT and c.i < verb.i for c in verb.children)


def _perceived(perceiving: Token, verb: Token) -> Token | None:
    """ "Villagers saw *jets* circling over the port": who is seen does it."""
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "xcomp", "ccomp"}:
        return None
    seen = next((c for c in perceiving.children if c.dep_ == "dobj" and c.i < verb.i), None)
    if seen is None or perceiving.lemma_ not in clause_words().perceiving:
        return None
    commas = [t.i for t in verb.doc[seen.i : verb.i] if t.text == ","]
    aside = len(commas) == 2 and commas[0] == seen.i + 1 and commas[1] == verb.i - 1  # "jets, most of them old, …"
    behind = not commas and verb.i == seen.right_edge.i + 1
    return seen if aside or behind else None


def _resolver(noun: Token) -> Token | None:
    """Who would do what a noun's clause tells: "*its* plan to", "a plot *by them* to", "*they* dropped plans to"."""
    for child in noun.children:
        if child.dep_ == "poss" and child.tag_ != "PRP$":
            return child
        if child.dep_ == "prep" and child.lower_ in {"by", "of", "from", "among"}:
            return next((g for g in child.children if g.dep_ == "pobj"), None)
    named = [c for c in noun.children if c.dep_ in {"compound", "amod"} and (c.pos_ != "ADJ" or c.dep_ == "compound")]
    if named:
        return named[-1]  # "a *rebel* plot to"
    verb = noun.head
    if noun.dep_ == "pobj" and verb.head.lemma_ in clause_words().stages:
        noun, verb = verb.head, verb.head.head  # "*they* began the last phase of an effort to"
    if noun.dep_ == "pobj" and verb.head.pos_ == "VERB":
        verb = verb.head
    if noun.dep_ not in {"dobj", "pobj"} or verb.lemma_ in clause_words().stopping:
        return None
    return _own_subject(verb, noun)


def _outside_quotation(head: Token, verb: Token) -> Token | None:
    """ "*Vowed* that they "will be hunted down" and *declared* a curfew": what goes on after a quotation goes on from
    the verb before it; None where `head` stands in none that ends before `verb`."""
    if not any(t.text in _QUOTES for t in head.doc[head.i + 1 : verb.i]):
        return None
    opening = next((t for t in reversed(head.doc[head.sent.start : head.i]) if t.text in _QUOTES), None)
    if opening is None:
        return None
    return next((a for a in head.ancestors if a.i < opening.i and a.pos_ == "VERB"), None)


_QUOTES = frozenset({'"', "“", "”", "''", "``", '""'})


def _told_verb(infinitive: Token) -> Token:
    """ "Foiled a plan by the group *to bomb* a ferry and *arrested* three": the past goes on from "foiled"."""
    return next((a for a in infinitive.ancestors if a.tag_ == "VBD"), infinitive)


def _own_subject(head: Token, verb: Token) -> Token | None:
    if verb.dep_ in {"xcomp", "ccomp"} and head.lemma_ in clause_words().object_control:
        for child in head.children:
            if child.dep_ in {"dobj", "nsubjpass"} or (child.dep_ == "dative" and child.pos_ != "ADP"):
                return child
        for child in head.children:  # "called on the fighters to leave"
            if child.dep_ == "prep" and child.lower_ == "on":
                return next((g for g in child.children if g.dep_ == "pobj"), None)
    if head.lemma_ == "take" and is_to_infinitive(verb) and any(c.lower_ == "it" for c in head.children):
        return next((c for c in head.children if c.dep_ in _TAKEN and c.ent_type_ not in _TIMES), None)
    if head.lemma_ == "give" and is_to_infinitive(verb):  # "gave *the garrison* two hours to leave"
        told = next((c for c in head.children if c.dep_ == "dative" and c.pos_ != "ADP"), None)
        if told is not None:
            return told
    for child in head.children:
        if child.dep_ in _SUBJECT:
            return child
    return None


def _teller(head: Token, verb: Token) -> Token | None:
    """ "*The army* said two men were shot, *blaming* the league": not those who were shot, but who tells of it."""
    blames = verb.lemma_ in clause_words().accusing and verb.dep_ == "advcl" and verb.tag_ == "VBG"
    if not blames or head.dep_ != "ccomp" or not any(c.dep_ == "nsubjpass" for c in head.children):
        return None
    return next((c for c in head.head.children if c.dep_ == "nsubj"), None)


_TAKEN = frozenset({"dobj", "dative"})  # "it took *the army* two weeks to recapture the town"
_TIMES = frozenset({"DATE", "TIME"})
