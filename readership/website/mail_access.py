"""Who may look after mail, and who may read whose address it goes to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from readership.outbox.given_up import given_up
from readership.outbox.models import OutboxItem
from readership.readers.models import Reader
from readership.readers.requests import ReaderRequest

P = ParamSpec("P")
View = Callable[Concatenate[ReaderRequest, P], HttpResponseBase]

LOOK_AFTER_MAIL = "outbox.look_after_mail"


def may_look_after_mail(reader: Reader) -> bool:
    return reader.has_perm(LOOK_AFTER_MAIL)


def may_see_addresses(reader: Reader) -> bool:
    """As in the list of users."""
    return reader.has_perm("readers.change_reader")


def only_for_mail(view: View[P]) -> View[P]:
    """Answers 403 to others: Wagtail's redirect would look like success to a program."""

    @wraps(view)
    def guarded(request: ReaderRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_look_after_mail(request.user):
            return render(request, "website/admin/mail_refused.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def given_up_or_404(item_id: int) -> OutboxItem:
    """For those who passed `only_for_mail`."""
    return get_object_or_404(given_up(), pk=item_id)
