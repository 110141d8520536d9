"""Tells what every stretch of a text is: title, byline, dateline, body, or furniture that yields no facts.

The parts tile the text: every character that is not blank lies in exactly one of them. Furniture is claimed by
the cues of the lexicon, from the surest to the least sure; what no cue claims is body, since body lost is as
bad as furniture read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khaldun.ingest.canvas import Canvas
from khaldun.ingest.comments import claim_comments
from khaldun.ingest.cues import Cue, Lexicon, lexicon, with_outlet
from khaldun.ingest.dates import find_dates
from khaldun.ingest.day_lines import claim_day_lines
from khaldun.ingest.edges import claim_loose_foot, claim_signatures
from khaldun.ingest.headlines import first_stop, headline_end, is_prose, sentence_start, tags_end, titled_sentence
from khaldun.ingest.linked import claim_linked
from khaldun.ingest.titles import guess_title, title_at
from khaldun.model import Part, Span

_LINE = re.compile(r"[^\n\r]*[^\s][^\n\r]*")
_LONGEST_CUE_LINE = 700
_HEAD_LINES = 40
_PROSE_WORDS = 10
_SHORT_PROSE_WORDS = 6
_ENTRY_WORDS = 5
_LONGEST_QUESTION = 14
_SHORTEST_HEADLINE = 3
_LONGEST_HEAD = 6
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_BLANK = re.compile(r"\s*")
_CAPS = re.compile(r"[A-Z]{3}")
_POST_BREAK = re.compile(r"\n\s*\n|\A")


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a text, and the title where the text itself shows it."""

    parts: tuple[Part, ...]
    title: str | None


def split_parts(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    marks: Iterable[Part] = (),
    weak: Iterable[Part] = (),
) -> Layout:
    """The parts of `text`, in text order.

    `marks` are what a format already knows (an HTML caption, a quoted mail); they win over every cue; `weak` ones lose
    against each.
    """
    canvas, words = Canvas(text), lexicon().for_text(text)
    for mark in marks:
        canvas.claim(mark.span.start, mark.span.end, mark.kind, mark.author)
    lines = _lines(text)
    own_lines = _claim_title_lines(canvas, lines, title)
    head = _claim_head(canvas, words, title)
    _claim_lines(canvas, lines, words.at("line"))
    top = _first_prose(canvas, lines)
    if top == len(lines):  # a report of short sentences
        top = _first_prose(canvas, lines, _SHORT_PROSE_WORDS)
    _claim_lines(canvas, lines[:top], words.at("top"))
    claim_day_lines(canvas, lines[:top], titled=bool(title))
    if own_lines:
        _claim_above_title(canvas, lines[:top])
    led = None if own_lines or head else _claim_head_sentence(canvas, lines[: top + 1], words)
    _claim_datelines(canvas, lines, words.at("start"), top)
    _claim_mastheads(canvas, lines[:top], words, titled=bool(title))
    _claim_signed(canvas, lines[:top], words)
    claim_signatures(canvas, lines[:top])
    _claim_below_deck(canvas, lines, top, words)
    found = title if own_lines or head else title or led or _claim_guessed_title(canvas, lines, title, top)
    body = _first_prose(canvas, lines, _SHORT_PROSE_WORDS)
    claim_comments(canvas, lines, words, after=body)
    _claim_lists(canvas, lines, words.at("lists"))
    _claim_amid_menu(canvas, lines)
    _claim_foot(canvas, lines, words.at("foot"), after=body)
    claim_loose_foot(canvas, lines, words)
    claim_linked(canvas, lines, words)
    if outlet:
        _claim_outlet_notes(canvas, words, outlet)
        _claim_outlet_lead(canvas, lines[: top + 1], words, outlet)
    _claim_inside(canvas, lines, words)
    for mark in weak:
        canvas.claim(mark.span.start, mark.span.end, mark.kind)
    return Layout(canvas.parts(), found)


