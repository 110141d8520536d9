"""Verbs that report: who said, and what was said, found in the parse and checked against the marks on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.sayings.asking import Found
from khaldun.annotate.sayings.complements import charge_at_agent
from khaldun.annotate.sayings.content import find_content
from khaldun.annotate.sayings.cues import Lexicon, VerbCue
from khaldun.annotate.sayings.moods import is_hypothetical, is_negated
from khaldun.annotate.sayings.quoted import grown
from khaldun.annotate.sayings.relays import antecedent
from khaldun.annotate.sayings.saying import (
    Saying,
    Scene,
    answers_by_deed,
    asks_for_silence,
    child,
    children,
    is_listed,
    is_passive,
    misread_subject,
    noun_phrase,
    own_tokens,
    run_with,
    spans_of,
    subject,
)
from khaldun.annotate.sayings.tails import find_tail
from khaldun.annotate.words import Token
from khaldun.copies import quickly_made, replace
from khaldun.knowledge import word_list
from khaldun.model import Span, hull

_QUOTED = "verb:quoted"
_HEARD = 0.8
_QUOTING = frozenset(("quote", "cite"))


@cache
def _confirming() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "confirming")


@cache
def _refusals() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "refusing")


@cache
def _hearing() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "hearing")


@quickly_made
@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks at a verb: the words of the source, its head, and further words that belong to the cue."""

    tokens: tuple[Token, ...] = ()
    head: Token | None = None
    lead: tuple[Token, ...] = ()
    beside: tuple[Token, ...] = ()
    carriers: tuple[Token, ...] = ()
    negative: bool = False
    determinate: bool = True
    made_by: str = "verb"


def read_verbs(scene: Scene, lexicon: Lexicon) -> Iterator[Saying]:
    """The sayings at the verbs of one sentence."""
    for token in scene.sentence:
        if token.pos_ in ("VERB", "AUX") and _is_verb(token) and lexicon.senses(token.lemma_, token.text):
            yield from _read(scene, token, lexicon)


def _is_verb(token: Token) -> bool:
    """False for a participle before a noun ("the accused men") and for a capitalised word of a name."""
    if token.dep_ == "amod":
        return misread_subject(token) is not None
    return token.dep_ not in ("compound", "aux", "auxpass", "det") and token.text.lower() != "according"


def _read(scene: Scene, verb: Token, lexicon: Lexicon) -> Iterator[Saying]:
    if asks_for_silence(verb) or answers_by_deed(verb):
        return
    for cue in _senses(verb, lexicon):
        voice = find_voice(verb, cue, lexicon)
        if voice is None or not _is_sound(scene, verb, voice):
            continue
        if cue.only_documents and not any(_is_document(t, lexicon) for t in (voice.head, *voice.lead[-1:])):
            continue
        passive = _is_passive_here(verb)
        found = list(find_content(scene, verb, cue, voice.tokens, passive=passive, documents=lexicon.media))
        if found:
            yield from (_saying(scene, verb, cue, voice, each) for each in found)
            return
    yield from _read_tail(scene, verb, lexicon)


def _read_tail(scene: Scene, verb: Token, lexicon: Lexicon) -> Iterator[Saying]:
    for cue in _senses(verb, lexicon):
        tail = find_tail(scene, verb, cue, lexicon)
        if tail is not None:
            spans = grown(scene, spans_of(scene.passage, tail.content), verb)
            voice = Voice(tail.source, tail.head)
            root = next((t for t in tail.content if t.head not in tail.content or t.dep_ == "ROOT"), None)
            if spans:
                saying = _saying(scene, verb, cue, voice, Found(spans, tail.content, root))
                yield replace(saying, own=tail.own)
                return


def _is_sound(scene: Scene, verb: Token, voice: Voice) -> bool:
    """False where the parse took words out of a quotation for the speaker of a verb that stands outside it; who is
    named in marks speaks ("cited a *“military source”* as saying")."""
    if voice.head is None:
        return True
    at, said = scene.passage.at(voice.head), scene.passage.at(verb)
    named = hull(spans_of(scene.passage, voice.tokens)) if voice.made_by == _QUOTED else at
    return not any(
        q.outer.overlaps(at) and not q.outer.overlaps(said) and not named.contains(q.inner) for q in scene.quotations
    )


