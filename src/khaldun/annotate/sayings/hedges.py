"""Words passed on without a speaker ("reportedly"), and words that the reporter will not own ("so-called")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from khaldun.annotate.sayings.cues import Lexicon
from khaldun.annotate.sayings.quoted import grown
from khaldun.annotate.sayings.quotes import Quotation
from khaldun.annotate.sayings.saying import Saying, Scene, child, is_infinitive, noun_phrase, spans_of, tokens_between
from khaldun.annotate.words import Token
from khaldun.model import Span

_CLAUSES = ("xcomp", "ccomp", "advcl", "relcl")
_VERBS = ("VERB", "AUX")
# Marks round more words than this are a quotation, not a distance kept from a word.
_LONGEST_DISTANCED = 3


def read_hedges(scene: Scene, lexicon: Lexicon) -> Iterator[Saying]:
    """The hedges of one sentence and the words under so-called."""
    last_parts = _last_parts(lexicon.distancing)
    for token in scene.sentence:
        word = token.lower_
        if word in lexicon.hedging_adverbs:
            yield from _adverb(scene, token, lexicon.hedging_adverbs[word])
        elif word in lexicon.hedging_adjectives and token.dep_ == "amod" and token.head.pos_ in ("NOUN", "PROPN"):
            yield from _adjective(scene, token, lexicon.hedging_adjectives[word])
        elif (token.pos_ in _VERBS or word == "purports") and token.lemma_.lower() in lexicon.raising_verbs:
            yield from _raising(scene, token, lexicon)
        if word in last_parts and (found := _distancing(scene, token, lexicon)) is not None:
            yield found


def _adverb(scene: Scene, adverb: Token, score: float) -> Iterator[Saying]:
    """ "The fighters have *reportedly* left the hills": the clause of the verb that the adverb modifies."""
    verb = adverb.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb and verb.dep_ not in ("pobj", "dobj"):
        verb = verb.head
    if verb.pos_ in ("VERB", "AUX"):
        tokens = _clause(verb, adverb)
    else:
        tokens = [t for t in noun_phrase(verb) if t.i != adverb.i]
    yield from _hedge(scene, adverb, [adverb], tokens, verb, score)


def _clause(verb: Token, without: Token) -> list[Token]:
    """The verb with its subject, objects and adverbials, without joined clauses and the auxiliaries' hedge.

    A participle that modifies a noun has that noun as its subject: "a man *allegedly sent by the emir*".
    """
    dropped: set[int] = {without.i}
    for part in verb.children:
        if part.dep_ in ("conj", "cc", "parataxis", "mark", "punct") or (part.dep_ == "ccomp" and part.i < verb.i):
            dropped.update(t.i for t in part.subtree)
    subject = child(verb, "nsubj", "nsubjpass")
    tokens = [t for t in verb.subtree if t.i not in dropped]
    if subject is None and verb.dep_ == "conj" and (shared := child(verb.head, "nsubj", "nsubjpass")) is not None:
        tokens = [*noun_phrase(shared), *tokens]
    return sorted(tokens, key=lambda t: t.i)


def _adjective(scene: Scene, adjective: Token, score: float) -> Iterator[Saying]:
    """ "the *alleged* bomber": the noun phrase."""
    tokens = [t for t in noun_phrase(adjective.head) if t.i != adjective.i]
    yield from _hedge(scene, adjective, [adjective], tokens, adjective.head, score)


def _raising(scene: Scene, verb: Token, lexicon: Lexicon) -> Iterator[Saying]:
    """ "The convoy *appears* to have turned back", "the emir *is rumoured* to have fled"."""
    clause = next((c for c in verb.children if c.dep_ in _CLAUSES and c.i > verb.i), None)
    subject = child(verb, "nsubj", "nsubjpass", "compound")  # "a video *purports*" may be taken for a noun
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        subject = verb.head  # "footage *purporting* to show"
    if clause is None or subject is None or not is_infinitive(clause):
        return
    if verb.lemma_.lower() not in lexicon.active_raising and child(verb, "auxpass") is None:
        return
    cue = [t for t in verb.children if t.dep_ in ("aux", "auxpass", "neg", "advmod") and t.i < verb.i]
    tokens = sorted({*noun_phrase(subject), *clause.subtree}, key=lambda t: t.i)
    yield from _hedge(scene, verb, [*cue, verb], tokens, clause, lexicon.raising_verbs[verb.lemma_.lower()])


def _hedge(
    scene: Scene, head: Token, cue: Sequence[Token], tokens: Sequence[Token], content: Token, score: float
) -> Iterator[Saying]:
    spans = grown(scene, spans_of(scene.passage, tokens), head, quotations=False)
    if spans:
        yield Saying(
            passage=scene.passage,
            head=head,
            cue=spans_of(scene.passage, sorted(cue, key=lambda t: t.i)),
            content=spans,
            own=tuple(cue),
            score=score,
            made_by=f"hedge:{_word(head)}",
            content_head=content,
        )


def _word(head: Token) -> str:
    """The lexicon's word for the cue: a verb by its lemma, an adverb or adjective ("suspected") as it stands."""
    return head.lemma_.lower() if head.pos_ in _VERBS and head.dep_ != "amod" else head.text.lower()


