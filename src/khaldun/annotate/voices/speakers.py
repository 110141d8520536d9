"""Who a source is, who carried the words, by what medium and when: from the words of a saying to mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from khaldun.annotate.grammar.modality import SUBJECTS
from khaldun.annotate.grammar.shared_nouns import SHARED
from khaldun.annotate.reading.nouns import is_count, read_noun
from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.sayings.cues import Lexicon
from khaldun.annotate.sayings.relays import antecedent, around_cue, heard_by, is_carrier, named_carriers
from khaldun.annotate.sayings.saying import Saying, child, children
from khaldun.annotate.sayings.statements import is_statement, issuer, with_modifiers
from khaldun.annotate.sayings.wording import read_wording
from khaldun.annotate.voices.spoken_together import joined_with
from khaldun.annotate.words import Token
from khaldun.knowledge import word_lists
from khaldun.model import UNKNOWN_TIME, Mention, Span, Stance, When

_SPEAKING_KINDS = ("actor", "media_product")
_MEDIUM_PREPOSITIONS = frozenset(("in", "on", "via", "through", "by", "during", "of"))
_NAMED = frozenset(("oprd", "attr", "pobj", "appos", "dobj", "acomp", "ccomp", "xcomp", "conj", "amod"))
_MASTHEADS = frozenset(("post", "record", "review", "note", "map", "sign"))
_SELF = frozenset(("it", "they", "he", "she", "we", "i"))


@dataclass(frozen=True, slots=True)
class _Words:
    """Verbs and nouns that say whom a source told it, and that what others said is false."""

    labelling: frozenset[str]
    falsehoods: frozenset[str]
    unfounded: frozenset[str]
    told_things: frozenset[str]
    truths: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/sayings.yaml")


@dataclass(frozen=True, slots=True)
class Roll:
    """The mentions of a report that can speak or date a saying."""

    speaking: tuple[Mention, ...]
    times: tuple[Mention, ...]
    adopted: tuple[tuple[int, str, str], ...] = ()
    """For each document that a body adopted: where, its noun, the body."""
    issued: tuple[tuple[int, str], ...] = ()
    """For each statement whose body is told: where, the body."""


def call_roll(mentions: Sequence[Mention], parse: Parse, lexicon: Lexicon) -> Roll:
    """Sorts the mentions out once for a report."""
    roll = Roll(
        tuple(m for m in mentions if m.kind in _SPEAKING_KINDS and m.entity is not None),
        tuple(m for m in mentions if m.kind == "time" and m.when is not None),
    )
    issued = tuple(_issued(parse, roll, lexicon)) if _speaks_by_statement(roll, lexicon) else ()
    return replace(roll, adopted=tuple(_adopted(parse, roll, lexicon)), issued=issued)


def _speaks_by_statement(roll: Roll, lexicon: Lexicon) -> bool:
    return any(m.kind == "media_product" and is_statement(m.quote, lexicon) for m in roll.speaking)


def _issued(parse: Parse, roll: Roll, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """ "The army *said in a statement*", "*issued a statement*": where, and whose the statement is."""
    for passage in parse.passages:
        for noun in passage.doc:
            if noun.pos_ != "NOUN" or not is_statement(with_modifiers(noun), lexicon):
                continue
            body = child(noun, "poss") or issuer(noun, lexicon)
            entity = _entity_in(passage, antecedent(body), roll) if body is not None else None
            if entity is not None:
                yield passage.at(noun).start, entity


def _adopted(parse: Parse, roll: Roll, lexicon: Lexicon) -> Iterator[tuple[int, str, str]]:
    """ "The Harbour Council *adopted* Resolution 12": what the resolution demands, the council demands."""
    for passage in parse.passages:
        for verb in passage.doc:
            if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.adopting_verbs:
                continue
            text, body = _text_and_body(verb)
            noun = _document_noun(text, lexicon) if text is not None else None
            entity = _entity_in(passage, body, roll) if body is not None else None
            if noun is not None and entity is not None:
                yield passage.at(verb).start, noun, entity


def _text_and_body(verb: Token) -> tuple[Token | None, Token | None]:
    if child(verb, "nsubjpass") is None:
        return child(verb, "dobj"), child(verb, "nsubj")
    agent = child(verb, "agent")
    return child(verb, "nsubjpass"), child(agent, "pobj") if agent is not None else None


def _document_noun(text: Token, lexicon: Lexicon) -> str | None:
    words = [t.lemma_.lower() for t in (text, *children(text, "compound", "nmod"))]
    return next((w for w in words if w in lexicon.adopted_nouns), None)


# ------------------------------------------------------------------------------------------------ speakers


def find_speakers(saying: Saying, roll: Roll, lexicon: Lexicon) -> tuple[str, ...]:
    """The entities that speak: one, or each of "the police and the army"; none without a source or a mention."""
    if saying.speaker is None:
        return ()
    cited = _cited(saying, roll)
    if cited is not None:
        return (cited[0],)
    head = _of_whom(antecedent(saying.speaker))
    if head.tag_ == "PRP$":
        head = _whose(head) or head
    first = (
        _author(saying, head, roll, lexicon) or _entity_at(saying, head, roll) or _entity_within(saying, roll, lexicon)
    )
    if first is None:
        return ()
    others = (_entity_at(saying, other, roll) for other in joined_with(saying.speaker))
    shared = _sharing(saying, saying.speaker, roll)
    return tuple(dict.fromkeys([*shared, first, *(o for o in others if o is not None)]))


def _sharing(saying: Saying, speaker: Token, roll: Roll) -> list[str]:
    """ "*Israeli* and Palestinian officials said": those who share the noun of the speaker."""
    reach = saying.passage.span([speaker.left_edge, speaker]) if speaker.pos_ == "NOUN" else None
    return [
        m.entity
        for m in roll.speaking
        if reach and m.entity and m.made_by.startswith(SHARED) and reach.contains(m.span)
    ]


def _of_whom(one: Token) -> Token:
    """ "One of *the survivors* said": those whose number the speaker is of; else the word itself."""
    if one.lower_ != "one":
        return one
    of = (g for c in one.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj")
    return next(of, one)


def _cited(saying: Saying, roll: Roll) -> tuple[str, str] | None:
    """Whom the source cites, and the source itself: "the radio, *citing an army officer*, said"."""
    if saying.speaker is None or saying.head.lemma_.lower() == "cite":
        return None
    for holder in (saying.head, saying.speaker):
        for part in children(holder, "advcl", "acl", "relcl"):
            verb = part.lemma_.lower()
            cites = verb == "cite" if part.dep_ == "relcl" else part.tag_ == "VBG" and verb in ("cite", "quote")
            named = child(part, "dobj") if cites else None
            entity = _entity_at(saying, named, roll) if named is not None else None
            if entity is not None:
                carrier = _entity_at(saying, antecedent(saying.speaker), roll)
                if carrier is not None and entity != carrier:
                    return entity, carrier
    return None


def _author(saying: Saying, head: Token, roll: Roll, lexicon: Lexicon) -> str | None:
    """Who wrote a document that has no name: "*the institute's* report", "an analysis written by *the institute*"."""
    at = saying.passage.at(head)
    place = at.start
    noun = _document_noun(head, lexicon)
    bodies = [body for where, what, body in roll.adopted if where < place and what == noun]
    if bodies and child(head, "poss") is None:
        return bodies[-1]
    named = any(m.form in ("name", "acronym") and _head(m).contains(at) for m in roll.speaking)
    if named or not (head.lemma_.lower() in lexicon.media or is_count(head)):
        return None
    named_before = (t for t in children(head, "nmod", "compound") if t.pos_ == "PROPN" and t.i < head.i)
    owner = child(head, "poss") or next(named_before, None)  # "a *Ministry of Ports* document"
    by = [
        p
        for h in (head, *children(head, "acl"))
        for p in children(h, "prep", "agent")
        if p.text.lower() in ("by", "from")
    ]
    authors = [owner] if owner is not None else [o for p in by for o in children(p, "pobj")]
    told = next((e for a in authors if (e := _entity_at(saying, a, roll)) is not None), None)
    if told is None and not authors and is_statement(with_modifiers(head), lexicon):
        return next((body for where, body in reversed(roll.issued) if where < place), None) or _sole_body(head, roll)
    return told


def _sole_body(statement: Token, roll: Roll) -> str | None:
    """The one body that the report tells of: "The army seized two lorries. … , *the statement* said"."""
    if not any(t.lower_ == "the" for t in children(statement, "det")):
        return None
    bodies = {m.entity for m in roll.speaking if m.kind == "actor" and _is_body(m)}
    return bodies.pop() if len(bodies) == 1 else None


def _is_body(mention: Mention) -> bool:
    """True for what puts out statements: a body with a name, an army, a ministry; not for outlets and people."""
    if mention.form in ("name", "acronym"):
        return mention.made_by.startswith(("known:", "org"))
    noun = read_noun(mention.quote.split()[-1])
    return noun is not None and not noun.plural and noun.type not in ("person", "population", "media")


def _whose(pronoun: Token) -> Token | None:
    """The subject of the clause that a pronoun's noun stands in: "*the army* gave no proof for *its* claim that"."""
    noun = pronoun.head
    verb = noun
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    for _ in range(3):
        subject = child(verb, "nsubj")
        if subject is not None:
            return antecedent(subject) if subject != noun and subject.i < pronoun.i else None
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp") or verb.head == verb:
            return None
        verb = verb.head if verb.head.pos_ in ("VERB", "AUX") else verb.head.head
    return None


