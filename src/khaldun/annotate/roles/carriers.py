"""Which words of a sentence tell one happening together.

An event noun goes with the verb that carries it ("launched an attack", "clashes broke out"), that says whom it reached
("the blast hit a convoy"), that blames or claims it, and with the verb of killing beside it ("killed 13 in clashes").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from khaldun.annotate.grammar.passives import is_reduced_main_clause
from khaldun.annotate.grammar.syntax import arguments, conjuncts
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.grammar.triggers import Trigger, verb_key
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.roles.carrier_words import ascribed_to, carrier_words, handiwork, is_of_crowds
from khaldun.annotate.roles.doers_behind import doers_after
from khaldun.annotate.sayings.saying import answers_by_deed
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

# "killed in clashes", "wounded by a blast", "seized during a raid": the noun says what happened, the verb its toll.
_JOINING = frozenset("in by during from with when following after under".split())
_OVERRULED = frozenset({"assault.killing", "assault.attack", "assault.offensive", "assault.explosives"})


def is_modifier(trigger: Trigger) -> bool:
    """True for a word that only modifies another: "*shelling* range", "*ceasefire* monitors", "*wounded* fighters".

    A besieged town is besieged now; the other participles tell an older happening that the text only points to.
    """
    head = trigger.head
    if trigger.verbal:
        return head.dep_ == "amod" and not any(e.kind == "siege" for e in trigger.entries)
    return head.dep_ in {"compound", "nmod"} and head.head.i > head.i and head.head.dep_ != "ROOT"


def carrier_of(trigger: Trigger) -> Token | None:
    """The verb that carries an event noun, or None."""
    found = _carrier_beside(trigger)
    return found if found is not None or trigger.verbal else carrying_clause(trigger.head)


def is_siege_of_another(trigger: Trigger) -> bool:
    """ "Lifted the siege *that rebels had imposed* on the town", "broke *the rebels'* siege": who ended it is told by
    the verb, and who laid it by its noun."""
    if trigger.verbal or any(e.kind != "siege" for e in trigger.entries):
        return False
    told = any(
        (c.dep_ == "poss" and c.tag_ != "PRP$") or (c.dep_ in {"compound", "nmod"} and read_noun(c.text) is not None)
        for c in trigger.head.children
    )
    return told or bool(doers_after(trigger.head))


def carrying_clause(noun: Token) -> Token | None:
    """The relative clause that tells of an event noun whose own clause does not: "left the siege *that the group had
    imposed* on the base", "the deal *that both signed* in Geneva has collapsed"."""
    known = table().support | carrier_words().laying
    for clause in noun.children:
        told = clause.dep_ == "relcl" and bool({verb_key(clause), clause.lemma_} & known)
        if told and noun in arguments(clause).get("P", ()):
            return clause
    return None


