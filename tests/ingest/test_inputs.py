"""Files, folders, JSON Lines, standard input, addresses: one stream, which no bad input stops."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from khaldun.errors import RefusedAddress
from khaldun.ingest import Fetched, Unread, read_inputs
from khaldun.model import Report

_TEXT = "Three shells hit the market in Tarsin on Friday, residents of the town said."


def _ids(found: list[Report | Unread]) -> list[str]:
    return [one.input_id.rsplit("/", 1)[-1] for one in found]


def _write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_a_folder_is_read_sorted_with_its_subfolders(tmp_path: Path) -> None:
    _write(tmp_path, {"b.txt": _TEXT, "a.txt": _TEXT, "sub/c.txt": _TEXT, ".hidden": _TEXT, ".git/x.txt": _TEXT})
    assert _ids(list(read_inputs([str(tmp_path)]))) == ["a.txt", "b.txt", "c.txt"]


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": b"", "b.bin": bytes(range(256)) * 9, "c.txt": _TEXT, "d.pdf": b"%PDF-1.4"})
    found = list(read_inputs([str(tmp_path), str(tmp_path / "none.txt")]))
    assert [isinstance(one, Report) for one in found] == [False, False, True, False, False]
    assert all(one.error for one in found if isinstance(one, Unread))


def test_json_beside_a_file_is_its_metadata(tmp_path: Path) -> None:
    side = {"title": "Shells hit", "publisher": "Harbour Post", "published": "2018-05-04", "url": "http://hp.example/a",
            "author": None}  # fmt: skip
    _write(tmp_path, {"a.txt": _TEXT, "a.json": json.dumps(side)})
    found = list(read_inputs([str(tmp_path)]))
    assert len(found) == 1
    report = found[0]
    assert isinstance(report, Report)
    assert (report.title, report.outlet, report.url) == ("Shells hit", "Harbour Post", "http://hp.example/a")
    assert str(report.published_day) == "2018-05-04"
    assert len(list(read_inputs([str(tmp_path / "a.json"), str(tmp_path / "a.txt")]))) == 1
    alone = next(read_inputs([str(tmp_path / "a.json")]))
    assert isinstance(alone, Unread)
    assert "metadata of a report" in alone.error
    assert "a.txt" in alone.error
    assert isinstance(next(read_inputs([str(tmp_path / "a.txt")], title="Other")), Report)


def test_given_metadata_wins_over_the_sidecar(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": _TEXT, "a.json": '{"title": "Shells hit", "publisher": "Harbour Post"}'})
    report = next(read_inputs([str(tmp_path)], title="Other", published="2018-05-05"))
    assert isinstance(report, Report)
    assert (report.title, report.outlet, str(report.published_day)) == ("Other", "Harbour Post", "2018-05-05")


def test_broken_sidecar_is_noted_and_the_report_read(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": _TEXT, "a.json": "{broken"})
    report = next(read_inputs([str(tmp_path)]))
    assert isinstance(report, Report)
    assert "a.json is not a JSON object" in report.dropped[-1].reason


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "one", "text": _TEXT, "outlet": "Harbour Post", "published": "2018-05-04"}),
        "",
        "nonsense",
        json.dumps({"id": 2, "html": f"<p>{_TEXT}</p>"}),
        json.dumps({"title": "no text"}),
        json.dumps({"text": "Shells \ud800hit \x00Tarsin"}),
        json.dumps(["a list"]),
    ]
    _write(tmp_path, {"a.jsonl": "\n".join(rows)})
    found = list(read_inputs([str(tmp_path / "a.jsonl")]))
    assert _ids(found) == ["one", "a.jsonl:3", "2", "a.jsonl:5", "a.jsonl:6", "a.jsonl:7"]
    assert [isinstance(one, Report) for one in found] == [True, False, True, False, True, False]
    first, last = found[0], found[4]
    assert isinstance(first, Report)
    assert (first.outlet, str(first.published_day)) == ("Harbour Post", "2018-05-04")
    assert isinstance(last, Report)
    assert last.text == "Shells hit Tarsin"
    assert len(last.dropped) == 2


def test_json_file_of_its_own(tmp_path: Path) -> None:
    _write(tmp_path, {"rows.json": json.dumps([{"id": "a", "text": _TEXT}, 7]), "other.json": '{"x": 1}'})
    found = list(read_inputs([str(tmp_path)]))
    assert _ids(found) == ["other.json", "a", "rows.json:2"]
    assert [isinstance(one, Report) for one in found] == [False, True, False]


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        (_TEXT.encode(), ["-"]),
        (json.dumps({"id": "x", "text": _TEXT}).encode() + b"\n" + json.dumps({"text": _TEXT}).encode(), ["x", "-:2"]),
        (b"{ not json, but a text in braces }", ["-"]),
        (b"", ["-"]),
    ],
)
def test_standard_input(raw: bytes, ids: list[str]) -> None:
    assert _ids(list(read_inputs(["-"], stdin=io.BytesIO(raw)))) == ids


def test_too_large_a_file_is_not_loaded(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": b"a" * 2_000})
    found = list(read_inputs([str(tmp_path)], limit=1_000))
    assert isinstance(found[0], Unread)
    assert "limit is 1,000" in found[0].error


def test_addresses_go_through_the_fetcher() -> None:
    at = datetime(2018, 5, 5, tzinfo=UTC)

    def fetcher(url: str) -> Fetched:
        if "inside" in url:
            raise RefusedAddress("not a public address: save the page")
        return Fetched(f"<p>{_TEXT}</p>".encode(), "text/html; charset=utf-8", url + "?final", at)

    found = list(read_inputs(["http://inside.example/", "https://hp.example/2018/05/04/a"], fetcher=fetcher))
    assert found[0] == Unread("http://inside.example/", "not a public address: save the page")
    report = found[1]
    assert isinstance(report, Report)
    assert (report.url, report.retrieved) == ("https://hp.example/2018/05/04/a?final", at)
    assert (str(report.published_day), report.published.basis) == ("2018-05-04", "url")


def test_the_same_bytes_twice_are_two_inputs(tmp_path: Path) -> None:
    _write(tmp_path, {"a.txt": _TEXT, "b.txt": _TEXT})
    found = [one for one in read_inputs([str(tmp_path)]) if isinstance(one, Report)]
    assert len(found) == 2
    assert found[0].id == found[1].id


def test_empty_folder_says_so(tmp_path: Path) -> None:
    found = list(read_inputs([str(tmp_path)]))
    assert isinstance(found[0], Unread)
