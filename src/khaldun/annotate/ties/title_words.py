"""The words of a title as printed, and the place or state that it is of, read off the words beside it.

"Somali *Defence Minister* X" is of Somalia, "the *deputy governor* of Ghazni" of Ghazni, "the *minister of justice*" of
nothing said. Read off the words, since the parser hangs the parts of a title on the name behind it.
"""

from __future__ import annotations

from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.tables.timex_words import calendar_names
from khaldun.annotate.words import Token
from khaldun.model import Locus, Mention

_WORDS = frozenset({"NOUN", "PROPN", "ADJ"})
_LONGEST = 6
"""Words before a title that may belong to it."""
_SHORT = 3
"""Words behind a title that may belong to it: "minister *for foreign affairs*"."""
_OF = frozenset({"of", "for", "in", "to", "at", "from"})


def title_words(title: Token, fillers: Fillers) -> str:
    """The title as printed, with its own modifiers: "military commander", "deputy director", "self-styled emir"."""
    return _printed(_first(title, fillers), _last(title), fillers)


def office_of(title: Token, fillers: Fillers) -> tuple[str, str | None]:
    """A title told without a body: its words, and the name of the place or state that it is of."""
    first = _first(title, fillers)
    last, where = _behind(title, fillers)
    return _printed(first, last, fillers), where or _before(first, fillers)


def _printed(first: Token, last: Token, fillers: Fillers) -> str:
    return fillers.passage.span([first, last]).of(fillers.text)


def _first(title: Token, fillers: Fillers) -> Token:
    """The first word of the title: no article, party, place or nationality is part of it."""
    doc, first = title.doc, title
    for i in range(title.i - 1, max(title.sent.start, title.i - _LONGEST) - 1, -1):
        word = doc[i]
        if word.text == "-" and i > title.sent.start and not word.whitespace_:
            continue
        participle = word.tag_ in ("VBN", "VBG") and word.dep_ in ("amod", "compound")
        own = (word.pos_ in _WORDS and word.dep_ != "ROOT") or participle or doc[i + 1].text == "-"
        if not own or word.ent_type_ in ("DATE", "TIME") or word.lower_ in ties().former:
            break
        parties = (m for m in fillers.actors.get(i, ()) if m.form != "description")
        if _where(word, fillers) is not None or any(m.span.end <= fillers.passage.at(title).start for m in parties):
            break
        first = word
    return first


def _last(title: Token) -> Token:
    """ "chief *of staff*" is one title, as is "minister *of defence*"."""
    behind = title.doc[title.i + 1 : title.i + 3]
    if len(behind) == 2 and behind[0].lower_ == "of" and behind[1].lower_ in ("staff", "state"):
        return behind[1]
    return title


def _behind(title: Token, fillers: Fillers) -> tuple[Token, str | None]:
    """The end of the title and the place behind it: "governor of *Borno*", "minister *of defence*"."""
    last = _last(title)
    for prep in title.children:
        if prep.dep_ != "prep" or prep.lower_ not in _OF or prep.i < last.i:
            continue
        for noun in prep.children:
            if noun.dep_ != "pobj":
                continue
            place = fillers.loci.get(noun.i)
            if place is not None:
                return last, _name(place)
            begins = next((t for t in noun.doc[prep.i + 1 : noun.i + 1] if t.dep_ != "det"), noun)
            if begins.lower_ in calendar_names():  # "chosen as minister in *June*"
                continue
            if begins.text[:1].isupper():  # "the *Warsangeli clan*", a place that no table knows
                return last, _printed(begins, noun, fillers)
            if prep.lower_ in ("of", "for") and prep.i == last.i + 1 and not fillers.actors.get(noun.i):
                return (noun if noun.i - last.i <= _SHORT else last), None
    return last, None


def _before(first: Token, fillers: Fillers) -> str | None:
    """The place or state right before the title: "*Borno* governor", "*Somalia*'s defence minister"."""
    i = first.i - 1
    while i > first.sent.start and (first.doc[i].tag_ == "POS" or first.doc[i].lower_ in ties().former):
        i -= 1
    return _where(first.doc[i], fillers) if i >= first.sent.start else None


def _where(word: Token, fillers: Fillers) -> str | None:
    """The place that a word names, or the state that it is the adjective of."""
    place = fillers.loci.get(word.i)
    if place is not None:
        return _name(place)
    state = state_of(word.text) if word.text[:1].isupper() else None
    return state[1].name if state is not None and state[0] in ("adjective", "name") else None


def _name(place: Mention) -> str:
    """The name as printed; of a nationality the country."""
    named = place.form == "name" and all(word[:1].isupper() or word in _JOINING for word in place.quote.split())
    return place.value.name if isinstance(place.value, Locus) and not named else place.quote


_JOINING = frozenset({"of", "the", "and", "de", "du", "la", "al", "el"})
