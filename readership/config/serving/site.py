"""The whole server as one WSGI application: door, finished pages, files, Django.

A request goes through them in this order; the first that knows the answer gives it.
"""

from __future__ import annotations

from importlib.metadata import version
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from readership.config.serving.admission import Admission
from readership.config.serving.door import Door
from readership.config.serving.files import Files
from readership.lib.waiting_room import WaitingRoom
from readership.pagecache.front import Application, Environ, PageCache
from readership.pagecache.generations import Generations, counters

# In each worker. Threads of Django share one interpreter, and SQLite has one writer: more of them only wait
# elsewhere.
DJANGO_THREADS = 8
PLACES_FOR_DJANGO = DJANGO_THREADS + 24
PLACES_FOR_PAGES = 96
# More than may ever wait, so that finished pages and /healthz always find one.
SERVER_THREADS = PLACES_FOR_DJANGO + PLACES_FOR_PAGES + 16
PAGE_BYTES: int = getattr(settings, "PAGE_CACHE_BYTES", 48 * 1024 * 1024)


def build_name() -> str:
    return version("readership")


def whole_site() -> Application:
    address = urlsplit(settings.SITE_URL)
    django = Admission(
        get_wsgi_application(),
        threads=DJANGO_THREADS,
        waiting_room=WaitingRoom(PLACES_FOR_DJANGO),
        hops=settings.TRUSTED_PROXY_HOPS,
        scheme=address.scheme,
    )
    pages = PageCache(
        Files(django, static_root=settings.STATIC_ROOT, media_root=settings.MEDIA_ROOT),
        site=_seen_by_pages(address.scheme, address.netloc),
        generations=Generations(counters()),
        room=PAGE_BYTES,
        waiting_room=WaitingRoom(PLACES_FOR_PAGES),
    )
    return Door(pages, build=build_name())


def _seen_by_pages(scheme: str, host: str) -> Environ:
    """The site under its one name, whichever allowed one a reader used (attack J11)."""
    name, _colon, port = host.partition(":")
    return {
        "HTTP_HOST": host,
        "SERVER_NAME": name,
        "SERVER_PORT": port or ("443" if scheme == "https" else "80"),
        "wsgi.url_scheme": scheme,
    }
