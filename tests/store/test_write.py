"""What goes into a store: whole or not at all, nothing twice, nothing overwritten."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from khaldun.errors import StoreProblem, UngroundedQuote
from khaldun.ledger import Ledger
from khaldun.model import Annotation, Assessment, Claim, Dropped, Judgement, Report, Span, When
from khaldun.store import Store, open_store


def test_a_reading_comes_back_equal(store: Store, reading: Any) -> None:
    with store.writer() as writer:
        assert writer.add(*reading) == "new"
    view = store.view()
    report = reading.annotation.report
    assert list(view.reports()) == [report]
    assert view.annotation(report.id) == reading.annotation
    assert tuple(view.entities(report.id)) == reading.annotation.entities
    assert tuple(view.claims(report.id)) == reading.claims
    assert [tuple(c.roles) for c in view.claims()] == [tuple(c.roles) for c in reading.claims]


def test_reading_twice_changes_nothing(store: Store, reading: Any) -> None:
    for expected in ("new", "known", "known"):
        with store.writer() as writer:
            assert writer.add(*reading, raw=b"as received") == expected
    counts = store.view().counts()
    assert (counts.reports, counts.versions, counts.claims) == (1, 1, {"control": 1, "event": 1})


def test_the_same_text_under_another_name_is_the_same_reading(store: Store, reading: Any) -> None:
    copy = replace(reading.annotation, report=replace(reading.annotation.report, input_id="copy.txt", raw="11" * 32))
    with store.writer() as writer:
        writer.add(*reading)
        assert writer.add(copy, reading.claims) == "known"
    assert store.view().counts().versions == 1


def test_other_metadata_is_a_new_version_that_counts(store: Store, reading: Any) -> None:
    report: Report = reading.annotation.report
    later = replace(report, title="Raid, corrected", published=When(None, date(2019, 3, 9), "url"))
    fewer = reading.claims[:1]
    with store.writer() as writer:
        writer.add(*reading)
        assert writer.add(replace(reading.annotation, report=later), fewer) == "changed"
    view = store.view()
    assert list(view.reports()) == [later]
    assert tuple(view.claims()) == fewer
    assert view.versions(report.id) == (report, later)
    with store.writer() as writer:  # the first reading again: nothing new, but it counts once more
        assert writer.add(*reading) == "known"
    assert tuple(store.view().claims()) == reading.claims


def test_raw_bytes_are_kept_by_hash(store: Store, reading: Any) -> None:
    raw = b"<p>as received</p>" * 100
    with store.writer() as writer:
        writer.add(*reading, raw=raw)
    assert store.view().raw(hashlib.sha256(raw).hexdigest()) == raw


def _bent(annotation: Annotation, claims: tuple[Claim, ...]) -> list[tuple[Annotation, tuple[Claim, ...]]]:
    mention, claim = annotation.mentions[0], claims[0]
    far = Span(10_000, 10_001)
    return [
        (replace(annotation, mentions=(replace(mention, quote="The harbour front"),)), claims),
        (replace(annotation, mentions=(replace(mention, span=far),)), claims),
        (replace(annotation, sentences=(far,)), claims),
        (annotation, (replace(claim, quote="its men shot down at least 70 soldiers"),)),
        (annotation, (replace(claim, cue=far),)),
        (annotation, (replace(claim, report="another"),)),
    ]


@pytest.mark.parametrize("n", range(6))
def test_what_the_text_does_not_say_stays_out(tmp_path: Path, reading: Any, n: int) -> None:
    annotation, claims = _bent(*reading)[n]
    with open_store(tmp_path / "x.db") as store:
        with store.writer() as writer, pytest.raises(UngroundedQuote):
            writer.add(annotation, claims)
        assert store.view().counts().reports == 0


def test_two_texts_under_one_id_are_refused(store: Store, reading: Any) -> None:
    other = Annotation(replace(reading.annotation.report, text="x" * 500, references=(), dropped=()))
    with store.writer() as writer:
        writer.add(*reading)
        with pytest.raises(StoreProblem, match="another text"):
            writer.add(other, ())


def test_a_failure_in_the_middle_leaves_nothing_of_the_report(store: Store, reading: Any) -> None:
    twice = (*reading.claims, reading.claims[0])  # the second row of one id breaks the key after much is written
    with store.writer() as writer:
        with pytest.raises(StoreProblem):
            writer.add(reading.annotation, twice)
        assert store.view().counts().reports == 0
        assert writer.add(*reading) == "new"


def test_a_kill_loses_at_most_the_report_being_written(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    script = """
        import os, sys
        from khaldun.model import Annotation, Part, Report, Span, make_id
        from khaldun.store import open_store, write
        real = write._insert_layers
        def dying(connection, version, *rest):
            real(connection, version, *rest)
            if version == 4:
                os.kill(os.getpid(), 9)
        write._insert_layers = dying
        with open_store(sys.argv[1]) as store, store.writer() as writer:
            for n in range(9):
                text = f"Report number {n}"
                part = Part("body", Span(0, len(text)))
                writer.add(Annotation(Report(make_id(text), f"{n}.txt", "", text, (part,))), ())
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(path)], check=False)
    assert done.returncode == -9
    with open_store(path) as store:
        assert [r.input_id for r in store.view().reports()] == ["0.txt", "1.txt", "2.txt"]
        assert store.view().search("number 2")[0].quote == "Report number 2"


