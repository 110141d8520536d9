"""What is said: the clause, phrase or quotation that a reporting verb presents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from khaldun.annotate.cues import VerbCue
from khaldun.annotate.quotes import Quotation
from khaldun.annotate.saying import (
    Scene,
    child,
    children,
    gap,
    joined,
    noun_phrase,
    own_tokens,
    run_with,
    runs,
    trimmed,
)
from khaldun.model import Span, hull

_CLAUSES = ("ccomp",)
_BLOCKERS = frozenset(
    "as what than like when after because if that who which whom where while since before although".split()
)
_DELIMITERS = frozenset(",\"'“”’–—-;.:!?)")
# Words at the head of a clause that are not part of what is said: "said *that* the road was cut".
_COMPLEMENTISERS = frozenset(("that",))
_PREPOSITIONS = ("of", "for", "as", "about", "on", "with", "from", "against", "at", "to")


@dataclass(frozen=True, slots=True)
class Found:
    """One content: its spans, the tokens under them, its head, and the one who is told."""

    spans: tuple[Span, ...]
    tokens: tuple[Token, ...] = ()
    head: Token | None = None
    hearer: Token | None = None
    score: float = 1.0


def find_content(scene: Scene, verb: Token, cue: VerbCue, source: Sequence[Token], *, passive: bool) -> Iterator[Found]:
    """The contents at `verb` (more than one for "said A and that B"), or nothing where the verb has another sense."""
    if passive:
        yield from _passive(scene, verb, cue, source)
        return
    hearer = _hearer(verb, cue)
    for reading in (_clauses, _around, _complements):
        found = list(reading(scene, verb, cue, source, hearer))
        if found:
            yield from found
            return


def _hearer(verb: Token, cue: VerbCue) -> Token | None:
    """The one who is told: "told *the agency* that", "warned *the crew* that"; "said *to reporters*" is a prep."""
    if not cue.hearer:
        return None
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i]
    return objects[0] if objects and objects[0].pos_ in ("NOUN", "PROPN", "PRON") else None


# ------------------------------------------------------------------------------------------------ clauses


def _clauses(scene: Scene, verb: Token, cue: VerbCue, source: Sequence[Token], hearer: Token | None) -> Iterator[Found]:
    """ "said (that) …", "asked whether …", also where the cue's clause stands inside or after it."""
    if not cue.takes & {"clause", "quote"}:
        return
    clause = next((c for c in verb.children if c.dep_ in _CLAUSES and c.i > verb.i), None)
    if clause is None and cue.takes & {"clause"}:
        clause = _clause_behind(verb, hearer)
    if clause is None or not ("clause" in cue.takes or _quoted(scene, clause)):
        return
    if _is_infinitive(clause) and child(clause, "nsubj") is None:
        return
    own = own_tokens(verb, without=_indices(clause)) + list(source) + _phrase(hearer)
    for head, tokens in _coordinated(clause, own):
        spans = _grown(scene, _spans(scene, _to_the_end(verb, head, tokens)), verb)
        if spans:
            yield Found(spans, tuple(tokens), head, hearer)


def _clause_behind(verb: Token, hearer: Token | None) -> Token | None:
    """A clause that the parser hung elsewhere: a "that" directly behind the verb or the one who is told."""
    after = (max(t.i for t in hearer.subtree) if hearer is not None else verb.i) + 1
    if after >= verb.sent.end:
        return None
    word = verb.doc[after]
    if word.text.lower() not in ("that", "whether") or word.dep_ not in ("mark", "det", "nsubj"):
        return None
    head = word.head
    return head if head.i > after and head.pos_ in ("VERB", "AUX") else None


def _is_infinitive(clause: Token) -> bool:
    return any(t.dep_ == "aux" and t.tag_ == "TO" for t in clause.children)


def _quoted(scene: Scene, clause: Token) -> bool:
    at = scene.passage.at(clause)
    return any(q.outer.contains(at) for q in scene.quotations)


