"""HTML to text: all that a reader sees, block by block, with what the mark-up says each block is.

trafilatura judges which paragraphs are the article's body; its judgement is matched back to our own text, so that
nothing visible is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from khaldun.errors import UnreadableInput
from khaldun.ingest.blocks import BETWEEN_BLOCKS, Block, body_of, mark_blocks
from khaldun.ingest.extracted import Extracted
from khaldun.ingest.markup import Hint, author_of_comment, hint_of
from khaldun.ingest.meta import read_meta
from khaldun.ingest.text import decode
from khaldun.model import Dropped

MOST_TAGS = 100_000
MOST_DEPTH = 200

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")

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


@dataclass(slots=True)
class _Walk:
    """The blocks found so far; `line` collects the text of the block at hand."""

    blocks: list[Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    unseen: dict[str, int] = field(default_factory=dict)
    author: str | None = None

    def close(self, hint: Hint) -> None:
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(self.line).split("\x0b"))
        text = "\n".join(line for line in lines if line)
        if text:
            self.blocks.append(Block(text, hint, self.author))
            self.author = None
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
    sure, weak = mark_blocks(walk.blocks, body_of(page), meta.title)
    text = BETWEEN_BLOCKS.join(block.text for block in walk.blocks)
    dropped = [
        *decoded.dropped,
        *(Dropped(f"{count} {tag} elements", f"<{tag}>") for tag, count in sorted(walk.unseen.items())),
    ]
    return Extracted(text, meta.title, meta.author, meta.outlet, meta.published, meta.url, sure, weak, tuple(dropped))


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
        walk.author = (author_of_comment(element, own) if own == "comment" else None) or walk.author
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
