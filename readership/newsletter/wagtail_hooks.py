"""Where the newsletter's desk meets the admin: its menu, its addresses, its look."""

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

from readership.newsletter import desk_urls
from readership.newsletter.access import PLAN, WRITE
from readership.newsletter.issue_desk import IssueViewSet

issues = IssueViewSet()


class DeskMenuItem(MenuItem):
    """Shown to those who may use what it leads to."""

    def __init__(self, label: Any, url: str, *, permission: str, icon_name: str, order: int) -> None:
        super().__init__(label, url, name=f"newsletter-{order}", icon_name=icon_name, order=order)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


def issue_pages() -> IssueViewSet:
    return issues


def desk_pages() -> list[URLResolver]:
    return [path("newsletter/", include(desk_urls))]


def newsletter_menu() -> SubmenuMenuItem:
    items = [
        DeskMenuItem(_("Issues"), reverse("newsletter_issues:index"), icon_name="list-ul", order=1, permission=WRITE),
        DeskMenuItem(_("Editions"), reverse("newsletter_desk:editions"), icon_name="cog", order=2, permission=PLAN),
    ]
    return SubmenuMenuItem(_("Newsletter"), Menu(items=items), name="newsletter", icon_name="mail", order=280)


def desk_look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("newsletter/desk.css"))


def what_is_written_down(actions: LogActionRegistry) -> None:
    actions.register_action("newsletter.send", _("Send a newsletter"), _("Had a newsletter sent"))
    actions.register_action("newsletter.schedule", _("Schedule a newsletter"), _("Scheduled a newsletter"))
    actions.register_action("newsletter.cancel", _("Take a newsletter back"), _("Took a newsletter back"))


def what_groups_may() -> Any:
    """So that an administrator can give these to other groups too."""
    codenames = ["send_issue", "change_editionplan"]
    return Permission.objects.filter(content_type__app_label="newsletter", codename__in=codenames)


hooks.register("register_admin_viewset", issue_pages)
hooks.register("register_admin_urls", desk_pages)
hooks.register("register_admin_menu_item", newsletter_menu)
hooks.register("insert_global_admin_css", desk_look)
hooks.register("register_log_actions", what_is_written_down)
hooks.register("register_permissions", what_groups_may)
