"""Where a text names a place: the spans, and what the words round them say.

spaCy's labels are one witness among several: its small pipeline often takes a town it has never seen for a person
or an organisation, and a person for a town. The gazetteer says whether a capitalised name is a place at all, the
words before and after it whether it is meant as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from khaldun.annotate.gazetteer import Entry, Gazetteer
from khaldun.annotate.naming import ARTICLES, fold
from khaldun.annotate.place_words import PlaceWords, place_words
from khaldun.annotate.sentences import Parse, Passage
from khaldun.model import Span

_LONGEST_NAME = 6  # words
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NOT_A_NAME = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
# Lower-case words inside names: "Dar es Salaam", "Rio de Janeiro", "Sharm el-Sheikh", "Bosnia and Herzegovina".
_INSIDE = ARTICLES | frozenset("de del della des do da du of and bin ibn bu la le les los sur upon the a i y".split())
_OWN_LEVELS = frozenset({"country", "adm1", "region", "continent", "sea", "desert", "river", "peninsula"})
_BIG = 100_000
_DIRECTIONAL = frozenset(
    "north south east west northern southern eastern western central upper lower northeast northwest southeast "
    "southwest northeastern northwestern southeastern southwestern downtown nearby greater rural mainland".split()
)


@dataclass(frozen=True, slots=True)
class Spotted:
    """A name of a place in the text. `first` and `last` are its token numbers in the passage, `last` excluded.

    `level` is what a kind word says ("adm1" of "Idlib province"), `located` whether the words around mark a
    place, `container` the name that follows after a comma ("Paris, Texas"), `people` the country of a demonym.
    """

    passage: Passage
    first: int
    last: int
    span: Span
    name: str
    form: str = "name"
    level: str | None = None
    located: bool = False
    container: str | None = None
    people: str | None = None


def spot(parse: Parse, gazetteer: Gazetteer) -> list[Spotted]:
    """The names of places and the demonyms of a report, in text order; they never overlap."""
    surnames = _surnames(parse, gazetteer)
    found: list[Spotted] = []
    for passage in parse.passages:
        found += _Passage(passage, gazetteer, surnames).spotted()
    return found


def _surnames(parse: Parse, gazetteer: Gazetteer) -> frozenset[str]:
    """Last words of full names of persons: a later "Tunis" alone may be Mr Tunis."""
    names = set()
    for passage in parse.passages:
        for entity in passage.doc.ents:
            if entity.label_ == "PERSON" and len(entity) > 1 and not gazetteer.named(entity.text):
                last = entity[-2] if entity[-1].tag_ == "POS" and len(entity) > 2 else entity[-1]
                names.add(fold(last.text))
    return frozenset(names)


class _Passage:
    """One passage while it is read: its tokens, and which of them can be part of a name."""

    def __init__(self, passage: Passage, gazetteer: Gazetteer, surnames: frozenset[str]) -> None:
        self.passage = passage
        self.doc: Doc = passage.doc
        self.gazetteer = gazetteer
        self.surnames = surnames
        self.words: PlaceWords = place_words()
        self.lower = [token.lower_ for token in self.doc]

    def spotted(self) -> Iterator[Spotted]:
        previous: Spotted | None = None
        for start, end in self._runs():
            at = start
            while at < end:
                blocked = self._blocked(at)
                if blocked:
                    at = blocked
                    continue
                place = self._place_at(at, start, end, previous)
                if place is None:
                    at += 1
                    continue
                yield place
                previous, at = place, max(place.last, at + 1)

    # -------------------------------------------------------------------------------------------- runs of capitals

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Stretches of capitalised tokens with the small words that stand inside names."""
        at, size = 0, len(self.doc)
        while at < size:
            if not (self._capital(at) or self._leading_article(at)):
                at += 1
                continue
            end = self._run_end(at)
            yield at, end
            at = end

    def _run_end(self, at: int) -> int:
        end = at + 1
        while end < len(self.doc):
            step = next((n for n in (1, 2, 3) if self._continues(end, n)), 0)
            if not step:
                return end
            end += step
        return end

    def _continues(self, at: int, steps: int) -> bool:
        """True where after `steps` - 1 small words or hyphens a capitalised token carries a name on."""
        last = at + steps - 1
        if last >= len(self.doc) or not self._capital(last):
            return False
        return all(self.lower[i] in _INSIDE or self.lower[i] in ("-", "'") for i in range(at, last))

    def _capital(self, at: int) -> bool:
        text = self.doc[at].text
        return text[0].isupper() or (len(text) > 1 and text[0] in "'`‘’ʿʻ" and text[1].isupper())

    def _leading_article(self, at: int) -> bool:
        """ "al-Foua", "ar Raqqah": a lower-case article before a capital."""
        if self.lower[at] not in ARTICLES or self.doc[at].text != self.lower[at] or at + 1 >= len(self.doc):
            return False
        after = at + 2 if self.lower[at + 1] == "-" else at + 1
        return after < len(self.doc) and self._capital(after) and (after == at + 2 or self.lower[at] not in _ENGLISH)

    def _blocked(self, at: int) -> int | None:
        """The end of a name that holds a place and is none ("Ahrar al-Sham"), where one starts at `at`."""
        for end in range(min(at + 10, len(self.doc)), at, -1):
            if fold(self.doc[at:end].text) in self.words.not_places:
                return end
        return None

    # -------------------------------------------------------------------------------------------- one name

    def _place_at(self, at: int, start: int, end: int, previous: Spotted | None) -> Spotted | None:
        for stop in range(min(end, at + 2 * _LONGEST_NAME), at, -1):
            if not self._capital(stop - 1) and not self.doc[stop - 1].text[0].isdigit():
                continue
            text = self.doc[at:stop].text
            people = self.words.demonyms.get(fold(text))
            if people:
                return self._people(at, stop, people)
            entries = self.gazetteer.named(text) if stop - at <= 2 * _LONGEST_NAME else ()
            place = self._judge(at, stop, start, end, entries, previous)
            if place is not None:
                return place
        return None

    def _people(self, at: int, stop: int, people: str) -> Spotted | None:
        entity = self._entity(at, stop)
        if entity is not None and entity[2] == "PERSON":
            return None
        return self._make(at, stop, form="description", people=people)

    def _judge(
        self, at: int, stop: int, start: int, end: int, entries: tuple[Entry, ...], previous: Spotted | None
    ) -> Spotted | None:
        level, first, last = self._kind_words(at, stop)
        container = self._container(last)
        located = bool(level) or container is not None or self._located(first, stop, previous)
        exact = self._label_exactly(at, stop)
        if not entries:
            clear = level is not None or (exact in ("GPE", "LOC") and located)
            if not clear or not self._could_be_unknown(at, stop, start, last, end, exact):
                return None
        elif not self._accepted(at, stop, start, last, end, entries, located, level, exact):
            return None
        form = "name"
        if entries and self._embedded(at, stop, start, last, end, level):
            form = "description"
        return self._make(at, stop, form=form, level=level, located=located, container=container, last=last)

    def _accepted(
        self, at: int, stop: int, start: int, last: int, end: int,
        entries: tuple[Entry, ...], located: bool, level: str | None, exact: str,
    ) -> bool:  # fmt: skip
        key = fold(self.doc[at:stop].text)
        strong = any(_strong(e) for e in entries)
        country = any(e.locus.kind == "country" for e in entries)
        entity = self._entity(at, stop)
        label = entity[2] if entity else ""
        inside = entity is not None and (entity[0], entity[1]) != (at, stop) and not exact
        if label in _NOT_A_NAME and not located:
            return False
        if label == "PERSON" and (inside and not self._ends_with_day(entity, stop)):
            return False
        if key in self.words.common and not level:
            return False
        if key in self.surnames and not country and not level and exact != "GPE":
            return False
        if self._part_of_longer(at, stop, start, last, end) and not exact:
            return strong and label != "PERSON"
        if self.doc[at].text.isupper() and len(key) > 3 and not (located or exact or strong):
            return False
        if not any(t.pos_ in ("PROPN", "NOUN", "ADJ", "X") for t in self.doc[at:stop]) and not (exact or strong):
            return False
        if country or (exact and exact in _PLACE_LABELS):
            return True
        if located:
            return len(key) > 2
        return strong and label not in ("PERSON", "ORG", "WORK_OF_ART") and not self._says(at, stop)

    def _could_be_unknown(self, at: int, stop: int, start: int, last: int, end: int, exact: str) -> bool:
        """A place that the gazetteer lacks: "the village of Xyz", or a label of spaCy's after a preposition."""
        key = fold(self.doc[at:stop].text)
        if key in self.words.common or key in self.words.kinds or len(key) < 3 or not key[0].isalpha():
            return False
        if any(word in self.words.kinds or word in _DIRECTIONAL for word in key.split()):
            return False
        entity = self._entity(at, stop)
        if entity is not None and entity[2] in (_NOT_A_NAME | {"PERSON", "ORG", "NORP"}) and not exact:
            return False
        return key not in self.surnames and not self._part_of_longer(at, stop, start, last, end)

    def _part_of_longer(self, at: int, stop: int, start: int, last: int, end: int) -> bool:
        """True where capitalised words go on before or after: "Derna Council", "President Lincoln"."""
        before = at - 1
        if before >= start and self._capital(before) and not self._sets_off(before):
            return True
        if before >= start and self.lower[before] in ("-", "of", "and") and before - 1 >= start:
            name_before = before - 1
            if self.lower[before] == "-" and self._capital(name_before):
                return False  # "Iran-Iraq"
            if self.lower[before] == "of" and self._capital(name_before):
                return self.lower[name_before] not in self.words.kinds
        after = max(last, stop)
        return after < end and self._capital(after) and not self._sets_off(after)

    def _sets_off(self, at: int) -> bool:
        """Capitalised words that stand beside a place's name without making it another's."""
        word = self.lower[at]
        if word in self.words.kinds or word in _DIRECTIONAL or self.doc[at].ent_type_ in ("DATE", "TIME"):
            return True
        return self.doc[at].is_sent_start is True and self.doc[at].pos_ not in ("PROPN", "NOUN", "ADJ")

    def _embedded(self, at: int, stop: int, start: int, last: int, end: int, level: str | None) -> bool:
        """A name inside that of an organisation, a law, a battle; "US airstrikes" as well."""
        entity = self._entity(at, stop)
        if entity is not None and entity[2] not in _PLACE_LABELS and (entity[0] < at or entity[1] > max(last, stop)):
            inner = self.lower[at - 1] if at > entity[0] else ""
            if inner not in ("in", "from", "near", ",") and entity[2] not in _NOT_A_NAME:
                return not self._only_adds_determiner(entity, at, stop)
        if self._part_of_longer(at, stop, start, last, end):
            return True
        token = self.doc[stop - 1]
        return level is None and token.text in _ABBREVIATED and token.dep_ in ("compound", "amod", "nmod", "npadvmod")

    def _only_adds_determiner(self, entity: tuple[int, int, str], at: int, stop: int) -> bool:
        outside = [*range(entity[0], at), *range(stop, entity[1])]
        return all(self.lower[i] in ("the", "'s", "-", "'", "led", "backed") for i in outside)

    # -------------------------------------------------------------------------------------------- words around it

    def _kind_words(self, at: int, stop: int) -> tuple[str | None, int, int]:
        """The level that a kind word gives, the token where the whole phrase starts, and where it ends."""
        kinds = self.words.kinds
        if stop < len(self.doc) and self.lower[stop] in kinds:
            level = kinds[self.lower[stop]]
            return level, at, stop + 1 if level in ("adm1", "adm2") else stop
        before = at - 1
        if before >= 1 and self.lower[before] == "of" and self.lower[before - 1] in kinds:
            return kinds[self.lower[before - 1]], before - 1, stop
        if before >= 0 and self.lower[before] in kinds and not self._capital(before):
            return kinds[self.lower[before]], before, stop
        return None, at, stop

    def _located(self, first: int, stop: int, previous: Spotted | None) -> bool:
        before = first - 1
        while before >= 0 and (self.lower[before] in _DIRECTIONAL or self.lower[before] in ("the", "-", "both")):
            before -= 1
        if before < 0:
            return self._dateline(stop)
        word = self.lower[before]
        if word in self.words.locative:
            return True
        if (
            word == "of"
            and before >= 1
            and (self.lower[before - 1] in self.words.directions or self._ends_near_phrase(before))
        ):
            return True
        return self._in_list(before, previous)

    def _ends_near_phrase(self, last: int) -> bool:
        return any(
            tuple(self.lower[last + 1 - len(phrase) : last + 1]) == phrase
            for phrase in self.words.near
            if len(phrase) > 1
        )

    def _in_list(self, before: int, previous: Spotted | None) -> bool:
        """ "in Derna, Sirte and Brak": the second and third are places as the first is."""
        if previous is None or previous.passage is not self.passage or not previous.located:
            return False
        between = self.lower[previous.last : before + 1]
        return 0 < len(between) <= 3 and all(word in (",", "and", "or", "/", "&") for word in between)

    def _dateline(self, stop: int) -> bool:
        """ "MOGADISHU, Somalia (AP) —", "Tripoli, 3 May:" at the head of a passage."""
        head = self.lower[stop : stop + 8]
        return any(mark in head for mark in ("(", "—", "–", "--", "-")) and self.passage.kind in ("dateline", "body")

    def _container(self, last: int) -> str | None:
        """The name after a comma that says where the place lies: "Paris, Texas"."""
        if last + 1 >= len(self.doc) or self.lower[last] not in (",", "("):
            return None
        start = last + 1
        if not self._capital(start):
            return None
        end = min(self._run_end(start), start + _LONGEST_NAME)
        for stop in range(end, start, -1):
            name = self.doc[start:stop].text
            if any(e.locus.kind in ("country", "adm1") for e in self.gazetteer.named(name)):
                return name
        return None

    def _says(self, at: int, stop: int) -> bool:
        """True where the name is who says something: more often a person's than a small town's."""
        token: Token = self.doc[stop - 1]
        return token.dep_ == "nsubj" and token.head.lemma_ in ("say", "tell", "add", "claim") and at == stop - 1

    # -------------------------------------------------------------------------------------------- spaCy's labels

    def _entity(self, at: int, stop: int) -> tuple[int, int, str] | None:
        """The named entity that holds the first of these tokens, as token numbers and label."""
        for entity in self.doc.ents:
            if entity.start <= at < entity.end:
                return entity.start, max(entity.end, stop) if entity.end < stop else entity.end, entity.label_
        return None

    def _label_exactly(self, at: int, stop: int) -> str:
        """GPE, LOC or FAC where spaCy's entity is this name, but for "the", kind words and directions."""
        for entity in self.doc.ents:
            if entity.label_ in _PLACE_LABELS and entity.start <= at and entity.end >= stop:
                outside = [*range(entity.start, at), *range(stop, entity.end)]
                if all(self._aside(i) for i in outside):
                    return entity.label_
        return ""

    def _aside(self, at: int) -> bool:
        word = self.lower[at]
        return word in ("the", "'s", "of", ",", "-", "and") or word in self.words.kinds or word in _DIRECTIONAL

    def _ends_with_day(self, entity: tuple[int, int, str] | None, stop: int) -> bool:
        return entity is not None and entity[1] == stop + 1 and self.lower[stop].endswith("day")

    def _make(
        self, at: int, stop: int, *, form: str, level: str | None = None, located: bool = False,
        container: str | None = None, people: str | None = None, last: int | None = None,
    ) -> Spotted:  # fmt: skip
        tokens = self.doc[at : max(stop, last or stop)]
        name = self.doc[at:stop].text
        return Spotted(
            self.passage,
            at,
            max(stop, last or stop),
            self.passage.span(tokens),
            name,
            form,
            level,
            located,
            container,
            people,
        )


_ENGLISH = frozenset({"as", "at", "an", "in", "ad"})
_ABBREVIATED = frozenset({"US", "U.S.", "UK", "U.K.", "USA"})


def _strong(entry: Entry) -> bool:
    """Entries that a bare name may be taken for: our own larger ones, and big cities by their usual names."""
    return entry.locus.kind in _OWN_LEVELS or (
        entry.fit >= 0.8 and ((entry.locus.population or 0) >= _BIG or entry.id.startswith("khaldun:"))
    )