def _entity_at(saying: Saying, token: Token, roll: Roll, passage: Passage | None = None) -> str | None:
    """The entity of the mention whose head (or whole) covers `token`, the smallest first; else of an apposition.

    `passage` is the one that `token` stands in, where that is not the cue's.
    """
    return _entity_in(passage or saying.passage, token, roll)


def _entity_in(passage: Passage, token: Token, roll: Roll) -> str | None:
    for candidate in (token, *children(token, "appos")):
        at = passage.at(candidate)
        start, end = at.start, at.end
        covering = [m for m in roll.speaking if m.span.start <= start and end <= m.span.end]
        if covering:
            best = min(covering, key=lambda m: (not _head(m).contains(at), m.kind != "actor", len(m.span), m.span))
            return best.entity
    return None


def _head(mention: Mention) -> Span:
    return mention.head or mention.span


def _entity_within(saying: Saying, roll: Roll, lexicon: Lexicon) -> str | None:
    """The longest actor inside the source: "an analysis written by the *Harbour Institute*"."""
    heard = [] if saying.speaker is None else [saying.passage.at(t) for t in heard_by(saying.speaker, lexicon)]
    inside = [
        m
        for m in roll.speaking
        if m.kind == "actor"
        and m.form != "pronoun"
        and m.span.within_any(saying.source)
        and not any(_head(m).contains(h) for h in heard)
    ]
    return max(inside, key=lambda m: (len(m.span), -m.span.start)).entity if inside else None


