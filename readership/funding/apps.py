from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingApp(AppConfig):
    name = "readership.funding"
    label = "funding"
    verbose_name = _("Funding")

    def ready(self) -> None:
        # The outbox knows who sends the thanks once this module is loaded.
        from readership.funding import thanks  # noqa: F401, PLC0415
