"""Sayings by rule and attributions proposed by the learned layer, put together before speakers are settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.grammar.trigger_table import table_of
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.learned.attribution import Proposed
from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.sayings.complements import SELVES, fits
from khaldun.annotate.sayings.cues import Lexicon
from khaldun.annotate.sayings.quotes import Quotation, near
from khaldun.annotate.sayings.saying import (
    WEAKEST_CLAIM,
    Saying,
    answers_by_deed,
    asks_for_silence,
    children,
    own_tokens,
    tokens_between,
)
from khaldun.annotate.slips.saying import TAKEN_FOR
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.model import Attribution, AttributionType, Frame, Span, Stance, hull

ADDED_FROM = 0.3
"""What no rule found is added from this score on (held-out PolNeAR articles, 2026-11-24; docs/learned.md)."""

_BEFORE_NOUNS = frozenset(("det", "poss", "amod", "compound", "nummod", "case"))
_UNSURE = frozenset(("would", "could", "might", "may"))
_SURE_FROM = 0.5
"""From this score on a saying that the layer proposes ends the words of the one before it (held-out PolNeAR articles,
2026-11-29)."""

_TOLD_FROM = 0.6
"""Words that are this share of a rule's saying are told already ("*quoted* a doctor as *saying* …")."""
_SAME_FROM, _PART_FROM = 0.4, 0.9
"""Contents that share this much are the same: then the rule's edges stand ("said *on Tuesday* that …")."""
_QUOTES = frozenset('"“‘«„')
_WHERE = frozenset(("in", "at", "near", "inside", "outside"))
_DEEDS = frozenset(("ASSAULT", "COERCE", "RETREAT", "PROTEST", "MOBILIZE", "AID", "SANCTION", "COOPERATE", "CONSULT"))
_THOUGHT = 0.4
"""Score of what a cue that no lexicon knows presents: below what counts as a claim (`claims.WEAKEST_CLAIM`)."""


def put_together(
    sayings: Sequence[Saying],
    proposals: Sequence[Proposed],
    parse: Parse,
    lexicon: Lexicon,
    quotations: Sequence[Quotation] = (),
) -> list[Saying]:
    """The sayings in the order of the rules' finding, then those that only the learned layer proposes."""
    proposals = [_at_hand(proposal, parse) for proposal in proposals]
    matched = _credible([(saying, _match(saying, proposals)) for saying in sayings], proposals, quotations)
    taken = [id(match) for _, match in matched]
    kept = [
        replace(saying, share=0.0)
        if match is None
        else _agreed(saying, match, alone=taken.count(id(match)) == 1, runs_on=_runs_on(saying, match, proposals))
        for saying, match in matched
    ]
    left = [p for p in proposals if id(p) not in taken]
    told = [s.content for s in kept]
    new = [p for p in left if p.score >= ADDED_FROM and not any(_is_told(p, content) for content in told)]
    added = (_new(p, parse, lexicon) for p in new)
    return kept + [s for s in added if s is not None]


def without_idle_thoughts(attributions: Sequence[Attribution], frames: Sequence[Frame]) -> tuple[Attribution, ...]:
    """Without the thoughts that only a rule sees and that nothing in the record hangs on: "voters *want* a change".

    A thought is no claim; what it is kept for is that a happening within it is not told as fact ("the council *wants*
    the militia to leave"), or that somebody else is said to have it. Of those that the layer does not see, one in five
    was an attribution by the yardstick (held-out PolNeAR articles, 2026-11-29). Without layers all are kept.
    """
    holding = {f.attribution for f in frames} | {a.parent for a in attributions}
    return tuple(a for a in attributions if a.share or a.weight >= WEAKEST_CLAIM or a.id in holding)


def _credible(
    matched: Sequence[tuple[Saying, Proposed | None]], proposals: Sequence[Proposed], quotations: Sequence[Quotation]
) -> list[tuple[Saying, Proposed | None]]:
    """The sayings, each with the proposal like it, without what only a rule sees where it can't be somebody's: its
    words run on into a saying that the layer is sure of ("*as we have said*, the truce holds,” the envoy *said*"), or
    it stands in a quotation that nobody is given for (“*they say* it is quiet”): whose "they" that is, and who tells
    it, is not known."""
    sayings = [saying for saying, _ in matched]
    unheard = [saying for saying, match in matched if match is None and _is_of_somebody(saying)]
    doubtful = {
        id(s)
        for s in unheard
        if any(p.score >= _SURE_FROM and _stands_in(p.cue, s.content) for p in proposals)
        or (_is_quoted(s, quotations) and not any(_stands_in(s.cue, o.content) for o in sayings if o is not s))
    }
    return [each for each in matched if id(each[0]) not in doubtful]


