"""Attributions of single sentences, as the tests of who says what read them: by the rules, with no layers below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.language import Language

from khaldun.annotate.attributions import find_attributions
from khaldun.annotate.ground import finding_id
from khaldun.annotate.kit import load_pipeline
from khaldun.annotate.reading.sentences import Parse, parse_reports
from khaldun.model import Attribution, Mention, Part, Report, Span


def report_of(text: str) -> Report:
    return Report(id="r", input_id="r", raw="", text=text, parts=(Part("body", Span(0, len(text))),))


@cache
def pipeline() -> Language:
    return load_pipeline()


@cache
def parsed(text: str) -> Parse:
    return next(parse_reports([report_of(text)], pipeline()))


def read(text: str, mentions: Sequence[Mention] = ()) -> tuple[Attribution, ...]:
    return find_attributions(parsed(text), mentions)


def the(text: str, made_by: str, mentions: Sequence[Mention] = ()) -> Attribution:
    """The one attribution of `text` made by that rule."""
    found = [a for a in read(text, mentions) if a.made_by == made_by]
    assert len(found) == 1, [(a.made_by, words(text, a.content)) for a in read(text)]
    return found[0]


def words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def name(text: str, quote: str, entity: str) -> Mention:
    """A mention of an actor at the first place where `quote` stands."""
    start = text.index(quote)
    span = Span(start, start + len(quote))
    return Mention(finding_id(report_of(text), "mention", span), span, quote, "actor", entity=entity)


def marked(example: str) -> tuple[str, list[Span], list[Span]]:
    """The text of an example, its <source> and its {content}."""
    text, source, content, start = "", [], [], 0
    for character in example:
        if character in "<{":
            start = len(text)
        elif character == ">":
            source.append(Span(start, len(text)))
        elif character == "}":
            content.append(Span(start, len(text)))
        else:
            text += character
    return text, source, content


def tokens(text: str, spans: Sequence[Span]) -> list[str]:
    places = [m.span() for m in re.finditer(r"\w+", text)]
    return [f"{s}:{text[s:e]}" for s, e in places if any(p.start <= s < p.end for p in spans)]
