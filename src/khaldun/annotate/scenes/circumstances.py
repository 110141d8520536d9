"""When and where a happening took place, by the words around its trigger.

The nearer word wins: a time or place in the trigger's own phrase, then in its clause, then in the sentence. What
the sentence does not say stays unknown, except that nothing told as having happened lies after publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from khaldun.annotate.grammar.factuality import Reading
from khaldun.annotate.grammar.modality import SUBJECTS
from khaldun.annotate.grammar.plans import is_purpose
from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.scenes.beside import bounded
from khaldun.annotate.scenes.measured import apart_in, measured
from khaldun.annotate.scenes.other_days import dates_another, measured_from, remembering
from khaldun.annotate.scenes.remembered import dates_the_answer, remembered
from khaldun.annotate.words import Token
from khaldun.calendar import days_named
from khaldun.model import UNKNOWN_TIME, Mention, Report, Span, Timex, When

# Prepositions that put a happening in or near a place; "to", "from" and "of" are roles of their own.


def time_of(trigger: Token, fillers: Fillers, report: Report, reading: Reading, noun: Token | None = None) -> When:
    """The interval of a happening. `published` is its basis when only "not after publication" is known.

    `noun` is the word of the happening where `trigger` is the verb that carries it.
    """
    times = _outermost([m for m in fillers.mentions if m.kind == "time" and m.when is not None and m.when.known])
    if (then := remembered(trigger, times, report.published.latest, fillers)) is not None:
        return then
    own = _beside_noun(noun, times, fillers) or _time_mention(trigger, times, fillers)
    if own is None and noun is not None and trigger.dep_ == "relcl" and trigger.head is noun:
        own = _time_mention(noun, times, fillers)  # "a raid *on Sunday*, which killed three"
    if (far := _measured(trigger, times, own, report.published.latest, fillers)) is not None:
        return _not_in_future(far, report, reading)
    fitting = [m for m in times if _may_date(m, trigger, fillers, report, reading, noun)]
    if len(fitting) < len(times):
        times, own = fitting, _time_mention(trigger, fitting, fillers)
    reported = _reported_on(trigger, times, fillers) if own is None else None
    mention = own if own is not None or reported is not None else _only_time(trigger, times, fillers)
    now = report.published.latest if reading.modality == "actual" else None
    if mention is not None and (wide := bounded(trigger, mention, now, fillers)) is not None:
        return _not_in_future(wide, report, reading)
    when = _with_next_day(mention, times, fillers) if mention is not None else reported
    return _not_in_future(when, report, reading) if when is not None else until_published(report, reading)


def _outermost(times: list[Mention]) -> list[Mention]:
    """The times without those within another that they only help to name: "the first week of *March*"."""
    if len(times) == 1:
        return times
    wholes = [m.when.span for m in times if m.when is not None and m.when.span is not None]
    return [m for m in times if not any(w.contains(m.span) and _narrows(w, m) for w in wholes)]


def _narrows(whole: Span, time: Mention) -> bool:
    said = time.when.span if time.when is not None else None
    return said is not None and said != whole and whole.contains(said)


def _measured(
    trigger: Token, times: Sequence[Mention], own: Mention | None, published: date | None, fillers: Fillers
) -> When | None:
    sentence = fillers.passage.span(trigger.sent)
    apart = apart_in(sentence, fillers.text)
    if apart is None:
        return None
    here = [m for m in times if sentence.contains(m.span) and m.span not in fillers.said_at]
    return measured(apart, trigger, here, own, published, fillers)


def _with_next_day(time: Mention, times: Sequence[Mention], fillers: Fillers) -> When | None:
    """Both days of "on 4 *and* 5 March", both months of "in January *and* February"."""
    when = time.when
    for other in times:
        first, second = sorted((time, other), key=lambda m: m.span.start)
        if other is time or first.when is None or second.when is None:
            continue
        if fillers.text[first.span.end : second.span.start] in (" and ", " and on ", " and in "):
            early, end, start, late = first.when.earliest, first.when.latest, second.when.earliest, second.when.latest
            if when is not None and early and end and start and late and (start - end).days == 1:
                return replace(when, earliest=early, latest=late)
    return when


def _is_past(time: Mention, published: date) -> bool:
    return time.when is None or time.when.earliest is None or time.when.earliest <= published


def _may_date(
    time: Mention, trigger: Token, fillers: Fillers, report: Report, reading: Reading, noun: Token | None
) -> bool:
    """False for a day of something else, and for the morrow of another where this has happened: "foiled a plan to bomb
    the march *on Sunday*, arresting six"."""
    if dates_the_answer(time, noun or trigger, fillers) or dates_another(time, trigger, fillers, reading, noun):
        return False
    published = report.published.latest
    if reading.modality != "actual" or published is None or _is_past(time, published):
        return True
    tokens = fillers.passage.tokens(time.span)
    return tokens is not None and clause_head(tokens.root) == clause_head(trigger)


