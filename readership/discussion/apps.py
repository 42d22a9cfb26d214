from django.apps import AppConfig


class DiscussionApp(AppConfig):
    name = "readership.discussion"
    label = "discussion"

    def ready(self) -> None:
        # One connects Wagtail's signal, the other says what a reader may claim.
        from readership.discussion import claiming, publication  # noqa: F401, PLC0415
