"""Mentions by rule and noun phrases tagged by the learned layer, after everything else is found.

`finish` widens the rules' mentions to the whole phrases they stand in, with the name as `head`, and adds what the
layer alone finds: people, bodies, places and weapons, without an entity, since nothing tells which one. So the list
of actors stays the rules', and a word of the layer's makes nobody a party ("the *defenders* surrendered" on a pitch).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from khaldun.annotate.actors.pronouns import PRONOUNS
from khaldun.annotate.ground import finding_id
from khaldun.annotate.learned.tagged import Tagged
from khaldun.annotate.reading.lookup import Lookup, look_up, tokens_of
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import replace
from khaldun.model import Annotation, Frame, Locus, Mention, MentionForm, MentionKind, Span

ADDED_FROM = 0.6
"""A phrase that no rule found is added from this score on: a first choice, not swept."""

WIDENED_FROM = 0.5
"""A rule's mention takes the layer's span from this score on."""

KINDS: Mapping[str, MentionKind] = {
    "Person": "actor",
    "Organisation": "actor",
    "Location": "place",
    "Weapon": "weapon",
    "MilitaryPlatform": "weapon",
    "Vehicle": "weapon",
    "Quantity": "count",
}
_ADDED_LATE = frozenset({"Location", "Weapon", "MilitaryPlatform"})
_LEFT_OUT = re.compile(r"(?:the|an?|this|that|these|those|some|any|other)\s+(?=\S)", re.IGNORECASE)


# ------------------------------------------------------------------------------------------------ people and bodies


def _described(parse: Parse, phrases: Sequence[Tagged], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """People and bodies whose head word no rule's mention holds, in text order.

    As the rules' descriptions they leave the article out. `made_by` says what the layer takes them for:
    "learned:person", "learned:people", "learned:organisation" or "learned:organisations".
    """
    lookup = look_up(parse)
    nearby = _by_passage((m for m in mentions if m.kind != "count"), lookup)
    for phrase in phrases:
        passage = lookup.passage(phrase.span)
        if KINDS.get(phrase.type) != "actor" or phrase.score < ADDED_FROM or passage is None:
            continue
        tokens = tokens_of(passage, phrase.span)
        head = head_of(tokens) if tokens is not None else None
        if tokens is None or head is None or not _is_whole(tokens, head, phrase, passage):
            continue
        at = passage.at(head)
        start, end = min(at.start, phrase.span.start), max(at.end, phrase.span.end)
        beside = (m for s, e, m in nearby.get(passage.base, ()) if s < end and start < e)
        if any(_is_it(m, phrase, at, parse.report.text) for m in beside):
            continue
        span = _without_article(phrase.span, parse.report.text)
        yield Mention(
            id=finding_id(parse.report, "actor", span),
            span=span,
            quote=span.of(parse.report.text),
            kind="actor",
            form=_form(span.of(parse.report.text), head),
            head=at if at != span and span.contains(at) else None,
            made_by=f"learned:{_sort(phrase, head)}",
        )


def _is_whole(tokens: Tokens, head: Token, phrase: Tagged, passage: Passage) -> bool:
    """False for a phrase cut short ("residents of", the "S. convoys" of "U.S. convoys"), and for a body told only by
    whose it is ("their allies"), which says too little to be a party."""
    if head.pos_ not in _HEADS or passage.at(tokens[0]).start != phrase.span.start:
        return False
    if tokens[-1].pos_ in _CUT_SHORT or tokens[-1].tag_ == "PRP$":
        return len(tokens) == 1 and head.pos_ == "PRON"
    before = tokens[0].nbor(-1) if tokens[0].i else None
    if before is not None and before.text.endswith(".") and not before.whitespace_:
        return False
    return len(tokens) == 1 or phrase.type == "Person" or tokens[0].tag_ != "PRP$"


def _is_it(mention: Mention, phrase: Tagged, head: Span, text: str) -> bool:
    """True where a rule's mention holds the head word, ends the phrase with nothing but words before its name, or is
    the owner of a body ("Kenyan consulates" are Kenya, which is a party already)."""
    if mention.span.overlaps(head):
        return True
    country = isinstance(mention.value, Locus) and mention.value.kind == "country" and _of_state(head.of(text))
    owner = country or (mention.kind == "actor" and mention.form != "pronoun")
    if (
        owner
        and phrase.type == "Organisation"
        and phrase.span.contains(mention.span)
        and mention.span.end <= head.start
    ):
        return True
    ends = phrase.span.contains(mention.span) and mention.span.end == phrase.span.end and mention.kind == "actor"
    return ends and not _JOINED.search(text[phrase.span.start : mention.span.start])


def _of_state(noun: str) -> bool:
    """True for "consulates" and "troops", not for "students": what a country has as a state."""
    reading = read_noun(noun)
    return reading is not None and reading.type in ("government", "state", "state_force")


_JOINED = re.compile(r"\b(?:of|from|in|for|with|to|by|at|and|or)\b", re.IGNORECASE)
_CUT_SHORT = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PUNCT", "ADV"})
_HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def head_of(tokens: Tokens | Sequence[Token]) -> Token | None:
    """The word that the others hang on, None for marks alone."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if not t.is_punct and (t.head.i not in inside or t.head == t)), None)


def _without_article(span: Span, text: str) -> Span:
    found = _LEFT_OUT.match(span.of(text))
    return Span(span.start + found.end(), span.end) if found else span


