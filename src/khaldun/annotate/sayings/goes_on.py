"""Words that go on without a cue of their own, and still are the last speaker's.

A paragraph in quotation marks below the speaker's: “We are staying,” said the nurse. / “*Nobody asked us.*” And a
sentence in the first person behind what somebody is reported to have said, as translations and press releases have
it: A source told the paper that the raid was being looked into. *We take measures to avoid harm.*
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.sayings.pieces import Sentences
from khaldun.annotate.sayings.quotes import Quotation, near
from khaldun.annotate.sayings.saying import Saying, noun_phrase, spans_of
from khaldun.annotate.words import Token, Tokens
from khaldun.knowledge import word_list
from khaldun.model import Span, hull

_FIRST = frozenset(("we", "our", "us", "my", "ours"))
_WEAKEST = 0.6
_MARKS = ('"', "“", "«", "„")
# Shorter paragraphs in marks are a title or a slogan.
_SHORTEST_QUOTATION = 4


@cache
def _neutral() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "neutral")


def announced(sayings: Sequence[Saying], sentences: Sentences) -> list[Saying]:
    """What goes on below the first paragraph of a statement that a colon announces: "The minister said: / I condemn the
    raid. / *The league has freed forty men. We shall go on.*" It ends with the last paragraph that says "we" or "I"."""
    return [said for saying in sayings if _is_announced(saying, sentences) for said in _below(saying, sentences)]


def _is_announced(saying: Saying, sentences: Sentences) -> bool:
    if saying.speaker is None or not saying.content or saying.made_by.startswith(("hedge", "distance")):
        return False
    above = saying.passage.extent
    opens = saying.content[0].start >= above.end and above.of(sentences.text).rstrip().endswith(":")
    return opens and sentences.text[saying.content[0].start - 1 :][:1] not in _MARKS


def _below(saying: Saying, sentences: Sentences) -> Iterator[Saying]:
    end = saying.content[-1].end
    rows = [(p, t, s) for p, t, s in sentences.rows if p.base > end]
    name = saying.speaker.text if saying.speaker is not None else ""
    kept: list[Span] = []
    for passage, tokens, _ in rows:
        words = passage.extent.of(sentences.text)
        if passage.kind != "body" or words.rstrip().endswith(":") or name in words or words.lstrip()[:1] in _MARKS:
            break
        if any(map(_is_first, tokens)):
            kept = [span for p, _, span in rows if p.base <= passage.base]
    if kept:
        yield replace(
            saying,
            content=tuple(kept),
            content_head=None,
            content_passage=None,
            stance="assert",
            direct=True,
            score=min(saying.score, 0.8),
            made_by="goes_on",
        )


@dataclass(slots=True)
class _Turn:
    """Whose turn it is while the sentences go by, and what was read of it that nothing presents."""

    last: Saying | None = None
    said: list[Span] = field(default_factory=list)
    made_by: str = "quote"


def going_on(sayings: Sequence[Saying], sentences: Sentences, quotations: Sequence[Quotation]) -> list[Saying]:
    """The sayings of sentences that no cue presents and that go on with the last speaker's words."""
    found = list(_turns(sayings, sentences, quotations))
    if any(s is None for s, _ in found):  # the reporter says "we" too
        return [s for s, first in found if s is not None and not first]
    return [s for s, _ in found if s is not None]


def _turns(
    sayings: Sequence[Saying], sentences: Sentences, quotations: Sequence[Quotation]
) -> Iterator[tuple[Saying | None, bool]]:
    """Each saying that goes on, with whether it does so by its first person alone; None for a stray "we"."""
    cues, contents = _by_sentence(sayings, sentences)
    turn = _Turn()
    before: Passage | None = None
    for number, (passage, tokens, span) in enumerate(sentences.rows):
        opens = passage is not before
        if passage.kind == "title":
            turn = _Turn()
            before = passage
            continue
        speaking = cues.get(number) or contents.get(number)
        quoted = _is_quoted(tokens, passage, span, quotations)
        first = speaking is None and not quoted and _is_first_person(tokens, passage, quotations)
        if speaking is not None:
            yield from _closed(turn)
            turn = _Turn(speaking)
        elif quoted or (first and turn.last is not None):
            if quoted and turn.last is None:
                turn = _Turn(_subject_of(before, span) if opens and before is not None else None)
            kind = "quote" if quoted else "goes_on"
            if turn.said and kind != turn.made_by:
                yield from _closed(turn)
                turn = _Turn(turn.last)
            turn.made_by = kind
            turn.said.append(_inner(span, quotations) if quoted else span)
        else:
            yield from _closed(turn)
            turn = _Turn()
            if first:
                yield None, True
        before = passage
    yield from _closed(turn)


