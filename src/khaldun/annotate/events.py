"""Event mentions: a trigger, its roles, its time and place, and how the words present it.

One happening told by several words of a sentence is one frame: an event noun takes over the verb that carries it
("launched an attack on", "clashes broke out"), the verb that says whom it reached ("the blast hit a convoy") and
the verb of killing beside it ("killed 13 in clashes").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from khaldun.annotate.circumstances import place_of, time_of
from khaldun.annotate.factuality import Reading, is_purpose, read_factuality
from khaldun.annotate.fillers import ARMED, Fillers, in_list_with
from khaldun.annotate.ground import finding_id
from khaldun.annotate.syntax import Arguments, arguments, conjuncts, phrase
from khaldun.annotate.tolls import stated_toll, tolls_of
from khaldun.annotate.triggers import Entry, Trigger, match, table, verb_key
from khaldun.model import Frame, Mention, Report, Span, Toll, hull
from khaldun.ontology import kind as ontology_kind

# "killed in clashes", "wounded by a blast", "seized during a raid": the noun says what happened, the verb its toll.
_JOINING = frozenset("in by during from with when following after".split())
_OVERRULED = frozenset({"assault.killing", "assault.attack", "assault.offensive", "assault.explosives"})
_TRYING = frozenset({"try", "attempt", "seek", "struggle", "fight"})
_ACCUSING = frozenset({"accuse", "blame", "suspect"})
_PROCLAIMING = frozenset({"announce", "declare", "proclaim"})
_VEHICLES = frozenset(
    "warplane jet plane aircraft fighter helicopter bomber artillery tank gunboat warship gunner sniper enemy".split()
)
_AIRCRAFT = frozenset("warplane jet plane aircraft helicopter bomber airplane aeroplane".split())


@dataclass(frozen=True, slots=True)
class _Draft:
    """A trigger with the verb that carries it, if any, and all functions of both."""

    trigger: Trigger
    carrier: Token | None
    functions: Arguments
    tolls: tuple[Toll, ...]


def find_events(sentence: Tokens, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The event frames of one sentence in text order, without their attributions."""
    triggers = [t for t in map(match, sentence) if t is not None and not _is_modifier(t)]
    inside = {t.i for trigger in triggers if trigger.verbal for t in trigger.tokens}
    triggers = [t for t in triggers if t.verbal or t.head.i not in inside]
    nominal = {t.head.i: t for t in triggers if not t.verbal}
    carriers = {t.head.i: _carrier(t) for t in nominal.values()}
    taken = {verb.i for verb in carriers.values() if verb is not None and not _speaks(verb)}
    joined: dict[int, Token] = {}
    for trigger in triggers:
        if trigger.verbal and trigger.head.i not in taken:
            noun = _joined_noun(trigger, nominal)
            if noun is not None:
                joined.setdefault(noun.head.i, trigger.head)
                taken.add(trigger.head.i)
    results = _results(triggers, {*taken, *(t.head.i for t in triggers)})
    results |= {
        c.i: noun  # "claimed responsibility for a bombing that *killed* two": the clause gives the outcome
        for noun, verb in carriers.items()
        if verb is not None and _speaks(verb)
        for c in nominal[noun].head.children
        if c.dep_ == "relcl" and c.lemma_ in table().reach
    }
    seen: set[tuple[object, ...]] = set()
    for trigger in triggers:
        if trigger.verbal and (trigger.head.i in taken or trigger.head.i in results):
            continue
        carrier = joined.get(trigger.head.i) or carriers.get(trigger.head.i)
        own = {trigger.head.i, carrier.i if carrier is not None else -1}
        result = next((t for t in triggers if results.get(t.head.i) in own), None)
        frame = _frame(_draft(trigger, carrier, result, fillers), fillers, report)
        if frame is None:
            continue
        key = (
            frame.kind,
            tuple((r, tuple(m.entity for m in ms)) for r, ms in sorted(frame.roles.items())),
            frame.tolls,
        )
        if key not in seen:
            seen.add(key)
            yield frame


