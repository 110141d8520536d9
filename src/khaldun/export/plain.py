"""Days and spans as JSON holds them."""

from __future__ import annotations

from datetime import date

from khaldun.model import Span


def iso(day: date | None) -> str | None:
    """The day as ISO 8601, None as it is."""
    return day.isoformat() if day else None


def pair(span: Span) -> list[int]:
    """Start and end in code points, the end outside."""
    return [span.start, span.end]
