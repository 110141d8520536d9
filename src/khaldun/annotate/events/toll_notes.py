"""Tolls that no verb of a happening carries: "Two fatalities.", "One dead and three hurt when …", "3 coded as killed".

Such a figure belongs to the happening of its sentence, else to the last one told in the paragraph. A figure that the
report has given already is not added again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from khaldun.annotate.actors.counts import figure
from khaldun.annotate.grammar.triggers import Trigger
from khaldun.annotate.ground import finding_id
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.tolls import adds_to_toll, told_total
from khaldun.annotate.scenes.other_scenes import told_apart
from khaldun.annotate.tables.toll_words import LEXICON
from khaldun.annotate.voices.rival_figures import rivals_in
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Quantity, Report, Span, Toll
from khaldun.ontology import kind

_KILLING = "assault.killing"
_MADE_BY = "rule:toll_notes"
# "one person shot and killed": the dead, unless it is whom the counted ones killed ("two men shot and killed a guard").
_DONE_TO = (
    r"(?:shot|stabbed|hacked|beaten) (?:and killed|dead|to death)"
    r"(?=\s+(?:and|by|in|at|on|near|when|after|during|while|as|outside)\b|\s*[.,;)]|\s*$)"
)
# "one bomb in Mandera *killed three* people" tells of no one killed
_NO_OBJECT = (
    r"(?!\s+(?:\d|at\s+least|more\s+than|up\s+to|(?:an?|the|his|her|some|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|several|dozens)\b))"
)
_DEAD = (
    rf"(?:{_DONE_TO}|fatalit(?:y|ies)|deaths?|dead|killed{_NO_OBJECT}|died|slain|lost their lives"
    r"|(?:was|were|been) (?:\w+ )?(?:killed|dead))\b"
)
_AFTER = re.compile(rf"\s+(?P<between>(?:[\w'’/-]+\s+){{0,3}}?)(?P<word>{_DEAD})", re.I)
# "12 hurt in", "three people suffered minor injuries": whom a happening left alive and harmed.
_HURT = re.compile(
    r"\s+(?P<between>(?:[\w'’/-]+\s+){0,3}?)(?P<word>(?:injured|wounded|hurt|maimed)"
    r"(?=\s+(?:and|by|in|at|on|near|when|after|during|while|as|outside)\b|\s*[.,;)–-]|\s*$)"
    r"|(?:suffer|sustain|receiv)(?:ed|s)?\s+(?:[\w-]+\s+){0,2}(?:injuries|wounds)\b)",
    re.I,
)
_NOT_HURT = re.compile(r"\b(?:kill\w*|dead|died|arrest\w*|not|no|none|of|who|that|by|and|or|he|they)\b", re.I)
_CODED = re.compile(
    r"\b(?P<word>fatalit(?:y|ies)|deaths)\b[^.();]{0,30}?\bcoded\s+(?:as|at)\s+(?:an?\s+)?(?:low\s+)?(?:estimate\s+of\s+)?$",
    re.I,
)
# "put the dead at nine"
_PUT_AT = re.compile(
    r"\b(?:puts?|putting)\s+(?:the|its|their|his|her)\s+(?P<word>dead|fatalities|losses|deaths|"
    r"number\s+of\s+(?:the\s+)?(?:dead|deaths|fatalities))\s+at\s+$",
    re.I,
)
_SETTLED = re.compile(
    r"\b(?:fatalities|deaths)\s+(?:were\s+|are\s+)?coded\s+(?:as|at)\s+(?P<figure>\d+)\b(?![\d-])"
    r"|\bcoded\s+(?:as|at)\s+(?P<before>\d+)\s+(?:fatalit(?:y|ies)|deaths?|dead)\b",
    re.I,
)
_SHARED = re.compile(
    r"\b(?:fatalities|deaths|dead)\b[^;]{0,60}?\b(?:split|spread|distributed|divided|shared)\s+"
    r"(?:out\s+)?(?:evenly\s+|equally\s+)?(?:between|across|over|among|amongst|in|into)\s+(?:the\s+)?"
    r"(?P<among>\w+)\s+(?:\w+\s+)?(?:event|location|incident|attack|place|day|row)s\b",
    re.I,
)
_AND = re.compile(r"\s+[\w'’-]+(?:\s+[\w'’-]+){0,2}(?:,?\s+and\s+|,\s+)$")
# "Twelve *were freed* and two killed": a clause of its own
_CLAUSE = re.compile(
    r"\b(?:were|was|went|had|have|are|is|fled|escaped|survived|surrendered|wounded|injured|hurt"
    r"|missing|arrested|detained|captured|kidnapped|abducted|freed|houses?|homes?|vehicles?)\b",
    re.I,
)
_NUMBER = r"(?:an?|another|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)"
_WHO = r"(?:(?!(?:and|or|of|in|by|were|was)\b)[\w'’-]+\s+){0,3}(?!(?:and|or|of)\b)[\w'’-]+"
_MEMBER = re.compile(rf"\b(?P<number>{_NUMBER})\s+(?P<who>{_WHO})", re.I)
# "Two soldiers, a guard and a nurse were killed"
_LIST = re.compile(
    rf"\b(?P<list>{_NUMBER}\s+{_WHO}(?:,\s+{_NUMBER}\s+{_WHO})*,?\s+and\s+{_NUMBER}\s+{_WHO})\s+(?:were|was|died)\b",
    re.I,
)
_ELSE = re.compile(
    r"\b(?:family|families|clan|injur\w*|wounded|hurt|arrest\w*|detained|captured|not|no|of|was|were|who|that|by|and)\b",
    re.I,
)
_CODED_WINDOW = 70
# "*none of the* 38 passengers was hurt", "two of the 30": the number is no toll; "*Of the* 19 hurt" opens a sentence.
_PART_OF = re.compile(r"\w\s+of\s+(?:the|its|their|his|those|these|some|about)\s+$", re.I)
# "14 people died in the clashes, *including* eight soldiers": a part of those who were counted.
_INCLUDED = re.compile(r"\b(?:including|among them|of them)\s+(?:at least\s+|about\s+)?$", re.I)
_OF_WINDOW = 24
# "*In one* village, two men and a boy were killed": where, and nobody counted.
_SITUATED = re.compile(r"\b(?:in|at|near|on|during|inside|within|outside)\s+(?:at least\s+)?$", re.I)


def without_parts(told: list[tuple[Trigger, Frame]], fillers: Fillers) -> list[tuple[Trigger, Frame]]:
    """The events without deaths that a sum of the dead in the sentence takes in: "the toll rose to 24 *after three of
    the wounded died*", "*a second body was found*, bringing the toll to nine"."""
    late = [t for t, frame in told if frame.tolls and frame.kind == "assault.killing" and adds_to_toll(t.head)]
    if not late or not any(not t.verbal and told_total(t.head, fillers) for t, _ in told):
        return told
    return [(trigger, frame) for trigger, frame in told if trigger not in late]


