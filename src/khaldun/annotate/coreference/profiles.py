"""What the words of an actor mention say of it: its name, its noun, its number, its state, where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from khaldun.annotate.actors.acronyms import bears_arms, wages_war
from khaldun.annotate.actors.noun_phrases import strikes
from khaldun.annotate.actors.numbered import AGED, GROUP
from khaldun.annotate.grammar.shared_nouns import SHARED
from khaldun.annotate.reading.lookup import Lookup, tokens_of
from khaldun.annotate.reading.nouns import NounReading, read_noun, singulars, words_under
from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.tables.known import KnownActor, State, known_actors, known_as, leader_of, state_of
from khaldun.annotate.tables.names import fold_name, initials
from khaldun.annotate.words import Token
from khaldun.copies import quickly_made
from khaldun.model import ActorType, Mention

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "same"})
_INDEFINITE = frozenset({"a", "an", "another", "one", "some", "several", "many", "other", "any"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "agent", "ROOT"})


# Rules whose `head` is a name inside the phrase, not the phrase's head noun.
_NAME_INSIDE = ("own-force", "full-name", "epithet")


@quickly_made
@dataclass(frozen=True, slots=True)
class Profile:
    """One actor mention, read."""

    mention: Mention
    order: int
    sentence: int
    root: Token
    name: str | None
    """The proper name in it, as printed."""
    key: tuple[str, ...]
    """The name folded, or the description's words folded."""
    known: KnownActor | None
    noun: NounReading | None
    marks: frozenset[str]
    """Folded words before the head that say which one."""
    state: State | None
    branch: str | None
    """For forces and governments of a state: army, government, police …"""
    tail: str
    definite: bool
    indefinite: bool
    number: str | None
    type: ActorType | None
    subject: bool
    titles: frozenset[str]
    """Nouns of office before a person's name ("governor", of "Homs Governor Tarek Sabri") and their modifiers."""
    first_idx: int
    """Where the mention starts, in the characters of its passage."""

    @property
    def root_end(self) -> int:
        """Where the head word ends, in the characters of the report."""
        offset = self.mention.span.start - self.first_idx
        return offset + self.root.idx + len(self.root.text)

    @property
    def plural(self) -> bool:
        return self.noun is not None and (self.noun.plural or self.noun.word in self.noun.entry.collective)

    @property
    def is_person(self) -> bool:
        return self.type == "person"


def profiles(lookup: Lookup, mentions: Sequence[Mention]) -> list[Profile]:
    """The profiles of the actor mentions among `mentions`, in text order; pronouns are left out."""
    found = []
    for order, mention in enumerate(m for m in mentions if m.kind == "actor" and m.form != "pronoun"):
        passage = lookup.passage(mention.span)
        if passage is not None:
            found.append(_profile(lookup, passage, mention, order))
    return _as_defined(found, lookup.text)


_IN_BRACKETS = re.compile(r"\s*[\(\[]\s*(?:the\s+)?[\"“'‘]?")


def _as_defined(found: list[Profile], text: str) -> list[Profile]:
    """A short name that the report itself spells out, in its order or another language's, is no namesake of our tables:
    "the Revolutionary Armed Forces of the South (FARS)"."""
    told: dict[str, Profile] = {}
    pairs = [(name, short) for at, short in enumerate(found) for name in found[max(0, at - 3) : at]]
    for name, short in pairs:
        gap = text[name.mention.span.end : short.mention.span.start]
        if (
            short.known is not None
            and name.name is not None
            and name.known is None
            and name.type != "person"
            and _IN_BRACKETS.fullmatch(gap)
            and sorted(initials(name.key)) == sorted((short.name or "").upper())
        ):
            told[short.known.id] = name
    if not told:
        return found
    return [
        replace(p, known=None, type=told[p.known.id].type) if p.known is not None and p.known.id in told else p
        for p in found
    ]


def root_of(passage: Passage, mention: Mention) -> Token:
    """The syntactic head of the mention: of its head words when it has them."""
    span = mention.head if mention.head is not None and not mention.made_by.startswith(_NAME_INSIDE) else mention.span
    tokens = tokens_of(passage, span)
    if tokens is None or not len(tokens):
        raise ValueError(f"mention outside its passage: {mention.quote!r}")
    return tokens.root


