"""What the tests of annotation share: the kit, loaded once, and texts annotated once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from khaldun.annotate import annotate
from khaldun.annotate.kit import Kit, load_kit
from khaldun.model import Annotation, Part, Report, Span, When, make_id

DAY = date(2018, 5, 14)


def report_of(text: str) -> Report:
    """A report of one body part, published on a known Monday."""
    when = When(DAY, DAY, "metadata")
    return Report(make_id(text), "text", "", text, (Part("body", Span(0, len(text))),), outlet="Wire", published=when)


@pytest.fixture(scope="session")
def kit() -> Kit:
    return load_kit(models=None)  # the rules, by themselves


@pytest.fixture(scope="session")
def annotated(kit: Kit) -> Callable[[str], Annotation]:
    """A text as a report of its own, with all layers."""
    return cache(lambda text: annotate(report_of(text), kit))
