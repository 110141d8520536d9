"""Where a headline or a run of tags ends when the body goes on in the same line.

Scraped text often has no line breaks: "… said. AP Photo Jane Roe Army Retakes Hilltop Town in Fierce Fighting The army
said on Monday that …". A headline in title case runs up to the word that opens the next sentence: the last
capitalised opener ("The", "According", "On") before the first word that no headline writes in lower case.
"""

from __future__ import annotations

import re

from khaldun.ingest.cues import Lexicon

_TOKEN = re.compile(r"\S+")
_EDGES = "\"'“”‘’()[]«»,;:"
_LONGEST_RUN = 60
_LONGEST_HEADLINE = 160
_LONGER, _FEWEST_LONGER, _BODY_WORDS = 5, 4, 10
_SMALL_TOO = frozenset({"that", "who"})
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ARTICLE_NAME = re.compile(r"(?:al|el|as|ash|an|ad|ar|at|az|bin|ibn|abu|de|la)-\w")
_INITIAL = re.compile(r"(?:[A-Z]\.)+$|.*\b(?:[A-Z]\.){2,}$|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|Sen|Rep|Gov|vs|No)\.$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def headline_end(text: str, start: int, end: int, words: Lexicon) -> int:
    """Where the headline that begins at `start` ends, `start` itself when a sentence begins there."""
    opener, previous = None, start
    for count, token in enumerate(_TOKEN.finditer(text, start, end)):
        word = token.group().strip(_EDGES)
        if count >= _LONGEST_RUN:
            return opener if opener is not None else start
        if word in words.openers:
            opener = token.start()
        elif _is_lower(word) and word not in words.small_words:
            return opener if opener is not None else _before(text, start, previous)
        if _ends_sentence(token.group()):
            return opener if opener is not None and opener > start else token.end()
        if not _is_lower(word):
            previous = token.start()
    return end


def titled_sentence(text: str, start: int, end: int, words: Lexicon) -> int | None:
    """Where the sentence at `start` ends if it is a headline in title case with the body behind it.

    "Rebels Free Three Captured Nurses in Tarsin. The nurses were …": all its longer words have capitals.
    """
    stop = first_stop(text, start, end)
    small = words.small_words | _SMALL_TOO
    if stop is not None and any(w[0].islower() and w not in small for w in _LETTERS.findall(text[start:stop])):
        return None
    if stop is None or len(text[stop:end].split()) < _BODY_WORDS:
        return None
    longer = [word for word in _LETTERS.findall(text[start:stop]) if len(word) >= _LONGER]
    titled = len(longer) >= _FEWEST_LONGER and all(word[0].isupper() for word in longer)
    return stop if titled and not all(map(str.isupper, longer)) else None


def first_stop(text: str, start: int, end: int) -> int | None:
    """Where the sentence at `start` ends, if another follows and it is as short as a headline."""
    for token in _TOKEN.finditer(text, start, min(end, start + _LONGEST_HEADLINE)):
        if _ends_sentence(token.group()):
            return token.end() if token.end() < end else None
    return None


def tags_end(text: str, start: int, end: int, words: Lexicon) -> int:
    """Where a run of tags (of any case: "Tags air raids Idlib rebel groups") gives way to a sentence."""
    tokens = list(_first(text, start, end))
    for place, token in enumerate(tokens):
        opens = token.group().strip(_EDGES) in words.openers
        if opens and _is_prose_soon(tokens[place + 1 :], words):
            return token.start()
    if len(tokens) < _LONGEST_RUN and not is_prose(text, start, end, words):
        return end
    return headline_end(text, start, end, words)


def is_prose(text: str, start: int, end: int, words: Lexicon) -> bool:
    """True where the stretch holds running sentences, and not a list of headlines, tags and menu entries."""
    tokens = [token.group() for token in _first(text, start, end, 400)]
    if not tokens:
        return False
    lower = sum(_is_lower(token.strip(_EDGES)) for token in tokens)
    prose = sum(token.strip(_EDGES) in words.prose_words for token in tokens)
    stops = sum(_ends_sentence(token) for token in tokens)
    return stops >= 1 and lower / len(tokens) > 0.45 and prose / len(tokens) > 0.04


def sentence_start(text: str, position: int, floor: int) -> int:
    """Where the sentence that `position` stands in begins, not before `floor`."""
    ends = [match.end() for match in re.finditer(r"[.!?][\"'”’)\]]*\s+(?=\S)", text[floor:position])]
    return floor + ends[-1] if ends else floor


def _first(text: str, start: int, end: int, most: int = _LONGEST_RUN) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        if len(found) >= most:
            break
        found.append(token)
    return found


def _is_lower(word: str) -> bool:
    return word[:1].islower() and not _ARTICLE_NAME.match(word)


def _ends_sentence(token: str) -> bool:
    return bool(_SENTENCE_END.search(token)) and not _INITIAL.match(token) and not token.startswith("...")


def _is_prose_soon(tokens: list[re.Match[str]], words: Lexicon) -> bool:
    return sum(token.group().strip(_EDGES) in words.prose_words for token in tokens[:12]) >= 2


def _before(text: str, start: int, previous: int) -> int:
    """Without an opener the sentence begins with the capitalised word just before ("… in Raid Troops have said")."""
    return previous if text[start:previous].strip() else start
