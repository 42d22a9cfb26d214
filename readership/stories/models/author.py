"""Who makes the stories."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index


class Author(index.Indexed, models.Model):  # type: ignore[django-manager-missing]
    """A person in a byline. Not every author has an account, and not every account writes stories."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True, allow_unicode=True)
    position = models.CharField(_("position"), max_length=120, blank=True, help_text=_("Such as “Council reporter”."))
    about = models.TextField(_("about"), blank=True, help_text=_("Two or three sentences for readers."))
    portrait = models.ForeignKey(
        "stories.NewsImage",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField(_("public e-mail"), blank=True)
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        # Not every reader of a large site in one list.
        limit_choices_to={"is_staff": True},
        help_text=_("Comments by this account under the author’s own stories carry the author’s badge."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("position")], heading=_("Name")),
        FieldPanel("about"),
        FieldPanel("portrait"),
        FieldPanel("email"),
        FieldPanel("reader"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stories:author", args=[self.slug])
