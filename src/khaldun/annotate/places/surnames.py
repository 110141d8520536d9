"""Names of persons that are names of towns as well."""

from __future__ import annotations

from collections.abc import Iterable

from khaldun.annotate.places.reading import Reading
from khaldun.annotate.tables.gazetteer import Gazetteer
from khaldun.annotate.tables.naming import fold
from khaldun.annotate.words import Tokens


def surnames_in(readings: Iterable[Reading], gazetteer: Gazetteer) -> frozenset[str]:
    """First and last words of full names of persons: a later "Tunis" alone may be Mr Tunis."""
    names: set[str] = set()
    for reading in readings:
        for entity in reading.doc.ents:
            if entity.label_ == "PERSON" and len(entity) > 1 and not _named_by_place(entity, reading, gazetteer):
                last = entity[-2] if entity[-1].tag_ == "POS" and len(entity) > 2 else entity[-1]
                names.update((fold(entity[0].text), fold(last.text)))
    return frozenset(names)


def _named_by_place(entity: Tokens, reading: Reading, gazetteer: Gazetteer) -> bool:
    """True for what is a place for all that spaCy takes it for a person: "Rakhine State", "*Homs Waar* quarter"."""
    behind = reading.lower[entity.end] if entity.end < len(reading) else ""
    if behind in reading.words.parts:
        return True
    return entity[-1].lower_ in reading.words.kinds or bool(gazetteer.named(entity.text))
