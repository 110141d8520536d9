"""Lines at the head of a text that are a date and hardly anything else."""

from __future__ import annotations

import pytest

from khaldun.ingest.furniture import split_parts
from khaldun.ingest.published import find_published

BODY = "Three shells hit the market in Tarsin on Friday, residents of the town said, and two people died."
TITLE = "Shells Hit Market in Tarsin"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("04-05-2018 - 09:48 Last updated 04-05-2018 - 11:02 | 2133 View", "byline"),
        ("09:42 04.05.2018(updated 11:10 04.05.2018) Get short URL", "byline"),
        ("Security | 4 May 2018, 19:42", "byline"),
        ("As of 4 May 2018", "byline"),
        ("TARSIN - 4 MAY 2018", "dateline"),
        ("Port Salid, 4 May 2018:", "dateline"),
        ("4 May، 2018", "dateline"),
    ],
)
def test_a_line_that_is_little_but_a_date_says_when_it_was_published(line: str, kind: str) -> None:
    text = f"{TITLE}\n\n{line}\n\n{BODY}"
    layout = split_parts(text, title=TITLE)
    assert [part.kind for part in layout.parts if part.span.of(text).strip() == line] == [kind]
    assert str(find_published(text, layout.parts).when.earliest) == "2018-05-04"


@pytest.mark.parametrize(
    "text",
    [
        f"Attacks of 4 May 2018 in Tarsin\n\n{BODY}",
        f"{BODY}\n\n4 May 2018 was the worst day of the war.",
        "The shells of 4 May 2018 hit the market in Tarsin and two people died, residents of the town said.",
    ],
)
def test_a_headline_or_a_sentence_with_a_date_is_no_date_of_publication(text: str) -> None:
    assert find_published(text, split_parts(text).parts).when.earliest is None


def test_the_section_over_the_title_is_no_body() -> None:
    text = f"AFRICA\n{TITLE}\n\n{BODY}"
    assert [part.kind for part in split_parts(text, title=TITLE).parts] == ["navigation", "title", "body"]
