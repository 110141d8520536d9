"""Groups of mentions that name one actor: by name, by noun and by apposition (pronouns come later)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from khaldun.annotate.names import fold_name, initials, is_acronym
from khaldun.annotate.profiles import Profile, alias_words, same_noun
from khaldun.model import ActorType

_GENERIC_GROUP = frozenset({"group", "organisation", "organization", "movement", "network", "faction", "alliance", "outfit", "entity", "agency", "body", "party", "militia", "charity", "watchdog", "coalition", "front"})  # fmt: skip
_GENERIC_FIGHTERS = frozenset({"militant", "terrorist", "jihadist", "jihadi", "fighter", "extremist", "insurgent", "gunman", "rebel", "unit", "force", "forces", "troop", "troops", "militia", "militiaman", "guerrilla", "takfiri", "islamist"})  # fmt: skip
_GENERIC_MEDIA = frozenset(
    {
        "newspaper",
        "daily",
        "agency",
        "channel",
        "outlet",
        "website",
        "broadcaster",
        "station",
        "site",
        "paper",
        "weekly",
    }
)


@dataclass(slots=True)
class Cluster:
    """One actor while it is being put together; `members` in the order they were joined."""

    members: list[Profile] = field(default_factory=list)

    @property
    def known(self) -> str | None:
        return next((p.known.id for p in self.members if p.known is not None), None)

    @property
    def type(self) -> ActorType | None:
        for p in self.members:
            if p.known is not None:
                return p.known.type
        named = [p.type for p in self.members if p.type is not None and p.mention.form != "description"]
        described = [p.type for p in self.members if p.type is not None and p.mention.form == "description"]
        if described and (not named or named[0] == "organisation"):
            return described[0]
        return named[0] if named else None

    @property
    def names(self) -> list[str]:
        return [p.name for p in self.members if p.name is not None]

    @property
    def keys(self) -> set[tuple[str, ...]]:
        return {p.key for p in self.members if p.name is not None}

    def last_before(self, order: int) -> Profile | None:
        """The latest member before the mention number `order`."""
        earlier = [p for p in self.members if p.order < order]
        return max(earlier, key=lambda p: p.order) if earlier else None


def cluster(found: Sequence[Profile], text: str) -> list[Cluster]:
    """The clusters, in the order of their first mention."""
    clusters: list[Cluster] = []
    for profile in sorted((p for p in found if _named(p)), key=lambda p: (-len(p.key), p.order)):
        _join(clusters, _by_name(clusters, profile, text), profile)
    for profile in (p for p in found if not _named(p)):
        _join(clusters, _described(clusters, profile), profile)
    for made in clusters:
        made.members.sort(key=lambda p: p.order)
    return sorted(clusters, key=lambda c: c.members[0].order)


def _named(profile: Profile) -> bool:
    return profile.name is not None or profile.known is not None


def _join(clusters: list[Cluster], target: Cluster | None, profile: Profile) -> None:
    if target is None:
        target = Cluster()
        clusters.append(target)
    target.members.append(profile)


# ------------------------------------------------------------------------------------------------ names


def _by_name(clusters: Sequence[Cluster], profile: Profile, text: str) -> Cluster | None:
    if profile.branch is not None and profile.state is not None and profile.known is None:
        return _by_branch(clusters, profile)
    for c in clusters:
        if profile.known is not None and c.known == profile.known.id:
            return c
    for c in clusters:
        if profile.key in c.keys and _compatible(c, profile):
            return c
    if profile.name is None:
        return None
    if is_acronym(profile.name):
        return _expansion(clusters, profile, text)
    return next((c for c in clusters if _short_for(profile, c)), None)


def _compatible(c: Cluster, profile: Profile) -> bool:
    if c.known is not None and profile.known is not None and c.known != profile.known.id:
        return False
    return True


def _expansion(clusters: Sequence[Cluster], profile: Profile, text: str) -> Cluster | None:
    """The name that an acronym stands for: bracketed right after it, or by its initials."""
    acronym = (profile.name or "").replace(".", "")
    for c in clusters:
        for member in c.members:
            gap = text[member.mention.span.end : profile.mention.span.start]
            if re.fullmatch(r"\s*[\(\[]\s*[\"“']?", gap) and member.name is not None:
                return c
    for c in clusters:
        if any(initials(fold_name(n)) == acronym for n in c.names if len(n.split()) > 1):
            return c
    return None


def _short_for(profile: Profile, c: Cluster) -> bool:
    """ "Qasim" for "Omar Qasim", "Relief Council" for "Northern Relief Council"."""
    for key in c.keys:
        if len(key) <= len(profile.key):
            continue
        person = profile.type == "person" and c.type == "person"
        if person and key[-len(profile.key) :] == profile.key:
            return True
        if c.type == "person" and profile.mention.made_by == "org:acting" and key[-1:] == profile.key:
            return True
        if not person and c.type != "person" and profile.type != "person" and _inside(profile.key, key):
            return True
    return False


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return set(short) <= set(long) and len(short[0]) > 2


def _by_branch(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    for c in clusters:
        for member in c.members:
            if member.branch != profile.branch:
                continue
            if member.state == profile.state or (member.state is None) != (profile.state is None):
                return c
    return None


# ------------------------------------------------------------------------------------------------ descriptions


def _described(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    apposed = _apposed(clusters, profile)
    if apposed is not None:
        return apposed
    if profile.branch is not None and not profile.number and profile.branch not in ("rebel", "opposition"):
        found = _by_branch(clusters, profile)
        if found is not None:
            return found
    if profile.number is not None or (profile.indefinite and not profile.plural):
        return _same_words(clusters, profile) if profile.number or profile.branch else _lead(clusters, profile)
    earlier = _same_head(clusters, profile)
    if earlier is not None:
        return earlier
    return _definite(clusters, profile) if profile.definite else None


def _apposed(clusters: Iterable[Cluster], profile: Profile) -> Cluster | None:
    """ "Omar Qasim, a spokesman for …", "the Libyan, Omar Qasim,": the one the apposition is about."""
    root = profile.root
    for c in clusters:
        for member in c.members:
            if member.root.doc is not root.doc:
                continue
            if (root.dep_ == "appos" and _reaches(member, root.head.i)) or (
                member.root.dep_ == "appos" and member.root.head.i == root.i
            ):
                return c
    return None


def _reaches(member: Profile, token: int) -> bool:
    return member.root.i == token


def _same_words(clusters: Iterable[Cluster], profile: Profile) -> Cluster | None:
    for c in clusters:
        if any(m.key == profile.key and m.name is None for m in c.members):
            return c
    return None


def _lead(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """The report's lead says "a newspaper"; a later sentence names it, with the same noun."""
    if profile.sentence > 2 or (profile.type in ("person", "population", None) and profile.noun is None):
        return None
    for c in clusters:
        later = [m for m in c.members if m.order > profile.order]
        if not c.names or not later:
            continue
        described = {w for m in c.members if m.known is not None for w in m.known.described}
        if profile.noun is not None and profile.noun.word in described:
            return c
        if profile.type not in ("person", "population") and any(same_noun(m.noun, profile.noun) for m in later):
            return c
    return None


