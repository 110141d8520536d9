"""Labelled data read into examples. Which sets may train weights that ship is said in docs/decisions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.language import Language

from khaldun.annotate.learned.labels import (
    ATTRIBUTION_ROLES,
    ENTITY_TYPES,
    EVENT_KINDS,
    EVENT_ROLES,
    FACTUALITY,
    INCIDENT_ROLES,
    INCIDENT_TYPES,
    NAME_TYPES,
    TIES,
    UNDIRECTED_TIES,
)
from training.examples import Anchor, Chars, Example
from training.marked import read_marked

SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s)|\n\n|\Z)", re.S)

PLOVER_KINDS = {
    "AGREE": "agree", "CONSULT": "consult.meet", "SUPPORT": "support", "CONCEDE": "concede",
    "COOPERATE": "cooperate", "AID": "aid", "RETREAT": "retreat.withdraw", "REQUEST": "request",
    "ACCUSE": "accuse", "REJECT": "reject", "THREATEN": "threaten", "PROTEST": "protest", "SANCTION": "sanction",
    "MOBILIZE": "mobilize", "COERCE": "coerce.arrest", "ASSAULT": "assault.attack",
}  # fmt: skip
"""The kind that a bare PLOVER type teaches: the commonest of the type."""


def held_out(example: Example) -> bool:
    """Is this example kept for measuring? Fixed by its id: an eighth (a quarter of the small sets)."""
    if example.source == "muc4":
        return example.id.startswith(("TST1", "TST2"))
    share = 4 if example.source in ("re3d", "plover") else 8
    return int(hashlib.sha1(example.id.encode()).hexdigest(), 16) % share == 0


def rows_of(bench: Path, name: str) -> Iterator[dict[str, Any]]:
    """The lines of a set's dev.jsonl. A line ends where the file says so: texts hold line ends of their own kinds."""
    with (bench / name / "dev.jsonl").open(encoding="utf-8", newline="\n") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_all(bench: Path, sentences: Path, names: tuple[str, ...]) -> Iterator[Example]:
    """The examples of the named sources, in the order of the files."""
    for name in names:
        if name == "own":
            yield from own(sentences)
        else:
            yield from (e for row in rows_of(bench, name) if (e := READERS[name](row)) is not None)


def polnear(row: dict[str, Any]) -> Example:
    """Attributions; stretches that are no article text teach nothing."""
    cues = []
    for a in row["attributions"]:
        roles = [(tuple(s), ATTRIBUTION_ROLES.index(r)) for r in ATTRIBUTION_ROLES[1:] for s in a[r]]
        if a["cue"]:
            cues.append(Anchor(tuple(a["cue"][0]), 1, tuple(roles)))
    text = row["text"]
    for start, end in row["meta"]["discard"]:
        text = text[:start] + re.sub(r"\S", " ", text[start:end]) + text[end:]
    spans = tuple((at, role - 1) for cue in cues for at, role in cue.arguments)
    return Example(
        "polnear", row["id"], text, frozenset({"cue", "said", "case"}), {"cue": tuple(cues)}, {"said": spans}
    )


def re3d(row: dict[str, Any]) -> Example | None:
    """Whole noun phrases and the ties between them; nothing of the part under a non-commercial licence."""
    if row["meta"]["source"] == "BBC Online":
        return None
    spans = tuple(
        ((e["start"], e["end"]), ENTITY_TYPES.index(e["type"])) for e in row["entities"] if e["type"] in ENTITY_TYPES
    )
    others: dict[Chars, list[tuple[Chars, int]]] = {at: [] for at, _ in spans}
    for tie in row["relations"]:
        if tie["type"] not in TIES:
            continue
        ends = [(tie[k]["start"], tie[k]["end"]) for k in ("source", "target")]
        others.setdefault(ends[0], []).append((ends[1], TIES.index(tie["type"])))
        if tie["type"] in UNDIRECTED_TIES:
            others.setdefault(ends[1], []).append((ends[0], TIES.index(tie["type"])))
    ties = tuple(Anchor(at, 1, tuple(found), head_last=True) for at, found in others.items())
    return Example("re3d", row["id"], row["text"], frozenset({"entity", "case"}), {"tie": ties}, {"entity": spans})


