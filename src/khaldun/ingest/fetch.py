"""Fetches one page. The only place in the house that opens a socket for reading the web.

An address is resolved first, every address it stands for is checked, and the connection goes to the checked one, so
that a name cannot be pointed elsewhere in between. Each redirect is checked again. Private, loopback, link-local and
reserved addresses are refused: a page from outside must not make us read what lies inside.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import SplitResult, urljoin, urlsplit

from khaldun.errors import RefusedAddress, UnreadableInput

MOST_BYTES = 20_000_000
MOST_REDIRECTS = 5
TIMEOUT = 20.0
_CHUNK = 65_536
_AGENT = "khaldun/0.1 (reads conflict reporting; one page at a time)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as received. `url` is where it was found after redirects."""

    raw: bytes
    media_type: str | None
    url: str
    retrieved: datetime


def fetch(
    url: str,
    *,
    limit: int = MOST_BYTES,
    timeout: float = TIMEOUT,
    redirects: int = MOST_REDIRECTS,
    allow_private: bool = False,
) -> Fetched:
    """The page at `url`.

    Raises RefusedAddress for what is not fetched (another scheme, a private address, too large, too many redirects)
    and UnreadableInput when the server does not answer or answers with an error. `allow_private` is for tests.
    """
    for _ in range(redirects + 1):
        parts = _checked(url)
        address = _resolve(parts, allow_private=allow_private)
        response = _ask(parts, address, limit, timeout)
        if response.redirect is None:
            return Fetched(response.raw, response.media_type, url, datetime.now(UTC))
        url = urljoin(url, response.redirect)
    raise RefusedAddress(f"more than {redirects} redirects: give the final address")


@dataclass(frozen=True, slots=True)
class _Response:
    raw: bytes = b""
    media_type: str | None = None
    redirect: str | None = None


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise RefusedAddress(f"'{url}' is no address ({problem})") from problem
    if parts.scheme not in ("http", "https"):
        raise RefusedAddress(f"'{parts.scheme or url}' is not fetched: only http and https addresses are")
    if not parts.hostname or port == 0:
        raise RefusedAddress(f"'{url}' names no host")
    if parts.username or parts.password:
        raise RefusedAddress(
            "an address with a user name or a password is not fetched: save the page and give the file"
        )
    return parts


def _resolve(parts: SplitResult, *, allow_private: bool) -> str:
    """The first address of the host, after all of them were checked."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise UnreadableInput(f"no host '{host}' ({problem}): check the address and the connection") from problem
    addresses = [str(info[4][0]) for info in found]
    for address in addresses:
        if not allow_private and not is_public(address):
            raise RefusedAddress(
                f"'{host}' leads to {address}, which is not a public address: save the page and give the file"
            )
    if not addresses:
        raise UnreadableInput(f"no host '{host}': check the address")
    return addresses[0]


def is_public(address: str) -> bool:
    """True for an address of the open internet; False for private, loopback, link-local, reserved ones."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _ask(parts: SplitResult, address: str, limit: int, timeout: float) -> _Response:
    connection = _connection(parts, address, timeout)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", path, headers={"Host": parts.netloc, **_HEADERS})
        return _read(connection.getresponse(), limit)
    except (TimeoutError, ssl.SSLError, OSError, http.client.HTTPException, ValueError) as problem:
        reason = str(problem) or type(problem).__name__
        raise UnreadableInput(f"'{parts.hostname}' did not answer ({reason}): try again, or save the page") from problem
    finally:
        connection.close()


_HEADERS = {
    "User-Agent": _AGENT,
    "Accept": "text/html,application/pdf,text/*;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}


def _connection(parts: SplitResult, address: str, timeout: float) -> http.client.HTTPConnection:
    """A connection to the checked address that still presents the host's name, also for its certificate."""
    host = parts.hostname or ""
    if parts.scheme == "http":
        plain = http.client.HTTPConnection(host, parts.port or 80, timeout=timeout)
        plain.sock = socket.create_connection((address, parts.port or 80), timeout)
        return plain
    secure = http.client.HTTPSConnection(host, parts.port or 443, timeout=timeout)
    bare = socket.create_connection((address, parts.port or 443), timeout)
    secure.sock = ssl.create_default_context().wrap_socket(bare, server_hostname=host)
    return secure


def _read(response: http.client.HTTPResponse, limit: int) -> _Response:
    if response.status in _REDIRECTS:
        target = response.getheader("Location")
        if not target:
            raise UnreadableInput(f"the server redirects nowhere (status {response.status})")
        return _Response(redirect=target)
    if response.status != http.client.OK:
        raise UnreadableInput(f"the server answered {response.status} {response.reason}: check the address")
    length = response.getheader("Content-Length") or ""
    if length.isdigit() and int(length) > limit:
        raise RefusedAddress(f"the page has {int(length):,} bytes, and the limit is {limit:,}")
    return _Response(_body(response, limit), response.getheader("Content-Type"))


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    """The body, unpacked and counted while it streams in."""
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if response.getheader("Content-Encoding") == "gzip" else None
    chunks: list[bytes] = []
    received = 0
    while chunk := response.read(_CHUNK):
        piece = unpack.decompress(chunk, limit + 1 - received) if unpack else chunk
        received += len(piece)
        if received > limit or (unpack and unpack.unconsumed_tail):
            raise RefusedAddress(f"the page has more than {limit:,} bytes: save the article alone")
        chunks.append(piece)
    return b"".join(chunks)
