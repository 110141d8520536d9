"""Whose group "his organisation" is: that of the one who does what the clause tells.

"The Red Front's spokesman, Omar Saleh, rebuked the council for resisting *his group's* advance": the front's, never the
council's, of which he speaks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from khaldun.annotate.coreference.clusters import Cluster
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.slips.speakers import presents
from khaldun.annotate.times.beginnings import forcing
from khaldun.annotate.words import Token

_HIS = frozenset({"his", "her"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ITS = frozenset({"its", "their"})
_FORCES = frozenset({"force", "fighter", "figure"})
_ARMED = frozenset({"armed_group", "organisation", "state_force", "government"})
_BODIES = frozenset({"armed_group", "organisation"})
_SENT = frozenset({"suicide"})
"""Marks of men who are a body's own all the same: "its *suicide* bombers"."""


def possessor_of(profile: Profile) -> Token | None:
    """Who does what the nearest clause above tells, where "his" or "her" stands before the mention; else None."""
    if not any(c.dep_ == "poss" and c.lower_ in _HIS for c in profile.root.children):
        return None
    above = (c for verb in profile.root.ancestors for c in verb.children)
    return next((c for c in above if c.dep_ in _SUBJECTS and c.i < profile.root.i), None)


def own_forces_of(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """The body whose "*its* forces" are: who says or does what the clauses above tell, where that is a body.

    "The army said it took the port, but the council insisted *its forces* held it": the council's."""
    if profile.noun is None or profile.marks - _SENT:
        return None
    leader = possessor_of(profile) if is_force(profile) and profile.plural else None
    if leader is not None and leader.tag_ == "NNP":  # "the governor said gunmen had killed *his guards*": no gunmen's
        return body_of(clusters, leader, before=profile.root.i) or _band_of(clusters, leader, profile)
    striking = profile.noun.entry.must_strike  # "the army said *its aircraft* hit the depot"
    if not striking and (not profile.plural or not is_force(profile)):
        return None
    owner = whose(profile.root) or owner_of_men(profile.root)
    if owner is not None and owner.pos_ == "NUM" and owner.is_ancestor(profile.root):
        owner = _spoken_for_before(owner)
    if owner is None:
        return None
    own = (c for c in clusters for m in c.members if m.root.i == owner.i and m.root.doc is owner.doc)
    mine = next((c for c in own if c.type in _ARMED), None)
    named = [c for c in owner.children if c.dep_ == "poss"] if mine is None else []
    if named:  # "*Iraq's* envoy at the UN denied that its soldiers …": Iraq's, and none of those named behind
        return next((c for c in clusters if c.type in _ARMED and any(_is_at(c, o) for o in named)), None)
    # "the Front's leader said *its members* …", but not the council of "Omar Saleh, *whose men* accuse the council"
    return mine if mine is not None else body_of(clusters, owner, before=max(profile.root.i, owner.i))


def _band_of(clusters: Sequence[Cluster], leader: Token, profile: Profile) -> Cluster | None:
    """ "*Rebel* leader Omar Saleh said *his men* had taken it": those whom the report calls the rebels."""
    titled = {t.lemma_.lower() for t in leader.subtree if t.i < profile.root.i and t.dep_ in ("compound", "amod")}
    bands = [
        c
        for c in clusters
        if c.type == "armed_group" and any(_is_band(m, titled) for m in c.members if m.order < profile.order)
    ]
    return bands[0] if len(bands) == 1 else None


def _is_band(member: Profile, titled: Collection[str]) -> bool:
    return member.noun is not None and member.plural and member.number is None and member.root.lemma_ in titled


def is_force(profile: Profile) -> bool:
    """ "Its forces", "their men"."""
    return profile.noun is not None and (
        profile.noun.entry.key in _FORCES or profile.root.lower_ in ("men", "units", "heroes")
    )


def is_armament(profile: Profile) -> bool:
    """ "Its jets", which are no actors but where they strike."""
    return profile.noun is not None and profile.noun.entry.must_strike


def is_of_state(clusters: Sequence[Cluster], profile: Profile) -> bool:
    """ "*Rwanda* denied that its soldiers had crossed, saying Congolese troops …": a state's, and so no others'; of
    "*Rwanda's envoy* denied that its soldiers", too."""
    owner = owner_of_men(profile.root) if profile.plural and not profile.marks else None
    if owner is None:
        return False
    return any(_is_state_at(clusters, o) for o in (owner, *(c for c in owner.children if c.dep_ == "poss")))


def _is_state_at(clusters: Sequence[Cluster], token: Token) -> bool:
    return any(c.type == "state" and _is_at(c, token) for c in clusters)


def _is_at(cluster: Cluster, token: Token) -> bool:
    return any(m.root.i == token.i and m.root.doc is token.doc for m in cluster.members)


def whose(men: Token) -> Token | None:
    """ "*the front*, whose fighters shelled the port"."""
    if not any(c.dep_ == "poss" and c.tag_ == "WP$" for c in men.children):
        return None
    return next((verb.head for verb in men.ancestors if verb.dep_ == "relcl"), None)


def owner_of_men(men: Token) -> Token | None:
    """ "*The army* said that its men took the port"; "the army drove out *the front*, forcing its men to hide"."""
    speaker = speaker_over(men)
    if speaker is not None:
        return speaker
    its = next((c for c in men.children if c.dep_ == "poss" and c.lower_ in _ITS), None)
    if its is None:
        return None
    forced = next((a for a in men.ancestors if a.lemma_ in forcing()), None)
    if forced is not None and forced.tag_ == "VBG" and forced.dep_ == "advcl" and forced.i < men.i:
        return next((c for c in forced.head.children if c.dep_ == "dobj" and c.i < forced.i), None)
    above = (c for verb in men.ancestors for c in verb.children if c.dep_ in _SUBJECTS)
    # "*one* of its boats sank …" is no other than the boat; of its men some are told by themselves
    doer = next(
        (c for c in above if c.i < men.i and not (_is_equipment(men) and c.pos_ == "NUM" and c.is_ancestor(men))), None
    )
    if doer is not None and its.lower_ == "its" and _is_several(doer):
        return None
    if (
        doer is not None and doer.lower_ == "it" and doer.dep_ == "nsubjpass"
    ):  # "it was denied *by the army* that its men"
        by = (g for c in doer.head.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj")
        return next(by, doer)
    return doer


def speaker_over(men: Token) -> Token | None:
    """ "*The army* said: "Our heroes took the port"", "our heroes took it, *a spokesman* said"."""
    if not any(c.dep_ == "poss" and c.lower_ == "our" for c in men.children):
        return None
    telling = (a for a in men.ancestors if presents(a))
    subjects = (c for verb in telling for c in verb.children if c.dep_ == "nsubj" and c is not men)
    return next((c for c in subjects if not c.is_ancestor(men)), None)


def _spoken_for_before(some: Token) -> Token | None:
    """ "Omar Saleh, a spokesman for *the front*, said they held it. Ten of its men fell": for whom the sentence before
    speaks."""
    start = some.sent.start
    before = some.doc[some.doc[start - 1].sent.start : start] if start else ()
    speaker = next((t for t in before if t.dep_ in _SUBJECTS and t.head.head is t.head), None)
    offices = [speaker, *(c for c in speaker.children if c.dep_ == "appos")] if speaker is not None else []
    spoken_for = (g for o in offices for c in o.children if c.lower_ == "for" for g in c.children if g.dep_ == "pobj")
    return next(spoken_for, None)


def _is_equipment(noun: Token) -> bool:
    reading = read_noun(noun.text)
    return reading is not None and reading.entry.must_strike


def _is_several(doer: Token) -> bool:
    """ "Rangers reported that 15 of *its* men had fled": not the rangers' men."""
    return doer.tag_ in ("NNS", "NNPS") and doer.pos_ != "PROPN"


def body_of(clusters: Sequence[Cluster], person: Token, before: int | None = None) -> Cluster | None:
    """The one group by which the person is told: "the Red Front's spokesman", "the man who leads the front".

    With `before`, only what stands before that word counts.
    """
    words = {t.i for t in person.subtree if before is None or t.i < before}
    told = [c for c in clusters if c.type in _BODIES and any(m.root.i in words for m in _beside(c, person))]
    return told[0] if len(told) == 1 else None


def is_spoken_of(cluster: Cluster, person: Token, mention: Token) -> bool:
    """True where the clause names that actor between who does it and the mention."""
    return any(person.i < m.root.i < mention.i for m in _beside(cluster, person))


def _beside(cluster: Cluster, person: Token) -> Sequence[Profile]:
    return [m for m in cluster.members if m.root.doc is person.doc]
