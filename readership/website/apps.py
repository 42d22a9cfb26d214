from django.apps import AppConfig


class WebsiteApp(AppConfig):
    name = "readership.website"
    label = "website"
