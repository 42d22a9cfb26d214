"""Django's SMTP connection, which also knows whether it broke before or after a mail was handed over."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class _Attentive(smtplib.SMTP):
    is_handing_over = False

    def mail(self, sender: str, options: Any = ()) -> tuple[int, bytes]:
        self.is_handing_over = False
        return super().mail(sender, options)

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.is_handing_over = True
        answer = super().data(msg)
        self.is_handing_over = False
        return answer


class _AttentiveOverTls(_Attentive, smtplib.SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    connection: _Attentive | None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _AttentiveOverTls if self.use_ssl else _Attentive

    @property
    def was_handing_over(self) -> bool:
        """Whether the last mail had been given to the server, which did not say what became of it."""
        return self.connection is not None and self.connection.is_handing_over
