"""Attribution without a reporting verb: "according to", "in her words", "the claim that", and a name with a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.sayings.cues import Lexicon, NounCue
from khaldun.annotate.sayings.quoted import grown
from khaldun.annotate.sayings.saying import (
    Saying,
    Scene,
    child,
    children,
    is_infinitive,
    is_passive,
    noun_phrase,
    spans_of,
    subject,
    tokens_between,
)
from khaldun.annotate.slips.speakers import can_speak
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Span, hull

# A name or a title and name, in at most seven words, with what it says behind the colon: "KHALIL HADDAD: …".
_SPEAKER_LINE = re.compile(
    r"((?:[A-Z][\w.'’-]*|of|the|and|for|al-\w+)(?: (?:[A-Z][\w.'’-]*|of|the|and|for|al-\w+)){0,6}) ?: +"
)
_BE = frozenset(("be",))


@cache
def _spreading() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "spreading")


@cache
def _by_whom() -> dict[str, frozenset[str]]:
    """For "in" and "by" the nouns with which they tell whose words these are."""
    return {name: word_list("lexicons/en/sayings.yaml", f"{name}_whose") for name in ("in", "by")}


def read_phrases(scene: Scene, lexicon: Lexicon) -> Iterator[Saying]:
    """The sayings of one sentence that no verb presents."""
    for token in scene.sentence:
        lower = token.lower_
        if lower == "according":
            yield from _according(scene, token)
        elif lower == "per" and token.dep_ == "prep":
            yield from _per(scene, token)
        elif token.dep_ == "pobj" and lower in _by_whom().get(token.head.lower_, ()):
            yield from _in_words(scene, token)
        elif _is_noun(token, scene) and token.lemma_.lower() in lexicon.nouns:
            yield from _noun(scene, token, lexicon.nouns[token.lemma_.lower()], lexicon)


def _is_noun(token: Token, scene: Scene) -> bool:
    """Also for "*Word* reached the port that …", whose capital the parser takes for a name's."""
    return token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.i == scene.sentence.start)


# ------------------------------------------------------------------------------------------------ according to


def _according(scene: Scene, token: Token) -> Iterator[Saying]:
    """ "According to two residents, the road is cut"; "the road is cut, according to two residents"."""
    to = child(token, "prep")
    speaker = child(to, "pobj") if to is not None else None
    if to is None or speaker is None:
        return
    source = _own_source(scene, token, noun_phrase(speaker, without=()))
    phrase = [token, to, *source]
    yield from _phrase_saying(scene, phrase, [token, to], source, speaker, "according_to")


def _per(scene: Scene, per: Token) -> Iterator[Saying]:
    """ "*Per the monitor*, jets bombed the town"; "nine *per cent*" and "ten *per day*" are nobody's words."""
    speaker = child(per, "pobj")
    parted = per.i == scene.sentence.start or per.nbor(-1).text == ","
    named = speaker is not None and (speaker.pos_ == "PROPN" or child(speaker, "det", "poss") is not None)
    if speaker is not None and parted and named:
        source = _own_source(scene, per, noun_phrase(speaker, without=()))
        yield from _phrase_saying(scene, [per, *source], [per], source, speaker, "according_to")


def _own_source(scene: Scene, token: Token, source: list[Token]) -> list[Token]:
    """The source without the subject of the sentence, where the parse took both for one list.

    "According to the radio, *the mayor and two guards* fled".
    """
    after = source[-1].i + 1
    comma = next((n for n, t in enumerate(source) if t.text == ","), 0)
    starts = token.i == scene.sentence.start or token.nbor(-1).is_punct
    verbal = after < scene.sentence.end and scene.passage.doc[after].pos_ in ("VERB", "AUX")
    return source[:comma] if starts and comma and verbal else source


def _in_words(scene: Scene, words: Token) -> Iterator[Saying]:
    """ "in the mayor's words", "in the words of one resident", "by the army's count"."""
    preposition = words.head
    owner = child(words, "poss")
    of = child(words, "prep")
    told = of is not None and of.text.lower() == "of" and words.lower_ == "words"
    speaker = owner or (child(of, "pobj") if of is not None and told else None)
    if speaker is None:
        return
    source = noun_phrase(speaker, without=())
    phrase = list(preposition.subtree)
    taken = {t.i for t in source}
    yield from _phrase_saying(scene, phrase, [t for t in phrase if t.i not in taken], source, speaker, "words")


def _phrase_saying(
    scene: Scene, phrase: Sequence[Token], cue: Sequence[Token], source: Sequence[Token], speaker: Token, made_by: str
) -> Iterator[Saying]:
    content = _clause_around(scene, phrase)
    spans = grown(scene, spans_of(scene.passage, content), phrase[0])
    if spans:
        yield Saying(
            passage=scene.passage,
            head=phrase[0],
            cue=spans_of(scene.passage, cue),
            content=spans,
            source=(hull(spans_of(scene.passage, source)),),
            speaker=speaker,
            own=tuple(phrase),
            made_by=made_by,
            content_head=content[0].sent.root,
        )


