"""Bytes to text: the encoding, and what may not stand in a text.

A text comes through character for character. Only a byte order mark, NUL characters and lone surrogates are taken out,
and listed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from khaldun.errors import UnreadableInput
from khaldun.model import Dropped

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = re.compile(r"[\x00\ud800-\udfff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 8_192
_MOST_CONTROL = 0.02
_GUESS_FROM = 200_000
_BROKEN = "\ufffd"
_NO_LETTERS = frozenset({"Cn", "Co", "Cs"})
_MOST_ODD = 0.1
_BINARY = "binary data, not a text: give plain text, HTML, PDF or a mail (.eml)"

_RTF = b"{\\rtf"
MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (_RTF, "a rich text document"),
    (b"SQLite format 3", "a database"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound file"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and what its decoding left out or had to guess."""

    text: str
    dropped: tuple[Dropped, ...] = ()


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """The text in `raw`: by byte order mark, the declared encoding, UTF-8, then the best guess.

    Raises UnreadableInput for what is no text at all.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _decode_marked(raw[len(bom) :], encoding)
    wide = _wide_encoding(raw)
    if wide:
        return clean(raw.decode(wide, "replace"), Dropped(f"no declared encoding, decoded as {wide}", ""))
    refuse_binary(raw)
    return _decode_bytes(raw, declared)


def _decode_marked(raw: bytes, encoding: str) -> Decoded:
    mark = Dropped("byte order mark", "U+FEFF")
    try:
        text = raw.decode(encoding, "surrogatepass")
        _refuse_wide(raw, text)
        return clean(text, mark)
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
        _refuse_wide(raw, text)
        return clean(text, mark, Dropped(f"{text.count(_BROKEN)} sequences of bytes are no {encoding}", _BROKEN))


def _decode_bytes(raw: bytes, declared: str | None) -> Decoded:
    for encoding in (declared, "utf-8"):
        text = _try(raw, encoding) if encoding else None
        if text is not None:
            return clean(text)
    try:
        return clean(raw.decode("utf-8", "surrogatepass"))  # surrogates in an otherwise sound UTF-8
    except UnicodeDecodeError:
        return _guess(raw)


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(raw: bytes) -> Decoded:
    """Broken UTF-8 keeps its sound characters; other bytes are decoded as charset-normalizer judges."""
    mended = raw.decode("utf-8", "replace")
    sound = sum(1 for letter in mended if letter > "\x7f" and letter != _BROKEN)
    broken = mended.count(_BROKEN)
    if sound > broken or broken <= 2 + len(raw) // 2_000:
        return clean(mended, Dropped(f"{broken} sequences of bytes are no UTF-8, shown as U+FFFD", _BROKEN))
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_GUESS_FROM]).best()
    encoding = best.encoding if best is not None else "cp1252"
    text = _try(raw, encoding)
    if text is None:
        text, encoding = raw.decode("latin-1"), "latin-1"
    return clean(text, Dropped(f"no declared encoding and no UTF-8, decoded as {encoding}", ""))


def clean(text: str, *noted: Dropped) -> Decoded:
    """Takes out NUL characters and lone surrogates, and a byte order mark at the front, and lists them."""
    dropped = list(noted)
    if text.startswith("\ufeff"):
        text = text[1:]
        dropped.append(Dropped("byte order mark", "U+FEFF"))
    found = _NOT_TEXT.findall(text)
    if found:
        text = _NOT_TEXT.sub("", text)
        nul = found.count("\x00")
        if nul:
            dropped.append(Dropped(f"{nul} NUL characters", "U+0000"))
        if len(found) > nul:
            dropped.append(Dropped(f"{len(found) - nul} lone surrogates", "U+D800–U+DFFF"))
    return Decoded(text, tuple(dropped))


def refuse_binary(raw: bytes) -> None:
    """Raises UnreadableInput when `raw` is an image, an archive, a program or other data without text."""
    for magic, what in MAGIC:
        if raw.startswith(magic) and (_CONTROL.search(raw[:512]) or magic == _RTF):
            raise UnreadableInput(f"not a text but {what}: give the text, HTML, PDF or mail itself")
    head = raw[:_LOOKED_AT]
    if len(_CONTROL.findall(head)) > max(8, len(head) * _MOST_CONTROL):
        raise UnreadableInput(_BINARY)


def _refuse_wide(raw: bytes, text: str) -> None:
    """Raises UnreadableInput where what follows a byte order mark is no text: any two bytes make some character."""
    head = text[:_LOOKED_AT]
    odd = sum(letter == _BROKEN or unicodedata.category(letter) in _NO_LETTERS for letter in head)
    single = raw.isascii() and not any(letter.isascii() for letter in text)  # bytes of one letter each, read in pairs
    if odd > len(head) * _MOST_ODD or single:
        raise UnreadableInput(_BINARY)


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without its mark shows in NUL bytes at every other place."""
    head = raw[:_LOOKED_AT]
    if len(head) < 8 or len(raw) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
