"""Relation mentions: ties between two parties, from titles, group words, participles and verbs.

The words are in `lexicons/en/relations.yaml`. A tie of fighting is read off the violent events (`from_events`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

from khaldun.annotate.actors.nationality import country_led
from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.syntax import antecedent, arguments
from khaldun.annotate.grammar.tie_words import Ties, ties_of
from khaldun.annotate.ground import finding_id
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.roles.fillers import UNDER_ARMS, Fillers
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.ties import groups as tie_groups
from khaldun.annotate.ties.branches import branch_led
from khaldun.annotate.ties.deeds import told_by_deeds
from khaldun.annotate.ties.frames import BODIES, FIGHTERS, tie_frame
from khaldun.annotate.ties.joint import joint
from khaldun.annotate.ties.lists import as_member, head_of_list, is_of_two, of_two_groups
from khaldun.annotate.ties.media import of_a_state
from khaldun.annotate.ties.offices import title_key, titled
from khaldun.annotate.ties.owned import owned
from khaldun.annotate.ties.times import deed_time
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import replace
from khaldun.model import Frame, Mention, Report
from khaldun.ontology import Kinds

_OVER = {"leads", "commands"}
_OF_ITSELF = {"member_of", "leads", "commands"}
_ENDS: Mapping[str, frozenset[str | None]] = {
    "person": frozenset({"person"}),
    "body": BODIES,
    "armed": frozenset({"armed_group", "state_force", "organisation", "state"}),
    "outlet": frozenset({"media", "organisation"}),
    "any": BODIES | {"person", "population", None},
}
"""What the ends of an entry may be: who joins, funds or leaves what."""
_STATES = frozenset({"government", "state", "state_force"})


def find_relations(sentence: Tokens, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The relation frames of one sentence, each pair and kind once."""
    seen: set[tuple[str, str | None, str | None]] = set()
    words = ties_of(sentence[0])
    heads = (t for t in sentence if t.lemma_.lower() in words.heads or t.lower_ == "pro")
    told = (_at(t, words, fillers, report) for t in heads)
    of_others = (
        _beside(fillers, report),
        owned(fillers, report),
        of_two_groups(fillers, report),
        joint(tuple(sentence), fillers, report),
    )
    for frame in chain(*told, *of_others):
        source = frame.roles["source"][0].entity
        target = next((m.entity for m in frame.roles.get("target", ())), None)
        key = (frame.kind, source, target or frame.values.get("title"))
        if source != target and key not in seen and not _is_misheard(frame, fillers):
            seen.add(key)
            yield as_member(frame)


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
                if person and fillers.type_of(owner) in BODIES - {"state"}:
                    yield tie_frame("member_of", mention, owner, name, fillers, report)
                elif person and _is_known_to_lead(mention, owner):
                    frame = tie_frame("leads", mention, owner, name, fillers, report)
                    yield replace(frame, inferred=frozenset({"target"}))
                elif fillers.type_of(mention) in UNDER_ARMS and fillers.type_of(owner) == "person":
                    yield tie_frame("leads", owner, mention, name, fillers, report)
            elif person and child.dep_ == "prep" and child.lower_ == "of" and child.i == name.i + 1:
                of = (m for g in child.children if g.dep_ == "pobj" for m in (fillers.actor(g),) if m is not None)
                for body in of:
                    if fillers.type_of(body) in BODIES - {"state"}:
                        yield tie_frame("member_of", mention, body, name, fillers, report)


def _is_known_to_lead(name: Mention, state: Mention) -> bool:
    """ "*Iraq's Saddam Hussein*"."""
    told = state_of(state.quote)
    return told is not None and country_led(name.quote, titled=False) == told[1].iso3


def _is_misheard(frame: Frame, fillers: Fillers) -> bool:
    """ "*They* belong to the Islamic State" is not said of a government, whoever was named last."""
    if frame.kind == "holds_office" and fillers.type_of(frame.roles["source"][0]) not in {"person", "population", None}:
        return True  # a body holds no office
    belongs = frame.kind in {"part_of", "member_of", "loyal_to"} and frame.roles["source"][0].form == "pronoun"
    if not belongs:
        return frame.kind in {"part_of", "member_of"} and is_of_two(frame, fillers)
    source, target = frame.roles["source"][0], frame.roles["target"][0]
    return fillers.type_of(source) in _STATES and fillers.type_of(target) == "armed_group"


