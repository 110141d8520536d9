"""Names of persons behind a rank or an office: "Lt. Col. Paul-Henri Damiba", "Sheikh Hassan Dahir Aweys".

The rank says that a name follows and where it starts, whatever the small pipeline makes of the name's parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from khaldun.annotate.found import Found, without_possessive
from khaldun.annotate.reading.nouns import read_noun, words_under
from khaldun.annotate.reading.starts import finder
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.tables.names import is_acronym
from khaldun.annotate.tables.timex_words import calendar_names
from khaldun.annotate.words import Doc, Token
from khaldun.model import Span

_CAPITAL = r"(?:[A-Z][’']?[^\W\d_]+(?:[’'`][^\W\d_]+)*|[A-Z]\.)"
_PARTICLE = (
    r"(?:[Aa]l|[Ee]l|[Uu]l|[Aa]d|[Aa]sh|[Aa]s|[Aa]r|[Aa]n|[Aa]t|[Aa]z|bin|ibn|ben|bint|abu|ould|ag|von|van|der|de|la"
    r"|del|da|do|dos|di|du|le)"
)
_PART = rf"(?:{_PARTICLE}[ -])*{_CAPITAL}(?:-(?:{_PARTICLE}-)?{_CAPITAL})*"
_NICKNAME = r"(?:[\"“][^\"”“]{2,24}[\"”] )?"
_NAME = rf"{_PART}(?: {_NICKNAME}{_PART}){{0,4}}"
_WHOLE = 2  # words of a name behind an office in small letters; one alone is as often a body's ("leader Hamas")
# Ranks that are printed short, with a full stop: behind a full word it ends the sentence.
# "Ismail *Ould Cheikh* Ahmed": behind a particle of names the rank is a part of the name.
_IN_NAME = re.compile(rf"\b{_PARTICLE}[ -]$", re.IGNORECASE)
_SHORT = frozenset("gen lt col maj brig capt sgt cpl adm mr mrs ms dr prof gov sen".split())


# "Mohamed Abdi “Gaboose” Farah": a nickname tells a person as a rank does.
_NICKNAMED = re.compile(rf"(?<![\w-])(?P<name>{_PART}(?: {_PART}){{0,2}} [\"“][A-Z][^\"”“]{{1,22}}[\"”] {_PART})")


# That, quickly: most quotations are no nicknames.
_QUOTED_NAME = re.compile(r" [\"“][A-Z][^\"”“]{1,22}[\"”] ")


@cache
def _behind_ranks() -> Callable[[str], Iterable[re.Match[str]]]:
    ranks = "|".join(sorted(map(re.escape, words_under("ranks") | words_under("offices")), key=len, reverse=True))
    short = "|".join(sorted(_SHORT))
    return finder(re.compile(rf"(?<![\w.-])(?P<ranks>(?:(?:(?i:{short})\.|(?i:{ranks}))[ -])+)(?P<name>{_NAME})"))


def find_ranked(text: str, taken: Sequence[Span]) -> Iterator[Found]:
    """Names behind a rank, the rank left out, outside `taken`."""
    for match in _behind_ranks()(text):
        start, words = match.start("name"), re.findall(r"\S+", match["name"])
        kept = _kept(words)
        if _IN_NAME.search(text, max(0, match.start() - 6), match.start()):
            continue
        if not kept or (match["ranks"][:1].islower() and kept < _WHOLE):
            continue
        end = start + len(" ".join(words[:kept]))
        span = without_possessive(text, Span(start, end))
        if text[end : end + 1] in ("-", "’") and end == match.end("name"):
            continue
        if not span.overlaps_any(taken):
            yield Found(span, "person:titled", "name", rank=2)
    for match in _NICKNAMED.finditer(text) if _QUOTED_NAME.search(text) else ():
        span = without_possessive(text, Span(*match.span()))
        whole = _kept(match["name"].split()) == len(match["name"].split())
        if whole and not span.overlaps_any(taken):
            yield Found(span, "person:nicknamed", "name", rank=1)


def _kept(words: Sequence[str]) -> int:
    """How many of the words are the person's name; none where the first is a word of an office, a body or a place."""
    for n, word in enumerate(words):
        plain = re.sub(r"[’']s?$", "", word)
        if plain[:1] in '"“':
            continue
        noun = read_noun(plain)
        if (
            n
            and noun is not None
            and not noun.plural
            and noun.type == "person"
            and plain.casefold() not in calendar_names()
        ):
            continue  # "Abdul Basir Mujahid": a name that is a word as well
        if _is_other(plain):
            return 0 if n == 0 or plain.casefold() in words_under("place_nouns") else n
        if plain != word:
            return n + 1  # "Gen. Omar Saleh's Falcon Brigade"
    return len(words)


def _is_other(word: str) -> bool:
    lower = word.casefold()
    return (
        lower in calendar_names()
        or lower in words_under("place_nouns")
        or lower in words_under("no_actors")
        or lower in words_under("no_names")
        or read_noun(word) is not None
        or state_of(word) is not None
        or (is_acronym(word) and len(word) > 2)
    )


def rank_before(doc: Doc, name: Span, head: Token) -> int | None:
    """ "Chief of Army Staff | General Omar Saleh": where the rank of a name begins that stands behind the office."""
    words = doc.char_span(name.start, name.end, alignment_mode="expand")
    start = words.start if words is not None else head.i
    first = start
    while first - 1 > head.i + 1 and doc[first - 1].text.istitle() and doc[first - 1].lower_ in words_under("titles"):
        first -= 1
    return first if head.i + 1 < first < start and doc[first - 1].lower_ not in ("of", "for", "the") else None
