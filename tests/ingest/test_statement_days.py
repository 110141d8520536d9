"""The day of a statement stands at the end of its first line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from khaldun.ingest import read_inputs
from khaldun.model import Report


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Statement by the General Command, 12 March 2019", date(2019, 3, 12)),
        ("Statement by the General Command (March 12, 2019)", date(2019, 3, 12)),
        ("Communique No. 14 of the Revolutionary Front - 12 March 2019", date(2019, 3, 12)),
        ("Press release of the ministry dated 12 March 2019", date(2019, 3, 12)),
        ("Army statement on the attack of 12 March 2019", None),
        ("Rebels captured a town, 12 March 2019", None),
    ],
)
def test_a_statement_is_of_the_day_that_closes_its_first_line(tmp_path: Path, head: str, day: date | None) -> None:
    file = tmp_path / "statement.txt"
    file.write_text(f"{head}\n\nOur forces captured the town of Azaz yesterday.\n", encoding="utf-8")
    (report,) = read_inputs([str(file)])
    assert isinstance(report, Report)
    assert report.published_day == day
