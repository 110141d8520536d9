"""Which words of a sentence tell one happening together.

An event noun goes with the verb that carries it ("launched an attack", "clashes broke out"), that says whom it reached
("the blast hit a convoy"), that blames or claims it, and with the verb of killing beside it ("killed 13 in clashes").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.clause_words import clause_words
from khaldun.annotate.factuality import read_factuality
from khaldun.annotate.nouns import read_noun
from khaldun.annotate.passives import is_reduced_main_clause
from khaldun.annotate.saying import answers_by_deed
from khaldun.annotate.slips_subjects import spokesmen
from khaldun.annotate.syntax import Arguments, arguments, behind, conjuncts
from khaldun.annotate.trigger_table import table
from khaldun.annotate.triggers import Trigger, verb_key
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list, word_lists

# "killed in clashes", "wounded by a blast", "seized during a raid": the noun says what happened, the verb its toll.
_JOINING = frozenset("in by during from with when following after under".split())
_OVERRULED = frozenset({"assault.killing", "assault.attack", "assault.offensive", "assault.explosives"})


@dataclass(frozen=True, slots=True)
class CarrierWords:
    """Verbs that stand beside an event noun (`lexicons/en/carriers.yaml`), by what they say of their subject."""

    proclaiming: frozenset[str]
    regaining: frozenset[str]
    telling: frozenset[str]
    accusing: frozenset[str]
    greeting: frozenset[str]
    undergoing: frozenset[str]
    harming: frozenset[str]
    owning: frozenset[str]
    ascribing: frozenset[str]
    handiwork: frozenset[str]
    brokering: frozenset[str]
    ruining: frozenset[str]
    answering: frozenset[str]
    serving: frozenset[str]
    embroiling: frozenset[str]
    searching: frozenset[str]


@cache
def carrier_words() -> CarrierWords:
    """The lists of the lexicon, read once."""
    return word_lists(CarrierWords, "lexicons/en/carriers.yaml")


def speaks(carrier: Token) -> bool:
    """True for a verb that lends a party and is a move of its own: blaming it, claiming responsibility."""
    words = carrier_words()
    if carrier.lemma_ in words.accusing or any(c.lemma_ == "responsibility" for c in carrier.children):
        return True
    if carrier.lemma_ == "claim" and any(c.dep_ == "dobj" and _is_claimed(c) for c in carrier.children):
        return True
    return carrier.lemma_ in words.owning and any(c.lemma_ in clause_words().sharing for c in carrier.children)


def _is_claimed(deed: Token) -> bool:
    """ "Claimed *the bombing*", unlike "claimed nine lives"."""
    return deed.lemma_.lower() in table().lists["claimed_deed"]


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
    if noun.dep_ == "nsubj" and verb.lemma_ == "be" and _handiwork(verb) is not None:
        return verb  # "the bombing was the work of the group"
    if noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_ in beside.ascribing and _ascribed_to(verb):
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
    if noun.dep_ == "pobj" and (noun.head.lower_, noun.head.head.lemma_) in _UNDERGOING:
        return noun.head.head  # "came *under* attack", "is *under* siege", "was subjected *to* torture"
    if noun.dep_ == "pobj" and noun.head.lower_ == "for" and noun.head.head.lemma_ in _READYING and _names_aim(noun):
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
        if words & (known.reach | known.occur) and (verb.lemma_ not in _PHASES or _sets_about(verb) is None):
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


def _handiwork(be: Token) -> Token | None:
    """ "Was the *work* of the group": whose doing a deed was."""
    return next((c for c in be.children if c.dep_ == "attr" and c.lemma_ in carrier_words().handiwork), None)


def _ascribed_to(verb: Token) -> tuple[Token, ...]:
    """Who is behind "on" or "to" of a verb that lays a deed to somebody."""
    found = arguments(verb)
    stray = behind(found.get("P", ()), "on")[-1:]  # "blames the attack in Goma *on the rebels*", hung on the place
    return next((found[name] for name in ("on", "to", "down") if name in found), tuple(stray))


_MIDST = frozenset({"in", "during"})
_READYING = frozenset(
    {
        "regroup",
        "assemble",
        "gather",
        "deploy",
        "gear",
        "prepare",
        "mass",
        "mobilise",
        "mobilize",
        "muster",
        "plan",
        "ready",
        "train",
    }
)


def _names_aim(noun: Token) -> bool:
    return any(c.dep_ == "prep" and c.lower_ in {"on", "against"} for c in noun.children)


def is_undergoing(verb: Token) -> bool:
    """ "*Came* under attack", "*has been* under siege": what is told befell the subject."""
    return verb.lemma_ in _UNDER and any(c.dep_ == "prep" and c.lower_ == "under" for c in verb.children)


_UNDER = frozenset({"come", "be", "remain", "stay", "lie", "fall", "live", "languish"})
_UNDERGOING = frozenset({("to", "subject"), *(("under", verb) for verb in _UNDER)})


@cache
def _many() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "many")


def _sets_about(verb: Token) -> Token | None:
    """ "*failed to explode*", "*began to fall* on the town": the verb that tells what became of the subject."""
    if verb.lemma_ not in _PHASES:
        return None
    due = next((c for c in verb.children if c.dep_ == "acomp"), verb)  # "is *due to* begin"
    below = next((c for c in due.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
    known = table().reach | table().occur
    return below if below is not None and {verb_key(below), below.lemma_} & known else None


_PHASES = frozenset({"fail", "begin", "continue", "start", "appear", "seem", "threaten", "cease", "be"})


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
                if found is not None and not (own_deed and all(_is_of_crowds(e.kind) for e in found.entries)):
                    return found
    return None


def _measured(span: Token) -> Sequence[Token]:
    """ "Killed in two days *of fighting*": what a span of time is filled with."""
    if span.lemma_.lower() not in _many():
        return ()
    return [g for c in span.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]


def _is_of_crowds(kind: str) -> bool:
    """Who "attacked pilgrims *during a procession*" did not march in it."""
    return kind.split(".")[0] in {"protest", "riot"}


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


def doers_after(noun: Token) -> tuple[Token, ...]:
    """Who did it by a participle behind the noun: "was killed in a strike *carried out by* the navy", "a strike *blamed
    on* the navy killed two"."""
    doing = table().support | {"claim"} | _placing()
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and child.lemma_ == "blame" and "on" in arguments(child):
            return arguments(child)["on"]
        if child.dep_ == "acl" and any(c.lower_ in _guessing() for c in child.lefts):
            return ()  # "shells, *probably* fired by the army, killed two": whose they are is a guess
        if child.dep_ == "relcl" and child.lemma_ in carrier_words().ascribing and arguments(child).get("A"):
            return _ascribed_to(child)  # "the raid, which the ministry *lays to the rebels*"
        if child.dep_ == "acl" and child.lemma_ in carrier_words().brokering:
            continue  # "declared a truce *brokered by Oman*"
        if child.dep_ == "acl" and child.tag_ == "VBN" and {verb_key(child), child.lemma_} & doing:
            return arguments(child).get("A", ()) if any(c.dep_ == "agent" for c in child.children) else ()
        if child.dep_ == "relcl" and (doers := _doers_in_clause(child, noun, doing)):
            return doers
    return _claimers_behind(noun)


