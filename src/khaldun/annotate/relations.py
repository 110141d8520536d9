"""Relation mentions: ties between two parties, from titles, group words, participles and verbs.

The words are in `lexicons/en/relations.yaml`. A tie of fighting is read off the violent events (`from_events`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from khaldun.annotate.circumstances import time_of, until_published
from khaldun.annotate.factuality import Reading, read_factuality
from khaldun.annotate.fillers import Fillers
from khaldun.annotate.ground import finding_id
from khaldun.annotate.syntax import arguments, clause_head, conjuncts, over_as
from khaldun.annotate.ties import Ties, ties, ties_of
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import replace
from khaldun.model import UNKNOWN_TIME, Frame, Mention, Report, Span, When, hull
from khaldun.ontology import Kinds

_FIGHTERS = {"armed_group", "state_force", "state", "government"}
_SERVING = {"serve", "succeed", "act", "replace", "resign", "surface", "emerge", "return", "rule", "remain", "quit"}
_OF_ITSELF = {"member_of", "leads", "commands"}
_NAMING = {"identify", "name", "describe", "know", "appoint", *_SERVING}
_STATES = frozenset({"government", "state", "state_force"})


def find_relations(sentence: Tokens, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The relation frames of one sentence, each pair and kind once."""
    seen: set[tuple[str, str | None, str | None]] = set()
    words = ties_of(sentence[0])
    for token in sentence:
        if token.lemma_.lower() not in words.heads and token.lower_ != "pro":
            continue
        for frame in _at(token, words, fillers, report):
            source, target = frame.roles["source"][0], frame.roles["target"][0]
            key = (frame.kind, source.entity, target.entity)
            if source.entity != target.entity and key not in seen and not _is_misheard(frame, fillers):
                seen.add(key)
                yield frame


def _is_misheard(frame: Frame, fillers: Fillers) -> bool:
    """ "*They* belong to the Islamic State" is not said of a government, whoever was named last."""
    source, target = frame.roles["source"][0], frame.roles["target"][0]
    belongs = frame.kind in {"part_of", "member_of", "loyal_to"} and source.form == "pronoun"
    return belongs and fillers.type_of(source) in _STATES and fillers.type_of(target) == "armed_group"


