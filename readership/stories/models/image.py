"""Pictures, with caption, credit, licence, and words for those who cannot see them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class NewsImage(AbstractImage):
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made it, and for whom."))
    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_("On what terms we may show it, e.g. CC BY 4.0 or “own”."),
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=400,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it. Empty only if it is mere decoration."),
    )

    admin_form_fields = (*Image.admin_form_fields, "alt", "caption", "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]


class NewsRendition(AbstractRendition):
    image = models.ForeignKey(NewsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_picture_and_filter",
            )
        ]
