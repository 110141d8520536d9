"""A saying while it is being read: tokens and spans of one passage, before speakers and chains are known.

Also the small questions about a parse that every kind of cue asks: who is the subject, what belongs to the cue's
own clause, which characters does a set of tokens cover.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.sayings.quotes import Quotation
from khaldun.annotate.words import Token, Tokens
from khaldun.copies import quickly_made
from khaldun.knowledge import word_list, word_lists
from khaldun.model import AttributionType, Span, Stance, hull

WEAKEST_CLAIM = 0.5
"""From this weight on an attribution is a saying; below it a thought or a plan, which is no claim."""

_SUBJECTS = ("nsubj", "nsubjpass")
# What hangs on a verb without being the content: "said *late on Sunday*", "*has not* said", "pointed *out*".
_OWN = frozenset(("aux", "auxpass", "neg", "advmod", "prt", "npadvmod", "prep", "dative", "agent", "expl", "intj"))
_EDGE = " \t\r\n,;:.—–-…\"“”„«»`'‘’"
_LEADING = " \t\r\n,;:.—–-…”»)"
_TRAILING = " \t\r\n,;:—–-“«(."
_NEGATIONS = frozenset(("not", "n't", "never"))


@dataclass(frozen=True, slots=True)
class _Silence:
    """The words of those who won't be named."""

    wishing: frozenset[str]
    naming: frozenset[str]
    nameless: frozenset[str]


@cache
def _silence() -> _Silence:
    return word_lists(_Silence, "lexicons/en/sayings.yaml")


@cache
def _answering() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "answering")


@cache
def _occasions() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "occasions")


@quickly_made
@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with its passage, the report's text and the quotations of the whole report."""

    passage: Passage
    sentence: Tokens
    text: str
    quotations: Sequence[Quotation]
    below: Passage | None = None
    """The paragraph below, where this one ends in a colon."""

    @property
    def span(self) -> Span:
        return self.passage.span(self.sentence)


@quickly_made
@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody's words or thoughts, as found at one cue.

    `head` is the token that stands for the cue, `speaker` the head of the source (None without a source),
    `own` the words of the cue's clause that are neither source nor content (where a time, a medium and a carrier
    are looked for), `hearer` the head of the one who is told.
    """

    passage: Passage
    head: Token
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    speaker: Token | None = None
    hearer: Token | None = None
    carriers: tuple[Token, ...] = ()
    own: tuple[Token, ...] = ()
    stance: Stance = "assert"
    type: AttributionType = "assertion"
    medium: str | None = None
    negative: bool = False
    determinate: bool = True
    score: float = 1.0
    made_by: str = ""
    content_head: Token | None = field(default=None)
    content_passage: Passage | None = None
    """Where `content_head` stands, when that is another paragraph than the cue's."""
    direct: bool = False
    """True for the speaker's own words: in quotation marks, or set as his."""
    asks: bool = False
    """True for words that end in a question mark."""
    share: float = -1.0
    """The learned layer's own score for it, 0 where it proposed nothing, -1 where there is no layer to ask."""


# ------------------------------------------------------------------------------------------------ tokens