def _is_of_somebody(saying: Saying) -> bool:
    return bool(saying.cue) and not saying.made_by.startswith(("hedge", "distance"))


def _is_quoted(saying: Saying, quotations: Sequence[Quotation]) -> bool:
    cue = hull(saying.cue)
    return any(quotation.inner.contains(cue) for quotation in near(quotations, cue))


def _stands_in(cue: Sequence[Span], content: Sequence[Span]) -> bool:
    return hull(cue).within_any(content)


def _runs_on(saying: Saying, match: Proposed, proposals: Sequence[Proposed]) -> bool:
    """True where the rule's words run on into another saying, which by the layer is none of them: "While the mayor
    *claimed* that the road was open, drivers *reported* a checkpoint"."""
    return any(
        p is not match
        and p.score >= _SURE_FROM
        and _stands_in(p.cue, saying.content)
        and not hull(p.cue).overlaps_any(match.content)
        for p in proposals
    )


def _at_hand(proposal: Proposed, parse: Parse) -> Proposed:
    """The proposal without words of other paragraphs, unless they are quoted: a headline that tells what "a spokesman
    said" in the lead is the outlet's own. Where nothing of its own paragraph is said, it stays as it is."""
    passage, text = parse.passage_at(hull(proposal.cue)), parse.report.text
    if passage is None:
        return proposal
    near = [s for s in proposal.content if s.overlaps(passage.extent)]
    if not near:
        return proposal
    kept = [s for s in proposal.content if s in near or _QUOTES & set(text[max(0, s.start - 1) : s.start + 1])]
    return replace(proposal, content=tuple(kept))


def _is_told(proposal: Proposed, content: Sequence[Span]) -> bool:
    """True where a saying is of these words already, or the cue stands in what it says: the corpus that the layer
    learnt from knows no attribution within another, so what it proposes there is a guess."""
    cue = hull(proposal.cue)
    inside = _inside(_with_that(content), proposal.content) >= _PART_FROM * sum(map(len, proposal.content))
    same = inside and _shared(content, proposal.content) >= _TOLD_FROM
    return same or cue.within_any(content)


def _match(saying: Saying, proposals: Sequence[Proposed]) -> Proposed | None:
    """The proposal at the same cue (or, for a saying without one, of the same words)."""
    if saying.made_by.startswith("distance"):
        return None
    if saying.cue:
        fitting = [p for p in proposals if any(a.overlaps(b) for a in saying.cue for b in p.cue)]
    else:
        fitting = [p for p in proposals if _shared(saying.content, p.content) >= 0.5]
    return max(fitting, key=lambda p: (_shared(saying.content, p.content), p.score), default=None)


def _inside(left: Sequence[Span], right: Sequence[Span]) -> int:
    """Characters in both."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)


def _with_that(content: Sequence[Span]) -> list[Span]:
    """The spans with room for a "that" before them, which the layer counts in."""
    return [Span(max(0, span.start - len("that ")), span.end) for span in content]


def _shared(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Characters in both, as a share of those in either."""
    both = _inside(left, right)
    return both / (sum(map(len, left)) + sum(map(len, right)) - both or 1)


def _much_the_same(stated: Sequence[Span], proposed: Sequence[Span]) -> bool:
    """True where two contents share enough, or the proposed one is but a part of the stated one, a "that" before it
    left aside."""
    inside = _inside(_with_that(stated), proposed)
    return _shared(stated, proposed) >= _SAME_FROM or inside >= _PART_FROM * sum(map(len, proposed))


def _agreed(saying: Saying, proposal: Proposed, *, alone: bool, runs_on: bool) -> Saying:
    """The rule's meaning and cue over the layer's content, and its source where that is a whole phrase (measured on
    held-out articles; docs/learned.md).

    Where the rules see several things said at one cue ("said that A and that B"), each keeps its own content.
    """
    source = _source_of(saying, proposal)
    stands = not alone or _much_the_same(saying.content, proposal.content)
    stands = stands or _shared(saying.source, proposal.content) > 0
    stands = stands or _adds_grounds(saying, proposal) or _is_beyond_semicolon(saying, proposal)
    content = saying.content if stands and not (alone and runs_on) else proposal.content
    return replace(
        saying,
        source=source,
        content=content,
        speaker=_speaker(saying.passage, source, saying.speaker),
        content_head=None,
        content_passage=None,
        share=proposal.score,
        made_by=f"{saying.made_by}+learned",
    )