def settle_tolls(frames: Sequence[Frame], fillers: Fillers, report: Report) -> tuple[Frame, ...]:
    """The event frames of a passage with the figures that stand beside them; new ones are of `toll_notes`' making."""
    as_coded = _as_coded(frames, fillers, report)
    if as_coded is not None:
        return as_coded
    settled = list(frames)
    counts = [m for m in fillers.mentions if m.kind == "count"]
    for count in counts:
        _settle(count, settled, fillers, report)
        _settle_hurt(count, settled, fillers, report.text)
    for count in reversed(counts):  # "nine rebels and three guards died": the last says what the first is of
        if (
            isinstance(count.value, Quantity)
            and count.value.best
            and (word := _joined_to(count, report.text, settled)) is not None
        ):
            _settle(count, settled, fillers, report, word)
    _set_against(counts, settled, fillers, report)
    _tell_apart(counts, settled, fillers, report.text)
    _complete_lists(settled, fillers, report)
    return tuple(_shared_out(settled, fillers, report))


def _settle(count: Mention, settled: list[Frame], fillers: Fillers, report: Report, word: Span | None = None) -> None:
    """Puts a count to the happening that it is of, if it is of dead people and nothing has it yet."""
    if not isinstance(count.value, Quantity) or _taken(count, settled):
        return
    if _PART_OF.search(report.text, max(0, count.span.start - _OF_WINDOW), count.span.start):
        return
    if _INCLUDED.search(report.text, max(0, count.span.start - _OF_WINDOW), count.span.start) and _count_dead(settled):
        return
    word = word or _word_of(count, report.text, settled)
    if word is None or _is_overruled(word, report.text):
        return
    if _is_joined(word, settled) or not _known(count.value, settled):
        _give(Toll("killed", count.value, count.span), word, settled, fillers, report)


