"""Names that a report has given once are names everywhere in it: "Qasim" after "Omar Qasim", "SFF" after "(SFF)"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from khaldun.annotate.found import Found
from khaldun.annotate.reading.nouns import read_noun, words_under
from khaldun.annotate.tables.known import leader_of, state_of
from khaldun.annotate.tables.names import PARTICLES, fold_name, initials, is_acronym
from khaldun.model import MentionForm, Span

_NEAR = 80  # characters; no capitalised word is longer
_OF_TABLE = 2  # the rank of phrases round a known name, which need no finding again
_LONG = 4  # words of a name whose one word stands for it
_BEFORE_OF = re.compile(r" (?:of|for|on|in|to) ")
_SHORTEST = 3  # letters in a surname that may stand alone


def names_given(found: Sequence[tuple[str, Found]]) -> Mapping[str, str]:
    """Names and surnames in what was found (with the text each stands in), with the rule for finding them again."""
    given: dict[str, str] = {}
    for text, item in found:
        inside = item.rule in ("own-force", "full-name") and item.head is not None and item.rank > _OF_TABLE
        if item.kind != "actor" or not (inside or item.form in ("name", "acronym")):
            continue
        name = item.span.of(text) if item.head is None or not inside else item.head.of(text)
        if inside:
            given.setdefault(name, "org:again")
        if item.rule.startswith(("org", "known")) and len(short := initials(fold_name(name))) >= _SHORTEST:
            given.setdefault(short, "org:initials")
        if item.rule.startswith(("org", "known")) and (word := _body_word(name)) is not None:
            given.setdefault(word, "org:again")
        if item.rule.startswith("org"):
            given.setdefault(name, "org:again")
        elif item.rule.startswith("person"):
            given.setdefault(name, "person:again")
            surname = name.split()[-1].split("-")[-1] if " " in name else ""
            if _may_stand_alone(surname):
                given.setdefault(surname, "person:again")
    return given


def _body_word(name: str) -> str | None:
    """The word for its kind in a long name of a body, which stands for it later on: "the Northern *Observatory* for
    Rights", then "Observatory director Ali Saad"."""
    words = _BEFORE_OF.split(name, maxsplit=1)[0].split()
    if len(name.split()) < _LONG or not words or not words[-1][:1].isupper():
        return None
    noun = read_noun(words[-1].lower())
    return words[-1] if noun is not None and noun.entry.one in ("organisation", "government") else None


def _may_stand_alone(surname: str) -> bool:
    return (
        len(surname) >= _SHORTEST
        and surname[:1].isupper()
        and surname.casefold() not in PARTICLES
        and state_of(surname) is None
        and read_noun(surname) is None
    )


@cache
def leaders() -> Mapping[str, str]:
    """The leaders in our tables, by the names they are printed under."""
    return {" ".join(w.capitalize() for w in words): "person:leader" for words in leader_of() if len(words) == 1}


@lru_cache(maxsize=16)  # of each passage of a report it is asked
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")


def find_again(text: str, given: Mapping[str, str], taken: Sequence[Span]) -> list[Found]:
    """Further places of `given` names in `text`, outside `taken` and not inside a longer capitalised name."""
    if not any(name in text for name in given):
        return []
    found: list[Found] = []
    for match in _any_of(tuple(given)).finditer(text):
        span = Span(*match.span())
        if (span.overlaps_any(taken) and not _is_tail(text, span, taken)) or _in_longer(text, span):
            continue
        form: MentionForm = "acronym" if is_acronym(match.group()) else "name"
        rule = given[match.group()]
        found.append(Found(_with_first_name(text, span) if rule == "person:leader" else span, rule, form, rank=5))
    return found


def _is_tail(text: str, name: Span, taken: Sequence[Span]) -> bool:
    """ "Key figures *in the MSC*": whose they are is told at the end of who they are."""
    around = [span for span in taken if span.overlaps(name)]
    return (
        all(s.start < name.start and s.end == name.end for s in around)
        and _BELONGING.search(text, max(0, name.start - _NEAR), name.start) is not None
    )


_BELONGING = re.compile(r"\b(?:in|of|from|within) (?:the )?\Z")
_FIRST_NAME = re.compile(r"[A-Z][a-z]+ (?:al|el|bin|ibn)[ -]$")


def _with_first_name(text: str, surname: Span) -> Span:
    """ "*Ayman al* Zawahiri's envoy": a leader known by the surname, printed in full."""
    near = max(0, surname.start - _NEAR)
    before = _FIRST_NAME.search(text[near : surname.start])
    if before is None or _opens(text, near + before.start()):
        return surname
    return Span(near + before.start(), surname.end)


_WORD_AFTER = re.compile(r"\s([A-Za-z]+)")
_WORD_BEFORE = re.compile(r"([A-Z][a-z]+)\s$")


def _opens(text: str, at: int) -> bool:
    """True at the start of the text, and behind a full stop or a mark with a blank after it."""
    blank = at
    while blank and text[blank - 1].isspace():
        blank -= 1
    return at == 0 or (0 < blank < at and text[blank - 1] in ".!?\"'")


def _in_longer(text: str, span: Span) -> bool:
    """True inside a longer name ("Qasim Street", "Port Qasim"), unless a title or a small word stands before."""
    after = _WORD_AFTER.match(text, span.end)
    if after is not None and after.group(1).casefold() in words_under("place_nouns"):
        return True
    near = max(0, span.start - _NEAR)
    before = _WORD_BEFORE.search(text[near : span.start])
    if before is None or " " in span.of(text):
        return False
    word = before.group(1)
    first = _opens(text, near + before.start())
    return not first and word.casefold() not in words_under("titles") and read_noun(word) is None