# ------------------------------------------------------------------------------------------------ carriers


def find_carriers(saying: Saying, roll: Roll, lexicon: Lexicon, speakers: Sequence[str]) -> tuple[str, ...]:
    """The entities that passed the words on, in the order of the text, without the speakers."""
    tokens = [*named_carriers(saying, lexicon)]
    cited = _cited(saying, roll)
    entities: list[str | None] = [] if cited is None else [cited[1]]
    entities += [_entity_at(saying, t, roll) for t in sorted(tokens, key=lambda t: t.i)]
    entities += _own_periodical(saying, roll)
    return tuple(dict.fromkeys(e for e in entities if e is not None and e not in speakers))


def _own_periodical(saying: Saying, roll: Roll) -> list[str | None]:
    """ "The Front's *Al Bayan newsletter* praised the raid": the Front speaks, by its newsletter."""
    named = (m for m in roll.speaking if m.kind == "media_product" and m.form == "name")
    return [m.entity for m in named if m.span.within_any(saying.source)]


# ------------------------------------------------------------------------------------------------ medium, time, stance


def find_medium(saying: Saying, lexicon: Lexicon) -> str | None:
    """What the words came in: from "in a …" beside the cue, from the source, from who is told; None if unsaid."""
    for token in around_cue(saying):
        governor = token.head
        fits = governor.text.lower() in _MEDIUM_PREPOSITIONS or token.dep_ == "dobj"
        if fits and token.i != saying.head.i and (found := _medium_of(token, lexicon)) is not None:
            return found
    if saying.medium is not None:
        return saying.medium
    if saying.speaker is not None and (found := _medium_of(antecedent(saying.speaker), lexicon)) is not None:
        return found
    if saying.speaker is not None and (found := _posted_on(saying.speaker, lexicon)) is not None:
        return found
    if saying.hearer is not None and _medium_of(saying.hearer, lexicon) == "statement":
        return "statement"  # "told *a news conference* that"
    if any(t.lower_ == "speaking" for t in saying.own) and any(True for _ in named_carriers(saying, lexicon)):
        return "interview"  # "*speaking to the BBC*, he said"
    told = saying.hearer is not None and saying.head.lemma_.lower() == "tell" and is_carrier(saying.hearer, lexicon)
    return "interview" if told else None


