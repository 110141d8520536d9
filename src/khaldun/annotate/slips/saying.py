"""Reporting clauses that the parser misreads: who said it becomes what was done, or a name for who did it.

"Gunmen seized the nurses, *recalled the monitors*" is parsed as two deeds of the gunmen; "gunmen, *a captain
confirmed*, seized the nurses" as gunmen who are a confirmed captain; "the jets hit Idlib, *a deputy asked*" as a deputy
beside Idlib. A verb of saying with nothing to say of its own, a speaker beside it and a clause before or round it is
the clause of a cue, whatever the parse has made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from khaldun.annotate.slips.speakers import (
    OPENERS,
    can_speak,
    done_to,
    hangs_on,
    is_bare,
    is_told,
    opens_phrase,
    presents,
    speaker_before,
    speaker_behind,
    told_to,
)

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN"))
_ASTRAY = frozenset(("acl", "conj", "dep", "advcl", "parataxis", "ccomp", "relcl", "ROOT"))
_COMPLEMENTS = frozenset(("dobj", "oprd", "acomp", "xcomp", "ccomp", "agent", "attr", "nsubjpass", "auxpass", "cc"))
_PASSIVES = frozenset(("agent", "oprd", "acomp", "xcomp", "attr", "auxpass", "nsubj", "nsubjpass"))
TAKEN_FOR = frozenset("think believe suspect report understand allege know rumour presume say reckon".split())
"""Verbs, as lemmas, whose participle tells what somebody is taken for: "gunmen *thought* to be rebels"."""
_BY_MEANS = frozenset(("in", "by", "through", "via", "on"))
_CITING = frozenset(("citing", "quoting"))
_OWN = frozenset(("nsubj", "nsubjpass", "mark", "expl"))


def mend_saying(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """Makes the clause of a cue of `verb`, a verb of `presenting`, where the parse has missed it."""
    at, sentence = verb.i, verb.sent
    if verb.dep_ == "ccomp" and heads[at] > at:
        _say_before_semicolon(verb, tokens, heads)
    if at + 3 < sentence.end and tokens[at + 1].lower_ in _BY_MEANS:
        _say_in(verb, tokens, heads)
    if verb.tag_ not in _FINITE or verb.dep_ not in _ASTRAY or at == sentence.start:
        return
    mine = [t for t in tokens[sentence.start : sentence.end] if heads[t.i] == at and t.i != at]
    if any(t.dep_ in ("aux", "auxpass", "neg") for t in mine) or not presents(verb):
        return
    if _parts_two_subjects(verb, mine, tokens, heads):
        return
    if at + 2 < sentence.end and tokens[at + 2].lower_ in _CITING:
        _cite(verb, tokens[at + 2], tokens, heads)
    if tokens[at - 1].text in OPENERS and (speaker := speaker_behind(verb, mine, tokens, heads)) is not None:
        _close(verb, speaker, tokens, heads)
        return
    said = next((t for t in mine if t.dep_ == "ccomp" and t.i > at), None)
    if verb.lemma_ == "say" and said is not None and tokens[at + 1].tag_ == "TO":
        _take_back(verb, said, mine, tokens, heads)
        return
    if _heads_sentence(verb, mine, tokens, heads):
        _give(verb, tokens[heads[at]], tokens, heads)
        return
    if said is not None:
        _tell(verb, said, mine, tokens, heads)
        return
    if any(t.dep_ in _COMPLEMENTS and not is_told(verb, t) for t in mine if t.i > at):
        return
    given = next((t for t in mine if t.dep_ in ("nsubj", "nsubjpass")), None)
    told = given if given is not None and given.i > at and verb.lemma_ in told_to() else None
    speaker = speaker_before(verb, given, tokens, heads)
    if speaker is None or not can_speak(speaker):
        return
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and (verb.lemma_ in done_to() or not is_bare(verb, mine)):
        return
    if told is not None:  # "the mayor told *reporters*"
        given, told.dep_ = None, "dobj"
    end = _end(at, tokens, heads)
    if all(t.is_punct for t in tokens[end + 1 : sentence.end]) or tokens[end + 1].text in '"“':
        _close(verb, speaker, tokens, heads)
    elif tokens[end + 1].text == ",":
        _insert(verb, speaker, given, tokens, heads)


def _parts_two_subjects(verb: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: list[int]) -> bool:
    """ "Units of the army *established* on Monday full control over the port, a source told the agency", read as
    established units that told it: of two subjects before a cue the first one's participle is the verb of what is said.
    """
    first = next((t for t in mine if t.dep_ == "nsubj" and t.i < verb.i), None)
    speaker = tokens[verb.i - 1]
    if first is None or first is speaker or not can_speak(speaker):
        return False
    second = heads[speaker.i] == verb.i and speaker.dep_ == "nsubj"
    apposed = heads[speaker.i] == first.i and speaker.dep_ == "appos"
    deed = next((t for t in tokens[first.i + 1 : speaker.i] if heads[t.i] == first.i and t.dep_ == "acl"), None)
    if not (second or apposed) or deed is None or deed.tag_ not in ("VBN", "VBD") or deed.lemma_ in done_to():
        return False  # "three men *arrested* on Monday, an official told AFP"
    if "," not in [t.text for t in tokens[deed.i : speaker.i]]:
        return False
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens[verb.i + 1 : verb.sent.end]):
        return False  # "men *armed* with rifles, a resident told AFP, *attacked* the market"
    heads[speaker.i], speaker.dep_ = verb.i, "nsubj"
    heads[deed.i], deed.dep_, deed.tag_ = verb.i, "ccomp", "VBD"
    heads[first.i] = deed.i
    return True


def _say_in(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The rebels *said* in a letter sent to papers that they had left", read as papers, or a sending, that they had
    left."""
    reach = tokens[verb.i + 1 : verb.sent.end]
    if any(t.dep_ == "ccomp" and heads[t.i] == verb.i for t in reach):
        return
    that = next((t for t in reach if t.lower_ == "that" and t.dep_ == "mark"), None)
    if that is None:
        return
    said = tokens[heads[that.i]]
    holder = tokens[heads[said.i]]
    sent = holder if holder.tag_ == "VBN" else tokens[heads[heads[holder.i]]]
    phrase = sent.dep_ == "acl" and sent.tag_ == "VBN" and hangs_on(sent.i, verb.i, heads)
    if phrase and verb.i < sent.i <= holder.i < that.i and said.dep_ in ("relcl", "ccomp", "acl", "advcl"):
        heads[said.i], said.dep_ = verb.i, "ccomp"


