"""What a comment said before it was edited."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Version(models.Model):
    """One row for each edit, never changed. `is_public` when somebody had answered these words before they changed."""

    comment = models.ForeignKey("discussion.Comment", on_delete=models.PROTECT, related_name="versions")
    text_html = models.TextField()
    written_at = models.DateTimeField(_("written"))
    replaced_at = models.DateTimeField(_("replaced"))
    is_public = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["-replaced_at", "-id"]

    def __str__(self) -> str:
        return f"{self.comment_id}, {self.written_at}"