def _posted_on(speaker: Token, lexicon: Lexicon) -> str | None:
    """ "Residents *on social media* posted pictures of the flood"."""
    through = (n for p in children(speaker, "prep") if p.lower_ == "on" for n in children(p, "pobj"))
    return next((found for noun in through if (found := _medium_of(noun, lexicon)) is not None), None)


def _medium_of(token: Token, lexicon: Lexicon) -> str | None:
    if token.text.lower() in lexicon.hearsay:
        return None
    if token.pos_ == "PROPN" and children(token, "compound") and token.lower_ in _MASTHEADS:
        return None  # "the Bangkok *Post*" is a paper
    phrase = " ".join(t.text.lower() for t in (*children(token, "compound", "amod"), token))
    return lexicon.media.get(phrase) or lexicon.media.get(token.lemma_.lower())


def find_time(saying: Saying, roll: Roll) -> When:
    """The time that stands in the cue's own clause: "said *on Wednesday*"; for a cue joined to another, the time that
    opens the clause of both: "*In May* he praised the army and called for calm". Unknown where there is none."""
    for words in (saying.own, _opening(saying.head)):
        places = [saying.passage.at(t) for t in words]
        for mention in roll.times:
            beside = mention.span.overlaps_any(places)
            if mention.when is not None and beside and not mention.span.overlaps_any(saying.content):
                return mention.when
    return UNKNOWN_TIME


def _opening(verb: Token) -> list[Token]:
    """The words before the subject of the verb that `verb` is joined to without a subject of its own."""
    first = verb.head
    if verb.dep_ != "conj" or first.pos_ != "VERB" or child(verb, *SUBJECTS) is not None:
        return []
    spoken = child(first, *SUBJECTS)
    if spoken is None:
        return []
    opening = (c for c in first.children if c.i < spoken.left_edge.i and c.dep_ in ("npadvmod", "prep", "advmod"))
    return [word for part in opening for word in part.subtree]