def _at(token: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    if token.lemma_ == "support" and token.dep_ == "pobj" and token.head.lower_ == "in":
        yield from _in_support(token, fillers, report)
    if token.lower_ == "pro" and token.i + 2 < len(token.doc):
        yield from _pro(token, fillers, report)
    if token.pos_ in {"NOUN", "PROPN"}:
        title = _title_key(token, words.titles)
        if title is not None:
            yield from _titled(token, title, fillers, report)
        branch = words.branches.get(token.lemma_.lower())
        if branch is not None:
            yield from _branch(token, branch, fillers, report)
    if token.tag_ in {"VBN", "VBD", "JJ"} and token.lemma_.lower() in words.participles:
        yield from _participle(token, words.participles[token.lemma_.lower()], fillers, report)
    for row in words.predicates.get(token.lemma_.lower(), ()):
        yield from _predicate(token, row, fillers, report)


def _title_key(token: Token, titles: Mapping[str, str]) -> str | None:
    lemma = token.lemma_.lower()
    if token.i > 0 and not token.is_sent_start:
        two = f"{token.nbor(-1).lower_} {lemma}"
        if two in titles:
            return two
    return lemma if lemma in titles else None


# ---------------------------------------------------------------------------------------------- titles and offices


def _titled(title: Token, key: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """Who bears the title, of which body: "army spokesman X", "X, then the chairman of Y", "members of Y"."""
    bearers = _bearers(title, fillers)
    bodies = _bodies(title, fillers, bearers)
    if key in {"source", "insider"}:  # "a Reuters source" told the agency, and is not of it
        bodies = [body for body in bodies if fillers.type_of(body) != "media"]
    if not bearers or not bodies:
        return
    kind = ties_of(title).titles[key]
    modifiers = {
        c.lower_.rstrip("-")
        for c in title.subtree
        if c.i < title.i and c.dep_ in {"amod", "advmod", "compound", "nmod", "neg"}
    }
    if modifiers & ties().deputies and kind in {"leads", "commands", "holds_office"}:
        kind = "member_of"
    ended = bool(modifiers & (ties().former - {"then", "late"}))
    if ended and kind in {"member_of", "leads", "commands", "holds_office"}:
        kind = "former_member_of"
    for bearer in bearers:
        if kind == "member_of" and bearer.form == "name" and fillers.type_of(bearer) not in {"person", None}:
            kind = "part_of"
        for body in bodies[: 1 if kind != "member_of" else 2]:
            if kind in {"leads", "commands"} and _in_its_doings(title, body, fillers):
                kind = "member_of"
            yield _tie(kind, bearer, body, title, fillers, report, {"title": _title_words(title, fillers)})


def _in_its_doings(title: Token, body: Mention, fillers: Fillers) -> bool:
    """ "A leader in *the group's battles*" does not lead the group."""
    parts = [g for c in title.children if c.dep_ == "prep" and c.lower_ == "in" for g in c.children if g.dep_ == "pobj"]
    owners = [c for part in parts if fillers.actor(part) is None for c in part.children if c.dep_ == "poss"]
    return any(body in fillers.actors_in(owner, depth=0) for owner in owners)


def _title_words(title: Token, fillers: Fillers) -> str:
    """The title as printed, with its own modifiers: "military commander", "deputy director"."""
    first = title
    for child in sorted(title.children, key=lambda t: -t.i):
        if (
            child.i == first.i - 1
            and child.dep_ in {"amod", "compound"}
            and fillers.actor(child) is None
            and not child.ent_type_
        ):
            first = child
    last = title
    following = title.doc[title.i + 1 : title.i + 3]
    if following.text.lower() == "of staff":  # "chief of staff" is one title
        last = following[-1]
    return fillers.passage.span([first, last]).of(fillers.text)


def _bearers(title: Token, fillers: Fillers) -> list[Mention]:
    """The persons or groups that bear the title: a name beside it, its subject, or the described person itself."""
    named: list[Token] = []
    head = title.head
    if title.dep_ in {"compound", "nmod", "amod"} and head.pos_ == "PROPN":
        named.append(head)
    elif title.dep_ == "appos":
        named.append(head)
        if any(c.lower_ == "both" for c in title.children) or title.tag_ == "NNS":  # "A and B, both members of C"
            first = head.head if head.dep_ == "conj" else head
            named += [t for t in conjuncts(first) if t != head]
    elif title.dep_ == "attr" and head.lemma_ == "be":
        named += [c for c in head.children if c.dep_ == "nsubj"]
    elif title.dep_ in {"attr", "oprd", "dobj"} and head.lower_ == "turned" and head.nbor(-1).pos_ == "NOUN":
        first = head.nbor(-1)  # "Omar Saleh, a farmer turned Red Front loyalist"
        named.append(first.head if first.dep_ == "appos" else first)
    elif title.dep_ == "pobj" and head.lower_ == "as" and (naming := [v for v in over_as(head) if v.lemma_ in _NAMING]):
        verb = naming[0]
        named += [
            c for c in verb.children if c.dep_ in ({"nsubjpass", "dobj"} if verb.lemma_ not in _SERVING else {"nsubj"})
        ]
    named += [c for c in title.children if c.dep_ in {"appos"} and c.pos_ == "PROPN"]
    if not named:  # "his envoy to Libya, X": the parser hangs the name on the place
        named += [
            c
            for p in title.children
            if p.dep_ == "prep"
            for g in p.children
            for c in g.children
            if c.dep_ == "appos" and _is_person(c, fillers)
        ]
    found = [m for t in named for m in (fillers.actor(t),) if m is not None]
    if found:
        return found
    own = fillers.actor(title)
    return [own] if own is not None else []


def _is_person(name: Token, fillers: Fillers) -> bool:
    """False for what only explains the body: "a spokesman for MINUSMA, *the mission* in Mali"."""
    actor = fillers.actor(name)
    return actor is not None and fillers.type_of(actor) == "person"


def _bodies(title: Token, fillers: Fillers, bearers: Sequence[Mention]) -> list[Mention]:
    """The body that the title belongs to: its possessor, the name before it, or after "of", "for", "in"."""
    bearing = {b.entity for b in bearers}
    nested = [
        m
        for m in fillers.mentions
        if m.kind == "actor" and m.form != "pronoun" and m.entity not in bearing
        if any(b.span.contains(m.span) and m.span.start > fillers.passage.at(title).start for b in bearers)
    ]
    before: list[Mention] = []
    after: list[Mention] = []
    for child in title.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod", "npadvmod"}:
            before += fillers.actors_in(child, depth=1)
        elif child.dep_ == "prep" and child.lower_ in {"of", "for", "in", "from", "with", "at", "to", "within"}:
            for inner in (t for g in child.children if g.dep_ == "pobj" for t in conjuncts(g)):
                after += fillers.actors_in(inner, depth=2)
    if title.dep_ in {"compound", "nmod"}:  # "SDF commander Name": the parser hangs both on the name
        before += [
            m
            for c in title.head.children
            if c.dep_ in {"compound", "nmod", "poss", "amod"} and c.i < title.i
            for m in fillers.actors_in(c, depth=1)
        ]
    if ties_of(title).titles.get(title.lemma_.lower()) == "liaison_of" and before:
        return list(dict.fromkeys(before))
    found = [
        m for m in (*before, *after) if m.entity not in bearing and fillers.type_of(m) not in {"population", "person"}
    ]
    people = [m for m in (*before, *after) if m.entity not in bearing and fillers.type_of(m) == "person"]
    return list(dict.fromkeys(found or people or nested))


# ---------------------------------------------------------------------------------------------- groups


def _branch(noun: Token, kind: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "the network's affiliate X", "X, the armed wing of Y", "X is a rival of Y", "its rivals in X"."""
    bearers = _bearers(noun, fillers)
    if not bearers and noun.head.pos_ == "PROPN":
        own = fillers.actor(noun.head)
        bearers = [own] if own is not None else []
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
        owners = [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)] + owners
    bearing = {b.entity for b in bearers}
    if kind == "rival_of" and len(owners) > 1:  # "its rivals in the council": the possessor and the one named
        yield _tie(kind, owners[0], owners[1], noun, fillers, report)
        return
    for bearer in bearers[:1]:
        for owner in [o for o in owners if o.entity not in bearing][:1]:
            yield _tie(kind, bearer, owner, noun, fillers, report)


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
        yield _tie(kind, source, target, word, fillers, report)


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
                yield _tie("allied_with", bearer, other, prefix, fillers, report)
                return


def _in_support(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "carried out strikes in support of X": whoever acts is allied with X."""
    verb = clause_head(noun)
    actors = [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    helped = [m for t in arguments(noun).get("of", ()) for m in fillers.actors_in(t, depth=1)]
    for actor in actors[:1]:
        for other in helped[:1]:
            yield _tie("allied_with", actor, other, noun, fillers, report)


def _predicate(word: Token, row: Mapping[str, Any], fillers: Fillers, report: Report) -> Iterator[Frame]:
    complements = row.get("complement")
    if complements and not any(c.lemma_.lower() in complements for c in word.children if c.dep_ == "dobj"):
        return
    sources = _parties(word, row["source"], fillers)
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
    for source in sources:
        for target in targets:
            if kind in {"leads", "commands"} and fillers.type_of(target) in {"person", "population", None}:
                continue
            if row["kind"] == "leads" and fillers.type_of(source) not in {"person"}:
                continue
            yield _tie(kind, source, target, word, fillers, report)


def _owners_of(objects: Iterable[Token], fillers: Fillers) -> list[Mention]:
    owners = (c for t in objects for c in t.children if c.dep_ == "poss")
    return [m for owner in owners for m in fillers.actors_in(owner, depth=0) if fillers.type_of(m) != "person"]


def _parties(word: Token, where: str, fillers: Fillers, *, depth: int = 1) -> list[Mention]:
    functions = arguments(word)
    tokens: list[Token] = []
    if where in {"A", "P", "AP"}:
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
                if c.dep_ == "prep" and c.lower_ == name
                for g in c.children
                if g.dep_ == "pobj"
            ]
    return list(dict.fromkeys(m for t in tokens for m in fillers.actors_in(t, depth=depth)))


# ---------------------------------------------------------------------------------------------- frames


def _tie(
    kind: str,
    source: Mention,
    target: Mention,
    word: Token,
    fillers: Fillers,
    report: Report,
    values: Mapping[str, str] | None = None,
) -> Frame:
    trigger = fillers.passage.at(word)
    evidence = hull([trigger, source.span, target.span]) if _near(source, target, trigger) else trigger
    return Frame(
        id=finding_id(report, f"relation:{kind}:{source.id}:{target.id}", trigger),
        kind=kind,
        trigger=trigger,
        evidence=evidence,
        roles={"source": (source,), "target": (target,)},
        values=dict(values or {}),
        when=_tie_time(word, fillers, report),
        weight=0.8,
        made_by=f"rule:relations/{kind}",
    )


def _near(source: Mention, target: Mention, trigger: Span) -> bool:
    return (
        max(source.span.end, target.span.end, trigger.end) - min(source.span.start, target.span.start, trigger.start)
        < 400
    )


def _tie_time(word: Token, fillers: Fillers, report: Report) -> When:
    """A tie has the time its own words give, or none: an office may be older than the report."""
    for child in word.children:
        if child.dep_ == "advcl" and any(c.lower_ == "until" for c in child.children):
            ended = time_of(child, fillers, report, Reading())  # "who led the group until he was killed in June"
            return When(None, ended.latest, ended.basis, ended.anchor, ended.span)
    if word.pos_ in {"NOUN", "PROPN"} and {c.lower_ for c in word.children} & ties().former:
        return until_published(report, Reading())  # "then the chairman": no longer
    if word.pos_ not in {"VERB", "AUX"} or word.dep_ in {"amod", "acl"}:
        return UNKNOWN_TIME  # a title or a modifier does not take the time of its clause
    when = time_of(word, fillers, report, Reading())
    return when if when.basis not in {"published", "none"} else UNKNOWN_TIME


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
    actors = [m for m in event.roles.get("actor", ()) if types.get(m.entity or "") in sides]
    targets = [m for m in event.roles.get("target", ()) if types.get(m.entity or "") in sides]
    if two_sided:
        return list(combinations(actors, 2)) if len(actors) == 2 else []
    return [(a, t) for a in actors for t in targets]


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
