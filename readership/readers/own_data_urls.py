"""Below /own-data/: personal, never kept."""

from __future__ import annotations

from django.urls import path

from readership.readers import own_data_views as views

app_name = "own_data"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("<str:key>/", views.shown, name="shown"),
    path("<str:key>/download/", views.download, name="download"),
    path("<str:key>/leave/", views.leave, name="leave"),
]