def _senses(verb: Token, lexicon: Lexicon) -> list[VerbCue]:
    """The senses that fit: those with the particle that is there, else those without a particle."""
    senses = lexicon.senses(verb.lemma_, verb.text)
    particles = {
        c.text.lower() for c in verb.children if c.dep_ in ("prep", "prt", "advmod", "dative") and c.i > verb.i
    }
    special = [s for s in senses if s.particle is not None and s.particle in particles]
    return special + [s for s in senses if s.particle is None]


def _is_document(head: Token | None, lexicon: Lexicon) -> bool:
    if head is None:
        return False
    lemma = antecedent(head).lemma_.lower()
    return lemma in lexicon.media or lemma in lexicon.showing


# ------------------------------------------------------------------------------------------------ who speaks


def find_voice(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Voice | None:
    """Who speaks at `verb`; a Voice without tokens for a passive without an agent; None where nobody can."""
    voice = _passive_voice(verb, cue) if _is_passive_here(verb) else _active_voice(verb, lexicon)
    if voice is None:
        return None
    return replace(
        voice,
        negative=voice.negative or is_negated(verb),
        determinate=voice.determinate and not is_hypothetical(verb),
    )


def _is_passive_here(verb: Token) -> bool:
    """Passives, and participles behind a noun with their agent: "the raid, *claimed by the league*"."""
    return is_passive(verb) or (verb.dep_ == "acl" and verb.tag_ == "VBN" and child(verb, "agent") is not None)


def _passive_voice(verb: Token, cue: VerbCue) -> Voice | None:
    agent = child(verb, "agent")
    speaker = child(agent, "pobj") if agent is not None else None
    if speaker is not None:
        charge = charge_at_agent(verb, cue)
        return Voice(tuple(t for t in noun_phrase(speaker) if charge is None or t.i < charge.i), speaker)
    return Voice() if cue.takes & {"passive", "passive_as"} else None


def _active_voice(verb: Token, lexicon: Lexicon) -> Voice | None:
    own = child(verb, "nsubj") or misread_subject(verb)
    if verb.lemma_ in _hearing() and (teller := _told_by(verb)) is not None:
        return Voice(tuple(noun_phrase(teller)), teller, carriers=(own,) if own is not None else ())
    if own is not None:
        return _of_subject(verb, own)
    if verb.dep_ == "acl":
        return _of_noun(verb, lexicon)
    if verb.dep_ == "pcomp":
        return _as_saying(verb)
    if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep") and verb.head != verb:
        return _of_governor(verb, lexicon)
    return None


def _told_by(verb: Token) -> Token | None:
    """ "Had heard *from herders* that bandits came": the herders say so."""
    source = next((p for p in children(verb, "prep") if p.lower_ == "from"), None)
    return child(source, "pobj") if source is not None else None


def _of_subject(verb: Token, head: Token) -> Voice | None:
    if head.text.lower() in ("what", "it") and child(verb, "expl") is not None:
        return None
    tokens = source_phrase(head)
    comma = max((n for n, t in enumerate(tokens) if t.text == ","), default=0)
    dangling = tokens[0].i > tokens[0].sent.start and tokens[0].nbor(-1).pos_ == "ADP"
    if comma and dangling and tokens[-1].i < verb.i:
        tokens = tokens[comma + 1 :]  # "nine died near Aldabra, the general staff said"
        head = tokens[-1]
    return Voice(tuple(tokens), head)


def source_phrase(head: Token) -> list[Token]:
    """The noun phrase of a source, with its relative clause, without what it was doing at the time.

    "Omar Haddad, *who runs the clinic*, said" keeps it; "Omar Haddad, *speaking by telephone*, said" does not.
    """
    doing = {
        t.i
        for part in head.children
        if part.i > head.i + 1
        and (part.dep_ == "advcl" or (part.dep_ == "acl" and part.tag_ == "VBG"))
        and part.left_edge.i > 0
        and part.left_edge.nbor(-1).text == ","
        for t in part.subtree
    }
    tokens = run_with([t for t in noun_phrase(head, without=()) if t.i not in doing], head)
    while len(tokens) > 1 and tokens[-1].text == ",":
        tokens.pop()
    return tokens


def _of_noun(verb: Token, lexicon: Lexicon) -> Voice | None:
    """ "issued a statement saying …" speaks for the issuer, "officials warning that …" for the officials."""
    noun = verb.head
    governor = noun.head
    if _is_document(noun, lexicon):
        if noun.dep_ == "dobj" and governor.lemma_.lower() in lexicon.issuing_verbs:
            issuer = child(governor, "agent") if is_passive(governor) else subject(governor)
            if issuer is not None and issuer.dep_ != "agent":
                lead = (*run_with([t for t in own_tokens(governor) if t.i <= governor.i], governor), noun)
                return Voice(tuple(source_phrase(issuer)), issuer, lead=lead, beside=_beside(governor, noun, verb))
        if noun.dep_ == "pobj" and governor.dep_ == "prep" and (by := subject(governor.head)) is not None:
            return Voice(tuple(noun_phrase(by, without=())), by, lead=(noun,))
    if verb.tag_ == "VBG" and noun.dep_ == "dobj" and governor.lemma_ in _QUOTING:
        carrier = subject(governor)  # "the radio quoted *an elder* saying that …"
        carriers = (carrier,) if carrier is not None else ()
        return Voice(tuple(noun_phrase(noun, without=("acl",))), noun, carriers=carriers, made_by=_QUOTED)
    if verb.tag_ == "VBG" and verb.left_edge.i > 0 and verb.left_edge.nbor(-1).text == ",":
        clause = _clause_of(noun)
        doing = subject(clause) if clause is not None else None
        if doing is not None and doing.i != noun.i and clause is not None and not is_passive(clause):
            return Voice(tuple(source_phrase(doing)), doing)  # "held a rally, mocking the emir"
    if verb.tag_ != "VBG" and not _is_misread(verb, lexicon):
        return None
    return Voice(tuple(noun_phrase(noun, without=("acl", "relcl"))), noun)


def _clause_of(noun: Token) -> Token | None:
    """The verb of the clause that `noun` stands in."""
    while noun.pos_ not in ("VERB", "AUX") and noun.head != noun:
        noun = noun.head
    return noun if noun.pos_ in ("VERB", "AUX") else None


def _is_misread(verb: Token, lexicon: Lexicon) -> bool:
    """A finite verb taken for a participle behind a dateline: "PORT CITY (Wire) The daily *reported* that …"."""
    senses = lexicon.senses(verb.lemma_, verb.text)
    particles = {c.text.lower() for c in verb.children if c.i > verb.i}
    if verb.head.dep_ == "ROOT" and any(cue.particle in particles for cue in senses):
        return True
    clause = child(verb, "ccomp")
    hears = any(cue.hearer for cue in senses)
    return verb.tag_ == "VBN" and not hears and clause is not None and child(clause, "mark") is not None


def _as_saying(verb: Token) -> Voice | None:
    """ "Radio Coast quoted him as saying …", "was quoted by Radio Coast as saying …", and "by saying", "in saying"."""
    preposition = verb.head
    governor = preposition.head
    if governor.pos_ not in ("VERB", "AUX"):
        return None
    if preposition.text.lower() != "as":
        speaker = subject(governor)
        return None if speaker is None else Voice(tuple(noun_phrase(speaker)), speaker)
    near = own_tokens(governor, without=[t.i for t in preposition.subtree])
    lead = (*run_with(near, governor), preposition)
    if is_passive(governor):
        speaker, agent = child(governor, "nsubjpass"), child(governor, "agent")
        by = next((c for c in verb.children if c.dep_ in {"prep", "agent"} and c.lower_ == "by"), None)
        agent = agent if agent is not None else by  # "was quoted as saying *by Radio Coast*"
        carrier = child(agent, "pobj") if agent is not None else None
    else:
        speaker, carrier = child(governor, "dobj"), subject(governor)
    if speaker is None:
        return None
    carriers = (carrier,) if carrier is not None else ()
    return Voice(tuple(noun_phrase(speaker)), speaker, tuple(lead), carriers=carriers, made_by=_QUOTED)


def _of_governor(verb: Token, lexicon: Lexicon) -> Voice | None:
    """A verb without a subject of its own: "…, adding that", "declined to say whether", "and warned that"."""
    governor = verb.head
    if governor.pos_ not in ("VERB", "AUX"):
        return None
    if _is_put_to(verb):
        return Voice()
    if verb.dep_ in ("advcl", "ccomp", "dep") and verb.tag_ not in ("VBG",) and not is_listed(verb):
        return None
    speaker = subject(governor) if verb.dep_ != "conj" else subject(verb)
    if verb.dep_ == "xcomp" and (told := child(governor, "dobj")) is not None and verb.tag_ == "VB":
        speaker = told  # "urged the general to admit …"
    if speaker is not None and verb.dep_ == "advcl":
        teller = _teller(governor, lexicon)
        if speaker.dep_ == "nsubjpass" or (teller is not None and _is_of_teller(verb, governor, lexicon)):
            speaker = teller
    if speaker is None:
        return None
    lead: tuple[Token, ...] = ()
    beside: tuple[Token, ...] = ()
    if verb.dep_ == "xcomp":
        to = [t for t in verb.children if t.dep_ == "aux"]
        near = run_with([t for t in own_tokens(governor, without=[verb.i]) if t.i <= governor.i], governor)
        lead = (*near, *to)
    elif (document := _issued(governor, lexicon)) is not None and document.i < verb.i:
        lead = (*run_with([t for t in own_tokens(governor) if t.i <= governor.i], governor), document)
        beside = _beside(governor, document, verb)
    refuses = verb.dep_ == "xcomp" and governor.lemma_.lower() in _refusals()
    return Voice(
        tuple(source_phrase(speaker)),
        speaker,
        lead,
        beside,
        negative=refuses or (verb.dep_ == "xcomp" and is_negated(governor)),
        determinate=refuses or verb.dep_ != "xcomp" or governor.lemma_.lower() in ("go", "continue", "begin", "start"),
    )


def _is_put_to(verb: Token) -> bool:
    """ "*Asked* whether the army had left, the minister said": the minister was asked, by whom is open."""
    opens = verb.left_edge.i == verb.sent.start and verb.i == verb.left_edge.i
    return opens and verb.dep_ == "advcl" and verb.lower_ == "asked"


def _is_of_teller(verb: Token, deed: Token, lexicon: Lexicon) -> bool:
    """ "*The junta* denied that its jets had fired, *saying* …": who tells of a deed goes on, and not who did it."""
    parted = verb.tag_ == "VBG" and verb.left_edge.nbor(-1).text == "," if verb.left_edge.i else False
    return parted and not lexicon.senses(deed.lemma_, deed.text)


def _teller(verb: Token, lexicon: Lexicon) -> Token | None:
    """Who tells of what was done: "*the army* said two men were shot, *blaming* the league"."""
    outer = verb.head if verb.dep_ == "ccomp" else None
    return subject(outer) if outer is not None and lexicon.senses(outer.lemma_, outer.text) else None


def _beside(governor: Token, document: Token, verb: Token) -> tuple[Token, ...]:
    """What stands with a document that somebody put out: "*In May* it issued a statement *on Monday* saying …"."""
    said = {t.i for t in verb.subtree}
    before = [t for part in children(governor, "prep", "npadvmod") if part.i < governor.i for t in part.subtree]
    return (*before, *(t for t in governor.subtree if t.i not in said and document.i < t.i < verb.i))


def _issued(governor: Token, lexicon: Lexicon) -> Token | None:
    """The document that somebody put out: "issued *a statement* late on Friday saying …"."""
    document = child(governor, "dobj")
    issued = governor.lemma_.lower() in lexicon.issuing_verbs and document is not None
    return document if issued and document is not None and document.lemma_.lower() in lexicon.media else None


# ------------------------------------------------------------------------------------------------ putting together


def _saying(scene: Scene, verb: Token, cue: VerbCue, voice: Voice, found: Found) -> Saying:
    passage = scene.passage
    cue, voice = _left_open(verb, cue, voice)
    if voice.carriers and verb.lemma_ in _hearing():
        cue = replace(cue, type="assertion", score=_HEARD)  # whoever heard it from somebody passes on what he said
    inside = {t.i for t in found.tokens}
    taken = inside | {t.i for t in voice.tokens}
    own = own_tokens(verb, without=taken)
    words = _cue_words(verb, cue, own, found)
    return Saying(
        passage=passage,
        head=verb,
        cue=spans_of(passage, sorted({*words, *voice.lead}, key=lambda t: t.i)),
        content=found.spans,
        source=_source_spans(scene, voice),
        speaker=voice.head,
        hearer=found.hearer,
        carriers=voice.carriers,
        own=tuple(sorted({*own, *voice.lead, *voice.beside, *found.beside}, key=lambda t: t.i)),
        stance=cue.stance,
        type=cue.type,
        medium=cue.medium,
        negative=voice.negative,
        determinate=voice.determinate,
        score=cue.score * found.score,
        made_by=f"{voice.made_by}:{cue.verb}" if voice.tokens else f"hedge:{cue.verb}",
        content_head=found.head,
    )


def _left_open(verb: Token, cue: VerbCue, voice: Voice) -> tuple[VerbCue, Voice]:
    """ "Did *not deny* that …" denies nothing; "*neither confirmed nor denied* that …" leaves it open."""
    if cue.stance != "deny":
        return cue, voice
    other = verb.head if verb.dep_ == "conj" else child(verb, "conj")
    if other is not None and other.lemma_.lower() in _confirming() and _either_way(verb, other):
        first, last = sorted((verb, other), key=lambda t: t.i)
        between = tuple(t for t in verb.doc[first.i : last.i + 1] if not t.is_punct)
        before = tuple(t for t in children(first, "preconj", "neg", "aux", "advmod") if t.i < first.i)
        voice = replace(voice, lead=(*voice.lead, *before, *between), negative=True, determinate=True)
        return replace(cue, stance="assert"), voice
    if voice.negative:
        return replace(cue, stance="assert"), replace(voice, negative=False, determinate=True)
    return cue, voice


def _either_way(verb: Token, other: Token) -> bool:
    """ "neither confirmed nor denied", "would not confirm or deny", "declined to confirm or deny"."""
    first = min(verb, other, key=lambda t: t.i)
    joined = any(t.text.lower() in ("or", "nor") for t in children(first, "cc"))
    refused = first.dep_ == "xcomp" and first.head.lemma_.lower() in _refusals()
    return joined and (refused or is_negated(first) or any(t.text.lower() == "neither" for t in first.children))


def _source_spans(scene: Scene, voice: Voice) -> tuple[Span, ...]:
    if not voice.tokens:
        return ()
    return (hull(spans_of(scene.passage, voice.tokens)),)


def _cue_words(verb: Token, cue: VerbCue, own: Sequence[Token], found: Found) -> list[Token]:
    """The verb with its auxiliaries, negation, adverbs next to it, particle and the one who is told."""
    near = [t for t in own if t.dep_ in ("aux", "auxpass", "neg", "advmod", "prt") and t.head == verb]
    near += [t for t in verb.children if cue.particle is not None and t.text.lower() == cue.particle and t.i > verb.i]
    if found.hearer is not None:
        near += [t for t in noun_phrase(found.hearer, without=("relcl", "acl")) if t.i > verb.i]
    return run_with(sorted({verb, *near}, key=lambda t: t.i), verb)
