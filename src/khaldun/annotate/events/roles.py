"""Who fills the roles of a happening: its doers, those it is done to, and both as its sides."""

from __future__ import annotations

from khaldun.annotate.actors.numbered import UNARMED
from khaldun.annotate.actors.participants import parties_in
from khaldun.annotate.events.drafts import deed_words
from khaldun.annotate.grammar.syntax import Arguments
from khaldun.annotate.reading.nouns import lemma_in, words_under
from khaldun.annotate.roles.fillers import ARMED, UNDER_ARMS, Fillers, in_list_with
from khaldun.annotate.words import Token
from khaldun.model import Mention

_INSTEAD = frozenset({"dative", "losers"})  # who stands before the object as target


def role_actors(
    functions: tuple[str, ...], given: Arguments, fillers: Fillers, role: str, *, fires: bool = True
) -> tuple[Mention, ...]:
    """Who fills the functions; `fires` says that the kind is one in which arms are used."""
    found: list[Mention] = []
    for function in functions:
        if role != "actor" and found and (function in {"of", "at"} or (function == "P" and given.keys() & _INSTEAD)):
            continue
        for token in given.get(function, ()):
            if function == "compound" and token.lower_ in words_under("backed"):
                continue  # "a US-*backed* offensive": it is not the backer's
            if role == "target" and _is_for_others(function, token):
                continue
            if function == "on" and _is_said_there(token):
                continue  # "denied the attack *on state television*"
            for mention in parties_in(token, fillers):
                if function == "compound" and fillers.type_of(mention) not in ARMED:
                    continue
                if fires and function == "from" and role == "actor" and not _fires_from(mention, token, fillers):
                    continue  # "fire *from rebel positions*", but "rockets from Lebanon"
                found += in_list_with(mention, fillers.mentions, fillers.text) if role == "actor" else [mention]
    return tuple(dict.fromkeys(found))


def _is_for_others(function: str, token: Token) -> bool:
    """ "Bombed the port *at the request of* the council", "*in support of* its troops": they suffer nothing."""
    asked = function in {"at", "on"} and token.lemma_ in deed_words().bidding
    return asked or (token.dep_ == "pobj" and token.head.lower_ == "in" and token.lemma_ in deed_words().aiding)


def _is_said_there(medium: Token) -> bool:
    deed, words = medium.head.head, deed_words()
    return medium.lemma_ in words.airwaves and deed.dep_ == "dobj" and deed.head.lemma_ in words.on_air


def _fires_from(mention: Mention, token: Token, fillers: Fillers) -> bool:
    """True for a side under arms, and for a state whose post or line it is: "fire *from an Afghan post*"."""
    kind = fillers.type_of(mention)
    return kind in UNDER_ARMS or (kind in ARMED and lemma_in(token.text, words_under("positions")))


def without_holders(targets: tuple[Mention, ...], fillers: Fillers) -> tuple[Mention, ...] | None:
    """ "14 people were killed in a market of the *rebel*-held town": those hurt are no rebels. None: as before."""
    aimed_at = tuple(
        m for m in targets if not m.made_by.startswith("holder") or fillers.text[m.span.end : m.span.end + 1] != "-"
    )
    return None if len(aimed_at) == len(targets) else aimed_at


def with_those_hurt(
    aimed_at: tuple[Mention, ...], suffered: tuple[Mention, ...], fillers: Fillers
) -> tuple[Mention, ...]:
    """ "Bombed a clinic run by *the rebels*, killing *two nurses*": those who were killed suffered it too."""
    if not aimed_at:
        return suffered
    if any(fillers.type_of(m) in UNARMED for m in aimed_at):
        return aimed_at  # "a girl was killed and her brother injured by shelling": those hurt are told already
    bystanders = [m for m in suffered if fillers.type_of(m) in UNARMED]
    return (*aimed_at, *bystanders)


def both_as_sides(roles: dict[str, tuple[Mention, ...]]) -> dict[str, tuple[Mention, ...]]:
    """Both sides of a two-sided happening are actor and target alike (codebook, section 1)."""
    both = tuple({m.entity or m.id: m for m in (*roles.get("actor", ()), *roles.get("target", ()))}.values())
    rest = {role: mentions for role, mentions in roles.items() if role not in {"actor", "target"}}
    if len(both) > 1 or any(m.candidates for m in both):
        return {**rest, "actor": both, "target": both}
    return {**rest, "actor": both} if both else rest


def without_overlap(roles: dict[str, tuple[Mention, ...]], kept: str) -> dict[str, tuple[Mention, ...]]:
    """No one is actor and target of one deed by one mention; the reading as `kept` stands."""
    dropped = "target" if kept == "actor" else "actor"
    held = {m.entity or m.id for m in roles.get(kept, ())}
    rest = tuple(m for m in roles.get(dropped, ()) if (m.entity or m.id) not in held)
    return {**{r: m for r, m in roles.items() if r != dropped}, **({dropped: rest} if rest else {})}


def without_own_dead(roles: dict[str, tuple[Mention, ...]], fillers: Fillers) -> dict[str, tuple[Mention, ...]]:
    """ "Five soldiers and *two gunmen* were killed in an attack by gunmen": whom it hit beside others, and who are of
    those that did it by the same word, are their own dead."""
    doers = {_noun(m) for m in roles.get("actor", ()) if m.form == "description" and fillers.type_of(m) in UNDER_ARMS}
    struck = roles.get("target", ())
    rest = tuple(m for m in struck if m.form != "description" or _noun(m) not in doers)
    return {**roles, "target": rest} if doers and rest and len(rest) < len(struck) else roles


def _noun(described: Mention) -> str:
    return described.quote.split()[-1].casefold()
