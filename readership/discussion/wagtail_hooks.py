"""What moderators find in the admin until there are queues: the comments by state, and a button for each way out."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from readership.discussion.models import MODERATE
from readership.discussion.moderators_views import comments, decide


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MODERATE)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("comments/", comments, name="moderate_comments"),
        path("comments/<int:comment_id>/", decide, name="decide_comment"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return CommentsMenuItem(
        _("Comments"), reverse("moderate_comments"), name="comments", icon_name="comment", order=250
    )
