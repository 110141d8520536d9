"""Which actor "the group", "the militants" or "the newspaper" is: the latest that can be called so."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.coreference.clusters import Cluster, recent, words_of
from khaldun.annotate.coreference.possessors import body_of, is_spoken_of, possessor_of
from khaldun.annotate.coreference.profiles import Profile, alias_words
from khaldun.annotate.words import Token
from khaldun.model import ActorType

_WINDOW = 3
_BODIES = frozenset({"alliance", "coalition", "front", "movement", "network", "organisation", "organization", "party"})
_LEAGUES = frozenset({"coalition", "alliance"})
_JOINED = _LEAGUES | {"front", "council", "union", "league", "bloc", "pact", "confederation", "federation", "congress"}


def find_by_recency(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "the group", "the Takfiri group", "the terrorists", "the newspaper": the latest that can be called so."""
    wanted = _wanted(profile) if not profile.tail else frozenset()
    candidates = [c for c in recent(clusters, profile) if c.type in wanted and not _is_told_within(profile, c)]
    candidates = [c for c in candidates if not only_suffered(c, profile) and not _does_what_is_told(c, profile)]
    candidates = [c for c in candidates if not _does_what_it_answers(c, profile)]
    candidates = _without_the_embedded(candidates, profile)
    if profile.noun is not None and profile.noun.word in words_of("groups"):  # "its *arm* … *the group*"
        candidates = [c for c in candidates if not all(_is_part(m) for m in c.members)]
    if profile.noun is not None and profile.noun.word in _LEAGUES:
        candidates = [c for c in candidates if _is_league(c)]
    if profile.noun is not None and profile.noun.word in _BODIES:  # "up to 50 fighters" are no "coalition"
        candidates = [c for c in candidates if any(m.number is None for m in c.members)]
    person = possessor_of(profile) if candidates else None
    if person is not None:
        own = body_of(clusters, person)
        if own is not None:
            return own
        candidates = [c for c in candidates if not is_spoken_of(c, person, profile.root)]
    calling = [c for c in candidates if _called(c, profile)]
    if profile.noun is not None and profile.noun.word in words_of("creeds"):
        candidates = [
            c for c in candidates if not any(m.known is not None and not m.known.described for m in c.members)
        ]
    for c in (*calling, *candidates):
        last = c.last_before(profile.order)
        if c in calling or (last is not None and profile.sentence - last.sentence <= _WINDOW):
            return c
    return None


def _does_what_is_told(c: Cluster, profile: Profile) -> bool:
    """ "*Engineers* remove mines planted by *the terrorists*": nobody is called so in the clause of what he does."""
    word = profile.root
    while word.dep_ in _WITHIN_CLAUSE and word.head is not word:
        word = word.head
        subjects = {t.i for t in word.children if t.dep_ in ("nsubj", "nsubjpass")}
        if any(m.root.i in subjects and m.root.doc is word.doc for m in c.members):
            return True
    return False


def _does_what_it_answers(c: Cluster, profile: Profile) -> bool:
    """ "*Rebels* attacked Halfaya, which *the terrorists* have held": who holds it is not who attacked it; but "the
    Red Front attacked Halfaya, which the group had lost" goes on with a name."""
    clause = profile.root.head
    if c.names or profile.root.dep_ != "nsubj" or clause.dep_ != "relcl":
        return False
    if not any(t.tag_ in ("WDT", "WP") and t.dep_ in ("dobj", "pobj") for t in clause.subtree):
        return False
    doers = {t.i for a in clause.ancestors for t in a.children if t.dep_ == "nsubj"}
    return any(m.root.i in doers and m.root.doc is clause.doc for m in c.members)


_WITHIN_CLAUSE = frozenset({"pobj", "prep", "agent", "dobj", "acl", "poss", "compound", "pcomp"})


def _without_the_embedded(candidates: Sequence[Cluster], profile: Profile) -> list[Cluster]:
    """ "*The front* has rejected the deal that *the league* signed. The group …": what only a clause in the sentence
    before names is not what the next one goes on with, where that sentence is about another."""
    if not any(_tells_of(c, profile) for c in candidates):
        return list(candidates)
    return [c for c in candidates if _tells_of(c, profile) or not _is_embedded(c.last_before(profile.order))]


def _tells_of(c: Cluster, profile: Profile) -> bool:
    """True for the subject of the sentence before."""
    return any(
        m.sentence == profile.sentence - 1 and m.root.dep_ in ("nsubj", "nsubjpass") and m.root.head.dep_ == "ROOT"
        for m in c.members
        if m.order < profile.order
    )


def _is_embedded(last: Profile | None) -> bool:
    return last is not None and any(a.dep_ in ("relcl", "acl") for a in last.root.ancestors)


def _is_told_within(profile: Profile, c: Cluster) -> bool:
    """ "Nine fighters of *the rebels*": nobody is meant by a phrase of which the own words are a part."""
    earlier = [m for m in c.members if m.order < profile.order]
    return bool(earlier) and all(m.mention.span.contains(profile.mention.span) for m in earlier)


def only_suffered(c: Cluster, profile: Profile) -> bool:
    """ "*More than 60 militants* had died": those are not the militants who do what is told next."""
    before = [m for m in c.members if m.order < profile.order]
    return bool(before) and all(m.number is not None and _suffers(m.root) for m in before)


def _suffers(root: Token) -> bool:
    harmed = root.dep_ == "nsubj" and root.head.lemma_ in ("die", "perish", "surrender", "fall")
    return harmed or root.dep_ in ("dobj", "nsubjpass") or (root.dep_ == "pobj" and root.head.lower_ == "of")


def _is_part(m: Profile) -> bool:
    return m.name is None and m.noun is not None and m.noun.word in words_of("branches")


def _is_league(c: Cluster) -> bool:
    """True for what may be "the coalition": one called so, or by a name for several who have joined."""
    words = {w for n in c.names for w in alias_words(n)} | {m.noun.word for m in c.members if m.noun is not None}
    described = {w for m in c.members if m.known is not None for w in m.known.described}
    return bool((words | described) & _JOINED)


def _called(c: Cluster, profile: Profile) -> bool:
    """True where the actor has been called by this noun or one of its modifiers before."""
    word = profile.noun.word if profile.noun is not None else ""
    words = profile.marks | ({word} if word not in words_of("groups") else set())
    if any(m.known is not None and words & set(m.known.described) for m in c.members):
        return True
    return any(
        words & (m.marks | ({m.noun.word} if m.noun is not None else set()))
        for m in c.members
        if m.order < profile.order
    )


def _wanted(profile: Profile) -> frozenset[ActorType]:
    word = profile.noun.word if profile.noun is not None else ""
    if word in words_of("media"):
        return frozenset({"media"})
    if word == "agency":
        return frozenset({"media", "organisation", "government"})
    if profile.plural:
        of_state = profile.type == "state_force" and bool(profile.marks)  # "government forces" are no rebels
        return frozenset({"armed_group"}) if word in words_of("fighters") and not of_state else frozenset()
    if word not in words_of("groups"):
        return frozenset()
    if profile.type == "armed_group":
        return frozenset({"armed_group"})
    return frozenset({"organisation"} if profile.marks & words_of("civic") else {"armed_group", "organisation"})
