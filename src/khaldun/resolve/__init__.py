"""Proposes judgements about who and what is the same; never edits a claim."""

from __future__ import annotations

from khaldun.resolve.entities import resolve_entities
from khaldun.resolve.events import group_events, resolve_events

__all__ = ["group_events", "resolve_entities", "resolve_events"]
