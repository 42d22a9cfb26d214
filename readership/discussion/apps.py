from django.apps import AppConfig


class DiscussionApp(AppConfig):
    name = "readership.discussion"
    label = "discussion"

    def ready(self) -> None:
        # Wagtail's signal, and what can be claimed, followed and erased, are known once these are loaded.
        from readership.discussion import claiming, erasing, publication, telling  # noqa: F401, PLC0415
