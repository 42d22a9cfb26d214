"""The page of the demonstration's processor. No money moves here, and the page says so in its first line."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from readership.funding.models import DemoSession, ProcessorName
from readership.funding.money import Money
from readership.funding.processors.choosing import processor_named
from readership.funding.processors.demo import thanks_address
from readership.funding.wording import amount_text
from readership.lib.same_origin import from_our_pages_only


class DemoForm(forms.Form):
    email = forms.EmailField(label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


@never_cache
@from_our_pages_only
@require_http_methods(["GET", "HEAD", "POST"])
def demo_page(request: HttpRequest, ref: str) -> HttpResponseBase:
    if processor_named(ProcessorName.DEMO) is None:
        raise Http404
    session = get_object_or_404(DemoSession, session_ref=ref)
    if session.state == "paid":
        return HttpResponseRedirect(thanks_address(session), status=303)
    if request.method == "POST" and "decline" in request.POST:
        DemoSession.objects.filter(pk=session.pk, state="open").update(state="declined")
        return HttpResponseRedirect(str(session.order["cancel_url"]), status=303)
    form = DemoForm(
        request.POST if request.method == "POST" else None, initial={"email": session.email}, label_suffix=""
    )
    if form.is_valid():
        facts = {"email": form.cleaned_data["email"], "name": form.cleaned_data["name"]}
        DemoSession.objects.filter(pk=session.pk, state__in=["open", "declined"]).update(state="paid", **facts)
        return HttpResponseRedirect(thanks_address(session), status=303)
    return _page(request, session, form)


def _page(request: HttpRequest, session: DemoSession, form: DemoForm) -> HttpResponse:
    order = session.order
    page = {
        "form": form,
        "title": order["title"],
        "amount": amount_text(Money(order["amount_minor"], order["currency"])),
        "frequency": order["frequency"],
    }
    return render(request, "website/demo_payment.html", page, status=400 if form.errors else 200)
