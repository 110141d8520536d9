"""Actors named by what they are: noun phrases on the heads of the lexicon ("rival jihadists inside the port")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from khaldun.annotate.actors.description_reach import end_of_tail, first_word, last_modifier, proper_name, with_amount
from khaldun.annotate.actors.named_phrases import Around, beside, epithet, full_name, named_group, own_force
from khaldun.annotate.actors.noun_phrases import (
    acts,
    denied,
    does,
    identifying,
    is_audience,
    of_office,
    premodifiers,
    relative_end,
    says,
    stands_off,
    strikes,
)
from khaldun.annotate.actors.numbered import is_put_to_it
from khaldun.annotate.actors.owners import find_owners
from khaldun.annotate.actors.participants import takes_part
from khaldun.annotate.actors.stateactors import inside_state
from khaldun.annotate.found import Found
from khaldun.annotate.grammar.shared_nouns import owner_before_name, owners_before, shared_mention
from khaldun.annotate.grammar.syntax import one_of
from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.reading.nouns import NounReading, is_count, lemma_in, read_noun, words_under
from khaldun.annotate.tables.known import Spotted, state_of
from khaldun.annotate.tables.names import is_shouting
from khaldun.annotate.tables.toll_words import toll_words
from khaldun.annotate.words import Doc, Token
from khaldun.model import MentionForm, Span

_HEADS = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
_MODIFIES = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})


def find_descriptions(
    doc: Doc,
    text: str,
    known: Sequence[Spotted],
    names: Sequence[Found],
    places: Sequence[Span],
    headings: Sequence[Span],
) -> list[Found]:
    """Descriptive phrases. One on a name's own forces ("Peshmerga fighters") has that name as its head."""
    owners = (*(k.span for k in known), *(f.span for f in names if f.rule.startswith("org")))
    people = tuple(f.span for f in names if f.rule.startswith("person"))
    held: dict[int, Span] = {}
    for name in (*owners, *people):
        for token in doc.char_span(name.start, name.end, alignment_mode="expand") or ():
            held.setdefault(token.i, name)
    around = Around(doc, text, owners, held, tuple(places), tuple(headings), is_shouting(text))
    found: list[Found] = []
    for token in doc:
        one = _read(around, token) if token.pos_ in _HEADS else None
        if one is not None:
            found += (*_sharing(token, one), one)
    return [*_paired(text, found), *find_owners(doc, [k.span for k in known])]


def _sharing(head: Token, found: Found) -> Iterator[Found]:
    """ "The *U.S.* and Iraqi militaries": the other bodies that the noun is said of."""
    reading = read_noun(head.text) if head.i and found.rule.startswith(("noun:", "own-force")) else None
    if reading is None or not reading.plural:
        return
    if found.rule == "own-force":
        words = head.doc.char_span(found.span.start, found.span.end)
        owner = owner_before_name(head, words.start, reading) if words is not None else None
        owners = [owner] if owner is not None else []
    else:
        owners = owners_before(head, first_word(head, reading), reading)[:-1]
    yield from (shared_mention(head.doc, o, reading) for o in owners)


def _is_motion(head: Token) -> bool:
    """True for a movement that is no body: a "movement of troops" is what they do."""
    of = head.doc[head.i + 1 : head.i + 3]
    return head.lower_ in ("movement", "movements") and len(of) > 1 and of[0].lower_ == "of" and of[1].text.islower()


_PARTICLES = frozenset("au aux la le les de du des sur".split())


def _ends_a_name(head: Token) -> bool:
    """ "Port-au-*Prince*" is no prince, "Taybat al-*Imam*" no imam and "Tal *Sultan*" no sultan."""
    if not head.text[:1].isupper() or head.i == 0:
        return False
    if beside(head, -1) == "-" and beside(head, -2) in ("al", "el") and head.i > 2:
        return head.doc[head.i - 3].text[:1].isupper()
    if beside(head, -1).lower() in place_words().openers and head.nbor(-1).text[:1].isupper():
        return True
    return head.i > 3 and beside(head, -1) == "-" and beside(head, -2) in _PARTICLES and beside(head, -3) == "-"


