"""Ties told by group words: affiliates and wings, allies and rivals, outlets, links, and words joined to a name.

The words are in `lexicons/en/relations.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.grammar.syntax import arguments, clause_head, conjuncts
from khaldun.annotate.grammar.tie_words import ties_of
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.ties.frames import BODIES, FIGHTERS, tie_frame
from khaldun.annotate.ties.offices import bearers, is_not_so
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Report

_MUTUAL = frozenset({"allied_with", "rival_of"})
_OF_GROUP = frozenset({"of", "to", "in", "within"})


def branch(noun: Token, kind: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "the network's affiliate X", "X, the armed wing of Y", "X is a rival of Y", "its rivals in X"."""
    if is_not_so(noun):
        return  # "the Front is *not part* of the alliance"
    if kind == "part_of" and of_rivals(noun):
        kind = "rival_of"  # "*the Front's rival faction*"
    borne = _borne_by(noun, fillers)
    owners = _owning(noun, kind, fillers)
    if kind in _MUTUAL:
        owners = _possessors(noun, fillers) + owners
        if noun.dep_ == "attr" and not owners and len(borne) == 1:
            owners = _other_subjects(noun, borne[0], fillers)
    owners = list({m.entity or m.id: m for m in reversed(owners)}.values())[::-1]
    if kind == "rival_of" and len(owners) > 1:  # "its rivals in the council": the possessor and the one named
        yield tie_frame(kind, owners[0], owners[1], noun, fillers, report)
        return
    others = [o for o in owners if o.entity not in {b.entity for b in borne}]
    if noun.tag_ == "NNS" and kind == "part_of":  # "*army units*" are the army
        borne = [b for b in borne if b.form != "description" or not any(b.span.contains(o.span) for o in owners)]
    turned = noun.lemma_.lower() in ties_of(noun).turned
    for bearer in borne if noun.tag_ == "NNS" and noun.head.head.lower_ != "one" else borne[:1]:
        for owner in others if kind in _MUTUAL else others[:1]:
            source, target = (owner, bearer) if turned else (bearer, owner)
            supports = kind == "allied_with" and noun.lemma_ == "supporter" and not _is_a_side(bearer, fillers)
            yield tie_frame("affiliated_with" if supports else kind, source, target, noun, fillers, report)


def of_rivals(group: Token) -> bool:
    """ "The Front's *rival faction*": it is the Front's rival, and no part of it."""
    return any(c.lower_ == "rival" and c.dep_ in {"amod", "compound"} for c in group.children)


def _together() -> frozenset[str]:
    """ "Units, in *cooperation* with the militia": no units in anything."""
    return word_list("lexicons/en/relations.yaml", "jointly")


def _is_a_side(bearer: Mention, fillers: Fillers) -> bool:
    """False for the people of "*supporters* of the party", who are of it rather than beside it."""
    return fillers.type_of(bearer) not in {"population", "person", None}


def _borne_by(noun: Token, fillers: Fillers) -> list[Mention]:
    """Who goes by the noun: those listed behind it, those it is said of, or the name it stands before."""
    borne = _listed_behind(noun, fillers) or list(bearers(noun, fillers))
    of_them = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if of_them is not None and of_them.lower_ == "one" and noun.tag_ == "NNS":
        borne = list(bearers(of_them, fillers))  # "was *one of* Saleh's closest *allies*"
    own = fillers.actor(noun.head) if not borne and noun.head.pos_ == "PROPN" else None
    return borne if own is None else [own]


