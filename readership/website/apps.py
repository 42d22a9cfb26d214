from django.apps import AppConfig


class WebsiteApp(AppConfig):
    name = "readership.website"
    label = "website"

    def ready(self) -> None:
        # A page that is translated tells of it once this is loaded.
        from readership.website import translating  # noqa: F401, PLC0415
        from readership.website.holding import hold_nothing_of_the_newsroom  # noqa: PLC0415  needs the loaded apps

        hold_nothing_of_the_newsroom()