# ------------------------------------------------------------------------------------------------ distance


@cache
def _last_parts(distancing: frozenset[str]) -> frozenset[str]:
    """The words at which "so-called" may be recognised; the tokeniser parts it at the hyphen."""
    return frozenset(word.rsplit("-", 1)[-1] for word in distancing) | distancing


def _distancing(scene: Scene, token: Token, lexicon: Lexicon) -> Saying | None:
    text, end = scene.passage.doc.text.lower(), token.idx + len(token.text)
    word = next((w for w in lexicon.distancing if text.startswith(w, end - len(w))), None)
    if word is None:
        return None
    start = token.idx + len(token.text) - len(word)
    cue = [t for t in scene.sentence if start <= t.idx <= token.idx]
    noun = _noun_after(token)
    if noun is None:
        return None
    phrase = [t for t in noun_phrase(noun) if token.i < t.i <= noun.i]
    if not phrase:
        return None
    spans = grown(scene, spans_of(scene.passage, phrase), token)
    if not spans:
        return None
    return Saying(
        passage=scene.passage, head=token, cue=spans_of(scene.passage, cue), content=spans, own=tuple(cue),
        made_by=f"distance:{word}", content_head=noun,
    )  # fmt: skip


def _noun_after(token: Token) -> Token | None:
    """The head of the phrase that the word stands before: "so-called *republic*'s borders"."""
    end = min(token.i + 7, token.sent.end)
    for following in token.doc[token.i + 1 : end]:
        if following.pos_ in ("NOUN", "PROPN") and following.dep_ != "compound":
            return following
        if following.pos_ not in ("NOUN", "PROPN", "ADJ", "PUNCT", "NUM", "ADV", "VERB"):
            return None
    return None


def read_marks(scene: Scene, sayings: Sequence[Saying], quotations: Sequence[Quotation]) -> Iterator[Saying]:
    """Marks round a word or two of the sentence that no attribution presents as quoted speech.

    In "proclaimed the “purification” of the old town" the marks are the reporter's, although the announcement is
    another's: what is presented is a noun phrase and not a clause.
    """
    for quotation in quotations:
        tokens = [t for t in tokens_between(scene.passage, quotation.inner) if not t.is_punct]
        if not _is_distanced(tokens, scene) or _is_speech(quotation, tokens, sayings):
            continue
        outer, inner = quotation.outer, quotation.inner
        marks = (Span(outer.start, inner.start), Span(inner.end, outer.end))
        yield Saying(
            passage=scene.passage, head=tokens[0], cue=tuple(m for m in marks if len(m)), content=(inner,),
            own=tuple(tokens), score=0.8, made_by="distance:marks", content_head=tokens[-1],
        )  # fmt: skip


def _is_distanced(tokens: Sequence[Token], scene: Scene) -> bool:
    if not tokens or len(tokens) > _LONGEST_DISTANCED or tokens[0].sent.start != scene.sentence.start:
        return False
    if tokens[0].i > scene.sentence.start + 1 and tokens[0].nbor(-2).tag_ == "TO":
        return False  # "told them to “kneel”"
    words = [t for t in tokens if t.tag_ != "POS"]
    if not words or any(t.text[0].isupper() and t.i != scene.sentence.start for t in words):
        return False
    if _is_one_deed(words):
        return True
    return words[-1].pos_ in ("NOUN", "ADJ", "PROPN") and words[0].pos_ in (
        "NOUN",
        "ADJ",
        "VERB",
        "PROPN",
        "ADV",
        "NUM",
    )


def _is_one_deed(words: Sequence[Token]) -> bool:
    """One verb in marks, whose clause stands outside: "said it had “*neutralised*” nine rebels"."""
    return len(words) == 1 and words[0].pos_ == "VERB" and words[0].tag_ in ("VBD", "VBN") and bool(words[0].children)


def _is_speech(quotation: Quotation, tokens: Sequence[Token], sayings: Sequence[Saying]) -> bool:
    if _is_one_deed(tokens):
        return False
    for saying in sayings:
        if saying.made_by.startswith("distance:"):
            if quotation.outer.overlaps_any(saying.content):
                return True
            continue
        head = saying.content_head
        phrase = head is not None and head.pos_ in ("NOUN", "PROPN")
        if not phrase and quotation.outer.overlaps_any(saying.content):
            return True
    return False


__all__ = ["read_hedges", "read_marks"]
