"""Pronouns and "both sides": which actor they stand for, by agreement, recency and the preference for subjects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from khaldun.annotate.actors.counts import figure
from khaldun.annotate.actors.noun_phrases import says
from khaldun.annotate.actors.numbered import AGAIN, FREED, is_seized
from khaldun.annotate.actors.pronouns import PRONOUNS, Agreement, no_state_has, words_in
from khaldun.annotate.coreference.clusters import Cluster
from khaldun.annotate.coreference.possessors import body_of
from khaldun.annotate.coreference.profiles import Profile
from khaldun.annotate.coreference.salience import WINDOW, is_led, is_many, salience, shares_subject
from khaldun.annotate.coreference.witnesses import attackers_told
from khaldun.annotate.grammar.syntax import is_object_of
from khaldun.annotate.reading.lookup import tokens_of
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import ActorType, Mention

_PARTIES = frozenset({"armed_group", "state_force", "government", "state"})
_GROUPS = frozenset({"armed_group", "state_force", "government", "media", "organisation", "state"})


def resolve_pronoun(mention: Mention, passage: Passage, sentence: int, clusters: Sequence[Cluster]) -> Cluster | None:
    """The cluster that a pronoun stands for, or None where nothing before it agrees."""
    tokens = tokens_of(passage, mention.span)
    agreement = PRONOUNS.get(mention.quote.casefold())
    if mention.made_by == AGAIN:
        return _as_many(mention, sentence, clusters)
    if mention.made_by == FREED:
        return _seized(mention, sentence, clusters)
    if tokens is None or agreement is None:
        return None
    speakers = _speakers(clusters, passage, sentence) if _quoted(tokens[0]) else []
    if mention.quote.casefold() in ("we", "our") and (speakers or not _quoted(tokens[0])):
        we = _who_says_we(speakers, passage, sentence) if speakers else _who_writes_we(mention, sentence, clusters)
        body = _owner(we, clusters)
        side = body or we
        if mention.quote.casefold() == "our":  # "under *our* control": his side's, and not his own, nor his employer's
            return side if side is not None and side.type in _PARTIES else None
        return side
    if mention.quote.casefold() == "who":
        return _antecedent(tokens[0], sentence, clusters)
    if mention.quote.casefold() == "it" and (its := _body_spoken_for(tokens[0])) is not None:
        return next((c for c in clusters if any(m.root.i == its.i and m.root.doc is its.doc for m in c.members)), None)
    whole = whole_of(tokens[0]) or _joined_with(tokens[0])
    if whole is not None:
        return next((c for c in clusters if any(m.root is whole for m in c.members)), None)
    attackers = attackers_told(tokens[0], speakers, clusters, sentence)
    if attackers is not None:
        return attackers
    best: tuple[float, int] | None = None
    chosen = None
    for c in clusters:
        if _does_it(c, tokens[0]):
            continue
        near = [m for m in c.members if m.mention.span.start < mention.span.start and _within(m, sentence)]
        kind = c.type if near else None
        for member in near:
            if not _agrees(kind, member, agreement) or c in speakers or _is_no_group(c, tokens[0]):
                continue
            if _is_other(member.root, tokens[0]) or _is_done_to(member.root, tokens[0]):
                continue
            score = salience(member, sentence, tokens[0])
            if score is not None and (best is None or (score, member.order) > best):
                best, chosen = (score, member.order), c
    if chosen is not None and chosen.type == "media" and agreement.plural:
        return _owner(chosen, clusters) or chosen  # "*the rebels'* radio said *they* had shelled the port"
    return chosen


def _does_it(c: Cluster, them: Token) -> bool:
    """ "*The army* said it had driven *them* out", "*troops* killed nine rebels, foiling *their* attack": who does so
    is not those to whom it is done."""
    if them.dep_ == "nsubj" and them.lower_ in ("them", "him", "her"):  # "the police let *them* rally"
        verb = them.head.head
    elif them.dep_ in ("dobj", "dative"):
        verb = them.head
    elif them.dep_ == "pobj" and them.head.lower_ in ("on", "at", "against") and them.lower_ in ("them", "him", "her"):
        verb = them.head.head  # "*gunmen* opened fire on *them*"
        verb = verb.head if verb.dep_ == "dobj" else verb
    elif (
        them.dep_ == "poss"
        and them.head.dep_ == "dobj"
        and them.head.head.lemma_ in word_list("lexicons/en/deeds.yaml", "warding")
    ):
        verb = them.head.head
        while shares_subject(verb):
            verb = verb.head
    else:
        return False
    if verb.dep_ == "ccomp" and any(
        s.dep_ == "nsubj" and s.lower_ in ("it", "they", "he", "she") for s in verb.children
    ):
        verb = verb.head
    return any(m.root.dep_ == "nsubj" and m.root.head == verb and m.root.doc is verb.doc for m in c.members)


def _is_no_group(c: Cluster, pronoun: Token) -> bool:
    """ "The army shelled the front's camp. *Its leader* fled": no army has a leader, a founder or an armed wing."""
    return c.type in _NO_GROUPS and pronoun.dep_ == "poss" and pronoun.head.lemma_.lower() in no_state_has()


_NO_GROUPS = frozenset({"state_force", "state", "government", "media"})


def _is_other(somebody: Token, pronoun: Token) -> bool:
    """ "They took my *son*," *she* said: who speaks is not one of whom the quoted words tell, nor is "she" a son."""
    if pronoun.lower_ in ("she", "her") and somebody.lemma_.lower() in words_in("males"):
        return True
    if pronoun.lower_ in ("he", "him") and somebody.lemma_.lower() in words_in("females"):
        return True
    speaks = pronoun.dep_ == "nsubj" and pronoun.head.lemma_ in words_under("saying")
    near = somebody.doc is pronoun.doc and somebody.sent.start == pronoun.sent.start
    return speaks and near and _quoted(somebody) and not _quoted(pronoun)


def _is_done_to(somebody: Token, pronoun: Token) -> bool:
    """ "*My sons they* took with them": those of whom a relative clause tells what others did to them."""
    clause = pronoun.head
    return pronoun.dep_ == "nsubj" and clause.dep_ == "relcl" and clause.head is somebody and is_object_of(clause)


def _owner(speaker: Cluster | None, clusters: Sequence[Cluster]) -> Cluster | None:
    """The group whose radio, or whose spokesman, it is: "*the rebels'* radio", "a spokesman for *the rebels*", "*Badr
    Front* spokesman Omar Saleh"."""
    if speaker is None or speaker.type not in ("media", "person"):
        return None
    roots = [m.root for m in speaker.members]
    owners = [c for root in roots for c in root.children if c.dep_ == "poss"]
    owners += [
        o for r in roots for c in r.children if c.lower_ in ("for", "of") for o in c.children if o.dep_ == "pobj"
    ]
    named = (c for c in clusters if c.type in _GROUPS and any(m.root is o for o in owners for m in c.members))
    bodies = (body_of(clusters, root) or _its_body(root, clusters) for root in roots if speaker.type == "person")
    return next(named, None) or next((body for body in bodies if body is not None), None)


