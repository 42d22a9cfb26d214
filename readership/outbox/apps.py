from django.apps import AppConfig


class OutboxApp(AppConfig):
    name = "readership.outbox"
    label = "outbox"

    def ready(self) -> None:
        from readership.outbox import mail  # noqa: F401, PLC0415 - registers what sends it
