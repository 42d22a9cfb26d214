"""A section: a part of the paper, and the place of its stories in the tree of addresses."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from readership.stories.models.public_page import PublicPage


class Section(PublicPage):
    about = models.TextField(_("about"), blank=True, help_text=_("One sentence under the section’s name."))

    # The names are those of the addresses; what they mean is the discussion's business.
    comment_order = models.CharField(
        _("order of comments"),
        max_length=10,
        blank=True,
        choices=[
            ("newest", _("Newest")),
            ("oldest", _("Oldest")),
            ("voted", _("Most voted")),
            ("best", _("Best")),
            ("discussed", _("Most discussed")),
        ],
        help_text=_("In which order readers find comments on stories of this section. Empty: as on the whole site."),
    )

    content_panels = [*Page.content_panels, FieldPanel("about"), FieldPanel("comment_order")]
    search_fields = [*Page.search_fields, index.SearchField("about")]
    parent_page_types: ClassVar[list[str]] = ["website.FrontPage", "stories.Section"]
    subpage_types: ClassVar[list[str]] = ["stories.Story", "stories.Section"]
    is_list_of_pages = True
    template = "website/section_page.html"
    show_in_menus_default = True

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
