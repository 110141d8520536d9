"""Fetching: what is refused, and that a page comes through from a server of our own."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from khaldun.errors import RefusedAddress, UnreadableInput
from khaldun.ingest.fetch import fetch

_PAGE = b"<p>Three shells hit the market in Tarsin.</p>"


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers: dict[str, Any] = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, _PAGE),
            "/zipped": (200, {"Content-Encoding": "gzip"}, gzip.compress(_PAGE)),
            "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 5_000_000)),
            "/large": (200, {}, b"a" * 300_000),
            "/moved": (302, {"Location": "/page"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/inside": (302, {"Location": "http://[::ffff:10.0.0.1]/"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/nowhere": (302, {}, b""),
        }
        status, headers, body = answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.path != "/large":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the test's output quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


def test_a_page_comes_through(server: str) -> None:
    page = fetch(f"{server}/page", allow_private=True)
    assert (page.raw, page.media_type, page.url) == (_PAGE, "text/html; charset=utf-8", f"{server}/page")
    assert page.retrieved.tzinfo is not None


def test_redirects_are_followed_and_the_last_address_kept(server: str) -> None:
    assert fetch(f"{server}/moved", allow_private=True).url == f"{server}/page"


def test_packed_pages_are_unpacked(server: str) -> None:
    assert fetch(f"{server}/zipped", allow_private=True).raw == _PAGE


@pytest.mark.parametrize(
    ("path", "words"),
    [("/loop", "redirects"), ("/file", "only http and https"), ("/large", "more than"), ("/bomb", "more than")],
)
def test_refusals_on_the_way(server: str, path: str, words: str) -> None:
    with pytest.raises(RefusedAddress, match=words):
        fetch(f"{server}{path}", allow_private=True, limit=100_000)


@pytest.mark.parametrize(("path", "words"), [("/none", "404"), ("/nowhere", "nowhere")])
def test_answers_that_are_no_page(server: str, path: str, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        fetch(f"{server}{path}", allow_private=True)


def test_a_private_server_is_refused_by_default(server: str) -> None:
    with pytest.raises(RefusedAddress, match="not a public address"):
        fetch(f"{server}/page")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://hp.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http://", "no host"),
        ("http://user:secret@hp.example/", "password"),
        ("http://[::1]/", "not a public address"),
        ("http://127.1/", "not a public address"),
        ("http://2130706433/", "not a public address"),
        ("http://169.254.169.254/latest/", "not a public address"),
        ("http://[nonsense/", "no address"),
        ("http://hp.example:99999/", "no address"),
    ],
)
def test_addresses_that_are_refused(url: str, words: str) -> None:
    with pytest.raises(RefusedAddress, match=words):
        fetch(url)


def test_every_address_of_a_host_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(_host: str, port: int, **_: object) -> list[Any]:
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(RefusedAddress, match=r"10\.0\.0\.1"):
        fetch("http://hp.example/")


def test_the_checked_address_is_the_one_connected_to(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rsplit(":", 1)[1])
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: resolve(host, *a, **k) if host == "hp.example" else real(host, *a, **k),
    )
    assert fetch(f"http://hp.example:{port}/page", allow_private=True).raw == _PAGE
    assert asked == ["hp.example"]


def test_a_silent_server_times_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(UnreadableInput, match="did not answer"):
            fetch(f"http://127.0.0.1:{port}/", allow_private=True, timeout=0.2)