def _set_against(counts: Sequence[Mention], settled: list[Frame], fillers: Fillers, report: Report) -> None:
    """Another's figure of the same dead is a telling of its own: "45 were killed, *the army says nine*"."""
    for rival in rivals_in(fillers.passage, report.text) if len(counts) > 1 else ():
        before = (f for f in settled if f.trigger.end <= rival.whole.start and _happened(f))
        told = [f for f in before if kind(f.kind).violent]
        count = next((c for c in counts if c.span.contains(rival.figure)), None)
        if not told or count is None or not isinstance(count.value, Quantity) or _taken(count, settled):
            continue
        settled.append(_told_of(told[-1], Toll("killed", count.value, count.span), rival.figure, rival.whole, report))


def _tell_apart(counts: Sequence[Mention], settled: list[Frame], fillers: Fillers, text: str) -> None:
    """Gives each its own figure: "shelled Qasr and attacked Brak, killing four and two people *respectively*"."""
    for first, second in pairwise(counts):
        after = _RESPECTIVELY.match(text, second.span.end)
        if after is None or text[first.span.end : second.span.start].strip(" ,") != "and":
            continue
        both = {first.span: first, second.span: second}
        of = next((t.of for f in settled for t in f.tolls if t.span in both), None)
        sentence = _sentence(first.span, fillers)
        deeds = [n for n, f in enumerate(settled) if kind(f.kind).violent and sentence.contains(f.trigger)]
        before = [n for n in deeds if _happened(settled[n]) and settled[n].trigger.end <= first.span.start]
        if of is None or len(before) < _TWO:
            continue
        for n, count in zip(before[-_TWO:], (first, second), strict=True):
            kept = tuple(t for t in settled[n].tolls if t.span not in both)
            if isinstance(count.value, Quantity):
                settled[n] = replace(settled[n], tolls=(*kept, Toll(of, count.value, count.span)))


_RESPECTIVELY = re.compile(r"(?: [\w-]+){0,3},? respectively\b")
_TWO = 2


def _settle_hurt(count: Mention, settled: list[Frame], fillers: Fillers, text: str) -> None:
    """Puts a count of injured people to the violent happening of its sentence that is nearest, if none has it."""
    found = _HURT.match(text, count.span.end)
    if _PART_OF.search(text, max(0, count.span.start - _OF_WINDOW), count.span.start):
        return
    if found is None or _NOT_HURT.search(found["between"]) or not isinstance(count.value, Quantity):
        return
    if count.value.high == 0 or _taken(count, settled):
        return
    sentence = _sentence(count.span, fillers)
    here = [n for n, f in enumerate(settled) if kind(f.kind).violent and _happened(f) and sentence.contains(f.trigger)]
    if here and not any(t.of == "injured" and t.quantity == count.value for n in here for t in settled[n].tolls):
        n = min(here, key=lambda n: abs(settled[n].trigger.start - count.span.start))
        settled[n] = replace(settled[n], tolls=(*settled[n].tolls, Toll("injured", count.value, count.span)))


def _complete_lists(settled: list[Frame], fillers: Fillers, report: Report) -> None:
    """Counts every member of a list of dead that a happening has in part, where the parser broke the list."""
    if not _count_dead(settled):
        return
    here = fillers.passage.span(fillers.passage.doc[:])
    for found in _LIST.finditer(report.text, here.start, here.end):
        whole = Span(*found.span("list"))
        told = [t.span for f in settled for t in f.tolls if t.of == "killed" and whole.overlaps(t.span)]
        home = next((n for n, f in enumerate(settled) if any(t.span in told for t in f.tolls)), None)
        if home is not None:
            missing = (m for m in _members(whole, report.text) if not m.span.overlaps_any(told))
            settled[home] = replace(settled[home], tolls=(*settled[home].tolls, *missing))


def _members(whole: Span, text: str) -> Iterator[Toll]:
    for item in _MEMBER.finditer(text, whole.start, whole.end):
        if any(read_noun(word) is not None for word in item["who"].split()):
            number = figure(item["number"]) or 1
            yield Toll("killed", Quantity(number, number, number), Span(*item.span()))


def _count_dead(frames: Iterable[Frame]) -> bool:
    """True where a frame has a figure of dead, which is all that the notes on whole passages are about."""
    return any(toll.of == "killed" for frame in frames for toll in frame.tolls)


