"""Names that no gazetteer knows: what the words around must say before one is taken for a place."""

from __future__ import annotations

from khaldun.annotate.places.looks import ABBREVIATED, NEVER_PLACES, NOT_A_NAME, Look, Spotted, entity_is
from khaldun.annotate.places.reading import DIRECTIONAL
from khaldun.annotate.reading.nouns import read_noun, words_under
from khaldun.annotate.tables.naming import ARTICLES
from khaldun.knowledge import word_list

_IN_ADDRESSES = ("settlement", "adm2", "adm1")
_STANDING = ("in", "near", "outside")
_TRUSTING = frozenset(
    "believe belief trust faith confidence interest confide hope invest see find star role play appear result".split()
)
_TITLES = frozenset("mr mrs ms dr gen col maj capt lt sgt brig prof sheikh imam president minister".split())
_IN_TOWNS = frozenset({"sheikh", "imam"})  # "the village of *Sheikh* Miskin"
_WATERS = frozenset({"lake", "mount", "wadi", "lac", "rio", "cape", "isla", "cerro", "jebel"})


class UnknownLook(Look):
    """One look at a name without an entry."""

    def unknown(self) -> Spotted | None:
        """A place that the gazetteer lacks: "the village of Xyz", or a label of spaCy's after a preposition."""
        words = self.reading.lower[self.first : self.last]
        if self.longer or not self._all_names(words) or (len(words) == 1 and words[0] in words_under("peoples")):
            return None  # also "the *Yezidi* city"
        if words[0].rstrip(".") in _TITLES - _IN_TOWNS:
            return None
        entity = self.entity
        arabic = self._has_article()
        exact = entity is None or entity_is(entity, self.first, self.last) or self._one_word() or arabic
        if self.addressed and self.kind is not None and self.kind.after and self.kind.level in _IN_ADDRESSES:
            return self._made("name")
        if self._names_ground():
            return self._made("name")
        if self._of_kind() or (self.kind is not None and self.kind.level == "settlement" and not self.kind.capital):
            whole = exact or (entity is not None and entity.last == self.last)
            return self._made("name") if whole and self._named_by_kind() else None
        if self.stake == "sure" and self._is_site():
            return self._made("name")
        if not exact or not (self._is_object() or self.stake == "sure") or self._labelled(*NEVER_PLACES):
            return None
        if self._a_bare_name() and (self._is_told_of() or self._is_held()):
            return self._made("name")
        if self._is_set_in_a_division() or (arabic and self._is_stood_by()):
            return self._made("name")
        bracketed = bool(self.containers) and bool(self.where)
        labelled = self.label in ("GPE", "LOC") or (self._one_word() and self._labelled("GPE", "LOC"))
        if self._in_list() or (labelled and self.stake == "perhaps") or self._lies_there():
            return self._made("name")
        return self._made("name") if bracketed or (labelled and self.located) else None

    def _has_article(self) -> bool:
        """ "*Sheiha al-Gharbiya*", a name in two words with an article between, of which the label may have one."""
        inner = self.reading.lower[self.first + 1 : self.last - 1]
        whole = self.entity is None or (self.first <= self.entity.first and self.entity.last <= self.last)
        return whole and len(inner) == 2 and inner[0] in ARTICLES and inner[1] == "-"

    def _is_stood_by(self) -> bool:
        """ "Shells fell near *Sheiha al-Gharbiya*", "residents of …": whom the label may take for a person, but nobody
        is near one, nor in one, and nobody lives in one."""
        before, doc = self.head - 1, self.reading.doc
        if self.last < len(self.reading) and self.reading.lower[self.last] in ("'s", "’s"):
            return False
        if self._listed() and doc[self.last - 1].dep_ == "conj":
            over = doc[self.last - 1].head.head
            return over.lower_ in _STANDING
        if before < 1 or self.where != "firm" or self.reading.lower[before] not in (*_STANDING, "of"):
            return False
        return doc[before].head.lemma_.lower() not in _TRUSTING

    def _is_site(self) -> bool:
        """ "Took control of *Mosul University*": what is held, and named by what it is."""
        return self.last - self.first > 1 and self.reading.lower[self.last - 1] in self.reading.words.sites

    def _in_list(self) -> bool:
        """ "the villages of Barsalogho and *Foubé*"."""
        return self._listed() and self.reading.doc[self.last - 1].dep_ == "conj" and not self._labelled("ORG", "PERSON")

    def _lies_there(self) -> bool:
        """ "two gangs in *Cité Soleil*", which no gazetteer has and the label takes for a person: nobody is "in" one,
        unless by a word of trust."""
        before = self.head - 1
        if before > 0 and self.reading.lower[before] == "at" and not self._labelled("ORG", "EVENT"):
            ground = self.reading.doc[before - 1].lemma_.lower()  # "an army base *at* Thaw Le Hta"
            return ground in word_list("lexicons/en/territory.yaml", "terrain")
        if before < 0 or self.reading.lower[before] != "in" or not self._labelled("PERSON"):
            return False
        above = self.reading.doc[before].head
        return above.lemma_.lower() not in _TRUSTING and (above.i < before) and self.where == "firm"

    def _one_word(self) -> bool:
        """ "Dand-e-Ghori": a name of several tokens with no blank in it, whatever piece of it is labelled."""
        between = self.reading.doc[self.first : self.last - 1]
        return self.last - self.first > 2 and all(not t.whitespace_ for t in between)

    def _is_told_of(self) -> bool:
        """What the name is or where it lies stands behind it."""
        return self.reading.told_after(self.last) or self.reading.lies_by(self.last, self.gazetteer)

    def _is_set_in_a_division(self) -> bool:
        """ "Attacked *Yelewata*, in Guma district": one word, and behind it the district that holds it."""
        reading, last = self.reading, self.last
        told = reading.lower[last : last + 2] == [",", "in"] and last - self.first == 1 and bool(self.where)
        return told and not self._labelled("ORG", "FAC", "NORP") and reading.lies_by(last, self.gazetteer)

    def _is_held(self) -> bool:
        """ "Rebels control *Tessalit*", "withdrew from *Owiny Kibul*": in one word or two, as towns mostly are."""
        words = [word for word in self.reading.lower[self.first : self.last] if word != "-" and word not in ARTICLES]
        short = len(words) <= 2 and read_noun(self.reading.text[self.last - 1]) is None
        return self.stake == "sure" and short and not self._labelled("ORG")

    def _a_bare_name(self) -> bool:
        """Where a place stands, without the article that buildings and bodies have ("the Old Bailey in London")."""
        article = self.first > 0 and self.reading.lower[self.first - 1] == "the"
        meant = self.where == "firm" or self.stake == "sure" or (self.stake == "perhaps" and not self.entity)
        titled = self.reading.lower[self.first].rstrip(".") in _TITLES
        return meant and not article and not titled and not self._labelled("ORG", "FAC")

    def _named_by_kind(self) -> bool:
        """ "the village of X" always, "X village" unless X is a people's or, with no place told, a person's name."""
        if self._labelled("NORP", *NOT_A_NAME):
            return False
        before = self.kind is not None and not self.kind.after
        people = self._labelled("PERSON") and not self._is_town()
        return before or bool(self.where) or self._owned() or (not people and self._kind_of_settlement())

    def _is_town(self) -> bool:
        """ "Took *Beit Sawa* town", whom the label takes for a person: of no person there is a town or a village."""
        behind = self.reading.doc[self.last : self.last + 2]
        headed = len(behind) > 1 and behind[1].pos_ in ("NOUN", "PROPN")  # "Omar Saleh, *village head*"
        return self.last - self.first > 1 and len(behind) > 0 and behind[0].lower_ in ("town", "village") and not headed

    def _owned(self) -> bool:
        """ "Tillabéri's *Anzourou* area": a part of a place."""
        before = self.previous
        return (
            before is not None
            and before.passage is self.reading.passage
            and before.last == self.head - 1
            and self.reading.lower[self.head - 1] == "'s"
        )

    def _kind_of_settlement(self) -> bool:
        return self.kind is not None and self.kind.level in ("settlement", "adm1", "adm2")

    def _all_names(self, words: list[str]) -> bool:
        if all(w in ARTICLES for w in words) or any(w in self.reading.words.demonyms for w in words):
            return False
        if any(text in ABBREVIATED for text in self.reading.text[self.first : self.last]):
            return False
        water = words[0] in _WATERS and len(words) > 1 and self.label in ("LOC", "GPE")  # "near *Lake Turkana*"
        if any(
            w in self.reading.words.kinds or w in DIRECTIONAL or w in ("the", "and", "of", "&", "'s")
            for w in words[water:]
        ):
            return False
        tokens = self.reading.doc[self.first : self.last]
        told = self.kind is not None and not self.kind.after and self._of_kind()
        return (
            told
            or self._one_word()
            or self.label == "GPE"
            or all(t.pos_ == "PROPN" or not self.reading.capital[t.i] for t in tokens)
        )

    def _is_object(self) -> bool:
        return self.reading.doc[self.last - 1].dep_ in ("pobj", "conj", "appos", "dobj", "npadvmod", "ROOT")
