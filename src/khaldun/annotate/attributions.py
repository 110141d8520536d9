"""Who says what, through whom and how: source, cue and content of every attribution in a report.

One pass over the sentences reads the cues of `lexicons/en/cues.yaml` in the parse (`sayings`);
then speakers, carriers, times and nesting are settled over the whole report (`voices`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.learned.attribution import propose_attributions
from khaldun.annotate.learned.reader import Reading
from khaldun.annotate.meet.attributions import put_together
from khaldun.annotate.reading.sentences import Parse, Passage
from khaldun.annotate.sayings.cues import Lexicon, load_lexicon
from khaldun.annotate.sayings.goes_on import announced, going_on
from khaldun.annotate.sayings.hedges import read_hedges, read_marks
from khaldun.annotate.sayings.phrases import read_colon, read_phrases
from khaldun.annotate.sayings.pieces import in_pieces, sentences_of
from khaldun.annotate.sayings.quotes import Quotation, find_quotations
from khaldun.annotate.sayings.reporting import read_verbs
from khaldun.annotate.sayings.saying import Saying, Scene
from khaldun.annotate.sayings.semicolons import kept_apart
from khaldun.annotate.sayings.tail_sources import read_tail_sources
from khaldun.annotate.sayings.vehicles import without_vehicle
from khaldun.annotate.voices.chains import settle
from khaldun.annotate.voices.rival_figures import with_rivals
from khaldun.annotate.voices.same_occasion import carried_on
from khaldun.model import Attribution, Mention, hull


def find_attributions(
    parse: Parse, mentions: Sequence[Mention], reading: Reading | None = None
) -> tuple[Attribution, ...]:
    """The attributions in text order.

    `made_by` begins with the kind of cue: ``verb:``, ``noun:``, ``according_to``, ``words``, ``colon``, ``quote``
    for attributions with a source, ``hedge:`` for words passed on without one ("reportedly"), ``distance:`` for
    words the reporter will not own ("so-called", marks round one word). A score below .5 marks thoughts and plans
    rather than sayings.
    """
    lexicon = load_lexicon()
    quotations = find_quotations(parse)
    sentences = sentences_of(parse)
    sayings = list(_sayings(parse, quotations, lexicon))
    if reading is not None:
        sayings = put_together(sayings, propose_attributions(reading), parse, lexicon, quotations)
    sayings = [without_vehicle(saying, lexicon) for saying in sayings]
    sayings = with_rivals(kept_apart(sayings, parse.report.text), parse)
    sayings += announced(sayings, sentences)
    sayings += going_on(sayings, sentences, quotations)
    settled = settle(parse, in_pieces(sayings, sentences, quotations), mentions, lexicon)
    return carried_on(settled, parse)


def _sayings(parse: Parse, quotations: Sequence[Quotation], lexicon: Lexicon) -> Iterator[Saying]:
    text = parse.report.text
    for passage, following in zip(parse.passages, [*parse.passages[1:], None], strict=False):
        below = following if following is not None and _opens_below(passage, following, text) else None
        extent = passage.extent if below is None else hull([passage.extent, below.extent])
        here = [q for q in quotations if q.outer.overlaps(extent)]
        yield from read_colon(passage, text, lexicon, first=passage is parse.passages[0])
        found: list[Saying] = []
        for sentence in passage.doc.sents:
            scene = Scene(passage, sentence, text, here, below)
            found += (*read_verbs(scene, lexicon), *read_phrases(scene, lexicon), *read_hedges(scene, lexicon))
            found += read_tail_sources(scene, lexicon)
        yield from found
        for sentence in passage.doc.sents:
            yield from read_marks(Scene(passage, sentence, text, here), found, here)


def _opens_below(passage: Passage, following: Passage, text: str) -> bool:
    """True for a paragraph that ends in a colon above one of the running text."""
    return following.kind == "body" and passage.extent.of(text).rstrip().endswith(":")
