"""PDF files, made here by hand: text, scans, locked and broken files."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from khaldun.errors import UnreadableInput
from khaldun.ingest import read


def make_pdf(pages: list[list[str]], title: str | None = None) -> bytes:
    """A small PDF with one line of text below the other on each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        drawn = " T* ".join(f"({line}) Tj" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {drawn} ET" if lines else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {len(objects)} 0 R {resources} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    trailer = "/Root 1 0 R"
    if title:
        objects.append(f"<< /Title ({title}) >>")
        trailer += f" /Info {len(objects)} 0 R"
    return _file(objects, trailer)


def _file(objects: list[str], trailer: str) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size, start = len(objects) + 1, len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF".encode()


_LINE = "Three shells hit the market in Tarsin on Friday, residents of the town said."


def test_pages_are_joined() -> None:
    raw = make_pdf(
        [["Shells hit market", _LINE], ["Two people died in the sec-", "ond attack, a medic said."]],
        "Shells hit market",
    )
    report = read(raw, input_id="x.pdf")
    assert report.title == "Shells hit market"
    assert report.text == f"Shells hit market\n{_LINE}\n\nTwo people died in the sec-\nond attack, a medic said."
    assert [part.kind for part in report.parts] == ["title", "body"]


def test_running_heads_and_page_numbers_are_boilerplate() -> None:
    pages = [[f"Harbour Review {n}", f"Sentence {'abc'[n - 1]}: {_LINE}", str(n)] for n in (1, 2, 3)]
    report = read(make_pdf(pages), input_id="x.pdf")
    body = " ".join(part.span.of(report.text) for part in report.parts if part.kind == "body")
    assert "Harbour Review" not in body
    assert body.count("Three shells") == 3
    assert sum(part.kind == "boilerplate" for part in report.parts) >= 3


def test_title_of_the_properties_that_no_page_shows_is_left() -> None:
    assert read(make_pdf([[_LINE]], "Microsoft Word - draft7"), input_id="x.pdf").title is None


def test_a_pdf_is_known_by_its_first_bytes() -> None:
    assert read(make_pdf([[_LINE]]), input_id="stdin").text == _LINE


def test_scan_without_text() -> None:
    with pytest.raises(UnreadableInput, match="OCR"):
        read(make_pdf([[], []]), input_id="x.pdf")


def test_encrypted_file() -> None:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(make_pdf([[_LINE]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(UnreadableInput, match="encrypted"):
        read(out.getvalue(), input_id="x.pdf")


@pytest.mark.parametrize("keep", [9, 60, 200, 400])
def test_broken_file(keep: int) -> None:
    with pytest.raises(UnreadableInput, match="PDF"):
        read(make_pdf([[_LINE]])[:keep], input_id="x.pdf")
