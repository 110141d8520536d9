"""Media that belong to a state or a side: "state news agency *SANA*", "*regime* television"; not "pro-regime media"."""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.reading.nouns import read_noun, words_under
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.ties.frames import tie_frame
from khaldun.annotate.ties.states import governing, side_told, state_told
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Report

_LEXICON = "lexicons/en/relations.yaml"
_BEFORE = 5  # words before "agency" that may tell whose it is


def of_a_state(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The tie of an outlet by name with the state, or its government, that the report tells of; of an outlet told by
    a side, with that side."""
    before = _words_before(noun)
    side = noun.nbor(-1).lower_ if before and before[0].i == noun.i - 1 else ""
    if side in words_under("of_governments") | {"army", "military", "rebel", "opposition"} and side != "state":
        own = fillers.actor(noun)
        body = side_told(side, fillers)
        if own is not None and body is not None and fillers.type_of(own) == "media" and own.entity != body.entity:
            yield replace(
                tie_frame("affiliated_with", own, body, noun, fillers, report), inferred=frozenset({"target"})
            )
        return
    if not any(_says_state(w) for w in before):
        return
    outlet = _named_outlet(noun, fillers)
    if outlet is None:
        return
    entity = fillers.entities.get(outlet.entity or "")
    told = [t[1].iso3 for w in before if w.text[:1].isupper() and (t := state_of(w.text)) is not None]
    country = told[-1] if told else entity.country_iso3 if entity is not None else None
    body = (state_told(country, fillers) if country is not None else None) or governing(country, fillers)
    if body is not None and body.entity != outlet.entity:
        yield replace(tie_frame("affiliated_with", outlet, body, noun, fillers, report), inferred=frozenset({"target"}))


def _words_before(noun: Token) -> list[Token]:
    """What stands before the noun in its phrase, the nearest first."""
    found: list[Token] = []
    for i in range(noun.i - 1, max(noun.sent.start, noun.i - _BEFORE - 2) - 1, -1):
        word = noun.doc[i]
        if word.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") and word.text != "-":
            break
        found.append(word)
    return found


def _says_state(word: Token) -> bool:
    """ "*State* news agency", "*state*-run", "the *official* agency"; not "*pro*-state"."""
    own = word.lower_ in word_list(_LEXICON, "owned_by_states")
    after = word.nbor(1) if word.i + 1 < len(word.doc) else None
    if after is not None and after.text == "-" and word.i + 2 < len(word.doc):
        return word.lower_ in ("state", "government") and word.nbor(2).lower_ in (
            "run",
            "owned",
            "controlled",
            "funded",
        )
    return own and not (word.i and word.nbor(-1).text == "-" and word.i > 1 and word.nbor(-2).lower_ == "pro")


def _named_outlet(noun: Token, fillers: Fillers) -> Mention | None:
    """The outlet by name: "agency *SANA*", "the agency, *SANA*,", "*SANA*, the state agency"."""
    near = [fillers.actors.get(i, ()) for i in (noun.i + 1, noun.i + 2) if i < len(noun.doc)]
    if noun.dep_ == "appos":
        near.append(fillers.actors.get(noun.head.i, ()))
    joined = noun.i + 1 < len(noun.doc) and (noun.nbor(1).text == "," or noun.nbor(1).pos_ == "PROPN")
    for mentions in near if joined or noun.dep_ == "appos" else ():
        for mention in mentions:
            last = read_noun(mention.quote.split()[-1])
            named = mention.form in ("name", "acronym") and (last is None or last.entry.one != "person")
            if named and fillers.type_of(mention) in ("media", "organisation"):
                return mention
    return None
