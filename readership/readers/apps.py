from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class ReadersApp(AppConfig):
    name = "readership.readers"
    label = "readers"

    def ready(self) -> None:
        # Signals, work of the outbox, and what is held about people: known once these are loaded.
        from readership.readers import bounce_views, bounces, joining, own_data_mail, own_erasing  # noqa: F401, PLC0415


class ReadersAdminApp(WagtailUsersAppConfig):
    """Wagtail's users app, with our forms for our readers."""

    user_viewset = "readership.readers.user_admin.ReaderViewSet"

    def ready(self) -> None:
        from wagtail.admin.views.account import NameEmailSettingsPanel  # noqa: PLC0415  needs the loaded apps

        from readership.readers.admin_forms import OwnAccountForm  # noqa: PLC0415

        super().ready()
        NameEmailSettingsPanel.form_class = OwnAccountForm
