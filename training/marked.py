"""Reads sentences with marked events: the material from which the learned event layer is trained.

One item a line, one to three sentences; a line that starts with ``#`` is a comment, a blank line is free.
``{gunned down|1:assault.firearms!poss}`` is the trigger of event 1, with its kind and, unless the text plainly
asserts it, a flag (``!neg`` said not to have happened, ``!plan`` planned or ordered, ``!poss`` conditional, feared,
asked); ``[the clerk|1.target,2.actor]`` are words that fill roles. Marks never nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from khaldun.errors import InvalidKnowledge
from khaldun.model import Factuality

Span = tuple[int, int]

KINDS: frozenset[str] = frozenset(
    """
    assault.attack assault.offensive assault.killing assault.firearms assault.clash assault.aerial assault.drone
    assault.explosives assault.suicide assault.shelling assault.chemical assault.crowd assault.targeted assault.abduct
    assault.beat assault.torture assault.sexual assault.destroy execution siege mob
    coerce.arrest coerce.seize coerce.restrict coerce.curfew coerce.censor coerce.deport loot weapons.disrupted
    retreat.withdraw retreat.release retreat.ceasefire retreat.disarm resign control.gain control.loss
    base.established organisation.founded organisation.merged organisation.split pledge
    support agree consult.visit consult.meet aid cooperate training recruitment mobilize movement displacement
    protest protest.strike protest.hunger protest.boycott protest.obstruct riot
    media.release request reject accuse threaten sanction concede investigate
    """.split()
)
ROLES: frozenset[str] = frozenset(
    "actor target place time instrument object origin destination killed injured captured displaced".split()
)
FLAGS: Mapping[str, Factuality] = {"": "asserted", "neg": "denied", "plan": "planned", "poss": "possible"}

_MARK = re.compile(
    r"\{(?P<trigger>[^{}\[\]|]+)\|(?P<event>[^{}\[\]|]+)\}|\[(?P<words>[^{}\[\]|]+)\|(?P<roles>[^{}\[\]|]+)\]"
)
_EVENT = re.compile(r"(?P<number>\d+):(?P<kind>[a-z.]+)(?:!(?P<flag>[a-z]+))?")
_ROLE = re.compile(r"(?P<number>\d+)\.(?P<role>[a-z]+)")
_LOOSE = re.compile(r"[{}\[\]|]")


@dataclass(frozen=True, slots=True)
class Event:
    """One marked event. Spans are character offsets (start, end) in the text of its item; roles in text order."""

    kind: str
    factuality: Factuality
    trigger: Span
    roles: dict[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its text without marks, and its events by number (none for a sentence without an event of ours)."""

    text: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Trigger:
    number: int
    kind: str
    factuality: Factuality
    span: Span


@dataclass(frozen=True, slots=True)
class _Role:
    number: int
    name: str
    span: Span


def read_marked(path: Path) -> list[Item]:
    """The items of a file, in its order. Raises InvalidKnowledge naming file, line and fault of every bad line."""
    items: list[Item] = []
    problems: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            items.append(parse_line(line.strip()))
        except ValueError as problem:
            problems.append(f"{path.name}:{number}: {problem}")
    if problems:
        raise InvalidKnowledge("mend the marks:\n" + "\n".join(problems))
    return items


def parse_line(line: str) -> Item:
    """The item of one line. Raises ValueError saying what is wrong with its marks."""
    text, triggers, roles = _unmark(line)
    numbers = [trigger.number for trigger in triggers]
    for number in sorted(set(numbers)):
        if numbers.count(number) > 1:
            raise ValueError(f"event {number} has more than one trigger")
    for role in roles:
        if role.number not in numbers:
            raise ValueError(f"role '{role.name}' of event {role.number}, which has no trigger")
    ordered = sorted(triggers, key=lambda trigger: trigger.number)
    return Item(text=text, events=tuple(_event(trigger, roles) for trigger in ordered))


def _event(trigger: _Trigger, roles: list[_Role]) -> Event:
    filled: dict[str, tuple[Span, ...]] = {}
    for role in roles:
        if role.number != trigger.number:
            continue
        if role.span in filled.get(role.name, ()):
            raise ValueError(f"role '{role.name}' of event {role.number} is marked twice on the same words")
        filled[role.name] = (*filled.get(role.name, ()), role.span)
    return Event(kind=trigger.kind, factuality=trigger.factuality, trigger=trigger.span, roles=filled)


def _unmark(line: str) -> tuple[str, list[_Trigger], list[_Role]]:
    text = ""
    triggers: list[_Trigger] = []
    roles: list[_Role] = []
    at = 0
    for mark in _MARK.finditer(line):
        text += _plain(line[at : mark.start()])
        words = mark["trigger"] or mark["words"]
        if words != words.strip():
            raise ValueError(f"space at the edge of '{words}'")
        span = (len(text), len(text) + len(words))
        if mark["trigger"]:
            triggers.append(_trigger(mark["event"], span))
        else:
            roles.extend(_roles(mark["roles"], span))
        text += words
        at = mark.end()
    return text + _plain(line[at:]), triggers, roles


def _plain(text: str) -> str:
    if loose := _LOOSE.search(text):
        where = text[max(0, loose.start() - 20) : loose.end() + 20]
        raise ValueError(f"nested, open or misspelt mark at '{where}'")
    return text


def _trigger(code: str, span: Span) -> _Trigger:
    match = _EVENT.fullmatch(code)
    if match is None:
        raise ValueError(f"'{code}' is not an event number, a kind and perhaps a flag")
    if match["kind"] not in KINDS:
        raise ValueError(f"unknown kind '{match['kind']}'")
    flag = match["flag"] or ""
    if flag not in FLAGS:
        raise ValueError(f"unknown flag '!{flag}'")
    return _Trigger(number=int(match["number"]), kind=match["kind"], factuality=FLAGS[flag], span=span)


def _roles(codes: str, span: Span) -> Iterator[_Role]:
    for code in codes.split(","):
        match = _ROLE.fullmatch(code)
        if match is None:
            raise ValueError(f"'{code}' is not an event number and a role")
        if match["role"] not in ROLES:
            raise ValueError(f"unknown role '{match['role']}'")
        yield _Role(number=int(match["number"]), name=match["role"], span=span)
