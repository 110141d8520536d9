"""Writes the one sample that is not plain text, `samples/09_panel_note_sirte.pdf`, the same bytes each time.

Run it from anywhere: ``python scripts/make_samples.py``. The PDF has one text column, a running head and page
numbers, as expert panels' papers have, and no compression, so that it can be read in any editor.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

TARGET = Path(__file__).parents[1] / "samples" / "09_panel_note_sirte.pdf"
TITLE = "Note on the Islamic State around the Gulf of Sidra"
PUBLISHER = "Sanctions Panel Notes (sample)"
DAY = "14 March 2016"
LINE_WIDTH, LINES_A_PAGE = 88, 40
PARAGRAPHS = (
    TITLE,
    DAY,
    "1. The Islamic State took over the city of Sirte in stages in 2015. It occupied government buildings in "
    "February and seized the airport in May. The group announced on 9 June 2015 that it had captured the city.",
    "2. On 8 February 2015 a convoy of about 40 vehicles drove from Sirte into the town of Nawfaliyah. The "
    "fighters ordered residents to pledge allegiance to Abu Bakr al-Baghdadi and appointed Ali al-Qarqaa as emir "
    "of the town.",
    "3. In a statement posted on social media in early June 2015, the group said that it had taken Harawa, "
    "about 70 km east of Sirte. A military source confirmed that militants were in control of the town. Local "
    "media reported that elders had handed over power after the group freed three hostages.",
    "4. On 4 January 2016 Islamic State fighters attacked the oil terminals of Sidra and Ras Lanuf and took the "
    "nearby town of Bin Jawad. Both the group and the Petroleum Facilities Guard (PFG) confirmed that the town "
    "was in its hands. At least seven PFG soldiers and one civilian were killed, and the PFG, backed by aircraft "
    "of the Libyan National Army, pushed the attackers back from the storage tanks.",
    "5. Ibrahim Jadhran, who commands the PFG in the central region, accused the air force of General Khalifa "
    "Haftar of having done nothing to defend the terminals.",
    "6. In the east, the Islamic State acknowledged on 12 July 2015 that it had been pushed out of Derna after "
    "weeks of fighting with the Derna Mujahideen Shura Council, which was formed in December 2014. It kept "
    "positions outside the city.",
    "7. On 13 November 2015 a US airstrike in Derna hit Abu Nabil, the senior leader of the group in Libya. The "
    "Pentagon said in a statement that he had been killed. Libyan officials described him as the chief of the "
    "Islamic State in Derna.",
)


def main() -> None:
    """Writes the file."""
    TARGET.write_bytes(pdf(_pages()))


def _pages() -> list[list[str]]:
    """The lines of each page, headed and numbered."""
    lines = [line for p in PARAGRAPHS for line in (*textwrap.wrap(p, LINE_WIDTH), "")]
    cut = [lines[i : i + LINES_A_PAGE] for i in range(0, len(lines), LINES_A_PAGE)]
    return [[PUBLISHER, "", *page, "", f"Page {n} of {len(cut)}"] for n, page in enumerate(cut, 1)]


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF 1.4 file with one column of Helvetica on A4 for each of `pages` (lists of lines, Latin-1)."""
    first_page = 5
    kids = " ".join(f"{first_page + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(TITLE)}) /Author ({_escaped(PUBLISHER)}) /CreationDate (D:20160314090000Z)"
        " /Subject (Written for the samples of Khaldun; the publisher is invented) >>",
    ]
    for i, page in enumerate(pages):
        content = first_page + 2 * i + 1
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
        )
        drawn = _drawn(page)
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    return _file(objects)


def _drawn(lines: Sequence[str]) -> str:
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    return f"BT /F1 11 Tf 16 TL 60 780 Td\n{shown}\nET"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[str]) -> bytes:
    """Header, numbered objects, cross-reference table and trailer."""
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return out + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


if __name__ == "__main__":
    main()
