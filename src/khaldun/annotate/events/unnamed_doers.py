"""Passives that name no doer: "food was delivered to Brak on Monday", "the school was occupied on Tuesday"."""

from __future__ import annotations

from khaldun.annotate.events.drafts import Draft
from khaldun.annotate.grammar.trigger_table import Entry, table
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token

_SOMEBODY = frozenset({"armed", "fighters", "people", "actor", "group"})
_TOLD_SO = frozenset("assault control coerce loot retreat mobilize aid recruitment training siege weapons".split())
_OF_NATURE = ("by", "with", "because", "due", "amid", "after", "for")


def may_be_unnamed(entry: Entry, functions: str, condition: str, draft: Draft, fillers: Fillers) -> bool:
    """True where who did it may stay unsaid: a passive with its own day and ground, and no storm or crash about.

    "Forty houses *were burned* near Brak on Monday" tells of a deed, though an entry asks whose it is; "the bridge was
    destroyed" alone may tell of anything.
    """
    verb = draft.trigger.head
    if condition not in _SOMEBODY or "A" not in functions.split("|") or not draft.trigger.verbal or entry.weak:
        return False
    if entry.kind.split(".")[0] not in _TOLD_SO or entry.agents or entry.political or draft.functions.get("A"):
        return False
    if not any(c.dep_ == "auxpass" for c in verb.children) or any(c.dep_ == "agent" for c in verb.children):
        return False
    if entry.kind in {"mobilize", "control.loss", "retreat.withdraw"} and _undergoes(verb):
        return False  # "the army *was deployed* in Brak", "3,000 people *were evacuated*": the subject takes part
    if any(c.dep_ == "advcl" and any(g.lower_ == "when" for g in c.children) for c in verb.children):
        return False  # "were destroyed on Monday *when the river rose*"
    if any(draft.functions.get(f) for f in _OF_NATURE) or not draft.functions.get("P"):
        return False
    return _has_day_and_ground(verb, fillers) and not any(
        t.lemma_.lower() in table().lists["accident"] for t in verb.sent
    )


def _undergoes(verb: Token) -> bool:
    return any(c.dep_ == "nsubjpass" for c in verb.children)


def _has_day_and_ground(verb: Token, fillers: Fillers) -> bool:
    own = [t for c in verb.children if c.dep_ not in {"advcl", "conj", "ccomp", "parataxis"} for t in c.subtree]
    if not any(t.i in fillers.loci for t in own):
        return False
    words = fillers.passage.span(sorted([verb, *own], key=lambda t: t.i))
    return any(m.kind == "time" and words.contains(m.span) for m in fillers.mentions)
