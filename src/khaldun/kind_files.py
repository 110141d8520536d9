"""What a file with a kind of the user's own must hold, and what is wrong with one that does not.

Only the shape is judged here. Whether the words are found is judged by reading the file's own examples.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khaldun.knowledge import load_data
from khaldun.model import Family
from khaldun.ontology import kinds

FAMILIES: Mapping[str, Family] = {"event": "event", "relation": "relation"}
_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
_PARTED = re.compile(r"[\s-]")
_ARTICLE = re.compile(r"\s(?:a|an|the)\s", re.I)
_TEXTS = ("label", "definition", "example")
_KEYS = frozenset(
    "kind family label plain definition plover acled roles example counterexample violent two_sided symmetric "
    "triggers cues lists".split()
)
_ROLES = ("actor", "target", "place", "time", "instrument", "object", "origin", "destination")
_WORDS = ("verbs", "nouns", "phrases")
_TRIGGER_KEYS = frozenset({*_WORDS, "args", "needs", "bars", "weak", "agents", "examples", "counterexamples"})
_CUES = ("titles", "branches", "participles", "predicates")
_CUE_KEYS = frozenset({"lemmas", "source", "target", "complement", "verb", "examples", "counterexamples"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where, and how to mend it."""

    file: str
    entry: str
    wrong: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.entry}" if self.entry else self.file
        return f"{where}: {self.wrong} ({self.mend})"


@dataclass(frozen=True, slots=True)
class _Fault:
    entry: str
    wrong: str
    mend: str


def problems_in(file: str, entry: Any, taken: Iterable[str] = ()) -> list[Problem]:
    """Everything that is wrong with one loaded file; `taken` are the ids of kinds in other files."""
    if not isinstance(entry, Mapping):
        return [Problem(file, "", "holds no fields", "write one `name: value` a line, first `kind: checkpoint.set_up`")]
    return [Problem(file, fault.entry, fault.wrong, fault.mend) for fault in _faults(entry, frozenset(taken))]


def _faults(entry: Mapping[str, Any], taken: frozenset[str]) -> Iterator[_Fault]:
    yield from _unknown("", entry, _KEYS)
    yield from _id_faults(entry.get("kind"), taken)
    for name in _TEXTS:
        if not _is_text(entry.get(name)):
            yield _Fault(name, "is missing", f"write `{name}:` and a text")
    family = entry.get("family", "event")
    if family not in FAMILIES:
        yield _Fault("family", f"'{family}' is none", "write `family: event` or `family: relation`")
        return
    yield from _mapping_faults(entry)
    yield from _listed("roles", entry.get("roles", []), _ROLES if family == "event" else ("source", "target"))
    if family == "event":
        yield from _event_faults(entry)
    else:
        yield from _relation_faults(entry)


def _id_faults(name: Any, taken: frozenset[str]) -> Iterator[_Fault]:
    if not isinstance(name, str) or not _ID.fullmatch(name):
        yield _Fault(
            "kind", f"'{name}' is no id", "write small letters and underscores, as in `kind: checkpoint.set_up`"
        )
    elif name in kinds():
        yield _Fault("kind", f"'{name}' is a kind of the house", "give your kind another id")
    elif name in taken:
        yield _Fault("kind", f"'{name}' is in another file too", "keep one file a kind")


def _mapping_faults(entry: Mapping[str, Any]) -> Iterator[_Fault]:
    """PLOVER's type and ACLED's sub-type must be real ones: the exports pass them on."""
    plover = entry.get("plover") or {}
    types = sorted({k.plover_type for k in kinds().values() if k.plover_type})
    if not isinstance(plover, Mapping):
        yield _Fault("plover", "is no pair", "write `plover: {type: MOBILIZE, mode: null}`")
    elif plover.get("type") is not None and plover["type"] not in types:
        yield _Fault("plover", f"'{plover['type']}' is no type of PLOVER", f"write one of {', '.join(types)}")
    subs = list(load_data("rules/acled.yaml")["sub_types"])
    acled = entry.get("acled")
    if acled is not None and acled not in subs:
        mend = f"write {_nearest(str(acled), subs)}; leave it out for Other; null for what ACLED does not code"
        yield _Fault("acled", f"'{acled}' is no sub-type of ACLED", mend)


# ------------------------------------------------------------------------------------------------ events


def _event_faults(entry: Mapping[str, Any]) -> Iterator[_Fault]:
    if entry.get("cues"):
        yield _Fault("cues", "are words of a relation", "write `family: relation`, or `triggers:` for an event")
    lists = entry.get("lists") or {}
    if not isinstance(lists, Mapping) or not all(_are_texts(words) for words in lists.values()):
        yield _Fault("lists", "is no lists of words", "write `lists: {shrines: [mosque, church]}`")
    else:
        for word in (word for words in lists.values() for word in words if _PARTED.search(word.strip())):
            mend = "write the noun that the phrase is built on, as in `tower` for a bell tower"
            yield _Fault("lists", f"'{word}' is more than one word, and only single words are found", mend)
    rows = entry.get("triggers")
    if not isinstance(rows, list) or not rows:
        yield _Fault("triggers", "are missing", "list at least one with `verbs`, `nouns` or `phrases`")
        return
    for number, row in enumerate(rows, 1):
        yield from _trigger_faults(f"triggers, entry {number}", row)


