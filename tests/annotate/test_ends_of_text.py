"""Sentences that end where a rule would look one word on: headlines without a full stop, and stock reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khaldun.model import Annotation

WORDS = (
    "Mr. Saleh, the chairman and a cousin, the army said",
    "Said Omar Saleh, the mayor, the army and the governor",
    "The ministry, the municipality said Omar Saleh, a general",
    "Captured",
    '"Held" Sirte',
)


@pytest.mark.parametrize("text", WORDS)
def test_a_text_may_end_anywhere(text: str, annotated: Callable[[str], Annotation]) -> None:
    assert annotated(text).report.text == text
    for end in range(1, len(text.split())):
        annotated(" ".join(text.split()[:end]))
