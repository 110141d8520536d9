"""Relation mentions: ties between two parties, from titles, group words, participles and verbs.

The words are in `lexicons/en/relations.yaml`. A tie of fighting is read off the violent events (`from_events`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

from khaldun.annotate.clause_words import clause_words
from khaldun.annotate.factuality import read_factuality
from khaldun.annotate.fillers import UNDER_ARMS, Fillers
from khaldun.annotate.ground import finding_id
from khaldun.annotate.nouns import read_noun
from khaldun.annotate.offices import bearers, title_key, titled
from khaldun.annotate.syntax import antecedent, arguments, clause_head, conjuncts
from khaldun.annotate.tie_frames import tie_frame
from khaldun.annotate.ties import Ties, ties_of
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import replace
from khaldun.model import UNKNOWN_TIME, Frame, Mention, Report
from khaldun.ontology import Kinds

_FIGHTERS = {"armed_group", "state_force", "state", "government"}
_OVER = {"leads", "commands"}
_OF_ITSELF = {"member_of", "leads", "commands"}
_BODIES = frozenset({"armed_group", "state_force", "organisation", "government", "state", "media"})
_ENDS: Mapping[str, frozenset[str | None]] = {
    "person": frozenset({"person"}),
    "body": _BODIES,
    "armed": frozenset({"armed_group", "state_force", "organisation", "state"}),
    "any": _BODIES | {"person", "population", None},
}
"""What the ends of an entry may be: who joins, funds or leaves what."""
_STATES = frozenset({"government", "state", "state_force"})


def find_relations(sentence: Tokens, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The relation frames of one sentence, each pair and kind once."""
    seen: set[tuple[str, str | None, str | None]] = set()
    words = ties_of(sentence[0])
    heads = (t for t in sentence if t.lemma_.lower() in words.heads or t.lower_ == "pro")
    for frame in chain(*(_at(t, words, fillers, report) for t in heads), _beside(fillers, report)):
        source = frame.roles["source"][0].entity
        target = next((m.entity for m in frame.roles.get("target", ())), None)
        key = (frame.kind, source, target or frame.values.get("title"))
        if source != target and key not in seen and not _is_misheard(frame, fillers):
            seen.add(key)
            yield frame


def _beside(fillers: Fillers, report: Report) -> Iterator[Frame]:
    """A name beside what it is of: "Colonel X *of the army*", "*the council's* X", "*X's* Falcon Brigade"."""
    for mention in fillers.mentions:
        if mention.kind != "actor" or mention.form != "name" or mention.id not in fillers.roots:
            continue
        name = fillers.passage.doc[fillers.roots[mention.id]]
        person = fillers.type_of(mention) == "person"
        for child in name.children:
            if child.dep_ == "poss" and child.i < name.i:
                owner = fillers.actor(child)
                if owner is None or owner.form == "pronoun" or owner.entity == mention.entity:
                    continue
                if person and fillers.type_of(owner) in _BODIES - {"state"}:
                    yield tie_frame("member_of", mention, owner, name, fillers, report)
                elif fillers.type_of(mention) in UNDER_ARMS and fillers.type_of(owner) == "person":
                    yield tie_frame("leads", owner, mention, name, fillers, report)
            elif person and child.dep_ == "prep" and child.lower_ == "of" and child.i == name.i + 1:
                of = (m for g in child.children if g.dep_ == "pobj" for m in (fillers.actor(g),) if m is not None)
                for body in of:
                    if fillers.type_of(body) in _BODIES - {"state"}:
                        yield tie_frame("member_of", mention, body, name, fillers, report)


def _is_misheard(frame: Frame, fillers: Fillers) -> bool:
    """ "*They* belong to the Islamic State" is not said of a government, whoever was named last."""
    belongs = frame.kind in {"part_of", "member_of", "loyal_to"} and frame.roles["source"][0].form == "pronoun"
    if not belongs:
        return False
    source, target = frame.roles["source"][0], frame.roles["target"][0]
    return fillers.type_of(source) in _STATES and fillers.type_of(target) == "armed_group"


