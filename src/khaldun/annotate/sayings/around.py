"""What is said round the clause of a cue: a parenthesis, a quotation before or behind it, a paragraph below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from khaldun.annotate.sayings.asking import Asked, Found, is_passed_on, own_stretch
from khaldun.annotate.sayings.quoted import content_spans, grown
from khaldun.annotate.sayings.quotes import Quotation
from khaldun.annotate.sayings.saying import Scene, child, children, gap, runs, trimmed
from khaldun.annotate.slips.speakers import presents, told_nouns
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Span

_BLOCKERS = frozenset(
    "as what than like when after because if that who which whom where while since before although".split()
)
_CONTRASTS = frozenset(("but", "while", "whereas", "although", "though"))
_CUT_OFF = frozenset(("that.", "that:", "that,", "that:-"))
_DELIMITERS = frozenset(",\"'“”’–—-;.:!?)")


@cache
def _telling() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "going_on")


def around(asked: Asked) -> Iterator[Found]:
    """The cue's clause as a parenthesis ("…, he said, …", "…, said the mayor"), or beside a quotation."""
    scene, verb = asked.scene, asked.verb
    if "quote" not in asked.cue.takes:
        return
    own = own_stretch(asked)
    place = scene.passage.span(own)
    before, after = _quotation_before(scene, place), _quotation_after(scene, place)
    pieces: list[Span] = []
    if before is not None:
        pieces.append(before.outer)
    if _is_parenthesis(asked, own, quoted=before is not None, followed=after is not None):
        pieces += _rest_of_sentence(scene, own, verb, asked.source)
    if after is not None:
        pieces.append(after.outer)
    spans = grown(scene, tuple(pieces), verb) if pieces else ()
    if spans:
        yield Found(spans, (), None, asked.hearer)


def _quotation_before(scene: Scene, place: Span) -> Quotation | None:
    """The quotation that ends where the cue's clause begins."""
    for quotation in scene.quotations:
        last = Span(quotation.pieces[-1].start, quotation.outer.end)
        if quotation.outer.end > place.start or not scene.passage.extent.contains(last):
            continue
        if gap(scene.text, quotation.outer.end, place.start) in ("", ",", "-", "—", "–"):
            return quotation
    return None


def _quotation_after(scene: Scene, place: Span) -> Quotation | None:
    """The quotation that begins where the cue's clause ends."""
    between = ("", ",", ":", ",that", "that", ".", "-", "—", "–")
    for quotation in scene.quotations:
        if quotation.outer.start >= place.end and scene.passage.extent.contains(quotation.pieces[0]):
            found = gap(scene.text, place.end, quotation.outer.start)
            if found in between and not (found == "." and _starts_anew(scene, quotation)):
                return quotation
    return None


def _starts_anew(scene: Scene, quotation: Quotation) -> bool:
    """True for a quotation in the next sentence that has a cue of its own: "He left. "*Never*," *she said*."."""
    if quotation.inner.of(scene.text).rstrip().endswith(","):
        return True
    rest = scene.text[quotation.outer.end : scene.passage.extent.end].lstrip()
    return bool(rest) and rest[0].islower()


def _is_parenthesis(asked: Asked, own: Sequence[Token], *, quoted: bool, followed: bool) -> bool:
    """True where the sentence round the cue's clause is what is said.

    Marks of a parenthesis are a comma, dash or quotation mark before it; texts that lost their commas are read so
    only when the cue's clause ends the sentence: "The road is cut the mayor said."
    """
    first, last = own[0], own[-1]
    before = [t for t in asked.scene.sentence if t.i < first.i]
    words = [t for t in before if not t.is_punct]
    if not words or words[-1].text.lower() in _BLOCKERS or asked.verb.dep_ in ("xcomp", "acl"):
        return False
    if asked.verb.dep_ == "relcl" and asked.verb.head.lemma_ in told_nouns():
        return False  # "…, an accusation the army denied"
    if asked.verb.dep_ == "pcomp" and not is_passed_on(asked.verb):
        return False
    ends = all(t.is_punct for t in asked.scene.sentence if t.i > last.i)
    following = "." if ends else last.nbor(1).text
    if following[0] not in _DELIMITERS or following == ":":
        return False
    if not quoted and any(t.head == asked.verb and t.dep_ == "advcl" for t in before):
        return False  # "When the fort fell, the emir answered"
    finite = any(t.pos_ in ("VERB", "AUX") for t in before)
    if followed and not finite:
        return False
    if not quoted and asked.source and not any(t.i == own_token.i for t in asked.source for own_token in own):
        return False  # the subject was borrowed from the words that are to be what is said
    if not quoted and child(asked.verb, "neg") is not None:
        return False  # "The fort fell, the general did not say how"
    if quoted or (before[-1].is_punct and before[-1].text[0] in _DELIMITERS):
        return True
    return ends and finite and asked.cue.score >= 0.7 and len(words) >= 4


