"""Which actor a description belongs to: by the name in its tail, its noun, or what "the group" can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.annotate.actors.noun_phrases import bears_office
from khaldun.annotate.actors.numbered import UNARMED, suffers_harm
from khaldun.annotate.coreference.by_losses import side_of, side_whose_fell
from khaldun.annotate.coreference.by_name import find_branch
from khaldun.annotate.coreference.by_recency import find_by_recency, only_suffered
from khaldun.annotate.coreference.by_tail import group_of_tail, makes_up
from khaldun.annotate.coreference.clusters import Cluster, recent, words_of
from khaldun.annotate.coreference.men_of import men_of
from khaldun.annotate.coreference.moved_on import find_gone
from khaldun.annotate.coreference.organs import forces_of, organ_above
from khaldun.annotate.coreference.possessors import is_armament, is_force, is_of_state, own_forces_of, whose
from khaldun.annotate.coreference.profiles import Profile, alias_words, same_noun, tail_state
from khaldun.annotate.coreference.spoken_of import without_issuer
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.tables.names import fold_name
from khaldun.annotate.words import Token
from khaldun.copies import replace

_BODIES = frozenset({"alliance", "coalition", "front", "movement", "network", "organisation", "organization", "party"})
_ABROAD = frozenset({"international", "multinational"})
_LEAD = 3  # sentences within which a report names what it first only describes


def find_by_description(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """The cluster that a description belongs to, or None where it is somebody new."""
    if _is_bare_office_of(profile):
        profile = replace(profile, definite=True)
    if profile.marks & _ABROAD or any(c.lower_ in _ABROAD for c in profile.root.lefts):
        clusters = [c for c in clusters if not _is_of_one_country(c)]
    if profile.mention.made_by.startswith("holder"):
        return _holder(clusters, profile)
    organ = organ_above(clusters, profile.root) if is_force(profile) or is_armament(profile) else None
    if organ is not None:  # "the *ministry* said its forces …": the state's, not the ministry
        return forces_of(clusters, organ)
    if is_armament(profile):
        owner = _equipped(clusters, profile)
        if owner is not None:
            return owner
    titled = _titled(clusters, profile)
    if titled is not None:
        return titled
    if is_branch(profile):
        return _same_arm(clusters, profile)
    part = _part_of(clusters, profile) or _fighters_of(clusters, profile) or men_of(clusters, profile)
    part = part or group_of_tail(clusters, profile)
    if part is not None:
        return part
    own = own_forces_of(clusters, profile)
    if own is not None or whose(profile.root) is not None:
        return own  # "Omar Qasim, whose forces shelled the port": others than the troops named before
    if is_of_state(clusters, profile):
        return None
    if profile.noun is not None and profile.noun.word in words_of("hurt"):
        return _those_hurt(clusters, profile)
    if _are_told_apart(profile):
        return _samewords_of(clusters, profile)
    if profile.branch is not None and profile.number is None:
        found = find_branch(clusters, profile)
        if found is not None or profile.tail:
            return found
    if profile.number is not None:
        people = profile.mention.made_by == "people"
        headline = [c for c in recent(clusters, profile) if people and _bare_headline(c, profile)]
        return _samewords_of(clusters, profile) or next(iter(headline), None) or side_of(clusters, profile)
    if profile.indefinite and not profile.plural:
        return (_samewords_of(clusters, profile) if len(profile.key) > 2 else None) or _lead(clusters, profile)
    gone = find_gone(clusters, profile) if profile.definite else None
    if gone is not None:
        return gone
    clusters = [c for c in clusters if not _does_it_to(c, profile) and not _are_protested_against(c, profile)]
    earlier = _same_head(clusters, profile)
    if earlier is not None or profile.mention.quote.split()[0].casefold() == "other":
        return earlier
    back = profile.definite and not _is_named_beside(profile)
    found = find_by_recency(without_issuer(clusters, profile), profile) if back else None
    if found is None and back and not profile.plural:
        found = _described_so(clusters, profile)
    return found or _counted(clusters, profile) or side_whose_fell(clusters, profile)


def _is_named_beside(profile: Profile) -> bool:
    """ "The *Ras Kamboni* militia", "the militia of *Omar Saleh*": told by a name, it is not just the group that was
    spoken of last."""
    if profile.plural or profile.noun is None or profile.noun.entry.one != "armed_group":
        return False
    before = [c for c in profile.root.children if c.dep_ == "compound" and c.i < profile.root.i]
    owners = [
        g
        for c in profile.root.children
        if c.dep_ == "prep" and c.lower_ == "of"
        for g in c.children
        if g.dep_ == "pobj"
    ]
    return any(c.pos_ == "PROPN" and c.ent_type_ != "NORP" for c in before) or any(
        g.pos_ == "PROPN" and g.ent_type_ == "PERSON" for g in owners
    )


def _is_bare_office_of(profile: Profile) -> bool:
    """ "*Ministry* spokesman Omar Saleh": as good as "a spokesman of the ministry"."""
    root = profile.root
    if profile.marks or profile.plural or profile.branch is not None or profile.name is not None:
        return False
    bare = root.dep_ in ("compound", "nmod") and not any(c.i < root.i for c in root.children)
    return bare and " " not in profile.mention.quote and bears_office(root.nbor(1))


def _are_told_apart(profile: Profile) -> bool:
    """ "Faced Saudi troops … promised to release *soldiers captured* in the war": whom a participle tells of."""
    bare = profile.plural and not (profile.definite or profile.marks or profile.state)
    return bare and any(c.dep_ == "acl" and c.tag_ == "VBN" for c in profile.root.children)


def _does_it_to(c: Cluster, profile: Profile) -> bool:
    """ "The *Falcon Brigade* drove *the militants* from Derna": two, since nobody does so to himself."""
    undergone = profile.root.head if profile.root.dep_ in ("dobj", "nsubjpass") else None
    return undergone is not None and any(m.root.head == undergone and m.root.dep_ == "nsubj" for m in c.members)


def _are_protested_against(c: Cluster, profile: Profile) -> bool:
    """ "Kurds marched in Athens to protest killings by *Turkish police*. The police let them rally": others than those
    who are protested against."""
    if profile.marks or c.type != "state_force" or not c.members:
        return False
    return all(any(a.lemma_ in _PROTESTING for a in m.root.ancestors) for m in c.members)


_PROTESTING = frozenset({"protest", "demonstrate", "march", "rally", "demonstration"})


def _is_of_one_country(c: Cluster) -> bool:
    """ "the *international* coalition" is no coalition of one country, though that is a coalition by name."""
    return any(m.state is not None or (m.name is not None and "national" in m.marks) for m in c.members)


def _those_hurt(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "Shot nine farmers. *The victims* were buried": those of whom it was last told that they came to harm."""
    if not profile.definite or profile.number is not None or profile.marks or profile.tail:
        return _samewords_of(clusters, profile)
    hurt = (c for c in recent(clusters, profile) if c.type in UNARMED and any(_is_hurt(m, profile) for m in c.members))
    return next(hurt, None) or _same_head(clusters, profile)