def _lines(text: str) -> list[Span]:
    """The lines that are not blank, without their surrounding white space."""
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        lines.append(Span(start, start + len(line.strip())))
    return lines


# ------------------------------------------------------------------------------------------------ title and head


def _claim_title_lines(canvas: Canvas, lines: Sequence[Span], title: str | None) -> bool:
    """The title as a line of its own, also where an agency's slug repeats it."""
    claimed = False
    if title:
        for line in lines[:_HEAD_LINES]:
            start = line.start + _markdown_lead(line.of(canvas.text))
            end = title_at(canvas.text, start, title, whole_line=True)
            if end is not None and canvas.is_free(line.start, line.end) and end <= line.end:
                canvas.claim(line.start, end, "title")
                claimed = True
    return claimed


def _claim_above_title(canvas: Canvas, lines: Sequence[Span]) -> None:
    """A few words over the line of the title: the section ("AFRICA", "Home › News")."""
    titles = [place for place, line in enumerate(lines) if canvas.kind_before(line.end) == "title"]
    for line in lines[: titles[0]] if titles else ():
        if canvas.is_free(line.start, line.end) and len(line.of(canvas.text).split()) < _ENTRY_WORDS:
            canvas.claim(line.start, line.end, "navigation")


def _claim_head(canvas: Canvas, words: Lexicon, title: str | None) -> bool:
    """Takes the head of the text apart, piece by piece; True when the title was one of them."""
    text, position, pieces, titled = canvas.text, _skip_blank(canvas.text, 0), 0, False
    while position < len(text):
        if not canvas.is_free(position, position + 1):
            position, pieces = _skip_blank(text, _painted_until(canvas, position)), pieces + 1
            continue
        end = title_at(text, position, title) if title and not titled else None
        if end is not None:
            canvas.claim(position, end, "title")
            titled = True
        else:
            cue, end = _head_piece(text, position, words, first=pieces == 0)
            if cue is None or end is None:
                break
            end = _before_title(text, position, end, title)
            canvas.claim(position, end, cue.kind)
        position, pieces = _skip_blank(text, end), pieces + 1
    return titled


def _head_piece(text: str, position: int, words: Lexicon, *, first: bool) -> tuple[Cue | None, int | None]:
    for cue in words.at("head"):
        if first and cue.id in _NEVER_FIRST:
            continue
        match = cue.pattern.match(text, position)
        if match and match.end() > position:
            return cue, match.end()
    return None, None


def _before_title(text: str, start: int, end: int, title: str | None) -> int:
    """A name in a byline must not run on into the title: "Posted by Harbour Post Shells Hit Market"."""
    if title:
        for word in re.finditer(r"(?<=\s)\S", text[start:end]):
            if title_at(text, start + word.start(), title) is not None:
                return start + word.start()
    return end


# Words that are a piece of furniture after a date or a title, and may open a sentence elsewhere.
_NEVER_FIRST = frozenset({"head-agency-after", "head-section"})


def _claim_mastheads(canvas: Canvas, above: Sequence[Span], words: Lexicon, *, titled: bool) -> None:
    """The outlet's name in a line of its own over the body: "Harbour Post", then the headline and who wrote it.

    The first line of three words or more may be a headline itself ("Rebels Seize Army Post"): it is a name only where
    another headline follows. Of a name that no cue knows ("Zitamar") two capitalised words over a headline tell that
    they are not it, where who wrote it or when stands there too.
    """
    free = [line for line in above if canvas.is_free(line.start, line.end)]
    named = [line for line in free if _cue_of_line(canvas, line, words.at("masthead")) is not None]
    for line in named:
        headlines = [other for other in free if other not in named]
        if titled or line is not free[0] or headlines or len(line.of(canvas.text).split()) < _SHORTEST_HEADLINE:
            canvas.claim(line.start, line.end, "byline")
    signed = any(canvas.kind_before(line.end) in ("byline", "dateline") for line in above)
    if free and not named and not titled and signed and _is_kicker(free, canvas.text):
        canvas.claim(free[0].start, free[0].end, "navigation")


