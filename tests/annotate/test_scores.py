"""Likelihoods read off the table of measured shares."""

from __future__ import annotations

import pytest

from khaldun.annotate.scores import along, likelihood, maker


@pytest.mark.parametrize(
    ("made_by", "share", "who"),
    [
        ("verb:say", 0.0, "rule"),
        ("verb:say", -1.0, "alone"),
        ("verb:say+learned", 0.8, "both"),
        ("learned", 0.8, "learned"),
        ("hedge:reportedly", 0.0, "hedge"),
        ("distance:marks", -1.0, "hedge"),
    ],
)
def test_who_made_it(made_by: str, share: float, who: str) -> None:
    assert maker(made_by, share) == who


def test_between_steps_along_the_line_and_level_beyond_them() -> None:
    steps = [(0.4, 0.5), (0.8, 0.9)]
    assert [along(steps, x) for x in (0.0, 0.4, 0.6, 0.8, 1.0)] == [0.5, 0.5, 0.7, 0.9, 0.9]


def test_the_table_never_falls_with_the_layers_score_and_stays_between_0_and_1() -> None:
    for made_by in ("learned", "verb:say+learned"):
        values = [likelihood("attribution", made_by, x / 20) for x in range(21)]
        assert values == sorted(values)
        assert 0 < values[0] <= values[-1] < 1
