"""What the words of two tellings, and their place in the report, show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from khaldun.model import Claim, Entity, Span
from khaldun.resolve.tellings import EventRules, Said, Telling
from khaldun.resolve.where_when import goes_on_from

_CLOSE = 400  # characters between two quotations: two or three sentences
_BREATH = 160  # characters: the same sentence
_BESIDE = 30  # characters between two quotations: the same sentence, however long
_OPENING = 120  # characters: a headline, or the first words of a lead
_HEAD = 300  # characters: headline and lead
_NEXT = 64  # characters between a happening and the next sentence: room for who says so, none for a paragraph
_COPIED = 7  # words

_APART = re.compile(r"\b(?:near|at|outside|inside|along|around) (?:the|an?|another)\b|\b(?:has|have|since)\b")
"""A place of its own without a name, "was killed *near the* airport", or a sum over time, "*have* been killed"."""

_Pairs = Sequence[tuple[Said, Said]]


def on_words(left: Telling, right: Telling, entities: Mapping[str, Entity], rules: EventRules) -> Iterator[str]:
    """The findings about how the two are worded and where they stand."""
    pairs = [(a, b) if a.claim.span <= b.claim.span else (b, a) for a in left.said for b in right.said]
    within = [(a, b) for a, b in pairs if a.claim.report == b.claim.report]
    again = any(_takes_up(b, a) and not _is_ground_of(b, a, entities) for a, b in within)
    beside = [(a, b) for a, b in within if _is_outcome_beside(a, b, entities, rules)]
    means = bool(beside)
    if again:
        yield "told_again"
    if means:
        yield "outcome_beside_means"
    after = not means and any(_is_aftermath(a, b, rules) for a, b in within)
    if after:
        yield "outcome_next"
    if not again and not means and not after:
        yield from _on_kind_of_word(left, right, rules)
        if any(_brings_up(b, a) for a, b in within):
            yield "told_as_new"
    onward = any(_goes_on_with(b, a, rules) for a, b in within)
    if onward:
        yield "doer_again"
    yield from _on_position(within, entities, rules, tied=again or means or after or onward)
    # "another went off in Sabha, *wounding seven*": the outcome of the other one
    yield from _on_words_alone(pairs, rules, again=again or (means and not any(b.one_more for _, b in beside)))
    if len(within) < len(pairs) and all(any(s.start < _HEAD for s in t.said) for t in (left, right)):
        yield "both_at_the_head"


def _is_outcome_beside(earlier: Said, later: Said, entities: Mapping[str, Entity], rules: EventRules) -> bool:
    return (
        _is_outcome(earlier, later, rules)
        and _in_one_breath(earlier, later, entities)
        and not _came_before(later, rules)
        and not _went_on_after(later, earlier, rules)
        and not _is_ground_of(later, earlier, entities)
        and not _told_elsewhere(earlier, later)
    )


def _on_kind_of_word(left: Telling, right: Telling, rules: EventRules) -> Iterator[str]:
    if left.kinds.isdisjoint(right.kinds):
        yield "general_word" if (left.kinds | right.kinds) & (rules.general | rules.outcomes) else "other_kind"


def _on_words_alone(pairs: _Pairs, rules: EventRules, *, again: bool) -> Iterator[str]:
    twice = [(a, b) for a, b in pairs if a.claim.report != b.claim.report or _stand_apart(a, b)]
    if any(_shared_words(a, b) >= 0.8 and len(a.words & b.words) >= _COPIED for a, b in twice):
        yield "same_wording"
    elif any(_shared_words(a, b) >= 0.6 and len(a.words & b.words) >= 3 for a, b in twice):
        yield "same_words"
    if any(a.many != b.many for a, b in pairs):
        yield "one_of_many"
    if not again and any(a.one_more != b.one_more for a, b in pairs):
        yield "one_more"
    if any(_count_otherwise(a, b) for a, b in pairs):
        yield "other_number"
    if all(a.behind != b.behind for a, b in pairs):
        yield "behind_the_deed"
    if any(_is_answered(a, b, rules) for a, b in pairs):
        yield "in_return"


def _count_otherwise(left: Said, right: Said) -> bool:
    """ "The jets made *five raids* near Brak … their *four raids* near Sabha"."""
    nouns = {n for n, _ in left.counted} & {n for n, _ in right.counted}
    return bool(nouns) and not left.counted & right.counted


def _goes_on_with(later: Said, earlier: Said, rules: EventRules) -> bool:
    """ "Gunmen attacked a church. *The attackers* threw grenades into it": how they did it, and no second deed."""
    if later.one_more or later.start <= earlier.end or later.start - earlier.end > _CLOSE:
        return False
    if not _places(later) <= _places(earlier) or later.claim.when.basis in ("stated", "relative"):
        return False
    return rules.doers.pattern.match(later.claim.quote) is not None


def _places(said: Said) -> frozenset[str]:
    """The places that its own words name."""
    return frozenset(() if "place" in said.claim.manner.inferred else said.claim.roles.get("place", ()))


def _told_elsewhere(left: Said, right: Said) -> bool:
    """ "A bomb went off *in Brak*, and another *in Sabha*, wounding seven": each has a place of its own."""
    here, there = _places(left), _places(right)
    return bool(here and there) and here.isdisjoint(there)


def _is_answered(answer: Said, answered: Said, rules: EventRules) -> bool:
    """ "shelled the port *to avenge the recruits* killed in Tikrit": what is told behind such words came before."""
    one_sentence = answer.claim.report == answered.claim.report and _between(answer, answered) <= _BESIDE
    if not one_sentence or not answer.in_return or answered.in_return:
        return False
    reason = rules.in_return.pattern.search(answer.claim.quote)
    return answered.end > answer.end or (reason is not None and answered.start >= answer.start + reason.end())


def _is_ground_of(later: Said, earlier: Said, entities: Mapping[str, Entity]) -> bool:
    """ "bombed the mosque to avenge *the massacre at Karsa*": the reason stands in the very sentence that it is of."""
    backgrounds = (earlier.claim.manner.background, later.claim.manner.background)
    return backgrounds == (False, True) and _between(earlier, later) <= _BESIDE and not _opens(later, entities)


def _came_before(later: Said, rules: EventRules) -> bool:
    """ "bombed the camp *after rebels killed nine soldiers*": the deaths are no outcome of what is told before them."""
    return later.claim.kind in rules.outcomes and rules.earlier.pattern.match(later.claim.quote) is not None


def _went_on_after(means: Said, deaths: Said, rules: EventRules) -> bool:
    """ "killed six raiders. Helicopters *later* struck those who fled": who is dead before a deed did not die by it."""
    if deaths.claim.kind not in rules.outcomes or not deaths.claim.roles.get("actor"):
        return False
    return rules.afterwards.are_in(means.claim.quote, means.claim.quote.lower())


def _on_position(within: _Pairs, entities: Mapping[str, Entity], rules: EventRules, *, tied: bool) -> Iterator[str]:
    if any(a.start < _OPENING and _stand_apart(a, b) for a, b in within):
        yield "told_first"
    alike = [(a, b) for a, b in within if a.claim.kind == b.claim.kind]
    if any(_same_stretch(a.claim.span, b.claim.span) for a, b in alike):
        yield "same_stretch"
    elif not tied and any(_are_listed(a, b, rules) and _in_one_breath(a, b, entities) for a, b in within):
        yield "listed_apart"
    elif any(_between(a, b) <= _CLOSE for a, b in alike):
        yield "told_close"


def _stand_apart(left: Said, right: Said) -> bool:
    return not left.claim.span.overlaps(right.claim.span)


def _are_listed(left: Said, right: Said, rules: EventRules) -> bool:
    """Side by side, or, of one kind, a clause within a longer one; but who gives another figure lists nothing."""
    if left.speaker != right.speaker and left.claim.kind in rules.outcomes and right.claim.kind in rules.outcomes:
        return False
    return _stand_apart(left, right) or left.claim.kind == right.claim.kind


def _same_stretch(left: Span, right: Span) -> bool:
    """A clause within a much longer one, "the capture of the road, which followed that of the mill", is another."""
    shared = min(left.end, right.end) - max(left.start, right.start)
    return shared > 0 and shared >= 0.5 * max(len(left), len(right)) and shared >= 0.8 * min(len(left), len(right))


def is_close(left: Said, right: Said) -> bool:
    """Within two or three sentences of one report."""
    return left.claim.report == right.claim.report and _between(left, right) <= _CLOSE


def _between(left: Said, right: Said) -> int:
    return max(0, left.start - right.end, right.start - left.end)


def _in_one_breath(earlier: Said, later: Said, entities: Mapping[str, Entity]) -> bool:
    """In one sentence: they overlap, or stand close and the later one does not open a sentence."""
    if not _stand_apart(earlier, later):
        return True
    close = later.end - earlier.start <= _BREATH or _between(earlier, later) <= _BESIDE
    return close and not _opens(later, entities)


def _opens(said: Said, entities: Mapping[str, Entity]) -> bool:
    """A capital that is no name's stands at the start of a sentence: "Gunmen shot …", but not "Hamas shot …"."""
    if not said.claim.quote[:1].isupper():
        return False
    filling = (entities.get(id) for ids in said.claim.roles.values() for id in ids)
    names = [n.text for e in filling if e for n in e.names if n.form in ("name", "acronym")]
    return not any(said.claim.quote.startswith(name) for name in names)