def is_dated(noun: Token, fillers: Fillers) -> bool:
    """True for an event noun with a day of its own before it: "after *Wednesday's* shoot-out"."""
    days = [fillers.passage.at(c) for c in noun.children if c.dep_ == "poss" and c.pos_ == "PROPN"]
    return any(m.kind == "time" and m.span.overlaps(day) for day in days for m in fillers.mentions)


def _reported_on(trigger: Token, times: Sequence[Mention], fillers: Fillers) -> When | None:
    """The day by which a note dates its source and nothing else: "*As reported on 4 May*, rebels raided the mill"."""
    for word in clause_head(trigger).children:
        if word.lower_ == "reported" and word.dep_ in {"advcl", "prep"} and word.i < trigger.i:
            for time in times:
                tokens = fillers.passage.tokens(time.span)
                if tokens is not None and word.is_ancestor(tokens.root):
                    return time.when
    return None


def until_published(report: Report, reading: Reading) -> When:
    """Open to the past and closed by the day of publication, for what is told as having happened."""
    latest = report.published.latest
    if latest is None or reading.modality != "actual":
        return UNKNOWN_TIME
    return When(earliest=None, latest=latest, basis="published", anchor=latest)


def _not_in_future(when: When, report: Report, reading: Reading) -> When:
    latest: date | None = report.published.latest
    if latest is None or reading.modality != "actual" or when.latest is None or when.latest <= latest:
        return when
    if when.earliest is not None and when.earliest > latest:
        return when
    return replace(when, latest=latest)


def _time_mention(trigger: Token, times: Sequence[Mention], fillers: Fillers) -> Mention | None:
    """The time in the trigger's clause; one of a clause below it or of the cue above it does not count."""
    clause = clause_head(trigger)
    if clause.dep_ == "relcl" and any(c.lower_ == "when" for c in clause.children):
        for time in times:  # "the worst since *October 2017*, when militants killed four"
            tokens = fillers.passage.tokens(time.span)
            if tokens is not None and tokens.start <= clause.head.i < tokens.end:
                return _closed(time)
    if clause.dep_ == "relcl":
        for time in times:  # "the site of *Saturday's* blast which hit a bus"
            tokens = fillers.passage.tokens(time.span)
            if tokens is not None and tokens.root.dep_ == "poss" and tokens.root.head == clause.head:
                return time
    ranked: list[tuple[int, int, Mention]] = []
    for time in times:
        tokens = fillers.passage.tokens(time.span)
        if tokens is None or tokens[0].sent != trigger.sent:
            continue
        distance = None if _only_names(tokens.root, trigger) else _steps(tokens.root, trigger, clause)
        if distance is not None:
            ranked.append((distance, abs(tokens.root.i - trigger.i), time))
    return min(ranked, key=lambda r: (r[0], r[1]))[2] if ranked else None