def _is_corpse(head: Token) -> bool:
    """ "Found the *bodies* of 18 men", "*their bodies* were taken home": no body that acts."""
    if head.lower_ not in ("body", "bodies"):
        return False
    of = (g for c in head.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj")
    people = (read_noun(g.text) for g in of)
    theirs = head.lower_ == "bodies" and any(c.lower_ in ("their", "whose") for c in head.children)
    found = head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in toll_words().finding
    return theirs or found or any(p is not None and p.type != "organisation" for p in people)


def _is_division(head: Token) -> bool:
    """ "the Mexican *state* of Veracruz" is a part of a country and no power."""
    if head.lower_ != "state" or head.i + 2 >= len(head.doc) or head.nbor(1).lower_ != "of":
        return False
    name = head.nbor(2)
    return name.text[:1].isupper() and name.ent_type_ in ("GPE", "LOC")


def _read(around: Around, head: Token) -> Found | None:
    held = around.holding(head)
    if held is not None:
        return full_name(around.doc, head, held) if held in around.owners else None
    reading = read_noun(head.text)
    if reading is None or inside_state(head, _BEFORE) or _is_motion(head):
        return None
    if _ends_a_name(head) or _is_division(head) or _is_corpse(head):
        return None
    if _holds(head, reading):
        return Found(Span(head.idx, head.idx + len(head.text)), f"holder:{reading.word}", "description", rank=4)
    if not _heads_phrase(head, reading):
        return _name_of_body(around, head)
    return (
        own_force(around, head)
        or named_group(around, head)
        or epithet(around, head)
        or _described(around, head, reading)
    )


def _name_of_body(around: Around, head: Token) -> Found | None:
    """ "a *Falcon Brigade* fighter": the name of a body in front of what somebody is to it."""
    after = head.nbor(1) if head.i + 1 < len(head.doc) else None
    if after is None or not (head.text[:1].isupper() and after.text.islower()):
        return None
    of = read_noun(after.text)
    if after.lower_ not in words_under("sway") and (of is None or of.entry.one != "person"):
        return None
    name = proper_name(around.doc, max(0, head.i - _LONGEST_NAME), head)
    return Found(name, "org:described", "name", rank=4) if name is not None else None


_LONGEST_NAME = 4


def _holds(token: Token, reading: NounReading) -> bool:
    """ "rebel-held", "under government control", "Serb-held": a side or a people, joined to what it does to a place."""
    if reading.entry.wages_war:
        return _is_joined(token, "held_by_peoples")
    if reading.type not in ("person", "armed_group", "government", "state_force", "organisation"):
        return False
    if reading.entry.key not in ("fighter", "government", "force") and reading.word != "opposition":
        return False
    after = token.doc[token.i + 1 : token.i + 3]
    if len(after) and after[0].lower_ in words_under("sway"):
        before = token.doc[max(0, token.i - 2) : token.i]
        shared = token.i >= _BEFORE and token.doc[token.i - _BEFORE].lower_ == "between"
        return shared or any(word.lower_ in ("under", "to", "into", "in", "out") for word in before)
    if token.i and token.doc[token.i - 1].lower_ == "between" and len(after) == 2 and after[0].lower_ == "and":
        last = token.doc[token.i + _BEFORE : token.i + _BEFORE + 1]  # "between *government* and rebel control"
        return bool(len(last)) and last[0].lower_ in words_under("sway")
    return _is_joined(token, "held")


def _is_joined(token: Token, to: str) -> bool:
    """ "*rebel*-held"."""
    after = token.doc[token.i + 1 : token.i + 3]
    joined = len(after) == 2 and after[0].text == "-" and not token.whitespace_
    return joined and lemma_in(after[1].text, words_under(to))


_BEFORE = 3


def _heads_phrase(token: Token, reading: NounReading) -> bool:
    """True unless the noun only modifies another ("rebel broadcast", "spokesman Ali Saad")."""
    if token.pos_ in ("ADJ", "VERB"):
        return token.pos_ == "ADJ" and reading.plural and token.dep_ not in _MODIFIES
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
        return False
    return not (token.i + 1 < len(token.doc) and token.nbor(1).text == "-" and not token.whitespace_)


# ------------------------------------------------------------------------------------------------ by noun alone


def _described(around: Around, head: Token, reading: NounReading) -> Found | None:
    doc = around.doc
    start, end = first_word(head, reading), head.i + 1
    if doc[start].tag_ == "POS" and start < head.i:  # "the army*'s* 2nd Regiment"
        start += 1
    if any(s.start <= head.idx < s.end for s in around.headlines):
        start = max(start, last_modifier(head))
    else:
        end = end_of_tail(around, head, reading)
    if not _stands(head, reading, start, has_tail=end > head.i + 1, shouting=around.shouting) or _turned(doc, start):
        return None
    if end == head.i + 1 and reading.entry.private and not reading.plural:
        end = relative_end(head)
    sharing = owners_before(head, start, reading)
    if sharing:
        start = sharing[-1][0]
    several = reading.plural or reading.word in reading.entry.collective
    first = with_amount(around.text, doc[start].idx) if several else doc[start].idx
    span = _with_marks(around.text, Span(first, doc[end - 1].idx + len(doc[end - 1].text)))
    name = proper_name(doc, start, head) if end == head.i + 1 else None
    if name is not None and name != span:
        return Found(span, "full-name", "name", head=name, rank=4)
    head_span = Span(head.idx, head.idx + len(head.text))
    return Found(
        span, f"noun:{reading.word}", _form(head, start, reading), head=head_span if head_span != span else None, rank=4
    )


def _with_marks(text: str, span: Span) -> Span:
    """With the closing mark of a quotation that opens inside it (the Israeli "army")."""
    if span.of(text).count('"') % 2 == 1 and text[span.end : span.end + 1] == '"':
        return Span(span.start, span.end + 1)
    return span


def _stands(head: Token, reading: NounReading, start: int, *, has_tail: bool, shouting: bool) -> bool:
    entry = reading.entry
    if reading.plural and one_of(head) is not None:
        return False  # "is one of the *members* of the alliance"
    telling = [t for t in premodifiers(head, start) if identifying(t)]
    if not telling and is_audience(head):
        return False
    if (
        (denied(head) and not _is_none_of(head, telling))
        or _is_province(reading, telling)
        or _is_what_one_has(head, reading)
        or is_count(head)
        or (reading.word == "insurgency" and any(c.dep_ == "poss" for c in head.children))  # whose it is, acts
    ):
        return False
    if entry.must_strike:
        return strikes(head) and (bool(telling) or not entry.needs_modifier or _is_owned(head))
    if reading.word == "front" and beside(head, -1).casefold() == "in":
        return False  # "in front of the church"
    if (entry.only_many and not reading.plural and not _is_one_of_them(head)) or (entry.needs_tail and not has_tail):
        return False
    if entry.not_with and any(t.lower_ in entry.not_with for t in premodifiers(head, start)):
        return False
    if entry.only_with and not any(t.lower_ in entry.only_with for t in premodifiers(head, start)):
        return False
    if entry.only_one and reading.plural:
        return False
    if (entry.needs_say and not says(head)) or (
        entry.needs_modifier and not (telling or has_tail or _told_apart(head) or _is_counted_group(head))
    ):
        return False
    if not reading.plural and reading.type == "person" and not _determined(head, start):
        return False
    if (reading.word in _OFFICES_TOO or (reading.word == "head" and _is_of_body(head))) and takes_part(head):
        return True
    if reading.word == "body" and _is_counted_group(head):
        return False  # "at least *100 bodies*" are the dead
    few = reading.word in ("side", "guard", "unit") and reading.plural
    if reading.word in words_under("abstract") and not (few or _is_counted_group(head)):
        if reading.word == "force" and beside(head, -1).casefold() in words_under("arms_of_a_force") and acts(head):
            return True  # "the *air force* bombed the camp"
        if reading.word == "front" and head.text[:1].isupper() and beside(head, -1).casefold() == "the":
            return True  # "*the Front* is backed by Kesh", and no front line
        return says(head) or (not shouting and (any(map(_pointed, telling)) or (has_tail and _named_tail(head))))
    if entry.must_act:
        return does(head)
    if reading.type not in ("person", "population") and of_office(head):
        return True
    if entry.definite_counts and head.i and any(c.lower_ == "the" for c in head.children):
        return True
    if reading.word in words_under("always") and _whole_force(head, reading):
        return True
    placed = has_tail and entry.key not in ("group", "militia")
    return not entry.needs_act or bool(telling) or placed or acts(head)


def _is_one_of_them(head: Token) -> bool:
    """ "Gunmen killed *a Yazidi*": one of a people, not the adjective that has the same form."""
    if head.dep_ not in ("dobj", "nsubjpass", "nsubj") or not any(c.lower_ in ("a", "an") for c in head.children):
        return False
    return takes_part(head)


_OFFICES_TOO = frozenset({"driver", "general", "chief", "major", "guard", "captive", "observer"})
"""Nouns for people that mean other things as well, unless something is done to them: "*two generals* were killed"."""


def _is_of_body(head: Token) -> bool:
    """ "Gunmen kidnapped *the head of the council*": of those who can have one, unlike "the head of the valley"."""
    of = (g for c in head.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
    bodies = (read_noun(g.text) for g in of if g.dep_ == "pobj")
    return any(body is not None and body.type in _BODIES for body in bodies)


_BODIES = frozenset({"organisation", "government", "armed_group", "state_force", "media"})


def _is_owned(head: Token) -> bool:
    """ "*Its boats* sank a trawler": arms that are no force by themselves, but somebody's."""
    return any(c.dep_ == "poss" and c.lower_ in ("its", "their", "whose") for c in head.children)


def _is_none_of(head: Token, telling: Sequence[Token]) -> bool:
    """ "*No Malian soldier* burned the village": whose soldiers did not is told."""
    return any(c.lower_ == "no" for c in head.children) and any(state_of(t.text) is not None for t in telling)


def _is_what_one_has(head: Token, reading: NounReading) -> bool:
    """ "took *command* of the Front", "under the *command* of X": no body of soldiers."""
    under = head.dep_ == "pobj" and head.head.lower_ in ("under", "in")
    return reading.word == "command" and (head.dep_ == "dobj" or under)


def _told_apart(head: Token) -> bool:
    """Speakers whom words behind the noun tell apart: "*people* familiar with the matter said"."""
    return says(head) and any(c.i > head.i and c.dep_ in {"acl", "amod", "relcl", "prep"} for c in head.children)


def _is_counted_group(head: Token) -> bool:
    """ "*38 people* were seized", "*thousands of people* fled": so many, told by what they do or is done to them."""
    counted = head
    while counted.dep_ == "pobj" and counted.head.lower_ == "of" and counted.head.head.lower_ in _MANY:
        counted = counted.head.head
    told = counted is not head or any(
        c.dep_ in ("nummod", "poss") or (c.dep_ == "prep" and c.lower_ == "of") for c in head.children
    )  # "*their families* fled", "*families of the victims* protested"
    return told and is_put_to_it(counted)


_MANY = frozenset("dozens scores hundreds thousands tens number".split())


def _whole_force(head: Token, reading: NounReading) -> bool:
    """ "the army", "the rebels": a side of the fighting wherever it is named, whatever it does there."""
    office = reading.type == "person" and not reading.plural
    whole = office or reading.plural or reading.word in reading.entry.collective or reading.entry.key == "force"
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
        or ((stands_off(head) or (head.dep_ == "nsubj" and head.i > head.head.i)) and says(head))  # "…, says *mayor*"
        or any(c.dep_ == "det" for c in head.children)
        or (head.i > 0 and head.nbor(-1).pos_ == "DET")
        or any(c.dep_ == "prep" for c in head.children)
    )


def _turned(doc: Doc, start: int) -> bool:
    """ "officer turned rebel loyalist": the second noun is the same person."""
    return start > 0 and doc[start - 1].lower_ == "turned"


def _form(head: Token, start: int, reading: NounReading) -> MentionForm:
    """A name where all its words have a capital ("Portville Brigade"), else a description."""
    if reading.word in ties().heads_of_state:
        return "description"  # "the *Turkish President*, Omar Kaya,"
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