def _claim_signed(canvas: Canvas, above: Sequence[Span], words: Lexicon) -> None:
    """A bare name below the headline and beside the day: "Jane Roe, Port Salid" over "Published May 4, 2018".

    Without the headline above it and the day beside it, two capitalised words may be the headline themselves.
    """
    dated = [canvas.kind_before(line.end) in ("byline", "dateline") for line in above]
    for place, line in enumerate(above[1:], start=1):
        beside = dated[place - 1] or (place + 1 < len(above) and dated[place + 1])
        over = [other for other, day in zip(above[:place], dated, strict=False) if not day]
        headed = any(len(other.of(canvas.text).split()) >= _SHORTEST_HEADLINE for other in over)
        if beside and headed and _cue_of_line(canvas, line, words.at("signed")) is not None:
            canvas.claim(line.start, line.end, "byline")


def _claim_below_deck(canvas: Canvas, lines: Sequence[Span], top: int, words: Lexicon) -> None:
    """Who wrote it and when, where a sentence that sums the story up stands over it: a headline, "The town has been cut
    off since Friday.", "Written by Jane Roe | Tarsin | May 4, 2018", and then the body."""
    rest = lines[top + 1 :]
    below = rest[: _first_prose(canvas, rest, _SHORT_PROSE_WORDS)]
    if not 0 < len(below) <= _LONGEST_HEAD or len(below) == len(rest):
        return
    if any(find_dates(line.of(canvas.text)) for line in below):
        _claim_lines(canvas, below, words.at("top"))
        claim_day_lines(canvas, list(below), titled=True)
        claim_signatures(canvas, (lines[top], *below))


def _is_kicker(lines: Sequence[Span], text: str) -> bool:
    first = lines[0].of(text).split()
    short = len(first) < _SHORTEST_HEADLINE and all(word[0].isupper() for word in first)
    return short and len(lines) > 1 and len(lines[1].of(text).split()) >= _SHORTEST_HEADLINE


def _claim_guessed_title(canvas: Canvas, lines: Sequence[Span], title: str | None, top: int) -> str | None:
    if title:
        return title
    free = [line for line in lines[: top + 8] if canvas.is_free(line.end - 1, line.end)]  # also "TARSIN (AP) - Three …"
    span = guess_title(free, canvas.text)
    if span is None or not canvas.is_free(span.start, span.end) or top >= len(lines) or span.start >= lines[top].start:
        return None
    canvas.claim(span.start, span.end, "title")
    return span.of(canvas.text)[_markdown_lead(span.of(canvas.text)) :]


def _claim_head_sentence(canvas: Canvas, lines: Sequence[Span], words: Lexicon) -> str | None:
    """A headline that scraped text has as the first sentence of the body's first line: in title case, or before a
    dateline ("Feud leaves two dead in camp. TARSIN: Rival clans …")."""
    text = canvas.text
    start = next((line.start for line in lines if canvas.is_free(line.start, line.start + 1)), None)
    if start is None:
        return None
    end = next(line.end for line in lines if line.start == start)
    stop = titled_sentence(text, start, end, words)
    if stop is None:
        stop = first_stop(text, start, end)
        place = _skip_blank(text, stop) if stop is not None else end
        if place >= end or not _CAPS.match(text, place):
            return None
        if not any(cue.pattern.match(text, place, end) for cue in words.at("start")):
            return None
    if stop is None or not canvas.is_free(start, stop):
        return None
    canvas.claim(start, stop, "title")
    return text[start:stop].rstrip(" .")


def _markdown_lead(line: str) -> int:
    """How many characters of "# " mark a Markdown heading."""
    return len(line) - len(line.lstrip("#").lstrip()) if line.startswith("#") else 0


def _skip_blank(text: str, position: int) -> int:
    blank = _BLANK.match(text, position)
    return blank.end() if blank else position


def _painted_until(canvas: Canvas, position: int) -> int:
    free = canvas.paint.find(0, position)
    return len(canvas.text) if free < 0 else free


