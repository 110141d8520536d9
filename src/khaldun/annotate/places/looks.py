"""A stretch of words looked at as a name of a place: is it one, by what the gazetteer and the words round it say?

spaCy's labels are one witness among several: its small pipeline often takes a town it has never seen for a person
or an organisation, and a person for a town. The gazetteer says whether a capitalised name is a place at all, the
words before and after it whether it is meant as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from khaldun.annotate.places.chains import linked
from khaldun.annotate.places.reading import PLACE_LABELS, Kind, Located, NamedEntity, Reading
from khaldun.annotate.places.stakes import Stake, stake
from khaldun.annotate.reading.nouns import read_noun, words_under
from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.tables.gazetteer import Entry, Gazetteer
from khaldun.annotate.tables.known import known_as
from khaldun.annotate.tables.naming import ARTICLES, fold, skeleton
from khaldun.copies import quickly_made
from khaldun.model import MentionForm, Span

NOT_A_NAME = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
NEVER_PLACES = NOT_A_NAME | {"NORP", "LANGUAGE", "LAW", "EVENT", "WORK_OF_ART", "PRODUCT"}
AREAS = frozenset({"country", "adm1", "region", "continent", "sea", "desert", "river", "peninsula", "union"})
_BIG, _KNOWN = 100_000, 5_000
ABBREVIATED = frozenset({"US", "U.S.", "UK", "U.K.", "USA", "EU", "UAE"})
_OWN_NAME = 0.9


Standing = Literal["sure", "likely", "doubtful"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Spotted:
    """A name of a place in the text. `first` and `last` are its token numbers in the passage, `last` excluded.

    `level` is what a kind word says ("adm1" of "Idlib province"), `located` whether the words around mark a place,
    `containers` the names of areas told with it ("Paris, Texas", "the Nigerian town of Baga"), `people` the role in
    the gazetteer of what a demonym stands for ("country:SY"). `standing` is "likely" while only the rest
    of the report can confirm it by speaking of its country, "doubtful" while only a surer mention of the name can.
    """

    passage: Passage
    first: int
    last: int
    span: Span
    name: str
    form: MentionForm = "name"
    level: str | None = None
    located: bool = False
    containers: tuple[str, ...] = ()
    people: str | None = None
    standing: Standing = "sure"


class Look:
    """One look at one stretch of words: is it a place, and as what?"""

    def __init__(
        self, reading: Reading, first: int, last: int, run: tuple[int, int], key: str,
        entries: tuple[Entry, ...], gazetteer: Gazetteer, surnames: frozenset[str], previous: Spotted | None,
    ) -> None:  # fmt: skip
        self.reading, self.first, self.last, self.run, self.key, self.entries = reading, first, last, run, key, entries
        self.surname, self.gazetteer, self.previous = key in surnames, gazetteer, previous
        self.entity = reading.entity(first)
        self.kind = self._kind()
        self.head, self.tail = (self.kind.first, self.kind.last) if self.kind is not None else (first, last)

    def _kind(self) -> Kind | None:
        """The kind word, unless with a capital it belongs to a name: "Michigan State", "United States"."""
        kind = self.reading.kind(self.first, self.last)
        if kind is None or not kind.capital or not kind.after:
            return kind
        whole = self.reading.phrase(self.first, kind.last)
        if self.gazetteer.named(whole) or kind.level not in ("adm1", "adm2", "settlement"):
            return None
        return None if kind.last < self.run[1] and self.reading.capital[kind.last] else kind

    # Most looks are settled by a few of these: each is found out when it is first asked for.

    @cached_property
    def containers(self) -> tuple[str, ...]:
        owner = self.reading.owner(self.head)
        return (*self.reading.containers(self.tail, self.gazetteer), *((owner,) if owner else ()))

    @cached_property
    def label(self) -> str:
        return self.reading.place_label(self.first, self.last)

    @cached_property
    def where(self) -> Located:
        return self.reading.located(self.head, self.last)

    @cached_property
    def stake(self) -> Stake:
        return stake(self.reading.doc[self.last - 1])

    @cached_property
    def located(self) -> bool:
        return self.kind is not None or bool(self.where) or self._listed() or self.stake == "sure" or self._bracketed()

    @cached_property
    def firm(self) -> bool:
        return self.where == "firm" or self._of_kind() or self.stake == "sure"

    @cached_property
    def longer(self) -> bool:
        return self.reading.part_of_longer(self.first, self.tail, self.run)

    def _bracketed(self) -> bool:
        ends = self.tail < len(self.reading) and self.reading.lower[self.tail] in (",", "(")
        return ends and bool(self.containers)

    def _listed(self) -> bool:
        before = self.previous
        if before is None or not before.located or before.passage is not self.reading.passage:
            return False
        return self.reading.listed_after(before.last, self.head)

    @cached_property
    def addressed(self) -> bool:
        """True for the next name of an address: "Kompia (*Pama*, Est)", "Yae Lin village, *Myebon* Township, ..."."""
        previous = self.previous
        if previous is None or previous.passage is not self.reading.passage or not previous.located:
            return False
        closes = self.tail >= len(self.reading) or self.reading.lower[self.tail] in (")", ",", ".", ";")
        before = self.first > 0 and self.reading.lower[self.first - 1] in ("(", ",")
        return closes and before and linked(self.reading.doc, previous.last, self.first)

    def _of_kind(self) -> bool:
        """ "the town of X", "X district": words that leave no doubt."""
        return (
            self.kind is not None
            and not self.kind.capital
            and (self.kind.after or self.reading.lower[self.first - 1] == "of")
        )

    # -------------------------------------------------------------------------------------------- known names

    def known(self) -> Spotted | None:
        """A place of the gazetteer, if the words mean it."""
        country = any(e.locus.kind == "country" for e in self.entries)
        if self.longer and self.reading.directional(self.first, self.last):
            return None
        if self._is_something_else(country) or (not country and self._inside_other_place()):
            return None
        if self._is_people():
            return self._made("description")  # which tells of its country
        strong = any(is_weighty(e) for e in self.entries)
        if self.reading.between_towns(self.first, self.last) and (strong or self._populous()):
            return self._made("name")
        if not country and self.reading.hyphened(self.first, self.last, strong):
            return None
        if self._embedded():
            return self._made("description") if self._plain(strong) and not self._of_person() else None
        if country:
            return self._made(self._form())
        if self.reading.of_agency(self.first, self.last):
            return None
        if self.label == "GPE" and self.longer and not self.located and self._beside_another():
            return None  # "Paris Hilton" in two pieces
        if self.addressed and self._plain(any(e.fit >= _OWN_NAME for e in self.entries)):
            return self._made("name")
        if self._names_ground():
            return self._made("name")
        if self.label:
            plain = self.located or strong or self.label != "GPE" or self._populous() or self.stake == "perhaps"
            return self._made(self._form(), "sure" if plain else "doubtful")
        if strong and (self.located or self._plain(strong)):
            if self.located or not (self._labelled("PERSON", "ORG", "WORK_OF_ART") or self.reading.says(self.last)):
                return self._made(self._form())
            return self._made("name", "doubtful" if self._labelled("PERSON") else "likely")
        person = self._labelled("PERSON")
        if person and self.last - self.first > 1 and self.reading.lower[self.first] in self.reading.words.openers:
            return self._made("name")  # "*Ras* Lanuf was quiet"
        if self.stake == "sure" or (self.stake == "perhaps" and self._populous() and not self.reading.says(self.last)):
            return self._made("name")
        if (self.firm or (self.located and not person)) and (self._populous() or self._of_kind()):
            return self._made("name")
        alone = self._plain(self._populous()) and not self.reading.says(self.last) and len(self.key) > 4
        return self._made("name", "likely" if self.located or (alone and not person) else "doubtful")

    def _is_people(self) -> bool:
        """ "*Turkana* warriors", "*Karen* rebels": a people, where the name of its land stands before a noun for those
        of a people."""
        token = self.reading.doc[self.last - 1]
        if self.last - self.first > 1 or self.last >= len(self.reading) or self.key not in words_under("peoples"):
            return False
        noun = read_noun(self.reading.text[self.last])
        return noun is not None and noun.plural and token.dep_ in ("compound", "amod", "nmod", "poss")

    def _of_common_name(self) -> bool:
        """ "the town of *Best*", "the *Bay* region": a kind word, that is no part of a name ("Green *Village*")."""
        kind = self.kind
        if kind is None or (kind.capital and kind.after):
            return False
        return kind.level == "settlement" or (
            kind.level == "adm1" and any(e.locus.kind == "adm1" for e in self.entries) and len(self.key) < 5
        )

    def _plain(self, weighty: bool) -> bool:
        """A weighty place under its usual name, not one of the many other names that GeoNames lists."""
        return weighty and any(
            e.locus.kind in AREAS or skeleton(fold(e.locus.name)) == skeleton(self.key)
            for e in self.entries
            if self.addressed or is_weighty(e) or (e.locus.population or 0) >= _KNOWN or e.id.startswith("khaldun:")
        )

    def _populous(self) -> bool:
        return any((e.locus.population or 0) >= _KNOWN or e.id.startswith("khaldun:") for e in self.entries)

    def _inside_other_place(self) -> bool:
        """A part of another place's name: "Beida" in "Goz Beida"."""
        entity = self.entity
        if entity is None or (self.first <= entity.first and entity.last <= self.last):
            return False  # "Croix-des-Bouquets", of which the label has "Croix-des" alone
        return entity.label in ("GPE", "LOC") and not self.label

    def _is_something_else(self, country: bool) -> bool:
        entity = self.entity
        if entity is not None and entity.label in NOT_A_NAME:
            return True
        if self._of_person() and not self._before_a_day(entity):
            return True
        if self.key in ARTICLES:
            return True
        if self.key in self.reading.words.common and not self._of_common_name():
            return True
        if self.reading.lower[self.last : self.last + 1] == ["of"] and self.key in self.reading.words.kinds:
            return True  # "the *Plain* of Jars"
        if self.reading.names_building(self.last) and not any(fold(e.locus.name) == self.key for e in self.entries):
            return True  # "the *Quds* hospital" lies wherever it lies
        if self.surname and not country and self.label != "GPE" and not self.firm:
            return True
        if self._like_an_acronym():
            return True
        return not self.label and not country and not self._tagged_as_name()

    def _beside_another(self) -> bool:
        """True where spaCy sees another place right before or after, with no comma between."""
        sides = [self.reading.entity(i) for i in (self.first - 1, self.last) if 0 <= i < len(self.reading)]
        return any(e is not None and e != self.entity and e.label in PLACE_LABELS for e in sides)

    def _of_person(self) -> bool:
        """Inside a longer name of a person: "Paris Hilton"."""
        entity = self.entity
        if entity is None or entity.label != "PERSON" or (entity.first, entity.last) == (self.first, self.last):
            return False
        outside = [*range(entity.first, self.first), *range(self.last, entity.last)]
        return any(self.reading.capital[i] and not self.reading.sets_off(i) for i in outside)

    def _before_a_day(self, entity: NamedEntity | None) -> bool:
        return entity is not None and entity.last == self.last + 1 and self.reading.lower[self.last].endswith("day")

    def _like_an_acronym(self) -> bool:
        """ "FDA", "OAS", "Act": short names stand for a place only as our own tables write them."""
        text = self.reading.phrase(self.first, self.last)
        kinds = {e.locus.kind for e in self.entries if e.locus.kind in AREAS and e.fit >= 0.9}
        after_comma = self.first > 0 and self.reading.lower[self.first - 1] in (",", "(")
        if "adm1" in kinds and after_comma:
            return False
        if text.isupper() and len(self.key) == 4 and self.label == "GPE" and any(map(is_weighty, self.entries)):
            return False  # "in GOMA"
        if text.isupper() and len(self.key) <= 4:
            return not (kinds - {"adm1"}) and not ("adm1" in kinds and len(self.key) > 2)
        return len(self.key) <= 3 and not any(fold(e.locus.name) == self.key for e in self.entries) and not self.label

    def _tagged_as_name(self) -> bool:
        return any(t.pos_ in ("PROPN", "NOUN", "ADJ", "X") for t in self.reading.doc[self.first : self.last])

    def _embedded(self) -> bool:
        """Inside the name of an organisation, a law, a battle: "Benghazi Defence Brigades"."""
        entity = self.entity
        last = self.kind.last if self.kind else self.last
        if self.reading.between_towns(self.first, self.last):
            return False
        if (
            entity is not None
            and entity.label not in PLACE_LABELS
            and (entity.first < self.first or entity.last > last)
        ):
            inner = self.reading.lower[self.first - 1] if self.first > entity.first else ""
            if inner == "of" and self.reading.lower[self.first - 2] in self.reading.words.dwellers:
                return False  # "*residents of* Djibo"
            if inner not in ("in", "from", "near", ",") and not self._hardly_longer(entity, last):
                return True
        return self.longer and not self.label

    def _hardly_longer(self, entity: NamedEntity, last: int) -> bool:
        outside = [*range(entity.first, self.first), *range(last, entity.last)]
        return all(self.reading.lower[i] in ("the", "'s", "-", "'", "led", "backed", "of") for i in outside)

    def _form(self) -> MentionForm:
        """ "US airstrikes": an abbreviation that stands for the adjective."""
        token = self.reading.doc[self.last - 1]
        modifies = token.dep_ in ("compound", "amod", "nmod", "npadvmod", "poss")
        after = self.reading.lower[self.last : self.last + 2]
        if len(after) == 2 and after[0] == "-" and after[1] in ("based", "born", "educated", "registered"):
            return "description"  # "a London-based organisation" plays elsewhere
        return "description" if modifies and token.text in ABBREVIATED else "name"

    def _labelled(self, *labels: str) -> bool:
        return self.entity is not None and self.entity.label in labels

    # -------------------------------------------------------------------------------------------- unknown names

    def _names_ground(self) -> bool:
        """ "Captured *the Jafra air base*", "control of *the Tishrin dam*": ground that is fought over goes by the name
        before it, unless a body has it."""
        reading, at = self.reading, self.last
        while at < len(reading) and reading.lower[at] in reading.words.grounds_of:
            at += 1
        if (
            at >= len(reading)
            or reading.lower[at] not in reading.words.grounds
            or reading.lower[self.first - 1] != "the"
        ):
            return False
        name = reading.phrase(self.first, self.last)
        if (
            self._labelled("NORP")
            or name.isupper()
            or known_as(name) is not None
            or read_noun(reading.text[self.last - 1])
        ):
            return False
        return reading.doc[self.last - 1].head.i == at and stake(reading.doc[at]) != "none"

    def _made(self, form: MentionForm, standing: Standing = "sure") -> Spotted:
        level = self.kind.level if self.kind else None
        last = self.last
        if any(e.locus.kind == "union" for e in self.entries):
            form = "description"
        if self.kind is not None and self.kind.after and level in ("adm1", "adm2") and form == "name":
            plural = self.reading.lower[self.kind.last - 1].endswith("s")  # "Wajir and *Mandera* counties"
            last = last if plural else self.kind.last
        span = self.reading.passage.span(self.reading.doc[self.first : last])
        name = self.reading.phrase(self.first, self.last)
        located = self.located or self.addressed
        passage, containers = self.reading.passage, self.containers
        return Spotted(passage, self.first, last, span, name, form, level, located, containers, None, standing)


def entity_is(entity: NamedEntity, first: int, last: int) -> bool:
    """True where the entity is exactly these tokens."""
    return (entity.first, entity.last) == (first, last)


def is_weighty(entry: Entry) -> bool:
    """Entries that a bare name may be taken for: areas, and big cities by their usual names."""
    return entry.locus.kind in AREAS or (entry.fit >= 0.8 and (entry.locus.population or 0) >= _BIG)
