"""Political moves: acts done in words or in relations between parties (promises, calls, refusals, threats, aid …).

What they share: their target may be any party that their word governs ("agreed to lift the embargo on *Iran*"), what
they promise or threaten is told by the verb below them, and that verb tells no event of its own ("demanded the
*withdrawal* of the troops" is a demand).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from khaldun.annotate.grammar.questions import is_to_infinitive
from khaldun.annotate.grammar.syntax import Arguments
from khaldun.annotate.grammar.trigger_table import kind_of, table
from khaldun.annotate.grammar.triggers import Trigger, match
from khaldun.annotate.roles.fillers import Fillers, in_list_with
from khaldun.annotate.slips.speakers import told_nouns
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token
from khaldun.model import Frame, Mention, When
from khaldun.ontology import Kind

COMMISSIVE = frozenset({"agree", "threaten"})
# Kinds whose word governs a content that is wanted, promised, refused, alleged: not told as an event of its own.
GOVERNING = frozenset("agree threaten request reject accuse concede support investigate sanction consult.meet".split())
_CONTENT = frozenset(
    "xcomp ccomp dobj pobj prep acl pcomp nsubj nsubjpass dative oprd advcl agent conj attr acomp dep "
    "compound poss amod nmod".split()
)
_OFF = frozenset({"advcl", "relcl", "parataxis"})
_CONFLICT = frozenset("assault coerce sanction protest mobilize siege execution riot mob loot threaten reject".split())
_COOPERATIVE = frozenset("aid consult cooperate support concede retreat agree".split())


def promised_or_threatened(kind: str, trigger: Trigger, functions: Arguments) -> str:
    """What a word of promise or threat comes to by what it governs: "vowed to *help*", "is ready to *attack*"."""
    if kind == "request" and trigger.head.lemma_ == "order":
        closes = any(v.lemma_ in table().lists["restricting"] for v in functions.get("infinitive", ()))
        return "coerce.restrict" if closes else kind  # "ordered the newspaper to close"
    if kind not in COMMISSIVE:
        return kind
    for verb in functions.get("infinitive", ()):
        family = _family(verb)
        blows = any(c.dep_ == "dobj" and _is_deed(c) for c in verb.children)  # "vowed to *resume attacks*"
        hostile = blows or verb.lemma_ in table().lists["hostile"] or family in _CONFLICT
        if kind == "agree" and hostile and _is_own_oath(trigger):
            return "threaten"
        friendly = not blows and (verb.lemma_ in table().lists["friendly"] or family in _COOPERATIVE)
        if kind == "threaten" and friendly and trigger.head.lemma_ in {"vow", "swear"}:
            return "agree"
    return kind


def _is_own_oath(trigger: Trigger) -> bool:
    """True for words that promise evil as well as good; one only ever *agrees* or *offers* to do a favour."""
    return trigger.head.lemma_ in clause_words().swearing


def _family(verb: Token) -> str | None:
    found = match(verb)
    return found.entries[0].kind.split(".")[0] if found is not None else None


def party_below(head: Token, fillers: Fillers, others: Sequence[Mention]) -> tuple[Mention, ...]:
    """The first party in what `head` governs, its list included, that is none of `others`."""
    taken = {m.entity or m.id for m in others}
    for token in _governed(head):
        mention = fillers.actor(token)
        if mention is None or mention.form == "pronoun" or (mention.entity or mention.id) in taken:
            continue
        if not any(mention.span.overlaps(m.span) for m in others):
            listed = in_list_with(mention, fillers.mentions, fillers.text)
            return tuple(m for m in listed if (m.entity or m.id) not in taken)
    return ()


def _governed(head: Token) -> Iterator[Token]:
    """The words of what `head` governs, in text order; the sufferers of a deed that it only speaks of left out."""
    for child in head.rights:
        if child.lower_ == "according" or (child.dep_ in _OFF and not is_to_infinitive(child)):
            continue
        if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
            continue
        below = {t.i for deed in child.subtree if _is_deed(deed) for t in deed.rights for t in t.subtree}
        below |= {t.i for told in child.subtree if _is_told(told) for t in told.subtree}
        yield from (t for t in child.subtree if t.i not in below)


def _is_deed(noun: Token) -> bool:
    """True for the noun of a violent happening, or of letting go: "condemned the *killing* of nine soldiers"."""
    found = match(noun) if noun.pos_ in {"NOUN", "PROPN"} else None
    if found is None or found.verbal:
        return False
    return kind_of(found.entries[0], noun).violent or found.entries[0].kind == "retreat.release"


def _is_told(clause: Token) -> bool:
    """ "Rejected accusations *that it arms the militia*": who is told of is not who is refused."""
    return (
        clause.dep_ in {"acl", "relcl", "ccomp"}
        and clause.head.lemma_.lower() in told_nouns()
        and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.lefts)
    )


def within_moves(told: Sequence[tuple[Trigger, Frame]]) -> Iterator[Frame]:
    """The frames; one that is the content of a political move says so in `values["within"]`, by the move's kind."""
    moves = {t.head.i: f for t, f in told if f.kind in GOVERNING and t.verbal}
    protests = {t.head.i: f for t, f in told if f.kind.split(".")[0] in {"protest", "riot"} and t.verbal}
    governing = {id(f): _governing(t.head, moves, f) for t, f in told}
    content = {id(outer) for outer in governing.values()}
    ready = {id(f) for t, f in told if f.kind == "agree" and t.head.lemma_ == "be" and id(f) in content}
    for trigger, frame in told:
        if id(frame) in ready:
            continue  # "is *willing to withdraw*": what one would do is told, and nothing else agreed
        outer = governing[id(frame)]
        if outer is not None and id(outer) in ready:
            yield _offered(frame)
            continue
        if outer is None and frame.kind == "request" and trigger.head.dep_ in {"advcl", "xcomp"}:
            outer = protests.get(trigger.head.head.i)  # "marched through the town, *demanding* new elections"
        yield frame if outer is None else replace(frame, values={**frame.values, "within": outer.kind})


def _offered(frame: Frame) -> Frame:
    """What somebody is ready to do: it has not happened by the day of the report."""
    when = When() if frame.when.basis == "published" else frame.when
    return replace(frame, modality="planned", when=when, values={**frame.values, "plover": "AGREE"})


def _governing(head: Token, moves: dict[int, Frame], own: Frame) -> Frame | None:
    token = head
    for _ in range(12):
        if token.dep_ not in _CONTENT or token.head == token:
            return None
        if token.dep_ == "advcl" and not is_to_infinitive(token):
            return None
        if token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} and token.tag_ not in {"VB", "VBG"}:
            return None
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.i in moves:
            return None
        token = token.head
        found = moves.get(token.i)
        if found is not None and found is not own:
            return found
    return None


def is_political(kind: Kind) -> bool:
    """True for kinds of moves in words or relations, those that no force is used in."""
    return not kind.violent and kind.id.split(".")[0] in _CONFLICT | _COOPERATIVE | {
        "request",
        "accuse",
        "investigate",
    }
