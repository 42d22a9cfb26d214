"""That we asked somebody by mail whether an address is theirs."""

from __future__ import annotations

from django.db import models

from readership.readers.models.mail_address import MailAddress


class Asking(models.Model):
    """One mail to an address that nobody confirmed for this purpose yet. Counted, so that no stranger can have somebody
    flooded (attack G03), and forgotten after two days."""

    address = models.ForeignKey(MailAddress, on_delete=models.CASCADE, related_name="askings")
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.address_id}, {self.asked_at}"
