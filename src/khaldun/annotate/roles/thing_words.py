"""The words for things that can be attacked: `data/lexicons/en/objects.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from khaldun.annotate.reading.nouns import singulars
from khaldun.annotate.words import Token
from khaldun.knowledge import load_data


def is_thing(token: Token) -> bool:
    """True for the head of a phrase for a building, a line or a vehicle, by its word or its last two words."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    forms = {token.lower_, token.lemma_.lower(), *singulars(token.lower_)}
    words = thing_words()["words"]
    if forms & words:
        return True
    before = token.nbor(-1).lower_ if token.i > token.sent.start else ""
    return bool(before) and any(f"{before} {form}" in words for form in forms)


@cache
def thing_words() -> Mapping[str, frozenset[str]]:
    """`words` for things, those `trimmed` off in front, and those `named_behind`."""
    data: Mapping[str, Any] = load_data("lexicons/en/objects.yaml")
    words = frozenset(w for row in data["things"] for w in row["words"])
    return {"words": words, **{key: frozenset(data[key]) for key in ("trimmed", "named_behind")}}