# ------------------------------------------------------------------------------------------------ whole lines


def _claim_lines(canvas: Canvas, lines: Sequence[Span], cues: Sequence[Cue]) -> None:
    for line in lines:
        cue = _cue_of_line(canvas, line, cues)
        if cue is not None:
            canvas.claim(line.start, line.end, cue.kind)


def _cue_of_line(canvas: Canvas, line: Span, cues: Sequence[Cue]) -> Cue | None:
    if len(line) > _LONGEST_CUE_LINE or not canvas.is_free(line.start, line.end):
        return None
    words = line.of(canvas.text)
    if words[0] in "*_" and words[-1] == words[0] and len(words) > 2:  # in italics: "*By Jane Roe, 4 May 2018*"
        words = words.strip(words[0])
    return next((cue for cue in cues if cue.pattern.fullmatch(words)), None)


def _looks_like_prose(line: str, least: int = _PROSE_WORDS) -> bool:
    count = len(line.split())
    return count >= least and (count > 25 or bool(_SENTENCE_END.search(line)))


def _first_prose(canvas: Canvas, lines: Sequence[Span], least: int = _PROSE_WORDS) -> int:
    """The place of the first line that holds a sentence of the body; the number of lines without one.

    A sentence of fewer words than `least` may be a heading or a caption.
    """
    for place, line in enumerate(lines):
        if canvas.is_free(line.end - 1, line.end) and _looks_like_prose(line.of(canvas.text), least):
            return place
    return len(lines)


def _claim_lists(canvas: Canvas, lines: Sequence[Span], cues: Sequence[Cue]) -> None:
    """A heading such as "Related stories", and the short lines below it up to the next sentence."""
    heading: Cue | None = None
    for line in lines:
        free = canvas.is_free(line.start, line.end)
        cue = _cue_of_line(canvas, line, cues)
        if cue is not None:
            heading = cue
        elif heading is not None and free and _ends_list(line.of(canvas.text)):
            heading = None
        if heading is not None and free:
            canvas.claim(line.start, line.end, heading.kind)


def _ends_list(line: str) -> bool:
    """True for a sentence of the body; a headline may ask: "What will be left of the city after the war?"."""
    return _looks_like_prose(line) and not (line.endswith("?") and len(line.split()) <= _LONGEST_QUESTION)


def _claim_amid_menu(canvas: Canvas, lines: Sequence[Span]) -> None:
    """Entries that no cue knows between entries that one does: "World", "*War in Syria*", "Opinion"."""
    amid: list[Span] = []
    open_menu = False
    for line in lines:
        if canvas.is_free(line.start, line.end):
            if len(line.of(canvas.text).split()) > _ENTRY_WORDS or _SENTENCE_END.search(line.of(canvas.text)):
                open_menu, amid = False, []
            elif open_menu:
                amid.append(line)
        elif canvas.kind_before(line.end) == "navigation":
            for entry in amid:
                canvas.claim(entry.start, entry.end, "navigation")
            open_menu, amid = True, []
        else:
            open_menu, amid = False, []


def _claim_foot(canvas: Canvas, lines: Sequence[Span], cues: Sequence[Cue], *, after: int) -> None:
    """Notes on the author and the like, read upwards from the end to the last line of the body."""
    for line in reversed(lines[after + 1 :]):
        if not canvas.is_free(line.start, line.end):
            continue
        cue = _cue_of_line(canvas, line, cues)
        if cue is None:
            return
        canvas.claim(line.start, line.end, cue.kind)


def _claim_outlet_notes(canvas: Canvas, words: Lexicon, outlet: str) -> None:
    """What an outlet says of itself below the body ("Harbour Post is the leading daily …"), down to the end."""
    third = len(canvas.text) // 3
    for cue in words.at("outlet"):
        match = with_outlet(cue, outlet).search(canvas.text, third)
        if match:
            canvas.claim(match.start(), len(canvas.text), cue.kind)


