"""A telling: one claim about a happening, or several already judged to be of one, laid out for comparison.

What the words show is read once for each claim, by the lists of `data/rules/event_identity.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from khaldun.copies import quickly_made
from khaldun.knowledge import load_data
from khaldun.model import Claim
from khaldun.names import name_key
from khaldun.resolve.compare import Finding, load_findings

_FILE = "rules/event_identity.yaml"
_FEW_WORDS = frozenset("the a an of in on at to and by for from with it its that this who which was were".split())


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that can take up what was told, and the kinds it may stand for."""

    word: str
    kinds: tuple[str, ...]
    under: tuple[str, ...]
    """What a kind below one of these begins with."""
    definite: re.Pattern[str]
    indefinite: re.Pattern[str]
    counted: re.Pattern[str]

    def fits(self, kind: str) -> bool:
        """True where the kind of event is one that the noun may stand for."""
        return kind in self.kinds or kind.startswith(self.under)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that are looked for anywhere, whatever their case, and some of them only at the end."""

    words: tuple[str, ...]
    """The phrases in small letters: only where one of them stands the slower pattern is asked."""
    pattern: re.Pattern[str]

    def are_in(self, quote: str, lower: str) -> bool:
        """True where one of them is in the quotation; `lower` is the same in small letters."""
        return any(map(lower.__contains__, self.words)) and self.pattern.search(quote) is not None


@dataclass(frozen=True, slots=True)
class EventRules:
    """`data/rules/event_identity.yaml`, laid out for use."""

    threshold: float
    against: float
    bars: Mapping[str, float]
    ask_below: float
    findings: Mapping[str, Finding]
    same_happening: frozenset[tuple[str, str]]
    """Every two kinds of one line, both ways."""
    general: frozenset[str]
    speech: frozenset[str]
    outcomes: frozenset[str]
    fights: frozenset[str]
    deeds: frozenset[str]
    territorial: tuple[str, ...]
    anyone: frozenset[str]
    armed: frozenset[str]
    nouns: tuple[Noun, ...]
    many: Phrases
    one_more: Phrases
    further: Phrases
    behind: Phrases
    in_return: Phrases
    earlier: Phrases
    afterwards: Phrases
    another_figure: Phrases
    doers: Phrases
    forceful: tuple[str, ...]
    fresh: Phrases
    ways: Phrases
    _fitting: dict[str, tuple[tuple[int, Noun], ...]] = field(default_factory=dict, compare=False, repr=False)

    def may_be_one(self, left: str, right: str) -> bool:
        """True where claims of the two kinds may tell of one happening."""
        return left == right or (left, right) in self.same_happening

    def nouns_for(self, kind: str) -> tuple[tuple[int, Noun], ...]:
        """The nouns that may stand for an event of the kind, with their numbers."""
        if kind not in self._fitting:
            self._fitting[kind] = tuple((n, noun) for n, noun in enumerate(self.nouns) if noun.fits(kind))
        return self._fitting[kind]


@cache
def load_event_rules() -> EventRules:
    """The rules for telling happenings apart. Raises InvalidKnowledge when the file is broken."""
    data: dict[str, Any] = load_data(_FILE)
    aside = "".join(f"(?<!{words} )" for words in data["asides"])
    aside = "(?:" + "|".join((aside, *(f"(?<={words} )" for words in data["at_issue"]))) + ")"
    return EventRules(
        threshold=float(data["threshold"]),
        against=float(data["against"]),
        bars={id: float(bar) for id, bar in data["bars"].items()},
        ask_below=float(data["ask_below"]),
        findings=load_findings(data["findings"], _FILE),
        same_happening=frozenset((a, b) for line in data["same_happening"] for a in line for b in line),
        general=frozenset(data["general"]),
        speech=frozenset(data["speech"]),
        outcomes=frozenset(data["outcomes"]),
        fights=frozenset(data["fights"]),
        deeds=frozenset(data["deeds"]),
        territorial=tuple(data["territorial"]),
        anyone=frozenset(data["anyone"]),
        armed=frozenset(data["armed"]),
        nouns=tuple(_noun(a["noun"], tuple(a["kinds"]), aside, a.get("with", "the")) for a in data["anaphors"]),
        many=_any_of(data["many"]),
        one_more=_any_of(data["one_more"], data["one_more_at_the_end"]),
        further=_any_of(data["further"]),
        behind=_any_of(data["behind"]),
        in_return=_any_of(data["in_return"]),
        earlier=_any_of(data["earlier"]),
        afterwards=_any_of(data["afterwards"]),
        another_figure=_any_of(data["another_figure"]),
        doers=_any_of(data["doers"]),
        forceful=tuple(data["forceful"]),
        fresh=_any_of(data["fresh"]),
        ways=_any_of(data["ways"]),
    )


def _any_of(phrases: Sequence[str], at_the_end: Sequence[str] = ()) -> Phrases:
    anywhere = [re.escape(words) + r"\b" for words in phrases]
    ends = [re.escape(words) + r"\W*$" for words in at_the_end]
    pattern = re.compile(rf"\b(?:{'|'.join(anywhere + ends)})", re.IGNORECASE)
    return Phrases(tuple(words.lower() for words in (*phrases, *at_the_end)), pattern)


# "of nine recruits", "of an envoy": whom it struck is told as news.
_NEW = r"(?!\s+of\s+(?:an?|\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds)\b)"


# "Three car bombs went off. He said it was for the *air strikes*": a noun of its own, which takes up raids only.
_OTHER_NOUN = r"(?<!air[ -])"

_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun|yester)day|last (?:week|month|year))['’]s"

_HOW_LONG = r"(?:(?:[\w-]+-)?(?:long|hour|day|gun|fierce|bloody)\s+)?"

_NUMBER = r"\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"


def _noun(noun: str, kinds: tuple[str, ...], aside: str, article: str) -> Noun:
    """ "The attack", "this week's twin attacks", "Monday's attack", but not the attack that something else came after,
    nor "the first attack", which is one of several, nor "the killing of nine recruits", who are new; and "an attack",
    "two grenade attacks"."""
    word = rf"{_OTHER_NOUN if noun == 'strike' else ''}{re.escape(noun)}(?:e?s)?\b"
    modifiers = r"(?:(?!first|second|third|latest|last|previous|other|deadliest|worst|most|next)[\w’'-]+\s+){0,2}"
    definite = rf"{aside}\b(?:the|this|that|these|those|{_DAYS})\s+{modifiers}{word}{_NEW}"
    if article == "alone":
        definite = rf"\b(?:the|these|those)\s+{word}"
    elif article == "one":
        definite = rf"{aside}\b(?:the|this|that|{_DAYS})\s+{_HOW_LONG}{re.escape(noun)}\b"
    elif article == "any":
        definite = rf"\b{word}"
    indefinite = rf"\b(?:an?|another|two|three|several|more|similar)\s+{modifiers}{word}"
    under = tuple(f"{kind}." for kind in kinds)
    counted = rf"\b(?P<number>{_NUMBER})\s+{modifiers}{re.escape(noun)}e?s\b"
    patterns = (re.compile(pattern, re.IGNORECASE) for pattern in (definite, indefinite, counted))
    return Noun(noun, kinds, under, *patterns)


@quickly_made
@dataclass(frozen=True, slots=True)
class Said:
    """A claim, who speaks (canonical), and what its words show. `could_be` are the numbers of the nouns that
    may stand for it, `names` those that it holds, `takes_up` and `brings_up` those that do, with
    the definite and with the indefinite article."""

    claim: Claim
    speaker: str
    words: frozenset[str]
    could_be: frozenset[int]
    names: frozenset[int]
    takes_up: frozenset[int]
    brings_up: frozenset[int]
    many: bool
    one_more: bool
    behind: bool
    in_return: bool
    another_figure: bool
    counted: frozenset[tuple[int, str]]
    """The numbers of the nouns that are counted, and how many it is: "*five* air strikes"."""

    @property
    def start(self) -> int:
        return self.claim.span.start

    @property
    def end(self) -> int:
        return self.claim.span.end


@quickly_made
@dataclass(frozen=True, slots=True)
class Telling:
    """Claims about one happening, laid out for comparison; ids of actors and places are canonical.

    `inferred` are the places that none of its claims names: the report was there when it went on.
    """

    said: tuple[Said, ...]
    kinds: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    places: frozenset[str]
    inferred: frozenset[str] = frozenset()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple([s.claim for s in self.said])

    @property
    def speakers(self) -> frozenset[str]:
        return frozenset(s.speaker for s in self.said)

    @property
    def first(self) -> str:
        """The smallest id of its claims."""
        return min(s.claim.id for s in self.said)


def telling(claim: Claim, canonical: Callable[[str], str], rules: EventRules) -> Telling:
    """The claim, laid out."""

    def filling(role: str) -> frozenset[str]:
        return frozenset(canonical(id) for id in claim.roles.get(role, ()))

    speaker = canonical(claim.voice[0]) if claim.voice else ""
    said = _said(claim, speaker, rules)
    places = filling("place")
    inferred = places if "place" in claim.manner.inferred else frozenset()
    # whose raids they are, where only another sentence says so, speaks for no two being one
    actors = frozenset[str]() if flown_by_inference(claim) else filling("actor")
    targets = frozenset[str]() if "target" in claim.manner.inferred and not actors else filling("target")
    return Telling((said,), frozenset((claim.kind,)), actors, targets, places, inferred)


def flown_by_inference(claim: Claim) -> bool:
    """True for a raid whose flyer the words do not name."""
    return "actor" in claim.manner.inferred and claim.kind.startswith("assault.")


def together(parts: Sequence[Telling]) -> Telling:
    """Several tellings of one happening as one."""
    if len(parts) == 1:
        return parts[0]
    named = frozenset[str]().union(*(part.places - part.inferred for part in parts))
    places = frozenset[str]().union(*(part.places for part in parts))
    return Telling(
        tuple(said for part in parts for said in part.said),
        frozenset().union(*(part.kinds for part in parts)),
        frozenset().union(*(part.actors for part in parts)),
        frozenset().union(*(part.targets for part in parts)),
        places,
        places - named,
    )


def _said(claim: Claim, speaker: str, rules: EventRules) -> Said:
    quote = claim.quote
    lower = quote.lower()
    fitting = rules.nouns_for(claim.kind)
    held = [(n, noun) for n, noun in fitting if noun.word in lower]
    return Said(
        claim,
        speaker,
        words=frozenset(name_key(quote).split()) - _FEW_WORDS,
        could_be=frozenset(n for n, _ in fitting),
        names=frozenset(n for n, _ in held),
        takes_up=frozenset(n for n, noun in held if noun.definite.search(quote)),
        brings_up=frozenset(n for n, noun in held if noun.indefinite.search(quote)),
        many=rules.many.are_in(quote, lower),
        one_more=rules.one_more.are_in(quote, lower) and not rules.further.are_in(quote, lower),
        behind=rules.behind.are_in(quote, lower),
        in_return=rules.in_return.are_in(quote, lower),
        another_figure=rules.another_figure.are_in(quote, lower),
        counted=frozenset(
            (n, m["number"].lower()) for n, noun in held if (m := noun.counted.search(quote)) is not None
        ),
    )
