"""The lexicon of attribution: which words present somebody's words, and what they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from khaldun.annotate.sayings.wording import Words
from khaldun.annotate.tables.known import known_actors
from khaldun.knowledge import load_data
from khaldun.model import AttributionType, Stance


@dataclass(frozen=True, slots=True)
class VerbCue:
    """One sense of a verb; the fields are explained at the head of ``lexicons/en/cues.yaml``."""

    verb: str
    takes: frozenset[str]
    particle: str | None = None
    stance: Stance = "assert"
    type: AttributionType = "assertion"
    score: float = 1.0
    hearer: bool = False
    medium: str | None = None
    not_objects: frozenset[str] = frozenset()
    only_objects: frozenset[str] = frozenset()
    only_documents: bool = False


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun that presents words: "the claim that …". `takes` names the prepositions its content may stand after,
    `governors` the verbs that may have it as their object ("*took* note of")."""

    noun: str
    takes: frozenset[str]
    stance: Stance = "assert"
    type: AttributionType = "assertion"
    score: float = 1.0
    governors: frozenset[str] = frozenset(("make", "issue", "repeat", "voice", "express", "raise", "renew"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cue words of one language."""

    verbs: Mapping[str, tuple[VerbCue, ...]]
    slips: Mapping[str, str]
    nouns: Mapping[str, NounCue]
    hedging_adverbs: Mapping[str, float]
    hedging_adjectives: Mapping[str, float]
    raising_verbs: Mapping[str, float]
    active_raising: frozenset[str]
    distancing: frozenset[str]
    media: Mapping[str, str]
    hearsay: frozenset[str]
    issuing_verbs: frozenset[str]
    adopting_verbs: frozenset[str]
    adopted_nouns: frozenset[str]
    carrying_verbs: frozenset[str]
    carrier_nouns: frozenset[str]
    carrier_names: frozenset[str]
    bodies: frozenset[str]
    speaker_nouns: frozenset[str]
    showing: frozenset[str]
    denials: frozenset[str]
    wordings: Words

    def senses(self, token_lemma: str, text: str) -> tuple[VerbCue, ...]:
        """The senses of the verb with that lemma; a known slip of the lemmatiser ("hopes": hop) is put right."""
        lemma = token_lemma.lower()
        meant = self.slips.get(lemma)
        if meant is not None and text.lower().startswith(meant[:-1]) and not text.lower().startswith(lemma + lemma[-1]):
            lemma = meant
        return self.verbs.get(lemma, ())


def _outlets() -> Iterator[str]:
    """The names of several words of the outlets that the table of media knows; one word may be somebody else's."""
    for actor in known_actors().values():
        if actor.type == "media":
            yield from (name for name in (actor.name, *actor.aliases) if " " in name)


@cache
def load_lexicon(language: str = "en") -> Lexicon:
    """The lexicon of `language`, read once. Raises InvalidKnowledge when there is none."""
    cues = load_data(f"lexicons/{language}/cues.yaml")
    media = load_data(f"lexicons/{language}/media.yaml")
    hedges = load_data(f"lexicons/{language}/hedges.yaml")
    return Lexicon(
        verbs=_verbs(cues["verbs"]),
        slips={row["lemma"]: row["verb"] for row in cues["slips"]},
        nouns={row["noun"]: _noun(row) for row in cues["nouns"]},
        hedging_adverbs=_scores(hedges["hedges"]["adverbs"]),
        hedging_adjectives=_scores(hedges["hedges"]["adjectives"]),
        raising_verbs=_scores(hedges["hedges"]["raising"]),
        active_raising=frozenset(row["word"] for row in hedges["hedges"]["raising"] if row.get("active")),
        distancing=frozenset(row["word"] for row in hedges["distance"]),
        media={noun: row["medium"] for row in media["documents"] for noun in row["nouns"]},
        hearsay=frozenset(media["hearsay"]["words"]),
        issuing_verbs=frozenset(media["issuing"]["verbs"]),
        adopting_verbs=frozenset(media["adopting"]["verbs"]),
        adopted_nouns=frozenset(media["adopting"]["nouns"]),
        carrying_verbs=frozenset(media["carrying"]["verbs"]),
        carrier_nouns=frozenset(media["carriers"]["nouns"]),
        carrier_names=frozenset(name.casefold() for name in (*media["carriers"]["names"], *_outlets())),
        bodies=frozenset(media["bodies"]["nouns"]),
        speaker_nouns=frozenset(media["speakers"]["nouns"]),
        showing=frozenset(media["showing"]["nouns"]),
        denials=frozenset(cues["denials"]["predicates"]),
        wordings={row["stance"]: _lists(row) for row in cues["wordings"]},
    )


def _verbs(rows: list[dict[str, Any]]) -> dict[str, tuple[VerbCue, ...]]:
    found: dict[str, tuple[VerbCue, ...]] = {}
    for row in rows:
        found[row["verb"]] = (*found.get(row["verb"], ()), _verb(row))
    return found


def _verb(row: dict[str, Any]) -> VerbCue:
    return VerbCue(
        verb=row["verb"],
        takes=frozenset(row["takes"]),
        particle=row.get("particle"),
        stance=cast(Stance, row.get("stance", "assert")),
        type=cast(AttributionType, row.get("type", "assertion")),
        score=float(row.get("score", 1.0)),
        hearer=bool(row.get("hearer", False)),
        medium=row.get("medium"),
        not_objects=frozenset(row.get("not_objects", ())),
        only_objects=frozenset(row.get("only_objects", ())),
        only_documents=row.get("only_sources") == "document",
    )


def _noun(row: dict[str, Any]) -> NounCue:
    return NounCue(
        noun=row["noun"],
        takes=frozenset(row["takes"]),
        stance=cast(Stance, row.get("stance", "assert")),
        type=cast(AttributionType, row.get("type", "assertion")),
        score=float(row.get("score", 1.0)),
        **({"governors": frozenset(row["governors"])} if "governors" in row else {}),
    )


def _lists(row: dict[str, Any]) -> dict[str, frozenset[str]]:
    texts = ("stance", "examples", "counterexamples")
    return {name: frozenset(words) for name, words in row.items() if name not in texts}


def _scores(rows: list[dict[str, Any]]) -> dict[str, float]:
    return {row["word"]: float(row.get("score", 1.0)) for row in rows}