def _speaks(carrier: Token) -> bool:
    """True for a verb that lends a party and is a move of its own: blaming it, claiming responsibility."""
    return carrier.lemma_ in _ACCUSING or any(c.lemma_ == "responsibility" for c in carrier.children)


def _is_modifier(trigger: Trigger) -> bool:
    """True for a word that only modifies another: "*shelling* range", "*ceasefire* monitors", "*wounded* fighters".

    A besieged town is besieged now; the other participles tell an older happening that the text only points to.
    """
    head = trigger.head
    if trigger.verbal:
        return head.dep_ == "amod" and not any(e.kind == "siege" for e in trigger.entries)
    return head.dep_ in {"compound", "nmod"} and head.head.i > head.i and head.head.dep_ != "ROOT"


def _carrier(trigger: Trigger) -> Token | None:
    """The verb that carries an event noun, or None."""
    noun, known = trigger.head, table()
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    verb = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in {"for", "of", "over"} and noun.head.head.lemma_ in _ACCUSING:
        return noun.head.head  # "blamed the army for the strike on the bakery"
    if noun.dep_ == "pobj" and noun.head.head.lemma_ == "responsibility" and noun.head.head.dep_ == "dobj":
        return noun.head.head.head  # "claimed responsibility for the bombing"
    if noun.dep_ == "pobj" and noun.head.lower_ == "behind" and noun.head.head.lemma_ == "be":
        return noun.head.head  # "said it was behind the bombing"
    if noun.dep_ == "pobj" and noun.head.dep_ == "agent":  # "was hit by an explosion"
        verb = noun.head.head
        return verb if verb_key(verb) in known.reach | known.support or verb.lemma_ in known.reach else None
    reduced = next((c for c in trigger.head.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    if reduced is not None and {verb_key(reduced), reduced.lemma_} & (known.support | {"claim", "blame"}):
        return reduced  # "airstrikes led by the coalition", "the bombing carried out by the air force"
    if noun.dep_ not in {"dobj", "nsubj", "nsubjpass", "attr", "advcl", "dep", "csubj"}:
        relative = next((c for c in trigger.head.children if c.dep_ == "relcl"), None)
        if relative is not None and relative.lemma_ in known.reach:  # "an attack that killed 13"
            return relative
        return None
    words = {verb_key(verb), verb.lemma_.lower()}
    if noun.dep_ in {"dobj", "nsubjpass"}:
        return verb if words & (known.support | known.defence) else None
    if noun.dep_ in {"nsubj", "csubj"}:
        if words & (known.reach | known.occur):
            return verb
        relative = next((c for c in trigger.head.children if c.dep_ == "relcl"), None)
        return relative if relative is not None and relative.lemma_ in known.reach else None
    # the parser's slip on "Airstrikes by A, the B and C have hit …": the noun before the verb is its subject
    return verb if noun.dep_ in {"advcl", "dep"} and noun.i < verb.i and words & known.reach else None


def _joined_noun(trigger: Trigger, nominal: Mapping[int, Trigger]) -> Trigger | None:
    """The event noun in a prepositional phrase of a verb of killing or attack: "killed 13 in clashes"."""
    if not any(entry.kind in _OVERRULED or entry.weak for entry in trigger.entries):
        return None
    verbs = [trigger.head, *(c for c in trigger.head.children if c.dep_ == "conj" and c.pos_ == "VERB")]
    for child in (c for verb in verbs for c in verb.children):
        if child.dep_ == "advcl" and any(c.lower_ in {"when", "as"} for c in child.children):
            # "were killed when two car bombs exploded": the noun is the subject of the clause of time
            for noun in (n for c in child.children if c.dep_ in {"nsubj", "nsubjpass"} for n in conjuncts(c)):
                if noun.i in nominal:
                    return nominal[noun.i]
        if child.dep_ in {"prep", "agent"} and child.lower_ in _JOINING:
            for noun in (n for g in child.children if g.dep_ == "pobj" for n in conjuncts(g)):
                if noun.i in nominal and child.lower_ not in {"after", "following"}:
                    return nominal[noun.i]
    return None


def _results(triggers: Sequence[Trigger], told: Set[int]) -> dict[int, int]:
    """Verbs of killing that only give the outcome of the verb above them: "hit a convoy, *killing* nine".

    From the index of each to the index of the verb whose outcome it gives.
    """
    found: dict[int, int] = {}
    killing = {t.head.i for t in triggers if t.verbal and any(e.kind == "assault.killing" for e in t.entries)}
    for trigger in triggers:
        verb = trigger.head
        if verb.i in killing and verb.dep_ == "conj" and verb.head.i in killing and verb.lemma_ in {"wound", "injure"}:
            found[verb.i] = verb.head.i  # "killed dozens and injured others"
        if (
            trigger.verbal
            and any(e.kind == "assault.killing" for e in trigger.entries)
            and verb.dep_ == "advcl"
            and verb.tag_ == "VBG"
            and verb.head.i in told
            and verb.head.i != verb.i
        ):
            found[verb.i] = verb.head.i
    return found


def _draft(trigger: Trigger, carrier: Token | None, result: Trigger | None, fillers: Fillers) -> _Draft:
    functions = {name: list(tokens) for name, tokens in arguments(trigger.head).items()}
    tolls: tuple[Toll, ...] = tolls_of(trigger.head, fillers) if trigger.verbal else ()
    for complement in trigger.tokens if trigger.verbal else ():
        if complement != trigger.head:  # "pledged allegiance to the group": the phrase hangs on the noun
            for name, tokens in arguments(complement).items():
                if name not in {"A", "P", "poss", "compound"}:
                    functions.setdefault(name, []).extend(t for t in tokens if t not in functions.get(name, ()))
    if carrier is not None:
        for name, tokens in _lent(carrier, trigger).items():
            functions.setdefault(name, []).extend(t for t in tokens if t not in functions.get(name, ()))
        tolls = (*tolls, *tolls_of(carrier, fillers))
    if not trigger.verbal and "A" not in functions and ({"with", "against"} & set(functions)):
        functions["A"] = list(_side_of_clause(trigger.head))
    tolls = (*tolls, *stated_toll(trigger.head, fillers))
    if result is not None:
        tolls = (*tolls, *tolls_of(result.head, fillers))
        functions.setdefault("outcome", []).extend(arguments(result.head).get("P", ()))
    return _Draft(trigger, carrier, {n: tuple(t) for n, t in functions.items()}, tuple(dict.fromkeys(tolls)))


def _is_hypothetical(verb: Token) -> bool:
    return read_factuality(verb).modality != "actual"


def _side_of_clause(noun: Token) -> tuple[Token, ...]:
    """The subject that a fight in a phrase of its clause belongs to: "took the hill after *fighting* with rebels"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"after", "in", "during", "amid"} else None
    return arguments(verb).get("A", ()) if verb is not None and verb.pos_ == "VERB" else ()


def _lent(carrier: Token, trigger: Trigger) -> Arguments:
    """The functions that a carrying verb lends to its event noun."""
    if carrier.lemma_ in _ACCUSING:
        return {"A": arguments(carrier).get("P", ())}
    if _speaks(carrier) and _is_hypothetical(carrier):
        return {}
    if _speaks(carrier):
        return {"A": arguments(carrier).get("A", ())}
    own = set(trigger.tokens)
    lent: dict[str, tuple[Token, ...]] = {}
    for name, tokens in arguments(carrier).items():
        others = tuple(t for t in tokens if t not in own and not _below_trigger(t, own, carrier))
        if not others:
            continue
        if name == "A" and carrier.lemma_ in _PROCLAIMING and arguments(trigger.head).get("A"):
            continue  # "the council announced the army's capture of the port": the council took nothing
        if name == "A" and carrier.lemma_ in table().defence:
            lent["P"] = others
        elif name == "P" and carrier.lemma_ not in table().reach and verb_key(carrier) not in table().reach:
            continue
        else:
            lent[name] = others
    if "P" in lent:
        lent["on"] = (*lent.get("on", ()), *lent.pop("P"))
    return lent


def _below_trigger(token: Token, own: set[Token], carrier: Token) -> bool:
    """True for a word inside the event noun's own phrase; one reached through the carrier itself is not."""
    for ancestor in token.ancestors:
        if ancestor == carrier:
            return False
        if ancestor in own:
            return True
    return False


def _frame(draft: _Draft, fillers: Fillers, report: Report) -> Frame | None:
    for entry in draft.trigger.entries:
        if _met(entry, draft, fillers):
            return _filled(entry, draft, fillers, report)
    return None


def _met(entry: Entry, draft: _Draft, fillers: Fillers) -> bool:
    if (
        draft.tolls
        and not ontology_kind(entry.kind).violent
        and entry.kind.split(".")[0] in {"retreat", "movement", "mobilize"}
    ):
        return False  # "leaving at least eleven dead" is no departure
    if _is_aside(draft.trigger.head):
        return False
    for function, condition in entry.bars.items():
        if any(t.lemma_.lower() in table().abstract or condition == "any" for t in draft.functions.get(function, ())):
            return False
    for functions, condition in entry.needs.items():
        tokens = [t for function in functions.split("|") for t in draft.functions.get(function, ())]
        if not any(fillers.meets(condition, token) for token in tokens):
            return False
    if entry.agents:
        words = {" ".join(t.lower_ for t in phrase(a))[-40:] for a in draft.functions.get("A", ())}
        return any(agent in word for word in words for agent in entry.agents)
    return not entry.weak or _conflict_near(draft, fillers)


def _is_aside(head: Token) -> bool:
    """True where a clause only says who somebody is or what a deed was for: "a man *whose* sister was killed",
    "launched the raid *to seize* weapons"."""
    if any(t.tag_ == "WP$" for c in head.children for t in c.subtree if c.dep_ in {"nsubj", "nsubjpass"}):
        return True
    return is_purpose(head)


def _conflict_near(draft: _Draft, fillers: Fillers) -> bool:
    """A weak trigger counts beside a party to the conflict, its aircraft or guns, or a toll."""
    if draft.tolls:
        return True
    agents = draft.functions.get("A", ())
    if any(t.lemma_.lower() in _VEHICLES for t in agents):
        return True
    parties = [fillers.type_of(m) for t in agents for m in fillers.actors_in(t)]
    return any(p in {"armed_group", "state_force", "state"} for p in parties)


def _filled(entry: Entry, draft: _Draft, fillers: Fillers, report: Report) -> Frame | None:
    kind = ontology_kind(_attempted(_sharpened(entry.kind, draft), draft.trigger.head))
    head = draft.trigger.head
    roles: dict[str, tuple[Mention, ...]] = {}
    for role in ("actor", "target", "object"):
        found = _actors(entry.args.get(role, ()), draft.functions, fillers, role)
        if found:
            roles[role] = found
    if "target" not in roles and "outcome" in draft.functions:
        roles["target"] = _actors(("outcome",), draft.functions, fillers, "target")
    roles = _sides(roles) if kind.two_sided else _without_overlap(roles, "actor" if draft.trigger.verbal else "target")
    reading = read_factuality(head, draft.carrier)
    given = [t for f in entry.args.get("place", ()) for t in draft.functions.get(f, ())]
    place, inferred = (
        place_of(draft.carrier or head, fillers, given) if draft.carrier else place_of(head, fillers, given)
    )
    if draft.carrier is not None and (place is None or inferred):
        nearer, nearer_inferred = place_of(head, fillers, given)
        place, inferred = (nearer, nearer_inferred) if nearer is not None and not nearer_inferred else (place, inferred)
    if inferred and place is not None and place in _destinations(entry, draft, fillers):
        place = None  # "fled to the capital" says where they went, not what they left
    if place is not None:
        roles["place"] = (place,)
    when = time_of(draft.carrier or head, fillers, report, reading)
    dated = when.basis != "published" and when.known
    if not _says_something(roles, draft, fillers, inferred) and not (dated and entry.needs and draft.trigger.verbal):
        return None
    trigger = fillers.passage.span(draft.trigger.tokens)
    return Frame(
        id=finding_id(report, f"event:{kind.id}", trigger),
        kind=kind.id,
        mode=kind.plover_mode,
        trigger=trigger,
        evidence=_evidence(draft, roles, fillers, inferred),
        roles=roles,
        tolls=draft.tolls,
        inferred=frozenset(_inferred(kind.id, draft, roles, place_inferred=inferred and place is not None)),
        when=when,
        negated=reading.negated,
        modality=reading.modality,
        hedged=reading.hedged,
        score=_score(draft, roles, reading),
        made_by=f"rule:triggers/{kind.id}",
    )


def _destinations(entry: Entry, draft: _Draft, fillers: Fillers) -> list[Mention | None]:
    functions = entry.args.get("destination", ()) if entry.kind.startswith("retreat.") else ()
    return [fillers.place(t) for f in functions if f != "P" for t in draft.functions.get(f, ())]


def _inferred(kind: str, draft: _Draft, roles: Mapping[str, object], *, place_inferred: bool) -> Iterator[str]:
    """Roles that no word fills: a place from the sentence; the taker in "announced the capture of the port"."""
    if place_inferred:
        yield "place"
    announced = draft.carrier is not None and draft.carrier.lemma_ in _PROCLAIMING
    own = arguments(draft.trigger.head).get("A")
    if kind.startswith("control.") and not draft.trigger.verbal and ("actor" not in roles or (announced and not own)):
        yield "actor"


def _sharpened(kind: str, draft: _Draft) -> str:
    """A general attack by aircraft is an air strike: "jets pounded the hills"."""
    agents = draft.functions.get("A", ())
    if kind in {"assault.attack", "assault.explosives", "assault.killing"}:
        if any(t.lemma_.lower() in _AIRCRAFT for t in agents):
            return "assault.aerial"
        if any(t.lemma_.lower() == "drone" for t in agents):
            return "assault.drone"
    return kind


def _attempted(kind: str, head: Token) -> str:
    """Trying to take a place is an attack on it and no gain: "tried to retake the refinery"."""
    governor = head.head if head.dep_ == "xcomp" else None
    return (
        "assault.offensive" if kind == "control.gain" and governor is not None and governor.lemma_ in _TRYING else kind
    )


def _actors(functions: tuple[str, ...], given: Arguments, fillers: Fillers, role: str) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for function in functions:
        if role != "actor" and function in {"of", "at"} and found:
            continue
        for token in given.get(function, ()):
            for mention in fillers.actors_in(token):
                if function == "compound" and fillers.type_of(mention) not in ARMED:
                    continue
                found += in_list_with(mention, fillers.mentions, fillers.text) if role == "actor" else [mention]
    return tuple(dict.fromkeys(found))


def _sides(roles: dict[str, tuple[Mention, ...]]) -> dict[str, tuple[Mention, ...]]:
    """Both sides of a two-sided happening are actor and target alike (codebook, section 1)."""
    both = tuple({m.entity or m.id: m for m in (*roles.get("actor", ()), *roles.get("target", ()))}.values())
    rest = {role: mentions for role, mentions in roles.items() if role not in {"actor", "target"}}
    if len(both) > 1 or any(m.candidates for m in both):
        return {**rest, "actor": both, "target": both}
    return {**rest, "actor": both} if both else rest


def _without_overlap(roles: dict[str, tuple[Mention, ...]], kept: str) -> dict[str, tuple[Mention, ...]]:
    """No one is actor and target of one deed by one mention; the reading as `kept` stands."""
    dropped = "target" if kept == "actor" else "actor"
    held = {m.entity or m.id for m in roles.get(kept, ())}
    rest = tuple(m for m in roles.get(dropped, ()) if (m.entity or m.id) not in held)
    return {**{r: m for r, m in roles.items() if r != dropped}, **({dropped: rest} if rest else {})}


def _says_something(
    roles: Mapping[str, tuple[Mention, ...]], draft: _Draft, fillers: Fillers, inferred_place: bool
) -> bool:
    """A bare back-reference ("the attack", "after the blast") tells nothing new and makes no frame."""
    if draft.trigger.verbal:
        if roles.get("actor") or roles.get("target") or draft.tolls or (roles.get("place") and not inferred_place):
            return True
        told = [t for f in ("A", "P") for t in draft.functions.get(f, ())]
        people = any(fillers.meets("people", t) or t.lemma_.lower() in _VEHICLES for t in told if t.pos_ == "NOUN")
        return people and ontology_kind(draft.trigger.entries[-1].kind).violent
    own = roles.get("actor") or roles.get("target") or draft.tolls
    if own or (draft.trigger.entries[0].needs and roles.get("place") and not inferred_place):
        return True
    if draft.carrier is not None and {verb_key(draft.carrier), draft.carrier.lemma_} & (table().occur | table().reach):
        return True
    if _has_own_words(draft):
        return True
    indefinite = not any(
        c.dep_ == "det" and c.lower_ in {"the", "this", "that", "these"} for c in draft.trigger.head.children
    )
    placed = bool(roles.get("place")) and not inferred_place
    return indefinite and (placed or _happened_somewhere(draft))


def _happened_somewhere(draft: _Draft) -> bool:
    """True where a verb of occurrence or reach says where or what, by a common noun: "exploded outside the court"."""
    carrier = draft.carrier
    if carrier is None or not {verb_key(carrier), carrier.lemma_} & (table().occur | table().reach):
        return False
    return any(
        c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in {"in", "at", "near", "outside", "on"})
        for c in carrier.children
    )


def _has_own_words(draft: _Draft) -> bool:
    """True where an event noun says whom or what it struck, even if that is no party: "the raid on the depot"."""
    head = draft.trigger.head
    return any(
        child.dep_ == "prep" and child.lower_ in {"on", "against", "at", "in", "near", "outside"}
        for child in head.children
        if any(g.dep_ == "pobj" and g.pos_ in {"NOUN", "PROPN"} for g in child.children)
    )


def _evidence(draft: _Draft, roles: Mapping[str, tuple[Mention, ...]], fillers: Fillers, inferred: bool) -> Span:
    """The words that tell the happening: trigger, carrier and what fills the roles, within the sentence."""
    passage = fillers.passage
    spans = [passage.span(draft.trigger.tokens), passage.span(phrase(draft.trigger.head))]
    if draft.carrier is not None:
        spans.append(passage.span(phrase(draft.carrier)))
    sentence = passage.span(draft.trigger.head.sent)
    for role, mentions in roles.items():
        if role != "place" or not inferred:
            spans += [m.span for m in mentions if sentence.contains(m.span)]
    spans += [t.span for t in draft.tolls]
    return hull(spans)


def _score(draft: _Draft, roles: Mapping[str, tuple[Mention, ...]], reading: Reading) -> float:
    """A first, uncalibrated figure: more said, more trusted."""
    score = 0.5 + 0.15 * sum(bool(roles.get(r)) for r in ("actor", "target", "place"))
    return round(min(0.95, score - (0.1 if reading.hedged else 0.0) - (0.0 if draft.trigger.verbal else 0.05)), 2)