def _its_body(person: Token, clusters: Sequence[Cluster]) -> Cluster | None:
    """ "*The front* said it had left. "We lost no one," *its* spokesman said": the group that was told of last as who
    does something."""
    its = next((c for c in person.children if c.dep_ == "poss" and c.lower_ in ("its", "their")), None)
    if its is None:
        return None
    many = its.lower_ == "their"
    before = [
        (m.order, c)
        for c in clusters
        if c.type in _GROUPS and c.type != "media"
        for m in c.members
        if m.root.doc is person.doc and m.root.i < person.i and m.root.dep_ in ("nsubj", "nsubjpass")
        if (m.root.tag_ in ("NNS", "NNPS")) == many
    ]
    return max(before, key=lambda found: found[0])[1] if before else None


def _joined_with(its: Token) -> Token | None:
    """ "Attacks on *the army* and its allies", "the front, *its* wing and *its* press": what the owned is joined to."""
    owned = its.head
    if its.dep_ != "poss" or owned.dep_ != "conj" or owned.head.pos_ not in ("PROPN", "NOUN"):
        return None
    first = owned.head
    while first.dep_ == "conj" and any(c.dep_ == "poss" for c in first.children):
        first = first.head
    return first


def whole_of(them: Token) -> Token | None:
    """Those of whom some are told, in an aside: "*30 men*, most of *them* accused of spying, were moved"; else None."""
    some = them.head.head
    if them.dep_ != "pobj" or them.head.lower_ != "of" or some.dep_ != "nsubjpass" or some.head.tag_ != "VBN":
        return None
    if any(c.dep_ in ("auxpass", "aux") for c in some.head.children) and them.lower_ != "whom":
        return None
    before = them.doc[them.sent.start : some.i]
    return next((t for t in reversed(before) if t.dep_ in _TAKING_PART and is_many(t)), None)


