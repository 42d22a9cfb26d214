from django.apps import AppConfig


class WebsiteApp(AppConfig):
    name = "readership.website"
    label = "website"

    def ready(self) -> None:
        from readership.website.holding import hold_nothing_of_the_newsroom  # noqa: PLC0415  needs the loaded apps

        hold_nothing_of_the_newsroom()
