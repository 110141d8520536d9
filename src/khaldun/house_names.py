"""Names that the tables of the house know for an actor, whether a report uses them or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from khaldun.knowledge import load_data
from khaldun.names import name_key

_TABLES = ("groups", "media", "bodies")


def keys_of(name: str) -> frozenset[str]:
    """The key of a name, and those of all other names of whom the tables call so ("Daesh": that of "ISIL" too)."""
    key = name_key(name)
    return frozenset((key,)).union(*_by_key().get(key, ()))


@cache
def _by_key() -> Mapping[str, list[frozenset[str]]]:
    found: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for table in _TABLES:
        for row in load_data(f"actors/{table}.yaml")["actors"]:
            keys = frozenset(map(name_key, (row["name"], *row.get("aliases", ()))))
            for key in keys:
                found[key].append(keys)
    return found