def _is_hurt(m: Profile, profile: Profile) -> bool:
    return m.order < profile.order and m.plural == profile.plural and suffers_harm(m.root)


def _counted(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "the civilians" after "four civilians", where no others of the sort were counted."""
    if not (profile.definite and profile.plural) or profile.marks or profile.tail:
        return None
    doing = profile.root.dep_ in ("nsubj", "poss") and profile.noun is not None and profile.noun.entry.key == "fighter"
    same = [
        c
        for c in clusters
        if not (doing and only_suffered(c, profile))  # "killed ten rebels. *The rebels'* leader": others than those
        if any(m.number is not None and m.order < profile.order and same_noun(m.noun, profile.noun) for m in c.members)
    ]
    return same[0] if len(same) == 1 else None


# ------------------------------------------------------------------------------------------------ by syntax


def _part_of(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "fighters from Red Front" are Red Front; "eight men from Red Front" only where they act as it, since those
    who suffer something are themselves."""
    if _TIED.match(profile.tail):
        return None  # "troops loyal to Omar Qasim" are others than he
    if not profile.tail or profile.noun is None or not makes_up(profile.noun):
        return None
    if not profile.plural or profile.noun.word in ("figure", "personality"):
        return None
    if profile.number is not None and profile.root.dep_ != "nsubj":
        return None
    inside = [(m, c) for c in clusters for m in c.members if _in_tail(m, profile) and c.type not in ("person", "media")]
    return max(inside, key=lambda pair: len(pair[0].mention.span))[1] if inside else None


def _fighters_of(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "Omar Saleh speaks for the council. *The council's fighters* …": the council, and none of the fighters that were
    told of last."""
    owner = owner_of(profile)
    if owner is None or not profile.plural or profile.number is not None or profile.marks - {owner.lemma_.lower()}:
        return None
    owners = (c for c in clusters if c.type == "armed_group" and any(m.root is owner for m in c.members))
    return next((c for c in owners if len(c.members) > 1 or any(m.name for m in c.members)), None)


def owner_of(profile: Profile) -> Token | None:
    """The body, by a common noun, whose fighters somebody is: "*the council's* fighters"; else None."""
    fighters = profile.noun is not None and profile.noun.entry.key in ("fighter", "force")
    if not fighters and profile.root.lower_ != "men":
        return None
    return next((c for c in profile.root.children if c.dep_ == "poss" and c.tag_ in ("NN", "NNS")), None)


_TIED = re.compile(r"(?:loyal|linked|affiliated|allied|aligned)\b")


def _in_tail(m: Profile, profile: Profile) -> bool:
    whole = m.name is not None or is_branch(m)
    return whole and profile.mention.span.contains(m.mention.span) and m.mention.span.start > profile.root_end


def is_branch(profile: Profile) -> bool:
    """True for "the Front's Libyan branch": a part of a body, described."""
    return profile.noun is not None and profile.noun.word in words_of("branches")


# ------------------------------------------------------------------------------------------------ by noun


def _holder(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """The side of "rebel-held", by its noun in any number or as a modifier; a government's forces hold for it."""
    word = profile.noun.word if profile.noun is not None else ""
    for by_mark in (False, True):
        for c in clusters:
            for m in c.members:
                same = m.noun is not None and m.noun.word == word and m.number is None and m.type != "person"
                if (by_mark and word in m.marks and m.number is None and m.type != "person") or (not by_mark and same):
                    return c
    if profile.type == "state_force":  # an "*army* base" is not the Karen National Liberation Army's
        clusters = [c for c in clusters if c.type != "armed_group"]
    return _named_so(clusters, word)


def _named_so(clusters: Sequence[Cluster], word: str) -> Cluster | None:
    """The body with the word in its name ("coalition" for "US-led coalition")."""
    bodies = (c for c in clusters if c.type not in ("person", "media", "population"))
    return next((c for c in bodies if any(word in alias_words(n) for n in c.names)), None)


def _equipped(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """Whose the equipment is: "coalition jets" are the coalition, "rebel tanks" the rebels, and "Israeli jets"
    Israel's army or else Israel, where the report has it."""
    for mark in sorted(profile.marks & {"coalition", "rebel", "opposition", "militia", "alliance"}):
        for c in clusters:
            if any(m.noun is not None and m.noun.word == mark and m.number is None for m in c.members):
                return c
        named = _named_so(clusters, mark)
        if named is not None:
            return named
    if profile.state is None or profile.number is not None:
        return None
    mine = [
        c for c in clusters if c.type in ("state_force", "state") and any(m.state == profile.state for m in c.members)
    ]
    forces = [c for c in mine if c.type == "state_force" and not any(_is_equipment(m) for m in c.members)]
    return next((c for c in (*forces, *mine) if not all(_is_equipment(m) for m in c.members)), None)


def _is_equipment(profile: Profile) -> bool:
    return profile.noun is not None and profile.noun.entry.must_strike


def _titled(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "the governor" for the one introduced as "Governor Tarek Sabri", earlier or, without an article, later."""
    if profile.type != "person" or profile.noun is None or profile.indefinite or profile.plural or profile.tail:
        return None
    holders = [
        c for c in clusters if any(profile.noun.word in m.titles and profile.marks <= m.titles for m in c.members)
    ]
    earlier = [c for c in recent(clusters, profile) if c in holders]
    if earlier:
        return earlier[0]
    return holders[0] if len(holders) == 1 and profile.marks else None


def _same_arm(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "the Front's Libyan branch" and "the Front's arm in Libya": one part of one body, by where it is."""
    for c in clusters:
        for m in c.members:
            if m.name is not None or m.noun is None or m.noun.word not in words_of("branches"):
                continue
            where, there = profile.state or tail_state(profile), m.state or tail_state(m)
            if where == there and _owner(m) == _owner(profile):
                return c
    return None


def _owner(profile: Profile) -> frozenset[str]:
    """The folded words of the possessor."""
    return frozenset(
        w for w in profile.marks if profile.state is None or w not in {a.casefold() for a in profile.state.adjectives}
    )


def _samewords_of(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """The same phrase again, or as many of the same sort ("at least 9 farmers", later "nine farmers" of the valley)."""
    for c in clusters:
        if any(m.name is None and (m.key == profile.key or _as_many(m, profile)) for m in c.members):
            return c
    return None


def _as_many(m: Profile, profile: Profile) -> bool:
    figures = [re.findall(r"\d[\d,]*", p.number or "") for p in (m, profile)]
    return (
        bool(figures[0]) and figures[0] == figures[1] and same_noun(m.noun, profile.noun) and m.marks == profile.marks
    )


def _lead(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """A report's lead says "a newspaper", "a monitor"; a later sentence names it, by the same noun."""
    if profile.mention.made_by == "people":
        return next((c for c in recent(clusters, profile) if _bare_headline(c, profile)), None)
    if profile.type not in ("person", "population", None):
        for c in clusters:
            soon = c.names and c.last_before(profile.order) is None and c.members and _soon(c, profile)
            if soon and (_noun_alike(c, profile) or _same_governor(c, profile)):
                return c
    elif profile.type == "person" and bears_office(profile.root):
        return _named_next(clusters, profile)
    return _described_so(clusters, profile)


def _named_next(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "*A militia spokesman* says the town was shelled. *Nuri Mahmud* says …": who speaks next under a bare name that
    nothing explains, where nobody else was named between."""
    if profile.root.dep_ != "nsubj" or profile.root.head.lemma_ not in words_under("saying"):
        return None
    people = [c for c in clusters if c.type == "person" and c.names and c.members]
    first = {id(c): min(c.members, key=lambda m: m.order) for c in people}
    after = sorted((c for c in people if first[id(c)].order > profile.order), key=lambda c: first[id(c)].order)
    if not after or any(first[id(c)].sentence == profile.sentence for c in people):
        return None
    name = first[id(after[0])]
    bare = not name.titles and not any(c.dep_ in ("appos", "relcl", "acl", "prep") for c in name.root.children)
    speaks = name.root.dep_ == "nsubj" and name.root.head.lemma_ in words_under("saying")
    near = 0 < name.sentence - profile.sentence <= _NEXT
    return after[0] if bare and speaks and near and len(name.key) > 1 else None


_NEXT = 2  # sentences


def _soon(c: Cluster, profile: Profile) -> bool:
    return min(m.sentence for m in c.members) - profile.sentence <= _LEAD


def _noun_alike(c: Cluster, profile: Profile) -> bool:
    return c.type == profile.type and any(same_noun(m.noun, profile.noun) for m in c.members)


def _described_so(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    words = profile.marks | {profile.noun.word if profile.noun is not None else ""}
    for c in clusters:
        if any(m.known is not None and words & set(m.known.described) for m in c.members):
            return c
    return None


def _same_governor(c: Cluster, profile: Profile) -> bool:
    """ "the headquarters of a new militia" and, soon after, "the headquarters of Red Front"."""

    def governor(p: Profile) -> str | None:
        return p.root.head.head.lemma_ if p.root.dep_ == "pobj" and p.root.head.lower_ == "of" else None

    mine = governor(profile)
    return (
        mine is not None
        and c.type in ("armed_group", "organisation")
        and any(governor(m) == mine and m.sentence - profile.sentence <= _LEAD for m in c.members)
    )


def _bare_headline(c: Cluster, profile: Profile) -> bool:
    """A headline drops the article: "Dane held in port" is "a Dane" in the text."""
    return any(
        m.mention.made_by == "people"
        and m.state == profile.state
        and m.type == profile.type
        and not (m.definite or m.indefinite or m.number)
        for m in c.members
    )


def _same_head(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """An earlier actor under the same noun, with nothing that tells the two apart."""
    for c in recent(clusters, profile):
        if any(m.name is None and m.order < profile.order and _agree(m, profile) for m in c.members):
            return c
    return _name_with_word(clusters, profile) if profile.definite or profile.marks else None


_FURTHER = frozenset({"more", "additional", "further", "extra", "another", "other"})


def _agree(m: Profile, profile: Profile) -> bool:
    if "people" in (m.mention.made_by, profile.mention.made_by):
        return m.mention.made_by == profile.mention.made_by and m.state == profile.state and m.type == profile.type
    if m.noun is None or profile.noun is None or m.noun.plural != profile.noun.plural:
        return False
    if m.number is not None or (m.indefinite and not profile.definite and not m.plural):
        return False
    if any(c.lower_ in _FURTHER for c in m.root.children) and not profile.definite:
        return False  # "would send *more troops* after 18 of its soldiers were killed"
    if m.root.dep_ == "pobj" and m.root.head.head.pos_ == "NUM" and not profile.definite:
        return False  # "*ten of its fighters* fell": others are told of by "it has fighters in Libya"
    if profile.noun.word in words_of("groups") and profile.plural and m.marks != profile.marks:
        return False
    if profile.plural and (m.marks ^ profile.marks) & words_of("relational"):
        return False
    same = m.noun.word == profile.noun.word and (m.marks <= profile.marks or profile.marks <= m.marks)
    return (same or _sort(m) == _sort(profile)) and not (_foreign(m, profile) or _foreign(profile, m))


def _sort(p: Profile) -> frozenset[str]:
    """What sort they are, whichever noun carries it: "rebel fighters" and "rebels" are one sort."""
    word = p.noun.word if p.noun is not None else ""
    return p.marks if p.marks and word in words_of("bearers") else p.marks | {word}


def _foreign(a: Profile, b: Profile) -> bool:
    """True where the two are of different states, or one of a state and the other of a place named in its tail."""
    if a.state is not None and b.state is not None and a.state != b.state:
        return True
    if a.tail and b.tail and fold_name(a.tail) != fold_name(b.tail):
        return True
    return a.state is not None and bool(b.tail)


def _name_with_word(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """ "the Observatory" for the name with that word in it."""
    word = fold_name(profile.root.text)
    small = not profile.root.text[:1].isupper()
    generic = profile.noun is not None and profile.noun.word in words_of("groups") | _BODIES
    if not word or profile.number is not None or profile.plural or (small and not profile.definite):
        return None
    for c in sorted(clusters, key=lambda c: -c.last_order(profile.order)):
        if c.type == "person" or (small and c.last_before(profile.order) is None):
            continue
        if any(_foreign(m, profile) for m in c.members):  # "the Libyan air force" is not the Egyptian Air Force
            continue
        if small and profile.type == "state_force" and c.type == "armed_group":
            continue  # "the Ugandan *army*" is not the Lord's Resistance Army
        if any(word[0] in alias_words(n) and (not generic or profile.marks <= alias_words(n)) for n in c.names):
            return c
    return None
