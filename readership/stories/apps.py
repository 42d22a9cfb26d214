from django.apps import AppConfig


class StoriesApp(AppConfig):
    name = "readership.stories"
    label = "stories"

    def ready(self) -> None:
        # One connects Wagtail's signals, the other keeps authors' names.
        from readership.stories import publication, reserved_names  # noqa: F401, PLC0415
