"""Where commas are missing: before and round who says so, before what somebody is, before a share of a number.

"Mines killed six farmers near Gao *the ministry said* on Sunday", "Ali Kone *head of the union* said", "18 people
*mostly children*". Each is told from the words beside it, without a parse, since it is put back before parsing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.reading.lost_marks import (
    LEXICON,
    Insertion,
    Word,
    has_lost_commas,
    marks,
    sentences_of,
    weekdays,
    words_in,
)
from khaldun.annotate.slips.speakers import speaking_nouns
from khaldun.annotate.tables.known import state_of
from khaldun.knowledge import load_data

_FEWEST_BEFORE = 3
_LONGEST_TAIL, _LONGEST_SPEAKER = 12, 14
_HEARERS = frozenset({"reporters", "journalists", "the", "a", "state", "local", "his", "its", "media"})
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their"})
_LEADING = frozenset({"the", "a", "an", "one", "two", "three", "several", "some", "many", "other"})
_NAME_LINKS = frozenset({"of", "for", "and", "al", "bin", "ibn", "de", "la", "el", "van", "von", "abu"})
_IN_OR_ON = frozenset(
    {"in", "on", "near", "at", "of", "to", "from", "around", "outside", "into", "with", "against", "by"}
)
_ROLE_LINKS = frozenset({"of", "for", "at", "in", "with"})
_PUBLISHED = frozenset("posted published released issued carried quoted aired broadcast obtained entitled".split())


def lost_commas(text: str) -> Iterator[Insertion]:
    """Where commas are missing, in text order; nothing in text that has kept any."""
    if not has_lost_commas(text):
        return
    words = words_in(text)
    found: set[int] = set()
    for first, end in sentences_of(words):
        found.update(_in_sentence(words, first, end))
    for i in sorted(found):
        yield Insertion(words[i - 1].end, ",")


def _in_sentence(words: Sequence[Word], first: int, end: int) -> Iterator[int]:
    """The numbers of the words before which a comma is missing."""
    lists = marks()
    for i in range(first + 2, end):
        word = words[i]
        lower = word.core.lower()
        if lower in lists.telling:
            yield from _before_speaker(words, i, first, end)
        elif word.core == "according" and i + 1 < end and words[i + 1].core == "to":
            yield from _before_according(words, i, first, end)
        elif lower in lists.shares and _is_number_near(words, i, first):
            yield from _free([i], words)
        if word.core in lists.roles or word.core in lists.voices:
            yield from _round_role(words, i, first, end)


def _free(numbers: Sequence[int], words: Sequence[Word]) -> Iterator[int]:
    """Those before which no mark stands yet."""
    return (i for i in numbers if not words[i - 1].closed and not words[i].opened)


# ------------------------------------------------------------------------------------------------ who says so


def _before_speaker(words: Sequence[Word], verb: int, first: int, end: int) -> Iterator[int]:
    if _closes(words, verb, end):
        start = _speaker_start(words, verb, first)
        if start is not None and _may_part(words, start, first):
            yield from _free([start], words)
            return
    inverted = words[verb].core in load_data(LEXICON)["telling"]["inverted"]
    if inverted and _is_speaker_behind(words, verb, end) and _may_part(words, verb, first):
        yield from _free([verb], words)


def _before_according(words: Sequence[Word], at: int, first: int, end: int) -> Iterator[int]:
    if at + 2 >= end or at - first < _FEWEST_BEFORE:
        return
    source, lists = words[at + 2].core, marks()
    led = source in _LEADING or source in lists.modifiers or source in lists.bare
    if source[:1].isupper() or led:
        yield from _free([at], words)


def _may_part(words: Sequence[Word], start: int, first: int) -> bool:
    """True where what stands before `start` is a clause of its own, and its last word leads no further."""
    if start - first < _FEWEST_BEFORE:
        return False
    before = words[start - 1].core.lower()
    return before not in marks().joins | _IN_OR_ON | _ARTICLES and any(map(_is_verb_like, words[first:start]))


def _is_verb_like(word: Word) -> bool:
    lower = word.core.lower()
    return lower in marks().clause_verbs or (word.core.islower() and lower.endswith("ed") and len(lower) > 3)


def _closes(words: Sequence[Word], verb: int, end: int) -> bool:
    """True where nothing but to whom, when, where and how stands behind the verb of saying."""
    if verb + 1 == end or words[verb].closed:
        return verb + 1 == end
    rest = words[verb + 1 : end]
    lists = marks()
    if len(rest) > _LONGEST_TAIL or any(_goes_on(word) for word in rest):
        return False
    if words[verb].core == "told":
        return rest[0].core[:1].isupper() or rest[0].core.lower() in _HEARERS
    opening = rest[0].core.lower()
    return opening in lists.adjuncts or opening in weekdays()


def _goes_on(word: Word) -> bool:
    lower = word.core.lower()
    if lower in _PUBLISHED:
        return False
    return _is_verb_like(word) or lower in ("that", "and", "but", "which", "who", "he", "she", "they", "it", "adding")


def _speaker_start(words: Sequence[Word], verb: int, first: int) -> int | None:
    """The first word of the phrase that ends at the verb of saying and names who says it."""
    last = verb - 1
    while last > first and words[last].core.lower() in ("has", "have", "had", "also", "later", "earlier"):
        last -= 1
    if words[last].core in ("he", "she", "they", "it"):
        return last
    if words[last].closed and last != verb - 1:
        return None
    start = _phrase_start(words, last, first)
    while start is not None and start - 2 > first and words[start - 1].core in marks().links:
        above = _phrase_start(words, start - 2, first)
        if above is None or not _speaks(words[start - 2].core):
            break
        start = above
    return start


def _phrase_start(words: Sequence[Word], last: int, first: int) -> int | None:
    """Where the phrase begins whose last word is at `last`: its name or noun, what qualifies it, its article."""
    lists, head = marks(), words[last].core
    named = head[:1].isupper() or head.isdigit()
    if not named and not _speaks(head):
        return None
    start = last
    if named:
        start = _name_start(words, last, first)
    while start - 1 > first and last - start < _LONGEST_SPEAKER and not words[start - 1].closed:
        before = words[start - 1].core
        if before.lower() in lists.determiners:
            return start - 1
        if not (_qualifies(before) or (not named and before[:1].isupper())):
            break
        start -= 1
    return start if named or head in lists.bare else None


def _name_start(words: Sequence[Word], last: int, first: int) -> int:
    start = last
    while start - 1 > first and not words[start - 1].closed:
        before = words[start - 1].core
        linked = before in _NAME_LINKS and start - 2 > first and words[start - 2].core[:1].isupper()
        if not (before[:1].isupper() or before.startswith(("al-", "el-")) or linked):
            break
        start -= 1 + linked
    return _behind_place(words, start, last)


def _behind_place(words: Sequence[Word], start: int, last: int) -> int:
    """ "In Syria Reuters", "clashes Friday SANA": the country and the day are no part of the name."""
    if start < last and words[start - 1].core.lower() in _IN_OR_ON | {"clashes"}:
        first = words[start].core
        if first.lower() in weekdays() or ((state := state_of(first)) and state[0] in ("name", "capital")):
            return start + 1
    return start + 1 if start < last and words[start].core.lower() in weekdays() else start


def _qualifies(word: str) -> bool:
    lower = word.lower()
    several = lower.endswith("s") or lower == "people"  # "killed six *people*, local officials said"
    led = lower.endswith(("-based", "-run", "-backed", "-led", "-linked"))
    if led or lower in marks().modifiers or (_speaks(lower) and not several):
        return True
    state = state_of(word)
    return state is not None and state[0] == "adjective"


def _speaks(word: str) -> bool:
    lower = word.lower()
    lists = marks()
    return (
        lower in lists.bare
        or lower in lists.voices
        or lower in lists.roles
        or lower in speaking_nouns()
        or lower.removesuffix("s") in speaking_nouns()
    )


def _is_speaker_behind(words: Sequence[Word], verb: int, end: int) -> bool:
    """True where who speaks, and no more, stands between the verb and the end of the sentence."""
    rest = words[verb + 1 : end]
    if not rest or len(rest) > _LONGEST_SPEAKER or words[verb].closed or any(w.closed for w in rest[:-1]):
        return False
    opening = rest[0].core
    if opening.lower() in weekdays() or any(_goes_on(word) for word in rest):
        return False
    led = opening.lower() in marks().determiners or opening[:1].isupper() or _qualifies(opening)
    return led and any(_speaks(word.core) or word.core[:1].isupper() for word in rest)


# ------------------------------------------------------------------------------------------------ what somebody is


def _round_role(words: Sequence[Word], at: int, first: int, end: int) -> Iterator[int]:
    """ "Ali Kone *head of the union* said", "Human Rights Watch *a New York-based group* said": a comma before, and one
    behind where a verb of saying follows."""
    if at + 1 >= end or words[at].closed:
        return
    linked = words[at + 1].core in _ROLE_LINKS and words[at].core in marks().roles
    start = at
    while start - 1 > first and (words[start - 1].core in marks().modifiers or _is_based(words[start - 1].core)):
        start -= 1
    led = words[start - 1].core in ("a", "an", "the", "one")
    if not (linked or (led and words[at + 1].core in marks().telling)):
        return
    start -= led
    name = start - 1
    if name - 1 < first or not _is_full_name(words, name, first):
        return
    if any(word.core in marks().giving for word in words[max(first, name - 5) : name]):
        return
    yield from _free([start], words)
    behind = next((i for i in range(at + 1, min(end, at + 12)) if words[i].core in marks().telling), None)
    if behind is not None and not any(w.closed or _goes_on(w) for w in words[at:behind]):
        yield from _free([behind], words)


def _is_based(word: str) -> bool:
    return word.endswith("-based") or (word[:1].isupper() and state_of(word) is not None)


def _is_full_name(words: Sequence[Word], last: int, first: int) -> bool:
    """True where two words of a name end at `last`, neither of them a place or a day by what is known."""
    pair = words[last - 1 : last + 1]
    if last - 1 < first or pair[0].closed or pair[1].closed:
        return False
    return all(w.core[:1].isupper() and w.core.isalpha() and state_of(w.core) is None for w in pair) and not any(
        w.core.lower() in weekdays() for w in pair
    )


def _is_number_near(words: Sequence[Word], at: int, first: int) -> bool:
    """ "18 *people* mostly children": a number of them stands right before the noun."""
    near = words[max(first, at - 4) : at]
    return any(w.core.isdigit() for w in near) and words[at - 1].core.isalpha()
