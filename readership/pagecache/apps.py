from django.apps import AppConfig


class PagecacheApp(AppConfig):
    name = "readership.pagecache"
    label = "pagecache"
