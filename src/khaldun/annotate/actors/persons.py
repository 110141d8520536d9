"""Names that the tables do not know: of people, and of groups and bodies.

The small pipeline's entities are noisy on Arabic names, so none is taken on its word alone: a name of several
words needs to stand outside a locative phrase, a single word needs to say or do something, or to carry a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.annotate.actors.acronyms import find_acronyms, find_offices
from khaldun.annotate.actors.given_names import find_also, find_armed, find_called
from khaldun.annotate.actors.noun_phrases import acts, says
from khaldun.annotate.actors.ranks import find_ranked
from khaldun.annotate.actors.told_bodies import find_told, find_units
from khaldun.annotate.found import Found, without_possessive
from khaldun.annotate.places.apposed import names_a_body, set_off, told_a_body, told_a_person
from khaldun.annotate.reading.nouns import read_noun, words_under
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.tables.names import PARTICLES, is_acronym, is_shouting
from khaldun.annotate.tables.timex_words import short_calendar_names
from khaldun.annotate.words import Doc, Token, Tokens
from khaldun.model import Span

_LOCATIVE = frozenset("in near at outside around inside from into towards toward through across via off".split())
_ARABIC = re.compile(
    r"\b(?:Abu|Abul|Abou|Umm|Ibn|Abd|Abdel|Abdul)(?:[ -](?:al|el|ul|bin|ibn|abu|Al|El)\b)?(?:[ -][A-Z][\w'’]+)"
    r"(?:[ -](?:(?:al|el|ul|bin|ibn|Al|El|Bin)[ -])?[A-Z][\w'’]+){0,3}"
)


def find_names(
    doc: Doc, text: str, known: Sequence[Span], places: Sequence[Span], headings: Sequence[Span]
) -> list[Found]:
    """Names of persons (`rule` "person…") and of organisations (`rule` "org…") outside `known`."""
    taken = [*known, *headings]
    ranked = list(find_ranked(text, taken)) if not is_shouting(text) else []
    offices = find_offices(text, taken)
    taken += [f.span for f in (*ranked, *offices)]
    found = [] if is_shouting(text) else [*offices, *find_armed(text, taken), *find_called(text, taken)]
    found += find_units(text, [*taken, *(f.span for f in found)])
    taken += [f.span for f in found]
    matches = (_arabic(doc, text, m.span(), [*places, *taken]) for m in _ARABIC.finditer(text))
    found += [f for f in matches if f is not None and not _overlaps(f.span, taken)]
    found += _bodies_for(text, [*taken, *(f.span for f in found)])
    for entity in doc.ents:
        candidate = _from_entity(text, entity, places)
        if candidate is not None and not _overlaps(candidate.span, [*taken, *(f.span for f in found)]):
            found.append(candidate)
    found += ranked
    if is_shouting(text):
        return [f for f in found if f.rule in ("person:titled", "person:entity", "org:described")]
    for chunk in _speaking_names(doc, text):
        if not _overlaps(chunk.span, [*taken, *places, *(f.span for f in found)]):
            found.append(chunk)
    for name in set_off(doc):
        span = Span(name.start_char, name.end_char)
        if not _overlaps(span, [*taken, *places, *(f.span for f in found)]):
            found.append(Found(span, "person:titled", "name", rank=3))
    found += find_told(doc, text, [*taken, *places, *(f.span for f in found)])
    found += find_also(text, found, [*taken, *places, *(f.span for f in found)])
    found += find_acronyms(doc, text, [*taken, *places, *(f.span for f in found)])
    if "which" in text:
        found = [f for f in found if not (f.rule.startswith("person") and _is_which(doc, f.span))]
    return _rejoined(text, found)


# "the Popular Front for the Renaissance", "the Movement for Justice and Peace in Zuwara"
_BODY_FOR = re.compile(
    r"\b(?!(?:The|An?|In|On|At|By) )(?:[A-Z][\w-]+ of (?:the )?)?(?:[A-Z][\w-]+ )*?(?P<noun>[A-Z][a-z]+)"
    r" for (?:the )?(?![A-Z][a-z]+day\b)[A-Z][\w-]+"
    r"(?: (?:(?:and|of|of the) )?(?![A-Z][a-z]+day\b)[A-Z][\w-]+)*"
    r"(?: in [A-Z][\w-]+(?= \(|, (?:formerly|also|better|or|known|an?)\b))?"
)
# "the National Patriotic Front of Liberia", "the Movement of Democratic Forces of Casamance"
_BODY_OF = re.compile(
    r"\b(?!(?:The|An?|In|On|At|By) )(?:[A-Z][\w-]+ )*(?P<noun>Front|Movement|Army|Union|Alliance|Rally|Congress"
    r"|Coalition|Forces|Party|League|Committee|Assembly|Resistance|Brigades?|Federation)"
    r" of (?:the )?(?P<of>[A-Z][\w-]+)(?: (?:(?:and|of|of the|for|for the) )?(?![A-Z][a-z]+day\b)[A-Z][\w-]+)*"
)
_BODIES = frozenset({"armed_group", "organisation"})


def _bodies_for(text: str, taken: Sequence[Span]) -> list[Found]:
    """Names of bodies that say what they are for, whichever piece of them is labelled."""
    found = []
    for match in _BODY_FOR.finditer(text) if " for " in text else ():
        noun, span = read_noun(match["noun"]), Span(*match.span())
        first = match[0].split()[0].casefold() in words_under("body_names")  # "the *Rally* of Forces for the East"
        if _overlaps(span, taken) or noun is None:
            continue
        if first or (noun.type in _BODIES and not noun.plural):
            found.append(Found(span, "org:described", "name", rank=2))
        elif noun.type == "state_force":  # "the National *Army* for the Liberation of …"
            found.append(Found(span, "org:armed", "name", rank=2))
    for match in _BODY_OF.finditer(text) if " of " in text else ():
        span = Span(*match.span())
        if not _overlaps(span, [*taken, *(f.span for f in found)]) and _tells_of_body(match["of"]):
            found.append(Found(span, "org:described", "name", rank=2))
    return found


def _tells_of_body(word: str) -> bool:
    """A state, those who make up a body, or what it is for: no person whose it is ("the Liberation Army of Nur")."""
    return state_of(word) is not None or read_noun(word) is not None or word.casefold() in words_under("body_names")


def _rejoined(text: str, found: Sequence[Found]) -> list[Found]:
    """Two persons with nothing but a space between them are one, torn apart by the pipeline."""
    joined: list[Found] = []
    for item in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        last = joined[-1] if joined else None
        both = last is not None and last.rule.startswith("person") and item.rule.startswith("person")
        if last is not None and both and text[last.span.end : item.span.start] in (" ", "-"):
            joined[-1] = Found(Span(last.span.start, item.span.end), last.rule, "name", rank=min(last.rank, item.rank))
        else:
            joined.append(item)
    return joined


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return span.overlaps_any(others)


def _arabic(doc: Doc, text: str, where: tuple[int, int], blocked: Sequence[Span]) -> Found | None:
    span = without_possessive(text, Span(*where))
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or _overlaps(span, blocked) or _located(tokens):
        return None
    if read_noun(tokens[-1].text) is not None:
        return None
    start = tokens.start
    while start and _given_name(doc[start - 1]) and not _overlaps(_at(doc[start - 1]), blocked):
        start -= 1
    return Found(Span(doc[start].idx, span.end), "person:arabic", "name", rank=2)


def _at(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token.text))


def _given_name(token: Token) -> bool:
    """A capitalised word before "Abdul …" that is part of the name: no title, no noun, no acronym."""
    return (
        token.text[:1].isupper()
        and token.is_alpha
        and token.pos_ == "PROPN"
        and token.lower_ not in words_under("titles")
        and read_noun(token.text) is None
        and state_of(token.text) is None
        and not is_acronym(token.text)
    )


def _from_entity(text: str, entity: Tokens, places: Sequence[Span]) -> Found | None:
    tokens = _trimmed(entity)
    if tokens is not None and entity.label_ == "PERSON":
        tokens = _with_given_name(tokens)
    if tokens is not None and entity.label_ == "ORG":
        tokens = _without_member(tokens)
    if tokens is None or state_of(tokens.text) is not None:
        return None
    span = without_possessive(text, Span(tokens.start_char, tokens.end_char))
    if not span or _overlaps(span, places) or (any(c.isdigit() for c in tokens.text) and entity.label_ == "PERSON"):
        return None
    if told_a_body(tokens) or (entity.label_ == "PERSON" and names_a_body(tokens)):
        return _organisation(tokens, span, strict=False)
    told = entity.label_ in ("ORG", "NORP", "FAC", "GPE") and told_a_person(tokens)
    if told or entity.label_ == "PERSON" or (entity.label_ in ("ORG", "FAC") and _ranked(tokens[0])):
        return _person(tokens, span)
    if entity.label_ in ("ORG", "LAW", "WORK_OF_ART", "PRODUCT", "EVENT", "NORP", "FAC"):
        return _organisation(tokens, span, strict=entity.label_ != "ORG")
    return None


def _with_given_name(tokens: Tokens) -> Tokens:
    """ "*Ayman* al-Masri": a name that opens with its article goes on to the left."""
    start = tokens.start
    if start and tokens.text.lower().startswith(("al-", "el-")) and _given_name(tokens.doc[start - 1]):
        return tokens.doc[start - 1 : tokens.end]
    return tokens


def _without_member(tokens: Tokens) -> Tokens:
    """ "*Falcon Brigade* member": the body without the noun for one or more of it."""
    last = tokens[-1]
    noun = read_noun(last.text) if last.text.islower() and len(tokens) > 1 else None
    return tokens.doc[tokens.start : tokens.end - 1] if noun is not None and noun.entry.one == "person" else tokens


def _trimmed(entity: Tokens) -> Tokens | None:
    """The entity without articles, titles, small words and marks at its edges."""
    start, end = entity.start, entity.end
    words = entity.doc.tokens
    while start < end and _edge(words[start]):
        start += 1
    while end > start and (words[end - 1].is_punct or words[end - 1].tag_ == "POS" or words[end - 1].is_space):
        end -= 1
    return entity.doc[start:end] if end > start else None


def _edge(token: Token) -> bool:
    particle = token.lower_ in PARTICLES and token.lower_ not in ("a", "an", "as", "at")
    return (not token.text[:1].isupper() and not particle) or token.lower_ == "the" or token.is_punct


def _without_titles(tokens: Tokens) -> Tokens:
    start = tokens.start
    while start < tokens.end - 1 and tokens.doc[start].lower_.rstrip(".") in words_under("titles"):
        start += 1
    return tokens.doc[start : tokens.end]


def _ranked(token: Token) -> bool:
    """True behind a rank; "Brigadier" tells a person where the pipeline sees a body."""
    before = token.nbor(-1).text.rstrip(".") if token.i else ""
    return before[:1].isupper() and before.casefold() in words_under("ranks")


def titled(token: Token) -> bool:
    """True where a title or role noun stands right before."""
    if token.i == 0:
        return False
    before = token.nbor(-1)
    return before.lower_.rstrip(".") in words_under("titles") or (
        read_noun(before.text) is not None and before.dep_ in ("compound", "amod", "nmod", "appos")
    )


def _located(tokens: Tokens) -> bool:
    """True after a preposition of place, or next to "town", "province" …"""
    doc, start, end = tokens.doc, tokens.start, tokens.end
    before = doc[start - 1].lower_ if start else ""
    if before in _LOCATIVE or (before == "of" and start > 1 and doc[start - 2].lower_ in words_under("place_nouns")):
        return True
    if (
        tokens[-1].lower_ in words_under("place_nouns")
        or _of_things(tokens)
        or _is_which(doc, Span(tokens.start_char, tokens.end_char))
    ):
        return True
    return end < len(doc) and doc[end].lower_ in words_under("place_nouns")


def _is_which(doc: Doc, span: Span) -> bool:
    """ "*Sidi Khalifa*, which the rebels held": nobody is "which", but a fighter of his brigade may be."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    behind = list(doc[tokens.end : tokens.end + 2]) if tokens is not None else []
    if tokens is None or len(behind) != 2 or behind[0].text != "," or behind[1].lower_ != "which":
        return False
    before = doc[tokens.start - 1] if tokens.start else tokens[0]
    return (len(tokens) > 1 or before.text.istitle()) and before.lower_ not in ("of", "by", "and", "with")


