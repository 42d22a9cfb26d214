"""What was brought along from an older site: each run, each item once, and the links other sites sent."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    # Killed or broken off. What it wrote stands; the same file goes on where it stopped.
    STOPPED = "stopped", _("stopped")


class ImportRun(models.Model):
    """`source` names the old site (its address), whatever file told of it."""

    source = models.CharField(_("old site"), max_length=200)
    kind = models.CharField(_("kind of file"), max_length=20)
    file_name = models.CharField(_("file"), max_length=255)
    file_sha256 = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.RUNNING)
    report = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.source})"


class ImportedItem(models.Model):
    """One item of an older site and the row it became. Written in the transaction that writes the row."""

    source = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    source_id = models.CharField(max_length=255)
    # Of the record when it was taken: tells whether the file has another version now.
    content_hash = models.CharField(max_length=32)
    model = models.CharField(max_length=100)
    object_pk = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "source_id"], name="an_old_item_comes_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} of {self.source}"


class Pingback(models.Model):
    """Another site linked to a story. Kept apart from the talk: nobody here wrote it."""

    story = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("story"), null=True, on_delete=models.SET_NULL, related_name="pingbacks"
    )
    title = models.CharField(_("title"), max_length=255, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    excerpt = models.TextField(_("excerpt"), blank=True)
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("pingback")
        verbose_name_plural = _("pingbacks")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.title or self.url
