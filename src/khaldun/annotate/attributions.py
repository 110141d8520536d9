"""Who says what, through whom and how: source, cue and content of every attribution in a report.

One pass over the sentences reads the cues of `lexicons/en/cues.yaml` in the parse (`reporting`, `phrases`, `hedges`);
then speakers, carriers, times and nesting are settled over the whole report (`chains`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.chains import settle
from khaldun.annotate.cues import Lexicon, load_lexicon
from khaldun.annotate.quotes import Quotation, find_quotations
from khaldun.annotate.reporting import read_verbs
from khaldun.annotate.saying import Saying, Scene
from khaldun.annotate.sentences import Parse
from khaldun.model import Attribution, Mention


def find_attributions(parse: Parse, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
    """The attributions in text order.

    `made_by` begins with the kind of cue: ``verb:``, ``noun:``, ``according_to``, ``words``, ``colon``, ``quote``
    for attributions with a source, ``hedge:`` for words passed on without one ("reportedly"), ``distance:`` for
    words the reporter will not own ("so-called", marks round one word). A score below .5 marks thoughts and plans
    rather than sayings.
    """
    lexicon = load_lexicon()
    quotations = find_quotations(parse)
    sayings = list(_sayings(parse, quotations, lexicon))
    return settle(parse.report, sayings, mentions, lexicon)


def _sayings(parse: Parse, quotations: Sequence[Quotation], lexicon: Lexicon) -> Iterator[Saying]:
    for passage, sentence in parse.sentences():
        scene = Scene(passage, sentence, parse.report.text, quotations)
        yield from read_verbs(scene, lexicon)
