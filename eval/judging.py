"""What labelled texts say of the findings of each kind: right or not, one judge a set.

A judge takes the benchmark's own measure of what counts as right, and leaves out findings its labels cannot judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import formats
from ablation import held_out_rows, scorer
from fitting import Judged
from khaldun.annotate.kit import Kit
from khaldun.annotate.scores import ways
from khaldun.export.acled import acled_rows
from khaldun.export.incidents import incidents, way_of_incident
from khaldun.export.plover import plover_events
from khaldun.ingest import read_inputs
from khaldun.likelihood import Way
from khaldun.model import Attribution, Span, make_id
from khaldun.workflow.extraction import Reading, readings, record_of
from texts import OWN, Row, Text, load_rows, read_only, read_texts, sampled, write_gold

SAMPLES = {"geo": 200, "temporal": 70, "muc4": 200, "acled": 300}
"""About so many texts of the large sets, chosen by their ids."""


class _Set:
    """The texts of one set with what was found in them, and the benchmark's scorer."""

    def __init__(self, data: Path, name: str, rows: Sequence[Row], kit: Kit) -> None:
        self.name, self.rows, self.layered = name, rows, kit.reader is not None
        self.made: ModuleType = scorer(data / "bench" / name / "score.py")
        texts = [Text(r["id"], r["text"], published=r.get("dct")) for r in rows]
        self._found = dict(read_only(read_texts(texts, kit, name)))

    def read(self) -> Iterator[tuple[Row, Reading, dict[str, Way]]]:
        """Each text that could be read, with the way in which each of its findings was made."""
        for row in self.rows:
            if row["id"] in self._found:
                reading = self._found[row["id"]]
                yield row, reading, dict(ways(reading.annotation, layered=self.layered))

    def judged(self, row: Row, way: Way, right: bool) -> Judged:
        return Judged(way, bool(right), self.name, str(row["id"]))


def _sample(data: Path, name: str) -> list[Row]:
    rows = load_rows(data / "bench" / name / "dev.jsonl")
    if name == "muc4":
        rows = [r for r in rows if r["id"].startswith(("TST1", "TST2"))]
    return sampled(rows, SAMPLES.get(name), lambda row: str(row["id"]))


# ------------------------------------------------------------------------------------------------ attributions


def attributions(data: Path, kit: Kit) -> Iterator[Judged]:
    """PolNeAR, articles that trained nothing: source and content share half or more with a gold attribution's.

    Both without a source: content alone. The corpus knows none within another, so those are not judged.
    """
    rows = held_out_rows(data, "polnear")
    for each in (kit, replace(kit, reader=None)):
        found = _Set(data, "polnear", rows, each)
        for row, reading, way in found.read():
            for one, right in _attributions(row, reading.annotation.attributions, found.made):
                yield found.judged(row, way[one.id], right)


def _attributions(
    row: Row, attributions: Sequence[Attribution], made: ModuleType
) -> Iterator[tuple[Attribution, bool]]:
    doc = made.Doc(row["text"])
    gold = [(doc.cover(a["source"]), doc.cover(a["content"])) for a in row["attributions"]]
    groups: dict[tuple[object, ...], list[Attribution]] = defaultdict(list)
    for one in attributions:
        groups[one.source, one.cue].append(one)
    for same in groups.values():
        if not same[0].made_by.startswith("distance") and same[0].parent is None:
            source = doc.cover(_pairs(same[0].source))
            content = doc.cover(_pairs(tuple(s for a in same for s in a.content)))
            yield same[0], any(_half(made, source, s) and _half(made, content, c) for s, c in gold)


def _half(made: ModuleType, left: frozenset[int], right: frozenset[int]) -> bool:
    return (not left and not right) or made.iou(left, right) >= 0.5


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


# ------------------------------------------------------------------------------------------------ mentions, ties


def mentions(data: Path, kit: Kit) -> Iterator[Judged]:
    """re3d but for its BBC part: the words overlap an entity of that type, one to one. Times and places have sets of
    their own; of those only places that the layer alone finds are judged here. Counts are not: most have no label."""
    for each, rows in ((kit, _re3d(data, held=True)), (replace(kit, reader=None), _re3d(data, held=False))):
        found = _Set(data, "re3d", rows, each)
        for row, reading, way in found.read():
            labelled = list(formats.entities(reading))
            right = _hits(found.made, row["entities"], [e for _, e in labelled], found.made.ov)
            for n, (mention, _) in enumerate(labelled):
                if mention.kind in ("actor", "weapon") or way[mention.id].labels == ("learned",):
                    yield found.judged(row, way[mention.id], n in right)


