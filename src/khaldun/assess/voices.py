"""How many independent voices there are behind some claims.

The origin of a claim is the source furthest back from the outlet that the text names. Copies are not confirmation:
one source, one agency, or shared wording is one origin, however many outlets carry it. Who only carries the words of
another is named as the carrier, not as the one who says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from khaldun.assess.one_voice import heard_with
from khaldun.assess.scene import OUTLET, Scene, is_copy, scene_of
from khaldun.model import Claim, View
from khaldun.names import name_key


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent voice. `id` is a canonical entity or outlet id where it has a name; `because` rule ids.

    `speakers` are the canonical ids of who says so, or of the bodies they speak for; outlets where no one else does.
    """

    id: str
    name: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    because: tuple[str, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where one claim comes from and who says it.

    `own_words` where it is the outlet's sentence and wording can tell.
    """

    key: str
    name: str
    rule: str
    own_words: bool
    speaker: str


def independent_voices(claims: Iterable[Claim], view: View, *, scene: Scene | None = None) -> tuple[Origin, ...]:
    """The distinct origins of the claims, in the order of their first claim."""
    scene = scene or scene_of(view)
    claims = tuple(claims)
    told = [_source(claim, scene) for claim in claims]
    sources = list(told)
    for n, (other, rule) in heard_with(claims, scene).items():
        if told[n].key != told[other].key:
            sources[n] = replace(told[other], rule=rule)
    groups: dict[str, list[int]] = {}
    for n, source in enumerate(sources):
        key = _shared_wording(n, claims, sources) or source.key
        perhaps = next((known for known in groups if scene.perhaps_one(known, key)), key)
        groups.setdefault(key if key in groups else perhaps, []).append(n)
    return tuple(_origin(key, [claims[n] for n in members], [sources[n] for n in members], scene)
                 for key, members in groups.items())  # fmt: skip


def origin_of(claim: Claim, scene: Scene) -> str:
    """The origin of one claim, without a look at the wording of others."""
    return _source(claim, scene).key


def _source(claim: Claim, scene: Scene) -> _Source:
    speakers = [id for id in claim.voice if not id.startswith(OUTLET)]
    for position, id in enumerate(speakers):
        body = scene.body(id)
        if scene.is_named(body):
            if position:
                return _carried(speakers[0], body, scene)
            rule = "names_one_source" if body == scene.ledger.canonical(id) else "speaks_for_one"
            return _Source(body, scene.name(body), rule, own_words=False, speaker=body)
    carrier = _carrier(claim, scene)
    if not speakers:
        return carrier
    speaker = scene.body(speakers[0])
    name = scene.name(speaker)
    return _Source(f"{carrier.key}/{name_key(name)}", name, carrier.rule, own_words=True, speaker=speaker)


def _carried(first: str, carrier: str, scene: Scene) -> _Source:
    """ "*Soldiers* told Reuters that they had taken it": a party is a voice of its own, others are the carrier's."""
    name = f"{scene.name(first)} (through {scene.name(carrier)})"
    if scene.is_party(first):
        key, rule = f"{carrier}/{name_key(scene.name(first))}", "party_through_carrier"
    else:
        key, rule = carrier, "one_carrier"
    return _Source(key, name, rule, own_words=False, speaker=scene.body(first))


def _carrier(claim: Claim, scene: Scene) -> _Source:
    """The outlet's own sentence: that of the agency it credits, of the report it copies, or its own."""
    credit = scene.credits.get(claim.report)
    if credit is not None:
        return _Source(credit, scene.name(credit), "agency_credit", own_words=True, speaker=credit)
    original = scene.copies.get(claim.report)
    if original is not None:
        outlet = scene.credits.get(original) or scene.outlets.get(original, OUTLET)
        return _Source(outlet, scene.name(outlet), "copied_text", own_words=True, speaker=outlet)
    outlet = scene.outlet_of(claim)
    return _Source(outlet, scene.name(outlet), "own_sentence", own_words=True, speaker=outlet)


def _shared_wording(n: int, claims: Sequence[Claim], sources: Sequence[_Source]) -> str | None:
    """The key of the first earlier source whose own words these are."""
    if not sources[n].own_words:
        return None
    for m in range(n):
        if sources[m].own_words and claims[m].report != claims[n].report and is_copy(claims[m].quote, claims[n].quote):
            return sources[m].key
    return None


def _origin(key: str, claims: Sequence[Claim], sources: Sequence[_Source], scene: Scene) -> Origin:
    rules = dict.fromkeys(source.rule for source in sources)
    for source in sources:
        if source.key != key:
            rules["perhaps_one_source" if scene.perhaps_one(source.key, key) else "copied_text"] = None
    names = list(dict.fromkeys(source.name for source in sources if source.key == key))
    return Origin(
        id=key,
        name=names[0] if len(names) == 1 else scene.name(key.partition("/")[0]),
        claims=tuple(c.id for c in claims),
        reports=tuple(dict.fromkeys(c.report for c in claims)),
        because=tuple(rules),
        speakers=tuple(dict.fromkeys(source.speaker for source in sources)),
    )