def _coordinated(clause: Token, own: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """One proposition, or each of "that A and that B": a joined clause with a complementiser of its own stands alone."""
    apart = [c for c in clause.children if c.dep_ == "conj" and _has_that(c)]
    taken = {t.i for t in own}
    others = {t.i for c in apart for t in c.subtree}
    joints = {t.i for c in apart for t in clause.children if t.dep_ in ("cc", "punct") and t.i < c.i and t.i > clause.i}
    whole = [t for t in clause.subtree if t.i not in taken | others | joints]
    yield clause, whole
    for other in apart:
        yield other, [t for t in other.subtree if t.i not in taken]


def _has_that(clause: Token) -> bool:
    return any(t.dep_ == "mark" and t.text.lower() in _COMPLEMENTISERS for t in clause.children)


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
        first = part.left_edge
        if first.i == tokens[-1].i + 1:
            tokens += list(part.subtree)
    return tokens


# ------------------------------------------------------------------------------------------------ round the cue


def _around(scene: Scene, verb: Token, cue: VerbCue, source: Sequence[Token], hearer: Token | None) -> Iterator[Found]:
    """The cue's clause as a parenthesis ("…, he said, …", "…, said the mayor"), or beside a quotation."""
    if "quote" not in cue.takes:
        return
    own = _own_stretch(scene, verb, source, hearer)
    place = scene.passage.span(own)
    before = _quotation_before(scene, place)
    after = _quotation_after(scene, place)
    pieces: list[Span] = []
    if before is not None:
        pieces.append(before.outer)
    if _is_parenthesis(scene, own, cue, quoted=before is not None, followed=after is not None):
        pieces += _rest_of_sentence(scene, own, verb)
    if not pieces and after is None:
        return
    if after is not None:
        pieces.append(after.outer)
    spans = _grown(scene, tuple(pieces), verb)
    if spans:
        yield Found(spans, (), None, hearer)


def _own_stretch(scene: Scene, verb: Token, source: Sequence[Token], hearer: Token | None) -> list[Token]:
    """The words of the cue's clause round the verb: source, verb, adverbials, the one who is told."""
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "advcl", "conj", "parataxis")]
    tokens = {t.i: t for t in own_tokens(verb, without={c.i for c in clauses})}
    tokens.update((t.i, t) for t in source if t.sent == verb.sent)
    tokens.update((t.i, t) for t in _phrase(hearer))
    for part in verb.children:  # "said late *on Sunday*, in a statement"
        if part.dep_ == "punct" and part.text == ",":
            tokens[part.i] = part
    ordered = [tokens[i] for i in sorted(tokens)]
    stretch = run_with(ordered, verb)
    while stretch[-1].is_punct and stretch[-1] is not verb:
        stretch.pop()
    while stretch[0].is_punct and stretch[0] is not verb:
        stretch.pop(0)
    return stretch


def _quotation_before(scene: Scene, place: Span) -> Quotation | None:
    """The quotation that ends where the cue's clause begins."""
    return next(
        (
            q
            for q in scene.quotations
            if q.outer.end <= place.start
            and scene.passage.extent.contains(Span(q.pieces[-1].start, q.outer.end))
            and gap(scene.text, q.outer.end, place.start) in ("", ",", "-", "—", "–")
        ),
        None,
    )


def _quotation_after(scene: Scene, place: Span) -> Quotation | None:
    """The quotation that begins where the cue's clause ends."""
    return next(
        (
            q
            for q in scene.quotations
            if q.outer.start >= place.end
            and scene.passage.extent.contains(q.pieces[0])
            and gap(scene.text, place.end, q.outer.start) in ("", ",", ":", ",that", "that", ".", "-", "—", "–")
        ),
        None,
    )


def _is_parenthesis(scene: Scene, own: Sequence[Token], cue: VerbCue, *, quoted: bool, followed: bool) -> bool:
    first, last = own[0], own[-1]
    sentence = scene.sentence
    before = [t for t in sentence if t.i < first.i]
    words = [t for t in before if not t.is_punct]
    if not words or words[-1].text.lower() in _BLOCKERS:
        return False
    ends = all(t.is_punct for t in sentence if t.i > last.i)
    following = sentence.doc[last.i + 1].text if not ends else "."
    if not ends and following[0] not in _DELIMITERS:
        return False
    if followed and not any(t.pos_ in ("VERB", "AUX") for t in before):
        return False
    marked = before[-1].is_punct and before[-1].text[0] in _DELIMITERS
    if marked or quoted:
        return following != ":"
    return ends and cue.score >= 0.7 and len(words) >= 4 and any(t.pos_ in ("VERB", "AUX") for t in before)


def _rest_of_sentence(scene: Scene, own: Sequence[Token], verb: Token) -> list[Span]:
    """What stands before the parenthesis and, where it goes on with the same clause, behind it."""
    passage, sentence = scene.passage, scene.sentence
    left = [t for t in sentence if t.i < own[0].i]
    mine = {t.i for t in verb.subtree}
    clause = child(verb, "ccomp")
    if clause is not None:
        mine -= {t.i for t in clause.subtree}
    right = [t for t in sentence if t.i > own[-1].i and t.i not in mine]
    return [passage.span(part) for part in (left, *runs(right)) if part]


# ------------------------------------------------------------------------------------------------ phrases