def _owning(noun: Token, kind: str, fillers: Fillers) -> list[Mention]:
    """Whose affiliate or rival it is: "the *network's* affiliate", "the armed wing *of the front*"."""
    owners: list[Mention] = []
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"}:
            if noun.lemma_ == "faction" and child.dep_ != "poss":
                continue  # "the *Falcon Brigade* faction" is that brigade
            owners += fillers.actors_in(child, depth=1)
        elif child.dep_ == "prep" and child.lower_ in ({"of", "to"} if kind == "allied_with" else _OF_GROUP):
            named = (g for g in child.children if g.dep_ == "pobj" and g.lower_ not in _together())
            each = (t for g in named for t in (conjuncts(g) if kind in _MUTUAL else (g,)))
            owners += [m for g in each for m in fillers.actors_in(g, depth=2)]
    if noun.dep_ in {"compound", "nmod", "appos"}:
        owners += [m for c in noun.head.children if c.dep_ == "poss" for m in fillers.actors_in(c, depth=1)]
    return [m for m in owners if kind == "allied_with" or not fillers.text[: m.span.start].endswith("pro-")]


def _possessors(noun: Token, fillers: Fillers) -> list[Mention]:
    """For whom "its" stands: "*the front* clashed with *its* rivals", "the front signed, while *its* rival did not"."""
    if not any(c.tag_ == "PRP$" for c in noun.children):
        return []
    if noun.dep_ == "conj" and noun.head.pos_ in {"PROPN", "NOUN"}:
        return list(fillers.actors_in(noun.head, depth=0))  # "attacks on *the army* and its allies"
    verb = clause_head(noun)
    while verb.dep_ in {"advcl", "ccomp"} and verb.head.i != verb.i and not _others(verb, noun, fillers):
        verb = verb.head
    return _others(verb, noun, fillers)


def _other_subjects(noun: Token, bearer: Mention, fillers: Fillers) -> list[Mention]:
    """Of two that are told to be allies the other: "*A and B* are allies"."""
    subjects = (t for t in noun.head.children if t.dep_ == "nsubj")
    told = (m for t in subjects for c in conjuncts(t) for m in fillers.actors_in(c))
    return [m for m in told if m.entity != bearer.entity]


