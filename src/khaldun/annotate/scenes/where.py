"""The scene of a sentence: where, as far as its words say, what it tells took place.

The parser hangs "in Kafra" on the nearest noun as often as on the verb, and a coder reads it as the place of the
whole sentence either way. So a happening whose own phrase names no place takes the nearest whereabouts that a
preposition of place introduces; where something came from or went to is no scene. What is found so is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.places.chains import chained
from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.places.reading import DIRECTIONAL
from khaldun.annotate.roles.denoted import is_seat
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.scenes.voice_seats import is_voice_seat
from khaldun.annotate.words import Token
from khaldun.copies import quickly_made
from khaldun.knowledge import word_list
from khaldun.model import Locus, Mention

_IN = frozenset("in at near outside inside around across on within off along between throughout over".split())
_AWAY = frozenset("from to into toward towards via leaving".split())
_PASSED_OVER = frozenset("the a an - of several two three four five many various".split())
_GRAIN = {"country": 4, "continent": 4, "union": 4, "region": 3, "adm1": 2, "adm2": 1}
_DEEDS = "lexicons/en/deeds.yaml"
_CONDITIONS = frozenset({"if", "unless"})
_BEFORE = 1.5  # how much farther a place before the trigger counts than one after it


@quickly_made
@dataclass(frozen=True, slots=True)
class Scene:
    """One whereabouts of a sentence: its names, token numbers, and what introduces it ("in", "away" or nothing)."""

    places: tuple[Mention, ...]
    first: int
    last: int
    led: str

    @property
    def head(self) -> Mention:
        """The finest of the names, and the first of those."""
        return min(self.places, key=lambda m: (grain(m), m.span.start))


def grain(place: Mention) -> int:
    """How wide a place is: 0 a settlement or anything as fine, 4 a country."""
    kind = place.value.kind if isinstance(place.value, Locus) else "place"
    return _GRAIN.get(kind, 0)


def is_wide(place: Mention) -> bool:
    """True for a province, a region or a country, in which a happening has a place of its own."""
    return grain(place) >= _GRAIN["adm1"]


def scenes_of(fillers: Fillers) -> list[Scene]:
    """The scenes of the sentence whose mentions `fillers` holds, in text order."""
    told = [(m, fillers.words[m.id]) for m in _named(fillers)]
    doc = fillers.passage.doc
    return [
        Scene(
            tuple(told[n][0] for n in group),
            told[group[0]][1].start,
            told[group[-1]][1].end,
            _led(doc[told[group[0]][1].start]),
        )
        for group in chained(doc, [(tokens.start, tokens.end) for _, tokens in told])
    ]


def has_scene(fillers: Fillers) -> bool:
    """True where that sentence has a scene."""
    return any(True for _ in _named(fillers))


def _named(fillers: Fillers) -> Iterator[Mention]:
    for m in fillers.mentions:
        named = m.kind == "place" and m.form != "description" and m.id in fillers.words
        if not named or fillers.is_actor(m):
            continue
        words = fillers.words[m.id]
        if not is_moved(words.root) and not is_seat(words[0]) and not is_voice_seat(words.root):
            yield m


def is_moved(name: Token) -> bool:
    """ "The raid alarmed *Baghdad*": those who rule there, and no place of what happened."""
    return name.dep_ == "dobj" and name.head.lemma_ in _moving_minds()


@cache
def _moving_minds() -> frozenset[str]:
    return word_list(_DEEDS, "moving_minds")


def _led(name: Token) -> str:
    """Which kind of preposition introduces a name: "in", "away", or none."""
    words, doc, at = place_words(), name.doc, name.i - 1
    while at >= name.sent.start and _passed_over(doc[at].lower_, words.kinds, words.directions):
        at -= 1
    if _is_measured(name, at):
        return "in"
    if at < name.sent.start:
        return ""
    word = doc[at].lower_
    return "in" if word in _IN or _is_edge(doc[at], words.near_after) else "away" if word in _AWAY else ""


def _is_measured(name: Token, at: int) -> bool:
    """ "A camp *30 km north of* Kafra", "a post *15 miles from* Kafra": `at` is before the words passed over."""
    words, doc = place_words(), name.doc
    if doc[name.i - 1].lower_ == "from":
        return name.i > 1 and doc[name.i - 2].lower_ in words.units
    if doc[name.i - 1].lower_ != "of" or at + 1 >= name.i - 1:
        return False
    return doc[name.i - 2].lower_ in words.directions and (at < 0 or doc[at].lower_ in words.units)


def _passed_over(word: str, kinds: object, directions: frozenset[str]) -> bool:
    return word in _PASSED_OVER or word in kinds or word in directions or word in DIRECTIONAL  # type: ignore[operator]


def _is_edge(token: Token, edges: frozenset[str]) -> bool:
    """ "the outskirts of X"."""
    return token.lower_ in edges or token.lower_ in {"vicinity", "edge", "edges", "entrance", "part", "parts"}


def scene_of(trigger: Token, fillers: Fillers) -> Mention | None:
    """The place of the scene nearest to a trigger, or the only whereabouts of its sentence."""
    scenes = [s for s in _told_outright(scenes_of(fillers), trigger) if not _is_elsewhere(s, trigger)]
    if len(scenes) == 1:
        return scenes[0].head
    placed = [s for s in scenes if s.led == "in"]
    fine = [s for s in placed if grain(s.head) < _GRAIN["country"]] or placed
    if fine:
        return min(fine, key=lambda s: (_distance(s, trigger), s.first)).head
    return _finest(scenes)


def _told_outright(scenes: list[Scene], trigger: Token) -> list[Scene]:
    """Without those that only a condition names: "if the talks *in Doha* collapse, the group will attack"."""
    opening = next((t.i for t in trigger.sent if t.lower_ in _CONDITIONS), None) if scenes else None
    if opening is None:
        return scenes
    close = next((t.i for t in trigger.doc[opening : trigger.sent.end] if t.text == ","), trigger.sent.end)
    if opening < trigger.i < close:
        return scenes
    return [s for s in scenes if not opening < s.first < close]


def _is_elsewhere(scene: Scene, trigger: Token) -> bool:
    return _is_seat(scene, trigger) or _is_of_reason(scene, trigger)


def is_reason(word: Token) -> bool:
    """ "In *retaliation* for the raid on Derna", "to *avenge* those killed in Derna"."""
    lemma = word.lemma_.lower()
    return lemma in word_list(_DEEDS, "avenging") or (word.pos_ == "VERB" and lemma in word_list(_DEEDS, "honouring"))


def _is_of_reason(scene: Scene, trigger: Token) -> bool:
    """ "Struck the barracks *to avenge those killed in Derna*", "in retaliation for the raid *on Derna*": what it was
    done for was elsewhere."""
    for above in trigger.doc[scene.first].ancestors:
        if above == trigger or above.is_ancestor(trigger):
            return False
        if is_reason(above):
            return True
    return False


def _is_seat(scene: Scene, trigger: Token) -> bool:
    """ "The rebels, *based in Bunia*, attacked a village": where they sit is not where they struck."""
    verb = clause_head(trigger.doc[scene.first])
    return verb.dep_ == "acl" and verb.lemma_ in _SITTING and verb != trigger and not verb.is_ancestor(trigger)


_SITTING = frozenset({"base", "headquarter", "bear", "locate", "station", "exile"})


def _finest(scenes: Sequence[Scene]) -> Mention | None:
    """The only one that is finer than a country: "Syrian jets bombed Kafra from Russia's base"."""
    fine = {s.head.entity or s.head.id: s.head for s in scenes if s.led != "away" and grain(s.head) < _GRAIN["region"]}
    return next(iter(fine.values())) if len(fine) == 1 else None


def _distance(scene: Scene, trigger: Token) -> float:
    if scene.first > trigger.i:
        return scene.first - trigger.i
    return (trigger.i - scene.last + 1) * _BEFORE


def finest_told(place: Mention, fillers: Fillers) -> Mention:
    """The finest place that is told in one breath with this one: "in the Idlib town of Kafra"."""
    if not grain(place):
        return place
    return next((s.head for s in scenes_of(fillers) if place in s.places), place)
