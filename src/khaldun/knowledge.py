"""Loads the house's knowledge, which is data: ontology, lexicons, names and rules under `khaldun/data`.

Every entry carries examples (and counter-examples) that the tests run. Files are read once per process.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from khaldun.errors import InvalidKnowledge

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