def _clause_around(scene: Scene, phrase: Sequence[Token]) -> list[Token]:
    """The words of the sentence that the phrase qualifies.

    At the head of a sentence the clause ends where a joined clause with its own subject begins ("According to X,
    the town fell, *but the army denied it*"); elsewhere a phrase reaches back to the last such joint.
    """
    taken = {t.i for t in phrase}
    first, last = min(taken), max(taken)
    tokens = [t for t in scene.sentence if t.i not in taken]
    joints = [t.i for t in scene.sentence if _is_joint(t)]
    start = max((j for j in joints if j < first), default=scene.sentence.start - 1)
    end = min((j for j in joints if j > last), default=scene.sentence.end)
    kept = [t for t in tokens if start < t.i < end and not (t.is_punct and t.i + 1 in taken)]
    before = [t for t in kept if t.i < first]
    goes_on = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in kept if t.i > last)
    return before if before and not goes_on else kept  # "…, according to the league, a group of exiles"


def _is_joint(token: Token) -> bool:
    """The "but" (or "and", "while") of ", but the army denied it"."""
    if token.text.lower() not in ("but", "although", "though", "while", "whereas", ";"):
        return False
    if token.i == token.sent.start or not token.nbor(-1).is_punct:
        return token.text == ";"
    return True


# ------------------------------------------------------------------------------------------------ nouns


def _noun(scene: Scene, noun: Token, cue: NounCue, lexicon: Lexicon) -> Iterator[Saying]:
    """ "the army's denial that …", "its claim of victory", "there are reports of …"."""
    content = _noun_content(noun, cue)
    if content is None or _is_beside_verb(noun, lexicon):
        return
    head, tokens, how = content
    speaker = _noun_speaker(noun, head, cue)
    if speaker is None and not (how == "that" or _exists(noun)):
        return
    if speaker is None and cue.noun in ("claim", "threat", "demand", "pledge", "promise", "vow") and how != "that":
        return
    source = noun_phrase(speaker) if speaker is not None else []
    taken = {t.i for t in source}
    spans = grown(scene, spans_of(scene.passage, [t for t in tokens if t.i not in taken]), noun)
    if not spans:
        return
    preposition = [] if how in ("that", "infinitive") else [tokens[0].nbor(-1)]
    words = sorted({noun, *children(noun, "amod"), *preposition}, key=lambda t: t.i)
    yield Saying(
        passage=scene.passage,
        head=noun,
        cue=spans_of(scene.passage, [t for t in words if t.i not in taken and (t.i <= noun.i or preposition)]),
        content=spans,
        source=spans_of(scene.passage, source),
        speaker=speaker,
        own=tuple(t for t in noun.subtree if t.i < tokens[0].i),
        stance=cue.stance,
        type=cue.type,
        negative=child(noun, "neg") is not None or any(t.text.lower() == "no" for t in children(noun, "det")),
        score=cue.score,
        made_by=f"noun:{cue.noun}" if source else f"hedge:{cue.noun}",
        content_head=head,
    )


def _is_beside_verb(noun: Token, lexicon: Lexicon) -> bool:
    """ "noted *with concern* that", "announced *in a statement* that": the verb presents the words."""
    beside = noun.dep_ == "pobj" and noun.head.text.lower() in ("with", "in")
    return beside and noun.head.head.lemma_.lower() in lexicon.verbs


def _noun_content(noun: Token, cue: NounCue) -> tuple[Token, list[Token], str] | None:
    for clause in children(noun, "acl", "ccomp", "relcl"):
        if "that" in cue.takes and (mark := child(clause, "mark")) is not None and mark.text.lower() == "that":
            return clause, [t for t in clause.subtree if t.i != mark.i], "that"
        if "infinitive" in cue.takes and is_infinitive(clause):
            return clause, list(clause.subtree), "infinitive"
    if "that" in cue.takes and (apart := _clause_apart(noun)) is not None:
        that = apart.left_edge
        return apart, [t for t in apart.subtree if t.i > max(noun.i, that.i)], "that"
    holders = [noun, noun.head] if noun.dep_ == "dobj" and noun.head.lemma_ in cue.governors else [noun]
    for preposition in (p for h in holders for p in children(h, "prep") if p.i > noun.i):
        inner = child(preposition, "pobj", "pcomp")
        if preposition.text.lower() in cue.takes and inner is not None:
            return inner, _without_aside(inner), preposition.text.lower()
    return None


