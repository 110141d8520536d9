"""Noun phrases as a reader would quote them, and whether what they name acts; from spaCy's parse."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from khaldun.annotate.actors.participants import takes_part
from khaldun.annotate.grammar.passives import having_done
from khaldun.annotate.grammar.questions import is_to_infinitive
from khaldun.annotate.grammar.syntax import names_doer
from khaldun.annotate.reading.nouns import is_opener, read_noun, words_under
from khaldun.annotate.slips.speakers import presents, told_nouns
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.tables.timex_words import calendar_names
from khaldun.annotate.words import Doc, Token
from khaldun.knowledge import word_list

_BEFORE = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "predet", "quantmod", "advmod", "npadvmod", "case"}
)
_TRIMMED = frozenset(
    "the a an this that these those such some any both all its his her their our my your no every each as even only "
    "including later earlier meanwhile and or of".split()
)
_CUTS = frozenset({",", "(", ")", ":", ";", "[", "]", "--", "—", "–", "/"})
_DENYING = frozenset({"no", "any", "neither", "either", "nor", "whichever", "whatever"})
_BEFORE_NOUN = frozenset({"compound", "nmod", "amod"})
_DASHES = frozenset({"-", "--", "---", "–", "—"})
_MODALS = frozenset({"should", "must", "can", "could", "may", "might", "would", "shall", "ought"})


@cache
def _blaming() -> frozenset[str]:
    return word_list("lexicons/en/carriers.yaml", "accusing")


def left_edge(head: Token) -> int:
    """The first token of the phrase before its head; articles and neighbours by a lost comma are left out."""
    start = head.i
    for child in sorted((c for c in head.children if c.i < head.i), key=lambda c: -c.i):
        if child.dep_ not in _BEFORE and not (child.dep_ == "punct" and child.text in "-'\"`"):
            break
        start = min(start, child.left_edge.i)
    return _trim(head.doc, start, head.i)


def _trim(doc: Doc, start: int, end: int) -> int:
    tokens = doc.tokens
    for i in range(start, end):
        token = tokens[i]
        if token.text in _CUTS or (token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP", "MD")):
            start = i + 1
        elif i > start and is_opener(hyphenated(token)) and _name_like(tokens[i - 1]):
            start = i
    while start < end and _trimmed(tokens[start]):
        start += 1
    return start


def _trimmed(token: Token) -> bool:
    return (
        (token.lower_ in _TRIMMED and not _opens_figure(token))
        or token.lower_ == "whose"
        or (token.lower_ in ("dead", "alive") and token.i > 0 and token.nbor(-1).lower_ in _ENDED)
        or token.is_punct
        or token.is_space
        or (token.ent_type_ in ("DATE", "TIME") and (not token.text[:1].isupper() or _is_calendar(token.lower_)))
    )


_ENDED = frozenset(("shot", "found", "left", "burned", "burnt", "buried", "captured"))


def _opens_figure(word: Token) -> bool:
    """ "*No* fewer than 40 guards", "*as* many as 40 guards", "*some* 40 guards": words of the number."""
    if word.lower_ not in ("no", "as", "some") or word.i + 1 == len(word.doc):
        return False
    if word.lower_ == "some":
        return word.nbor(1).pos_ == "NUM"
    return word.nbor(1).lower_ in ("fewer", "less", "many", "few")


def _is_calendar(word: str) -> bool:
    """The small pipeline takes unknown names for dates ("the Nyatura militia"); only these are of the calendar."""
    return word in calendar_names() or word in words_under("feasts")


def _name_like(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN") and state_of(token.text) is None


def hyphenated(token: Token) -> str:
    """The whole hyphenated word that the token opens ("pro-government" for "pro")."""
    doc, end = token.doc, token.i
    while end + 2 < len(doc) and doc[end + 1].text == "-" and not doc[end].whitespace_:
        end += 2
    return doc[token.i : end + 1].text if end > token.i else token.text


def premodifiers(head: Token, start: int) -> list[Token]:
    """The words of the phrase before the head; determiners and numbers left out."""
    return [
        t
        for t in head.doc[start : head.i]
        if t.dep_ not in ("det", "nummod", "punct", "case") and t.pos_ not in ("DET", "NUM", "PUNCT")
    ]


def identifying(token: Token) -> bool:
    """True for a modifier that says which ones: a name, a nationality, "rebel", "pro-government", another noun."""
    if token.dep_ == "poss":
        return token.pos_ in ("PROPN", "NOUN")
    return (
        token.pos_ == "PROPN"
        or (token.pos_ == "NOUN" and token.dep_ in ("compound", "nmod", "amod"))
        or (token.text[:1].isupper() and state_of(token.text) is not None)
        or is_opener(hyphenated(token))
        or token.ent_type_ in ("NORP", "GPE", "ORG")
        or token.lower_ in words_under("telling")
    )


def tail_end(head: Token, allowed: Collection[str], *, anywhere: bool = False) -> int:
    """One past the last token of the phrase's tail ("residents | of the villages of X and Y"), or past the head.

    `anywhere` lets a tail with "in" name an event, not only a place."""
    behind = head.i + 1
    if behind < head.sent.end and head.i > head.sent.start and head.nbor(1).text in _CLOSING:
        opened = head.nbor(-1).text in _OPENING or head.nbor(-2 if head.i > 1 else -1).text in _OPENING
        behind += opened  # "terrorists" *of the council*
    for child in head.rights:
        if child.i > behind:
            break
        if child.dep_ == "prep" and child.lower_ in allowed:
            return max([head.i + 1, *_objects(child, anywhere=anywhere)])
    return head.i + 1


_OPENING = frozenset("\"“‘'«")
_CLOSING = frozenset("\"”’'»")


def _objects(prep: Token, *, anywhere: bool = False) -> Iterator[int]:
    for noun in prep.children:
        if (
            noun.dep_ in ("pobj", "pcomp")
            and not (noun.ent_type_ == "DATE" and prep.lower_ in ("from", "in"))
            and noun.pos_ in ("NOUN", "PROPN")
            and noun.i > prep.i
            and (anywhere or _where(prep, noun))
        ):
            yield noun.i + 1
            yield from _continued(noun)


def _where(prep: Token, noun: Token) -> bool:
    """After "in": a name, or a noun of place; "children in suicide attacks" has no tail."""
    if prep.lower_ != "in":
        return True
    phrase = noun.doc[prep.i + 1 : noun.i + 1]
    return (
        any(t.text[:1].isupper() for t in phrase)
        or noun.lemma_ in words_under("place_nouns")
        or read_noun(noun.text) is not None
    )


def _continued(noun: Token) -> Iterator[int]:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == noun.i + 1:
            yield from _objects(child)
        elif child.dep_ == "conj" and child.pos_ == "PROPN" and noun.pos_ == "PROPN" and _one_of_a_list(noun, child):
            yield child.i + 1
            yield from _continued(child)
        elif child.dep_ in ("nummod", "appos") and child.i == noun.i + 1 and child.like_num:
            yield child.i + 1


def _one_of_a_list(noun: Token, child: Token) -> bool:
    """ "the villages of Brek and *Saru*", but not "the governor of Borno, *Musa Kolo*, and the commander"."""
    return child.i - noun.i <= 4 and (child.ent_type_ != "PERSON" or noun.ent_type_ == "PERSON")


def relative_end(head: Token) -> int:
    """One past a short defining relative clause right after the head ("a farmer | whose barn was burned")."""
    for child in head.rights:
        if child.dep_ == "relcl" and head.nbor(1).lower_ in ("who", "whose") and child.i + 1 - head.i <= 8:
            return child.i + 1
    return head.i + 1


def of_office(head: Token) -> bool:
    """True for the body that somebody speaks for or heads: "a spokesman for *the army* in Gao", "chief of *police*"."""
    if head.dep_ != "pobj" or head.head.lower_ not in ("of", "for"):
        return False
    return bears_office(head.head.head)


def bears_office(noun: Token) -> bool:
    """True for a noun that says what one person is to a body ("spokesman", "commander")."""
    reading = read_noun(noun.text) if noun.pos_ in ("NOUN", "PROPN") else None
    return reading is not None and reading.entry.key == "spokesman" and not reading.plural


def acts(head: Token) -> bool:
    """True where what the phrase names does, says or suffers something that is told as having happened."""
    if takes_part(head) or stands_off(head):
        return True
    parent, dep = head.head, head.dep_
    if dep in ("conj", "appos"):
        return acts(parent) if parent.i != head.i and parent.pos_ != "VERB" else False
    if dep in ("nsubj", "nsubjpass"):
        return (happens(parent) and having_done(parent) is None) or _is_in_charge(parent)
    if dep in ("dobj", "dative"):
        return happens(parent) and (parent.lemma_ in words_under("harm") or parent.lemma_ in words_under("saying"))
    if dep == "pobj" and parent.lower_ == "of" and parent.head.lower_ == "one" and parent.head.dep_ == "nsubj":
        return acts(parent.head)  # "one *of the survivors* said"
    if dep == "poss" and bears_office(parent):
        return True  # "*the group's* spokesman"
    return (dep == "pobj" and _object_acts(parent)) or (dep in ("pobj", "poss") and says(head))


def _is_in_charge(verb: Token) -> bool:
    """ "Its men *were in control of* the town", "*were responsible for* the attack"."""
    behind = (g for c in verb.children if c.dep_ == "prep" and c.lower_ == "in" for g in c.children)
    return verb.lemma_ in ("be", "remain", "stay") and (
        any(g.lower_ in ("control", "charge", "command") for g in behind)
        or any(c.dep_ == "acomp" and c.lower_ == "responsible" for c in verb.children)
    )


def denied(head: Token) -> bool:
    """True for "no group", "any faction", "neither side": nobody in particular is named."""
    before = [c for c in head.children if c.i < head.i]
    if any(c.lower_ in ("the", "a", "an") for c in before):
        return False  # "neither *the army* nor the rebels": each is somebody
    return any(c.dep_ in ("det", "preconj", "amod") and c.lower_ in _DENYING for c in before)


def strikes(head: Token) -> bool:
    """True for the subject or agent of a use of force ("*jets* bombed the depot", "raids by *helicopters*")."""
    parent = head.head
    if head.dep_ in ("conj", "appos") and parent.i != head.i and parent.pos_ in ("NOUN", "PROPN"):
        return strikes(parent)
    if head.dep_ == "nsubj" or (head.dep_ == "nsubjpass" and _is_said_to(parent)):
        return _uses_force(parent)
    if head.dep_ == "poss" and parent.i > head.i:  # "the *warplanes'* shelling of a school"
        return parent.lemma_.lower() in words_under("strikes") or parent.lower_ in _TARGETING
    if head.dep_ == "pobj" and parent.lower_ == "of" and parent.head.pos_ == "NUM":
        return strikes(parent.head)  # "*one* of its boats sank a trawler"
    if head.dep_ == "pobj" and parent.lower_ in ("by", "from"):
        beside = parent.nbor(-1).lemma_ if parent.i else ""  # "died in *raids* by helicopters" hangs "by" on the death
        return not {parent.head.lemma_, beside}.isdisjoint(words_under("force") | words_under("strikes"))
    return False


_TARGETING = frozenset({"targeting", "bombing", "shelling", "strafing", "pounding"})


def _is_said_to(verb: Token) -> bool:
    """ "*Are said to* have hit a clinic": whose deed it is stands before the verb of saying."""
    below = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    return below is not None and not any(c.dep_ == "auxpass" for c in below.children)


def _uses_force(verb: Token) -> bool:
    """ "Bombed", "will bomb", "are to begin bombing": whose deed it is, done or not."""
    for _ in range(4):
        if verb.lemma_ in words_under("force"):
            return True
        below = next((c for c in verb.children if c.dep_ in ("xcomp", "acomp") and c.i > verb.i), None)
        if below is None:
            return False
        verb = below
    return False


def does(head: Token) -> bool:
    """True for the subject of a verb told as having happened, and for its agent: more than `acts`."""
    if head.dep_ in ("conj", "appos") and head.head.i != head.i:
        return does(head.head)
    if head.dep_ == "nsubj":
        return happens(head.head) and having_done(head.head) is None
    return head.dep_ == "pobj" and head.head.lower_ == "by" and _object_acts(head.head)


def _object_acts(prep: Token) -> bool:
    if prep.lower_ == "by":
        return prep.dep_ == "agent" or prep.head.tag_ == "VBN" or names_doer(prep) or _undergoes(prep.head)
    if prep.lower_ in ("with", "against", "between", "on", "from") and prep.head.lemma_ in words_under("dealings"):
        return True
    if prep.lower_ == "of":
        return prep.head.lemma_.lower() in words_under("held_of") and prep.head.dep_ == "pobj"
    return prep.lower_ == "to" and (
        prep.dep_ == "dative" or prep.head.lemma_ == "accord" or prep.head.lemma_.lower() in words_under("passing")
    )


def _undergoes(verb: Token) -> bool:
    """ "*Came under attack* by rebels"."""
    return verb.lemma_ in ("come", "be", "remain") and any(
        g.lower_ in ("attack", "fire", "bombardment", "siege")
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ == "under"
        for g in c.children
    )


def happens(verb: Token) -> bool:
    """True for a verb told as having happened: no modal, no bare infinitive, more than being."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    if any(c.dep_ == "aux" and c.lower_ in _MODALS for c in verb.children):
        return False
    if is_to_infinitive(verb):
        return verb.head.lemma_ in clause_words().reached
    return verb.lemma_ not in ("be", "need", "seem", "become") or _is_able(verb)


