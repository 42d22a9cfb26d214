from django.apps import AppConfig


class DiscussionApp(AppConfig):
    name = "readership.discussion"
    label = "discussion"

    def ready(self) -> None:
        from readership.discussion import publication  # noqa: F401, PLC0415  connects Wagtail's signal
