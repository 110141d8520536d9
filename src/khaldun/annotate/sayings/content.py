"""What is said: the clause, phrase or quotation that a reporting verb presents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from khaldun.annotate.sayings.around import around, as_said, below
from khaldun.annotate.sayings.asking import Asked, Found, phrase
from khaldun.annotate.sayings.complements import charge_at_agent, find_complement, find_infinitive, fits
from khaldun.annotate.sayings.cues import VerbCue, load_lexicon
from khaldun.annotate.sayings.quoted import COMPLEMENTISERS, content_spans, grown
from khaldun.annotate.sayings.saying import (
    Scene,
    child,
    children,
    is_infinitive,
    misread_subject,
    noun_phrase,
    ordered,
    own_tokens,
)
from khaldun.annotate.sayings.vehicles import printed_in
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

# Words that set one speaker beside another.
_CONTRASTS = frozenset(("while", "whilst", "whereas", "although", "though", "as"))
_DAYS = frozenset(("on", "today", "yesterday", "earlier", "later", "again"))


@cache
def _going_on() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "going_on")


@cache
def _feelings() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "feelings")


def find_content(
    scene: Scene,
    verb: Token,
    cue: VerbCue,
    source: Sequence[Token],
    *,
    passive: bool,
    documents: Collection[str] = (),
) -> Iterator[Found]:
    """The contents at `verb` (more than one for "said A and that B"); nothing where the verb has another sense."""
    if passive:
        yield from _passive(Asked(scene, verb, cue, tuple(source), None))
        return
    asked = Asked(scene, verb, cue, tuple(source), _hearer(verb, cue), documents)
    for reading in (_clauses, around, as_said, below, _complements):
        found = list(reading(asked))
        if found:
            yield from found
            return


def _hearer(verb: Token, cue: VerbCue) -> Token | None:
    """The one who is told: "told *the agency* that", "warned *the crew* that"; "said *to reporters*" is a prep."""
    if not cue.hearer:
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i]
    if misread_subject(verb) is not None:
        objects = [verb.head]
    return objects[0] if objects and objects[0].pos_ in ("NOUN", "PROPN", "PRON") else None


# ------------------------------------------------------------------------------------------------ clauses


def _clauses(asked: Asked) -> Iterator[Found]:
    """ "said (that) …", "asked whether …", also where the cue's clause stands inside or after it."""
    verb, cue, scene = asked.verb, asked.cue, asked.scene
    if not cue.takes & {"clause", "quote"}:
        return
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    behind = clause is None and "clause" in cue.takes
    if behind:
        clause = _clause_behind(verb, asked.hearer, asked.documents)
    if clause is None or is_infinitive(clause) or not ("clause" in cue.takes or _quoted(scene, clause)):
        return
    inside = {t.i for t in clause.subtree}
    beside = _between(verb, clause, asked.hearer) if behind else ()
    taken = own_tokens(verb, without=inside) + list(asked.source) + phrase(asked.hearer)
    for head, tokens in _coordinated(clause, taken):
        kept = _without_participle(_to_the_end(verb, head, tokens), verb)
        if cue.type == "belief":
            kept = _without_reason(kept)
        spans = grown(scene, content_spans(scene, kept), verb)
        if spans:
            yield Found(spans, tuple(kept), head, asked.hearer, beside)


def _between(verb: Token, clause: Token, hearer: Token | None) -> tuple[Token, ...]:
    """What stands between the verb and a clause that the parse hung elsewhere: "said *in a statement today* that"."""
    taken = {t.i for t in clause.subtree} | {t.i for t in phrase(hearer)}
    return tuple(t for t in verb.doc[verb.i + 1 : clause.i] if t.i not in taken and not t.is_punct)


def _clause_behind(verb: Token, hearer: Token | None, documents: Collection[str]) -> Token | None:
    """A clause that the parser hung elsewhere: a "that" directly behind the verb or the one who is told.

    "assured the elders *that the troops would leave*" looks like a relative clause.
    """
    after = _past_adverbials(verb, (phrase(hearer)[-1].i if hearer is not None else verb.i) + 1, documents)
    if after >= verb.sent.end:
        return None
    word = verb.doc[after]
    head = word.head
    if word.text.lower() not in ("that", "whether") or head.i <= after or head.pos_ not in ("VERB", "AUX"):
        return None
    own = child(head, "nsubj", "nsubjpass")
    return head if word.dep_ == "mark" or (own is not None and own.i != word.i) else None