def _source_of(saying: Saying, proposal: Proposed) -> tuple[Span, ...]:
    """The layer's words for the rule's, unless they break off inside a phrase ("Karim, *who*"). Whom else the layer
    names speaks only where the cue has no subject of its own ("Karim left, *saying* …"). A hedge is nobody's."""
    if saying.made_by.startswith("hedge"):
        return ()
    if _failed_to_check(proposal.source, saying.passage):
        return saying.source
    if not saying.source:
        return proposal.source
    if saying.made_by == "verb:quoted:say":
        return saying.source  # "the radio quoted *an elder* as saying": the layer takes who quotes for who speaks
    if _leaves_out_origin(saying, proposal) or _is_aside(saying, proposal):
        return saying.source
    same = _inside(saying.source, proposal.source) > 0
    free = saying.made_by.startswith("verb") and not children(saying.head, "nsubj", "nsubjpass")
    return proposal.source if (same or free) and _is_whole(proposal.source, saying.passage) else saying.source


def _failed_to_check(source: Sequence[Span], passage: Passage) -> bool:
    """ "The video, which *the agency* could not verify, shows a raid": it says nothing of the kind."""
    named = _root(tokens_between(passage, source[0])) if source else None
    verb = named.head if named is not None and named.dep_ == "nsubj" else None
    return verb is not None and verb.dep_ == "relcl" and verb.lemma_ in clause_words().checking


def _leaves_out_origin(saying: Saying, proposal: Proposed) -> bool:
    """ "A report by the agency, *written in 2013*, said": where and when words were made is read from the source."""
    words = [t for span in saying.source for t in tokens_between(saying.passage, span)]
    kept = {t.i for span in proposal.source for t in tokens_between(saying.passage, span)}
    return any(t.dep_ == "acl" and t.tag_ == "VBN" and t.i not in kept and t.head.i in kept for t in words)


def _is_aside(saying: Saying, proposal: Proposed) -> bool:
    """ "Nigeria, which has *10,000 troops* there, threatened": what is said of the speaker by the way is no speaker."""
    named = _root(tokens_between(saying.passage, proposal.source[0])) if proposal.source else None
    if named is None or saying.speaker is None or named.i == saying.speaker.i:
        return False
    return any(t.dep_ == "relcl" and t.head.i == saying.speaker.i for t in named.ancestors)


def _is_whole(source: Sequence[Span], passage: Passage) -> bool:
    """True where one word alone hangs on words outside."""
    words = [t for span in source for t in tokens_between(passage, span)]
    inside = {t.i for t in words}
    tops = [t for t in words if not t.is_punct and (t.head.i not in inside or t.head == t)]
    return len(tops) == 1 and tops[0].dep_ not in _BEFORE_NOUNS  # "*the* monitors"


def _is_beyond_semicolon(saying: Saying, proposal: Proposed) -> bool:
    """ "The mayor says three died; a doctor spoke of seven": what stands before the mark is not the doctor's."""
    before, cue = hull(proposal.content), hull(proposal.cue)
    stated = hull(saying.content)
    ahead = Span(before.start, stated.start) if before.start < stated.start and stated.end <= cue.start else None
    if ahead is not None and any(t.text == ";" for t in tokens_between(saying.passage, ahead)[-2:]):
        return True  # "the crowd scattered; *a boy was shot*, his father said"
    between = tokens_between(saying.passage, Span(before.end, cue.start)) if before.end < cue.start else []
    return any(t.text == ";" for t in between)


def _adds_grounds(saying: Saying, proposal: Proposed) -> bool:
    """ "Residents believe it was a mine *because of the crater*": why they think so is the report's word."""
    if len(saying.content) != 1 or len(proposal.content) != 1:
        return False
    stated, proposed = saying.content[0], proposal.content[0]
    passage = saying.content_passage or saying.passage
    tail = Span(stated.end, max(stated.end, proposed.end))
    words = tokens_between(passage, tail) if len(tail) else []
    return abs(stated.start - proposed.start) <= len("that ") and bool(words) and words[0].lower_ == "because"


