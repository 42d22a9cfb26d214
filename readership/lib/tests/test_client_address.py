from __future__ import annotations

import pytest

from readership.lib.client_address import client_address, client_network, network_of

# Attack cases E05 (an address of the sender's choice) and E06 (IPv6).


@pytest.mark.parametrize("forwarded", ["6.6.6.6", "6.6.6.6, 7.7.7.7", "", "garbage"])
def test_without_a_trusted_proxy_no_header_matters(forwarded: str) -> None:
    meta = {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": forwarded}

    assert client_address(meta, hops=0) == "203.0.113.9"


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        # What the one trusted proxy saw is the last entry; what the client sent stands before it.
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (1, "203.0.113.9", "203.0.113.9"),
        # Of two, the outer one saw the client.
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        # Somebody went round the proxies: no entry can be believed.
        (2, "6.6.6.6", "unknown"),
        (1, "", "unknown"),
        (1, "6.6.6.6, garbage", "unknown"),
        # Some proxies add the port.
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
    ],
)
def test_behind_proxies_the_entry_of_the_outermost_trusted_one_counts(hops: int, forwarded: str, address: str) -> None:
    meta = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}

    assert client_address(meta, hops=hops) == address


@pytest.mark.parametrize("written", ["::ffff:1.2.3.4", "::FFFF:102:304", "1.2.3.4"])
def test_an_ipv4_address_is_one_however_it_is_written(written: str) -> None:
    assert client_network({"REMOTE_ADDR": written}, hops=0) == "1.2.3.4"


def test_all_addresses_of_one_ipv6_home_are_one_network() -> None:
    networks = {network_of(f"2001:db8:1:2:{host:x}::1") for host in range(50)}

    assert networks == {"2001:db8:1:2::/64"}
    assert network_of("2001:db8:1:3::1") not in networks


def test_the_zone_of_a_link_local_address_makes_no_difference() -> None:
    assert client_address({"REMOTE_ADDR": "fe80::1%eth0"}, hops=0) == "fe80::1"
