"""The first page of the admin joins what waits in the talk and what stands in the fund; no lower app knows both."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from readership.discussion.models import MODERATE
from readership.funding.access import may_record_gifts
from readership.website.queries import held_comments_count


class Desks(Component):
    """To each their desk: a moderator reads how much waits, a treasurer how the fund stands."""

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
        }


def show_desks(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(Desks())


hooks.register("construct_homepage_panels", show_desks)


def hide_languages(request: HttpRequest, items: list[Any]) -> None:
    """Nobody on a site with one language wonders what a locale is."""
    if not settings.WAGTAIL_I18N_ENABLED:
        items[:] = [item for item in items if item.name not in {"locales", "translations"}]


hooks.register("construct_settings_menu", hide_languages)
hooks.register("construct_reports_menu", hide_languages)
