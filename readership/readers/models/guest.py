"""A guest: somebody without an account, known by one device."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.lib.skeleton import skeleton
from readership.readers.models.mail_address import MailAddress


class Guest(models.Model):
    """A device that wrote or voted once. Its cookie holds a random secret; only the secret's hash is stored.

    With an address that its owner confirmed from this device it is a verified guest: the name is theirs from then on.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80, blank=True)
    # What the name looks like, so that nobody else can borrow a verified guest's.
    name_skeleton = models.CharField(max_length=160, blank=True, editable=False, db_index=True)
    address = models.ForeignKey(
        MailAddress,
        verbose_name=_("confirmed address"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="guests",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name or f"guest {self.pk}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_skeleton = skeleton(self.name)[:160]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_verified(self) -> bool:
        return self.address_id is not None
