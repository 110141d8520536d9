"""Actors, counts, weapons and media products in the text.

Several finders look at each passage (known names, other names, noun phrases, states, pronouns); where their
findings cross, the better grounded one stays. Nested findings stay side by side: "eight men of the Red Brigade"
and "Red Brigade" are two actors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.annotate.actors.again import find_again, leaders, names_given
from khaldun.annotate.actors.counts import find_counts
from khaldun.annotate.actors.descriptions import find_descriptions
from khaldun.annotate.actors.numbered import find_numbered
from khaldun.annotate.actors.persons import find_names
from khaldun.annotate.actors.pronouns import find_pronouns
from khaldun.annotate.actors.stateactors import find_states
from khaldun.annotate.actors.things import find_media_products, find_weapons
from khaldun.annotate.found import Found, as_mention, settle, shift
from khaldun.annotate.reading.headlines import headlines
from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.tables.known import Spotted, find_known
from khaldun.annotate.tables.names import is_acronym
from khaldun.model import Mention, MentionForm, Span


def find_actors(parse: Parse, times: Sequence[Mention], places: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of actors, counts, weapons and media products in text order.

    `times` and `places` keep dates from being counts and towns from being people; both may be empty. Words that
    only point to another report ("[See …]") name no actors.
    """
    towns = [m for m in places if m.form != "description"]
    texts = [p.doc.text for p in parse.passages]
    products = [find_media_products(p.doc, t) for p, t in zip(parse.passages, texts, strict=True)]
    found = [_actors(p, t, q, _inside(p, towns)) for p, t, q in zip(parse.passages, texts, products, strict=True)]
    given = {**leaders(), **names_given([(t, f) for t, items in zip(texts, found, strict=True) for f in items])}
    mentions: list[Mention] = []
    for passage, text, items, put_out in zip(parse.passages, texts, found, products, strict=True):
        taken = [*(f.span for f in items), *_inside(passage, towns)]
        again = find_again(text, given, taken)
        mentions += (as_mention(parse.report, passage, f) for f in (*items, *again, *put_out, *_things(passage, times)))
    pointers = [r.span for r in parse.report.references]
    mentions = [m for m in mentions if m.kind != "actor" or not _in(m.span, pointers)]
    return tuple(sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.kind)))


def _actors(passage: Passage, text: str, products: Sequence[Found], places: Sequence[Span]) -> list[Found]:
    doc = passage.doc
    titles = [f.head for f in products if f.head is not None]
    spotted = list(find_known(text))
    credits = [k.span for k in spotted if _is_credit(text, k)]
    known = [k for k in spotted if not _in(k.span, titles) and k.span not in credits]
    headings = headlines(doc)
    names = find_names(doc, text, [*(k.span for k in known), *titles, *credits], places, headings)
    return settle(
        [
            *find_descriptions(doc, text, known, names, places, headings),
            *(Found(k.span, f"known:{k.actor.id}", _form(k.span.of(text)), rank=1) for k in known),
            *names,
            *(f for f in find_states(doc) if f.rule != "state:capital" or not _in_longer(f.span, places)),
            *find_pronouns(doc),
            *find_numbered(doc),
        ]
    )


def _in(span: Span, others: Sequence[Span]) -> bool:
    return span.within_any(others)


def _in_longer(span: Span, places: Sequence[Span]) -> bool:
    """ "Mocímboa da *Praia*" is no capital of a state."""
    return any(p.contains(span) and p != span for p in places)


def _is_credit(text: str, found: Spotted) -> bool:
    """True for an agency's credit: "PORTVILLE (Reuters) -", "--AFP"; it names who sends, not who acts."""
    if found.actor.type != "media":
        return False
    before, after = text[: found.span.start].rstrip(), text[found.span.end :].lstrip()
    if before.endswith("(") and after.startswith(")"):
        return bool(_DATELINE.search(before[:-1])) or after[1:].lstrip().startswith(("-", "–", "—", "_"))
    return before.endswith(("--", "—")) and not after


# A place in capitals, with or without what follows it, right before the bracket of an agency.
_DATELINE = re.compile(r"\b[A-Z][A-Z]+(?:[ ,][\w, ]{0,24})?\s*$")


def _form(text: str) -> MentionForm:
    return "acronym" if is_acronym(text) else "name"


def _things(passage: Passage, times: Sequence[Mention]) -> list[Found]:
    doc = passage.doc
    return [*find_counts(doc, _inside(passage, times)), *find_weapons(doc)]


def _inside(passage: Passage, mentions: Sequence[Mention]) -> list[Span]:
    reach = Span(passage.base, passage.base + len(passage.doc.text))
    return [shift(m.span, -passage.base) for m in mentions if reach.contains(m.span)]
