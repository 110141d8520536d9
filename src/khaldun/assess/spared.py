"""Who is said to have come to no harm: "no sailors died in the blast".

Such words are negative, but they deny no happening: that the blast killed others may be true beside them. They go
against what tells of the same people, and "no one was killed" against whatever tells of dead.
"""

from __future__ import annotations

import re

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
    return claim.kind == _HARM and claim.manner.negated and _NOBODY.match(claim.quote) is not None


def may_both_be(sparing: Claim, other: Claim) -> bool:
    """True where the other tells of no dead, or of other people than those said to have been spared."""
    found = _NOBODY.match(sparing.quote)
    if not any(toll.of == "killed" and toll.quantity.low for toll in other.tolls):
        return True
    whom = words_for_people((found and found["whom"]) or "") - _ANYONE
    return not whom <= frozenset(name_key(other.quote).split())
