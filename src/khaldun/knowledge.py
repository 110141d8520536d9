"""Loads the house's knowledge, which is data: ontology, lexicons, names and rules under `khaldun/data`.

Every entry carries examples (and counter-examples) that the tests run. Files are read once per process.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from khaldun.errors import InvalidKnowledge

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Lists = TypeVar("_Lists", bound="DataclassInstance")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_data(path: str) -> Any:
    """The parsed YAML file at `path` below `khaldun/data`, e.g. ``"lexicons/en/cues.yaml"``.

    The result is shared: treat it as read-only. Raises InvalidKnowledge when the file is missing or broken.
    """
    try:
        text = (resources.files("khaldun") / "data" / path).read_text(encoding="utf-8")
    except OSError as problem:
        raise InvalidKnowledge(f"no data file '{path}' in this installation: reinstall khaldun") from problem
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as problem:
        raise InvalidKnowledge(f"data file '{path}' is not valid YAML: {problem}") from problem


@cache
def word_list(path: str, name: str) -> frozenset[str]:
    """The words of a named list in a lexicon of lists, each of the shape ``{words: […], examples: […]}``."""
    return frozenset(load_data(path)[name]["words"])


def word_lists(shape: type[_Lists], path: str) -> _Lists:
    """The lists that a dataclass names by its fields, for an engine that looks words up often."""
    return shape(**{field.name: word_list(path, field.name) for field in fields(shape)})