def children(token: Token, *deps: str) -> list[Token]:
    """The children of `token` in one of the relations `deps`, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def child(token: Token, *deps: str) -> Token | None:
    """The first of `children`."""
    return next((c for c in token.children if c.dep_ in deps), None)


def subject(verb: Token) -> Token | None:
    """The grammatical subject of `verb`, its own or one that it shares with the verb it is joined or subject to.

    "She *condemned* the raid and *called* for calm": "called" shares "She".
    """
    for _ in range(6):
        if (found := child(verb, *_SUBJECTS)) is not None:
            return found
        shared = verb.dep_ in ("conj", "xcomp") or is_listed(verb)
        joined_to_infinitive = verb.dep_ in ("advcl", "pcomp", "ccomp") and not _is_finite(verb)
        if not (shared or joined_to_infinitive) or verb.head == verb or verb.head.pos_ not in ("VERB", "AUX", "ADP"):
            return None
        verb = verb.head.head if verb.head.pos_ == "ADP" else verb.head
    return None


def misread_subject(verb: Token) -> Token | None:
    """The subject of a verb that the parse took for a participle: "*The mission* updated members that"."""
    if verb.dep_ != "amod" or verb.i == 0 or verb.i > verb.head.i:
        return None
    before = verb.nbor(-1)
    named = before.head == verb and before.dep_ in ("nsubj", "npadvmod") and before.pos_ in ("NOUN", "PROPN")
    told = any(t.text.lower() == "that" and t.i > verb.head.i for t in verb.head.subtree)
    return before if named and told else None


def asks_for_silence(verb: Token) -> bool:
    """ "*Asked* not to be named", "wished to remain anonymous": how a source speaks, and nothing that it says."""
    wish = child(verb, "xcomp") if verb.lemma_.lower() in _silence().wishing else None
    if wish is None or wish.i < verb.i:
        return False
    words = {t.lower_ for t in verb.doc[verb.i + 1 : wish.i]}
    refused = verb.lemma_ in ("decline", "refuse")  # "declined to be named"
    unnamed = wish.lemma_.lower() in _silence().naming and (refused or bool(words & _NEGATIONS))
    return unnamed or any(t.lemma_.lower() in _silence().nameless for t in (wish, *wish.children))


def answers_by_deed(verb: Token) -> bool:
    """ "Answered *with rockets*", "replied to the raid *by shelling* the port": what was done, and nothing said."""
    if verb.lemma_.lower() not in _answering():
        return False
    for way in children(verb, "prep"):
        if way.lower_ == "by" and any(c.tag_ == "VBG" for c in children(way, "pcomp")):
            return True
        if way.lower_ == "with" and child(way, "pobj") is not None:
            return child(verb, "ccomp") is None
    return False


def is_listed(verb: Token) -> bool:
    """A verb of a list that the parse lost: "called for a truce, *recalled* that …, and welcomed the report"."""
    return verb.dep_ == "dep" and verb.tag_ == verb.head.tag_ and verb.left_edge.i > 0 and _after_comma(verb)


def _after_comma(verb: Token) -> bool:
    return verb.i > verb.head.i and verb.left_edge.nbor(-1).text == ","


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP")


def is_infinitive(clause: Token) -> bool:
    """True for a clause with "to": "to retake the hill"."""
    return any(t.dep_ == "aux" and t.tag_ == "TO" for t in clause.children)


def is_passive(verb: Token) -> bool:
    """True for "was said", "is believed"; also for a joined participle without an auxiliary of its own."""
    return child(verb, "auxpass") is not None or child(verb, "nsubjpass") is not None


def own_tokens(verb: Token, without: Collection[int] = ()) -> list[Token]:
    """`verb` and what modifies it, in text order; subtrees that reach into the indices `without` are left out."""
    kept = {verb.i: verb}
    for part in verb.children:
        if part.dep_ in _OWN or (part.dep_ == "advcl" and part.tag_ == "VBG" and part.lemma_ in _occasions()):
            subtree = list(part.subtree)
            if not any(t.i in without for t in subtree):
                kept.update((t.i, t) for t in subtree)
    return [kept[i] for i in sorted(kept)]


def ordered(tokens: Iterable[Token]) -> list[Token]:
    """The tokens in text order, each once."""
    return sorted({t.i: t for t in tokens}.values(), key=lambda t: t.i)


def runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens in stretches without gaps."""
    run: list[Token] = []
    for token in tokens:
        if run and token.i != run[-1].i + 1:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def run_with(tokens: Sequence[Token], anchor: Token) -> list[Token]:
    """The stretch of `tokens` that holds `anchor`."""
    return next((run for run in runs(tokens) if any(t.i == anchor.i for t in run)), [anchor])


def noun_phrase(head: Token, *, without: Collection[str] = ("relcl",)) -> list[Token]:
    """The words of the noun phrase of `head` round it, without a leading "but" and without the given relations.

    A clause that follows is left out by default: "officers *who asked not to be named*".
    """
    dropped = {t.i for part in head.children if part.dep_ in without and part.i > head.i for t in part.subtree}
    tokens = run_with([t for t in head.subtree if t.i not in dropped], head)
    while len(tokens) > 1 and ((tokens[-1].is_punct and tokens[-1].text != ")") or tokens[-1].dep_ == "cc"):
        tokens.pop()
    while len(tokens) > 1 and tokens[0] != head and _leads(tokens[0]):
        tokens.pop(0)
    return tokens


def _leads(token: Token) -> bool:
    return (token.is_punct and token.text not in "(") or token.dep_ in ("cc", "mark", "preconj")


# ------------------------------------------------------------------------------------------------ characters


def spans_of(passage: Passage, tokens: Iterable[Token]) -> tuple[Span, ...]:
    """The stretches of `tokens` as spans of the report."""
    return tuple(passage.span(run) for run in runs(tokens))


def trimmed(text: str, span: Span) -> Span | None:
    """`span` without punctuation and loose quotation marks at its edges; None when no word is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _LEADING:
        start += 1
    while start < end and text[end - 1] in _TRAILING:
        end -= 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None


def bare(text: str, span: Span) -> Span:
    """`span` without quotation marks, commas and full stops at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def tokens_between(passage: Passage, span: Span) -> list[Token]:
    """The tokens that lie in `span` of the report; none where it leaves the passage."""
    start, end, whole = span.start - passage.base, span.end - passage.base, len(passage.doc.text)
    found = passage.doc.char_span(max(start, 0), min(end, whole), alignment_mode="expand")
    return list(found) if found is not None and start < whole and end > 0 else []


def gap(text: str, left: int, right: int) -> str:
    """What stands between two places, without spaces."""
    return "".join(text[left:right].split())


def joined(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """The spans in order, those that overlap or have only space and punctuation between them made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not any(c.isalnum() for c in text[found[-1].end : span.start]):
            found[-1] = hull([found[-1], span])
        else:
            found.append(span)
    return tuple(found)
