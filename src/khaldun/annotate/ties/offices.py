"""Titles and offices: who bears which, and of which body or place, beside a name or in apposition to it.

"army spokesman X", "X, then the chairman of Y", "Defence Minister X", "X was sworn in as governor of Borno".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from khaldun.annotate.actors.nationality import country_in
from khaldun.annotate.actors.stateactors import HEADED
from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.shared_nouns import SHARED
from khaldun.annotate.grammar.syntax import antecedent, arguments, conjuncts, first_title, over_as
from khaldun.annotate.grammar.tie_words import not_at_its_head, ties, ties_of
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.known import State, state_of
from khaldun.annotate.ties.frames import tie_frame
from khaldun.annotate.ties.states import chief_of_staff, of_the_state, side_told, soldier_of
from khaldun.annotate.ties.times import before_title
from khaldun.annotate.ties.title_words import office_of, title_words
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Report, Span

_POSTS = frozenset({"leads", "commands", "holds_office", "spokesman_of"})
"""Kinds of ties that a title states by itself, whosever it is."""
_STAFF = frozenset({"official", "delegate", "negotiator", "representative"})
_REPORTERS = frozenset({"correspondent", "reporter"})
_HEADING = frozenset({"leads", "commands", "holds_office"})


def title_key(token: Token, titles: Mapping[str, str]) -> str | None:
    """The entry of the lexicon that a title matches, of two words or of one."""
    lemma = token.lemma_.lower()
    if _hyphened(token, 1) in titles:
        return None  # "the *Secretary*-General": his title ends with the word behind
    if (whole := _hyphened(token, -1)) in titles:
        return whole
    if token.i > 0 and not token.is_sent_start:
        two = f"{token.nbor(-1).lower_} {lemma}"
        if two in titles:
            return two
    return lemma if lemma in titles else None


def _hyphened(token: Token, way: int) -> str:
    """The word joined to a hyphen with the one behind it (`way` 1) or before it (-1); nothing where none is."""
    far = token.i + 2 * way
    if not 0 <= far < len(token.doc) or token.nbor(way).text != "-":
        return ""
    first, last = (token.lower_, token.nbor(2).lower_) if way > 0 else (token.nbor(-2).lower_, token.lemma_.lower())
    return f"{first}-{last}"


def titled(title: Token, key: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """Who bears the title, of which body: "army spokesman X", "X, then the chairman of Y", "members of Y"."""
    if key == "deputy" and title.i + 2 < len(title.doc) and title.nbor(2).lemma_ in ties_of(title).titles:
        return  # "the *deputy* military spokesman"
    borne = bearers(title, fillers)
    if key == "chief" and (chiefs := list(chief_of_staff(title, borne, fillers, report))):
        yield from chiefs
        return
    here = fillers.passage.at(title)  # a name with the title inside is no body: "Commanding Officer of 21 Rifles"
    found = (b for b in _bodies(title, fillers, borne) if not (b.made_by.startswith(SHARED) or _is_led_by(b, here)))
    bodies = [_or_its_government(body, fillers) for body in found]
    if key in {"source", "insider"}:  # "a Reuters source" told the agency, and is not of it
        bodies = [body for body in bodies if fillers.type_of(body) != "media"]
    kind = ties_of(title).titles[key]
    bodies = bodies or (_side_before(title, fillers) if any(b.form == "name" for b in borne) else [])
    if borne and not bodies:
        yield from _unbodied(title, key, kind, borne, fillers, report)
        yield from soldier_of(title, key, borne, fillers, report)
    if not borne or not bodies or is_not_so(title):
        return
    if all(b.form != "name" for b in borne) and bodies[0].form == "pronoun":
        return  # "planned by *their leader*"
    before = before_title(title)
    kind = _by_department(title, kind)
    if before & ties().deputies and kind in _POSTS - {"spokesman_of"}:
        kind = "member_of"
    ended = bool(before & (ties().former - {"then", "late"}))
    if ended and kind in {"member_of", "leads", "commands", "holds_office"}:
        kind = "former_member_of"
    if title.tag_ == "NNS" and key in _STAFF and all(b.form == "description" for b in borne):
        return  # "*army officials*" speak for it, and nobody is told to be of it
    if key == "member" and any(c.dep_ == "nummod" for c in title.children):
        return  # "*14 members* of the Front": of such ties none of five was among the annotators' (94 reports, 2026)
    if key in _REPORTERS:
        bodies = [body for body in bodies if fillers.type_of(body) == "media"]
        if not bodies or all(b.form == "description" for b in borne):
            return  # "*an AFP correspondent*": of such ties one in nine was among the annotators' (70 reports, 2026)
    if kind in _HEADING and all(_is_nobody_by_name(b, bodies[0], fillers) for b in borne):
        return  # "the *council chief*", "*police leaders*"
    for bearer in borne:
        if kind == "member_of" and title.tag_ == "NNS" and _is_body_by_name(bearer, fillers):
            continue
        if kind in {"member_of", "former_member_of"}:  # "fighters allied with *the emir*" are of no emir
            bodies = [body for body in bodies if fillers.type_of(body) != "person"]
        if kind == "member_of" and bearer.form == "name" and fillers.type_of(bearer) not in {"person", None}:
            kind = "part_of"
        posted = kind == "holds_office" and key in word_list("lexicons/en/relations.yaml", "posted")
        if posted and fillers.type_of(bodies[0]) == "organisation":
            kind = "member_of"  # "the UN's *envoy*", "the union's *coordinator*"
        for body in bodies[: 1 if kind != "member_of" else 2]:
            if kind in {"leads", "commands"} and _in_its_doings(title, body, fillers):
                kind = "member_of"
            yield tie_frame(kind, bearer, body, title, fillers, report, _values(title, body, fillers))


def _is_led_by(body: Mention, title: Span) -> bool:
    return body.form in ("name", "acronym") and body.span.start <= title.start and body.span.end > title.end


def _side_before(title: Token, fillers: Fillers) -> list[Mention]:
    """ "*Rebel* commander Omar Saleh", where the report calls one body "the rebels"."""
    word = title.nbor(-1).lower_ if title.i > title.sent.start else ""
    joined = title.i - 2 >= title.sent.start and title.nbor(-2).text == "-"  # "*anti-militia* commander"
    if joined or word not in word_list("lexicons/en/relations.yaml", "side_words"):
        return []
    side = side_told(f"{word}s", fillers) or side_told(word, fillers)
    return [side] if side is not None else []


def _is_nobody_by_name(bearer: Mention, body: Mention, fillers: Fillers) -> bool:
    """True for a person whom the report has only the words of the office for."""
    named = (m for m in fillers.report_actors if m.entity == bearer.entity and m.form == "name")
    told = fillers.type_of(bearer) == "person" and bearer.span.contains(body.span)
    return told and bearer.form == "description" and next(named, None) is None


def _is_body_by_name(bearer: Mention, fillers: Fillers) -> bool:
    """ "*Fighters from the Front* and the Brigade": they are the front, of which its fighters are no members."""
    if bearer.form != "description" or fillers.type_of(bearer) not in ("armed_group", "state_force", "organisation"):
        return False
    return any(m.entity == bearer.entity and m.form in ("name", "acronym") for m in fillers.report_actors)


def _by_department(title: Token, kind: str) -> str:
    """What a title comes to by the department that is named in it: the "*press* secretary" and the "director of *press*
    operations" of a ministry speak for it, and its "*operations* director" does not lead it."""
    if kind not in {"leads", "holds_office", "member_of"}:
        return kind
    own = {t.lower_ for t in title.doc[max(title.sent.start, title.i - _OF_TITLE) : title.i] if t.pos_ in _NOUNS}
    own |= {t.lower_ for t in title.doc[title.i + 1 : title.i + 3] if own == set() and title.nbor(1).lower_ == "of"}
    if own & ties().speaking and title.lemma_.lower() in ties().staff:
        return "spokesman_of"
    return "member_of" if kind == "leads" and own & ties().departments else kind


