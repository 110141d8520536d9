"""Appends and supersedes; deciding what is true is someone else's job.

`open_store` gives a `Store`; `Store.writer()` adds reports one transaction at a time, `Store.view()` reads.
"""

from __future__ import annotations

from khaldun.store.connect import Store, open_store
from khaldun.store.find import ClaimFilter, Counts, Hit, Unread
from khaldun.store.read import StoreView
from khaldun.store.write import Added, Writer

__all__ = [
    "Added",
    "ClaimFilter",
    "Counts",
    "Hit",
    "Store",
    "StoreView",
    "Unread",
    "Writer",
    "open_store",
]
