"""Pages: all visible text, in reading order, and what the mark-up says each block is."""

from __future__ import annotations

import contextlib
import time

import pytest

from khaldun.errors import UnreadableInput
from khaldun.ingest import read
from khaldun.model import Report

_PAGE = """<!doctype html><html lang="en"><head><title>Shells hit market in Tarsin - Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><link rel="canonical" href="https://hp.example/shells">
<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Harbour Post"},{"@type":"NewsArticle",
"headline":"Shells hit market in Tarsin","datePublished":"2018-05-04T23:30:00-05:00",
"author":[{"@type":"Person","name":"Jane Roe"},{"name":"Omar Haddad"}],"publisher":{"name":"Harbour Post"}}]}</script>
<style>p {color: red}</style></head>
<body class="has-comments"><header><nav><ul><li><a href="/">Home</a></li><li>World</li></ul></nav></header>
<main><article class="post ad-free"><h1>Shells hit market in Tarsin</h1>
<p class="byline">By Jane Roe and Omar Haddad, <time datetime="2018-05-04">May 4, 2018</time></p>
<figure><img src="a.jpg" alt="Smoke over Tarsin"><figcaption>Smoke over the market. Ada Moen/AFP</figcaption></figure>
<p>Three shells hit the market in Tarsin on Friday, residents said, and two people died, according to a medic.</p>
<p>The governor told the <b>Harbour Post</b> that the town was calm &amp; that shops had opened again.</p>
<blockquote class="twitter-tweet"><p>Under fire again</p>&mdash; Tarsin Media (@tm) May 4, 2018</blockquote>
<h2>Denial</h2><p>The rebels denied the attack in a statement on their channel, and accused the army of it.</p>
<div class="related-stories"><h3>Related</h3><ul><li><a>Army retakes hilltop near Tarsin</a></li></ul></div>
<p>A second line of shells fell near the river an hour later.<br>Nobody was hurt there, a medic said.</p>
<p style="display: none">You are a robot</p>
</article></main>
<section id="comments"><h3>2 Comments</h3><div class="comment"><b>Jo Public</b> says:
<p>I was there and saw it.</p></div></section>
<footer><p>© 2018 Harbour Post. All rights reserved.</p></footer><script>x()</script></body></html>"""


_LEAD = "Three shells hit the market in Tarsin on Friday, residents said, and two people died, a medic said."


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def _words(report: Report, kind: str) -> str:
    return " ".join(" ".join(part.span.of(report.text).split()) for part in report.parts if part.kind == kind)


@pytest.fixture(scope="module")
def report() -> Report:
    return read(_PAGE.encode(), input_id="shells.html")


def test_metadata(report: Report) -> None:
    assert (report.title, report.outlet) == ("Shells hit market in Tarsin", "Harbour Post")
    assert report.author == "Jane Roe, Omar Haddad"
    assert report.url == "https://hp.example/shells"
    assert report.published_day is not None
    assert report.published_day.isoformat() == "2018-05-04"  # the day as printed there, not in another time zone
    assert report.published.basis == "metadata"


def test_body_is_every_paragraph_in_order(report: Report) -> None:
    body = _words(report, "body")
    assert body.startswith("Three shells hit the market in Tarsin on Friday")
    assert "town was calm & that shops" in body
    assert "Denial The rebels denied" in body
    assert body.endswith("Nobody was hurt there, a medic said.")
    assert "an hour later.\nNobody" in report.text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("title", "Shells hit market in Tarsin"),
        ("byline", "By Jane Roe and Omar Haddad, May 4, 2018"),
        ("caption", "Smoke over Tarsin Smoke over the market. Ada Moen/AFP"),
        ("embedded_post", "Under fire again — Tarsin Media (@tm) May 4, 2018"),
        ("related_links", "Related Army retakes hilltop near Tarsin"),
        ("comment", "2 Comments Jo Public says: I was there and saw it."),
        ("navigation", "Home World"),
        ("boilerplate", "© 2018 Harbour Post. All rights reserved."),
    ],
)
def test_blocks_by_their_mark_up(report: Report, kind: str, words: str) -> None:
    assert _words(report, kind) == words


def test_what_is_not_seen_is_not_in_the_text(report: Report) -> None:
    assert "robot" not in report.text
    assert "x()" not in report.text
    assert "color" not in report.text
    assert any("script" in item.reason for item in report.dropped)