def _trigger_faults(where: str, row: Any) -> Iterator[_Fault]:
    if not isinstance(row, Mapping):
        yield _Fault(where, "holds no fields", "write `verbs: [damage]` and `examples:` below one dash")
        return
    yield from _unknown(where, row, _TRIGGER_KEYS)
    if not any(row.get(name) for name in _WORDS):
        yield _Fault(where, "has no word", "write `verbs:`, `nouns:` or `phrases:`, each in its base form")
    for name in _WORDS:
        if row.get(name) is not None and not _are_texts(row[name]):
            yield _Fault(where, f"`{name}` is no list of words", f"write `{name}: [first, second]`")
    for phrase in row.get("phrases") or ():
        if isinstance(phrase, str) and " " not in phrase:
            yield _Fault(
                where, f"'{phrase}' is no phrase", "a phrase is a verb with its noun, as in `set up checkpoint`"
            )
        elif isinstance(phrase, str) and _ARTICLE.search(phrase):
            bare = _ARTICLE.sub(" ", phrase)
            yield _Fault(where, f"'{phrase}' holds an article, and none is compared", f"write `{bare}`")
    args = row.get("args") or {}
    if not isinstance(args, Mapping) or not all(_are_texts(functions) for functions in args.values()):
        mend = "write `args: {actor: [A], target: [P, of], place: [in, at]}`: A subject, P object, else a preposition"
        yield _Fault(where, "`args` does not say who stands where", mend)
    else:
        yield from _listed(f"{where}, args", list(args), _ROLES)
    for name in ("needs", "bars"):
        value = row.get(name) or {}
        if not isinstance(value, Mapping) or not all(map(_is_text, value.values())):
            yield _Fault(where, f"`{name}` is no pairs", f"write `{name}: {{P: people}}`")
    for name in ("examples", "counterexamples"):
        if not _are_texts(row.get(name)):
            yield _Fault(where, f"has no `{name}`", f"write `{name}:` and at least one sentence of your own")


# ------------------------------------------------------------------------------------------------ relations


def _relation_faults(entry: Mapping[str, Any]) -> Iterator[_Fault]:
    if entry.get("triggers"):
        yield _Fault("triggers", "are words of an event", "write `cues:` for a relation")
    cues = entry.get("cues")
    if not isinstance(cues, Mapping) or not any(cues.values()):
        yield _Fault("cues", "are missing", f"write at least one of {', '.join(_CUES)}")
        return
    yield from _listed("cues", list(cues), _CUES)
    for part, rows in cues.items():
        if not isinstance(rows, list):
            yield _Fault(f"cues, {part}", "is no list", "begin each entry with a dash")
            continue
        for number, row in enumerate(rows, 1):
            yield from _cue_faults(f"cues, {part}, entry {number}", part, row)


def _cue_faults(where: str, part: str, row: Any) -> Iterator[_Fault]:
    if not isinstance(row, Mapping):
        yield _Fault(where, "holds no fields", "write `lemmas: [financier]` and `examples:` below one dash")
        return
    yield from _unknown(where, row, _CUE_KEYS)
    if not _are_texts(row.get("lemmas")):
        yield _Fault(where, "has no `lemmas`", "write `lemmas: [financier]`, each word in its base form")
    for side in ("source", "target") if part == "predicates" else ():
        if not _is_text(row.get(side)):
            yield _Fault(
                where, f"does not say where the {side} stands", f"write `{side}: A` (subject), P (object) or `with`"
            )
    examples = row.get("examples")
    if not isinstance(examples, list) or not examples or not all(map(_is_tie, examples)):
        mend = 'write `examples: [{text: "A sentence.", source: who, target: whom}]`'
        yield _Fault(where, "has no `examples` with text, source and target", mend)
    if row.get("counterexamples") is not None and not _are_texts(row["counterexamples"]):
        yield _Fault(where, "`counterexamples` is no list of sentences", 'write `counterexamples: ["A sentence."]`')


def _is_tie(example: Any) -> bool:
    return isinstance(example, Mapping) and all(_is_text(example.get(key)) for key in ("text", "source", "target"))


# ------------------------------------------------------------------------------------------------ helpers


def _unknown(where: str, row: Mapping[str, Any], known: frozenset[str]) -> Iterator[_Fault]:
    for key in row:
        if key not in known:
            yield _Fault(where, f"'{key}' is no field", f"did you mean {_nearest(str(key), sorted(known))}?")


def _listed(where: str, found: Any, known: Sequence[str]) -> Iterator[_Fault]:
    for name in found if isinstance(found, list) else [found]:
        if name not in known:
            yield _Fault(where, f"'{name}' is not known", f"write one of {', '.join(known)}")


def _nearest(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=2, cutoff=0.5)
    return " or ".join(f"`{name}`" for name in near or known)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))