def _carrier_beside(trigger: Trigger) -> Token | None:
    """The verb on which an event noun hangs, or that says whom it reached."""
    noun, known, beside = trigger.head, table(), carrier_words()
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _many():
        noun = noun.head.head  # "carried out *dozens of* kidnappings"
    verb = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in {"for", "of", "over"} and noun.head.head.lemma_ in beside.accusing:
        return noun.head.head  # "blamed the army for the strike on the bakery"
    if noun.dep_ == "pobj" and (owner := owner_of(noun.head.head)) is not None:
        return owner  # "claimed responsibility for the bombing"
    if noun.dep_ == "pobj" and noun.head.head.lower_ == "responsible" and noun.head.head.head.lemma_ == "be":
        return noun.head.head.head  # "was responsible for the bombing"
    if noun.dep_ == "nsubj" and verb.lemma_ == "be" and handiwork(verb) is not None:
        return verb  # "the bombing was the work of the group"
    if noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_ in beside.ascribing and ascribed_to(verb):
        return verb  # "blamed the bombing on the group"
    if noun.dep_ == "pobj" and noun.head.lower_ == "behind" and noun.head.head.lemma_ == "be":
        return noun.head.head  # "said it was behind the bombing"
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and answers_by_deed(noun.head.head):
        return noun.head.head  # "*answered with* air raids on the port"
    if noun.dep_ == "pobj" and noun.head.dep_ == "agent":  # "was hit by an explosion"
        verb = noun.head.head
        if verb_key(verb) in known.reach | known.support or verb.lemma_ in known.reach:
            return verb
        # "was followed by a blast *that wounded two*"
        return next((c for c in trigger.head.children if _tells_reach(c, noun) and c.lemma_ in known.reach), None)
    if noun.dep_ == "pobj" and is_subjected(noun):
        return noun.head.head
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "for"
        and noun.head.head.lemma_ in carrier_words().readying
        and _names_aim(noun)
    ):
        return noun.head.head  # "is *gearing up for* an assault on the port"
    if noun.dep_ == "pobj" and noun.head.lower_ in _MIDST and (loser := _loses_people(noun.head.head)) is not None:
        return loser
    reduced = next((c for c in trigger.head.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    if reduced is not None and is_reduced_main_clause(reduced):  # the parser's slip on "An air strike killed nine"
        return reduced if {verb_key(reduced), reduced.lemma_} & (known.reach | known.occur | beside.telling) else None
    told = bool(reduced is not None and {verb_key(reduced), reduced.lemma_} & (known.support | {"claim", "blame"}))
    if reduced is not None and reduced.lemma_ in beside.brokering and noun.dep_ == "dobj":
        told = told and not {verb_key(verb), verb.lemma_} & known.support  # "*declared* a truce brokered by Oman"
    if told and not (noun.dep_ == "nsubj" and verb.lemma_ in known.reach):
        return reduced  # "airstrikes led by the coalition", "the bombing carried out by the air force"
    relative = next((c for c in trigger.head.children if _tells_reach(c, noun) and c.lemma_ in known.reach), None)
    words = {verb_key(verb), verb.lemma_.lower()}
    if verb_key(verb) in known.verbs and verb_key(verb) not in known.support | known.occur | known.reach:
        words = {verb_key(verb)}  # "*broke up* a rally" held none
    if noun.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_ in beside.telling:
        return verb  # "clashes were reported between the army and the rebels"
    if noun.dep_ == "nsubjpass" and verb.lemma_ == "claim" and any(c.dep_ == "agent" for c in verb.children):
        return verb  # "the bombing was claimed by the group"
    if noun.dep_ == "dobj" and verb.lemma_ == "claim" and not _has_doer(noun) and _is_deed(trigger):
        return verb  # "the front *claimed* the bombing"
    if noun.dep_ in {"dobj", "nsubjpass"}:
        if any(c.dep_ == "oprd" for c in verb.children):
            return relative  # "*called* the raid an atrocity" held none
        if words & (known.support | known.defence):
            return verb if verb.lemma_ != "break" or all(e.kind != "siege" for e in trigger.entries) else relative
        return relative or (_raised(verb) if noun.dep_ == "nsubjpass" else None)
    if noun.dep_ in {"nsubj", "csubj"}:
        if words & (known.reach | known.occur) and (
            verb.lemma_ not in carrier_words().beginning or _sets_about(verb) is None
        ):
            return verb
        return _sets_about(verb) or relative or _after_participle(verb)
    if noun.dep_ not in {"advcl", "dep"}:  # "an attack that killed 13", whatever the attack hangs on
        return relative
    # the parser's slip on "Airstrikes by A, the B and C have hit …": the noun before the verb is its subject
    return verb if noun.i < verb.i and words & known.reach else None


def _has_doer(noun: Token) -> bool:
    """ "claimed *the rebels'* attack": whose deed it is, is told."""
    return any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ == "by") for c in noun.children)