def _at(token: Token, words: Ties, fillers: Fillers, report: Report) -> Iterator[Frame]:
    if token.lower_ in tie_groups.SAID_BESIDE and token.dep_ in {"amod", "acl", "compound"}:
        yield from tie_groups.allied(token, tie_groups.SAID_BESIDE[token.lower_], fillers, report)
    if token.lemma_ in words.links and token.dep_ == "pobj" and token.head.lower_ == "with":
        yield from tie_groups.linked(token, fillers, report)
    if token.lower_ == "pro" and token.i + 2 < len(token.doc):
        yield from tie_groups.pro(token, fillers, report)
    if token.pos_ in {"NOUN", "PROPN"}:
        title = title_key(token, words.titles)
        if title is not None:
            yield from titled(token, title, fillers, report)
        if token.lemma_.lower() in words.outlets:
            yield from tie_groups.outlet(token, fillers, report)
            yield from of_a_state(token, fillers, report)
        branch = title_key(token, words.branches)
        if branch is not None:
            yield from tie_groups.branch(token, words.branches[branch], fillers, report)
    if token.tag_ in {"VBN", "VBD", "JJ"} and token.lemma_.lower() in words.participles:
        yield from tie_groups.participle(token, words.participles[token.lemma_.lower()], fillers, report)
    yield from told_by_deeds(token, words, fillers, report)
    for row in words.predicates.get(token.lemma_.lower(), ()):
        yield from _predicate(token, row, fillers, report)


# ------------------------------------------------------------------------------------------------ verbs


def _predicate(word: Token, row: Mapping[str, Any], fillers: Fillers, report: Report) -> Iterator[Frame]:
    if not _has_its_words(word, row) or _is_only_suspected(word):
        return
    if row["kind"] == "fights" and any(c.lower_ in ties_of(word).unarmed for c in word.children):
        return  # "its *propaganda* war with the Front"
    himself = row["kind"] in _OVER and row["source"] == "A"  # "the *president's* brother now heads the party"
    sources = _named(_parties(word, row["source"], fillers, depth=0 if himself else 1), fillers)
    if word.lemma_ == "replace" and (named := _parties(word, "with", fillers)):
        sources = named  # "the president *replaced* the general *with* his deputy"
    # one joins a group, not the fight that it leads, and who leads a group's efforts abroad does not lead the group:
    # there the object itself must be the party
    targets = _parties(word, row["target"], fillers, depth=0 if row["kind"] in _OF_ITSELF else 1)
    kind = row["kind"]
    if kind in {"leads", "commands"} and (body := _body_before(word, fillers)) is not None:
        targets = [body]
    if word.lemma_ == "join" and _is_joined_in_fight(word):
        kind, targets = "allied_with", [m for m in targets if fillers.type_of(m) in FIGHTERS]
    if not targets and kind in {"leads", "commands"}:  # he is of the group whose efforts he leads
        kind, targets = "member_of", _owners_of(arguments(word).get("P", ()), fillers)
        yield from _waging(word, row["source"], sources, fillers, report)
    reading = read_factuality(word)
    if reading.negated or reading.modality != "actual":
        return
    if kind in _OF_ITSELF and _is_past_habit(word):
        kind = "former_member_of"
    if not targets and "particle" in row:  # "broke *away* from", "took *over* as leader of the Front from"
        targets = _behind_particle(word, row["target"], fillers)
    if not sources and "particle" in row:
        sources = _behind_particle(word, row["source"], fillers)
    if kind == "allied_with" and row["target"] == "P":
        targets = [m for m in targets if not _is_of_what_is_said(m, word, fillers)]
    if row["target"] == "one another":  # "A and B formed an alliance"
        sources, targets = sources[:1], sources[1:2]
    if kind == "successor_of":  # "the president *replaced* the heads of the army": he is no army's successor
        people = any(fillers.type_of(m) == "person" for m in sources)
        targets = [m for m in targets if (fillers.type_of(m) == "person") == people]
    if "ends" in row:
        wanted = [_ENDS[end] for end in row["ends"]]
        sources = [m for m in sources if fillers.type_of(m) in wanted[0]]
        targets = [m for m in targets if fillers.type_of(m) in wanted[1]]
    if kind == "allied_with":
        targets = head_of_list(word, targets, fillers)
    for source in sources:
        for target in targets:
            if kind in {"leads", "commands"} and fillers.type_of(target) in {"person", "population", None}:
                continue
            if kind == "member_of" and fillers.type_of(target) == "state":
                continue  # "France *joined* Egypt in calling for a session"
            if kind == "member_of" and target.quote.split()[-1].casefold() in words_under("faiths"):
                continue  # "the *Islam* to which he belongs"
            if kind == "member_of" and (fillers.type_of(target) == "person" or target.quote.casefold() == "them"):
                continue  # "joined *the chairman* in Erez"
            if row["kind"] == "leads" and fillers.type_of(source) != "person" and not _is_led(source, target, fillers):
                continue
            if row["kind"] == "part_of" and fillers.type_of(source) == "person":
                kind = "member_of"
            yield tie_frame(kind, source, target, word, fillers, report)