def outlet(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "X, *the news agency* of the Front", "*a radio station* run by the Front", "the Front's *television*, X"."""
    own = [m for m in (*bearers(noun, fillers), *_name_before(noun, fillers)) if fillers.type_of(m) == "media"]
    own = [m for m in own if m.form != "description"][:1]
    owners = [m for c in noun.children if c.dep_ == "poss" for m in fillers.actors_in(c, depth=0)]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            owners += [m for g in child.children if g.dep_ == "pobj" for m in fillers.actors_in(g, depth=0)]
        elif child.dep_ == "acl" and child.lemma_ in ties_of(noun).owning:
            owners += [m for t in arguments(child).get("A", ()) for m in fillers.actors_in(t, depth=0)]
    for source in own:
        for owner in [o for o in owners if o.entity != source.entity and fillers.type_of(o) in BODIES - {"media"}][:1]:
            yield tie_frame("affiliated_with", source, owner, noun, fillers, report)


def _name_before(outlet: Token, fillers: Fillers) -> list[Mention]:
    """ "The rebels' *Al Masirah* television": the name that stands before what it is."""
    return [m for c in outlet.children if c.dep_ in ("compound", "nmod") for m in fillers.actors_in(c, depth=0)]


SAID_BESIDE = {"allied": "allied_with", "rival": "rival_of"}


def allied(word: Token, kind: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The army and *allied militias*": allied with what they are beside; "the Front and the *rival* Brigade"."""
    noun = word.head
    if noun.i < word.i or any(c.dep_ == "prep" and c.lower_ in {"to", "with"} for c in word.children):
        return
    beside = noun.head if noun.dep_ == "conj" else noun.head.head if _is_beside(noun) else None
    if beside is None:
        return
    for friend in fillers.actors_in(noun, depth=1)[:1]:
        for other in fillers.actors_in(beside, depth=1)[:1]:
            if fillers.type_of(friend) in BODIES | {"population"} and fillers.type_of(other) in BODIES:
                yield tie_frame(kind, friend, other, word, fillers, report)


def linked(links: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "A man *with (close) links to* the Front", but not "with suspected links to it", "with no links to it"."""
    bearer = links.head.head
    doubts = ties_of(links).doubts
    doubted = any((c.dep_ == "det" and c.lower_ == "no") or c.lower_ in doubts for c in links.children)
    if doubted or bearer.pos_ not in {"NOUN", "PROPN"}:
        return
    for source in fillers.actors_in(bearer, depth=0):
        for name in ("to", "with"):
            for target in (m for t in arguments(links).get(name, ()) for m in fillers.actors_in(t, depth=1)):
                if fillers.type_of(target) in BODIES:
                    yield tie_frame("affiliated_with", source, target, links, fillers, report)


def _is_beside(noun: Token) -> bool:
    """ "Soldiers *with* allied gunmen", "the army, alongside allied militias"."""
    return (
        noun.dep_ == "pobj" and noun.head.lower_ in {"with", "alongside"} and noun.head.head.pos_ in {"NOUN", "PROPN"}
    )


def _listed_behind(nouns: Token, fillers: Fillers) -> list[Mention]:
    """ "Its allies, *the Red Front* and *the Sea Wolves*": names behind a comma say who they are."""
    if nouns.tag_ != "NNS" or nouns.i + 1 >= len(nouns.doc) or nouns.nbor(1).text != ",":
        return []
    first = next((c for c in nouns.rights if c.dep_ in {"appos", "conj"}), None)
    if first is None or first.pos_ != "PROPN" or any(c.dep_ == "cc" and c.i < first.i for c in nouns.rights):
        return []
    return [m for t in conjuncts(first) for m in (fillers.actor(t),) if m is not None]


def _others(verb: Token, noun: Token, fillers: Fillers) -> list[Mention]:
    """Those who do what the verb tells, without whom `noun` is said of."""
    return [m for t in arguments(verb).get("A", ()) if t.i != noun.i for m in fillers.actors_in(t, depth=1)]


def participle(word: Token, kind: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """A participle joined to a name by a hyphen: "the Gulf-backed alliance"."""
    joined = word.i >= 2 and word.nbor(-1).text == "-" and word.sent.start <= word.i - 2
    if not joined or word.head.pos_ not in {"NOUN", "PROPN"}:
        return
    name = word.nbor(-2)
    holders = [m for m in fillers.actors.get(name.i, ()) if m.span.end <= fillers.passage.at(word).start]
    groups = fillers.actors_in(word.head, depth=1)
    if holders and groups:
        first, second = holders[-1], groups[0]
        source, target = (first, second) if kind == "allied_with" else (second, first)
        yield tie_frame(kind, source, target, word, fillers, report)


def pro(prefix: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "pro-government fighters": allied with a party of that name, when the report speaks of one."""
    after = fillers.text[fillers.passage.at(prefix).end + 1 :].casefold()
    favoured = prefix.nbor(2).lower_
    start = fillers.passage.at(prefix).start
    bearer = next((m for m in fillers.mentions if m.kind == "actor" and m.span.start <= start < m.span.end), None)
    if bearer is None or prefix.nbor(1).text != "-":
        return
    outlet = fillers.type_of(bearer) == "media"
    if outlet and not bearer.quote.split()[-1][:1].isupper():
        return  # "pro-government *media*" take a side and belong to none
    last = [e for e in fillers.entities.values() if any(n.text.casefold().split()[-1:] == [favoured] for n in e.names)]
    for entity in (*last, *fillers.entities.values()):
        words = {w for n in entity.names for w in n.text.casefold().replace("’", "'").split()}
        named = any(after.startswith(n.text.casefold()) for n in entity.names) or (
            favoured in words and len(favoured) > 3
        )
        if entity not in last and entity.type == "armed_group" and not after.startswith(entity.name.casefold()):
            continue  # "pro-*Russian* rebels" are allied with Russia, and not with every "Russian gunman"
        if entity.type in FIGHTERS and named and entity.id != bearer.entity:
            other = next((m for m in fillers.report_actors if m.entity == entity.id), None)
            if other is not None:
                kind = "affiliated_with" if outlet else "allied_with"
                yield tie_frame(kind, bearer, other, prefix, fillers, report)
                return