def _of_things(tokens: Tokens) -> bool:
    """True for a name of a document, an event, a building or a ship."""
    edges = {tokens[0].lower_, tokens[-1].lower_} & words_under("no_actors")
    return bool(edges) and not (len(tokens) > 1 and edges <= words_under("faiths"))  # "Ziaul *Islam*"


def _person(tokens: Tokens, span: Span) -> Found | None:
    tokens = _without_titles(tokens)
    span = Span(tokens.start_char, span.end)
    root = tokens.root
    words = [t for t in tokens if t.is_alpha]
    if not words or not words[-1].text[0].isupper() or state_of(words[-1].text) is not None:
        return None
    if titled(tokens[0]) or described(root):
        return Found(span, "person:titled", "name", rank=3)
    if _located(tokens) and not _handed_on(root):
        return None
    if is_acronym(tokens.text):
        return _organisation(tokens, span, strict=True)
    own = [t for t in words if t.lower_ not in PARTICLES]
    if (len(own) > 1 and not _compounded(root)) or (acts(root) and says(root)):
        return Found(span, "person:entity", "name", rank=3)
    return None


def _handed_on(root: Token) -> bool:
    """ "took over as head of the council *from X*": one takes an office from a person."""
    over = (v for v in root.ancestors if v.lemma_ == "take")
    return root.head.lower_ == "from" and any(c.lower_ == "over" for v in over for c in v.children)


