"""Weapons and media products: what people are hurt with, and what is put out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from khaldun.annotate.actors.noun_phrases import left_edge
from khaldun.annotate.found import Found, settle
from khaldun.annotate.reading.nouns import singulars
from khaldun.annotate.words import Doc, Token
from khaldun.knowledge import load_data, word_list
from khaldun.model import Span


@cache
def _releases() -> frozenset[str]:
    return word_list("lexicons/en/sayings.yaml", "releasing")


def find_weapons(doc: Doc) -> list[Found]:
    """Phrases headed by a weapon, with what stands before ("two anti-tank mines")."""
    data = load_data("lexicons/en/weapons.yaml")
    found = []
    for token in doc:
        key = _entry_at(token, "weapon") if _last_words(token.lower_, "weapon") else None
        if key is None or _is_modifier(token) or _unarmed(token, key, data):
            continue
        found.append(_phrase(doc, token, "weapon", f"weapon:{key}"))
    return settle(found)


@cache
def _weapon_words() -> frozenset[str]:
    return frozenset(w for row in load_data("lexicons/en/weapons.yaml")["weapons"] for w in row["words"])


def _entry_at(token: Token, kind: str) -> str | None:
    """The longest entry that ends with this token ("car bomb" before "bomb")."""
    forms = _last_words(token.lower_, kind)
    words = _weapon_words() if kind == "weapon" else _product_words()
    for size in (3, 2, 1):
        if token.i + 1 >= size:
            first = " ".join(t.lower_ for t in token.doc[token.i + 1 - size : token.i])
            entry = next((e for form in forms if (e := f"{first} {form}".strip()) in words), None)
            if entry is not None:
                return entry
    return None


@lru_cache(maxsize=65_536)
def _last_words(word: str, kind: str) -> tuple[str, ...]:
    """What of the word and its singulars some entry ends with."""
    return tuple(form for form in (word, *singulars(word)) if form in _lasts(kind))


@cache
def _lasts(kind: str) -> frozenset[str]:
    words = _weapon_words() if kind == "weapon" else _product_words()
    return frozenset(w.split()[-1] for w in words)


def _is_modifier(token: Token) -> bool:
    """True where the word only modifies ("bomb attack", "tank driver"); "mortar shells" is told by its last word."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return True
    return token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i


def _unarmed(token: Token, key: str, data: Mapping[str, list[str]]) -> bool:
    before = token.nbor(-1).lower_ if token.i else ""
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    plural = token.lower_ != key.split()[-1]
    if before in data["not_after"] or any(after.startswith(w) for w in data["not_before"]):
        return True
    if key == "arm":
        return (
            not plural
            or token.head.lemma_ in ("wave", "fold", "raise")
            or any(c.dep_ == "poss" for c in token.children)
        )
    if key == "shell":
        return any(w in ("beach", "egg", "sea") for w in (t.lower_ for t in token.sent))
    return key in ("stone", "club", "shell", "drive") and token.head.lemma_ not in (
        "throw",
        "hurl",
        "use",
        "beat",
        "fire",
        "hit",
        "with",
        "by",
    )


def _phrase(doc: Doc, token: Token, kind: str, rule: str) -> Found:
    left = left_edge(token)
    span = Span(doc[left].idx, token.idx + len(token.text))
    return Found(span, rule, "description", kind="weapon" if kind == "weapon" else "media_product", rank=4)


def find_media_products(doc: Doc, text: str) -> list[Found]:
    """Named products ("Dabiq magazine", with the name as head) and nouns for what was put out."""
    found = list(_named(text))
    for token in doc:
        key = _entry_at(token, "product") if _last_words(token.lower_, "product") else None
        if key is None or token.pos_ not in ("NOUN", "PROPN") or not _put_out(token, key):
            continue
        found.append(_titled(token, key) or _phrase(doc, token, "media_product", f"product:{_product_words()[key]}"))
    return settle(found)


def _titled(token: Token, key: str) -> Found | None:
    """A periodical with its name before it: "the Front's *Al Bayan newsletter*"."""
    first = token.i
    while first > token.sent.start and token.doc[first - 1].dep_ == "compound" and token.doc[first - 1].pos_ == "PROPN":
        first -= 1
    if key not in load_data("lexicons/en/media_products.yaml")["periodicals"] or first == token.i:
        return None
    start, name_end = token.doc[first].idx, token.doc[token.i - 1]
    head = Span(start, name_end.idx + len(name_end))
    whole = Span(start, token.idx + len(token))
    return Found(whole, f"product:{_product_words()[key]}", "name", head, 1, "media_product")


@cache
def _product_words() -> Mapping[str, str]:
    rows = load_data("lexicons/en/media_products.yaml")["products"]
    return {word: row["medium"] for row in rows for word in row["words"]}


def medium_of(rule: str) -> str | None:
    """The medium that a media product's `made_by` tells ("product:video" -> video)."""
    return rule.partition(":")[2] or None if rule.startswith("product:") else None


def _named(text: str) -> list[Found]:
    found = []
    for name, pattern, medium in _names():
        for match in pattern.finditer(text) if name in text else ():
            head = Span(match.start(), match.start() + len(name))
            found.append(Found(Span(*match.span()), f"product:{medium}", "name", head, 1, "media_product"))
    return found


@cache
def _names() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """The names of products, with the noun that some of them need behind, and their media."""
    nouns = "magazine|newsletter|newspaper|bulletin|journal"
    return tuple(
        (
            name,
            re.compile(
                rf"\b{re.escape(name)}\b"
                + (rf"\s+(?:{nouns})\b" if row.get("needs_noun") else rf"(?:\s+(?:{nouns})\b)?")
            ),
            row["medium"],
        )
        for row in load_data("lexicons/en/media_products.yaml")["named"]
        for name in (row["name"], *row.get("aliases", ()))
    )


def _put_out(token: Token, key: str) -> bool:
    if token.dep_ in ("compound", "amod") and token.head.i > token.i:
        return False
    if key not in load_data("lexicons/en/media_products.yaml")["needs_context"]:
        return True
    if any(c.dep_ == "poss" and c.pos_ in ("PROPN", "NOUN") for c in token.children):
        return token.lower_ not in ("post", "posts")
    verb = token.head
    if token.dep_ == "prep" or (token.dep_ == "pobj" and verb.lower_ in ("in", "on")):
        verb = verb.head
    if token.dep_ == "conj":
        verb = token.head.head
    return token.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj", "conj", "attr") and verb.lemma_ in _releases()