def _is_deed(trigger: Trigger) -> bool:
    return all(e.kind.startswith("assault.") or e.kind == "execution" for e in trigger.entries)


def _raised(verb: Token) -> Token | None:
    """ "A ceasefire is expected to be *signed*": the verb below one that only says how likely it is."""
    known = table()
    return next(
        (c for c in verb.children if c.dep_ == "xcomp" and {verb_key(c), c.lemma_} & (known.support | known.occur)),
        None,
    )


def _tells_reach(clause: Token, noun: Token) -> bool:
    """True for the clause behind an event noun that may say whom it reached: "a blast *that hit* a convoy", and of a
    note without a verb "a blast *targeting* a convoy"."""
    return clause.dep_ == "relcl" or (clause.dep_ == "acl" and clause.tag_ == "VBG" and noun.dep_ == "ROOT")


def aims_of(trigger: Trigger) -> tuple[Token, ...]:
    """The participles that say whom a blow was meant for: "a bomb *targeting* a police van killed two officers"."""
    if trigger.verbal or not any(e.kind in _AIMED for e in trigger.entries):
        return ()
    return tuple(c for c in trigger.head.children if c.dep_ == "acl" and c.tag_ == "VBG" and c.lemma_ == "target")


_AIMED = frozenset(f"assault.{by}" for by in ("aerial", "attack", "drone", "explosives", "shelling", "suicide"))


def owner_of(share: Token) -> Token | None:
    """The verb by which somebody owns up to a share in a deed, or denies it: "*denied* any part in", "*claimed*
    responsibility for"."""
    words = carrier_words()
    if share.pos_ == "VERB":  # the parse often hangs "in the raid" on the verb
        shared = any(c.dep_ in {"dobj", "nsubjpass"} and c.lemma_ in clause_words().sharing for c in share.children)
        return share if shared and share.lemma_ in words.owning else None
    owned = share.dep_ in {"dobj", "nsubjpass"} and share.lemma_ in clause_words().sharing
    return share.head if owned and share.head.lemma_ in words.owning else None


_MIDST = frozenset({"in", "during"})


def _names_aim(noun: Token) -> bool:
    return any(c.dep_ == "prep" and c.lower_ in {"on", "against"} for c in noun.children)


def is_subjected(noun: Token) -> bool:
    """ "came *under* attack", "is *under* siege", "was subjected *to* torture"."""
    preposition, verb = noun.head.lower_, noun.head.head.lemma_
    return (preposition, verb) == ("to", "subject") or (preposition == "under" and verb in carrier_words().enduring)


def is_undergoing(verb: Token) -> bool:
    """ "*Came* under attack", "*has been* under siege": what is told befell the subject."""
    return verb.lemma_ in carrier_words().enduring and any(
        c.dep_ == "prep" and c.lower_ == "under" for c in verb.children
    )


@cache
def _many() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "many")