def _doers_in_clause(clause: Token, noun: Token, doing: Set[str]) -> tuple[Token, ...]:
    """Who did it by a relative clause: "a bomb *that the rebels had planted*", "the raid, *which the rebels said they
    had carried out*"."""
    if {verb_key(clause), clause.lemma_} & doing:
        found = arguments(clause)
        return found.get("A", ()) if noun in found.get("P", ()) else ()
    for told in clause.children:
        if told.dep_ == "ccomp" and {verb_key(told), told.lemma_} & doing:
            if any(c.dep_ == "auxpass" for c in told.children):  # "which the agency said *was carried out by* rebels"
                return arguments(told).get("A", ()) if any(c.dep_ == "agent" for c in told.children) else ()
            own = [c for c in told.children if c.dep_ == "nsubj"]
            if own and not any(c.dep_ == "dobj" and c.tag_ != "WDT" for c in told.children):
                return arguments(clause).get("A", ()) if own[0].pos_ == "PRON" else (own[0],)
    return ()


def _claimers_behind(noun: Token) -> tuple[Token, ...]:
    """Who claims it where the parser hangs that on the verb: "died in an attack on a mosque in Kunduz *claimed by*"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun
    for child in verb.children if verb.pos_ == "VERB" else ():
        claimed = child.dep_ == "advcl" and child.lemma_ == "claim" and child.tag_ == "VBN" and child.i > noun.i
        if claimed and child.nbor(-1).text != "," and any(c.dep_ == "agent" for c in child.children):
            return arguments(child).get("A", ())
    return ()


@cache
def _guessing() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "guessing")


@cache
def _placing() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "placing")


def _is_hypothetical(verb: Token) -> bool:
    return read_factuality(verb).modality != "actual"


def owners_of(noun: Token, doers: Sequence[Token]) -> tuple[Token, ...]:
    """ "*The army* tightened its siege": whose the deed is, where a pronoun says that it is the subject's; who foiled
    "their attack" did not make it."""
    if (
        noun.head.lemma_ in carrier_words().greeting | word_list("lexicons/en/deeds.yaml", "warding")
        or noun.dep_ != "dobj"
        or not doers
        or not all(t.tag_ == "PRP$" and t.lower_ in _ITS for t in doers)
    ):
        return ()
    return arguments(noun.head).get("A", ())


_ITS = frozenset({"its", "their", "his", "her"})


def side_served(noun: Token, kinds: Set[str]) -> tuple[Token, ...]:
    """Whose deed it is by the clause that the event noun stands in: "*the army* supported them with air strikes", "the
    capture of the hill enabled *the army* to besiege the town"."""
    if noun.dep_ == "pobj" and noun.head.lower_ in _WITH and noun.head.dep_ == "prep":
        verb = noun.head.head
        answers = verb.pos_ == "VERB" and verb.lemma_ in carrier_words().answering
        return arguments(verb).get("A", ()) if answers and any(k.startswith("assault.") for k in kinds) else ()
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and kinds == {"support"}:
        above = noun.head.head  # "*jets* bombed a camp, *jets* flew raids *in support* of the rebels"
        return arguments(above).get("A", ()) or arguments(above.head).get("A", ())
    if noun.dep_ == "nsubj" and "control.gain" in kinds and noun.head.lemma_ in carrier_words().serving:
        told = arguments(noun.head)
        return told.get("P", ()) or told.get("dative", ()) or told.get("inner", ())
    return ()


