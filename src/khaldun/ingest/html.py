"""HTML to text: all that a reader sees, block by block, with what the mark-up says each block is.

trafilatura judges which paragraphs are the article's body; its judgement is matched back to our own text, so that
nothing visible is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from khaldun.errors import UnreadableInput
from khaldun.ingest.extracted import Extracted
from khaldun.ingest.markup import Hint, hint_of
from khaldun.ingest.meta import Meta, read_meta
from khaldun.ingest.text import decode
from khaldun.model import Dropped, Part, PartKind, Span

MOST_TAGS = 300_000
MOST_DEPTH = 200

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_WORD = re.compile(r"\w+")

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_UNSEEN = frozenset(
    "script style noscript template svg math head iframe object embed canvas audio video map select textarea "
    "datalist".split()
)
_LISTED = frozenset({"script", "iframe", "object", "embed", "audio", "video"})
_PROSE_WORDS = 10


@dataclass(slots=True)
class _Block:
    """A stretch of visible text and what the mark-up around it says it is."""

    text: str
    hint: Hint


@dataclass(slots=True)
class _Walk:
    """The blocks found so far; `line` collects the text of the block at hand."""

    blocks: list[_Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    unseen: dict[str, int] = field(default_factory=dict)

    def close(self, hint: Hint) -> None:
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(self.line).split("\x0b"))
        text = "\n".join(line for line in lines if line)
        if text:
            self.blocks.append(_Block(text, hint))
        self.line.clear()


def read_html(raw: bytes, declared: str | None = None) -> Extracted:
    """The visible text of a page and its metadata. Raises UnreadableInput for pages without text, or built to choke."""
    if raw.count(b"<") > MOST_TAGS:
        raise UnreadableInput(f"the page has more than {MOST_TAGS:,} tags: save the article alone")
    found = _DECLARED.search(raw[:4_096])
    decoded = decode(raw, declared or (found.group(1).decode("ascii") if found else None))
    page = _XML_DECLARATION.sub("", decoded.text)
    tree = _parse(page)
    meta = read_meta(tree)
    walk = _walk(tree)
    if not walk.blocks:
        raise UnreadableInput("the page holds no visible text: it may need a browser to run its scripts")
    marks = _marks(walk.blocks, _body_of(page), meta)
    text = "\n\n".join(block.text for block in walk.blocks)
    dropped = [
        *decoded.dropped,
        *(Dropped(f"{count} {tag} elements", f"<{tag}>") for tag, count in sorted(walk.unseen.items())),
    ]
    return Extracted(text, meta.title, meta.author, meta.outlet, meta.published, meta.url, marks, tuple(dropped))


def _parse(page: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise UnreadableInput(f"the page cannot be read as HTML ({problem}): save it again from a browser") from problem
    if _depth(tree) > MOST_DEPTH:
        raise UnreadableInput(f"the page nests more than {MOST_DEPTH} elements: save the article alone")
    return tree


def _depth(tree: Any) -> int:
    deepest, stack = 0, [(tree, 1)]
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        if depth <= MOST_DEPTH:
            stack.extend((child, depth + 1) for child in element)
    return deepest


def _walk(tree: Any) -> _Walk:
    """Visits the page in reading order without recursion."""
    walk = _Walk()
    stack: list[tuple[Any, Hint, bool]] = [(tree, None, False)]
    while stack:
        element, hint, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            if tag in _BLOCKS:
                walk.close(hint)
            if element is not tree:
                walk.line.append(element.tail or "")
            continue
        own = hint_of(element, hint)
        if _is_unseen(element, tag):
            if tag in _LISTED:
                walk.unseen[tag] = walk.unseen.get(tag, 0) + 1
            walk.line.append(element.tail or "")
            continue
        _enter(walk, element, tag, hint, own)
        stack.append((element, own if tag in _BLOCKS else hint, True))
        stack.extend((child, own, False) for child in reversed(element))
    walk.close(None)
    return walk


def _enter(walk: _Walk, element: Any, tag: str, outer: Hint, own: Hint) -> None:
    if tag in _BLOCKS:
        walk.close(outer)
    elif own != outer:  # a byline or a caption in a span of its own
        walk.line.append(" ")
    if tag == "br":
        walk.line.append("\x0b")
    elif tag == "img" and (element.get("alt") or "").strip():
        walk.close(outer)
        walk.line.append(element.get("alt"))
        walk.close("caption")
    walk.line.append(element.text or "")


def _is_unseen(element: Any, tag: str) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower() if tag else ""
    return not tag or tag in _UNSEEN or element.get("hidden") is not None or "display:none" in style


def _body_of(page: str) -> list[str]:
    """The paragraphs that trafilatura takes for the article's body."""
    import trafilatura

    found = trafilatura.extract(
        page, output_format="txt", include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    return [line for line in (found or "").splitlines() if line.strip()]


def _marks(blocks: Sequence[_Block], body: Sequence[str], meta: Meta) -> tuple[Part, ...]:
    """Marks for the blocks that are not body, by mark-up first and then by trafilatura's judgement."""
    judged = " ".join(_fold(line) for line in body)
    kinds = [_kind(block, judged) for block in blocks]
    prose = [place for place, block in enumerate(blocks) if kinds[place] is None and _is_prose(block.text)]
    if not prose:  # the mark-up misleads (everything inside a "menu"): keep only what it says of single blocks
        kinds = [kind if kind in ("caption", "comment", "embedded_post", "byline") else None for kind in kinds]
        prose = list(range(len(blocks)))
    first, last = prose[0], prose[-1]
    marks: list[Part] = []
    for place, (block, span) in enumerate(_placed(blocks)):
        kind = kinds[place]
        if kind is None and judged and not _is_judged(block, judged) and _fold(block.text) != _fold(meta.title or ""):
            outside = not first <= place <= last
            kind = "navigation" if outside and not _is_prose(block.text) and block.hint != "title" else None
        if kind is not None:
            marks.append(Part(kind, span))
    return tuple(marks)


def _kind(block: _Block, judged: str) -> PartKind | None:
    if block.hint == "title":
        return None
    if (
        block.hint in ("navigation", "related_links", "boilerplate")
        and _is_prose(block.text)
        and _is_judged(block, judged)
    ):
        return None
    return block.hint


def _placed(blocks: Sequence[_Block]) -> Iterator[tuple[_Block, Span]]:
    start = 0
    for block in blocks:
        yield block, Span(start, start + len(block.text))
        start += len(block.text) + 2


def _is_judged(block: _Block, judged: str) -> bool:
    folded = _fold(block.text)
    return bool(folded) and folded in judged


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _PROSE_WORDS and text.rstrip("\"'”’)] ")[-1:] in ".!?…"


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()
