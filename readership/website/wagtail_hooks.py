"""The first page of the admin joins what waits in the talk, what stands in the fund and what was given up in the
outbox; no lower app knows them all. And the desk for mail.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from readership.discussion.models import MODERATE
from readership.funding.access import may_record_gifts
from readership.website import mail_urls
from readership.website.mail_access import LOOK_AFTER_MAIL, may_look_after_mail
from readership.website.mail_list import given_up_count
from readership.website.queries import held_comments_count


class Desks(Component):
    """To each their desk: a moderator reads how much waits, a treasurer how the fund stands, whoever looks after mail
    what was given up."""

    name = "desks"
    template_name = "website/admin/desks.html"
    order = 40

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        reader = parent_context["request"].user
        may_moderate = reader.has_perm(MODERATE)
        return {
            "may_moderate": may_moderate,
            "held_count": held_comments_count() if may_moderate else 0,
            "may_record_gifts": may_record_gifts(reader),
            "given_up_count": given_up_count() if may_look_after_mail(reader) else 0,
        }


def show_desks(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(Desks())


class MailMenuItem(MenuItem):
    """Shown to those who may use what it leads to."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(LOOK_AFTER_MAIL)


def mail_menu() -> MailMenuItem:
    return MailMenuItem(_("Mail"), reverse("mail_desk:overview"), name="mail", icon_name="mail", order=900)


def mail_pages() -> list[URLResolver]:
    return [path("mail/", include(mail_urls))]


def what_is_written_down(actions: LogActionRegistry) -> None:
    actions.register_action("outbox.let_go", _("Let mail go"), _("Let mail go that was given up"))


def what_groups_may() -> Any:
    """So that an administrator can give it to whoever runs the server."""
    return Permission.objects.filter(content_type__app_label="outbox", codename="look_after_mail")


hooks.register("register_reports_menu_item", mail_menu)
hooks.register("register_admin_urls", mail_pages)
hooks.register("register_log_actions", what_is_written_down)
hooks.register("register_permissions", what_groups_may)
hooks.register("construct_homepage_panels", show_desks)


def hide_languages(request: HttpRequest, items: list[Any]) -> None:
    """Nobody on a site with one language wonders what a locale is."""
    if not settings.WAGTAIL_I18N_ENABLED:
        items[:] = [item for item in items if item.name not in {"locales", "translations"}]


hooks.register("construct_settings_menu", hide_languages)
hooks.register("construct_reports_menu", hide_languages)
