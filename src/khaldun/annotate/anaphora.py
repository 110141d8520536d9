"""Pronouns and "both sides": which actor they stand for, by agreement, recency and the preference for subjects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from khaldun.annotate.boundaries import LIST_MARKS
from khaldun.annotate.clusters import Cluster
from khaldun.annotate.counts import figure
from khaldun.annotate.lookup import tokens_of
from khaldun.annotate.noun_phrases import says, tells
from khaldun.annotate.nouns import words_under
from khaldun.annotate.numbered import AGAIN, FREED, is_seized
from khaldun.annotate.profiles import Profile
from khaldun.annotate.pronouns import PRONOUNS, Agreement, no_state_has, words_in
from khaldun.annotate.sentences import Passage
from khaldun.annotate.ties import ties
from khaldun.annotate.triggers import match
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import ActorType, Mention

_PARTIES = frozenset({"armed_group", "state_force", "government", "state"})
_GROUPS = frozenset({"armed_group", "state_force", "government", "media", "organisation", "state"})
_WINDOW = 3


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
    if mention.quote.casefold() == "we" and (speakers or not _quoted(tokens[0])):
        we = _who_says_we(speakers, passage, sentence) if speakers else _who_writes_we(mention, sentence, clusters)
        return _owner(we, clusters) or we
    if mention.quote.casefold() == "who":
        return _antecedent(tokens[0], sentence, clusters)
    if mention.quote.casefold() == "it" and (body := _body_spoken_for(tokens[0])) is not None:
        return next(
            (c for c in clusters if any(m.root.i == body.i and m.root.doc is body.doc for m in c.members)), None
        )
    whole = whole_of(tokens[0])
    if whole is not None:
        return next((c for c in clusters if any(m.root is whole for m in c.members)), None)
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
            if _is_other(member.root, tokens[0]):
                continue
            score = _salience(member, sentence, tokens[0])
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
    elif (
        them.dep_ == "poss"
        and them.head.dep_ == "dobj"
        and them.head.head.lemma_ in word_list("lexicons/en/deeds.yaml", "warding")
    ):
        verb = them.head.head
        while _shares_subject(verb):
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


def _owner(speaker: Cluster | None, clusters: Sequence[Cluster]) -> Cluster | None:
    """The group whose radio, or whose spokesman, it is: "*the rebels'* radio", "a spokesman for *the rebels*"."""
    if speaker is None or speaker.type not in ("media", "person"):
        return None
    roots = [m.root for m in speaker.members]
    owners = [c for root in roots for c in root.children if c.dep_ == "poss"]
    owners += [
        o for r in roots for c in r.children if c.lower_ in ("for", "of") for o in c.children if o.dep_ == "pobj"
    ]
    return next(
        (c for c in clusters if c.type in _GROUPS and any(m.root is o for o in owners for m in c.members)),
        None,
    )


def whole_of(them: Token) -> Token | None:
    """Those of whom some are told, in an aside: "*30 men*, most of *them* accused of spying, were moved"; else None."""
    some = them.head.head
    if them.dep_ != "pobj" or them.head.lower_ != "of" or some.dep_ != "nsubjpass" or some.head.tag_ != "VBN":
        return None
    if any(c.dep_ in ("auxpass", "aux") for c in some.head.children) and them.lower_ != "whom":
        return None
    before = them.doc[them.sent.start : some.i]
    return next((t for t in reversed(before) if t.dep_ in _TAKING_PART and _is_many(t)), None)


_TAKING_PART = frozenset({"dobj", "nsubjpass", "nsubj", "attr", "conj"})


def _is_many(noun: Token) -> bool:
    return noun.tag_ == "NNS" or noun.lower_ in ("people", "police")


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
    for reach in (0, 1):
        found = [c for c in clusters if any(_says_near(m, passage, sentence, reach) for m in c.members)]
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
    return 0 <= sentence - m.sentence <= _WINDOW


def _agrees(kind: ActorType | None, member: Profile, agreement: Agreement) -> bool:
    person = kind == "person"
    plural = member.plural or kind == "population"
    if person and not plural:
        return agreement.person and not agreement.plural
    if plural:
        return agreement.plural
    return agreement.group


def _salience(member: Profile, sentence: int, pronoun: Token) -> float | None:
    distance = sentence - member.sentence
    if distance > _WINDOW or distance < 0:
        return None
    score = -2.0 * distance
    if member.root.dep_ in ("dobj", "dative") and member.root.head.lemma_ in ("tell", "inform", "brief"):
        score -= 4.0  # who is told is seldom talked of
    score += 1.0 if member.subject else 0.0
    score += {"their": 1.0, "they": 0.5}.get(pronoun.lower_, 0.0) if member.plural else 0.0
    score -= 3.0 if pronoun.lower_ == "its" and _is_other_of_both(member.root) else 0.0
    score += 3.0 if distance == 0 and pronoun.dep_ == "poss" and _is_helped(member.root, pronoun) else 0.0
    score -= 3.0 if distance and pronoun.dep_ == "nsubjpass" and _only_says(member.root) else 0.0
    score += 4.0 if distance == 0 and _tells(member.root, pronoun) else 0.0
    score -= 3.0 if member.type == "population" and _strikes(pronoun) else 0.0
    if pronoun.dep_ == "nsubj" and pronoun.head.lemma_ in words_under("saying"):
        score += 1.0 if member.root.head.lemma_ in words_under("saying") and member.subject else 0.0
        score -= 3.0 if distance == 0 and _is_told_of(member.root, pronoun) else 0.0
    if distance and _is_next_entry(member.root, pronoun):
        score += 6.0
    if distance == 0 and _has_spoken(member.root, pronoun):
        score -= 3.0
    if pronoun.lower_ == "it" and pronoun.nbor(-1 if pronoun.i else 0).lower_ == "since":
        score += 3.0 if member.root.i == pronoun.i - 2 else 0.0  # "the worst attack on *the army* since *it* left"
    if distance == 0 and member.root.head.i == pronoun.head.i:
        score -= 3.0  # one verb's subject and object are two
    elif distance == 0 and pronoun.dep_ == "dobj" and _is_shared_object(member.root, pronoun):
        score += 2.5  # "dragged three *men* from a bus and shot *them*"
    elif distance == 0 and member.subject and (undergone := _undergone(pronoun)).dep_ in ("dobj", "dative"):
        verb = undergone.head
        while _shares_subject(verb):
            verb = verb.head
        verb = _whose_deed(verb)
        score -= 3.0 if member.root.head.i == verb.i else 0.0  # "sacked the general and *replaced him* with another"
    return score


def _strikes(pronoun: Token) -> bool:
    """ "Fighters shot at residents. *They opened fire* on everyone": who does so bears arms."""
    if pronoun.dep_ != "nsubj":
        return False
    verbs = (pronoun.head, *(c for c in pronoun.head.children if c.dep_ == "conj" and c.pos_ == "VERB"))
    found = [match(v) for v in verbs]
    return any(t is not None and all(e.kind in _ARMED_DEEDS for e in t.entries) for t in found)


_ARMED_DEEDS = frozenset(
    f"assault.{by}" for by in ("firearms", "shelling", "aerial", "explosives", "suicide", "abduct")
)


def _is_helped(somebody: Token, pronoun: Token) -> bool:
    """ "Offered to help *the island* in *its* campaign against the rebels": whose campaign it is is helped."""
    verb = pronoun.head.head.head
    helped = somebody.dep_ == "dobj" and somebody.head.i == verb.i and somebody.i < pronoun.i
    return helped and pronoun.head.dep_ == "pobj" and verb.lemma_ in ties().assisting


def _is_other_of_both(somebody: Token) -> bool:
    """ "Both the front and *the guard* said that the town was in its hands": more likely the front's."""
    return somebody.dep_ == "conj" and any(c.dep_ == "preconj" for c in somebody.head.children)


