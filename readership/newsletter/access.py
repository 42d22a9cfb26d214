"""Who may write newsletters, who may send them, and who decides which editions there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from readership.newsletter.models import Issue
from readership.readers.models import Reader
from readership.readers.requests import ReaderRequest

P = ParamSpec("P")
View = Callable[Concatenate[ReaderRequest, P], HttpResponseBase]

WRITE, SEND, PLAN = "newsletter.change_issue", "newsletter.send_issue", "newsletter.change_editionplan"


def may_send(reader: Reader) -> bool:
    return reader.has_perm(SEND)


def may_write(reader: Reader) -> bool:
    return reader.has_perm(WRITE)


def may_look(reader: Reader) -> bool:
    return may_write(reader) or may_send(reader)


def may_plan(reader: Reader) -> bool:
    return reader.has_perm(PLAN)


def only_if(may: Callable[[Reader], bool]) -> Callable[[View[P]], View[P]]:
    """Answers 403 to whom `may` refuses: Wagtail's redirect would look like success to a program."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: ReaderRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(request.user):
                return render(request, "newsletter/admin/refused.html", status=403)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def issue_or_404(issue_id: int) -> Issue:
    """For those who passed one of the questions above: they see every issue."""
    return get_object_or_404(Issue.objects.select_related("topic", "section"), pk=issue_id)
