"""States and their people as actors: "Kenya expelled", "Nairobi denied", "five Kenyans".

A state's name is an actor only where it does, says or is dealt with as a party; elsewhere it is a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from khaldun.annotate.actors.nationality import country_led
from khaldun.annotate.actors.noun_phrases import acts, happens, left_edge
from khaldun.annotate.found import Found
from khaldun.annotate.grammar.tie_words import Ties, not_at_its_head, ties
from khaldun.annotate.grammar.trigger_table import kind_of
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.tables.known import State, state_of, state_words
from khaldun.annotate.tables.names import ENGLISH_ARTICLES, fold_name
from khaldun.annotate.words import Doc, Token
from khaldun.knowledge import word_list
from khaldun.model import Span

HEADED = "state:headed"
"""The rule by which a state is named in the title of its head."""

_TOWNS = frozenset({"capital", "city", "town", "port"})
_ABBREVIATED = frozenset({"US", "UK", "UAE"})
_READ = "khaldun.states"
_TOLD = "khaldun.countries"
_LONGEST = 4  # words in the name of a state
_LAID_ON = frozenset({"on", "against", "upon"})
"""What leads to the state that bears a penalty: "an embargo *on* Chad"."""
_ADDRESSING = frozenset({"blame", "call"})
_DONE_TO = frozenset({"of", "on", "against"})
_DEALT_WITH = frozenset({"to", "with", "against", "between", "for", "from", "by", "upon", "of", "at"})


def find_states(doc: Doc) -> list[Found]:
    """Names and capitals of states that act, and nouns for their people."""
    found: list[Found] = []
    covered = 0
    for start, (kind, end) in _words_of_states(doc).items():
        if start < covered:
            continue
        covered = end
        head = doc[start:end].root
        struck = kind in ("adjective", "name") and _mission_struck(head)
        if struck or (kind in ("adjective", "name") and (_holds(head) or _is_headed(doc, start, end))):
            rule = "state:name" if struck or _holds(head) else HEADED
            found.append(Found(_without_s(doc[start:end].text, _span(doc, start, end)), rule, "name", rank=3))
        elif kind in ("name", "capital") and _is_party(head, doc, start, end, name=kind == "name"):
            span = _span(doc, start, end)
            found.append(Found(_without_s(doc[start:end].text, span), f"state:{kind}", "name", rank=3))
        elif kind in ("people", "adjective") and _is_people(head):
            left = left_edge(head)
            span = Span(doc[left].idx, head.idx + len(head.text))
            inner = Span(head.idx, span.end) if left < head.i else None
            found.append(Found(span, "people", "description", head=inner, rank=4))
    return found


def _mission_struck(word: Token) -> bool:
    """ "The bombing of the *French* embassy": whose mission is struck is struck with it."""
    mission = word.head
    if word.dep_ not in ("amod", "compound", "nmod", "poss") or mission.lemma_.lower() not in words_under("missions"):
        return False
    if mission.dep_ == "pobj":
        above = mission.head.head
        return mission.head.lower_ in _STRUCK_AT and (_is_deed(above) or _is_blow(above))
    return mission.dep_ in ("dobj", "nsubjpass") and _is_blow(mission.head)


_STRUCK_AT = frozenset({"of", "on", "at", "against", "outside", "near", "inside"})


def _is_blow(verb: Token) -> bool:
    found = match(verb) if verb.pos_ == "VERB" else None
    return found is not None and any(kind_of(e, verb).violent or e.kind == "riot" for e in found.entries)


def _may_strike(verb: Token) -> bool:
    """ "*Turkey* could launch an offensive", "*Israel* may bomb the reactor": no land does, even in fear."""
    return _is_blow(verb) or any(c.dep_ == "dobj" and _is_deed(c) for c in verb.children)


def _span(doc: Doc, start: int, end: int) -> Span:
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))


def _is_headed(doc: Doc, start: int, end: int) -> bool:
    """ "*U.S.* President Adam Cole", "the *Turkish* president, Omar Kaya", "King Tariq of *Oman*": the state that
    somebody named is the head of; of former heads it is not told."""
    if start and doc[start - 1].lower_ == "of":
        return _bears_title(doc, start - 2)
    at = end + (doc[min(end, len(doc) - 1)].lower_ in ("'s", "’s"))
    owner = doc[end - 1].lower_ in ("'s", "’s") or at > end
    if owner and _names_leader(doc, at, state_of(doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1].text)])):
        return True
    last = _title_at(doc, at)
    if last is None or (start and doc[start - 1].lower_ in not_at_its_head()):
        return False
    behind = last + 1 + (last + 1 < len(doc) and doc[last + 1].text == ",")
    return doc[last].dep_ == "appos" or (behind < len(doc) and doc[behind].pos_ == "PROPN")


def _names_leader(doc: Doc, start: int, told: tuple[str, State] | None) -> bool:
    """ "Iraq's *Saddam Hussein*": by name the one who is known to lead it."""
    end = start
    while end < len(doc) and doc[end].pos_ == "PROPN":
        end += 1
    if told is None or not start < end:
        return False
    name = doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1].text)]
    return country_led(name, titled=False) == told[1].iso3


def _title_at(doc: Doc, at: int) -> int | None:
    """The last word of a title of heads of state that begins here."""
    heads = ties().heads_of_state
    for words in (2, 1):
        if at + words <= len(doc) and " ".join(t.lower_ for t in doc[at : at + words]) in heads:
            return at + words - 1
    return None


def _bears_title(doc: Doc, last: int) -> bool:
    """True for a name with the title before it, "*King Tariq* of Oman", and for a title told of a name, "Tariq, *the
    king* of Oman"."""
    first = last
    while first >= 0 and doc[first].pos_ == "PROPN" and _title_at(doc, first) is None:
        first -= 1
    begins = next((i for i in (first - 1, first) if i >= 0 and _title_at(doc, i) is not None), None)
    if begins is None or (begins and doc[begins - 1].lower_ in not_at_its_head()):
        return False
    return _title_at(doc, begins) != last or doc[last].dep_ == "appos"


