"""The metadata of a page: JSON-LD first, then meta tags, then the elements that readers see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_ARTICLE = re.compile(r"Article$|BlogPosting$|NewsArticle|Report$|WebPage$")
_DATES = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publication_date",
    "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "originalpublicationdate", "timestamp",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher", "copyright")
_MOST_JSON = 400_000


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says of itself; `published` as printed there."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


def read_meta(tree: Any) -> Meta:
    """The metadata of a parsed page."""
    linked = _linked_data(tree)
    tags = _meta_tags(tree)
    return Meta(
        title=_text(linked.get("headline")) or _first(tags, _TITLES) or _inner(tree, "//title") or _inner(tree, "//h1"),
        author=_names(linked.get("author")) or _author(tags),
        outlet=_names(linked.get("publisher")) or _first(tags, _OUTLETS),
        published=_text(linked.get("datePublished")) or _first(tags, _DATES) or _time_element(tree),
        url=_canonical(tree) or _text(linked.get("url")) or _first(tags, ("og:url",)),
    )


def _linked_data(tree: Any) -> dict[str, Any]:
    """The first JSON-LD object that describes an article, {} without one."""
    for script in tree.iter("script"):
        words = script.text or ""
        if "ld+json" in (script.get("type") or "") and len(words) <= _MOST_JSON:
            for node in _nodes(_json(words)):
                kinds = node.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(name, str) and _ARTICLE.search(name) for name in names):
                    return node
    return {}


def _json(words: str) -> Any:
    try:
        return json.loads(words, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document, those with a headline first."""
    found = value if isinstance(value, list) else [value]
    objects = [node for node in found if isinstance(node, dict)]
    for node in list(objects):
        graph = node.get("@graph")
        objects.extend(inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else None
    yield from sorted(objects, key=lambda node: "headline" not in node)


def _meta_tags(tree: Any) -> dict[str, str]:
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = (element.get("content") or "").strip()
        if name and content and name not in tags:
            tags[name] = content
    return tags


def _first(tags: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _author(tags: dict[str, str]) -> str | None:
    names = [tags[name] for name in _AUTHORS if name in tags and not tags[name].startswith("http")]
    return re.sub(r"^[Bb]y\s+", "", names[0]) if names else None


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _names(value: Any) -> str | None:
    """The names in a JSON-LD person or organisation, or a list of them."""
    values = value if isinstance(value, list) else [value]
    names = [_text(one.get("name")) if isinstance(one, dict) else _text(one) for one in values]
    kept = [name for name in names if name and not name.startswith("http")]
    return ", ".join(kept) or None


def _inner(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return " ".join(" ".join(found[0].itertext()).split()) or None if found else None


def _canonical(tree: Any) -> str | None:
    found = tree.xpath("//link[@rel='canonical']/@href")
    return str(found[0]) if found and str(found[0]).startswith(("http://", "https://")) else None


def _time_element(tree: Any) -> str | None:
    """`<time datetime pubdate>` or one marked as the date of publication; any other `<time>` may be a comment's."""
    for element in tree.iter("time", "span", "abbr"):
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        marked = element.get("pubdate") is not None or re.search(r"datePublished|published|entry-date|pubdate", names)
        value = element.get("datetime") or element.get("content") or (element.get("title") if marked else None)
        if marked and value:
            return str(value)
    return None
