"""Headlines of other stories between the paragraphs of a body."""

from __future__ import annotations

import pytest

from khaldun.ingest.furniture import split_parts

FIRST = "Three shells hit the market in Tarsin on Friday, residents of the town said, and two people died."
LAST = "The army said on Saturday that it had not fired them and that it would look into what had happened."


def _body(*lines: str) -> str:
    text = "\n\n".join((FIRST, *lines, LAST))
    return " ".join(part.span.of(text) for part in split_parts(text).parts if part.kind == "body")


@pytest.mark.parametrize(
    "lines",
    [
        ("Army Retakes Hilltop Town in Fierce Fighting",),
        ("Read More »", "Egypt demolishes homes near Tarsin for buffer zone"),
    ],
)
def test_a_headline_amid_the_body_yields_nothing(lines: tuple[str, ...]) -> None:
    assert not any(line in _body(*lines) for line in lines[-1:])


@pytest.mark.parametrize("line", ["The town was quiet on Sunday.", "- two medics and a nurse", "He asked: why us"])
def test_a_sentence_or_an_entry_of_a_list_stays(line: str) -> None:
    assert line in _body(line)