def _speaker(passage: Passage, source: Sequence[Span], given: Token | None) -> Token | None:
    if not source:
        return given
    if given is not None and passage.at(given).overlaps_any(source):
        return given
    return _root(tokens_between(passage, source[0])) or given


def _hearer(verb: Token) -> Token | None:
    """ "Halima Nur, a trader, told *Reuters*": who is told."""
    if verb.lemma_ != "tell":
        return None
    return next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i), None)


def _root(tokens: Sequence[Token]) -> Token | None:
    """The word that the others hang on: a verb before a noun before the rest."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if not t.is_punct and (t.head.i not in inside or t.head == t)]
    return next(iter(sorted(tops, key=lambda t: (t.pos_ not in ("NOUN", "PROPN", "PRON", "VERB"), t.i))), None)


def _new(proposal: Proposed, parse: Parse, lexicon: Lexicon) -> Saying | None:
    """A saying of the layer's own; None where its cue stands in no passage that is read."""
    passage = parse.passage_at(hull(proposal.cue[:1]))
    words = tokens_between(passage, proposal.cue[0]) if passage is not None else []
    verb = _root([t for t in words if t.pos_ in ("VERB", "AUX")] or words)
    if passage is None or verb is None or _is_deed(verb, words, lexicon) or _only_where(proposal, passage):
        return None
    if _is_done_to(verb, proposal, passage) or _is_elsewhere(proposal, passage, parse.report.text):
        return None
    if any(t.lower_ in SELVES for t in words) or hull(proposal.cue).of(parse.report.text).lower() in lexicon.distancing:
        return None  # "a group that *calls itself* the Front", "*so-called* peacekeepers"
    if _lacks_particle(verb, words, lexicon) or asks_for_silence(verb) or answers_by_deed(verb):
        return None
    if _is_quoted_as_saying(verb):
        return None
    taken = {t.i for span in (*proposal.source, *proposal.content) for t in tokens_between(passage, span)}
    stance, kind, weight = _sense(verb, words, lexicon)
    if stance == "question" and _is_no_question(proposal, parse.report.text):
        return None
    negative = any(t.dep_ == "neg" or t.lower_ in ("never", "no") for t in words)
    if negative:  # "did not respond to a request for comment": nothing was said
        weight = min(weight, _THOUGHT)
    return Saying(
        passage=passage,
        head=verb,
        cue=proposal.cue,
        content=proposal.content,
        source=proposal.source,
        speaker=_speaker(passage, proposal.source, None),
        hearer=_hearer(verb),
        own=tuple(t for t in own_tokens(verb, without=taken) if t.i not in taken),
        stance=stance,
        type=kind,
        negative=negative,
        determinate=not any(t.text.lower() in _UNSURE for t in words),
        score=weight,
        share=proposal.score,
        made_by="learned" if proposal.source else "hedge:learned",
    )


def _only_where(proposal: Proposed, passage: Passage) -> bool:
    """ "Three men questioned *in Derna*", "… *in the bombing*": that is where and why, and nothing said."""
    words = [t for span in proposal.content for t in tokens_between(passage, span)]
    if not words or any(t.pos_ in ("VERB", "AUX") for t in words):
        return False
    top = _root(words)
    within = top is not None and top.dep_ == "pobj" and top.head.lower_ in _WHERE
    return within or words[0].lower_ in _WHERE


def _is_done_to(verb: Token, proposal: Proposed, passage: Passage) -> bool:
    """ "The suspect *identified as* Karim": the one who is identified says nothing. What moves a mind does speak for
    it ("officials are *convinced* that …")."""
    if verb.tag_ != "VBN" or proposal.content[0].start < proposal.cue[0].start:
        return False
    named = {t.i for span in proposal.source for t in tokens_between(passage, span)}
    if verb.dep_ == "acl" and verb.lemma_ in TAKEN_FOR and verb.head.i in named:
        return True  # "gunmen *thought to be* rebels"
    if verb.dep_ == "advcl" and not any(t.i < verb.i for t in verb.children) and verb.i == verb.sent.start:
        return any(t.i in named for t in children(verb.head, "nsubj"))  # "*Pressed on* the raid, the minister left"
    done_to = [verb.head] if verb.dep_ == "acl" else children(verb, "nsubjpass")
    whom = any(t.i in named for t in done_to)
    return whom and any(t.lower_ in ("as", "of") and t.dep_ == "prep" for t in verb.children)  # "*suspected of* arson"