def _beside_noun(noun: Token | None, times: Sequence[Mention], fillers: Fillers) -> Mention | None:
    """ "The raid *on 4 May* … was blamed on them on Friday": a day that hangs on the noun itself is the noun's."""
    if noun is None or noun.pos_ != "NOUN":
        return None
    for time in times:
        tokens = fillers.passage.tokens(time.span)
        root = tokens.root if tokens is not None else None
        if root is not None and root.dep_ == "pobj" and root.head.head is noun and root.head.lower_ in _DATING:
            return time
    return None


_DATING = frozenset({"on", "in"})


def _closed(time: Mention) -> Mention:
    """The day that "since *27 January*, when …" begins with, by itself."""
    when = time.when
    if when is None or when.earliest is None or when.latest is not None or not isinstance(time.value, Timex):
        return time
    days = days_named(time.value.value)
    return replace(time, when=replace(when, earliest=days.first, latest=days.last)) if days is not None else time


_IN_TIME = frozenset({"in", "during", "throughout", "at", "on", "amid", "since", "after", "before", "from", "by"})


def _only_names(time: Token, trigger: Token) -> bool:
    """True where the time only says which one is meant: "on the anniversary of the *2011* revolution", "broke the
    *2015* peace deal", "before the vote on *26 March*", or since when there was none: "the first since *1973*"."""
    noun = time.head
    if time.dep_ == "pobj" and (_dates_what_follows(noun, trigger) or _measures_first(noun)):
        return True
    if time.dep_ in {"nummod", "compound", "amod", "nmod"} and noun.pos_ in {"NOUN", "PROPN"} and noun != trigger:
        if noun.dep_ == "pobj" and noun.head.lower_ not in _IN_TIME and (noun.head.head != trigger or match(noun)):
            return True  # "convicted over the *2015* bombing"
        if noun.dep_ == "dobj" and noun.head != trigger and time.text.isdigit():
            return True
    return any(a.lemma_.lower() in remembering() for a in time.ancestors if a.pos_ == "NOUN")


def _on_one_side(time: Span, trigger: Token, fillers: Fillers) -> bool:
    """False where a semicolon stands between the two."""
    first, last = sorted((time, fillers.passage.at(trigger)), key=lambda span: span.start)
    return fillers.text.find(";", first.end, last.start) < 0


def _dates_what_follows(preposition: Token, trigger: Token) -> bool:
    """ "Declared an emergency *before the vote on* 26 March"."""
    noun = preposition.head
    if noun.dep_ != "pobj" or noun == trigger or noun.head.lower_ not in _AHEAD or noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    return not noun.head.is_ancestor(trigger)


def _measures_first(since: Token) -> bool:
    """ "The *first* time *since* 1973 that police shot a tourist", "the *worst* raid *since* May"."""
    if since.lower_ != "since":
        return False
    before = since.doc[max(since.sent.start, since.i - _REACH) : since.i]
    return any(t.tag_ in {"JJS", "RBS"} or t.lower_ in {"first", "only"} for t in before)


_REACH = 4
_AHEAD = frozenset({"before", "until", "till", "pending"})


