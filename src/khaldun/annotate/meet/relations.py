"""Ties that the learned layer sees between two mentions, beside the relations that the rules state.

The rules' relations stay as they are and become claims. What the layer sees besides is listed apart, as ties with a
score: many of its ends are described and not named, and being told of together is easily taken for a tie. So none is
asserted. A tie that a rule states between the same two is not told again, nor one that contradicts what a rule states
of them, nor one of somebody with himself, but that two wordings are for one and the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from khaldun.annotate.claims import voiced
from khaldun.annotate.frames import Voices
from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.ground import finding_id
from khaldun.annotate.learned.labels import UNDIRECTED_TIES
from khaldun.annotate.learned.pairs import Pair, Sight, ends_in, features, joining_word, pairs_of, sight_of
from khaldun.annotate.learned.ties import TieKind, TieScorer, tie_kinds
from khaldun.annotate.reading.sentences import Parse
from khaldun.model import Annotation, Factuality, Frame, Mention, Report, Tie, hull

_ONE = "same_as"
"""The only tie that somebody has with himself: what two wordings of one entity are to one another."""


def with_ties(annotation: Annotation, parse: Parse, scorer: TieScorer | None) -> Annotation:
    """The annotation with the ties that the layer sees; nothing else changes."""
    if scorer is None:
        return annotation
    proposed = list(_proposed(annotation, parse, scorer))
    if not proposed:
        return annotation
    types = {e.id: e.type for e in annotation.entities}
    voices = Voices(annotation.attributions, types, annotation.mentions, annotation.report.text)
    told = tuple(_tie(*each) for each in voiced(annotation, map(voices.attach, proposed)))
    return replace(annotation, ties=told)


def pairs_in(annotation: Annotation, parse: Parse) -> Iterator[tuple[Pair, Sight]]:
    """Every pair of mentions of one sentence, with the sentence as its pairs see it."""
    types = {e.id: e.type for e in annotation.entities}
    mentions = sorted(annotation.mentions, key=lambda m: m.span.start)
    starts = [m.span.start for m in mentions]
    for passage, sentence in parse.sentences():
        span = passage.span(sentence)
        inside = mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if len(inside) < 2:
            continue
        ends = ends_in(sentence, passage, inside, types)
        pairs = list(pairs_of(ends))
        if pairs:
            sight = sight_of(passage, ends, (f for f in annotation.frames if span.contains(f.trigger)))
            yield from ((pair, sight) for pair in pairs)


def _proposed(annotation: Annotation, parse: Parse, scorer: TieScorer) -> Iterator[Frame]:
    stated = _stated(annotation.frames)
    pairs = list(pairs_in(annotation, parse))
    found = scorer.best([features(pair, sight) for pair, sight in pairs])
    for (pair, _), best in zip(pairs, found, strict=True):
        if best is not None:
            kind, source, target = _directed(pair, best[0])
            both = _both((source, target))
            apart = len(both) == 2 or kind.kind == _ONE
            if apart and stated.get(both, frozenset()).isdisjoint({kind.kind, *kind.contradicts}):
                yield _frame(pair, kind, (source, target), best[1], parse.report)


def _stated(frames: Iterable[Frame]) -> Mapping[frozenset[str], set[str]]:
    """The kinds of relations that the rules state of each two."""
    found: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for frame in frames:
        if "source" in frame.roles:
            found[_both(frame.roles["source"] + frame.roles.get("target", ()))].add(frame.kind)
    return found


def _directed(pair: Pair, label: str) -> tuple[TieKind, Mention, Mention]:
    """The kind of tie that a label is for these two, its source and its target."""
    source, target = (pair.right, pair.left) if label.endswith("<") else (pair.left, pair.right)
    name = label.rstrip("<>")
    if name in UNDIRECTED_TIES and source.sort == "place":  # who or what is there, then where
        source, target = target, source
    return _kind(name, source.sort, target.sort), source.mention, target.mention


def _frame(pair: Pair, kind: TieKind, ends: tuple[Mention, Mention], score: float, report: Report) -> Frame:
    """The pair as a relation, read as fact, denial, plan or mere possibility by the word that joins both."""
    source, target = ends
    span = hull([source.span, target.span])
    word = joining_word(pair)
    reading = read_factuality(word) if word is not None else None
    return Frame(
        id=finding_id(report, f"tie:{kind.kind}:{source.id}:{target.id}", span),
        kind=kind.kind,
        trigger=span,
        evidence=span,
        roles={"source": (source,), "target": (target,)},
        negated=reading is not None and reading.negated,
        modality=reading.modality if reading is not None else "actual",
        hedged=reading is not None and reading.hedged,
        score=score,
        made_by=f"learned:{kind.of}",
    )


@cache
def _kind(label: str, source: str, target: str) -> TieKind:
    return next(kind for kind in tie_kinds() if kind.of == label and kind.fits(source, target))


def _both(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(m.entity or m.id for m in mentions)


def _tie(frame: Frame, voice: tuple[str, ...], factuality: Factuality) -> Tie:
    [source], [target] = frame.roles["source"], frame.roles["target"]
    manner: Factuality = "denied" if frame.negated else factuality
    if manner not in ("denied", "planned"):
        manner = "possible"  # half of what only the layer sees is wrong, whoever is heard to say it
    return Tie(frame.id, frame.kind, source, target, frame.evidence, voice, manner, frame.score, frame.made_by)
