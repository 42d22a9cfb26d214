from django.apps import AppConfig


class DiscussionApp(AppConfig):
    name = "readership.discussion"
    label = "discussion"

    def ready(self) -> None:
        # Wagtail's signal, what a reader may claim and what is held about people are known once these are loaded.
        from readership.discussion import claiming, erasing, publication  # noqa: F401, PLC0415