def _holds(adjective: Token) -> bool:
    """ "Under *Russian* control", "in *Iraqi* hands"."""
    held = adjective.head
    return (
        adjective.dep_ in ("compound", "amod", "nmod")
        and adjective.i + 1 == held.i
        and held.lower_ in words_under("sway")
        and held.dep_ == "pobj"
    )


def state_at(doc: Doc, start: int) -> tuple[str, int]:
    """What a word of a state at this token is (name, capital, adjective, people), and one past its last token."""
    return _words_of_states(doc).get(start) or ("", start)


def countries_told(doc: Doc) -> Mapping[str, int]:
    """How often each country is named in a paragraph, its adjective and capital counted."""
    told: dict[str, int] | None = doc.user_data.get(_TOLD)
    if told is None:
        told = doc.user_data[_TOLD] = {}
        for start, (_, end) in _words_of_states(doc).items():
            read = state_of(doc.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1].text)])
            if read is not None:
                told[read[1].iso3] = told.get(read[1].iso3, 0) + 1
    return told


def inside_state(token: Token, before: int) -> bool:
    """True for a word of a state's name that begins at one of so many words before it."""
    states = _words_of_states(token.doc)
    starts = range(max(0, token.i - before), token.i) if states else ()
    return any(states[i][1] > token.i for i in starts if i in states)


def _words_of_states(doc: Doc) -> dict[int, tuple[str, int]]:
    """By the number of its first token, in order, what each word of a state is and where it ends; read once."""
    found: dict[int, tuple[str, int]] | None = doc.user_data.get(_READ)
    if found is None:
        texts = ((token.i, token.text) for token in doc.tokens)
        read = ((i, _state_from(doc, i)) for i, text in texts if text[:1].isupper() and _may_open(text))
        found = doc.user_data[_READ] = {i: state for i, state in read if state is not None}
    return found


