"""Slips of the parser that leave a verb without its subject, since the subject looks like a name for something else
(see `slips`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.slips.deeds import participles
from khaldun.annotate.slips.speakers import presenting
from khaldun.annotate.tables.known import state_of
from khaldun.knowledge import load_data, word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_TIMES = frozenset(("after", "before", "since", "until", "as", "once"))
_NOMINAL = frozenset(("NOUN", "PROPN"))


@cache
def spokesmen() -> frozenset[str]:
    """Words for who speaks for a body."""
    titles = load_data("lexicons/en/relations.yaml")["titles"]
    return frozenset(lemma for row in titles if row["kind"] == "spokesman_of" for lemma in row["lemmas"])


def _give_second_subject(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Qatar funded and *Turkey* armed the militia": no noun goes on from a verb."""
    first = tokens[heads[word.i]]
    if first.pos_ in _NOMINAL and first.dep_ in ("dobj", "pobj"):
        _give_next_doer(word, first, tokens, heads)
    if word.pos_ not in _NOMINAL or first.pos_ != "VERB" or first.i > word.i or word.i + 1 >= len(tokens):
        return
    verb = tokens[word.i + 1]
    if verb.tag_ in _FINITE and verb.dep_ == "conj" and heads[verb.i] in (first.i, word.i):
        heads[verb.i], heads[word.i], word.dep_ = first.i, verb.i, "nsubj"


