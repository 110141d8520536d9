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
