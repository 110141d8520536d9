"""Who is said to have come to no harm: "no sailors died in the blast", "denied that its raids had killed civilians".

Such words are negative, but they deny no happening: that the blast killed others may be true beside them, and the raids
were flown. They go against what tells of the same people, and "no one was killed" against whatever tells of dead.
"""

from __future__ import annotations

import re
from functools import cache

from khaldun.assess.rules import load_harming
from khaldun.counting import words_for_people
from khaldun.model import Claim
from khaldun.names import name_key

_HARM = "assault.killing"
_NOBODY = re.compile(
    r"^\W*(?:no one|nobody|(?:none of|no) (?P<whom>[^,.;]+?)|none) "
    r"(?:\w+ been |was |were |is |are )?(?:killed|died|die|dead|harmed|hurt|lost)\b",
    re.IGNORECASE,
)
_ANYONE = frozenset({"these", "those", "her", "lives", "casualties"})


def is_sparing(claim: Claim) -> bool:
    """The claim says of some people that they were not killed."""
    return _spared(claim) is not None


def _spared(claim: Claim) -> re.Match[str] | None:
    if claim.kind == _HARM and claim.manner.negated and (found := _NOBODY.match(claim.quote)) is not None:
        return found
    return _harmed_nobody().search(claim.quote) if claim.factuality == "denied" else None


@cache
def _harmed_nobody() -> re.Pattern[str]:
    """ "Its *strikes* on 16 February had *killed civilians*": by whom it is denied, the strikes are not."""
    deeds, harms = ("|".join(map(re.escape, words)) for words in load_harming())
    return re.compile(rf"\b(?:{deeds})(?:e?s)?\b[^,.;]*?\b(?:{harms})\s+(?P<whom>[^,.;]+)", re.IGNORECASE)


def may_both_be(sparing: Claim, other: Claim) -> bool:
    """True where the other tells of no dead, or of other people than those said to have been spared."""
    found = _spared(sparing)
    if not any(toll.of == "killed" and toll.quantity.low for toll in other.tolls):
        return True
    whom = words_for_people((found and found["whom"]) or "") - _ANYONE
    return not whom <= frozenset(name_key(other.quote).split())
