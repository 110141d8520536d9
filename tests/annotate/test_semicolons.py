"""Two sayings on either side of a semicolon."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khaldun.model import Annotation

TEXT = "Five soldiers were killed in Zliten, said the army; four soldiers were killed, said the rebels."


def _said(found: Annotation) -> dict[str, list[str]]:
    text = found.report.text
    return {" ".join(s.of(text) for s in a.source): [c.of(text) for c in a.content] for a in found.attributions}


def test_each_has_its_own_side(annotated: Callable[[str], Annotation]) -> None:
    assert _said(annotated(TEXT)) == {
        "the army": ["Five soldiers were killed in Zliten"],
        "the rebels": ["four soldiers were killed"],
    }


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The clinic was hit; nobody was there, said the mayor.", "The clinic was hit; nobody was there"),
        ("The army said the clinic was hit; it said that nobody was there.", "the clinic was hit"),
    ],
)
def test_a_semicolon_alone_parts_nothing(text: str, content: str, annotated: Callable[[str], Annotation]) -> None:
    assert content in [" ".join(pieces) for pieces in _said(annotated(text)).values()]