def test_unread_inputs_are_kept_with_their_reason_until_read(store: Store, reading: Any) -> None:
    with store.writer() as writer:
        writer.record_unread("scan.pdf", "no text layer", raw=b"%PDF")
        writer.record_unread("raid.txt", "empty", "ab" * 32)
        writer.record_unread("scan.pdf", "no text layer", raw=b"%PDF")
    view = store.view()
    assert [(u.input_id, u.reason) for u in view.unread()] == [("scan.pdf", "no text layer"), ("raid.txt", "empty")]
    assert view.raw(str(view.unread()[0].raw)) == b"%PDF"
    with store.writer() as writer:
        writer.add(*reading)
    assert [u.input_id for u in store.view().unread()] == ["scan.pdf"]


def test_judgements_only_grow_and_rules_run_again_add_nothing(store: Store) -> None:
    rule = Judgement("a", "b", "SAME", 0.9, "same name", "rule:same_name")
    person = Judgement("b", "a", "DIFFERENT", 1.0, "two men", "analyst", datetime(2024, 1, 1, tzinfo=UTC))
    with store.writer() as writer:
        assert writer.add_judgements([rule, rule, person]) == 2
        assert writer.add_judgements([rule, person]) == 0
    rows = list(store.view().judgements())
    assert rows == [rule, person]
    assert Ledger(rows).verdict("a", "b") == store.view().ledger().verdict("a", "b") == "DIFFERENT"


def test_a_rule_that_thinks_again_supersedes_itself(store: Store) -> None:
    same = Judgement("a", "b", "SAME", 0.9, "same name", "rule:name")
    asked = Judgement("b", "a", "SUGGESTED", 0.4, "torn", "rule:name")
    other = Judgement("a", "c", "SAME", 0.9, "same name", "rule:name")
    with store.writer() as writer:
        writer.add_judgements([same, other])
        assert writer.add_judgements([asked, other], complete=["rule:name"]) == 1
        assert list(store.view().judgements()) == [other, asked]
        assert list(store.view().judgements(every=True)) == [same, other, asked]
        assert writer.add_judgements([asked], complete=["rule:name"]) == 1
        assert store.view().ledger().cluster("a") == ("a",)
        assert writer.add_judgements([asked], complete=["rule:name"]) == 0
        assert writer.add_judgements([other], complete=["rule:name", "rule:else"]) == 2
    assert store.view().ledger().cluster("a") == ("a", "c")


def test_assessments_are_replaced(store: Store) -> None:
    def held(about: str, answer: str) -> Assessment:
        return Assessment(
            about, "control", answer, {"status": "held"}, ("c1",), because=("r1",), as_of=date(2020, 1, 2)
        )

    with store.writer() as writer:
        assert writer.replace_assessments([held("p1", "one"), held("p2", "two")]) == 2
        writer.replace_assessments([held("p1", "three")], about=["p1"])
        assert {a.answer for a in store.view().assessments()} == {"two", "three"}
        assert list(store.view().assessments("p1")) == [held("p1", "three")]
        writer.replace_assessments([])
    assert list(store.view().assessments()) == []


def test_a_long_dropped_stretch_may_be_quoted_by_its_beginning(tmp_path: Path, reading: Any) -> None:
    report = reading.annotation.report
    span = Span(20, 60)
    for quote, fits in (
        (f"{report.text[20:40]}…", True),
        (report.text[20:60], True),
        ("The Harbour Back said…", False),
    ):
        dropped = replace(report, dropped=(Dropped("caption", quote, span),))
        with open_store(tmp_path / "x.db") as store, store.writer() as writer:
            if fits:
                writer.add(Annotation(dropped), ())
            else:
                with pytest.raises(UngroundedQuote, match="dropped stretch"):
                    writer.add(Annotation(dropped), ())
