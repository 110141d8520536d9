"""The branch of a body that one leads who leads its efforts in a country: "led *the Front's efforts in Libya*"."""

from __future__ import annotations

from collections.abc import Iterable

from khaldun.annotate.actors.nationality import country_in
from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.words import Token
from khaldun.model import Mention


def branch_led(body: Mention, waged: Iterable[Token], fillers: Fillers) -> Mention | None:
    """The branch of `body` that the report names for the country in which it wages what is led, or None: where "the
    Front's *Libyan branch*" has fought, who "led the Front's efforts *in Libya*" led that."""
    country = next((c for token in waged for c in _countries(token)), None)
    if country is None:
        return None
    for mention in fillers.report_actors:
        if mention.entity == body.entity or mention.form != "description":
            continue
        if _is_branch(mention, body, fillers) and country_in(mention.quote) == country:
            return mention
    return None


def _countries(waged: Token) -> Iterable[str]:
    """Where it is waged; the parser may hang that on the verb that leads it."""
    for word in (waged, waged.head):
        for token in arguments(word).get("in", ()):
            told = state_of(token.text)
            if told is not None and told[0] == "name":
                yield told[1].iso3


def _is_branch(mention: Mention, body: Mention, fillers: Fillers) -> bool:
    words = mention.quote.casefold().split()
    whose = next((n for n in _names(body, fillers) if n.casefold() in mention.quote.casefold()), None)
    tied = {ties().branches.get(w.rstrip("s")) for w in words}
    return whose is not None and not tied.isdisjoint({"part_of", "affiliated_with"})


def _names(body: Mention, fillers: Fillers) -> Iterable[str]:
    entity = fillers.entities.get(body.entity or "")
    return [n.text for n in entity.names if n.form in {"name", "acronym"}] if entity is not None else [body.quote]


__all__ = ["branch_led"]
