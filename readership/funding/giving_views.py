"""From the giving form to the processor's page, and back from there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from readership.funding.beginning import Intent, begin
from readership.funding.errors import FundingError, GivingRefused, ProcessorError, ProcessorUnavailable
from readership.funding.giving_forms import CARD, GivingForm
from readership.funding.giving_limits import TooManyGifts, allow_gift, demand_proof
from readership.funding.giving_page import giving_form, giving_page
from readership.funding.models import Campaign, Frequency, Gift, GiftState, Pledge, PledgeState
from readership.funding.processors.base import Processor, Subject, SubjectKind
from readership.funding.processors.choosing import processor
from readership.funding.promising import promise_transfer
from readership.funding.proving import ProofWanted
from readership.funding.queries import meter
from readership.funding.settling import settle
from readership.funding.transferring import transfer_address
from readership.funding.wording import amount_text
from readership.lib.client_address import client_network
from readership.lib.same_origin import from_our_pages_only

LONGEST_REF = 255


@from_our_pages_only
@require_POST
def give(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Leads to the processor's page; what is not clear comes back with its sentence, and nothing typed is lost."""
    shown = get_object_or_404(Campaign, slug=slug, is_shown=True)
    form, chosen, now = giving_form(shown, request), processor(), timezone.now()
    if form is None:
        raise Http404
    if not form.is_valid() or form.cleaned_data["website"]:
        return giving_page(request, shown, form, status=400)
    try:
        allow_gift(request)
        demand_proof(form.cleaned_data["proof"], now=now)
        address = _begun(form, request, chosen, now) if chosen and is_by_card(form) else _promised(form, request, now)
        return HttpResponseRedirect(address, status=303)
    except ProofWanted as wanted:
        return giving_page(request, shown, form, status=429, question=wanted.question)
    except FundingError as refused:
        return _refused(request, shown, form, refused)


def _refused(request: HttpRequest, shown: Campaign, form: GivingForm, refused: FundingError) -> HttpResponse:
    if isinstance(refused, ProcessorError):
        # What the processor said in its own words is for the treasurer.
        form.add_error(None, str(ProcessorUnavailable.message))
        return giving_page(request, shown, form, status=502)
    has_field = isinstance(refused, GivingRefused) and refused.field in form.fields
    form.add_error(refused.field if has_field and isinstance(refused, GivingRefused) else None, str(refused.message))
    if isinstance(refused, TooManyGifts):
        answer = giving_page(request, shown, form, status=429)
        answer["Retry-After"] = str(refused.retry_after)
        return answer
    return giving_page(request, shown, form, status=400)


def _begun(form: GivingForm, request: HttpRequest, chosen: Processor, now: datetime) -> str:
    money = form.cleaned_data["money"]
    intent = Intent(
        campaign=form.campaign,
        amount=money,
        cover=form.cover_of(money),
        frequency=Frequency(form.cleaned_data["frequency"]),
        words=form.words(get_language() or settings.LANGUAGE_CODE),
        submission_key=_key(form, request, now),
    )
    return begin(intent, processor=chosen, now=now)


def is_by_card(form: GivingForm) -> bool:
    return bool(form.cleaned_data["method"] == CARD)


def _promised(form: GivingForm, request: HttpRequest, now: datetime) -> str:
    """The page that says where to send it. Announced by whoever likes, so it counts nowhere until it comes."""
    words = form.words(get_language() or settings.LANGUAGE_CODE)
    gift = promise_transfer(
        campaign=form.campaign,
        amount=form.cleaned_data["money"],
        submission_key=_key(form, request, now),
        giver_email=form.cleaned_data["email"],
        **asdict(words),
    )
    return transfer_address(gift)


def _key(form: GivingForm, request: HttpRequest, now: datetime) -> str:
    """The page is the same for everybody and can hold no key of its own: the same form from the same place within
    a minute is one sending, as when somebody presses twice."""
    facts = [client_network(request.META), request.headers.get("User-Agent", ""), f"{now:%Y%m%d%H%M}"]
    facts += [f"{name}={form.data.get(name, '')}" for name in sorted(form.fields)]
    return salted_hmac("funding.give", "\n".join([form.campaign.slug, *facts]), algorithm="sha256").hexdigest()


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Where the processor sends a giver back to. The address proves nothing: the processor is asked (attack K04)."""
    ref = request.GET.get("session", "")[:LONGEST_REF]
    chosen = processor()
    if chosen is None or _row_of(ref) is None:
        return render(request, "website/thanks.html", {"row": None}, status=404)
    # Unreachable now, its event comes by itself; the page then tells what is known by now.
    with suppress(ProcessorError):
        settle(Subject(SubjectKind.SESSION, ref), processor=chosen, now=timezone.now())
    row = _row_of(ref)
    return render(request, "website/thanks.html", _thanked(row) if row else {"row": None})


def _row_of(session_ref: str) -> Gift | Pledge | None:
    if not session_ref:
        return None
    gift = Gift.objects.select_related("campaign").filter(session_ref=session_ref).first()
    return gift or Pledge.objects.select_related("campaign").filter(session_ref=session_ref).first()


def _thanked(row: Gift | Pledge) -> dict[str, object]:
    """Nothing personal: the session's name stands in an address that others may come to see."""
    return {
        "row": row,
        "is_pledge": isinstance(row, Pledge),
        "is_done": row.state in {GiftState.RECEIVED, PledgeState.ACTIVE},
        "is_pending": row.state == GiftState.PENDING,
        "amount": amount_text(row.charged),
        "meter": meter(row.campaign),
    }
