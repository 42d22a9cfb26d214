"""A thread: all talk on one story."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Thread(models.Model):
    """Belongs to one page of the site. A page that is deleted leaves its thread behind, unshown: talk is never lost."""

    page = models.OneToOneField(
        "wagtailcore.Page",
        verbose_name=_("story"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="thread",
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # Comments that anybody may read. Kept by the verbs, proved by counting.recount().
    comments_count = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")

    def __str__(self) -> str:
        return str(self.page or self.pk)

    @property
    def tag(self) -> str:
        """What a finished page that shows this thread depends on."""
        return f"thread:{self.pk}"
