"""Which actor a proper name belongs to: the same name, its acronym, its short form, another name given for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.annotate.actors.stateactors import countries_told
from khaldun.annotate.coreference.clusters import Cluster, words_of
from khaldun.annotate.coreference.profiles import Profile, same_noun
from khaldun.annotate.coreference.regimes import is_another_country
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.tables.names import PARTICLES, fold_name, initials, is_acronym

_NEAR = 50
"""Characters between two names of one actor, at most."""
_BRACKET = re.compile(r"\s*[\(\[]\s*(?:the\s+)?[\"“'‘]?")
_QUOTE = r"[\"“'‘]?"
_NAME = rf"{_QUOTE}(?:the\s+)?"
_WHO = r",?\s+(?:(?:who|which|that)\s+)?"
# What may stand between two names of one actor, each way with an example.
_OTHERWISE = re.compile(
    "|".join(
        (
            # "the Fyr, *or* Lighthouse, …"
            rf",?\s+or\s+(?:the\s+)?{_QUOTE}",
            # "Saleh (*also known as* Abu Amr)", "the party, *which was until 2011 called the* …"
            r"\s*[,(]?\s*(?:(?:which|who)\s+(?:is|are|was|were)\s+)?(?:until [\w ]{1,24} |once\s+)?"
            r"(?:also|better|best|more commonly|commonly|widely|formerly|previously|previously also|otherwise)?\s*"
            r"(?:known|called|named|abbreviated|nicknamed)\s+(?:(?:locally|internationally|simply|commonly)\s+)?"
            r"(?:to \w+ )?(?:as\s+|by\s+|to\s+)?(?:(?:the|its|their|his|her)\s+)?(?:(?:[a-z]+\s+)?"
            r"(?:acronym|initials|abbreviation|nickname|alias|nom de guerre|pseudonym|name)\s+(?:of\s+)?)?(?:the\s+)?"
            rf"{_NAME}",
            # "Omar Saleh, *alias* Abu Amr", "the League, *formerly the* Coast Front"
            rf"\s*[,(]?\s*(?:aka|a\.k\.a\.|alias|formerly|previously|born)\s+{_NAME}",
            # "Abu Amr, *whose real name is* Omar Saleh"
            r"\s*[,(]\s*(?:whose\s+)?(?:real|given|full|birth|true)\s+name\s+(?:is|was)?\s*",
            # "Omar Saleh, *whose nom de guerre is* Abu Amr"
            rf"\s*[,(]\s*(?:whose\s+)?(?:nom de guerre|nickname|pseudonym)\s+(?:is|was)?\s*{_NAME}",
            # "the League, *which has since renamed itself* Coast Front"
            rf"{_WHO}(?:has\s+|had\s+)?(?:(?:since|later|now|recently)\s+)?"
            r"(?:styl|call|nam|renam|rebrand)(?:e?s|ed|ing)\s+(?:itself|themselves|himself|herself)\s+(?:as\s+)?"
            rf"{_QUOTE}(?:\w+\s+)?",
            # "the League *was renamed* Coast Front"
            rf"{_WHO}(?:was\s+)?(?:renamed|rebranded)\s+(?:as\s+)?{_NAME}",
            # "the League *changed its name to* Coast Front"
            rf"{_WHO}(?:has\s+)?chang(?:ed|es|ing)\s+its\s+name\s+to\s+{_NAME}",
            # "Omar Saleh, *who goes by the name of* Abu Amr"
            r",?\s+who\s+(?:goes|went)\s+by\s+(?:the\s+)?(?:name|nickname|alias|nom de guerre)?\s*(?:of\s+)?"
            rf"{_NAME}",
            # "Omar Saleh, *who uses the pseudonym* Abu Amr"
            rf",?\s+who\s+use[sd]\s+the\s+(?:name|nickname|alias|nom de guerre|pseudonym)\s+(?:of\s+)?{_NAME}",
            # "the Fyr, *which means the* Lighthouse"
            r",?\s+which\s+means\s+(?:the\s+)?",
        )
    ),
    re.I,
)
_GLOSS = re.compile(r"\s*\(\s*(?:the\s+)?[\"“'‘]?")
# "a group *calling itself the* Sons of Idlib", "a militia *known as* Red Dawn"
_INTRODUCING = re.compile(
    r",?\s+(?:(?:that|which)\s+(?:calls|called|styles)\s+itself|calling\s+itself|styling\s+itself|called|known\s+as|named)"
    r"\s+(?:the\s+)?[\"“'‘]?"
)


def find_by_name(clusters: Sequence[Cluster], profile: Profile, text: str) -> Cluster | None:
    """The cluster that a named profile belongs to, or None. Longer names must have been placed before."""
    if profile.known is not None:
        for c in clusters:
            if c.known == profile.known.id:
                return c
    elif profile.branch is not None and profile.state is not None:
        return find_branch(clusters, profile)
    for c in clusters:
        if (profile.key in c.keys or _without_s(profile.key) in c.keys) and (c.known is None or profile.known is None):
            return c
    if profile.name is None:
        return None
    otherwise = _otherwise(clusters, profile, text)
    if otherwise is not None:
        return otherwise
    if profile.mention.made_by == "person:office" and (holder := _holder(clusters, profile, text)) is not None:
        return holder
    if is_acronym(profile.name):
        return _expansion(clusters, profile, text)
    shortened = [c for c in clusters if _short_for(profile, c)]
    by_last = [c for c in shortened if any(k[-1:] == profile.key[-1:] for k in c.keys)]
    return max(by_last or shortened, key=lambda c: c.last_order(profile.order), default=None)


def _without_s(key: tuple[str, ...]) -> tuple[str, ...]:
    """The name without the s of a possessive whose apostrophe was lost."""
    return (*key[:-1], key[-1].removesuffix("s")) if key else key


def find_branch(clusters: Sequence[Cluster], profile: Profile) -> Cluster | None:
    """Forces and governments of one state: "Libya's military" and "the Libyan Army"; one without a state joins
    the only one there is."""
    same = [c for c in clusters if any(_same_branch(m, profile) for m in c.members)]
    same = [c for c in same if not is_another_country(c, clusters, profile)]
    if same and profile.state is None and (tellers := _countries_of_teller(clusters, profile)):
        same = [c for c in same if not countries_of(c) - tellers]
    exact = [c for c in same if any(_of_one_state(m, profile) for m in c.members)]
    if exact:
        return exact[0]
    if _is_across(profile):
        return None
    if not profile.marks <= words_under("of_the_state"):
        return None if profile.state is None else next((c for c in same if _stateless(c)), None)
    if profile.state is None:
        known = [c for c in same if any(m.state is not None for m in c.members) or _stateless(c)]
        if len(same) != 1 or not known:
            return None  # "soldiers" are not the Ambazonia Defence Forces
        return known[0] if not _others_are_told_of(known[0], clusters, profile) else None
    return next((c for c in same if _stateless(c)), None)


def _others_are_told_of(c: Cluster, clusters: Sequence[Cluster], profile: Profile) -> bool:
    """ "FARDC soldiers entered. Kigali denied it. *The government* …": not of a state named in passing."""
    if profile.branch != "government" or any(m.name is None and m.noun is not None for m in c.members):
        return False
    if all(map(_is_across, c.members)):
        return True
    mine = countries_of(c)
    named = countries_told(profile.root.doc)
    own = max((named.get(country, 0) for country in mine), default=0)
    if mine and max(named.values(), default=0) > max(own, 1):
        return True  # "strikes led by the US hit Syria … Syrian villagers … *the regime*"
    told = sum(len(c.members) for c in clusters if c.type == "state_force" and countries_of(c) - mine)
    return len(mine) == 1 and told > len(c.members)


def _is_across(member: Profile) -> bool:
    """ "*The government* accused the opposition … since the war *with Russia*", "troops *from Chad and Niger* helped":
    the other side, or who sends troops, is not whose government it is."""
    first = member.root
    while first.dep_ == "conj" and first.head.pos_ == "PROPN":
        first = first.head
    return first.dep_ == "pobj" and first.head.lower_ in ("with", "against", "from")


def _countries_of_teller(clusters: Sequence[Cluster], profile: Profile) -> set[str]:
    """ "*U.S. officials* said the military fired missiles": it is their own."""
    said = next((t for t in profile.root.ancestors if t.dep_ == "ccomp"), None)
    teller = next((c for c in said.head.children if c.dep_ == "nsubj"), None) if said is not None else None
    if teller is None or profile.branch == "government":
        return set()
    of_state = (c for c in clusters if c.type in ("government", "state", "state_force", "person"))
    same = (c for c in of_state for m in c.members if m.root.i == teller.i and m.root.doc is teller.doc)
    return {country for c in same for country in countries_of(c)}


def countries_of(c: Cluster) -> set[str]:
    """The countries that it is told to be of, by their codes."""
    return {country for m in c.members if (country := _country(m)) is not None}


def _country(m: Profile) -> str | None:
    return m.state.iso3 if m.state is not None else m.known.country if m.known is not None else None


def _of_one_state(m: Profile, profile: Profile) -> bool:
    """Of the same state, or both of none and told apart by no mark ("Tripoli-based forces" are not "LNA troops")."""
    if m.state != profile.state:
        return False
    plain = m.marks <= words_under("of_the_state") and profile.marks <= words_under("of_the_state")
    return profile.state is not None or m.marks == profile.marks or plain


def _stateless(c: Cluster) -> bool:
    return all(m.state is None and m.marks <= words_under("of_the_state") for m in c.members)


def _same_branch(m: Profile, profile: Profile) -> bool:
    if m.branch != profile.branch or m.number is not None:
        return False
    return (m.state is not None and m.state == profile.state) or fold_name(m.tail) == fold_name(profile.tail)


def _otherwise(clusters: Sequence[Cluster], profile: Profile, text: str) -> Cluster | None:
    for c in clusters:
        for m in c.members:
            first, second = sorted((m.mention.span, profile.mention.span))
            if second.start - first.end >= _NEAR:
                continue
            gap = text[first.end : second.start]
            if (
                m.name is not None
                and m.type == profile.type
                and _GLOSS.fullmatch(gap)
                and text[second.end :][:1] in ')"'
            ):
                return c  # "the Peace Companies (*Saraya al-Salam*)"
            if gap and is_other_name(gap) and m.name is not None and _of_a_sort(m, profile):
                if gap.strip().startswith("or") and not gap.startswith(","):
                    continue
                if gap.startswith(",") and "or" in gap and text[second.end : second.end + 1] != ",":
                    continue
                return c
    return None


def introduces(gap: str) -> bool:
    """True for what stands between a description and the name given for it: "calling itself the"."""
    return _INTRODUCING.fullmatch(gap) is not None


def is_other_name(gap: str) -> bool:
    """True for what stands between two names of one actor: ", also known as "."""
    return _OTHERWISE.fullmatch(gap) is not None


def _of_a_sort(m: Profile, profile: Profile) -> bool:
    """False for a short name of a body and a person: "its branch, known as AQAP, named Ali Saad as its emir"."""
    short = [is_acronym(p.name or "") for p in (m, profile)]
    people = [p.type == "person" for p in (m, profile)]
    return not ((short[0] and people[1]) or (short[1] and people[0]))


def _expansion(clusters: Sequence[Cluster], profile: Profile, text: str) -> Cluster | None:
    """The name that an acronym stands for: bracketed right after it, or by its initials."""
    acronym = (profile.name or "").replace(".", "")
    for c in clusters:
        for m in c.members:
            if not 0 <= profile.mention.span.start - m.mention.span.end <= _NEAR:
                continue
            gap = text[m.mention.span.end : profile.mention.span.start]
            if m.name is not None and _BRACKET.fullmatch(gap) and m.type != "person":
                return c
    for c in clusters:
        if any(initials(fold_name(n)) == acronym for n in c.names if len(n.split()) > 1):
            return c
    return None


# "the Chief of Army Staff (COAS|), General | Omar Saleh"
_HOLDER = re.compile(r"\),?\s+(?:[A-Z][\w.-]+\s+){0,3}")


def _holder(clusters: Sequence[Cluster], profile: Profile, text: str) -> Cluster | None:
    """Who holds the office that the acronym stands for: he who is named right behind it."""
    for c in clusters:
        for m in c.members:
            gap = text[profile.mention.span.end : m.mention.span.start]
            if m.name is not None and m.type == "person" and 0 < len(gap) < _NEAR and _HOLDER.fullmatch(gap):
                return c
    return None


def _short_for(profile: Profile, c: Cluster) -> bool:
    """ "Qasim" for "Omar Qasim", "Relief Council" for "Northern Relief Council"."""
    if c.known is not None and profile.known is not None:
        return False
    if _other_noun(profile, c) or any(m.state != profile.state for m in c.members if m.state and profile.state):
        return False
    return any(_shortens(profile, key, c) for key in c.keys if len(key) > len(profile.key))


def _shortens(profile: Profile, key: tuple[str, ...], c: Cluster) -> bool:
    if c.type == "person":
        if len(profile.key) == 1 and profile.titles & words_of("by_given_name") and not _is_so_titled(c):
            return False  # "*King* Hussein" is not Saddam Hussein
        speaks = profile.mention.made_by.startswith("org") and len(profile.key) == 1
        if not (profile.type == "person" or speaks):
            return False
        return key[-len(profile.key) :] == profile.key or (profile.key == key[:1] and key[0] not in PARTICLES)
    if profile.type == "person" and profile.mention.made_by != "person:entity":
        return False
    return set(profile.key) <= set(key) and len(profile.key[0]) > 2


def _is_so_titled(c: Cluster) -> bool:
    return any(m.titles & words_of("by_given_name") for m in c.members)


def _other_noun(profile: Profile, c: Cluster) -> bool:
    """True for names with different head nouns: "Red Valley Brigade" is not short for a council."""
    nouns = [m.noun for m in c.members if m.noun is not None and m.mention.form == "name"]
    return profile.noun is not None and bool(nouns) and not any(same_noun(profile.noun, n) for n in nouns)