def _is_able(be: Token) -> bool:
    """ "*Were unable to take* the town", "*were able to take* it": what was tried or done, and no state of theirs."""
    able = (c for c in be.children if c.dep_ == "acomp" and c.lower_ in {"able", "unable"})
    return be.lemma_ == "be" and any(g.dep_ == "xcomp" and is_to_infinitive(g) for c in able for g in c.children)


def stands_off(head: Token) -> bool:
    """True for who says so without a verb: "*Mayor*: nine killed", "Nine killed in Gao - *police*"."""
    sentence = head.sent
    after = head.nbor(1).text if head.i + 1 < len(head.doc) else ""
    if head.left_edge.i == sentence.start and after == ":":
        return True
    last = head.i + 1 >= sentence.end or after in ".)" or not after
    before = head.left_edge.nbor(-1).text if head.left_edge.i > 0 else ""
    return last and before in _DASHES


def tells(noun: Token) -> bool:
    """True for a noun of saying with what is said behind it: "a rebel *claim that* …", not "a police *report* is"."""
    if noun.lemma_ not in told_nouns() or noun.i + 1 >= noun.sent.end:
        return False
    return noun.nbor(1).lower_ in ("that", "to", "of")


def is_audience(head: Token) -> bool:
    """ "The general told *reporters*", "spoke to *a group of journalists*": they are there to hear it."""
    of = (g for c in head.children if c.lower_ == "of" for g in c.children) if head.lower_ == "group" else ()
    if next(iter(of), head).lemma_.lower() not in words_under("audience"):
        return False
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in ("group", "handful"):
        head = head.head.head
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    verb = head.head
    if head.dep_ == "pobj" and verb.lower_ in ("to", "with"):
        verb = verb.head
        return verb.lemma_ in words_under("saying") or verb.lemma_ in ("speak", "talk")
    return head.dep_ in ("dobj", "dative", "iobj") and verb.lemma_ in ("tell", "brief", "inform", "assure")


