"""The public addresses of funding, below /support/."""

from __future__ import annotations

from django.urls import path

from readership.funding import giving_views, views

app_name = "funding"
urlpatterns = [
    path("", views.support, name="support"),
    path("<slug:slug>/", views.campaign, name="campaign"),
    path("<slug:slug>/give/", giving_views.give, name="give"),
]
