"""Slips of the parser on the clause that tells on what occasion people were hurt (see `slips`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_FINITE = ("VBD", "VBZ", "VBP")
_WHEN = frozenset({"when", "as", "after", "before", "while"})


def _give_back_hit(fired: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Two were killed when rockets *fired by the army hit* a bus": what has an agent and no auxiliary has fired
    nothing, and the verb behind that nothing joins to it is the clause's."""
    if fired.tag_ not in ("VBD", "VBN"):
        return
    mine = [t for t in tokens[fired.sent.start : fired.sent.end] if heads[t.i] == fired.i]
    subject = next((t for t in mine if t.dep_ == "nsubj" and t.i < fired.i), None)
    when = next((t for t in mine if t.lower_ in _WHEN and t.i < fired.i), None)
    agent = next((t for t in mine if t.dep_ == "agent" and t.i > fired.i), None)
    if subject is None or when is None or agent is None or any(t.dep_ in ("auxpass", "aux") for t in mine):
        return
    hit = next((t for t in tokens[agent.i : fired.sent.end] if t.tag_ in _FINITE and t.pos_ == "VERB"), None)
    if hit is None or hit.dep_ != "conj" or tokens[hit.i - 1].dep_ == "cc":
        return
    if any(t.dep_ in ("nsubj", "nsubjpass") and heads[t.i] == hit.i for t in tokens[fired.i : hit.i]):
        return
    _free_others(hit, fired, tokens, heads)
    heads[hit.i], hit.dep_ = heads[fired.i], "advcl"
    heads[fired.i], fired.dep_, fired.tag_ = subject.i, "acl", "VBN"
    heads[subject.i] = heads[when.i] = hit.i


def _free_others(hit: Token, fired: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Nine were killed *and ten others hurt* when rockets fired by rebels *hit* a bus": no others hit."""
    others = next((t for t in tokens[hit.sent.start : fired.i] if t.dep_ == "nsubj" and heads[t.i] == hit.i), None)
    hurt = tokens[heads[fired.i]]
    if others is None or hurt.dep_ != "acl" or heads[hurt.i] != others.i or heads[hit.i] == hit.i:
        return
    heads[hurt.i], hurt.dep_, hurt.tag_ = heads[hit.i], "conj", "VBN"
    heads[others.i], others.dep_ = hurt.i, "nsubjpass"


def _give_back_when(hit: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Others were hurt *when rockets hit* a bus": the occasion of what was done to them, and not who they are."""
    whom = tokens[heads[hit.i]]
    hurt = tokens[heads[whom.i]]
    when = next((t for t in tokens[whom.i : hit.i] if heads[t.i] == hit.i and t.lower_ in _WHEN), None)
    if when is not None and whom.dep_ in ("nsubj", "nsubjpass") and whom.i < hurt.i < when.i:
        heads[hit.i], hit.dep_ = hurt.i, "advcl"


def _give_back_others(hit: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Nine were killed and *ten others hurt when shells struck* a bus": two subjects are those of two clauses."""
    if hit.pos_ != "VERB":
        return
    mine = [t for t in tokens[hit.sent.start : hit.i] if heads[t.i] == hit.i]
    when = next((t for t in mine if t.lower_ in _WHEN), None)
    subjects = [t for t in mine if t.dep_ == "nsubj"]
    if when is None or len(subjects) != 2 or not subjects[0].i < when.i < subjects[1].i:
        return
    hurt = tokens[subjects[0].i + 1]
    if hurt.tag_ != "VBN" or hurt.dep_ != "acl" or heads[hurt.i] != subjects[0].i or heads[hit.i] > hurt.i:
        return
    heads[hurt.i], hurt.dep_ = heads[hit.i], "conj"
    heads[subjects[0].i], subjects[0].dep_ = hurt.i, "nsubjpass"
    heads[hit.i], hit.dep_ = hurt.i, "advcl"


OCCASIONS_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "advcl": _give_back_hit,
    "conj": _give_back_others,
    "relcl": _give_back_when,
}
"""What mends the slips at a word, by its function."""