def _is_outcome(left: Said, right: Said, rules: EventRules) -> bool:
    return (left.claim.kind in rules.outcomes) != (right.claim.kind in rules.outcomes)


def _is_aftermath(earlier: Said, later: Said, rules: EventRules) -> bool:
    """The next sentence tells whom it struck and nothing else: "Gunmen attacked a church in Jos. *Three were killed*."

    It has no doer, and no place or day but those of the sentence before.
    """
    claim = later.claim
    if claim.kind not in rules.outcomes or earlier.claim.kind in rules.outcomes or not claim.tolls or later.one_more:
        return False
    if claim.manner.background != earlier.claim.manner.background:
        return False
    if {t.of for t in earlier.claim.tolls} & {t.of for t in claim.tolls}:
        return (
            False  # "Gunmen killed four guards. *Two soldiers were killed*": another figure, and perhaps another deed
        )
    day = earlier.claim.when.span
    told_to = max(earlier.end, day.end if day is not None and day.end < later.start else 0)
    near = 0 < later.start - told_to <= _NEXT
    named = claim.roles.get("actor") and "actor" not in claim.manner.inferred
    return near and not named and not has_place_of_its_own(claim) and goes_on_from(earlier.claim, claim)


def has_place_of_its_own(claim: Claim) -> bool:
    """True where its words place it, by a name or not, or make it a sum over time."""
    named = bool(claim.roles.get("place")) and "place" not in claim.manner.inferred
    return named or _APART.search(claim.quote) is not None


def opens_report(said: Said) -> bool:
    """True for what stands in the headline or opens the report."""
    return said.start < _OPENING


def _takes_up(later: Said, earlier: Said) -> bool:
    """The later one names by a definite noun what the earlier one told without it."""
    return later.start > earlier.start and bool((later.takes_up - earlier.takes_up) & earlier.could_be)


def _brings_up(later: Said, earlier: Said) -> bool:
    return bool(later.brings_up) and not later.takes_up and earlier.start >= _OPENING and _stand_apart(earlier, later)


def _shared_words(left: Said, right: Said) -> float:
    """The share of the shorter one's words that both have."""
    return len(left.words & right.words) / max(1, min(len(left.words), len(right.words)))