def _profile(lookup: Lookup, passage: Passage, mention: Mention, order: int) -> Profile:
    root = root_of(passage, mention)
    text = lookup.text
    rule = mention.made_by
    name = _name(mention, text)
    known = _known(mention, name, text)
    noun = _noun(mention, root)
    tokens = tokens_of(passage, mention.span) or ()
    marks = _marks(tokens, root) if not rule.startswith(SHARED) else frozenset(fold_name(mention.quote))
    state = _state(tokens, mention, root)
    before = _word_before(text, mention.span.start)
    first = mention.quote.split()[0].casefold()
    counted = rule == GROUP or is_counted(mention.quote)
    number = mention.quote if counted else None
    civil = any(t.i < root.i and t.lower_ in words_under("no_longer") for t in tokens) or root.lower_.startswith("ex-")
    single = before in ("a", "an") or (state_of(root.text) or ("", None))[0] == "adjective"
    return Profile(
        mention=mention,
        order=order,
        sentence=lookup.sentence(mention.span),
        root=root,
        name=name,
        key=fold_name(name if name is not None else mention.quote),
        known=known,
        noun=noun,
        marks=marks,
        state=state,
        branch=_branch(noun, marks, rule),
        tail=_tail(mention, root, passage),
        definite=before in _DEFINITE,
        indefinite=before in _INDEFINITE or first in _INDEFINITE,
        number=number,
        type=_retired(noun)
        if civil and name is None and noun is not None and noun.type == "state_force"
        else _type(rule, root, name, noun, marks | _marks_behind(noun, root), state, known, single=single),
        titles=_titles(passage, mention),
        first_idx=mention.span.start - passage.base,
        subject=root.dep_ in _SUBJECT or (root.dep_ == "conj" and root.head.dep_ in _SUBJECT),
    )


_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens scores hundreds thousands both".split()
)


_AMOUNT = re.compile(
    r"(?:at least|more than|up to|as many as|some|about|nearly|around|over|several|few)\s+(?:\d|[a-z]+ (?:of )?)"
    r"|(?:dozens|scores|hundreds|thousands|tens|number|handful|group|couple|most|many|some|none|all)\s+of\s",
    re.I,
)


def _retired(noun: NounReading) -> ActorType:
    """ "*Former* police officers": people, and no force any more."""
    return "population" if noun.plural else "person"


def is_counted(quote: str) -> bool:
    """ "*Two* soldiers", "*dozens of* fighters", "*at least 12* gunmen"."""
    first = quote.split()[0].casefold() if quote.split() else ""
    return first[:1].isdigit() or first in _NUMBERS or _AMOUNT.match(quote) is not None


def _name(mention: Mention, text: str) -> str | None:
    """The proper name; an adjective of a state belongs to the name of a ministry, not to that of a known group."""
    if mention.made_by in ("own-force", "full-name") and mention.head is not None:
        name = mention.head.of(text)
        read = state_of(mention.quote.split()[0])
        of_state = mention.made_by == "full-name" and read is not None and known_as(name) is None
        return mention.quote if of_state else name.removeprefix("'s ")
    return mention.quote if mention.form in ("name", "acronym") else None


def _noun(mention: Mention, root: Token) -> NounReading | None:
    if mention.made_by in ("own-force", "epithet"):
        return read_noun(mention.quote.split()[-1])
    if mention.made_by.startswith("noun:"):
        return read_noun(root.text)
    if mention.made_by.startswith(SHARED):
        reading = read_noun(mention.made_by.removeprefix(SHARED))
        return replace(reading, plural=True) if reading is not None else None
    if mention.made_by.startswith("holder:"):
        reading = read_noun(mention.quote) or read_noun(mention.quote.split()[-1])
        return replace(reading, plural=True) if reading is not None else None
    return read_noun(root.text) if mention.made_by.startswith(("org", "full-name")) else None


def _marks(tokens: Sequence[Token], root: Token) -> frozenset[str]:
    before = [t for t in tokens if t.i < root.i and t.pos_ not in ("DET", "NUM", "PUNCT", "PART") and t.is_alpha]
    return frozenset(w for t in before for w in fold_name(t.text) if w not in _FILL)


_FILL = frozenset(
    "at least more than up to about some another other own new several many former senior top key led".split()
)


def _state(tokens: Sequence[Token], mention: Mention, root: Token) -> State | None:
    if mention.made_by.startswith(("state", "people", SHARED)):
        read = state_of(mention.quote) or state_of(root.text)
        return read[1] if read else None
    for token in tokens:
        if token.i < root.i and token.text[:1].isupper():
            read = state_of(token.text)
            if read is not None and not _compounded(token):
                return read[1]
    return None


