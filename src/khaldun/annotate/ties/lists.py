"""Ties of those told in a list: "A, B and C, *assisted by* D", "fighters *from A and B*"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from khaldun.annotate.grammar.syntax import conjuncts
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.roles.fillers import UNDER_ARMS, Fillers, in_list_with
from khaldun.annotate.ties.frames import tie_frame
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Report

_LEXICON = "lexicons/en/relations.yaml"
_FEWEST = 2


def head_of_list(participle: Token, helped: Sequence[Mention], fillers: Fillers) -> list[Mention]:
    """ "Soldiers, tribesmen and gunmen, *assisted* by the alliance, …": of a list set off so the first is helped."""
    modifies = participle.i > 0 and participle.tag_ == "VBN" and participle.dep_ in ("acl", "advcl")
    set_off = modifies and participle.nbor(-1).text == ","
    if not set_off or not helped:
        near = participle.tag_ == "VBN" and participle.dep_ == "acl" and len(helped) >= _FEWEST
        before = [m for m in helped if m.span.end <= fillers.passage.at(participle).start]
        return [max(before, key=lambda m: m.span.end)] if near and before else list(helped)  # "A and *B* backed by C"
    first = min(helped, key=lambda m: m.span.start)
    if first.span.start > fillers.passage.at(participle).start:
        return list(helped)
    outer = [m for m in fillers.mentions if m.kind == "actor" and m.form != "pronoun" and not _is_inside(m, fillers)]
    listed = in_list_with(first, outer, fillers.text)
    return [listed[0]] if len(listed) > 1 else [first] if len(helped) >= _FEWEST else list(helped)


def _is_inside(mention: Mention, fillers: Fillers) -> bool:
    return any(m is not mention and m.kind == "actor" and m.span.contains(mention.span) for m in fillers.mentions)


def of_two_groups(fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "*Militants from* the Falcon Brigade *and* the Red Front attacked the port": they fight side by side."""
    for noun in _heads(fillers):
        if _fight_each_other(noun):
            continue
        for prep in noun.children:
            if prep.dep_ != "prep" or prep.lower_ not in ("from", "of"):
                continue
            for first in (g for g in prep.children if g.dep_ == "pobj"):
                bodies = [m for t in conjuncts(first) for m in _named_side(t, fillers)]
                bodies += _right_behind(bodies, fillers) if len(bodies) == 1 else []
                for left, right in pairwise(bodies):
                    if left.entity != right.entity:
                        yield tie_frame("allied_with", left, right, noun, fillers, report)


def _heads(fillers: Fillers) -> list[Token]:
    """The nouns for fighters that somebody is told by in the sentence."""
    wanted = word_list(_LEXICON, "commanded")
    roots = {i for id, i in fillers.roots.items()}
    doc = fillers.passage.doc
    nouns = {doc[i].i for m in fillers.mentions if m.id in fillers.words for i in _span_of(fillers, m)} | roots
    return [doc[i] for i in sorted(nouns) if doc[i].lower_ in wanted and doc[i].tag_ in ("NNS", "NNPS")]


def _span_of(fillers: Fillers, mention: Mention) -> range:
    words = fillers.words[mention.id]
    return range(max(0, words.start - 4), words.end)


def _named_side(token: Token, fillers: Fillers) -> list[Mention]:
    found = [m for m in fillers.actors.get(token.i, ()) if m.form in ("name", "acronym")]
    return [m for m in found[:1] if fillers.type_of(m) in UNDER_ARMS | {"organisation"}]


def _right_behind(bodies: Sequence[Mention], fillers: Fillers) -> list[Mention]:
    """The name behind "and" where the parser takes the list apart."""
    end = bodies[0].span.end
    starts = [end + len(joint) for joint in (" and ", " and the ") if fillers.text.startswith(joint, end)]
    behind = [m for m in fillers.mentions if m.kind == "actor" and m.form != "pronoun" and m.span.start in starts]
    return [m for m in behind if m.form != "description" and fillers.type_of(m) in UNDER_ARMS][:1]


def _fight_each_other(noun: Token) -> bool:
    """ "Fighters from A and B *clashed*", with nobody else named."""
    verb = noun.head
    against = any(c.lower_ in ("with", "against") or c.dep_ == "dobj" for c in verb.children)
    return noun.dep_ == "nsubj" and verb.lemma_ in ("clash", "fight", "battle", "feud", "skirmish") and not against


def is_of_two(frame: Frame, fillers: Fillers) -> bool:
    """ "*Fighters from A and B*" are of neither A nor B alone: A is no member of B."""
    source, target = frame.roles["source"][0], frame.roles.get("target", (None,))[0]
    if target is None or not (source.span.contains(target.span) or target.span.contains(source.span)):
        return False
    outer, inner = (source, target) if source.span.contains(target.span) else (target, source)
    return any(
        m.entity == outer.entity and m.form in ("name", "acronym") and not m.span.overlaps(inner.span)
        for m in fillers.mentions
        if m.kind == "actor" and outer.span.contains(m.span) and m is not outer
    )


def as_member(frame: Frame) -> Frame:
    """ "*The gunmen* were part of the gang": people are members of a body, where a unit ("the *Danab commandos*") is a
    part of it."""
    source = frame.roles["source"][0]
    named = source.quote.split()[-2:-1]
    if named and named[0].istitle() and "-" not in named[0]:
        return frame
    if frame.kind != "part_of" or source.form != "description" or source.quote.split()[-1][:1].isupper():
        return frame
    noun = read_noun(source.quote.split()[-1])
    if frame.made_by.startswith("rule:relations/part_of") and noun is not None and noun.entry.one == "person":
        staff = noun.plural and source.quote.split()[-1].casefold() in word_list(_LEXICON, "staffing")
        return frame if staff else replace(frame, kind="member_of")
    return frame