def _same_head(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """An earlier actor under the same noun, with nothing that tells the two apart."""
    for c in sorted(clusters, key=lambda c: -_last(c, profile)):
        if _last(c, profile) < 0:
            continue
        for m in c.members:
            if m.name is None and m.order < profile.order and _agree(m, profile):
                return c
    if profile.definite or profile.marks:
        return _name_with_word(clusters, profile)
    return None


def _last(c: Cluster, profile: Profile) -> int:
    last = c.last_before(profile.order)
    return last.order if last is not None else -1


def _agree(m: Profile, profile: Profile) -> bool:
    if m.mention.made_by == "people" and profile.mention.made_by == "people":
        return m.state == profile.state and (m.number is None) == (profile.number is None)
    if m.noun is None or profile.noun is None or m.noun.plural != profile.noun.plural:
        return False
    if m.number is not None or (m.indefinite and not profile.definite and not m.plural):
        return False
    if _kinds(m) != _kinds(profile) and not (m.noun.word == profile.noun.word and _compatible_marks(m, profile)):
        return False
    return not (_foreign(m, profile) or _foreign(profile, m))


def _kinds(p: Profile) -> frozenset[str]:
    """What sort they are, whichever noun carries it: "rebel fighters" and "rebels" are one sort."""
    word = p.noun.word if p.noun is not None else ""
    base = {word} if word not in ("fighter", "militant", "force", "forces", "group", "unit") or not p.marks else set()
    return frozenset({*base, *(s for s in p.marks)})


def _compatible_marks(m: Profile, profile: Profile) -> bool:
    return m.marks <= profile.marks or profile.marks <= m.marks


def _foreign(a: Profile, b: Profile) -> bool:
    """True where one is of a state and the other of a place named in its tail, or of two states."""
    if a.state is not None and b.state is not None and a.state != b.state:
        return True
    return a.state is not None and bool(b.tail)


def _name_with_word(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "the Observatory" for the name with that word in it."""
    word = fold_name(profile.root.text)
    if not word or not profile.root.text[:1].isupper():
        return None
    for c in sorted(clusters, key=lambda c: -_last(c, profile)):
        if any(word[0] in alias_words(n) for n in c.names) and c.type != "person":
            return c
    return None


def _definite(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "the group", "the Takfiri group", "the terrorists", "the newspaper": the latest actor that can be called so."""
    noun = profile.noun
    if noun is None:
        return None
    wanted = _wanted(profile)
    if not wanted:
        return None
    recent = sorted(
        (c for c in clusters if c.type in wanted and _last(c, profile) >= 0),
        key=lambda c: _rank(c, profile),
        reverse=True,
    )
    marked = [c for c in recent if profile.marks and any(profile.marks & m.marks for m in c.members)]
    for c in (*marked, *recent):
        last = c.last_before(profile.order)
        if last is not None and (profile.sentence - last.sentence <= 3 or c in marked):
            return c
    return None


def _wanted(profile: Profile) -> frozenset[ActorType]:
    word = profile.noun.word if profile.noun is not None else ""
    if profile.type == "armed_group" and word in _GENERIC_GROUP | _GENERIC_FIGHTERS:
        return frozenset({"armed_group"})
    if word in _GENERIC_MEDIA and profile.type == "media":
        return frozenset({"media"})
    if word in _GENERIC_FIGHTERS and profile.plural:
        return frozenset({"armed_group"})
    if word in ("campaign", "rights", "monitoring") or profile.marks & {
        "campaign",
        "rights",
        "monitoring",
        "aid",
        "advocacy",
    }:
        return frozenset({"organisation"})
    if word in _GENERIC_GROUP and not profile.plural:
        return frozenset({"armed_group", "organisation"})
    return frozenset()


def _rank(c: Cluster, profile: Profile) -> tuple[int, int, int]:
    last = c.last_before(profile.order)
    if last is None:
        return (-99, 0, 0)
    return (last.sentence, int(any(m.subject and m.sentence == last.sentence for m in c.members)), last.order)
