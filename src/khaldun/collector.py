"""Python's collector of cycles, held back for the length of one report."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")

_MANY = 100_000
"""So many objects may wait for a collection."""


def between_collections(steps: Iterator[T]) -> Iterator[T]:
    """The same items; while each is made no cycles are looked for, and the collector is as it was when it is out.

    A report makes some hundred thousand objects that all go when it is done, and hardly a cycle. Where the collector
    runs in the middle of it, it takes them for things that stay, and so walks all lexicons again and again (.08 s each
    time). Where a process has switched it off by itself it stays off. Where whoever takes the items makes too little to
    set it off, it is called once many objects wait.
    """
    while True:
        running = gc.isenabled()
        gc.disable()
        try:
            item = next(steps)
        except StopIteration:
            return
        finally:
            if running:
                gc.enable()
        if running and gc.get_count()[0] > _MANY:
            gc.collect(0)
        yield item