def _complements(
    scene: Scene, verb: Token, cue: VerbCue, source: Sequence[Token], hearer: Token | None
) -> Iterator[Found]:
    """Objects, infinitives and prepositional phrases: "denied the raid", "urged them to leave", "accused him of …"."""
    head, tokens = _complement(verb, cue, hearer)
    taken = {t.i for t in source}
    tokens = [t for t in tokens if t.i not in taken and t.i != verb.i]
    if head is None or not tokens:
        return
    spans = _grown(scene, _spans(scene, tokens), verb)
    if spans:
        yield Found(spans, tuple(tokens), head, hearer)


def _complement(verb: Token, cue: VerbCue, hearer: Token | None) -> tuple[Token | None, list[Token]]:
    target = _particle_object(verb, cue) if cue.particle is not None else child(verb, "dobj")
    infinitive = _infinitive(verb)
    if "object_infinitive" in cue.takes and infinitive is not None:
        of_clause = child(infinitive, "nsubj")
        start = target or of_clause
        if start is not None:
            return infinitive, _stretch([*start.subtree, *infinitive.subtree])
        if cue.particle is not None:
            return infinitive, list(infinitive.subtree)
    if "infinitive" in cue.takes and infinitive is not None and (target is None or target.i > infinitive.i):
        return infinitive, [
            t for t in infinitive.subtree if not (t.dep_ == "aux" and t.tag_ == "TO" and t.head is infinitive)
        ]
    for name in _PREPOSITIONS:
        if name in cue.takes and (found := _with_preposition(verb, cue, target, name, hearer)) is not None:
            return found
    if "small_clause" in cue.takes and (small := _small_clause(verb)) is not None:
        return small, list(small.subtree)
    if "object" in cue.takes:
        return _object(verb, cue, target)
    return None, []


def _stretch(tokens: Sequence[Token]) -> list[Token]:
    return sorted(set(tokens), key=lambda t: t.i)


def _infinitive(verb: Token) -> Token | None:
    return next(
        (c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i and _is_infinitive(c)), None
    )


def _particle_object(verb: Token, cue: VerbCue) -> Token | None:
    particle = next((c for c in verb.children if c.text.lower() == cue.particle and c.i > verb.i), None)
    if particle is None:
        return None
    return child(particle, "pobj", "pcomp") or child(verb, "dobj")


def _with_preposition(
    verb: Token, cue: VerbCue, target: Token | None, name: str, hearer: Token | None
) -> tuple[Token, list[Token]] | None:
    """ "accused the army of shelling …": object and phrase; "warned of famine": the phrase's object alone."""
    holders = [verb] if target is None or hearer is not None else [verb, target]
    phrase = next((c for h in holders for c in children(h, "prep") if c.text.lower() == name and c.i > verb.i), None)
    if phrase is None:
        return None
    inner = child(phrase, "pobj", "pcomp") or child(phrase, "amod", "acomp")
    if inner is None:
        return None
    if target is None or hearer is not None:
        return inner, list(inner.subtree)
    if cue.only_objects and target.lemma_.lower() not in cue.only_objects and "PERSON" not in cue.only_objects:
        return None
    return inner, _stretch([*target.subtree, *phrase.subtree])


def _small_clause(verb: Token) -> Token | None:
    """ "called the raid a crime": a clause without a verb."""
    for clause in children(verb, "ccomp", "oprd", "xcomp"):
        if clause.i > verb.i and clause.pos_ in ("NOUN", "PROPN", "ADJ"):
            return clause
    return None


def _object(verb: Token, cue: VerbCue, target: Token | None) -> tuple[Token | None, list[Token]]:
    if target is None:
        gerund = next((c for c in children(verb, "xcomp", "pcomp") if c.tag_ == "VBG" and c.i > verb.i), None)
        return (gerund, list(gerund.subtree)) if gerund is not None else (None, [])
    if target.i < verb.i or target.pos_ == "PRON" or not _fits(target, cue):
        return None, []
    return target, list(target.subtree)


def _fits(target: Token, cue: VerbCue) -> bool:
    lemma = target.lemma_.lower()
    if lemma in cue.not_objects:
        return False
    if "NUMBER" in cue.not_objects and (target.pos_ == "NUM" or child(target, "nummod") is not None):
        return False
    if not cue.only_objects or lemma in cue.only_objects:
        return True
    return "PERSON" in cue.only_objects and target.pos_ == "PROPN"


# ------------------------------------------------------------------------------------------------ passives


