"""One mail made of notices that were due."""

from __future__ import annotations

from django.db import models

from readership.readers.models import MailAddress


class MailingQuerySet(models.QuerySet["Mailing"]):
    def not_dropped(self) -> MailingQuerySet:
        """Sent, or to be sent."""
        return self.filter(dropped_at=None)


class Mailing(models.Model):
    """Composed when it is sent: until then it is a list of numbers."""

    address = models.ForeignKey(MailAddress, db_index=False, on_delete=models.CASCADE, related_name="mailings")
    # As in its notices; "" for a mail about several things.
    about = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # Nothing was left to tell, or nobody to tell it to.
    dropped_at = models.DateTimeField(null=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(name="last_mail_about_a_thing", fields=["address", "about", "-created_at"]),
            models.Index(name="mailings_by_time", fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return f"mailing {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.sent_at is not None or self.dropped_at is not None