_TAKING_PART = frozenset({"dobj", "nsubjpass", "nsubj", "attr", "conj"})


def _quoted(token: Token) -> bool:
    """True inside straight quotation marks, as the passage opens and closes them."""
    marks = token.doc.user_data.get(_MARKED)
    if marks is None:
        marks = token.doc.user_data[_MARKED] = [t.i for t in token.doc if t.text in _MARKS]
    return bisect_left(marks, token.i) % 2 == 1


_MARKS = frozenset({'"', "``", "''", "“", "”"})
_MARKED = "khaldun.quotation_marks"


def _speakers(clusters: Sequence[Cluster], passage: Passage, sentence: int) -> list[Cluster]:
    """Who says the words of a quotation, in its sentence or else in those beside it: "he" inside is somebody else."""
    for beside in (0, -1, 1):
        found = [c for c in clusters if any(_says_near(m, passage, sentence + beside, 0) for m in c.members)]
        if found:
            return found
    return []


def _who_says_we(speakers: Sequence[Cluster], passage: Passage, sentence: int) -> Cluster | None:
    """ "We bombed the post", *a colonel* told the agency: a group that speaks, else who does; never who is told."""
    saying = [
        c
        for c in speakers
        if any(m.root.dep_ not in ("dobj", "dative") and _says_near(m, passage, sentence, 1) for m in c.members)
    ]
    return next((c for c in saying if c.type in _GROUPS and c.type != "media"), saying[0] if len(saying) == 1 else None)


def _who_writes_we(mention: Mention, sentence: int, clusters: Sequence[Cluster]) -> Cluster | None:
    """ "*The league* condemns the raid on the camp. *We* urge the army to leave": whose statement it is, by what was
    last told of somebody in the present tense, or announced with a colon; else who was just said to have spoken."""
    before = [(m, c) for c in clusters for m in c.members if m.mention.span.end <= mention.span.start]
    stating = [(m.order, c) for m, c in before if _states(m.root)]
    if not stating:
        stating = [(m.order, c) for m, c in before if sentence - m.sentence <= 1 and _has_said(m.root)]
    return max(stating, key=lambda found: found[0])[1] if stating else None


def _has_said(speaker: Token) -> bool:
    return speaker.dep_ in ("nsubj", "conj") and says(speaker) and not _quoted(speaker)


def _states(speaker: Token) -> bool:
    """True for whom a statement has speak: "the league *condemns*", "is *concerned*"; "the envoy *said:*"."""
    verb = speaker.head
    if speaker.dep_ != "nsubj" or _quoted(speaker):
        return False
    if (
        verb.lemma_ in words_under("saying")
        and (last := verb.doc[-1]).text == ":"
        and last.sent.start == verb.sent.start
    ):
        return True
    if verb.tag_ not in ("VBZ", "VBP"):
        return False
    said_of = [verb, *(c for c in verb.children if c.dep_ == "acomp")]
    return any(t.lemma_.lower() in words_in("stating") or t.lower_ in words_in("stating") for t in said_of)


def _says_near(m: Profile, passage: Passage, sentence: int, reach: int) -> bool:
    if abs(m.sentence - sentence) > reach or m.root.doc is not passage.doc:
        return False
    return says(m.root) and not _quoted(m.root)


def _body_spoken_for(it: Token) -> Token | None:
    """The body of whom is heard, in what he says: "the director of *a hospital* said that *it* had treated 17".

    A name behind him may be a place ("the governor of Sabha said it …"), so only a common noun counts.
    """
    clause = it.head
    while clause.dep_ == "conj":
        clause = clause.head
    if it.dep_ != "nsubj" or clause.dep_ != "ccomp" or clause.head.lemma_ not in words_under("saying"):
        return None
    speakers = (c for c in clause.head.children if c.dep_ == "nsubj" and c.lemma_ in words_under("of_bodies"))
    bodies = (b for s in speakers for p in s.children if p.lower_ in {"of", "at"} for b in p.children)
    return next((b for b in bodies if b.dep_ == "pobj" and b.tag_ == "NN"), None)