def _state_from(doc: Doc, start: int) -> tuple[str, int] | None:
    tokens = doc.tokens
    if tokens[start].lower_ in ENGLISH_ARTICLES:
        return None
    for last in range(min(start + _LONGEST, len(tokens)) - 1, start - 1, -1):
        if not tokens[last].is_punct and tokens[last].lower_ not in ENGLISH_ARTICLES:  # "Turkey, a | member of NATO"
            read = state_of(doc.text[tokens[start].idx : tokens[last].idx + len(tokens[last].text)])
            if read is not None:
                return read[0], last + 1
    return None


@lru_cache(maxsize=65_536)
def _may_open(word: str) -> bool:
    """True for a word that some name or adjective of a state begins with."""
    folded = fold_name(word)
    key = folded[0] if folded else ""
    return bool(_openings() & {key, key.removesuffix("s")}) or "." in word or len(folded) > 1


@cache
def _openings() -> frozenset[str]:
    return frozenset(words.split()[0] for words in state_words())


def _without_s(quote: str, span: Span) -> Span:
    """The name without "'s", without the s of a lost apostrophe ("Syrias"), without the full stop of a sentence."""
    if quote.endswith("'s"):
        return Span(span.start, span.end - 2)
    if quote.endswith(".") and "." not in quote[:-1]:
        return Span(span.start, span.end - 1)
    lost = quote.endswith("s") and " ".join(fold_name(quote)) not in state_words()
    return Span(span.start, span.end - 1) if lost else span


def _is_party(head: Token, doc: Doc, start: int, end: int, *, name: bool) -> bool:
    if end < len(doc) and (doc[end].text == "-" or doc[end].lower_ == "based"):
        return False
    if not name and head.text.isupper() and len(head) > 3:
        return False  # the capital of a dateline
    if not name and head.dep_ == "appos" and head.head.lemma_.lower() in _TOWNS:
        return False  # "left for the Sudanese *capital Khartoum*": the town
    if not name and _is_struck(head):
        return False
    if name and head.dep_ in ("compound", "amod", "nmod"):
        short = doc[start:end].text.replace(".", "") in _ABBREVIATED
        return short and head.head.lemma_.lower() in words_under("strikes")
    return _party(head)


def _party(head: Token) -> bool:
    parent = head.head
    if head.dep_ in ("conj", "appos") and parent.i != head.i and parent.pos_ in ("PROPN", "NOUN"):
        return _party(parent) or acts(parent)
    if _is_side(head):
        return True
    if head.dep_ == "nsubj":
        parent = _to_be_done(parent)
        return (
            (happens(parent) and parent.lemma_ not in words_under("of_the_land"))
            or _makes_move(parent)
            or _makes_move(head.head)
            or _is_told_to(parent)
            or _may_strike(parent)
        )
    if head.dep_ == "nsubjpass":
        return _makes_move(parent)
    if head.dep_ in ("dobj", "dative"):
        return parent.lemma_ in words_under("towards") or _makes_move(parent)
    if head.dep_ == "poss" and parent.lemma_.lower() in words_under("campaigns") and _is_deed(parent):
        return True
    if head.dep_ == "poss" and _is_deed(parent) and any(c.lower_ in _DONE_TO for c in parent.children):
        return True
    if head.dep_ == "poss" and any(c.dep_ == "prep" for c in parent.children) and _is_move(parent):
        return True
    if head.dep_ == "poss" and parent.dep_ in ("dobj", "pobj"):
        return any(map(_makes_move, _governors_of_object(parent)))
    if head.dep_ == "pobj" and parent.lower_ == "by":
        return parent.dep_ == "agent" or parent.head.tag_ == "VBN" or _is_deed(parent.head) or _ends_deed(parent)
    if head.dep_ == "pobj" and parent.lower_ == "on" and parent.head.lemma_ in _ADDRESSING:
        return True
    if head.dep_ == "pobj" and parent.lower_ in _LAID_ON and parent.head.lemma_.lower() in words_under("penalties"):
        return True
    if head.dep_ == "pobj" and parent.lower_ == "to" and _goes(parent.head):
        return False  # "surrendered and was flown *to Chad*", which took no part in it
    if head.dep_ == "pobj" and parent.lower_ in ("to", "with", "against", "between", "over"):
        dealing = words_under("dealings") | words_under("towards")
        dealt_with = any(t.lemma_ in dealing for t in _governors(parent))
    else:
        dealt_with = False
    if dealt_with:
        return True
    if head.dep_ == "pobj" and parent.lower_ in _DEALT_WITH:
        return any(map(_makes_move, _governors_of_object(head)))
    return False