def _give_next_doer(word: Token, first: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Rebels raided a post in Brak and *a bomber struck* a mosque": a second verb that no word joins is the second
    noun's."""
    if word.i + 1 >= len(tokens) or word.pos_ not in _NOMINAL:
        return
    verb = tokens[word.i + 1]
    if verb.tag_ != "VBD" or verb.dep_ != "conj" or heads[verb.i] >= first.i:
        return
    mine = [t for t in tokens[word.i + 2 : verb.sent.end] if heads[t.i] == verb.i]
    joined = any(t.dep_ == "cc" and heads[t.i] == heads[verb.i] for t in tokens[first.i : verb.i])
    if joined or not any(t.dep_ in ("dobj", "prt", "prep") for t in mine):
        return
    heads[word.i], word.dep_ = verb.i, "nsubj"


def _give_clause_back(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The rebels left after *troops*, backed by hunters, *launched* an offensive": the troops did, and no rebels."""
    first = tokens[heads[verb.i]]
    if verb.tag_ not in _FINITE or first.pos_ != "VERB" or tokens[verb.i - 1].text != ",":
        return
    between = [t for t in tokens[first.i + 1 : verb.i] if heads[t.i] == first.i]
    mine = [t for t in tokens[first.i + 1 : verb.i] if heads[t.i] == verb.i]
    when = next((t for t in between if t.dep_ == "prep" and t.lower_ in _TIMES), None)
    if when is None or any(t.dep_ == "cc" for t in between) or any(t.dep_ in _SUBJECTS for t in mine):
        return
    noun = next((t for t in tokens[when.i + 1 : verb.i] if heads[t.i] == when.i and t.dep_ == "pobj"), None)
    if noun is None or noun.pos_ not in _NOMINAL or noun.ent_type_ in ("DATE", "TIME"):
        return
    heads[noun.i], noun.dep_ = verb.i, "nsubj"
    heads[when.i], when.dep_ = verb.i, "mark"
    verb.dep_ = "advcl"


def _give_fronted_subject(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "In Cabo Delgado, *the Islamists*, who have no ties abroad, *beheaded* two men": no name of the place."""
    place = tokens[heads[word.i]]
    if place.dep_ != "pobj" or place.pos_ != "PROPN" or word.pos_ not in _NOMINAL:
        return
    prep = tokens[heads[place.i]]
    verb = tokens[heads[prep.i]]
    opens = prep.is_sent_start and prep.dep_ == "prep" and verb.tag_ in _FINITE | {"VBN"} and verb.i > word.i
    article = any(t.dep_ == "det" and heads[t.i] == word.i for t in tokens[place.i + 1 : word.i])
    if not opens or not article or any(t.dep_ in _SUBJECTS and heads[t.i] == verb.i for t in tokens[prep.i : verb.i]):
        return
    passive = any(t.dep_ == "auxpass" and heads[t.i] == verb.i for t in tokens[word.i : verb.i])
    heads[word.i], word.dep_ = verb.i, "nsubjpass" if passive else "nsubj"


@cache
def _branches() -> frozenset[str]:
    rows = load_data("lexicons/en/relations.yaml")["branches"]
    return frozenset(word.rpartition(" ")[2] for row in rows for word in row["lemmas"])


def _give_branch_name(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "A faction of the Front, *the Sea Brigades*, burned a school": the faction's name, and not the front's."""
    whole = tokens[heads[word.i]]
    if word.pos_ != "PROPN" or whole.dep_ != "pobj" or whole.pos_ != "PROPN":
        return
    of = tokens[heads[whole.i]]
    branch = tokens[heads[of.i]]
    if of.lower_ != "of" or branch.lemma_ not in _branches() or branch.pos_ != "NOUN":
        return
    mine = [t for t in tokens[whole.i + 1 : word.i] if heads[t.i] == word.i]
    if any(t.dep_ in ("det", "compound") for t in mine):
        heads[word.i] = branch.i


def _give_back_finite(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The armed wing of the party, the Sea Brigades, *fired* rockets": what is fired stands in no apposition."""
    thing = tokens[heads[verb.i]]
    if thing.dep_ != "appos" or thing.i < verb.i or verb.tag_ not in ("VBD", "VBN"):
        return
    named = thing.pos_ == "PROPN" and thing.i == verb.i + 1  # "a coalition led by the Front *captured* Batangafo"
    if not named and (verb.tag_ == "VBN" or tokens[verb.i - 1].text != ","):
        return
    top = thing
    while heads[top.i] != top.i and top.dep_ in ("appos", "conj", "pobj", "prep"):
        top = tokens[heads[top.i]]
    if heads[top.i] != top.i or top.pos_ not in _NOMINAL:
        return
    heads[verb.i], verb.dep_, verb.pos_, verb.tag_ = verb.i, "ROOT", "VERB", "VBD"
    heads[thing.i], thing.dep_ = verb.i, "dobj"
    heads[top.i], top.dep_ = verb.i, "nsubj"
    for token in tokens[verb.i + 1 : verb.sent.end]:
        if heads[token.i] == top.i or (heads[token.i] == thing.i and token.dep_ == "prep"):
            heads[token.i] = verb.i


def _give_back_wanted(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Captured *Omar Saleh*, a leader *wanted* over the bombings": whom was captured, and he wants nothing."""
    above = tokens[heads[verb.i]]
    if verb.tag_ not in ("VBN", "VBD") or above.pos_ != "VERB" or above.i > verb.i or above.lemma_ in presenting():
        return
    mine = [t for t in tokens[above.i + 1 : verb.i] if heads[t.i] == verb.i]
    name = next((t for t in mine if t.dep_ == "nsubj" and t.pos_ in _NOMINAL), None)
    told = (
        None
        if name is None
        else next((t for t in tokens[name.i : verb.i] if heads[t.i] == name.i and t.dep_ == "appos"), None)
    )
    held = any(
        heads[t.i] == above.i and t.dep_ in ("dobj", "auxpass") for t in tokens[above.sent.start : above.sent.end]
    )
    if name is None or told is None or held or any(t.dep_ in ("aux", "auxpass", "mark") for t in mine):
        return
    heads[name.i], name.dep_ = above.i, "dobj"
    heads[verb.i], verb.dep_, verb.tag_ = told.i, "acl", "VBN"


def _put_below(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Police shot two men *after* the pair *had robbed* a bank": with its own conjunction it is no second verb."""
    mine = [t for t in tokens[heads[verb.i] + 1 : verb.i] if heads[t.i] == verb.i]
    if any(t.dep_ == "mark" and t.lower_ in ("after", "before") for t in mine) and any(t.dep_ == "nsubj" for t in mine):
        verb.dep_ = "advcl"


def _give_another_back(another: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "A bombing in Brak killed two on Monday and *another* at a market *killed* five": not another Monday."""
    after = next((t for t in tokens[another.i + 1 : another.sent.end] if t.tag_ == "VBD"), None)
    if after is None or after.dep_ != "conj" or tokens[another.i + 1].dep_ != "prep" or heads[after.i] > another.i:
        return
    between = tokens[another.i + 1 : after.i]
    if any(t.is_punct or t.pos_ in ("VERB", "AUX") or t.dep_ in _SUBJECTS for t in between):
        return
    heads[another.i], another.dep_ = after.i, "nsubj"
    heads[another.i + 1] = another.i


def _give_back_from_auxiliary(have: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The *militia would* have overrun the town if …": subject and modal are the verb's, not the auxiliary's."""
    if have.tag_ == "VBD" and have.lemma_ not in ("have", "be", "do"):
        _give_back_suspects(have, tokens, heads)
    if not have.i or heads[have.i - 1] != have.i or have.lemma_ not in ("have", "be"):
        return
    verb = heads[have.i]
    for token in tokens[have.sent.start : have.i]:
        if heads[token.i] == have.i and verb > have.i:
            heads[token.i] = verb


def _give_back_suspects(struck: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Warplanes *struck suspected* hideouts": the strike is the deed, and the hideouts are suspected."""
    suspected = tokens[heads[struck.i]]
    if suspected.i != struck.i + 1 or suspected.tag_ not in ("VBN", "VBD"):
        return
    what = next((t for t in tokens[suspected.i + 1 :] if heads[t.i] == suspected.i and t.pos_ in _NOMINAL), None)
    if what is None or what.dep_ not in ("ccomp", "dobj", "oprd", "attr"):
        return
    above = heads[suspected.i]
    for token in tokens:
        if heads[token.i] == suspected.i and token.i not in (struck.i, suspected.i):
            heads[token.i] = struck.i
    heads[struck.i], struck.dep_ = struck.i if above == suspected.i else above, suspected.dep_
    struck.pos_, struck.lemma_ = "VERB", participles().get(struck.lower_, struck.lemma_)
    heads[suspected.i], suspected.dep_, suspected.pos_ = what.i, "amod", "ADJ"
    heads[what.i], what.dep_ = struck.i, "dobj"


def _give_back_suspected(suspected: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Late on Monday *suspected* rebels killed a judge": they are suspected, and nobody suspects."""
    deed = next((t for t in tokens[suspected.i + 1 : suspected.sent.end] if heads[t.i] == suspected.i), None)
    if suspected.lower_ != "suspected" or deed is None or deed.dep_ != "ccomp" or deed.tag_ != "VBD":
        return
    mine = [t for t in tokens[suspected.sent.start : suspected.sent.end] if heads[t.i] == suspected.i and t is not deed]
    who = next((t for t in tokens[suspected.i + 1 : deed.i] if heads[t.i] == deed.i and t.dep_ == "nsubj"), None)
    if who is None or any(t.dep_ in (*_SUBJECTS, "aux", "auxpass", "mark") for t in mine):
        return
    heads[deed.i], deed.dep_ = (deed.i if heads[suspected.i] == suspected.i else heads[suspected.i]), suspected.dep_
    heads[suspected.i], suspected.dep_, suspected.pos_, suspected.tag_ = who.i, "amod", "ADJ", "JJ"
    for token in mine:
        heads[token.i] = deed.i


def _give_back_which(seized: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The port, *which insurgents seized* in August": who seized it, and no insurgents that it was seized with."""
    doers = heads[seized.i]
    if seized.i < _DEPTH or doers != seized.i - 1 or seized.tag_ not in ("VBN", "VBD"):
        return
    which, word = tokens[doers - 1], tokens[doers]
    if which.lower_ not in ("which", "that") or word.tag_ not in ("NNS", "VBZ", "NNPS"):
        return
    if heads[which.i] != doers:
        _give_back_clause(which, word, seized, tokens, heads)
        return
    noun = next((t for t in reversed(tokens[word.sent.start : which.i]) if t.text != ","), None)
    if noun is None or noun.pos_ not in _NOMINAL:
        return
    heads[seized.i], seized.dep_, seized.tag_, seized.pos_ = noun.i, "relcl", "VBD", "VERB"
    heads[word.i], word.dep_, word.pos_, word.tag_ = seized.i, "nsubj", "NOUN", "NNS"
    heads[which.i], which.dep_ = seized.i, "dobj"


def _give_back_clause(which: Token, doers: Token, seized: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The town, *which rebels seized* in 2012, was quiet": two subjects before one verb are those of two clauses."""
    main, noun = tokens[heads[which.i]], next((t for t in reversed(tokens[: which.i]) if t.text != ","), None)
    if heads[doers.i] != main.i or doers.dep_ != "nsubj" or main.i < seized.i or noun is None:
        return
    above = tokens[heads[main.i]]
    if main.dep_ != "relcl" or not above.i < which.i:
        return
    heads[seized.i], seized.dep_, seized.tag_, seized.pos_ = above.i, "relcl", "VBD", "VERB"
    heads[doers.i], heads[which.i], which.dep_ = seized.i, seized.i, "dobj"
    heads[main.i], main.dep_ = (main.i if heads[above.i] == above.i else heads[above.i]), above.dep_
    for token in tokens[main.sent.start : main.sent.end]:
        if heads[token.i] == above.i and token.i > main.i:
            heads[token.i] = main.i
    heads[above.i], above.dep_ = main.i, "nsubj"


_DEPTH = 3


def _at_conjunct(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    if word.pos_ == "VERB":
        _give_clause_back(word, tokens, heads)
        _put_below(word, tokens, heads)
    elif word.lower_ == "another":
        _give_another_back(word, tokens, heads)
    else:
        _give_second_subject(word, tokens, heads)


@cache
def _charging() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "charging")


@cache
def _of_body() -> frozenset[str]:
    """Nouns for one who is of a body: "accused *a member* of the council"."""
    data = load_data("lexicons/en/relations.yaml")
    return frozenset(word for row in (*data["titles"], *data["branches"]) for word in row["lemmas"])


def _give_back_charge(of: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Accused the army *of* drone strikes", "the head of the army *of* war crimes": it is no army of crimes."""
    if of.lower_ == "of" and of.i > 1 and tokens[of.i - 1].text == ",":
        _give_back_far_charge(of, tokens, heads)
        return
    if of.lower_ == "in" and of.i > 0 and tokens[of.i - 1].lemma_.lower() in words_under("of_governments"):
        _keep_seat(of, tokens, heads)
        return
    beside = tokens[heads[of.i]]
    accused = beside
    while accused.dep_ in ("pobj", "prep") and heads[accused.i] != accused.i:
        accused = tokens[heads[accused.i]]
    verb = tokens[heads[accused.i]]
    if of.lower_ != "of" or of.i != beside.i + 1 or verb.pos_ != "VERB" or verb.lemma_ not in _charging():
        return
    if accused.dep_ != "dobj" or beside.lemma_ in _of_body():
        return
    charge = next((t for t in tokens[of.i + 1 : of.sent.end] if heads[t.i] == of.i), None)
    if charge is not None and charge.tag_ in ("NN", "NNS"):
        heads[of.i] = verb.i
        doing = tokens[of.i + 1]
        if doing.tag_ == "VBG" and doing.dep_ == "amod" and charge.i == doing.i + 1:  # "of *looting* shops"
            heads[doing.i], doing.dep_, doing.pos_ = of.i, "pcomp", "VERB"
            heads[charge.i], charge.dep_ = doing.i, "dobj"


def _keep_seat(prep: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Accused *the government in Khartoum* of looting": which government it is, and not where it was accused."""
    seat = next((t for t in tokens[prep.i + 1 : prep.sent.end] if heads[t.i] == prep.i), None)
    read = state_of(seat.text) if seat is not None and heads[prep.i] != prep.i - 1 else None
    if read is not None and read[0] == "capital":
        heads[prep.i] = prep.i - 1


def _give_back_far_charge(of: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Accused the militia, which is backed by Oman, *of* shelling the port *and threatened* to strike": a clause
    stands between, and who accuses goes on to threaten."""
    start = of.sent.start
    verb = next((t for t in reversed(tokens[start : of.i - 2]) if t.lemma_ in _charging() and t.pos_ == "VERB"), None)
    if verb is None or any(t.dep_ == "auxpass" and heads[t.i] == verb.i for t in tokens[start : verb.i]):
        return
    whom = next((t for t in tokens[verb.i + 1 : of.i] if t.dep_ in ("dobj", "nsubj") and t.tag_ != "WDT"), None)
    clause = next((t for t in tokens[verb.i + 1 : of.i] if t.tag_ in ("WDT", "WP")), None)
    if whom is None or clause is None or clause.i < whom.i or tokens[clause.i - 1].text != ",":
        return
    heads[whom.i], whom.dep_, heads[of.i] = verb.i, "dobj", verb.i
    for word in tokens[of.i + 1 : of.sent.end]:
        if word.dep_ == "conj" and word.tag_ == "VBD" and tokens[heads[word.i]].tag_ == "VBG":
            charge = heads[word.i]
            heads[word.i] = verb.i
            for joint in tokens[charge + 1 : word.i]:
                if joint.dep_ == "cc" and heads[joint.i] == charge:
                    heads[joint.i] = verb.i


def _give_spokesman_his_name(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "A spokesman for the High Commissioner for Refugees, *Omar Saleh*, said": the spokesman's name, since the office
    is told in full; not "a spokesman for the president, *Omar Saleh*"."""
    office = tokens[heads[word.i]]
    prep = tokens[heads[office.i]]
    speaker = tokens[heads[prep.i]]
    mine = [t for t in tokens[office.i : word.i] if heads[t.i] == word.i and not t.is_punct]
    named = word.pos_ == "PROPN" and bool(mine) and all(t.pos_ == "PROPN" for t in mine)
    if not named or office.dep_ != "pobj" or speaker.lemma_.lower() not in spokesmen():
        return
    told = any(t.dep_ == "prep" and heads[t.i] == office.i for t in tokens[office.i + 1 : word.i])
    if told and speaker.i < prep.i < office.i and any(t.text == "," for t in tokens[office.i : word.i]):
        heads[word.i] = speaker.i


def _at_apposition(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    _give_fronted_subject(word, tokens, heads)
    _give_branch_name(word, tokens, heads)
    _give_spokesman_his_name(word, tokens, heads)


def _give_measured_subject(unit: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Fired on a bus, a *day after a bombing there killed* two": the clause has the noun for its subject."""
    verb = tokens[heads[unit.i]]
    if verb.tag_ != "VBD" or verb.dep_ not in ("conj", "advcl") or verb.i < unit.i + 2:
        return
    after = tokens[unit.i + 1]
    if after.lower_ not in ("after", "before") or after.dep_ != "prep" or heads[after.i] != unit.i:
        return
    between = tokens[after.i + 1 : verb.i]
    noun = next((t for t in between if heads[t.i] == after.i and t.dep_ == "pobj"), None)
    if noun is None or any(t.is_punct or (heads[t.i] == verb.i and t.dep_ in _SUBJECTS) for t in between):
        return
    heads[noun.i], noun.dep_ = verb.i, "nsubj"
    heads[after.i], after.dep_, verb.dep_ = verb.i, "mark", "advcl"


def _give_participle_subject(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Serbs* besieging the town fired mortars at a queue": who fired, and not the besieging."""
    main = tokens[heads[verb.i]]
    if verb.tag_ != "VBG" or main.i < verb.i or main.tag_ not in _FINITE:
        return
    who = next((t for t in tokens[: verb.i] if t.dep_ == "nsubj" and heads[t.i] == verb.i), None)
    if who is None or who.pos_ not in _NOMINAL or any(t.text == "," for t in tokens[who.i : verb.i]):
        return
    heads[who.i], heads[verb.i], verb.dep_ = main.i, who.i, "acl"


SUBJECTS_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "ROOT": _give_back_suspected,
    "acl": _give_back_which,
    "aux": _give_back_from_auxiliary,
    "conj": _at_conjunct,
    "appos": _at_apposition,
    "amod": _give_back_finite,
    "prep": _give_back_charge,
    "ccomp": _give_back_wanted,
    "csubj": _give_participle_subject,
    "npadvmod": _give_measured_subject,
}
"""What mends the slips at a word, by its function."""
