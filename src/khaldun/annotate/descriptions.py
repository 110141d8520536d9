"""Actors named by what they are: noun phrases on the heads of the lexicon ("rival jihadists inside the port")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from khaldun.annotate.found import Found
from khaldun.annotate.headlines import headlines
from khaldun.annotate.known import Spotted, leader_of, state_of
from khaldun.annotate.names import fold_name, is_acronym, is_shouting
from khaldun.annotate.noun_phrases import (
    acts,
    denied,
    does,
    identifying,
    left_edge,
    premodifiers,
    relative_end,
    says,
    strikes,
    tail_end,
)
from khaldun.annotate.nouns import NounReading, lemma_in, read_noun, words_under
from khaldun.annotate.owners import find_owners
from khaldun.annotate.stateactors import state_at
from khaldun.model import MentionForm, Span

_MODIFIES = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})
# "dozens of fighters", "a number of villagers": the amount belongs to the phrase.
_AMOUNT = re.compile(
    r"(?:\b(?:at least|more than|up to|about|some|a|the|several|few)\s+)*"
    r"\b(?:dozens?|scores|hundreds|thousands|tens|number|handful|group|couple|majority|most|many|some|none|all|\d+)\s+of\s+"
    r"(?:the\s+)?$",
    re.I,
)
_TIES = re.compile(r"\s+(?:belonging|loyal|linked|affiliated|allied|aligned)\s+(?:to|with)\s+(?:the\s+)?", re.I)
_NAMED_TAIL = re.compile(r"\s+(?:from|of|in|inside|within|with)\s+(?:the\s+)?", re.I)
_OWNING = re.compile(r"(?:'s?[\"'”]?|s)?\s+(?:\([^()]{1,20}\)\s+)?(?:[a-z]+\s+){0,2}")


@dataclass(frozen=True, slots=True)
class Around:
    """The names of a passage: `owners` can own a force or be in a tail, `people` cannot."""

    doc: Doc
    text: str
    owners: tuple[Span, ...]
    people: tuple[Span, ...]
    places: tuple[Span, ...]
    headlines: tuple[Span, ...]
    shouting: bool

    def holding(self, token: Token) -> Span | None:
        """The name that holds the token."""
        where = Span(token.idx, token.idx + len(token.text))
        return next((s for s in (*self.owners, *self.people) if s.overlaps(where)), None)


def find_descriptions(
    doc: Doc, text: str, known: Sequence[Spotted], names: Sequence[Found], places: Sequence[Span] = ()
) -> list[Found]:
    """Descriptive phrases. One on a name's own forces ("Peshmerga fighters") has that name as its head."""
    around = Around(
        doc,
        text,
        (*(k.span for k in known), *(f.span for f in names if f.rule.startswith("org"))),
        tuple(f.span for f in names if f.rule.startswith("person")),
        tuple(places),
        tuple(headlines(doc)),
        is_shouting(text),
    )
    found = [f for token in doc if (f := _read(around, token)) is not None]
    return [*_paired(text, found), *find_owners(doc, [k.span for k in known])]


def _read(around: Around, head: Token) -> Found | None:
    if head.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return None
    held = around.holding(head)
    if held is not None:
        return _full_name(around.doc, head, held) if held in around.owners else None
    reading = read_noun(head.text)
    if reading is not None and any(end > head.i for _kind, end in (state_at(around.doc, i) for i in _before(head))):
        return None
    if reading is None:
        return None
    if _holds(head, reading):
        return Found(Span(head.idx, head.idx + len(head.text)), f"holder:{reading.word}", "description", rank=4)
    if not _heads_phrase(head, reading):
        return None
    return (
        _own_force(around, head)
        or _named_group(around, head)
        or _epithet(around, head)
        or _described(around, head, reading)
    )


def _holds(token: Token, reading: NounReading) -> bool:
    """ "rebel-held", "government-controlled": the noun of a side, joined to what it does to a place."""
    after = token.doc[token.i + 1 : token.i + 3]
    return (
        reading.type in ("person", "armed_group", "government", "state_force", "organisation")
        and (reading.entry.key in ("fighter", "government", "force") or reading.word == "opposition")
        and len(after) == 2
        and after[0].text == "-"
        and not token.whitespace_
        and lemma_in(after[1].text, words_under("held"))
    )


