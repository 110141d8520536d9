"""Who says so, set behind what is said without a verb: "… killed four soldiers (source: gendarmerie)", "… - mayor".

Headlines of wires and entries of situation reports name their source so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from khaldun.annotate.sayings.cues import Lexicon
from khaldun.annotate.sayings.quoted import grown
from khaldun.annotate.sayings.saying import Saying, Scene, ordered, tokens_between
from khaldun.annotate.words import Token
from khaldun.model import Span

_TAILS: Mapping[str, re.Pattern[str]] = {
    "words": re.compile(r"\s*[(\[]\s*(?P<cue>[Ss]ources?\s*:)\s*(?P<who>[^()\[\]:;]{2,60}?)\s*[)\]]\s*\.?\s*$"),
    "colon": re.compile(r"\s+(?P<cue>-{1,3}|[–—])\s+(?P<who>[^-–—,;:.()]{2,40}?)\s*\.?\s*$"),
}
_LONGEST = 4
"""Words of a source behind a dash: longer ones are something else."""


def read_tail_sources(scene: Scene, lexicon: Lexicon) -> Iterator[Saying]:
    """The saying that the end of a sentence gives a source."""
    text = scene.span.of(scene.text)
    if text.rstrip().rstrip(".")[-1:].isalnum() is False and not text.rstrip(" .").endswith((")", "]")):
        return
    for made_by, pattern in _TAILS.items():
        found = pattern.search(text)
        if found is None:
            continue
        who = Span(scene.span.start + found.start("who"), scene.span.start + found.end("who"))
        cue = Span(scene.span.start + found.start("cue"), scene.span.start + found.end("cue"))
        source = tokens_between(scene.passage, who)
        speaker = _speaker(source, lexicon, sure=made_by == "words")
        said = [t for t in scene.sentence if scene.passage.at(t).end <= scene.span.start + found.start()]
        verb = next((t for t in said if t.pos_ in ("VERB", "AUX") or t.lower_ == "dead"), None)
        if speaker is None or verb is None:
            continue
        content = grown(scene, (scene.passage.span(said),), speaker)
        if content:
            yield Saying(
                passage=scene.passage, head=speaker, cue=(cue,), content=content, source=(who,), speaker=speaker,
                own=tuple(ordered(source)), score=0.9, made_by=made_by, content_head=verb,
            )  # fmt: skip
            return


def _speaker(source: list[Token], lexicon: Lexicon, *, sure: bool) -> Token | None:
    """The head of a phrase that names who may be a source; behind a dash only one that needs no article."""
    words = [t for t in source if not t.is_punct]
    if not words or len(words) > (8 if sure else _LONGEST) or any(t.pos_ in ("VERB", "AUX", "DET") for t in words[:-1]):
        return None
    last = words[-1]
    if sure or last.lemma_.lower() in lexicon.speaker_nouns | lexicon.carrier_nouns:
        return last
    named = " ".join(t.text for t in words).casefold()
    return last if named in lexicon.carrier_names else None
