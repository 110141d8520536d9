"""What a deed was done with makes its kind: the examples of `lexicons/en/means.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from khaldun.knowledge import load_data
from khaldun.model import Annotation

ROWS = load_data("lexicons/en/means.yaml")["means"]


@pytest.mark.parametrize("case", [c for row in ROWS for c in row["examples"]], ids=lambda c: str(c["text"]))
def test_the_means_make_the_kind(case: dict[str, Any], annotated: Callable[[str], Annotation]) -> None:
    assert case["kind"] in {frame.kind for frame in annotated(case["text"]).frames}


@pytest.mark.parametrize("case", [c for row in ROWS for c in row["counterexamples"]], ids=lambda c: str(c["text"]))
def test_what_is_only_named_is_no_means(case: dict[str, Any], annotated: Callable[[str], Annotation]) -> None:
    assert case["not"] not in {frame.kind for frame in annotated(case["text"]).frames}
