"""What people who write programs read under /api/."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from readership.api.kinds import KINDS


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Where the `type` of each problem leads."""
    return render(request, "api/problems.html", {"kinds": KINDS})