def _shared_out(frames: list[Frame], fillers: Fillers, report: Report) -> list[Frame]:
    """The frames with their share of the dead, where a coder's note says over how many happenings they are spread."""
    if not _count_dead(frames):
        return frames
    here = fillers.passage.span(fillers.passage.doc[:])
    found = _SHARED.search(report.text, here.start, here.end)
    among = figure(found["among"]) if found is not None else None
    if not among:
        return frames
    return [replace(f, tolls=tuple(_share(t, among) if t.of == "killed" else t for t in f.tolls)) for f in frames]


def _share(toll: Toll, among: int) -> Toll:
    """The codebook's share of one happening: what is left over when dividing is not counted."""
    low, best, high = toll.quantity.low, toll.quantity.best, toll.quantity.high
    return replace(
        toll,
        quantity=Quantity(
            low // among if low is not None else None,
            best // among if best is not None else None,
            high // among if high is not None else None,
        ),
    )


def _as_coded(frames: Sequence[Frame], fillers: Fillers, report: Report) -> tuple[Frame, ...] | None:
    """The frames with the one figure of dead that a coder's note settles on: "Fatalities coded as 5".

    None where no note does.
    """
    if not _count_dead(frames):
        return None
    here = fillers.passage.span(fillers.passage.doc[:])
    settled = [*_SETTLED.finditer(report.text, here.start, here.end)]
    if (
        not settled
        or _SHARED.search(report.text, here.start, here.end)
        or len({found["figure"] or found["before"] for found in settled}) > 1
    ):
        return None  # a figure for each of several happenings
    where = "figure" if settled[0]["figure"] else "before"
    number = int(settled[0][where])
    counted = Toll("killed", Quantity(number, number, number), Span(*settled[0].span(where)))
    first = next(f for f in frames if any(t.of == "killed" for t in f.tolls))
    kept = (tuple(t for t in f.tolls if t.of != "killed") for f in frames)
    return tuple(
        replace(f, tolls=(counted, *others) if f is first else others) for f, others in zip(frames, kept, strict=True)
    )


def _taken(count: Mention, frames: Sequence[Frame]) -> bool:
    return any(toll.span.overlaps(count.span) for frame in frames for toll in frame.tolls)


def _word_of(count: Mention, text: str, frames: Sequence[Frame]) -> Span | None:
    """The word that says that a count is of dead people."""
    quantity = count.value
    if not isinstance(quantity, Quantity) or quantity.high == 0:
        return None
    after = _AFTER.match(text, count.span.end)
    if after is not None and not _ELSE.search(after["between"]):
        return Span(*after.span("word"))
    start = max(0, count.span.start - _CODED_WINDOW)
    coded = _CODED.search(text[start : count.span.start])
    if coded is not None:
        return Span(start + coded.start("word"), start + coded.end("word"))
    put = _PUT_AT.search(text, max(0, count.span.start - _CODED_WINDOW), count.span.start)
    return Span(*put.span("word")) if put is not None else _joined_to(count, text, frames)


def _joined_to(count: Mention, text: str, frames: Sequence[Frame]) -> Span | None:
    """The figure of dead that a count is coordinated with: "*nine* rebels and *three* guards died"."""
    if _SITUATED.search(text, max(0, count.span.start - _OF_WINDOW), count.span.start):
        return None
    joined = (t.span for f in frames for t in f.tolls if t.of == "killed" and t.span.start > count.span.end)
    return next(
        (
            span
            for span in joined
            if _AND.fullmatch(text, count.span.end, span.start) and not _CLAUSE.search(text, count.span.end, span.start)
        ),
        None,
    )


def _is_overruled(word: Span, text: str) -> bool:
    """True for a figure that a coder's note names and does not count: "coded as 0 (one report: 7 killed)"."""
    found = _SETTLED.search(text, max(0, word.start - 2 * _CODED_WINDOW), word.start)
    return found is not None and int(found["figure"] or found["before"]) == 0


def _is_joined(word: Span, frames: Sequence[Frame]) -> bool:
    """True where another count of the same list says what a count is of: no repetition, whatever the figures."""
    return any(toll.span == word for frame in frames for toll in frame.tolls)