def tail_state(profile: Profile) -> State | None:
    """The state that a tail names ("its arm in Libya")."""
    found = [read[1] for w in profile.tail.split() if w[:1].isupper() and (read := state_of(w)) is not None]
    return found[0] if found else None


def _compounded(token: Token) -> bool:
    """True in "US-backed", "Britain-based": a state that only tells of a tie."""
    return token.i + 1 < len(token.doc) and token.nbor(1).text == "-" and not token.whitespace_


def _titles(passage: Passage, mention: Mention) -> frozenset[str]:
    tokens = tokens_of(passage, mention.span) if mention.made_by.startswith("person") else None
    if tokens is None:
        return frozenset()
    start = tokens.start
    while start and tokens.start - start < 5 and passage.doc[start - 1].dep_ in ("compound", "amod", "nmod"):
        start -= 1
    return frozenset(w for t in passage.doc[start : tokens.start] if t.is_alpha for w in fold_name(t.text))


def _branch(noun: NounReading | None, marks: frozenset[str], rule: str) -> str | None:
    if rule.startswith("state"):
        return "government"
    if noun is None or (
        not noun.entry.must_strike
        and noun.entry.key not in ("force", "police", "government", "authority")
        and noun.word not in ("official",)
    ):
        return None
    if noun.entry.must_strike:
        return _equipped(noun, marks)
    if noun.word in words_under("of_governments") and not marks & {"ministry", "interior", "defence", "defense"}:
        return "government"
    if noun.entry.key == "force" or noun.word in ("force", "forces"):
        if noun.word in ("force", "forces") and marks & {"air", "police", "security", "special", "rebel", "opposition"}:
            return " ".join(sorted(marks & {"air", "police", "security", "special", "rebel", "opposition"}))
        return "army" if noun.word in words_under("of_armies") else noun.word
    return "police" if noun.entry.key == "police" and noun.word == "police" else None


def _equipped(noun: NounReading, marks: frozenset[str]) -> str | None:
    """The force that uses the equipment: "army helicopters" are the army, "Kenyan jets" the air force of Kenya."""
    if marks & {"coalition", "alliance"} or noun.entry.armed_with & marks:
        return None
    if marks & {"army", "military", "government", "regime"}:
        return "army"
    if "navy" in marks or noun.word in ("gunboat", "warship"):
        return "navy"
    return None if noun.word in ("tank", "howitzer") else "air"


def _tail(mention: Mention, root: Token, passage: Passage) -> str:
    after = passage.base + root.idx + len(root.text)
    return mention.quote[after - mention.span.start :].strip() if after < mention.span.end else ""