def says(head: Token) -> bool:
    """True for the subject of a verb of saying, the one who is told, and the one "*according to*" whom, or "*in the
    words of*" whom, it is."""
    if stands_off(head):
        return True
    if head.dep_ in ("conj", "appos") and head.head.i != head.i:
        return says(head.head)
    if head.dep_ == "nsubj":
        return head.head.lemma_ in words_under("saying") or presents(head.head)
    if head.dep_ == "pobj" and head.head.lower_ == "per":
        return True
    if head.dep_ == "pobj" and head.head.lower_ == "to":
        return head.head.i > 0 and head.head.nbor(-1).lower_ == "according"
    if head.dep_ == "poss":
        return head.head.lower_ == "words" or head.head.lemma_ in told_nouns()
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        return head.head.head.lower_ == "words"
    if head.dep_ == "pobj" and head.head.lower_ in ("by", "from"):
        told = head.head.dep_ == "agent" and head.head.head.lemma_ in words_under("saying")
        heard = head.head.lower_ == "from" and head.head.head.lemma_ in ("hear", "learn")
        return told or heard or head.head.head.lemma_ in told_nouns()
    if head.dep_ == "nsubjpass":  # "*the general* was quoted as saying"
        return head.head.lemma_ in ("quote", "cite") and any(c.lower_ == "as" for c in head.head.children)
    if head.dep_ in _BEFORE_NOUN:  # "a *rebel* claim that"
        return head.i == head.head.i - 1 and tells(head.head)
    if head.dep_ == "dobj" and head.head.lemma_ in ("quote", "cite"):
        return True  # "the radio quoted *a general* as saying"
    return head.dep_ in ("dobj", "dative") and (head.head.lemma_ == "tell" or head.head.lemma_ in _blaming())
