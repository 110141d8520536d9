"""Names set off by commas behind a word for one person."""

from __future__ import annotations

import pytest

from khaldun.annotate.kit import Kit
from khaldun.annotate.places.apposed import set_off
from khaldun.annotate.reading.sentences import parse_reports
from khaldun.model import Part, Report, Span, make_id


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Guards put the Libyan, Zorgo Tembal Adwin, on a plane.", ["Zorgo Tembal Adwin"]),
        ("The court freed the driver, Obale Kitu, after a day.", ["Obale Kitu"]),
        ("Guards searched the Libyan port, Zorgo Tembal, after a day.", []),
        ("Guards put the Libyan, Zorgo, on a plane.", []),
    ],
)
def test_a_name_set_off_behind_a_word_for_one_person(kit: Kit, text: str, names: list[str]) -> None:
    report = Report(make_id(text), "text", "", text, (Part("body", Span(0, len(text))),))
    parse = next(parse_reports([report], kit.nlp))
    assert [name.text for name in set_off(parse.passages[0].doc)] == names
