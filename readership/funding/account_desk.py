"""The newsroom's bank accounts in the admin: Wagtail's list and forms, with numbers that are checked."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from readership.funding.bank_forms import AccountForm
from readership.funding.models import BankAccount
from readership.funding.transfers.iban import in_groups_or_as_is


class AccountDeleteView(generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().form_valid(form)
        except ProtectedError:
            kept = _("This account has statements, which must be kept. Take away “offered” instead.")
            messages.error(self.request, kept)
            return redirect(self.index_url_name)
        return answer


class BankAccountViewSet(ModelViewSet):
    model = BankAccount
    name = "bank_accounts"
    url_prefix = "funding/accounts"
    icon = "home"
    menu_label = _("Bank accounts")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    delete_view_class = AccountDeleteView
    list_display = [
        "holder",
        Column(
            "number",
            label=_("Number"),
            accessor=lambda account: in_groups_or_as_is(account.iban) or account.other_number,
        ),
        "currency",
        BooleanColumn("is_offered", label=_("Offered")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("holder"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("iban"), FieldPanel("bic")]),
                    FieldPanel("other_number", help_text=_("Sort code and number, as givers must type them.")),
                ],
                heading=_("Number"),
            ),
            FieldRowPanel([FieldPanel("bank_name"), FieldPanel("currency")]),
            FieldPanel("is_offered"),
        ],
        base_form_class=AccountForm,
    )
