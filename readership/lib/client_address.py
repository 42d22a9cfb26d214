"""Who is asking: the address to count requests by, which a sender of headers cannot choose.

With no trusted proxy it is the peer of the connection. With `hops` trusted proxies in a row it is the entry
of X-Forwarded-For that the outermost of them wrote: the `hops`-th from the right. Whatever stands left of it
was sent by the client and says nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from django.conf import settings

IPV6_HOME = 64  # A home or a server gets a whole /64: its owner may change address in it at will.
UNKNOWN = "unknown"


def client_address(meta: Mapping[str, object], *, hops: int | None = None) -> str:
    """The client's address in one written form, or "unknown", which is one bucket for all such requests.

    `meta` is `request.META`; `hops` is READERSHIP_TRUSTED_PROXY_HOPS unless given.
    """
    hops = settings.TRUSTED_PROXY_HOPS if hops is None else hops
    if hops < 1:
        return normal_form(str(meta.get("REMOTE_ADDR", "")))
    entries = str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    return normal_form(entries[-hops]) if len(entries) >= hops else UNKNOWN


def client_network(meta: Mapping[str, object], *, hops: int | None = None) -> str:
    """The network to limit by: an IPv4 address, or the /64 of an IPv6 address."""
    return network_of(client_address(meta, hops=hops))


def network_of(address: str) -> str:
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/{IPV6_HOME}", strict=False))


def normal_form(written: str) -> str:
    """`::ffff:1.2.3.4` is 1.2.3.4, and one IPv6 address has one spelling."""
    try:
        address = ipaddress.ip_address(_without_port(written.strip()).partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address)


def _without_port(written: str) -> str:
    if written.startswith("["):
        return written[1:].partition("]")[0]
    return written.partition(":")[0] if written.count(":") == 1 else written