def _as_many(mention: Mention, sentence: int, clusters: Sequence[Cluster]) -> Cluster | None:
    """Those who were counted before with the same number ("eight militants … the eight")."""
    wanted = figure(mention.quote)
    counted = [
        (m.order, c)
        for c in clusters
        for m in c.members
        if m.number is not None and figure(m.number) == wanted and 0 <= sentence - m.sentence <= _COUNTED
        if m.mention.span.end <= mention.span.start
    ]
    return max(counted, key=lambda pair: pair[0])[1] if counted else None


def _seized(mention: Mention, sentence: int, clusters: Sequence[Cluster]) -> Cluster | None:
    """Those who were seized last, where they were as many ("abducted four nurses … *two* were freed")."""
    wanted = figure(mention.quote) or 1
    taken = [
        (m.order, c)
        for c in clusters
        for m in c.members
        if 0 <= sentence - m.sentence <= _COUNTED and m.mention.span.end <= mention.span.start and is_seized(m.root)
        if m.plural or m.number is not None
        if (figure(m.number) if m.number is not None else None) is None or (figure(m.number or "") or 0) >= wanted
    ]
    return max(taken, key=lambda pair: pair[0])[1] if taken else None


_COUNTED = 6  # sentences that a number alone reaches back


def companions(found: Cluster, mention: Mention, clusters: Sequence[Cluster]) -> list[Cluster]:
    """All that a plural pronoun stands for when its antecedent is one of several ("the army and the police … they")."""
    if mention.made_by in (AGAIN, FREED) or not PRONOUNS[mention.quote.casefold()].plural:
        return [found]
    before = [m for m in found.members if m.mention.span.start < mention.span.start]
    if not before:
        return [found]  # the speaker, named behind what he says
    sentence = max(m.sentence for m in before)
    together = {t.i for m in before if m.sentence == sentence for t in m.root.conjuncts}
    return [
        c for c in clusters if c is found or any(m.sentence == sentence and m.root.i in together for m in c.members)
    ]


def _antecedent(who: Token, sentence: int, clusters: Sequence[Cluster]) -> Cluster | None:
    """The person or people that a relative clause hangs on, or the nearest before it where the parse gives another."""
    clause = next((a for a in [who.head, *who.head.ancestors] if a.dep_ == "relcl"), None)
    if clause is None:
        return None
    before = [
        (m.root.i == clause.head.i, m.root.i, c)
        for c in clusters
        for m in c.members
        if m.sentence == sentence and m.root.i < who.i and (c.type == "person" or m.plural)
    ]
    return max(before, key=lambda found: found[:2])[2] if before else None


def _within(m: Profile, sentence: int) -> bool:
    return 0 <= sentence - m.sentence <= WINDOW


def _agrees(kind: ActorType | None, member: Profile, agreement: Agreement) -> bool:
    person = kind == "person"
    plural = member.plural or kind == "population"
    if person and not plural:
        return agreement.person and not agreement.plural
    if plural:
        return agreement.plural
    return agreement.group


def two_sides(clusters: Sequence[Cluster], both: Mention, sentence: int) -> list[Cluster]:
    """The two parties last named before, else the two groups: what "both sides" means. Those who watch a fight (a
    monitor, rescuers) are no side of it while two are named who may be, and never of "the *warring* sides"."""
    recent: list[tuple[int, Cluster]] = []
    for c in clusters:
        earlier = [m for m in c.members if m.mention.span.start < both.span.start and sentence - m.sentence <= WINDOW]
        earlier = [m for m in earlier if m.sentence < sentence or not is_led(m.root)]
        if earlier and c.type in _GROUPS and c.type != "media":
            recent.append((max(m.order for m in earlier), c))
    recent.sort(key=lambda pair: -pair[0])
    for kinds in (_PARTIES,) if "warring" in both.quote.casefold() else (_PARTIES, _GROUPS):
        sides = [c for _, c in recent if c.type in kinds]
        if len(sides) >= 2:
            return sides[:2]
    return []