def ties(data: Path, kit: Kit) -> Iterator[Judged]:
    """re3d but for its BBC part: the type and direction of a tie between words that it ties too, one to one.

    Most ties it leaves without a label (of a title it says that it names the same person), so that a pair it does not
    tie is not judged.
    """
    found = _Set(data, "re3d", _re3d(data, held=False), replace(kit, reader=None))
    for row, reading, way in found.read():
        told = [(f, t, [formats.ends(formats.with_article(m.span, row["text"])) for m in (a, b)])
                for f, (t, a, b) in formats.ties(reading)]  # fmt: skip
        given = [{"type": t, "source": a, "target": b} for _, t, (a, b) in told]
        core = [r for r in row["relations"] if r["type"] in found.made.CORE_REL]
        right = _hits(found.made, core, given, found.made.rel_ok(found.made.ov))
        for n, (frame, _, _) in enumerate(told):
            tied = any(_same_pair(found.made, given[n], g) for g in core)
            if way[frame.id].finding == "relation" and tied:
                yield found.judged(row, way[frame.id], n in right)


def _same_pair(made: ModuleType, left: Row, right: Row) -> bool:
    """Both tie the same words, whichever way round."""
    a, b = left["source"], left["target"]
    return any(made.ov(a, right[x]) and made.ov(b, right[y]) for x, y in (("source", "target"), ("target", "source")))


def _re3d(data: Path, *, held: bool) -> list[Row]:
    rows = held_out_rows(data, "re3d") if held else load_rows(data / "bench" / "re3d" / "dev.jsonl")
    return [r for r in rows if r["meta"]["source"] != "BBC Online"]


def _hits(
    made: ModuleType, gold: Sequence[Row], given: Sequence[Row], fits: Callable[[Row, Row], bool]
) -> frozenset[int]:
    """Which of the given items have a partner of their type among the gold ones, one to one."""
    found: set[int] = set()
    for type in {g["type"] for g in given}:
        left = [g for g in gold if g["type"] == type]
        right = [n for n, g in enumerate(given) if g["type"] == type]
        pairs = made.matching(len(left), len(right), lambda i, j, a=left, b=right: fits(a[i], given[b[j]]))
        found |= {right[j] for _, j in pairs}
    return frozenset(found)


# ------------------------------------------------------------------------------------------------ times, places


def times(data: Path, kit: Kit) -> Iterator[Judged]:
    """The temporal set: the words overlap a gold time's, one to one, and the TIMEX3 value is the same."""
    found = _Set(data, "temporal", _sample(data, "temporal"), replace(kit, reader=None))
    for row, reading, way in found.read():
        mine = [m for m in reading.annotation.mentions if m.kind == "time"]
        given = [{"n": n, **t} for n, t in enumerate(formats.temporal(reading)["times"])]
        pairs, _, _ = found.made.pair(row["times"], given)
        same = {p["n"] for g, p, _ in pairs if (g.get("value") or "").strip() == p["value"]}
        for n, mention in enumerate(mine):
            yield found.judged(row, way[mention.id], n in same)


_NEAR_KM = 161


def places(data: Path, kit: Kit) -> Iterator[Judged]:
    """The geo set: the words overlap a gold place's and the point lies within 161 km of it; without a point, that it
    is a place at all. Gold places without degrees judge no point, and of adjectives ("Syrian") and names within other
    names only those that are labelled are judged: most are not.
    """
    found = _Set(data, "geo", _sample(data, "geo"), kit)
    for row, reading, way in found.read():
        mine = [m for m in reading.annotation.mentions if formats.is_place(m)]
        given = formats.geo(reading)["places"]
        matched = {j: row["places"][i] for i, j, _ in found.made.pair(row["places"], given)}
        for n, (mention, place) in enumerate(zip(mine, given, strict=True)):
            right = _lies_there(found.made, matched.get(n), place)
            if right is not None and (n in matched or mention.form == "name"):
                yield found.judged(row, way[mention.id], right)


