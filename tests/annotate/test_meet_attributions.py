"""Sayings by rule and proposals of the learned layer put together: whose words stand as the source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khaldun.annotate.attributions import _sayings
from khaldun.annotate.codebook import carry
from khaldun.annotate.kit import Kit
from khaldun.annotate.learned.attribution import Proposed
from khaldun.annotate.meet.attributions import put_together
from khaldun.annotate.reading.sentences import Parse, parse_reports
from khaldun.annotate.sayings.cues import load_lexicon
from khaldun.annotate.sayings.quotes import find_quotations
from khaldun.annotate.sayings.saying import Saying
from khaldun.model import Part, Report, Span, make_id


def parsed(text: str, kit: Kit) -> Parse:
    report = Report(make_id(text), "text", "", text, (Part("body", Span(0, len(text))),))
    parse = next(parse_reports([report], kit.nlp))
    carry(parse, kit.codebook)
    return parse


def proposed(text: str, source: str, cue: str, content: str) -> Proposed:
    def at(quote: str) -> tuple[Span, ...]:
        start = text.index(quote)
        return (Span(start, start + len(quote)),)

    return Proposed(at(source) if source else (), at(cue), at(content), 0.9)


def met(text: str, kit: Kit, *proposals: Proposed) -> list[Saying]:
    parse, lexicon = parsed(text, kit), load_lexicon()
    quotations = find_quotations(parse)
    sayings = list(_sayings(parse, quotations, lexicon))
    return put_together(sayings, proposals, parse, lexicon, quotations)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "stands"),
    [
        (  # a whole phrase of the layer's
            "The envoy to the coast on Monday said the port had been closed.",
            "The envoy to the coast", "said", "the port had been closed", "The envoy to the coast",
        ),
        (  # it breaks off inside one
            "Karim Haddad, who leads the council, said the port had been closed.",
            "Karim Haddad, who", "said", "the port had been closed", "Karim Haddad, who leads the council",
        ),
        (  # when it was written is read from the source
            "A report by the agency, written in 2013, said the port had been closed.",
            "A report by the agency", "said", "the port had been closed", "A report by the agency, written in 2013",
        ),
        (  # the cue has a subject of its own
            "The envoy told reporters that the governor said the road was open.",
            "The envoy", "said", "the road was open", "the governor",
        ),
    ],
)  # fmt: skip
def test_whose_words_are_the_source(kit: Kit, text: str, source: str, cue: str, content: str, stands: str) -> None:
    found = [s for s in met(text, kit, proposed(text, source, cue, content)) if cue in [c.of(text) for c in s.cue]]
    assert [span.of(text) for saying in found for span in saying.source] == [stands]


def test_what_a_rule_tells_is_not_told_again_by_the_layer(kit: Kit) -> None:
    text = "The paper quoted the doctor as saying that the ward was full."
    content = "the ward was full"
    found = met(text, kit, proposed(text, "the doctor", "as", content))
    assert sum(content in span.of(text) for s in found for span in s.content) == 1


@pytest.mark.parametrize(
    ("text", "cue", "content", "said"),
    [
        ("The army captured the town.", "captured", "the town", False),
        ("The school has released statements deploring what happened.", "has released statements deploring",
         "what happened", True),
    ],
)  # fmt: skip
def test_a_deed_is_nobodys_words_unless_the_cue_has_a_word_for_them(
    kit: Kit, text: str, cue: str, content: str, said: bool
) -> None:
    source = text.partition(" has ")[0].partition(" captured ")[0]
    assert bool(met(text, kit, proposed(text, source, cue, content))) is said


def test_a_verb_that_says_only_with_its_particle(kit: Kit) -> None:
    text = "The court referred the quarrel over the well to the governor."
    assert not met(text, kit, proposed(text, "The court", "referred", "the quarrel over the well"))


def test_words_end_where_the_layer_sees_another_saying(kit: Kit) -> None:
    text = "But while the rebels welcome the delay, two envoys say it is the generals who have insisted on it."
    layer = [
        proposed(text, "two envoys", "say", "it is the generals who have insisted on it"),
        proposed(text, "who", "have insisted on", "the generals"),
    ]
    alone = next(s for s in met(text, kit, layer[1]) if s.made_by.startswith("verb:insist"))
    both = next(s for s in met(text, kit, *layer) if s.made_by.startswith("verb:insist"))
    assert alone.content[0].of(text).startswith("But while the rebels")
    assert [span.of(text) for span in both.content] == ["the generals"]


def test_a_cue_inside_words_that_the_layer_gives_to_another_is_no_saying(kit: Kit) -> None:
    text = "“As we have said before, we will keep to the truce,” Huda Salim, the envoy, said in a statement."
    sure = proposed(text, "Huda Salim, the envoy", "said in a statement", "As we have said before, we will keep to")
    found = met(text, kit, sure)
    assert [[span.of(text) for span in s.source] for s in found if s.made_by != "quote"] == [["Huda Salim, the envoy"]]


def test_a_voice_in_a_quotation_that_nobody_is_given_for(kit: Kit) -> None:
    stray = "The market opened again. “They say it is quiet in the hills.” Traders brought goats."
    told = "“They say it is quiet in the hills,” Huda Salim said. Traders brought goats."
    assert not met(stray, kit)
    assert [s.source[0].of(told) for s in met(told, kit)] == ["They", "Huda Salim"]


def test_who_is_questioned_in_a_matter_asks_nothing(kit: Kit) -> None:
    text = "Governor expels two traders, Chadian questioned in market bombings"
    split = proposed(text, "Chadian", "questioned in", "Governor expels two traders")
    split = replace(split, content=(*split.content, *proposed(text, "", "questioned", "market bombings").content))
    assert not met(text, kit, split)