def _before(head: Token) -> range:
    return range(max(0, head.i - 3), head.i)


def _heads_phrase(token: Token, reading: NounReading) -> bool:
    """True unless the noun only modifies another ("rebel broadcast", "spokesman Ali Saad")."""
    if token.pos_ in ("ADJ", "VERB"):
        return token.pos_ == "ADJ" and reading.plural and token.dep_ not in _MODIFIES
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
        return False
    return not (token.i + 1 < len(token.doc) and token.nbor(1).text == "-" and not token.whitespace_)


# ------------------------------------------------------------------------------------------------ with a name


def _full_name(doc: Doc, head: Token, name: Span) -> Found | None:
    """A name with what is said before it: "Kurdish-led Red Valley Forces", "Syrian affiliate Red Front"."""
    tokens = doc.char_span(name.start, name.end, alignment_mode="expand")
    if tokens is None or head.i != tokens.end - 1:
        return None
    start = tokens.start
    while start and _leads_in(doc[start - 1]):
        start -= 1
    if start == tokens.start:
        return None
    return Found(Span(doc[start].idx, name.end), "full-name", "name", head=name, rank=2)


def _leads_in(token: Token) -> bool:
    """True for a word that stands before a name in apposition to it or as its adjective."""
    if token.is_punct and token.text != "-":
        return False
    if {token.lower_, _beside(token, -1).casefold()} & {"pro", "anti", "counter", "non"}:
        return False
    if token.text == "-" or "-" in (_beside(token, -1), _beside(token, 1)):
        return not token.is_digit and _tight(token)
    if token.tag_ == "POS" or token.lower_ in ("so-called", "ruling", "banned", "outlawed", "proscribed"):
        return True
    if token.lower_ in words_under("before_names"):
        return _leads_in(token.nbor(1)) and token.nbor(1).tag_ != "POS"
    reading = read_noun(token.text)
    if reading is not None and token.text.islower() and not reading.plural:
        return reading.type in ("organisation", "armed_group", "media")
    state = state_of(token.text)
    return (
        token.text[:1].isupper()
        and token.pos_ in ("ADJ", "PROPN")
        and (
            (state is not None and state[0] == "adjective")
            or (token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "POS")
            or _lost_possessive(token)
        )
    )


def _tight(token: Token) -> bool:
    """True for a hyphen, or a word beside one, without a space between ("Kurdish-led", not "Valley - Reds")."""
    doc, i = token.doc, token.i
    if token.text == "-":
        return i > 0 and not doc[i - 1].whitespace_ and not token.whitespace_
    after = _beside(token, 1) == "-" and not token.whitespace_ and not doc[i + 1].whitespace_
    before = _beside(token, -1) == "-" and i > 1 and not doc[i - 2].whitespace_ and not doc[i - 1].whitespace_
    return after or before


def _beside(token: Token, by: int) -> str:
    """The word next to the token, or nothing at the end of the passage."""
    return str(token.nbor(by).text) if 0 <= token.i + by < len(token.doc) else ""