def _without_aside(inner: Token) -> list[Token]:
    """The phrase without ", which …" at its end: "its figure of 120 dead, *for which it gave no names*"."""
    aside = next((c for c in children(inner, "relcl") if c.left_edge.i and c.left_edge.nbor(-1).text == ","), None)
    end = inner.sent.end if aside is None else aside.left_edge.i - 1
    return [t for t in inner.subtree if t.i < end]


def _clause_apart(noun: Token) -> Token | None:
    """The clause that the parse hung on another word: "could not verify *the militia's account that* …", "*word*
    reached the port *that* …"."""
    after = noun.nbor(1) if noun.i + 1 < noun.sent.end else None
    if after is not None and after.lower_ == "that" and after.dep_ == "mark" and after.head.i > after.i:
        return after.head
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ not in _spreading():
        return None
    clauses = children(verb, "ccomp", "advcl", "acl", "relcl")
    beside = [c for below in verb.children if below.i > verb.i for c in children(below, "acl", "relcl", "ccomp")]
    return next((c for c in (*clauses, *beside) if c.left_edge.lower_ == "that" and c.left_edge.head == c), None)


def _noun_speaker(noun: Token, content: Token, cue: NounCue) -> Token | None:
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in (*children(noun, "prep"), *children(noun, "agent")):
        if preposition.text.lower() in ("by", "from") and preposition.i < content.i:
            return child(preposition, "pobj")
        if preposition.lower_ == "of" and "of" not in cue.takes and preposition.i < content.i:
            return child(preposition, "pobj")  # "the contention *of the monitors* that …"
    side = next((c for c in reversed(children(noun, "compound", "amod")) if can_speak(c)), None)
    if side is not None:
        return side  # "the *rebel* claim that …", "*Amnesty International* reports of …"
    governor = noun.head
    if noun.dep_ == "dobj" and governor.lemma_.lower() in cue.governors:
        return None if is_passive(governor) else subject(governor)
    given = [governor] if noun.dep_ == "nsubjpass" else children(noun, "acl")  # "the toll *given by* the ministry"
    by = next((child(g, "agent") for g in given if g.lemma_.lower() in cue.governors), None)
    return child(by, "pobj") if by is not None else None


def _exists(noun: Token) -> bool:
    """True for "there are reports of …"."""
    return noun.dep_ == "attr" and noun.head.lemma_ in _BE and child(noun.head, "expl") is not None


# ------------------------------------------------------------------------------------------------ colons


def read_colon(passage: Passage, text: str, lexicon: Lexicon, *, first: bool = False) -> Iterator[Saying]:
    """A paragraph that begins with a speaker's name and a colon, as interviews and headlines are set.

    "KHALIL HADDAD: We have no water." In ordinary paragraphs the name must be in capitals, or the words in
    quotation marks, since "Note: …" and "Photo: …" look the same; a noun for who is heard ("Mayor: …") does where the
    text begins with it. `first` is for a text's first paragraph, which may
    be its headline: "Haddad: We have no water".
    """
    start = passage.extent.start
    found = _SPEAKER_LINE.match(text, start, passage.extent.end)
    if found is None:
        return
    name = Span(*found.span(1))
    rest = Span(found.end(), passage.extent.end)
    said = rest.of(text)
    title = passage.kind == "title" or (first and _is_headline(said))
    speaks = _is_speaker(name.of(text)) or (first and name.of(text).split()[-1].lower() in lexicon.speaker_nouns)
    if not said.strip() or not (speaks or said[0] in '"“' or (title and said.count(" ") >= 2)):
        return
    source = tokens_between(passage, name)
    content = bare_piece(text, rest)
    if not source or content is None:
        return
    colon = Span(name.end + found.group(0)[len(found.group(1)) :].index(":"), found.end())
    yield Saying(
        passage=passage,
        head=source[-1],
        cue=(Span(colon.start, colon.start + 1),),
        content=(content,),
        source=(name,),
        speaker=source[-1],
        score=0.9 if not title else 0.6,
        made_by="colon",
    )


def _is_headline(said: str) -> bool:
    """A line of a few words that no full stop closes."""
    return said.rstrip()[-1:].isalnum() and "\n" not in said.strip() and said.count(" ") <= 15


def _is_speaker(name: str) -> bool:
    words = [w for w in name.split() if w.isalpha()]
    return bool(words) and name.isupper() and max(len(w) for w in words) > 3 and len(words) <= 3


def bare_piece(text: str, span: Span) -> Span | None:
    """`span` without space and quotation marks at its edges; None when nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in ' \t\n"“':
        start += 1
    while start < end and text[end - 1] in ' \t\n"”':
        end -= 1
    return Span(start, end) if start < end else None


__all__ = ["read_colon", "read_phrases"]
