"""Voices of one report that may be one and the same, so that they are counted once.

"Shelling killed six, *officials* said … *The governor* said that shells had killed six": the officials may be the
governor. Who is told so vaguely that he may be another speaker of the report adds no voice; neither does a headline
whose report goes on to tell the same. The words are in `data/rules/assess.yaml`, under `vague`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from khaldun.assess.scene import OUTLET, Scene
from khaldun.knowledge import load_data
from khaldun.model import Claim, Entity
from khaldun.names import name_key

_OFFICIAL = frozenset({"state_force", "government", "state"})
HEADLINE, VAGUE = "headline_of_body", "may_be_one_voice"


@dataclass(frozen=True, slots=True)
class _Vague:
    """The words of `vague` in the rules, in the singular."""

    anyone: frozenset[str]
    alike: dict[str, str]
    standing: frozenset[str]
    families: dict[str, frozenset[str]]
    """The words that put a speaker into a family."""
    wide: dict[str, frozenset[str]]
    """Those among them that may be anyone of it."""
    mouths: frozenset[str]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says one claim, as far as it can be compared. `own` where it is the outlet's own sentence."""

    own: bool
    named: bool
    type: str | None
    names: tuple[tuple[str, ...], ...]
    """The content words of each name and description, and of those of the body that the speaker speaks for."""
    descriptions: tuple[tuple[str, ...], ...]
    nations: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for name in self.names for word in name)


def voice_of(claim: Claim, scene: Scene) -> Voice:
    """The first of the claim's chain of voices."""
    first = next((id for id in claim.voice if not id.startswith(OUTLET)), None)
    entity = scene.entity(first) if first is not None else None
    if first is None or entity is None:
        return Voice(first is None, False, None, (), (), frozenset())
    bodies = [entity] + [e for e in [scene.entity(scene.body(first))] if e is not None and e is not entity]
    told = tuple(_content(n.text) for n in entity.names if n.form in ("description", "pronoun"))
    names = tuple(_content(n.text) for body in bodies for n in body.names) or (_content(entity.name),)
    nations = frozenset(n for body in bodies for n in _nations(body))
    return Voice(False, scene.is_named(entity.id), entity.type, names, told or names, nations)


def heard_with(claims: Sequence[Claim], scene: Scene) -> dict[int, tuple[int, str]]:
    """For each claim whose voice adds none, the claim with whose voice it counts, and the rule that says so."""
    voices = [voice_of(claim, scene) for claim in claims]
    found: dict[int, tuple[int, str]] = {}
    for n, claim in enumerate(claims):
        here = [m for m in range(len(claims)) if m != n and claims[m].report == claim.report]
        if is_headline(claim, scene):
            here = [m for m in here if not is_headline(claims[m], scene)]
            told = next((m for m in here if may_be(voices[n], voices[m])), None)
            if told is None and here and not voices[n].named:
                told = here[0]
            if told is not None:
                found[n] = (told, HEADLINE)
                continue
        other = next((m for m in here if claims[m].voice[:1] != claim.voice[:1] and may_be(voices[n], voices[m])), None)
        if other is not None:
            found[n] = (other, VAGUE)
    return {n: (_end(n, found), rule) for n, (_, rule) in found.items() if _end(n, found) != n}


def _end(n: int, found: dict[int, tuple[int, str]]) -> int:
    """The end of the chain that begins at a claim; of a ring, its first."""
    passed = [n]
    while passed[-1] in found:
        following = found[passed[-1]][0]
        if following in passed:
            return min(passed[passed.index(following) :])
        passed.append(following)
    return passed[-1]


def is_headline(claim: Claim, scene: Scene) -> bool:
    """The claim's words stand in the title of its report."""
    return any(s.start <= claim.span.start and claim.span.end <= s.end for s in scene.titles.get(claim.report, ()))


def may_be(vague: Voice, other: Voice) -> bool:
    """The first is told so vaguely that it may be the second."""
    if vague.own or other.own or (vague.nations and other.nations and not vague.nations & other.nations):
        return False
    if vague.type == "state":
        return other.type in _OFFICIAL and bool(vague.nations & other.nations)
    if vague.named:
        return not other.named and any(_within(own, told) for own in vague.names for told in other.descriptions)
    return any(_fits(told, vague, other) for told in vague.descriptions)


def _fits(told: tuple[str, ...], vague: Voice, other: Voice) -> bool:
    rules = _vague()
    if not told:
        return False
    if any(_within(told, name) for name in other.names):
        return True
    wide_words = frozenset().union(*rules.wide.values())
    heads = [w for w in told if w in rules.anyone] or [w for w in reversed(told) if w in wide_words]
    head = heads[0] if heads else None
    families, theirs = _families(vague.words, vague.type), _families(other.words, other.type)
    if vague.type == "media":  # "*state television* said", beside the army of that state
        return "state" in families & theirs and set(told) <= rules.mouths | rules.wide["state"]
    if head is None:
        return False
    more = [w for w in told if w != head]
    if head in rules.anyone and not more:
        return True
    wide = {family for family, words in rules.wide.items() if head in words} or families
    more = [w for w in more if not any(w in rules.wide[family] for family in wide)]
    return bool(wide & theirs) and (not more or set(more) <= other.words or _alike(more, other.words))


def _alike(more: Iterable[str], words: frozenset[str]) -> bool:
    """ "*Hospital* officials" and a *doctor*: both of the family of medics, which holds few bodies in one report."""
    small = [words_of for family, words_of in _vague().families.items() if family != "state"]
    return any(all(w in family for w in more) and bool(words & family) for family in small)


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    return bool(few) and set(few) <= set(many)


def _families(words: frozenset[str], type: str | None) -> set[str]:
    found = {family for family, of in _vague().families.items() if words & of}
    return found | ({"state"} if type in _OFFICIAL else set())


def _content(name: str) -> tuple[str, ...]:
    """The words that say who it is: in the singular, without articles, standing, numbers and nation."""
    rules = _vague()
    words = (rules.alike.get(w, w) for w in (_singular(w) for w in name_key(name).split()))
    kept = [w for w in words if w not in rules.standing and w not in _nation_words() and not w.isdigit()]
    return tuple(kept)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def _nations(entity: Entity) -> set[str]:
    """The state that an entity is told to be of."""
    words = {w for n in entity.names for w in name_key(n.text).split()}
    told = {iso for word, iso in _nation_words().items() if word in words}
    return told | ({entity.country_iso3} if entity.country_iso3 else set())


@cache
def _nation_words() -> dict[str, str]:
    """The states by the single words that say that something is theirs."""
    rows = load_data("actors/states.yaml")["states"]
    named = ((w, row["iso3"]) for row in rows for w in (row["name"], *row.get("adjectives", ()), *row.get("people", ()),
                                                      *row.get("speaks_as", ()), *row.get("aliases", ())))  # fmt: skip
    return {key: iso for word, iso in named if " " not in (key := name_key(word))}


@cache
def _vague() -> _Vague:
    data: dict[str, Any] = load_data("rules/assess.yaml")["vague"]
    standing = load_data("lexicons/en/relations.yaml")["standing"]
    families = data["families"]
    return _Vague(
        anyone=frozenset(data["anyone"]),
        alike=dict(data["alike"]),
        standing=frozenset({*standing, *data["standing"]}),
        families={name: frozenset({*f["anyone"], *f["others"]}) for name, f in families.items()},
        wide={name: frozenset(f["anyone"]) for name, f in families.items()},
        mouths=frozenset(data["mouths"]),
    )
