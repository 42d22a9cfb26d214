"""What a giver does with an own pledge: another amount, another card, stop, resume. The processor is asked first;
what cannot be done there is not done here either, and the page says so."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from readership.funding.errors import FundingError, NotHere, ProcessorRefused, ProcessorUnavailable
from readership.funding.giver_access import pledge_for
from readership.funding.giver_door import Visit, own, page
from readership.funding.giver_forms import PledgeAmountForm, StopForm
from readership.funding.givers import customer_of
from readership.funding.models import Pledge, ProcessorName
from readership.funding.money import Money
from readership.funding.pledging import change_pledge, resume_pledge, stop_pledge
from readership.funding.processors.base import Processor
from readership.funding.processors.choosing import processor_named
from readership.funding.wording import amount_text

log = logging.getLogger(__name__)


@own("GET", "HEAD", "POST")
def change(request: HttpRequest, visit: Visit, reference: str) -> HttpResponseBase:
    pledge = pledge_for(visit.giver, reference)
    form = PledgeAmountForm(
        request.POST if request.method == "POST" else None,
        currency=pledge.currency,
        initial={"amount": pledge.charged.minor},
    )
    if not form.is_valid():
        return _shown(request, visit, pledge, "amount.html", form)
    amount = Money(form.cleaned_data["amount"], pledge.currency)
    return _done(
        visit,
        "changed",
        lambda: change_pledge(pledge, amount=amount, processor=_processor_of(pledge), now=timezone.now()),
        refused=lambda said, status: _shown(request, visit, pledge, "amount.html", form, said, status),
    )


@own("GET", "HEAD", "POST")
def stop(request: HttpRequest, visit: Visit, reference: str) -> HttpResponseBase:
    pledge = pledge_for(visit.giver, reference)
    form = StopForm(request.POST if request.method == "POST" else None, label_suffix="")
    if not form.is_valid():
        return _shown(request, visit, pledge, "stop.html", form)
    reason = form.cleaned_data["reason"]
    return _done(
        visit,
        "stopped",
        lambda: stop_pledge(pledge, processor=_processor_of(pledge), now=timezone.now(), reason=reason),
        refused=lambda said, status: _shown(request, visit, pledge, "stop.html", form, said, status),
    )


@own("POST")
def resume(request: HttpRequest, visit: Visit, reference: str) -> HttpResponseBase:
    pledge = pledge_for(visit.giver, reference)
    return _done(
        visit,
        "resumed",
        lambda: resume_pledge(pledge, processor=_processor_of(pledge), now=timezone.now()),
        refused=lambda said, status: _shown(request, visit, pledge, "refused.html", None, said, status),
    )


@own("POST")
def card(request: HttpRequest, visit: Visit, reference: str) -> HttpResponseBase:
    """To the processor's own page: no card number ever reaches us. The customer is the giver's stored one (K18)."""
    pledge = pledge_for(visit.giver, reference)
    try:
        return HttpResponseRedirect(_card_page(visit, pledge), status=303)
    except FundingError as refused:
        return _shown(request, visit, pledge, "refused.html", None, *_said(refused))


def _card_page(visit: Visit, pledge: Pledge) -> str:
    chosen = _processor_of(pledge)
    customer = customer_of(visit.giver, processor=ProcessorName(pledge.processor), is_trial=pledge.is_trial)
    if not customer:
        raise NotHere
    back = f"{settings.SITE_URL}{visit.path('yours')}"
    return chosen.card_page(customer, return_url=back, language=visit.giver.language)


def _processor_of(pledge: Pledge) -> Processor:
    """A trial is changed with the key it was begun with, and nothing live by a trial's."""
    chosen = processor_named(pledge.processor)
    if chosen is None or chosen.is_trial != pledge.is_trial:
        raise NotHere
    return chosen


def _done(
    visit: Visit, said: str, do: Callable[[], Pledge], *, refused: Callable[[str, int], HttpResponse]
) -> HttpResponse:
    try:
        do()
    except FundingError as refusal:
        return refused(*_said(refusal))
    return visit.back(said)


def _said(refused: FundingError) -> tuple[str, int]:
    """What a giver can do about it; a processor's own words are for the treasurer."""
    if isinstance(refused, ProcessorRefused):
        log.warning("A processor refused what a giver asked for: %s", refused.message)
        return str(NotHere.message), 502
    return str(refused.message), 502 if isinstance(refused, ProcessorUnavailable | NotHere) else 400


def _shown(
    request: HttpRequest,
    visit: Visit,
    pledge: Pledge,
    template: str,
    form: PledgeAmountForm | StopForm | None,
    refusal: str = "",
    status: int = 0,
) -> HttpResponse:
    shown = {"pledge": pledge, "amount": amount_text(pledge.charged), "form": form, "refusal": refusal}
    return page(request, visit, template, shown, status=status or (400 if form and form.errors else 200))