def _is_led(leader: Mention, led: Mention, fillers: Fillers) -> bool:
    """ "The *coalition* led by *the United States*"."""
    words = led.quote.casefold().split()
    return fillers.type_of(leader) == "state" and not {"coalition", "alliance"}.isdisjoint(words)


def _body_before(participle: Token, fillers: Fillers) -> Mention | None:
    """ "Members of *the National Unity party*, led by X": the body that the participle stands behind, whatever the
    parser hangs it on."""
    if participle.tag_ != "VBN" or participle.dep_ not in {"acl", "advcl"} or participle.i < 2:
        return None
    if not any(c.lower_ == "by" and c.i == participle.i + 1 for c in participle.children):
        return None
    last = participle.nbor(-2 if participle.nbor(-1).text == "," else -1)
    bodies = [m for m in fillers.actors.get(last.i, ()) if fillers.words[m.id].end == last.i + 1]
    return next((m for m in bodies if m.form != "pronoun" and fillers.type_of(m) in _LED), None)


_LED = frozenset({"organisation", "armed_group", "state_force", "government"})


def _is_joined_in_fight(join: Token) -> bool:
    """ "Fighters *joined* the army *in its battle* against the Front": beside it, and not of it."""
    return any(t.lemma_ in ties_of(join).contests | _ASSAULTS for t in arguments(join).get("in", ()))


def _is_of_what_is_said(owner: Mention, verb: Token, fillers: Fillers) -> bool:
    """ "Backed *the protesters' call*": what is backed is the call, and no party's fight."""
    backed = arguments(verb).get("P", ())
    if any(fillers.actor(t) == owner for t in backed):
        return False
    fought = ties_of(verb).contests | _ASSAULTS | words_under("force") | words_under("positions")
    return not any(t.lemma_ in fought or fillers.actor(t) is not None for t in backed)


_ASSAULTS = frozenset({"attack", "assault", "raid", "fighting", "advance", "push", "effort", "cause", "side"})