def muc4(row: dict[str, Any]) -> Example:
    """Fillers of incident rows and the sentences that tell of one; later mentions of a filler are left open."""
    text = row["text"]
    spans = tuple(((e["start"], e["end"]), INCIDENT_ROLES.index(e["type"])) for e in row["entities"])
    first = {(e["start"], e["end"]) for e in row["entities"]}
    unsure = [
        found.span()
        for name in sorted({e["text"] for e in row["entities"]})
        for found in re.finditer(rf"\b{re.escape(name)}\b", text)
        if found.span() not in first
    ]
    return Example(
        "muc4", row["id"], text, frozenset({"role", "incident"}), {}, {"role": spans}, {"role": tuple(unsure)},
        tuple(_incident_sentences(text, row["events"])),
    )  # fmt: skip


def _incident_sentences(text: str, events: list[dict[str, Any]]) -> Iterator[tuple[Chars, tuple[int, ...]]]:
    """Sentences that hold a filler of a row (the row's type), by the strings of its fillers."""
    named = [
        (
            INCIDENT_TYPES.index(e["type"]),
            {m for slot in e["slots"].values() for filler in slot for m in filler["mentions"]},
        )
        for e in events
        if e["type"] in INCIDENT_TYPES
    ]
    for found in SENTENCE.finditer(text):
        kinds = {kind for kind, names in named if any(n and n in found.group() for n in names)}
        if kinds:
            yield found.span(), tuple(sorted(kinds))


def plover(row: dict[str, Any]) -> Example | None:
    """Events of single sentences; those whose words are not located teach nothing."""
    if row["meta"]["source"] != "PLOVER_GSR_CAMEO":
        return None
    anchors = []
    for event in row["events"]:
        kind = PLOVER_KINDS.get(event["type"])
        if kind is None or not event["triggers"]:
            return None
        roles = [
            ((a["start"], a["end"]), EVENT_ROLES.index(role))
            for role, key in (("actor", "sources"), ("target", "targets"))
            for a in event[key]
            if "start" in a
        ]
        trigger = event["triggers"][0]
        at = (trigger["start"], trigger["end"])
        anchors.append(Anchor(at, EVENT_KINDS.index(kind), ((at, EVENT_ROLES.index("trigger")), *roles)))
    return Example("plover", row["id"], row["text"], frozenset({"trigger", "case"}), {"trigger": tuple(anchors)})


def own(folder: Path) -> Iterator[Example]:
    """The project's own marked sentences."""
    for path in sorted(folder.glob("*.txt")):
        for number, item in enumerate(read_marked(path)):
            anchors = []
            for event in item.events:
                roles = [(event.trigger, EVENT_ROLES.index("trigger"))]
                roles += [(at, EVENT_ROLES.index(role)) for role, places in event.roles.items() for at in places]
                kind, manner = EVENT_KINDS.index(event.kind), FACTUALITY.index(event.factuality)
                anchors.append(Anchor(event.trigger, kind, tuple(roles), manner))
            heads = frozenset({"trigger"} if item.text.isupper() else {"trigger", "case"})
            yield Example("own", f"{path.stem}/{number}", item.text, heads, {"trigger": tuple(anchors)})


def with_names(examples: list[Example], nlp: Language) -> Iterator[Example]:
    """The examples with the names that a spaCy pipeline finds in them; texts in capitals are left as they are."""
    for example in examples:
        if example.text.isupper() or example.source == "muc4":
            yield example
            continue
        lines = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", example.text)]
        docs = nlp.pipe(example.text[start:end] for start, end in lines)
        names = tuple(
            ((start + e.start_char, start + e.end_char), NAME_TYPES.index(e.label_))
            for (start, _), doc in zip(lines, docs, strict=True)
            for e in doc.ents
            if e.label_ in NAME_TYPES
        )
        yield replace(example, heads=example.heads | {"name"}, spans={**example.spans, "name": names})


READERS = {"polnear": polnear, "re3d": re3d, "muc4": muc4, "plover": plover}
