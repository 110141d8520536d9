"""Pronouns and "both sides": which actor they stand for, by agreement, recency and the preference for subjects."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from khaldun.annotate.clusters import Cluster
from khaldun.annotate.lookup import tokens_of
from khaldun.annotate.nouns import words_under
from khaldun.annotate.profiles import Profile
from khaldun.annotate.pronouns import PRONOUNS, Agreement
from khaldun.annotate.sentences import Passage
from khaldun.model import Mention

_GROUPS = frozenset({"armed_group", "state_force", "government", "media", "organisation", "state"})
_WINDOW = 3


def resolve_pronoun(mention: Mention, passage: Passage, sentence: int, clusters: Sequence[Cluster]) -> Cluster | None:
    """The cluster that a pronoun stands for, or None where nothing before it agrees."""
    tokens = tokens_of(passage, mention.span)
    agreement = PRONOUNS.get(mention.quote.casefold())
    if tokens is None or agreement is None:
        return None
    if mention.quote.casefold() == "who":
        return _antecedent(tokens[0], sentence, clusters)
    best: tuple[float, int] | None = None
    chosen = None
    for c in clusters:
        for member in c.members:
            if member.mention.span.start >= mention.span.start or not _agrees(c, member, agreement):
                continue
            score = _salience(member, sentence, tokens[0])
            if score is not None and (best is None or (score, member.order) > best):
                best, chosen = (score, member.order), c
    return chosen


def companions(found: Cluster, mention: Mention, clusters: Sequence[Cluster]) -> list[Cluster]:
    """All that a plural pronoun stands for when its antecedent is one of several ("the army and the police … they")."""
    if not PRONOUNS[mention.quote.casefold()].plural:
        return [found]
    before = [m for m in found.members if m.mention.span.start < mention.span.start]
    sentence = max(m.sentence for m in before)
    together = {t.i for m in before if m.sentence == sentence for t in m.root.conjuncts}
    return [
        c for c in clusters if c is found or any(m.sentence == sentence and m.root.i in together for m in c.members)
    ]


def _antecedent(who: Token, sentence: int, clusters: Sequence[Cluster]) -> Cluster | None:
    """The person or people that a relative clause hangs on, or the nearest before it where the parse gives another."""
    clause = next((a for a in [who.head, *who.head.ancestors] if a.dep_ == "relcl"), None)
    if clause is None:
        return None
    before = [
        (m.root.i == clause.head.i, m.root.i, c)
        for c in clusters
        for m in c.members
        if m.sentence == sentence and m.root.i < who.i and (c.type == "person" or m.plural)
    ]
    return max(before, key=lambda found: found[:2])[2] if before else None


def _agrees(c: Cluster, member: Profile, agreement: Agreement) -> bool:
    person = c.type == "person"
    plural = member.plural or c.type == "population"
    if person and not plural:
        return agreement.person and not agreement.plural
    if plural:
        return agreement.plural
    return agreement.group


def _salience(member: Profile, sentence: int, pronoun: Token) -> float | None:
    distance = sentence - member.sentence
    if distance > _WINDOW or distance < 0:
        return None
    score = -2.0 * distance
    score += 1.0 if member.subject else 0.0
    if pronoun.dep_ == "nsubj" and pronoun.head.lemma_ in words_under("saying"):
        score += 1.0 if member.root.head.lemma_ in words_under("saying") and member.subject else 0.0
    if distance == 0 and member.root.head.i == pronoun.head.i:
        score -= 3.0  # one verb's subject and object are two
    return score


def two_sides(clusters: Sequence[Cluster], order_before: int, sentence: int) -> list[Cluster]:
    """The two groups last named before: what "both sides" means."""
    recent: list[tuple[int, Cluster]] = []
    for c in clusters:
        earlier = [m for m in c.members if m.mention.span.start < order_before and sentence - m.sentence <= _WINDOW]
        if earlier and c.type in _GROUPS and c.type != "media":
            recent.append((max(m.order for m in earlier), c))
    recent.sort(key=lambda pair: -pair[0])
    return [c for _, c in recent[:2]] if len(recent) >= 2 else []
