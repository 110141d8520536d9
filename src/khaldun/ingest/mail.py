"""Mails (.eml): the plain text or else the HTML of the letter, its headers as metadata."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from khaldun.errors import UnreadableInput
from khaldun.ingest.extracted import Extracted
from khaldun.ingest.html import read_html
from khaldun.ingest.text import clean, decode
from khaldun.model import Dropped, Part, Span

_QUOTED = re.compile(r"^>[^\n]*(?:\n>[^\n]*)*", re.M)
_QUOTE_HEAD = re.compile(
    r"^(?:On [^\n]{6,200}(?:\n[^\n]{1,100})?wrote:|-{2,}\s*(?:Original|Forwarded) [Mm]essage\s*-{2,}[^\n]*)[ \t]*$",
    re.M,
)
_FOOT = re.compile(
    r"^(?:-- ?$|(?:You (?:are receiving|received) this|To unsubscribe|Unsubscribe"
    r"|View (?:this email|in) (?:in )?your browser)[^\n]*)",
    re.M,
)
_PERSON = re.compile(r"[A-Z][\w'’.-]+(?: (?:al-|el-|bin |de )?[A-Z][\w'’.-]+){1,2}")
_OFFICE = re.compile(
    r"\b(?:News|Desk|Agency|Alerts?|Press|Media|Office|Team|Newsletter|Times|Post|Journal|Center|Centre|Watch|Group|"
    r"Service|Daily|Observatory|Council|Ministry|Network|Reuters|Institute|Monitor|Statements?|Gazette|Herald|Tribune|"
    r"Wire|Brief|Digest|Bulletin|Radio|TV|Television|Channel|Coalition|Forces|Command|Army|Rights|Foundation|Project|"
    r"Reports?|Updates?|Weekly|Editors?|Department|Embassy|Mission|Committee|Union|Campaign|International)\b"
)


def read_mail(raw: bytes) -> Extracted:
    """The letter and its headers. Attachments are listed, quoted replies and footers marked."""
    message = email.message_from_bytes(raw, policy=default)
    if not isinstance(message, EmailMessage):  # the default policy makes no other
        raise UnreadableInput("this file holds no mail: give an .eml file")
    dropped = (
        [Dropped("attachment", _attachment_name(part)) for part in message.iter_attachments()]
        if _has_parts(message)
        else []
    )
    letter = message.get_body(("plain", "html"))
    if letter is None:
        raise UnreadableInput("this mail has no text: save its attachments and give those")
    found = _letter(letter)
    author, outlet = _sender(message)
    return Extracted(
        found.text,
        title=_header(message, "Subject") or found.title,
        author=author,
        outlet=outlet or found.outlet,
        published=_date(message),
        url=found.url,
        marks=found.marks,
        dropped=(*dropped, *found.dropped),
    )


def _has_parts(message: EmailMessage) -> bool:
    return message.is_multipart()


def _attachment_name(part: MIMEPart[Any, Any]) -> str:
    return part.get_filename() or part.get_content_type()


def _letter(letter: MIMEPart[Any, Any]) -> Extracted:
    payload = letter.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = letter.get_content_charset()
    if letter.get_content_subtype() == "html":
        return read_html(raw, charset)
    decoded = decode(raw, charset)
    if not decoded.text.strip():
        raise UnreadableInput("this mail has no text: save its attachments and give those")
    return Extracted(decoded.text, marks=_marks(decoded.text), dropped=decoded.dropped)


def _marks(text: str) -> tuple[Part, ...]:
    """Quoted replies (with the line that introduces them) and the footer, as boilerplate."""
    spans = [Span(*match.span()) for pattern in (_QUOTED, _QUOTE_HEAD) for match in pattern.finditer(text)]
    foot = _FOOT.search(text)
    if foot:
        spans.append(Span(foot.start(), len(text)))
    return tuple(Part("boilerplate", span) for span in sorted(spans))


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError):  # a header that the standard library cannot take apart
        return None
    text = clean(" ".join(str(value).split())).text if value is not None else ""
    return text or None


def _sender(message: EmailMessage) -> tuple[str | None, str | None]:
    """Author and outlet from From: ("Jane Roe, Harbour Post", "Jane Roe", "Harbour Post Alerts")."""
    header = _header(message, "From") or ""
    # a comma outside quotation marks ("Jane Roe, Harbour Post <…>") would end the name for the standard library
    name = (header.partition("<")[0] if "<" in header else parseaddr(header)[0]).replace('"', "").strip(" '")
    organisation = _header(message, "Organization")
    if not name:
        return None, organisation
    person, _, office = (
        part.strip() for part in re.sub(r"\s+(?:via|at|from|\|)\s+|,\s+", ",", name, count=1).partition(",")
    )
    if office:
        return person, organisation or office
    if _PERSON.fullmatch(name) and not _OFFICE.search(name):
        return name, organisation
    return None, organisation or name


def _date(message: EmailMessage) -> str | None:
    words = _header(message, "Date")
    if words is None:
        return None
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return words
