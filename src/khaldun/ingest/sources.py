"""Who wrote and who published a report, as far as the report itself shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from khaldun.ingest.cues import Lexicon, lexicon, masthead
from khaldun.model import Part, Reference, Span

_NAME = r"[A-Z](?:[\w'’-]{1,30}|\.)(?:\s+(?:al|el|bin|ibn|de|von|van|der))?(?: [A-Z](?:[\w'’-]{1,30}|\.)){1,3}"
_BYLINE = re.compile(
    rf"(?:(?i:(?:written|reported|reporting|posted)?\s*(?:on\s.{{3,40}})?\bby)\s*:?\s+)(?P<names>{_NAME}"
    rf"(?:(?:,\s+|\s+and\s+|,\s+and\s+|\s+&\s+){_NAME}){{0,5}})"
)
_NAMED_DAY = re.compile(rf"(?P<names>{_NAME})\s*[|•·,–—-]\s*\S*\d")
_NOTE = re.compile(
    rf"(?:Dr\.?\s+)?(?P<names>{_NAME})(?:\s*\([^()]*\))?,?\s+(?:is|was|has|covers|writes|reports|reported)\b"
)
# "… and the Senior Editor for IHS's Harbour War Review": the owner before the possessive is not the outlet.
_WORKS_FOR = re.compile(
    r"\b(?:[Ee]ditor|[Cc]orrespondent|[Rr]eporter|[Jj]ournalist|[Cc]olumnist|[Ww]riter|[Cc]ontributor|[Pp]roducer)\b"
    r"(?:\s+(?!for\b|of\b|at\b|with\b)[\w-]+){0,4}?\s+(?:for|of|at|with)\s+(?:the\s+)?(?:[A-Z][\w.]*['’]s?\s+)?"
    r"(?P<outlet>[A-Z][\w.'’-]*(?:\s+(?:of|the|and|[A-Z][\w.'’-]*))*)"
)
_PIECES = re.compile(r"\s*[|•·,–—]\s*|\s+-\s+")
_SOURCE = re.compile(r"^\s*Source\s*:\s*")
_LONGEST_HEAD = 200
_BRACKETED = re.compile(r"\(([^()\n]{2,40})\)")
_REFERENCE = re.compile(
    r"[\[(](?:[Ss]ee|SEE|[Rr]ead|[Ff]or more(?: on| see|,)|[Ff]or background)(?:\s+(?:also|our|the|more|earlier))*"
    r"[\s:,]+(?=[^\[\]()\n]*[A-Z“\"])[^\[\]()\n]{6,300}[\])]"
)
_NOT_READ_FOR_REFERENCES = frozenset({"comment", "navigation", "boilerplate"})


def find_author(text: str, parts: Sequence[Part]) -> str | None:
    """The author from a byline, else from a note on the author at the foot; "Harbour Post | 4 May" is no author."""
    bylines = [part.span.of(text).strip("*_") for part in parts if part.kind == "byline"]
    notes = [part.span.of(text) for part in parts if part.kind == "author_note"]
    found = [*_matches(_BYLINE, bylines), *_matches(_NAMED_DAY, bylines), *_matches(_NOTE, notes)]
    known = lexicon()
    found = [_without_outlet(name) for name in found]
    named = [name for name in found if name not in known.agencies and not masthead().fullmatch(name)]
    return _in_title_case(named[0]) if named else None


def find_outlet(text: str, parts: Sequence[Part]) -> str | None:
    """The outlet that the author works for by the note at the foot, else the one named over the body, else the agency
    of the byline or credit."""
    notes = [part.span.of(text) for part in parts if part.kind == "author_note"]
    for note in notes:
        works_for = _WORKS_FOR.search(note)
        if works_for:
            return _without_tail(works_for["outlet"])
    return _named_on_top(text, parts) or find_agency(text, parts)


def _named_on_top(text: str, parts: Sequence[Part]) -> str | None:
    """The outlet of a line of its own ("Harbour Post, 4 May 2018"), or of "By Jane Roe, Harbour Post"."""
    known = lexicon()
    for part in parts:
        if part.kind == "body" and len(part.span) > _LONGEST_HEAD:
            return None
        if part.kind != "byline":
            continue
        for line in part.span.of(text).splitlines():
            pieces = [piece.strip() for piece in _PIECES.split(_SOURCE.sub("", line.strip("*_")))]
            for piece in pieces[:1] if not _BYLINE.match(line) else pieces[1:2]:
                if masthead().fullmatch(piece):
                    return known.agencies.get(piece, _in_title_case(piece))
    return None


def find_agency(text: str, parts: Sequence[Part]) -> str | None:
    """The agency in a dateline, a byline or the credit after the last sentence."""
    words = lexicon()
    for kinds in (("dateline",), ("byline",), ("boilerplate",)):
        for part in parts:
            if part.kind in kinds:
                agency = _agency_of(part.span.of(text), words)
                if agency:
                    return agency
    return None


def writes_month_first(outlet: str | None, text: str, parts: Sequence[Part]) -> bool:
    """True where the outlet or the agency writes 05/04/2018 for the fourth of May."""
    known = lexicon().month_first
    return outlet in known or find_agency(text, parts) in known


def find_references(text: str, parts: Sequence[Part]) -> tuple[Reference, ...]:
    """Pointers to other reports in brackets ("[See HP report, …]"), in text order."""
    return tuple(
        Reference(match.group(), Span(*match.span()))
        for part in parts
        if part.kind not in _NOT_READ_FOR_REFERENCES
        for match in _REFERENCE.finditer(text, part.span.start, part.span.end)
    )


def _matches(pattern: re.Pattern[str], texts: Iterable[str]) -> list[str]:
    return [match["names"] for text in texts if (match := pattern.match(text))]


def _agency_of(words: str, known: Lexicon) -> str | None:
    bracketed = _BRACKETED.search(words)
    candidates = [bracketed.group(1)] if bracketed else []
    candidates.append(words.strip(" \n-–—_.()[]"))
    return next((known.agencies[words] for words in candidates if words in known.agencies), None)


def _without_outlet(names: str) -> str:
    """The people of "Jane Roe, Harbour Post"."""
    people, comma, last = names.rpartition(", ")
    return people if comma and masthead().fullmatch(last) else names


def _in_title_case(name: str) -> str:
    return name.title() if name.isupper() else name


def _without_tail(outlet: str) -> str:
    return re.sub(r"(?:\s+(?:of|the|and))+$", "", outlet).rstrip(".,'’")
