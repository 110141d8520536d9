"""Bytes to a report: every format by its type, its name or its looks; bad input with a reason."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khaldun.errors import UnreadableInput
from khaldun.ingest import read
from khaldun.ingest.fetch import is_public
from khaldun.model import Report, make_id

_LEAD = "Three shells hit the market in Tarsin on Friday, residents said, and two people died."
_T, _D = "Shells hit market in Tarsin", date(2018, 5, 4)
_TEXT = "Three shells hit the market in Tarsin on Friday, residents said.\r\n\r\nTwo people died, a medic said.\n"


def _reasons(report: Report) -> str:
    return " | ".join(item.reason for item in report.dropped)


def test_plain_text_comes_through_character_for_character() -> None:
    report = read(_TEXT.encode(), input_id="a.txt", outlet="Harbour Post", url="http://hp.example/a")
    assert report.text == _TEXT
    assert report.raw == hashlib.sha256(_TEXT.encode()).hexdigest()
    assert report.id == make_id("Harbour Post", "http://hp.example/a", _TEXT)
    assert report.input_id == "a.txt"
    assert (report.language, report.unread, report.dropped) == ("en", None, ())


@settings(max_examples=150, deadline=None)
@given(
    st.text(min_size=1, max_size=200).filter(lambda text: bool(text.replace("\x00", "").replace("\ufeff", "").strip()))
)
def test_any_text_is_unchanged_but_for_nul(text: str) -> None:
    kept = text.removeprefix("\ufeff")
    try:
        report = read(text.encode(), input_id="x.txt")
    except UnreadableInput:
        return  # so many control characters that it is no text
    assert report.text == kept.removeprefix("\ufeff").replace("\x00", "")
    assert read(text.encode(), input_id="x.txt") == report


@pytest.mark.parametrize(
    ("raw", "text", "reason"),
    [
        (b"\xef\xbb\xbfShells hit Tarsin.", "Shells hit Tarsin.", "byte order mark"),
        ("Shells hit Tarsin.".encode("utf-16"), "Shells hit Tarsin.", "byte order mark"),
        ("Shells hit Tarsin.".encode("utf-16-le"), "Shells hit Tarsin.", "decoded as utf-16-le"),
        ("Shells hit Tarsin.".encode("utf-32"), "Shells hit Tarsin.", "byte order mark"),
        (b"Shells hit\x00 Tarsin.", "Shells hit Tarsin.", "1 NUL characters"),
        ("Shells \ud800hit Tarsin.".encode("utf-8", "surrogatepass"), "Shells hit Tarsin.", "1 lone surrogates"),
        (b"Caf\xe9 shelled \xe2\x80\x9chard\xe2\x80\x9d in Tarsin", "Caf\ufffd shelled “hard” in Tarsin", "no UTF-8"),
    ],
)
def test_what_decoding_takes_out_is_listed(raw: bytes, text: str, reason: str) -> None:
    report = read(raw, input_id="a.txt")
    assert report.text == text
    assert reason in _reasons(report)


def test_legacy_encodings_are_guessed_and_noted() -> None:
    text = "Die Übergänge bei Tärsin wurden am Freitag für die Hälfte der Flüchtlinge geschlossen, hieß es. " * 5
    report = read(text.encode("cp1252"), input_id="a.txt")
    assert report.text == text
    assert "decoded as" in _reasons(report)


def test_declared_encoding_is_used() -> None:
    raw = "Отряды покинули Тарсин в пятницу, сообщили жители.".encode("cp1251")
    report = read(raw, input_id="a", media_type="text/plain; charset=windows-1251")
    assert report.text.startswith("Отряды")
    assert report.language == "ru"
    assert report.unread == "text is Russian (ru); only English is read"
    assert [part.kind for part in report.parts] == ["body"]


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t ", "a.txt", "white space"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.png", "PNG"),
        (b"PK\x03\x04" + b"\x00" * 40, "a.docx", "office document"),
        (bytes(range(256)) * 20, "a.bin", "binary"),
        (b"%PDF-1.7 nonsense", "a.pdf", "PDF"),
        (b"<html><head><title>x</title></head><body><script>x()</script></body></html>", "a.html", "no visible text"),
        (b"<div>" * 100_000, "a.html", "nests more than"),
        (b"<p>x" * 400_000, "a.html", "more than 100,000 tags"),
        (b"x\n" * 400_000, "a.txt", "lines"),
    ],
)
def test_bad_input_is_refused_with_a_reason(raw: bytes, name: str, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        read(raw, input_id=name)


def test_too_much_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(UnreadableInput, match=r"50,000,000 bytes, and the limit is 20,000,000"):
        read(b"a" * 50_000_000, input_id="a.txt")
    assert read(b"Shells hit Tarsin.", input_id="a.txt", limit=18).text == "Shells hit Tarsin."
    with pytest.raises(UnreadableInput, match="limit is 17"):
        read(b"Shells hit Tarsin.", input_id="a.txt", limit=17)


def test_a_sentence_of_five_thousand_words() -> None:
    text = "The commander said that " + "the fighters and " * 1_600 + "their families left Tarsin on Friday."
    report = read(text.encode(), input_id="a.txt")
    assert [part.kind for part in report.parts] == ["body"]


@pytest.mark.parametrize(
    ("raw", "media_type", "name"),
    [
        (b"<p>Shells hit Tarsin.</p>", "text/html; charset=utf-8", "x"),
        (b"<p>Shells hit Tarsin.</p>", None, "x.htm"),
        (b"<!DOCTYPE html><html><body>Shells hit Tarsin.</body></html>", None, "x"),
        (b"Subject: x\r\nFrom: Jane Roe <j@hp.example>\r\n\r\nShells hit Tarsin.", None, "x"),
        (b"Subject: x\n\nShells hit Tarsin.", "message/rfc822", "x"),
    ],
)
def test_type_from_media_type_or_name_or_looks(raw: bytes, media_type: str | None, name: str) -> None:
    assert read(raw, input_id=name, media_type=media_type).text == "Shells hit Tarsin."


def test_given_metadata_wins() -> None:
    page = b"<html><head><title>Old</title><meta name='author' content='A. Old'></head><body><p>Shells hit Tarsin.</p>"
    report = read(
        page,
        input_id="x.html",
        title="New",
        author="Jane Roe",
        outlet="Harbour Post",
        published=date(2018, 5, 4),
        retrieved=datetime(2018, 5, 5, tzinfo=UTC),
    )
    assert (report.title, report.author, report.outlet) == ("New", "Jane Roe", "Harbour Post")
    assert (report.published_day, report.published.basis) == (date(2018, 5, 4), "metadata")
    assert report.retrieved == datetime(2018, 5, 5, tzinfo=UTC)


def test_article_with_everything() -> None:
    text = (
        "Fighters leave camps near Tarsin, Tarsia\n\nScreen Shot 2018-05-04 at 9.15.20 AM\n\n"
        "The fighters have left their camps near the city, the council said in a statement. "
        "[See HWR report, The army’s ‘wanted’ list in Tarsin.]\n\n"
        "Jane Roe is a Senior Fellow at the Institute for Harbour Studies and the Senior Editor for IHS's Harbour War "
        "Review.\n\nTags: , ,\n\n1 Comment\n\n• Jo Public says:\n\nGreat article, as ever, by this author.\n"
    )
    report = read(text.encode(), input_id="a.txt")
    assert report.title == "Fighters leave camps near Tarsin, Tarsia"
    assert (report.outlet, report.author) == ("Harbour War Review", "Jane Roe")
    assert (report.published_day, report.published.basis) == (date(2018, 5, 4), "caption")
    assert report.published_evidence == "2018-05-04"
    assert [item.quote for item in report.references] == ["[See HWR report, The army’s ‘wanted’ list in Tarsin.]"]
    assert all(item.span.of(text) == item.quote for item in report.references)
    left_out = {item.reason for item in report.dropped}
    assert left_out == {"caption", "related_links", "author_note", "tag_line", "comment"}
    assert all(item.span is not None for item in report.dropped)


@pytest.mark.parametrize(
    ("text", "outlet", "author"),
    [
        ("PORT SALID, Tarsia (AP) - Three shells hit the market on Friday.", "Associated Press", None),
        ("MOSCOW (Sputnik) Three shells hit the market in Tarsin on Friday.", "Sputnik", None),
        ("Three shells hit the market in Tarsin on Friday. --Reuters", "Reuters", None),
        (f"By JANE ROE\n\n{_LEAD}", None, "Jane Roe"),
        (f"By Jane Roe and Omar Haddad\n\n{_LEAD}", None, "Jane Roe and Omar Haddad"),
        ("Three shells hit the market in Tarsin on Friday.", None, None),
    ],
)  # fmt: skip
def test_outlet_and_author_as_the_text_shows_them(text: str, outlet: str | None, author: str | None) -> None:
    report = read(text.encode(), input_id="a.txt")
    assert (report.outlet, report.author) == (outlet, author)


def test_months_come_first_in_dates_of_an_american_agency() -> None:
    text = "05/04/2018\n\nTARSIN, Tarsia (AP) - Three shells hit the market on Friday, residents said."
    assert read(text.encode(), input_id="a.txt").published_day == date(2018, 5, 4)


# ------------------------------------------------------------------------------------------------ languages

_FRENCH = (
    "Les combattants ont quitté leurs positions autour de la ville de Tarsin vendredi, selon des habitants. "
    "Le gouverneur a déclaré que la situation était calme et que les magasins avaient rouvert dans la journée."
)


def test_french_is_kept_and_not_read() -> None:
    report = read(_FRENCH.encode(), input_id="a.txt")
    assert report.language == "fr"
    assert report.unread == "text is French (fr); only English is read"
    assert report.text == _FRENCH
    assert report.parts


@pytest.mark.parametrize(
    "text",
    [
        "Tarsin falls",
        "Abu Bakr al Hadidi, Omar Abdel Rahman al Masri, Hisham Ali Samawi",
        "SOLDIERS KILLED SIX PEOPLE IN THE MARKET OF TARSIN ON FRIDAY, A RADIO STATION SAID.",
        "Mullah Omar Mansoor killed by drone strike: officials",
    ],
)
def test_short_and_name_heavy_texts_count_as_english(text: str) -> None:
    assert read(text.encode(), input_id="a.txt").language == "en"


def test_markdown_front_matter_heading_and_pictures() -> None:
    text = (
        "---\ntitle: Shells hit market\ndate: 2018-05-04\nauthor: Jane Roe\n---\n# Shells hit market\n\n"
        "![Smoke over Tarsin](a.jpg)\n\nThree shells hit the **market** in Tarsin on Friday, residents said.\n"
    )
    report = read(text.encode(), input_id="a.md")
    assert report.text == text
    assert (report.title, report.author, report.published_day) == ("Shells hit market", "Jane Roe", date(2018, 5, 4))
    assert [part.kind for part in report.parts] == ["boilerplate", "title", "caption", "body"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False), ("0.0.0.0", False),
        ("192.168.1.1", False), ("::1", False), ("::ffff:127.0.0.1", False), ("fe80::1", False), ("fc00::1", False),
        ("64:ff9b::7f00:1", False), ("2001:4860:4860::8888", True), ("224.0.0.1", False), ("100.64.0.1", False),
        ("2002:7f00:1::", False), ("nonsense", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("top", "outlet", "title", "author", "day"),
    [
        ("Harbour Post\n\nShells hit market in Tarsin\n\nBy Jane Roe\n4 May 2018", "Harbour Post", _T, "Jane Roe", _D),
        ("The Libya Observer\nShells hit market in Tarsin\n4 May 2018", "The Libya Observer", _T, None, _D),
        ("Shells hit market in Tarsin\nHarbour Post, 4 May 2018", "Harbour Post", _T, None, _D),
        ("Shells hit market in Tarsin\nHarbour Post | 4 May 2018", "Harbour Post", _T, None, _D),
        ("Source: Harbour Post\nDate: 4 May 2018\nShells hit market in Tarsin", "Harbour Post", _T, None, _D),
        ("AHRAM ONLINE\nShells hit market in Tarsin\nBy Jane Roe, Harbour Post", "Ahram Online", _T, "Jane Roe", None),
        ("Shells hit market in Tarsin\nBy Jane Roe, Harbour Post", "Harbour Post", _T, "Jane Roe", None),
        ("Zitamar\nShells hit market in Tarsin\n4 May 2018", None, _T, None, _D),
        ("Rebels Seize Army Post\n4 May 2018", None, "Rebels Seize Army Post", None, _D),
        ("Shells hit market in Tarsin\nReuters", "Reuters", _T, None, None),
    ],
)
def test_the_head_of_a_plain_text(
    top: str, outlet: str | None, title: str, author: str | None, day: date | None
) -> None:
    """Who publishes, what it is called, who wrote it and when, each in a line of its own over the body."""
    report = read(f"{top}\n\n{_LEAD}\n".encode(), input_id="a.txt")
    assert (report.outlet, report.title, report.author, report.published_day) == (outlet, title, author, day)
    assert [part.span.of(report.text) for part in report.parts if part.kind == "body"] == [_LEAD]


def test_a_title_over_one_paragraph_with_a_dateline() -> None:
    report = read(f"Shells hit market in Tarsin\n\nTARSIN (Reuters) - {_LEAD}\n".encode(), input_id="a.txt")
    assert (report.title, report.outlet) == (_T, "Reuters")


def test_a_markdown_byline_in_italics_and_the_heads_of_a_table() -> None:
    text = (
        f"# {_T}\n\n*By Jane Roe, 4 May 2018*\n\n{_LEAD}\n\n| Day | What |\n|---|---|\n| 4 May | A shell hit a mill |\n"
    )
    report = read(text.encode(), input_id="a.md")
    assert (report.author, report.published_day) == ("Jane Roe", _D)
    kinds = {part.kind: part.span.of(text) for part in report.parts}
    assert kinds["boilerplate"] == "| Day | What |\n|---|---|"


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00bad", b"\xff\xfe\x00bad\n", b"\xff\xfe" + bytes(range(160, 256)) * 3])
def test_a_byte_order_mark_alone_makes_no_text(raw: bytes) -> None:
    with pytest.raises(UnreadableInput, match="binary"):
        read(raw, input_id="a.txt")


@pytest.mark.parametrize(
    "text", ["中文。\n据报道，叛军周一炮击了该镇。", "中文", "Shells hit Tarsin, café owners said."]
)
def test_wide_text_is_text(text: str) -> None:
    assert read(text.encode("utf-16"), input_id="a.txt").text == text


@pytest.mark.parametrize(
    ("given", "day"),
    [("20/04/2016", "2016-04-20"), ("4/20/2016", "2016-04-20"), ("Wed, 20 Apr 2016 10:00:00 +0200", "2016-04-20"),
     ("05/05/2016", "2016-05-05")],
)  # fmt: skip
def test_a_day_given_in_one_possible_way_is_taken(given: str, day: str) -> None:
    report = read(b"Shells hit Tarsin.", input_id="a.txt", published=given)
    assert (str(report.published_day), report.dropped) == (day, ())


@pytest.mark.parametrize(("given", "words"), [("soon", "is not a date"), ("04/05/2016", "may be 2016-05-04 or")])
def test_a_day_given_that_is_none_or_two_is_listed(given: str, words: str) -> None:
    report = read(b"Shells hit Tarsin.", input_id="a.txt", published=given)
    assert report.published_day is None
    assert words in _reasons(report)
    assert [dropped.quote for dropped in report.dropped] == [given]