def _closed(turn: _Turn) -> Iterator[tuple[Saying, bool]]:
    if turn.last is None or not turn.said:
        return
    saying = replace(
        turn.last,
        content=tuple(turn.said),
        content_head=None,
        content_passage=None,
        stance="assert",
        type="assertion",
        negative=False,
        direct=True,
        score=min(turn.last.score, 0.8),
        made_by=turn.made_by,
    )
    yield saying, turn.made_by == "goes_on"


# ------------------------------------------------------------------------------------------------ who has the word


def _by_sentence(sayings: Iterable[Saying], sentences: Sentences) -> tuple[dict[int, Saying], dict[int, Saying]]:
    """For each sentence the last saying whose cue stands in it, and the one whose content runs through it."""
    speaking = [s for s in sayings if _speaks(s)]
    cues: dict[int, Saying] = {}
    contents: dict[int, Saying] = {}
    through: dict[int, list[Saying]] = {}
    for saying in speaking:
        for number in {n for span in saying.content for n in sentences.under(span)}:
            through.setdefault(number, []).append(saying)
    for saying in speaking:
        place = hull(saying.cue)
        number = sentences.at(place.start)
        outer = (o for o in through.get(number, ()) if o is not saying)
        if not any(c.contains(place) for o in outer for c in o.content):
            cues[number] = saying
            contents.update((number, saying) for span in saying.content for number in sentences.under(span))
    return cues, contents


def _speaks(saying: Saying) -> bool:
    if saying.speaker is None or not saying.source or saying.made_by.startswith(("hedge", "distance")):
        return False
    own = saying.speaker.text.lower() in (*_FIRST, "i")
    neutral = saying.head.lemma_.lower() in _neutral() and saying.stance == "assert"
    return neutral and not own and saying.type == "assertion" and saying.score >= _WEAKEST and saying.determinate


def _subject_of(before: Passage, span: Span) -> Saying | None:
    """The person that the paragraph before ends with speaks in the paragraph of marks below it."""
    sentence = list(before.doc.sents)[-1]
    head = next((t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"), None)
    if head is None or not (head.ent_type_ == "PERSON" or head.text.lower() in ("he", "she")):
        return None
    source = spans_of(before, noun_phrase(head))
    mark = Span(span.start, span.start + 1)
    return Saying(before, head, (mark,), (span,), (hull(source),), head, score=0.7, made_by="quote")


# ------------------------------------------------------------------------------------------------ sentences


def _is_quoted(tokens: Tokens, passage: Passage, span: Span, quotations: Sequence[Quotation]) -> bool:
    """True for a sentence that stands in quotation marks, whole."""
    around = near(quotations, span)
    if not around:
        return False
    words = [t for t in tokens if t.is_alpha or t.like_num]
    inside = bool(words) and all(any(q.outer.contains(passage.at(t)) for q in around) for t in words)
    return inside and (len(words) >= _SHORTEST_QUOTATION or any(q.outer.start < span.start for q in around))


def _inner(span: Span, quotations: Sequence[Quotation]) -> Span:
    """The part of a quoted sentence between the marks."""
    for quotation in near(quotations, span):
        inner = quotation.inner
        if quotation.outer.overlaps(span) and inner.overlaps(span):
            return Span(max(span.start, inner.start), min(span.end, inner.end))
    return span


def _is_first_person(tokens: Tokens, passage: Passage, quotations: Sequence[Quotation]) -> bool:
    """ "*We* take measures", "*our* men": in nobody's quotation marks."""
    return any(
        _is_first(t) and not any(q.outer.contains(passage.at(t)) for q in near(quotations, passage.at(t)))
        for t in tokens
    )


def _is_first(token: Token) -> bool:
    if token.text == "I":
        return token.dep_ in ("nsubj", "nsubjpass")
    return token.lower_ in _FIRST and (token.text.islower() or token.text.istitle())


__all__ = ["going_on"]