def _passive(scene: Scene, verb: Token, cue: VerbCue, source: Sequence[Token]) -> Iterator[Found]:
    """ "is said to have fled", "it was reported that …", "was described by the police as …"."""
    subject = child(verb, "nsubjpass")
    clause = child(verb, "ccomp")
    infinitive = _infinitive(verb)
    taken = {t.i for t in source}
    if clause is not None and not _is_infinitive(clause) and cue.takes & {"clause", "passive"}:
        tokens = [t for t in clause.subtree if t.i not in taken and t.i != verb.i]
        spans = _grown(scene, _spans(scene, tokens), verb)
        if spans:
            yield Found(spans, tuple(tokens), clause)
    elif subject is not None and infinitive is not None and cue.takes & {"passive"}:
        tokens = _stretch([*noun_phrase(subject), *infinitive.subtree])
        yield Found(_spans(scene, tokens), tuple(tokens), infinitive)
    elif subject is not None and "passive_as" in cue.takes and (as_ := _as_phrase(verb)) is not None:
        tokens = _stretch([*noun_phrase(subject), *as_.subtree])
        yield Found(_spans(scene, tokens), tuple(tokens), as_)
    elif subject is not None and source and "object" in cue.takes and _fits(subject, cue):
        tokens = noun_phrase(subject)
        yield Found(_spans(scene, tokens), tuple(tokens), subject)


def _as_phrase(verb: Token) -> Token | None:
    return next((c for c in children(verb, "prep") if c.text.lower() == "as"), None)


# ------------------------------------------------------------------------------------------------ characters


def _phrase(head: Token | None) -> list[Token]:
    return noun_phrase(head) if head is not None else []


def _indices(head: Token) -> set[int]:
    return {t.i for t in head.subtree}


def _spans(scene: Scene, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The stretches of `tokens`, without a leading complementiser."""
    tokens = sorted(tokens, key=lambda t: t.i)
    while tokens and (tokens[0].is_punct or (tokens[0].text.lower() in _COMPLEMENTISERS and tokens[0].dep_ == "mark")):
        if tokens[0].text in "\"'([":
            break
        tokens = tokens[1:]
    return tuple(scene.passage.span(run) for run in runs(tokens))


def _grown(scene: Scene, spans: Sequence[Span], verb: Token) -> tuple[Span, ...]:
    """The spans widened to whole quotations, with the quotations that go straight on, trimmed and in order."""
    at = scene.passage.at(verb)
    open_to = [q for q in scene.quotations if not q.outer.overlaps(at)]
    pieces = [_whole(span, open_to, at) for span in spans]
    if pieces and any(q.outer.overlaps(p) for q in open_to for p in pieces):
        pieces += _continuations(scene, pieces, open_to, at)
    cleaned = [_unquoted(scene, p) for p in joined(pieces, scene.text)]
    return tuple(span for span in cleaned if span is not None)


def _whole(span: Span, quotations: Sequence[Quotation], at: Span) -> Span:
    for quotation in quotations:
        outer = quotation.outer
        if outer.overlaps(span) and not span.contains(outer):
            wide = hull([span, outer])
            if not wide.overlaps(at):
                span = wide
    return span


def _continuations(scene: Scene, pieces: Sequence[Span], quotations: Sequence[Quotation], at: Span) -> list[Span]:
    """Quotations that follow the attributed words in the same paragraph, sentence after sentence.

    "We are staying," she said. "*We have nowhere to go.*" "*Nobody asked us.*"
    """
    end = max([p.end for p in pieces])
    end = max(end, _end_of_cue(scene, at)) if at.end > end else end
    found = []
    for quotation in quotations:
        if quotation.outer.start < end or not scene.passage.extent.contains(
            Span(quotation.outer.start, quotation.outer.start + 1)
        ):
            continue
        if any(c.isalnum() for c in scene.text[end : quotation.outer.start]):
            break
        if len(quotation.inner) < 12 and quotation.outer.start > end + 2:
            break
        found.append(quotation.outer)
        end = quotation.outer.end
    return found


def _end_of_cue(scene: Scene, at: Span) -> int:
    """Where the sentence of the cue ends, when nothing but the cue's own clause is left of it."""
    return max(at.end, scene.span.end)


def _unquoted(scene: Scene, span: Span) -> Span | None:
    """A piece without its outer quotation marks and edge punctuation, when it is one whole quotation."""
    kept = trimmed(scene.text, span)
    if kept is None:
        return None
    for quotation in scene.quotations:
        if quotation.outer.start <= kept.start and kept.end <= quotation.outer.end:
            inner = quotation.inner
            cut = Span(max(kept.start, inner.start), min(kept.end, inner.end)) if inner.overlaps(kept) else kept
            return trimmed(scene.text, cut)
    return kept