def _lost_possessive(token: Token) -> bool:
    """ "Al-Qaedas Syrian affiliate": a possessive whose apostrophe a feed has stripped."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return token.text.endswith("s") and after is not None and state_of(after.text) is not None and not after.is_punct


def _own_force(around: Around, head: Token) -> Found | None:
    """ "Peshmerga fighters", "the Red Front's gunmen", "Hamas militant group"."""
    reading = read_noun(head.text)
    striking = reading is not None and reading.entry.must_strike and strikes(head)
    if not (striking or lemma_in(head.text, words_under("own_forces"))):
        return None
    text = around.text
    left = around.doc[left_edge(head)].idx
    for name in sorted(around.owners, key=lambda s: -s.end):
        between = text[name.end : head.idx]
        if name.end > head.idx or not _OWNING.fullmatch(between):
            continue
        if max(name.end, name.start + 4) < left and not between.lstrip().startswith("("):
            continue
        if (name.start and text[name.start - 1] == "-") or "," in between:
            continue
        if not _joined(around.doc, name.end, head):
            continue
        owned = "'" in between or between.startswith("s ")
        if owned and read_noun(head.text) is not None and not _is_force(head):
            return None
        return Found(Span(min(left, name.start), head.idx + len(head.text)), "own-force", "description", name, rank=2)
    return None


def _named_group(around: Around, head: Token) -> Found | None:
    """ "the Nyatura militia": a name of no table in front of what it is."""
    if not (head.text.islower() and lemma_in(head.text, words_under("named_groups"))):
        return None
    doc, first = around.doc, head.i
    while first and _group_name(doc[first - 1]) and around.holding(doc[first - 1]) is None:
        first -= 1
    left = left_edge(head)
    if first == head.i or denied(head) or (first > left and doc[first - 1].text == "-"):
        return None
    name = Span(doc[first].idx, doc[head.i - 1].idx + len(doc[head.i - 1].text))
    if any(p.overlaps(name) for p in around.places):
        return None
    start = min(doc[left].idx, name.start)
    return Found(Span(start, head.idx + len(head.text)), "own-force", "description", name, rank=3)


def _group_name(token: Token) -> bool:
    return (
        token.text[:1].isupper()
        and token.pos_ == "PROPN"
        and token.is_alpha
        and not token.is_sent_start
        and token.ent_type_ != "NORP"
        and state_of(token.text) is None
        and read_noun(token.text) is None
        and token.lower_ not in words_under("telling") | words_under("titles") | words_under("peoples")
    )


def _joined(doc: Doc, start: int, head: Token) -> bool:
    """True where nothing but modifiers stands between the name and the noun."""
    between = doc.char_span(start, head.idx, alignment_mode="contract") or doc[head.i : head.i]
    words = [t for t in between if t.is_alpha and t.tag_ != "POS" and not t.text.isupper() and t.lower_ != "s"]
    return not any(t.is_stop or t.tag_ in ("VBD", "VBZ", "VBP", "MD", "IN") for t in words)


def _is_force(head: Token) -> bool:
    reading = read_noun(head.text)
    return reading is not None and reading.plural and reading.type in ("armed_group", "state_force")


def _epithet(around: Around, head: Token) -> Found | None:
    """ "Shekau's loyalists": the phrase stands for the group whose leader is named, not for him."""
    if not lemma_in(head.text, words_under("epithets")):
        return None
    left = around.doc[left_edge(head)].idx
    match = re.match(r"(.{2,60}?)(?:'s?|s)\s+(?:[a-z-]+\s+)?$", around.text[left : head.idx])
    if match is None or fold_name(match.group(1)) not in leader_of():
        return None
    name = Span(left, left + len(match.group(1)))
    return Found(Span(left, head.idx + len(head.text)), "epithet", "description", head=name, rank=1)


# ------------------------------------------------------------------------------------------------ by noun alone


def _described(around: Around, head: Token, reading: NounReading) -> Found | None:
    doc = around.doc
    start, end = _edge(head, reading), head.i + 1
    if any(s.start <= head.idx < s.end for s in around.headlines):
        start = max(start, _last_modifier(head))
    else:
        end = _tail(around, head, reading)
    if not _stands(head, reading, start, has_tail=end > head.i + 1, shouting=around.shouting) or _turned(doc, start):
        return None
    if end == head.i + 1 and reading.entry.private and not reading.plural:
        end = relative_end(head)
    first = _with_amount(around.text, doc[start].idx)
    span = Span(first, doc[end - 1].idx + len(doc[end - 1].text))
    name = _proper_name(doc, start, head) if end == head.i + 1 else None
    if name is not None and name != span:
        return Found(span, "full-name", "name", head=name, rank=4)
    head_span = Span(head.idx, head.idx + len(head.text))
    return Found(
        span, f"noun:{reading.word}", _form(head, start), head=head_span if head_span != span else None, rank=4
    )


def _edge(head: Token, reading: NounReading) -> int:
    """The left edge of the phrase, nearer where a lost mark has joined it to what is said before.

    "the last route | militants used", "Monitor AFP | Children died"."""
    start = left_edge(head)
    opens = reading.plural and reading.entry.private and head.text[:1].isupper() and head.i > start
    if opens and head.nbor(-1).pos_ == "PROPN" and is_acronym(head.nbor(-1).text):
        return head.i
    if reading.plural and reading.entry.key == "fighter":
        for i in range(head.i - 1, start - 1, -1):
            if _is_foreign_noun(head.doc[i]):
                return i + 1
    return start


def _is_foreign_noun(token: Token) -> bool:
    """True for a common noun that no fighters are called by."""
    return (
        token.pos_ == "NOUN"
        and token.dep_ == "compound"
        and token.text.islower()
        and "-" not in (_beside(token, 1), _beside(token, -1))
        and read_noun(token.text) is None
        and token.lower_ not in words_under("telling") | words_under("of_fighters")
    )


def _proper_name(doc: Doc, start: int, head: Token) -> Span | None:
    """The name at the end of a phrase: "Falcon Brigade" in "Egypt-backed Falcon Brigade", "Haftar's Falcon Brigade"."""
    reading = read_noun(head.text)
    if not head.text[:1].isupper() or reading is None or reading.plural or reading.type in ("person", "population"):
        return None
    first = head.i
    while first > start and _in_name(doc[first - 1]):
        first -= 1
    if first == head.i or state_of(doc[first].text) is not None:
        return None
    return Span(doc[first].idx, head.idx + len(head.text))


def _in_name(token: Token) -> bool:
    """True for a capitalised word of a name and for the article and hyphen inside one ("Al-Saiqa")."""
    joined = token.text == "-" and token.i > 0 and token.nbor(-1).lower_ in ("al", "el")
    tied = token.i + 1 < len(token.doc) and token.nbor(1).text == "-" and token.lower_ not in ("al", "el")
    return joined or (token.text[:1].isupper() and token.is_alpha and not tied)


def _last_modifier(head: Token) -> int:
    """Where the word before the head starts; in a headline no more can be trusted to belong to it."""
    start = head.i - 1 if head.i else head.i
    while start > 1 and head.doc[start - 1].text == "-" and not head.doc[start - 1].whitespace_:
        start -= 2
    return start if start < head.i and not head.doc[start].is_punct else head.i


def _tail(around: Around, head: Token, reading: NounReading) -> int:
    """One past the phrase's tail: of the parse, or a name that stands right behind ("eight men from Red Front")."""
    doc = around.doc
    tails = reading.entry.tails | reading.entry.needs_tail
    end = tail_end(head, tails, anywhere=reading.entry.event_tails)
    if end == head.i + 1:
        end = _tied(head)
    if end == head.i + 1:
        after = head.idx + len(head.text)
        for pattern in (_TIES, _NAMED_TAIL):
            match = pattern.match(around.text, after)
            if match is not None and any(s.start <= match.end() < s.end for s in around.owners):
                named = doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
                end = _possessed(named[0]) if named is not None else end
    last = around.holding(doc[end - 1]) if end > head.i + 1 else None
    if last is not None:
        tokens = doc.char_span(last.start, last.end, alignment_mode="expand")
        end = max(end, tokens.end if tokens is not None else end)
    while end > head.i + 1 and doc[end - 1].tag_ == "POS":
        end -= 1
    return end


