from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterApp(AppConfig):
    name = "readership.newsletter"
    label = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self) -> None:
        # The outbox knows who does what once these modules are loaded.
        from readership.newsletter import (  # noqa: F401, PLC0415
            erasing,
            holding,
            joining,
            link_mails,
            sending,
            trying,
        )
