"""The words that say whose a clause is and whether it was done (`lexicons/en/clauses.yaml`) as look-up tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from khaldun.knowledge import word_lists


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The lists of the lexicon; they are explained, with an example each, there."""

    accusing: frozenset[str]
    object_control: frozenset[str]
    aims: frozenset[str]
    resolves: frozenset[str]
    stopping: frozenset[str]
    bringing_about: frozenset[str]
    attempts: frozenset[str]
    stepping_in: frozenset[str]
    coming: frozenset[str]
    foremost: frozenset[str]
    reached: frozenset[str]
    dispersing: frozenset[str]
    checking: frozenset[str]
    knowing: frozenset[str]
    misreported: frozenset[str]
    charging: frozenset[str]
    wrongly: frozenset[str]
    proven: frozenset[str]
    occasions: frozenset[str]
    drawing_up: frozenset[str]
    done_to_somebody: frozenset[str]
    own_men: frozenset[str]
    wanting: frozenset[str]
    commanding: frozenset[str]
    fending: frozenset[str]
    vainly: frozenset[str]
    avail: frozenset[str]
    occurring: frozenset[str]
    eventualities: frozenset[str]
    interrupting: frozenset[str]
    cautioning: frozenset[str]
    awaiting: frozenset[str]
    designing: frozenset[str]
    vowing: frozenset[str]
    swearing: frozenset[str]
    getting_away: frozenset[str]
    thereupon: frozenset[str]
    proving: frozenset[str]
    reactions: frozenset[str]
    sharing: frozenset[str]
    causing: frozenset[str]
    groundwork: frozenset[str]
    deciding: frozenset[str]
    terms: frozenset[str]
    tries: frozenset[str]
    announcing: frozenset[str]
    presuming: frozenset[str]
    foreseeing: frozenset[str]
    suffering: frozenset[str]
    faculties: frozenset[str]
    enabling: frozenset[str]
    headway: frozenset[str]
    undertaking: frozenset[str]
    stages: frozenset[str]
    keeping_from: frozenset[str]
    perceiving: frozenset[str]
    bargains: frozenset[str]
    bargaining: frozenset[str]
    had_done: frozenset[str]


@cache
def clause_words() -> ClauseWords:
    """The lists of the lexicon, read once."""
    return word_lists(ClauseWords, "lexicons/en/clauses.yaml")