_OF_TITLE = 2  # words before a title that may name its department
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})


def is_not_so(title: Token) -> bool:
    """ "The Front is *not* a member of the alliance", "*may become* its leader"."""
    first = first_title(title)
    if first.dep_ != "attr" or first.head.pos_ not in {"AUX", "VERB"}:
        return False
    reading = read_factuality(first.head)
    return reading.negated or reading.modality != "actual"


def _values(title: Token, body: Mention, fillers: Fillers) -> dict[str, str]:
    """The words of the title; a force that is part of them may be that of a place: "*police chief* of *Herat*"."""
    words, where = office_of(title, fillers)
    within = body.form == "description" and body.span.end <= fillers.passage.at(title).start
    if within and where is not None and body.quote.casefold() in words.casefold():
        return {"title": words, "of": where}
    return {"title": title_words(title, fillers)}


def _unbodied(
    title: Token, key: str, kind: str, borne: Sequence[Mention], fillers: Fillers, report: Report
) -> Iterator[Frame]:
    """An office of a place, or of nothing said, whose bearer has a name: "the governor of Borno, X", "Premier X"."""
    if (kind not in _POSTS and key not in ties().posts) or key in ties().ranks or title.tag_ in ("NNS", "NNPS"):
        return
    for bearer in borne[:1]:
        entity = fillers.entities.get(bearer.entity or "")
        named = entity is not None and entity.type == "person" and any(n.text[:1].isupper() for n in entity.names)
        if named:
            words, where = office_of(title, fillers)
            values = {"title": words} if where is None else {"title": words, "of": where}
            yield tie_frame("holds_office", bearer, None, title, fillers, report, values)
            ministry = _ministry_of(title, words, where, fillers)
            if ministry is not None and not before_title(title) & not_at_its_head():
                yield tie_frame("leads", bearer, ministry, title, fillers, report, {"title": words})
                continue
            yield from of_the_state(title, words, where, bearer, fillers, report)