def _compounded(root: Token) -> bool:
    """True for a name before a noun of something else ("the Saad mosque")."""
    return root.dep_ in ("compound", "nmod", "amod") and root.head.i > root.i and read_noun(root.head.text) is None


def _organisation(tokens: Tokens, span: Span, *, strict: bool) -> Found | None:
    root = tokens.root
    if _located(tokens) or not any(t.text[:1].isupper() for t in tokens):
        return None
    noun = read_noun(tokens[-1].text)
    if noun is not None and noun.type == "person":
        return None
    headed = noun is not None and len(tokens) > 1
    if headed or described(root):
        return Found(span, "org:described", "name", rank=3)
    acting = acts(root) and root.dep_ not in ("compound", "amod")
    if is_acronym(tokens.text):
        if tokens.text.casefold() in words_under("no_bodies"):
            return None  # "defused an *IED*"
        known_by = acting or _bracketed(tokens) or _before_noun(root)
        return Found(span, "org:acronym", "acronym", rank=3) if known_by else None
    if len([t for t in tokens if t.is_alpha]) > 1 and not strict and "-" not in tokens.text and not _compounded(root):
        return Found(span, "org:entity", "name", rank=3)
    return Found(span, "org:acting", "name", rank=3) if acting and says(root) else None


def _bracketed(tokens: Tokens) -> bool:
    """True for "(SFF)" right after a capitalised word: the short form of a name."""
    doc, start, end = tokens.doc, tokens.start, tokens.end
    inside = start > 1 and end < len(doc) and doc[start - 1].text in "([" and doc[end].text in ")]"
    return inside and doc[start - 2].text[:1].isupper() and not doc[start - 2].is_digit


