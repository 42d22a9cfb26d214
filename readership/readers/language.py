"""The language that somebody with an account chose: of their own pages, and of mail to the account's address.

Pages that are the same for everybody speak the language of their address; see `readership.lib.languages`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from readership.readers.addresses import address_known_by
from readership.readers.models import MailAddress, Reader

# What is personal and stands in no tree of pages. The addresses that a link of ours opens go by whose link it is.
OWN_PAGES = ("/account/", "/own-data/")


def chosen_language(reader: Reader) -> str:
    """The site's own where none was chosen, or one that is no longer offered."""
    found = MailAddress.objects.filter(address=reader.email).values_list("language", flat=True).first()
    return found if found in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def choose_language(reader: Reader, language: str) -> None:
    address = address_known_by(reader.email)
    address.language = language
    address.save(update_fields=["language"])


def speak_to_reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the own pages of whoever is signed in are in the language they chose."""

    def answer(request: HttpRequest) -> HttpResponse:
        reader = request.user if request.path.startswith(OWN_PAGES) else None
        if not isinstance(reader, Reader) or not reader.is_authenticated:
            return get_response(request)
        with override(chosen_language(reader)):
            return get_response(request)

    return answer
