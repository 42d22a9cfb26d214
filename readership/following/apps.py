from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingApp(AppConfig):
    name = "readership.following"
    label = "following"
    verbose_name = _("Following")

    def ready(self) -> None:
        # The outbox knows who does what once these modules are loaded.
        from readership.following import announcing, asking, claiming, holding, link_mails, mailing  # noqa: F401, PLC0415