def _before_noun(root: Token) -> bool:
    """True for a name before a noun for people ("SFF gunmen")."""
    return root.dep_ in ("compound", "nmod", "poss") and read_noun(root.head.text) is not None


def described(root: Token) -> bool:
    """True where an apposition says what the name is ("Lighthouse, a Danish weekly")."""
    if any(c.dep_ == "appos" and c.pos_ == "NOUN" and read_noun(c.text) is not None for c in root.children):
        return True
    return root.dep_ == "appos" and root.head.pos_ == "NOUN" and read_noun(root.head.text) is not None


def _speaking_names(doc: Doc, text: str) -> list[Found]:
    """Names outside the entities that say something ("Qasim claimed …"), are told something, or are described."""
    found: list[Found] = []
    common = {t.text for t in doc if t.text.islower()}
    for token in doc:
        if token.pos_ != "PROPN" or not token.text[:1].isupper() or token.dep_ == "compound":
            continue
        if token.lower_ in common or token.lower_ in short_calendar_names() or token.lower_ in words_under("no_actors"):
            continue  # a word that the text also writes small is no name
        if state_of(token.text) is not None or read_noun(token.text) is not None:
            continue
        if not (says(token) or described(token)) or token.ent_type_ in ("DATE", "TIME"):
            continue
        start = token.i
        while (
            start
            and doc[start - 1].pos_ == "PROPN"
            and doc[start - 1].dep_ == "compound"
            and doc[start - 1].text[:1].isupper()
        ):
            start -= 1
        tokens = _without_titles(doc[start : token.i + 1])
        span = without_possessive(text, Span(tokens.start_char, tokens.end_char))
        rule = "org:speaking" if token.ent_type_ in ("ORG", "GPE") or is_acronym(tokens.text) else "person:speaking"
        found.append(Found(span, rule, "acronym" if is_acronym(tokens.text) else "name", rank=3))
    return found