def _claim_outlet_lead(canvas: Canvas, lines: Sequence[Span], words: Lexicon, outlet: str) -> None:
    """The name of the outlet before the first words: "[Harbour Post, Tarsin] Three shells …"."""
    for line in lines:
        for cue in words.at("lead"):
            match = with_outlet(cue, outlet).match(canvas.text, line.start, line.end)
            if match and canvas.is_free(line.start, match.end()):
                canvas.claim(line.start, match.end(), cue.kind)


# ------------------------------------------------------------------------------------------------ inside a line


def _claim_inside(canvas: Canvas, lines: Sequence[Span], words: Lexicon) -> None:
    cues = words.at("inside")
    for line in lines:
        if canvas.is_free(line.start, line.end) or 0 in canvas.paint[line.start : line.end]:
            for cue in cues:
                _claim_matches(canvas, line, cue, words)
    for line in reversed(lines):
        if 0 in canvas.paint[line.start : line.end]:
            for cue in words.at("end"):
                _claim_matches(canvas, line, cue, words)
            return


def _claim_matches(canvas: Canvas, line: Span, cue: Cue, words: Lexicon) -> None:
    for match in cue.pattern.finditer(canvas.text, line.start, line.end):
        start, end = _skip_blank(canvas.text, match.start()), match.end()
        if start >= end or not canvas.is_free(start, start + 1):
            continue
        start = _since(canvas, line, cue, start)
        canvas.claim(start, _until(canvas.text, line, cue, end, words), cue.kind)


def _since(canvas: Canvas, line: Span, cue: Cue, start: int) -> int:
    if cue.since == "match":
        return start
    floor = max(line.start, canvas.free_from(start))
    if cue.since == "sentence":
        return _skip_blank(canvas.text, sentence_start(canvas.text, start, floor))
    if cue.since == "caption":
        return _caption_start(canvas, start, floor)
    if cue.since == "post":
        return _post_start(canvas, start, floor)
    # "gap": photo credits, sections and counters between the headline and the address
    gap = canvas.text[floor:start]
    short = len(gap) <= 60 and not re.search(r"[.!?]\s", gap) and canvas.kind_before(floor) is not None
    return floor if short else start


def _caption_start(canvas: Canvas, start: int, floor: int) -> int:
    """The sentence that a photo credit closes: "A woman leaves her house. REUTERS/Ada Moen"."""
    before = floor + len(canvas.text[floor:start].rstrip())
    return _skip_blank(canvas.text, sentence_start(canvas.text, before, floor))


def _post_start(canvas: Canvas, start: int, floor: int) -> int:
    """An embedded post is a paragraph of its own, or, in a line with others, the last sentence before its end."""
    before = canvas.text[floor:start]
    return floor if len(before) <= 320 else _skip_blank(canvas.text, sentence_start(canvas.text, start, floor))


def _until(text: str, line: Span, cue: Cue, end: int, words: Lexicon) -> int:
    if cue.until == "match":
        return end
    after = _skip_blank(text, end)
    if cue.until == "tags":
        return tags_end(text, after, line.end, words)
    if cue.until == "tail" and not is_prose(text, after, line.end, words):
        return line.end
    return max(end, headline_end(text, after, line.end, words))


def _claim_datelines(canvas: Canvas, lines: Sequence[Span], cues: Sequence[Cue], top: int) -> None:
    """Datelines at the beginning of a paragraph; the barest form only over the first sentence of the body."""
    for place, line in enumerate(lines):
        start = line.start
        if not canvas.is_free(start, start + 1):  # "04-05-2018 TARSIN (AP) - …"
            start = _skip_blank(canvas.text, _painted_until(canvas, start))
        if start >= line.end:
            continue
        for cue in cues:
            if cue.id == "dateline-caps" and place > top:
                continue
            match = cue.pattern.match(canvas.text, start, line.end)
            if match and canvas.is_free(start, match.end()):
                canvas.claim(start, match.end(), cue.kind)
                break
