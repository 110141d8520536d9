"""File names from ids that come from outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.export.files import file_stem, row_stem, unused


@pytest.mark.parametrize(
    ("input_id", "stem"),
    [
        ("derna.txt", "derna"),
        ("a/b/derna.txt", "derna"),
        ("row-12", "row-12"),
        ("v1.5", "v1.5"),
        ("https://harbour.example/qasr.html?page=2", "qasr"),
        ("../../etc/passwd", "passwd"),
        ("..", "report"),
        ("", "report"),
    ],
)
def test_stems(input_id: str, stem: str) -> None:
    assert file_stem(input_id) == stem


def test_a_row_keeps_its_whole_id() -> None:
    assert (row_stem("a.txt"), row_stem("day/7"), row_stem("../x")) == ("a.txt", "day_7", "_x")


@given(st.text())
def test_no_id_leads_out_of_the_folder(input_id: str) -> None:
    for stem in (file_stem(input_id), row_stem(input_id)):
        assert stem
        assert not stem.startswith(".")
        assert not set(stem) & {"/", "\\", "\0", "\n"}
        assert len(stem) <= 120


def test_two_inputs_of_one_name_get_two_files() -> None:
    taken: set[str] = set()
    assert [unused(name, taken) for name in ("a", "A", "a")] == ["a", "A-2", "a-3"]
