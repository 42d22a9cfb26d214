"""The public addresses of funding, below /support/."""

from __future__ import annotations

from django.urls import path

from readership.funding import views

app_name = "funding"
urlpatterns = [path("", views.support, name="support")]
