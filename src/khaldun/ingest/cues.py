"""The lexicon of furniture, compiled: `data/lexicons/en/furniture.yaml`.

Patterns are regular expressions in which names in braces stand for shared pieces: `{AGENCY}`, `{SECTION}`,
`{NAME}` (of a person), `{DATE}`, `{SHORT_DATE}`, `{CLOCK}`, `{PLACE}` and what else the file lists under
`pieces`. A cue's `where` says how it is applied:

- `head` at the reading position while the head of the text is taken apart, piece by piece;
- `start` at the beginning of a line;
- `line` on a whole line, `top` and `foot` only above the first or below the last sentence of the body;
- `opens` on a whole line after which no body follows, `lists` on a line that heads a list of short lines;
- `end` inside the last line only;
- `masthead` on a whole line above the first sentence, where a headline is left beside it;
- `signed` on a whole line above the first sentence that stands between a headline and the day, or behind the day;
- `outlet` anywhere, with `{OUTLET}` filled in, and from there on to the end;
- `inside` anywhere in a line. `until: headline` takes in the headline that follows, `until: tags` a run of
  tags, `until: tail` the rest of the line unless that is prose; `since: sentence` takes in the sentence so far,
  `since: caption` the caption whose credit the match is, `since: post` the post so far, `since: gap` what little
  stands between the last furniture and the match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal, TypeVar, get_args

from khaldun.copies import replace
from khaldun.errors import InvalidKnowledge
from khaldun.ingest.dates import FULL_DATE, SHORT_DATE
from khaldun.knowledge import load_data
from khaldun.model import PartKind
from khaldun.needed import Needed, in_small, needed

T = TypeVar("T")

LEXICON = "lexicons/en/furniture.yaml"
_OUTLETS = "actors/media.yaml"

Where = Literal[
    "head", "start", "line", "top", "foot", "opens", "lists", "inside", "end", "outlet", "lead", "masthead", "signed"
]
Until = Literal["match", "headline", "tags", "tail"]
Since = Literal["match", "sentence", "caption", "post", "gap"]

_MANY: tuple[Where, ...] = ("line", "inside")
_PIECE = re.compile(r"\{([A-Z_]+)\}")


@dataclass(frozen=True)
class Cue:
    """One way in which furniture shows."""

    id: str
    kind: PartKind
    where: Where
    wording: str
    until: Until = "match"
    since: Since = "match"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first asked for: of ninety a short text needs a few. Raises InvalidKnowledge."""
        return self._read(re.compile)

    @cached_property
    def needed(self) -> Needed:
        """What a text must hold for a match. Raises InvalidKnowledge."""
        return self._read(needed)

    def _read(self, reader: Callable[[str], T]) -> T:
        try:
            return reader(self.wording)
        except re.error as problem:
            raise InvalidKnowledge(f"{LEXICON}: {self.id}: {problem}") from problem


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues, by where they apply, and the word lists that the engine needs."""

    cues: Mapping[str, tuple[Cue, ...]]
    agencies: Mapping[str, str]
    openers: frozenset[str]
    small_words: frozenset[str]
    prose_words: frozenset[str]
    month_first: frozenset[str]
    masthead_wording: str

    def at(self, where: Where) -> tuple[Cue, ...]:
        return self.cues.get(where, ())

    def for_text(self, text: str) -> Lexicon:
        """The same without those of the many cues for lines and within them that can match nowhere in a text."""
        small = in_small(text)
        possible: dict[str, tuple[Cue, ...]] = {
            where: tuple(cue for cue in self.at(where) if cue.needed.is_in(text, small)) for where in _MANY
        }
        return replace(self, cues={**self.cues, **possible})


@cache
def lexicon() -> Lexicon:
    """The lexicon, with its pieces filled in. Raises InvalidKnowledge with all that is unknown in the file at once."""
    data = load_data(LEXICON)
    agencies = {form: entry["name"] for entry in data["agencies"] for form in (entry["name"], *entry.get("forms", []))}
    pieces = _pieces(data, agencies)
    problems: list[str] = []
    cues = [_compiled(row, pieces, problems) for row in data["cues"]]
    if problems:
        raise InvalidKnowledge(f"{LEXICON}: " + "; ".join(problems))
    groups = {where: tuple(cue for cue in cues if cue is not None and cue.where == where) for where in get_args(Where)}
    words = data["words"]
    return Lexicon(
        groups,
        agencies,
        frozenset(words["openers"]),
        frozenset(words["small"]),
        frozenset(words["prose"]),
        frozenset(data["month_first"]),
        pieces["MASTHEAD"],
    )


@cache
def masthead() -> re.Pattern[str]:
    """What an outlet's name looks like where nothing else stands beside it."""
    return re.compile(lexicon().masthead_wording)


def _pieces(data: Any, agencies: Mapping[str, str]) -> dict[str, str]:
    pieces = {
        "DATE": FULL_DATE,
        "SHORT_DATE": SHORT_DATE,
        "AGENCY": _any_of(agencies),
        "SECTION": _any_of(data["sections"]),
        "OUTLET_NOUN": _any_of(data["outlet_nouns"]),
        "OUTLET_NAME": _any_of(_outlets()),
    }
    for name, pattern in data["pieces"].items():
        pieces[name] = _fill(pattern, pieces)
    return pieces


def _outlets() -> set[str]:
    """The outlets that the house knows, under all their names."""
    actors = load_data(_OUTLETS)["actors"]
    return {name for actor in actors for name in (actor["name"], *actor.get("aliases", ()))}


def _any_of(words: Any) -> str:
    """An alternation, longest first, so that "Associated Press" is tried before "AP"."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


def _fill(pattern: str, pieces: Mapping[str, str]) -> str:
    return _PIECE.sub(lambda name: f"(?:{pieces[name.group(1)]})" if name.group(1) != "OUTLET" else "{OUTLET}", pattern)


def with_outlet(cue: Cue, outlet: str) -> re.Pattern[str]:
    """The pattern of an `outlet` cue for one outlet."""
    return re.compile(cue.wording.replace(r"{OUTLET}", f"(?:{re.escape(outlet)})"))


def _compiled(row: Any, pieces: Mapping[str, str], problems: list[str]) -> Cue | None:
    name = row.get("id", "a cue without id")
    if row.get("kind") not in get_args(PartKind) or row.get("where") not in get_args(Where):
        problems.append(f"{name}: unknown kind or where")
        return None
    if row.get("until", "match") not in get_args(Until) or not row.get("examples"):
        problems.append(f"{name}: unknown until, or no examples")
        return None
    try:
        wording = _fill(row["pattern"], pieces)
    except KeyError as problem:
        problems.append(f"{name}: {problem}")
        return None
    return Cue(
        name,
        row["kind"],
        row["where"],
        wording,
        row.get("until", "match"),
        row.get("since", "match"),
    )
