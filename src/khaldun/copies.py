"""Copies of frozen values with some fields changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

__all__ = ["replace"]

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(value, /, **changes):
        """A copy of a frozen dataclass with slots, as `dataclasses.replace` makes it, in a third of the time.

        That one calls `__init__`, which sets field by field past the ban on setting (8.7 µs for a frame and 2.2, four
        thousand copies in 3,000 words). This one fills the slots; so it is not for kinds that check in
        `__post_init__`, and raises TypeError for them.
        """
        slots = _slots(value.__class__)
        copy = object.__new__(value.__class__)
        for fill, held in zip(slots.fill, slots.held(value), strict=True):
            fill(copy, held)
        for name, changed in changes.items():
            slots.by_name[name](copy, changed)
        return copy


class _Slots(NamedTuple):
    """How all fields of a kind are read, and how each is filled."""

    held: Callable[[Any], tuple[Any, ...]]
    fill: tuple[Callable[[Any, Any], None], ...]
    by_name: Mapping[str, Callable[[Any, Any], None]]


@cache
def _slots(kind: type) -> _Slots:
    names = tuple(field.name for field in fields(kind))
    if hasattr(kind, "__post_init__") or len(names) < 2 or not hasattr(kind, "__slots__"):
        raise TypeError(f"{kind.__name__} is not copied slot by slot")
    by_name = {name: getattr(kind, name).__set__ for name in names}
    return _Slots(attrgetter(*names), tuple(by_name.values()), by_name)