def _at(token: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    if token.lower_ == "allied" and token.dep_ in {"amod", "acl"}:
        yield from _allied(token, fillers, report)
    if token.lemma_ in words.links and token.dep_ == "pobj" and token.head.lower_ == "with":
        yield from _linked(token, fillers, report)
    if token.lemma_ == "support" and token.dep_ == "pobj" and token.head.lower_ == "in":
        yield from _in_support(token, fillers, report)
    if token.lower_ == "pro" and token.i + 2 < len(token.doc):
        yield from _pro(token, fillers, report)
    if token.pos_ in {"NOUN", "PROPN"}:
        title = title_key(token, words.titles)
        if title is not None:
            yield from titled(token, title, fillers, report)
        if token.lemma_.lower() in words.outlets:
            yield from _outlet(token, fillers, report)
        branch = title_key(token, words.branches)
        if branch is not None:
            yield from _branch(token, words.branches[branch], fillers, report)
    if token.tag_ in {"VBN", "VBD", "JJ"} and token.lemma_.lower() in words.participles:
        yield from _participle(token, words.participles[token.lemma_.lower()], fillers, report)
    for row in words.predicates.get(token.lemma_.lower(), ()):
        yield from _predicate(token, row, fillers, report)


# ---------------------------------------------------------------------------------------------- groups


def _branch(noun: Token, kind: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "the network's affiliate X", "X, the armed wing of Y", "X is a rival of Y", "its rivals in X"."""
    borne = _listed_behind(noun, fillers) or bearers(noun, fillers)
    if not borne and noun.head.pos_ == "PROPN":
        own = fillers.actor(noun.head)
        borne = [own] if own is not None else []
    owners: list[Mention] = []
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"}:
            owners += fillers.actors_in(child, depth=1)
        elif child.dep_ == "prep" and child.lower_ in {"of", "to", "in", "within"}:
            owners += [m for g in child.children if g.dep_ == "pobj" for m in fillers.actors_in(g, depth=2)]
    if noun.dep_ in {"compound", "nmod", "appos"}:
        owners += [m for c in noun.head.children if c.dep_ == "poss" for m in fillers.actors_in(c, depth=1)]
    if kind in {"rival_of", "allied_with"} and any(c.tag_ == "PRP$" for c in noun.children):
        verb = clause_head(noun)  # "clashed with *its* rivals in the council": the subject's rivals
        while verb.dep_ in {"advcl", "ccomp"} and verb.head.i != verb.i and not _others(verb, noun, fillers):
            verb = verb.head  # "X signed, while *its* rival did not"
        owners = _others(verb, noun, fillers) + owners
    if kind in {"rival_of", "allied_with"} and noun.dep_ == "attr" and not owners and len(borne) == 1:
        others = [
            m for t in noun.head.children if t.dep_ == "nsubj" for c in conjuncts(t) for m in fillers.actors_in(c)
        ]
        owners = [m for m in others if m.entity != borne[0].entity]  # "A and B are *allies*"
    bearing = {b.entity for b in borne}
    owners = list({m.entity or m.id: m for m in reversed(owners)}.values())[::-1]
    if kind == "rival_of" and len(owners) > 1:  # "its rivals in the council": the possessor and the one named
        yield tie_frame(kind, owners[0], owners[1], noun, fillers, report)
        return
    turned = noun.lemma_.lower() in ties_of(noun).turned
    for bearer in borne if noun.tag_ == "NNS" else borne[:1]:
        for owner in [o for o in owners if o.entity not in bearing][:1]:
            source, target = (owner, bearer) if turned else (bearer, owner)
            yield tie_frame(kind, source, target, noun, fillers, report)


def _outlet(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "X, *the news agency* of the Front", "*a radio station* run by the Front", "the Front's *television*, X"."""
    own = [m for m in bearers(noun, fillers) if m.form != "description" and fillers.type_of(m) == "media"][:1]
    owners = [m for c in noun.children if c.dep_ == "poss" for m in fillers.actors_in(c, depth=0)]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            owners += [m for g in child.children if g.dep_ == "pobj" for m in fillers.actors_in(g, depth=0)]
        elif child.dep_ == "acl" and child.lemma_ in ties_of(noun).owning:
            owners += [m for t in arguments(child).get("A", ()) for m in fillers.actors_in(t, depth=0)]
    for source in own:
        for owner in [o for o in owners if o.entity != source.entity and fillers.type_of(o) in _BODIES - {"media"}][:1]:
            yield tie_frame("affiliated_with", source, owner, noun, fillers, report)


def _allied(word: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The army and *allied militias*": allied with what they are named beside; "troops with allied gunmen"."""
    noun = word.head
    if noun.i < word.i or any(c.dep_ == "prep" and c.lower_ in {"to", "with"} for c in word.children):
        return
    beside = noun.head if noun.dep_ == "conj" else noun.head.head if _is_beside(noun) else None
    if beside is None:
        return
    for friend in fillers.actors_in(noun, depth=1)[:1]:
        for other in fillers.actors_in(beside, depth=1)[:1]:
            if fillers.type_of(friend) in _BODIES | {"population"} and fillers.type_of(other) in _BODIES:
                yield tie_frame("allied_with", friend, other, word, fillers, report)


def _linked(links: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "A man *with (close) links to* the Front", but not "with suspected links to it", "with no links to it"."""
    bearer = links.head.head
    doubts = ties_of(links).doubts
    doubted = any((c.dep_ == "det" and c.lower_ == "no") or c.lower_ in doubts for c in links.children)
    if doubted or bearer.pos_ not in {"NOUN", "PROPN"}:
        return
    for source in fillers.actors_in(bearer, depth=0):
        for name in ("to", "with"):
            for target in (m for t in arguments(links).get(name, ()) for m in fillers.actors_in(t, depth=1)):
                if fillers.type_of(target) in _BODIES:
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


def _participle(word: Token, kind: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
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


def _pro(prefix: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "pro-government fighters": allied with a party of that name, when the report speaks of one."""
    after = fillers.text[fillers.passage.at(prefix).end + 1 :].casefold()
    favoured = prefix.nbor(2).lower_
    start = fillers.passage.at(prefix).start
    bearer = next((m for m in fillers.mentions if m.kind == "actor" and m.span.start <= start < m.span.end), None)
    if bearer is None or prefix.nbor(1).text != "-":
        return
    for entity in fillers.entities.values():
        words = {w for n in entity.names for w in n.text.casefold().replace("’", "'").split()}
        named = any(after.startswith(n.text.casefold()) for n in entity.names) or (
            favoured in words and len(favoured) > 3
        )
        if entity.type in _FIGHTERS and named and entity.id != bearer.entity:
            other = next((m for m in fillers.report_actors if m.entity == entity.id), None)
            if other is not None:
                yield tie_frame("allied_with", bearer, other, prefix, fillers, report)
                return


def _in_support(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "carried out strikes in support of X": whoever acts is allied with X."""
    verb = clause_head(noun)
    actors = [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    helped = [m for t in arguments(noun).get("of", ()) for m in fillers.actors_in(t, depth=1)]
    for actor in actors[:1]:
        for other in helped[:1]:
            yield tie_frame("allied_with", actor, other, noun, fillers, report)


def _predicate(word: Token, row: Mapping[str, Any], fillers: Fillers, report: Report) -> Iterator[Frame]:
    if not _has_its_words(word, row) or _is_only_suspected(word):
        return
    himself = row["kind"] in _OVER and row["source"] == "A"  # "the *president's* brother now heads the party"
    sources = _named(_parties(word, row["source"], fillers, depth=0 if himself else 1), fillers)
    if word.lemma_ == "replace" and (named := _parties(word, "with", fillers)):
        sources = named  # "the president *replaced* the general *with* his deputy"
    # one joins a group, not the fight that it leads, and who leads a group's efforts abroad does not lead the group:
    # there the object itself must be the party
    targets = _parties(word, row["target"], fillers, depth=0 if row["kind"] in _OF_ITSELF else 1)
    kind = row["kind"]
    if not targets and kind in {"leads", "commands"}:  # he is of the group whose efforts he leads
        kind, targets = "member_of", _owners_of(arguments(word).get("P", ()), fillers)
    reading = read_factuality(word)
    if reading.negated or reading.modality != "actual":
        return
    if kind in _OF_ITSELF and _is_past_habit(word):
        kind = "former_member_of"
    if not targets and "particle" in row:  # "broke *away* from", "took *over* as leader of the Front from"
        targets = _behind_particle(word, row["target"], fillers)
    if not sources and "particle" in row:
        sources = _behind_particle(word, row["source"], fillers)
    if row["target"] == "one another":  # "A and B formed an alliance"
        sources, targets = sources[:1], sources[1:2]
    if "ends" in row:
        wanted = [_ENDS[end] for end in row["ends"]]
        sources = [m for m in sources if fillers.type_of(m) in wanted[0]]
        targets = [m for m in targets if fillers.type_of(m) in wanted[1]]
    for source in sources:
        for target in targets:
            if kind in {"leads", "commands"} and fillers.type_of(target) in {"person", "population", None}:
                continue
            if kind == "member_of" and (fillers.type_of(target) == "person" or target.quote.casefold() == "them"):
                continue  # "joined *the chairman* in Erez"
            if row["kind"] == "leads" and fillers.type_of(source) not in {"person"}:
                continue
            if row["kind"] == "part_of" and fillers.type_of(source) == "person":
                kind = "member_of"
            yield tie_frame(kind, source, target, word, fillers, report)


def _named(sources: Sequence[Mention], fillers: Fillers) -> list[Mention]:
    """Persons by name where there are any: "once an aide to Salim Harb, *Omar Saleh* commanded the Front"."""
    named = [m for m in sources if m.form == "name" and fillers.type_of(m) == "person"]
    return [m for m in sources if not named or m in named or fillers.type_of(m) != "person"]


def _is_past_habit(verb: Token) -> bool:
    """ "*Used to* lead the Front": he does so no longer."""
    return verb.dep_ == "xcomp" and verb.head.lower_ == "used"


def _is_only_suspected(word: Token) -> bool:
    """ "Thirty men accused of *funding* the league": nobody says that they do."""
    if word.dep_ != "pcomp":
        return False
    suspecting = word.head.head
    return (
        suspecting.tag_ == "VBN" and suspecting.lemma_ in clause_words().accusing and not arguments(suspecting).get("A")
    )


def _has_its_words(word: Token, row: Mapping[str, Any]) -> bool:
    """True where the words that the entry asks for stand with its verb: "pledged *allegiance*", "broke *away*"."""
    if row.get("finite") and (word.tag_ == "VBG" or any(c.dep_ in {"oprd", "acomp", "ccomp"} for c in word.children)):
        return False
    held = {c.lemma_.lower() for c in word.children if c.dep_ in {"dobj", "nsubjpass"}}
    if "complement" in row and held.isdisjoint(row["complement"]):
        return False
    if not held.isdisjoint(row.get("without", ())):
        return False
    if "by" in row and not _is_by_means(word, row["by"]):
        return False
    beside = {c.lower_ for c in word.children if c.dep_ in {"prt", "advmod", "prep"}}
    return "particle" not in row or not beside.isdisjoint(row["particle"])


def _is_by_means(word: Token, means: Sequence[str]) -> bool:
    """ "Supplied the Front *with rifles*"."""
    given = (t for w in (word, *word.children) for t in arguments(w).get("with", ()) if w is word or w.dep_ == "dobj")
    return any(t.lemma_.lower() in means for t in given)


def _owners_of(objects: Iterable[Token], fillers: Fillers) -> list[Mention]:
    owners = (c for t in objects for c in t.children if c.dep_ == "poss")
    return [m for owner in owners for m in fillers.actors_in(owner, depth=0) if fillers.type_of(m) != "person"]


def _parties(word: Token, where: str, fillers: Fillers, *, depth: int = 1) -> list[Mention]:
    functions = arguments(word)
    tokens: list[Token] = []
    if where == "above":  # "the Front, *under the command* of X", "the Front is *at odds* with X"
        over = word.head.head if word.dep_ == "pobj" else word
        over = over.head if over.is_punct else over
        verb = over if over.pos_ in {"VERB", "AUX"} else None
        tokens += [over] if verb is None else [*functions.get("A", ()), *arguments(verb).get("A", ())]
    elif where in {"A", "P", "AP"}:
        for name in where:
            tokens += functions.get(name, ())
        if where == "AP" and not tokens and word.dep_ in {"amod", "acl", "relcl", "appos"}:
            tokens.append(word.head)
        if where == "AP" and not tokens and word.dep_ == "acomp":
            tokens += [c for c in word.head.children if c.dep_ == "nsubj"]
    else:
        held = [c for c in word.children if c.dep_ == "dobj"]  # "pledged allegiance to": the phrase hangs on the noun
        for name in where.split("|"):
            tokens += functions.get(name, ())
            tokens += [t for c in held for t in arguments(c).get(name, ())]
            tokens += [
                g
                for c in word.children
                if c.dep_ in {"prep", "dep"} and c.lower_ == name  # "the alliance *to which* it belongs" is no "prep"
                for g in c.children
                if g.dep_ == "pobj"
            ]
    return list(dict.fromkeys(m for t in tokens for m in _party(antecedent(t), fillers, depth)))


def _party(token: Token, fillers: Fillers, depth: int) -> Sequence[Mention]:
    """Who is meant by a phrase; of "the Front, a banned *group* founded by X" that is the Front."""
    found = fillers.actors_in(token, depth=depth)
    return fillers.actors_in(token.head, depth=0) if not found and token.dep_ == "appos" else found


def _behind_particle(word: Token, where: str, fillers: Fillers) -> list[Mention]:
    """The party behind a preposition that the parser hangs on a particle or on a noun in between."""
    names = where.split("|")
    preps = (t for t in word.subtree if t.i > word.i and t.dep_ == "prep" and t.lower_ in names)
    return next(([m] for p in preps for g in p.children for m in fillers.actors_in(g, depth=0)), [])


def from_events(
    events: Iterable[Frame],
    types: Mapping[str, str | None],
    mentions: Sequence[Mention],
    report: Report,
    kinds: Kinds,
) -> Iterator[Frame]:
    """Fighting read off violent events between armed parties, and founders off foundings; each pair once."""
    named = [m for m in mentions if m.kind == "actor" and m.form in {"name", "acronym"}]
    described = [m for m in mentions if m.kind == "actor" and m.form == "description"]

    def whole(part: Mention) -> Mention:
        inside = [m for m in named if part.span.contains(m.span) and m.entity != part.entity]
        inside += [m for m in described if m.span.end == part.span.end and m.span.start > part.span.start]
        is_whole = part.form == "description" and inside and types.get(inside[0].entity or "") in _FIGHTERS
        return inside[0] if is_whole else part

    seen: set[tuple[str, frozenset[str]]] = set()
    for event in events:
        if event.negated or event.modality != "actual":
            continue
        pairs: list[tuple[str, Mention, Mention]] = []
        if event.kind == "organisation.founded":
            pairs = [("founded", a, t) for a in event.roles.get("actor", ()) for t in event.roles.get("target", ())]
        elif (kind := kinds[event.kind]).violent:
            pairs = [("fights", a, b) for a, b in _foes(event, types, whole, two_sided=kind.two_sided)]
        for tie, source, target in pairs:
            key = (tie, frozenset({source.entity or "", target.entity or ""}))
            if len(key[1]) == 2 and key not in seen:
                seen.add(key)
                yield _derived(tie, source, target, event, report)


def _foes(
    event: Frame, types: Mapping[str, str | None], whole: Callable[[Mention], Mention], *, two_sided: bool
) -> list[tuple[Mention, Mention]]:
    """The pairs that fight; "key figures in the council" fight as the council."""
    sides = _FIGHTERS | {"organisation"} if two_sided else _FIGHTERS
    event = replace(event, roles={role: tuple(map(whole, mentions)) for role, mentions in event.roles.items()})
    actors, targets = (
        [m for m in event.roles.get(role, ()) if types.get(m.entity or "") in sides and not _is_bare_equipment(m)]
        for role in ("actor", "target")
    )
    if two_sided:
        return list(combinations(actors, 2)) if len(actors) == 2 else []
    return [(a, t) for a in actors for t in targets]


def _is_bare_equipment(mention: Mention) -> bool:
    """ "*Two jets* bombed the camp of the militia" does not say who fights it."""
    words = mention.quote.split()
    noun = read_noun(words[-1]) if mention.form == "description" and len(words) <= 2 else None
    return noun is not None and noun.entry.must_strike and (len(words) == 1 or not words[0][:1].isupper())


def _derived(kind: str, source: Mention, target: Mention, event: Frame, report: Report) -> Frame:
    return Frame(
        id=finding_id(report, f"relation:{kind}:{source.id}:{target.id}", event.trigger),
        kind=kind,
        trigger=event.trigger,
        evidence=event.evidence,
        roles={"source": (source,), "target": (target,)},
        when=event.when if event.kind == "organisation.founded" else UNKNOWN_TIME,
        hedged=event.hedged,
        distanced=event.distanced,
        weight=round(event.weight * 0.9, 2),
        made_by=f"rule:relations/from-{event.kind}",
    )