def _marks_behind(noun: NounReading | None, root: Token) -> frozenset[str]:
    """ "An alliance *of jihadist* groups": what those are who make it up, it is itself."""
    if noun is None or noun.word not in ("alliance", "bloc", "network", "front"):
        return frozenset()
    of = (g for c in root.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
    return frozenset(
        w.lower_ for g in of if g.tag_ == "NNS" for w in (g, *g.children) if w.lower_ in noun.entry.armed_with
    )


def _known(mention: Mention, name: str | None, text: str) -> KnownActor | None:
    """The entry of our tables: by the rule that found it, by the name inside, or by the leader of "X's men"."""
    rule = mention.made_by
    if rule.startswith("known:"):
        return known_actors().get(rule.removeprefix("known:"))
    if rule == "epithet" and mention.head is not None:
        return known_actors().get(leader_of().get(fold_name(mention.head.of(text)), ""))
    return known_as(name) if name is not None and rule in ("own-force", "full-name") else None


def _word_before(text: str, start: int) -> str:
    if _SET_OFF.search(text, max(0, start - 3), start) is not None:
        return ""
    words = _WORDS.findall(text, max(0, start - 24), start)
    return words[-1].casefold() if words else ""


_WORDS = re.compile(r"[\w-]+")
_SET_OFF = re.compile(r"[.;:,()]\s*$")


def _is_title(name: str) -> bool:
    """True for the name of a paper or station, by its last word ("Portville Herald")."""
    words = name.split()
    return len(words) > 1 and words[-1].casefold() in words_under("media_names")


_RESCUERS = frozenset({"fire", "ambulance", "rescue"})
_ARMIES = frozenset({"army", "force", "forces", "guard"})


def _type(
    rule: str,
    root: Token,
    name: str | None,
    noun: NounReading | None,
    marks: frozenset[str],
    state: State | None,
    known: KnownActor | None,
    *,
    single: bool,
) -> ActorType | None:
    if known is not None:
        return known.type
    if rule.startswith("person"):
        return "media" if name is not None and _is_title(name) else "person"
    if rule == "org:armed":
        return "armed_group"
    if rule == "org:unit":
        return "state_force"
    if rule == "org:called" and noun is not None and noun.entry.one in ("person", "population"):
        return "armed_group" if bears_arms(root) else "organisation"  # "calling itself the Sons of Sirte"
    if rule.startswith("state"):
        return "state"
    if rule == "people":
        return "person" if single else _people_at_war(root, marks) or "population"
    if rule == AGED:
        return "population" if root.lower_ == "olds" else "person"
    if rule == GROUP:
        return "population"
    if noun is None and rule.startswith("org") and name is not None and _is_title(name):
        return "media"
    open_kind = (noun is None or noun.type == "organisation") and rule.startswith(("org", "full-name", "noun"))
    civil = bool((marks | {noun.word} if noun is not None else marks) & words_under("civil"))
    if open_kind and not civil and bears_arms(root):
        return "armed_group"
    if noun is None:
        return "organisation" if rule.startswith(("org", "full-name", "own-force")) else None
    entry = noun.entry
    if entry.only_with and not marks & entry.only_with and rule.startswith(("org", "full-name")):
        return "organisation"  # "the Special Security *Service*" is no broadcaster
    if rule == "holder:coalition" or (entry.key == "coalition" and strikes(root)):
        return "state_force"
    if entry.armed_with and marks & entry.armed_with:
        return "armed_group"
    if entry.wages_war and (rule.startswith("holder:") or (noun.plural and wages_war(root))):
        return "armed_group"
    if entry.state_with and marks & entry.state_with:
        return "state_force"
    if entry.key == "force" and noun.word in _ARMIES and name is not None and state is None:
        return "armed_group" if marks - words_under("regular") else "state_force"
    if noun.type == "armed_group" and marks & _RESCUERS:
        return "government"
    if noun.type == "armed_group" and state is not None and marks & {"army", "military", "police"}:
        return "state_force"
    if entry.key == "militia" and noun.word in _PARTS and _is_of_army(root):
        return "state_force"
    if noun.word == "member" and noun.plural and _of(root) in _KIN:
        return "population"
    return noun.type


_PARTS = frozenset({"unit", "brigade", "battalion", "regiment", "division", "platoon", "squad", "column", "garrison"})
_KIN = frozenset({"family", "household", "community", "congregation", "minority", "public"})
_REGULAR = frozenset({"army", "military", "navy", "police"})


def _of(root: Token) -> str:
    """What stands behind "of": "members of the same *family*"."""
    behind = (g for c in root.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
    return next((g.lower_ for g in behind if g.dep_ == "pobj"), "")


def _is_of_army(root: Token) -> bool:
    """ "An *army* unit", "units of the *army*": of the army as such, and not of a body that bears its name."""
    before = [c for c in root.children if c.dep_ in ("compound", "amod", "poss") and c.i < root.i]
    alone = root.text.islower() and sum(c.text[:1].isupper() for c in before) == 1  # "*Army* units", at the beginning
    told = (c.lower_ for c in before if c.pos_ != "PROPN" or alone)
    return _of(root) in _REGULAR or any(word in _REGULAR for word in told) or any(_is_ordinal(c.text) for c in before)


def _is_ordinal(word: str) -> bool:
    """ "Ukraine's *93rd* Mechanised Brigade": armies number their units."""
    return word[:1].isdigit() and word.lower().endswith(("st", "nd", "rd", "th"))


def _people_at_war(root: Token, marks: frozenset[str]) -> ActorType | None:
    """ "The *Syrians* withdrew from Beirut": their army; "Bosnian *Serbs* hold the town": a side of their own."""
    if not wages_war(root):
        return None
    return "armed_group" if any(state_of(w.capitalize()) is not None for w in marks) else "state_force"


def same_noun(a: NounReading | None, b: NounReading | None) -> bool:
    """True for the same noun in any number."""
    return a is not None and b is not None and a.word == b.word


def alias_words(text: str) -> frozenset[str]:
    """The words of an alias, each also in its singular."""
    words = fold_name(text)
    return frozenset(words) | frozenset(s for w in words for s in singulars(w))
