from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "readership.config"
    label = "config"

    def ready(self) -> None:
        from readership.config import checks  # noqa: F401, PLC0415  registers the start-up checks
