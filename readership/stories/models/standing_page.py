"""A standing page: "About us", the house rules. It has no date and belongs to no section."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from readership.stories.blocks import StoryBody
from readership.stories.models.public_page import PublicPage


class StandingPage(PublicPage):
    body = StreamField(StoryBody(), verbose_name=_("body"), blank=True)
    takes_comments = models.BooleanField(_("readers may comment"), default=False)

    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("takes_comments")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["website.FrontPage", "stories.StandingPage"]
    subpage_types: ClassVar[list[str]] = ["stories.StandingPage"]
    template = "website/standing_page.html"
    show_in_menus_default = True

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