def _ministry_of(title: Token, words: str, where: str | None, fillers: Fillers) -> Mention | None:
    """The ministry of "the *interior* minister", where the report has it do or say something and names one of that
    department alone."""
    department = words.casefold().removesuffix(" minister") if title.lemma_.lower() == "minister" else ""
    if not department or department == words.casefold() or before_title(title) & (ties().former | ties().deputies):
        return None
    known = {"defence": "defense"}
    sought = {w for part in department.split() for w in (part, known.get(part, part))} - {"and"}
    found: dict[str, Mention] = {}
    for mention in fillers.report_actors:
        told = {w.casefold() for w in mention.quote.split()}
        if "ministry" in told and mention.entity is not None and sought & {known.get(w, w) for w in told}:
            found.setdefault(mention.entity, mention)
    only = next(iter(found.values())) if len(found) == 1 else None
    of = state_of(where) if where is not None else None
    other = only is not None and of is not None and country_in(only.quote) not in (None, of[1].iso3)
    return None if other else only


def _or_its_government(body: Mention, fillers: Fillers) -> Mention:
    """The government of a state that only the title names, where the report tells of it: "the *Somali government*
    denied it. Somali President Omar Saleh …"."""
    told = state_of(body.quote) if body.made_by.startswith(HEADED) else None
    return (_of_state(told[1], "government", fillers) if told is not None else None) or body


def _of_state(state: State, kind: str, fillers: Fillers) -> Mention | None:
    for mention in fillers.report_actors:
        if mention.form == "pronoun" or fillers.type_of(mention) != kind:
            continue
        name = mention.quote if kind == "state" else _adjective_of_government(mention.quote)
        named = state_of(name.removeprefix("the ").removeprefix("The ")) if name is not None else None
        if named is not None and named[1] is state:
            return mention
    return None


def _adjective_of_government(quote: str) -> str | None:
    """ "*Syrian* government"; None for a ministry, or for a word more."""
    words = [w for w in quote.split() if w.casefold() != "the"]
    return words[0] if len(words) == 2 and words[1].casefold() in ties().governing else None


def _in_its_doings(title: Token, body: Mention, fillers: Fillers) -> bool:
    """ "A leader in *the group's battles*" does not lead the group."""
    parts = [g for c in title.children if c.dep_ == "prep" and c.lower_ == "in" for g in c.children if g.dep_ == "pobj"]
    owners = [c for part in parts if fillers.actor(part) is None for c in part.children if c.dep_ == "poss"]
    return any(body in fillers.actors_in(owner, depth=0) for owner in owners)


