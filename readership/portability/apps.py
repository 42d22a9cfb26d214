from django.apps import AppConfig


class PortabilityApp(AppConfig):
    name = "readership.portability"
    label = "portability"
