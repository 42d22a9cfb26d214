"""The newsroom's admin: people and topics, the check before a story goes live, what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from readership.stories import desk
from readership.stories.models import Author, Story, Topic
from readership.stories.publishing import advice, problems


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    list_display = ["name", "position", "email"]
    menu_label = gettext_lazy("Authors")
    list_export: list[str] = []


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    list_export: list[str] = []


class PeopleAndTopics(SnippetViewSetGroup):
    items = (AuthorViewSet, TopicViewSet)
    menu_label = gettext_lazy("People & topics")
    menu_icon = "group"
    menu_order = 220


class NextSteps(Component):
    """On the first page of the admin: what this editor could do next."""

    name = "next_steps"
    template_name = "stories/admin/next_steps.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"steps": desk.next_steps(user), "scheduled": desk.scheduled_stories(user)}


def show_next_steps(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(NextSteps())


def check_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The form has said it already, unless the page came another way; nothing that was written is lost."""
    found = problems(page) if isinstance(page, Story) else []
    if not found:
        return None
    messages.error(request, _("The story is saved as a draft and not published yet:") + " " + _joined(found))
    return redirect("wagtailadmin_pages:edit", page.pk)


def check_before_publishing_many(
    request: HttpRequest, action: str, pages: Iterable[Page], _view: Any
) -> HttpResponse | None:
    if action != "publish":
        return None
    drafts = [page.get_latest_revision_as_object() for page in pages]
    found = {str(page): problems(page) for page in drafts if isinstance(page, Story)}
    for headline, sentences in found.items():
        if sentences:
            messages.error(request, f"“{headline}”: {_joined(sentences)}")
    return redirect("wagtailadmin_home") if any(found.values()) else None


def advise_after_publishing(request: HttpRequest, page: Page) -> None:
    if isinstance(page, Story):
        for sentence in advice(page):
            messages.warning(request, str(sentence))


def _joined(sentences: Iterable[Any]) -> str:
    return " ".join(map(str, sentences))


register_snippet(PeopleAndTopics)
hooks.register("construct_homepage_panels", show_next_steps)
hooks.register("before_publish_page", check_before_publishing)
hooks.register("before_bulk_action", check_before_publishing_many)
hooks.register("after_publish_page", advise_after_publishing)