def _lies_there(made: ModuleType, gold: Row | None, given: Row) -> bool | None:
    if gold is None or not made.located(given):
        return gold is not None
    if not made.located(gold):
        return None
    return bool(made.km(gold["lat"], gold["lon"], given["lat"], given["lon"]) <= _NEAR_KM)


# ------------------------------------------------------------------------------------------------ events


def moves(data: Path, kit: Kit) -> Iterator[Judged]:
    """PLOVER's sentences: the type is one of the sentence's."""
    found = _Set(data, "plover", _sample(data, "plover"), replace(kit, reader=None))
    for row, reading, way in found.read():
        types = {found.made.typ(e) for e in row["events"]}
        for event in plover_events(reading.annotation):
            yield found.judged(row, way[event.frame.id], event.type in types)


def attacks(data: Path, kit: Kit) -> Iterator[Judged]:
    """MUC-4, reports that trained nothing: the report's key has an incident of the type. Single events it does not
    judge: the key says what a report tells of somewhere, and leaves out what is no news."""
    for each in (kit, replace(kit, reader=None)):
        found = _Set(data, "muc4", _sample(data, "muc4"), each)
        for row, reading, _ in found.read():
            types = {t for e in row["events"] for t in found.made.etypes(e)}
            for incident in incidents(reading.annotation, reading.events):
                way = way_of_incident(incident.weight, layered=each.reader is not None)
                yield found.judged(row, way, incident.type.upper() in types)


def notes(data: Path, kit: Kit) -> Iterator[Judged]:
    """ACLED's notes: the row's type is the note's. A note with two happenings stands twice in ACLED, so a second event
    may be right and count as wrong."""
    found = _Set(data, "acled", _sample(data, "acled"), replace(kit, reader=None))
    for row, reading, way in found.read():
        losses: list[tuple[str, str]] = []
        record: Mapping[str, Any] = record_of(reading)
        types = {r["event_id_cnty"].removeprefix("KHD-"): r["event_type"] for r in acled_rows(record, losses)}
        for event in record["events"]:
            if event["id"] in types and (id := _frame_of(event, reading)) is not None:
                yield found.judged(row, way[id], types[event["id"]] == row["event"]["type"])


def _frame_of(item: Row, reading: Reading) -> str | None:
    """The frame that leads an event, a tie or a state of the record."""
    start, end = item["evidence_span"]
    for frame in reading.annotation.frames:
        claim = make_id(reading.report.id, frame.kind, frame.id)
        told = (frame.evidence == Span(start, end)) and frame.kind == item.get("kind", frame.kind)
        if claim == item["id"] or (told and "trigger_span" in item):
            return frame.id
    return None


# ------------------------------------------------------------------------------------------------ whole reports

WHOLE = ("gold", "own")
"""The sets of reports annotated whole."""
_PARTS = ("events", "relations", "control")


def whole_reports(data: Path, kit: Kit) -> Iterator[Judged]:
    """The reports annotated whole, those of `gold/` and our own: each event, tie and state given to their scorer by
    itself."""
    made = scorer(data / "gold" / "score.py")
    for name, folder in zip(WHOLE, (data / "gold", OWN), strict=True):
        docs = sorted((folder / "docs").glob("*.txt"))
        with TemporaryDirectory() as kept:
            write_gold(docs, folder / "gold", Path(kept))
            gold = made.load(kept)
        for path, reading in zip(docs, readings(read_inputs([str(path) for path in docs]), kit), strict=True):
            if isinstance(reading, Reading):
                yield from _parts(
                    made, path.stem, gold[path.stem], reading, source=name, layered=kit.reader is not None
                )


def _parts(made: ModuleType, stem: str, gold: Row, reading: Reading, *, source: str, layered: bool) -> Iterator[Judged]:
    way = dict(ways(reading.annotation, layered=layered))
    record: Mapping[str, Any] = record_of(reading)
    for part in _PARTS:
        for item in record[part]:
            alone = {**record, **{key: [] for key in _PARTS}, part: [item]}
            hit, wrong, _ = made.score_doc(gold, alone)[0][part]
            id = _frame_of(item, reading)
            if id is not None and hit + wrong:
                yield Judged(way[id], bool(hit), source, stem)


JUDGES: tuple[Callable[[Path, Kit], Iterable[Judged]], ...] = (
    attributions, mentions, ties, times, places, moves, attacks, notes, whole_reports,
)  # fmt: skip
"""All judges."""
