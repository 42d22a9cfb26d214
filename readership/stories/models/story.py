"""A story and who made it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from readership.stories.blocks import StoryBody
from readership.stories.models.public_page import PublicPage
from readership.stories.models.story_form import StoryForm


class Story(PublicPage):
    """`title` is the headline. The section is the parent page; `also_in` lists it in others."""

    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("The lines under the headline: what, and why it matters.")
    )
    dateline = models.CharField(_("dateline"), max_length=80, blank=True, help_text=_("Where it was reported from."))
    lead_image = models.ForeignKey(
        "stories.NewsImage",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_caption = models.CharField(
        _("caption"), max_length=400, blank=True, help_text=_("Only if it differs from the picture’s own.")
    )
    lead_alt = models.CharField(
        _("alternative text"),
        max_length=400,
        blank=True,
        help_text=_("Only if it differs from the picture’s own."),
    )
    body = StreamField(StoryBody(), verbose_name=_("body"), blank=True)
    topics = ParentalManyToManyField("stories.Topic", verbose_name=_("topics"), blank=True, related_name="stories")
    also_in = ParentalManyToManyField(
        "stories.Section",
        verbose_name=_("also in"),
        blank=True,
        related_name="guest_stories",
        help_text=_("Other sections that list the story. Its address stays in its own."),
    )
    # What readers see as the date. Wagtail's own first_published_at says when the row went live here, which
    # for a story of an older site is the day of the import. Never empty on a live story: clean() fills it in.
    shown_published_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("Empty: the moment when the story goes live.")
    )
    shown_updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("Set it when readers should know that the story changed."),
    )
    is_pinned = models.BooleanField(_("keep at the top of its section"), default=False)
    takes_comments = models.BooleanField(
        _("readers may comment"),
        default=True,
        help_text=_("Taking it back closes the thread; what is written stays to be read."),
    )

    content_panels = [
        TitleFieldPanel("title", heading=_("Headline"), placeholder=_("Headline")),
        FieldPanel("standfirst"),
        MultiFieldPanel(
            [InlinePanel("bylines", label=_("Byline")), FieldPanel("dateline")], heading=_("Who and where")
        ),
        MultiFieldPanel(
            [FieldPanel("lead_image"), FieldPanel("lead_caption"), FieldPanel("lead_alt")],
            heading=_("Lead picture"),
        ),
        FieldPanel("body"),
    ]
    placing_panels = [
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("also_in", widget=CheckboxSelectMultiple),
        FieldPanel("is_pinned"),
        MultiFieldPanel(
            [FieldPanel("shown_published_at"), FieldPanel("shown_updated_at")],
            heading=_("Dates readers see"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Story")),
            ObjectList(placing_panels, heading=_("Placing")),
            ObjectList([FieldPanel("takes_comments")], heading=_("Discussion")),
            ObjectList([*Page.promote_panels, PublishingPanel()], heading=_("Promotion")),
        ],
        base_form_class=StoryForm,
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.FilterField("shown_published_at"),
    ]
    parent_page_types: ClassVar[list[str]] = ["stories.Section"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/story_page.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        # For the lists of the site and of a section.
        indexes = [
            models.Index(fields=["-shown_published_at", "-page_ptr"], name="stories_newest_first"),
            models.Index(fields=["-is_pinned", "-shown_published_at", "-page_ptr"], name="stories_pinned_first"),
        ]

    @property
    def published_at(self) -> datetime:
        """The date shown. A draft has the present one, as it would if it went live now."""
        return self.shown_published_at or self.first_published_at or timezone.now()

    def clean(self) -> None:
        super().clean()
        # A new page says that it is live while its form is checked, before it has a place in the tree.
        if self.live and self.path and self.shown_published_at is None:
            self.shown_published_at = self.published_at


class Byline(Orderable):
    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        "stories.Author", verbose_name=_("author"), on_delete=models.PROTECT, related_name="bylines"
    )
    role = models.CharField(
        _("role"), max_length=60, blank=True, help_text=_("Empty for the writer; or such as “photographs”.")
    )

    panels = [FieldPanel("author"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        constraints = [models.UniqueConstraint(fields=["story", "author"], name="an_author_stands_once_in_a_byline")]

    def __str__(self) -> str:
        return f"{self.author} ({self.role})" if self.role else str(self.author)
