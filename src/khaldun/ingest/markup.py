"""What the mark-up of a page says about a block: element names, classes, roles."""

from __future__ import annotations

import re
from typing import Any

from khaldun.model import PartKind

Hint = PartKind | None

_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BY_TAG: dict[str, PartKind] = {
    "nav": "navigation",
    "button": "navigation",
    "form": "navigation",
    "footer": "boilerplate",
    "figcaption": "caption",
    "figure": "caption",
    "time": "byline",
    "h1": "title",
}
# Words of class and id attributes; the first that matches decides.
_BY_WORD: tuple[tuple[frozenset[str], PartKind], ...] = (
    (frozenset({"tweet", "instagram", "telegram", "fbpost"}), "embedded_post"),
    (frozenset({"comment", "comments", "commentlist", "disqus", "respond"}), "comment"),
    (frozenset({"caption", "figcaption", "credit", "credits"}), "caption"),
    (frozenset({"bio", "aboutauthor"}), "author_note"),
    (
        frozenset(
            {"related", "recommended", "recommendations", "popular", "trending", "readmore", "outbrain", "taboola"}
        ),
        "related_links",
    ),
    (frozenset({"tags", "taglist", "tagcloud", "keywords"}), "tag_line"),
    (frozenset({"byline", "dateline", "timestamp", "author", "pubdate", "published", "datetime"}), "byline"),
    (
        frozenset(
            {"nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "share", "sharing", "social",
             "toolbar", "newsletter", "subscribe", "promo", "cookie", "cookies", "pagination", "skip", "advert",
             "ad", "ads", "advertisement", "sidebar", "widget"}
        ),
        "navigation",
    ),
    (frozenset({"footer", "copyright", "disclaimer", "legal"}), "boilerplate"),
)  # fmt: skip
_AUTHORS = frozenset({"author", "fn", "username", "commenter", "nickname"})
_LONGEST_NAME = 60
_NEVER = frozenset({"html", "body", "main", "article"})
_STRONG: frozenset[Hint] = frozenset(
    {"comment", "embedded_post", "caption", "author_note", "related_links", "tag_line"}
)


def hint_of(element: Any, outer: Hint) -> Hint:
    """The kind that `element` shows; that of its surroundings when it shows none or those are surer."""
    if outer in _STRONG:
        return outer
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _NEVER:
        return outer
    own = _by_words(element, tag) or _BY_TAG.get(tag) or _by_role(element)
    if tag == "header" and not _inside_article(element):
        own = own or "navigation"
    if own == "byline" and outer in ("navigation", "boilerplate"):
        return outer
    return own or outer


def author_of_comment(element: Any, hint: Hint) -> str | None:
    """The name in an element that marks the author of a comment (`<cite class="fn">`), else None."""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    marked = {token.lower() for token in _TOKENS.findall(names)} & _AUTHORS or element.tag == "cite"
    name = " ".join("".join(element.itertext()).split()) if marked and hint == "comment" else ""
    return name if 0 < len(name) <= _LONGEST_NAME else None


def _by_words(element: Any, tag: str) -> Hint:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    tokens = {token.lower() for token in _TOKENS.findall(names)}
    if not tokens:
        return None
    if tag == "a" and "tag" in (element.get("rel") or "").split():
        return "tag_line"
    return next((kind for words, kind in _BY_WORD if tokens & words), None)


def _by_role(element: Any) -> Hint:
    role = element.get("role") or ""
    prop = element.get("itemprop") or ""
    rel = (element.get("rel") or "").split()
    if role in ("navigation", "search", "menu", "menubar", "banner"):
        return "navigation"
    if role == "contentinfo":
        return "boilerplate"
    if prop in ("author", "datePublished", "dateModified") or "author" in rel:
        return "byline"
    return "tag_line" if "tag" in rel else None


def _inside_article(element: Any) -> bool:
    return next(element.iterancestors("article", "main"), None) is not None
