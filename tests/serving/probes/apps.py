from django.apps import AppConfig


class ProbesApp(AppConfig):
    name = "tests.serving.probes"
    label = "probes"

    def ready(self) -> None:
        from tests.serving.probes import outbox  # noqa: F401, PLC0415 - registers what does the probe's items