def _form(quote: str, head: Token) -> MentionForm:
    if quote.casefold() in PRONOUNS or quote.casefold() in _OTHER_PRONOUNS:
        return "pronoun"
    words = [w for w in quote.split() if w.casefold() not in ("of", "for", "the", "and", "in")]
    return "name" if head.pos_ == "PROPN" and all(w[:1].isupper() for w in words) else "description"


_OTHER_PRONOUNS = frozenset(
    "i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who whom whose "
    "which that this these those himself herself itself themselves ourselves myself".split()
)


def _sort(phrase: Tagged, head: Token) -> str:
    many = head.tag_ in ("NNS", "NNPS")
    if phrase.type == "Person":
        return "people" if many else "person"
    return "organisations" if many else "organisation"


# ------------------------------------------------------------------------------------------------ whole phrases


def finish(annotation: Annotation, parse: Parse, phrases: Sequence[Tagged]) -> Annotation:
    """The annotation with whole phrases as mentions; nothing else of the other layers changes."""
    if not phrases:
        return annotation
    described = tuple(_described(parse, phrases, annotation.mentions))
    wide = _widened((*annotation.mentions, *described), phrases, parse)
    added = list(_late(wide.values(), phrases, parse))
    mentions = sorted((*wide.values(), *added), key=lambda m: (m.span.start, -m.span.end, m.kind))
    frames = tuple(_with_mentions(frame, wide) for frame in annotation.frames)
    return replace(annotation, mentions=tuple(mentions), frames=frames)


def _with_mentions(frame: Frame, wide: Mapping[str, Mention]) -> Frame:
    roles = {role: tuple(wide.get(m.id, m) for m in filled) for role, filled in frame.roles.items()}
    return replace(frame, roles=roles)


def _widened(mentions: Sequence[Mention], phrases: Sequence[Tagged], parse: Parse) -> dict[str, Mention]:
    """All mentions by id, those that head a phrase with its span. `made_by` says what the layer takes it for."""
    lookup = look_up(parse)
    wide = {m.id: m for m in mentions}
    nearby = _by_passage((m for m in wide.values() if m.kind in _WIDENED), lookup)
    taken = {(m.kind, m.span) for m in mentions}
    for phrase in phrases:
        passage = lookup.passage(phrase.span) if phrase.score >= WIDENED_FROM else None
        if passage is None:
            continue
        start, end = phrase.span.start, phrase.span.end
        around = (wide[m.id] for s, e, m in nearby.get(passage.base, ()) if start <= s and e <= end)
        inside = [m for m in around if phrase.span.contains(m.span)]
        tokens = tokens_of(passage, phrase.span) if inside else None
        head = head_of(tokens) if tokens is not None else None
        if head is None:
            continue
        mention = _heading(inside, passage.at(head), KINDS.get(phrase.type))
        if mention is not None and "learned" not in mention.made_by.partition("+")[2]:
            fits = (mention.kind, phrase.span) not in taken
            taken.add((mention.kind, phrase.span))
            wide[mention.id] = _agreed(mention, phrase, phrase.span if fits else mention.span, parse)
    return wide


def _by_passage(mentions: Iterable[Mention], lookup: Lookup) -> dict[int, list[tuple[int, int, Mention]]]:
    """The mentions of each passage, by where it begins, with where they stand: a phrase is held against those of its
    own alone, and of these against the ones that touch it."""
    found: dict[int, list[tuple[int, int, Mention]]] = {}
    for mention in mentions:
        passage = lookup.passage(mention.span)
        if passage is not None:
            found.setdefault(passage.base, []).append((mention.span.start, mention.span.end, mention))
    return found


def _agreed(mention: Mention, phrase: Tagged, span: Span, parse: Parse) -> Mention:
    rule = mention.made_by.partition(":")[0] if mention.made_by.startswith("learned") else f"{mention.made_by}+learned"
    return replace(
        mention,
        span=span,
        quote=span.of(parse.report.text),
        head=(mention.head or mention.span) if span != mention.span else mention.head,
        made_by=f"{rule}:{phrase.type}",
    )


_WIDENED = frozenset({"actor", "place", "weapon", "count"})


def _heading(inside: Sequence[Mention], head: Span, kind: MentionKind | None) -> Mention | None:
    """The longest mention that holds the phrase's head word, of the phrase's kind if it can be; else the only one."""
    for alike in (True, False):
        holding = [m for m in inside if (m.kind == kind) is alike and m.span.contains(head)]
        if holding:
            return max(holding, key=lambda m: len(m.span))
    named = [m for m in inside if m.kind == kind]
    return named[0] if len(named) == 1 else None


def _late(mentions: Iterable[Mention], phrases: Sequence[Tagged], parse: Parse) -> Iterator[Mention]:
    """Places and weapons that only the layer finds: mentions without an entity, since nothing tells which one."""
    held = [m.span for m in mentions]
    for phrase in phrases:
        if phrase.type not in _ADDED_LATE or phrase.score < ADDED_FROM or phrase.span.overlaps_any(held):
            continue
        if not any(c.isalpha() for c in phrase.span.of(parse.report.text)):
            continue
        yield Mention(
            id=finding_id(parse.report, KINDS[phrase.type], phrase.span),
            span=phrase.span,
            quote=phrase.span.of(parse.report.text),
            kind=KINDS[phrase.type],
            form="description",
            made_by=f"learned:{phrase.type}",
        )
