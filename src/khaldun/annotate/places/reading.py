"""One passage as the search for places reads it: capitals, spaCy's entities, and the words round a name."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

from khaldun.annotate.places.apposed import told_a_body
from khaldun.annotate.places.lexicon import PlaceWords, place_words
from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.tables.gazetteer import Gazetteer
from khaldun.annotate.tables.gazetteer_tables import countries
from khaldun.annotate.tables.naming import ARTICLES, fold
from khaldun.annotate.words import Doc
from khaldun.copies import quickly_made

_LONGEST_MEASURE = 6  # tokens of "about 80 to 90 kilometres"
LONGEST_NAME = 10  # tokens; a hyphen is one
Located = Literal["firm", "loose", ""]
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
# Lower-case words inside names: "Dar es Salaam", "Rio de Janeiro", "Sharm el-Sheikh", "Bosnia and Herzegovina".
_INSIDE = ARTICLES | frozenset(
    "de del della des do da du of and bin ibn bu la le les los sur upon the i e y ye o au aux en".split()
)
_BETWEEN = _INSIDE | {"-", "'", "&", "'s"}
_SMALL = 3  # such words in a row
DIRECTIONAL = frozenset(
    "north south east west northern southern eastern western central upper lower northeast northwest southeast "
    "southwest north-east north-west south-east south-west northeastern northwestern southeastern southwestern "
    "downtown nearby inner outer greater rural mainland coastal neighbouring neighboring".split()
)
# Articles before sun letters that are English words too: "An Nasiriyah", "an attack".
ENGLISH_WORDS = frozenset({"as", "at", "an", "in", "ad", "the", "a"})
_BREAKS = frozenset({"(", ")", "[", "]", ",", ";", "in", "near", "from", "outside"})
_STOPS = frozenset({",", ".", ";", ":", "(", "in", "of", "that", "which", "where", "and"})
_LISTING = frozenset({",", "and", "or", "/", "&", "the", "nearby", "neighbouring", "neighboring"})
_PASSED = frozenset({"the", "-", "both", '"'})  # 'had "liberated" Gharyan'
_PARTICLES = frozenset("e i au aux de du des la le les sur".split())  # "Baghlan-e-Markazi", "Croix-des-Bouquets"
_HOLDING = frozenset({"in", "near", "outside", "between"})
_LEADING = frozenset({"the", "of"})
_SURE_FIT = 0.8
_OPENING = frozenset("'`‘’ʿʻ")  # of names in transliteration
_AGENCY_MARKS = frozenset({"(", "—", "–", "--", "-", "―", ":"})


@quickly_made
@dataclass(frozen=True, slots=True)
class NamedEntity:
    """spaCy's named entity as token numbers and label."""

    first: int
    last: int
    label: str

    def holds(self, first: int, last: int) -> bool:
        return self.first <= first and last <= self.last


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind word tells: its level, and the tokens of name and kind word together."""

    level: str
    first: int
    last: int
    after: bool
    capital: bool


class Reading:
    """A passage with what the rules ask of its tokens again and again."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.doc: Doc = passage.doc
        self.words: PlaceWords = place_words()
        self.lower = [token.lower_ for token in self.doc]
        self.text = [token.text for token in self.doc]
        self.capital = [text[0].isupper() or (text[0] in _OPENING and _is_capital(text)) for text in self.text]
        if _shouts(self.text):  # in capitals throughout, case tells nothing: fall back on the tagger
            self.capital = [c and t.pos_ == "PROPN" for c, t in zip(self.capital, self.doc, strict=True)]
        self._entities: dict[int, NamedEntity] = {}
        for entity in self.doc.ents:
            for piece in self._pieces(NamedEntity(entity.start, entity.end, entity.label_)):
                self._entities.update(dict.fromkeys(range(piece.first, piece.last), piece))

    def __len__(self) -> int:
        return len(self.lower)

    def _pieces(self, entity: NamedEntity) -> list[NamedEntity]:
        """The entity without what no name holds: "Bria (Haute-Kotto", "Kelly in Idlib", "Hajin city".

        Of anything but a place only the first piece keeps the label, and a single word cut so keeps none.
        """
        breaks = [i for i in range(entity.first, entity.last) if self.lower[i] in _BREAKS]
        if entity.label not in PLACE_LABELS and self.text[entity.last - 1] in self.words.kinds:
            breaks.append(entity.last - 1)
        if not breaks:
            return [entity]
        edges = [entity.first - 1, *breaks, entity.last]
        pieces = [NamedEntity(a + 1, b, entity.label) for a, b in itertools.pairwise(edges) if b > a + 1]
        if entity.label in PLACE_LABELS:
            return pieces
        return [piece for piece in pieces[:1] if piece.first == entity.first and piece.last - piece.first > 1]

    def phrase(self, first: int, last: int) -> str:
        """The text of these tokens, as it stands."""
        end = self.doc.tokens[last - 1]
        return self.doc.text[self.doc.tokens[first].idx : end.idx + len(end.text)]

    # ---------------------------------------------------------------------------------------- runs of capitals

    def runs(self) -> list[tuple[int, int]]:
        """Stretches of capitalised tokens with the small words that stand inside names."""
        found, last = [], 0
        for at, (capital, text) in enumerate(zip(self.capital, self.text, strict=True)):
            if at >= last and (capital or (text in ARTICLES and self.leading_article(at))):
                last = self.run_end(at)
                found.append((at, last))
        return found

    def run_end(self, at: int) -> int:
        """Where the stretch of capitals that starts at `at` ends."""
        end, size = at + 1, len(self.lower)
        while end < size:
            last = end
            while last < min(end + _SMALL, size - 1) and not self.capital[last] and self.lower[last] in _BETWEEN:
                last += 1
            if not self.capital[last]:
                break
            end = last + 1
        return end

    def leading_article(self, at: int) -> bool:
        """ "al-Foua", "ar Raqqah": a lower-case article before a capital."""
        if self.text[at] not in ARTICLES or at + 1 >= len(self):
            return False
        hyphen = self.lower[at + 1] == "-"
        after = at + 2 if hyphen else at + 1
        return after < len(self) and self.capital[after] and (hyphen or self.text[at] not in ENGLISH_WORDS)

    # ---------------------------------------------------------------------------------------- spaCy's labels

    def entity(self, at: int) -> NamedEntity | None:
        """The named entity that holds this token."""
        return self._entities.get(at)

    def place_label(self, first: int, last: int) -> str:
        """GPE, LOC or FAC where spaCy's entity is this name, but for "the", kind words and directions; else empty."""
        entity = self.entity(first)
        if entity is None or entity.label not in PLACE_LABELS or not entity.holds(first, last):
            return ""
        outside = [*range(entity.first, first), *range(last, entity.last)]
        return entity.label if all(self._beside(i) for i in outside) else ""

    def _beside(self, at: int) -> bool:
        word = self.lower[at]
        if word in ("the", "'s", "of", ",", "-", "and", "'") or word in self.words.demonyms:
            return True
        return word in self.words.kinds or word in DIRECTIONAL

    # ---------------------------------------------------------------------------------------- words around a name

    def kind(self, first: int, last: int) -> Kind | None:
        """The kind word that goes with a name: "X province", "the city of X", "the town X"."""
        kinds = self.words.kinds
        if last < len(self) and self.lower[last] in kinds:
            level = kinds[self.lower[last]]
            return Kind(level, first, last + 1, after=True, capital=self.capital[last])
        before = first - 1
        if self._of_a_part(first):
            return None
        if before >= 1 and self.lower[before] == "of" and self.lower[before - 1] == "capital":
            return None  # "Culiacán, capital of *Sinaloa*"
        if before >= 1 and self.lower[before] == "of" and self.lower[before - 1] in kinds:
            capital = self.capital[before - 1]
            return Kind(kinds[self.lower[before - 1]], before - 1, last, after=False, capital=capital)
        if before >= 0 and self.lower[before] in kinds and not self.capital[before]:
            return Kind(kinds[self.lower[before]], before, last, after=False, capital=False)
        named = before >= 1 and self.lower[before] in (":", "-", "–", "—") and self.lower[before - 1].endswith("s")
        if named and self.lower[before - 1] in kinds and self.doc[before - 1].whitespace_ != self.doc[before].text:
            return Kind(kinds[self.lower[before - 1]], before - 1, last, after=False, capital=False)
        return None  # "three *villages: Fadhiliya* and Barima"

    def _of_a_part(self, first: int) -> bool:
        """ "the Mezzeh district of Damascus", "a northern quarter of X": the kind word is not what X is."""
        kind = first - 2
        if kind < 1 or self.lower[first - 1] != "of":
            return False
        before, word = kind - 1, self.lower[kind]
        if word not in self.words.parts:  # "captured *districts of* the town", but "the districts of Lare and Akobo"
            return word.endswith("s") and word[:-1] in self.words.parts and self.lower[before] != "the"
        if self.capital[before] and self.lower[before] not in self.words.demonyms:
            return self.lower[before] != "the" and self.lower[before] not in DIRECTIONAL
        while before > 0 and (self.lower[before] in DIRECTIONAL or self.lower[before] == "-"):
            before -= 1
        return self.lower[before] in ("a", "an", "one", "another")

    def located(self, first: int, last: int) -> Located:
        """Whether a word of place stands before the name (and before its kind word), and how firm it is."""
        if self._of_a_part(first):
            return "firm"
        before = first - 1
        while before >= 0 and (self.lower[before] in DIRECTIONAL or self.lower[before] in _PASSED):
            before -= 1
        if before < 0:
            return "firm" if self._heads_dateline(last) else ""
        word = self.lower[before]
        if word in self.words.firm:
            return "firm"
        if (
            word == "of"
            and before >= 1
            and (self._measures_from(before) or self.lower[before - 1] in self.words.dwellers)
        ):
            return "firm"
        if word not in self.words.loose:
            return "firm" if self.told_after(last) else ""
        token = self.doc[before]
        if self.told_after(last):
            return "firm"
        return "firm" if token.tag_ in ("IN", "TO") and token.head.lemma_ in self.words.motion else "loose"

    def told_after(self, last: int) -> bool:
        """ "Al Fatayih, a Libyan village": an apposition that says what the name is."""
        if last + 2 >= len(self) or self.lower[last] != "," or self.lower[last + 1] not in ("a", "an", "the"):
            return False
        following = itertools.takewhile(lambda word: word not in _STOPS, self.lower[last + 2 : last + 7])
        words = list(following)
        owned = self.lower[last + 2 + len(words)] in ("'s", "’s") if last + 2 + len(words) < len(self) else False
        if owned or "'s" in words or "’s" in words:
            return False  # "Samir Kharoubi, the town's mayor"
        return any(self.words.kinds.get(word) == "settlement" for word in words) or (
            words[-1:] != [] and words[-1] in self.words.parts and self.lower[last + 2 + len(words)] in ("of", "in")
        )

    def _measures_from(self, of: int) -> bool:
        """ "north of X", "on the outskirts of X"."""
        if self.lower[of - 1] in self.words.directions:
            return True
        return any(tuple(self.lower[of + 1 - len(p) : of + 1]) == p for p in self.words.near if len(p) > 1)

    def _heads_dateline(self, last: int) -> bool:
        """ "MOGADISHU, Somalia (AP) —" at the head of a passage."""
        head = self.lower[last : last + 8]
        return self.passage.kind == "dateline" or any(mark in _AGENCY_MARKS for mark in head)

    def listed_after(self, earlier_last: int, first: int) -> bool:
        """ "in Derna, Sirte and Brak": true where only list marks stand between two names."""
        between = self.lower[earlier_last:first]
        return 0 < len(between) <= 3 and all(word in _LISTING for word in between)

    def containers(self, last: int, gazetteer: Gazetteer) -> tuple[str, ...]:
        """The names after a name that say where it lies: "Paris, Texas", "Fuyang in eastern Anhui", "(Gossi, Gao)".

        Names that are no country or first-level division are passed over, two at most.
        """
        found: list[str] = []
        passed = 0
        while last < len(self) and self.lower[last] in (",", "(", "in") and passed < 3 and len(found) < 3:
            start = self._behind_link(last)
            if start >= len(self) or not self.capital[start]:
                break
            end = self.run_end(start)
            name = self._area(start, end, gazetteer)
            if name is None:
                passed += 1
            else:
                found.append(name)
            last = end + 1 if end < len(self) and self.lower[end] in self.words.kinds else end
        return tuple(found)

    def _behind_link(self, link: int) -> int:
        """Past the words between a name and the area that holds it: "Rafah*, in the southern province of* Sinai"."""
        start, size = link + 1, len(self)
        inside = self.lower[link] == "in"
        if not inside and start < size and self.lower[start] == "in":
            inside, start = True, start + 1
        while start < size and not self.capital[start]:
            word = self.lower[start]
            if not (word in DIRECTIONAL or word == "-" or (inside and (word in _LEADING or word in self.words.kinds))):
                break
            start += 1
        return start

    def _area(self, start: int, end: int, gazetteer: Gazetteer) -> str | None:
        """The longest name of a country or first-level division that starts at `start`.

        A name that goes on in other words is another's: "North Western Tigray" is not Zambia's North-Western.
        """
        for stop in range(min(end, start + 6), start, -1):
            name = self.phrase(start, stop)
            if any(e.locus.kind in ("country", "adm1") for e in gazetteer.named(name)):
                return None if stop < end and self.directional(start, stop) else name
        return None

    def directional(self, first: int, last: int) -> bool:
        """True for words of direction alone: "North Western", which is a province's name as well."""
        return all(self.lower[i] in DIRECTIONAL for i in range(first, last))

    def lies_by(self, last: int, gazetteer: Gazetteer) -> bool:
        """ "Kinsabba in Latakia province", "Mbalala, outside Chibok": a known place follows that holds the name."""
        at = self._behind_apposed(last + 1) if last < len(self) and self.lower[last] == "," else last
        at = self._behind_measure(at)
        if at < len(self) and self.lower[at] in self.words.directions:
            at += 2 if at + 1 < len(self) and self.lower[at + 1] == "of" else len(self)
        elif at < len(self) and self.lower[at] in _HOLDING:
            at += 1
        else:
            return False
        while at < len(self) and (self.lower[at] in DIRECTIONAL or self.lower[at] == "the"):
            at += 1
        if at >= len(self) or not self.capital[at]:
            return False
        run = self.run_end(at)
        if run < len(self) and self.words.kinds.get(self.lower[run]) in ("adm1", "adm2"):
            return True  # "Yelewata, in Guma *district*"
        ends = range(min(run, at + 4), at, -1)
        return any(e.fit >= _SURE_FIT for end in ends for e in gazetteer.named(self.phrase(at, end)))

    def _behind_measure(self, at: int) -> int:
        """Past "some 80 km" in "Gharyan, some 80 km south of Tripoli"."""
        for stop in range(at + 1, min(at + _LONGEST_MEASURE, len(self))):
            if self.lower[stop] in self.words.units:
                return stop + 1 if any(self.doc[i].pos_ == "NUM" for i in range(at, stop)) else at
        return at

    def _behind_apposed(self, at: int) -> int:
        """Past "a rebel-held village" in "Tokhar, a rebel-held village near Manbij"."""
        if at >= len(self) or self.lower[at] not in ("a", "an", "the"):
            return at
        stop = min(at + 8, len(self))
        return next((i + 1 for i in range(at + 1, stop) if self.lower[i] in self.words.kinds), at)

    def of_agency(self, first: int, last: int) -> bool:
        """ "state news agency Sana said", "the Sana news agency", "said Sana, a Syrian daily": named like a city, and
        none."""
        before = [word for word in self.lower[max(0, first - 3) : first] if word not in ("(", ",", '"')]
        if before and before[-1] in self.words.agencies:
            return True
        if any(word in self.words.agencies for word in self.lower[last : last + 2]) and not self.sets_off(last):
            return True
        return told_a_body(self.doc[first:last])

    def owner(self, first: int) -> str | None:
        """The name of the country before a name and its kind word: "the Nigerian town of Baga", "Syria's Azaz"."""
        before = first - 1
        while before >= 0 and self.lower[before] in DIRECTIONAL:
            before -= 1
        if before >= 1 and self.lower[before] == "'s":
            before -= 1
        for start in (before, before - 1):
            if start < 0 or not self.capital[start]:
                continue
            role = self.words.demonyms.get(fold(self.phrase(start, before + 1)))
            if role is not None and role.startswith("country:"):
                return countries()[role.removeprefix("country:")].name
        return None

    def part_of_longer(self, first: int, last: int, run: tuple[int, int]) -> bool:
        """True where capitalised words go on before or after: "Derna Council", "President Lincoln"."""
        before = first - 1
        if before >= run[0]:
            if self.capital[before] and not self.sets_off(before):
                return True
            if self.lower[before] == "of" and before > run[0] and self.capital[before - 1]:
                return (
                    self.lower[before - 1] not in self.words.kinds and self.lower[before - 1] not in self.words.dwellers
                )
        return last < run[1] and self.capital[last] and not self.sets_off(last)

    def hyphened(self, first: int, last: int, strong: bool) -> bool:
        """Half of a compound name: "Pul" of "Pul-e Khumri", "Gaza" of "Amada-Gaza"; not "Aleppo-based".

        A `strong` name may stand in a pair of places: "the Damascus-Aleppo road".
        """
        sides = [first - 2] if first > 1 and self.lower[first - 1] == "-" else []
        if last + 1 < len(self) and self.lower[last] == "-":
            sides.append(last + 1)
        if strong and sides and self.between_towns(first, last):
            return False
        if any(self.lower[side] in (_PARTICLES if strong else _INSIDE) for side in sides):
            return True
        named = [side for side in sides if self.capital[side]]
        return any(not strong or self.entity(side) is None or self.entity(side) == self.entity(first) for side in named)

    def between_towns(self, first: int, last: int) -> bool:
        """ "the *Kaduna*-*Abuja* road": a way from one place to the other."""
        if first > 0 and self.lower[first - 1] != "-" and self.lower[last : last + 1] != ["-"]:
            return False
        ends = [last] if first > 0 and self.lower[first - 1] == "-" else range(last + 2, min(last + 5, len(self)))
        return any(end < len(self) and self.lower[end] in self.words.ways for end in ends)

    def names_building(self, last: int) -> bool:
        """True where a name goes on with what many towns name after others: "the Quds *hospital*"."""
        return last < len(self) and self.lower[last] in self.words.buildings

    def sets_off(self, at: int) -> bool:
        """Capitalised words that stand beside a place's name without making it another's."""
        word = self.lower[at]
        if word in self.words.kinds or word in DIRECTIONAL or word in self.words.demonyms:
            return True
        entity = self.entity(at)
        if entity is not None and entity.label in ("DATE", "TIME"):
            return True
        token = self.doc[at]
        return bool(token.is_sent_start) and token.pos_ not in ("PROPN", "NOUN", "ADJ")

    def says(self, last: int) -> bool:
        """True where the name is who says something: more often a person's than a small town's."""
        token = self.doc[last - 1]
        return token.dep_ == "nsubj" and token.head.lemma_ in ("say", "tell", "add", "claim", "ask", "argue")

    def blocked(self, at: int) -> int | None:
        """The end of a name that holds a place and is none ("Ahrar al-Sham"), where one starts at `at`."""
        lower, size = self.lower, len(self.lower)
        for words in self.words.not_places.get(lower[at], ()):
            end = at
            for word in words:
                if end < size and lower[end] == "-" and word != "-":
                    end += 1
                if end >= size or lower[end] != word:
                    break
                end += 1
            else:
                return end
        return None


def _shouts(texts: list[str]) -> bool:
    """True for a passage set in capitals."""
    words = [text for text in texts if text.isalpha() and len(text) > 1]
    return len(words) >= 8 and sum(map(str.isupper, words)) > 0.7 * len(words)


def _is_capital(text: str) -> bool:
    return text[0].isupper() or (len(text) > 1 and text[0] in _OPENING and text[1].isupper())