def _goes(verb: Token) -> bool:
    return verb.lemma_ in _motion() and not any(c.dep_ == "dobj" for c in verb.children)


@cache
def _motion() -> frozenset[str]:
    return word_list("lexicons/en/places.yaml", "motion")


def _is_at_war(state: Token, words: Ties) -> bool:
    """ "*Chad's* war with *Mali*", "*Chad* went to war with *Mali*", "*Chad's* defeat by *Mali* in a war"."""
    above = state.head
    if above.lemma_ in words.defeats and state.dep_ in ("poss", "nsubj", "nsubjpass"):
        return _names_war(above, words)
    if state.dep_ == "pobj" and above.lower_ == "by" and above.head.lemma_ in words.defeats:
        return _names_war(above.head, words)
    if state.dep_ == "poss":
        return _is_war(above, words) and any(c.lower_ == "with" for c in above.children)
    if state.dep_ == "pobj" and above.lower_ in ("with", "against"):
        told = above.head
        return _is_war(told, words) or (told.lemma_ in words.waging and _war_of(told, words) is not None)
    if state.dep_ in ("nsubj", "conj"):
        verb = above.head if state.dep_ == "conj" else above
        war = _war_of(verb, words) if verb.lemma_ in words.waging else None
        with_other = war is not None and any(c.lower_ == "with" for t in (war, verb) for c in t.children)
        both = state.dep_ == "conj" or any(c.dep_ == "conj" for c in state.children)
        return war is not None and (with_other or both)
    return False


def _war_of(verb: Token, words: Ties) -> Token | None:
    """The war that a verb tells of: "fought a *war*", "went to *war*"."""
    below = (g for c in verb.children for g in ((c,) if c.dep_ == "dobj" else c.children if c.lower_ == "to" else ()))
    return next((g for g in below if _is_war(g, words)), None)


def _is_war(noun: Token, words: Ties) -> bool:
    """Fought with arms, unlike "a *trade* war"."""
    return noun.lemma_ in words.wars and not any(c.lower_ in words.unarmed for c in noun.children)


def _names_war(defeat: Token, words: Ties) -> bool:
    """Beaten in a war, and in no game."""
    return any(t.lemma_ in words.wars for t in defeat.subtree)


def _is_side(state: Token) -> bool:
    """ "*Chad's* war on the Front", "*Chad* joined the fight against it", "remains committed to it", "is its ally"."""
    words, above = ties(), state.head
    if _is_at_war(state, words):
        return True
    if state.dep_ == "poss":
        return above.lemma_ in words.contests and any(c.lower_ in ("against", "on") for c in above.children)
    if state.dep_ == "pobj":
        if above.lower_ == "with":  # "at war *with Chad*"
            at = (g for c in above.head.children if c.lower_ == "at" for g in c.children)
            return any(g.lemma_ == "war" for g in at)
        of_side = above.lower_ == "of" and above.head.pos_ == "NOUN"
        return of_side and words.branches.get(above.head.lemma_) in ("allied_with", "rival_of")
    if state.dep_ != "nsubj":
        return False
    if any(c.dep_ == "attr" and words.branches.get(c.lemma_) in ("allied_with", "rival_of") for c in above.children):
        return True
    told = next((c for c in above.children if c.dep_ == "acomp" and c.lower_ == "committed"), above)
    ends = (g for c in told.children for g in ([c] if c.dep_ == "dobj" else c.children if c.lower_ == "to" else ()))
    return (told is not above or told.lemma_ in words.waging) and any(
        g.lemma_ in words.contests and any(c.lower_ in ("against", "on") for c in g.children) for g in ends
    )


