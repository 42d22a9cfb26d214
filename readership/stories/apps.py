from django.apps import AppConfig


class StoriesApp(AppConfig):
    name = "readership.stories"
    label = "stories"

    def ready(self) -> None:
        from readership.stories import publication  # noqa: F401, PLC0415  connects Wagtail's signals