def _waging(verb: Token, by: str, leaders: Sequence[Mention], fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "Omar Saleh, who led the Front's *campaign* in Sirte": he commands in it, and leads no Front."""
    reading = read_factuality(verb)
    waged = [t for t in arguments(verb).get("P", ()) if t.lemma_.lower() in ties_of(verb).waged]
    if by != "A" or reading.negated or reading.modality != "actual":
        return
    for leader in (m for m in leaders if fillers.type_of(m) == "person"):
        for body in (m for m in _owners_of(waged, fillers) if fillers.type_of(m) in UNDER_ARMS):
            branch = branch_led(body, waged, fillers)
            if branch is not None:
                yield replace(tie_frame("leads", leader, branch, verb, fillers, report), inferred=frozenset({"target"}))
            else:
                yield tie_frame("commands", leader, body, verb, fillers, report)


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
    if word.lemma_ == "leave" and any(c.lower_ == "behind" for c in word.children):
        return False  # "they *left behind* snipers"
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
        inside = [m for m in inside if report.text[m.span.end : m.span.end + 1] != "-"]  # "*US*-trained commandos"
        inside = [m for m in inside if report.text[max(0, m.span.start - 1) : m.span.start] != "-"]  # "pro-*IS* men"
        inside += [m for m in described if m.span.end == part.span.end and m.span.start > part.span.start]
        is_whole = part.form == "description" and inside and types.get(inside[0].entity or "") in FIGHTERS
        return inside[0] if is_whole else part

    seen: set[tuple[str, frozenset[str]]] = set()
    for event in events:
        if event.negated or event.modality != "actual":
            continue
        pairs: list[tuple[str, Mention, Mention]] = []
        if event.kind == "organisation.founded":
            pairs = [("founded", a, t) for a in event.roles.get("actor", ()) for t in event.roles.get("target", ())]
        elif event.kind == "retreat.ceasefire":
            pairs = [
                ("fights", a, b) for a, b in _foes(event, types, whole, two_sided=True) if _both_fight(a, b, types)
            ]
        elif (kind := kinds[event.kind]).violent:
            foes = _foes(event, types, whole, two_sided=kind.two_sided)
            pairs = [("fights", a, b) for a, b in foes if not (kind.two_sided and _is_one_side(a, b, report.text))]
        for tie, source, target in pairs:
            key = (tie, frozenset({source.entity or "", target.entity or ""}))
            if len(key[1]) == 2 and key not in seen:
                seen.add(key)
                yield _derived(tie, source, target, event, report)


def _foes(
    event: Frame, types: Mapping[str, str | None], whole: Callable[[Mention], Mention], *, two_sided: bool
) -> list[tuple[Mention, Mention]]:
    """The pairs that fight; "key figures in the council" fight as the council."""
    sides = FIGHTERS | {"organisation"} if two_sided else FIGHTERS
    event = replace(event, roles={role: tuple(map(whole, mentions)) for role, mentions in event.roles.items()})
    actors, targets = (
        [m for m in event.roles.get(role, ()) if _is_side(m, types, sides)] for role in ("actor", "target")
    )
    if two_sided:
        pair = len(actors) == 2 and any(types.get(m.entity or "") not in {"organisation", "government"} for m in actors)
        return list(combinations(actors, 2)) if pair else []  # a union's battle with the government is fought in court
    return [(a, t) for a in actors for t in targets]


def _both_fight(first: Mention, second: Mention, types: Mapping[str, str | None]) -> bool:
    """Those who cease fire have fought."""
    return all(types.get(m.entity or "") in FIGHTERS for m in (first, second))


def _is_one_side(first: Mention, second: Mention, text: str) -> bool:
    """ "The campaign *against the Front and similar groups*": neither fights the other."""
    between = text[first.span.end : second.span.start].split()
    before = text[: first.span.start].rsplit(maxsplit=2)[-2:]
    joined = between[:1] in (["and"], ["or"]) and len(between) <= 2
    return joined and any(w.lower() in ("against", "both") for w in before if w.lower() != "the")


def _is_side(mention: Mention, types: Mapping[str, str | None], sides: Collection[str]) -> bool:
    """Whoever bears arms, and of two that clash a people by name: "police and *ethnic Albanians*"."""
    sort = types.get(mention.entity or "")
    return sort in sides or (sort == "population" and "organisation" in sides and mention.quote.split()[-1].istitle())


def _derived(kind: str, source: Mention, target: Mention, event: Frame, report: Report) -> Frame:
    return Frame(
        id=finding_id(report, f"relation:{kind}:{source.id}:{target.id}", event.trigger),
        kind=kind,
        trigger=event.trigger,
        evidence=event.evidence,
        roles={"source": (source,), "target": (target,)},
        when=deed_time(event),
        hedged=event.hedged,
        distanced=event.distanced,
        weight=round(event.weight * 0.9, 2),
        made_by=f"rule:relations/from-{event.kind}",
    )
