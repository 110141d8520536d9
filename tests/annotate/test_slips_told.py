"""Deeds that the parser gives to who tells of them, or hangs on what is said of the doer."""

from __future__ import annotations

import pytest

from khaldun.annotate.kit import Kit
from khaldun.annotate.reading.sentences import parse_reports
from khaldun.model import Part, Report, Span, make_id


@pytest.mark.parametrize(
    ("text", "deed", "function", "head"),
    [
        ("The army said on Tuesday that its forces had burned a bridge, seized Marinka and killed 40 rebels.",
         "seized", "conj", "burned"),
        ("The army said on Tuesday that its forces had destroyed a bridge, captured Azaz and freed two hostages.",
         "captured", "conj", "destroyed"),
        ("Angola, which brokered the truce, offered to host talks.", "offered", "ROOT", "offered"),
        ("Officials said the rebels, who have fought the army since 2012, bombed Kobani on Monday.",
         "bombed", "ccomp", "said"),
        ("A fighter, who joined the group in 2012, killed in Raqqa on Monday.", "killed", "acl", "fighter"),
    ],
)  # fmt: skip
def test_a_deed_is_of_who_did_it(kit: Kit, text: str, deed: str, function: str, head: str) -> None:
    report = Report(make_id(text), "text", "", text, (Part("body", Span(0, len(text))),))
    words = {word.text: word for word in next(parse_reports([report], kit.nlp)).passages[0].doc}
    assert (words[deed].dep_, words[deed].head.text) == (function, head)
