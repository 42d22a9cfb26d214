"""Who may see and do what with the money, and the only way a view gets a gift."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from readership.funding.models import Gift, Giver, Pledge
from readership.readers.models import Reader
from readership.readers.requests import ReaderRequest

P = ParamSpec("P")
View = Callable[Concatenate[ReaderRequest, P], HttpResponseBase]


def may_record_gifts(reader: Reader) -> bool:
    return reader.has_perm("funding.record_gift")


def may_export_gifts(reader: Reader) -> bool:
    return reader.has_perm("funding.export_gifts")


def may_refund_gifts(reader: Reader) -> bool:
    return reader.has_perm("funding.refund_gift")


def may_close_periods(reader: Reader) -> bool:
    return reader.has_perm("funding.close_period")


def only_if(may: Callable[[Reader], bool]) -> Callable[[View[P]], View[P]]:
    """Answers 403 to whom `may` refuses: Wagtail's redirect would look like success to a program."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: ReaderRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(request.user):
                return render(request, "funding/admin/refused.html", status=403)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def gift_or_404(reference: str) -> Gift:
    """For those who passed `may_record_gifts`: they see every gift, unnamed givers too."""
    return get_object_or_404(Gift.objects.select_related("campaign", "entered_by"), reference=reference)


def pledge_or_404(reference: str) -> Pledge:
    return get_object_or_404(Pledge.objects.select_related("campaign", "giver"), reference=reference)


def giver_or_404(giver_id: int) -> Giver:
    return get_object_or_404(Giver, pk=giver_id)
