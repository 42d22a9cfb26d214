from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingApp(AppConfig):
    name = "readership.funding"
    label = "funding"
    verbose_name = _("Funding")

    def ready(self) -> None:
        # The outbox knows who does what once these modules are loaded.
        from readership.funding import (  # noqa: F401, PLC0415
            alarming,
            claiming,
            comparing,
            erasing,
            link_mails,
            pledge_mails,
            reading,
            reading_later,
            refund_mails,
            refunding,
            statement_mails,
            thanks,
            transfer_mail,
            webhooks,
        )