def test_paragraph_that_the_judge_overlooks_stays_body() -> None:
    body = "".join(
        f"<p>Shell number {n} hit the market in Tarsin on Friday, as residents of the town said.</p>" for n in range(5)
    )
    odd = "<div><p>Only nine words of prose stand here, he said.</p></div>"
    assert "nine words of prose" in _words(
        read(_page(f"<article>{body}{odd}{body}</article>"), input_id="x.html"), "body"
    )


def test_misleading_mark_up_does_not_swallow_the_article() -> None:
    body = "<div class='menu'><p>Three shells hit the market in Tarsin on Friday, residents of the town said.</p></div>"
    assert "Three shells" in _words(read(_page(body), input_id="x.html"), "body")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("<meta property='article:published_time' content='2018-05-04T09:15:00Z'>", "2018-05-04"),
        ("<meta name='DC.date.issued' content='4 May 2018'>", "2018-05-04"),
        ("<script type='application/ld+json'>not json</script><meta name='pubdate' content='20180504'>", "2018-05-04"),
        (
            '<script type=\'application/ld+json\'>[{"@type":"Article","datePublished":"2018-05-04"}]</script>',
            "2018-05-04",
        ),
        ("<meta property='article:modified_time' content='2018-05-04'>", None),
    ],
)
def test_dates_of_meta_tags(head: str, day: str | None) -> None:
    report = read(_page("<p>Three shells hit the market in Tarsin, residents said.</p>", head), input_id="x.html")
    assert (report.published_day.isoformat() if report.published_day else None) == day


def test_time_of_a_comment_is_no_date_of_publication() -> None:
    page = _page(
        "<p>Three shells hit the market in Tarsin, residents said.</p>"
        "<div class='comment'><time datetime='2018-05-04'>4 May</time></div>"
    )
    assert not read(page, input_id="x.html").published.known


def test_declared_charset_of_the_page() -> None:
    page = "<html><head><meta charset='windows-1252'></head><body><p>The café in Tarsin was shelled.</p></body></html>"
    assert read(page.encode("cp1252"), input_id="x.html").text == "The café in Tarsin was shelled."


@pytest.mark.parametrize(
    "bomb",
    [
        b"<div>" * 250_000,
        b"<b>" * 150_000 + b"x",
        b"<p>" + b"&lt;" * 1_000_000,
        b"<a " + b"x=1 " * 500_000 + b">x</a>",
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><p>&c;</p>",
        b"<table><tr>" * 30_000 + b"x",
        b"<p>" + b"<![CDATA[" * 50_000,
    ],
)
def test_bombs_end_soon(bomb: bytes) -> None:
    start = time.monotonic()
    with contextlib.suppress(UnreadableInput):  # either is well, as long as it is soon
        assert len(read(bomb, input_id="x.html").text) <= len(bomb)
    assert time.monotonic() - start < 20


def test_comments_have_authors_by_mark_up_or_by_words() -> None:
    page = _page(
        f"<article><p>{_LEAD}</p><p>{_LEAD}</p></article><section id='comments'><h3>3 comments</h3>"
        "<div class='comment'><p class='comment-author'>Reader One</p><p>I was there and saw it all.</p></div>"
        "<div class='comment'><cite class='fn'>Reader Two</cite> says:<p>So was I, as luck had it.</p></div>"
        "<div class='comment'><p>Reader Three says:</p><p>It was loud.</p></div></section>"
    )
    report = read(page, input_id="x.html")
    comments = [
        (part.author, part.span.of(report.text).split("\n")[-1]) for part in report.parts if part.kind == "comment"
    ]
    assert comments == [
        (None, "3 comments"),
        ("Reader One", "I was there and saw it all."),
        ("Reader Two", "So was I, as luck had it."),
        ("Reader Three", "It was loud."),
    ]


def test_a_date_line_above_the_body_is_a_byline_though_the_judge_leaves_it_out() -> None:
    body = "".join(f"<p>{_LEAD}</p>" for _ in range(4))
    page = _page(
        f"<div>Sections</div><h1>Shells hit market</h1><div>Published: 4 May 2018 | Coast News</div><div>{body}</div>"
    )
    report = read(page, input_id="x.html")
    assert (str(report.published_day), report.published.basis) == ("2018-05-04", "byline")


def test_many_blocks_are_matched_in_time() -> None:
    page = _page("".join(f"<p>Shell number {n} hit Tarsin.</p>" for n in range(10_000)))
    start = time.monotonic()
    assert "number 9999" in read(page, input_id="x.html").text
    assert time.monotonic() - start < 60
