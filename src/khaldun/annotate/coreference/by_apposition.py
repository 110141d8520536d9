"""Which actor a description belongs to that stands in apposition to its name or is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.annotate.actors.noun_phrases import bears_office
from khaldun.annotate.coreference.by_name import introduces, is_other_name
from khaldun.annotate.coreference.clusters import Cluster, words_of
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.grammar.syntax import antecedent, arguments, first_title, over_as
from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.words import Token

_NEAR = 60  # characters between a description and the name it is of


def find_apposed(clusters: Sequence[Cluster], profile: Profile, text: str) -> Cluster | None:
    """ "Omar Qasim, a spokesman", "the Libyan, Omar Qasim,", "rescue workers the White Caps"."""
    for c in clusters:
        for m in c.members:
            if m.root.doc is not profile.root.doc:
                continue
            if _by_parse(m, profile) or _by_marks(m, profile, text) or _predicated(m, profile):
                return c
    return None


def _by_parse(m: Profile, profile: Profile) -> bool:
    root, other = profile.root, m.root
    if m.type != profile.type and "person" in (m.type, profile.type):
        return False
    if root.dep_ == "appos" and other.i == root.head.i:
        return True
    first = first_title(root) if root.dep_ == "conj" and profile.type == "person" and not profile.plural else root
    if first is not root and first.dep_ == "appos" and other.i == first.head.i:
        return True  # "Omar Qasim, governor of Derna and *head* of the council"
    return other.dep_ == "appos" and other.head.i == root.i and m.name is not None


def _by_marks(m: Profile, profile: Profile, text: str) -> bool:
    """By commas round the name or, where a feed has lost its commas, by bare adjacency."""
    if (
        abs(m.mention.span.start - profile.mention.span.end) > _NEAR
        and abs(profile.mention.span.start - m.mention.span.end) > _NEAR
    ):
        return False
    if m.name is not None and m.type != "person" and _after_name(m, profile, text):
        return True
    if m.mention.made_by.startswith(("person:alias", "person:called")) and profile.type == "person":
        behind = text[m.mention.span.end : profile.mention.span.start]
        if not profile.plural and _BEHIND_ALIAS.fullmatch(behind):
            return True
    if m.name is None or profile.mention.span.end > m.mention.span.start:
        return False
    gap = text[profile.mention.span.end : m.mention.span.start]
    person = m.type == "person"
    if m.mention.made_by.startswith("org") and not profile.plural and profile.type != "person" and introduces(gap):
        return True
    if gap.startswith(",") and not profile.plural and person == (profile.type == "person") and is_other_name(gap):
        return True
    if person and profile.type == "person" and not profile.plural and gap == " ":
        return True
    owned = any(c.dep_ == "poss" for c in profile.root.children)  # "*Germany's* prosecutor, Peter Frank,"
    owned = owned or bears_office(profile.root)  # "a *spokesman* for the army, Peter Frank,"
    if person and profile.type == "person" and (profile.definite or owned) and not profile.plural and gap == ", ":
        return text[m.mention.span.end : m.mention.span.end + 1] in (",", ".", ";")
    if person and profile.type == "person" and not profile.plural and _IDENTIFIED.fullmatch(gap):
        return True
    if person and profile.type == "person" and bears_office(profile.root) and _is_rank(gap):
        return True
    if profile.noun is not None and profile.noun.word in words_of("branches") and gap == " ":
        return not person
    return not person and profile.plural and profile.type != "person" and re.fullmatch(r" the ", gap) is not None


def _is_rank(gap: str) -> bool:
    """ "Chief of Army Staff *(COAS), General* Omar Saleh", "the ministry's operations director *Navy Captain* X"."""
    found = _RANKED.fullmatch(gap)
    words = found["rank"].casefold().replace(".", "").split() if found is not None else []
    return bool(words) and all(w in words_under("titles") | words_under("of_armies") | {"navy", "vice"} for w in words)


def _predicated(m: Profile, profile: Profile) -> bool:
    """ "they named Omar Qasim as a key leader", "Omar Qasim, who is a critic of …": one person, two descriptions."""
    root, verb = profile.root, profile.root.head
    if m.type != profile.type or profile.plural or profile.type != "person":
        return False
    if root.dep_ == "attr" and verb.lemma_ == "be":
        subject = next((t for t in verb.children if t.dep_ == "nsubj"), None)
        who = antecedent(subject) if subject is not None else None
        return who is not None and m.root.i in (who.i, who.head.i if who.dep_ == "appos" else who.i)
    if m.name is None:
        return False
    if m.root.dep_ == "pobj" and m.root.head.lower_ == "as" and _is_known(m.root.head.head, root):
        return True  # "a *commander* known as Abu Balqis"
    if root.dep_ == "pobj" and verb.lower_ == "as":
        return any(m.root.i in _put_into_office(over) for over in over_as(verb))
    if root.dep_ in ("oprd", "attr", "dobj") and verb.lemma_ in ties().naming:
        return m.root.i != root.i and m.root.i in _put_into_office(verb)
    return False


def _is_known(verb: Token, who: Token) -> bool:
    return verb.lemma_ == "know" and verb.dep_ == "acl" and verb.head.i == who.i


def _put_into_office(verb: Token) -> set[int]:
    """Who comes by an office, or holds or leaves it: the object of "named", the subject of "took over"."""
    functions = arguments(verb)
    serving = verb.lemma_ in ties().serving or (verb.lemma_ == "replace" and functions.get("A"))
    return {t.i for t in functions.get("A" if serving else "P", ())}


def _after_name(m: Profile, profile: Profile, text: str) -> bool:
    """ "the Red Front the Syrian branch of …": a definition behind a name whose comma was lost."""
    gap = text[m.mention.span.end : profile.mention.span.start]
    word = profile.noun.word if profile.noun is not None else ""
    return word in words_of("branches") and re.fullmatch(r",?\s+(?:the|a|an)\s+", gap) is not None


# "the chief of army staff (COAS), Lieutenant General | Omar Qasim"
_RANKED = re.compile(r"(?:\s+\([A-Z]{2,8}\))?,?\s+(?P<rank>(?:[A-Z][\w.-]+\s+){1,4})")
# 'Omar Qasim, alias "the Wolf", *a commander*'
_BEHIND_ALIAS = re.compile(r"[\"”’']?,[\"”’']?\s+(?:(?:a|an|the)\s+)?")
# "a suspect in the bombing identified as Omar Qasim"
_IDENTIFIED = re.compile(r",?\s+(?:who (?:was|is) )?(?:later )?(?:identified|named)\s+(?:only\s+)?(?:as\s+)?")