def _tied(head: Token) -> int:
    """One past the party in "guards loyal to the council", "militants allied with Uganda", else past the head."""
    for adjective in head.rights:
        if adjective.i == head.i + 1 and adjective.lower_ in _TIED:
            for prep in (c for c in adjective.children if c.dep_ == "prep" and c.lower_ in ("to", "with")):
                party = next((c for c in prep.children if c.dep_ == "pobj"), None)
                if party is not None and party.pos_ in ("NOUN", "PROPN"):
                    return party.i + 1
    return head.i + 1


_TIED = frozenset("belonging loyal linked affiliated allied aligned".split())


def _possessed(name: Token) -> int:
    """One past what belongs to the name ("fighters of | the Front's arm in the south"), else one past its token."""
    last = name
    while last.dep_ in ("compound", "nmod") and last.head.i > last.i:
        last = last.head
    if last.dep_ == "poss" and read_noun(last.head.text) is not None:
        return tail_end(last.head, ("in", "of"))
    return name.i + 1


def _stands(head: Token, reading: NounReading, start: int, *, has_tail: bool, shouting: bool) -> bool:
    entry = reading.entry
    telling = [t for t in premodifiers(head, start) if identifying(t)]
    if denied(head) or _is_province(reading, telling):
        return False
    if entry.must_strike:
        return strikes(head)
    if (entry.only_many and not reading.plural) or (entry.needs_tail and not has_tail):
        return False
    if entry.only_with and not any(t.lower_ in entry.only_with for t in premodifiers(head, start)):
        return False
    if entry.only_one and reading.plural:
        return False
    if (entry.needs_say and not says(head)) or (entry.needs_modifier and not (telling or has_tail)):
        return False
    if not reading.plural and reading.type == "person" and not _determined(head, start):
        return False
    if reading.word in words_under("abstract") and not (reading.word in ("side", "guard", "unit") and reading.plural):
        return says(head) or (not shouting and (any(map(_pointed, telling)) or (has_tail and _named_tail(head))))
    if entry.must_act:
        return does(head)
    if entry.definite_counts and head.i and any(c.lower_ == "the" for c in head.children):
        return True
    if reading.word in words_under("always") and _whole_force(head, reading):
        return True
    placed = has_tail and entry.key not in ("group", "militia")
    return not entry.needs_act or bool(telling) or placed or acts(head)