def find_stance(saying: Saying, speakers: Sequence[str], roll: Roll, lexicon: Lexicon) -> Stance:
    """The cue's stance, unless the content shows another: "said it was not responsible", "said they should leave"."""
    head = saying.content_head
    if saying.head.lemma_.lower() in _words().labelling and _says_it_is_false(saying):
        return "deny"
    if saying.stance == "question" and any(c.lower_ == "for" for c in children(saying.head, "prep")):
        return "call"  # "asked *for* more guards"
    if saying.stance != "assert" or head is None or saying.type != "assertion":
        return saying.stance
    if saying.asks:
        return "question"
    if calls_false(head) is not None:
        return "deny"
    shown = read_wording(head, lexicon.wordings, direct=saying.direct)
    if shown is not None:
        return shown
    if _is_negated(head) and _speaks_of_self(saying, head, speakers, roll) and _is_denial(head, lexicon):
        return "deny"
    return saying.stance


def calls_false(clause: Token) -> Token | None:
    """What the clause says is false: "*the report* was without foundation", "it was untrue *that soldiers fired*"."""
    subject = child(clause, "nsubj", "nsubjpass", "csubj")
    if subject is None or not (_is_not_true(clause) if child(clause, "neg") is not None else _is_false(clause)):
        return None
    words = _words().told_things
    if subject.lower_ not in words and subject.lemma_.lower() not in words:
        return None
    told = next((c for c in children(clause, "ccomp", "advcl") if c.i > clause.i), None)
    return told if subject.lower_ == "it" and told is not None else subject


def _is_not_true(clause: Token) -> bool:
    """ "Was *not true*"."""
    return any(t.lower_ in _words().truths for t in children(clause, "acomp", "attr", "oprd"))


def _is_false(clause: Token) -> bool:
    """ "Was *a lie*", "was *without foundation*", "had *no basis*", "were *fabricated*"."""
    words = _words()
    if clause.lemma_.lower() in words.falsehoods or clause.lower_ in words.falsehoods:
        return True
    for part in children(clause, "acomp", "attr", "oprd", "prep", "dobj"):
        if part.lemma_.lower() in words.falsehoods or part.lower_ in words.falsehoods:
            return True
        if part.lower_ == "without" and any(t.lower_ in words.unfounded for t in children(part, "pobj")):
            return True
        lacking = any(t.lower_ == "no" for t in children(part, "det"))
        if part.dep_ in ("dobj", "attr") and part.lower_ in words.unfounded and lacking:
            return True
    return False


def _says_it_is_false(saying: Saying) -> bool:
    """ "Called the reports *pure invention*"."""
    words = (t for t in saying.head.subtree if t.i > saying.head.i)
    return any(t.lemma_.lower() in _words().falsehoods and t.dep_ in _NAMED for t in words)


def _is_negated(head: Token) -> bool:
    if child(head, "neg") is not None:
        return True
    objects = children(head, "dobj", "attr")
    return any(t.text.lower() == "no" for o in objects for t in children(o, "det")) or _has_nothing_to_do(head)


def _has_nothing_to_do(head: Token) -> bool:
    """ "We *had nothing to do* with the explosion"."""
    return any(
        o.lower_ == "nothing" and any(t.lemma_ == "do" for t in o.children) for o in children(head, "dobj", "attr")
    )


def _speaks_of_self(saying: Saying, head: Token, speakers: Sequence[str], roll: Roll) -> bool:
    subject = child(head, "nsubj", "nsubjpass")
    if subject is None:
        return False
    if subject.lower_ in ("we", "i"):
        return True  # a spokesman's "we" are those he speaks for
    entity = _entity_at(saying, subject, roll, saying.content_passage)
    if entity is not None and speakers:
        spoken_for = (m.entity for m in roll.speaking if m.span.within_any(saying.source))
        return entity in speakers or entity in spoken_for  # "a spokesman for *the militia* said it was not behind it"
    return subject.text.lower() in _SELF


def _is_denial(head: Token, lexicon: Lexicon) -> bool:
    parts = [head, *children(head, "acomp", "attr", "dobj", "xcomp", "prep")]
    named = any(t.lemma_.lower() in lexicon.denials or t.text.lower() in lexicon.denials for t in parts)
    return named or _has_nothing_to_do(head)