def _sets_about(verb: Token) -> Token | None:
    """ "*failed to explode*", "*began to fall* on the town": the verb that tells what became of the subject."""
    if verb.lemma_ not in carrier_words().beginning:
        return None
    due = next((c for c in verb.children if c.dep_ == "acomp"), verb)  # "is *due to* begin"
    below = next((c for c in due.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
    known = table().reach | table().occur
    return below if below is not None and {verb_key(below), below.lemma_} & known else None


def _loses_people(word: Token) -> Token | None:
    """The verb in "*lost* nine men in an ambush", on whichever of its words the parser hangs the ambush."""
    verb = word.head if word.dep_ == "dobj" else word
    if verb.lemma_ != "lose" or verb.pos_ != "VERB":
        return None
    lost = [c for c in verb.children if c.dep_ == "dobj" and any(g.dep_ == "nummod" for g in c.children)]
    return verb if any(read_noun(t.text) is not None for t in lost) else None


def _after_participle(verb: Token) -> Token | None:
    """The main verb where the parser took a participle for it: "A strike *said* to be by the navy *destroyed* a mill".

    Sign of it: a second verb is coordinated with it by no word.
    """
    if verb.tag_ not in {"VBN", "VBD"} or any(c.dep_ == "cc" for c in verb.children):
        return None
    main = next((c for c in verb.children if c.dep_ == "conj" and c.tag_ in {"VBD", "VBN"}), None)
    known = table().reach | table().occur
    return main if main is not None and {verb_key(main), main.lemma_} & known else None


def joined_noun(trigger: Trigger, nominal: Mapping[int, Trigger]) -> Trigger | None:
    """The event noun in a prepositional phrase of a verb of killing or attack: "killed 13 in clashes"."""
    if not any(entry.kind in _OVERRULED or entry.weak for entry in trigger.entries):
        return None
    own_deed = any(e.kind == "assault.attack" for e in trigger.entries) and bool(arguments(trigger.head).get("P"))
    second = (c for c in trigger.head.children if c.dep_ == "conj" and c.pos_ == "VERB")
    verbs = [trigger.head, *(v for v in second if not any(c.dep_ == "nsubj" for c in v.children))]
    for child in (c for verb in verbs for c in verb.children):
        if child.dep_ == "advcl" and any(c.lower_ in {"when", "as"} for c in child.children):
            # "were killed when two car bombs exploded": the noun is the subject of the clause of time
            for noun in (n for c in child.children if c.dep_ in {"nsubj", "nsubjpass"} for n in conjuncts(c)):
                if noun.i in nominal:
                    return nominal[noun.i]
        if child.dep_ in {"prep", "agent"} and child.lower_ in _JOINING:
            for noun in (n for g in child.children if g.dep_ == "pobj" for n in (*conjuncts(g), *_measured(g))):
                found = nominal.get(noun.i) if child.lower_ not in {"after", "following"} else None
                if found is not None and all(e.political for e in found.entries):
                    continue  # "bombed a camp *in support* of the rebels"
                if found is not None and not (own_deed and all(is_of_crowds(e.kind) for e in found.entries)):
                    return found
    return None


def _measured(span: Token) -> Sequence[Token]:
    """ "Killed in two days *of fighting*": what a span of time is filled with."""
    if span.lemma_.lower() not in _many():
        return ()
    return [g for c in span.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]


def is_means(trigger: Trigger, verbs: Mapping[int, Trigger], joined: Mapping[int, Trigger]) -> bool:
    """True for what a deed told by its own verb was done with: "was assassinated *by a car bomb*", "was brought down
    *by rebel fire*"."""
    noun = trigger.head
    if trigger.verbal or noun.i in joined or noun.dep_ != "pobj":
        return False
    deed = verbs.get(noun.head.head.i)
    if noun.head.lower_ in {"in", "during"}:
        return deed is not None and _is_search(noun, deed)
    return noun.head.lower_ in {"by", "with"} and (
        deed is not None
        and all(e.kind in _BY_MEANS for e in trigger.entries)
        and any(e.kind in _DONE_WITH for e in deed.entries)
    )


_BY_MEANS = frozenset(
    f"assault.{means}" for means in ("explosives", "firearms", "shelling", "suicide", "drone", "aerial")
)
_DONE_WITH = frozenset({"assault.destroy", "assault.targeted", "weapons.disrupted", "execution", "assault.killing"})


def _is_search(noun: Token, deed: Trigger) -> bool:
    """ "Were arrested *in raids* in Brak", "found a bomb *during an operation*": arrest and find tell it all."""
    told_apart = {"A", "by", "against"} & arguments(noun).keys()
    kinds = {e.kind for e in deed.entries}
    return noun.lemma_ in carrier_words().searching and not told_apart and bool(kinds & _FOUND_BY_SEARCH)


_FOUND_BY_SEARCH = frozenset({"coerce.arrest", "weapons.disrupted", "coerce.seize"})