def _known(quantity: Quantity, frames: Sequence[Frame]) -> bool:
    """True where a figure only repeats or sums up what has been told of the dead."""
    told = {t.span: t.quantity.best for f in frames for t in f.tolls if t.of == "killed"}
    bests = [best for best in told.values() if best is not None]
    return bool(bests) and (quantity.best in bests or quantity.best == sum(bests))


def _give(toll: Toll, word: Span, frames: list[Frame], fillers: Fillers, report: Report) -> None:
    """Puts a toll to the happening that it is of."""
    violent = [n for n, frame in enumerate(frames) if kind(frame.kind).violent and _happened(frame)]
    sentence = _sentence(toll.span, fillers)
    if (rival := _in_others_words(toll.span, fillers)) is not None:
        others = [n for n in violent if not rival.overlaps(frames[n].trigger)]
        if others and not any(rival.overlaps(frames[n].trigger) for n in violent):
            frames.append(_told_of(frames[others[-1]], toll, word, rival, report))
            return
    here = [n for n in violent if sentence.contains(frames[n].trigger)]
    if here and all(told_apart(frames[n].trigger, toll.span, sentence, fillers.text) for n in here):
        return  # "bombed Brak, a day after a video had shown *the killing of nine*"
    if here and all(_past_a_semicolon(frames[n].trigger, toll.span, fillers.text) for n in here):
        return  # "30 died when a boat sank; a shell killed four": each half has its own
    vague = [n for n in violent if _is_vague(frames[n]) and frames[n].trigger.start < toll.span.start]
    if here or vague:
        n = min(here, key=lambda n: abs(frames[n].trigger.start - toll.span.start)) if here else vague[-1]
        same = {t.span for t in frames[n].tolls if t.of == "killed"} if _is_vague(frames[n]) else set()
        for m in {n, *(m for m in vague if same & {t.span for t in frames[m].tolls})}:
            frames[m] = _with(frames[m], toll)  # "a number" that two happenings share is settled in both
        return
    before = [n for n in violent if frames[n].trigger.end <= toll.span.start]
    if before:
        frames.append(_told_of(frames[before[-1]], toll, word, sentence, report))


def _past_a_semicolon(one: Span, other: Span, text: str) -> bool:
    first, last = sorted((one, other))
    return ";" in text[first.end : last.start]


@cache
def _rivals() -> frozenset[str]:
    return word_list(LEXICON, "rivals")


def _in_others_words(count: Span, fillers: Fillers) -> Span | None:
    """The words of the clause in which somebody gives a figure of his own, if a count stands in one."""
    tokens = fillers.passage.tokens(count)
    if tokens is None:
        return None
    verb = next((a for a in tokens.root.ancestors if a.pos_ == "VERB"), None)
    if verb is None or verb.lemma_ not in _rivals():
        return None
    teller = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if teller is None or teller.left_edge.i <= verb.sent.start:
        return None
    return fillers.passage.span([teller.left_edge, verb.right_edge])


def _happened(frame: Frame) -> bool:
    return frame.modality == "actual" and not frame.negated


def _is_vague(frame: Frame) -> bool:
    """True for dead without a figure ("killing a number of fighters")."""
    killed = [t for t in frame.tolls if t.of == "killed"]
    return bool(killed) and all(t.quantity.best is None for t in killed)


def _with(frame: Frame, toll: Toll) -> Frame:
    kept = [t for t in frame.tolls if t.of != "killed"] if _is_vague(frame) else list(frame.tolls)
    return replace(frame, tolls=(*kept, toll))


def _told_of(event: Frame, toll: Toll, word: Span, sentence: Span, report: Report) -> Frame:
    """The death of people as a happening of its own, at the place and time of the event that it is told of."""
    place = event.roles.get("place", ())
    return Frame(
        id=finding_id(report, f"event:{_KILLING}", word),
        kind=_KILLING,
        mode=kind(_KILLING).plover_mode,
        trigger=word,
        evidence=sentence,
        roles={"place": place} if place else {},
        tolls=(toll,),
        inferred=frozenset({"place"} if place else ()),
        when=replace(event.when, basis="narrative", anchor=event.when.earliest) if event.when.known else event.when,
        weight=0.5,
        made_by=_MADE_BY,
    )


def _sentence(span: Span, fillers: Fillers) -> Span:
    tokens = fillers.passage.tokens(span)
    return fillers.passage.span(tokens[0].sent) if tokens is not None else span
