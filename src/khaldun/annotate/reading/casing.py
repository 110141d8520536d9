"""Text printed in capitals or in small letters throughout, or as a headline, read in mixed case.

The other steps tell names by their capitals, so a paragraph without small letters is read as if it were printed in
the usual way. The text read has the length of the one printed: every span fits both, and every quotation is taken
from what was printed. Which words are names is decided by a `TrueCase`; `rule_caser` makes the one that knows
no more than the dictionary of the pipeline, the gazetteer and the tables of names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from spacy.language import Language

from khaldun.annotate.reading.casing_words import (
    SURE,
    TOKEN,
    Words,
    casing_lists,
    dictionary,
    is_name,
    is_town,
    name_tables,
    rare_nouns,
)
from khaldun.annotate.reading.word_forms import lemma_tables
from khaldun.annotate.tables.gazetteer import Gazetteer
from khaldun.model import Annotation, Frame, Mention, Report, Span

TrueCase: TypeAlias = Callable[[Sequence[str]], Sequence[str]]
"""Words and marks of one paragraph in capitals to the same in mixed case, one for one, each of the same length."""

_FEWEST_WORDS, _FEWEST_LETTERS = 4, 16
_FEWEST_SMALL = 6
_LONGEST_TITLE, _LONGER = 160, 5
_PRONOUNS = frozenset({"us", "it", "who", "is"})
"""Small words that are acronyms only where they are printed in capitals."""
_SENTENCE_ENDS = frozenset(".!?:\n")
_SMALL = frozenset(
    "a an the of in on at to for from by with as and or but nor vs over up off into per via amid after near than that "
    "who al de la el bin".split()
)
"""Words that headlines in title case have in small letters."""
_INNER_STOP = re.compile(r"[a-z]{3}[.!?]\s+\S")
_OPENING = frozenset("\"“'‘([-–—")
_LONGEST_NAME = 6


def is_capitals(text: str) -> bool:
    """True where a paragraph of several words has (next to) no small letters."""
    if 25 * sum(map(text.count, "aeinorst")) > len(text):  # most are told by these, at a tenth of the cost
        return False
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    words = len(re.findall(r"[^\W\d_]{2,}", text))
    return len(letters) >= _FEWEST_LETTERS and words >= _FEWEST_WORDS and capitals >= 0.98 * len(letters)


def is_small(text: str) -> bool:
    """True where a paragraph of several words has no capital at all, as posts have it."""
    if any(map(str.isupper, text)) or len(re.findall(r"[^\W\d_]{2,}", text)) < _FEWEST_SMALL:
        return False
    return text.isascii() or not any(c.isalpha() and c.upper() == c for c in text)


def is_titled(text: str) -> bool:
    """True for a headline with capitals to all of its longer words: "Rebels Free Three Nurses, Attack Checkpoint".

    Scrapers put a full stop behind it; a second sentence is no headline.
    """
    if len(text) > _LONGEST_TITLE or "\n" in text.strip() or text.rstrip()[-1:] == ":" or _INNER_STOP.search(text):
        return False
    words = re.findall(r"[^\W\d_]{2,}", text)
    if text.rstrip()[-1:] in _SENTENCE_ENDS and any(w[0].islower() and w not in _SMALL for w in words):
        return False  # "The Sword Brigade is paid by the Reform Party."
    longer = [w for w in words if len(w) >= _LONGER]
    return len(longer) >= _FEWEST_WORDS and all(w[0].isupper() for w in longer) and not all(map(str.isupper, words))


def read_in_mixed_case(report: Report, paragraphs: Iterable[Span], true_case: TrueCase) -> Report:
    """The report with those of its paragraphs that are printed in capitals, in small letters, or as a headline
    with capitals to its words, in mixed case; the text keeps its length."""
    text = report.text
    pieces: list[str] = []
    done = 0
    for span in paragraphs:
        own = span.of(text)
        whole = is_capitals(own) or is_small(own) or is_titled(own)
        if until := len(own) if whole else _headline_before(own):
            pieces += [text[done : span.start], _mixed(own[:until], true_case)]
            done = span.start + until
    return replace(report, text="".join([*pieces, text[done:]])) if pieces else report


_FIRST_SENTENCE = re.compile(r"[^\n]{15,160}?(?<=\w{3})(?=[.!?]\s+[“\"'A-Z0-9])")


def _headline_before(text: str) -> int:
    """Where a headline ends that was run on into the report: "*Envoy Condemns Attack That Killed Two*. He said …"."""
    found = _FIRST_SENTENCE.match(text)
    return found.end() if found is not None and is_titled(found.group()) else 0


def _mixed(text: str, true_case: TrueCase) -> str:
    found = list(TOKEN.finditer(text))
    raised = not is_capitals(text)  # what is not in capitals yet is told as if it were
    words = true_case([_capitals(m.group()) if raised else m.group() for m in found])
    pieces: list[str] = []
    done = 0
    for match, word in zip(found, words, strict=True):
        printed = match.group()
        kept = raised and (printed in _PRONOUNS or (len(printed) > 1 and printed.isupper()))  # "*US*-Trained"
        same = len(word) == len(printed) and not kept
        pieces += [text[done : match.start()], word if same else printed]
        done = match.end()
    return "".join([*pieces, text[done:]])


def _capitals(word: str) -> str:
    return word.upper() if len(word.upper()) == len(word) else word


def as_printed(annotation: Annotation, report: Report) -> Annotation:
    """The annotation of the report as it was printed: quotations come from `report`."""
    if annotation.report is report:
        return annotation

    def printed(mention: Mention) -> Mention:
        return replace(mention, quote=mention.span.of(report.text))

    def frame(found: Frame) -> Frame:
        return replace(found, roles={role: tuple(map(printed, ms)) for role, ms in found.roles.items()})

    return replace(
        annotation,
        report=report,
        mentions=tuple(map(printed, annotation.mentions)),
        frames=tuple(map(frame, annotation.frames)),
        ties=tuple(replace(t, source=printed(t.source), target=printed(t.target)) for t in annotation.ties),
    )


# ------------------------------------------------------------------------------------------------ the rules


def rule_caser(nlp: Language, gazetteer: Gazetteer) -> TrueCase:
    """The `TrueCase` by dictionary, gazetteer and tables of names; it needs no weights."""

    def is_place(name: str) -> bool:
        return is_town(name, gazetteer)

    def is_named(name: str) -> bool:
        return any(e.fit >= SURE for e in gazetteer.named(name))

    @cache
    def words() -> Words:  # a tenth of a second, and few reports are in capitals
        rare = rare_nouns(nlp).__contains__
        return Words(dictionary(nlp, gazetteer), is_place, is_named, rare, *name_tables(), casing_lists())

    known = bool(lemma_tables(nlp).get("lemma_index"))

    def true_case(tokens: Sequence[str]) -> Sequence[str]:
        return _cased(tokens, words()) if known else tokens  # without a dictionary every word would be a name

    return true_case


def _cased(tokens: Sequence[str], words: Words) -> list[str]:
    small = [t.lower() for t in tokens]
    cased = [_alone(token, low, words) for token, low in zip(tokens, small, strict=True)]
    _calendar(cased, small, words)
    _acronyms(cased, tokens, small, words)
    _known_phrases(cased, small, words)
    _places(cased, small, words)
    _rare_names(cased, small, words)
    _heads(cased, small, words)
    _titles(cased, small, words)
    _particles(cased, small, words)
    _sentence_starts(cased, tokens)
    return cased


def _alone(token: str, low: str, words: Words) -> str:
    """The word by itself: in small letters, as a name, or as printed."""
    stem, mark, tail = low.partition("'" if "'" in low else "’")
    if mark and tail == "t" and stem.endswith("n"):
        return low  # "didn't"
    if mark and len(stem) > 1:  # "the ELN's", "Soto's"
        head = _alone(token[: len(stem)], stem, words)
        return head + mark + tail
    if mark:
        return token[0] + mark + _name(token[2:])  # "D'Arce"
    if not low.isalpha():
        return low if low[:1].isdigit() else token  # "5th", but "M19"
    if low in words.lists["units"]:
        return low
    if low in words.spelt:
        return words.spelt[low]
    if low == "a":
        return low
    if len(low) == 1:
        return token
    if low in words.names:
        return _name(token)
    if words.is_word(low):
        return low
    return token if _unspeakable(low) else _name(token)


def _name(token: str) -> str:
    return token[:1] + token[1:].lower()


def _unspeakable(low: str) -> bool:
    return len(low) <= 5 and not set(low) & set("aeiouy")


def _calendar(cased: list[str], small: Sequence[str], words: Words) -> None:
    for i, low in enumerate(small):
        if low in words.lists["unsure_calendar"]:
            beside = [*small[max(0, i - 1) : i], *small[i + 1 : i + 2]]
            dated = any(b.isdigit() for b in beside) or (
                i > 0 and small[i - 1] in {"in", "last", "since", "until", "of"}
            )
            cased[i] = low.capitalize() if dated else low


def _acronyms(cased: list[str], tokens: Sequence[str], small: Sequence[str], words: Words) -> None:
    """A short word alone in brackets, also wherever else it stands; the words before it are a name if it is theirs."""
    found: set[str] = set()
    for i in range(1, len(tokens) - 1):
        opens, closes = tokens[i - 1] in "([", tokens[i + 1] in ")],"
        if opens and closes and 2 <= len(small[i]) <= 8 and small[i].isalpha():
            told = _spelt_out(cased, tokens, small, i)
            unknown = not words.is_word(small[i]) and small[i] not in words.names and not words.is_place(small[i])
            if told or (len(small[i]) < 6 and unknown and i > 1 and tokens[i - 2].isalnum()):
                found.add(small[i])
    for i, low in enumerate(small):
        if low in found:
            cased[i] = tokens[i]
        elif low.partition("'")[0] in found:
            cased[i] = tokens[i].partition("'")[0] + low[len(low.partition("'")[0]) :]


def _spelt_out(cased: list[str], tokens: Sequence[str], small: Sequence[str], at: int) -> bool:
    """ "NATIONAL HARBOUR UNION [NHU]": the words whose initials the acronym is; True where there are such."""
    letters = small[at]
    first = at - 2
    for letter in reversed(letters):
        while first >= 0 and small[first] in {"of", "the", "and", "for", "de", "la", "del", "y", "'"}:
            first -= 1
        if first < 0 or small[first][:1] != letter:
            return False
        first -= 1
    for i in range(first + 1, at - 1):
        if len(small[i]) > 3 or small[i] not in {"of", "the", "and", "for", "de", "la", "del", "y"}:
            cased[i] = _name(tokens[i])
    return True


def _known_phrases(cased: list[str], small: Sequence[str], words: Words) -> None:
    for start in range(len(small)):
        for end in range(min(len(small), start + _LONGEST_NAME), start + 1, -1):
            spelling = words.phrases.get(tuple(small[start:end]))
            if spelling is not None:
                cased[start:end] = spelling
                break


def _places(cased: list[str], small: Sequence[str], words: Words) -> None:
    """Towns of two words of which one is a word of the dictionary: "Harbour City"."""
    for i in range(len(small) - 1):
        pair = cased[i : i + 2]
        told = pair[0].isalpha() and is_name(pair[0]) and pair[1].isalpha() and pair[1].islower() and len(pair[1]) > 2
        if told and words.is_place(f"{small[i]} {small[i + 1]}"):
            cased[i + 1] = small[i + 1].capitalize()
        elif _opens_place(pair, small[i], words):
            cased[i : i + 2] = [word.capitalize() for word in small[i : i + 2]]
    for i in range(1, len(small)):
        if cased[i].islower() and cased[i].isalpha() and _is_where(small, i, words):
            cased[i] = small[i].capitalize()


def _opens_place(pair: Sequence[str], first: str, words: Words) -> bool:
    """ "*Khan* Younis", "*North Kivu*": a name whose first word is one of the dictionary."""
    if len(pair) < 2 or not pair[0].islower() or not pair[1].isalpha() or first in words.lists["titles"] - {"khan"}:
        return False
    whole = f"{first} {pair[1].lower()}"
    if first in words.lists["quarters"]:
        return words.is_named(whole)
    return is_name(pair[1]) and len(first) > 2 and words.is_place(whole)


def _is_where(small: Sequence[str], at: int, words: Words) -> bool:
    """ "the town of *Hays*", "in *Goma*": a town that is the word for something as well."""
    before, low = small[at - 1], small[at]
    if before == "of":
        return at > 1 and small[at - 2] in words.lists["settled"] and words.is_named(low)
    return before in {"in", "near", "outside", "around"} and words.is_rare(low) and words.is_named(low)


def _rare_names(cased: list[str], small: Sequence[str], words: Words) -> None:
    """ "Luis Galan": a name that is the word for a rare thing as well."""
    for i in range(1, len(small)):
        if (
            cased[i].islower()
            and words.is_rare(small[i])
            and is_name(cased[i - 1])
            and _is_persons(i - 1, cased, small, words)
        ):
            cased[i] = small[i].capitalize()


def _is_persons(at: int, cased: Sequence[str], small: Sequence[str], words: Words) -> bool:
    """True for a capitalised word that is no acronym, no people and no title."""
    word = cased[at]
    return (
        word.isalpha()
        and not word.isupper()
        and not {small[at]} & (words.lists["peoples"] | words.lists["titles"] | words.lists["heads"])
    )


def _heads(cased: list[str], small: Sequence[str], words: Words) -> None:
    for i in range(1, len(small)):
        before = cased[i - 1]
        if (
            small[i] in words.lists["heads"]
            and is_name(before)
            and before.isalpha()
            and small[i - 1] not in words.lists["peoples"]
        ):
            cased[i] = small[i].capitalize() if not before.isupper() else cased[i]


def _titles(cased: list[str], small: Sequence[str], words: Words) -> None:
    for i in range(len(small) - 2, -1, -1):
        after = cased[i + 1]
        if (
            small[i] in words.lists["titles"]
            and is_name(after)
            and after.isalpha()
            and small[i + 1] not in words.lists["peoples"]
        ):
            cased[i] = small[i].capitalize()


def _particles(cased: list[str], small: Sequence[str], words: Words) -> None:
    for i, low in enumerate(small):
        if low in words.lists["inner_parts"] and 0 < i < len(small) - 1:
            cased[i] = low
        elif low in {"la", "las", "los", "el"} and i and small[i - 1] == "de":
            cased[i] = low


def _sentence_starts(cased: list[str], tokens: Sequence[str]) -> None:
    begins = True
    for i, token in enumerate(tokens):
        if token[0].isalnum():
            if begins and cased[i][:1].islower():
                cased[i] = cased[i][:1].upper() + cased[i][1:]
            begins = False
        elif token in _SENTENCE_ENDS:
            before = tokens[i - 1] if i else ""
            abbreviated = token == "." and (len(before) == 1 or before.lower() in casing_lists()["titles"])
            begins = not abbreviated
        elif token not in _OPENING and token not in "\"”')]":
            begins = False