def _is_next_entry(somebody: Token, pronoun: Token) -> bool:
    """ "- On 4 June *troops* took the base. The rebels retook it. - On 10 June *they* took the port": in a list by date
    each entry goes on with whom the entries before begin."""
    if pronoun.lower_ != "they" or somebody.doc is not pronoun.doc:
        return False
    if somebody.dep_ == "pobj" and somebody.head.lower_ == "of":  # "*forces* of the council"
        somebody = somebody.head.head
    return all(word.dep_ in ("nsubj", "nsubjpass") and _begins_entry(word) for word in (pronoun, somebody))


def _begins_entry(subject: Token) -> bool:
    """True for who does what the first words of a list's entry tell, which name a day."""
    mark, *opening = subject.doc[subject.sent.start : subject.left_edge.i] or (subject,)
    on = next((t for t in opening if t.head is subject.head and t.dep_ == "prep"), None)
    return mark.text in LIST_MARKS and on is not None and on.lower_ in ("on", "in", "by") and on.i == mark.i + 1


def _whose_deed(verb: Token) -> Token:
    """The verb over a clause about its deed: "the army *responded* with raids that killed 30 of them"."""
    if verb.dep_ != "relcl" or not any(c.dep_ == "nsubj" and c.tag_ == "WDT" for c in verb.children):
        return verb
    above = verb.head
    while above.dep_ in ("dobj", "pobj", "prep") and above.head != above:
        above = above.head
    return above if above.pos_ == "VERB" else verb