_WITH = frozenset({"with", "through", "by"})


def side_helped(noun: Token, kinds: Set[str]) -> tuple[Token, ...]:
    """ "*The rebels* took the town with the *support* of Oman": who has the help that a clause tells of by the way."""
    if kinds != {"support"} or noun.dep_ != "pobj" or noun.head.lower_ != "with" or noun.head.head.pos_ != "VERB":
        return ()
    return arguments(noun.head.head).get("A", ())


def side_of_clause(noun: Token) -> tuple[Token, ...]:
    """The subject that a fight in a phrase of its clause belongs to: "took the hill after *fighting* with rebels"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"after", "in", "during", "amid"} else None
    if verb is None or verb.pos_ != "VERB":
        return ()
    found = arguments(verb)
    caught = verb.lemma_ in carrier_words().embroiling  # "*is locked* in a battle with the rebels"
    return found.get("A", ()) or (found.get("P", ()) if caught else ())


def _spoken_for(speaker: Token) -> tuple[Token, ...]:
    """For whom a spokesman owns up to a deed: "Omar Saleh, *a Front spokesman*, claimed the attack"; else himself."""
    for word in (speaker, *(c for c in speaker.children if c.dep_ in {"appos", "compound"})):
        if word.lemma_.lower() not in spokesmen():
            continue
        for_whom = [g for c in word.children if c.lower_ in {"for", "of"} for g in c.children if g.dep_ == "pobj"]
        around = [*word.children, *speaker.children]
        named = [c for c in around if c.dep_ in {"compound", "poss", "nmod"} and c.pos_ == "PROPN" and c.i < word.i]
        if whom := for_whom or named:
            return (whom[-1],)
    return (speaker,)


def lent_by(carrier: Token, trigger: Trigger) -> Arguments:
    """The functions that a carrying verb lends to its event noun."""
    beside = carrier_words()
    if carrier.lemma_ in beside.ascribing and trigger.head.dep_ in {"dobj", "nsubjpass"}:
        return {"A": _ascribed_to(carrier)}
    if carrier.lemma_ == "be" and trigger.head.dep_ == "nsubj" and (work := _handiwork(carrier)) is not None:
        return {"A": arguments(work).get("of", ()) or arguments(work).get("poss", ())}
    if carrier.lemma_ in beside.accusing:
        return {"A": arguments(carrier).get("P", ())}
    if speaks(carrier) and _is_hypothetical(carrier):
        return {}
    if speaks(carrier):
        return {"A": tuple(w for t in arguments(carrier).get("A", ()) for w in _spoken_for(t))}
    own = set(trigger.tokens)
    lent: dict[str, tuple[Token, ...]] = {}
    for name, tokens in arguments(carrier).items():
        others = tuple(t for t in tokens if t not in own and not _below_trigger(t, own, carrier))
        if not others:
            continue
        if name == "A" and carrier.lemma_ in beside.telling:
            continue  # "the raid was reported by the agency"
        if name == "A" and carrier.lemma_ in beside.proclaiming and arguments(trigger.head).get("A"):
            continue  # "the council announced the army's capture of the port": the council took nothing
        if carrier.lemma_ == "pit" and name == "P" and (foes := behind(others, "against")):
            lent["against"] = tuple(foes)  # "pits the army *against the rebels*", hung on the army
        if carrier.lemma_ in {"subject", "pit"} and name == "P":
            lent["P" if carrier.lemma_ == "subject" else "A"] = others  # "*detainees* were subjected to torture"
            continue
        if name == "A" and carrier.lemma_ in beside.brokering:
            continue  # "elders *brokered* a truce between the clans"
        if carrier.lemma_ in _READYING and name == "A" and arguments(trigger.head).get("A"):
            continue
        undergone = trigger.head.head.lower_ == "under" and carrier.lemma_ in _UNDER
        wards_off = bool({carrier.lemma_, verb_key(carrier)} & table().defence)
        if name == "A" and (undergone or wards_off or carrier.lemma_ in beside.undergoing):
            lent["P"] = others  # "twelve soldiers *died* in a blast" did not do it
        elif name == "by" and undergone:
            lent["A"] = others  # "came under bombardment *by the army*"
        elif name == "P" and carrier.lemma_ not in table().reach and verb_key(carrier) not in table().reach:
            continue
        else:
            lent[name] = others
    if "P" in lent and all("of" in e.args.get("actor", ()) and _is_of_crowds(e.kind) for e in trigger.entries):
        del lent["P"]  # "five *policemen* were hurt when a march turned violent" did not march
    if "P" in lent:
        taken = any("on" in entry.args.get("target", ()) for entry in trigger.entries)
        struck = "on" if taken else "of"
        lent[struck] = (*lent.get(struck, ()), *lent.pop("P"))
    return lent


def _below_trigger(token: Token, own: set[Token], carrier: Token) -> bool:
    """True for a word inside the event noun's own phrase; one reached through the carrier itself is not."""
    for ancestor in token.ancestors:
        if ancestor == carrier:
            return False
        if ancestor in own:
            return True
    return False
