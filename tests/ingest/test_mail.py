"""Mails: headers become metadata, attachments are listed, quoted replies are not read."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from khaldun.errors import UnreadableInput
from khaldun.ingest import read

_LETTER = "Three shells hit the market in Tarsin on Friday, residents of the town said.\n"


def _mail(
    text: str | None = _LETTER, sender: str = "Jane Roe <jane@hp.example>", page: str | None = None
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = "Shells hit market"
    message["Date"] = "Fri, 04 May 2018 23:30:00 -0500"
    if text is not None:
        message.set_content(text)
    if page is not None:
        if text is None:
            message.set_content(page, subtype="html")
        else:
            message.add_alternative(page, subtype="html")
    return message


def test_headers_are_metadata() -> None:
    report = read(_mail().as_bytes(), input_id="x.eml")
    assert report.text.strip() == _LETTER.strip()
    assert (report.title, report.author, report.outlet) == ("Shells hit market", "Jane Roe", None)
    assert report.published_day is not None
    assert (report.published_day.isoformat(), report.published.basis) == ("2018-05-04", "metadata")


@pytest.mark.parametrize(
    ("sender", "author", "outlet"),
    [
        ("Jane Roe, Harbour Post <j@hp.example>", "Jane Roe", "Harbour Post"),
        ("Harbour Post Alerts <alerts@hp.example>", None, "Harbour Post Alerts"),
        ("Jane Roe via Coast News Group <list@coast.example>", "Jane Roe", "Coast News Group"),
        ("j@hp.example", None, None),
    ],
)
def test_sender_is_a_person_or_an_office(sender: str, author: str | None, outlet: str | None) -> None:
    report = read(_mail(sender=sender).as_bytes(), input_id="x.eml")
    assert (report.author, report.outlet) == (author, outlet)


def test_plain_text_is_preferred_to_html() -> None:
    report = read(_mail(page="<p>Another version of the letter.</p>").as_bytes(), input_id="x.eml")
    assert "Another version" not in report.text


def test_html_alone_is_read() -> None:
    report = read(_mail(None, page=f"<html><body><p>{_LETTER}</p></body></html>").as_bytes(), input_id="x.eml")
    assert report.text == _LETTER.strip()
    assert report.title == "Shells hit market"


def test_attachments_are_listed() -> None:
    message = _mail()
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="market.png")
    report = read(message.as_bytes(), input_id="x.eml")
    assert ("attachment", "market.png") in [(item.reason, item.quote) for item in report.dropped]


def test_quoted_replies_and_footers_are_not_read() -> None:
    text = (
        f"{_LETTER}\nOn Thu, 3 May 2018, Omar Haddad wrote:\n> The army shelled the port.\n> Nobody was hurt.\n\n"
        "-- \nJane Roe\nHarbour Post\nTo unsubscribe write to list@hp.example\n"
    )
    report = read(_mail(text).as_bytes(), input_id="x.eml")
    body = " ".join(part.span.of(report.text) for part in report.parts if part.kind == "body")
    assert body == _LETTER.strip()
    assert "army shelled" in report.text


def test_encoded_headers_and_letters() -> None:
    raw = (
        b"From: =?utf-8?q?S=C3=A1ra_Roe?= <s@hp.example>\r\nSubject: =?utf-8?b?U2hlbGxzIOKAkyBhZ2Fpbg==?=\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"The caf=E9 in Tarsin was shelled on Friday.\r\n"
    )
    report = read(raw, input_id="x.eml")
    assert (report.title, report.author) == ("Shells – again", "Sára Roe")
    assert "café" in report.text


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\nSubject: x\n\n",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n\nabc\n--x--\n",
    ],
)
def test_mail_without_text(raw: bytes) -> None:
    with pytest.raises(UnreadableInput):
        read(raw, input_id="x.eml", media_type="message/rfc822")
