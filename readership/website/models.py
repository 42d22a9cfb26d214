"""The front page: what editors put first, and below it what is new."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel, PageChooserPanel
from wagtail.models import Orderable, Page

from readership.stories.models import PublicPage


class FrontPage(PublicPage):
    content_panels = [
        *Page.content_panels,
        InlinePanel(
            "leads",
            label=_("Lead story"),
            max_num=5,
            help_text=_("The first stands largest. With none chosen, the newest stories lead."),
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["stories.Section", "stories.StandingPage"]
    is_list_of_pages = True
    template = "website/front_page.html"

    class Meta:
        verbose_name = _("front page")


class LeadStory(Orderable):
    front_page = ParentalKey(FrontPage, on_delete=models.CASCADE, related_name="leads")
    story = models.ForeignKey("stories.Story", verbose_name=_("story"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("story")]

    def __str__(self) -> str:
        return str(self.story)
