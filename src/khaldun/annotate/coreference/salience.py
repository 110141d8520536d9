"""How likely somebody told of is the one a pronoun means."""

from __future__ import annotations

from khaldun.annotate.actors.noun_phrases import tells
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.reading.boundaries import LIST_MARKS
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.words import Token

WINDOW = 3


def is_many(noun: Token) -> bool:
    return noun.tag_ == "NNS" or noun.lower_ in ("people", "police")


def salience(member: Profile, sentence: int, pronoun: Token) -> float | None:
    distance = sentence - member.sentence
    if distance > WINDOW or distance < 0:
        return None
    score = -2.0 * distance
    if member.root.dep_ in ("dobj", "dative") and member.root.head.lemma_ in ("tell", "inform", "brief"):
        score -= 4.0  # who is told is seldom talked of
    score += 1.0 if member.subject else 0.0
    score += {"their": 1.0, "they": 0.5}.get(pronoun.lower_, 0.0) if member.plural else 0.0
    score -= 3.0 if pronoun.lower_ == "its" and _is_other_of_both(member.root) else 0.0
    score += 3.0 if distance == 0 and pronoun.dep_ == "poss" and _is_helped(member.root, pronoun) else 0.0
    score -= 3.0 if distance and pronoun.dep_ == "nsubjpass" and _only_says(member.root) else 0.0
    score += 4.0 if distance == 0 and _tells(member.root, pronoun) else 0.0
    score -= 3.0 if member.type == "population" and _strikes(pronoun) else 0.0
    if pronoun.dep_ == "nsubj" and pronoun.head.lemma_ in words_under("saying"):
        score += 1.0 if member.root.head.lemma_ in words_under("saying") and member.subject else 0.0
        score -= 3.0 if distance == 0 and _is_told_of(member.root, pronoun) else 0.0
    if distance and _is_next_entry(member.root, pronoun):
        score += 6.0
    if distance == 0 and _has_spoken(member.root, pronoun):
        score -= 3.0
    if pronoun.lower_ == "it" and pronoun.nbor(-1 if pronoun.i else 0).lower_ == "since":
        score += 3.0 if member.root.i == pronoun.i - 2 else 0.0  # "the worst attack on *the army* since *it* left"
    if distance == 0 and member.root.head.i == pronoun.head.i:
        score -= 3.0  # one verb's subject and object are two
    elif distance == 0 and pronoun.dep_ == "dobj" and _is_shared_object(member.root, pronoun):
        score += 2.5  # "dragged three *men* from a bus and shot *them*"
    elif distance == 0 and member.subject and (undergone := _undergone(pronoun)).dep_ in ("dobj", "dative"):
        verb = undergone.head
        while shares_subject(verb):
            verb = verb.head
        verb = _whose_deed(verb)
        score -= 3.0 if member.root.head.i == verb.i else 0.0  # "sacked the general and *replaced him* with another"
    return score


def _strikes(pronoun: Token) -> bool:
    """ "Fighters shot at residents. *They opened fire* on everyone": who does so bears arms."""
    if pronoun.dep_ != "nsubj":
        return False
    verbs = (pronoun.head, *(c for c in pronoun.head.children if c.dep_ == "conj" and c.pos_ == "VERB"))
    found = [match(v) for v in verbs]
    return any(t is not None and all(e.kind in _ARMED_DEEDS for e in t.entries) for t in found)


_ARMED_DEEDS = frozenset(
    f"assault.{by}" for by in ("firearms", "shelling", "aerial", "explosives", "suicide", "abduct")
)


def _is_helped(somebody: Token, pronoun: Token) -> bool:
    """ "Offered to help *the island* in *its* campaign against the rebels": whose campaign it is is helped."""
    verb = pronoun.head.head.head
    helped = somebody.dep_ == "dobj" and somebody.head.i == verb.i and somebody.i < pronoun.i
    return helped and pronoun.head.dep_ == "pobj" and verb.lemma_ in ties().assisting


def _is_other_of_both(somebody: Token) -> bool:
    """ "Both the front and *the guard* said that the town was in its hands": more likely the front's."""
    return somebody.dep_ == "conj" and any(c.dep_ == "preconj" for c in somebody.head.children)


def _is_next_entry(somebody: Token, pronoun: Token) -> bool:
    """ "- On 4 June *troops* took the base. The rebels retook it. - On 10 June *they* took the port": in a list by date
    each entry goes on with whom the entries before begin."""
    if pronoun.lower_ != "they" or somebody.doc is not pronoun.doc:
        return False
    if somebody.dep_ == "pobj" and somebody.head.lower_ == "of":  # "*forces* of the council"
        somebody = somebody.head.head
    return all(word.dep_ in ("nsubj", "nsubjpass") and _begins_entry(word) for word in (pronoun, somebody))