def _past_adverbials(verb: Token, place: int, documents: Collection[str]) -> int:
    """Past what says how and when: "noted *with concern* that", "told members *today (23 December)* that"."""
    end = verb.sent.end
    while place < end:
        token = verb.doc[place]
        inner = child(token, "pobj") if token.text.lower() in ("with", "in") and token.dep_ == "prep" else None
        unnamed = child(token, "pobj") if token.lower_ == "on" else None
        if unnamed is not None and unnamed.lower_ == "condition":  # "told Reuters *on condition of anonymity* that"
            place = next((t.i for t in verb.doc[unnamed.i + 1 : end] if t.pos_ == "NOUN"), unnamed.i) + 1
        elif inner is not None and (inner.lemma_.lower() in _feelings() or inner.lemma_.lower() in documents):
            place = inner.i + 1
        elif token.ent_type_ in ("DATE", "TIME") or token.text in "()" or token.text.lower() in _DAYS:
            place += 1
        elif token.lower_ == "at" and verb.doc[place : place + 3].text.lower() in ("at the time", "at that time"):
            place += 3
        else:
            break
    return place


def _quoted(scene: Scene, clause: Token) -> bool:
    at = scene.passage.at(clause)
    return any(q.outer.contains(at) for q in scene.quotations)


def _coordinated(clause: Token, own: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """One proposition, or each of "that A and that B": a joined clause with a complementiser stands alone."""
    apart = [c for c in clause.children if c.dep_ == "conj" and _has_that(c)]
    taken = {t.i for t in own}
    others = {t.i for c in apart for t in c.subtree}
    joints = {t.i for c in apart for t in clause.children if t.dep_ in ("cc", "punct") and clause.i < t.i < c.i}
    yield clause, [t for t in clause.subtree if t.i not in taken | others | joints]
    for other in apart:
        yield other, [t for t in other.subtree if t.i not in taken]


def _has_that(clause: Token) -> bool:
    return any(t.dep_ == "mark" and t.text.lower() in COMPLEMENTISERS for t in clause.children)


def _to_the_end(verb: Token, clause: Token, tokens: list[Token]) -> list[Token]:
    """The clause with the phrases behind it that the parser gave to the verb of saying, unless a comma parts them.

    "He said the depot burned *after the second strike*".
    """
    if clause.i < verb.i or not tokens:
        return tokens
    tokens = list(tokens)
    for part in verb.children:
        if part.i <= tokens[-1].i or part.dep_ not in ("prep", "advcl", "npadvmod", "advmod", "dobj", "acomp"):
            continue
        if part.left_edge.i == tokens[-1].i + 1:
            tokens += list(part.subtree)
    return tokens


def _without_participle(tokens: list[Token], verb: Token) -> list[Token]:
    """The clause without ", adding that …" at its end, which is the speaker's next saying."""
    for token in tokens:
        if not _goes_on_saying(token, verb):
            continue
        if token.right_edge.i >= tokens[-1].i:
            return [t for t in tokens if t.i < token.left_edge.i]
    return _without_according(tokens)


def _without_reason(tokens: list[Token]) -> list[Token]:
    """A belief without the "because …" behind it, which says why it is held: that is the reporter's or the holder's."""
    for token in tokens[1:]:
        if token.text.lower() == "because" and token.i > tokens[0].i + 2:
            return [t for t in tokens if t.i < token.i]
    return tokens


def _without_according(tokens: list[Token]) -> list[Token]:
    """The clause without ", according to …" at its end: that vouches for the saying, not for what is said."""
    for token in tokens:
        if token.text.lower() == "according" and token.i > tokens[0].i and token.nbor(-1).text == ",":
            return [t for t in tokens if t.i < token.i]
    return tokens


def _goes_on_saying(token: Token, verb: Token) -> bool:
    """True for ", adding that …", ", while another says …" and ", who denied it"."""
    if token.lemma_.lower() not in _going_on() or token.i < verb.i + 3:
        return False
    if token.tag_ == "VBG":
        joined = token.dep_ in ("advcl", "conj", "dep") and token.nbor(-1).is_punct
        return joined and child(token, "nsubj") is None
    if token.dep_ == "relcl":
        return token.left_edge.nbor(-1).text == "," and token.left_edge.text.lower() == "who"
    contrast = next((t for t in token.children if t.dep_ == "mark" and t.text.lower() in _CONTRASTS), None)
    if token.dep_ != "advcl" or contrast is None or child(token, "nsubj") is None:
        return False
    return contrast.text.lower() != "as" or child(token, "ccomp", "dobj") is not None


# ------------------------------------------------------------------------------------------------ phrases


def _complements(asked: Asked) -> Iterator[Found]:
    head, tokens = find_complement(asked.verb, asked.cue, asked.hearer)
    if head is None:
        return
    taken = {asked.verb.i, *(t.i for t in asked.source)}
    whole = _without_participle([t for t in tokens if t.i not in taken], asked.verb)
    kept = _without_document(whole, asked.documents)
    spans = grown(asked.scene, content_spans(asked.scene, kept), asked.verb) if kept else ()
    if spans:
        yield Found(spans, tuple(kept), head, asked.hearer, tuple(t for t in whole if t not in kept))


def _without_document(tokens: list[Token], documents: Collection[str]) -> list[Token]:
    """A noun phrase without "in a statement …" at its end, which says how it was said, not what."""
    for token in tokens[1:]:
        if token.dep_ != "prep" or token.text.lower() not in ("in", "via", "through"):
            continue
        inner = printed_in(child(token, "pobj"))
        if inner is not None and inner.lemma_.lower() in documents and tokens[-1].i in {t.i for t in token.subtree}:
            return [t for t in tokens if t.i < token.i]
    return tokens


def _passive(asked: Asked) -> Iterator[Found]:
    """ "is said to have fled", "it was reported that …", "was described by the police as …"."""
    found = _passive_complement(asked)
    if found is None:
        return
    head, tokens = found
    taken = {asked.verb.i, *(t.i for t in asked.source)}
    kept = [t for t in tokens if t.i not in taken]
    spans = grown(asked.scene, content_spans(asked.scene, kept), asked.verb)
    if spans:
        told = child(asked.verb, "nsubjpass") if asked.cue.hearer and head.dep_ == "ccomp" else None
        yield Found(spans, tuple(kept), head, told)


def _passive_complement(asked: Asked) -> tuple[Token, list[Token]] | None:
    verb, cue = asked.verb, asked.cue
    subject, clause, infinitive = child(verb, "nsubjpass"), child(verb, "ccomp"), find_infinitive(verb)
    if clause is not None and not is_infinitive(clause) and cue.takes & {"clause", "passive"}:
        return clause, list(clause.subtree)
    if subject is None and verb.dep_ == "acl":
        subject = verb.head  # "the raid, claimed by the league, …"
    if subject is None:
        return None
    whole = cue.stance == "deny" and _is_nobodys(subject)
    named = [t for t in noun_phrase(subject, without=() if whole else ("relcl", "acl")) if t.i < verb.i]
    if infinitive is not None and "passive" in cue.takes:
        return infinitive, ordered([*named, *infinitive.subtree])
    charge = charge_at_agent(verb, cue)
    for part in (*children(verb, "prep"), *([charge] if charge is not None else [])):
        name = part.text.lower()
        if name in cue.takes or (name == "as" and "passive_as" in cue.takes):
            return child(part, "pobj", "pcomp") or part, ordered([*named, *part.subtree])
    if asked.source and "object" in cue.takes and fits(subject, cue):
        return subject, named
    return None


def _is_nobodys(told: Token) -> bool:
    """ "*Reports that the town had fallen* were denied by …": nobody's in particular, unlike "the army's claim"."""
    owned = child(told, "poss") is not None or any(p.lower_ in ("by", "from", "of") for p in children(told, "prep"))
    return told.lemma_.lower() in load_lexicon().nouns and not owned
