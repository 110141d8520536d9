"""The side that a people's adjective stands for: "a *Kurdish*-held town", "the *Kurdish* enclave of X"."""

from __future__ import annotations

from khaldun.annotate.roles.fillers import UNDER_ARMS, Fillers
from khaldun.annotate.words import Token
from khaldun.model import Mention


def of_people(adjective: Token, fillers: Fillers) -> list[Mention]:
    """The one armed side of the report that bears the adjective: "*Kurdish* YPG fighters" for "a Kurdish-held town"."""
    if not adjective.text[:1].isupper():
        return []
    armed = [m for m in fillers.report_actors if fillers.type_of(m) in UNDER_ARMS]
    for bears in (_bears, _holds):
        borne = {m.entity: m for m in armed if bears(m, f"{adjective.text} ", fillers.text)}
        if borne:
            return list(borne.values()) if len(borne) == 1 else []
    return []


def _bears(actor: Mention, adjective: str, text: str) -> bool:
    """ "*Kurdish* fighters", "*Kurdish* YPG fighters", whichever words the name has."""
    return actor.quote.startswith(adjective) or text.endswith(adjective, 0, actor.span.start)


def _holds(actor: Mention, adjective: str, _text: str) -> bool:
    """ "Two *Kurdish* fighters"."""
    return f" {adjective}" in actor.quote


def force_of(actor: Mention, fillers: Fillers) -> Mention:
    """The force that those belong to who say that "*they* now control X": "*rebel* commanders", "*army* officials"."""
    if actor.form != "pronoun" or fillers.type_of(actor) in UNDER_ARMS:
        return actor
    named = [m.span for m in fillers.report_actors if m.entity == actor.entity]
    inner = (m for m in fillers.report_actors if fillers.type_of(m) in UNDER_ARMS)
    return next((m for m in inner if any(s.contains(m.span) for s in named)), actor)