def _only_time(trigger: Token, times: Sequence[Mention], fillers: Fillers) -> Mention | None:
    """The one time of the sentence, wherever the parser hung it, unless it dates a saying or another clause."""
    here = [m for m in times if is_same_sentence(m.span, trigger, fillers) and _on_one_side(m.span, trigger, fillers)]
    if any(m.span == said or said.contains(m.span) for m in here for said in fillers.said_at):
        return None
    intervals = {m.when.span or m.span for m in here if m.when is not None}  # "between 3 and 9 May" is one
    tokens = fillers.passage.tokens(here[0].span) if len(intervals) == 1 else None
    if tokens is None or _only_names(tokens.root, trigger):
        return None
    head = clause_head(tokens.root)
    if _is_aside(trigger, tokens.root) or (head != clause_head(trigger) and measured_from(head)):
        return None
    if head.dep_ == "acl" and _is_set_off(head) and head != clause_head(trigger) and head.head != trigger:
        return None  # "the fort, built *in 1593*, was besieged": of another happening
    if head.dep_ in {"acl", "relcl"} and _is_of_others(head, trigger, fillers):
        return None
    if head.dep_ == "acl" and head.head.dep_ in {"nsubjpass", "dobj", "pobj"} and head.is_ancestor(tokens.root):
        within = head == clause_head(trigger) or trigger == head.head or head.head.is_ancestor(trigger)
        if not within and tokens.root.i < trigger.i and trigger.pos_ == "VERB" and trigger.is_ancestor(head):
            return None  # "the hostages taken *in May* were freed"
    says = any(child.dep_ == "ccomp" for child in head.children) or head.dep_ in {"ccomp", "relcl", "parataxis"}
    return None if says and head != clause_head(trigger) else here[0]


def _is_of_others(clause: Token, trigger: Token, fillers: Fillers) -> bool:
    """True for a clause that only says who or which document is meant, beside what is told of them: "the officers
    jailed *in 2012* had ties to the network", "an analysis written *in 2012* says that the brigade obeyed him"."""
    meant = clause.head
    if meant.dep_ not in SUBJECTS or meant == trigger or meant.is_ancestor(trigger):
        return False
    says = any(c.dep_ == "ccomp" for c in meant.head.children)
    told = meant.head == trigger or meant.head.is_ancestor(trigger)
    return told and (says or fillers.actor(meant) is not None)


def _is_aside(trigger: Token, time: Token) -> bool:
    """ "Harb, *who led it until he was killed in a raid*, spoke last year": an aside does not share the time."""
    clause = next((a for a in [trigger, *trigger.ancestors] if a.dep_ == "relcl"), None)
    if clause is None or clause == time or clause.is_ancestor(time):
        return False
    if clause.head.is_ancestor(time) and time.i < clause.i:
        return False  # "a bomb planted *on Sunday*, which killed two"
    return _is_set_off(clause)


def _is_set_off(clause: Token) -> bool:
    first = clause.left_edge
    return first.i > first.sent.start and first.nbor(-1).text == ","


def _steps(word: Token, trigger: Token, clause: Token) -> int | None:
    """How far above the time's word the trigger (0) or its clause (1, 2 …) is; None when it is not above it."""
    current = word
    for _ in range(12):
        if current == trigger:
            return 0
        if current == clause:
            return 1
        if current.dep_ == "relcl" and current.head == trigger and trigger.pos_ == "NOUN":
            return 0  # "condemned on Friday the bomb *that wrecked the hall on Tuesday*"
        below = current.dep_ in {"relcl", "ccomp", "advcl", "acl", "parataxis", "conj"}
        if current.head == current or (below and not _aims_past(word, current)):
            break
        current = current.head
    # a clause below the one that carries the time: "On Friday the army said …" dates the saying, but
    # "On Friday the army entered the port, killing three" dates both
    above = clause
    for step in range(2, 5):
        if above.head == above or above.dep_ in {"ccomp", "relcl"}:
            break
        above = above.head
        if above == current:
            return step
    return None


def _aims_past(time: Token, verb: Token) -> bool:
    """ "Mounted an attack to retake the road *on Thursday*": the day of the attack, unless it is a term set for it."""
    return is_purpose(verb) and not (time.dep_ == "pobj" and time.head.lower_ in {"by", "before", "until", "within"})


def heads_above(trigger: Token) -> list[Token]:
    """The trigger, then the verbs above it as far as they tell the same happening."""
    found = [trigger]
    current = trigger
    for _ in range(4):
        if current.head == current or current.dep_ in {"ccomp", "relcl", "parataxis"}:
            break
        current = current.head
        found.append(current)
    return found


def is_same_sentence(span: Span, trigger: Token, fillers: Fillers) -> bool:
    return fillers.passage.span(trigger.sent).contains(span)
