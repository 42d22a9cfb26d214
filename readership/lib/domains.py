"""Names of domains, and lists of them."""

from __future__ import annotations

from collections.abc import Iterator


def domains_in(text: str) -> frozenset[str]:
    """One in a line, as public lists have them, or with commas; # begins a remark."""
    lines = (line.partition("#")[0].replace(",", " ") for line in text.splitlines())
    return frozenset(as_ascii(word) for line in lines for word in line.split())


def and_those_above(domain: str) -> Iterator[str]:
    """post.example.org, example.org, org."""
    labels = as_ascii(domain).split(".")
    return (".".join(labels[start:]) for start in range(len(labels)))


def as_ascii(domain: str) -> str:
    """In lower case, other letters as the net spells them. What is no name of a domain stays as it is."""
    plain = domain.strip().strip(".").lower()
    try:
        return plain.encode("idna").decode()
    except UnicodeError:
        return plain
