"""Words that the end of a line breaks are read whole, and quoted as they stand."""

from __future__ import annotations

from collections.abc import Callable

from khaldun.model import Annotation


def test_a_word_broken_at_the_end_of_its_line_is_read_whole(annotated: Callable[[str], Annotation]) -> None:
    found = annotated("The guer-\nrillas dyna-\nmited two pylons near Cajamarca.")
    assert [frame.kind for frame in found.frames] == ["assault.explosives"]
    assert "guer-\nrillas" in found.frames[0].evidence.of(found.report.text)


def test_a_hyphen_before_a_name_stays(annotated: Callable[[str], Annotation]) -> None:
    found = annotated("The al-\nNusra Front attacked a checkpoint near Cajamarca.")
    assert any("Nusra" in mention.quote for mention in found.mentions)


def test_marks_of_markdown_are_read_past(annotated: Callable[[str], Annotation]) -> None:
    found = annotated(
        "The front said it had killed **495 soldiers** in `Brak` on [4 May 2018](http://a.example/b).[^1]"
    )
    (frame,) = (f for f in found.frames if f.kind.startswith("assault"))
    assert frame.evidence.of(found.report.text).endswith("on [4 May 2018")
    assert [toll.quantity.best for toll in frame.tolls] == [495]


def test_a_row_of_a_table_is_an_entry_of_its_own(annotated: Callable[[str], Annotation]) -> None:
    rows = ("1 May 2018 | Sirte | Gunmen attacked a post at the gate", "2 May 2018 | Derna | A bomb killed nine guards")
    found = annotated("What happened:\n\n" + "\n".join(f"| {row} | 9 |" for row in rows) + "\n")
    told = [(f.kind, str(f.when.earliest)) for f in found.frames if f.kind.startswith("assault")]
    assert told == [("assault.attack", "2018-05-01"), ("assault.explosives", "2018-05-02")]


def test_an_asterisk_of_a_note_stays(annotated: Callable[[str], Annotation]) -> None:
    assert "Gunmen* attacked" in annotated("Gunmen* attacked a post in Sirte.").frames[0].evidence.of(
        "Gunmen* attacked a post in Sirte."
    )