def _rest_of_sentence(scene: Scene, own: Sequence[Token], verb: Token, source: Sequence[Token]) -> list[Span]:
    """What stands before the parenthesis and, where it goes on with the same clause, behind it."""
    left = _behind_semicolon([t for t in scene.sentence if t.i < own[0].i], source)
    mine = {t.i for t in verb.subtree}
    clause = child(verb, "ccomp")
    if clause is not None:
        mine -= {t.i for t in clause.subtree}
    right = [t for t in scene.sentence if own[-1].i < t.i < _next_voice(scene, own[-1].i) and t.i not in mine]
    return [scene.passage.span(part) for part in (left, *runs(right)) if part]


def _behind_semicolon(before: list[Token], source: Sequence[Token]) -> list[Token]:
    """ "The crowd scattered; *a boy was shot*, his father said": whose father he is, the last clause tells alone."""
    marks = [n for n, t in enumerate(before) if t.text == ";"] if any(t.tag_ == "PRP$" for t in source) else []
    rest = before[marks[-1] + 1 :] if marks else before
    return rest if any(t.pos_ in ("VERB", "AUX") for t in rest) else before


def _next_voice(scene: Scene, last: int) -> int:
    """Where another begins to speak: "…, the police said, *but the militia put the toll at twenty*"."""
    joint = scene.passage.doc[min(last + 2, scene.sentence.end - 1)]
    if joint.lower_ not in _CONTRASTS:
        return scene.sentence.end
    for verb in (joint.head, *children(joint.head, "conj")):
        own = child(verb, "nsubj")
        if verb.i > joint.i and own is not None and own.i > joint.i and (verb.lemma_ in _telling() or presents(verb)):
            return joint.i
    return scene.sentence.end


def as_said(asked: Asked) -> Iterator[Found]:
    """ "*As the envoy announced on Monday*, the league will open the port": the clause that it stands before."""
    scene, verb = asked.scene, asked.verb
    mark = next((t for t in children(verb, "mark") if t.text.lower() == "as"), None)
    clause = verb.head
    if mark is None or "quote" not in asked.cue.takes or verb.dep_ != "advcl" or clause.i < verb.i:
        return
    behind = verb.right_edge.i + 1
    if verb.doc[min(behind, scene.sentence.end - 1)].text != "," or child(verb, "ccomp", "dobj") is not None:
        return
    tokens = [t for t in scene.sentence if t.i > behind]
    spans = grown(scene, content_spans(scene, tokens), verb) if tokens else ()
    if spans:
        yield Found(spans, tuple(tokens), clause, asked.hearer)


def below(asked: Asked) -> Iterator[Found]:
    """ "The ministry said:" above a paragraph of its own: the quotation that begins there, or the paragraph.

    And "told the paper that. We have seen the reports", as texts have it that lost their marks: the next sentence.
    """
    scene = asked.scene
    if "quote" not in asked.cue.takes:
        return
    place = scene.passage.span(own_stretch(asked))
    end = scene.sentence.end
    if end < len(scene.passage.doc):
        following = scene.passage.span(scene.passage.doc[end].sent)
        if gap(scene.text, place.end, following.start) in _CUT_OFF:
            words = following.of(scene.text).rstrip(" \n.")
            if words:
                yield Found((Span(following.start, following.start + len(words)),), (), None, asked.hearer)
    if scene.below is None:
        return
    if gap(scene.text, place.end, scene.passage.extent.end) not in (":", ",:", ":-"):
        return
    start = scene.below.extent.start
    quotation = next((q for q in scene.quotations if q.outer.start == start), None)
    pieces = quotation.pieces if quotation is not None else (scene.below.extent,)
    spans = tuple(span for span in (trimmed(scene.text, piece) for piece in pieces) if span is not None)
    if spans:
        yield Found(spans, (), None, asked.hearer)


__all__ = ["around", "as_said", "below"]