def _to_be_done(verb: Token) -> Token:
    """The deed of "France and Mali *are to swap* envoys", "Kenya *is due to send* troops"; else the verb itself (which
    in "Kenya *is willing* to pull out" is a move of its own)."""
    if verb.lemma_ != "be":
        return verb
    above = next((c for c in verb.children if c.dep_ == "acomp"), verb)
    return next((c for c in above.children if c.dep_ == "xcomp" and c.tag_ == "VB"), verb)


def _is_deed(noun: Token) -> bool:
    """True for a noun of force or coercion: "*Israel's* shelling of the camp", "the expulsion of envoys by *Egypt*"."""
    found = match(noun) if noun.pos_ in ("NOUN", "PROPN") else None
    kind = kind_of(found.entries[0], noun) if found is not None else None
    return kind is not None and (kind.violent or kind.plover_type in ("ASSAULT", "COERCE"))


def _is_move(noun: Token) -> bool:
    """ "*Israel's* withdrawal from the strip", "*Libya's* support for the rebels", "*Algeria's* offer of talks"."""
    found = match(noun) if noun.pos_ == "NOUN" else None
    return found is not None and any(e.political or e.kind.startswith("retreat.") for e in found.entries)


def _is_struck(capital: Token) -> bool:
    """ "The rebels attacked *Freetown*": the town, and no government."""
    deed = match(capital.head) if capital.dep_ == "dobj" else None
    return deed is not None and kind_of(deed.entries[0], capital.head).violent


def _ends_deed(by: Token) -> bool:
    """ "the arrest of a leader *by* Egypt", where the parser hangs "by" on the leader."""
    noun = by.head
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return above is not noun and _is_deed(above)


def _makes_move(word: Token) -> bool:
    """True for the word of a political move, whose subject and object are parties: "is *ready* to send"."""
    found = match(word) if word.pos_ in ("VERB", "AUX") else None
    return found is not None and any(entry.political for entry in found.entries)


def _is_told_to(verb: Token) -> bool:
    """True for the clause of a call: "demanded that *Turkey open* the archives", "said that *Serbia must leave*"."""
    return verb.dep_ == "ccomp" and _makes_move(verb.head)


def _governors_of_object(noun: Token) -> Iterator[Token]:
    """The verb that an object stands under, however many phrases are between: "accepted demands from *Chad*"."""
    for _ in range(4):
        noun = noun.head
        if noun.pos_ in ("VERB", "AUX"):
            yield noun
            return
        if noun.dep_ not in ("prep", "pobj", "dobj", "dative", "nsubjpass", "conj"):
            return


def _governors(prep: Token) -> list[Token]:
    """What the preposition hangs on; for "handed over to" the verb as well."""
    return [prep.head, prep.head.head] if prep.head.lower_ == "over" else [prep.head]


def _is_people(head: Token) -> bool:
    if head.dep_ in ("amod", "compound", "nmod") or head.pos_ not in ("PROPN", "NOUN", "ADJ"):
        return False
    if head.i + 1 < len(head.doc) and head.nbor(1).text == "-":
        return False  # "American-made"
    if head.pos_ == "ADJ" and not any(c.dep_ == "det" for c in head.children):
        return False
    return acts(head) or (head.dep_ == "dobj" and happens(head.head)) or _is_side(head)
