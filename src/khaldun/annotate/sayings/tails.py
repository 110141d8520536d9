"""Reporting clauses at the end of a sentence that the parse misses, as texts that lost their commas have them.

"The raid killed at least 40 people the Coast Observatory for Rights said on Sunday." and "The men had been trained
abroad said the Coast Observatory for Rights." Here the words decide: a noun phrase beside the verb that nothing but
a time follows (or that closes the sentence), and a clause before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khaldun.annotate.sayings.cues import Lexicon, VerbCue
from khaldun.annotate.sayings.saying import Scene
from khaldun.annotate.tables.timex_words import weekday_names
from khaldun.annotate.words import Token

_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "PUNCT"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_RELATIVE = frozenset(
    ("which", "who", "that", "what", "as", "than", "when", "while", "where", "because", "if", "after")
)
_TIMES = frozenset("on in late early at today yesterday earlier later".split())
# A sentence with fewer words before the reporting clause has no clause to report.
_SHORTEST_CONTENT = 4
_LONGEST_SOURCE = 12


@dataclass(frozen=True, slots=True)
class Tail:
    """A reporting clause at a sentence's end: its source and the words before it."""

    source: tuple[Token, ...]
    head: Token
    content: tuple[Token, ...]
    own: tuple[Token, ...]


def find_tail(scene: Scene, verb: Token, cue: VerbCue, lexicon: Lexicon) -> Tail | None:
    """The reporting clause at `verb` when it ends the sentence, or None."""
    if "quote" not in cue.takes or cue.score < 0.9 or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    after = [t for t in scene.sentence if t.i > verb.i and not t.is_punct]
    if all(_is_time(t) for t in after):
        return _made(scene, verb, _phrase_before(scene, verb), before=True)
    if cue.verb == "say":
        return _made(scene, verb, _phrase_after(after, lexicon), before=False)
    return None


def _made(scene: Scene, verb: Token, source: Sequence[Token], *, before: bool) -> Tail | None:
    if not source:
        return None
    start = source[0].i if before else verb.i
    content = [t for t in scene.sentence if t.i < start]
    while content and content[-1].is_punct and content[-1].text not in "\"'":
        content.pop()
    words = [t for t in content if not t.is_punct]
    if len(words) < _SHORTEST_CONTENT or not any(t.tag_ in _FINITE or t.pos_ == "VERB" for t in words):
        return None
    if words[-1].text.lower() in _RELATIVE or words[-1].dep_ in ("aux", "auxpass", "neg", "case"):
        return None
    own = [t for t in scene.sentence if t.i >= verb.i and t not in source]
    return Tail(tuple(source), source[-1] if before else _head(source), tuple(content), tuple(own))


def _is_time(token: Token) -> bool:
    word = token.text.lower()
    return word in _TIMES or word in weekday_names() or token.ent_type_ in ("DATE", "TIME") or token.pos_ == "NUM"


def _phrase_before(scene: Scene, verb: Token) -> list[Token]:
    """The noun phrase that ends at the verb: back to its article, or to where a name ends and a new phrase begins.

    "the town of Al Karak | *local media* reported", "40 people | *the Coast Observatory for Rights* said".
    """
    tokens: list[Token] = []
    for token in reversed(list(scene.passage.doc[max(scene.sentence.start, verb.i - _LONGEST_SOURCE) : verb.i])):
        if token.text in "\"'" or not (_is_nominal_part(token) or _joins(token, tokens)):
            break
        if tokens and _ends_name(token, tokens[0]):
            break
        tokens.insert(0, token)
        if token.pos_ == "DET":
            return tokens if _is_nominal(tokens[-1]) else []
    while tokens and (tokens[0].pos_ in ("PUNCT", "ADP", "PART") or tokens[0].is_punct):
        tokens.pop(0)
    return _without_prepositions(tokens) if tokens and _is_nominal(tokens[-1]) else []


def _is_nominal_part(token: Token) -> bool:
    """A word that may stand in a noun phrase, a participle before its noun among them: "the coast-*based* league"."""
    return token.pos_ in _NOMINAL or token.dep_ == "amod"


def _joins(token: Token, tokens: Sequence[Token]) -> bool:
    """A preposition inside a name: "Observatory *for* Human Rights"."""
    return bool(tokens) and token.text.lower() in ("for", "of", "and") and tokens[0].text[0].isupper()


def _ends_name(token: Token, following: Token) -> bool:
    return token.pos_ == "PROPN" and following.pos_ == "ADJ" and following.text[0].islower()


def _without_prepositions(tokens: list[Token]) -> list[Token]:
    """Without an article a phrase is taken from its last preposition on, since what stands before may be content."""
    last = max((n for n, t in enumerate(tokens) if t.pos_ in ("ADP", "CCONJ")), default=-1)
    return tokens[last + 1 :]


def _is_nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.ent_type_ not in ("DATE", "TIME")


def _phrase_after(after: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The noun phrase that closes the sentence behind "said", when it names someone who can speak."""
    if not after or any(t.tag_ in _FINITE for t in after) or len(after) > 2 * _LONGEST_SOURCE:
        return []
    if after[0].pos_ not in ("DET", "PROPN", "NOUN", "ADJ", "NUM"):
        return []
    head = _head(after)
    names = head.pos_ == "PROPN" or head.lemma_.lower() in lexicon.carrier_nouns | lexicon.speaker_nouns
    return list(after) if names else []


def _head(tokens: Sequence[Token]) -> Token:
    """The last noun of the phrase's first stretch: "*Observatory* for Rights", "Observatory *director* …"."""
    best = tokens[0]
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN"):
            best = token
        elif token.pos_ in ("ADP", "VERB", "PRON", "AUX"):
            break
    return best