def _is_quoted_as_saying(verb: Token) -> bool:
    """ "*Quoted* an elder (as) saying that …": what is said hangs on the saying, and is found there."""
    beside = [t for t in children(verb, "prep") if t.lower_ == "as"]
    whom = children(verb, "dobj") if verb.lemma_ in ("quote", "cite") else []
    return any(c.tag_ == "VBG" for t in beside for c in children(t, "pcomp")) or any(
        c.tag_ == "VBG" for t in whom for c in children(t, "acl")
    )


def _is_no_question(proposal: Proposed, text: str) -> bool:
    """ "Port reopens, *captain questioned in Aden*": what goes before, with neither mark, was not asked, and behind a
    preposition of place stands where, or in which matter."""
    before = [s for s in proposal.content if s.end <= proposal.cue[0].start]
    marked = any(
        _QUOTES & set(text[max(0, s.start - 1) : s.start + 1]) or "?" in text[s.start : s.end + 1] for s in before
    )
    behind = (proposal.cue[-1].of(text).split()[-1], *text[proposal.cue[-1].end :].split(maxsplit=1)[:1])
    within = any(word.lower() in _WHERE for word in behind)
    return bool(before) and not marked and (within or len(before) == len(proposal.content))


def _is_elsewhere(proposal: Proposed, passage: Passage, text: str) -> bool:
    """True where all of the content stands in other paragraphs, neither quoted nor announced by a colon."""
    if passage.extent.overlaps_any(proposal.content) or passage.extent.of(text).rstrip().endswith(":"):
        return False
    return not any(_QUOTES & set(text[max(0, s.start - 1) : s.start + 1]) for s in proposal.content)


def _is_deed(verb: Token, words: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "The army *captured* the town" is a deed and nobody's words, whatever the layer makes of its verb; words that
    another word of the cue gives are not ("*released* a statement *deploring* …")."""
    if any(t is not verb and _is_known(t, lexicon) for t in words):
        return False
    if _tells_deed(verb):
        return True
    return not _is_known(verb, lexicon) and any(_tells_deed(t) for t in _done(verb, words))


def _tells_deed(word: Token) -> bool:
    trigger = match(word)
    kinds = table_of(word).kinds
    return trigger is not None and any(kinds[e.kind].plover_type in _DEEDS for e in trigger.entries)


def _done(verb: Token, words: Sequence[Token]) -> Iterator[Token]:
    """What else of a cue, or of what its verbs are about, may name a deed: "mounted an *attack* to", "continued to
    *receive fire* from"."""
    yield from (t for t in words if t is not verb)
    for below in (verb, *children(verb, "xcomp")):
        yield from children(below, "dobj")


def _lacks_particle(verb: Token, words: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "The court *referred* the matter to the governor", "*called off* the march": of that verb the lexicon knows
    nothing that is said."""
    senses = lexicon.senses(verb.lemma_, verb.text)
    if not senses or not children(verb, "dobj"):
        return False
    beside, particles = {t.text.lower() for t in words}, {t.lower_ for t in children(verb, "prt")}
    known = {s.particle for s in senses}
    return (None not in known and beside.isdisjoint(known)) or bool(particles and particles.isdisjoint(known))


def _is_known(word: Token, lexicon: Lexicon) -> bool:
    return bool(lexicon.senses(word.lemma_, word.text)) or word.lemma_.lower() in lexicon.nouns


def _sense(verb: Token, words: Sequence[Token], lexicon: Lexicon) -> tuple[Stance, AttributionType, float]:
    """What the lexicon knows of the cue; a cue that it does not know presents a thought."""
    senses = lexicon.senses(verb.lemma_, verb.text)
    things = children(verb, "dobj")
    if senses and things and not any(fits(thing, sense) for thing in things for sense in senses):
        return "assert", "belief", _THOUGHT  # who "*rejected* the offensive" does not say that there was none
    if senses:
        return senses[0].stance, senses[0].type, senses[0].score
    if any(t.text.lower() in ("according", ":") for t in words):
        return "assert", "assertion", 1.0
    if verb.lemma_.lower() in lexicon.nouns:
        noun = lexicon.nouns[verb.lemma_.lower()]
        return noun.stance, noun.type, noun.score
    return "assert", "belief", _THOUGHT
