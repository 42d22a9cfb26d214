from django.apps import AppConfig


class StoriesApp(AppConfig):
    name = "readership.stories"
    label = "stories"

    def ready(self) -> None:
        # Wagtail's signals, the names of authors, and what can be followed, are known once these are loaded.
        from readership.stories import publication, reserved_names, telling  # noqa: F401, PLC0415