def bearers(title: Token, fillers: Fillers) -> list[Mention]:
    """The persons or groups that bear the title: a name beside it, its subject, or the described person itself."""
    named: list[Token] = []
    first = first_title(title)
    dep, head = first.dep_, first.head
    if title.dep_ in {"compound", "nmod", "amod"} and head.pos_ == "PROPN":
        named.append(head)
    elif dep == "appos":
        named.append(head if title.tag_ == "NNS" else _last_before(head, first))
        if any(c.lower_ == "both" for c in title.children) or title.tag_ == "NNS":  # "A and B, both members of C"
            leading = head.head if head.dep_ == "conj" else head
            named += [t for t in conjuncts(leading) if t != head]
    elif dep == "attr" and head.lemma_ in {"be", "become"}:
        named += [antecedent(c) for c in head.children if c.dep_ == "nsubj"]
    elif title.dep_ == "nsubj" and head.lemma_ == "be" and any(c.lower_ == "whose" for c in title.children):
        named += [c for c in head.children if c.dep_ == "attr" and (c.pos_ == "PROPN" or _is_person(c, fillers))]
    elif title.dep_ in {"attr", "oprd", "dobj"} and head.lower_ == "turned" and head.nbor(-1).pos_ == "NOUN":
        turned = head.nbor(-1)  # "Omar Saleh, a farmer turned Red Front loyalist"
        named.append(turned.head if turned.dep_ == "appos" else turned)
    elif head.lemma_ == "replace" and title.tag_ in {"NNS", "NNPS"}:
        pass  # "the president replaced *the heads* of the army" with others
    elif dep in {"oprd", "attr", "dobj"} and head.lemma_ in ties().naming:
        named += [t for t in _named_by(head) if t.i != title.i]
    elif dep == "pobj" and head.lower_ == "as":
        verb = next((v for v in over_as(head) if v.lemma_ in ties().naming | ties().serving), None)
        named += _named_by(verb) if verb is not None else []
    named += [c for c in title.children if c.dep_ in {"appos"} and c.pos_ == "PROPN"]
    if not named:  # "his envoy to Libya, X": the parser hangs the name on the place
        named += [
            c
            for p in title.children
            if p.dep_ == "prep"
            for g in p.children
            for c in g.children
            if c.dep_ == "appos" and _is_person(c, fillers)
        ]
    found = [m for t in named for m in (fillers.actor(t),) if m is not None]
    if found:
        return found
    own = fillers.actor(title)
    if own is not None and own.form == "description" and dep == "attr" and title.tag_ == "NNS":
        return []  # "most of them are *supporters* of the party": of them it is told, whoever they are
    behind = _name_right_behind(own, fillers) if own is not None and own.form == "description" else None
    return [behind] if behind is not None else [own] if own is not None else []


def _last_before(head: Token, title: Token) -> Token:
    """ "The army and *the Front*, a faction of the party": of what is listed the last is meant."""
    listed = [t for t in conjuncts(head) if t.i < title.left_edge.i]
    return listed[-1] if listed and title.left_edge.i - listed[-1].right_edge.i <= _COMMA else head


_COMMA = 2  # words on, the comma between


_BESIDE_IT = re.compile(r"\b(?:loyal|linked|affiliated|allied|aligned|tied|close|opposed)\s+(?:to|with)\b")
_OF_SOMEBODY = re.compile(r" (?:of|for) ")


def _name_right_behind(words: Mention, fillers: Fillers) -> Mention | None:
    """ "Harbour *operations director* Capt. Jane Cole", which the parser took apart."""
    starts = (words.span.end + 1, words.span.end + 2)
    if _OF_SOMEBODY.search(words.quote):
        return None  # "supporters *of* Omar Saleh"
    for mention in fillers.mentions:
        ends = words.span.contains(mention.span) and mention.span.end == words.span.end
        if mention.form == "name" and (ends or mention.span.start in starts) and fillers.type_of(mention) == "person":
            return mention
    return None