def _whole_force(head: Token, reading: NounReading) -> bool:
    """ "the army", "the rebels": a side of the fighting wherever it is named, whatever it does there."""
    whole = reading.plural or reading.word in reading.entry.collective or reading.entry.key == "force"
    return whole and any(c.lower_ == "the" and c.dep_ == "det" for c in head.children)


def _is_province(reading: NounReading, telling: Sequence[Token]) -> bool:
    """ "Taraba state": a part of a country, not a state that acts ("the Syrian state")."""
    last = telling[-1] if telling else None
    return reading.word == "state" and last is not None and last.text[:1].isupper() and state_of(last.text) is None


def _pointed(token: Token) -> bool:
    """A modifier that tells a name, a nationality, a side or a force ("army source", not "water source")."""
    return token.text[:1].isupper() or token.lower_ in words_under("telling") or read_noun(token.text) is not None


def _named_tail(head: Token) -> bool:
    tail = [t for c in head.rights if c.dep_ == "prep" and c.i == head.i + 1 for t in c.subtree]
    return any(t.text[:1].isupper() for t in tail[:8])


def _determined(head: Token, start: int) -> bool:
    """True for a singular noun with an article, a modifier or a capital; a bare "rebel" is somebody's adjective."""
    if any(
        c.dep_ == "poss" and c.lower_ in ("whose", "his", "her", "their", "my", "its", "our") for c in head.children
    ):
        return acts(head) and not any(c.lower_ == "whose" for c in head.children)
    return (
        start < head.i
        or head.text[:1].isupper()
        or head.dep_ in ("appos", "conj", "attr")
        or any(c.dep_ == "det" for c in head.children)
        or (head.i > 0 and head.nbor(-1).pos_ == "DET")
        or any(c.dep_ == "prep" for c in head.children)
    )


def _turned(doc: Doc, start: int) -> bool:
    """ "officer turned rebel loyalist": the second noun is the same person."""
    return start > 0 and doc[start - 1].lower_ == "turned"


def _with_amount(text: str, start: int) -> int:
    match = _AMOUNT.search(text, max(0, start - 40), start)
    return match.start() + _article(match.group()) if match is not None else start


def _article(amount: str) -> int:
    match = re.match(r"(?:the|a)\s+", amount, re.I)
    return match.end() if match is not None else 0


def _form(head: Token, start: int) -> MentionForm:
    """A name where all its words have a capital ("Portville Brigade"), else a description."""
    words = [t for t in head.doc[start : head.i + 1] if t.is_alpha and t.lower_ not in ("of", "for", "al", "the")]
    return "name" if len(words) > 1 and all(t.text[:1].isupper() for t in words) else "description"


def _paired(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """ "at least six women and children", "adolescents and other young men" are one population, not two."""
    last: Found | None = None
    for item in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        if last is not None and _common(last) and _common(item) and text[last.span.end : item.span.start] == " and ":
            last = Found(
                Span(last.span.start, item.span.end), last.rule, "description", last.head or last.span, last.rank
            )
            continue
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last


def _common(found: Found) -> bool:
    reading = read_noun(found.rule.partition(":")[2]) if found.rule.startswith("noun:") else None
    return reading is not None and reading.entry.key == "witness" and found.form == "description"