def _only_says(speaker: Token) -> bool:
    """ "Guerrillas kidnapped three men, *the army said*. *They* were freed later.": no story of the army goes on."""
    verb = speaker.head
    told = next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
    return speaker.dep_ == "nsubj" and verb.lemma_ in words_under("saying") and told is not None and told.i < speaker.i


def _undergone(pronoun: Token) -> Token:
    """The object that a pronoun is or is within: "killing *12 of them*"."""
    counted = pronoun.head.head
    return counted if pronoun.dep_ == "pobj" and pronoun.head.lower_ == "of" and counted.dep_ == "dobj" else pronoun


def _shares_subject(verb: Token) -> bool:
    """ "Clashed with bandits and *killed* 12", "clashed with bandits, *killing* 12": it is the first verb's subject."""
    if verb.dep_ != "conj" and not (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
        return False
    return not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _tells(somebody: Token, pronoun: Token) -> bool:
    """ "*The army* dismissed the *rebels'* announcement that *they* held the port": theirs by number, and not the
    army's."""
    many = pronoun.lower_ == "they"
    if pronoun.dep_ not in ("nsubj", "nsubjpass") or _is_many(somebody) != many:
        return False
    over = somebody.head if somebody.dep_ == "poss" else somebody.head.head
    if somebody.dep_ != "poss" and not (somebody.dep_ == "pobj" and somebody.head.lower_ in ("by", "from")):
        return False
    clause = pronoun.head
    if clause.dep_ not in ("acl", "relcl", "ccomp") or clause.head.i != over.i or not tells(over):
        return False
    hearer = next((c for a in over.ancestors for c in a.children if c.dep_ == "nsubj" and c.i < somebody.i), None)
    return hearer is None or _is_many(hearer) != many


def _has_spoken(speaker: Token, pronoun: Token) -> bool:
    """ "Troops did not enter the town, *residents* said; *they* shelled it": others are told of still."""
    verb = speaker.head
    if speaker.dep_ != "nsubj" or verb.lemma_ not in words_under("saying") or pronoun.dep_ != "nsubj":
        return False
    if pronoun.nbor(-1).text != ";" or pronoun.head.lemma_ in words_under("saying"):
        return False
    told = (c for c in verb.lefts if c.dep_ == "ccomp" and c.i < speaker.i)
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON" for clause in told for c in clause.lefts)


def _is_told_of(somebody: Token, speaker: Token) -> bool:
    """ "The raid hit a base *paid for by Ankara*, it said": who speaks behind his words is not one named within them,
    but he may be whom they are about ("*the army* had left, it said")."""
    verb = speaker.head
    told = next((c for c in verb.lefts if c.dep_ == "ccomp" and c.i < speaker.i), None)
    if told is None and verb.dep_ in ("parataxis", "ccomp") and verb.head.i < speaker.i:
        told = verb.head
    if told is None or speaker.i == 0 or speaker.nbor(-1).text not in (",", '"', "''"):
        return False
    return somebody.i < speaker.i and not (somebody.head.i == told.i and somebody.dep_ in ("nsubj", "nsubjpass"))


def two_sides(clusters: Sequence[Cluster], both: Mention, sentence: int) -> list[Cluster]:
    """The two parties last named before, else the two groups: what "both sides" means. Those who watch a fight (a
    monitor, rescuers) are no side of it while two are named who may be, and never of "the *warring* sides"."""
    recent: list[tuple[int, Cluster]] = []
    for c in clusters:
        earlier = [m for m in c.members if m.mention.span.start < both.span.start and sentence - m.sentence <= _WINDOW]
        earlier = [m for m in earlier if m.sentence < sentence or not _is_led(m.root)]
        if earlier and c.type in _GROUPS and c.type != "media":
            recent.append((max(m.order for m in earlier), c))
    recent.sort(key=lambda pair: -pair[0])
    for kinds in (_PARTIES,) if "warring" in both.quote.casefold() else (_PARTIES, _GROUPS):
        sides = [c for _, c in recent if c.type in kinds]
        if len(sides) >= 2:
            return sides[:2]
    return []


def _is_led(name: Token) -> bool:
    """ "President Bedie of *Ivory Coast* urged both sides": whose president speaks is no side that he speaks to."""
    return name.dep_ == "pobj" and name.head.lower_ == "of" and name.head.head.pos_ == "PROPN"


def _is_shared_object(noun: Token, pronoun: Token) -> bool:
    verb = pronoun.head
    return noun.dep_ == "dobj" and verb.dep_ == "conj" and noun.head.i == verb.head.i
