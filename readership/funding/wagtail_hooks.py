"""Where the treasurer's desk meets the admin: its menu, its addresses, its look."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry

from readership.funding import desk_urls
from readership.funding.account_desk import BankAccountViewSet
from readership.funding.campaign_desk import CampaignViewSet
from readership.funding.page_guard import keep_page_with_campaign, keep_pages_with_campaigns

campaigns = CampaignViewSet()
bank_accounts = BankAccountViewSet()


class DeskMenuItem(MenuItem):
    """Shown to those who may use what it leads to."""

    def __init__(self, label: Any, url: str, *, permission: str, icon_name: str, order: int) -> None:
        super().__init__(label, url, name=f"funding-{order}", icon_name=icon_name, order=order)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


def campaign_pages() -> CampaignViewSet:
    return campaigns


def account_pages() -> BankAccountViewSet:
    return bank_accounts


def desk_pages() -> list[URLResolver]:
    return [path("funding/", include(desk_urls))]


def funding_menu() -> SubmenuMenuItem:
    treasurer = {"permission": "funding.record_gift"}
    exporter = {"permission": "funding.export_gifts"}
    items = [
        DeskMenuItem(_("Overview"), reverse("funding_desk:overview"), icon_name="view", order=1, **treasurer),
        DeskMenuItem(_("Record a gift"), reverse("funding_desk:record"), icon_name="plus", order=2, **treasurer),
        DeskMenuItem(_("Batches"), reverse("funding_desk:batches"), icon_name="folder-open-1", order=3, **treasurer),
        DeskMenuItem(_("Gifts"), reverse("funding_desk:gifts"), icon_name="list-ul", order=4, **treasurer),
        DeskMenuItem(_("Pledges"), reverse("funding_desk:pledges"), icon_name="rotate", order=5, **treasurer),
        DeskMenuItem(_("Refunds"), reverse("funding_desk:refunds"), icon_name="resubmit", order=6, **treasurer),
        DeskMenuItem(_("Processor"), reverse("funding_desk:comparison"), icon_name="globe", order=8, **treasurer),
        DeskMenuItem(_("Statements"), reverse("funding_desk:statements"), icon_name="mail", order=10, **treasurer),
        DeskMenuItem(_("Ledger"), reverse("funding_desk:ledger"), icon_name="lock", order=11, **treasurer),
        DeskMenuItem(_("Periods"), reverse("funding_desk:periods"), icon_name="calendar-check", order=12, **treasurer),
        DeskMenuItem(
            _("For the accountant"), reverse("funding_desk:journal"), icon_name="download", order=13, **exporter
        ),
        DeskMenuItem(
            _("Campaigns"),
            reverse("campaigns:index"),
            icon_name="pick",
            order=14,
            permission="funding.change_campaign",
        ),
        DeskMenuItem(_("Bank"), reverse("funding_desk:bank"), icon_name="clipboard-list", order=7, **treasurer),
        DeskMenuItem(
            _("Bank accounts"),
            reverse("bank_accounts:index"),
            icon_name="home",
            order=9,
            permission="funding.change_bankaccount",
        ),
    ]
    return SubmenuMenuItem(_("Funding"), Menu(items=items), name="funding", icon_name="pick", order=300)


def desk_look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("funding/desk.css"))


def what_is_written_down(actions: LogActionRegistry) -> None:
    actions.register_action("funding.export_gifts", _("Download gifts"), _("Downloaded the list of gifts"))
    actions.register_action("funding.export_journal", _("Download the journal"), _("Downloaded the journal"))
    actions.register_action("funding.send_statements", _("Send statements"), _("Had yearly statements sent"))
    actions.register_action("funding.close_period", _("Close a period"), _("Closed a period of the books"))


def what_groups_may() -> Any:
    """So that an administrator can give these to other groups too."""
    codenames = ["record_gift", "export_gifts", "refund_gift", "close_period"]
    return Permission.objects.filter(content_type__app_label="funding", codename__in=codenames)


hooks.register("register_admin_viewset", campaign_pages)
hooks.register("register_admin_viewset", account_pages)
hooks.register("register_admin_urls", desk_pages)
hooks.register("register_admin_menu_item", funding_menu)
hooks.register("insert_global_admin_css", desk_look)
hooks.register("register_log_actions", what_is_written_down)
hooks.register("register_permissions", what_groups_may)
hooks.register("before_delete_page", keep_page_with_campaign)
hooks.register("before_bulk_action", keep_pages_with_campaigns)
