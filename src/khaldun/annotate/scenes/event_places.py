"""Where an event took place: the place its clause names, that of those it befell, or where the passage goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from khaldun.annotate.grammar.modality import SUBJECTS
from khaldun.annotate.grammar.syntax import antecedent, clause_head, conjuncts
from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.roles.carriers import is_undergoing
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.sayings.asking import ranks
from khaldun.annotate.scenes.circumstances import heads_above
from khaldun.annotate.scenes.where import finest_told, grain, is_moved, is_reason, scene_of
from khaldun.annotate.tables.toll_words import by_verb
from khaldun.annotate.words import Token
from khaldun.model import Mention

_OF_PARTIES = frozenset({"on", "between"})
_MEETING = frozenset({"with", "against", "by"})
_UNDERGONE = frozenset({"dobj", "nsubjpass", "pobj", "npadvmod"})
_LOCATIVE = frozenset("in at near outside inside around over across on within off along between throughout".split())


def place_of(
    trigger: Token,
    fillers: Fillers,
    given: Iterable[Token] = (),
    without: Collection[Mention | None] = (),
    *,
    own: bool = False,
) -> tuple[Mention | None, bool]:
    """The place of a happening and whether it is inferred rather than said of the happening itself.

    `given` are tokens that fill a place role by the trigger's own rule ("withdrew *from* X"); it did not happen at
    those `without`, unless they are among the given ("attacked Damboa before withdrawing *towards Sambisa* in Borno").
    With `own`, the place of a verb above is inferred as well ("searched *the camp* before withdrawing").
    """
    for token in given:
        place = fillers.place(token)
        if place is not None:
            return finest_told(place, fillers), False
    if (there := _where(trigger, fillers)) is not None:
        return there, False
    for head in heads_above(trigger):
        place = _place_below(head, fillers) or (_of_harm(trigger, fillers) if head is trigger else None)
        if place is not None and finest_told(place, fillers) not in without:
            guessed = (own or bool(without)) and head is not trigger
            return finest_told(place, fillers), guessed or _is_of_area(place, trigger, fillers)
    return _ground_of_subject(trigger, fillers) or scene_of(trigger, fillers), True


def _is_of_area(place: Mention, trigger: Token, fillers: Fillers) -> bool:
    """ "Jets carried out raids on *the area*": near the place told before, and by no word of its own just there."""
    if fillers.passage.span(trigger.sent).contains(place.span):
        return False
    return any(t.lower_ == "area" and any(c.lower_ in {"the", "this"} for c in t.children) for t in trigger.sent)


def _where(trigger: Token, fillers: Fillers) -> Mention | None:
    """ "In *Kampala*, *where* three people died": the place that the clause is about."""
    clause = clause_head(trigger)
    if (
        by_verb().get(trigger.lemma_) not in {"killed", "injured"}
        or clause.dep_ != "relcl"
        or not any(c.lower_ == "where" and c.dep_ == "advmod" for c in clause.children)
    ):
        return None
    here = fillers.place(clause.head) if _place_below(trigger, fillers) is None else None
    return here if here is not None and len(fillers.places) > 1 and _is_one_of_two(clause) else None


def _is_one_of_two(where: Token) -> bool:
    """ "In Kampala, where three died, and in *Jinja*, *where* six did"."""
    return sum(t.lower_ == "where" for t in where.sent) > 1


def _of_harm(verb: Token, fillers: Fillers) -> Mention | None:
    """ "Bombed a market and *killed three traders in Brak*": where its harm was done, it was done."""
    harm = (c for c in verb.children if c.dep_ == "conj" and by_verb().get(c.lemma_) in {"killed", "injured"})
    own = next((c for c in harm if not any(g.dep_ in SUBJECTS for g in c.children)), None)
    return _place_below(own, fillers) if own is not None and verb.pos_ == "VERB" else None


def _ground_of_subject(verb: Token, fillers: Fillers) -> Mention | None:
    """ "*Police in Brak* arrested two men wanted in Sirte", "*residents of Brak* fled": where they are, they do it."""
    for subject in verb.children:
        if subject.dep_ not in SUBJECTS:
            continue
        living = subject.lemma_.lower() in place_words().dwellers
        for prep in subject.children:
            if prep.dep_ == "prep" and (prep.lower_ in _STAYING or (living and prep.lower_ in {"of", "from"})):
                place = next((p for g in prep.children if g.dep_ == "pobj" for p in (fillers.place(g),) if p), None)
                if place is not None:
                    return finest_told(place, fillers)
    return None


_STAYING = frozenset({"in", "at", "near", "around"})


def _place_below(head: Token, fillers: Fillers) -> Mention | None:
    best: tuple[int, Mention] | None = None
    for child in head.children:
        if child.dep_ == "advmod" and child.i in fillers.loci and best is None:
            best = (child.i, fillers.loci[child.i])  # the parser's slip on "shelled *Bakhmut*"
        elif child.lower_ == "there" and child.dep_ == "advmod" and (there := fillers.place_told_before(child)):
            best = best or (child.i, there)
        elif child.dep_ in {"prep", "advmod"} and child.lower_ in _LOCATIVE and not ranks(child):
            for grandchild in child.children:
                if grandchild.dep_ in {"pobj", "prep"} and not is_reason(grandchild):
                    place = fillers.place(grandchild)
                    if place is None or (child.lower_ in _OF_PARTIES and fillers.is_actor(place)):
                        continue  # "blamed the raid *on Moscow*", "talks *between Chad* and Sudan"
                    if best is None or _finer(place, best[1]):
                        best = (grandchild.i, place)
            if child.lower_ == "between" and best is None:  # "clashes between police and *tribesmen in Brak*"
                sides = (s for g in child.children if g.dep_ == "pobj" for s in conjuncts(g)[1:])
                best = next(((s.i, p) for s in sides for p in (_inside(s, fillers),) if p is not None), None)
        elif head.pos_ in {"VERB", "AUX"} and (
            child.dep_ in _UNDERGONE or (child.dep_ == "nsubj" and is_undergoing(head))
        ):
            place = fillers.loci.get(child.i) if fillers.actor(child) is None and not is_moved(child) else None
            place = place or _inside(child, fillers) or fillers.place_before(child)
            if place is not None and best is None:
                best = (child.i, place)
        elif child.dep_ == "agent" or (
            child.dep_ == "prep" and (child.lower_ in _MEETING or _is_of_doer(child, fillers))
        ):
            met = (_inside(grandchild, fillers) for grandchild in child.children if grandchild.dep_ == "pobj")
            place = next((p for p in met if p is not None), None)
            best = best or ((child.i, place) if place is not None else None)
        elif child.dep_ == "compound" and child.i in fillers.loci and head.pos_ in {"NOUN", "PROPN"}:
            best = best or (child.i, fillers.loci[child.i])
    return best[1] if best else _of_undergone(head, fillers)


def _of_undergone(noun: Token, fillers: Fillers) -> Mention | None:
    """ "The arrest of three smugglers *in Khash*": where those are to whom it was done, it was done."""
    if noun.pos_ != "NOUN":
        return None
    for of in noun.children:
        for whom in of.children if of.dep_ == "prep" and of.lower_ == "of" else ():
            if whom.dep_ != "pobj" or not fillers.meets("people", whom):
                continue
            for prep in whom.children:
                if prep.dep_ == "prep" and prep.lower_ in _STAYING | {"from"}:
                    place = next((p for g in prep.children if g.dep_ == "pobj" for p in (fillers.place(g),) if p), None)
                    if place is not None and not fillers.is_actor(place):
                        return place
    return None


def _is_of_doer(preposition: Token, fillers: Fillers) -> bool:
    """ "Came under attack *from* insurgents near the town"."""
    if preposition.lower_ != "from" or preposition.head.pos_ != "NOUN":
        return False
    return any(c.dep_ == "pobj" and fillers.meets("fighters", c) for c in preposition.children)


def _inside(token: Token, fillers: Fillers) -> Mention | None:
    """The place inside an object's own phrase: "attacked a mosque in Daquq", "clashed with its rivals in Derna"."""
    below = antecedent(token).children
    if not fillers.actors_in(token, depth=0):  # "raided the *Jenin* refugee camp in the West Bank", "*Djibo's* market"
        before = [c for c in below if c.dep_ in {"compound", "nmod", "poss"} and c.i in fillers.loci]
        if before:
            return fillers.loci[max(before, key=lambda c: (c.dep_ != "poss", c.i)).i]
    for child in below:
        if child.dep_ == "prep" and child.lower_ in _LOCATIVE | {"of"}:
            for grandchild in child.children:
                place = fillers.place(grandchild) if grandchild.dep_ == "pobj" else None
                if place is not None and not (child.lower_ == "between" and fillers.is_actor(place)):
                    return place
    return None


def _finer(place: Mention, other: Mention) -> bool:
    return grain(place) < grain(other)