def _named_by(verb: Token) -> list[Token]:
    """Who is put into an office, or serves in it: "named *X* as head", "*X* was sworn in as", "*X* took over as"."""
    reading = read_factuality(verb)
    if reading.negated or reading.modality != "actual":
        return []
    functions = arguments(verb)
    serving = verb.lemma_ in ties().serving or (verb.lemma_ == "replace" and functions.get("A"))
    return list(functions.get("A" if serving else "P", ()))


def _is_person(name: Token, fillers: Fillers) -> bool:
    """False for what only explains the body: "a spokesman for MINUSMA, *the mission* in Mali"."""
    actor = fillers.actor(name)
    return actor is not None and fillers.type_of(actor) == "person"


def _bodies(title: Token, fillers: Fillers, bearers: Sequence[Mention]) -> list[Mention]:
    """The body that the title belongs to: its possessor, the name before it, or after "of", "for", "in"."""
    bearing = {b.entity for b in bearers}
    nested = [
        m
        for m in fillers.mentions
        if m.kind == "actor" and m.form != "pronoun" and m.entity not in bearing
        if any(b.span.contains(m.span) and _is_body(m, title, fillers) for b in bearers)
        if m.form != "description" or fillers.type_of(m) != "population"  # "fighters from *rival families*"
    ]
    before: list[Mention] = []
    after: list[Mention] = []
    for child in title.children:
        if child.lower_ == "whose":
            before += [m for v in title.ancestors if v.dep_ == "relcl" for m in fillers.actors_in(v.head, depth=0)]
        elif child.dep_ in {"poss", "compound", "nmod", "amod", "npadvmod"}:
            parties = fillers.actors_in(child, depth=1)
            before += [m for m in parties if child.dep_ == "poss" or fillers.type_of(m) != "person"]
        elif child.dep_ == "prep" and child.lower_ in {"of", "for", "in", "from", "with", "at", "to", "within"}:
            for of in (g for g in child.children if g.dep_ == "pobj"):
                after += fillers.actors_in(of, depth=2)
                others = [m for t in conjuncts(of) if t.i != of.i for m in fillers.actors_in(t, depth=2)]
                after += [m for m in others if fillers.type_of(m) != "person"]  # "governor of Borno, *X*, and …"
    if title.dep_ in {"compound", "nmod"} and not _behind_another(title):  # "SDF commander Name", both hung on the name
        before += [
            m
            for c in title.head.children
            if c.dep_ in {"compound", "nmod", "poss", "amod"} and c.i < title.i
            for m in fillers.actors_in(c, depth=1)
        ]
        behind = (c for c in title.head.children if c.dep_ == "prep" and c.lower_ == "of")
        nouns = (g for prep in behind for g in prep.children if g.dep_ == "pobj")  # "King Tariq *of Oman*"
        after += [m for g in nouns for m in fillers.actors_in(g, depth=0) if fillers.type_of(m) == "state"]
    before = [m for m in before if fillers.text[m.span.end : m.span.end + 1] != "-"]
    if ties_of(title).titles.get(title.lemma_.lower()) == "liaison_of" and before:
        return list(dict.fromkeys(before))
    found = [
        m for m in (*before, *after) if m.entity not in bearing and fillers.type_of(m) not in {"population", "person"}
    ]
    people = [m for m in (*before, *after) if m.entity not in bearing and fillers.type_of(m) == "person"]
    return list(dict.fromkeys(found or people or nested))


def _behind_another(title: Token) -> bool:
    """ "Army *spokesman* General Ali Saleh": what stands before the first title is of that one."""
    known = ties_of(title).titles
    before = (c for c in title.head.children if c.dep_ in {"compound", "nmod"} and c.i < title.i)
    return any(c.text.islower() and c.lemma_ in known for c in before)


def _is_body(inner: Mention, title: Token, fillers: Fillers) -> bool:
    """What a description names: behind the title, or before it ("a *Falcon Brigade* fighter"), but not its backer
    ("*Rwandan*-backed fighters")."""
    at = fillers.passage.at(title).start
    joined = fillers.text[inner.span.end : inner.span.end + 1] == "-"
    if inner.span.start > at and _BESIDE_IT.search(fillers.text, at, inner.span.start):
        return False  # "fighters *loyal to* the Front", of which other words tell
    return not joined and (inner.span.start > at or (inner.form != "description" and inner.span.end + 1 == at))
