"""Pictures fetched from where an export says they lie. The file names the address, so it is trusted with nothing.

Only http and https, only public addresses, at most 20 MB (attacks H01–H05). The name is looked up once and the
connection goes to the very address that was checked, so that a second answer of the name server changes nothing.
Proxies of the environment are not asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.utils.translation import gettext as _

from readership.portability.errors import RecordRefused
from readership.portability.records import PictureRecord

LARGEST_BYTES = 20 * 1024 * 1024
SECONDS = 15
# For the whole of one picture: a server that sends a byte at a time holds nobody up.
MOST_SECONDS = 120
MOST_REDIRECTS = 3
CHUNK = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "Readership-import"}
Judge = Callable[[str], bool]


def is_public(address: str) -> bool:
    """Not this machine, not its network, not a cloud's inside; nor any of these in IPv6's clothes."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _behind_nat64(ip)
        if inner is not None and not is_public(str(inner)):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _behind_nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    is_inside = ip in ipaddress.IPv6Network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if is_inside else None


@dataclass(frozen=True)
class Fetcher:
    """Keeps what it fetched in `folder`, so that an import which goes on does not fetch twice."""

    folder: Path
    may_connect: Judge = is_public

    def __call__(self, record: PictureRecord) -> Path | None:
        """A Finder (loading_pictures). Raises RecordRefused with what went wrong."""
        if record.path:
            return record.path
        if not record.url:
            return None
        path = self.folder / f"{sha256(record.url.encode()).hexdigest()[:16]}-{_file_name(record.url)}"
        if not path.exists():
            partial = path.with_suffix(".part")
            partial.write_bytes(fetch(record.url, may_connect=self.may_connect))
            partial.replace(path)
        return path


def fetch(url: str, *, may_connect: Judge = is_public) -> bytes:
    """Raises RecordRefused."""
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            body, next_url = _get(url, may_connect)
            if not next_url:
                return body
            url = urljoin(url, next_url)
    except (OSError, http.client.HTTPException, ValueError):
        raise RecordRefused(_("It could not be fetched from the old site.")) from None
    raise RecordRefused(_("The old site leads on from address to address without end."))


def _get(url: str, may_connect: Judge) -> tuple[bytes, str]:
    """The body, or the address to which the answer leads."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise RecordRefused(_("Its address is none of the web (http or https)."))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _connect(parts.scheme, parts.hostname, port, may_connect)
    try:
        path = quote(unquote(parts.path) or "/", safe="/~:@!$&'()*+,;=")
        connection.request("GET", f"{path}?{parts.query}" if parts.query else path, headers=HEADERS)
        answer = connection.getresponse()
        if answer.status in REDIRECTS and answer.headers["Location"]:
            return b"", answer.headers["Location"]
        if answer.status != http.client.OK:
            raise RecordRefused(_("The old site answered %(status)d.") % {"status": answer.status})
        return _body(answer), ""
    finally:
        connection.close()


def _body(answer: http.client.HTTPResponse) -> bytes:
    body = bytearray()
    ends_at = time.monotonic() + MOST_SECONDS
    while chunk := answer.read1(CHUNK):
        body += chunk
        if len(body) > LARGEST_BYTES:
            raise RecordRefused(_("It is larger than 20 MB."))
        if time.monotonic() > ends_at:
            raise RecordRefused(_("The old site sends it too slowly."))
    return bytes(body)


def _connect(scheme: str, host: str, port: int, may_connect: Judge) -> http.client.HTTPConnection:
    address = _checked_address(host, port, may_connect)
    plain = socket.create_connection((address, port), timeout=SECONDS)
    if scheme == "http":
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = plain
        return connection
    context = ssl.create_default_context()
    connection = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)
    # The certificate must be the name's, not the address's.
    connection.sock = context.wrap_socket(plain, server_hostname=host)
    return connection


def _checked_address(host: str, port: int, may_connect: Judge) -> str:
    """The first of the name's addresses. All of them must be public: a name with one foot inside is refused."""
    addresses = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not addresses or not all(may_connect(address) for address in addresses):
        raise RecordRefused(_("Its address leads into a private network."))
    return addresses[0]


def _file_name(url: str) -> str:
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    kept = "".join(character if character.isalnum() or character in "._-" else "-" for character in name)
    return kept[-80:].lstrip(".") or "picture"
