"""Labelled sets: a line of a set is a line of the file."""

from __future__ import annotations

from pathlib import Path

from training.sources import rows_of


def test_a_line_ends_where_the_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "gvc").mkdir()
    text = '{"id": "1", "text": "Two died.\u2028One lived.\x85"}\n\n{"id": "2", "text": "Quiet."}\n'
    (tmp_path / "gvc" / "dev.jsonl").write_text(text, encoding="utf-8")
    assert [row["id"] for row in rows_of(tmp_path, "gvc")] == ["1", "2"]
