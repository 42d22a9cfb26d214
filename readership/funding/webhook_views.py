"""The address that a processor calls. It answers as soon as the event is stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from readership.funding.errors import SignatureWrong
from readership.funding.models import ProcessorName
from readership.funding.processors.choosing import processor_named
from readership.funding.webhooks import store


@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """Guarded by its signature, over the bytes as they came (attack K01)."""
    now = timezone.now()
    chosen = processor_named(ProcessorName.STRIPE)
    if chosen is None:
        return HttpResponse("This newsroom has no such processor.", status=404, content_type="text/plain")
    try:
        announcement = chosen.read(request.body, request.headers, now=now)
    except SignatureWrong:
        return HttpResponse("The signature is not right.", status=400, content_type="text/plain")
    store(announcement, processor=chosen.name, now=now)
    return HttpResponse("Stored.", content_type="text/plain")