def _begins_entry(subject: Token) -> bool:
    """True for who does what the first words of a list's entry tell, which name a day."""
    mark, *opening = subject.doc[subject.sent.start : subject.left_edge.i] or (subject,)
    on = next((t for t in opening if t.head is subject.head and t.dep_ == "prep"), None)
    return mark.text in LIST_MARKS and on is not None and on.lower_ in ("on", "in", "by") and on.i == mark.i + 1


def _whose_deed(verb: Token) -> Token:
    """The verb over a clause about its deed: "the army *responded* with raids that killed 30 of them"."""
    if verb.dep_ != "relcl" or not any(c.dep_ == "nsubj" and c.tag_ == "WDT" for c in verb.children):
        return verb
    above = verb.head
    while above.dep_ in ("dobj", "pobj", "prep") and above.head != above:
        above = above.head
    return above if above.pos_ == "VERB" else verb


def _only_says(speaker: Token) -> bool:
    """ "Guerrillas kidnapped three men, *the army said*. *They* were freed later.": no story of the army goes on."""
    verb = speaker.head
    told = next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
    return speaker.dep_ == "nsubj" and verb.lemma_ in words_under("saying") and told is not None and told.i < speaker.i


def _undergone(pronoun: Token) -> Token:
    """The object that a pronoun is or is within: "killing *12 of them*"."""
    counted = pronoun.head.head
    return counted if pronoun.dep_ == "pobj" and pronoun.head.lower_ == "of" and counted.dep_ == "dobj" else pronoun


def shares_subject(verb: Token) -> bool:
    """ "Clashed with bandits and *killed* 12", "clashed with bandits, *killing* 12": it is the first verb's subject."""
    if verb.dep_ != "conj" and not (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
        return False
    return not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _tells(somebody: Token, pronoun: Token) -> bool:
    """ "*The army* dismissed the *rebels'* announcement that *they* held the port": theirs by number, and not the
    army's."""
    many = pronoun.lower_ == "they"
    if pronoun.dep_ not in ("nsubj", "nsubjpass") or is_many(somebody) != many:
        return False
    over = somebody.head if somebody.dep_ == "poss" else somebody.head.head
    if somebody.dep_ != "poss" and not (somebody.dep_ == "pobj" and somebody.head.lower_ in ("by", "from")):
        return False
    clause = pronoun.head
    if clause.dep_ not in ("acl", "relcl", "ccomp") or clause.head.i != over.i or not tells(over):
        return False
    hearer = next((c for a in over.ancestors for c in a.children if c.dep_ == "nsubj" and c.i < somebody.i), None)
    return hearer is None or is_many(hearer) != many


def _has_spoken(speaker: Token, pronoun: Token) -> bool:
    """ "Troops did not enter the town, *residents* said; *they* shelled it": others are told of still."""
    verb = speaker.head
    if speaker.dep_ != "nsubj" or verb.lemma_ not in words_under("saying") or pronoun.dep_ != "nsubj":
        return False
    if pronoun.nbor(-1).text != ";" or pronoun.head.lemma_ in words_under("saying"):
        return False
    told = (c for c in verb.lefts if c.dep_ == "ccomp" and c.i < speaker.i)
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON" for clause in told for c in clause.lefts)


def _is_told_of(somebody: Token, speaker: Token) -> bool:
    """ "The raid hit a base *paid for by Ankara*, it said": who speaks behind his words is not one named within them,
    but he may be whom they are about ("*the army* had left, it said")."""
    verb = speaker.head
    told = next((c for c in verb.lefts if c.dep_ == "ccomp" and c.i < speaker.i), None)
    if told is None and verb.dep_ in ("parataxis", "ccomp") and verb.head.i < speaker.i:
        told = verb.head
    if told is None or speaker.i == 0 or speaker.nbor(-1).text not in (",", '"', "''"):
        return False
    return somebody.i < speaker.i and not (somebody.head.i == told.i and somebody.dep_ in ("nsubj", "nsubjpass"))


def is_led(name: Token) -> bool:
    """ "President Bedie of *Ivory Coast* urged both sides": whose president speaks is no side that he speaks to."""
    return name.dep_ == "pobj" and name.head.lower_ == "of" and name.head.head.pos_ == "PROPN"


def _is_shared_object(noun: Token, pronoun: Token) -> bool:
    verb = pronoun.head
    return noun.dep_ == "dobj" and verb.dep_ == "conj" and noun.head.i == verb.head.i
