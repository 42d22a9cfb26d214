"""The first thing every request meets: what is not a request of ours is refused here, in one line of text. A body that
is too large may come from a reader: that is said on a page.

Granian hands over some requests that Django was never meant to see: with no Host, with two of them, with a
chunked body (which WSGI cannot read: Django would see an empty form and say yes to it), with methods of other
protocols.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from readership.config.serving.answers import TOO_LARGE, plain, refuse, say_too_large
from readership.config.serving.signed_in import Sender, sender_of
from readership.lib.languages import without_language
from readership.lib.waiting_room import Full
from readership.pagecache.front import Application, Environ, StartResponse

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ALLOW = ", ".join(sorted(METHODS))
LARGEST_BODY = 256 * 1024
# Pictures of readers, where they may add some.
POSTING = re.compile(r"/discuss/threads/\d{1,19}/comments/(preview/)?", re.ASCII)
# A picture that is somewhat too large gets its sentence beside the form, with the text kept.
LEEWAY = 2 * 1024 * 1024
# Where more is needed, the first that fits: a year of a bank's statements, pictures of editors.
LARGER_BODIES: tuple[tuple[str, int], ...] = (
    ("/admin/funding/bank/read/", 160 * 1024 * 1024),
    ("/admin/funding/bank/columns/", 160 * 1024 * 1024),
    ("/admin/", 12 * 1024 * 1024),
)
LONGEST_PATH = 2_000
RETRY_AFTER = "2"
MOST_HOSTS = 64


class Door:
    def __init__(self, application: Application, *, build: str) -> None:
        self._application = application
        self._alive = f"ok {build}"
        self._known_hosts: set[str] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # Before everything else and without any thread of Django's: says only that this process answers.
        if environ["PATH_INFO"] == "/healthz":
            return plain(start_response, "200 OK", self._alive)
        refusal = self._refusal(environ)
        if refusal is not None:
            status, sentence = refusal
            # What is left of the body must not be taken for the next request.
            headers = [("Connection", "close"), *([("Allow", ALLOW)] if status.startswith("405") else [])]
            if status == TOO_LARGE:
                return say_too_large(start_response, environ["PATH_INFO"], headers)
            return refuse(start_response, status, sentence, headers)
        try:
            return self._application(environ, start_response)
        except Full:
            sentence = "Too many readers at once. Please try again in a moment."
            return refuse(start_response, "503 Service Unavailable", sentence, [("Retry-After", RETRY_AFTER)])

    def _refusal(self, environ: Environ) -> tuple[str, str] | None:
        if environ["REQUEST_METHOD"] not in METHODS:
            return "405 Method Not Allowed", "This method is not served here."
        if environ["HTTP_HOST"] not in self._known_hosts and not self._is_ours(environ["HTTP_HOST"]):
            return "400 Bad Request", "This server does not have that name."
        if "HTTP_TRANSFER_ENCODING" in environ:
            return "411 Length Required", "Please send the length of the body."
        if len(environ["PATH_INFO"]) > LONGEST_PATH:
            return "414 URI Too Long", "This address is too long."
        length = environ.get("CONTENT_LENGTH")
        if length:
            return _refused_length(length, environ["PATH_INFO"]) or _refused_stranger(int(length), environ)
        return None

    def _is_ours(self, host: str) -> bool:
        domain, _port = split_domain_port(host)
        if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
            return False
        # Bounded: the port is the sender's choice.
        if len(self._known_hosts) < MOST_HOSTS:
            self._known_hosts.add(host)
        return True


def _refused_length(length: str, path: str) -> tuple[str, str] | None:
    if not (length.isascii() and length.isdigit()):
        return "400 Bad Request", "The length of the body is not a number."
    if int(length) > _largest_body(path):
        return TOO_LARGE, "This is more than can be sent at once."
    return None


def _refused_stranger(length: int, environ: Environ) -> tuple[str, str] | None:
    """What only people of the newsroom send is not even spooled for others: Django would, looking for its token."""
    if length <= LARGEST_BODY or not environ["PATH_INFO"].startswith("/admin/"):
        return None
    match sender_of(environ):
        case Sender.NEWSROOM:
            return None
        case Sender.READER:
            return TOO_LARGE, "This is more than can be sent at once."
        case Sender.STRANGER:
            return "403 Forbidden", "Please sign in; then send it again."


def _largest_body(path: str) -> int:
    if settings.COMMENT_PICTURES != "off" and POSTING.fullmatch(without_language(path)):
        return int(settings.COMMENT_PICTURE_BYTES) + LEEWAY
    return next((most for prefix, most in LARGER_BODIES if path.startswith(prefix)), LARGEST_BODY)