def _say_before_semicolon(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The clinic *says* 45 people died; the army says nine": what the parse hangs on the second has been said by the
    first."""
    end = next((t for t in tokens[verb.i : heads[verb.i]] if t.text == ";"), None)
    if end is None or any(t.dep_ == "ccomp" and heads[t.i] == verb.i for t in tokens[verb.i : end.i]):
        return
    said = next((t for t in tokens[verb.i + 1 : end.i] if t.dep_ == "ccomp" and heads[t.i] == heads[verb.i]), None)
    if said is not None:
        heads[said.i] = verb.i
    verb.dep_ = "parataxis"


def _close(verb: Token, speaker: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """The cue's clause closes the sentence: what was its top is what is said."""
    top = tokens[_top(speaker.i, heads)]
    if top is not verb:
        if top.i > verb.i or top.pos_ not in ("VERB", "AUX"):
            return
        heads[top.i], top.dep_ = verb.i, "ccomp"
        heads[verb.i], verb.dep_ = verb.i, "ROOT"
        for mark in tokens[verb.i + 1 : verb.sent.end]:
            if mark.is_punct and heads[mark.i] == top.i:
                heads[mark.i] = verb.i
    _give(verb, speaker, tokens, heads)


def _insert(verb: Token, speaker: Token, given: Token | None, tokens: Sequence[Token], heads: list[int]) -> None:
    """The cue's clause stands inside what is said, between the subject and its verb."""
    holder = tokens[heads[speaker.i]]
    subject = given if given is not None else holder
    clause = holder if holder.i > verb.i else tokens[heads[(verb if given is not None else subject).i]]
    if clause is verb:
        clause = next((t for t in tokens[verb.i : verb.sent.end] if heads[t.i] == verb.i and t.dep_ == "conj"), verb)
    if clause.i <= verb.i or clause.pos_ not in ("VERB", "AUX"):
        return
    if subject is not clause and not _give_back_subject(subject, clause, speaker, tokens, heads):
        return
    heads[clause.i], clause.dep_ = (clause.i, "ROOT") if heads[clause.i] == verb.i else (heads[clause.i], clause.dep_)
    heads[verb.i], verb.dep_ = clause.i, "parataxis"
    for word in tokens[clause.i + 1 : verb.sent.end]:
        if heads[word.i] == verb.i and (word.is_punct or (word.dep_ in ("conj", "cc") and word.tag_ != "TO")):
            heads[word.i] = clause.i  # "gunmen, the mayor said, came at dawn, *tied up* the men and left"
    _give(verb, speaker, tokens, heads)


def _give_back_subject(
    subject: Token, clause: Token, speaker: Token, tokens: Sequence[Token], heads: list[int]
) -> bool:
    """The clause that the cue interrupts has its own subject; False where that isn't one."""
    if subject.dep_ not in ("nsubj", "nsubjpass") or subject.i > speaker.i:
        return False
    passive = any(heads[t.i] == clause.i and t.dep_ == "auxpass" for t in tokens[speaker.i : clause.i])
    heads[subject.i], subject.dep_ = clause.i, "nsubjpass" if passive else "nsubj"
    return True


def _tell(verb: Token, said: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Gunmen, the spokesman *declared*, had …", read as two who declare."""
    subjects = [t for t in mine if t.dep_ in ("nsubj", "nsubjpass") and t.i < verb.i]
    parted = next((t for t in tokens[verb.i : said.i + 1] if t is said or hangs_on(t.i, said.i, heads)), said)
    own = any(heads[t.i] == said.i and t.dep_ in _OWN for t in tokens[parted.i : said.i])
    if not subjects or own or tokens[parted.i - 1].text != ",":
        return
    first = subjects[0]
    second = subjects[1] if len(subjects) == 2 else speaker_before(verb, first, tokens, heads)
    if second is not None and second.i > first.i and can_speak(second) and opens_phrase(second, tokens, heads):
        said.dep_ = "conj"
        _insert(verb, second, first, tokens, heads)


def _cite(verb: Token, citing: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Reported, *citing the army*, that …": what is reported is no part of the citing, nor the citing of it."""
    if tokens[heads[citing.i]].dep_ == "ccomp" and heads[heads[citing.i]] == verb.i:
        heads[citing.i] = verb.i
    for clause in tokens[citing.i : verb.sent.end]:
        if clause.dep_ == "ccomp" and heads[clause.i] == citing.i:
            heads[clause.i] = verb.i


def _heads_sentence(verb: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: list[int]) -> bool:
    """ "The monitors *conceded* on Friday that …", read as monitors who are conceded."""
    holder = tokens[heads[verb.i]]
    if verb.dep_ != "acl" or holder.dep_ != "ROOT" or holder.i != verb.i - 1 or not can_speak(holder):
        return False
    told = any(t.dep_ == "ccomp" for t in mine)
    if any(t.dep_ in _PASSIVES for t in mine) or (verb.lemma_ in done_to() and not told):
        return False
    if not told and not any(t.dep_ in ("prep", "dobj") for t in mine):
        return False
    for other in tokens[verb.i + 1 : verb.sent.end]:
        if heads[other.i] == holder.i:
            heads[other.i] = verb.i
    return True


def take_for(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Gunmen *thought to be* rebels shot …", read as what the gunmen thought: it tells who they are."""
    at = verb.i
    named = tokens[at - 1] if at else verb
    if verb.dep_ != "ROOT" or at + 2 >= len(tokens) or heads[named.i] != at or named.dep_ not in ("nsubj", "nsubjpass"):
        return
    to, be = tokens[at + 1], tokens[at + 2]
    if to.tag_ != "TO" or be.lemma_ not in ("be", "belong", "have"):
        return
    mine = [t for t in tokens[at + 3 : verb.sent.end] if heads[t.i] == at]
    if any(t.dep_ == "cc" for t in mine):
        return
    deed = next((t for t in mine if t.dep_ in ("ccomp", "conj") and t.tag_ in ("VBD", "VBZ", "VBP", "VBN")), None)
    if deed is None:
        return
    for word in tokens[be.i + 1 : deed.i]:
        if heads[word.i] == deed.i and word.dep_ in ("nsubj", "nsubjpass"):
            heads[word.i], word.dep_ = be.i, "attr"
    passive = any(heads[t.i] == deed.i and t.dep_ == "auxpass" for t in tokens[at : deed.i])
    heads[deed.i], deed.dep_ = deed.i, "ROOT"
    heads[named.i], named.dep_ = deed.i, "nsubjpass" if passive else "nsubj"
    heads[at], verb.dep_, verb.tag_ = named.i, "acl", "VBN"
    for mark in tokens[at + 1 : verb.sent.end]:
        if mark.is_punct and heads[mark.i] == at:
            heads[mark.i] = deed.i


def _take_back(verb: Token, said: Token, mine: Sequence[Token], tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Abu Yusuf, *said to be* a commander, was killed", read as his saying: nobody says to be."""
    named = next((t for t in mine if t.dep_ == "nsubj" and t.i < verb.i), None)
    if named is None or verb.dep_ != "ROOT" or any(heads[t.i] == said.i and t.dep_ in _OWN for t in tokens):
        return
    passive = any(heads[t.i] == said.i and t.dep_ == "auxpass" for t in tokens[verb.i : said.i])
    heads[said.i], said.dep_ = said.i, "ROOT"
    heads[named.i], named.dep_ = said.i, "nsubjpass" if passive else "nsubj"
    heads[verb.i], verb.dep_, verb.tag_ = named.i, "acl", "VBN"
    for mark in tokens[named.i : verb.sent.end]:
        if mark.is_punct and heads[mark.i] == verb.i:
            heads[mark.i] = said.i


def _give(verb: Token, speaker: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """The verb has its speaker, and the marks between them hang on it."""
    if heads[verb.i] == speaker.i:
        heads[verb.i], verb.dep_ = verb.i, "ROOT"
    heads[speaker.i], speaker.dep_ = verb.i, "nsubj"
    verb.tag_ = "VBD" if verb.tag_ == "VBN" else verb.tag_
    for mark in tokens[min(speaker.i, verb.i) : max(speaker.i, verb.i)]:
        if mark.is_punct and (mark.i == verb.i - 1 or not hangs_on(mark.i, speaker.i, heads)):
            heads[mark.i] = verb.i


def _top(at: int, heads: Sequence[int]) -> int:
    while heads[at] != at:
        at = heads[at]
    return at


def _end(at: int, tokens: Sequence[Token], heads: Sequence[int]) -> int:
    """The last word of the verb's own phrase."""
    end = at
    while end + 1 < tokens[at].sent.end and not tokens[end + 1].is_punct and hangs_on(end + 1, at, heads):
        end += 1
    return end
